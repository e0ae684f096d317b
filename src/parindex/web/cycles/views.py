"""The list of cycles, and the overview of one."""

from __future__ import annotations

import io
from datetime import datetime

import xlsxwriter
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from parindex.database.models import Cycle
from parindex.database.queries.cycle_progress import ORDERS, Standing, reminders_of, rows, self_scoring_ends
from parindex.database.queries.score_sheets import cycle_facts
from parindex.domain.review.permissions import check_can_oversee_cycle, check_can_run_cycle
from parindex.domain.review.refusal import refusal
from parindex.domain.review.roles import Role
from parindex.domain.values import exact_number
from parindex.usecases.cycle_running import log_export
from parindex.web.cycles.progress_page import Filters, progress_page, row_of
from parindex.web.requests import PageRequest
from parindex.wording.language import text
from parindex.wording.moments import VIET_NAM
from parindex.wording.roles import sheet_state


@require_safe
def cycles(request: PageRequest) -> HttpResponse:
    """The cycles that this person runs, appraises or audits; one query."""
    found = [
        one
        for one in Cycle.objects.order_by("-year", "title")
        if refusal(check_can_oversee_cycle, request.acting.actor, cycle_facts(one, one.owner_path)) is None
    ]
    runs = Role.STANDING_OFFICE in request.acting.actor.roles
    return render(request, "cycles/templates/cycles.html", {"cycles": found, "runs": runs, "room": "cycles"})


@require_safe
def cycle(request: PageRequest, cycle: int) -> HttpResponse:
    """Who has entered what, by when: the overview of all units."""
    found = overseen(request, cycle)
    page = progress_page(found, filters_of(request), timezone.now())
    runs = refusal(check_can_run_cycle, request.acting.actor, cycle_facts(found, found.owner_path))
    acts = runs is None or request.acting.actor.has(Role.CHAIR, found.owner_path, cycle=found.pk)
    context = {"page": page, "refused": runs, "acts": acts, "room": "cycles"}
    template = "cycles/templates/progress_table.html" if _wants_table(request) else "cycles/templates/progress.html"
    response = render(request, template, context)
    response["Vary"] = "HX-Request"
    return response


def _wants_table(request: PageRequest) -> bool:
    return request.headers.get("HX-Target") == "progress-table"


def overseen(request: PageRequest, cycle: int) -> Cycle:
    """The cycle, for those who run, appraise or audit it."""
    found = get_object_or_404(Cycle, pk=cycle)
    check_can_oversee_cycle(request.acting.actor, cycle_facts(found, found.owner_path))
    return found


def filters_of(request: PageRequest) -> Filters:
    """What the address asks for."""
    asked = request.GET
    standing = asked.get("standing", "")
    return Filters(
        standing=standing if standing in {*map(str, Standing), "overdue"} else "",
        group=asked.get("group", "")[:80],
        search=asked.get("search", "").strip()[:100],
        order=asked.get("order", "") if asked.get("order", "") in ORDERS else "attention",
        descending=asked.get("desc") == "1",
        page=_number(asked.get("page", ""), 1),
        opened=_number(asked.get("open", ""), 0),
    )


def _number(text_: str, default: int) -> int:
    return int(text_) if text_.isascii() and text_.isdigit() and int(text_[:9]) > 0 else default


@require_POST
def export(request: PageRequest, cycle: int) -> HttpResponse:
    """The overview as a workbook; that it was taken is logged."""
    found = overseen(request, cycle)
    at = timezone.now()
    ends = self_scoring_ends(found)
    sheets = list(rows(found, ends, at, order="unit"))
    log_export(by=request.acting, at=at, cycle_id=found.pk, rows=len(sheets))
    times = reminders_of(sheets)
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        table = book.add_worksheet(text("Tiến độ"))
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        dates = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        heads = (
            text("Đơn vị"), text("Nhóm"), text("Trạng thái"), text("Mục"), text("Đã xong"), text("Thiếu tài liệu"),
            text("Đề nghị không đánh giá"), text("Điểm tự chấm"), text("Điểm tối đa"), text("Hạn"), text("Đã nhắc"),
        )  # fmt: skip
        table.write_row(0, 0, heads, head)
        table.freeze_panes(1, 1)
        table.set_column(0, 0, 44)
        table.set_column(1, 10, 14)
        for number, sheet in enumerate(sheets, start=1):
            row = row_of(sheet, ends, at, times.get(sheet.pk, 0))
            cells = (sheet.unit_name, sheet.group.title, sheet_state(sheet.state))
            for column, words in enumerate(cells):
                table.write_string(number, column, words)
            counts = (sheet.items, sheet.items_done, sheet.items_without_evidence, sheet.requests)
            for column, count in enumerate(counts, start=3):
                table.write_number(number, column, count)
            table.write_number(number, 7, float(exact_number(sheet.points)))
            table.write_number(number, 8, float(exact_number(sheet.max_points)))
            if row.deadline:
                table.write_datetime(number, 9, _naive(row.deadline), dates)
            table.write_number(number, 10, row.reminders)
    response = HttpResponse(
        content.getvalue(), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    response["Content-Disposition"] = f'attachment; filename="tien-do-{found.year}.xlsx"'
    return response


def _naive(moment: datetime) -> datetime:
    """A moment as the clock on the wall shows it: workbooks know no time zones."""
    return moment.astimezone(VIET_NAM).replace(tzinfo=None)
