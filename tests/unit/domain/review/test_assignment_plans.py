"""Who appraises what: loads are spread evenly, and a plan of a whole sheet says what each item says alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from parindex.domain.review.assignment_plans import AssignmentPlans
from parindex.domain.review.assignments import Assignment, Recusals, SheetPlace, assigned_to, spread_evenly
from parindex.domain.review.roles import Grant, Role

ITEMS = {"1.1": ("1",), "1.2": ("1",), "2.1.1": ("2", "2.1"), "2.1.2": ("2", "2.1"), "3": ()}
PATHS = ("tinh", "tinh/a", "tinh/a/x", "tinh/b", "tinh/ab")
MEMBERS = (1, 2, 3)

nodes = st.sampled_from(["", *ITEMS, "1", "2", "2.1"])
lines = st.lists(
    st.builds(
        Assignment, st.sampled_from(MEMBERS), st.integers(1, 2), nodes, st.sampled_from([None, 7, 8]),
        st.sampled_from([None, 20, 21]),
    ),
    max_size=8,
)  # fmt: skip
paths = st.lists(st.sampled_from(PATHS), max_size=2).map(tuple)
recusals = st.builds(
    Recusals,
    owner=st.just("tinh"),
    employers=st.dictionaries(st.sampled_from(MEMBERS), paths),
    conflicts=st.dictionaries(st.sampled_from(MEMBERS), paths),
    entered=st.dictionaries(
        st.sampled_from(MEMBERS), paths.map(lambda some: tuple(Grant(Role.UNIT_OFFICER, one) for one in some))
    ),
    substitutes=st.dictionaries(st.sampled_from(MEMBERS), st.sampled_from(MEMBERS)),
)
places = st.builds(
    SheetPlace, st.sampled_from([20, 21]), st.sampled_from([7, 8]), st.sampled_from(PATHS).map(lambda one: (one,)),
    st.dictionaries(st.sampled_from([*ITEMS]), st.sampled_from(PATHS), max_size=2),
)  # fmt: skip


@given(lines, recusals, places)
def test_a_plan_says_of_every_item_what_the_item_says_alone(
    some: list[Assignment], kept_out: Recusals, place: SheetPlace
) -> None:
    plan = AssignmentPlans(tuple(some), kept_out).plan_of(place, ITEMS)
    alone = {
        (level, code): assigned_to(some, place.of_item(code), (code, *ITEMS[code]), level, kept_out)
        for level in (1, 2)
        for code in ITEMS
    }
    assert {(level, code): who for level, found in plan.items() for code, who in found.items()} == {
        key: who for key, who in alone.items() if who
    }


@given(lines, recusals, places)
def test_nobody_appraises_what_they_may_not(some: list[Assignment], kept_out: Recusals, place: SheetPlace) -> None:
    plan = AssignmentPlans(tuple(some), kept_out).plan_of(place, ITEMS)
    shut = [
        (code, member)
        for found in plan.values()
        for code, who in found.items()
        for member in who
        if kept_out.recused(member, place.of_item(code).units)
    ]
    assert shut == []


def test_one_plan_is_made_for_all_sheets_that_are_alike() -> None:
    plans = AssignmentPlans((Assignment(1, 1, "1"), Assignment(2, 1, "2", sheet=21)), Recusals("tinh"))
    first, second = SheetPlace(19, 7, ("tinh/a",)), SheetPlace(20, 8, ("tinh/b",))
    assert plans.plan_of(first, ITEMS) is plans.plan_of(second, ITEMS)
    assert plans.plan_of(SheetPlace(21, 7, ("tinh/a",)), ITEMS) == {
        1: {"1.1": (1,), "1.2": (1,), "2.1.1": (2,), "2.1.2": (2,)}
    }


def test_being_employed_below_the_owner_is_no_reason_against_its_own_sheet() -> None:
    kept_out = Recusals("tinh", employers={1: ("tinh/a",)})
    assert not kept_out.recused(1, ("tinh",))
    assert kept_out.recused(1, ("tinh", "tinh/a"))
    assert Recusals("tinh", entered={1: (Grant(Role.UNIT_OFFICER, "tinh"),)}).recused(1, ("tinh",))


@given(st.dictionaries(st.integers(1, 40), st.integers(1, 200)), st.integers(1, 6))
def test_loads_differ_by_at_most_the_largest_sheet(loads: dict[int, int], members: int) -> None:
    given_to = spread_evenly(loads, tuple(range(members)), {})
    assert given_to.keys() == loads.keys()
    sums = [sum(loads[sheet] for sheet, who in given_to.items() if who == member) for member in range(members)]
    assert max(sums) - min(sums) <= max(loads.values(), default=0)


@given(
    st.dictionaries(st.integers(1, 12), st.integers(1, 200)),
    st.dictionaries(st.integers(0, 3), st.sets(st.integers(1, 12))),
)
def test_a_barred_sheet_goes_to_somebody_else_or_to_nobody(loads: dict[int, int], barred: dict[int, set[int]]) -> None:
    given_to = spread_evenly(loads, (0, 1, 2, 3), barred)
    assert [sheet for sheet, who in given_to.items() if sheet in barred.get(who, ())] == []
    left = loads.keys() - given_to.keys()
    assert left == {sheet for sheet in loads if all(sheet in barred.get(who, ()) for who in range(4))}
