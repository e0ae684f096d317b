"""Whatever the table of assignments says, nobody appraises the own unit, and loads are as even as they can be."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from parindex.domain.review.assignments import Assignment, Recusals, SheetPlace, assigned_to, spread_evenly

UNITS = ("tinh", "tinh/a", "tinh/a/phong", "tinh/b", "tinh/ab")
_MEMBER = st.integers(1, 4)
_PATHS = st.lists(st.sampled_from(UNITS), max_size=2).map(tuple)
_SOME = st.lists(st.sampled_from(UNITS), min_size=1, max_size=2).map(tuple)
_RECUSALS = st.builds(
    Recusals, st.just("tinh"), st.dictionaries(_MEMBER, _PATHS), st.dictionaries(_MEMBER, _PATHS), st.just({}),
    st.dictionaries(_MEMBER, _MEMBER),
)  # fmt: skip
_LINES = st.lists(
    st.builds(
        Assignment, _MEMBER, st.integers(1, 2), st.sampled_from(("", "1", "1.1", "2")), st.sampled_from((None, 1, 2)),
        st.sampled_from((None, 1, 2)),
    ),
    max_size=6,
)  # fmt: skip
_PLACE = st.builds(SheetPlace, st.integers(1, 2), st.integers(1, 2), _SOME)


@given(_LINES, _PLACE, _RECUSALS)
def test_nobody_appraises_the_own_unit_or_one_in_conflict(
    lines: list[Assignment], place: SheetPlace, recusals: Recusals
) -> None:
    found = assigned_to(lines, place, ("1.1", "1"), 1, recusals)
    assert not any(recusals.recused(who, place.units) for who in found)
    assert len(set(found)) == len(found)
    meant = {one.member for one in lines if one.level == 1 and one.covers(place, ("1.1", "1"))}
    assert set(found) <= meant | {recusals.substitutes[one] for one in meant if one in recusals.substitutes}
    assert {one for one in meant if not recusals.recused(one, place.units)} <= set(found)


@given(_MEMBER, _PATHS, _SOME)
def test_working_for_the_owner_is_no_reason_to_keep_out(
    member: int, employers: tuple[str, ...], units: tuple[str, ...]
) -> None:
    recusals = Recusals("tinh", {member: employers})
    assert not recusals.recused(member, ("tinh",))
    assert recusals.recused(member, units) == any(
        path == unit or path.startswith(f"{unit}/") for path in employers for unit in units if unit != "tinh"
    )


@given(st.dictionaries(st.integers(1, 12), st.integers(1, 30), max_size=12), st.lists(_MEMBER, unique=True, min_size=1))
def test_every_sheet_is_given_and_no_load_is_a_sheet_above_another(loads: dict[int, int], members: list[int]) -> None:
    given_ = spread_evenly(loads, members, {})
    assert given_.keys() == loads.keys()
    sums = [sum(loads[sheet] for sheet, who in given_.items() if who == member) for member in members]
    assert max(sums) - min(sums) <= max(loads.values(), default=0)


@given(
    st.dictionaries(st.integers(1, 8), st.integers(1, 9), max_size=8), st.lists(_MEMBER, unique=True),
    st.dictionaries(_MEMBER, st.sets(st.integers(1, 8))),
)  # fmt: skip
def test_a_sheet_is_left_out_only_where_nobody_may(
    loads: dict[int, int], members: list[int], barred: dict[int, set[int]]
) -> None:
    given_ = spread_evenly(loads, members, barred)
    for sheet in loads:
        free = [one for one in members if sheet not in barred.get(one, ())]
        assert (sheet in given_) == bool(free)
        assert sheet not in given_ or given_[sheet] in free
