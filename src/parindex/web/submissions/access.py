"""Opening a sheet or a part: whoever may not read it does not learn whether it is there."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from parindex.database.models import ScoreSheet, SheetPart, Submission
from parindex.database.queries.score_sheets import sheet_facts, sheets
from parindex.domain.review.permissions import check_can_read_sheet, check_can_read_submissions
from parindex.web.requests import PageRequest


def opened(request: PageRequest, sheet: int) -> tuple[ScoreSheet, list[SheetPart]]:
    """A sheet that this person may read, with its parts. Two queries."""
    found, parts = _found(sheet)
    check_can_read_sheet(request.acting.actor, sheet_facts(found, parts))
    return found, parts


def opened_submission(request: PageRequest, submission: Submission) -> tuple[ScoreSheet, list[SheetPart]]:
    """The sheet and the parts of a submission that this person may read. Two queries."""
    found, parts = _found(submission.sheet_id)
    check_can_read_submissions(request.acting.actor, sheet_facts(found, parts), of_part=submission.part_id is not None)
    return found, parts


def _found(sheet: int) -> tuple[ScoreSheet, list[SheetPart]]:
    found = get_object_or_404(sheets(), pk=sheet)
    return found, list(SheetPart.objects.filter(sheet=found).order_by("pk"))


def opened_part(request: PageRequest, part: int) -> tuple[ScoreSheet, list[SheetPart], SheetPart]:
    """A part of a sheet that this person may read. Three queries."""
    sheet = get_object_or_404(SheetPart, pk=part).sheet_id
    found, parts = opened(request, sheet)
    return found, parts, next(one for one in parts if one.pk == part)
