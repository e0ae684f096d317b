"""The timetable of a cycle: its form, and the page that says whom a change hits before it is made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from parindex.database.models import Cycle, Phase
from parindex.database.models.cycles import PhaseKind
from parindex.domain.review.refusal import Refusal
from parindex.usecases.read_marks import read_mark
from parindex.usecases.timetables import (
    Confirmed,
    Effects,
    NewPhase,
    effects_of,
    set_timetable,
    timetable_texts,
)
from parindex.web.cycles.preparing import YEARS, run_by
from parindex.web.read_marks import Clash, clashes, is_stale, seen_of, status_of
from parindex.web.requests import PageRequest
from parindex.web.typed_numbers import number_in
from parindex.wording.cycles import phase_kind
from parindex.wording.language import text
from parindex.wording.moments import VIET_NAM, day
from parindex.wording.refusals import refusal_text

_BLANK_LINES = 3
#: So many units are named; the number of all is always told.
_NAMED = 100
#: So much of what was typed for a day comes back in a refusal, and what refuses a day.
_SHOWN, _OF_A_DAY = 40, ("not_a_day", "day_out_of_range")
_COLUMNS = ("kind", "title", "starts", "ends")
_TO_CONFIRM = ("timetable_unconfirmed", "timetable_locks")

Line = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and the day (as typed) that is."""

    words: str = ""
    wrong: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
def timetable(request: PageRequest, cycle: int) -> HttpResponse:
    """The phases with their dates; some blank lines for more. Who takes time away confirms it first."""
    found = run_by(request, cycle)
    if request.method != "POST":
        return _form(request, found, _stored_lines(found))
    lines, at = _typed_lines(request), timezone.now()
    if "back" in request.POST:
        return _form(request, found, lines)
    try:
        phases = [_phase(line) for line in lines if line["title"]]
        removed = [pk for line in lines if not line["title"] and (pk := number_in(line["phase"])) is not None]
        confirmed = _confirmed(request)
        done = set_timetable(
            by=request.acting, at=at, cycle_id=found.pk, phases=phases, removed=removed,
            reason=request.POST.get("reason", ""), seen=seen_of(request), confirmed=confirmed,
        )  # fmt: skip
    except Refusal as refused:
        if is_stale(refused):
            return _form(request, found, lines, stale=True)
        if refused.code in _TO_CONFIRM or (refused.code == "reason_needed" and _confirmed(request)):
            effects = effects_of(by=request.acting, at=at, cycle=found, phases=phases, removed=removed)
            return _ask(request, found, lines, effects, refused)
        wrong = str(refused.facts["typed"]) if refused.code in _OF_A_DAY else ""
        return _form(request, found, lines, Problem(refusal_text(refused), wrong))
    messages.success(request, _done(done, confirmed))
    return redirect("prepare_cycle", cycle=found.pk)


def _form(
    request: PageRequest, cycle: Cycle, lines: Sequence[Line], problem: Problem | None = None, *, stale: bool = False
) -> HttpResponse:
    told, stored = problem or Problem(), read_mark(timetable_texts(Phase.objects.filter(cycle=cycle)))
    both: Sequence[Clash] = ()
    if stale:
        there = _stored_lines(cycle)
        both, lines = _clashes(lines, there), _brought_together(lines, there)
    blank = [{"phase": "", "kind": "self_scoring", "title": "", "starts": "", "ends": ""}] * _BLANK_LINES
    context = {
        "cycle": cycle, "lines": [*lines, *blank], "kinds": [(kind.value, phase_kind(kind)) for kind in PhaseKind],
        "problem": told.words, "wrong": told.wrong, "at": _field_of(lines, told.wrong), "room": "cycles",
        "reason": request.POST.get("reason", ""), "stale": stale,
        # what was shown stays what was read until the form is shown anew with what is stored
        "seen": stored if stale else seen_of(request) or stored, "clashes": both,
    }  # fmt: skip
    status = status_of(told.words, stale=stale)
    return render(request, "cycles/templates/timetable.html", context, status=status)


def _clashes(typed: Sequence[Line], stored: Sequence[Line]) -> Sequence[Clash]:
    """The phases that are stored otherwise than they were typed, each as one text."""
    ids = {line["phase"]: line["title"] for line in typed if line["phase"]}
    titles = {line["phase"]: line["title"] for line in stored}
    return clashes(
        {pk: title or titles.get(pk, "") for pk, title in ids.items()},
        {line["phase"]: _in_words(line) for line in stored},
        {line["phase"]: _in_words(line) for line in typed if line["phase"]},
    )


