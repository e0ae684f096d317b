"""What a table could be misread in is read rightly or named in a doubt: heads, points, totals, codes, lost rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from parindex.documents.criteria_tables import area_codes, head_times, printed_codes, swallowed_rows
from parindex.documents.criteria_tables.nearest_head import nearest_head
from parindex.documents.criteria_tables.stream import TableStream
from parindex.documents.papers import Cell, Grid, PaperRow, PaperTable, Paragraph, TableKind
from parindex.documents.read_paper import read_paper
from parindex.domain.criteria.criteria_set import Outside, Source
from parindex.domain.errors import InvalidInput, Place
from parindex.wording import problems

HEAD = ("STT", "Tiêu chí", "Điểm tối đa")
Rows = tuple[tuple[str, ...], ...]


def _read(*rows: tuple[str, ...]) -> PaperTable:
    """A table of cells; "^" is a cell that a merged cell above or to the left covers."""
    stream = TableStream()
    cells = tuple(
        tuple(Cell("" if text == "^" else text, Place(line=line), covered=text == "^") for text in row)
        for line, row in enumerate(rows, start=1)
    )
    stream.take(Grid(cells, Place()))
    return stream.tables[0].closed(1)


def _doubts(table: PaperTable, kind: str) -> list[dict[str, object]]:
    return [dict(doubt.facts) for doubt in table.doubts if doubt.kind == kind]


def _points(table: PaperTable) -> dict[str, object]:
    return {row.code: row.max_points for row in table.rows}


# --- heads ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("head", ["Cơ quan theo dõi", "Mã nội bộ", "Ưu tiên"])
def test_a_column_with_a_head_between_code_and_title_is_no_part_of_the_title(head: str) -> None:
    rows = (("1", "Vụ A", "CHỈ ĐẠO", "10"), ("1.1", "Vụ A", "Kế hoạch", "4"), ("1.2", "Vụ B", "Báo cáo", "6"))
    table = _read(("STT", head, "Nội dung tiêu chí", "Điểm tối đa"), *rows)
    assert [row.title for row in table.rows] == ["CHỈ ĐẠO", "Kế hoạch", "Báo cáo"]
    assert _doubts(table, "column_unread") == [{"column": head}]


def test_a_column_without_a_head_between_code_and_title_is_title() -> None:
    rows = (("1", "CHỈ ĐẠO", "", "10"), ("1.1", "", "Kế hoạch", "4"), ("1.2", "", "Báo cáo", "6"))
    table = _read(("STT", "", "Nội dung tiêu chí", "Điểm tối đa"), *rows)
    assert [row.title for row in table.rows] == ["CHỈ ĐẠO", "Kế hoạch", "Báo cáo"]


@pytest.mark.parametrize(
    ("first", "second", "read", "unread"),
    [
        ("Điểm tối đa năm 2023", "Điểm tối đa năm 2024", 10, "Điểm tối đa năm 2023"),
        ("Điểm tối đa năm 2025", "Điểm tối đa năm 2024", 1, "Điểm tối đa năm 2024"),
        ("Điểm cũ", "Điểm mới", 10, "Điểm cũ"),
        ("Điểm tối đa năm trước", "Điểm tối đa", 10, "Điểm tối đa năm trước"),
    ],
)
def test_of_two_maxima_the_later_one_is_read(first: str, second: str, read: int, unread: str) -> None:
    rows = (("1", "CHỈ ĐẠO", "1", "10"), ("1.1", "Kế hoạch", "1", "4"), ("1.2", "Báo cáo", "1", "6"))
    table = _read(("STT", "Tiêu chí", first, second), *rows)
    assert table.rows[0].max_points == read
    assert _doubts(table, "column_guessed") == []
    assert [doubt["column"] for doubt in _doubts(table, "column_unread")] == [unread]


def test_of_the_points_of_two_groups_of_bodies_the_unread_ones_are_named() -> None:
    one, other = "Điểm tối đa đối với sở có TTHC", "Điểm tối đa đối với sở không có TTHC"
    rows = (("1", "CHỈ ĐẠO", "10", "8"), ("1.1", "Kế hoạch", "6", "8"), ("1.2", "Một cửa", "4", ""))
    table = _read(("TT", "Tiêu chí", one, other), *rows)
    assert _doubts(table, "column_guessed") == [{"column": "max_points"}]
    assert _doubts(table, "column_unread") == [{"column": other, "found": one}]
    said = problems.message(next(doubt for doubt in table.doubts if doubt.kind == "column_unread"))
    assert f"đọc cột “{one}”, không đọc cột “{other}”" in said


def test_only_old_points_are_read_with_a_doubt() -> None:
    table = _read(("STT", "Tiêu chí", "Điểm cũ"), ("1", "CHỈ ĐẠO", "10"), ("1.1", "Kế hoạch", "10"))
    assert _points(table) == {"1": 10, "1.1": 10}
    assert _doubts(table, "column_guessed") == [{"column": "max_points"}]


@pytest.mark.parametrize(
    ("head", "maximum"), [("Tự chấm của năm trước", "Thang điểm"), ("Tự chấm 2023", "Điểm tối đa 2024")]
)
def test_points_claimed_another_year_are_not_those_of_this_sheet(head: str, maximum: str) -> None:
    rows = (("1", "CHỈ ĐẠO", "30", "20"), ("1.1", "Kế hoạch", "10", "8"), ("1.2", "Báo cáo", "20", "12"))
    table = _read(("TT", "Tiêu chí", maximum, head), *rows)
    assert table.kind is TableKind.CRITERIA_SET
    assert [row.self_points for row in table.rows] == [None, None, None]
    assert _doubts(table, "column_unread") == [{"column": head}]


def test_points_claimed_in_the_year_of_the_sheet_are_read() -> None:
    rows = (("1", "CHỈ ĐẠO", "30", "20"), ("1.1", "Kế hoạch", "30", "20"))
    table = _read(("TT", "Tiêu chí", "Điểm tối đa", "Điểm tự chấm năm 2024"), *rows)
    assert [row.self_points for row in table.rows] == [20, 20]


def test_the_latest_of_several_heads() -> None:
    assert head_times.newest(["Điểm năm 2022", "Điểm năm 2024", "Điểm năm 2023"]) == [1]
    assert head_times.newest(["Điểm hiện hành", "Điểm"]) == [0]
    assert head_times.newest(["Sở", "Huyện"]) == [0, 1]


@pytest.mark.parametrize(("head", "guessed"), [("Hình thức", []), ("Kênh", [{"column": "note"}])])
def test_a_column_that_says_who_gives_the_points_is_the_note(head: str, guessed: list[object]) -> None:
    rows = (("1", "CHỈ ĐẠO", "10", ""), ("1.1", "Kế hoạch", "4", "Tự chấm"), ("1.2", "Nhận xét", "6", "ĐTXHH"))
    table = _read((*HEAD, head), *rows)
    assert [row.source for row in table.rows] == [None, Source.REPORT, Source.OPINION_SURVEY]
    assert _doubts(table, "column_unread") == []
    assert _doubts(table, "column_guessed") == guessed


@pytest.mark.parametrize(
    ("heads", "order"),
    [
        (("Phương án", "Điểm", "Điểm tối đa"), (0, 1, 2)),
        (("Điểm tối đa", "Mức đánh giá", "Điểm"), (2, 0, 1)),
    ],
)
def test_options_with_points_of_their_own_beside_the_maximum(heads: tuple[str, ...], order: tuple[int, ...]) -> None:
    body = (("", "", "5"), ("Đúng hạn", "4", "3"), ("Chậm", "1,5", "^"), ("Không", "0", "^"), ("Đủ", "2", "2"))
    left = (("1", "CHUNG"), ("1.1", "Kế hoạch"), ("^", "^"), ("^", "^"), ("1.2", "Báo cáo"))
    rows = tuple((*start, *(cells[at] for at in order)) for start, cells in zip(left, body, strict=True))
    table = _read(("STT", "Tiêu chí", *heads), *rows)
    assert _points(table) == {"1": 5, "1.1": 3, "1.2": 2}
    assert table.rows[1].options == ("Đúng hạn: 4", "Chậm: 1,5", "Không: 0")


# --- points --------------------------------------------------------------------------------------------------------


def test_points_in_the_title_of_an_area() -> None:
    table = _read(
        HEAD,
        *(("I", "CHỈ ĐẠO ĐIỀU HÀNH (13 điểm)", ""), ("1", "Kế hoạch", "5"), ("2", "Báo cáo", "7")),
        *(("II", "CẢI CÁCH THỂ CHẾ: 8 điểm", ""), ("1", "Rà soát", "8"), ("", "HIỆN ĐẠI HÓA (tối đa 2,5đ)", "")),
        ("1", "Phần mềm", "2,5"),
    )
    assert _points(table)["I"] == 13
    assert _points(table)["II"] == 8
    assert float(_points(table)["III"]) == 2.5  # type: ignore[arg-type]
    assert table.rows[0].title == "CHỈ ĐẠO ĐIỀU HÀNH"


def test_points_in_a_title_that_the_column_contradicts() -> None:
    table = _read(HEAD, ("1", "CHỈ ĐẠO (13 điểm)", "12"), ("1.1", "Kế hoạch", "12"), ("1.2", "Mức 3 điểm", ""))
    assert _doubts(table, "second_points") == [{"code": "1", "first": "12", "second": "13"}]
    assert table.rows[2].max_points is None


def test_points_merged_over_two_items() -> None:
    table = _read(HEAD, ("1", "CHỈ ĐẠO", "5"), ("1.1", "Kế hoạch", "5"), ("1.2", "Thực hiện", "^"))
    assert _points(table) == {"1": 5, "1.1": 5, "1.2": None}
    assert _doubts(table, "points_merged") == [{"code": "1.2", "points": "5", "other": "1.1"}]


# --- totals --------------------------------------------------------------------------------------------------------


def _with_bonus(*end: tuple[str, ...], total: str = "101") -> PaperTable:
    inside: Rows = (("I", "CHỈ ĐẠO", "60"), ("1", "Kế hoạch", "60"), ("II", "THỂ CHẾ", "40"), ("1", "Rà soát", "40"))
    return _read(HEAD, *inside, ("", "TỔNG ĐIỂM", total), ("III", "ĐIỂM CỘNG", "5"), ("1", "Sáng kiến", "5"), *end)


def test_a_total_above_bonus_and_penalty_is_that_of_the_table() -> None:
    table = _with_bonus(("IV", "ĐIỂM TRỪ", "-5"), ("1", "Chậm", "-5"))
    assert table.printed_total == 101
    assert table.total_place.line == 6
    assert table.total_place.table == "Bảng 1"
    assert [row.outside for row in table.rows if "." not in row.code] == [None, None, Outside.BONUS, Outside.PENALTY]
    assert _doubts(table, "total_before_rows") == []


def test_a_total_above_another_area_is_that_of_a_part() -> None:
    table = _with_bonus(("IV", "HIỆN ĐẠI HÓA", "5"), ("1", "Phần mềm", "5"), total="100")
    assert table.printed_total is None
    assert _doubts(table, "total_before_rows") == [{"code": "III"}]


def test_subtotals_are_the_points_of_their_areas() -> None:
    table = _read(
        HEAD,
        *(("I", "CHỈ ĐẠO", ""), ("1", "Kế hoạch", "5"), ("2", "Báo cáo", "7"), ("", "Cộng mục I", "13")),
        *(("II", "THỂ CHẾ", "9"), ("1", "Rà soát", "8"), ("", "Tổng (II)", "8"), ("", "Tổng cộng (I+II)", "20")),
    )
    assert _points(table)["I"] == 13
    assert table.printed_total == 20
    assert _doubts(table, "second_points") == [{"code": "II", "first": "9", "second": "8"}]
    assert _doubts(table, "several_totals") == []


def test_a_subtotal_without_a_name_is_that_of_the_area_above() -> None:
    table = _read(
        HEAD,
        *(("I", "CHỈ ĐẠO", ""), ("1", "Kế hoạch", "5"), ("2", "Báo cáo", "7"), ("", "Cộng", "13")),
        *(("II", "THỂ CHẾ", "8"), ("1", "Rà soát", "8"), ("", "Cộng", "8"), ("", "Tổng cộng", "20")),
    )
    assert _points(table)["I"] == 13
    assert table.printed_total == 20
    assert _doubts(table, "total_before_rows") == [{"code": "II"}]


# --- codes ---------------------------------------------------------------------------------------------------------


def test_areas_without_codes_over_items_that_count_on() -> None:
    table = _read(
        HEAD,
        *(("", "NHÓM TIÊU CHÍ CHUNG", "30"), ("1", "Kế hoạch", "10"), ("2", "Báo cáo", "20")),
        *(("", "NHÓM TIÊU CHÍ RIÊNG", "70"), ("3", "Tuyên truyền", "30"), ("4", "Hồ sơ", "40")),
    )
    assert [row.code for row in table.rows] == ["I", "I.1", "I.2", "II", "II.3", "II.4"]
    assert len(_doubts(table, "area_code_supplied")) == 2


def test_an_area_without_a_code_whose_items_count_from_one_again() -> None:
    table = _read(
        HEAD,
        *(("1", "CHỈ ĐẠO", "10"), ("1.1", "Kế hoạch", "10"), ("2", "THỂ CHẾ", "5"), ("2.1", "Rà soát", "5")),
        *(("", "ĐIỂM THƯỞNG", "5"), ("1", "Sáng kiến", "2"), ("2", "Khen thưởng", "3"), ("", "ĐIỂM TRỪ", "2")),
        ("1", "Chậm", "2"),
    )
    assert [row.code for row in table.rows] == ["1", "1.1", "2", "2.1", "3", "3.1", "3.2", "4", "4.1"]


def test_roman_numerals() -> None:
    assert [area_codes.roman(number) for number in (1, 4, 9, 14)] == ["I", "IV", "IX", "XIV"]


@pytest.mark.parametrize("word", ["TC", "CS", "LV ", "TCTP"])
def test_codes_with_a_short_word_before_the_number(word: str) -> None:
    rows = (("1", "CHỈ ĐẠO", "4"), ("1.1", "Kế hoạch", "4"), ("1.1.1", "Ban hành", "1"), ("1.1.2", "Kết quả", "3"))
    table = _read(HEAD, *((f"{word}{code}", title, points) for code, title, points in rows))
    assert _points(table) == {"1": 4, "1.1": 4, "1.1.1": 1, "1.1.2": 3}
    assert [row.title for row in table.rows] == ["CHỈ ĐẠO", "Kế hoạch", "Ban hành", "Kết quả"]


def test_short_words_of_levels_that_count_anew() -> None:
    rows = (("LV1", "CHỈ ĐẠO", "4"), ("TC1", "Kế hoạch", "4"), ("LV2", "THỂ CHẾ", "5"), ("TC1", "Rà soát", "5"))
    assert list(_points(_read(HEAD, *rows))) == ["1", "1.1", "2", "2.1"]


def test_small_roman_numerals() -> None:
    rows = (("i", "CHỈ ĐẠO", "4"), ("i.1", "Kế hoạch", "4"), ("ii", "THỂ CHẾ", "5"), ("ii.1", "Rà soát", "5"))
    assert list(_points(_read(HEAD, *rows))) == ["I", "I.1", "II", "II.1"]
    assert printed_codes.read_code("h") == "h"
    assert printed_codes.read_code("iiii") is None


def test_letters_for_options_and_letters_for_items() -> None:
    table = _read(
        HEAD,
        *(("1", "CHUNG", "6"), ("1.1", "Kế hoạch", "3"), ("a", "Đúng hạn", "3"), ("b", "Chậm", "1,5")),
        *(("c", "Không ban hành", "0"), ("1.2", "Báo cáo", "3"), ("a", "Quý", "2"), ("b", "Năm", "1")),
    )
    assert table.rows[1].options == ("Đúng hạn: 3", "Chậm: 1,5", "Không ban hành: 0")
    assert list(_points(table)) == ["1", "1.1", "1.2", "1.2.a", "1.2.b"]


# --- rows ----------------------------------------------------------------------------------------------------------


def test_a_page_number_in_a_row_of_its_own_is_no_area() -> None:
    rows = (("1", "CHỈ ĐẠO", "10"), ("1.1", "Kế hoạch", "4"), ("2", "", ""), HEAD, ("1.2", "Báo cáo", "6"))
    table = _read(HEAD, *rows, ("2", "THỂ CHẾ", "5"), ("2.1", "Rà soát", "5"), ("3", "", ""), ("", "Tổng", "15"))
    assert list(_points(table)) == ["1", "1.1", "1.2", "2", "2.1"]
    assert _doubts(table, "page_numbers") == [{"numbers": ["2", "3"]}]


@pytest.mark.parametrize("below", ["2.1", "3"])
def test_a_number_that_the_codes_go_on_from_is_a_row_without_a_title(below: str) -> None:
    table = _read(HEAD, ("1", "CHỈ ĐẠO", "10"), ("2", "", ""), (below, "THỂ CHẾ", "5"))
    assert list(_points(table)) == ["1", "2", below]


def _swallowed(code: str, title: str) -> list[tuple[str, object]]:
    rows = [PaperRow(code, title, Place()), PaperRow("2.2", "Rà soát", Place())]
    return [(doubt.kind, doubt.facts.get("code")) for doubt in swallowed_rows.swallowed(rows)]


def test_a_row_in_the_middle_of_a_title_is_named() -> None:
    assert _swallowed("2.1", "Xây dựng văn bản 2.1.1 Mức độ hoàn thành 3,5 Tự chấm") == [("row_passed_over", "2.1.1")]
    assert _swallowed("1.3", "Tác động của 2 XÂY DỰNG THỂ CHẾ 10 công tác") == [("row_passed_over", "2")]
    assert _swallowed("1.3", "Tính kịp thời 2,5 Tự chấm trong tham mưu") == [("row_bounds_unsure", None)]


@pytest.mark.parametrize(
    "title",
    [
        "Thực hiện Nghị quyết số 76/NQ-CP giai đoạn 2021-2030",
        "Kết quả theo tiêu chí 2.1.1 Bộ chỉ số năm 5 lần",
        "Rà soát như 2.2 Rà soát của năm 10",
        "Có ít nhất 02 cuộc kiểm tra",
    ],
)
def test_numbers_of_a_title_are_no_rows(title: str) -> None:
    assert _swallowed("2.1", title) == []


# --- no table ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("TT\tTiêu chí\tTrọng số\n1\tCHỈ ĐẠO\t60%\n1.1\tKế hoạch\t60%\n", "“TT”, “Tiêu chí”, “Trọng số”"),
        ("QUYẾT ĐỊNH\nSTT\nTiêu chí\nĐiểm tối đa\n1\nCHỈ ĐẠO\n12\n", "“STT”, “Tiêu chí”, “Điểm tối đa”"),
    ],
)
def test_what_looked_most_like_a_head_is_said(tmp_path: Path, text: str, near: str) -> None:
    path = tmp_path / "bang.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInput) as refused:
        read_paper(path)
    problem = refused.value.problems[0]
    assert problem.kind == "no_table"
    assert problem.place.line == (2 if text.startswith("QUYẾT") else 1)
    assert f"Gần nhất là đầu bảng {near}." in problems.message(problem)
    assert "Điểm tối đa" in problems.remedy(problem)


def test_prose_has_no_nearest_head() -> None:
    assert (
        nearest_head([Paragraph("Căn cứ Luật Tổ chức chính quyền địa phương;", Place()), Paragraph("STT", Place())])
        is None
    )
