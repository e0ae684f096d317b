"""The table of units: heads in any order, days, decisions, every error at its cell, and what would change."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest
from tests.unit.documents.unit_tables.table_files_made import csv_file, told, workbook

from parindex.documents.unit_tables import source
from parindex.documents.unit_tables.preview import ChangeKind, Difference
from parindex.documents.unit_tables.rows import UnitRow
from parindex.documents.unit_tables.units_table import read_units
from parindex.domain.errors import InvalidInput, Problem
from parindex.domain.units import Decision, UnitRecord
from parindex.wording import problems

START, END, NEXT = date(2020, 1, 1), date(2025, 6, 30), date(2025, 7, 1)
PROVINCE = UnitRow(UnitRecord("tinh", "Tỉnh A", kind="tỉnh", valid_from=START))
OLD = UnitRow(UnitRecord("xa-cu", "Xã Cũ", "X.Cũ", "xã", "tinh", START))


def refused(path: Path, *existing: UnitRow) -> list[Problem]:
    with pytest.raises(InvalidInput) as found:
        read_units(path, existing)
    assert all(one.kind in problems.SENTENCES for one in found.value.problems)
    return found.value.problems


def test_heads_stand_in_any_order_in_both_languages_below_a_title(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        ["DANH SÁCH ĐƠN VỊ"],
        [],
        ["STT", "Loại đơn vị", "Hiệu lực từ", "Mã cấp trên", "Tên đơn vị", "Unit code", "Short name", "To",
         "Quyết định", "Quyết định kết thúc"],
        [1, "Tỉnh", START, None, "Tỉnh  A ", "tinh", None, None, None, None],
        [],
        [2, "sở", "01/03/2021", "tinh", "Sở Nội vụ", "snv", "SNV", "ngày 30 tháng 6 năm 2025",
         "Số: 12/QĐ-UBND ngày 5/2/2021", "Nghị quyết số 9/NQ-HĐND, ngày 1/6/2025"],
    )  # fmt: skip
    found = read_units(path)
    assert found.rows == (
        UnitRow(UnitRecord("tinh", "Tỉnh A", "", "Tỉnh", None, START)),
        UnitRow(
            UnitRecord("snv", "Sở Nội vụ", "SNV", "sở", "tinh", date(2021, 3, 1), END),
            Decision("12/QĐ-UBND", date(2021, 2, 5)),
            ending=Decision("9/NQ-HĐND", date(2025, 6, 1)),
        ),
    )
    assert [change.place.line for change in found.changes] == [4, 6]
    assert found.notes == ()


def test_a_preview_says_what_is_added_changed_and_unchanged(tmp_path: Path) -> None:
    path = csv_file(
        tmp_path,
        "mã;tên;tên ngắn;loại;mã đơn vị cấp trên;hiệu lực từ;hiệu lực đến;quyết định;mã đơn vị tiền thân",
        "tinh;Tỉnh A;;tỉnh;;01/01/2020;;;",
        "xa-cu;Xã Cũ;X.Cũ;xã;tinh;01/01/2020;30/06/2025;;",
        "xa-moi;Xã Mới;;xã;tinh;01/07/2025;;Nghị quyết số 1656/NQ-UBTVQH15, ngày 16/06/2025;xa-cu",
    )
    other = UnitRow(UnitRecord("so", "Sở B", parent="tinh", valid_from=START))
    found = read_units(path, [OLD, other, PROVINCE])
    unchanged, changed, added = found.changes
    assert [change.kind for change in found.changes] == [ChangeKind.UNCHANGED, ChangeKind.CHANGED, ChangeKind.ADDED]
    assert (unchanged.before, unchanged.differences) == (PROVINCE, ())
    assert (changed.before, changed.differences) == (
        OLD,
        (
            Difference("valid_to", None, END),
            # It ends by the decision by which the other takes its place.
            Difference("ending", "", "1656/NQ-UBTVQH15"), Difference("ending_date", None, date(2025, 6, 16)),
        ),
    )  # fmt: skip
    assert added.before is None
    assert added.row.successions[0].decision == Decision("1656/NQ-UBTVQH15", date(2025, 6, 16))
    assert added.row.successions[0].predecessor == "xa-cu"
    assert found.untouched == (other,)
    assert found.of(ChangeKind.ADDED) == (added,)


def test_columns_that_the_file_does_not_have_leave_what_is_there(tmp_path: Path) -> None:
    full = UnitRow(
        UnitRecord("x", "Xã Cũ", "X", "xã", "tinh", START, END), Decision("1/QĐ", START), ("tinh",), "tách ra"
    )
    found = read_units(csv_file(tmp_path, "mã,tên", "x,Xã Đổi Tên"), [PROVINCE, full])
    (change,) = found.changes
    assert change.differences == (Difference("name", "Xã Cũ", "Xã Đổi Tên"),)


def test_an_empty_cell_takes_away_what_was_there(tmp_path: Path) -> None:
    found = read_units(csv_file(tmp_path, "mã,tên,tên ngắn", "xa-cu,Xã Cũ,"), [PROVINCE, OLD])
    assert found.changes[0].differences == (Difference("short_name", "X.Cũ", ""),)


def test_without_a_day_a_row_is_about_the_latest_version(tmp_path: Path) -> None:
    first = UnitRow(UnitRecord("a", "Một", valid_from=START, valid_to=END))
    later = UnitRow(UnitRecord("a", "Hai", valid_from=NEXT))
    path = csv_file(tmp_path, "mã,tên,hiệu lực từ", "a,Ba,", "b,Bốn,")
    changed, added = read_units(path, [later, first], first_day=START).changes
    assert (changed.before, changed.row.record.valid_from) == (later, NEXT)
    assert (added.before, added.row.record.valid_from) == (None, START)
    opened = UnitRow(UnitRecord("a", "Không", valid_to=date(2019, 1, 1)))
    assert read_units(path, [later, first, opened]).changes[0].before == opened


def test_kinds_are_named_by_word_or_code(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "mã,tên,loại", "a,A,Sở", "b,B,commune", "c,C,")
    found = read_units(path, kinds={"department": "sở", "commune": "xã"})
    assert [row.record.kind for row in found.rows] == ["department", "commune", ""]
    with pytest.raises(InvalidInput) as refusal:
        read_units(path, kinds={"department": "sở"})
    (problem,) = refusal.value.problems
    assert problem.facts == {"column": "kind", "text": "commune", "known": ["sở"]}


def test_every_error_is_said_at_its_cell_at_once(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        [
            "Mã",
            "Tên",
            "Mã đơn vị cấp trên",
            "Hiệu lực từ",
            "Hiệu lực đến",
            "Quyết định",
            "Ngày quyết định",
            "Tiền thân",
        ],
        ["a", None, "x", "31/02/2020"],
        [None, "B"],
        ["sở nội vụ", "C", None, NEXT, END],
        ["d", "D", None, START, None, "1/QĐ ngày 01/01/2020", date(2020, 2, 1)],
        ["d", "D lại", None, START],
        ["e", "E" * 301, "f"],
        ["f", "F", "e", None, None, "2/QĐ ngày mai", None, "g"],
        ["h", "Sở H", None, "2025"],
        ["i", "sở h", None, None],
    )
    assert told(refused(path)) == [
        ("cell_missing", "B2"), ("not_a_day", "D2"), ("unit_parent_unknown", "C2"),
        ("cell_missing", "A3"),
        ("unit_code_malformed", "A4"), ("unit_ends_before_it_begins", "E4"),
        ("decision_days_differ", "G5"),
        ("unit_version_twice", "A6"),
        ("cell_too_long", "B7"), ("unit_parent_circle", "C7"),
        ("not_a_day", "F8"), ("succession_without_decision", "F8"), ("succession_unit_unknown", "H8"),
        ("not_a_day", "D9"),
        ("unit_name_twice", "B10"),
    ]  # fmt: skip


def test_a_row_that_stands_twice_names_the_first_as_the_sheet_counts(tmp_path: Path) -> None:
    (problem,) = refused(workbook(tmp_path, ["Mã", "Tên"], ["a", "A"], [], ["a", "A lại"]))
    assert (problem.place.cell, problem.facts["first"]) == ("A4", 2)
    assert problems.message(problem) == "Đơn vị “a” với cùng ngày bắt đầu đã có ở dòng 2 của tệp."


def test_contradictions_with_what_is_there_are_said_and_old_ones_are_not(tmp_path: Path) -> None:
    broken = UnitRow(UnitRecord("y", "Y", parent="nobody", valid_from=START))
    child = UnitRow(UnitRecord("z", "Z", parent="xa-cu", valid_from=START))
    path = csv_file(tmp_path, "mã,tên,hiệu lực từ,hiệu lực đến,quyết định kết thúc",
                    "xa-cu,Xã Cũ,01/01/2020,30/06/2025,1/QĐ ngày 01/06/2025")  # fmt: skip
    (problem,) = refused(path, PROVINCE, OLD, broken, child)
    assert refused(path, child, broken, OLD, PROVINCE) == [problem]
    assert (problem.kind, problem.place.code, problem.facts["day"]) == ("unit_parent_not_valid", "z", NEXT)
    assert problems.message(problem) == "Ngày 01/07/2025, đơn vị “z” còn hiệu lực nhưng cấp trên “xa-cu” thì không."


def test_other_columns_are_noted_but_not_running_numbers(tmp_path: Path) -> None:
    found = read_units(csv_file(tmp_path, "TT,mã,tên,diện tích,ghi chú", "1,a,A,12,x"))
    (note,) = found.notes
    assert (note.kind, note.facts["heads"]) == ("column_unused", ["diện tích"])


@pytest.mark.parametrize("name", ["bang.parquet", "bang.xls", "bang"])
def test_other_formats_are_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"x")
    assert told(refused(tmp_path / name)) == [("table_format_unknown", None)]


def test_tables_without_rows_or_with_too_many_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(refused(csv_file(tmp_path, "mã,tên", ","))) == [("import_without_rows", None)]
    monkeypatch.setattr(source, "MAX_ROWS", 1)
    assert told(refused(csv_file(tmp_path, "mã,tên", "a,A", "b,B"))) == [("import_with_too_many_rows", None)]
    monkeypatch.setattr(source, "MAX_BYTES", 5)
    assert told(refused(csv_file(tmp_path, "mã,tên", "a,A"))) == [("file_too_large", None)]


def with_formula(path: Path, cell: str) -> Path:
    """The workbook with a formula in ``cell`` that no program has calculated."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    at = sheet.index(f'<c r="{cell}"')
    sheet = sheet[:at] + f'<c r="{cell}"><f>LEFT(B2,1)</f></c>' + sheet[sheet.index("</c>", at) + 4 :]
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in (parts | {"xl/worksheets/sheet1.xml": sheet.encode()}).items():
            archive.writestr(name, data)
    return path


