"""Holding a council and its seats for a change, counting the change, and writing it into the log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from parindex.database.models import Cycle
from parindex.database.models.councils import Council, CouncilMember
from parindex.database.queries.score_sheets import cycle_facts
from parindex.domain.review.appraisal_permissions import check_can_compose_council
from parindex.domain.review.refusal import Refusal
from parindex.usecases import audit_log
from parindex.usecases.actors import Session


def held_council(by: Session, cycle_id: int, *, composes: bool = True) -> Council:
    """The council of a cycle, held for a change by who may compose it; refused where there is none (``no_council``)."""
    cycle = Cycle.objects.select_for_update(no_key=True).get(pk=cycle_id)
    if composes:
        check_can_compose_council(by.actor, cycle_facts(cycle, cycle.owner_path))
    council = Council.objects.select_for_update(no_key=True).filter(cycle=cycle).first()
    if council is None:
        raise Refusal("no_council")
    council.cycle = cycle
    return council


def held_seat(by: Session, member_id: int, *, composes: bool = True) -> tuple[CouncilMember, Council]:
    """A seat and its council, held; refused for who has left (``member_has_left``)."""
    cycle = CouncilMember.objects.values_list("council__cycle", flat=True).get(pk=member_id)
    council = held_council(by, cycle, composes=composes)
    seat = CouncilMember.objects.select_related("user", "grant").get(pk=member_id)
    if seat.left_at is not None:
        raise Refusal("member_has_left")
    seat.council = council
    return seat, council


def changed(council: Council, *fields: str) -> None:
    """Store a change of a council that is held: its version goes up."""
    council.version += 1
    council.save(update_fields=["version", *fields])


def member_facts(seat: CouncilMember) -> dict[str, object]:
    """A seat as the log keeps it."""
    return {"full_name": seat.user.full_name, "council_role": str(seat.role), "lead_areas": seat.lead_areas}


def record_seat(
    action: str,
    seat: CouncilMember,
    *,
    by: Session,
    at: datetime,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    reason: str = "",
) -> None:
    """Log what happened to a seat, in the chain of its cycle."""
    cycle = seat.council.cycle
    what = audit_log.target(seat, unit=cycle.owner_id, cycle=cycle)
    audit_log.record(action, what, by=by, at=at, before=before, after=after, reason=reason)
