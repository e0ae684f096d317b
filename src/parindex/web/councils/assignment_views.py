"""Who appraises what: lines by item and group or by unit, sheets spread evenly; each shown before it is stored."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from parindex.database.models import ScoreSheet
from parindex.database.queries.councils import CouncilTable
from parindex.domain.review.assignment_plans import AssignmentPlans
from parindex.domain.review.assignments import Assignment
from parindex.domain.review.refusal import Refusal
from parindex.usecases.appraisal_assignments import (
    AssignmentLine,
    assign,
    check_lines,
    spread,
    spread_of,
    unassign,
    version_texts,
)
from parindex.usecases.read_marks import read_mark
from parindex.web.councils.access import Opened, composed, opened
from parindex.web.councils.council_page import assigned_lines, line_words, node_titles
from parindex.web.councils.coverage import NAMED, Coverage, Cycleful, coverage
from parindex.web.read_marks import is_stale, seen_of, status_of
from parindex.web.requests import PageRequest
from parindex.web.typed_numbers import number_in
from parindex.wording.language import text
from parindex.wording.refusals import refusal_text

#: So many lines of the table are shown on the page; all of them are in the table that can be taken.
SHOWN = 200


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a table would give: loads of members before and after, what nobody would appraise."""

    rows: Sequence[tuple[str, int, int]]
    now: Coverage
    then: Coverage
    recused: Sequence[tuple[str, str, str]] = ()
    left_out: Sequence[str] = ()

    @property
    def heaviest(self) -> int:
        """The largest load afterwards, by which the bars are drawn."""
        return self.then.heaviest


@require_http_methods(["GET", "HEAD", "POST"])
def assignments(request: PageRequest, cycle: int) -> HttpResponse:
    """Add lines: first what they would give, then, ``confirmed``, they are stored. Who may not add any reads them."""
    found = composed(request, cycle) if request.method == "POST" else opened(request, cycle)
    over = Cycleful.of(cycle)
    problem, stale, foreseen, lines = "", False, None, list[AssignmentLine]()
    if request.method == "POST":
        try:
            lines = _lines(request, found, over)
            check_lines(found.table, cycle, lines)
            if request.POST.get("confirmed"):
                new = assign(
                    by=request.acting, at=timezone.now(), cycle_id=cycle, lines=lines, seen=seen_of(request)
                )  # fmt: skip
                messages.success(request, text("Đã thêm {count} dòng phân công.", count=new))
                return redirect("appraisal_assignments", cycle=cycle)
            foreseen = foresee(found.table, with_lines(found.table, lines), over, lines)
        except Refusal as refused:
            problem, stale = refusal_text(refused), is_stale(refused)
            if stale:
                foreseen = foresee(found.table, with_lines(found.table, lines), over, lines)
    return _page(request, found, over, {"problem": problem, "stale": stale, "foreseen": foreseen})


@require_POST
def remove(request: PageRequest, cycle: int) -> HttpResponse:
    """Take the picked lines out of the table."""
    found = composed(request, cycle)
    picked = [one for one in map(number_in, request.POST.getlist("line")) if one is not None]
    try:
        gone = unassign(
            by=request.acting, at=timezone.now(), cycle_id=found.cycle.pk, lines=picked,
            reason=request.POST.get("reason", ""), seen=seen_of(request),
        )  # fmt: skip
    except Refusal as refused:
        context = {"picked": picked, "removal": refusal_text(refused), "stale": is_stale(refused)}
        return _page(request, found, Cycleful.of(cycle), context)
    messages.success(request, text("Đã bỏ {count} dòng phân công.", count=gone))
    return redirect("appraisal_assignments", cycle=cycle)


