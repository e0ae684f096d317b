"""What the rows of ``rights_of_councils.yaml`` need: a council on which the people of the rows sit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from parindex.database.models import GivenPoints, ScoreSheet
from parindex.database.models.councils import AppraisalAssignment, Council, CouncilMember, CouncilRole
from parindex.domain.review.roles import COUNCIL, Role
from parindex.usecases.appraisal_assignments import AssignmentLine, assign
from parindex.usecases.councils import CouncilData, MemberData, make_council
from parindex.usecases.given_points import give_points
from parindex.usecases.given_rows import GivenRow
from parindex.usecases.recusals import declare_conflict
from parindex.usecases.submissions import submit_part
from tests.factories.filled import enter_everything
from tests.factories.rights_world import RightsWorld
from tests.factories.world import now, person

_SEATS = {"chair": CouncilRole.CHAIR, "secretary": CouncilRole.SECRETARY, "appraiser": CouncilRole.APPRAISER}


def _council(rights: RightsWorld) -> None:
    """A council with a chair, and an appraiser (``seat``), beside one who could stand in (``other_seat``)."""
    made = rights.made
    made.people["second"] = person("second", made.province, Role.APPRAISER)
    members = [MemberData(made.people[name].pk, role) for name, role in _SEATS.items()]
    members.append(MemberData(made.people["second"].pk, CouncilRole.APPRAISER))
    members.append(MemberData(rights.people[Role.APPRAISER, "own"].pk, CouncilRole.APPRAISER))
    data = CouncilData("12/QĐ-UBND", date(2026, 1, 5), "", members)
    seat_everybody(
        rights, make_council(by=made.session("standing_office"), at=now(), cycle_id=made.cycle.pk, data=data)
    )
    seats = {one.user.username: one for one in CouncilMember.objects.select_related("user")}
    rights.places |= {
        "seat": seats["appraiser.own"].pk, "other_seat": seats["second"].pk,
        "second": made.people["second"].pk, "stand_in": seats["second"].pk,
    }  # fmt: skip


def seat_everybody(rights: RightsWorld, council: Council) -> None:
    """Everybody of the rows sits as what they are, by hand: rows ask what a role may, and a council has one chair, who
    is of another unit than the office.
    """
    for (role, relation), user in rights.people.items():
        if role in COUNCIL and relation != "stranger" and not council.members.filter(user=user).exists():
            CouncilMember.objects.create(
                council=council, user=user, role=CouncilRole(role), grant=user.grants.get(), joined_at=now()
            )


def _conflict(rights: RightsWorld) -> None:
    """The appraiser of the rows keeps out of a department, as somebody of the office has entered."""
    _council(rights)
    made = declare_conflict(
        by=rights.made.session("standing_office"), at=now(), member_id=rights.places["seat"],
        unit_id=rights.made.department.pk, reason="Anh em ruột",
    )  # fmt: skip
    rights.places["conflict"] = made.pk


def _assigned(rights: RightsWorld) -> None:
    """One line of assignments."""
    _council(rights)
    lines = [AssignmentLine(1, rights.places["second"], "1")]
    assign(by=rights.made.session("standing_office"), at=now(), cycle_id=rights.made.cycle.pk, lines=lines)
    rights.places["line"] = AppraisalAssignment.objects.get().pk


def _both_submitted(rights: RightsWorld) -> None:
    """Both sheets are signed, so that the appraisal can begin."""
    made = rights.made
    for sheet, name in ((made.sheet, "leader"), (made.other_sheet, "other_leader")):
        enter_everything(ScoreSheet.objects.get(pk=sheet.pk))
        submit_part(by=made.session(name), at=now(), part_id=sheet.parts.get().pk)


def _points_given(rights: RightsWorld) -> None:
    """A survey has given the points of an item."""
    made = rights.made
    row = GivenRow(1, "so-y-te", "3.1", "2,5", source="Báo cáo điều tra")
    give_points(by=made.session("survey_staff"), at=now(), cycle_id=made.cycle.pk, rows=[row])
    rights.places["given"] = GivenPoints.objects.get().pk


GIVEN: dict[str, Callable[[RightsWorld], None]] = {
    "council": _council,
    "council_conflict": _conflict,
    "council_assigned": _assigned,
    "both_submitted": _both_submitted,
    "points_given": _points_given,
}
