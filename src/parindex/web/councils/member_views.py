"""Seats on a council: somebody comes, changes, leaves, keeps out of a unit, or stands in for another."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from parindex.database.models import ScoreSheet
from parindex.database.models.councils import Conflict, CouncilMember, CouncilRole
from parindex.database.queries.units import unit_named
from parindex.domain.review.appraisal_permissions import check_can_name_substitute
from parindex.domain.review.council_permissions import check_can_declare_conflict, check_can_withdraw_conflict
from parindex.domain.review.refusal import Refusal
from parindex.usecases.councils import MemberData, add_member, change_member, member_texts, remove_member
from parindex.usecases.read_marks import read_mark
from parindex.usecases.recusals import declare_conflict, name_substitute, substitute_texts, withdraw_conflict
from parindex.web.councils.access import Opened, composed, opened, seat_in
from parindex.web.councils.coverage import Cycleful, coverage
from parindex.web.councils.people import candidates, person_named
from parindex.web.read_marks import clashes, is_stale, seen_of, status_of
from parindex.web.requests import PageRequest
from parindex.web.typed_numbers import number_in
from parindex.wording.councils import council_role
from parindex.wording.language import text
from parindex.wording.moments import local_day
from parindex.wording.refusals import refusal_text

#: Units are offered where there are so many or fewer; their names can be typed in any case.
_OFFERED_UNITS = 300


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: PageRequest, cycle: int) -> HttpResponse:
    """Somebody comes onto the council."""
    found = composed(request, cycle)
    names = {"person": "", "role": str(CouncilRole.APPRAISER), "lead_areas": ""}
    typed = {name: request.POST.get(name, default).strip() for name, default in names.items()}
    problem = ""
    if request.method == "POST":
        try:
            data = MemberData(person_named(typed["person"]).pk, _role(typed["role"]), typed["lead_areas"])
            seat = add_member(by=request.acting, at=timezone.now(), cycle_id=cycle, data=data)
            messages.success(request, text("Đã thêm {name} vào hội đồng.", name=seat.user.full_name))
            return redirect("council", cycle=cycle)
        except Refusal as refused:
            problem = refusal_text(refused)
    context = {
        "found": found, "cycle": found.cycle, "council": found.council, "typed": typed, "problem": problem,
        "people": candidates(found.cycle, local_day(timezone.now())), "roles": _roles(), "room": "cycles",
        "chair": _chair(found),
    }  # fmt: skip
    return render(request, "councils/templates/add_member.html", context, status=status_of(problem, stale=False))


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: PageRequest, cycle: int, member: int) -> HttpResponse:
    """Another role or other areas for a member."""
    found = composed(request, cycle)
    seat = seat_in(found, member)
    stored = member_texts(seat)
    typed = {name: request.POST.get(name, stored[name]).strip() for name in stored}
    problem, stale = "", False
    if request.method == "POST":
        try:
            change_member(
                by=request.acting, at=timezone.now(), member_id=member, role=_role(typed["role"]),
                lead_areas=typed["lead_areas"], seen=seen_of(request),
            )  # fmt: skip
            messages.success(request, text("Đã sửa vai trò của {name} trong hội đồng.", name=seat.user.full_name))
            return redirect("council", cycle=cycle)
        except Refusal as refused:
            problem, stale = refusal_text(refused), is_stale(refused)
    labels = {"role": text("Vai trò"), "lead_areas": text("Lĩnh vực phụ trách")}
    words = {"role": council_role(stored["role"]), "lead_areas": stored["lead_areas"]}
    meant = {"role": council_role(_role(typed["role"], strict=False)), "lead_areas": typed["lead_areas"]}
    context = {
        "found": found, "cycle": found.cycle, "seat": seat, "typed": typed, "problem": problem, "stale": stale,
        "roles": _roles(), "seen": read_mark(stored) if stale or not seen_of(request) else seen_of(request),
        "clashes": clashes(labels, words, meant) if stale else (), "room": "cycles", "chair": _chair(found),
    }  # fmt: skip
    return render(request, "councils/templates/change_member.html", context, status=status_of(problem, stale=stale))


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: PageRequest, cycle: int, member: int) -> HttpResponse:
    """Somebody leaves; what they have is then assigned to nobody, which the page says before."""
    found = composed(request, cycle)
    seat = seat_in(found, member)

    def do(reason: str) -> str:
        remove_member(by=request.acting, at=timezone.now(), member_id=member, reason=reason)
        return text("{name} đã thôi tham gia hội đồng.", name=seat.user.full_name)

    context = {
        "seat": seat, "council_role": council_role,
        "load": coverage(found.table, Cycleful.of(cycle)).loads.get(seat.user_id, 0),
        "stands_in_for": [
            one.user.full_name
            for one in CouncilMember.objects.select_related("user").filter(substitute=seat, left_at=None)
        ],
    }  # fmt: skip
    return _with_reason(request, found, "councils/templates/remove_member.html", do, context)


@require_http_methods(["GET", "HEAD", "POST"])
def substitute(request: PageRequest, cycle: int, member: int) -> HttpResponse:
    """The chair says who appraises in the place of a member."""
    found = opened(request, cycle)
    check_can_name_substitute(request.acting.actor, found.facts)
    seat = seat_in(found, member)
    stored = substitute_texts(seat)
    problem, stale = "", False
    picked = request.POST.get("substitute", stored["substitute"])
    if request.method == "POST":
        try:
            name_substitute(
                by=request.acting, at=timezone.now(), member_id=member, substitute_id=number_in(picked),
                seen=seen_of(request),
            )  # fmt: skip
            messages.success(request, text("Đã ghi người thẩm định thay {name}.", name=seat.user.full_name))
            return redirect("council", cycle=cycle)
        except Refusal as refused:
            problem, stale = refusal_text(refused), is_stale(refused)
    others = [one for one in found.table.members.values() if one.seat != seat.pk and one.appraises]
    names = {str(one.seat): one.name for one in others}
    label = {"substitute": text("Người thay")}
    context = {
        "found": found, "cycle": found.cycle, "seat": seat, "others": others, "picked": picked, "problem": problem,
        "stale": stale, "room": "cycles", "conflicts": _conflicts(found).filter(member__user=seat.user_id),
        "seen": read_mark(stored) if stale or not seen_of(request) else seen_of(request),
        "clashes": clashes(
            label, {"substitute": names.get(stored["substitute"], "")}, {"substitute": names.get(picked, "")}
        ) if stale else (),
    }  # fmt: skip
    return render(request, "councils/templates/substitute.html", context, status=status_of(problem, stale=stale))


@require_http_methods(["GET", "HEAD", "POST"])
def conflict(request: PageRequest, cycle: int, member: int) -> HttpResponse:
    """A member says which unit they keep out of; or chair, secretary, standing office enter it."""
    found = opened(request, cycle)
    seat = seat_in(found, member)
    check_can_declare_conflict(request.acting.actor, found.facts, seat.user_id)
    typed = request.POST.get("unit", "").strip()

    def do(reason: str) -> str:
        unit = unit_named(typed, local_day(timezone.now()))
        if unit is None:
            raise Refusal("conflict_unit_not_found", typed=typed[:80])
        made = declare_conflict(
            by=request.acting, at=timezone.now(), member_id=member, unit_id=unit.unit_id, reason=reason
        )
        return text("Đã khai: {name} không thẩm định {unit}.", name=seat.user.full_name, unit=made.unit_name)

    names = ScoreSheet.objects.filter(cycle=cycle).order_by("unit_name").values_list("unit_name", flat=True)
    offered = list(names[: _OFFERED_UNITS + 1])
    context = {
        "seat": seat, "unit": typed, "is_me": seat.user_id == request.user.pk,
        "units": offered if len(offered) <= _OFFERED_UNITS else [],
    }  # fmt: skip
    return _with_reason(request, found, "councils/templates/conflict.html", do, context)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: PageRequest, cycle: int, conflict: int) -> HttpResponse:
    """A declared conflict no longer holds."""
    found = opened(request, cycle)
    stated = get_object_or_404(
        _conflicts(found).select_related("member__user"), pk=conflict,
        member__user__in=found.council.members.filter(left_at=None).values("user"),
    )  # fmt: skip
    check_can_withdraw_conflict(request.acting.actor, found.facts, stated.member.user_id)

    def do(reason: str) -> str:
        withdraw_conflict(by=request.acting, at=timezone.now(), conflict_id=conflict, reason=reason)
        return text("Đã rút khai báo xung đột với {unit}.", unit=stated.unit_name)

    return _with_reason(request, found, "councils/templates/withdraw_conflict.html", do, {"stated": stated})


def _conflicts(found: Opened) -> QuerySet[Conflict]:
    """What stands of what was declared on this council."""
    return Conflict.objects.filter(member__council=found.council, withdrawn_at=None).order_by("unit_name", "pk")


def _with_reason(
    request: PageRequest, found: Opened, template: str, do: Callable[[str], str], context: dict[str, object]
) -> HttpResponse:
    """A page that asks for a reason and then does something; ``do`` answers with what to tell."""
    problem, reason = "", request.POST.get("reason", "")
    if request.method == "POST":
        try:
            messages.success(request, do(reason))
            return redirect("council", cycle=found.cycle.pk)
        except Refusal as refused:
            problem = refusal_text(refused)
    shown = {"found": found, "cycle": found.cycle, "problem": problem, "reason": reason, "room": "cycles", **context}
    return render(request, template, shown, status=status_of(problem, stale=False))


def _role(typed: str, *, strict: bool = True) -> CouncilRole:
    if typed in {*map(str, CouncilRole)}:
        return CouncilRole(typed)
    if strict:
        raise Refusal("council_role_not_picked")
    return CouncilRole.APPRAISER


def _roles() -> list[tuple[str, str]]:
    return [(str(one), council_role(one)) for one in CouncilRole]


def _chair(found: Opened) -> str:
    """Who chairs the council now."""
    return next((one.name for one in found.table.members.values() if one.role is CouncilRole.CHAIR), "")
