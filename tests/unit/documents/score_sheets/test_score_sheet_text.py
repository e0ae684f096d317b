"""What the reader of printed score sheets takes, refuses and doubts."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from tests.score_sheet_layout import Layout, SheetRow, printed

from parindex.documents.papers import PaperTable, Paragraph
from parindex.documents.score_sheets.text import read_score_sheet_text
from parindex.domain.errors import Place

ACCEPTED = "Cấp 2: Đồng ý kết quả tự đánh giá"
TEXT = (
    "Năm 2020, tỉnh đã ban hành kế hoạch và triển khai đầy đủ các nhiệm vụ được giao; kết quả được thể hiện tại "
    "báo cáo số 401/BC-UBND ngày 08/12/2020 của Ủy ban nhân dân tỉnh, mục 2 trang 8 và các phụ lục kèm theo."
)
ROWS = (
    SheetRow("1", "CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH", "3", "2,5", "2,25"),
    SheetRow("1.1", "Thực hiện kế hoạch cải cách hành chính của tỉnh", "1", "1", "0,75", (TEXT,), ACCEPTED),
    SheetRow("1.2", "Thực hiện chế độ báo cáo", "2", "1,5", "1,5"),
    SheetRow("1.2.1", "Số lượng và thời gian báo cáo theo quy định", "1", "1", "1", (TEXT,), ACCEPTED),
    SheetRow("1.2.2", "Nội dung báo cáo", "1", "0,5", "0,5", (TEXT,), ACCEPTED),
)
TOTAL = ("3", "2,5", "2,25")


def read(rows: tuple[SheetRow, ...] = ROWS, total: tuple[str, ...] = TOTAL, layout: Layout | None = None) -> PaperTable:
    found = read_score_sheet_text(printed(list(rows), layout or Layout(page_lines=60), total))
    assert found is not None
    return found


def kinds(table: PaperTable) -> list[str]:
    return sorted(each.kind for each in table.doubts)


def changed(code: str, **fields: object) -> tuple[SheetRow, ...]:
    return tuple(replace(row, **fields) if row.code == code else row for row in ROWS)  # type: ignore[arg-type]


def test_a_faultless_sheet_raises_no_doubt() -> None:
    table = read()
    assert [row.code for row in table.rows] == ["1", "1.1", "1.2", "1.2.1", "1.2.2"]
    assert table.doubts == ()
    assert table.rows[3].explanations == (TEXT,)


def test_prose_and_a_criteria_table_are_no_score_sheet() -> None:
    prose = [Paragraph(text, Place(line=at)) for at, text in enumerate(("Quyết định", "1. Phạm vi", "2. Đối tượng"), 1)]
    assert read_score_sheet_text(prose) is None
    heads = ["STT", "Lĩnh vực/Tiêu chí", "Điểm tối đa", "Ghi chú", "1 Chỉ đạo", "3", "1.1 Kế hoạch", "1"]
    lines = [Paragraph(text, Place(line=at)) for at, text in enumerate(heads, 1)]
    assert read_score_sheet_text(lines) is None
    assert read_score_sheet_text([]) is None


def test_a_group_that_is_not_the_sum_of_its_rows() -> None:
    found = {each.place.code: each for each in read(changed("1.2", self="1,25")).doubts}
    assert {each.kind for each in found.values()} == {"group_points_differ"}
    assert set(found) == {"1", "1.2"}
    assert found["1.2"].facts == {
        "code": "1.2",
        "column": "self_points",
        "stated": Fraction(5, 4),
        "found": Fraction(3, 2),
    }


def test_a_total_that_is_not_the_sum_of_the_items() -> None:
    [doubt] = read(total=("3", "2,5", "2,5")).doubts
    assert doubt.kind == "total_points_differ"
    assert doubt.facts == {"column": "appraised_points", "stated": Fraction(5, 2), "found": Fraction(9, 4)}


def test_points_above_the_maximum() -> None:
    table = read(changed("1.2.2", self="1,5"))
    assert "points_above_max" in kinds(table)
    assert table.rows[4].self_points == Fraction(3, 2)


def test_a_gap_in_the_codes() -> None:
    table = read((*ROWS[:4], replace(ROWS[4], code="1.2.4")))
    [doubt] = table.doubts
    assert doubt.kind == "code_unexpected"
    assert doubt.facts == {"code": "1.2.4", "after": "1.2.1", "printed": "1.2.4"}


def test_a_code_that_comes_twice() -> None:
    table = read((*ROWS[:4], replace(ROWS[4], code="1.2.1")))
    assert [row.code for row in table.rows][-2:] == ["1.2.1", "1.2.1"]
    assert "code_unexpected" in kinds(table)


def test_a_row_without_appraisal() -> None:
    table = read(changed("1.1", appraised="", opinion=""))
    assert table.rows[1].appraised_points is None
    assert [each.facts for each in table.doubts if each.kind == "points_missing"] == [
        {"code": "1.1", "column": "appraised_points"}
    ]


def test_no_total() -> None:
    assert kinds(read(total=())) == ["total_missing"]


def test_numbers_that_begin_anew_under_roman_areas() -> None:
    roman = [replace(row, code="I" if row.code == "1" else row.code[2:]) for row in ROWS]
    again = [replace(row, code="II" if row.code == "I" else row.code) for row in roman]
    table = read((*roman, *again), ("6", "5", "4,5"))
    assert [row.code for row in table.rows][:6] == ["I", "I.1", "I.2", "I.2.1", "I.2.2", "II"]
    assert kinds(table) == ["code_qualified"]


def test_a_number_in_an_explanation_that_passes_for_a_row_is_told_by_the_maxima() -> None:
    rows = (
        SheetRow("I", "CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH", "3", "2,5", "2,25"),
        SheetRow("1", "Thực hiện kế hoạch cải cách hành chính của tỉnh", "1", "1", "0,75", (TEXT,), ACCEPTED),
        SheetRow("2", "Thực hiện chế độ báo cáo", "2", "1,5", "1,5", (TEXT,), ACCEPTED),
        SheetRow("3", "Báo cáo gửi chậm", "1", "0", "0", (TEXT,), ACCEPTED),
    )
    (found,) = [each for each in read(rows).doubts if each.kind == "group_points_differ"]
    assert found.facts == {"code": "I", "column": "max_points", "stated": Fraction(3), "found": Fraction(4)}


def test_codes_broken_in_a_narrow_column() -> None:
    rows = [replace(ROWS[0], max="11", self="11", appraised="8,25")]
    rows += [replace(ROWS[1], code=f"1.{number}") for number in range(1, 12)]
    layout = Layout({"code": 1300, "title": 13500, "explanation": 19000, "opinion": 6500}, page_lines=200)
    table = read(tuple(rows), ("11", "11", "8,25"), layout)
    assert [row.printed_code for row in table.rows][-2:] == ["1.1 0", "1.1 1"]
    assert [row.code for row in table.rows][-2:] == ["1.10", "1.11"]
    assert table.doubts == ()


def test_a_repeated_head_is_no_row() -> None:
    lines = printed(list(ROWS), Layout(page_lines=60), TOTAL)
    first = next(number for number, paragraph in enumerate(lines) if paragraph.text.startswith("1 "))
    head = [paragraph.text for paragraph in lines[2:first]]
    at = next(number for number, paragraph in enumerate(lines) if paragraph.text.startswith("1.2 "))
    texts = [*(each.text for each in lines[:at]), *head, *(each.text for each in lines[at:])]
    table = read_score_sheet_text([Paragraph(text, Place(line=number)) for number, text in enumerate(texts, 1)])
    assert table is not None
    assert [(row.title, row.explanations) for row in table.rows] == [
        (row.title, row.explanations) for row in read().rows
    ]


def test_lost_letters_stay_as_printed_and_are_counted() -> None:
    broken = TEXT.replace("nhân dân", "nh n dân")
    table = read(changed("1.1", explanations=(broken,)))
    assert table.rows[1].explanations == (broken,)
    [doubt] = table.doubts
    assert doubt.facts == {"code": "1.1", "count": 1, "printed": ["nh n"], "proposals": {"nh n": "nhân"}}


def test_a_column_of_last_year_is_not_taken_for_this_years_points() -> None:
    heads = "STT Lĩnh vực/Tiêu chí Điểm tối đa {} Giải trình Điểm thẩm định"
    rows = ["1 Chỉ đạo 3 2 2", "1.1 Kế hoạch 3 2 Đã ban hành 2"]
    found = [
        read_score_sheet_text(
            [Paragraph(text, Place(line=at)) for at, text in enumerate([heads.format(name), *rows], 1)]
        )
        for name in ("Điểm tự chấm của năm trước", "Điểm tự chấm")
    ]
    assert [table is not None for table in found] == [False, True]
