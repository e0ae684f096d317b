"""Tables of forms: read together, counted by unit or official, self and checked scores both kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from parindex.documents.criteria_sets.criteria_set_file import load_criteria_set
from parindex.documents.criteria_sets.shipped import shipped_set_path
from parindex.documents.cycles.data_tables import Cycle, CycleFiles, read_cycle, read_form_cycle
from parindex.documents.dossiers.checked_scores import Difference, compared_columns, differences
from parindex.documents.dossiers.counted_figures import FormFiles
from parindex.domain.criteria.criteria_set import CriteriaSet, Measure
from parindex.domain.errors import InvalidInput
from parindex.domain.procedures.periods import parse_period
from parindex.domain.units import Unit

HEAD = "unit,official,dossier,date,i1,i3,i8\n"
FORMS = HEAD + (
    "so,cv1,H1,05/01/2026,2,2,\n"
    "so,cv2,H2,2026-02-06,1,2,\n"
    "so,cv1,H3,06/05/2026,0,,\n"
    "so,,,2026-Q1,,,2\n"
    "so,,,Quý II/2026,,,0\n"
    "ban,cv1,H1,2026-01-05,2,1,\n"
)


def shipped(name: str) -> CriteriaSet:
    path = shipped_set_path(name)
    assert path is not None
    return load_criteria_set(path)


OFFICES, OFFICIALS = shipped("nine-indicators-2018"), shipped("nine-indicators-2018-officials")


def written(folder: Path, name: str, content: str) -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def forms(folder: Path, content: str = FORMS, checked: str | None = None, period: str | None = None) -> FormFiles:
    checks = () if checked is None else (written(folder, "checked.csv", checked),)
    return FormFiles((written(folder, "forms.csv", content),), checks, None if period is None else parse_period(period))


def counts(cycle: Cycle, *measures: str) -> dict[str, list[int | None]]:
    """The figures of every unit; None where nothing was entered."""
    found: dict[str, list[int | None]] = {}
    for row, unit in enumerate(cycle.figures.units):
        columns = [cycle.figures.column(measure, cycle.figures.year) for measure in measures]
        found[unit.id] = [int(one.numbers.row(row)) if one.present[row] else None for one in columns]
    return found


def kinds(refused: pytest.ExceptionInfo[InvalidInput]) -> list[str]:
    return [problem.kind for problem in refused.value.problems]


def test_forms_are_counted_by_unit_and_score(tmp_path: Path) -> None:
    cycle = read_cycle(OFFICES, CycleFiles(), forms=forms(tmp_path))
    assert counts(cycle, "i1_2", "i1_1", "i1_0", "i3_2", "i8_2", "i8_0") == {
        "so": [1, 1, 1, 2, 1, 1],
        "ban": [1, 0, 0, 0, None, None],
    }
    assert [(note.kind, note.facts["year"]) for note in cycle.notes] == [("period_of_forms", "2026")]
    assert (cycle.figures.year, cycle.period) == (2026, parse_period("2026"))


def test_forms_without_a_date_are_of_the_year_of_the_set(tmp_path: Path) -> None:
    cycle = read_cycle(OFFICES, CycleFiles(), forms=forms(tmp_path, "unit,dossier,i1\nso,H1,2\n"))
    assert (cycle.figures.year, cycle.period, cycle.notes) == (2018, None, ())


def test_the_year_that_is_asked_for_stands(tmp_path: Path) -> None:
    files = replace(forms(tmp_path), year=2025)
    cycle = read_cycle(replace(OFFICES, year=2025), CycleFiles(), forms=files)
    assert (cycle.figures.year, cycle.period) == (2025, parse_period("2026"))


def test_forms_of_several_years_need_a_period(tmp_path: Path) -> None:
    """No evaluation is of all of them. The year of a check does not matter: it belongs to the form that it checks."""
    content = FORMS + "so,cv1,H9,2024-12-31,2,2,\n"
    files = forms(tmp_path, content)
    for refusing in (lambda: read_cycle(OFFICES, CycleFiles(), forms=files), lambda: read_form_cycle(OFFICES, files)):
        with pytest.raises(InvalidInput) as refused:
            refusing()
        assert [(one.kind, one.facts["years"]) for one in refused.value.problems] == [
            ("forms_of_several_years", ["2024", "2026"])
        ]
    checked = "unit,dossier,date,i1\nso,H2,2027-01-05,2\n"
    assert read_cycle(OFFICES, CycleFiles(), forms=forms(tmp_path, checked=checked)).period == parse_period("2026")


def test_one_quarter_is_counted_and_the_rest_of_the_year_is_noted(tmp_path: Path) -> None:
    said: list[str] = []
    cycle = read_cycle(OFFICES, CycleFiles(), lambda path: said.append(path.name), forms(tmp_path, period="2026-Q1"))
    assert counts(cycle, "i1_2", "i1_1", "i1_0", "i8_2", "i8_0")["so"] == [1, 1, 0, 1, 0]
    assert [(note.kind, note.facts["count"]) for note in cycle.notes] == [("forms_of_other_periods", 2)]
    assert said == ["forms.csv"]


def test_officials_are_units_of_their_office(tmp_path: Path) -> None:
    """Forms of the office as a whole, which name nobody, are not theirs."""
    cycle = read_cycle(OFFICIALS, CycleFiles(), forms=forms(tmp_path))
    assert cycle.figures.units == (
        Unit("so/cv1", "cv1", "so", group_title="so"), Unit("so/cv2", "cv2", "so", group_title="so"),
        Unit("ban/cv1", "cv1", "ban", group_title="ban"),
    )  # fmt: skip
    assert counts(cycle, "i1_2", "i1_1", "i1_0") == {
        "so/cv1": [1, 0, 1], "so/cv2": [0, 1, 0], "ban/cv1": [1, 0, 0],
    }  # fmt: skip
    assert [note.kind for note in cycle.notes] == ["column_unused", "period_of_forms"]
    assert cycle.notes[0].facts["heads"] == ["i8"]


def test_communes_are_summed_into_their_parents(tmp_path: Path) -> None:
    units = "unit,unit_group,parent\nhuyen,districts,\nxa1,communes,huyen\nxa2,communes,huyen\n"
    content = "unit,dossier,i1\nxa1,H1,2\nxa1,H2,0\nxa2,H1,1\nhuyen,H9,2\n"
    cycle = read_cycle(OFFICES, CycleFiles(units=written(tmp_path, "units.csv", units)), forms=forms(tmp_path, content))
    assert counts(cycle, "i1_2", "i1_1", "i1_0") == {"huyen": [2, 1, 1], "xa1": [1, 0, 1], "xa2": [0, 1, 0]}
    apart = {name: replace(measure, sum_of_children=False) for name, measure in OFFICES.measures.items()}
    cycle = read_cycle(
        replace(OFFICES, measures=apart), CycleFiles(units=tmp_path / "units.csv"), forms=forms(tmp_path, content)
    )
    assert counts(cycle, "i1_2", "i1_1", "i1_0")["huyen"] == [1, 0, 0]


def test_checked_scores_stand_beside_self_scores_and_count(tmp_path: Path) -> None:
    checked = "unit,dossier,date,i1,i3,i8\nso,H2,,2,2,\nso,H3,,,,\nso,,2026-Q2,,,1\n"
    files = forms(tmp_path, checked=checked)
    cycle = read_cycle(OFFICES, CycleFiles(), forms=files)
    assert counts(cycle, "i1_2", "i1_1", "i1_0", "i8_2", "i8_1", "i8_0")["so"] == [2, 0, 1, 1, 1, 0]
    assert [(note.kind, dict(note.facts)) for note in cycle.notes] == [
        ("period_of_forms", {"year": "2026"}),
        ("checks_open", {"count": 1}),
        ("checked_scores_used", {"count": 3, "differing": 2}),
    ]
    read = read_form_cycle(OFFICES, files)
    so = read.units[0]
    assert differences(read) == (
        Difference(so, "H2", "i1", Fraction(1), Fraction(2)), Difference(so, "", "i8", Fraction(0), Fraction(1)),
    )  # fmt: skip
    assert [(one.column, one.checked, one.self_sum, one.checked_sum) for one in compared_columns(read)] == [
        ("i1", 1, 1, 2), ("i3", 1, 2, 2), ("i8", 1, 0, 1),
    ]  # fmt: skip


def test_a_check_belongs_to_the_period_of_its_form(tmp_path: Path) -> None:
    """It is written down later, or not dated at all; one of another quarter is left out with its form."""
    checked = "unit,dossier,date,i1\nso,H2,,2\nso,H3,,2\nban,H1,15/01/2027,0\n"
    files = forms(tmp_path, checked=checked, period="2026-Q1")
    cycle = read_cycle(OFFICES, CycleFiles(), forms=files)
    assert counts(cycle, "i1_2", "i1_1", "i1_0") == {"so": [2, 0, 0], "ban": [0, 0, 1]}
    assert [(note.kind, note.facts["count"]) for note in cycle.notes] == [
        ("forms_of_other_periods", 2), ("checked_scores_used", 2),
    ]  # fmt: skip
    files = forms(tmp_path, checked="unit,dossier,date,i8\nso,,,1\n", period="2026-Q1")
    with pytest.raises(InvalidInput) as refused:
        read_cycle(OFFICES, CycleFiles(), forms=files)
    assert kinds(refused) == ["date_missing"]


def test_several_tables_are_one_and_a_dossier_stands_once_in_all(tmp_path: Path) -> None:
    first = written(tmp_path, "q1.csv", "unit,dossier,i1\nso,H1,2\nso,H2,2\n")
    second = written(tmp_path, "q2.csv", "Đơn vị;Mã hồ sơ;Chỉ số 1;Chỉ số 3\nso;H3;1;\nso;H1;;0\n")
    cycle = read_cycle(OFFICES, CycleFiles(), forms=FormFiles((first, second)))
    assert counts(cycle, "i1_2", "i1_1", "i3_0")["so"] == [2, 1, 1]
    written(tmp_path, "q2.csv", "unit,dossier,i1\nso,H3,1\nso,H1,0\n")
    with pytest.raises(InvalidInput) as refused:
        read_cycle(OFFICES, CycleFiles(), forms=FormFiles((first, second)))
    (problem,) = refused.value.problems
    assert (problem.kind, problem.place.file, problem.place.row) == ("dossier_twice", "q2.csv", 2)
    assert (problem.facts["first"], problem.facts["of_file"]) == (1, "q1.csv")


def test_a_heading_that_names_a_column_of_every_form_is_that_column(tmp_path: Path) -> None:
    """A set may call an indicator “Hồ sơ”: the column is found by its name, and dossiers stay dossiers."""
    assert OFFICES.forms is not None
    columns = (replace(OFFICES.forms.columns[0], head="Hồ sơ"), *OFFICES.forms.columns[1:])
    made = replace(OFFICES, forms=replace(OFFICES.forms, columns=columns))
    cycle = read_cycle(made, CycleFiles(), forms=forms(tmp_path, "Cơ quan,Hồ sơ,i1\nso,H1,2\n"))
    assert counts(cycle, "i1_2") == {"so": [1]}


def test_a_workbook_with_dates_and_numbers_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "forms.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("forms")
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for column, head in enumerate(("unit", "dossier", "date", "Chỉ số 1")):
            sheet.write(0, column, head)
        for row, (dossier, serial, score) in enumerate((("H1", 46027, 2), ("H2", 46028, 7)), start=1):
            sheet.write(row, 0, "so")
            sheet.write(row, 1, dossier)
            sheet.write_number(row, 2, serial, day)
            sheet.write_number(row, 3, score)
    with pytest.raises(InvalidInput) as refused:
        read_cycle(OFFICES, CycleFiles(), forms=FormFiles((path,), (), parse_period("2026-01")))
    (problem,) = refused.value.problems
    assert (problem.kind, problem.place.sheet, problem.place.cell) == ("score_not_allowed", "forms", "D3")


def test_parquet_with_whole_numbers(tmp_path: Path) -> None:
    path = tmp_path / "forms.parquet"
    columns: Mapping[str, list[object]] = {"unit": ["so", "so"], "dossier": [1, 2], "i1": [2, None], "i3": [None, 0]}
    pl.DataFrame(columns).write_parquet(path)
    cycle = read_cycle(OFFICES, CycleFiles(), forms=FormFiles((path,)))
    assert counts(cycle, "i1_2", "i1_0", "i3_0")["so"] == [1, 0, 1]


def test_a_figure_has_one_source(tmp_path: Path) -> None:
    figures = written(tmp_path, "figures.csv", "unit,measure,value\nso,i1_2,4\nso,i5_2,1\nban,i8_2,3\n")
    with pytest.raises(InvalidInput) as refused:
        read_cycle(OFFICES, CycleFiles(figures=figures), forms=forms(tmp_path))
    assert [(one.kind, one.facts) for one in refused.value.problems] == [
        ("figure_from_forms", {"measure": "i1_2", "unit": "so"})
    ]
    written(tmp_path, "figures.csv", "unit,measure,value\nso,i5_2,1\nban,i8_2,3\n")
    cycle = read_cycle(OFFICES, CycleFiles(figures=figures), forms=forms(tmp_path))
    assert counts(cycle, "i5_2", "i8_2") == {"so": [1, 1], "ban": [None, 3]}


def test_a_set_without_forms_takes_none(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_cycle(replace(OFFICES, forms=None), CycleFiles(), forms=forms(tmp_path))
    assert kinds(refused) == ["set_without_forms"]


def test_checked_scores_alone_say_nothing(tmp_path: Path) -> None:
    files = FormFiles((), (written(tmp_path, "checked.csv", "unit,dossier,i1\nso,H1,2\n"),))
    with pytest.raises(InvalidInput) as refused:
        read_cycle(OFFICES, CycleFiles(), forms=files)
    assert kinds(refused) == ["checked_needs_forms"]
    with pytest.raises(ValueError, match="FormFiles"):
        read_form_cycle(OFFICES, FormFiles())


def test_every_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    wrong = written(tmp_path, "wrong.csv", "unit,dossier\nso,H1\n")
    with pytest.raises(InvalidInput) as refused:
        read_cycle(OFFICES, CycleFiles(), forms=FormFiles((wrong, tmp_path / "gone.csv")))
    assert kinds(refused) == ["column_missing", "file_not_found"]
    with pytest.raises(InvalidInput) as refused:
        read_form_cycle(OFFICES, forms(tmp_path), tmp_path / "units.csv")
    assert kinds(refused) == ["file_not_found"]


def test_a_table_of_forms_without_rows_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_cycle(OFFICES, CycleFiles(), forms=forms(tmp_path, HEAD))
    assert [(one.kind, one.place.file) for one in refused.value.problems] == [("table_without_rows", "forms.csv")]
    with pytest.raises(InvalidInput) as refused:
        read_form_cycle(OFFICES, forms(tmp_path, HEAD))
    assert kinds(refused) == ["table_without_rows"]


def test_many_repeats_are_counted(tmp_path: Path) -> None:
    rows = "".join("so,H1,2\n" for _ in range(1_003))
    with pytest.raises(InvalidInput) as refused:
        read_cycle(OFFICES, CycleFiles(), forms=forms(tmp_path, "unit,dossier,i1\n" + rows))
    assert len(refused.value.problems) == 1_001
    more = next(one for one in refused.value.problems if one.kind == "more_of_the_same")
    assert more.facts == {"of_kind": "dossier_twice", "count": 2}


def test_another_yardstick_is_another_file(tmp_path: Path) -> None:
    """Four indicators, scores in halves, other names: nothing in the code knows of nine indicators or of 18 points."""
    text = """format: parindex/criteria-set/1
id: other
year: 2025
forms:
  columns:
    - {column: wait, scores: {"1,5": quick, "0.5": slow, "-1": late}}
measures:
  quick: {title: Nhanh}
  slow: {title: Chậm}
  late: {title: Trễ}
areas:
  - {code: A, title: Thời gian, max_points: 3}
"""
    path = written(tmp_path, "other.yaml", text)
    content = 'unit,dossier,wait\nxa,1,1.5\nxa,2,"0,5"\nxa,3,-1\nxa,4,"1,50"\n'
    cycle = read_cycle(load_criteria_set(path), CycleFiles(), forms=forms(tmp_path, content))
    assert counts(cycle, "quick", "slow", "late") == {"xa": [2, 1, 1]}
    assert Measure("quick", "Nhanh") == load_criteria_set(path).measures["quick"]
