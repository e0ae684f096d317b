"""Signing: a page that says what is signed, and a POST that signs exactly that, once."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from parindex.database.models import ScoreSheet, SheetPart, Submission
from parindex.database.queries.score_sheets import deadline_of, part_facts, sheet_facts
from parindex.documents.receipts.claim import fingerprint_of
from parindex.domain.review.permissions import check_can_move_part, check_can_submit_sheet
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.stages import Act, CycleState
from parindex.usecases.claim_check import moved_sums
from parindex.usecases.claims import claim_text, is_in_parts, review_of, total_of
from parindex.usecases.submissions import submit_part, submit_sheet
from parindex.usecases.unscanned_evidence import unscanned_of
from parindex.web.accounts.password_form import proves_password
from parindex.web.requests import PageRequest
from parindex.web.submissions.access import opened, opened_part
from parindex.web.submissions.matter_words import matter_words
from parindex.web.submissions.noticed_items import noticed
from parindex.wording.language import text
from parindex.wording.moments import moment
from parindex.wording.refusals import refusal_text

#: What a form can mend; everything else is a refusal of the act itself.
_MENDED = {
    "incomplete_reason_needed": HTTPStatus.UNPROCESSABLE_ENTITY,
    "comment_too_long": HTTPStatus.UNPROCESSABLE_ENTITY,
    "wrong_password": HTTPStatus.UNPROCESSABLE_ENTITY,
    "too_many_attempts": HTTPStatus.TOO_MANY_REQUESTS,
    "claim_changed": HTTPStatus.CONFLICT,
}


@require_http_methods(["GET", "HEAD", "POST"])
def sign_part(request: PageRequest, part: int) -> HttpResponse:
    """The leader of the lead unit signs; where the part is the whole sheet, this submits it."""
    sheet, parts, found = opened_part(request, part)
    signed = found if is_in_parts(sheet, parts) else None

    def act(reason: str, seen: str) -> Submission:
        return submit_part(by=request.acting, at=timezone.now(), part_id=part, incomplete_reason=reason, seen=seen)

    def check() -> None:
        check_can_move_part(request.acting.actor, part_facts(found, sheet, parts), Act.SUBMIT, timezone.now())

    return _sign(request, sheet, signed, check, act)


@require_http_methods(["GET", "HEAD", "POST"])
def sign_sheet(request: PageRequest, sheet: int) -> HttpResponse:
    """The body's head submits the compiled sheet."""
    found, parts = opened(request, sheet)
    if not is_in_parts(found, parts):
        return redirect("sign_part", part=parts[0].pk)

    def act(_: str, seen: str) -> Submission:
        return submit_sheet(by=request.acting, at=timezone.now(), sheet_id=sheet, seen=seen)

    def check() -> None:
        check_can_submit_sheet(request.acting.actor, sheet_facts(found, parts), timezone.now())

    return _sign(request, found, None, check, act)


def _sign(
    request: PageRequest, sheet: ScoreSheet, part: SheetPart | None, check: Callable[[], None],
    act: Callable[[str, str], Submission],
) -> HttpResponse:  # fmt: skip
    problem, status = None, HTTPStatus.OK
    if request.method == "POST":
        try:
            _require_password(request)
            made = act(request.POST.get("reason", ""), request.POST.get("seen", "") or "-")
        except Refusal as refused:
            if refused.code not in _MENDED:
                raise
            problem, status = refused, _MENDED[refused.code]
        else:
            when = moment(made.submitted_at)
            done = text(
                "Đã ký phần này lúc {when}. Cơ quan thường trực nhận thư báo (ai đã khai địa chỉ thư).", when=when
            )
            if not part:
                done = text(
                    "Đã nộp phiếu lúc {when}. Cơ quan thường trực của kỳ nhận thư báo (ai đã khai địa chỉ thư).",
                    when=when,
                )
            messages.success(request, done)
            return redirect("receipt", submission=made.pk)
    check()
    review = review_of(sheet, part)
    context = {
        "sheet": sheet,
        "part": part,
        "in_parts": is_in_parts(sheet, review.parts),
        "is_appraised": sheet.cycle.state == CycleState.APPRAISAL,
        "review": review,
        "unit": review.result.unit(0),
        "total": total_of(review.areas),
        "seen": fingerprint_of(claim_text(review)),
        "needs_reason": bool(review.remaining) and (part is not None or not is_in_parts(sheet, review.parts)),
        "needs_password": request.user.has_usable_password(),
        "deadline": deadline_of(sheet),
        "moved": moved_sums(review),
        "noticed": noticed(sheet, review.open_items),
        "matter_words": matter_words,
        "unscanned": unscanned_of(sheet.pk, part.pk if part else None),
        "problem": refusal_text(problem) if problem else "",
        "problem_code": problem.code if problem else "",
        "reason": request.POST.get("reason", ""),
        "room": "score_sheets",
    }
    return render(request, "submissions/templates/sign.html", context, status=status)


def _require_password(request: PageRequest) -> None:
    """Who signs shows once more that it is they; accounts of another provider have no password to show."""
    if not request.user.has_usable_password():
        return
    if not ratelimit.consume(request, action="reauthenticate", user=request.user):
        raise Refusal("too_many_attempts")
    if not proves_password(request, request.user, request.POST.get("password", "")):
        raise Refusal("wrong_password")
