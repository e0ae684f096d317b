"""Opinions and explanations taken apart."""

from __future__ import annotations

import pytest

from parindex.documents.papers import PrintedOpinion
from parindex.documents.score_sheets.opinions import parse_opinions, split_explanations


def test_level_and_text() -> None:
    assert parse_opinions("Cấp 2:  Đồng ý\nkết quả tự đánh\ngiá") == (
        PrintedOpinion("Cấp 2", "Đồng ý kết quả tự đánh giá"),
    )


def test_unit_and_time_of_the_stamp() -> None:
    text = "Cấp 2: Vụ Đào tạo bồi dưỡng CBCCVC_thẩm định  (13:39 - 07/04/2021) - Chưa có KQ"
    assert parse_opinions(text) == (
        PrintedOpinion("Cấp 2", "Chưa có KQ", "Vụ Đào tạo bồi dưỡng CBCCVC", "2021-04-07T13:39"),
    )


def test_several_levels_in_one_cell() -> None:
    text = "Cấp 1: Sở Nội vụ (08:05 - 01/03/2025) - Đề nghị bổ sung. Cấp 2: Đồng ý"
    assert parse_opinions(text) == (
        PrintedOpinion("Cấp 1", "Đề nghị bổ sung.", "Sở Nội vụ", "2025-03-01T08:05"),
        PrintedOpinion("Cấp 2", "Đồng ý"),
    )


def test_several_units_at_one_level() -> None:
    text = (
        "Cấp 3: Vụ Pháp chế_thẩm định (01/02/2024 9:30): Trừ 0,25. "
        "Cục Kiểm soát_thẩm định (10:00 - 02/02/2024) - Đồng ý"
    )
    assert parse_opinions(text) == (
        PrintedOpinion("Cấp 3", "Trừ 0,25.", "Vụ Pháp chế", "2024-02-01T09:30"),
        PrintedOpinion("Cấp 3", "Đồng ý", "Cục Kiểm soát", "2024-02-02T10:00"),
    )


def test_words_before_the_first_level_are_kept() -> None:
    assert parse_opinions("Đã xem. Cấp II: Đồng ý") == (
        PrintedOpinion("", "Đã xem."),
        PrintedOpinion("Cấp II", "Đồng ý"),
    )


def test_a_level_inside_a_sentence_is_no_opinion() -> None:
    text = "Cấp 2: Đồng ý với giải trình và TLKC gửi lần 2. - Dịch vụ công mức độ 3, 4: 11778"
    assert parse_opinions(text) == (PrintedOpinion("Cấp 2", text.removeprefix("Cấp 2: ")),)


def test_a_time_that_no_calendar_has_stays_in_the_text() -> None:
    text = "Vụ A (13:39 - 31/02/2021) - Đồng ý"
    assert parse_opinions(f"Cấp 2: {text}") == (PrintedOpinion("Cấp 2", text),)


@pytest.mark.parametrize("text", ["", "  \n "])
def test_an_empty_cell_has_none(text: str) -> None:
    assert parse_opinions(text) == ()
    assert split_explanations(text) == ()


def test_a_blank_line_ends_an_explanation() -> None:
    assert split_explanations("Đã ban hành\nkế hoạch.\n \nBổ sung: quyết định") == (
        "Đã ban hành kế hoạch.",
        "Bổ sung: quyết định",
    )


def test_paragraphs_of_a_cell_are_explanations_but_lists_go_on() -> None:
    text = "Kết quả năm 2020:\n- Tổng số: 10\n- Đúng hạn: 9\nBổ sung báo cáo số 12/BC-UBND.\nđạt yêu cầu"
    assert split_explanations(text) == (
        "Kết quả năm 2020: - Tổng số: 10 - Đúng hạn: 9",
        "Bổ sung báo cáo số 12/BC-UBND. đạt yêu cầu",
    )


def test_in_a_narrow_column_only_a_line_that_ended_early_ends_an_explanation() -> None:
    text = (
        "Trong năm tỉnh đã ban hành kế hoạch và\ntriển khai đầy đủ các nhiệm vụ được giao\n"
        "tại quyết định của Ủy ban nhân dân tỉnh\nvà báo cáo.\nBổ sung tài liệu kiểm chứng theo yêu cầu\n"
        "của Hội đồng thẩm định tại văn bản số 12"
    )
    first, second = split_explanations(text)
    assert first.endswith("tỉnh và báo cáo.")
    assert second.startswith("Bổ sung tài liệu")


def test_a_stamp_at_the_end_signs_the_opinion_before_it() -> None:
    text = "Cấp 2: Thiếu 01 báo cáo, trừ 1 điểm. Vụ CCHC_thẩm định (08:15 - 02/03/2024)"
    assert parse_opinions(text) == (
        PrintedOpinion("Cấp 2", "Thiếu 01 báo cáo, trừ 1 điểm.", "Vụ CCHC", "2024-03-02T08:15"),
    )


def test_two_signed_opinions_at_one_level() -> None:
    text = "Cấp 1: Đồng ý - Vụ CCHC (10:15 - 02/03/2024). Trừ 0,5 - Sở Nội vụ (08:00 - 05/03/2024)"
    assert [(each.text, each.unit) for each in parse_opinions(text)] == [
        ("Đồng ý", "Vụ CCHC"),
        ("Trừ 0,5", "Sở Nội vụ"),
    ]
