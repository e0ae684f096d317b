"""Amounts of one sentence in another scale than the others, and codes of items that break their run."""

from __future__ import annotations

import pytest

from parindex.documents.arithmetic.passages import Passage, passages
from parindex.documents.arithmetic.quantities.amount_scales import scales_apart
from parindex.documents.arithmetic.references.code_runs import codes_out_of_run
from parindex.documents.papers import Paragraph
from parindex.domain.errors import Place


def text(*lines: str) -> list[Passage]:
    return passages([Paragraph(line, Place(file="x", line=at)) for at, line in enumerate(lines, start=1)])


@pytest.mark.parametrize(
    ("sentence", "stated", "found"),
    [
        ("Phạt 2,46 tỷ đồng: 1.910 triệu đồng thuế và 550 tỷ đồng chậm nộp.", "550 tỷ đồng", "550 triệu đồng"),
        ("Có 84,6 tỷ đồng: 61,3 tỷ đồng, 18,1 tỷ đồng vay, 5.200 tỷ đồng góp.", "5.200 tỷ đồng", "5.200 triệu đồng"),
        ("Đã giải ngân 812/1.047 tỷ đồng, còn 235 triệu đồng chưa giải ngân.", "235 triệu đồng", "235 tỷ đồng"),
        ("Chuyển 36.400 triệu đồng (364 tỷ đồng) sang năm sau.", "364 tỷ đồng", "36,4 tỷ đồng"),
        ("Truy thu 1.284 triệu đồng (1.284 tỷ đồng) tiền thuế.", "1.284 tỷ đồng", "1,284 tỷ đồng"),
        ("Số tiền 7.913.500.000 đồng (khoảng 7,9 triệu đồng) đã hoàn trả.", "7,9 triệu đồng", "7.913.500.000 đồng"),
        ("Thu nội địa đạt 93,7 tỷ đồng, vượt dự toán 4.150 tỷ đồng.", "4.150 tỷ đồng", "4.150 triệu đồng"),
    ],
)  # fmt: skip
def test_an_amount_in_another_scale_is_found(sentence: str, stated: str, found: str) -> None:
    (passage,) = text(sentence)
    assert [(one.stated, one.found) for one in scales_apart(passage)] == [(stated, found)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Thu phạt 2,46 tỷ đồng, gồm 1.910 triệu đồng của thuế và 550 triệu đồng của hải quan.",
        "Chuyển 36.400 triệu đồng (36,4 tỷ đồng) sang năm sau.",
        "Số tiền 7.913.500.000 đồng (khoảng 7,9 tỷ đồng) đã hoàn trả.",
        "Hỗ trợ 1.200 tỷ đồng (trong đó vốn vay 15 tỷ đồng).",
        "Dư nợ đạt 41.904 tỷ đồng, tăng 2.960 tỷ đồng so với đầu năm và tăng 5.895 tỷ đồng so với cùng kỳ.",
        "Ngân sách 1.580 tỷ đồng; mỗi hộ được 50 triệu đồng, mỗi xã 900 triệu đồng.",
        "Thu đạt 93,7 tỷ đồng, giảm 210 tỷ đồng so với năm trước.",
    ],
)
def test_amounts_that_fit_stay_unsaid(sentence: str) -> None:
    (passage,) = text(sentence)
    assert list(scales_apart(passage)) == []


def codes(*lines: str) -> list[tuple[str, str]]:
    return [(one.stated, one.found) for one in codes_out_of_run(text(*lines))]


def test_a_code_that_breaks_its_run_is_found() -> None:
    again = "Tiêu chí 4.3.{}. {} (điểm tối đa 1,0)"
    titles = ("Vị trí việc làm", "Tuyển dụng công chức", "Đánh giá cán bộ")
    lines = [again.format(number, title) for number, title in zip((1, 2, 2), titles, strict=True)]
    assert codes(*lines) == [("4.3.2", "4.3.3")]
    assert codes("3.1 Tiếp công dân: 1,5; 3.7 Xử lý đơn thư: 2,0; 3.3 Giải quyết tố cáo: 1,0.") == [("3.7", "3.2")]


@pytest.mark.parametrize(
    "lines",
    [
        ("4.1. Vị trí việc làm", "4.2. Tuyển dụng công chức", "4.3. Đánh giá cán bộ"),
        ("4.1. Vị trí việc làm", "4.1. Vị trí việc làm (tiếp theo)", "4.2. Tuyển dụng công chức"),
        ("1.1. Kết quả đạt được", "1.1. Hạn chế còn lại"),  # each part of the paper has its 1.1
        ("2.1. Kết quả", "2.2. Tồn tại", "2.1. Nguyên nhân", "2.2. Giải pháp"),
        ("4.3.1. Vị trí việc làm", "4.3.5. Tuyển dụng công chức", "4.3.6. Đánh giá cán bộ"),
    ],
)
def test_codes_in_their_run_stay_unsaid(lines: tuple[str, ...]) -> None:
    assert codes(*lines) == []
