"""The table of who appraises what as XLSX or CSV: taken in and given out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from parindex.database.models import CycleGroup, ScoreSheet
from parindex.database.models.councils import AppraisalAssignment, Council, CouncilMember, CouncilRole
from parindex.database.queries.councils import places_of
from parindex.documents.appraisal_tables.assignments import HEADS, LAYOUT, Known, read_appraisal_assignments
from parindex.documents.appraisal_tables.rows import AppraisalRow
from parindex.documents.unit_tables.preview import ChangeKind, Preview
from parindex.documents.unit_tables.writers import write_rows
from parindex.domain.review.refusal import Refusal
from parindex.usecases.appraisal_assignments import AssignmentLine, assign, log_export
from parindex.web.councils.access import Opened, composed
from parindex.web.councils.assignment_views import Foreseen, foresee, with_lines
from parindex.web.councils.council_page import node_titles
from parindex.web.councils.coverage import Cycleful
from parindex.web.kept_tables import KeptTable
from parindex.web.requests import PageRequest
from parindex.web.table_import import TableImport, respond
from parindex.wording.language import text

_TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".csv": "text/csv; charset=utf-8",
}


@require_http_methods(["GET", "HEAD", "POST"])
def import_table(request: PageRequest, cycle: int) -> HttpResponse:
    """Upload, preview, take: lines of the table are added to those that there are."""
    found = composed(request, cycle)
    council = found.council

    def read(_: PageRequest, path: Path) -> Preview[AppraisalRow]:
        preview = read_appraisal_assignments(path, stored_rows(council), _known(found))
        _require_not_recused(found, _added(found, preview))
        return preview

    def take(request: PageRequest, preview: Preview[AppraisalRow], _: KeptTable) -> HttpResponse:
        new = assign(by=request.acting, at=timezone.now(), cycle_id=cycle, lines=_added(found, preview))
        messages.success(request, text("Đã thêm {count} dòng phân công.", count=new))
        return redirect("appraisal_assignments", cycle=cycle)

    def foreseen_of(preview: Preview[AppraisalRow]) -> Foreseen:
        lines = _added(found, preview)
        return foresee(found.table, with_lines(found.table, lines), Cycleful.of(cycle), lines)

    context = {"found": found, "cycle": found.cycle, "room": "cycles", "foreseen_of": foreseen_of}
    template = "councils/templates/import_assignments.html"
    refusals = frozenset({"members_recused"})
    return respond(request, TableImport(f"appraisals-{cycle}", template, read, take, context, refusals=refusals))


def _added(found: Opened, preview: Preview[AppraisalRow]) -> list[AssignmentLine]:
    """The lines that a table brings."""
    return _lines(found, [one.row for one in preview.of(ChangeKind.ADDED)])


def _require_not_recused(found: Opened, lines: Sequence[AssignmentLine]) -> None:
    """No line gives one unit to a member who may not appraise it and has no substitute there; all such are named."""
    places = places_of(found.cycle.pk)
    barred = [
        line for line in lines
        if line.sheet is not None and found.table.recusals.free_of(line.member, places[line.sheet].units) is None
    ]  # fmt: skip
    if barred:
        sheets = ScoreSheet.objects.filter(pk__in=[line.sheet for line in barred])
        names = dict(sheets.values_list("pk", "unit_name"))
        told = {(found.table.members[line.member].name, names[line.sheet or 0]) for line in barred}
        raise Refusal("members_recused", items=sorted(told))


@require_POST
def export_table(request: PageRequest, cycle: int) -> HttpResponse:
    """Every line as it is read again; that it was taken is logged."""
    found = composed(request, cycle)
    suffix = ".csv" if request.POST.get("as") == "csv" else ".xlsx"
    rows = stored_rows(found.council)
    log_export(by=request.acting, at=timezone.now(), council=found.council, rows=len(rows))
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"phan-cong-tham-dinh{suffix}"
        write_rows(path, LAYOUT.name, HEADS, [row.cells() for row in rows])
        response = HttpResponse(path.read_bytes(), content_type=_TYPES[suffix])
    response["Content-Disposition"] = f'attachment; filename="phan-cong-tham-dinh{suffix}"'
    return response


def stored_rows(council: Council) -> list[AppraisalRow]:
    """The lines that there are, in the order of the table; one query."""
    rows = AppraisalAssignment.objects.filter(level__council=council, member__left_at=None)
    values = rows.order_by("level__number", "member__position", "node_code", "pk").values_list(
        "level__number", "member__user__username", "node_code", "group__code", "sheet__unit__code",
        "member__user__full_name",
    )  # fmt: skip
    return [
        AppraisalRow(str(level), user, node, group or "", unit or "", name)
        for level, user, node, group, unit, name in values
    ]


def _known(found: Opened) -> Known:
    over = Cycleful.of(found.cycle.pk)
    seats = CouncilMember.objects.filter(council=found.council, left_at=None).exclude(role=CouncilRole.STAFF)
    people = list(seats.values_list("user__username", "user__full_name"))
    groups = list(CycleGroup.objects.filter(cycle=found.cycle).values_list("code", "title"))
    units = list(ScoreSheet.objects.filter(cycle=found.cycle).values_list("unit__code", "unit_name"))
    return Known(
        levels=[str(one) for one in found.table.levels], members=_unclear_left_out(people), nodes=node_titles(over),
        groups=_unclear_left_out(groups), units=_unclear_left_out(units),
    )  # fmt: skip


def _unclear_left_out(pairs: list[tuple[str, str]]) -> Mapping[str, str]:
    """The code by code and by name; a name that several have names none of them."""
    names: dict[str, list[str]] = {}
    for code, name in pairs:
        names.setdefault(name.casefold(), []).append(code)
    return {name: codes[0] for name, codes in names.items() if len(codes) == 1} | {
        code.casefold(): code for code, _ in pairs
    }


def _lines(found: Opened, rows: list[AppraisalRow]) -> list[AssignmentLine]:
    users = dict(
        CouncilMember.objects.filter(council=found.council, left_at=None).values_list("user__username", "user_id")
    )
    groups = dict(CycleGroup.objects.filter(cycle=found.cycle).values_list("code", "pk"))
    sheets = dict(ScoreSheet.objects.filter(cycle=found.cycle).values_list("unit__code", "pk"))
    return [
        AssignmentLine(
            int(row.level), users[row.member], row.node, groups[row.group] if row.group else None,
            sheets[row.unit] if row.unit else None,
        )
        for row in rows
    ]  # fmt: skip
