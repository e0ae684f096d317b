"""Sentences of the public pages."""

from __future__ import annotations

from fractions import Fraction

import pytest

from parindex.domain.index.rank_intervals import RankInterval
from parindex.wording import public_results as words


def test_grades_are_counted_the_highest_first() -> None:
    assert words.grades_finding([("Tốt", 13), ("Khá", 6)], 19) == "13 trên 19 đơn vị xếp loại Tốt, 6 xếp loại Khá."
    assert words.grades_finding([], 3) == ""


def test_who_is_first() -> None:
    assert words.leaders_finding(["Sở A"], Fraction("93.41"), 1) == "Đứng đầu: Sở A, 93,41%."
    assert words.leaders_finding(["Sở A", "Sở B"], Fraction(90), 0) == "2 đơn vị cùng đứng đầu với 90,00%."
    assert words.leaders_finding([], Fraction(90), 0) == ""


def test_a_seeming_grade_shows_as_many_digits_as_tell_it() -> None:
    said = words.seeming_grade(Fraction("84.999999"), Fraction(85), "Tốt")
    assert said == "In tròn 85,00% nhưng giá trị đúng là 84,999999%, dưới ngưỡng Tốt 85%"


@pytest.mark.parametrize(
    ("years", "said"),
    [
        ([("62.58", 2012), ("61", 2013), ("88.23", 2024)],
         "Tăng từ 62,58% năm 2012 lên 88,23% năm 2024; giảm so với lần trước ở các năm 2013."),
        ([("90", 2023), ("80", 2024)], "Giảm từ 90,00% năm 2023 xuống 80,00% năm 2024."),
        ([("80", 2023), ("80", 2024)], "80,00% năm 2024, bằng năm 2023."),
    ],
)  # fmt: skip
def test_years_say_from_where_to_where(years: list[tuple[str, int]], said: str) -> None:
    assert words.years_finding([(year, Fraction(value)) for value, year in years]) == said


def test_who_granted_is_never_a_person() -> None:
    given = {"level": 2, "title": "", "capacity": "member"}
    assert words.giver_words(given) == "Hội đồng thẩm định, Cấp 2"
    assert words.giver_words({**given, "title": "Cấp tỉnh", "capacity": "chair"}) == (
        "Hội đồng thẩm định, Cấp tỉnh, chủ tịch quyết định"
    )
    assert words.giver_words({"level": 0}) == "Hội đồng thẩm định"
    assert words.giver_words({**given, "body": "Vụ Đào tạo"}) == "Hội đồng thẩm định, Cấp 2, Vụ Đào tạo"


def test_when_an_opinion_was_given_is_the_time_that_a_paper_prints_else_the_day() -> None:
    said = {"on": "2021-04-06", "given": ""}
    assert words.when_words(said) == "06/04/2021"
    assert words.when_words({**said, "given": "2021-04-07T13:39+07:00"}) == "13:39 ngày 07/04/2021"


def test_small_words() -> None:
    assert [words.interval_words(RankInterval(1, last)) for last in (1, 3)] == ["1", "1–3"]
    assert [words.day_words(one) for one in ("2025-02-24", "2025-02-24T10:00:00+07:00", "")] == ["24/02/2025"] * 2 + [
        ""
    ]
    assert words.fingerprint_words("0123456789abcdef99") == "0123 4567 89ab cdef"
