"""Findings on the tables of other measurements: evaluations of how procedures are handled, satisfaction."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from tests.measured_tables import (
    changed,
    evaluated,
    evaluation,
    item,
    row,
    satisfaction,
    satisfaction_rows,
    satisfied,
    unit,
    units,
)

from parindex.domain.criteria.findings import Severity
from parindex.domain.errors import Place
from parindex.domain.procedures.printed_table import GradeCount, PrintedMean
from parindex.domain.procedures.table_check import check_table
from parindex.domain.survey.satisfaction_tables.printed_table import RowLevel, Stated
from parindex.domain.survey.satisfaction_tables.table_check import check_table as check_satisfaction

# --- evaluations ---------------------------------------------------------------------------------------------------


def test_a_sound_evaluation_has_no_finding() -> None:
    assert evaluated(units()) == []


def test_evaluation_missing() -> None:
    """An empty cell among filled ones; what the total leaves for it is proposed."""
    one = units()
    one[1] = unit("2", "2", None, "1.5", total="5.5")
    assert evaluated(one) == [("evaluation_missing", "2", None, "2")]


@pytest.mark.parametrize(("points", "found"), [("2.5", "2"), ("-1", "2")])
def test_evaluation_value_range(points: str, found: str) -> None:
    """Points below zero or above the maximum; the total that is right otherwise is no fault of its own."""
    one = units()
    one[0] = unit("1", "2", points, "2", total="6")
    assert evaluated(one) == [("evaluation_value_range", "1", points, found)]


def test_evaluation_total() -> None:
    """A total that is not the sum: 5,49 for 5,5. Neither grade nor order is held against the unit as well."""
    one = units()
    one[1] = unit("2", "2", "2", "1.5", total="5.49")
    assert evaluated(one) == [("evaluation_total", "2", "5.49", "5.5")]
    one[1] = unit("2", "2", "2", "1.5", total="4.5")
    assert evaluated(one) == [("evaluation_total", "2", "4.5", "5.5")]


def test_evaluation_totals_unknown() -> None:
    """Where most totals are no sums the table goes by another formula: one question, no list of errors."""
    weighted = [replace(one, total=(one.total or Fraction(0)) * 2) for one in units()]
    assert evaluated(weighted, bands=())[0] == ("evaluation_totals_unknown", "", "6", "6")


def test_evaluation_grade() -> None:
    """A grade that is not that of the total; bands are closed at the lower edge: exactly 5 is the highest."""
    one = units()
    one[2] = unit("3", "2", "2", "1", grade="Tốt")
    assert evaluated(one) == [("evaluation_grade", "3", "Tốt", "Xuất sắc")]


def test_evaluation_order() -> None:
    """Two units that changed places in a table ordered by totals."""
    one = units()
    one[2], one[3] = replace(one[3], number="3", code="3"), replace(one[2], number="4", code="4")
    assert evaluated(one) == [("evaluation_order", "3", "3", "4")]


def test_evaluation_rank() -> None:
    """A rank that is not that of the total, by the way of ranking that the other rows follow."""
    one = [replace(each, rank=at) for at, each in enumerate(units(), start=1)]
    one[4] = replace(one[4], rank=6)
    assert evaluated(one) == [("evaluation_rank", "5", "6", "5")]


def test_two_swapped_ranks_are_one_finding() -> None:
    """Two units that have each other's rank are one fault, also in a small table; both are named."""
    ranked = [replace(each, rank=at) for at, each in enumerate(units(), start=1)]
    one = [replace(each, rank={2: 4, 4: 2}.get(each.rank or 0, each.rank)) for each in ranked]
    (found,) = check_table(evaluation(one[:5]))
    assert (found.kind, found.code, found.stated, found.found) == ("evaluation_rank", "2", "4", "2")
    assert (found.facts["swapped"], found.facts["swapped_code"]) == ("Sở 4", "4")


