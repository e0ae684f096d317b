"""The table of units: taken in and given out."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from parindex.database.mapping.units import stored_units
from parindex.database.models import UnitVersion
from parindex.database.queries.units import within
from parindex.documents.unit_tables.preview import Preview
from parindex.documents.unit_tables.rows import UnitRow
from parindex.documents.unit_tables.units_table import read_units, told_by_name
from parindex.documents.unit_tables.writers import write_units
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.roles import Role
from parindex.usecases import units as use
from parindex.usecases.unit_import import import_units as take_units
from parindex.usecases.unit_import import sheets_handed_on
from parindex.web.kept_tables import KeptTable
from parindex.web.requests import PageRequest
from parindex.web.table_import import TableImport, respond
from parindex.web.units.views import KEEPING
from parindex.wording.language import text
from parindex.wording.moments import local_day
from parindex.wording.unit_kinds import known_kinds

_TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".csv": "text/csv; charset=utf-8",
}


def _keeper(request: PageRequest) -> None:
    if not KEEPING & request.acting.actor.roles:
        raise Refusal("only_standing_office_units")


def _read(request: PageRequest, path: Path) -> Preview[UnitRow]:
    existing = stored_units()
    kinds = {row.record.kind: row.record.kind for row in existing if row.record.kind} | known_kinds()
    return read_units(path, existing, kinds=kinds, first_day=local_day(timezone.now()))


def _take(request: PageRequest, preview: Preview[UnitRow], table: KeptTable) -> HttpResponse:
    file = table.path.name
    with told_by_name(preview):
        take_units(
            by=request.acting, at=timezone.now(), preview=preview, file=file,
            confirmed=bool(request.POST.get("despite_sheets")),
        )  # fmt: skip
    messages.success(request, text("Đã ghi bảng đơn vị {file}.", file=file))
    return redirect("units")


@require_http_methods(["GET", "HEAD", "POST"])
def import_units(request: PageRequest) -> HttpResponse:
    """Upload, preview, take."""
    _keeper(request)
    table = TableImport(
        "units", "units/templates/import_units.html", _read, _take, {"room": "accounts"}, handed_on=sheets_handed_on
    )
    return respond(request, table)


@require_POST
def export_units(request: PageRequest) -> HttpResponse:
    """The table of one's units, as it is read again; that it was taken is logged."""
    _keeper(request)
    suffix = ".csv" if request.POST.get("as") == "csv" else ".xlsx"
    rows = [] if request.POST.get("empty") else _own_rows(request)
    use.log_unit_export(by=request.acting, at=timezone.now(), rows=len(rows))
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"don-vi{suffix}"
        write_units(path, rows)
        response = HttpResponse(path.read_bytes(), content_type=_TYPES[suffix])
    response["Content-Disposition"] = f'attachment; filename="don-vi{suffix}"'
    return response


def _own_rows(request: PageRequest) -> list[UnitRow]:
    rows = stored_units()
    if Role.ADMINISTRATOR in request.acting.actor.roles:
        return rows
    paths = {grant.path for grant in request.acting.actor.grants if grant.role in KEEPING}
    own = set(UnitVersion.objects.filter(within(paths)).values_list("unit__code", flat=True))
    return [row for row in rows if row.record.code in own]
