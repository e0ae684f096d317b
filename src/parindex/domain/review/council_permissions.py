"""Who sits on a council by whose decision, and who keeps out of what; beside ``appraisal_permissions``."""

from __future__ import annotations

from collections.abc import Collection

from parindex.domain.review.appraisal_permissions import check_can_compose_council, is_chair
from parindex.domain.review.permissions import CycleFacts
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.roles import Actor, Role
from parindex.domain.units.paths import is_within


def check_can_seat(actor: Actor, cycle: CycleFacts, person: int, *, chairs: bool, places: Collection[str]) -> None:
    """Somebody gets, changes or loses a seat; nobody changes the own one.

    ``chairs``: it is the chair's, which the standing office alone gives; never to somebody of its own unit (``places``:
    where the person works), because what concerns that unit is decided by the chair.
    """
    check_can_compose_council(actor, cycle)
    if person == actor.id:
        raise Refusal("own_seat")
    if not chairs:
        return
    if not actor.has(Role.STANDING_OFFICE, cycle.owner, cycle=cycle.id):
        raise Refusal("chair_by_office")
    own = actor.path and not is_within(cycle.owner, actor.path)
    if own and any(is_within(place, actor.path) for place in places):
        raise Refusal("chair_of_own_unit")


def check_can_declare_conflict(actor: Actor, cycle: CycleFacts, person: int) -> None:
    """A conflict is declared by the member, or entered by chair, secretary or standing office."""
    if person == actor.id:
        return
    if is_chair(actor, cycle):
        return
    check_can_compose_council(actor, cycle)


def check_can_withdraw_conflict(actor: Actor, cycle: CycleFacts, person: int) -> None:
    """A conflict is taken back by somebody else than the member: nobody alone lets themselves in again."""
    if person == actor.id:
        raise Refusal("own_conflict")
    if not is_chair(actor, cycle):
        check_can_compose_council(actor, cycle)
