"""Spans of time with their lengths, ends before beginnings, and one paper told with two days."""

from __future__ import annotations

import pytest

from parindex.documents.arithmetic.checked import check_explanation


@pytest.mark.parametrize(
    ("text", "stated", "found"),
    [
        ("Đợt cao điểm từ 01/02/2023 đến 31/3/2023, tổng 75 ngày.", "75 ngày", "59 ngày"),
        ("Đợt rà soát từ ngày 05/4 đến ngày 14/4/2023 (15 ngày).", "15 ngày", "10 ngày"),
        ("Chiến dịch kéo dài 2 tháng, từ ngày 01/6/2023 đến ngày 30/9/2023.", "2 tháng", "122 ngày"),
        ("Thực hiện trong 6 tháng, từ tháng 2/2023 đến tháng 5/2023.", "6 tháng", "4 tháng"),
        ("Bắt đầu ngày 12/9/2023 và kết thúc ngày 08/9/2023.", "12/9/2023 – 08/9/2023", ""),
        ("Lớp học từ ngày 19 đến ngày 13 tháng 10 năm 2023.", "ngày 19 đến ngày 13 tháng 10", ""),
        (
            "Nghị quyết số 76/NQ-CP ngày 15/7/2021; theo Nghị quyết số 76/NQ-CP ngày 15/7/2012, tỉnh có kế hoạch.",
            "15/7/2012",
            "15/7/2021",
        ),
    ],
)
def test_days_that_do_not_fit_are_told(text: str, stated: str, found: str) -> None:
    assert [(one.stated, one.found) for one in check_explanation(text).findings] == [(stated, found)]


@pytest.mark.parametrize(
    "text",
    [
        "Đợt cao điểm từ 01/02/2023 đến 31/3/2023, tổng 59 ngày; thực hiện 12 tháng, từ 15/12/2022 đến 14/12/2023.",
        "Lấy ý kiến từ ngày 01/6/2023 đến ngày 30/6/2023 (22 ngày làm việc).",
        "Giải quyết hồ sơ trong 15 ngày, từ ngày 01/01/2023 đến ngày 31/12/2023 có 800 hồ sơ.",
        "Từ ngày 01/01/2023 đến ngày 30/6/2023, 06 tháng đầu năm tiếp nhận 2.000 hồ sơ.",
        "Nhận ngày 05/6/2023, dự kiến trả ngày 02/6/2023; gói thầu khác bắt đầu ngày 01/9/2023.",
        "Đợt kiểm tra từ ngày 26/02 đến ngày 01/3, tổng 5 ngày, năm 2024.",
        "Thời hạn 15 ngày, từ 20/11 đến 10/12/2023 (trừ thứ bảy, chủ nhật).",
        "Thời hạn 15 ngày, từ 20/11 đến 10/12/2023 (không tính ngày nghỉ).",
        "Lớp bồi dưỡng 5 ngày (từ 05/6/2023 đến 16/6/2023, học vào thứ Hai, Tư, Sáu).",
        "Nộp hồ sơ ngày 05/6/2023, hoàn thành nghĩa vụ tài chính ngày 02/6/2023.",
        "Nghị quyết số 01/NQ-CP ngày 06/01/2022 và Nghị quyết số 01/NQ-CP ngày 06/01/2023 của Chính phủ.",
    ],
)
def test_days_that_fit_are_not(text: str) -> None:
    assert check_explanation(text).findings == ()
