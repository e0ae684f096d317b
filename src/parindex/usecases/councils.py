"""The council of a cycle, as its decision says: who sits on it in which role, and the levels that an appraisal passes.

Every change counts the version of the council up. A seat gives the role for this cycle alone and takes it back; who
leaves stays in the list, and so do their opinions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from parindex.database.models import Cycle, RoleGrant, User
from parindex.database.models.councils import Council, CouncilMember, CouncilRole
from parindex.database.queries.accounts import held_by
from parindex.database.queries.score_sheets import cycle_facts
from parindex.database.queries.units import path_of
from parindex.domain.review.appraisal_permissions import check_can_compose_council
from parindex.domain.review.council_permissions import check_can_seat
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.roles import UNIT_ROLES
from parindex.usecases import audit_log
from parindex.usecases.actors import Session
from parindex.usecases.council_levels import first_level
from parindex.usecases.council_roles import end_grant, record_role, seat_grant
from parindex.usecases.council_seats import changed, held_council, held_seat, member_facts, record_seat
from parindex.usecases.read_marks import require_as_read
from parindex.usecases.reassigned import follow, stand, table_before
from parindex.usecases.written_texts import reason_of, whole

_NUMBER_LENGTH, _TITLE_LENGTH, _AREAS_LENGTH = 120, 300, 500


@dataclass(frozen=True, slots=True)
class MemberData:
    """A seat as the decision lists it: the account, what it is, and the areas named beside it."""

    user: int
    role: CouncilRole
    lead_areas: str = ""


@dataclass(frozen=True, slots=True)
class CouncilData:
    """The decision that makes a council, and who sits on it: one chair at least."""

    number: str
    date: date
    title: str = ""
    members: Sequence[MemberData] = ()


@transaction.atomic
def make_council(*, by: Session, at: datetime, cycle_id: int, data: CouncilData) -> Council:
    """Make the council of a cycle, with one level. Refused where there is one (``council_already_made``), and without
    exactly one chair (``council_needs_one_chair``).
    """
    cycle = Cycle.objects.select_for_update(no_key=True).get(pk=cycle_id)
    check_can_compose_council(by.actor, cycle_facts(cycle, cycle.owner_path))
    if Council.objects.filter(cycle=cycle).exists():
        raise Refusal("council_already_made")
    if [one.role for one in data.members].count(CouncilRole.CHAIR) != 1:
        raise Refusal("council_needs_one_chair")
    number, title = _decision(data.number, data.title)
    users = [_person(by, at, cycle, one) for one in data.members]
    if len({user.pk for user in users}) < len(users):
        raise Refusal("already_in_council")
    council = Council.objects.create(
        cycle=cycle, decision_number=number, decision_date=data.date, title=title, created_by=by.user, created_at=at
    )
    first_level(council)
    people = zip(data.members, users, strict=True)
    seats = [_seat(by, at, council, one, user, position) for position, (one, user) in enumerate(people)]
    audit_log.hold_chains([cycle.pk, None])
    what = audit_log.target(council, unit=cycle.owner_id, cycle=cycle)
    audit_log.record("make_council", what, by=by, at=at, after=_decision_facts(council))
    for seat in seats:
        record_seat("add_council_member", seat, by=by, at=at, after=member_facts(seat))
        record_role("give_role", seat.grant, by, at)
    return council


@transaction.atomic
def edit_council(
    *, by: Session, at: datetime, cycle_id: int, number: str, date: date, title: str, seen: str | None = None
) -> Council:
    """Correct number, date or title of the decision, or enter the one that replaces it."""
    council = held_council(by, cycle_id)
    require_as_read(council_texts(council), seen)
    before = _decision_facts(council)
    council.decision_number, council.title = _decision(number, title)
    council.decision_date = date
    after = _decision_facts(council)
    if after != before:
        changed(council, "decision_number", "decision_date", "title")
        what = audit_log.target(council, unit=council.cycle.owner_id, cycle=council.cycle)
        audit_log.record("edit_council", what, by=by, at=at, before=before, after=after)
    return council


@transaction.atomic
def add_member(*, by: Session, at: datetime, cycle_id: int, data: MemberData) -> CouncilMember:
    """Somebody comes onto the council. A new chair makes a member of the one before: there is always exactly one."""
    council = held_council(by, cycle_id)
    user = _person(by, at, council.cycle, data)
    if CouncilMember.objects.filter(council=council, user=user, left_at=None).exists():
        raise Refusal("already_in_council")
    before = _step_down(by, at, council, data)
    seat = _seat(by, at, council, data, user, CouncilMember.objects.filter(council=council).count())
    changed(council)
    audit_log.hold_chains([council.cycle_id, None])
    _record_step_down(by, at, before)
    record_seat("add_council_member", seat, by=by, at=at, after=member_facts(seat))
    record_role("give_role", seat.grant, by, at)
    return seat


@transaction.atomic
def change_member(
    *, by: Session, at: datetime, member_id: int, role: CouncilRole, lead_areas: str, seen: str | None = None
) -> CouncilMember:
    """Another role or other areas for a member; refused for the chair's role (``chair_stays``): another is named."""
    seat, council = held_seat(by, member_id)
    require_as_read(member_texts(seat), seen)
    data = MemberData(seat.user_id, role, lead_areas)
    before, previous, table = member_facts(seat), seat.grant, table_before(council)
    _check(by, at, council.cycle, seat.user, chairs=CouncilRole.CHAIR in (role, seat.role))
    if seat.role == CouncilRole.CHAIR and role is not CouncilRole.CHAIR:
        raise Refusal("chair_stays")
    seat.lead_areas = whole(lead_areas, _AREAS_LENGTH)
    down = _step_down(by, at, council, data) if seat.role != role else None
    if seat.role != role:
        seat.role = role
        end_grant(previous, at)
        seat.grant = seat_grant(by, at, council, seat.user, role)
    after = member_facts(seat)
    if after == before:
        return seat
    seat.save(update_fields=["role", "lead_areas", "grant"])
    changed(council)
    entries = follow(table, council)
    audit_log.hold_chains([council.cycle_id, None])
    _record_step_down(by, at, down)
    record_seat("change_council_member", seat, by=by, at=at, before=before, after=after)
    if previous != seat.grant:
        record_role("end_role", previous, by, at)
        record_role("give_role", seat.grant, by, at)
    stand(entries, by=by, at=at)
    return seat


