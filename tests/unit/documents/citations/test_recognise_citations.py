"""Citations as explanations write them: what they say, and where they stand."""

from __future__ import annotations

import time
import unicodedata
from datetime import date

import pytest

from parindex.documents.citations.citation import Citation
from parindex.documents.citations.recognise import citations_in


def only(text: str) -> Citation:
    (found,) = citations_in(text)
    return found


def test_kind_number_date_and_page() -> None:
    text = "Thể hiện tại Báo cáo số 401/BC-UBND ngày 08/12/2020, trang 8."
    found = only(text)
    assert (found.kind, found.number, found.pages) == ("Báo cáo", "401/BC-UBND", (8,))
    assert found.date is not None
    assert found.date.day == date(2020, 12, 8)
    assert text[found.start : found.end] == found.text == "Báo cáo số 401/BC-UBND ngày 08/12/2020, trang 8"


def test_issuer_page_and_section_after_each_other() -> None:
    found = only("Văn bản số 126/STTTT-CNTT ngày 29/01/2021 của Sở TTTT, trang 15, mục 5.11 nêu rõ")
    assert (found.kind, found.issuer) == ("Văn bản", "Sở TTTT")
    assert (found.pages, found.sections) == ((15,), ("mục 5.11",))


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("Kế hoạch 6186/KH-UBND", "Kế hoạch", "6186/KH-UBND"),
        ("theo Nghị định 61/2018/NĐ-CP", "Nghị định", "61/2018/NĐ-CP"),
        ("Thông tư số 01/2018/TT-VPCP", "Thông tư", "01/2018/TT-VPCP"),
        ("Luật Giáo dục số 43/2019/QH14", "Luật", "43/2019/QH14"),
        ("Kết luận số 02-KL/TU", "Kết luận", "02-KL/TU"),
        ("CV số 383/BNV-CCHC", "Công văn", "383/BNV-CCHC"),
        ("(3485/BTTTT-THH)", "Công văn", "3485/BTTTT-THH"),
        ("Nghị quyết số 30c/NQ-CP", "Nghị quyết", "30c/NQ-CP"),
        ("báo cáo 246/BC- UBND", "Báo cáo", "246/BC-UBND"),
        ("Kế hoạch số 4057/KH-\nUBND", "Kế hoạch", "4057/KH-UBND"),
        ("Quyết định số: 2270 /QĐ–UBND", "Quyết định", "2270/QĐ-UBND"),
        ("các văn bản: 1236QĐ-UBND", "Quyết định", "1236/QĐ-UBND"),
        ("quyết định số 12/qđ-ubnd", "Quyết định", "12/QĐ-UBND"),
        ("Báo cáo CCHC quý I: số 363/BC-BCĐCCHC", "Báo cáo", "363/BC-BCĐCCHC"),
        ("Thông tư số 01/2018/VPCP", "Thông tư", "01/2018/VPCP"),
        ("Văn bản số 2309/BCĐCCHC-CĐS&ĐA06-SNV", "Văn bản", "2309/BCĐCCHC-CĐS&ĐA06-SNV"),
        ("Tờ trình số 252/TTr-STNMT", "Tờ trình", "252/TTr-STNMT"),
    ],
)
def test_shapes_of_numbers(text: str, kind: str, number: str) -> None:
    found = only(text)
    assert (found.kind, found.number) == (kind, number)


@pytest.mark.parametrize(
    "text",
    [
        "đã kiểm tra 10/19 CQCM cấp tỉnh và 5/10 UBND cấp huyện (đạt 51,72%)",
        "100% (45/45) nhiệm vụ; tổng số 15/29",
        "tính đến ngày 31/12/2020: 2087 - Số biên chế",
        "http://vbpl.vn/toanvan.aspx?ItemID=132839&Keyword=44/2018/QĐ-UBND",
        "PAKN.20200827.0003; PAKN.20200624.0017",
        "tỷ lệ 3/xa-phuong, đạt 20/UBND",
        "",
    ],
)
def test_shares_addresses_and_other_figures_are_no_citations(text: str) -> None:
    assert citations_in(text) == ()


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("ngày 28 tháng 01 năm 2021", date(2021, 1, 28)),
        ("ngày 21/8 /2020", date(2020, 8, 21)),
        ("(08.12.2020)", date(2020, 12, 8)),
        ("ngày 8-12-2020", date(2020, 12, 8)),
        ("ký ngày 8/12/2020", date(2020, 12, 8)),
        ("tỉnh ngày 20/02/2020", date(2020, 2, 20)),
        ("ngày 31/02/2020", None),
        ("ngày 07/07/20120", None),
        ("ngày 07/07/202", None),
    ],
)
def test_shapes_of_dates(printed: str, day: date | None) -> None:
    found = only(f"Quyết định số 156/QĐ-UBND {printed} về kế hoạch")
    assert found.date is not None
    assert (found.date.day, found.date.two_digit_year) == (day, False)


