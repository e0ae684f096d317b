"""A quantity told twice, once misprinted, over a whole paper; and two quantities that only seem one."""

from __future__ import annotations

import pytest

from parindex.documents.arithmetic.passages import Passage, passages
from parindex.documents.arithmetic.quantities.retellings import retellings
from parindex.documents.papers import Paragraph
from parindex.domain.errors import Place

WELLS = (
    "Toàn huyện khoan {} giếng nước sạch cho đồng bào vùng cao",
    "Ngày 14/8/2024, Phòng Nông nghiệp huyện báo cáo kết quả chương trình nước sạch. Trong 6 tháng đầu năm, huyện đã "
    "khoan {} giếng nước sạch cho đồng bào vùng cao, kinh phí 9.120 triệu đồng.",
)
LIBRARY = (
    "Thư viện tỉnh hiện lưu giữ {} đầu sách tiếng dân tộc, trong đó sách tiếng Thái chiếm hơn một nửa.",
    "Thư viện mở cửa cả ngày thứ bảy, phục vụ 1.250 lượt bạn đọc.",
    "Như vậy, kho sách tiếng dân tộc của thư viện tỉnh đã có {} đầu sách.",
)
VOTES = (
    "Đoàn giám sát phát ra 2.350 phiếu hỏi về chợ đầu mối, thu về {} phiếu hỏi hợp lệ.",
    "Trong {} phiếu hỏi hợp lệ, phần lớn do tiểu thương trả lời.",
)
BASE = (
    "Cả năm, hội khuyến học trao {} suất học bổng cho học trò vùng lũ.",
    "Theo cấp học ({} suất học bổng): tiểu học nhiều nhất, sau đó là mầm non.",
)
ROUNDED = (
    "Trồng {} cây phi lao chắn cát ven biển",
    "Từ đầu năm đến nay, các xã ven biển đã trồng {} cây phi lao chắn cát. Tỷ lệ cây sống đạt 92%.",
)
SHARE = (
    "Cả tỉnh có 4.175 nhà sinh hoạt cộng đồng (chiếm {}% số thôn, bản).",
    "Đến nay 4.175 nhà sinh hoạt cộng đồng đã hoạt động (chiếm {}% số thôn, bản).",
)
#: Two years compared behind the one, a plan's year behind the other.
SERVED = (
    "Kết quả đo lường chỉ số hài lòng năm 2024",
    "Chỉ số hài lòng chung của tỉnh đạt {}%, cao hơn năm 2023 là 1,42 điểm phần trăm (năm 2023: 82,95%).",
    "Điều tra viên đến 480 hộ tại 24 xã, thu về 468 phiếu trong 21 ngày.",
    "Tóm lại, với chỉ số hài lòng chung {}%, tỉnh đã vượt chỉ tiêu của Kế hoạch năm 2024 (84%).",
)
STILL = (
    "Bộ phận một cửa đã trả kết quả 92.786 hồ sơ; quá hạn {} hồ sơ (0,4%). Đang giải quyết 3.632 hồ sơ.",
    "Trung tâm có 17 sở, ngành với 43 công chức làm việc tại 21 quầy; kinh phí 1.250 triệu đồng.",
    "Hạn chế: trong số hồ sơ đã trả còn {} hồ sơ quá hạn, tập trung ở lĩnh vực đất đai.",
)
BODY = (
    "Riêng huyện Nậm Khao tụt 4 bậc, chỉ được {} điểm, thấp hơn năm trước 2,62 điểm.",
    "Thành phố Hòa Sơn đạt 91,36 điểm. Yêu cầu Chủ tịch huyện Nậm Khao làm rõ vì sao cả năm huyện chỉ được {} điểm.",
)
#: "Con số" tells a figure, and names none.
FOUNDED = (
    "Năm 2023 có {} doanh nghiệp thành lập mới với tổng vốn đăng ký 3.864 tỷ đồng.",
    "Cải cách thủ tục đã hỗ trợ doanh nghiệp, thể hiện ở con số {} doanh nghiệp thành lập mới trong năm 2023.",
)


def text(*lines: str) -> list[Passage]:
    return passages([Paragraph(line, Place(file="x", line=at)) for at, line in enumerate(lines, start=1)])


def found(lines: tuple[str, ...], *figures: str) -> list[set[str]]:
    left = list(figures)
    told = [line.format(left.pop(0)) if "{}" in line else line for line in lines]
    return [{one.stated, one.found} for one in retellings(text(*told))]


