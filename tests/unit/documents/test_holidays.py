"""The holidays that ship with parindex."""

from __future__ import annotations

from datetime import date

import pytest

from parindex.documents.holidays import holidays
from parindex.domain.review.days_off import DayOffKind
from parindex.wording.days_off import days_off


def test_every_stretch_ends_after_it_begins_and_none_overlaps_another() -> None:
    stretches = sorted(holidays().announced, key=lambda one: one.first)
    assert all(one.first <= one.last for one in stretches)
    assert all(one.last < other.first for one, other in zip(stretches, stretches[1:], strict=False))


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2021, 1, 1), DayOffKind.NEW_YEAR),
        (date(2030, 4, 30), DayOffKind.REUNIFICATION),
        (date(2025, 1, 31), DayOffKind.TET),
        (date(2026, 2, 17), DayOffKind.TET),
        (date(2025, 4, 7), DayOffKind.HUNG_KINGS),
        (date(2026, 8, 31), DayOffKind.NATIONAL_DAY),
    ],
)
def test_days_of_the_law_and_announced_ones(day: date, kind: DayOffKind) -> None:
    found = holidays().on(day)
    assert found is not None
    assert found.kind is kind


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2025, 1, 31), "kỳ nghỉ Tết Nguyên đán (25/01–02/02/2025)"),
        (date(2031, 9, 2), "ngày nghỉ Quốc khánh"),
        (date(2026, 11, 21), "thứ Bảy"),
        (date(2026, 11, 22), "Chủ nhật"),
    ],
)
def test_in_words(day: date, words: str) -> None:
    found = holidays().on(day)
    assert found is not None
    assert days_off(day, found) == words