@transaction.atomic
def remove_member(*, by: Session, at: datetime, member_id: int, reason: str, seen: str | None = None) -> CouncilMember:
    """Somebody leaves the council, with the reason; what was assigned to them is assigned to nobody from now on.

    The chair does not leave before another is named (``chair_stays``). Who was to stand in for others no longer does.
    """
    seat, council = held_seat(by, member_id)
    require_as_read(member_texts(seat), seen)
    _check(by, at, council.cycle, seat.user, chairs=seat.role == CouncilRole.CHAIR)
    if seat.role == CouncilRole.CHAIR:
        raise Refusal("chair_stays")
    why = reason_of(reason)
    before, table = member_facts(seat), table_before(council)
    seat.left_at, seat.left_reason = at, why
    seat.save(update_fields=["left_at", "left_reason"])
    CouncilMember.objects.filter(council=council, substitute=seat).update(substitute=None)
    end_grant(seat.grant, at)
    changed(council)
    entries = follow(table, council)
    audit_log.hold_chains([council.cycle_id, None])
    record_seat("remove_council_member", seat, by=by, at=at, before=before, reason=why)
    record_role("end_role", seat.grant, by, at, why)
    stand(entries, by=by, at=at)
    return seat


# --- what the acts share -----------------------------------------------------------------------------------------


def council_texts(council: Council) -> dict[str, str]:
    """What the form of the decision shows."""
    return {
        "number": council.decision_number, "date": council.decision_date.isoformat(), "title": council.title
    }  # fmt: skip


def member_texts(seat: CouncilMember) -> dict[str, str]:
    """What the form of a member shows."""
    return {"role": str(seat.role), "lead_areas": seat.lead_areas}


def _decision(number: str, title: str) -> tuple[str, str]:
    plain = whole(number, _NUMBER_LENGTH)
    if not plain:
        raise Refusal("council_decision_missing")
    return plain, whole(title, _TITLE_LENGTH)


def _decision_facts(council: Council) -> dict[str, object]:
    return {
        "number": council.decision_number, "date": council.decision_date.isoformat(), "title": council.title
    }  # fmt: skip


def _person(by: Session, at: datetime, cycle: Cycle, data: MemberData) -> User:
    """The account that gets a seat, where it may; before anything is written."""
    user = User.objects.filter(pk=data.user).first()
    if user is None:
        raise Refusal("no_such_account")
    if not user.is_active:
        raise Refusal("account_not_active")
    whole(data.lead_areas, _AREAS_LENGTH)
    _check(by, at, cycle, user, chairs=data.role is CouncilRole.CHAIR)
    return user


def _seat(by: Session, at: datetime, council: Council, data: MemberData, user: User, position: int) -> CouncilMember:
    return CouncilMember.objects.create(
        council=council, user=user, role=data.role, lead_areas=whole(data.lead_areas, _AREAS_LENGTH),
        grant=seat_grant(by, at, council, user, data.role), position=position, joined_at=at,
    )  # fmt: skip


def _check(by: Session, at: datetime, cycle: Cycle, user: User, *, chairs: bool) -> None:
    day = localdate(at)
    held = held_by([user.pk], day)[user.pk] if chairs else []
    places = [path_of(user.unit_id, day), *(one.grant.path for one in held if one.grant.role in UNIT_ROLES)]
    check_can_seat(by.actor, cycle_facts(cycle, cycle.owner_path), user.pk, chairs=chairs, places=places)


def _step_down(by: Session, at: datetime, council: Council, data: MemberData) -> _Down | None:
    """The chair becomes a member where somebody else is to chair."""
    if data.role is not CouncilRole.CHAIR:
        return None
    seats = CouncilMember.objects.select_related("user", "grant").filter(council=council, left_at=None)
    chair = seats.filter(role=CouncilRole.CHAIR).exclude(user=data.user).first()
    if chair is None:
        return None
    facts = cycle_facts(council.cycle, council.cycle.owner_path)
    check_can_seat(by.actor, facts, chair.user_id, chairs=True, places=())
    before, previous = member_facts(chair), chair.grant
    end_grant(previous, at)
    chair.role = CouncilRole.APPRAISER
    chair.grant = seat_grant(by, at, council, chair.user, CouncilRole.APPRAISER)
    chair.save(update_fields=["role", "grant"])
    return _Down(chair, before, previous)


@dataclass(frozen=True, slots=True)
class _Down:
    seat: CouncilMember
    before: Mapping[str, object]
    grant: RoleGrant | None


def _record_step_down(by: Session, at: datetime, down: _Down | None) -> None:
    if down is None:
        return
    record_seat("change_council_member", down.seat, by=by, at=at, before=down.before, after=member_facts(down.seat))
    record_role("end_role", down.grant, by, at)
    record_role("give_role", down.seat.grant, by, at)
