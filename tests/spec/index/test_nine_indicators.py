"""The nine indicators of decree 61/2018 with the published figures of Điện Biên 2022 (report 401/BC-UBND)."""

from __future__ import annotations

import csv
from dataclasses import replace
from fractions import Fraction
from importlib.resources import files
from pathlib import Path

import pytest
from tests.builders import figures, sheets, units

from parindex.documents.criteria_sets.criteria_set_file import canonical, load_criteria_set
from parindex.documents.criteria_sets.shipped import shipped_set_path
from parindex.documents.cycles.data_tables import CycleFiles, read_cycle
from parindex.domain.criteria.criteria_set import CriteriaSet, RoundingSteps
from parindex.domain.index.compute import compute
from parindex.domain.index.feeds import fed_figures
from parindex.domain.index.result import Result
from parindex.domain.values import Rounding, parse_number

EXAMPLES = Path(str(files("parindex"))) / "data" / "examples"
FOLDER = EXAMPLES / "nine-indicators-2018"


def shipped(name: str) -> CriteriaSet:
    path = shipped_set_path(name)
    assert path is not None
    return load_criteria_set(path)


def of_2022() -> Result:
    made = shipped("nine-indicators-2018-two-places")
    read = read_cycle(made, CycleFiles(entries=FOLDER / "entries.csv", units=FOLDER / "units.csv"))
    return compute(made, read.figures, read.sheets, final=True)


def printed() -> dict[str, dict[str, str]]:
    """The rows of the annex as printed, by unit."""
    with (EXAMPLES / "dien-bien-2022-procedures" / "evaluation.csv").open(encoding="utf-8") as lines:
        rows = {row["TÊN CƠ QUAN, ĐƠN VỊ"]: row for row in csv.DictReader(lines) if row["TỔNG ĐIỂM"]}
    return {unit.id: rows[unit.title] for unit in RESULT.units}


RESULT = of_2022()
VIEWS = {view.unit.id: view for view in map(RESULT.unit, range(len(RESULT.units)))}
PRINTED = printed()


def test_the_typed_points_are_those_of_the_annex() -> None:
    assert len(PRINTED) == 28
    for unit, row in PRINTED.items():
        points = [VIEWS[unit].items[str(k)].points for k in range(1, 10)]
        assert points == [parse_number(row[f"Tiêu chí {k}"]) for k in range(1, 10)]


def test_every_total_but_one_is_the_printed_one() -> None:
    """Sở Giao thông vận tải prints 15,98; its indicators add up to 15,97."""
    differing = {
        unit: (row["TỔNG ĐIỂM"], view.points)
        for unit, row in PRINTED.items()
        if (view := VIEWS[unit]).points != parse_number(row["TỔNG ĐIỂM"])
    }
    assert differing == {"so-giao-thong-van-tai": ("15,98", Fraction("15.97"))}


def test_every_grade_is_the_printed_one_and_15_is_xuat_sac() -> None:
    assert {unit: view.grade for unit, view in VIEWS.items()} == {
        unit: row["XẾP LOẠI"] for unit, row in PRINTED.items()
    }
    assert (VIEWS["ban-dan-toc"].points, VIEWS["ban-dan-toc"].grade) == (15, "Xuất sắc")


def test_17_of_18_departments_and_8_of_10_districts_are_xuat_sac() -> None:
    grades = [(view.unit.group, view.grade) for view in VIEWS.values()]
    assert {one: grades.count(one) for one in grades} == {
        ("departments", "Xuất sắc"): 17,
        ("departments", "Tốt"): 1,
        ("districts", "Xuất sắc"): 8,
        ("districts", "Tốt"): 2,
    }


def test_the_printed_order_is_that_of_the_ranks() -> None:
    """The table numbers its rows; equal totals share the lowest of their numbers."""
    for group in ("departments", "districts"):
        rows = [view for view in VIEWS.values() if view.unit.group == group]
        for view in rows:
            ties = [int(PRINTED[one.unit.id]["STT"]) for one in rows if one.points == view.points]
            assert view.rank == min(ties)


