"""Codes in reading order: what is read as what."""

from __future__ import annotations

import pytest

from parindex.domain.criteria.coherence.numerals import ordinal, roman_numeral
from parindex.domain.criteria.coherence.sequence import MISSING_MAX, CodeFault, settle


def faults(*printed: str) -> list[tuple[str, str, str | None]]:
    """The codes that were read with a fault: as printed, as understood, the fault."""
    return [(one.printed, one.code, one.fault.value) for one in settle(printed) if one.fault is not None]


@pytest.mark.parametrize(
    ("part", "number"), [("10", 10), ("I", 1), ("IV", 4), ("XLIX", 49), ("a", None), ("", None), ("1234567", None)]
)
def test_the_number_of_a_part(part: str, number: int | None) -> None:
    assert ordinal(part, roman=True) == number


def test_letters_are_numbers_only_among_roman_numerals() -> None:
    assert ordinal("V") is None


@pytest.mark.parametrize("number", [1, 4, 9, 14, 40, 49, 90, 120])
def test_a_roman_numeral_reads_back(number: int) -> None:
    assert ordinal(roman_numeral(number), roman=True) == number


@pytest.mark.parametrize(
    "printed",
    [
        (),
        ("1", "1.1", "1.1.1", "1.1.2", "1.2", "2", "2.1"),
        ("1", *(f"1.{number}" for number in range(1, 12))),
        ("I", "I.1", "I.2", "II", "II.1"),
        ("A", "A.1", "B", "B.1", "B.1.a", "B.1.b"),
        ("1", "1.1", "1.1.a", "1.1.b", "1.2"),
        ("1", "1.1", "1.1.i", "1.1.ii", "1.1.iii", "1.2"),
        ("1", *(f"1.{letter}" for letter in "abcdeghi"), "2"),
        ("1", *(f"1.{letter}" for letter in "abcdđegh"), "2", *(f"2.{letter}" for letter in "abcdđe")),
        ("1", *(f"1.{letter}" for letter in "abcdefg"), "2"),
        ("I", "I.1", "I.2", "II", "II.3", "II.4", "II.4.1", "II.4.2", "III", "III.5"),
        ("1", "1.1", "1.2", "2", "2.3", "2.4", "3", "3.5"),
    ],
)
def test_sound_sequences(printed: tuple[str, ...]) -> None:
    assert [one.code for one in settle(printed)] == list(printed)
    assert faults(*printed) == []


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        (("1", "1.1", "1.1", "1.2"), ("1.1", "1.3", "duplicate_code")),
        (("1", "1.1", "1.2", "1.2", "1.3", "2"), ("1.2", "1.4", "duplicate_code")),
        (("I", "I", "II"), ("I", "III", "duplicate_code")),
        (("A", "A.a", "A.a", "A.b"), ("A.a", "A.c", "duplicate_code")),
        (("A", "A.i", "A.i", "A.ii"), ("A.i", "A.i*", "duplicate_code")),
        (("1", "1.a", "1.a", "2", "2.a", "2.b"), ("1.a", "1.b", "duplicate_code")),
        (("1", "1.a", "1.c"), ("1.c", "1.c", "numbering_gap")),
        (("A", "B", "D"), ("D", "D", "numbering_gap")),
        (("I", "I.1", "I.2", "II", "II.4"), ("II.4", "II.4", "numbering_gap")),
        (("1", "1.1", "4", "2.1", "2.2", "3", "3.1"), ("4", "2", "numbering_gap")),
        (("1", "1.1", "2", "2.1", "0", "3.1", "3.2", "4"), ("0", "3", "numbering_gap")),
        (("3.9.1", "1.1", "1.2", "2"), ("3.9.1", "1", "wrong_parent")),
        (("X.1", "I.1", "I.2", "II", "II.1"), ("X.1", "I", "wrong_parent")),
        (("1", "1.1", "4.7", "1.2"), ("4.7", "1.3", "wrong_parent")),
        (("1", "1.1", "1.1", "1.3"), ("1.1", "1.2", "duplicate_code")),
        (("1", "1.1", "1.1"), ("1.1", "1.2", "duplicate_code")),
        (("1", "1.2", "1.2"), ("1.2", "1.1", "duplicate_code")),
        (("1", "1.1", "2", "2.1", "1.1"), ("1.1", "2.2", "duplicate_code")),
        (("1", "11", "1.2"), ("11", "1.1", "missing_dot")),
        (("1", "1.1", "11.1", "1.1.2"), ("11.1", "1.1.1", "missing_dot")),
        (("1", "1.1", "3.2", "1.3", "2"), ("3.2", "1.2", "wrong_parent")),
        (("1", "1.1", "1.2", "4.7", "2"), ("4.7", "1.3", "wrong_parent")),
        (("1", "1.1", "1.2.1", "1.2.2", "1.3"), ("1.2.1", "1.2.1", "parent_missing")),
        (("1", "1.1.1.1", "2"), ("1.1.1.1", "1.1.1.1", "parent_missing")),
        (("2", "2.1"), ("2", "2", "numbering_gap")),
        (("1", "1.1", "1.3"), ("1.3", "1.3", "numbering_gap")),
        (("1", "1.9", "1.2"), ("1.9", "1.1", "numbering_gap")),
        (("1", "1.2", "1.1"), ("1.1", "1.1", "numbering_order")),
    ],
)
def test_one_slip_is_one_fault(printed: tuple[str, ...], expected: tuple[str, str, str]) -> None:
    assert faults(*printed) == [expected]