def test_a_formula_that_was_never_calculated_is_no_empty_cell(tmp_path: Path) -> None:
    path = workbook(tmp_path, ["Mã", "Tên", "Tên ngắn", "Diện tích"], ["a", "A", "x", "y"])
    assert told(refused(with_formula(path, "C2"))) == [("formula_without_result", "C2")]


@pytest.mark.parametrize("cell", ["A1", "D3"])
def test_a_formula_outside_of_what_is_read_is_none_of_ours(cell: str, tmp_path: Path) -> None:
    path = workbook(tmp_path, ["Tổng số"], ["Mã", "Tên", "Tên ngắn", "Diện tích"], ["a", "A", "x", "y"])
    assert read_units(with_formula(path, cell)).rows == (UnitRow(UnitRecord("a", "A", "x")),)


def test_a_missing_column_is_said_before_any_row(tmp_path: Path) -> None:
    assert told(refused(csv_file(tmp_path, "mã,loại", "a,sở"))) == [("column_missing", "1")]


def test_a_long_wrong_text_is_shown_in_part(tmp_path: Path) -> None:
    (problem,) = refused(csv_file(tmp_path, "mã,tên", f"a,{'B' * 1_000}"))
    assert (problem.facts["text"], problem.facts["found"]) == ("B" * 80 + "…", 1_000)


