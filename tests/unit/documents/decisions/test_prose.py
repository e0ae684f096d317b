"""The prose around the tables: which figure belongs to which table, and what it says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from parindex.documents.decisions.basis import read_legal_basis, read_year
from parindex.documents.decisions.prose import attach
from parindex.documents.decisions.sections import read_sections
from parindex.documents.decisions.timetable import read_timetable
from parindex.documents.papers import PaperRow, PaperTable, Paragraph, TableKind
from parindex.domain.criteria.criteria_set import Source
from parindex.domain.errors import Place

TWO_TABLES = """
1. Chỉ số CCHC các cơ quan chuyên môn
Bộ tiêu chí được cấu trúc thành 07 lĩnh vực đánh giá 47 tiêu chí và 99 tiêu chí thành phần, cụ thể:
- Công tác chỉ đạo, điều hành CCHC: 10 tiêu chí và 15 tiêu chí thành phần;
- Cải cách thủ tục hành chính: 06 tiêu chí và 15 tiêu chí thành phần.
(Chi tiết tại Bảng 1 kèm theo Đề án này).
Thang điểm đánh giá tối đa là 100 điểm, trong đó:
- Điểm đánh giá kết quả triển khai thực hiện CCHC tối đa là 80/100 điểm.
- Điểm đánh giá thông qua điều tra xã hội học tối đa là: 20/100 điểm.
+ Từ 85% tổng điểm trở lên, xếp ở mức "Tốt".
+ Từ 75% đến dưới 85% tổng điểm, xếp ở mức "Khá".
+ Dưới 75% tổng điểm, xếp ở mức "Kém".
2. Chỉ số CCHC của UBND các huyện
Bộ tiêu chí được cấu trúc thành 08 lĩnh vực đánh giá, 50 tiêu chí, 107 tiêu chí thành phần, cụ thể là:
- Công tác chỉ đạo, điều hành CCHC: 09 tiêu chí và 15 tiêu chí thành phần;
(Chi tiết tại Bảng 2 kèm theo Đề án này).
Thang điểm đánh giá tối đa là 100 điểm, trong đó:
- Điểm đánh giá kết quả triển khai thực hiện CCHC tối đa là 75/100 điểm;
- Điểm điều tra xã hội học tối đa là: 10/100 điểm.
- Điểm khảo sát sự hài lòng của người dân tối đa là: 15/100 điểm.
"""


def _lines(text: str) -> list[Paragraph]:
    return [Paragraph(line, Place(line=number)) for number, line in enumerate(text.strip().split("\n"), start=1)]


def _table(name: str, *codes: str, title: str = "") -> PaperTable:
    rows = tuple(PaperRow(code, "Mục", Place(row=number)) for number, code in enumerate(codes, start=1))
    return PaperTable(TableKind.CRITERIA_SET, title or name, Place(table=name), rows)


def test_each_section_goes_to_the_table_that_it_names() -> None:
    (second, first), _ = attach([_table("Bảng 2"), _table("Bảng 1")], _lines(TWO_TABLES))
    assert (first.declared.areas, first.declared.criteria, first.declared.subcriteria) == (7, 47, 99)
    assert (second.declared.areas, second.declared.criteria, second.declared.subcriteria) == (8, 50, 107)
    assert first.declared.parts == {"report": 80, "opinion_survey": 20}
    assert second.declared.parts == {"report": 75, "opinion_survey": 10, "satisfaction_index": 15}
    assert [(area.title, area.criteria, area.subcriteria) for area in first.declared.by_area] == [
        ("Công tác chỉ đạo, điều hành CCHC", 10, 15),
        ("Cải cách thủ tục hành chính", 6, 15),
    ]
    assert first.declared.places["parts/report"].line == 7
    assert first.doubts == second.doubts == ()


def test_parts_know_their_sources() -> None:
    section = read_sections(_lines(TWO_TABLES))[1]
    assert [(part.id, part.sources) for part in section.parts] == [
        ("report", (Source.REPORT, Source.EXTERNAL)),
        ("opinion_survey", (Source.OPINION_SURVEY,)),
        ("satisfaction_index", (Source.SATISFACTION_INDEX,)),
    ]


def test_grades_that_only_one_section_states_hold_for_all() -> None:
    for table in attach([_table("Bảng 1"), _table("Bảng 2")], _lines(TWO_TABLES))[0]:
        assert [(grade.title, grade.lower) for grade in table.grades] == [("Tốt", 85), ("Khá", 75), ("Kém", 0)]


def test_grades_above_the_structure_are_those_of_the_paper() -> None:
    text = (
        "Xếp loại: Tốt từ 90 điểm trở lên; Khá dưới 90 điểm.\nĐiều 2\nĐiều 3\n"
        "Bộ tiêu chí gồm 08 lĩnh vực, 43 tiêu chí. Thang điểm là 100 điểm."
    )
    (table,), _ = attach([_table("Bảng 1")], _lines(text))
    assert [(grade.title, grade.lower) for grade in table.grades] == [("Tốt", 90), ("Khá", 0)]


def test_a_section_without_a_name_goes_by_its_numbers() -> None:
    text = (
        "Bộ tiêu chí gồm 1 lĩnh vực, 2 tiêu chí và 0 tiêu chí thành phần.\n"
        "Bộ tiêu chí gồm 1 lĩnh vực, 1 tiêu chí và 2 tiêu chí thành phần."
    )
    (one, two), _ = attach([_table("A", "1", "1.1", "1.1.1", "1.1.2"), _table("B", "1", "1.1", "1.2")], _lines(text))
    assert (one.declared.criteria, two.declared.criteria) == (1, 2)
    assert one.doubts == two.doubts == ()


def test_one_table_and_one_section_belong_together() -> None:
    text = "Bộ tiêu chí gồm 08 lĩnh vực, 43 tiêu chí, 102 tiêu chí thành phần."
    (table,), _ = attach([_table("Bảng 1")], _lines(text))
    assert (table.declared.areas, table.declared.criteria, table.declared.subcriteria) == (8, 43, 102)
    assert table.doubts == ()


def test_results_are_no_declared_parts() -> None:
    text = (
        "Bộ tiêu chí gồm 8 lĩnh vực, 43 tiêu chí.\n"
        "- Điểm thực hiện: 66,50/100 điểm.\n"
        "- Tỉnh đạt 82,05/100 điểm, xếp thứ 51."
    )
    (section,) = read_sections(_lines(text))
    assert section.declared.parts == {"report": Fraction(133, 2)}


def test_a_scale_other_than_a_hundred() -> None:
    text = (
        "Thang điểm đánh giá tối đa là 24,5 điểm, trong đó:\n"
        "- Điểm báo cáo tối đa là 20,5/24,5 điểm\n"
        "- Điểm ĐTXHH: 4/24,5 điểm"
    )
    (section,) = read_sections(_lines(text))
    assert section.declared.max_points == Fraction(49, 2)
    assert section.declared.parts == {"report": Fraction(41, 2), "opinion_survey": 4}


def test_the_abstract_ends_where_the_legal_grounds_begin() -> None:
    """Whatever stands between the two in other papers ("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH") may be missing."""
    abstract = "Ban hành Bộ tiêu chí xác định Chỉ số cải cách hành chính năm 2025 của các sở, ban, ngành tỉnh Hòa Sơn"
    grounds = ("Căn cứ Luật Tổ chức chính quyền địa phương;", "Theo đề nghị của Giám đốc Sở Nội vụ;", "Xét tờ trình;")
    for ground in grounds:
        lines = _lines(f"Số: 415/QĐ-UBND\nQUYẾT ĐỊNH\n{abstract}\n{ground}\nĐiều 1. Ban hành.")
        (basis,) = attach([_table("Bảng 1")], lines)[0][0].legal_basis
        assert basis.abstract == abstract


def test_lines_that_a_page_broke_are_put_together() -> None:
    text = (
        "Bộ tiêu chí gồm 08 lĩnh vực, 43 tiêu chí và 102 tiêu\n"
        "chí thành phần, trong đó có\n"
        "- Cải cách thể chế: 05 tiêu chí và 11 tiêu chí thành\n"
        "phần;"
    )
    (table,), _ = attach([_table("Bảng 1")], _lines(text))
    assert table.declared.subcriteria == 102
    assert [(area.criteria, area.subcriteria) for area in table.declared.by_area] == [(5, 11)]


def test_the_document_itself_is_the_legal_basis() -> None:
    text = """ỦY BAN NHÂN DÂN
