"""The assignment of items to lead units as a table: taken in and given out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from parindex.database.mapping.frozen_sets import FrozenSet, frozen_set
from parindex.database.queries.score_sheets import sheet_facts
from parindex.documents.unit_tables.assignments_table import read_assignments
from parindex.documents.unit_tables.preview import ChangeKind, Preview
from parindex.documents.unit_tables.rows import AssignmentRow
from parindex.documents.unit_tables.writers import write_assignments
from parindex.domain.review.permissions import check_can_assign_parts, check_can_review_parts
from parindex.usecases import sheet_parts
from parindex.web.kept_tables import KeptTable
from parindex.web.requests import PageRequest
from parindex.web.submissions.access import opened
from parindex.web.table_import import TableImport, respond
from parindex.wording.language import text

_TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".csv": "text/csv; charset=utf-8",
}


@require_http_methods(["GET", "HEAD", "POST"])
def import_assignments(request: PageRequest, sheet: int) -> HttpResponse:
    """Upload, preview, take."""
    found, parts = opened(request, sheet)
    check_can_assign_parts(request.acting.actor, sheet_facts(found, parts))

    def read(_: PageRequest, path: Path) -> Preview[AssignmentRow]:
        units = sheet_parts.written_leads(found, timezone.now())
        return read_assignments(
            path, sheet_parts.assignment_rows(found, units), units=units,
            below=_below(frozen_set(found.group.set_version)), closed=sheet_parts.closed_leads(found),
        )  # fmt: skip

    def take(request: PageRequest, preview: Preview[AssignmentRow], table: KeptTable) -> HttpResponse:
        made = sheet_parts.import_assignments(
            by=request.acting, at=timezone.now(), sheet_id=sheet, preview=preview, file=table.path.name
        )
        items = len(preview.of(ChangeKind.CHANGED))
        messages.success(request, text("Đã giao {items} mục. Phiếu nay có {parts} phần.", items=items, parts=len(made)))
        return redirect("sheet_parts", sheet=sheet)

    context = {"sheet": found, "room": "score_sheets"}
    template = "submissions/templates/import_assignments.html"
    return respond(request, TableImport(f"assignments-{sheet}", template, read, take, context))


def _below(frozen: FrozenSet) -> Mapping[str, list[str]]:
    """The items below each area and criterion."""
    found: dict[str, list[str]] = {}
    for code, above in frozen.ancestors.items():
        for node in above:
            found.setdefault(node.code, []).append(code)
    return found


@require_POST
def export_assignments(request: PageRequest, sheet: int) -> HttpResponse:
    """Every item with the unit that leads it, as it is read again; that it was taken is logged."""
    found, parts = opened(request, sheet)
    check_can_review_parts(request.acting.actor, sheet_facts(found, parts))
    suffix = ".csv" if request.POST.get("as") == "csv" else ".xlsx"
    at = timezone.now()
    units = sheet_parts.written_leads(found, at)
    rows = sheet_parts.assignment_rows(found, units)
    sheet_parts.log_assignment_export(by=request.acting, at=at, sheet=found, rows=len(rows))
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"giao-muc{suffix}"
        write_assignments(path, rows, units)
        response = HttpResponse(path.read_bytes(), content_type=_TYPES[suffix])
    response["Content-Disposition"] = f'attachment; filename="giao-muc{suffix}"'
    return response
