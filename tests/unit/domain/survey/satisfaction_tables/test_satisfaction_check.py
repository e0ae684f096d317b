"""Satisfaction tables: cases beside those of the manual."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from tests.measured_tables import changed, item, row, satisfaction_rows, satisfied

from parindex.domain.errors import Place
from parindex.domain.survey.satisfaction_tables.printed_table import RowLevel, SatisfactionRow, Stated


def larger() -> list[SatisfactionRow]:
    """Three groups of three items, so that two faults are few among the figures."""
    rows: list[SatisfactionRow] = []
    for group, letter in enumerate("ABC"):
        above = len(rows)
        items = [("80", "70"), ("82", "80"), ("84", "72")]
        rows.append(row(letter, RowLevel.GROUP, "82", "74"))
        rows += [item(str(3 * group + at), now, before, above) for at, (now, before) in enumerate(items, start=1)]
    return [*rows, row("", RowLevel.OVERALL, "82", "74")]


def test_two_wrong_items_of_one_group_are_found_together() -> None:
    rows = larger()
    rows[1] = item("1", "70", "70", 0, difference="10")
    rows[2] = item("2", "77", "80", 0, difference="2")
    assert satisfied(rows) == [("satisfaction_item", "1", "70", "80"), ("satisfaction_item", "2", "77", "82")]


def test_a_wrong_item_beside_a_wrong_mean_is_not_explained_away() -> None:
    rows = larger()
    rows[1] = item("1", "71", "70", 0, difference="10")
    rows[12] = row("", RowLevel.OVERALL, "85", "74")
    found = satisfied(rows)
    assert ("satisfaction_difference", "1", "10", "1") in found
    assert ("satisfaction_mean", "A", "82", "79") in found


def test_an_item_with_its_difference_shows_in_its_group() -> None:
    """Everything above the group fits the printed figure of the group: an item of it is wrong."""
    rows = larger()
    rows[1] = item("1", "71", "70", 0)
    assert satisfied(rows) == [("satisfaction_mean", "A", "82", "79")]


def test_a_wrong_group_below_a_wrong_whole_are_two_findings() -> None:
    rows = larger()
    rows[0] = row("A", RowLevel.GROUP, "85", "74")
    rows[12] = row("", RowLevel.OVERALL, "70", "74")
    assert satisfied(rows) == [("satisfaction_mean", "A", "85", "82"), ("satisfaction_mean", "", "70", "82")]
    rows[1] = item("1", "71", "70", 0)
    assert satisfied(rows) == [("satisfaction_mean", "A", "85", "79"), ("satisfaction_mean", "", "70", "81")]


def test_figures_without_differences() -> None:
    rows = [replace(one, difference=None, values=one.values[:1]) for one in satisfaction_rows()]
    assert satisfied(rows, years=(None,), later=None, earlier=None) == []
    rows[1] = replace(rows[1], values=(Fraction(180),))
    rows[5] = replace(rows[5], values=(None,))
    assert satisfied(rows, years=(None,), later=None, earlier=None) == [
        ("satisfaction_missing", "4", None, None),
        ("satisfaction_range", "1", "180", None),
    ]
    stated = (Stated("rising", Fraction(4), Place()), Stated("difference", Fraction(4), Place()))
    quiet = [replace(one, difference=None, values=one.values[:1]) for one in satisfaction_rows()]
    assert satisfied(quiet, years=(None,), later=None, earlier=None, stated=stated) == []


def test_a_row_without_any_figure_of_two_years() -> None:
    rows = changed(1, now=None, before=None, difference="10")
    assert satisfied(rows) == [("satisfaction_missing", "1", None, None), ("satisfaction_missing", "1", None, None)]


def test_nothing_is_proposed_that_is_no_per_cent() -> None:
    assert satisfied(changed(1, now=None, difference="40")) == [("satisfaction_missing", "1", None, None)]


def test_groups_may_go_without_figures() -> None:
    rows = satisfaction_rows()
    for at in (0, 3):
        rows[at] = row(rows[at].label, RowLevel.GROUP, None, None)
    assert satisfied(rows) == []


def test_a_lost_group_leaves_the_one_before_it_incomplete() -> None:
    rows = larger()
    lost = [*rows[:4], *[replace(one, parent=0) for one in rows[5:8]], rows[8], *rows[9:]]
    lost = [replace(one, parent=7) if one.label in ("7", "8", "9") else one for one in lost]
    lost[6] = item("6", "60", "50", 0)
    lost[10] = row("", RowLevel.OVERALL, "79", "71.33")
    whole = lost[-1]
    lost = [*lost[:-1], replace(whole, values=(Fraction("79.33"), Fraction("71.56")), difference=Fraction("7.77"))]
    assert [code for kind, code, _, _ in satisfied(lost) if kind == "satisfaction_number"] == ["C"]


def test_the_first_of_a_run_may_be_lost() -> None:
    rows = [
        row("B", RowLevel.GROUP, "80", "70"),
        item("2", "80", "70", 0),
        item("3", "80", "70", 0),
        item("4", "80", "70", 0),
    ]
    assert satisfied(rows) == [("satisfaction_number", "B", "B", "A"), ("satisfaction_number", "2", "2", "1")]


def test_parts_are_numbered_in_roman_and_letters_with_or_without_f() -> None:
    rows: list[SatisfactionRow] = []
    for numeral, letters in (("I", "ABC"), ("III", "DEF")):
        part = len(rows)
        rows.append(row(numeral, RowLevel.PART, "80", "70"))
        for letter in letters:
            rows += [row(letter, RowLevel.GROUP, "80", "70", part), item(str(len(rows)), "80", "70", len(rows))]
    labels = iter(range(1, 20))
    rows = [replace(one, label=str(next(labels))) if one.level is RowLevel.ITEM else one for one in rows]
    assert satisfied(rows) == [("satisfaction_number", "III", "III", "II")]


def test_rows_without_labels_and_labels_in_no_order_are_left_alone() -> None:
    assert satisfied([replace(one, label="") for one in satisfaction_rows()]) == []
    shuffled = [
        replace(one, label=label)
        for one, label in zip(satisfaction_rows(), ("A", "7", "3", "B", "9", "1", ""), strict=True)
    ]
    assert satisfied(shuffled) == []


def test_counts_of_parts_and_falling_items() -> None:
    rows = satisfaction_rows()
    rows[4] = item("3", "50", "60", 3)
    rows[3] = row("B", RowLevel.GROUP, "65", "65")
    rows[6] = row("", RowLevel.OVERALL, "73", "70")
    stated = (Stated("falling", Fraction(1), Place()), Stated("items", Fraction(4), Place()))
    assert satisfied(rows, stated=stated) == []
    assert satisfied(rows, stated=(Stated("falling", Fraction(2), Place()),)) == [("satisfaction_stated", "", "2", "1")]
