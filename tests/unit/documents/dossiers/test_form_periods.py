"""Forms of a year are counted quarter by quarter as well; levels and sources add up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest

from parindex.documents.criteria_sets.criteria_set_file import load_criteria_set
from parindex.documents.criteria_sets.shipped import shipped_set_path
from parindex.documents.cycles.data_tables import Cycle, CycleFiles, read_cycle
from parindex.documents.dossiers.counted_figures import FormFiles
from parindex.domain.criteria.criteria_set import CriteriaSet
from parindex.domain.criteria.form_declarations import PeriodLength
from parindex.domain.errors import InvalidInput
from parindex.domain.procedures.periods import parse_period
from parindex.domain.scoring.figures import Figures

HEAD = "unit,dossier,date,i1,i8\n"


def shipped(name: str) -> CriteriaSet:
    path = shipped_set_path(name)
    assert path is not None
    return load_criteria_set(path)


OFFICES, OFFICIALS = shipped("nine-indicators-2018"), shipped("nine-indicators-2018-officials")


def with_length(length: PeriodLength | None) -> CriteriaSet:
    assert OFFICES.forms is not None
    return replace(OFFICES, forms=replace(OFFICES.forms, periods=length))


def read(folder: Path, rows: str, made: CriteriaSet = OFFICES, period: str | None = None, **tables: str) -> Cycle:
    """The cycle of these forms; ``tables`` are the contents of the other tables, ``checked`` of the checked scores."""
    paths: dict[str, Path] = {}
    for name, content in {"forms": HEAD + rows, **tables}.items():
        paths[name] = folder / f"{name}.csv"
        paths[name].write_text(content, encoding="utf-8")
    checked = () if "checked" not in paths else (paths.pop("checked"),)
    asked = None if period is None else parse_period(period)
    forms = FormFiles((paths.pop("forms"),), checked, asked)
    return read_cycle(made, CycleFiles(**paths), forms=forms)


def counts(figures: Figures, *measures: str) -> list[list[int | None]]:
    """The figures of every unit; None where nothing was entered."""
    columns = [figures.column(measure, figures.year) for measure in measures]
    return [[int(one.numbers.row(row)) if one.present[row] else None for one in columns]
            for row in range(len(figures.units))]  # fmt: skip


def by_period(cycle: Cycle, *measures: str) -> Mapping[str, Sequence[Sequence[int | None]]]:
    return {period.code: counts(figures, *measures) for period, figures in cycle.periods}


YEAR = (
    "so,H1,05/01/2026,2,\nso,H2,31/03/2026,1,\nso,H3,01/04/2026,0,\nso,H4,2026-12-31,2,\n"
    "so,,2026-Q1,,2\nso,,2026-Q4,,0\n"
)


def test_each_quarter_is_counted_beside_the_year(tmp_path: Path) -> None:
    """A quarter without any form has no result; 31 March and 1 April lie in two of them."""
    cycle = read(tmp_path, YEAR)
    assert by_period(cycle, "i1_2", "i1_1", "i1_0", "i8_2", "i8_0") == {
        "2026-Q1": [[1, 1, 0, 1, 0]],
        "2026-Q2": [[0, 0, 1, None, None]],
        "2026-Q4": [[1, 0, 0, 0, 1]],
    }
    assert counts(cycle.figures, "i1_2", "i1_1", "i1_0", "i8_2", "i8_0") == [[2, 1, 1, 1, 1]]
    assert {figures.year for _, figures in cycle.periods} == {2026}
    assert [note.kind for note in cycle.notes] == ["period_of_forms"]


def test_the_set_and_the_period_asked_for_say_which(tmp_path: Path) -> None:
    assert read(tmp_path, YEAR, period="2026-Q1").periods == ()
    assert read(tmp_path, YEAR, with_length(None)).periods == ()
    assert read(tmp_path, YEAR, with_length(PeriodLength.YEAR)).periods == ()
    assert [*by_period(read(tmp_path, YEAR, with_length(PeriodLength.MONTH), "2026-Q1"))] == ["2026-01", "2026-03"]
    halves = [*by_period(read(tmp_path, YEAR, with_length(PeriodLength.HALF_YEAR)))]
    assert halves == ["2026-01..2026-06", "2026-07..2026-12"]
    years = read(tmp_path, YEAR + "so,H9,2025-06-30,2,\n", with_length(PeriodLength.YEAR), "2025..2026")
    assert by_period(years, "i1_2") == {"2025": [[1]], "2026": [[2]]}


def test_a_form_of_no_quarter_counts_in_the_year_alone(tmp_path: Path) -> None:
    """One without a date, and one of the whole year; both are said."""
    cycle = read(tmp_path, "so,H1,05/01/2026,2,\nso,H2,,1,\nso,,2026,,2\n")
    assert by_period(cycle, "i1_2", "i1_1", "i8_2") == {"2026-Q1": [[1, 0, None]]}
    assert counts(cycle.figures, "i1_2", "i1_1", "i8_2") == [[1, 1, 1]]
    assert [(note.kind, dict(note.facts)) for note in cycle.notes] == [
        ("period_of_forms", {"year": "2026"}),
        ("forms_of_no_single_period", {"count": 2, "period": "01/01/2026 – 31/12/2026"}),
    ]


def test_a_check_counts_in_the_quarter_of_its_form(tmp_path: Path) -> None:
    cycle = read(tmp_path, YEAR, checked="unit,dossier,date,i1\nso,H2,15/02/2027,0\n")
    assert by_period(cycle, "i1_1", "i1_0")["2026-Q1"] == [[0, 1]]
    assert counts(cycle.figures, "i1_1", "i1_0") == [[0, 2]]


def test_what_was_typed_belongs_to_no_quarter(tmp_path: Path) -> None:
    cycle = read(tmp_path, YEAR, figures="unit,measure,value\nso,i5_2,1\n")
    assert cycle.periods == ()
    assert [note.kind for note in cycle.notes] == ["period_of_forms", "periods_of_forms_alone"]
    units = "unit,title,unit_group\nso,Sở,departments\n"
    assert [*by_period(read(tmp_path, YEAR, units=units))] == ["2026-Q1", "2026-Q2", "2026-Q4"]


def test_officials_are_counted_by_quarter_and_know_their_office(tmp_path: Path) -> None:
    rows = "unit,official,dossier,date,i1\nso,cv1,H1,05/01/2026,2\nso,cv1,H2,05/05/2026,0\nso,cv2,H3,06/05/2026,1\n"
    (tmp_path / "o.csv").write_text(rows, "utf-8")
    (tmp_path / "u.csv").write_text("unit,title,unit_group\nso,Sở Nội vụ,departments\n", "utf-8")
    made = replace(OFFICIALS, unit_groups=OFFICES.unit_groups)
    cycle = read_cycle(made, CycleFiles(units=tmp_path / "u.csv"), forms=FormFiles((tmp_path / "o.csv",)))
    assert [(one.id, one.group, one.group_title, one.full_title) for one in cycle.figures.units] == [
        ("so/cv1", "so", "Sở Nội vụ", "cv1 (Sở Nội vụ)"), ("so/cv2", "so", "Sở Nội vụ", "cv2 (Sở Nội vụ)"),
    ]  # fmt: skip
    assert by_period(cycle, "i1_2", "i1_1", "i1_0") == {
        "2026-Q1": [[1, 0, 0], [None, None, None]],
        "2026-Q2": [[0, 0, 1], [0, 1, 0]],
    }


def test_quarters_add_up_to_the_year_on_every_level(tmp_path: Path) -> None:
    """Counts are summed over quarters, communes, districts and the province; against a plain loop over 600 forms."""
    draw = Random(3)
    units = {"tinh": "", "huyen1": "tinh", "huyen2": "tinh", "xa1": "huyen1", "xa2": "huyen1", "xa3": "huyen2"}
    table = "unit,unit_group,parent\n" + "".join(
        f"{unit},{'communes' if unit.startswith('xa') else 'districts'},{parent}\n" for unit, parent in units.items()
    )
    forms = [(draw.choice([*units]), draw.randint(1, 12), draw.choice("210")) for _ in range(600)]
    rows = "".join(f"{unit},H{at},{3:02}/{month:02}/2026,{score},\n" for at, (unit, month, score) in enumerate(forms))
    cycle = read(tmp_path, rows, units=table)
    below = {unit: {one for one in units if unit in (one, units[one], units.get(units[one], ""))} for unit in units}

    def counted(months: range) -> list[list[int]]:
        return [
            [sum(one in below[unit] and month in months and score == wanted for one, month, score in forms)
             for wanted in "210"]
            for unit in units
        ]  # fmt: skip

    assert by_period(cycle, "i1_2", "i1_1", "i1_0") == {
        f"2026-Q{quarter}": counted(range(3 * quarter - 2, 3 * quarter + 1)) for quarter in (1, 2, 3, 4)
    }
    assert counts(cycle.figures, "i1_2", "i1_1", "i1_0") == counted(range(1, 13))


TREE = "unit,unit_group,parent\nhuyen,districts,\nxa1,communes,huyen\nxa2,communes,huyen\nxa3,communes,huyen\n"


def test_a_parent_sums_what_was_typed_and_what_was_counted(tmp_path: Path) -> None:
    """One commune hands in numbers, one forms, one nothing; the district has forms of its own."""
    figures = "unit,measure,value\nxa1,i1_2,10\nxa1,i1_1,0\nxa1,i1_0,4\n"
    rows = "xa2,H1,,2,\nxa2,H2,,1,\nhuyen,H3,,2,\n"
    cycle = read(tmp_path, rows, units=TREE, figures=figures)
    assert counts(cycle.figures, "i1_2", "i1_1", "i1_0") == [[12, 1, 4], [10, 0, 4], [1, 1, 0], [None, None, None]]


def test_a_figure_of_a_child_has_one_source_and_that_of_its_parent_stays_a_sum(tmp_path: Path) -> None:
    figures = "unit,measure,value\nxa1,i1_2,10\nxa2,i1_2,1\nxa3,i1_2,5\n"
    with pytest.raises(InvalidInput) as refused:
        read(tmp_path, "xa2,H1,,2,\nhuyen,H3,,2,\n", units=TREE, figures=figures)
    assert [(one.kind, one.facts) for one in refused.value.problems] == [
        ("figure_from_forms", {"measure": "i1_2", "unit": "xa2"})
    ]


def test_figures_of_parts_of_a_dossier_stay_exact_beside_forms(tmp_path: Path) -> None:
    """Nothing says that a typed number is whole where the set does not."""
    measures = {name: replace(one, integer=False) for name, one in OFFICES.measures.items()}
    made = replace(OFFICES, measures=measures)
    cycle = read(tmp_path, "xa2,H1,,2,\n", made, units=TREE, figures='unit,measure,value\nxa1,i1_2,"0,1"\n')
    assert cycle.figures.column("i1_2", cycle.figures.year).numbers.row(0) == Fraction(11, 10)


def kinds(refused: pytest.ExceptionInfo[InvalidInput]) -> list[tuple[str, int | None, int]]:
    return [(one.kind, one.place.row, one.facts["first"]) for one in refused.value.problems]


def test_a_quarter_that_is_scored_again_in_its_year_is_refused(tmp_path: Path) -> None:
    """It would count twice in the year. Another unit, another indicator or another time does not matter."""
    rows = "so,,2026-Q1,,2\nso,,2026,,1\nso,,2026-Q3,,1\nban,,2026,,2\n"
    with pytest.raises(InvalidInput) as refused:
        read(tmp_path, rows)
    assert kinds(refused) == [("period_overlaps", 1, 2), ("period_overlaps", 3, 2)]
    assert refused.value.problems[0].facts == {"date": "2026-Q1", "unit": "so", "first": 2, "of_file": "forms.csv"}
    assert counts(read(tmp_path, rows, period="2026-Q1").figures, "i8_2", "i8_1") == [[1, 0], [None, None]]
    with pytest.raises(InvalidInput) as refused:
        read(tmp_path, "so,,2026-01..2026-04,,2\nban,,2026-04,,1\nso,,2026-04..2026-05,,1\nso,,2026-06,,1\n")
    assert kinds(refused) == [("period_overlaps", 3, 1)]
    content = "unit,date,i5,i8\nso,2026,2,\nso,2026-Q1,,2\nso,2026-Q2,,2\n"
    (tmp_path / "apart.csv").write_text(content, "utf-8")
    cycle = read_cycle(OFFICES, CycleFiles(), forms=FormFiles((tmp_path / "apart.csv",)))
    assert counts(cycle.figures, "i5_2", "i8_2") == [[1, 2]]


def test_rows_of_nobody_and_of_no_day_overlap_nothing(tmp_path: Path) -> None:
    rows = "so,,2026,,2\nai,,2026-Q1,,2\nai,,2026,,2\nso,,mai,,2\n"
    units = "unit,unit_group\nso,departments\n"
    with pytest.raises(InvalidInput) as refused:
        read(tmp_path, rows, units=units)
    assert [(one.kind, one.place.row) for one in refused.value.problems] == [
        ("unknown_unit", 2), ("unknown_unit", 3), ("not_a_date", 4),
    ]  # fmt: skip


def test_an_empty_table_of_forms_is_no_fault_beside_others(tmp_path: Path) -> None:
    for name, rows in (("a", ""), ("b", "so,H1,05/01/2026,2,\n"), ("c", "")):
        (tmp_path / f"{name}.csv").write_text(HEAD + rows, "utf-8")
    cycle = read_cycle(OFFICES, CycleFiles(), forms=FormFiles((tmp_path / "a.csv", tmp_path / "b.csv")))
    assert counts(cycle.figures, "i1_2") == [[1]]
    (tmp_path / "units.csv").write_text(TREE, "utf-8")
    empty = FormFiles((tmp_path / "a.csv", tmp_path / "c.csv"), (tmp_path / "b.csv",))
    with pytest.raises(InvalidInput) as refused:
        read_cycle(OFFICES, CycleFiles(units=tmp_path / "units.csv"), forms=empty)
    assert [(one.kind, one.place.file) for one in refused.value.problems] == [
        ("table_without_rows", "a.csv"), ("table_without_rows", "c.csv"),
    ]  # fmt: skip
