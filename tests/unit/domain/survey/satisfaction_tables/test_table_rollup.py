"""The roll-up over items of a printed table, on the shipped figures of 2023 and 2024 and on small tables."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from importlib.resources import files
from pathlib import Path

from tests.measured_tables import row, satisfaction, satisfaction_rows

from parindex.documents.read_paper import read_paper
from parindex.domain.survey.satisfaction_tables.printed_table import RowLevel, SatisfactionRow, SatisfactionTable
from parindex.domain.survey.satisfaction_tables.table_rollup import Averaged, Way, compared, roll_up, way_of
from parindex.domain.values import RoundingMode

SHIPPED = Path(str(files("parindex"))) / "data" / "examples" / "dien-bien-2024-satisfaction" / "satisfaction.csv"


def test_all_rows_of_2023_and_2024_and_their_differences_as_printed() -> None:
    (read,) = read_paper(SHIPPED).measured
    table = read.table
    assert isinstance(table, SatisfactionTable)
    assert table.years == (2024, 2023)
    rolled = roll_up(table)
    assert rolled.way == Way(Averaged.ITEMS, Averaged.ITEMS, RoundingMode.HALF_UP)
    assert len(table.rows) == 51
    assert [row.values for row in table.rows] == list(rolled.values)
    assert [row.difference for row in table.rows] == list(rolled.differences)
    assert {level: len(table.of(level)) for level in RowLevel} == {
        RowLevel.ITEM: 39, RowLevel.GROUP: 9, RowLevel.PART: 2, RowLevel.OVERALL: 1,
    }  # fmt: skip


def test_another_way_would_not_give_the_printed_figures() -> None:
    """The mean of the parts is 82,98, that of the groups 82,88; the table prints 82,96."""
    table = read_paper(SHIPPED).measured[0].table
    assert isinstance(table, SatisfactionTable)
    (whole,) = table.of(RowLevel.OVERALL)
    of = {over: roll_up(table, Way(overall=over)).values[whole][0] for over in Averaged}
    assert of == {
        Averaged.ITEMS: Fraction("82.96"), Averaged.GROUPS: Fraction("82.88"), Averaged.CHILDREN: Fraction("82.98"),
    }  # fmt: skip


def test_a_table_that_averages_its_groups_is_taken_as_such() -> None:
    rows = satisfaction_rows()
    rows.insert(6, row("C", RowLevel.GROUP, "90", "90"))
    rows.insert(7, row("5", RowLevel.ITEM, "90", "90", 6))
    rows[-1] = row("", RowLevel.OVERALL, "80.33", "76.67")
    table = satisfaction(rows)
    assert way_of(table).overall is Averaged.GROUPS
    assert roll_up(table).values[-1] == (Fraction("80.33"), Fraction("76.67"))


def test_a_part_may_be_the_mean_of_its_groups() -> None:
    rows = [
        row("I", RowLevel.PART, "70", "70"),
        row("A", RowLevel.GROUP, "80", "80", 0), row("1", RowLevel.ITEM, "80", "80", 1),
        row("B", RowLevel.GROUP, "60", "60", 0), row("2", RowLevel.ITEM, "50", "50", 3),
        row("3", RowLevel.ITEM, "70", "70", 3),
    ]  # fmt: skip
    assert way_of(satisfaction(rows)).parts is Averaged.CHILDREN
    assert roll_up(satisfaction(rows)).values[0] == (70, 70)
    assert roll_up(satisfaction(rows), Way()).values[0] == (Fraction("66.67"), Fraction("66.67"))


def test_cut_figures_are_recognised() -> None:
    rows = [
        row("A", RowLevel.GROUP, "66.66", "66.66"),
        *[row(str(at), RowLevel.ITEM, value, value, 0) for at, value in enumerate(("60", "70", "70"), start=1)],
    ]
    assert way_of(satisfaction(rows)).mode is RoundingMode.TRUNCATED


def test_what_is_missing_makes_no_mean_and_no_difference() -> None:
    rows = satisfaction_rows()
    rows[1] = replace(rows[1], values=(None, rows[1].values[1]))
    rolled = roll_up(satisfaction(rows))
    assert rolled.values[0] == (None, 75)
    assert rolled.differences[0] is None
    assert roll_up(satisfaction(rows, later=None, earlier=None)).differences == (None,) * 7


def test_a_group_without_items_has_no_mean() -> None:
    rolled = roll_up(satisfaction([row("A", RowLevel.GROUP, "50", "50"), *satisfaction_rows()[:1]]))
    assert rolled.values == ((None, None), (None, None))


def parts_of_groups(*parts: str) -> list[SatisfactionRow]:
    """Two parts of three groups each, of one to three items; ``parts`` are the figures of the parts and the whole."""
    items = (("81",), ("80", "81", "81"), ("90", "91", "91"), ("60", "61", "61"), ("70",), ("75", "76", "76"))
    groups = ("81", "80.67", "90.67", "60.67", "70", "75.67")
    rows: list[SatisfactionRow] = []
    for at, (values, figure) in enumerate(zip(items, groups, strict=True)):
        if at % 3 == 0:
            part = len(rows)
            rows.append(row("I" * (1 + at // 3), RowLevel.PART, parts[at // 3], parts[at // 3]))
        group = len(rows)
        rows.append(row("ABCDEG"[at], RowLevel.GROUP, figure, figure, part))
        rows += [row(f"{at}.{one}", RowLevel.ITEM, value, value, group) for one, value in enumerate(values, start=1)]
    return [*rows, row("", RowLevel.OVERALL, parts[2], parts[2])]


def test_groups_may_be_averaged_before_they_are_rounded() -> None:
    exact = satisfaction(parts_of_groups("84.11", "68.78", "76.44"))
    assert (way_of(exact).parts, way_of(exact).exact) == (Averaged.CHILDREN, True)
    assert [row.values for row in exact.rows] == list(roll_up(exact).values)


def test_a_wrong_group_makes_nothing_above_it_wrong() -> None:
    """Parts and whole of the groups as they should be, while one group is printed wrongly."""
    rows = parts_of_groups("84.11", "68.78", "76.45")
    assert not way_of(satisfaction(rows)).exact
    rows[1] = row("A", RowLevel.GROUP, "85", "81", 0)
    table = satisfaction(rows)
    wrong = [(at, stated, found) for at, _, stated, found in compared(table, way_of(table)) if stated != found]
    assert wrong == [(1, 85, 81)]
