"""Votes on one item: put, cast, recorded, closed."""

from __future__ import annotations

from datetime import datetime, time

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from parindex.database.models import ItemAppraisal, User, Vote
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.votes import Choice, VoteMode
from parindex.usecases.votes import Proposal, cast, close_vote, open_vote, record_ballot
from parindex.web.appraisals.act_views import failed_page, typed
from parindex.web.appraisals.item_views import back_to, entry_of
from parindex.web.requests import PageRequest
from parindex.web.typed_moments import moment_in
from parindex.web.typed_numbers import number_in
from parindex.wording.language import text

_END = time(23, 59)


@require_POST
def opened(request: PageRequest, sheet: int, code: str) -> HttpResponse:
    """Put the points of an item to the vote."""
    entry = entry_of(request, sheet, code)
    try:
        mode = typed(request, "mode")
        if mode not in set(VoteMode):
            raise Refusal("vote_mode_needed")
        proposal = Proposal(typed(request, "points"), typed(request, "reason"), VoteMode(mode), _until(request))
        open_vote(by=request.acting, at=timezone.now(), entry_id=entry, proposal=proposal)
    except ItemAppraisal.DoesNotExist:
        raise Http404 from None
    except Refusal as refused:
        return failed_page(request, sheet, code, "vote", refused)
    messages.success(request, text("Đã đưa ra biểu quyết; thành viên hội đồng thấy trên trang của mục này."))
    return back_to(request, sheet, code, "bieu-quyet")


def _until(request: PageRequest) -> datetime | None:
    written = typed(request, "until")
    return moment_in(written, _END) if written else None


@require_POST
def ballot(request: PageRequest, sheet: int, code: str, vote: int) -> HttpResponse:
    """Vote oneself, or record what a member said in session."""
    _require_of(request, sheet, code, vote)
    member = number_in(request.POST.get("member", ""))
    choice = typed(request, "choice")
    try:
        if choice not in set(Choice):
            raise Refusal("choice_needed")
        by, at, why = request.acting, timezone.now(), typed(request, "reason")
        if member is not None:
            record_ballot(by=by, at=at, vote_id=vote, member_id=member, choice=Choice(choice), reason=why)
        else:
            cast(by=by, at=at, vote_id=vote, choice=Choice(choice), reason=why)
    except User.DoesNotExist:
        raise Http404 from None
    except Refusal as refused:
        return failed_page(request, sheet, code, "ballot", refused)
    messages.success(request, text("Đã ghi phiếu biểu quyết."))
    return back_to(request, sheet, code, "bieu-quyet")


@require_POST
def closed(request: PageRequest, sheet: int, code: str, vote: int) -> HttpResponse:
    """Count a vote, with minutes."""
    _require_of(request, sheet, code, vote)
    try:
        done = close_vote(by=request.acting, at=timezone.now(), vote_id=vote, minutes=typed(request, "minutes"))
    except Refusal as refused:
        return failed_page(request, sheet, code, "close", refused)
    if done.carried:
        messages.success(request, text("Biểu quyết được thông qua; điểm của hội đồng đã ghi."))
    else:
        messages.warning(request, text("Biểu quyết không được thông qua; mục giữ nguyên như trước."))
    return back_to(request, sheet, code, "bieu-quyet")


def _require_of(request: PageRequest, sheet: int, code: str, vote: int) -> None:
    if not Vote.objects.filter(pk=vote, entry=entry_of(request, sheet, code)).exists():
        raise Http404
