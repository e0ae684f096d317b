"""Rows that combine rules or settle them beforehand: 13, 14, 22, 30, 33, 34, 36, 38 and 48, with their own figures."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tests.builders import answers

from parindex.domain.values import Rounding


def test_row_13_sum_of_ratios() -> None:
    """Analysis of 2024, 7.3.7: 0,5·429/429 + 0,5·207/240 + 0,5·36974/55556 = 1,264."""
    parts = [{"kind": "ratio", "of": f"n{i}", "to": f"d{i}", "max_points": "0,5"} for i in range(3)]
    figures = {"n0": [429], "d0": [429], "n1": [207], "d1": [240], "n2": [36974], "d2": [55556]}
    (found,) = answers({"kind": "sum", "parts": parts}, "1,5", figures)
    assert found == (1 + Fraction(207, 240) + Fraction(36974, 55556)) / 2
    assert Rounding(3).apply(found) == Fraction("1.264")


def test_row_13_every_part_must_have_points() -> None:
    parts = [{"kind": "ratio", "of": f"n{i}", "to": "d", "max_points": 1} for i in range(2)]
    found = answers({"kind": "sum", "parts": parts}, 2, {"n0": [1, 1, 5], "n1": [1, None, None], "d": [2, 2, 2]})
    assert found == [1, "missing", "over"]


def test_row_14_sum_of_capped_ratios() -> None:
    """Decision 766, payment: 6A + min(2; 2,5B) + 2,5C with A = 0,54, B = 0,9 and C = 0,58 is 6,69 (M = 10)."""
    parts = [
        {"kind": "ratio", "of": "paid_online", "to": "dossiers", "max_points": 6},
        {"kind": "ratio", "of": "with_payment", "to": "procedures", "target": "0,8", "max_points": 2},
        {"kind": "ratio", "of": "with_fees", "to": "fee_procedures", "max_points": "2,5"},
    ]
    figures = {
        "paid_online": [54, 54], "dossiers": [100, 100], "with_payment": [9, 6], "procedures": [10, 10],
        "with_fees": [58, 58], "fee_procedures": [100, 100],
    }  # fmt: skip
    found = answers({"kind": "sum", "parts": parts}, 10, figures)
    assert found == [Fraction("6.69"), Fraction("6.19")]


def test_row_22_task_bookkeeping_is_given_by_the_agency() -> None:
    """Analysis of 2024, 1.7: 45/1/161/9 of 226 gives 1,429 of 1,5 by a formula that nobody knows."""
    assert answers({"kind": "given"}, "1,5", {"tasks": [226]}) == ["not_given"]


def test_row_30_best_of_several_cases() -> None:
    """A data centre by the standard that it meets; a case whose figure is missing is passed over."""
    levels = {"kind": "option", "of": "standard", "options": {"tier3": {"share": "100%"}, "tier2": {"share": "60%"}}}
    share = {"kind": "ratio", "of": "moved", "to": "systems"}
    rule = {"kind": "best", "alternatives": [levels, share]}
    found = answers(
        rule,
        5,
        {"moved": [4, 1, 3, None, None], "systems": [5, 5, 2, 5, 5]},
        {"standard": (["tier2", "tier3"], ["tier2", "tier2", "tier3", "tier2", None])},
    )
    # More systems moved than there are is not passed over in silence.
    assert found == [4, 3, "over", 3, "missing"]


def nothing(arose: Any) -> dict[str, Any]:
    """A ratio that says what 0/0 gives."""
    return {"kind": "ratio", "of": "n", "to": "d", "nothing_arose": arose}


def test_row_34_nothing_arose() -> None:
    """766: copies 0/0 → 2 of 2, complaints 0 → 6, receiving 0 → 0; "không có nhiệm vụ được giao … tính 03 điểm"."""
    figures = {"n": [0, None], "d": [0, 0]}
    assert answers(nothing("full"), 2, figures) == [2, 2]
    assert answers(nothing("full"), 6, figures) == [6, 6]
    assert answers(nothing("zero"), 6, figures) == [0, 0]
    assert answers(nothing({"points": 3}), 5, figures) == [3, 3]
    assert answers(nothing({"share": "60%"}), 5, figures) == [3, 3]


def test_row_34_without_a_word_in_the_rule_nothing_is_decided() -> None:
    rule = {"kind": "ratio", "of": "n", "to": "d"}
    assert answers(rule, 1, {"n": [0, 1, 0], "d": [0, 0, 1]}) == ["undecided", "impossible", 0]


def test_row_34_some_over_a_base_of_zero() -> None:
    """Where more than the whole is possible, the rule may say what some over a base of zero gives."""
    rule = {"kind": "ratio", "of": "n", "to": "d", "over": "allow", "nothing_arose": "zero"}
    figures = {"n": [4, 0, -1, 5], "d": [0, 0, 0, 4]}
    assert answers({**rule, "zero_base": {"share": "50%"}}, 3, figures) == [Fraction(3, 2), 0, "impossible", 3]
    assert answers(rule, 3, figures) == ["undecided", 0, "impossible", 3]


def test_row_33_the_item_does_not_apply_where_nothing_arose() -> None:
    assert answers(nothing("not_assessed"), 1, {"n": [0, 1], "d": [0, 2]}) == ["not_assessed", Fraction(1, 2)]


def test_row_36_carry_over() -> None:
    """Sheet of 2020, 5.3: no examination in 2020, so the result of 2019 stands; last year's own silence is not
    repeated.
    """
    rule = {
        "kind": "bands", "of": "violations", "nothing_when": "examinations", "nothing_arose": "last_year",
        "bands": [{"up_to": 0, "points": 1}, {"above": 0, "points": 0}],
    }  # fmt: skip
    figures = {
        "examinations": [0, 0, 2, 0, 0], ("examinations", 2019): [3, 3, 3, 0, None],
        "violations": [None, 0, 1, 0, 0], ("violations", 2019): [0, 2, 0, 0, None],
    }  # fmt: skip
    assert answers(rule, 1, figures, year=2020) == [1, 0, 0, "undecided", "no_earlier"]


def test_row_38_tracking_only() -> None:
    """766: an item with a maximum of 0; its figures are kept and give nothing."""
    assert answers({"kind": "ratio", "of": "n", "to": "d"}, 0, {"n": [3], "d": [4]}) == [0]


def test_who_does_not_report_may_earn_nothing() -> None:
    """Where the clause says so, a missing figure of this year earns 0; otherwise the item is unanswered."""
    rule = {"kind": "ratio", "of": "n", "to": "d"}
    figures = {"n": [None, 1], "d": [2, 2]}
    assert answers({**rule, "missing": "zero"}, 1, figures) == [0, Fraction(1, 2)]
    assert answers(rule, 1, figures) == ["missing", Fraction(1, 2)]


def test_row_48_rounding() -> None:
    """Half up 80,285 → 80,29; truncated 80,28; a rule that declares nothing is not rounded."""
    rule = {"kind": "ratio", "of": "x", "target": 100}
    half_up = {**rule, "round": {"places": 2}}
    truncated = {**rule, "round": {"places": 2, "mode": "truncated"}}
    figures = {"x": ["80,285"]}
    assert answers(half_up, 100, figures) == [Fraction("80.29")]
    assert answers(truncated, 100, figures) == [Fraction("80.28")]
    assert answers(rule, 100, figures) == [Fraction("80.285")]
