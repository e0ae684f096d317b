"""The appraisal begins: what is taken up, what is not, and what keeps it from beginning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from parindex.database.models import Cycle, Entry, ScoreSheet
from parindex.database.models.entries import EntryState
from parindex.domain.review.appraisal_permissions import check_can_begin_appraisal
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.stages import SIGNED, SheetState
from parindex.usecases.appraisals import begin_appraisal
from parindex.web.councils.access import opened
from parindex.web.councils.coverage import Coverage, Cycleful, coverage
from parindex.web.requests import PageRequest
from parindex.wording.language import text
from parindex.wording.refusals import refusal_text

#: So many units are named of each kind; the number of all is always told.
NAMED = 30
_OPEN = (SheetState.OPEN, SheetState.AWAITING_SIGNATURE)


@dataclass(frozen=True, slots=True)
class Some:
    """Sheets that are alike: how many, and the first of them."""

    count: int
    sheets: Sequence[ScoreSheet]


@dataclass(frozen=True, slots=True)
class Beginning:
    """What the page says: sheets to take up, those that are open, locked, returned; requests that wait; gaps."""

    taken: Some
    still_open: Some
    locked: Some
    returned: Some
    undecided: Sequence[Entry]
    requests: int
    covers: Coverage | None


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: PageRequest, cycle: int) -> HttpResponse:
    """Show what the beginning means, and begin."""
    found = opened(request, cycle)
    check_can_begin_appraisal(request.acting.actor, found.facts)
    problem = ""
    if request.method == "POST":
        try:
            begin_appraisal(by=request.acting, at=timezone.now(), cycle_id=cycle)
            messages.success(request, text("Kỳ đánh giá đã sang giai đoạn thẩm định."))
            return redirect("council", cycle=cycle)
        except Refusal as refused:
            problem = refusal_text(refused)
    covers = coverage(found.table, Cycleful.of(cycle)) if found.table.council is not None else None
    context = {
        "found": found,
        "cycle": found.cycle,
        "page": _page(found.cycle, covers),
        "problem": problem,
        "room": "cycles",
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK
    return render(request, "councils/templates/begin.html", context, status=status)


def _page(cycle: Cycle, covers: Coverage | None) -> Beginning:
    undecided = Entry.objects.filter(
        sheet__cycle=cycle, sheet__state__in=SIGNED, state=EntryState.NOT_ASSESSED_REQUESTED
    )  # fmt: skip
    return Beginning(
        _some(cycle, tuple(SIGNED)), _some(cycle, _OPEN), _some(cycle, (SheetState.LOCKED,)),
        _some(cycle, (SheetState.RETURNED,)),
        list(undecided.select_related("sheet").order_by("sheet__position", "position")[:NAMED]),
        undecided.count(), covers,
    )  # fmt: skip


def _some(cycle: Cycle, states: Sequence[SheetState]) -> Some:
    rows = ScoreSheet.objects.filter(cycle=cycle, state__in=[str(one) for one in states])
    return Some(rows.count(), list(rows.order_by("position", "pk")[:NAMED]))
