"""The council of a cycle: who makes it, one chair, roles that come and go with seats, levels, assignments."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from tests.factories.world import World, now, person

from parindex.database.mapping.frozen_sets import frozen_set
from parindex.database.models import AuditRecord, RoleGrant
from parindex.database.models.councils import Council, CouncilMember, CouncilRole
from parindex.database.queries.appraisal_queues import Share, shares_of
from parindex.database.queries.councils import (
    CouncilTable,
    assigned_to_item,
    council_table,
    place_of,
    plan_of_sheet,
)
from parindex.domain.review.opinions import Blindness, Combination, LevelRules
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.roles import Role
from parindex.usecases.appraisal_assignments import AssignmentLine, assign, spread, unassign, version_texts
from parindex.usecases.council_levels import LevelData, set_levels
from parindex.usecases.councils import (
    CouncilData,
    MemberData,
    add_member,
    change_member,
    make_council,
    member_texts,
    remove_member,
)
from parindex.usecases.read_marks import read_mark
from parindex.usecases.recusals import declare_conflict, name_substitute, withdraw_conflict

pytestmark = pytest.mark.both

Code = Callable[..., str]


def council(made: World, *others: str) -> Council:
    """A council with chair and secretary, and ``others`` as members."""
    roles = {"chair": CouncilRole.CHAIR, "secretary": CouncilRole.SECRETARY}
    people = [
        MemberData(made.people[one].pk, roles.get(one, CouncilRole.APPRAISER))
        for one in ("chair", "secretary", *others)
    ]
    data = CouncilData("12/QĐ-UBND", date(2026, 1, 5), "Hội đồng thẩm định", people)
    return make_council(by=made.session("standing_office"), at=now(), cycle_id=made.cycle.pk, data=data)


def seat(made: World, name: str) -> CouncilMember:
    """The seat that somebody has now."""
    return CouncilMember.objects.get(user=made.people[name], left_at=None)


def code_of(act: Callable[..., Any], **options: Any) -> str:
    """Why an act is refused; "" where it is done."""
    try:
        act(at=now(), **options)
    except Refusal as refused:
        return refused.code
    return ""


def third(made: World) -> str:
    """One more appraiser, of the standing office's unit."""
    made.people["third"] = person("third", made.office, Role.UNIT_OFFICER, made.office)
    return "third"


def test_a_council_gives_roles_for_its_cycle_and_takes_them_back(made: World) -> None:
    third(made)
    council(made, "third")
    grant = RoleGrant.objects.get(user=made.people["third"], role=Role.APPRAISER)
    assert (grant.unit, grant.cycle, grant.ended_at) == (made.province, made.cycle, None)
    remove_member(
        by=made.session("standing_office"), at=now(), member_id=seat(made, "third").pk, reason="Chuyển công tác"
    )
    grant.refresh_from_db()
    assert grant.ended_at is not None
    acts = [*AuditRecord.objects.order_by("pk").values_list("chain__key", "action")][-9:]
    of_cycle = f"cycle-{made.cycle.pk}"
    assert acts[-2:] == [(of_cycle, "remove_council_member"), ("installation", "end_role")]
    left = CouncilMember.objects.get(user=made.people["third"])
    assert left.left_reason == "Chuyển công tác"
    assert council_table(made.cycle.pk).members.keys() == {made.people[one].pk for one in ("chair", "secretary")}


@pytest.mark.parametrize("name", ["owner", "stranger", "leader", "appraiser", "chair", "auditor", "administrator"])
def test_a_council_is_made_by_standing_office_or_secretary(made: World, name: str) -> None:
    data = CouncilData("12/QĐ-UBND", date(2026, 1, 5))
    assert (
        code_of(make_council, by=made.session(name), cycle_id=made.cycle.pk, data=data) == "only_office_and_secretary"
    )


