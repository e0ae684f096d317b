"""Figures that explanations print, held against each other: what is read of a text, and what of it is told."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex.documents.printed_explanations import per_cents_in, printed_in
from parindex.domain.review.printed_figures import (
    PrintedCount,
    PrintedShare,
    count_apart,
    labels_apart,
    shares_apart,
)
from parindex.domain.values import Rounding, number_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("đạt 71,71% (32/45)", [(32, 45, "71.71", 2)]),
        ("là 249/832, đạt 30% chưa đạt", [(249, 832, "30", 0)]),
        ("178/572 * 100 = 31% ---> 31.1%*0.5/50%", [(178, 572, "31", 0)]),
        ("trong năm là 15/29 (đạt 51,72%)", [(15, 29, "51.72", 2)]),
        ("10.415/49756, đạt 20,93%", [(10415, 49756, "20.93", 2)]),
        ("1499/1709, chiếm tỷ lệ 87,71 %", [(1499, 1709, "87.71", 2)]),
        ("tháng 12/2020 đạt 30%, đến 12/2020 đạt 30%", []),
        ("ngày 29/01/2021 đạt 30%, 126/STTTT-CNTT đạt 5%", []),
        ("45 nhiệm vụ", []),
        ("100% (45 nhiệm vụ)", []),
        ("chưa có số", []),
        ("", []),
    ],
)
def test_shares_that_are_read(text: str, expected: list[tuple[int, int, str, int]]) -> None:
    assert [(one.part, one.whole, one.per_cent, one.places) for one in printed_in(text).shares] == [
        (part, whole, Fraction(per_cent), places) for part, whole, per_cent, places in expected
    ]


def test_counts_are_read_with_the_words_around_them() -> None:
    found = printed_in("- Tổng số TTHC có phát sinh hồ sơ trực tuyến: 178 TTHC --> Tỷ lệ. Có 5 văn bản mới ban hành.")
    assert found.counts == (
        PrintedCount("tthc có phát sinh hồ sơ trực tuyến", 178, "tthc"),
        PrintedCount("", 5, "văn bản mới"),
    )


def test_per_cents_are_read_one_by_one() -> None:
    assert per_cents_in("28,98% và 7%") == (Fraction("28.98"), Fraction(7))


@given(st.integers(0, 5000), st.integers(1, 5000), st.integers(0, 3))
def test_a_per_cent_rounded_from_its_fraction_is_never_told(part: int, whole: int, places: int) -> None:
    value = Rounding(places).apply(Fraction(part * 100, whole))
    share = PrintedShare(part, whole, value, places)
    assert shares_apart([share]) == []
    apart = PrintedShare(part, whole, value + 2 * Fraction(1, 10**places), places)
    (flag,) = shares_apart([apart, apart])
    assert flag.facts["per_cent"] == number_text(apart.per_cent)


def test_cut_off_is_as_good_as_rounded_and_nothing_is_of_nothing() -> None:
    assert shares_apart([PrintedShare(2, 3, Fraction("66.66"), 2)]) == []
    assert shares_apart([PrintedShare(2, 0, Fraction(100), 0)]) == []


def counts(*values: int, unit: str = "tthc") -> list[PrintedCount]:
    return [PrintedCount("", value, unit) for value in values]


@pytest.mark.parametrize(
    ("entered", "unit", "printed", "expected"),
    [
        ({"A": "832", "B": "249"}, "TTHC", counts(832, 238), ("249", "238", "B")),
        ({"A": "832", "B": "249"}, "TTHC", counts(832, 249), None),
        ({"A": "832", "B": "249"}, "TTHC", counts(832, 238, 5), None),
        ({"A": "832", "B": "249"}, "TTHC", counts(1, 2), None),
        ({"A": "832", "B": "249"}, "hồ sơ", counts(832, 238), None),
        ({"A": "832", "B": "249"}, "", counts(832, 238), None),
        ({"A": "832", "B": ""}, "TTHC", counts(832, 238), None),
        ({"A": "832"}, "TTHC", counts(238), None),
        ({"A": "5", "B": "5"}, "TTHC", counts(5, 6), None),
        ({"A": "832", "B": "249"}, "hồ sơ", counts(832, 238, unit="hồ sơ đã nhận"), ("249", "238", "B")),
    ],
)
def test_one_figure_of_several_printed_otherwise(
    entered: dict[str, str], unit: str, printed: list[PrintedCount], expected: tuple[str, str, str] | None
) -> None:
    flag = count_apart(entered, unit, printed)
    found = None if flag is None else (flag.facts["entered"], flag.facts["printed"], flag.facts["title"])
    assert found == expected


def label(value: int, words: str = "tthc có phát sinh hồ sơ trực tuyến", unit: str = "tthc") -> PrintedCount:
    return PrintedCount(words, value, unit)


def test_the_same_words_with_two_numbers_in_two_items() -> None:
    found = labels_apart({"7.2.1": [label(178)], "7.2.2": [label(188)], "7.2.3": [label(178)]})
    assert {code: flags[0].facts["elsewhere"] for code, flags in found.items()} == {
        "7.2.1": [{"item": "7.2.2", "value": "188"}],
        "7.2.2": [{"item": "7.2.1", "value": "178"}, {"item": "7.2.3", "value": "178"}],
        "7.2.3": [{"item": "7.2.2", "value": "188"}],
    }


def test_labels_that_say_too_little_or_too_much() -> None:
    short, other = "tthc trực tuyến", "hồ sơ giải quyết đúng hạn trong năm"
    assert labels_apart({"1": [label(1)], "2": [label(1)]}) == {}
    assert labels_apart({"1": [label(1), label(2)], "2": [label(3)]}) == {}
    assert labels_apart({"1": [label(1, short)], "2": [label(2, short)]}) == {}
    assert labels_apart({"1": [label(1, other, "tỷ lệ")], "2": [label(2, other, "tỷ lệ")]}) == {}