def test_rows_out_of_order_beside_right_ranks_are_to_be_confirmed() -> None:
    """Ranks, totals and numbers are right, but two rows stand the other way round in a table that is ordered."""
    one = [replace(each, rank=at) for at, each in enumerate(units(), start=1)]
    swapped = [one[0], one[1], replace(one[3], number="3", code="3"), replace(one[2], number="4", code="4"), *one[4:]]
    (found,) = check_table(evaluation(swapped))
    assert (found.kind, found.severity, found.code) == ("evaluation_order", Severity.WARNING, "3")
    assert (found.stated, found.found, found.facts["swapped"]) == ("3", "4", "Sở 3")
    halves = [replace(each, number=str(at), code=str(at)) for at, each in enumerate([*one[3:], *one[:3]], start=1)]
    assert evaluated(halves) == []
    assert evaluated(halves, ordered=True) == []


def test_an_order_that_the_paper_states_holds_for_few_units_too() -> None:
    few = [units()[0], replace(units()[2], number="2", code="2"), replace(units()[1], number="3", code="3")]
    assert evaluated(few) == []
    assert evaluated(few, ordered=True) == [("evaluation_order", "2", "2", "3")]


def test_evaluation_number() -> None:
    """A running number that is wrong by itself, missing, or skips one."""
    one = units()
    one[2] = replace(one[2], number="8")
    assert evaluated(one) == [("evaluation_number", "3", "8", "3")]
    one[2] = replace(one[2], number="")
    assert evaluated(one) == [("evaluation_number", "3", None, "3")]
    lost = [each for each in units() if each.number != "4"]
    assert evaluated(lost) == [("evaluation_number", "5", "5", "4")]


def test_two_rows_swapped_with_their_numbers_are_one_finding() -> None:
    """In an ordered table the order says it, in a ranked one the numbers do."""
    one = units()
    one[2], one[3] = one[3], one[2]
    assert evaluated(one) == [("evaluation_order", "4", "3", "4")]
    ranked = [replace(each, rank=int(each.number)) for each in one]
    assert evaluated(ranked) == [("evaluation_number", "4", "4", "3")]


def test_a_lost_row_makes_no_rank_below_it_wrong() -> None:
    ranked = [replace(each, rank=at) for at, each in enumerate(units(), start=1)]
    assert evaluated([*ranked[:2], *ranked[3:]]) == [("evaluation_number", "4", "4", "3")]


def test_evaluation_unit_repeated() -> None:
    """The same unit twice in a group."""
    one = units()
    one[4] = replace(one[4], title=one[0].title)
    assert evaluated(one) == [("evaluation_unit_repeated", "5", "Sở 1", "1")]


def test_evaluation_mean() -> None:
    """A row of means that is not the mean of its units; rounded to whatever it prints."""
    means = (Fraction(11, 6), Fraction("1.5"), Fraction("1"))
    sound = PrintedMean(Place(), (Fraction("1.83"), means[1], means[2]), Fraction("4.33"), None)
    assert evaluated(units(), means=(sound,)) == []
    wrong = replace(sound, total=Fraction("4.43"))
    assert evaluated(units(), means=(wrong,)) == [("evaluation_mean", "", "4.43", "4.33")]


def test_a_mean_is_held_against_its_group_or_the_whole_table() -> None:
    """A row that does not say what it is of is right by either; one that is right by neither is held to its group."""
    groups = units()[:3], units()[3:]
    of_group = PrintedMean(Place(), (Fraction(2), Fraction(2), Fraction("1.5")), Fraction("5.5"), None, 0, (None,))
    of_all = replace(of_group, indicators=(Fraction("1.83"), Fraction("1.5"), Fraction(1)), total=Fraction("4.33"))
    assert evaluated(*groups, means=(of_group, of_all)) == []
    assert evaluated(*groups, means=(replace(of_group, total=Fraction("5.4")),)) == [
        ("evaluation_mean", "I", "5.4", "5.5")
    ]
    assert len(evaluated(*groups, means=(replace(of_all, also=()),))) == 4


def test_a_finding_stands_at_the_cell_of_its_figure() -> None:
    one = units()
    one[1] = replace(unit("2", "2", None, "1.5", total="5.5"), cells={"2": "D3"}, unread={"2": "NaN"})
    (found,) = check_table(evaluation(one))
    assert (found.place.cell, found.facts["unread"]) == ("D3", "NaN")


