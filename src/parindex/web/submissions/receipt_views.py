"""Receipts: the page, the paper, and comparing a fingerprint with what is stored."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from parindex.database.models import AuditRecord, ScoreSheet, SheetPart, Submission
from parindex.database.queries.score_sheets import part_facts, sheet_facts
from parindex.domain.review.permissions import check_can_move_part, check_can_withdraw_sheet
from parindex.domain.review.refusal import refusal
from parindex.domain.review.stages import Act
from parindex.usecases.claims import AreaClaim, is_in_parts, is_intact, total_of
from parindex.web.requests import PageRequest
from parindex.web.submissions.access import opened_submission
from parindex.web.submissions.receipt_paper import claimed_areas, receipt_bytes
from parindex.wording.moments import VIET_NAM

_LENGTH = 64
#: Marks between groups, and what a copy from a paper brings along without being seen.
_BETWEEN = re.compile(r"[\s:.\-\u00ad\u200b-\u200f\u2010-\u2015\u2060\ufeff]+")


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    """One submission as it was signed, and whether it still holds."""

    sheet: ScoreSheet
    submission: Submission
    areas: Sequence[AreaClaim]
    total: AreaClaim
    later: Submission | None
    can_withdraw: bool
    is_intact: bool
    is_logged: bool

    @property
    def groups(self) -> list[str]:
        """The fingerprint as it is read aloud."""
        text = self.submission.fingerprint
        return [text[at : at + 8] for at in range(0, len(text), 8)]

    @property
    def standing(self) -> str:
        """``valid``, ``withdrawn`` or ``replaced``."""
        if self.submission.withdrawn_at is not None:
            return "withdrawn"
        return "replaced" if self.later else "valid"


def receipt_page(
    request: PageRequest, submission: Submission, sheet: ScoreSheet, parts: Sequence[SheetPart]
) -> ReceiptPage:
    """The page of a submission. Two queries."""
    areas = claimed_areas(submission)
    same = _later(submission)
    return ReceiptPage(
        sheet=sheet,
        submission=submission,
        areas=areas,
        total=total_of(areas),
        later=same.defer("claim").order_by("-number").first(),
        can_withdraw=_can_withdraw(request, submission, sheet, parts),
        is_intact=is_intact(submission),
        is_logged=_is_logged(submission),
    )


def _can_withdraw(request: PageRequest, submission: Submission, sheet: ScoreSheet, parts: Sequence[SheetPart]) -> bool:
    if submission.withdrawn_at is not None:
        return False
    actor, now = request.acting.actor, timezone.now()
    if submission.part is not None:
        part = part_facts(submission.part, sheet, parts)
        return is_in_parts(sheet, parts) and refusal(check_can_move_part, actor, part, Act.WITHDRAW, now) is None
    return refusal(check_can_withdraw_sheet, actor, sheet_facts(sheet, parts), now) is None


def _is_logged(submission: Submission) -> bool:
    """Whether the log still has the record of this submission at its place."""
    return AuditRecord.objects.filter(
        chain__key=f"cycle-{submission.sheet.cycle_id}", sequence=submission.log_sequence, hash=submission.log_hash
    ).exists()


def _later(submission: Submission) -> QuerySet[Submission]:
    """What was signed after it, of the same sheet or part."""
    return Submission.objects.filter(sheet=submission.sheet_id, part=submission.part_id, number__gt=submission.number)


def _found(submission: int) -> Submission:
    rows = Submission.objects.select_related("submitted_by", "withdrawn_by", "part", "sheet")
    return get_object_or_404(rows, pk=submission)


@require_safe
def receipt(request: PageRequest, submission: int) -> HttpResponse:
    """The receipt of a submission."""
    made = _found(submission)
    sheet, parts = opened_submission(request, made)
    page = receipt_page(request, made, sheet, parts)
    return render(request, "submissions/templates/receipt.html", {"page": page, "room": "score_sheets"})


@require_safe
def paper(request: PageRequest, submission: int) -> HttpResponse:
    """The receipt as PDF; a part that was signed has a page, only the whole sheet has a paper."""
    made = _found(submission)
    sheet, _ = opened_submission(request, made)
    if made.part_id is not None:
        raise Http404
    address = request.build_absolute_uri(reverse("check_receipt"))
    signed = made.submitted_at.astimezone(VIET_NAM)
    later = _later(made).order_by("-number").values_list("number", flat=True).first() or 0
    response = HttpResponse(receipt_bytes(made, sheet, address, later), content_type="application/pdf")
    name = f"phieu-xac-nhan-{sheet.cycle.year}-{made.pk}-{signed:%Y%m%d}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def claim(request: PageRequest, submission: int) -> HttpResponse:
    """What was signed, as the text that the fingerprint is of: whoever has it recomputes fingerprint, points, index."""
    made = _found(submission)
    sheet, _ = opened_submission(request, made)
    signed = made.submitted_at.astimezone(VIET_NAM)
    response = HttpResponse(made.claim.encode(), content_type="application/json")
    name = f"noi-dung-da-ky-{sheet.cycle.year}-{made.pk}-{signed:%Y%m%d}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


@dataclass(frozen=True, slots=True)
class Compared:
    """A submission that a fingerprint belongs to."""

    submission: Submission
    is_intact: bool
    is_logged: bool
    is_latest: bool


@require_safe
def compare(request: PageRequest) -> HttpResponse:
    """Whose submission a fingerprint is, whether it still holds, and whether what is stored still gives it."""
    typed = request.GET.get("fingerprint", "")[:200]
    plain = _BETWEEN.sub("", typed).lower()
    wrong = bool(plain) and not re.fullmatch(rf"[0-9a-f]{{{_LENGTH}}}", plain)
    found = []
    if plain and not wrong:
        rows = Submission.objects.filter(fingerprint=plain).select_related("sheet__cycle", "part", "submitted_by")
        for row in rows.order_by("-submitted_at", "-pk")[:20]:
            found.append(Compared(row, is_intact(row), _is_logged(row), not _later(row).exists()))
    context = {
        "typed": typed, "wrong": wrong, "length": len(plain), "asked": bool(plain), "found": found,
        "room": "score_sheets",
    }  # fmt: skip
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return render(request, "submissions/templates/compare.html", context, status=status)