def test_every_child_of_a_group_with_a_wrong_prefix() -> None:
    assert faults("1", "1.1", "1.2.1", "1.2.2", "1.2", "1.2.1", "1.2.2") == [
        ("1.2.1", "1.1.1", "wrong_parent"),
        ("1.2.2", "1.1.2", "wrong_parent"),
    ]


def test_a_number_out_of_all_bounds_costs_nothing() -> None:
    """A code of a file is not to be trusted: 1.999999 must not list a million codes."""
    found = settle(("1", "1.1", "1.999999", "1.99999999999999"))
    assert found[2].fault is CodeFault.GAP
    assert len(found[2].missing) == MISSING_MAX


@pytest.mark.parametrize(
    ("foreign", "instead_of"),
    [
        ("3.9.1", "2.2.1"),
        ("3.9.1", "2.2.2"),
        ("9", "2.1.1"),
        ("7.1", "2.2"),
        ("5", "2.2.2"),
        ("2.9", "2.2.1"),
        ("8.8.8.8", "2.3"),
    ],
)
def test_a_code_of_another_group_amid_sound_ones(foreign: str, instead_of: str) -> None:
    """One slip is one fault: the rows after it go on as if it had been right."""
    sound = ["2", "2.1", "2.1.1", "2.1.2", "2.2", "2.2.1", "2.2.2", "2.3", "2.4", "3", "3.1", "3.2"]
    found = faults("1", "1.1", *(foreign if code == instead_of else code for code in sound))
    assert found == [(foreign, instead_of, "wrong_parent")]


SOUND = [
    "1", "1.1", "1.1.1", "1.1.2", "1.2", "2", "2.1", "2.1.1", "2.1.2", "2.2", "2.2.1", "2.2.2", "2.3", "3", "3.1",
    "3.2",
]  # fmt: skip


@pytest.mark.parametrize("foreign", [["9.8.7"], ["9.8.7", "8.5"], ["9", "7.7"], ["8.8.8.8", "9.1", "7.7"]])
@pytest.mark.parametrize("at", range(len(SOUND) - 2))
def test_neighbouring_codes_that_are_wrong_stay_a_matter_of_their_place(foreign: list[str], at: int) -> None:
    """The rows after the spot are read as if it had been right."""
    printed = [*SOUND[:at], *foreign, *SOUND[at + len(foreign) :]]
    found = [row for row, one in enumerate(settle(printed)) if one.fault is not None]
    assert found
    assert set(found) <= set(range(at, at + len(foreign) + 1))


def test_codes_without_any_order_are_still_read() -> None:
    """Nothing can be trusted where no chain goes through the rows."""
    assert len(settle(("x.y", "z.w", "x.y", "q.r"))) == 4
    assert len(settle(("1.99", "2.88", "1.99", "2.88"))) == 4