def test_a_council_has_exactly_one_chair(made: World) -> None:
    office = made.session("standing_office")
    none = CouncilData(
        "12/QĐ-UBND", date(2026, 1, 5), members=[MemberData(made.people["appraiser"].pk, CouncilRole.APPRAISER)]
    )
    assert code_of(make_council, by=office, cycle_id=made.cycle.pk, data=none) == "council_needs_one_chair"
    council(made, "appraiser")
    assert code_of(remove_member, by=office, member_id=seat(made, "chair").pk, reason="Nghỉ hưu") == "chair_stays"
    down: dict[str, Any] = {"member_id": seat(made, "chair").pk, "role": CouncilRole.APPRAISER, "lead_areas": ""}
    assert code_of(change_member, by=office, **down) == "chair_stays"
    up: dict[str, Any] = {"member_id": seat(made, "appraiser").pk, "role": CouncilRole.CHAIR, "lead_areas": ""}
    assert code_of(change_member, by=made.session("secretary"), **up) == "chair_by_office"
    change_member(by=office, at=now(), **up)
    assert {one.user.username: one.role for one in CouncilMember.objects.all()} == {
        "chair": "appraiser", "appraiser": "chair", "secretary": "secretary",
    }  # fmt: skip
    remove_member(by=office, at=now(), member_id=seat(made, "chair").pk, reason="Nghỉ hưu")


def test_who_may_not_come_onto_a_council(made: World) -> None:
    council(made, "appraiser")
    add: dict[str, Any] = {"cycle_id": made.cycle.pk}
    mine = MemberData(made.people["secretary"].pk, CouncilRole.APPRAISER)
    assert code_of(add_member, by=made.session("secretary"), data=mine, **add) == "own_seat"
    twice = MemberData(made.people["appraiser"].pk, CouncilRole.SECRETARY)
    assert code_of(add_member, by=made.session("secretary"), data=twice, **add) == "already_in_council"
    third(made)
    own = MemberData(made.people["third"].pk, CouncilRole.CHAIR)
    assert code_of(add_member, by=made.session("standing_office"), data=own, **add) == "chair_of_own_unit"
    made.people["third"].is_active = False
    made.people["third"].save()
    gone = MemberData(made.people["third"].pk, CouncilRole.STAFF)
    assert code_of(add_member, by=made.session("secretary"), data=gone, **add) == "account_not_active"


def test_a_stale_form_of_a_member_writes_over_nothing(made: World) -> None:
    council(made, "appraiser")
    mine = seat(made, "appraiser")
    seen = read_mark(member_texts(mine))
    change: dict[str, Any] = {"member_id": mine.pk, "role": CouncilRole.APPRAISER}
    change_member(by=made.session("secretary"), at=now(), lead_areas="Cải cách thể chế", **change)
    late: dict[str, Any] = {"lead_areas": "Tài chính công", "seen": seen, **change}
    assert code_of(change_member, by=made.session("standing_office"), **late) == "changed_since_read"
    lines = [AssignmentLine(1, made.people["appraiser"].pk)]
    stale: dict[str, Any] = {"cycle_id": made.cycle.pk, "lines": lines, "seen": read_mark({"version": "0"})}
    assert code_of(assign, by=made.session("secretary"), **stale) == "changed_since_read"


