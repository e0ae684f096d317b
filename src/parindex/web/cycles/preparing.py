"""Preparing a cycle: title and year, groups of units with their sets, the opening."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus

from django.contrib import messages
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from parindex.database.models import CriteriaSetVersion, Cycle, CycleGroup, Phase, ScoreSheet, UnitVersion
from parindex.database.models.criteria_sets import SetState
from parindex.database.models.cycles import PhaseKind
from parindex.database.queries.cycles import seen_cycles
from parindex.database.queries.score_sheets import cycle_facts
from parindex.database.queries.units import below, versions_on
from parindex.documents.holidays import holidays
from parindex.domain.review.permissions import check_can_manage_sets, check_can_run_cycle
from parindex.domain.review.refusal import Refusal, refusal
from parindex.domain.review.roles import Role
from parindex.usecases.cycles import (
    NOTICE_LENGTH,
    TITLE_LENGTH,
    NewGroup,
    add_group,
    create_cycle,
    open_cycle,
    years_apart,
)
from parindex.web.criteria_sets.version_words import choice_words
from parindex.web.requests import PageRequest
from parindex.web.typed_numbers import number_in
from parindex.web.typed_texts import too_long
from parindex.wording.alphabet import alphabet_key
from parindex.wording.cycles import phase_kind
from parindex.wording.days_off import days_off
from parindex.wording.language import text
from parindex.wording.moments import local_day, moment
from parindex.wording.refusals import refusal_text

_YEAR_DIGITS, YEARS = 4, (2000, 2100)


def run_by(request: PageRequest, cycle: int) -> Cycle:
    """The cycle, for who runs it."""
    found = get_object_or_404(Cycle, pk=cycle)
    check_can_run_cycle(request.acting.actor, cycle_facts(found, found.owner_path))
    return found


def owners_of(request: PageRequest) -> list[UnitVersion]:
    """The units for which this person is the standing office."""
    paths = [grant.path for grant in request.acting.actor.grants if grant.role is Role.STANDING_OFFICE]
    return list(versions_on(local_day(timezone.now())).filter(path__in=paths).order_by("path"))


@require_http_methods(["GET", "HEAD", "POST"])
def new_cycle(request: PageRequest) -> HttpResponse:
    """Title, year and owner of a new cycle."""
    owners = owners_of(request)
    if not owners:
        raise Refusal("only_standing_office")
    typed = {name: request.POST.get(name, "").strip() for name in ("title", "year", "owner", "notice", "parent")}
    problems = []
    parents = seen_cycles(request.acting.actor)
    if request.method == "POST":
        owner = next((one for one in owners if typed["owner"] in ("", str(one.unit_id))), None)
        if owner is None:
            raise Refusal("only_standing_office")
        check_can_manage_sets(request.acting.actor, owner.path)
        if not typed["title"]:
            problems.append(("title", text("Chưa đặt tên kỳ đánh giá. Ghi tên, ví dụ “Sở, ngành năm 2026”.")))
        for name, most in (("title", TITLE_LENGTH), ("notice", NOTICE_LENGTH)):
            if problem := too_long(typed[name], most):
                problems.append((name, problem))
        year = number_in(typed["year"]) if len(typed["year"]) == _YEAR_DIGITS else None
        if year is None or not YEARS[0] <= year <= YEARS[1]:
            problems.append(("year", text("Năm phải là số có bốn chữ số, ví dụ 2026.")))
        above = number_in(typed["parent"])
        parent = next((one.pk for one in parents if one.pk == above), None)
        if typed["parent"] and parent is None:
            problems.append(("parent", text("Bạn không xem được kỳ này. Chọn một kỳ trong danh sách, hoặc để trống.")))
        if not problems and year is not None:
            made = create_cycle(
                by=request.acting, at=timezone.now(), owner=owner, title=typed["title"], year=year, parent=parent,
                notice=typed["notice"],
            )  # fmt: skip
            return redirect("prepare_cycle", cycle=made.pk)
    context = {
        "owners": owners, "typed": typed, "problems": problems, "room": "cycles",
        "parents": parents,
    }  # fmt: skip
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problems else HTTPStatus.OK
    return render(request, "cycles/templates/new_cycle.html", context, status=status)


@require_safe
def prepare(request: PageRequest, cycle: int) -> HttpResponse:
    """What is there, what is missing before the cycle can be opened."""
    found = run_by(request, cycle)
    groups = list(
        CycleGroup.objects.filter(cycle=found)
        .select_related("set_version__criteria_set", "set_version__paper")
        .defer("set_version__content", "set_version__reading")
    )
    phases = list(Phase.objects.filter(cycle=found))
    sizes: dict[int, int] = {}
    for group in ScoreSheet.objects.filter(cycle=found).values_list("group", flat=True):
        sizes[group] = sizes.get(group, 0) + 1
    context = {
        "cycle": found, "groups": [(group, sizes.get(group.pk, 0)) for group in groups],
        "phases": [(one, _day_off(one.ends_at)) for one in phases], "phase_words": phase_kind, "room": "cycles",
        "choice_words": choice_words,
        "unknown": sorted({year for one in phases if (year := _unknown_year(one.ends_at))}),
    }  # fmt: skip
    return render(request, "cycles/templates/prepare.html", context)


def _day_off(ends: datetime | None) -> str:
    """What the last day of a phase falls into, "" for a working day."""
    off = holidays().on(local_day(ends)) if ends is not None else None
    return days_off(local_day(ends), off) if ends is not None and off is not None else ""


def _unknown_year(ends: datetime | None) -> int | None:
    """The year of a last day, where the holidays that go by the moon are not known for it."""
    if ends is None or holidays().knows(local_day(ends).year):
        return None
    return local_day(ends).year


@require_http_methods(["GET", "HEAD", "POST"])
def group(request: PageRequest, cycle: int) -> HttpResponse:
    """Add units of some kinds, scored by one frozen set."""
    found = run_by(request, cycle)
    units = sorted(
        versions_on(local_day(timezone.now())).filter(below(found.owner_path)),
        key=lambda one: (one.path.count("/"), alphabet_key(one.name)),
    )
    sets = list(
        CriteriaSetVersion.objects.filter(criteria_set__owner=found.owner_id, state=SetState.FROZEN)
        .select_related("criteria_set", "paper")
        .defer("content", "reading")
        .order_by("-year", "title", "-number", "pk")
    )
    problem = ""
    if request.method == "POST":
        try:
            _add_group(request, found, sets, units)
            return redirect("prepare_cycle", cycle=found.pk)
        except Refusal as refused:
            problem = refusal_text(refused)
    context = {
        "cycle": found, "units": units, "sets": sets, "problem": problem, "room": "cycles",
        "choice_words": choice_words,
        "picked": request.POST.getlist("unit"), "typed": request.POST, "taken": set(
            ScoreSheet.objects.filter(cycle=found).values_list("unit", flat=True)
        ),
    }  # fmt: skip
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK
    return render(request, "cycles/templates/group.html", context, status=status)


def _add_group(
    request: PageRequest, cycle: Cycle, sets: Sequence[CriteriaSetVersion], units: Sequence[UnitVersion]
) -> None:
    title = request.POST.get("title", "").strip()
    version = next((one for one in sets if str(one.pk) == request.POST.get("set")), None)
    picked = tuple(one.unit_id for one in units if str(one.unit_id) in request.POST.getlist("unit"))
    if not title:
        raise Refusal("group_without_title")
    if version is None:
        raise Refusal("group_without_set")
    if not picked:
        raise Refusal("nothing_picked")
    doubled = ScoreSheet.objects.filter(cycle=cycle, unit__in=picked).values_list("unit_name", flat=True)
    if doubled:
        raise Refusal("unit_in_two_groups", units=list(doubled))
    code = f"group-{CycleGroup.objects.filter(cycle=cycle).count() + 1}"
    add_group(by=request.acting, at=timezone.now(), cycle_id=cycle.pk, group=NewGroup(code, title, version.pk, picked))


@require_http_methods(["GET", "HEAD", "POST"])
def opening(request: PageRequest, cycle: int) -> HttpResponse:
    """What opening means, and the opening itself."""
    found = run_by(request, cycle)
    at, problem = timezone.now(), ""
    phases = Phase.objects.filter(cycle=found, kind=PhaseKind.SELF_SCORING)
    first = phases.order_by(F("starts_at").asc(nulls_first=True)).values_list("starts_at", flat=True).first()
    starts = first if first is not None and first > at else None
    if request.method == "POST":
        try:
            open_cycle(
                by=request.acting, at=at, cycle_id=found.pk, despite_years=bool(request.POST.get("despite_years"))
            )
            messages.success(request, _opened(starts))
            return redirect("cycle", cycle=found.pk)
        except Refusal as refused_now:
            if refused_now.code not in {"set_of_other_year", "self_scoring_already_over"}:
                raise
            problem = refusal_text(refused_now)
    units = ScoreSheet.objects.filter(cycle=found).count()
    refused = refusal(check_can_run_cycle, request.acting.actor, cycle_facts(found, found.owner_path))
    context = {
        "cycle": found, "units": units, "refused": refused, "room": "cycles", "starts": starts,
        "years": years_apart(found), "problem": problem,
    }  # fmt: skip
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK
    return render(request, "cycles/templates/opening.html", context, status=status)


def _opened(starts: datetime | None) -> str:
    if starts is None:
        return text("Đã mở kỳ đánh giá. Đơn vị nhập được từ bây giờ.")
    return text("Đã mở kỳ đánh giá. Đơn vị nhập được từ {when}.", when=moment(starts))
