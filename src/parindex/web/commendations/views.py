"""Who could be commended and who is: the standing office of the cycle and auditors see it, after publication."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from parindex.database.models import Commendation, Cycle, Publication
from parindex.database.queries.publications import latest_publication
from parindex.database.queries.score_sheets import cycle_facts
from parindex.documents.commendations.criteria import criteria
from parindex.domain.review.appraisal_permissions import check_can_commend, check_can_see_commendations
from parindex.domain.review.permissions import CycleFacts
from parindex.domain.review.refusal import Refusal, refusal
from parindex.domain.review.roles import Actor
from parindex.usecases.commendation_grounds import Grounds, grounds_of
from parindex.usecases.commendations import standing
from parindex.web.public_results.ranking_page import folded
from parindex.web.requests import PageRequest
from parindex.web.typed_numbers import asked_page
from parindex.wording.commendations import check_words, found_words
from parindex.wording.public_results import index_of

#: Units on a page of the list, and names that a search shows.
PER_PAGE, MOST_FOUND = 50, 20


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed, with what it rests on; ``rests_on``: of the publication with this number, None for a reason of
    one's own. ``gone``: the publication that holds now no longer meets all of it.
    """

    made: Commendation
    found: Sequence[tuple[str, Sequence[str]]]
    rests_on: int | None
    gone: bool


@require_safe
def commendations(request: PageRequest, cycle: int) -> HttpResponse:
    """The criteria, the units that meet one, what is proposed and what was withdrawn."""
    found, publication = opened(request, cycle, check_can_see_commendations)
    listed = standing(found)
    proposed = [one.sheet_id for one in listed if one.sheet_id is not None]
    grounds = grounds_of(publication, timezone.now(), always=proposed)
    meeting = [one for one in grounds if one.met]
    page, name = asked_page(request.GET.get("page")), request.GET.get("q", "").strip()[:100]
    first = (page - 1) * PER_PAGE
    if page > 1 and first >= len(meeting):
        raise Http404
    by_sheet = {one.result.sheet_id: one for one in grounds}
    named = [one for one in grounds if name and folded(name) in folded(one.result.unit_name)]
    context = {
        "cycle": found, "room": "cycles", "publication": publication, "criteria": criteria(), "units": len(grounds),
        "meeting": len(meeting), "rows": meeting[first : first + PER_PAGE], "page": page,
        "pages": -(-len(meeting) // PER_PAGE), "name": name, "named": named[:MOST_FOUND],
        "more": len(named) > MOST_FOUND,
        "proposals": [proposal(one, by_sheet) for one in listed], "proposed": set(proposed),
        "withdrawn": list(Commendation.objects.filter(cycle=found).exclude(withdrawn_at=None).order_by("withdrawn_at")),
        "check_words": check_words, "index_of": index_of, "titles": titles_of(found),
        "proposes": refusal(check_can_commend, request.acting.actor, cycle_facts(found, found.owner_path)) is None,
    }  # fmt: skip
    return render(request, "commendations/templates/commendations.html", context)


def opened(
    request: PageRequest, cycle: int, check: Callable[[Actor, CycleFacts], None] = check_can_commend
) -> tuple[Cycle, Publication]:
    """The cycle and the publication that holds, for its standing office; or for whom ``check`` lets in."""
    found = get_object_or_404(Cycle.objects.select_related("owner"), pk=cycle)
    check(request.acting.actor, cycle_facts(found, found.owner_path))
    publication = latest_publication(found.pk)
    if publication is None:
        raise Refusal("not_published_yet")
    return found, publication


def titles_of(cycle: Cycle) -> dict[str, str]:
    """The titles of the groups of a cycle by code."""
    return dict(cycle.groups.order_by("position", "pk").values_list("code", "title"))


def proposal(made: Commendation, by_sheet: Mapping[int, Grounds]) -> Proposal:
    """What a proposal rests on, in words, and whether that still holds."""
    if not made.met:
        return Proposal(made, (), None, gone=False)
    met: dict[str, Any] = json.loads(made.met)
    found = [
        (one["title"], [found_words(check["demand"], check["facts"]) for check in one["checks"]])
        for one in met["criteria"]
    ]
    now = by_sheet.get(made.sheet_id or 0)
    holds = {one.criterion.id for one in now.met} if now is not None else set()
    return Proposal(made, found, met["publication"], gone=any(one["id"] not in holds for one in met["criteria"]))