def test_a_code_that_a_spreadsheet_took_for_a_number_is_found_by_what_is_there(tmp_path: Path) -> None:
    commune = UnitRow(UnitRecord("03127", "Xã A", valid_from=START))
    path = workbook(tmp_path, ["Mã", "Tên"], [3127, "Xã A mới"], [3128, "Xã B"])
    (problem,) = refused(path, commune)
    assert (problem.kind, problem.place.cell, problem.facts["near"]) == ("unit_code_lost_zeros", "A2", "03127")
    both = UnitRow(UnitRecord("3127", "Tổ C", valid_from=START))
    assert len(read_units(csv_file(tmp_path, "mã,tên", "3127,Tổ C"), [commune, both]).changes) == 1


def test_what_only_follows_from_an_unreadable_day_is_not_said(tmp_path: Path) -> None:
    path = workbook(tmp_path, ["Mã", "Tên", "Hiệu lực từ"], ["a", "Xã", None], ["b", "Xã", "mai"], ["c", "Xã", None])
    assert told(refused(path)) == [("not_a_day", "C3"), ("unit_name_twice", "B4")]


def test_an_apostrophe_is_taken_away_only_where_csv_needs_it(tmp_path: Path) -> None:
    assert read_units(csv_file(tmp_path, "mã,tên", "a,'=A1")).rows[0].record.name == "=A1"
    assert read_units(workbook(tmp_path, ["mã", "tên"], ["a", "'=A1"])).rows[0].record.name == "'=A1"


