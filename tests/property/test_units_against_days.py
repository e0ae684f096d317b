"""The dated tree against a second implementation that looks at every single day."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from parindex.domain.units import Decision, Succession, UnitRecord
from parindex.domain.units.check import check_units
from parindex.domain.units.records import plain_name

START = date(2025, 1, 1)
DAYS = [START + timedelta(days=n) for n in range(8)]
CODES = "abcd"


@st.composite
def unit_records(draw: st.DrawFn) -> list[UnitRecord]:
    """A few units with a few versions, few names, parents at random: every contradiction comes about often."""
    day = st.one_of(st.none(), st.sampled_from(DAYS))
    record = st.builds(
        UnitRecord,
        code=st.sampled_from(CODES),
        name=st.sampled_from(["Một", "MỘT", "Hai"]),
        parent=st.one_of(st.none(), st.sampled_from(CODES)),
        valid_from=day,
        valid_to=day,
    )
    return draw(st.lists(record, max_size=7))


def kinds(records: list[UnitRecord], *successions: Succession) -> set[str]:
    return {problem.kind for problem in check_units(records, successions)}


def sane(records: list[UnitRecord]) -> list[UnitRecord]:
    return [record for record in records if not record.is_reversed]


def on(records: list[UnitRecord], day: date) -> list[UnitRecord]:
    return [record for record in records if record.first <= day <= record.last]


#: A day before and a day after all others stand for the open ends.
EVERY_DAY = [date.min, *DAYS, DAYS[-1] + timedelta(days=1), date.max]


@given(unit_records())
def test_overlaps_are_those_of_single_days(records: list[UnitRecord]) -> None:
    doubled = any(
        len({record.code for record in there}) < len(there) for day in EVERY_DAY for there in [on(records, day)]
    )
    assert ("unit_versions_overlap" in kinds(records)) is doubled


@given(unit_records())
def test_equal_names_are_those_of_single_days(records: list[UnitRecord]) -> None:
    named = any(
        a.code != b.code and a.parent == b.parent and plain_name(a.name) == plain_name(b.name)
        for day in EVERY_DAY
        for there in [on(records, day)]
        for a in there
        for b in there
    )
    assert ("unit_name_twice" in kinds(records)) is named


@given(unit_records())
def test_lost_parents_are_those_of_single_days(records: list[UnitRecord]) -> None:
    codes = {record.code for record in sane(records)}
    lost = {
        (record.code, record.parent, day)
        for day in EVERY_DAY
        for record in on(records, day)
        if record.parent in codes and record.parent not in {other.code for other in on(records, day)}
    }
    told = {
        (problem.facts["unit"], problem.facts["parent"], problem.facts["day"] or date.min)
        for problem in check_units(records)
        if problem.kind == "unit_parent_not_valid"
    }
    assert told <= lost
    assert {pair[:2] for pair in told} == {pair[:2] for pair in lost}


@given(unit_records())
def test_circles_are_those_of_single_days(records: list[UnitRecord]) -> None:
    if "unit_versions_overlap" in kinds(records):
        return
    circles = False
    for day in EVERY_DAY:
        parents = {record.code: record.parent for record in on(records, day)}
        for code in parents:
            above: str | None = code
            for _ in CODES:
                above = parents.get(above) if above is not None else None
                circles = circles or above == code
    assert ("unit_parent_circle" in kinds(records)) is circles


@given(unit_records())
def test_successions_overlap_as_on_single_days(records: list[UnitRecord]) -> None:
    codes = {record.code for record in sane(records)}
    shared = [day for day in EVERY_DAY if {"a", "b"} <= {record.code for record in on(records, day)}]
    succession = Succession("a", "b", Decision("1/QĐ", START))
    found = [problem for problem in check_units(records, [succession]) if problem.kind == "succession_overlaps"]
    expected = shared[:1] if {"a", "b"} <= codes else []
    assert [problem.facts["day"] or date.min for problem in found] == expected
