"""Paths in the course of time."""

from __future__ import annotations

from datetime import date

from parindex.domain.units import UnitRecord
from parindex.domain.units.paths import DatedPath, dated_paths

START, MOVE, BACK = date(2004, 1, 1), date(2025, 7, 1), date(2025, 9, 1)


def record(code: str, parent: str | None = None, first: date | None = START, last: date | None = None) -> UnitRecord:
    return UnitRecord(code, code.title(), parent=parent, valid_from=first, valid_to=last)


def spans(*records: UnitRecord) -> list[tuple[str, date, date | None]]:
    return [(one.path, one.first, one.last) for one in dated_paths(records)]


def test_a_path_is_the_codes_from_the_root_down() -> None:
    assert [path for path, _, _ in spans(record("c", "b"), record("b", "a"), record("a"))] == ["a/b/c", "a/b", "a"]


def test_a_unit_that_moves_takes_what_is_below_with_it() -> None:
    moved = (
        record("b", "a", last=date(2025, 6, 30)),
        record("b", "x", MOVE, date(2025, 8, 31)),
        record("b", "a", BACK),
    )
    assert spans(record("a"), record("x"), *moved, record("c", "b"))[-3:] == [
        ("a/b/c", START, date(2025, 6, 30)),
        ("x/b/c", MOVE, date(2025, 8, 31)),
        ("a/b/c", BACK, None),
    ]


def test_a_parent_that_is_only_renamed_splits_nothing() -> None:
    parent = (record("a", last=date(2025, 6, 30)), record("a", first=MOVE))
    assert spans(*parent, record("b", "a"))[-1:] == [("a/b", START, None)]


def test_a_record_keeps_its_own_days() -> None:
    one = record("b", "a", MOVE, date(2025, 12, 31))
    assert dated_paths([record("a"), one])[1:] == [DatedPath(one, "a/b", MOVE, date(2025, 12, 31))]


def test_where_the_parent_does_not_hold_the_unit_is_a_root_for_so_long() -> None:
    parent = (record("a", first=MOVE, last=date(2025, 8, 31)),)
    assert spans(*parent, record("b", "a"))[1:] == [
        ("b", START, date(2025, 6, 30)),
        ("a/b", MOVE, date(2025, 8, 31)),
        ("b", BACK, None),
    ]
    assert spans(record("b", "nowhere")) == [("b", START, None)]


def test_a_circle_ends_where_it_closes() -> None:
    assert [path for path, _, _ in spans(record("a", "b"), record("b", "a"))] == ["b/a", "a/b"]


def test_without_days_a_unit_has_always_been_there() -> None:
    assert spans(record("a", first=None)) == [("a", date.min, None)]


def test_a_reversed_record_has_no_day() -> None:
    assert spans(record("a", first=BACK, last=MOVE)) == []
