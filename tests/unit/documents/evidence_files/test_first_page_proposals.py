"""What lines of a first page say of the paper: the shapes of decisions, letters, reports, plans and attachments."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from parindex.documents.evidence_files.first_page import FirstPage, proposals
from parindex.documents.evidence_files.first_page_lines import FirstPageLines

MOTTO = ("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")


def page(*lines: str) -> FirstPage:
    return proposals(FirstPageLines(lines), "van-ban.pdf")


def values(found: FirstPage) -> dict[str, Any]:
    names = ("number", "date", "issuer", "kind", "abstract")
    return {name: one for name in names if (one := getattr(found, name)) is not None}


def test_a_decision_of_a_province() -> None:
    found = page(
        "ỦY BAN NHÂN DÂN", "TỈNH ĐIỆN BIÊN", "Số: 2270 /QĐ-UBND", *MOTTO, "Điện Biên, ngày 13 tháng 12 năm 2024",
        "QUYẾT ĐỊNH", "Phê duyệt Đề án “Xác định Chỉ số cải cách hành chính", "năm 2024”",
        "ỦY BAN NHÂN DÂN TỈNH ĐIỆN BIÊN", "Căn cứ Nghị quyết số 76/NQ-CP ngày 15 tháng 7 năm 2021 của Chính phủ;",
    )  # fmt: skip
    assert values(found) == {
        "number": "2270/QĐ-UBND",
        "date": date(2024, 12, 13),
        "issuer": "Ủy ban nhân dân tỉnh Điện Biên",
        "kind": "Quyết định",
        "abstract": "Phê duyệt Đề án “Xác định Chỉ số cải cách hành chính năm 2024”",
    }
    assert found.doubts == ()


def test_a_letter_of_a_department_whose_columns_ran_into_each_other() -> None:
    found = page(
        f"UBND TỈNH ĐIỆN BIÊN {MOTTO[0]}", f"SỞ NỘI VỤ {MOTTO[1]}",
        "Số: 126/SNV-CCHC Điện Biên, ngày 29 tháng 01 năm 2021", "V/v tự đánh giá, chấm điểm", "Chỉ số CCHC năm 2020",
        "Kính gửi: Bộ Nội vụ", "Thực hiện Công văn số 383/BNV-CCHC ngày 28/01/2021",
    )  # fmt: skip
    assert values(found) == {
        "number": "126/SNV-CCHC",
        "date": date(2021, 1, 29),
        "issuer": "Sở Nội vụ",
        "kind": "Công văn",
        "abstract": "Tự đánh giá, chấm điểm Chỉ số CCHC năm 2020",
    }


def test_a_report_without_its_head_on_the_page() -> None:
    found = page("BÁO CÁO", "Phân tích Chỉ số hài lòng của người dân", "năm 2024", "–––––––", "Trên cơ sở kết quả")
    assert values(found) == {
        "kind": "Báo cáo",
        "abstract": "Phân tích Chỉ số hài lòng của người dân năm 2024",
    }


def test_an_attachment_has_the_number_of_the_paper_that_it_came_with() -> None:
    found = page(
        "KẾ HOẠCH", "Cải thiện, nâng cao Chỉ số Cải cách hành chính",
        "(Kèm theo Kế hoạch số: 509/KH-UBND ngày 20 tháng 7",
        "năm 2021 của Chủ tịch UBND tỉnh)", "I. BÁO CÁO, ĐÁNH GIÁ",
    )  # fmt: skip
    assert values(found) == {
        "number": "509/KH-UBND",
        "date": date(2021, 7, 20),
        "issuer": "Chủ tịch UBND tỉnh",
        "kind": "Kế hoạch",
        "abstract": "Cải thiện, nâng cao Chỉ số Cải cách hành chính",
    }


def test_what_a_table_cites_is_not_the_paper_itself() -> None:
    assert values(page("STT Tiêu chí Giải trình", "1.1 Kế hoạch", "số 401/BC-UBND ngày 08/12/2020 đã được gửi")) == {}


@pytest.mark.parametrize("line", ["Số:       /QĐ-UBND", "Số ...../BC-SNV", "Số: ……/TTr-UBND"])
def test_a_number_left_blank_is_not_guessed(line: str) -> None:
    found = page(
        "ỦY BAN NHÂN DÂN", line, "Điện Biên, ngày      tháng 12 năm 2024", "QUYẾT ĐỊNH", "Về việc thành lập tổ"
    )
    assert (found.number, found.date) == (None, None)
    assert [one.kind for one in found.doubts] == ["first_page_number_blank", "first_page_date_blank"]
    assert found.abstract == "Thành lập tổ"


def test_a_date_that_does_not_exist_is_said() -> None:
    found = page("SỞ NỘI VỤ", "Số: 5/BC-SNV", "Điện Biên, ngày 31 tháng 02 năm 2021", "BÁO CÁO", "Công tác cải cách")
    assert found.date is None
    assert [(one.kind, one.facts) for one in found.doubts] == [("first_page_date_impossible", {"date": "31/02/2021"})]


def test_where_kind_and_symbol_differ_the_heading_counts() -> None:
    found = page("SỞ NỘI VỤ", "Số: 5/KH-SNV", "BÁO CÁO", "Công tác cải cách")
    assert found.kind == "Báo cáo"


def test_an_issuer_that_the_symbol_does_not_name() -> None:
    found = page("KHO BẠC NHÀ NƯỚC ĐIỆN BIÊN", "Số: 139/BC-TCKT", "BÁO CÁO", "Kết quả giải ngân")
    assert found.issuer == "Kho bạc Nhà nước Điện Biên"


def test_a_party_paper_without_the_word_number() -> None:
    found = page(
        "TỈNH ỦY ĐIỆN BIÊN", "ĐẢNG CỘNG SẢN VIỆT NAM", "12-NQ/TU", "Điện Biên, ngày 29 tháng 7 năm 2021", "NGHỊ QUYẾT"
    )
    assert (found.number, found.kind) == ("12-NQ/TU", "Nghị quyết")
    assert found.abstract is None


def test_what_says_what_it_is_about_is_a_letter_without_any_number() -> None:
    found = page("SỞ NỘI VỤ", "V/v báo cáo kết quả", "Kính gửi: UBND tỉnh")
    assert found.kind == "Công văn"
    assert found.abstract == "Báo cáo kết quả"


def test_a_page_of_running_text_under_a_heading_is_no_abstract() -> None:
    assert page("BÁO CÁO", *["dòng chữ rất dài của một trang không có trích yếu " * 4] * 5).abstract is None