def test_levels_are_numbered_in_their_order_and_stay_while_in_use(made: World) -> None:
    council(made, "appraiser")
    secretary = made.session("secretary")
    two = [LevelData("Sở chủ trì", Blindness.NEVER, Combination.MEDIAN, 0), LevelData("Tổ thẩm định")]
    set_levels(by=secretary, at=now(), cycle_id=made.cycle.pk, levels=two)
    table = council_table(made.cycle.pk)
    assert table.levels == {1: LevelRules(Combination.MEDIAN, 0), 2: LevelRules()}
    assert (table.titles, table.blindness_of(1), table.blindness_of(2)) == (
        {1: "Sở chủ trì", 2: "Tổ thẩm định"}, Blindness.NEVER, Blindness.AFTER_OWN,
    )  # fmt: skip
    assign(by=secretary, at=now(), cycle_id=made.cycle.pk, lines=[AssignmentLine(2, made.people["appraiser"].pk)])
    assert code_of(set_levels, by=secretary, cycle_id=made.cycle.pk, levels=two[:1]) == "level_in_use"
    assert code_of(set_levels, by=secretary, cycle_id=made.cycle.pk, levels=[]) == "levels_missing"
    many = [LevelData("Cấp 1", opinions_needed=100), LevelData("Cấp 2")]
    assert code_of(set_levels, by=secretary, cycle_id=made.cycle.pk, levels=many) == "opinions_needed_wrong"
    line = table.council.members.get(user=made.people["appraiser"]).assignments.get() if table.council else None
    assert line is not None
    unassign(by=secretary, at=now(), cycle_id=made.cycle.pk, lines=[line.pk], reason="Phân công lại")
    set_levels(by=secretary, at=now(), cycle_id=made.cycle.pk, levels=two[:1])
    assert council_table(made.cycle.pk).levels.keys() == {1}


def assigned(table: CouncilTable, sheet: Any, code: str, level: int = 1) -> tuple[int, ...]:
    """Who appraises an item of a sheet, asked item by item and by the plan of the whole sheet."""
    frozen = frozen_set(sheet.group.set_version)
    one = assigned_to_item(table, place_of(sheet), frozen, code, level)
    assert plan_of_sheet(table, place_of(sheet), frozen).get(level, {}).get(code, ()) == one
    return one


def test_nobody_appraises_the_own_unit_a_substitute_does(made: World) -> None:
    third(made)
    council(made, "appraiser", "third")
    secretary, cycle = made.session("secretary"), made.cycle.pk
    appraiser, stand_in = made.people["appraiser"].pk, made.people["third"].pk
    group = made.sheet.group_id
    assign(by=secretary, at=now(), cycle_id=cycle, lines=[AssignmentLine(1, appraiser, "1.1", group)])
    table = council_table(cycle)
    assert (assigned(table, made.sheet, "1.1"), assigned(table, made.other_sheet, "1.1")) == ((appraiser,), ())
    naming: dict[str, Any] = {"member_id": seat(made, "appraiser").pk, "substitute_id": seat(made, "third").pk}
    assert code_of(name_substitute, by=made.session("secretary"), **naming) == "only_chair"
    self_naming: dict[str, Any] = {**naming, "substitute_id": seat(made, "appraiser").pk}
    assert code_of(name_substitute, by=made.session("chair"), **self_naming) == "own_substitute"
    name_substitute(by=made.session("chair"), at=now(), **naming)
    table = council_table(cycle)
    assert (assigned(table, made.sheet, "1.1"), assigned(table, made.other_sheet, "1.1")) == ((appraiser,), (stand_in,))
    assert shares_of(table, stand_in, cycle) == (Share((made.other_sheet.pk,), {1: frozenset({"1.1"})}),)
    with_conflict = declare_conflict(
        by=made.session("third"), at=now(), member_id=seat(made, "third").pk, unit_id=made.other_department.pk,
        reason="Vợ là giám đốc",
    )  # fmt: skip
    assert assigned(council_table(cycle), made.other_sheet, "1.1") == ()
    back: dict[str, Any] = {"conflict_id": with_conflict.pk, "reason": "Khai nhầm"}
    assert code_of(withdraw_conflict, by=made.session("third"), **back) == "own_conflict"
    name_substitute(by=made.session("chair"), at=now(), **{**naming, "substitute_id": None})
    assert code_of(name_substitute, by=made.session("chair"), **naming) == "substitute_recused"
    withdraw_conflict(by=made.session("secretary"), at=now(), **back)
    assert code_of(name_substitute, by=made.session("chair"), **naming) == ""
    remove_member(by=secretary, at=now(), member_id=seat(made, "third").pk, reason="Nghỉ")
    assert seat(made, "appraiser").substitute is None


