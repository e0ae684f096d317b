"""Preparing a cycle: title and year, groups of units with their sets, the timetable, the opening."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time
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
from parindex.usecases.cycle_running import NewPhase, set_timetable
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
from parindex.wording.moments import VIET_NAM, day, local_day, moment
from parindex.wording.refusals import refusal_text

_BLANK_LINES = 3
_YEAR_DIGITS, _YEARS = 4, (2000, 2100)
#: So much of what was typed for a day comes back in a refusal, and what refuses a day.
_SHOWN, _OF_A_DAY = 40, ("not_a_day", "day_out_of_range")


def _run(request: PageRequest, cycle: int) -> Cycle:
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
        if year is None or not _YEARS[0] <= year <= _YEARS[1]:
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
    found = _run(request, cycle)
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
    found = _run(request, cycle)
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
def timetable(request: PageRequest, cycle: int) -> HttpResponse:
    """The phases with their dates; some blank lines for more."""
    found = _run(request, cycle)
    lines = [
        {"kind": str(one.kind), "title": one.title, "starts": _day(one.starts_at), "ends": _day(one.ends_at)}
        for one in Phase.objects.filter(cycle=found)
    ]
    problem, wrong = "", ""
    if request.method == "POST":
        lines = _typed_lines(request)
        try:
            phases = [_phase(line) for line in lines if line["title"]]
            set_timetable(
                by=request.acting, at=timezone.now(), cycle_id=found.pk, phases=phases,
                reason=request.POST.get("reason", ""),
            )  # fmt: skip
            messages.success(request, text("Đã ghi mốc thời gian."))
            return redirect("prepare_cycle", cycle=found.pk)
        except Refusal as refused:
            problem = refusal_text(refused)
            wrong = str(refused.facts["typed"]) if refused.code in _OF_A_DAY else ""
    blank = [{"kind": "self_scoring", "title": "", "starts": "", "ends": ""}] * _BLANK_LINES
    context = {
        "cycle": found, "lines": [*lines, *blank], "kinds": [(kind.value, phase_kind(kind)) for kind in PhaseKind],
        "problem": problem, "wrong": wrong, "at": _field_of(lines, wrong), "room": "cycles",
        "reason": request.POST.get("reason", ""),
    }  # fmt: skip
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK
    return render(request, "cycles/templates/timetable.html", context, status=status)


def _field_of(lines: Sequence[Mapping[str, str]], wrong: str) -> str:
    """The first field that holds what was refused, by its id; that of the reason where none does."""
    fields = ((f"{name}-{at}", line[name]) for at, line in enumerate(lines, start=1) for name in ("starts", "ends"))
    return next((field for field, typed in fields if wrong and typed[:_SHOWN] == wrong), "reason")


def _typed_lines(request: PageRequest) -> list[dict[str, str]]:
    names = ("kind", "title", "starts", "ends")
    columns = [request.POST.getlist(name) for name in names]
    return [
        dict(zip(names, map(str.strip, line), strict=True)) for line in zip(*columns, strict=False) if line[1].strip()
    ]


def _phase(line: dict[str, str]) -> NewPhase:
    if line["kind"] not in set(PhaseKind):
        raise Refusal("phase_kind_unknown", phase=line["title"][:100])
    kind = PhaseKind(line["kind"])
    return NewPhase(kind, line["title"], _moment(line["starts"], time(0)), _moment(line["ends"], time(17)))


def _moment(typed: str, clock: time) -> datetime | None:
    if not typed:
        return None
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            found = datetime.strptime(typed, form).date()
        except ValueError:
            continue
        if not _YEARS[0] <= found.year <= _YEARS[1]:
            raise Refusal("day_out_of_range", typed=typed[:_SHOWN], first=_YEARS[0], last=_YEARS[1])
        return datetime.combine(found, clock, tzinfo=VIET_NAM)
    raise Refusal("not_a_day", typed=typed[:_SHOWN])


def _day(value: datetime | None) -> str:
    return "" if value is None else day(value)


@require_http_methods(["GET", "HEAD", "POST"])
def opening(request: PageRequest, cycle: int) -> HttpResponse:
    """What opening means, and the opening itself."""
    found = _run(request, cycle)
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
            if refused_now.code != "set_of_other_year":
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