def _page(request: PageRequest, found: Opened, over: Cycleful, context: Mapping[str, object]) -> HttpResponse:
    lines = assigned_lines(found.council, over)
    only = number_in(request.GET.get("of"))
    if only is not None:
        lines = [one for one in lines if one.user == only]
    names = ("level", "member", "group", "nodes", "units", "reason")
    sheets = ScoreSheet.objects.filter(cycle=found.cycle).count()
    shown = {
        "found": found, "cycle": found.cycle, "lines": lines[:SHOWN], "count": len(lines), "line_words": line_words,
        "members": [one for one in found.table.members.values() if one.appraises], "groups": over.groups,
        "areas": _areas(over), "sheets": sheets, "problem": "", "removal": "", "stale": False, "foreseen": None,
        "typed": {name: request.POST.get(name, "") for name in names}, "picked": [], "only": only, "room": "cycles",
        "areas_picked": request.POST.getlist("area"), "seen": read_mark(version_texts(found.council)), **context,
    }  # fmt: skip
    status = status_of(shown["problem"] or shown["removal"], stale=bool(shown["stale"]))
    return render(request, "councils/templates/assign.html", shown, status=status)


def _areas(over: Cycleful) -> list[tuple[str, str]]:
    """The areas of all sets, by code."""
    found: dict[str, str] = {}
    for frozen in over.sets.values():
        for area in frozen.criteria_set.areas:
            found.setdefault(area.code, area.display_title or area.title)
    return list(found.items())


def _lines(request: PageRequest, found: Opened, over: Cycleful) -> list[AssignmentLine]:
    """What the form says: every node for the group, or every unit that is named."""
    level, member = number_in(request.POST.get("level")), number_in(request.POST.get("member"))
    if level is None or member is None:
        raise Refusal("nothing_to_assign")
    group = number_in(request.POST.get("group"))
    typed = re.split(r"[\s,;]+", request.POST.get("nodes", "").strip())
    nodes = list(dict.fromkeys([*request.POST.getlist("area"), *(one.rstrip(".") for one in typed if one)]))
    unknown = [one for one in nodes if one not in node_titles(over)]
    if unknown:
        raise Refusal("items_unknown", items=unknown[:NAMED])
    sheets = _sheets(request.POST.get("units", ""), found, group)
    if not nodes and not sheets and not request.POST.get("everything"):
        raise Refusal("nothing_to_assign")
    wanted: list[int | None] = [*sheets] or [None]
    return [AssignmentLine(level, member, node, group, sheet) for node in nodes or [""] for sheet in wanted]


def _sheets(typed: str, found: Opened, group: int | None) -> list[int]:
    """The sheets of the units that are typed, a line each, by name or code."""
    wanted = [one for one in (" ".join(line.split()) for line in typed.replace(";", "\n").splitlines()) if one]
    if not wanted:
        return []
    rows = ScoreSheet.objects.filter(cycle=found.cycle, **({} if group is None else {"group": group}))
    by_name: dict[str, list[int]] = {}
    for sheet, name, code in rows.values_list("pk", "unit_name", "unit__code"):
        for word in {name.casefold(), code.casefold()}:
            by_name.setdefault(word, []).append(sheet)
    unclear = [one for one in wanted if len(by_name.get(one.casefold(), ())) != 1]
    if unclear:
        raise Refusal("units_not_in_cycle", units=unclear[:NAMED])
    return list(dict.fromkeys(by_name[one.casefold()][0] for one in wanted))


def with_lines(table: CouncilTable, lines: Sequence[AssignmentLine]) -> CouncilTable:
    """The table as it would be with some more lines."""
    more = (Assignment(one.member, one.level, one.node, one.group, one.sheet) for one in lines)
    return of_lines(table, tuple(dict.fromkeys((*table.assignments, *more))))


def of_lines(table: CouncilTable, lines: tuple[Assignment, ...]) -> CouncilTable:
    """The council with other assignments."""
    return replace(table, assignments=lines, plans=AssignmentPlans(lines, table.recusals))