def test_a_conflict_bars_from_a_unit_and_what_is_below_it(made: World) -> None:
    council(made, "appraiser")
    secretary, cycle, who = made.session("secretary"), made.cycle.pk, made.people["appraiser"].pk
    assign(by=secretary, at=now(), cycle_id=cycle, lines=[AssignmentLine(1, who)])
    declaring: dict[str, Any] = {
        "member_id": seat(made, "appraiser").pk,
        "unit_id": made.department.pk,
        "reason": "Anh em ruột",
    }
    for name in ("owner", "leader", "auditor"):
        assert code_of(declare_conflict, by=made.session(name), **declaring) == "only_office_and_secretary"
    assert code_of(declare_conflict, by=made.session("appraiser"), **{**declaring, "reason": " "}) == "reason_needed"
    declare_conflict(by=made.session("appraiser"), at=now(), **declaring)
    assert code_of(declare_conflict, by=secretary, **declaring) == "conflict_declared"
    assert assigned(council_table(cycle), made.sheet, "1.1") == ()
    alone = [AssignmentLine(1, who, sheet=made.sheet.pk)]
    assert code_of(assign, by=secretary, cycle_id=cycle, lines=alone) == "member_recused"


def test_who_loses_the_role_is_assigned_nothing(made: World) -> None:
    third(made)
    council(made, "third")
    who = made.people["third"]
    assign(by=made.session("secretary"), at=now(), cycle_id=made.cycle.pk, lines=[AssignmentLine(1, who.pk)])
    assert assigned(council_table(made.cycle.pk), made.sheet, "1.1") == (who.pk,)
    RoleGrant.objects.filter(user=who, role=Role.APPRAISER).update(ended_at=now())
    assert assigned(council_table(made.cycle.pk), made.sheet, "1.1") == ()


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ({"level": 2}, "no_such_level"),
        ({"node": "99"}, "items_unknown"),
        ({"group": 999}, "not_of_this_cycle"),
        ({"sheet": 999}, "not_of_this_cycle"),
        ({"member": 0}, "not_a_member"),
    ],
)
def test_what_cannot_be_assigned(made: World, line: dict[str, Any], code: str) -> None:
    council(made, "appraiser")
    options = {"level": 1, "member": made.people["appraiser"].pk, **line}
    lines = [AssignmentLine(**options)]
    assert code_of(assign, by=made.session("secretary"), cycle_id=made.cycle.pk, lines=lines) == code


def test_the_same_line_is_stored_once(made: World) -> None:
    made_council = council(made, "appraiser")
    lines = [AssignmentLine(1, made.people["appraiser"].pk, "1")] * 2
    given: dict[str, Any] = {"by": made.session("secretary"), "at": now(), "cycle_id": made.cycle.pk, "lines": lines}
    assert (assign(**given), assign(**given)) == (1, 0)
    made_council.refresh_from_db()
    assert version_texts(made_council) == {"version": "1"}
    table = council_table(made.cycle.pk)
    frozen = frozen_set(made.version)
    codes = [code for code in frozen.items if code.startswith("1.")]
    assert [*plan_of_sheet(table, place_of(made.sheet), frozen)[1]] == codes


def test_sheets_are_spread_evenly_and_never_to_the_own_unit(made: World) -> None:
    third(made)
    council(made, "appraiser", "third")
    both = [made.people["appraiser"].pk, made.people["third"].pk]
    given = spread(by=made.session("secretary"), at=now(), cycle_id=made.cycle.pk, level=1, members=both)
    assert given == {made.sheet.pk: both[0], made.other_sheet.pk: both[1]}
    assert assigned(council_table(made.cycle.pk), made.other_sheet, "1.1") == (both[1],)
    again = spread(by=made.session("secretary"), at=now(), cycle_id=made.cycle.pk, level=1, members=both[1:])
    assert set(again.values()) == {both[1]}
    assert len(council_table(made.cycle.pk).assignments) == 2


def test_the_table_is_a_fixed_number_of_queries(made: World, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        council_table(made.cycle.pk)
    third(made)
    council(made, "appraiser", "third")
    with django_assert_num_queries(7):
        council_table(made.cycle.pk)
