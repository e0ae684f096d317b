"""Papers and days that a paper names: what is wrong with them, and what only seems so."""

from __future__ import annotations

import pytest

from parindex.documents.arithmetic.passages import passages
from parindex.documents.arithmetic.references.statements import find
from parindex.documents.papers import Paragraph
from parindex.domain.errors import Place

PLAN = "Kế hoạch số 1974/KH-UBND ngày 08/7/2020"


def found(*lines: str) -> list[tuple[str, str, str]]:
    """Sentence, stated and found figure of every finding."""
    blocks = [Paragraph(line, Place(line=at)) for at, line in enumerate(lines, start=1)]
    return [(one.why, one.stated, one.found) for one in find(passages(blocks))[0]]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            (f"{PLAN}.", f"{PLAN}.", "Kế hoạch số 1794/KH-UBND ngày 08/7/2020."),
            ("digits_swapped", "1794/KH-UBND", "1974/KH-UBND"),
        ),
        (
            ("Văn bản số 436/UBND-KSTT ngày 19/11/2020.", "Văn bản số 4368/UBND-KSTT ngày 19/11/2020."),
            ("digit_lost", "436/UBND-KSTT", "4368/UBND-KSTT"),
        ),
        (("Quyết định số 773/QĐ-UBND ngày 07/07/20120.",), ("date_impossible", "07/07/20120", "")),
        (("Báo cáo số 12/BC-SNV ngày 31/02/2020.",), ("date_impossible", "31/02/2020", "")),
        (
            (
                "Quyết định số 2059/QĐ-BNV ngày 21/12/2015.",
                "Quyết định số 2059/QĐ-BNV ngày 31/12/2015.",
                "Quyết định số 2059/QĐ-BNV ngày 31/12/2015.",
            ),
            ("two_dates", "21/12/2015", "31/12/2015"),
        ),
        (("Quyết định số 1236QĐ-UBND ngày 03/12/2019.",), ("stroke_lost", "1236QĐ-UBND", "1236/QĐ-UBND")),
        (("Quyết định số 2270 QĐ-UBND ngày 13/12/2024.",), ("stroke_lost", "2270 QĐ-UBND", "2270/QĐ-UBND")),
        (("Nghị định 108/NĐ-CP ngày 20/11/2014 của Chính phủ.",), ("year_lost", "108/NĐ-CP", "108/2014/NĐ-CP")),
        (
            ("Nghị định số 108/NĐ-CP của Chính phủ.", "Nghị định số 108/2020/NĐ-CP của Chính phủ."),
            ("year_lost", "108/NĐ-CP", "108/2020/NĐ-CP"),
        ),
        (
            ("Thông tư số 01/2018/TT-VPCP.", "Thông tư số 01/2018/VPCP của Văn phòng Chính phủ."),
            ("kind_lost", "01/2018/VPCP", "01/2018/TT-VPCP"),
        ),
        (("Nghị định số 61/2018/NĐ-CP ngày 23/4/2019 của Chính phủ.",), ("year_differs", "23/4/2019", "")),
        (("Thời hạn báo cáo là ngày 31/11/2021.",), ("day_impossible", "31/11/2021", "")),
        (("Số liệu tính đến ngày 30 tháng 2.",), ("day_impossible", "30 tháng 2", "")),
        (("Gửi về Sở trước ngày 31-6.",), ("day_impossible", "31-6", "")),
        (("Số liệu chốt 31-11-2021, báo cáo sau đó.",), ("day_impossible", "31-11-2021", "")),
        (("Thực hiện từ 31/9 đến 15/12.",), ("day_impossible", "31/9", "")),
        (
            ("Thống kê từ ngày 01/12/2020 đến ngày 30/11/2020.",),
            ("span_backwards", "01/12/2020 đến ngày 30/11/2020", ""),
        ),
        (
            ("Điện Biên, ngày 10 tháng 12 năm 2022", "Thực hiện Kế hoạch số 12/KH-UBND ngày 20/12/2022."),
            ("date_future", "20/12/2022", ""),
        ),
    ],
)
def test_a_slip_is_found(lines: tuple[str, ...], expected: tuple[str, str, str]) -> None:
    assert found(*lines) == [expected]


@pytest.mark.parametrize(
    "lines",
    [
        (f"{PLAN} và Kế hoạch số 1974/KH-UBND ngày 8/07/2020.",),
        ("Quyết định số 1187/QĐ-UBND ngày 13/11/2019.", "Quyết định số 1187/QD-UBND ngày 13/11/2019."),
        ("Quyết định số 48/QĐ-UBND ngày 16/01/2019.", "Quyết định số 48/QĐ-UBND ngày 20/02/2020."),
        ("Quyết định số 366/QĐ-UBND và Quyết định số 367/QĐ-UBND ngày 22/4/2020.",),
        ("Nghị quyết số 21/NQ-CP ngày 21/3/2016; Nghị định số 36/NĐ-CP ngày 19/6/1990.",),
        ("Ngày 29/02/2020 có hiệu lực; đạt 08/10 đơn vị, 02/10 đơn vị.",),
        ("Kết quả trong ngày 29/2; từ ngày 01/12/2020 đến ngày 30/11/2021.",),
        ("Xem https://example.vn/tai-lieu/31/02/2020 và mục 3.4.15.",),
    ],
)
def test_what_is_right_stays_unsaid(lines: tuple[str, ...]) -> None:
    assert found(*lines) == []


def test_a_number_against_the_run_of_days_is_a_matter_of_doubt() -> None:
    days = ["13/01", "20/02", "22/4", "02/6", "04/6", "11/8"]
    run = [
        f"Quyết định số {number}/QĐ-UBND ngày {day}/2020."
        for number, day in zip((47, 156, 366, 511, 521, 788), days, strict=True)
    ]
    assert found(*run) == []
    assert found(*run, "Quyết định số 275/QĐ-UBND ngày 01/9/2020.") == [("against_the_run", "01/9/2020", "")]
    lower = "Quyết định số 275/QĐ-UBND ngày 01/9/2020 của UBND huyện Mường Chà."
    assert found(*run, lower) == []
