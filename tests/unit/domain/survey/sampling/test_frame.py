"""A frame: order, fingerprint, and every fault at once."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pytest
from tests.unit.domain.survey.frames import HEADS, HOUSEHOLDS, household_frame, household_rows, one_stage, table_of

from parindex.domain.survey.sampling.frame import FaultyFrame, frame_of
from parindex.domain.survey.sampling.frame_rows import TextColumn, escaped
from parindex.domain.survey.sampling.sampling_design import Division, Method, SamplingDesign, SamplingStage, Take


def faults(
    rows: Sequence[Sequence[str]], design: SamplingDesign = HOUSEHOLDS, heads: Sequence[str] = HEADS
) -> list[tuple[str, int | None, str]]:
    """Kind, row and column of every fault."""
    with pytest.raises(FaultyFrame) as caught:
        frame_of(design, [table_of(rows, heads)])
    return [(fault.kind, fault.row, fault.column) for fault in caught.value.faults]


def test_units_stand_in_the_order_of_their_ids_below_their_parents() -> None:
    frame = household_frame(household_rows("BA", 2, 1, 2))
    assert frame.strata == [("A",), ("B",)]
    assert [list(level.ids) for level in frame.levels] == [
        ["A0", "A1", "B0", "B1"],
        ["A00", "A10", "B00", "B10"],
        ["0", "1"] * 4,
    ]
    assert [level.first.tolist() for level in frame.levels] == [[0, 2, 4], [0, 1, 2, 3, 4], [0, 2, 4, 6, 8]]
    assert frame.levels[0].numbers == {"size": (Fraction(10), Fraction(20)) * 2}
    assert frame.levels[2].numbers == {"adults": (Fraction(1), Fraction(2)) * 4}
    assert [(one.stages, one.rows) for one in frame.tables] == [(("district", "commune", "household"), 8)]


def test_the_order_of_rows_means_nothing() -> None:
    rows = household_rows()
    assert household_frame(rows[::-1]).tables == household_frame(rows).tables


def test_the_fingerprint_is_that_of_the_lines_of_the_frame() -> None:
    design = one_stage(Take(number=1))
    frame = frame_of(design, [table_of([["u|1", "b"], ["u|1", "a\\"]], ("unit", "person"))])
    lines = "unit|person\nu\\|1|a\\\\\nu\\|1|b\n"
    assert frame.tables[0].fingerprint == hashlib.sha256(lines.encode()).hexdigest()


def test_a_number_has_one_spelling_in_the_fingerprint() -> None:
    rows = household_rows()
    spelt = [[*row[:4], row[4] + ",0", row[5]] for row in rows]
    other = [[*row[:4], "1" + row[4], row[5]] for row in rows]
    assert household_frame(spelt).tables == household_frame(rows).tables
    assert household_frame(other).tables != household_frame(rows).tables


def test_lists_of_later_stages_may_come_in_a_table_of_their_own() -> None:
    upper = [[*row[:3], row[4]] for row in household_rows(households=1)]
    lower = [[*row[:4], row[5]] for row in household_rows() if row[2] != "A00"]
    tables = [
        table_of(lower, ("province", "district", "commune", "household", "adults")),
        table_of(upper, ("province", "district", "commune", "size")),
    ]
    frame = frame_of(HOUSEHOLDS, tables)
    assert [(one.stages, one.rows) for one in frame.tables] == [
        (("district", "commune"), 24),
        (("household",), 115),
    ]
    assert frame.levels[2].first.tolist() == [0, 0, *range(5, 116, 5)]
    assert {level.fingerprint for level in frame.levels[:2]} == {frame.tables[0].fingerprint}
    assert frame.levels[2].fingerprint == frame.tables[1].fingerprint


def test_a_list_below_a_parent_that_nobody_lists_is_a_fault() -> None:
    upper = [[*row[:3], row[4]] for row in household_rows("A", 2, 1, 1)]
    lower = [["A", "A9", "A90", "1", "2"], ["A", "A1", "A10", "1", "2"]]
    heads = ("province", "district", "commune", "household", "adults")
    with pytest.raises(FaultyFrame) as caught:
        frame_of(HOUSEHOLDS, [table_of(upper, ("province", "district", "commune", "size")), table_of(lower, heads)])
    (fault,) = caught.value.faults
    assert (fault.kind, fault.table, fault.row, fault.facts) == (
        "frame_parent_unknown", 1, 0, {"unit": "A|A9|A90"},
    )  # fmt: skip


def test_two_tables_of_one_stage_and_a_table_without_any_are_faults() -> None:
    table = table_of(household_rows())
    with pytest.raises(FaultyFrame) as caught:
        frame_of(HOUSEHOLDS, [table, table])
    assert [(fault.kind, fault.table, fault.column) for fault in caught.value.faults] == [
        ("frame_lists_twice", 1, "household")
    ]
    assert faults([["x"]], heads=["other"]) == [("frame_column_missing", None, "district")]


def test_every_missing_column_is_named() -> None:
    rows = [[row[0], row[3]] for row in household_rows()]
    assert faults(rows, heads=("province", "household")) == [
        ("frame_column_missing", None, name) for name in ("district", "commune", "size", "adults")
    ]


def test_every_fault_is_told_with_its_row_and_column() -> None:
    rows = household_rows("A", 1, 1, 2)
    rows += [
        ["A", "A0", "A00", "0", "10", "1"],  # 2: a second time
        ["", "A0", "A00", "5", "10", "1"],  # 3: no province
        ["B", "A0", "A00", "7", "10", "1"],  # 4: district and commune of another province
        ["A", "A0", "A00", "8", "11", "1"],  # 5: another size of the district
        ["A", "A1", "A10", "0", "-1", ""],  # 6: a size below zero, no adults
        ["A", "A2", "A20", "0", "x", "1,5"],  # 7: no number, half an adult
        ["A", "A3", "A30", "0", "0", "x"],  # 8: nothing
    ]
    assert sorted(faults(rows), key=lambda one: (one[1] or 0, one[2])) == [
        ("frame_unit_twice", 2, "household"),
        ("cell_missing", 3, "province"),
        ("frame_unit_in_two", 4, "commune"),
        ("frame_unit_in_two", 4, "district"),
        ("frame_value_differs", 5, "size"),
        ("cell_missing", 6, "adults"),
        ("frame_size_not_positive", 6, "size"),
        ("frame_count_not_whole", 7, "adults"),
        ("not_a_number", 7, "size"),
        ("not_a_number", 8, "adults"),
        ("frame_size_not_positive", 8, "size"),
    ]


def test_the_facts_of_a_fault_say_where_else() -> None:
    rows = [["A", "A0", "A00", "0", "10", "1"], ["B", "A0", "B00", "0", "10", "1"], ["A", "A0", "A00", "1", "11", "1"]]
    with pytest.raises(FaultyFrame) as caught:
        household_frame(rows)
    assert [(one.kind, one.facts) for one in caught.value.faults] == [
        ("frame_unit_in_two", {"unit": "A0", "one": "A", "other": "B"}),
        ("frame_value_differs", {"unit": "A|A0", "found": "11", "value": "10", "first": 1, "count": 1}),
    ]


def test_an_empty_frame_is_a_fault() -> None:
    assert faults([]) == [("frame_empty", None, "household")]


def test_what_a_stage_asks_of_its_parents_is_one_thing_for_each() -> None:
    design = one_stage(Take(by="kind", quotas={"x": 1}))
    rows = [["u", "1", "x"], ["u", "2", "y"], ["v", "3", "y"]]
    assert faults(rows, design, ("unit", "person", "kind")) == [("frame_value_differs", 1, "kind")]
    frame = frame_of(design, [table_of([rows[0], rows[2]], ("unit", "person", "kind"))])
    assert frame.levels[0].labels == {"kind": ("x", "y")}


def test_a_standard_deviation_may_be_zero() -> None:
    design = one_stage(Take(total=2, division=Division.NEYMAN, deviation="sd"))
    frame = frame_of(design, [table_of([["u", "1", "0"], ["v", "2", "0,5"]], ("unit", "person", "sd"))])
    assert frame.levels[0].numbers == {"sd": (Fraction(0), Fraction(1, 2))}
    assert faults([["u", "1", "-1"]], design, ("unit", "person", "sd")) == [("frame_size_not_positive", 0, "sd")]


def test_ids_inside_their_parent_may_repeat() -> None:
    stages = (SamplingStage("village", take=Take(number=1), unique=False),)
    design = replace(HOUSEHOLDS, stages=stages)
    rows = [["A", "1"], ["B", "1"]]
    assert list(frame_of(design, [table_of(rows, ("province", "village"))]).levels[0].ids) == ["1", "1"]


def test_a_frame_without_strata_has_one_stratum() -> None:
    stage = SamplingStage("person", method=Method.SYSTEMATIC, order=("day",), take=Take(number=1))
    frame = frame_of(SamplingDesign("d", "D", (stage,)), [table_of([["b", "1"], ["a", "2"]], ("person", "day"))])
    assert (frame.strata, list(frame.levels[0].ids), frame.levels[0].labels) == ([()], ["a", "b"], {"day": ("2", "1")})


def test_cells_keep_their_bars_and_empty_cells_stay_empty() -> None:
    column = TextColumn.of(["b", "", "a", "b"])
    assert [column.text(row) for row in range(4)] == ["b", "", "a", "b"]
    assert column.sorted_codes().tolist() == [1, -1, 0, 1]
    assert escaped("a|b", "c\\") == "a\\|b|c\\\\"


def test_rows_of_a_unit_that_differ_are_one_fault_with_their_number() -> None:
    rows = [["A", "A0", "A00", str(number), size, "1"] for number, size in enumerate(("10", "11", "12", "10"))]
    with pytest.raises(FaultyFrame) as caught:
        household_frame(rows)
    (fault,) = caught.value.faults
    assert (fault.row, fault.facts["found"], fault.facts["first"], fault.facts["count"]) == (1, "11", 1, 2)