@pytest.mark.parametrize(
    "heads",
    [
        "Unit code,Name,Abbreviation,Type,Parent unit,From,To,Decision,Decision date,Predecessors,Reason,"
        "Ending decision,Ending decision date",
        "code,title,short name,kind,parent,start date,until,decision number,date,predecessor,overlap reason,"
        "ending,ending date",
        "MÃ CƠ QUAN,TÊN CƠ QUAN,Tên viết tắt,Loại hình,Trực thuộc,Từ,Đến,Văn bản,Ngày ban hành,Tiền thân,Lý do,"
        "Quyết định giải thể,Ngày quyết định giải thể",
    ],
)
def test_heads_are_known_by_their_other_words(heads: str, tmp_path: Path) -> None:
    row = "a,A,B,sở,,01/01/2020,30/06/2025,1/QĐ,01/01/2019,,lý do,2/QĐ,01/06/2025"
    found = read_units(csv_file(tmp_path, heads, row))
    record = UnitRecord("a", "A", "B", "sở", None, START, END)
    ending = Decision("2/QĐ", date(2025, 6, 1))
    assert found.rows == (UnitRow(record, Decision("1/QĐ", date(2019, 1, 1)), (), "lý do", ending),)
    assert found.notes == ()


@pytest.mark.parametrize(
    ("written", "kind"), [("xã", "commune"), ("Phường", "commune"), ("xã, phường", "commune"), ("commune", "commune")]
)
def test_a_kind_is_known_by_each_of_its_words(tmp_path: Path, written: str, kind: str) -> None:
    path = csv_file(tmp_path, "mã;tên;loại;hiệu lực từ", f"x;X;{written};01/01/2020")
    kinds = {"commune": "xã, phường", "division": "phòng, ban", "department": "sở, ban"}
    assert read_units(path, kinds=kinds).rows[0].record.kind == kind


def test_a_word_of_two_kinds_is_asked_for_and_the_choices_are_told_apart(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "mã;tên;loại;hiệu lực từ", "x;X;ban;01/01/2020")
    with pytest.raises(InvalidInput) as found:
        read_units(path, kinds={"division": "phòng, ban", "department": "sở, ban"})
    (problem,) = found.value.problems
    assert "“phòng, ban”, “sở, ban”" in problems.remedy(problem)