@pytest.mark.parametrize(
    ("lines", "one", "other"),
    [
        (WELLS, "364", "346"),
        (WELLS, "364", "384"),
        (WELLS, "64", "46"),
        (LIBRARY, "5.718", "5.178"),
        (LIBRARY, "5.718", "57.18"),
        (VOTES, "2.284", "2.248"),
        (VOTES, "2.284", "2.294"),
        (VOTES, "2.284", "2.299"),  # no misprint, but the second goes back to the first
        (BASE, "1.746", "1.764"),
        (ROUNDED, "hơn 63.500", "36.518"),
        (ROUNDED, "gần 37.000", "gần 39.000"),
        (ROUNDED, "chưa tới 36.500", "36.918"),
        (SHARE, "87,4", "84,7"),
        (SHARE, "87,4", "87,9"),
        (SERVED, "84,37", "84,73"),
        (STILL, "375", "357"),
        (BODY, "74,28", "72,48"),
        (FOUNDED, "498", "489"),
    ],
)
def test_a_figure_told_otherwise_is_found(lines: tuple[str, ...], one: str, other: str) -> None:
    expected = {each.removeprefix("hơn ").removeprefix("gần ").removeprefix("chưa tới ") for each in (one, other)}
    assert found(lines, one, other) == [expected]
    assert found(lines, one, one) == []


@pytest.mark.parametrize(
    "lines",
    [
        # a rounding, and what lies on its right side
        ("Trồng hơn 36.500 cây phi lao", "Các xã ven biển đã trồng 36.518 cây phi lao chắn cát."),
        ("Trồng gần 36.600 cây phi lao", "Các xã ven biển đã trồng 36.563 cây phi lao chắn cát."),
        # another time, another year, plan and result, before and after
        ("Quý I, huyện khoan 364 giếng nước sạch.", "Quý II, huyện khoan 346 giếng nước sạch."),
        ("Năm 2022, huyện khoan 1.364 giếng nước sạch.", "Năm 2023, huyện khoan 1.346 giếng nước sạch."),
        ("Kế hoạch giao khoan 1.364 giếng nước sạch.", "Huyện khoan được 1.346 giếng nước sạch vùng cao."),
        ("Huyện có 112 thôn, bản vùng cao.", "Sau sắp xếp, huyện có 121 thôn, bản vùng cao."),
        # other bodies, other sides of one thing, a change and what it led to
        ("Huyện Mường Ảng khoan 364 giếng nước sạch.", "Huyện Tủa Chùa khoan 346 giếng nước sạch."),
        ("Có 1.364 hồ sơ giải quyết đúng hạn.", "Có 1.346 hồ sơ giải quyết trước hạn."),
        ("Số giếng nước sạch tăng 364 giếng.", "Số giếng nước sạch là 346 giếng."),
        ("Có 364 hộ nghèo được vay vốn.", "Có 346 hộ cận nghèo được vay vốn."),
        # one body: another year, a part of its points
        (
            "Xếp hạng các huyện năm 2024",
            "Huyện Nậm Khao chỉ được 74,28 điểm năm 2024.",
            "Năm 2023 huyện Nậm Khao chỉ được 72,48 điểm.",
        ),
        ("Huyện Nậm Khao được 74,28 điểm.", "Điểm điều tra xã hội học, huyện Nậm Khao được 72,48 điểm."),
        # a mean and what it is the mean of
        ("Sở Y tế có điểm thẩm định là 86,25 điểm.", "Bình quân các sở, điểm thẩm định là 85,26 điểm."),
        # rows of one list; shares of different wholes; the one counts the other, too
        ("- Xã Ẳng Cang: đã trồng 1.364 cây; xã Ẳng Nưa: đã trồng 1.346 cây; xã Búng Lao: đã trồng 1.436 cây.",),
        (
            "Khối sở có 412 hồ sơ trễ hẹn, chiếm 1,27% hồ sơ tiếp nhận.",
            "Khối phường có 98 hồ sơ trễ hẹn, chiếm 1,72% hồ sơ tiếp nhận.",
        ),
        ("Xảy ra 364 vụ cháy, nổ trên địa bàn tỉnh", "Toàn tỉnh xảy ra 346 vụ cháy, 18 vụ nổ trên địa bàn tỉnh."),
        # both are told in one paragraph elsewhere: they are two
        (
            "Toàn huyện khoan 364 giếng nước sạch",
            "Huyện khoan 346 giếng nước sạch trong số 364 giếng nước sạch phải khoan.",
        ),
        # marks that others are held against
        ("Xếp loại tốt: từ 85% điểm tối đa trở lên.", "Xếp loại khá: từ 75% điểm tối đa đến dưới 85%."),
        # another year
        (
            "Năm 2023 có 498 doanh nghiệp thành lập mới.",
            "Kết quả thể hiện ở con số 489 doanh nghiệp thành lập mới của năm 2022.",
        ),
        # nothing but the unit is the same
        ("Phát 1.364 phiếu hỏi.", "Cơ quan thuế nhận 1.346 phiếu bầu của tổ dân phố."),
    ],
)
def test_two_quantities_stay_two(lines: tuple[str, ...]) -> None:
    assert found(lines) == []


def test_the_rarer_figure_is_the_odd_one() -> None:
    lines = [LIBRARY[0].format("5.178"), LIBRARY[1], LIBRARY[2].format("5.718"), LIBRARY[0].format("5.718")]
    (finding,) = retellings(text(*lines))
    assert (finding.stated, finding.found, finding.place.line) == ("5.178", "5.718", 1)
