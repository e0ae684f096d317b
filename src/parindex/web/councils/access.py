"""Opening the council of a cycle: who may see it, and who may change what."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404

from parindex.database.models import Cycle
from parindex.database.models.councils import Council, CouncilMember
from parindex.database.queries.councils import CouncilTable, council_table
from parindex.database.queries.score_sheets import cycle_facts
from parindex.domain.review.appraisal_permissions import (
    check_can_compose_council,
    check_can_name_substitute,
    check_can_see_appraisal,
)
from parindex.domain.review.permissions import CycleFacts
from parindex.domain.review.refusal import Refusal, refusal
from parindex.web.requests import PageRequest


@dataclass(frozen=True, slots=True)
class Opened:
    """A cycle with its council, as somebody sees it who may."""

    cycle: Cycle
    facts: CycleFacts
    table: CouncilTable
    composes: Refusal | None
    substitutes: Refusal | None

    @property
    def council(self) -> Council:
        """The council; 404 where there is none yet."""
        if self.table.council is None:
            raise Http404
        return self.table.council


def opened(request: PageRequest, cycle: int) -> Opened:
    """The council of a cycle, for those who run, appraise or audit it."""
    found = get_object_or_404(Cycle, pk=cycle)
    facts, actor = cycle_facts(found, found.owner_path), request.acting.actor
    check_can_see_appraisal(actor, facts)
    composes = refusal(check_can_compose_council, actor, facts)
    substitutes = refusal(check_can_name_substitute, actor, facts)
    return Opened(found, facts, council_table(found.pk), composes, substitutes)


def composed(request: PageRequest, cycle: int) -> Opened:
    """The same, for who may compose the council."""
    found = opened(request, cycle)
    if found.composes is not None:
        raise found.composes
    return found


def seat_in(found: Opened, member: int) -> CouncilMember:
    """A seat of the council that somebody still has; 404 for another's, and for who has left."""
    seats = CouncilMember.objects.select_related("user", "substitute__user").filter(council=found.council)
    seat: CouncilMember = get_object_or_404(seats, pk=member, left_at=None)
    return seat
