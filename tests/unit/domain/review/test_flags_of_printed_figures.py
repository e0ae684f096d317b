"""Counts that explanations print, held against each other: what is read of a text, and what of it is told."""

from __future__ import annotations

from fractions import Fraction

import pytest

from parindex.documents.printed_explanations import printed_figures
from parindex.domain.review.printed_figures import PrintedCount, count_apart, labels_apart


def test_counts_are_read_with_the_words_around_them() -> None:
    found = printed_figures(
        "- Tổng số TTHC có phát sinh hồ sơ trực tuyến: 178 TTHC --> Tỷ lệ. Có 5 văn bản mới ban hành."
    )
    assert found.counts == (
        PrintedCount("tthc có phát sinh hồ sơ trực tuyến", 178, "tthc"),
        PrintedCount("", 5, "văn bản mới"),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Số vốn đã giải ngân (nguồn: Sở Tài chính) là 2 568 521 triệu đồng",
            [("vốn đã giải ngân", 2568521, "triệu đồng")],
        ),
        ("Tiếp nhận 40.639 hồ sơ, đúng hạn 45 % hồ sơ", [("", 40639, "hồ sơ")]),
        ("Tổng số hồ sơ trực tuyến:\u00a01.280\nhồ sơ", []),
        ("Năm 2020 tỉnh có 249/832 TTHC mức độ 4 cả tỉnh", []),
        ("Số hồ\u200b sơ tiếp nhận:\n- Của tỉnh: 12 hồ sơ", [("của tỉnh", 12, "hồ sơ")]),
    ],
)
def test_numbers_are_read_in_every_form(text: str, expected: list[tuple[str, int, str]]) -> None:
    assert [(one.label, one.value, one.unit) for one in printed_figures(text).counts] == expected


def test_per_cents_are_read_one_by_one() -> None:
    found = printed_figures("28,98% và 7%, kỳ trước 70, 18 %")
    assert found.per_cents == (Fraction("28.98"), Fraction(7), Fraction("70.18"))


def test_words_without_digits_say_nothing() -> None:
    assert printed_figures("Có sổ theo dõi, không có hồ sơ quá hạn.") == printed_figures("")


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