def test_evaluation_count() -> None:
    """The prose counts another number of units with a grade, or of another number of units."""
    sound = GradeCount("Xuất sắc", 3, 6, Place(line=1), 0)
    assert evaluated(units(), counts=(sound, replace(sound, grade="Tốt", stated=5, or_better=True))) == []
    assert evaluated(units(), counts=(replace(sound, stated=4),)) == [("evaluation_count", "", "4/6", "3/6")]
    assert evaluated(units(), counts=(replace(sound, of=7),)) == [("evaluation_count", "", "3/7", "3/6")]


# --- satisfaction --------------------------------------------------------------------------------------------------


def test_a_sound_satisfaction_table_has_no_finding() -> None:
    assert satisfied(satisfaction_rows()) == []


def test_satisfaction_missing() -> None:
    """An empty cell; the difference and the other year propose what it was, and all means stay right."""
    assert satisfied(changed(1, now=None)) == [("satisfaction_missing", "1", None, "80")]
    assert satisfied(changed(1, difference=None)) == [("satisfaction_missing", "1", None, "10")]


def test_what_stands_in_the_place_of_a_figure_is_named() -> None:
    """A cell with “KĐG” has no figure; a difference that cannot be taken without it is no second matter."""
    rows = changed(1, before=None, difference=None)
    rows[1] = replace(rows[1], unread={1: "KĐG", "difference": "-"}, cells={1: "D6"})
    (found,) = check_satisfaction(satisfaction(rows))
    assert (found.kind, found.code, found.stated, found.found) == ("satisfaction_missing", "1", "KĐG", None)
    assert (found.place.cell, found.facts["unread"], found.facts["figure"]) == ("D6", "KĐG", "value")
    rows = changed(1, difference=None)
    rows[1] = replace(rows[1], unread={"difference": "-"})
    (found,) = check_satisfaction(satisfaction(rows))
    assert (found.stated, found.found, found.facts["figure"]) == ("-", "10", "difference")


def test_satisfaction_range() -> None:
    """A per cent above 100 or below 0."""
    assert satisfied(changed(1, now="180")) == [("satisfaction_range", "1", "180", "80")]


def test_satisfaction_item() -> None:
    """The figure of an item against its difference and every mean above it: the item is wrong, not four figures."""
    assert satisfied(changed(1, now="78")) == [("satisfaction_item", "1", "78", "80")]
    assert satisfied(changed(1, before="78")) == [("satisfaction_item", "1", "78", "70")]


def test_satisfaction_mean() -> None:
    """A group or the whole that is not the mean of its items, whether its difference goes with it or not."""
    assert satisfied(changed(0, now="81.4")) == [("satisfaction_mean", "A", "81.4", "81")]
    assert satisfied(changed(0, now="81.4", difference="own")) == [("satisfaction_mean", "A", "81.4", "81")]
    assert satisfied(changed(6, now="75.4")) == [("satisfaction_mean", "", "75.4", "75.5")]


def test_satisfaction_rollup_unknown() -> None:
    """Where most means are not those of the items, the table has another formula: one question."""
    printed = iter((Fraction(50), Fraction(55), Fraction(40)))
    rows = [
        replace(each, values=(each.values[0] if each.level is RowLevel.ITEM else next(printed),), difference=None)
        for each in satisfaction_rows()
    ]
    found = satisfied(rows, years=(2024,), later=None, earlier=None)
    assert found == [("satisfaction_rollup_unknown", "", "3", "3")]


def test_satisfaction_difference() -> None:
    """A difference that is not the later figure less the earlier one, its sign included."""
    assert satisfied(changed(5, difference="9")) == [("satisfaction_difference", "4", "9", "10")]
    assert satisfied(changed(5, difference="-10")) == [("satisfaction_difference", "4", "-10", "10")]


def test_satisfaction_differences_unknown() -> None:
    """Where most differences are not those of the two years: one question."""
    rows = [replace(each, difference=Fraction(3)) for each in satisfaction_rows()]
    assert satisfied(rows) == [("satisfaction_differences_unknown", "", "7", "7")]


def test_satisfaction_number() -> None:
    """A number or letter that is skipped or wrong; means over lost rows are not held against the table."""
    assert satisfied(changed(4, label="9")) == [("satisfaction_number", "9", "9", "3")]
    rows = satisfaction_rows()
    lost = [*rows[:2], *[replace(each, parent=2) if each.parent else each for each in rows[3:]]]
    assert satisfied(lost) == [("satisfaction_number", "3", "3", "2")]


