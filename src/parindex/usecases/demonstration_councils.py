"""A council of the demonstration: chair, secretary, two appraisers, the levels that the sheets of 2020 name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from parindex.database.models import Cycle, User
from parindex.database.models.councils import CouncilMember, CouncilRole
from parindex.usecases.actors import session_of
from parindex.usecases.appraisal_assignments import AssignmentLine, assign
from parindex.usecases.council_levels import LevelData, set_levels
from parindex.usecases.councils import CouncilData, MemberData, make_council
from parindex.usecases.recusals import name_substitute
from parindex.wording.moments import local_day

#: Level, account of the appraiser, node ("" for all items).
Line = tuple[int, str, str]
#: The decision that makes a council: no paper of the examples prints one.
DECISION = "Minh họa: quyết định thành lập Hội đồng thẩm định"
JUSTICE, HOME_AFFAIRS, SECRETARY = "tham-dinh", "tham-dinh-noi-vu", "thu-ky-hoi-dong"
_SEATS = (
    ("chu-tich-hoi-dong", CouncilRole.CHAIR),
    (SECRETARY, CouncilRole.SECRETARY),
    (JUSTICE, CouncilRole.APPRAISER),
    (HOME_AFFAIRS, CouncilRole.APPRAISER),
)
#: At the first level everybody who has an item says something of it.
_LEVELS = (LevelData("Cấp 1", opinions_needed=0), LevelData("Cấp 2"))


def seat_council(
    users: Mapping[str, User], cycle: Cycle, *, lines: Sequence[Line], at: datetime, number: str = DECISION
) -> None:
    """Make the council of a cycle and say who appraises what."""
    office = session_of(users["co-quan-thuong-truc"], at)
    members = [MemberData(users[name].pk, role) for name, role in _SEATS]
    make_council(by=office, at=at, cycle_id=cycle.pk, data=CouncilData(number, local_day(at), members=members))
    set_levels(by=office, at=at, cycle_id=cycle.pk, levels=_LEVELS)
    given = [AssignmentLine(level, users[name].pk, node) for level, name, node in lines]
    assign(by=office, at=at, cycle_id=cycle.pk, lines=given)


def stand_in_for_each_other(users: Mapping[str, User], cycle: Cycle, *, at: datetime) -> None:
    """The chair names each of the two appraisers for the unit of the other: nobody appraises the own one."""
    seats = {one.user_id: one.pk for one in CouncilMember.objects.filter(council__cycle=cycle)}
    chair = session_of(users["chu-tich-hoi-dong"], at)
    for member, substitute in ((JUSTICE, HOME_AFFAIRS), (HOME_AFFAIRS, JUSTICE)):
        name_substitute(by=chair, at=at, member_id=seats[users[member].pk], substitute_id=seats[users[substitute].pk])