def foresee(now: CouncilTable, then: CouncilTable, over: Cycleful, lines: Sequence[AssignmentLine] = ()) -> Foreseen:
    """What a table would give beside what it gives now; ``lines``: those that are new, of which is said where the
    member may not appraise, and who does instead.
    """
    before, after = coverage(now, over), coverage(then, over)
    rows = [
        (one.name, before.loads.get(one.user, 0), after.loads.get(one.user, 0))
        for one in now.members.values()
        if one.appraises
    ]
    return Foreseen(rows, before, after, _recused(now, over, lines))


def _recused(table: CouncilTable, over: Cycleful, lines: Sequence[AssignmentLine]) -> list[tuple[str, str, str]]:
    """Member, unit and who appraises there instead, "" for nobody."""
    found: dict[tuple[int, int], int | None] = {}
    for member, group, only in dict.fromkeys((line.member, line.group, line.sheet) for line in lines):
        for sheet in over.places if only is None else (only,):
            place = over.places[sheet]
            if group in (None, place.group) and table.recusals.recused(member, place.units):
                found[member, sheet] = table.recusals.free_of(member, place.units)
    shown = list(found.items())[:NAMED]
    names = dict(ScoreSheet.objects.filter(pk__in=[sheet for (_, sheet), _ in shown]).values_list("pk", "unit_name"))
    members = table.members
    return [
        (members[member].name, names[sheet], members[who].name if who is not None else "")
        for (member, sheet), who in shown
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def spreading(request: PageRequest, cycle: int) -> HttpResponse:
    """Spread sheets over members, evenly by load: first what it would give, then, ``confirmed``, it is stored."""
    found = composed(request, cycle)
    over = Cycleful.of(cycle)
    level, group = number_in(request.POST.get("level")), number_in(request.POST.get("group"))
    members = [one for one in map(number_in, request.POST.getlist("member")) if one is not None]
    problem, stale, foreseen = "", False, None
    given: Mapping[int, int] = {}
    if request.method == "POST":
        try:
            if level not in found.table.levels or level is None:
                raise Refusal("no_such_level")
            given = spread_of(found.table, cycle, members, group)
            if request.POST.get("confirmed"):
                spread(
                    by=request.acting, at=timezone.now(), cycle_id=cycle, level=level, members=members, group=group,
                    seen=seen_of(request),
                )  # fmt: skip
                messages.success(request, text("Đã chia {count} phiếu.", count=len(given)))
                return redirect("appraisal_assignments", cycle=cycle)
            foreseen = _foresee_spread(found, over, level, group, given)
        except Refusal as refused:
            problem, stale = refusal_text(refused), is_stale(refused)
            if stale and level is not None:
                foreseen = _foresee_spread(found, over, level, group, given)
    context = {
        "found": found, "cycle": found.cycle, "problem": problem, "stale": stale, "foreseen": foreseen,
        "room": "cycles",
        "members": [one for one in found.table.members.values() if one.appraises], "groups": over.groups,
        "picked": members, "level": level, "group": group, "seen": read_mark(version_texts(found.council)),
    }  # fmt: skip
    return render(request, "councils/templates/spread.html", context, status=status_of(problem, stale=stale))


def _foresee_spread(found: Opened, over: Cycleful, level: int, group: int | None, given: Mapping[int, int]) -> Foreseen:
    sheets = {sheet for sheet, place in over.places.items() if group in (None, place.group)}
    kept = [
        one for one in found.table.assignments
        if not (one.level == level and not one.node and one.sheet in sheets)
    ]  # fmt: skip
    lines = (*kept, *(Assignment(who, level, sheet=sheet) for sheet, who in given.items()))
    foreseen = foresee(found.table, of_lines(found.table, lines), over)
    missing = sorted(sheets - given.keys())[:NAMED]
    names = ScoreSheet.objects.filter(pk__in=missing).order_by("position").values_list("unit_name", flat=True)
    return replace(foreseen, left_out=list(names) if missing else [])
