"""The same quantity with two values, amounts in the wrong unit, a year against itself; and what only seems so."""

from __future__ import annotations

import pytest

from parindex.documents.arithmetic.passages import Passage, passages
from parindex.documents.arithmetic.quantities.statements import find
from parindex.documents.papers import Paragraph
from parindex.domain.errors import Place

COMMUNES = (
    "96,89% (125/129) UBND cấp xã đạt từ mức tốt trở lên.",
    "Tổng số sở, ngành và tương đương: 19; tổng số đơn vị hành chính cấp huyện: 10; cấp xã: tổng số đơn vị hành chính "
    "cấp xã: 129.",
    "Đã kết nối 19/19 sở, ban, ngành, 10/10 UBND cấp huyện và 129/129 UBND cấp xã.",
    "Kiểm tra tại 10/19 CQCM cấp tỉnh và 5/10 UBND cấp huyện.",
)
LIST = "Áp dụng cho 19 Sở, ban, ngành tỉnh; 10 UBND cấp huyện và {} UBND cấp xã trên địa bàn tỉnh."
BY_POST = (
    "Danh mục TTHC đã triển khai qua dịch vụ bưu chính công ích là 832 TTHC. TTHC có phát sinh hồ sơ đã sử dụng dịch "
    "vụ bưu chính là {} TTHC. Tỷ lệ giữa TTHC có phát sinh hồ sơ qua dịch vụ bưu chính so với tổng số TTHC đã triển "
    "khai qua dịch vụ bưu chính công ích là 249/832, đạt 30%."
)
REVENUE = "Tổng thu ngân sách năm 2020 của tỉnh là 1.280 {} đồng."
PAID_BACK = "Số tiền kiến nghị thu hồi nộp ngân sách là 32.825 triệu đồng; đã nộp 19.206 triệu đồng."
FOUND = "Phát hiện {} cơ sở kinh doanh có vi phạm"
POOR = "Cuối năm 2023, tỷ lệ hộ cận nghèo toàn huyện còn {}%"
RECEIVED = "Tổng số hồ sơ trực tuyến tiếp nhận qua Cổng dịch vụ công năm 2020 là {} hồ sơ."


def text(*lines: str) -> list[Passage]:
    return passages([Paragraph(line, Place(file="x", line=at)) for at, line in enumerate(lines, start=1)])


def found(*lines: str) -> list[tuple[str, str, str]]:
    return [(one.why, one.stated, one.found) for one in find([text(*lines)])[0][0]]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((*COMMUNES, LIST.format(130)), ("bodies_apart", "130", "129")),
        (
            (*COMMUNES, "100% CQCM cấp tỉnh và ĐVHC cấp huyện, cấp xã (169/169) công khai."),
            ("bodies_sum_apart", "169", "158"),
        ),
        ((BY_POST.format(238),), ("ratio_part_apart", "238", "249")),
        ((REVENUE.format("triệu"), PAID_BACK), ("unit_apart", "1.280 triệu đồng", "1.280 tỷ đồng")),
        (
            ("Thu năm 2019 là 1.210 tỷ đồng, năm 2020 là 1.280 triệu đồng.",),
            ("unit_apart", "1.280 triệu đồng", "1.280 tỷ đồng"),
        ),
        (
            (RECEIVED.format("49.756"), RECEIVED.format("49.756"), RECEIVED.format("49.765")),
            ("name_with_two_values", "49.765", "49.756"),
        ),
        (("Chỉ số năm 2020 của tỉnh tăng 5 bậc so với năm 2020.",), ("year_with_itself", "năm 2020", "")),
        (
            (FOUND.format("427"), f"Qua kiểm tra, đã {FOUND.format('472').lower()}."),
            ("quantity_told_twice", "472", "427"),
        ),
        ((POOR.format("7,46"), f"{POOR.format('7,64')}."), ("quantity_told_twice", "7,64", "7,46")),
    ],
)
def test_two_values_are_found(lines: tuple[str, ...], expected: tuple[str, str, str]) -> None:
    assert found(*lines) == [expected]


@pytest.mark.parametrize(
    "lines",
    [
        (*COMMUNES, LIST.format(129)),
        (
            *COMMUNES,
            "100% (18/18) CQCM cấp tỉnh đạt điểm từ tốt trở lên; kiểm tra 10 CQCM cấp tỉnh và 05 UBND cấp huyện.",
        ),
        (*COMMUNES, "Sau sắp xếp, sáp nhập còn 129 UBND cấp xã, giảm so với 130/130 UBND cấp xã năm 2019."),
        (
            *COMMUNES,
            "29/29 CQCM cấp tỉnh và ĐVHC cấp huyện áp dụng ISO 9001; 128 cơ quan chuyên môn thuộc UBND cấp huyện.",
        ),
        (BY_POST.format(249),),
        (REVENUE.format("tỷ"), PAID_BACK),
        ("GRDP năm 2019 là 11.340 tỷ đồng; kinh phí chi cho cải cách hành chính là 1.280 triệu đồng.",),
        (RECEIVED.format("49.756"), RECEIVED.format("31.212")),
        (RECEIVED.format("49.756"), RECEIVED.replace("2020", "2019").format("49.765")),
        ("Có 5 chỉ số tăng hạng so với năm 2020 và 3 chỉ số giảm hạng so với năm 2020.",),
        (
            FOUND.format("427"),
            f"Cả năm, thanh tra tỉnh đã {FOUND.format('427').lower()}.",
            f"Trong tháng 4, thanh tra tỉnh đã {FOUND.format('472').lower()}.",
        ),
        (POOR.format("7,46"), POOR.replace("2023", "2022").format("7,64")),
        (POOR.format("7,46"), POOR.replace("cận ", "").format("7,64")),
        ("Kết quả năm 2020 tăng 5% so với kế hoạch năm 2020; 6 tháng đầu năm 2020 giảm so với năm 2020.",),
    ],
)
def test_what_may_be_another_quantity_stays_unsaid(lines: tuple[str, ...]) -> None:
    assert found(*lines) == []


def test_papers_of_one_province_and_year_are_held_against_each_other() -> None:
    head = "Báo cáo năm 2020 của tỉnh Điện Biên. Kế hoạch năm 2020 của tỉnh Điện Biên."
    other = head.replace("Điện Biên", "Lai Châu")
    first, second = [text(head, RECEIVED.format(count)) for count in ("49.756", "49.765")]
    assert [[one.why for one in found] for found, _ in find([first, second])] == [
        [],
        ["name_with_two_values_in_papers"],
    ]
    assert [found for found, _ in find([first, text(other, RECEIVED.format("49.765"))])] == [[], []]
