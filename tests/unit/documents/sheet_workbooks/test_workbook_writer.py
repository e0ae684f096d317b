"""The workbook as it is downloaded: what is locked, what a cell accepts, how it is shown and printed."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from fractions import Fraction
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from tests.sheet_workbook_sample import FIGURES, ITEMS, NODES, SHEET, with_item, with_measure, written

from parindex.documents.sheet_workbooks.sheet_workbook import WorkbookItem, WorkbookMeasure
from parindex.domain.criteria.criteria_set import MeasureKind
from parindex.wording.language import Language, use


def opened(data: bytes | None = None) -> Any:
    return openpyxl.load_workbook(BytesIO(data or written()))


def members(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def unlocked(sheet: Any) -> list[str]:
    return [cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked]


def validations(sheet: Any) -> dict[str, tuple[str, str | None, str | None]]:
    return {str(one.sqref): (one.type, one.formula1, one.formula2) for one in sheet.data_validations.dataValidation}


def test_the_sheets_and_which_of_them_nobody_sees() -> None:
    assert [(sheet.title, sheet.sheet_state) for sheet in opened()] == [
        ("Phiếu chấm điểm", "visible"),
        ("Số liệu", "visible"),
        ("Hướng dẫn", "visible"),
        ("parindex_choices", "veryHidden"),
        ("parindex", "veryHidden"),
    ]


def test_only_what_the_unit_enters_is_unlocked() -> None:
    book = opened()
    assert all(sheet.protection.sheet for sheet in book)
    assert unlocked(book[ITEMS]) == ["G7", "F8", "G8", "F10", "G10"]
    assert unlocked(book[FIGURES]) == ["E6", "E7", "E8", "E9"]


def test_locked_cells_are_grey_and_unlocked_ones_yellow() -> None:
    for name in (ITEMS, FIGURES):
        for row in opened()[name].iter_rows(min_row=6):
            colours = {cell.fill.start_color.rgb for cell in row if not cell.protection.locked}
            assert colours <= {"FFFFF9DB"}
            assert {cell.fill.start_color.rgb for cell in row if cell.protection.locked} <= {"FFEDEFF2", "FFDCE1E7"}


def test_the_items_as_they_stand() -> None:
    rows = [[cell.value for cell in row] for row in opened()[ITEMS].iter_rows(min_row=6, max_row=8)]
    assert rows == [
        ["1", "CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH", 2, None, None, 1.4567, None, None],
        [
            "1.1",
            "Thực hiện kế hoạch",
            1.5,
            "điểm theo tỷ lệ: “Hồ sơ đúng hạn” ÷ “Hồ sơ tiếp nhận”\nMục 1.1 Bảng 1\nNguồn điểm: báo cáo",
            "3. Ban hành kế hoạch\n1. Hồ sơ tiếp nhận",
            1.666666666667,
            "- Kế hoạch số 12/KH-SMH\n- Báo cáo số 5/BC-SMH, trang 8",
            "Xong",
        ],
        [
            *("1.2", "Chế độ báo cáo", 0.5, "Nguồn điểm: báo cáo", "1. Hồ sơ tiếp nhận\n2. Tỷ lệ kiểm tra"),
            *(0.4567, None, "Chưa nhập"),
        ],
    ]
    assert opened()[ITEMS]["H11"].value == "Chờ kết quả\nĐiểm lấy từ điều tra."


def test_the_figures_each_once_with_last_year_and_the_items_that_use_it() -> None:
    rows = [[cell.value for cell in row] for row in opened()[FIGURES].iter_rows(min_row=6)]
    assert rows == [
        [1, "Hồ sơ tiếp nhận", "hồ sơ", 50000, 53576, "Số nguyên, từ 0 trở lên", "1.1, 1.2"],
        [
            *(2, "Tỷ lệ kiểm tra", "%", "1/3", None),
            *("Số, có thể có phần thập phân, từ 0 đến 100. Ghi 80, không ghi 80%", "1.2"),
        ],
        [3, "Ban hành kế hoạch", None, "Có, chậm", "Có, đúng hạn", "Chọn trong danh sách", "1.1"],
        [4, "Sáng kiến", None, None, "=HYPERLINK(A1)\nSáng kiến 2", "Mỗi mục một dòng; 0 nếu không có", "2.1"],
        [5, "Biên chế", "người", None, 12, "Số nguyên, từ 0 trở lên\nDo đơn vị khác nhập.", None],
    ]


def test_what_each_cell_accepts() -> None:
    book = opened()
    assert validations(book[FIGURES]) == {
        "E6": ("whole", "0", "1000000000000000"),
        "E7": ("decimal", "0", "100"),
        "E8": ("list", "parindex_choices!$A$1:$A$3", None),
        "E9": ("textLength", "32767", None),
    }
    assert validations(book[ITEMS]) == {
        "G7": ("textLength", "32767", None),
        "F8": ("decimal", "0", "0.5"),
        "G8": ("textLength", "32767", None),
        "F10": ("decimal", "0", "1"),
        "G10": ("textLength", "32767", None),
    }
    assert [row[0].value for row in book["parindex_choices"]] == ["Có, đúng hạn", "Có, chậm", "Không"]


def test_an_explanation_is_as_long_as_the_installation_takes() -> None:
    assert validations(opened(written(replace(SHEET, explanation_length=20_000)))[ITEMS])["G7"][1] == "20000"


def test_limits_that_no_decimal_writes_and_measures_without_any() -> None:
    third = with_measure(1, minimum=Fraction(1, 3), maximum=None)
    assert validations(opened(written(third))[FIGURES])["E7"] == ("decimal", "1/3", "1000000000000000")
    free = replace(SHEET, items=(WorkbookItem("1", "Một", 1, True, points_by_hand=True),))
    assert validations(opened(written(free))[ITEMS])["F6"] == ("decimal", "0", "1000000000000000")
    empty = with_measure(2, choices={}, value=None, last_year=None)
    assert validations(opened(written(empty))[FIGURES])["E8"][0] == "textLength"


def test_text_is_text_whatever_it_begins_with() -> None:
    hostile = replace(
        with_item(1, title="@SUM(A1)", explanation="=cmd|' /C calc'!A0", rule_words="+1", clause="-1"),
        unit_title="=1+1",
        measures=(WorkbookMeasure("a", "=A1", unit="http://example.com", used_by=("=B1",)),),
    )
    parts = members(written(hostile))
    cells = [text for name, text in parts.items() if name.startswith("xl/worksheets/sheet")]
    assert [text for text in cells if re.search(r"<f\b|<hyperlink", text)] == []
    assert [name for name in parts if "externalLink" in name or "worksheets/_rels" in name] == []
    assert opened(written(hostile))[ITEMS]["G7"].data_type == "s"


def test_codes_and_choices_stay_text_and_numbers_are_numbers() -> None:
    book = opened()
    formats = {book[ITEMS][at].number_format for at in ("A11", "B7", "G7")} | {book[FIGURES]["E8"].number_format}
    assert formats == {"@"}
    assert book[ITEMS]["A11"].value == "2.10"
    assert (book[FIGURES]["E6"].number_format, book[FIGURES]["E7"].number_format) == ("#,##0", "#,##0.############")


def test_whole_numbers_show_no_mark_for_decimals_that_they_do_not_have() -> None:
    rules = {
        str(at.sqref): [(rule.formula, rule.dxf.numFmt.formatCode) for rule in found]
        for at, found in opened()[FIGURES].conditional_formatting._cf_rules.items()
    }
    assert rules == {
        "D6:D10": [(["AND(ISNUMBER(D6),D6=INT(D6))"], "#,##0")],
        "E6:E10": [(["AND(ISNUMBER(E6),E6=INT(E6))"], "#,##0")],
    }


@pytest.mark.parametrize("name", [ITEMS, FIGURES])
def test_it_fits_the_screen_and_the_paper(name: str) -> None:
    sheet = opened()[name]
    letters = sum(one.width * (one.max - one.min + 1) for one in sheet.column_dimensions.values())
    # A letter is seven pixels wide and every column has five of its own; the head of the rows takes thirty.
    assert 7 * letters + 30 <= 1366
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("C6", "$5:$5")
    setup = sheet.page_setup
    assert (setup.orientation, int(setup.paperSize), int(setup.fitToHeight)) == ("landscape", 9, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.oddFooter.left.text == "Sở Mẫu && Thử"


def test_a_text_that_no_cell_holds_stays_where_it_is() -> None:
    for letter in ("x", "😀"):
        long = with_item(1, explanation=letter * 32_767 + "y")
        sheet = opened(written(long))[ITEMS]
        assert sheet["G7"].value == "Nội dung quá dài đối với một ô: xem và sửa trên trang của mục này."
        assert sheet["G7"].protection.locked
    just = opened(written(with_item(1, explanation="x" * 32_767)))[ITEMS]["G7"]
    assert (len(just.value), just.protection.locked) == (32_767, False)


def test_long_titles_and_lists_are_cut_where_they_are_only_read() -> None:
    long = with_measure(
        3, title="t" * 40_000, value=tuple(str(n) * 40 for n in range(1_000)), last_year=("z" * 40_000,)
    )
    sheet = opened(written(long))[FIGURES]
    assert [len(sheet[at].value) for at in ("B9", "D9")] == [10_001, 10_001]
    assert sheet["E9"].protection.locked


def test_choices_of_the_same_name_are_told_apart() -> None:
    twins = with_measure(2, choices={"a": "Có", "b": "có ", "c": "Không"}, value="b", last_year="gone")
    book = opened(written(twins))
    assert [row[0].value for row in book["parindex_choices"]] == ["Có (a)", "có (b)", "Không"]
    assert [book[FIGURES][at].value for at in ("D8", "E8")] == ["gone", "có (b)"]


def test_a_sheet_without_anything_to_enter_can_be_written() -> None:
    nothing = replace(SHEET, items=(NODES[0],), measures=())
    book = opened(written(nothing))
    assert [sheet.title for sheet in book] == [ITEMS, FIGURES, "Hướng dẫn", "parindex"]
    assert [cell.value for cell in book[FIGURES][5]] == [
        *("Số", "Số liệu", "Đơn vị tính", "Năm trước", "Năm nay", "Cách ghi", "Dùng cho mục")
    ]


def test_names_that_no_xml_can_hold() -> None:
    book = opened(written(replace(SHEET, unit_title="Sở\x17 \ud800Mẫu\n& Thử" + "x" * 300, set_title="\x00")))
    assert book.properties.title == ("Sở Mẫu & Thử" + "x" * 300)[:100]
    assert book[ITEMS].oddFooter.left.text == ("Sở Mẫu && Thử" + "x" * 300)[:101]


def test_the_same_sheet_is_the_same_file() -> None:
    assert written() == written()


def test_whose_it_is_stands_above() -> None:
    sheet = opened()[ITEMS]
    assert [sheet.cell(row, 1).value for row in range(1, 5)] == [
        "Phiếu chấm điểm",
        "Đơn vị: Sở Mẫu & Thử – Kỳ đánh giá: Năm 2024",
        "Bộ tiêu chí: Bộ tiêu chí cấp sở – Tải về lúc: 02/01/2025 13:39",
        "Chỉ nhập vào ô màu vàng",
    ]


def test_the_kinds_of_measures_are_all_there() -> None:
    assert {measure.kind for measure in SHEET.measures} == set(MeasureKind)


def test_in_english_the_words_change_and_the_ids_do_not() -> None:
    use(Language.ENGLISH)
    try:
        data = written()
    finally:
        use(Language.VIETNAMESE)
    assert [sheet.title for sheet in opened(data)][-2:] == ["parindex_choices", "parindex"]
    assert unlocked(opened(data).worksheets[1]) == ["E6", "E7", "E8", "E9"]
