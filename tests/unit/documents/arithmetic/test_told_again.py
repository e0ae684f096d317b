"""Figures under another year's name, figures told as known, shares in another scale, codes with parts changed round."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pytest
from tests.papers.drawn_tables import cells

from parindex.documents.arithmetic.checked import PrintedPaper, check_papers
from parindex.documents.arithmetic.findings import StatementFinding
from parindex.documents.arithmetic.passages import Passage, passages
from parindex.documents.arithmetic.quantities.dated_figures import dated_figures
from parindex.documents.arithmetic.quantities.other_years import years_apart
from parindex.documents.arithmetic.quantities.share_scales import shares_apart
from parindex.documents.arithmetic.quantities.told_again import told_before
from parindex.documents.arithmetic.references.cited_codes import codes_changed_round
from parindex.documents.papers import Paragraph
from parindex.domain.errors import Place

Room = Callable[[Sequence[Passage]], Iterator[StatementFinding]]
HERDS = "Năm 2022 đàn trâu có 1.846 con, năm 2023 có 1.529 con."
PEPPER = "Chỉ số hài lòng của huyện năm 2022 là 81,37%, năm 2023 là 84,92%."
TASKS = "Chương trình có 47 nhiệm vụ trọng tâm, giao 12 xã thực hiện."
SERVICES = "Tỉnh có 1.738 dịch vụ công trực tuyến toàn trình, kết nối 812/1.738 dịch vụ."
SHEETS = "Đã gửi 325 phiếu, nhận lại 300 phiếu hợp lệ."
BOOKS = "Thư viện đã phục vụ 6.184 lượt bạn đọc."
PLAN = "Vốn được giao là 16.240 triệu đồng."
ITEMS = ("4.2.1. Tinh giản biên chế: hoàn thành.", "4.3.1. Đề án vị trí việc làm: đã duyệt.")


def found(room: Room, *lines: str) -> list[tuple[str, str]]:
    text = passages([Paragraph(line, Place(file="x", line=at)) for at, line in enumerate(lines, start=1)])
    return [(one.stated, one.found) for one in room(text)]


def of_years(text: Sequence[Passage]) -> Iterator[StatementFinding]:
    return years_apart(dated_figures(text))


def of_before(text: Sequence[Passage]) -> Iterator[StatementFinding]:
    return told_before(dated_figures(text))


@pytest.mark.parametrize(
    ("lines", "stated", "meant"),
    [
        ((HERDS, "Với đàn trâu 1.529 con trong năm 2022, huyện dẫn đầu tỉnh."), "1.529", "1.846"),
        ((HERDS, "Đàn trâu năm 2023 là 1.846 con, bán được 310 con."), "1.846", "1.529"),
        ((PEPPER, "Kết quả 81,37% của năm 2023 về chỉ số hài lòng của huyện là căn cứ."), "81,37", "84,92"),
        (("So với năm 2021 (77,16%), huyện đã tiến bộ.", "Lấy mức 77,16% của năm 2022 làm mốc."), "77,16", ""),
    ],
)  # fmt: skip
def test_the_figure_of_another_year_is_found(lines: tuple[str, ...], stated: str, meant: str) -> None:
    assert found(of_years, *lines) == [(stated, meant)]


@pytest.mark.parametrize(
    "lines",
    [
        (HERDS, "Với đàn trâu 1.529 con trong năm 2023, huyện dẫn đầu tỉnh."),
        (HERDS, "Năm 2024 phấn đấu tăng đàn trâu so với 1.529 con của năm 2023."),
        (HERDS, "Năm 2022 trồng 1.529 ha rừng."),  # another thing
        (PEPPER, "Năm 2023 mục tiêu là 81,37%."),
        ("Năm 2021 giao 2.145 biên chế.", "Năm 2022 giao 2.145 biên chế."),  # nothing changed
        ("Năm 2021 đạt 100,00% kế hoạch.", "Năm 2022 đạt 100,00% kế hoạch."),
        ("Năm 2021 PCI đạt 63,47%.", "Năm 2022 PAPI đạt 63,47%."),
    ],
)
def test_figures_of_their_own_year_are_right(lines: tuple[str, ...]) -> None:
    assert found(of_years, *lines) == []


@pytest.mark.parametrize(
    ("lines", "stated", "meant"),
    [
        ((TASKS, "Văn phòng đôn đốc 41 nhiệm vụ của Chương trình."), "41", "47"),
        ((TASKS, "Giao các xã hoàn thành 74 nhiệm vụ nêu trên."), "74", "47"),
        ((BOOKS, "Báo cáo quý ghi cùng số liệu: 6.814 lượt bạn đọc."), "6.814", "6.184"),
        ((BOOKS, "Như đã nêu, thư viện phục vụ 6.134 lượt bạn đọc."), "6.134", "6.184"),
        ((SERVICES, "Đề nghị Sở Tư pháp rà soát lại 1.783 dịch vụ công trực tuyến toàn trình."), "1.783", "1.738"),
        ((SHEETS, "Trên cơ sở 320 phiếu hợp lệ nói trên, Sở xếp loại."), "320", "300"),
    ],
)  # fmt: skip
def test_what_is_told_as_known_must_have_been_told(lines: tuple[str, ...], stated: str, meant: str) -> None:
    assert found(of_before, *lines) == [(stated, meant)]


@pytest.mark.parametrize(
    "lines",
    [
        (TASKS, "Văn phòng đôn đốc 47 nhiệm vụ của Chương trình."),
        (TASKS, "Đã hoàn thành 41 nhiệm vụ."),  # a part, nobody says that it was told
        (TASKS, "Các xã đã triển khai thực hiện 41 nhiệm vụ của Chương trình."),
        (TASKS, "Theo kết quả kiểm tra, có 41 nhiệm vụ đúng hạn."),
        (BOOKS, "Báo cáo quý ghi cùng số liệu: 6.184 lượt bạn đọc."),
        (SERVICES, "Đề nghị Sở Tư pháp rà soát lại 1.638 dịch vụ công trực tuyến toàn trình."),
        (SERVICES, "Sở rà soát lại 1.378 dịch vụ công trực tuyến toàn trình chưa có hồ sơ."),
        (SHEETS, "Trong 25 phiếu không hợp lệ nói trên có 5 phiếu trắng."),
        (BOOKS, "Trong năm phục vụ 6.814 lượt khách tham quan nêu trên."),
    ],
)
def test_what_is_told_again_rightly_or_is_another_thing(lines: tuple[str, ...]) -> None:
    assert found(of_before, *lines) == []


@pytest.mark.parametrize(
    ("lines", "stated", "meant"),
    [
        ((PLAN, "Đến nay giải ngân 14.616 tỷ đồng, đạt 90% kế hoạch."), "14.616 tỷ đồng", "14.616 triệu đồng"),
        (("Thu phí 318,6 triệu đồng, bằng 104,7% năm trước (304,3 tỷ đồng).",), "318,6 triệu đồng", "318,6 tỷ đồng"),
        (
            ("Nộp ngân sách 40% là 1.284 triệu đồng, để lại 60% là 1.926 tỷ đồng.",),
            "1.926 tỷ đồng", "1.926 triệu đồng",
        ),
    ],
)  # fmt: skip
def test_an_amount_whose_share_shows_another_scale_is_found(lines: tuple[str, ...], stated: str, meant: str) -> None:
    assert found(shares_apart, *lines) == [(stated, meant)]


@pytest.mark.parametrize(
    "lines",
    [
        (PLAN, "Đến nay giải ngân 14.616 triệu đồng, đạt 90% kế hoạch."),
        (PLAN, "Đến nay giải ngân 14,616 tỷ đồng, đạt 90% kế hoạch."),
        (PLAN, "Thu ngân sách 31.275 tỷ đồng, đạt 90% dự toán."),
        ("Nộp ngân sách 40% là 1.284 triệu đồng, để lại 60% là 1.926 triệu đồng.",),
    ],
)
def test_amounts_that_fit_their_shares_are_right(lines: tuple[str, ...]) -> None:
    assert found(shares_apart, *lines) == []


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("Tài liệu: tiêu chí 4.1.2 có 9 quyết định tinh giản biên chế.", [("4.1.2", "4.2.1")]),
        ("- TCTP 3.4.1: kèm Đề án vị trí việc làm.", [("3.4.1", "4.3.1")]),
        ("Tiêu chí 3.4.1 do sở khác báo cáo.", []),  # nothing of that item
        ("Tài liệu: tiêu chí 4.2.1 có 9 quyết định.", []),
        ("Tiêu chí 5.1.2 chưa phát sinh.", []),  # an item of another part
        ("Tiêu chí 4.1.2 và tiêu chí 4.2.1 chấm như nhau.", []),  # both are meant
        ("Tiêu chí 4.1.2 và tiêu chí 4.1.3 chưa phát sinh.", []),  # the part is spoken of
    ],
)
def test_codes_with_parts_changed_round(line: str, wrong: list[tuple[str, str]]) -> None:
    assert found(codes_changed_round, *ITEMS, line) == wrong


MARKETS = """
TT | Đơn vị | Chợ đạt chuẩn năm 2022 | Chợ đạt chuẩn năm 2023 | Điểm
1 | Huyện Đông Hà | 14 | 19 | 82,46
2 | Huyện Tây Hà | 11 | 16 | 85,19
3 | Huyện Nam Hà | 22 | 27 | 79,83
4 | Huyện Bắc Hà | 17 | 18 | 88,02
5 | Huyện Trung Hà | 13 | 15 | 80,35
 | Tổng cộng | 77 | 95 |
"""


@pytest.mark.parametrize(
    ("line", "stated"),
    [
        ("Điểm trung bình của 5 huyện là 83,71 điểm.", "83,71"),
        ("Điểm trung bình của 5 huyện là 83,17 điểm.", None),
        ("Điểm trung bình của 12 xã là 83,71 điểm.", None),
        ("Tổng số chợ của 06 huyện là 95 chợ.", "06"),
        ("Tổng số chợ của 05 huyện là 95 chợ.", None),
        ("Riêng huyện Nam Hà, năm 2023 có 22 chợ đạt chuẩn.", "22"),
        ("Riêng huyện Nam Hà, năm 2023 có 27 chợ đạt chuẩn.", None),
    ],
)
def test_the_text_is_held_against_the_table(line: str, stated: str | None) -> None:
    paper = PrintedPaper("x", [*cells(MARKETS), Paragraph(line, Place(file="x", line=20))])
    (checked,) = check_papers([paper])
    assert [one.stated for one in checked.findings] == ([stated] if stated else [])