def test_a_year_of_two_digits_is_read_and_said() -> None:
    found = only("Công văn số 5/SNV-CCHC ngày 7/7/20")
    assert found.date is not None
    assert (found.date.text, found.date.day, found.date.two_digit_year) == ("7/7/20", date(2020, 7, 7), True)


def test_the_day_at_the_head_of_the_sentence() -> None:
    found = only("Ngày 11/10/2019, UBND tỉnh đã có văn bản số 2967/UBND-KSTT V/v triển khai")
    assert found.date is not None
    assert found.date.day == date(2019, 10, 11)


def test_a_date_of_something_else_is_not_taken() -> None:
    assert only("Nghị quyết số 21/NQ-CP. Từ ngày 01/7/2020 có hiệu lực").date is None


def test_pages_before_the_number_belong_to_it() -> None:
    first, second = citations_in(
        "tại Mục 1, phần III, trang 6, Kế hoạch số 1794/KH-UBND ngày 08/7/2020; Điểm b, Mục 1, 2, trang 2 và 3, "
        "Quyết định số 773/QĐ-UBND"
    )
    assert (first.pages, first.sections) == ((6,), ("mục 1", "phần III"))
    assert (second.pages, second.sections) == ((2, 3), ("điểm b", "mục 1, 2"))


def test_pages_between_two_numbers() -> None:
    """After a comma they are of the one before; "của" or nothing between says that they are of the one after."""
    before = citations_in("Báo cáo 1/BC-UBND ngày 2/3/2020, trang 8, Báo cáo 5/BC-SNV")
    assert [one.pages for one in before] == [(8,), ()]
    after = citations_in("Báo cáo 1/BC-UBND ngày 2/3/2020, trang 8 của Báo cáo 5/BC-SNV")
    assert [one.pages for one in after] == [(), (8,)]
    decree = citations_in("Quyết định 1/QĐ-UBND, điểm a, b Khoản 5 Điều 14 Nghị định 61/2018/NĐ-CP")
    assert [one.sections for one in decree] == [(), ("điểm a, b", "khoản 5", "điều 14")]


def test_pages_in_brackets_with_the_bracket() -> None:
    found = only("Báo cáo số 421/BC-UBND ngày 22/12/2020 của UBND tỉnh (đoạn 3 mục 1 phần II trang 7-9).")
    assert found.text.endswith("(đoạn 3 mục 1 phần II trang 7-9)")
    assert (found.pages, found.sections) == ((7, 8, 9), ("đoạn 3", "mục 1", "phần II"))


def test_a_semicolon_in_brackets_parts_places_of_one_document() -> None:
    found = only("Báo cáo số 421/BC-UBND của UBND tỉnh (Mục 3 phần I trang 1, 2; đoạn 3 mục 7 trang 4).")
    assert (found.pages, found.sections) == ((1, 2, 4), ("mục 3", "phần I", "đoạn 3", "mục 7"))
    assert only("Báo cáo số 421/BC-UBND, trang 1; trang 4 nêu").pages == (1,)


def test_pages_after_what_the_document_is_about() -> None:
    text = "Báo cáo số 401/BC-UBND ngày 08/12/2020 của UBND tỉnh báo cáo công tác năm 2020, cụ thể tại trang 13 có nêu"
    found = only(text)
    assert found.pages == (13,)
    assert found.text == "Báo cáo số 401/BC-UBND ngày 08/12/2020 của UBND tỉnh"
    assert only("Báo cáo số 401/BC-UBND của UBND tỉnh. Việc khác, cụ thể tại trang 13 của Sổ tay").pages == ()


