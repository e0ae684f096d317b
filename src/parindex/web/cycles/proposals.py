"""Items that the standing office proposes not to assess, per kind of unit."""

from __future__ import annotations

import re
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from parindex.database.models import Cycle, CycleGroup, NotAssessedProposal, ScoreSheet
from parindex.database.queries.score_sheets import cycle_facts
from parindex.domain.review.permissions import audits, check_can_run_cycle
from parindex.domain.review.refusal import Refusal, refusal
from parindex.usecases.not_assessed_proposals import propose_not_assessed, withdraw_proposal
from parindex.web.requests import PageRequest
from parindex.web.typed_numbers import number_from
from parindex.wording.language import text
from parindex.wording.refusals import refusal_text


@require_http_methods(["GET", "HEAD", "POST"])
def proposals(request: PageRequest, cycle: int) -> HttpResponse:
    """The list, a form for more, and a button to take one back; auditors read the list."""
    found = get_object_or_404(Cycle, pk=cycle)
    facts, actor = cycle_facts(found, found.owner_path), request.acting.actor
    runs = refusal(check_can_run_cycle, actor, facts) is None
    if request.method == "POST" or not audits(actor, facts.owner):
        check_can_run_cycle(actor, facts)
    groups = list(CycleGroup.objects.filter(cycle=found))
    kinds = list(
        ScoreSheet.objects.filter(cycle=found).order_by("unit_kind").values_list("unit_kind", flat=True).distinct()
    )
    problem = ""
    if request.method == "POST":
        try:
            messages.success(request, _act(request, groups, kinds))
            return redirect("cycle_proposals", cycle=found.pk)
        except Refusal as refused:
            problem = refusal_text(refused)
    made = NotAssessedProposal.objects.filter(group__cycle=found).select_related("group")
    context = {
        "cycle": found, "groups": groups, "kinds": kinds, "problem": problem,
        "wrong": "withdraw_reason" if request.POST.get("withdraw") else "items", "typed": request.POST,
        "room": "cycles", "runs": runs,
        "proposals": made.order_by("group", "unit_kind", "item_code"),
    }  # fmt: skip
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK
    return render(request, "cycles/templates/proposals.html", context, status=status)


def _act(request: PageRequest, groups: list[CycleGroup], kinds: list[str]) -> str:
    at, ids = timezone.now(), {str(group.pk): group.pk for group in groups}
    if request.POST.get("withdraw"):
        made = get_object_or_404(NotAssessedProposal, pk=number_from(request.POST["withdraw"]), group__in=ids.values())
        why = request.POST.get("withdraw_reason", "")
        withdraw_proposal(by=request.acting, at=at, proposal_id=made.pk, reason=why)
        return text("Đã bỏ đề xuất ở mục {item}.", item=made.item_code)
    group, kind = request.POST.get("group", ""), request.POST.get("kind", "")
    if group not in ids or kind not in kinds:
        raise Refusal("nothing_picked")
    items = [code for code in re.split(r"[,;\s]+", request.POST.get("items", "")) if code]
    count = propose_not_assessed(
        by=request.acting, at=at, group_id=ids[group], unit_kind=kind, items=items,
        reason=request.POST.get("reason", ""), legal_basis=request.POST.get("legal_basis", ""),
    )  # fmt: skip
    return text("Đã đề xuất không đánh giá {count} mục.", count=count)
