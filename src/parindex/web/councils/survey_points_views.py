"""Points of surveys and agencies, as a table: upload, every problem by row or a preview, then all of it or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from parindex.database.models import Cycle, GivenPoints
from parindex.database.queries.score_sheets import cycle_facts
from parindex.documents.appraisal_tables.points import PointsTable, line_of, read_given_points, write_points_form
from parindex.documents.appraisal_tables.rows import PointsRow
from parindex.documents.unit_tables.preview import Change, Preview, change, preview
from parindex.domain.errors import InvalidInput, Place, Problem
from parindex.domain.review.appraisal_permissions import check_can_give_points
from parindex.usecases.given_points import check_points, give_points, takers_of_points
from parindex.usecases.given_rows import GivenRow
from parindex.web.kept_tables import KeptTable
from parindex.web.requests import PageRequest
from parindex.web.table_import import TableImport, respond
from parindex.wording.language import text
from parindex.wording.numbers import points_text

#: The cell that a problem of a row is about: what is wrong with the cell itself is told once.
_CELLS = {
    "given_unit_unknown": "unit", "given_item_unknown": "item", "given_item_reported": "item", "given_twice": "item",
    "given_points_missing": "points",
}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def import_points(request: PageRequest, cycle: int) -> HttpResponse:
    """Upload, preview, take."""
    found = _opened(request, cycle)
    if request.FILES:  # a table that is picked anew is another one, whatever it holds
        request.session.pop(_key(cycle), None)

    def read(_: PageRequest, path: Path) -> Preview[PointsRow]:
        table = read_given_points(path)
        changes: list[Change[PointsRow]] = []
        for row, (before, now) in zip(table.rows, _checked(cycle, table), strict=True):
            old = None if before is None else _as_row(row, before)
            changes.append(change(_as_row(row, now), old, Place(row=row.line)))
        return preview(changes, [], table.notes)

    def take(request: PageRequest, shown: Preview[PointsRow], table: KeptTable) -> HttpResponse:
        rows = [_given(row) for row in shown.rows]
        new = give_points(by=request.acting, at=timezone.now(), cycle_id=cycle, rows=rows)
        _keep(request, cycle, new)
        return _taken(request, cycle, new)

    context = {"cycle": found, "room": "cycles"}
    template = "councils/templates/survey_points.html"

    def again(request: PageRequest) -> HttpResponse | None:
        kept = request.session.load().get(_key(cycle))  # as it is stored now: the first sending may just have ended
        return _taken(request, cycle, kept[-1]) if kept and kept[:-1] == _sending(request) else None

    return respond(request, TableImport(f"points-{cycle}", template, read, take, context, again))


@require_safe
def points_form(request: PageRequest, cycle: int) -> HttpResponse:
    """The table without rows, with the units of the cycle and the items that take such points to choose from; it says
    nothing of anybody's points.
    """
    _opened(request, cycle)
    units, items = takers_of_points(cycle)
    offered = [
        (one.code, text("{title} (tối đa {most})", title=one.title, most=points_text(one.most))) for one in items
    ]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "diem.xlsx"
        write_points_form(path, units, offered)
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        response = HttpResponse(path.read_bytes(), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="diem-ky-{cycle}.xlsx"'
    return response


def _opened(request: PageRequest, cycle: int) -> Cycle:
    found = get_object_or_404(Cycle, pk=cycle)
    check_can_give_points(request.acting.actor, cycle_facts(found, found.owner_path))
    return found


def _checked(cycle: int, table: PointsTable) -> Sequence[tuple[GivenPoints | None, GivenPoints]]:
    """What the rows would give. Raises :class:`InvalidInput` with everything that is wrong, of cells and of rows."""
    try:
        found = check_points(at=timezone.now(), cycle_id=cycle, rows=[_given(row) for row in table.rows])
    except InvalidInput as error:
        flaws = table.flaws
        more = [one for one in error.problems if (line_of(one.place), _CELLS.get(one.kind)) not in flaws]
        raise _in_order([*table.problems, *more]) from None
    if table.problems:
        raise _in_order(table.problems)
    return found


def _in_order(problems: Sequence[Problem]) -> InvalidInput:
    return InvalidInput(sorted(problems, key=lambda one: line_of(one.place)))


def _key(cycle: int) -> str:
    return f"points_taken_{cycle}"


def _sending(request: PageRequest) -> list[str]:
    """What is sent again with a form that is sent twice: the table, and what it was shown to change."""
    return [request.POST.get("digest", ""), request.POST.get("seen", "")]


def _keep(request: PageRequest, cycle: int, new: int) -> None:
    """What this form gave, for the same form sent once more."""
    request.session[_key(cycle)] = [*_sending(request), new]
    request.session.save()


def _taken(request: PageRequest, cycle: int, new: int) -> HttpResponse:
    messages.success(request, text("Đã ghi điểm của {count} mục.", count=new))
    return redirect("survey_points", cycle=cycle)


def _given(row: PointsRow) -> GivenRow:
    return GivenRow(
        row.line, row.unit, row.item, row.points, row.error, row.source, estimate=row.estimate, answers=row.answers
    )


def _as_row(row: PointsRow, given: GivenPoints) -> PointsRow:
    """What is given, at the place of a row of the table."""
    return PointsRow(
        row.line, row.unit, row.item, given.points, given.standard_error, given.source, given.estimate,
        "" if given.answers is None else str(given.answers),
    )  # fmt: skip
