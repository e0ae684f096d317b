"""Signing a sheet, and its receipt."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from parindex.database.models import ScoreSheet, SheetPart, Submission
from parindex.database.queries.score_sheets import part_facts, sheet_facts, sheets
from parindex.domain.review.permissions import check_can_move_part, check_can_read_sheet
from parindex.domain.review.refusal import refusal
from parindex.domain.review.roles import Role
from parindex.domain.review.stages import Act
from parindex.usecases.submissions import review_of, submit_part
from parindex.web.requests import PageRequest
from parindex.wording.language import text


@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: PageRequest, sheet: int) -> HttpResponse:
    """Everything that is missing, what the claim would give, and the signature."""
    found = _sheet(request, sheet)
    actor = request.acting.actor
    parts = list(SheetPart.objects.filter(sheet=found))
    part = next((one for one in parts if actor.role_at(one.lead_path, Role.UNIT_LEADER, Role.UNIT_OFFICER)), parts[0])
    if request.method == "POST":
        made = submit_part(
            by=request.acting, at=timezone.now(), part_id=part.pk, incomplete_reason=request.POST.get("reason", "")
        )
        messages.success(request, text("Đã ký và nộp phiếu."))
        return redirect("receipt", submission=made.pk)
    review = review_of(found, part)
    refused = refusal(check_can_move_part, actor, part_facts(part, found, parts), Act.SUBMIT, timezone.now())
    return render(
        request, "score_sheets/templates/submit.html",
        {"review": review, "sheet": found, "unit": review.result.unit(0), "refused": refused, "room": "score_sheets"},
    )  # fmt: skip


@require_safe
def receipt(request: PageRequest, submission: int) -> HttpResponse:
    """The receipt of a submission."""
    made = get_object_or_404(Submission.objects.select_related("submitted_by"), pk=submission)
    sheet = _sheet(request, made.sheet_id)
    return render(
        request, "score_sheets/templates/receipt.html", {"submission": made, "sheet": sheet, "room": "score_sheets"}
    )


def _sheet(request: PageRequest, sheet: int) -> ScoreSheet:
    found = get_object_or_404(sheets(), pk=sheet)
    check_can_read_sheet(request.acting.actor, sheet_facts(found, list(SheetPart.objects.filter(sheet=found))))
    return found
