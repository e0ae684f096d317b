"""The list of cycles, and the overview of one."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

import xlsxwriter
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from xlsxwriter.worksheet import Worksheet

from parindex.database.models import Cycle
from parindex.database.queries.accounts import offices_on
from parindex.database.queries.cycle_progress import ORDERS, Reach, Standing, reminders_of, rows, self_scoring_ends
from parindex.database.queries.cycles import seen_cycles
from parindex.database.queries.publications import public_states
from parindex.database.queries.score_sheets import cycle_facts
from parindex.documents.sheet_workbooks.cell_contents import shown_number
from parindex.domain.review.account_permissions import check_can_manage_accounts
from parindex.domain.review.permissions import check_can_oversee_cycle, check_can_run_cycle
from parindex.domain.review.refusal import refusal
from parindex.domain.review.roles import Role
from parindex.domain.values import exact_number
from parindex.usecases.cycle_running import log_export
from parindex.web.accounts.managing import MANAGING
from parindex.web.cycles.progress_page import Filters, Row, progress_page, row_of
from parindex.web.requests import PageRequest
from parindex.web.typed_numbers import asked_page, number_or
from parindex.wording.cycles import last_act
from parindex.wording.days_off import days_off
from parindex.wording.language import text
from parindex.wording.moments import VIET_NAM, local_day
from parindex.wording.roles import sheet_state


@require_safe
def cycles(request: PageRequest) -> HttpResponse:
    """The cycles that this person runs, appraises or audits, and those of their unit, whose state is what is public of
    it; one query, one more where any of those is published.

    ``cycle`` in the address goes to one of them: the picker of the overview is a form without script.
    """
    actor = request.acting.actor
    wanted = number_or(request.GET.get("cycle"), 0)
    if wanted:
        return redirect("cycle", cycle=wanted)
    year = number_or(request.GET.get("year"), 0)
    seen = seen_cycles(actor)
    listed = [
        (
            one,
            refusal(check_can_oversee_cycle, actor, facts) is None,
            refusal(check_can_run_cycle, actor, facts) is None,
        )
        for one in seen
        if year in (0, one.year)
        for facts in [cycle_facts(one, one.owner_path)]
    ]
    years = sorted({one.year for one in seen}, reverse=True)
    runs = Role.STANDING_OFFICE in actor.roles
    of_others = public_states([one for one, oversees, _ in listed if not oversees], timezone.now())
    context = {
        "cycles": listed,
        "public_states": of_others,
        "runs": runs,
        "years": years,
        "year": year,
        "room": "cycles",
    }
    return render(request, "cycles/templates/cycles.html", context)


@require_safe
def cycle(request: PageRequest, cycle: int) -> HttpResponse:
    """Who has entered what, by when: the overview of all units."""
    seen = seen_cycles(request.acting.actor)
    found = next((one for one in seen if one.pk == cycle), None) or get_object_or_404(Cycle, pk=cycle)
    check_can_oversee_cycle(request.acting.actor, cycle_facts(found, found.owner_path))
    page = progress_page(found, filters_of(request), timezone.now())
    runs = refusal(check_can_run_cycle, request.acting.actor, cycle_facts(found, found.owner_path))
    acts = runs is None or request.acting.actor.has(Role.CHAIR, found.owner_path, cycle=found.pk)
    picks = [one for one in seen if _oversees(request, one)]
    context = {
        "page": page, "refused": runs, "acts": acts, "room": "cycles", "last_act_words": last_act,
        "days_off_words": days_off, "local_day": local_day, "cycles": picks,
        "related": related_cycles(found, seen), "inviting": _inviting(request, page.rows),
    }  # fmt: skip
    template = "cycles/templates/progress_table.html" if _wants_table(request) else "cycles/templates/progress.html"
    response = render(request, template, context)
    response["Vary"] = "HX-Request"
    return response


def _inviting(request: PageRequest, listed: Sequence[Row]) -> frozenset[int]:
    """The sheets of units that lack an account or an address, where this person keeps the accounts.

    One query for who keeps accounts at all, whatever is listed.
    """
    actor = request.acting.actor
    if not MANAGING & actor.roles:
        return frozenset()
    offices = offices_on(local_day(timezone.now()))
    sheets = [row.sheet for row in listed if row.owes_an_account]
    return frozenset(
        sheet.pk for sheet in sheets
        if refusal(check_can_manage_accounts, actor, sheet.unit_path, offices=offices) is None
    )  # fmt: skip


def _oversees(request: PageRequest, cycle: Cycle) -> bool:
    return refusal(check_can_oversee_cycle, request.acting.actor, cycle_facts(cycle, cycle.owner_path)) is None


def related_cycles(cycle: Cycle, seen: Sequence[Cycle]) -> list[tuple[Cycle, bool]]:
    """The cycle above (True) and those below that this person may see: a link between cycles gives no right."""
    above = [(one, True) for one in seen if one.pk == cycle.parent_id]
    return above + [(one, False) for one in seen if one.parent_id == cycle.pk]


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
        standing=standing if standing in {*map(str, Standing), "overdue", "owing"} else "",
        group=asked.get("group", "")[:80],
        search=asked.get("search", "").strip()[:100],
        order=asked.get("order", "") if asked.get("order", "") in ORDERS else "attention",
        descending=asked.get("desc") == "1",
        page=asked_page(asked.get("page")),
        opened=number_or(asked.get("open"), 0),
        picked=asked.get("picked") == "1",
    )


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
            row = row_of(sheet, ends, at, Reach(sheet.pk, times.get(sheet.pk, 0)))
            cells = (sheet.unit_name, sheet.group.title, sheet_state(sheet.state))
            for column, words in enumerate(cells):
                table.write_string(number, column, words)
            counts = (sheet.items, sheet.items_done, sheet.items_without_evidence, sheet.requests)
            for column, count in enumerate(counts, start=3):
                table.write_number(number, column, count)
            if row.is_submitted:  # a draft is nobody else's to read
                _write_exact(table, number, 7, sheet.points)
            else:
                table.write_string(number, 7, text("đang giải trình lại") if row.is_revised else text("chưa nộp"))
            _write_exact(table, number, 8, sheet.max_points)
            if row.deadline:
                table.write_datetime(number, 9, _naive(row.deadline), dates)
            table.write_number(number, 10, row.reminders)
    response = HttpResponse(
        content.getvalue(), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    response["Content-Disposition"] = f'attachment; filename="tien-do-{found.year}.xlsx"'
    return response


def _write_exact(table: Worksheet, row: int, column: int, points: str) -> None:
    """Points as the number whose digits are stored; where a workbook cannot hold them, as words."""
    shown = shown_number(exact_number(points))
    if isinstance(shown, str):
        table.write_string(row, column, shown)
    elif shown is not None:
        table.write_number(row, column, shown)


def _naive(moment: datetime) -> datetime:
    """A moment as the clock on the wall shows it: workbooks know no time zones."""
    return moment.astimezone(VIET_NAM).replace(tzinfo=None)
