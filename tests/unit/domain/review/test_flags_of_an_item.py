"""What is noticed about one item from plain facts: one rule a function."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parindex.domain.review import flag_rules as rules
from parindex.domain.review.flags import FlagKind, FoundFlag, Severity, gravest
from parindex.domain.scoring.outcome import NoPoints, Settled
from parindex.domain.values import Rounding, number_text

HALF = Fraction(1, 2)


def brief(flag: FoundFlag | None) -> tuple[str, str] | None:
    return None if flag is None else (flag.kind.value, flag.severity.value)


def test_the_gravest_of_some() -> None:
    assert gravest(["info", "error", "warn"]) is Severity.ERROR
    assert gravest(["info"]) is Severity.INFO
    assert gravest([]) is None


@pytest.mark.parametrize(
    ("claimed", "rule", "severity"),
    [
        ("", "1", None),
        ("1", "", None),
        ("1.5", "1.5", None),
        ("0.3112", "178/572", None),
        ("0.31", "178/572", None),
        ("0.32", "178/572", Severity.ERROR),
        ("0.3", "0.35", Severity.WARN),
        ("1/3", "1/3", None),
        ("1/3", "0.3", Severity.ERROR),
    ],
)
def test_a_claim_rounds_to_its_rule_at_the_places_written(claimed: str, rule: str, severity: Severity | None) -> None:
    flag = rules.claim_not_rule(claimed, rule)
    assert brief(flag) == (None if severity is None else ("claim_not_rule", severity.value))


@pytest.mark.parametrize(("claimed", "flagged"), [("", False), ("0.5", False), ("0.51", True)])
def test_a_claim_above_what_the_item_gives(claimed: str, flagged: bool) -> None:
    found = rules.claim_above_maximum(claimed, Fraction(1, 2))
    facts = {"claimed": claimed, "max_points": "0.5"}
    assert found == (FoundFlag(FlagKind.CLAIM_NOT_RULE, Severity.ERROR, facts, "maximum") if flagged else None)


def test_beside_an_assumed_rule_it_is_only_to_know() -> None:
    flag = rules.claim_not_rule("1", "0.1", is_assumed=True)
    assert flag == FoundFlag(
        FlagKind.CLAIM_NOT_RULE, Severity.INFO, {"claimed": "1", "rule_points": "0.1", "is_assumed": True}
    )


@settings(max_examples=50)
@given(st.builds(Fraction, st.integers(0, 999), st.integers(1, 99)), st.integers(0, 6))
def test_what_is_rounded_from_the_rule_is_never_flagged(value: Fraction, places: int) -> None:
    claimed = Rounding(places).apply(value)
    found = rules.claim_not_rule(number_text(claimed), number_text(value))
    # Zeros at the end are not kept: 1,50 is written 1,5 and then says less.
    shorter = Rounding(len(number_text(claimed).partition(".")[2])).apply(value)
    assert (found is None) == (shorter == claimed)


@pytest.mark.parametrize(
    ("branch", "severity"),
    [
        (None, None),
        (0, None),
        (NoPoints.MISSING, None),
        (NoPoints.UNDECIDED, Severity.WARN),
        (NoPoints.UNKNOWN_OPTION, Severity.ERROR),
        (NoPoints.OUTSIDE, Severity.ERROR),
        (NoPoints.OVER, Severity.ERROR),
        (NoPoints.IMPOSSIBLE, Severity.ERROR),
    ],
)
def test_reasons_of_a_rule_that_figures_cannot_be(branch: int | None, severity: Severity | None) -> None:
    flag = rules.impossible_branch(branch)
    assert brief(flag) == (None if severity is None else ("impossible_figures", severity.value))


def test_a_part_above_its_whole_is_a_doubt_where_the_rule_caps_and_an_error_where_it_refuses() -> None:
    capped = rules.over_the_whole(rules.Part(0, Fraction(28394), Fraction(25800), is_refused=False))
    assert capped == FoundFlag(
        FlagKind.IMPOSSIBLE_FIGURES, Severity.WARN, {"part": "28394", "whole": "25800", "reason": "over"}, "over.0"
    )
    swapped = rules.Part(1, Fraction(40639), Fraction(11778), is_refused=True)
    assert rules.over_the_whole(swapped, [Fraction("28.98")]).facts["swapped"] == "28.98"
    assert "swapped" not in rules.over_the_whole(swapped, [Fraction("28.99")]).facts
    nothing = rules.over_the_whole(rules.Part(0, Fraction(3), Fraction(0), is_refused=True), [Fraction(0)])
    assert (nothing.severity, nothing.facts["reason"]) == (Severity.ERROR, "impossible")


@pytest.mark.parametrize(
    ("branch", "points", "maximum", "is_flagged"),
    [
        (Settled.NOTHING_AROSE, "1.5", Fraction(3, 2), True),
        (Settled.NOTHING_AROSE, "1", Fraction(3, 2), False),
        (Settled.NOTHING_AROSE, "", Fraction(1), False),
        (Settled.NOTHING_AROSE, "0", Fraction(0), False),
        (Settled.ZERO_BASE, "1", Fraction(1), False),
        (None, "1", Fraction(1), False),
    ],
)
def test_the_maximum_where_nothing_arose(branch: int | None, points: str, maximum: Fraction, is_flagged: bool) -> None:
    assert (rules.maximum_on_nothing(branch, points, maximum) is not None) == is_flagged


@pytest.mark.parametrize(
    ("points", "proofs", "expected"),
    [
        ("1", rules.Proofs(is_lacking=True, is_explained=True), [("no_evidence", "warn")]),
        ("1", rules.Proofs(), [("no_evidence", "info")]),
        ("1", rules.Proofs(is_explained=True), []),
        ("1", rules.Proofs(attached=1), []),
        ("0", rules.Proofs(), []),
        ("", rules.Proofs(), []),
        ("1", rules.Proofs(missing=["1/A"], is_explained=True), [("paper_not_attached", "warn")]),
        ("1", rules.Proofs(attached=1, missing=["1/A"]), [("paper_not_attached", "info")]),
    ],
)
def test_what_proves_a_claim(points: str, proofs: rules.Proofs, expected: list[tuple[str, str]]) -> None:
    assert [brief(one) for one in rules.proof_flags(points, proofs)] == expected


def test_five_papers_are_named_and_all_are_counted_once() -> None:
    (flag,) = rules.proof_flags("1", rules.Proofs(missing=[*map(str, range(7)), "0"], is_explained=True))
    assert flag.facts == {"papers": ["0", "1", "2", "3", "4"], "count": 7}


def cited(item: str, day: str, year: int | None = 2020, key: str = "401/BC-UBND") -> rules.CitedDay:
    return rules.CitedDay(item, key, key, day, year)


def test_one_paper_with_two_dates_is_told_wherever_it_is_cited() -> None:
    found = rules.two_dates([
        cited("1.1", "08/12/2020"), cited("1.2", "18/12/2020"), cited("1.3", "08/12/2020"), cited("1.4", ""),
        cited("1.5", "08/12/2019", 2019), cited("1.6", "09/09/2020", key="2/KH"),
        cited("1.7", "09/09/2020", key="2/KH"),
    ])  # fmt: skip
    assert list(found) == ["1.1", "1.3", "1.2"]
    assert found["1.2"] == [
        FoundFlag(
            FlagKind.PAPER_TWO_DATES, Severity.WARN,
            {"number": "401/BC-UBND", "dates": [{"day": "08/12/2020", "items": ["1.1", "1.3"]},
                                                {"day": "18/12/2020", "items": ["1.2"]}]},
            "401/BC-UBND",
        )
    ]  # fmt: skip


def test_a_file_of_another_year() -> None:
    assert rules.file_of_other_year("ab", "Kế hoạch", []) is None
    flag = rules.file_of_other_year("ab", "Kế hoạch", [(2019, "1.2"), (2019, "1.2"), (2018, "1.1")])
    assert flag is not None
    assert flag.facts["uses"] == [{"year": 2018, "item": "1.1"}, {"year": 2019, "item": "1.2"}]


def moved(now: str, before: str, *, has_reason: bool = False) -> rules.Moved:
    return rules.Moved("received", "Hồ sơ tiếp nhận", now, before, HALF, has_reason)


@pytest.mark.parametrize(
    ("now", "before", "is_flagged"),
    [("", "1", False), ("1", "", False), ("5", "0", False), ("150", "100", False), ("151", "100", True),
     ("50", "100", False), ("49", "100", True), ("-10", "-4", True)],
)  # fmt: skip
def test_a_figure_moves_by_half_of_last_year(now: str, before: str, is_flagged: bool) -> None:
    assert (rules.far_from_last_year(moved(now, before)) is not None) == is_flagged


def test_a_reason_makes_it_something_to_know() -> None:
    flag = rules.far_from_last_year(moved("300", "100", has_reason=True))
    assert flag is not None
    assert (flag.severity, flag.facts["growth"], flag.key) == (Severity.INFO, "2", "received")


@given(st.integers(-50, 50), st.integers(-50, 50))
def test_a_figure_that_did_not_move_is_never_far(value: int, other: int) -> None:
    assert rules.far_from_last_year(moved(str(value), str(value))) is None
    flag = rules.far_from_last_year(moved(str(value), str(other)))
    assert (flag is not None) == (other != 0 and 2 * abs(value - other) > abs(other))


def outside(measure: str, value: str) -> rules.Outside:
    return rules.Outside(measure, measure.title(), value, "DTI.GOV.VN")


def test_figures_that_another_source_gives_otherwise() -> None:
    mine = {"all": "11778", "online": "40639", "other": ""}
    found = rules.not_external(mine, [outside("all", "40639"), outside("online", "11778"), outside("other", "1")])
    assert [(one.key, one.facts["swapped"]) for one in found] == [("all", True), ("online", True)]
    assert rules.not_external(mine, [outside("all", "11778.0")]) == []
    (single,) = rules.not_external(mine, [outside("all", "1")])
    assert (single.facts["swapped"], single.facts["external"]) == (False, "1")


def test_points_that_an_agency_gives_otherwise() -> None:
    assert rules.not_given_points("", "1.28", "VPCP") is None
    assert rules.not_given_points("1", "", "VPCP") is None
    assert rules.not_given_points("1.28", "1.280", "VPCP") is None
    assert brief(rules.not_given_points("1", "1.28", "VPCP")) == ("not_external_figure", "warn")


def test_a_sum_that_the_children_no_longer_make() -> None:
    assert rules.not_sum("a", "A", "", Fraction(3)) is None
    assert rules.not_sum("a", "A", "3", None) is None
    assert rules.not_sum("a", "A", "3", Fraction(3)) is None
    assert brief(rules.not_sum("a", "A", "4", Fraction(3))) == ("not_other_figure", "warn")
