"""The input tables: what is read from CSV, XLSX and Parquet, and that all three say the same."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import polars as pl
import pytest
import xlsxwriter
from tests.unit.documents.cycles.input_tables import SET, UNITS, cycle, figure, kinds, written

from parindex.documents.cycles.data_tables import CycleFiles, read_cycle
from parindex.domain.criteria.criteria_set import Node
from parindex.domain.criteria.survey_points import SurveyPoints
from parindex.domain.errors import InvalidInput
from parindex.domain.scoring.score_sheet import EntryState, Origin
from parindex.domain.values import Rounding
from parindex.wording.problems import message, remedy


def test_figures_are_exact_and_an_empty_cell_is_missing_not_zero(tmp_path: Path) -> None:
    read = cycle(tmp_path, figures='unit,measure,value\na,satisfaction,"82,96"\nb,satisfaction,0.1\nc,satisfaction,\n')
    assert [figure(read, "satisfaction", unit) for unit in "abc"] == [Fraction("82.96"), Fraction("0.1"), None]


def test_units_come_from_the_tables_in_order_of_appearance(tmp_path: Path) -> None:
    read = cycle(
        tmp_path, figures="unit,measure,value\nb,received,1\na,received,2\n", entries="unit,item,self_points\nc,2.3,1\n"
    )
    assert [unit.id for unit in read.figures.units] == ["b", "a", "c"]
    assert {unit.group for unit in read.figures.units} == {"departments"}
    assert read.figures.units == read.sheets.units


def test_a_units_table_gives_titles_parents_and_who_is_ranked(tmp_path: Path) -> None:
    read = cycle(tmp_path, units=UNITS)
    assert [(unit.title, unit.parent, unit.ranked) for unit in read.figures.units] == [
        ("Sở Nội vụ", None, True), ("Chi cục", "so", False), ("Ban", "so", True)
    ]  # fmt: skip


def test_a_year_column_keeps_years_apart_and_empty_means_the_year_of_the_set(tmp_path: Path) -> None:
    read = cycle(tmp_path, figures="unit,measure,value,year\na,received,1,2023\na,received,2,\n")
    assert (figure(read, "received", "a", 2023), figure(read, "received", "a")) == (1, 2)


def test_a_choice_is_read_by_its_key(tmp_path: Path) -> None:
    read = cycle(tmp_path, figures="unit,measure,value\na,plan,late\nb,plan,\n")
    column = read.figures.choice("plan", 2024)
    assert [column.keys[at] if at >= 0 else None for at in column.chosen] == ["late", None]


def test_a_list_counts_what_is_not_refused_and_none_can_be_said(tmp_path: Path) -> None:
    text = (
        "unit,measure,entry,title,accepted,value\n"
        "a,initiatives,SK1,Một cửa,yes,\na,initiatives,SK2,Zalo,,\na,initiatives,SK3,Họp,no,\n"
        "b,initiatives,SK1,Một cửa,không,\nc,initiatives,,,,0\nd,received,,,,1\n"
    )
    read = cycle(tmp_path, figures=text)
    assert [figure(read, "initiatives", unit) for unit in "abcd"] == [2, 0, 0, None]


def test_a_sum_over_child_units_waits_for_all_of_them(tmp_path: Path) -> None:
    both = cycle(tmp_path, units=UNITS, figures="unit,measure,value\nchi-cuc,staff,7\nban,staff,5\n")
    assert [figure(both, "staff", unit) for unit in ("so", "chi-cuc", "ban")] == [12, 7, 5]
    one = cycle(tmp_path, units=UNITS, figures="unit,measure,value\nchi-cuc,staff,7\n")
    assert [figure(one, "staff", unit) for unit in ("so", "chi-cuc", "ban")] == [None, 7, None]


def test_sums_go_up_through_several_levels(tmp_path: Path) -> None:
    units = "unit,parent\ntinh,\nso,tinh\nphong,so\nto,so\n"
    read = cycle(tmp_path, units=units, figures="unit,measure,value\nphong,staff,2\nto,staff,3\n")
    assert [figure(read, "staff", unit) for unit in ("tinh", "so", "phong", "to")] == [5, 5, 2, 3]


def test_typed_points_keep_the_decimals_they_were_written_with(tmp_path: Path) -> None:
    read = cycle(tmp_path, entries='unit,item,self_points,external_points,appraised_points\na,2.1,"1,50",2,0.9664\n')
    points = {origin: read.sheets.points(origin, "2.1") for origin in (Origin.SELF, Origin.EXTERNAL, Origin.APPRAISED)}
    shown = [(column.numbers.row(0), int(column.places[0])) for column in points.values() if column is not None]
    assert shown == [(Fraction("1.5"), 2), (2, 0), (Fraction("0.9664"), 4)]


def test_a_row_without_a_state_is_answered_where_it_has_points(tmp_path: Path) -> None:
    text = "unit,item,state,self_points,reason\na,2.1,,1,\na,2.3,,,\n"
    text += "a,1.1,not_assessed,,Không có chức năng\na,1.2,pending,,\n"
    read = cycle(tmp_path, entries=text)
    states = {item: EntryState(read.sheets.state[row, 0]) for row, item in enumerate(read.sheets.items)}
    assert states == {
        "1.1": EntryState.NOT_ASSESSED, "1.2": EntryState.PENDING, "2.1": EntryState.ANSWERED,
        "2.2": EntryState.NO_ENTRY, "2.3": EntryState.NO_ENTRY,
    }  # fmt: skip
    assert read.sheets.reasons == {("1.1", "a"): "Không có chức năng"}


def test_survey_points_keep_their_standard_error_and_source(tmp_path: Path) -> None:
    read = cycle(tmp_path, points='unit,item,points,se,source\na,2.2,"1,7208",0.02,Phiếu 2024\n')
    column = read.sheets.points(Origin.SURVEY, "2.2")
    assert column is not None
    assert column.numbers.row(0) == Fraction("1.7208")
    assert read.sheets.survey_errors == {("2.2", "a"): Fraction("0.02")}
    assert read.sheets.survey_sources == {("2.2", "a"): "Phiếu 2024"}


def test_survey_points_follow_from_what_the_table_says_they_were_made_of(tmp_path: Path) -> None:
    way = SurveyPoints(of=("all",), minimum=30, rounding=Rounding(4))
    declared = replace(SET, areas=tuple(_with_way(one, way) for one in SET.areas))
    path = tmp_path / "points.csv"
    head, most = "unit,item,points,estimate,answers\n", Fraction(2)
    path.write_text(f"{head}a,2.2,{float(most * Fraction(3, 4))},0.75,30\nb,2.2,{most},,\n", "utf-8")
    assert read_cycle(declared, CycleFiles(points=path)).notes == ()
    path.write_text(f"{head}a,2.2,1,0.75,29\nb,2.2,1,1.2,-1\nc,2.2,1,x,2.5\n", "utf-8")
    with pytest.raises(InvalidInput) as caught:
        read_cycle(declared, CycleFiles(points=path))
    assert [(one.place.row, one.kind.removeprefix("given_")) for one in caught.value.problems] == [
        (1, "answers_too_few"), (1, "points_not_followed"), (2, "answers_unreadable"), (2, "estimate_off_range"),
        (2, "points_not_followed"), (3, "estimate_unreadable"), (3, "answers_unreadable"),
    ]  # fmt: skip
    assert not any("{" in message(one) + remedy(one) or "…" in message(one) for one in caught.value.problems)
    path.write_text("unit,item,points,se,answers\na,2.2,1,2,30\nb,2.2,1,2.1,29\nc,2.2,1,-1,\n", "utf-8")
    with pytest.raises(InvalidInput) as caught:
        read_cycle(declared, CycleFiles(points=path))
    assert [(one.place.row, one.kind.removeprefix("given_")) for one in caught.value.problems] == [
        (2, "answers_too_few"), (2, "error_off_range"), (3, "negative_points"),
    ]  # fmt: skip
    assert "sai số chuẩn “2.1” không từ 0 đến 2, điểm tối đa" in message(caught.value.problems[1])


def _with_way(node: Node, way: SurveyPoints) -> Node:
    if node.code == "2.2":
        return replace(node, survey=way)
    return replace(node, children=tuple(_with_way(one, way) for one in node.children))


def test_every_problem_of_every_table_comes_at_once_in_row_order(tmp_path: Path) -> None:
    found = kinds(
        tmp_path,
        units="unit\na\n",
        figures="unit,measure,value\na,received,x\nb,received,1\na,unknown,1\n",
        entries="unit,item,self_points\na,9.9,1\na,2.3,7\n",
    )
    assert found == ["not_a_number", "unknown_unit", "unknown_measure", "unknown_item", "typed_points_above_maximum"]


def test_without_any_table_there_are_no_units() -> None:
    with pytest.raises(InvalidInput) as refused:
        read_cycle(SET, CycleFiles())
    assert [problem.kind for problem in refused.value.problems] == ["no_units"]


def test_a_file_that_is_not_there_is_named_with_the_other_problems(tmp_path: Path) -> None:
    files = written(tmp_path, entries="unit,item,self_points\na,9.9,1\n")
    with pytest.raises(InvalidInput) as refused:
        read_cycle(SET, CycleFiles(figures=tmp_path / "none.csv", entries=files.entries))
    assert [problem.kind for problem in refused.value.problems] == ["file_not_found", "unknown_item"]


@pytest.mark.parametrize(
    "encoded",
    [
        pytest.param(lambda text: text.encode(), id="utf-8"),
        pytest.param(lambda text: b"\xef\xbb\xbf" + text.encode(), id="utf-8 with mark"),
        pytest.param(lambda text: text.encode("utf-16"), id="utf-16"),
        pytest.param(
            lambda text: text.replace(",", ";").replace(".", ",").encode(), id="semicolons and decimal commas"
        ),
        pytest.param(lambda text: text.replace(",", "\t").encode(), id="tabs"),
        pytest.param(lambda text: text.replace("\n", "\r\n").encode(), id="windows lines"),
        pytest.param(lambda text: ("Bảng số liệu,,\n\n" + text).encode(), id="a title above the head"),
        pytest.param(
            lambda text: text.replace("unit,measure,value", "Đơn vị,Chỉ tiêu,Giá trị").encode(), id="Vietnamese heads"
        ),
        pytest.param(
            lambda text: text.replace("unit,measure,value", " UNIT , Measure ,VALUE").encode(), id="capitals and blanks"
        ),
        pytest.param(lambda text: text.replace("Sở", "So\u031b\u0309").encode(), id="letters and marks apart"),
    ],
)
def test_what_offices_write_is_read_alike(encoded, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    plain = "unit,measure,value\nSở Y tế,satisfaction,82.96\n\nSở Nội vụ,satisfaction,7\n"
    read = cycle(tmp_path, figures=encoded(plain))
    assert [figure(read, "satisfaction", unit) for unit in ("Sở Y tế", "Sở Nội vụ")] == [Fraction("82.96"), 7]


def test_xlsx_and_parquet_say_the_same_as_csv(tmp_path: Path) -> None:
    rows = [("a", "received", 40), ("a", "on_time", 39), ("b", "satisfaction", 82.96), ("b", "satisfaction", 0.1)]
    years = [2024, 2024, 2024, 2023]
    frame = pl.DataFrame(
        {
            "unit": [row[0] for row in rows],
            "measure": [row[1] for row in rows],
            "value": [row[2] for row in rows],
            "year": years,
        },
        strict=False,
    )
    frame.write_parquet(tmp_path / "figures.parquet")
    frame.write_csv(tmp_path / "figures.csv")
    with xlsxwriter.Workbook(tmp_path / "figures.xlsx") as book:
        book.add_worksheet("Ghi chú").write(0, 0, "xem trang sau")
        sheet = book.add_worksheet("figures")
        sheet.write_row(2, 1, frame.columns)
        for position, row in enumerate(frame.rows(), start=3):
            sheet.write_row(position, 1, row)
    read = [read_cycle(SET, CycleFiles(figures=tmp_path / f"figures.{end}")) for end in ("csv", "xlsx", "parquet")]
    for one in read:
        assert (figure(one, "received", "a"), figure(one, "on_time", "a")) == (40, 39)
        assert (figure(one, "satisfaction", "b"), figure(one, "satisfaction", "b", 2023)) == (
            Fraction("82.96"),
            Fraction("0.1"),
        )


def test_a_sheet_names_the_cell_at_fault(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "figures.xlsx") as book:
        sheet = book.add_worksheet("Số liệu")
        sheet.write_row(0, 0, ["unit", "measure", "value"])
        sheet.write_row(4, 0, ["a", "received", "nhiều"])
    with pytest.raises(InvalidInput) as refused:
        read_cycle(SET, CycleFiles(figures=tmp_path / "figures.xlsx"))
    place = refused.value.problems[0].place
    assert (place.sheet, place.row, place.cell) == ("Số liệu", 1, "C5")


def test_many_rows_with_one_fault_are_counted_not_listed(tmp_path: Path) -> None:
    rows = "".join(f"a,x{row},1\n" for row in range(1_500))
    found = kinds(tmp_path, units="unit\na\n", figures="unit,measure,value\n" + rows)
    assert found.count("unknown_measure") == 1_000
    assert found.count("more_of_the_same") == 1


def test_columns_are_aligned_with_the_units_of_the_sheets(tmp_path: Path) -> None:
    read = cycle(tmp_path, figures="unit,measure,value\na,received,1\n", entries="unit,item,self_points\nb,2.3,1\n")
    assert np.array_equal(read.figures.column("received", 2024).present, [True, False])
    column = read.sheets.points(Origin.SELF, "2.3")
    assert column is not None
    assert np.array_equal(column.present, [False, True])


def test_names_of_a_parquet_file_are_trimmed_and_may_be_categories(tmp_path: Path) -> None:
    frame = pl.DataFrame(
        {
            "unit": pl.Series(["So\u031b\u0309 A ", "S\u1edf A", "b", None], dtype=pl.Categorical),
            "measure": ["received", "on_time", " received", None],
            "value": pl.Series(["7", " 5", "", None]),
        }
    )
    frame.head(3).write_parquet(tmp_path / "figures.parquet")
    read = read_cycle(SET, CycleFiles(figures=tmp_path / "figures.parquet"))
    assert [unit.id for unit in read.figures.units] == ["S\u1edf A", "b"]
    assert [figure(read, name, "S\u1edf A") for name in ("received", "on_time")] == [7, 5]
    assert figure(read, "received", "b") is None
    frame.write_parquet(tmp_path / "figures.parquet")
    with pytest.raises(InvalidInput) as refused:
        read_cycle(SET, CycleFiles(figures=tmp_path / "figures.parquet"))
    assert [(one.kind, one.facts["column"], one.place.row) for one in refused.value.problems] == [
        ("cell_missing", "unit", 4), ("cell_missing", "measure", 4)
    ]  # fmt: skip


def test_units_may_be_numbers_in_a_parquet_file(tmp_path: Path) -> None:
    frame = pl.DataFrame({"unit": [12, 7], "measure": ["received", "received"], "value": [3, 4]})
    frame.write_parquet(tmp_path / "figures.parquet")
    read = read_cycle(SET, CycleFiles(figures=tmp_path / "figures.parquet"))
    assert [(unit.id, figure(read, "received", unit.id)) for unit in read.figures.units] == [("12", 3), ("7", 4)]


def test_a_line_that_says_nothing_takes_nothing_away(tmp_path: Path) -> None:
    points = "unit,item,points\na,2.2,1.5\n"
    plain = cycle(tmp_path, entries="unit,item,state,self_points\na,2.1,,1\n", points=points)
    empty = cycle(tmp_path, entries="unit,item,state,self_points\na,2.1,,1\na,2.2,,\n", points=points)
    assert plain.sheets.state.tolist() == empty.sheets.state.tolist()
