"""Rule kinds ``option``, ``count`` and ``deduction``: rows 1, 2, 11, 18, 19 and 20, with their own figures."""

from __future__ import annotations

from fractions import Fraction

from tests.builders import answers


def test_row_1_yes_or_no() -> None:
    """ "Đạt yêu cầu: 2 / Không đạt yêu cầu: 0"."""
    rule = {"kind": "option", "of": "met", "options": {"yes": {"share": "100%"}, "no": {"share": 0}}}
    assert answers(rule, 2, choices={"met": (["no", "yes"], ["yes", "no", None])}) == [2, 0, "missing"]


def test_row_2_labelled_options() -> None:
    """Timely 2, late by more than a month 1, not at all 0; a key that the rule does not know has no points."""
    options = {"timely": {"points": 2}, "late": {"points": 1}, "none": {"points": 0}}
    rule = {"kind": "option", "of": "plan", "options": options}
    keys = ["none", "withdrawn", "late", "timely"]
    found = answers(rule, 2, choices={"plan": (keys, ["timely", "late", "none", "withdrawn", None])})
    assert found == [2, 1, 0, "unknown_option", "missing"]


def test_row_19_percentage_of_the_maximum() -> None:
    """Phú Thọ 4.1: "xuất sắc: Điểm tối đa; tốt: 75 % điểm; hoàn thành: 50 %"."""
    options = {"excellent": {"share": "100%"}, "good": {"share": "75%"}, "done": {"share": "50%"}}
    keys = list(options)
    found = answers({"kind": "option", "of": "class", "options": options}, "1,5", choices={"class": (keys, keys)})
    assert found == [Fraction(3, 2), Fraction(9, 8), Fraction(3, 4)]


def test_row_11_points_for_each_one_up_to_the_maximum() -> None:
    """Phú Thọ 3.2: 0,5 for each regulation, at most 2. Annex 1B: 1 for each application, at most 5."""
    regulations = {"kind": "count", "of": "regulations", "each": "0,5"}
    assert answers(regulations, 2, {"regulations": [0, 3, 4, 5]}) == [0, Fraction(3, 2), 2, 2]
    applications = {"kind": "count", "of": "applications", "each": 1}
    assert answers(applications, 5, {"applications": [4, 6]}) == [4, 5]


def test_row_18_deduction_by_severity_for_each_case() -> None:
    """Analysis of 2024, 5.4: heads of division disciplined: 0,5 less, 1 of 1,5 is left; never below 0."""
    rule = {
        "kind": "deduction",
        "classes": [{"of": "division_heads", "points": "0,5"}, {"of": "directors", "share": "100%"}],
    }
    found = answers(rule, "1,5", {"division_heads": [1, 0, 4, 1], "directors": [0, 0, 0, 1]})
    assert found == [1, Fraction(3, 2), 0, 0]


def test_row_18_only_the_worst_counts() -> None:
    """Phú Thọ 3.2: "vi phạm nhẹ: trừ 50 %; nghiêm trọng: 0": ten light ones take as much as one."""
    rule = {
        "kind": "deduction",
        "mode": "worst",
        "classes": [{"of": "light", "share": "50%"}, {"of": "serious", "share": "100%"}],
    }
    found = answers(rule, 2, {"light": [10, 1, 0, 3], "serious": [0, 0, 0, 1]})
    assert found == [1, 1, 2, 0]


def test_row_20_deduction_for_each_document() -> None:
    """Analysis of 2024, 2.3.2: M − 0,25 for each illegal document: one leaves 0,75 of 1."""
    rule = {"kind": "deduction", "classes": [{"of": "illegal", "points": "0,25"}]}
    assert answers(rule, 1, {"illegal": [1, 0, 4, 9, None]}) == [Fraction(3, 4), 1, 0, 0, "missing"]
