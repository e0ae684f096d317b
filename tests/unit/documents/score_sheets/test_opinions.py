"""Opinions and explanations taken apart."""

from __future__ import annotations

import pytest

from parindex.documents.papers import PaperRow, PrintedOpinion
from parindex.documents.score_sheets.explanations import split_explanations
from parindex.documents.score_sheets.opinions import is_unsure, opinion_doubts, parse_opinions
from parindex.domain.errors import Place, Problem


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Cấp 1: Văn phòng UBND huyện (12/02/2025 08:30): Đồng ý\nCấp 2: Phòng Nội vụ (15/02/2025): Giữ nguyên",
            [
                ("Cấp 1", "Văn phòng UBND huyện", "2025-02-12T08:30", "Đồng ý"),
                ("Cấp 2", "Phòng Nội vụ", "2025-02-15", "Giữ nguyên"),
            ],
        ),
        ("Cấp 1: Đồng ý; Cấp 2: Không đồng ý", [("Cấp 1", "", "", "Đồng ý"), ("Cấp 2", "", "", "Không đồng ý")]),
        ("Cấp 2: Phòng Nội vụ: Chậm 01 báo cáo", [("Cấp 2", "Phòng Nội vụ", "", "Chậm 01 báo cáo")]),
        ("Cấp 1 - Phòng Nội vụ: Đồng ý", [("Cấp 1", "Phòng Nội vụ", "", "Đồng ý")]),
        (
            "Cấp 1 (Phòng Nội vụ, 12/02/2025 08:30): Đồng ý",
            [("Cấp 1", "Phòng Nội vụ", "2025-02-12T08:30", "Đồng ý")],
        ),
        ("12/02/2025 08:30 - Phòng Nội vụ: Đồng ý", [("", "Phòng Nội vụ", "2025-02-12T08:30", "Đồng ý")]),
        ("Lúc 8h30 ngày 12/02/2025, Phòng Nội vụ: Đồng ý", [("", "Phòng Nội vụ", "2025-02-12T08:30", "Đồng ý")]),
        ("(12/02/2025 08:30) Phòng Nội vụ: Đồng ý", [("", "Phòng Nội vụ", "2025-02-12T08:30", "Đồng ý")]),
        ("Ngày 12 tháng 02 năm 2025: Đồng ý", [("", "", "2025-02-12", "Đồng ý")]),
        (
            "Phòng Nội vụ (15/02/2025): Đồng ý\nHội đồng thẩm định (lúc 14 giờ 05 phút ngày 16/02/2025): Trừ 0,5",
            [
                ("", "Phòng Nội vụ", "2025-02-15", "Đồng ý"),
                ("", "Hội đồng thẩm định", "2025-02-16T14:05", "Trừ 0,5"),
            ],
        ),
        (
            "Phòng Nội vụ: Đồng ý.\nVăn phòng UBND huyện: Trừ 0,5",
            [("", "Phòng Nội vụ", "", "Đồng ý."), ("", "Văn phòng UBND huyện", "", "Trừ 0,5")],
        ),
        ("Đồng ý - Phòng Nội vụ (15/02/2025)", [("", "Phòng Nội vụ", "2025-02-15", "Đồng ý")]),
        (
            "Bộ Nội vụ - Vụ CCHC (10:00 - 02/02/2024): Đồng ý",
            [("", "Bộ Nội vụ - Vụ CCHC", "2024-02-02T10:00", "Đồng ý")],
        ),
        (
            "Đồng ý Vụ CCHC (10:00 - 02/02/2024): Đạt",
            [("", "", "", "Đồng ý"), ("", "Vụ CCHC", "2024-02-02T10:00", "Đạt")],
        ),
    ],
)
def test_level_unit_time_and_text_in_the_forms_of_papers(text: str, expected: list[tuple[str, ...]]) -> None:
    opinions = parse_opinions(text)
    assert [(each.level, each.unit, each.at, each.text) for each in opinions] == expected
    assert not any(map(is_unsure, opinions))


@pytest.mark.parametrize(
    "text",
    [
        "Kế hoạch số 5 (12/02/2025) ban hành muộn",
        "Ngày 12/02/2025 đơn vị gửi báo cáo muộn",
        "Bộ tiêu chí: chưa rõ",
        "Tổ chức thực hiện: chậm",
        "Đồng ý với Cấp 1",
    ],
)
def test_days_and_words_in_sentences_are_no_stamps(text: str) -> None:
    (opinion,) = parse_opinions(text)
    assert (opinion, is_unsure(opinion)) == (PrintedOpinion("", text), False)


@pytest.mark.parametrize(
    "text",
    [
        "Sở Nội vụ đã có văn bản (15/02/2025): chưa đạt",
        "Anh phụ trách (15/02/2025): Đồng ý",
        "Phòng Nội vụ (31/02/2025 08:30): Đồng ý",
        "Cấp 1 đồng ý, Cấp 2 không đồng ý",
    ],
)
def test_what_cannot_be_told_apart_is_kept_whole_with_a_doubt(text: str) -> None:
    row = PaperRow("1.1", "Kế hoạch", Place(row=2), opinions=parse_opinions(text))
    assert row.opinions == (PrintedOpinion("", text),)
    assert opinion_doubts([row]) == [Problem("opinion_unsure", Place(row=2), {"code": "1.1", "text": text})]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cấp 2 - Sở Nội vụ - 12/02/2021 09:30: Chưa đủ", ("Cấp 2", "Sở Nội vụ", "2021-02-12T09:30", "Chưa đủ")),
        ("Sở Nội vụ, ngày 12/02/2021: Đồng ý", ("", "Sở Nội vụ", "2021-02-12", "Đồng ý")),
        ("Sở Nội vụ - 32/02/2021: Đồng ý", ("", "", "", "Sở Nội vụ - 32/02/2021: Đồng ý")),
    ],
)
def test_a_unit_and_its_time_without_brackets(text: str, expected: tuple[str, str, str, str]) -> None:
    (found,) = parse_opinions(text)
    assert (found.level, found.unit, found.at, found.text) == expected
