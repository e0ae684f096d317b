"""Opening a sheet or a part: whoever may not read it does not learn whether it is there."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from parindex.database.models import ScoreSheet, SheetPart
from parindex.database.queries.score_sheets import sheet_facts, sheets
from parindex.domain.review.permissions import check_can_read_sheet
from parindex.web.requests import PageRequest


def opened(request: PageRequest, sheet: int) -> tuple[ScoreSheet, list[SheetPart]]:
    """A sheet that this person may read, with its parts. Two queries."""
    found = get_object_or_404(sheets(), pk=sheet)
    parts = list(SheetPart.objects.filter(sheet=found).order_by("pk"))
    check_can_read_sheet(request.acting.actor, sheet_facts(found, parts))
    return found, parts


def opened_part(request: PageRequest, part: int) -> tuple[ScoreSheet, list[SheetPart], SheetPart]:
    """A part of a sheet that this person may read. Three queries."""
    sheet = get_object_or_404(SheetPart, pk=part).sheet_id
    found, parts = opened(request, sheet)
    return found, parts, next(one for one in parts if one.pk == part)
