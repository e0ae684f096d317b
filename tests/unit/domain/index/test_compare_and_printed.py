"""Two results side by side, and where a printed value would tell another story."""

from __future__ import annotations

from fractions import Fraction

from tests.builders import criteria_set, figures, node, sheets, units

from parindex.domain.criteria.criteria_set import Grade
from parindex.domain.index.compare import compare_results
from parindex.domain.index.compute import compute
from parindex.domain.index.printed import PrintedGrade, PrintedTie, printed_stories
from parindex.domain.index.result import Result
from parindex.domain.scoring.score_sheet import EntryState, Origin
from parindex.domain.values import Rounding

GRADES = (Grade("Tốt", Fraction(85)), Grade("Khá", Fraction(75)))


def of_points(points: dict[str, str | None], *, code: str = "1.1", title: str = "", **states: EntryState) -> Result:
    made = criteria_set(node("1", "100", node(code, "100", title=title)), grades=GRADES)
    of = units(*points)
    by_entry = {(code, unit): state for unit, state in states.items()}
    return compute(made, figures(of), sheets(made, of, by_entry, {Origin.APPRAISED: {code: list(points.values())}}))


def test_a_change_counts_points_and_places_won() -> None:
    """Điện Biên 2023 → 2024: 88,02 → 88,23; another unit passed it."""
    before = of_points({"dien-bien": "88,02", "other": "80"})
    after = of_points({"dien-bien": "88,23", "other": "90"})
    change = compare_results(before, after).units[0]
    assert (change.index, change.rank_change) == (Fraction("0.21"), -1)
    assert (change.items[0].points, change.nodes[0].per_cent) == (Fraction("0.21"), Fraction("0.21"))


def test_only_what_both_hold_is_compared_and_the_rest_is_named() -> None:
    before = of_points({"a": "80", "gone": "70"}, code="1.1")
    after = of_points({"a": "81", "new": "70"}, code="1.2")
    compared = compare_results(before, after)
    assert [one.unit for one in compared.units] == ["a"]
    assert (compared.only_before, compared.only_after) == (("gone",), ("new",))
    assert (compared.items_only_before, compared.items_only_after) == (("1.1",), ("1.2",))
    assert compared.units[0].items == ()


def test_a_code_that_changed_its_title_is_named() -> None:
    compared = compare_results(
        of_points({"a": "1"}, title="Thu hút đầu tư"), of_points({"a": "1"}, title="Thu ngân sách")
    )
    assert compared.retitled == {"1.1": ("Thu hút đầu tư", "Thu ngân sách")}


def test_what_was_not_assessed_has_no_difference() -> None:
    before = of_points({"a": "80"})
    after = of_points({"a": None}, a=EntryState.NOT_ASSESSED)
    change = compare_results(before, after).units[0]
    assert (change.index, change.rank_change, change.items[0].points, change.nodes[0].per_cent) == (None,) * 4


def test_a_printed_edge_that_was_not_reached_is_told() -> None:
    """84,9960 % prints as 85,00 % and is not Tốt."""
    stories = printed_stories(of_points({"a": "84,9960", "b": "86"}), Rounding(2))
    assert stories == (PrintedGrade("a", Fraction("84.9960"), Fraction(85), "Khá", "Tốt"),)


def test_a_printed_tie_that_is_none_is_told_and_a_real_one_is_not() -> None:
    stories = printed_stories(of_points({"a": "80,001", "b": "80,004", "c": "79", "d": "79", "e": None}), Rounding(2))
    assert stories == (PrintedTie(("b", "a"), Fraction(80), (1, 2)),)
    nothing = of_points({"a": None}, a=EntryState.NOT_ASSESSED)
    assert printed_stories(nothing, Rounding(2)) == ()
