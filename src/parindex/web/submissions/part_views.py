"""The standing office of a body: who leads which items, how the parts come along, the reconciliation meeting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from parindex.database.mapping.frozen_sets import FrozenSet, frozen_set
from parindex.database.models import UnitVersion
from parindex.database.queries.score_sheets import entries_of, sheet_facts
from parindex.domain.review.permissions import check_can_assign_parts, check_can_review_parts
from parindex.domain.review.refusal import Refusal
from parindex.usecases.read_marks import read_mark
from parindex.usecases.sheet_parts import assign_items, last_year_leads, lead_texts, lead_units, record_meeting
from parindex.web.read_marks import Clash, clashes, is_stale, seen_of, status_of
from parindex.web.requests import PageRequest
from parindex.web.submissions.access import opened
from parindex.web.submissions.parts_page import assignment_lines, parts_page
from parindex.web.typed_numbers import number_in
from parindex.wording.language import text
from parindex.wording.moments import VIET_NAM
from parindex.wording.refusals import refusal_text


@require_safe
def parts(request: PageRequest, sheet: int) -> HttpResponse:
    """Every part with its state, counts and points."""
    found, rows = opened(request, sheet)
    page = parts_page(request.acting, found, rows, timezone.now())
    return render(request, "submissions/templates/parts.html", {"page": page, "room": "score_sheets"})


@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: PageRequest, sheet: int) -> HttpResponse:
    """The assignment sheet: items and the units that lead them; ``from=last_year`` proposes last year's."""
    found, rows = opened(request, sheet)
    at = timezone.now()
    check_can_assign_parts(request.acting.actor, sheet_facts(found, rows))
    problem, stale, leads = "", False, dict[str, int]()
    frozen = frozen_set(found.group.set_version)
    proposal = last_year_leads(found, at) if "from" in request.GET or "from" in request.POST else None
    if request.method == "POST":
        try:
            picked = request.POST.getlist("item")
            if proposal is not None:
                leads = {code: unit.unit_id for code, unit in proposal.leads.items()}
                if not leads:
                    raise Refusal("no_earlier_assignment")
            else:
                leads = dict.fromkeys(_items(frozen, picked), _lead(request))
            moved = assign_items(
                by=request.acting, at=at, sheet_id=sheet, leads=leads, reason=request.POST.get("reason", ""),
                seen=seen_of(request),
            )  # fmt: skip
        except Refusal as refused:
            problem, stale = refusal_text(refused), is_stale(refused)
        else:
            done = text("Đã giao {items} mục. Phiếu nay có {parts} phần.", items=len(leads), parts=len(moved))
            messages.success(request, done)
            area = request.POST.get("area", "")
            response = redirect("assign_parts", sheet=sheet)
            response["Location"] += f"?area={area}" if area.isalnum() else ""
            return response
    entries = entries_of(found)
    units, stored = list(lead_units(found, at)), lead_texts(sheet)
    area = request.GET.get("area", "")
    context = {
        "sheet": found,
        "lines": assignment_lines(found, entries, area),
        "areas": frozen.criteria_set.areas,
        "area": area,
        "units": units,
        "stale": stale,
        "seen": read_mark(stored) if stale else seen_of(request) or read_mark(stored),
        "clashes": _clashes(stored, leads, units) if stale else (),
        "proposal": proposal,
        "problem": problem,
        "picked": set(request.POST.getlist("item")),
        "lead": request.POST.get("lead", ""),
        "reason": request.POST.get("reason", ""),
        "room": "score_sheets",
    }
    status = status_of(problem, stale=stale)
    return render(request, "submissions/templates/assign.html", context, status=status)


def _clashes(stored: Mapping[str, str], leads: Mapping[str, int], units: Sequence[UnitVersion]) -> Sequence[Clash]:
    """The picked items that somebody else leads now."""
    names = {unit.unit_id: unit.name for unit in units}
    typed = {code: names.get(unit, "") for code, unit in leads.items()}
    return clashes({code: code for code in typed}, stored, typed)


def _items(frozen: FrozenSet, picked: Sequence[str]) -> list[str]:
    """The items that were picked; a criterion or area stands for everything below it."""
    wanted = set(picked)
    return [
        code for code in frozen.items if wanted.intersection({code, *(node.code for node in frozen.ancestors[code])})
    ]


def _lead(request: PageRequest) -> int:
    lead = number_in(request.POST.get("lead"))
    if lead is None:
        raise Refusal("lead_not_picked")
    return lead


@require_http_methods(["GET", "HEAD", "POST"])
def meeting(request: PageRequest, sheet: int) -> HttpResponse:
    """The meeting at which the parts were reconciled."""
    found, rows = opened(request, sheet)
    check_can_review_parts(request.acting.actor, sheet_facts(found, rows))
    typed = {name: request.POST.get(name, "") for name in ("held_on", "present", "agreed")}
    problem = ""
    if request.method == "POST":
        try:
            record_meeting(
                by=request.acting, at=timezone.now(), sheet_id=sheet, held_on=_day(typed["held_on"]),
                present=typed["present"], agreed=typed["agreed"],
            )  # fmt: skip
        except Refusal as refused:
            problem = refusal_text(refused)
        else:
            messages.success(request, text("Đã ghi cuộc họp đối chiếu."))
            return redirect("sheet_parts", sheet=sheet)
    context = {"sheet": found, "typed": typed, "problem": problem, "room": "score_sheets"}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK
    return render(request, "submissions/templates/meeting.html", context, status=status)


def _day(typed: str) -> date:
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(typed.strip(), form).replace(tzinfo=VIET_NAM).date()
        except ValueError:
            continue
    raise Refusal("not_a_day", typed=typed[:40])