def _brought_together(typed: Sequence[Line], stored: Sequence[Line]) -> list[Line]:
    """What was typed beside what others have added; a phase that they took off is a new one where it was kept."""
    there, spoken = {line["phase"] for line in stored}, {line["phase"] for line in typed}
    mine = [line if line["phase"] in there else {**line, "phase": ""} for line in typed]
    return [line for line in mine if line["title"] or line["phase"]] + [
        line for line in stored if line["phase"] not in spoken
    ]


def _in_words(line: Line) -> str:
    if not line["title"]:
        return ""
    kind = phase_kind(line["kind"]) if line["kind"] in set(PhaseKind) else line["kind"]
    return "\n".join((line["title"], kind, f"{line['starts'] or '…'} – {line['ends'] or '…'}"))


def _ask(request: PageRequest, cycle: Cycle, lines: Sequence[Line], effects: Effects, refused: Refusal) -> HttpResponse:
    """Whom it hits, with everything that was typed; what has changed since it was shown is shown anew."""
    asked = _confirmed(request)
    problem = refusal_text(refused) if asked is not None else ""
    context = {
        "cycle": cycle, "lines": lines, "effects": effects, "problem": problem, "room": "cycles", "named": _NAMED,
        "reason": request.POST.get("reason", ""), "seen": seen_of(request), "code": refused.code if problem else "",
        "locking": bool(asked and asked.locking), "unlocking": asked is None or asked.unlocking,
    }  # fmt: skip
    changed = bool(problem) and refused.code == "timetable_unconfirmed"
    return render(request, "cycles/templates/timetable_effects.html", context, status=status_of(problem, stale=changed))


def _confirmed(request: PageRequest) -> Confirmed | None:
    mark = request.POST.get("confirmed", "")
    return Confirmed(mark, "locking" in request.POST, "unlocking" in request.POST) if mark else None


def _done(effects: Effects, confirmed: Confirmed | None) -> str:
    said = [text("Đã ghi mốc thời gian.")]
    if effects.opens and confirmed is not None and confirmed.unlocking:
        said.append(text("Đã mở khóa {count} phiếu.", count=len(effects.opens)))
    return " ".join(said)


def _stored_lines(cycle: Cycle) -> list[Line]:
    return [
        {
            "phase": str(one.pk), "kind": str(one.kind), "title": one.title, "starts": _day(one.starts_at),
            "ends": _day(one.ends_at),
        }
        for one in Phase.objects.filter(cycle=cycle)
    ]  # fmt: skip


def _typed_lines(request: PageRequest) -> list[Line]:
    """What was typed; a line without a title is kept where it stands for a phase, which it takes off."""
    columns = [request.POST.getlist(name) for name in _COLUMNS]
    phases = request.POST.getlist("phase")
    phases += [""] * (len(columns[0]) - len(phases))
    lines = [
        {"phase": phase, **dict(zip(_COLUMNS, map(str.strip, line), strict=True))}
        for phase, *line in zip(phases, *columns, strict=False)
    ]
    return [line for line in lines if line["title"] or line["phase"]]


def _field_of(lines: Sequence[Line], wrong: str) -> str:
    """The first field that holds what was refused, by its id; that of the reason where none does."""
    fields = ((f"{name}-{at}", line[name]) for at, line in enumerate(lines, start=1) for name in ("starts", "ends"))
    return next((field for field, typed in fields if wrong and typed[:_SHOWN] == wrong), "reason")


def _phase(line: Line) -> NewPhase:
    if line["kind"] not in set(PhaseKind):
        raise Refusal("phase_kind_unknown", phase=line["title"][:100])
    starts, ends = _moment(line["starts"], time(0)), _moment(line["ends"], time(17))
    return NewPhase(PhaseKind(line["kind"]), line["title"], starts, ends, number_in(line["phase"]))


def _moment(typed: str, clock: time) -> datetime | None:
    if not typed:
        return None
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            found = datetime.strptime(typed, form).date()
        except ValueError:
            continue
        if not YEARS[0] <= found.year <= YEARS[1]:
            raise Refusal("day_out_of_range", typed=typed[:_SHOWN], first=YEARS[0], last=YEARS[1])
        return datetime.combine(found, clock, tzinfo=VIET_NAM)
    raise Refusal("not_a_day", typed=typed[:_SHOWN])


def _day(value: datetime | None) -> str:
    return "" if value is None else day(value)