TỈNH ĐIỆN BIÊN
CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 2270 /QĐ-UBND
Điện Biên, ngày 13 tháng 12 năm 2024
QUYẾT ĐỊNH
Phê duyệt Đề án “Xác định Chỉ số cải cách hành chính năm 2024”
Căn cứ Nghị quyết số 76/NQ-CP ngày 15 tháng 7 năm 2021 của Chính phủ"""
    (basis,) = read_legal_basis(_lines(text))
    assert (basis.number, basis.date, basis.issuer) == (
        "2270/QĐ-UBND",
        date(2024, 12, 13),
        "Ủy ban nhân dân tỉnh Điện Biên",
    )
    assert basis.abstract == "Phê duyệt Đề án “Xác định Chỉ số cải cách hành chính năm 2024”"
    assert read_year(_lines(text), [basis]) == 2024


def test_a_table_alone_names_the_decision_that_it_is_attached_to() -> None:
    text = "(Ban hành kèm theo Quyết định số 1845/QĐ-UBND ngày 30/9/2020 của UBND tỉnh Hà Giang)"
    (basis,) = read_legal_basis(_lines(text))
    assert (basis.number, basis.date, basis.issuer) == ("1845/QĐ-UBND", date(2020, 9, 30), "UBND tỉnh Hà Giang")


def test_a_date_that_no_calendar_has() -> None:
    (basis,) = read_legal_basis(_lines("Số: 1/QĐ-BNV\nHà Nội, ngày 31 tháng 02 năm 2024"))
    assert basis.date is None


@pytest.mark.parametrize(
    ("sentence", "starts", "ends"),
    [
        ("kết thúc chậm nhất ngày 31/12/2024.", None, date(2024, 12, 31)),
        ("Cập nhật trong Quý I năm 2025.", date(2025, 1, 1), date(2025, 3, 31)),
        ("Tự đánh giá trong tháng 02 năm 2024.", date(2024, 2, 1), date(2024, 2, 29)),
        ("Thẩm định từ ngày 01/02/2025 đến ngày 15/3/2025.", date(2025, 2, 1), date(2025, 3, 15)),
        ("Công bố ngày 20 tháng 4 năm 2025.", date(2025, 4, 20), date(2025, 4, 20)),
    ],
)
def test_the_timetable(sentence: str, starts: date | None, ends: date) -> None:
    text = (
        "IV. TIẾN ĐỘ, KINH PHÍ THỰC HIỆN\n"
        "1. Tiến độ thực hiện\n"
        f"a) {sentence}\n"
        "2. Kinh phí\n"
        "Quyết toán trước ngày 01/01/2026."
    )
    (phase,) = read_timetable(_lines(text))
    assert (phase.starts, phase.ends, phase.reference) == (starts, ends, "IV.1.a")


def test_the_scale_may_stand_above_the_structure() -> None:
    text = (
        "1. Thang điểm đánh giá là 100 điểm.\n"
        "2. Bộ tiêu chí gồm hai lĩnh vực với năm tiêu chí.\n"
        "Điểm tự chấm tối đa 70 điểm; điểm điều tra xã hội học tối đa 30 điểm."
    )
    (section,) = read_sections(_lines(text))
    assert (section.declared.areas, section.declared.criteria, section.declared.max_points) == (2, 5, 100)
    assert section.declared.parts == {"report": 70, "opinion_survey": 30}
    assert (section.declared.places["max_points"].line, section.declared.places["areas"].line) == (1, 2)
    assert section.doubts == ()


@pytest.mark.parametrize(
    ("text", "areas", "criteria"),
    [
        ("Bộ Chỉ số gồm 2 lĩnh vực, năm (05) tiêu chí.", 2, 5),
        ("Bộ tiêu chí có 2 lĩnh vực, trong đó: tự chấm 70 điểm, khảo sát 30 điểm.", 2, None),
        ("Chỉ số CCHC bao gồm 43 tiêu chí.", None, 43),
        ("Mỗi đơn vị có 2 lĩnh vực chuyên môn.", None, None),
    ],
)
def test_one_number_declares_where_the_sentence_is_about_the_set(
    text: str, areas: int | None, criteria: int | None
) -> None:
    (table,), _ = attach([_table("Bảng 1", "1", "1.1", "1.2")], _lines(text))
    assert (table.declared.areas, table.declared.criteria) == (areas, criteria)


def test_areas_counted_line_by_line_without_a_sentence_of_the_whole() -> None:
    text = 'Cơ sở đánh giá.\nLĩnh vực "Chỉ đạo": 3 tiêu chí (60 điểm).\nLĩnh vực Thủ tục có 2 tiêu chí (40 điểm).'
    (table,), _ = attach([_table("Bảng 1", "1", "1.1", "1.2")], _lines(text))
    assert [(area.title, area.criteria, area.max_points, area.place.line) for area in table.declared.by_area] == [
        ("Chỉ đạo", 3, 60, 2),
        ("Lĩnh vực Thủ tục", 2, 40, 3),
    ]
    (table,), _ = attach([_table("Bảng 1", "1", "1.1", "1.2")], _lines("Lĩnh vực Thủ tục: 2 tiêu chí."))
    assert table.declared.by_area == ()


SHARES = "- Điểm tự đánh giá: chiếm tỷ lệ 60%.\n- Điểm điều tra xã hội học: chiếm tỷ lệ 40%."


@pytest.mark.parametrize(
    ("text", "printed", "parts"),
    [
        (SHARES, None, {"report": 60, "opinion_survey": 40}),
        (SHARES, 30, {"report": 18, "opinion_survey": 12}),
        (f"Tổng điểm là 50 điểm.\n{SHARES}", 30, {"report": 30, "opinion_survey": 20}),
        ("Thẩm định chiếm 70% và khảo sát chiếm 30% tổng điểm.", None, {"report": 70, "opinion_survey": 30}),
        ("60% tổng điểm qua thẩm định; 40% tổng điểm qua khảo sát.", None, {"report": 60, "opinion_survey": 40}),
    ],
)
def test_parts_in_per_cent_are_points_of_the_whole(text: str, printed: int | None, parts: dict[str, int]) -> None:
    table = _table("Bảng 1", "1", "1.1", "1.2")
    total = None if printed is None else Fraction(printed)
    (table,), doubts = attach([replace(table, printed_total=total)], _lines(text))
    assert (table.declared.parts, doubts, table.doubts) == (parts, (), ())


def test_a_per_cent_of_one_source_alone_is_a_doubt() -> None:
    text = "Điểm điều tra xã hội học chiếm tỷ lệ 40%."
    (table,), _ = attach([_table("Bảng 1", "1", "1.1", "1.2")], _lines(text))
    assert [(doubt.kind, doubt.facts["text"]) for doubt in table.doubts] == [("prose_not_understood", text)]


def test_parts_in_per_cent_of_the_areas_together_where_no_total_is_printed() -> None:
    rows = tuple(PaperRow(str(code), "Mục", Place(row=code), Fraction(25)) for code in (1, 2))
    table = PaperTable(TableKind.CRITERIA_SET, "Bảng 1", Place(table="Bảng 1"), rows)
    (table,), _ = attach([table], _lines(SHARES))
    assert table.declared.parts == {"report": 30, "opinion_survey": 20}


def test_the_place_of_the_total_row_goes_with_the_declared_numbers() -> None:
    table = replace(_table("Bảng 1", "1", "1.1"), printed_total=Fraction(31), total_place=Place(line=22))
    (table,), _ = attach([table], [])
    assert table.declared.places["printed_total"] == Place(line=22)