def test_pages_of_a_document_called_by_more_words() -> None:
    found = only("tại Trang 23, Mục 3 của Báo cáo kiểm tra số 1666/BC-SNV ngày 03/11/2020")
    assert (found.pages, found.kind) == ((23,), "Báo cáo")


def test_things_counted_after_a_page_are_no_pages() -> None:
    assert only("Báo cáo số 1/BC-UBND, trang 8, 20 hồ sơ trễ hạn").pages == (8,)
    assert only("Báo cáo số 1/BC-UBND, trang 9999").pages == ()
    assert only("Báo cáo số 1/BC-UBND, trang 1-4000").pages == (1, 4000)


def test_several_numbers_of_one_kind_and_day() -> None:
    first, second = citations_in("các Quyết định số: 12/QĐ-UBND, 13/QĐ-UBND ngày 05/5/2020 của UBND tỉnh")
    assert (first.number, second.number) == ("12/QĐ-UBND", "13/QĐ-UBND")
    assert first.date == second.date
    assert first.date is not None
    assert first.issuer == second.issuer == "UBND tỉnh"


def test_numbers_that_share_the_symbol_too() -> None:
    text = "tại các Quyết định số 267, 268/QĐ-BNV ngày 28/3/2025"
    first, second = citations_in(text)
    assert [first.number, second.number] == ["267/QĐ-BNV", "268/QĐ-BNV"]
    assert [text[one.start : one.end] for one in (first, second)] == [
        "Quyết định số 267", "268/QĐ-BNV ngày 28/3/2025",
    ]  # fmt: skip
    assert first.date == second.date
    assert first.kind == second.kind == "Quyết định"


def test_each_number_of_a_list_keeps_its_own_day() -> None:
    days = [
        one.date.text
        for one in citations_in("các Báo cáo: số 1/BC-SNV ngày 2/3/2020; số 5/BC-SNV ngày 6/7/2020")
        if one.date
    ]
    assert days == ["2/3/2020", "6/7/2020"]


@pytest.mark.parametrize(
    ("rest", "issuer"),
    [
        ("của Bộ Thông tin và Truyền thông về việc hướng dẫn", "Bộ Thông tin và Truyền thông"),
        ("của Bộ Lao động, Thương binh và Xã hội, trang 2", "Bộ Lao động, Thương binh và Xã hội"),
        ("của Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ hướng dẫn", "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ"),
        ("của Thủ tướng Chính phủ.", "Thủ tướng Chính phủ"),
        ("của UBND tỉnh và Công văn đôn đốc", "UBND tỉnh"),
        ("của Sở TT&TT tỉnh Điện Biên:", "Sở TT&TT tỉnh Điện Biên"),
        ("của tỉnh về cải cách", ""),
    ],
)
def test_the_issuer_ends_where_the_sentence_goes_on(rest: str, issuer: str) -> None:
    assert only(f"Công văn số 7/BTTTT-THH ngày 10/9/2020 {rest}").issuer == issuer


def test_places_lead_back_to_the_text_as_it_was_typed() -> None:
    """Accents as letters of their own (NFD) and invisible letters move what stands behind them."""
    text = unicodedata.normalize("NFD", "Đã nêu\u200b tại Quyết định số 433/QĐ-UBND ngày 15/5/2020 của UBND tỉnh.")
    found = only(text)
    assert found.number == "433/QĐ-UBND"
    assert unicodedata.normalize("NFC", text[found.start : found.end]) == found.text
    assert found.text == "Quyết định số 433/QĐ-UBND ngày 15/5/2020 của UBND tỉnh"


@pytest.mark.parametrize(
    "piece",
    [
        "401/BC-", "số ", "1/", "trang 1,", "ngày ", "-A", "9", "của Sở ", "số 1, ", "Quyết định ", "mục 1.1, ",
        "401/BC-UBND ", "e\u0302\u0301", "a\u0301\u0301\u0301", "Kế hoạch a ", "http://", "ngày 1 tháng 1 ",
    ],
)  # fmt: skip
def test_time_grows_with_the_length_and_no_faster(piece: str) -> None:
    """Four times the text takes about four times as long; a pattern that goes back and forth would take sixteen."""

    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        started = time.process_time()
        citations_in(text)
        return time.process_time() - started

    short = min(seconds(20_000) for _ in range(3))
    assert any(seconds(80_000) < 10 * short + 0.2 for _ in range(3))  # one of them may meet a machine that is busy