def test_satisfaction_item_repeated() -> None:
    """An item stands twice in its group, where nearly all items of the table have names of their own."""
    rows = [row("A", RowLevel.GROUP, "80", "80"), *(item(str(at), "80", "80", 0) for at in range(1, 11))]
    assert satisfied(rows) == []
    rows[5] = replace(rows[5], title=rows[4].title, cells={"title": "B6"})
    (found,) = check_satisfaction(satisfaction(rows))
    assert (found.kind, found.code, found.found) == ("satisfaction_item_repeated", "5", "4")
    assert found.place.cell == "B6"
    rows[6] = replace(rows[6], title=rows[4].title)
    assert satisfied(rows) == []


def test_an_item_that_stands_twice_in_a_small_table() -> None:
    """One name twice is a fault among few items too; items without a name, or in other groups, are none."""
    rows = satisfaction_rows()
    rows[2] = replace(rows[2], title=rows[1].title)
    assert satisfied(rows) == [("satisfaction_item_repeated", "2", "Dòng 1", "1")]
    rows[2] = replace(rows[2], title="")
    rows[1] = replace(rows[1], title="")
    assert satisfied(rows) == []
    rows = satisfaction_rows()
    rows[4] = replace(rows[4], title=rows[1].title)
    assert satisfied(rows) == []
    rows[5] = replace(rows[5], title=rows[4].title)
    assert satisfied(rows) == []


def test_satisfaction_stated_of_a_part() -> None:
    """Where the prose names the part, the count is that of the part."""
    rows = [
        row("I", RowLevel.PART, "80", "80"),
        row("A", RowLevel.GROUP, "80", "80", 0), item("1", "80", "80", 1),
        row("II", RowLevel.PART, "80", "80"),
        row("B", RowLevel.GROUP, "80", "80", 3), item("2", "80", "80", 4),
        row("C", RowLevel.GROUP, "80", "80", 3), item("3", "80", "80", 6),
    ]  # fmt: skip
    groups = Stated("groups", Fraction(2), Place())
    assert (
        satisfied(rows, stated=(groups, replace(groups, part=3), Stated("items", Fraction(1), Place(), part=0))) == []
    )
    assert satisfied(rows, stated=(replace(groups, part=0),)) == [("satisfaction_stated", "", "2", "1")]


def test_satisfaction_stated() -> None:
    """The prose states another figure than the table."""
    stated = (
        Stated("overall", Fraction("75.5"), Place(), 2024), Stated("difference", Fraction("5.5"), Place(), 2024),
        Stated("groups", Fraction(2), Place()), Stated("items", Fraction(4), Place()),
        Stated("rising", Fraction(3), Place()), Stated("falling", Fraction(0), Place()),
    )  # fmt: skip
    assert satisfied(satisfaction_rows(), stated=stated) == []
    for one in stated:
        wrong = replace(one, value=one.value + 1)
        (found,) = satisfied(satisfaction_rows(), stated=(wrong,))
        assert found[0] == "satisfaction_stated"
    assert satisfied(satisfaction_rows(), stated=(Stated("overall", Fraction(1), Place(), 1999),)) == []


def test_a_grade_out_of_order_asks_where_no_bands_are_known() -> None:
    """Bands that the paper does not state and its rows do not follow: only the order of grades is left, a warning."""
    one = [unit(str(at), "2", "2", "2", grade="Tốt") for at in range(1, 6)]
    one.append(unit("6", "1", "1", "0", grade="Xuất sắc"))
    (finding,) = check_table(evaluation(one))
    assert (finding.kind, finding.severity, finding.code) == ("evaluation_grade", Severity.WARNING, "6")


def test_rounded_figures_are_warnings() -> None:
    """Several means off by one in the last place: rounded from figures with more decimals than are printed."""
    rows = changed(0, now="81.01", difference="own")
    rows[3] = row("B", RowLevel.GROUP, "70.01", "65")
    found = check_satisfaction(satisfaction(rows))
    assert [(one.code, one.severity) for one in found] == [("A", Severity.WARNING), ("B", Severity.WARNING)]
    assert item("1", "80", "70", 0).difference == 10
