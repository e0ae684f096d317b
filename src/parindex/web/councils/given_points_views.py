"""What surveys and agencies gave in a cycle: the list, and withdrawing what was given by mistake."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from parindex.database.models import Cycle, GivenPoints
from parindex.database.queries.councils import seat_in
from parindex.database.queries.score_sheets import cycle_facts, sheet_facts, sheets
from parindex.domain.review.appraisal_permissions import (
    check_can_give_points,
    check_can_see_given_points,
    check_can_withdraw_points,
)
from parindex.domain.review.permissions import SheetFacts
from parindex.domain.review.refusal import Refusal, refusal
from parindex.usecases.ended_points import endings
from parindex.usecases.given_points import withdraw_points
from parindex.web.evidence.pages import Pages
from parindex.web.read_marks import status_of
from parindex.web.requests import PageRequest
from parindex.web.typed_numbers import asked_page
from parindex.wording.language import text
from parindex.wording.refusals import refusal_text

ROOM = "cycles"


@require_safe
def given_points(request: PageRequest, cycle: int) -> HttpResponse:
    """The points of surveys and agencies, by unit and item; ``all`` shows those too that count no more."""
    found = _opened(request, cycle)
    facts, actor = cycle_facts(found, found.owner_path), request.acting.actor
    rows = _rows(found)
    wanted = {name: request.GET.get(name, "").strip()[:200] for name in ("unit", "item")}
    if wanted["unit"]:
        rows = rows.filter(entry__sheet__unit_name__icontains=wanted["unit"])
    if wanted["item"]:
        rows = rows.filter(entry__item_code=wanted["item"])
    with_over = request.GET.get("all") == "1"
    if not with_over:
        rows = rows.filter(withdrawn_at=None)
    pages = Pages.of(rows.count(), asked_page(request.GET.get("page")))
    shown = list(rows[pages.start : pages.end])
    context = {
        "cycle": found, "rows": shown, "mine": _withdrawable(request, found, shown), "pages": pages, "wanted": wanted,
        "with_over": with_over, "room": ROOM, "endings": endings(shown),
        "gives": refusal(check_can_give_points, actor, facts) is None,
    }  # fmt: skip
    return render(request, "councils/templates/given_points.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: PageRequest, cycle: int, given: int) -> HttpResponse:
    """Points that were given by mistake are withdrawn, with the reason; the page says before what follows. Of what
    counts no more it says why.
    """
    found = _opened(request, cycle)
    one = get_object_or_404(_rows(found), pk=given)
    for facts in _facts_of([one]).values():
        check_can_withdraw_points(request.acting.actor, facts, seat_in(found.pk, request.user.pk))
    problem, reason = "", request.POST.get("reason", "")
    if request.method == "POST":
        try:
            withdraw_points(by=request.acting, at=timezone.now(), given_id=given, reason=reason)
            messages.success(request, text("Đã rút điểm mục {item} của {unit}.", **_names(one)))
            return redirect("given_points", cycle=cycle)
        except Refusal as refused:
            problem = refusal_text(refused)
    ending = endings([get_object_or_404(_rows(found), pk=given)]).get(given)  # somebody may have come first just now
    context = {
        "cycle": found, "given": one, "problem": problem, "reason": reason, "room": ROOM, "ending": ending,
    }  # fmt: skip
    template = "councils/templates/withdraw_points.html"
    return render(request, template, context, status=status_of(problem, stale=False))


def _opened(request: PageRequest, cycle: int) -> Cycle:
    found = get_object_or_404(Cycle, pk=cycle)
    check_can_see_given_points(request.acting.actor, cycle_facts(found, found.owner_path))
    return found


def _rows(cycle: Cycle) -> QuerySet[GivenPoints]:
    """In the order of units and items, the last ones first."""
    rows = GivenPoints.objects.filter(entry__sheet__cycle=cycle).select_related(
        "entry__sheet", "entry__part", "recorded_by"
    )
    return rows.order_by("entry__sheet__position", "entry__sheet", "entry__position", "-pk")


def _facts_of(rows: Sequence[GivenPoints]) -> dict[int, SheetFacts]:
    """The sheet of each as rights see it, led by the unit that leads the item, by the key of the points. One query."""
    known = {one.pk: one for one in sheets().filter(pk__in={one.entry.sheet_id for one in rows})}
    return {one.pk: sheet_facts(known[one.entry.sheet_id], [one.entry.part]) for one in rows}


def _withdrawable(request: PageRequest, cycle: Cycle, rows: Sequence[GivenPoints]) -> set[int]:
    """The keys of those that this person may withdraw."""
    seat, actor = seat_in(cycle.pk, request.user.pk), request.acting.actor
    standing = [one for one in rows if one.withdrawn_at is None]
    found = _facts_of(standing).items()
    return {pk for pk, facts in found if refusal(check_can_withdraw_points, actor, facts, seat) is None}


def _names(one: GivenPoints) -> dict[str, str]:
    return {"item": one.entry.item_code, "unit": one.entry.sheet.unit_name}
