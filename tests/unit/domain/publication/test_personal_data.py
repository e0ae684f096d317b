"""Telephone numbers, mail addresses and identity numbers in free texts, and what only looks like them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parindex.domain.publication.personal_data import PersonalKind, personal_data

EMAIL, PHONE, IDENTITY = PersonalKind.EMAIL, PersonalKind.PHONE, PersonalKind.IDENTITY
DIGITS = "0123456789"
#: Words around what is looked for: any text that neither ends nor begins as a longer number would.
WORDS = st.text(st.characters(blacklist_characters="@", blacklist_categories=("N", "C", "M")), max_size=30)


def found(text: str) -> list[tuple[PersonalKind, str]]:
    return [(one.kind, one.words) for one in personal_data(text)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Bà A, ĐT 0912 345 678, a.b@dienbien.gov.vn", [(PHONE, "0912 345 678"), (EMAIL, "a.b@dienbien.gov.vn")]),
        ("gọi (0215) 3825456.", [(PHONE, "(0215) 3825456")]),
        ("+84 (0) 912-345-678", [(PHONE, "+84 (0) 912-345-678")]),
        ("0123.456.7890 (số cũ)", [(PHONE, "0123.456.7890")]),
        ("０９１２３４５６７８", [(PHONE, "0912345678")]),
        ("CCCD 011234567890, CMND 045123456", [(IDENTITY, "011234567890"), (IDENTITY, "045123456")]),
        ("số 011 234 567 890", [(IDENTITY, "011 234 567 890")]),
    ],
)
def test_what_is_found(text: str, said: list[tuple[PersonalKind, str]]) -> None:
    assert found(text) == said


@pytest.mark.parametrize(
    "text",
    [
        "", "Quyết định 0912/QĐ-UBND ngày 02/03/2026", "từ 02.03.2026-05.03.2026", "71,71% (32/45)",
        "1.234.567.890 đồng", "123.456.789 đồng", "0,912345678", "tăng 12,345678901 lần", "năm 2024 12345 hồ sơ",
        "12.034.567.890.123", "mã 01234567890123", "Sở Nội vụ @ tỉnh",
    ],
)  # fmt: skip
def test_figures_days_and_numbers_of_documents_are_none(text: str) -> None:
    assert found(text) == []


@given(WORDS, WORDS, st.sampled_from("35789"), st.text(DIGITS, min_size=8, max_size=8), st.data())
def test_a_telephone_number_is_found_however_it_is_grouped(
    before: str, behind: str, first: str, rest: str, data: st.DataObject
) -> None:
    between = data.draw(st.lists(st.sampled_from(["", "", " ", ".", "-"]), min_size=8, max_size=8))
    trunk = data.draw(st.sampled_from(["0", "+84", "+84 ", "(+84) ", "84"]))
    number = trunk + first + "".join(gap + digit for gap, digit in zip(between, rest, strict=True))
    assert any(one.kind is PHONE and one.words.lstrip("(") == number.lstrip("(") for one in
               personal_data(f"{before} {number} {behind}"))  # fmt: skip


@given(WORDS, WORDS, st.text(DIGITS, min_size=1, max_size=20))
def test_an_identity_number_has_twelve_or_nine_digits(before: str, behind: str, digits: str) -> None:
    kinds = [one.kind for one in personal_data(f"{before} {digits} {behind}")]
    assert (IDENTITY in kinds) == (len(digits) in (9, 12))


@given(st.from_regex(r"[a-z][a-z0-9.]{0,10}[a-z]@[a-z]{2,8}(\.[a-z]{2,6}){1,2}", fullmatch=True), WORDS)
def test_a_mail_address_is_found_in_any_text(address: str, words: str) -> None:
    assert (EMAIL, address) in found(f"{words} {address} {words}")


@given(st.text(st.characters(blacklist_characters="@", blacklist_categories=["N"])))
def test_nothing_is_found_where_no_figure_stands(text: str) -> None:
    assert found(text) == []


@given(st.integers(0, 10**15), WORDS)
def test_a_figure_with_its_marks_is_none(value: int, words: str) -> None:
    assert found(f"{words} {value:,} {words}".replace(",", ".") if value >= 1000 else words) == []
