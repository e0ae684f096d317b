"""Where the result of a cycle stands: what is open, what would come out, what was finalised and published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from parindex.database.models import Cycle, Finalisation, Publication
from parindex.database.queries.open_matters import OpenMatters
from parindex.database.queries.score_sheets import cycle_facts
from parindex.documents.results.publication_differences import parse_difference
from parindex.documents.results.snapshots import unpacked
from parindex.domain.publication.difference import UnitDifference
from parindex.domain.review.appraisal_permissions import (
    check_can_correct,
    check_can_finalise,
    check_can_publish,
    check_can_read_results,
    check_can_resume,
    check_can_see_commendations,
)
from parindex.domain.review.permissions import check_can_manage_sets
from parindex.domain.review.refusal import Refusal, refusal
from parindex.domain.review.stages import CycleState
from parindex.usecases.computed_cycles import ComputedCycle, compute_cycle
from parindex.usecases.finalising import open_matters
from parindex.usecases.publishing import preview
from parindex.web.requests import PageRequest
from parindex.web.results.result_tables import ResultTable, computed_tables, stored_tables
from parindex.web.results.signing import SOON, signing_of
from parindex.wording import results as result_words
from parindex.wording.moments import local_day
from parindex.wording.public_results import grouped

#: Of a larger cycle the provisional index is computed when somebody asks for it: that takes seconds.
AT_ONCE = 300
ACTS = {
    "finalise": check_can_finalise,
    "resume": check_can_resume,
    "publish": check_can_publish,
    "correct": check_can_correct,
    "commend": check_can_see_commendations,
}


@dataclass(frozen=True, slots=True)
class Version:
    """A publication with what it changed."""

    publication: Publication
    units: Sequence[UnitDifference]


@require_safe
def results(request: PageRequest, cycle: int) -> HttpResponse:
    """Everything about the result of a cycle on one page."""
    found, at = read_by(request, cycle), timezone.now()
    units = found.sheets.count()
    asked = units <= AT_ONCE or request.GET.get("compute") == "1"
    computed, matters = _in_appraisal(found, asked=asked)
    actor, facts = request.acting.actor, cycle_facts(found, found.owner_path)
    context = {
        "cycle": found, "room": "cycles", "units": units, "at": at, "matters": matters,
        "computed": computed is not None, "tables": tables_of(found, computed, at), "versions": versions(found),
        "finalisations": list(finalisations(found)), "result_words": result_words, "grouped": grouped,
        "refused": {name: refusal(check, actor, facts) for name, check in ACTS.items()},
        "signing": signing_of(found, local_day(at)), "soon": SOON,
        "keeps_outside": refusal(check_can_manage_sets, actor, found.owner_path) is None,
    }  # fmt: skip
    return render(request, "results/templates/results.html", context)


def _in_appraisal(cycle: Cycle, *, asked: bool) -> tuple[ComputedCycle | None, list[OpenMatters]]:
    """The provisional result where it is asked for, and what is open; nothing where nothing is being appraised."""
    if cycle.state != CycleState.APPRAISAL:
        return None, []
    computed = compute_cycle(cycle, final=False) if asked else None
    return computed, open_matters(cycle, computed)


def tables_of(cycle: Cycle, computed: ComputedCycle | None, at: datetime) -> list[ResultTable]:
    """The provisional result, else the one that holds; nothing before there is one."""
    if computed is not None:
        return computed_tables(computed)
    shown = preview(cycle, at)
    if shown is None:
        return []
    titles = dict(cycle.groups.order_by("position", "pk").values_list("code", "title"))
    return stored_tables(shown.results, titles, shown.last_year)


def finalisations(cycle: Cycle) -> QuerySet[Finalisation]:
    """Every finalisation of a cycle with its snapshot's fingerprint, the last one first."""
    rows = Finalisation.objects.filter(cycle=cycle).select_related("snapshot", "finalised_by", "reopened_by")
    return rows.defer("snapshot__content").order_by("-number")


def versions(cycle: Cycle) -> list[Version]:
    """Every publication of a cycle, the last one first."""
    rows = Publication.objects.filter(cycle=cycle).select_related("finalisation__snapshot", "published_by")
    listed = rows.defer("finalisation__snapshot__content").order_by("-number")
    return [Version(one, parse_difference(one.difference)) for one in listed]


@require_safe
def snapshot(request: PageRequest, cycle: int, number: int) -> HttpResponse:
    """The snapshot of a finalisation, as ``parindex verify`` reads it."""
    found = read_by(request, cycle)
    rows = Finalisation.objects.filter(cycle=found, number=number).select_related("snapshot")
    made = rows.first()
    if made is None:
        raise Http404
    response = HttpResponse(unpacked(bytes(made.snapshot.content)), content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="ket-qua-{found.year}-{made.number}.json"'
    return response


def read_by(request: PageRequest, cycle: int) -> Cycle:
    """The cycle, for those who run, appraise or audit it."""
    found = get_object_or_404(Cycle.objects.select_related("owner"), pk=cycle)
    check_can_read_results(request.acting.actor, cycle_facts(found, found.owner_path))
    return found


def may(request: PageRequest, cycle: Cycle, act: str) -> Refusal | None:
    """Why this person may not do ``act`` now; None where they may."""
    return refusal(ACTS[act], request.acting.actor, cycle_facts(cycle, cycle.owner_path))
