"""What members of a council keep out of, and who stands in for them there."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from parindex.database.models.councils import Conflict, CouncilMember, CouncilRole
from parindex.database.queries.councils import council_table
from parindex.database.queries.score_sheets import cycle_facts
from parindex.database.queries.units import names_and_paths
from parindex.domain.review.appraisal_permissions import check_can_name_substitute
from parindex.domain.review.assignments import Recusals
from parindex.domain.review.council_permissions import check_can_declare_conflict, check_can_withdraw_conflict
from parindex.domain.review.refusal import Refusal
from parindex.domain.units.paths import is_within
from parindex.usecases import audit_log
from parindex.usecases.actors import Session
from parindex.usecases.council_seats import changed, held_seat, record_seat
from parindex.usecases.read_marks import require_as_read
from parindex.usecases.reassigned import follow, stand, table_before
from parindex.usecases.written_texts import reason_of


@transaction.atomic
def declare_conflict(*, by: Session, at: datetime, member_id: int, unit_id: int, reason: str) -> Conflict:
    """A member keeps out of a unit and what is below it, with the reason; from now on, what was said before stays."""
    seat, council = held_seat(by, member_id, composes=False)
    check_can_declare_conflict(by.actor, cycle_facts(council.cycle, council.cycle.owner_path), seat.user_id)
    why = reason_of(reason)
    found = names_and_paths([unit_id], localdate(at))
    if unit_id not in found:
        raise Refusal("account_unit_missing")
    name, path = found[unit_id]
    if Conflict.objects.filter(**_of_person(seat), unit=unit_id, withdrawn_at=None).exists():
        raise Refusal("conflict_declared")
    table = table_before(council)
    made = Conflict.objects.create(
        member=seat, unit_id=unit_id, unit_path=path, unit_name=name, reason=why, declared_by=by.user, declared_at=at
    )
    changed(council)
    entries = follow(table, council)
    what = audit_log.target(made, unit=council.cycle.owner_id, cycle=council.cycle)
    audit_log.record("declare_conflict", what, by=by, at=at, after=_facts(made, seat), reason=why)
    stand(entries, by=by, at=at)
    return made


@transaction.atomic
def withdraw_conflict(*, by: Session, at: datetime, conflict_id: int, reason: str) -> Conflict:
    """A conflict no longer holds, with the reason; never by the member alone. It is of the person, whatever seat they
    have now.
    """
    made = Conflict.objects.select_related("member").get(pk=conflict_id)
    now = CouncilMember.objects.filter(council=made.member.council_id, user=made.member.user_id, left_at=None).first()
    seat, council = held_seat(by, now.pk if now is not None else made.member_id, composes=False)
    check_can_withdraw_conflict(by.actor, cycle_facts(council.cycle, council.cycle.owner_path), seat.user_id)
    made.refresh_from_db(fields=["withdrawn_at"])  # behind the lock
    if made.withdrawn_at is not None:
        raise Refusal("conflict_withdrawn")
    why = reason_of(reason)
    table = table_before(council)
    made.withdrawn_at = at
    made.save(update_fields=["withdrawn_at"])
    changed(council)
    entries = follow(table, council)
    what = audit_log.target(made, unit=council.cycle.owner_id, cycle=council.cycle)
    audit_log.record("withdraw_conflict", what, by=by, at=at, before=_facts(made, seat), reason=why)
    stand(entries, by=by, at=at)
    return made


@transaction.atomic
def name_substitute(
    *, by: Session, at: datetime, member_id: int, substitute_id: int | None, seen: str | None = None
) -> CouncilMember:
    """The chair says who appraises in the place of a member where that one may not; None: nobody.

    Refused for the member themselves, for staff, and for who may not appraise the units of the member either
    (``substitute_recused``).
    """
    seat, council = held_seat(by, member_id, composes=False)
    check_can_name_substitute(by.actor, cycle_facts(council.cycle, council.cycle.owner_path))
    require_as_read(substitute_texts(seat), seen)
    before = _substitute_name(seat)
    stand_in: CouncilMember | None = None
    if substitute_id is not None:
        stand_in = (
            CouncilMember.objects.select_related("user").filter(pk=substitute_id, council=council, left_at=None).first()
        )
        if stand_in is None:
            raise Refusal("not_a_member")
        _check_stands_in(council.cycle_id, seat, stand_in)
    if seat.substitute_id == (stand_in.pk if stand_in is not None else None):
        return seat
    table = table_before(council)
    seat.substitute = stand_in
    seat.save(update_fields=["substitute"])
    changed(council)
    entries = follow(table, council)
    facts = {"full_name": seat.user.full_name}
    record_seat(
        "name_substitute", seat, by=by, at=at, before={**facts, "substitute": before},
        after={**facts, "substitute": _substitute_name(seat)},
    )  # fmt: skip
    stand(entries, by=by, at=at)
    return seat


def substitute_texts(seat: CouncilMember) -> dict[str, str]:
    """What the form of a substitute shows."""
    return {"substitute": str(seat.substitute_id or "")}


def _check_stands_in(cycle_id: int, seat: CouncilMember, stand_in: CouncilMember) -> None:
    if stand_in.pk == seat.pk:
        raise Refusal("own_substitute")
    if stand_in.role == CouncilRole.STAFF:
        raise Refusal("member_gives_no_opinion")
    recusals = council_table(cycle_id).recusals
    if any(recusals.recused(stand_in.user_id, [unit]) for unit in _units_shut(recusals, seat.user_id)):
        raise Refusal("substitute_recused", member=seat.user.full_name, substitute=stand_in.user.full_name)


def _units_shut(recusals: Recusals, user: int) -> set[str]:
    """The units that somebody may not appraise: where they work, what is above that below the owner, and conflicts."""
    found = set(recusals.conflicts.get(user, ()))
    for path in recusals.employers.get(user, ()):
        steps = path.split("/")
        above = {"/".join(steps[:at]) for at in range(1, len(steps) + 1)}
        found |= {one for one in above if one != recusals.owner and is_within(one, recusals.owner)}
    return found


def _substitute_name(seat: CouncilMember) -> str:
    return seat.substitute.user.full_name if seat.substitute is not None else ""


def _of_person(seat: CouncilMember) -> dict[str, object]:
    """The conflicts of whoever has a seat: also those declared when they had another on the same council."""
    return {"member__council": seat.council_id, "member__user": seat.user_id}


def _facts(made: Conflict, seat: CouncilMember) -> dict[str, object]:
    return {"full_name": seat.user.full_name, "unit_name": made.unit_name, "path": made.unit_path}
