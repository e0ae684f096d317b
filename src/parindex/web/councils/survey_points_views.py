"""Points of surveys, as a table: upload, every problem by row or a preview, then all of it or nothing."""

from __future__ import annotations

from pathlib import Path

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from parindex.database.models import Cycle
from parindex.database.queries.score_sheets import cycle_facts
from parindex.documents.appraisal_tables.points import read_given_points
from parindex.documents.appraisal_tables.rows import PointsRow
from parindex.documents.unit_tables.preview import Change, Preview, change, preview
from parindex.domain.errors import Place
from parindex.domain.review.appraisal_permissions import check_can_give_points
from parindex.usecases.given_points import GivenRow, check_points, give_points
from parindex.web.kept_tables import KeptTable
from parindex.web.requests import PageRequest
from parindex.web.table_import import TableImport, respond
from parindex.wording.language import text


@require_http_methods(["GET", "HEAD", "POST"])
def import_points(request: PageRequest, cycle: int) -> HttpResponse:
    """Upload, preview, take."""
    found = get_object_or_404(Cycle, pk=cycle)
    check_can_give_points(request.acting.actor, cycle_facts(found, found.owner_path))

    def read(_: PageRequest, path: Path) -> Preview[PointsRow]:
        rows, notes = read_given_points(path)
        standing = check_points(at=timezone.now(), cycle_id=cycle, rows=[_given(row) for row in rows])
        changes: list[Change[PointsRow]] = []
        for row, (before, now) in zip(rows, standing, strict=True):
            old = None
            if before is not None:
                old = PointsRow(row.line, row.unit, row.item, before.points, before.standard_error, before.source)
            new = PointsRow(row.line, row.unit, row.item, now.points, now.standard_error, now.source)
            changes.append(change(new, old, Place(row=row.line)))
        return preview(changes, [], notes)

    def take(request: PageRequest, shown: Preview[PointsRow], _: KeptTable) -> HttpResponse:
        rows = [_given(row) for row in shown.rows]
        new = give_points(by=request.acting, at=timezone.now(), cycle_id=cycle, rows=rows)
        messages.success(request, text("Đã ghi điểm điều tra của {count} mục.", count=new))
        return redirect("survey_points", cycle=cycle)

    context = {"cycle": found, "room": "cycles"}
    template = "councils/templates/survey_points.html"
    return respond(request, TableImport(f"points-{cycle}", template, read, take, context))


def _given(row: PointsRow) -> GivenRow:
    return GivenRow(row.line, row.unit, row.item, row.points, row.error, row.source)