def test_the_total_of_the_five_indicators_of_officials_is_at_most_ten() -> None:
    totals = [view.totals["official_indicators"] for view in VIEWS.values()]
    assert max(totals) == 10
    assert VIEWS["so-khoa-hoc-va-cong-nghe"].totals["official_indicators"] == parse_number("9,8")


def test_the_grades_are_figures_for_the_index_of_the_province() -> None:
    """Item 3.4.5 of the provincial set of 2020 takes these measures: all 18 and 10 are Tốt or better."""
    fed = {one.measure: one.count for one in fed_figures(RESULT)}
    assert fed == {
        "departments_rated": 18, "departments_rated_good": 18, "districts_rated": 10, "districts_rated_good": 10,
    }  # fmt: skip
    assert set(fed) <= set(shipped("dien-bien-2020-province").measures)


def counts(made: CriteriaSet, *twos_ones_noughts: tuple[int, int, int]) -> Result:
    """A unit each with so many forms of each score on indicator 1, and full scores on the others."""
    known = units(*(f"u{k}" for k in range(len(twos_ones_noughts))))
    numbers: dict[str, list[int]] = {}
    for item in made.items():
        for position, score in enumerate((2, 1, 0)):
            numbers[f"i{item.code}_{score}"] = [
                row[position] if item.code == "1" else int(score == 2) for row in twos_ones_noughts
            ]
    return compute(made, figures(known, numbers, year=made.year or 0), sheets(made, known))


@pytest.mark.parametrize(
    ("set_id", "forms", "expected"),
    [
        ("nine-indicators-2018", (95, 2, 3), "1.9"),  # 1,92
        ("nine-indicators-2018-two-places", (95, 2, 3), "1.92"),
        ("nine-indicators-2018", (39, 0, 1), "2"),  # 1,95 rounds half up
        ("nine-indicators-2018-two-places", (39, 0, 1), "1.95"),
        ("nine-indicators-2018", (2, 0, 1), "1.3"),
        ("nine-indicators-2018-two-places", (2, 0, 1), "1.33"),
        ("nine-indicators-2018-officials", (0, 0, 7), "0"),
    ],
)
def test_an_indicator_is_the_mean_of_its_forms_rounded_as_declared(
    set_id: str, forms: tuple[int, int, int], expected: str
) -> None:
    """Circular 01/2018, article 15: one decimal place; the report of 2022 prints two."""
    view = counts(shipped(set_id), forms).unit(0)
    assert view.items["1"].points == Fraction(expected)
    others = 2 * (len(view.items) - 1)
    assert view.points == others + Fraction(expected)


def test_the_variants_differ_in_the_rounding_step_and_in_nothing_else() -> None:
    one, two = shipped("nine-indicators-2018"), shipped("nine-indicators-2018-two-places")
    assert (one.rounding.item, two.rounding.item) == (Rounding(1), Rounding(2))
    same = replace(two, id=one.id, title=one.title, rounding=RoundingSteps(Rounding(1)))
    assert canonical(same) == canonical(one)


@pytest.mark.parametrize(("set_id", "maximum"), [("nine-indicators-2018", 18), ("nine-indicators-2018-officials", 10)])
def test_the_maxima_of_offices_and_officials(set_id: str, maximum: int) -> None:
    made = shipped(set_id)
    assert sum(item.max_points or 0 for item in made.items()) == maximum
    view = counts(made, (4, 0, 0)).unit(0)
    assert (view.points, view.index) == (maximum, 100)


def test_without_any_dossier_an_indicator_waits_for_approval_not_to_be_assessed() -> None:
    result = counts(shipped("nine-indicators-2018"), (0, 0, 0))
    assert result.unit(0).items["1"].rule_points is None
    assert result.unit(0).points == 16
