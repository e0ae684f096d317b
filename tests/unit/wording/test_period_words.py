"""Periods for a reader."""

from __future__ import annotations

import pytest

from parindex.domain.procedures.periods import parse_period
from parindex.wording.period_words import period_words


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("2026", "2026"), ("2026-Q3", "quý III/2026"), ("2026-03", "tháng 03/2026"), ("2026-03-31", "31/03/2026"),
        ("2025-12-15..2026-12-14", "15/12/2025 – 14/12/2026"), ("2026-01..2026-06", "6 tháng đầu năm 2026"),
        ("2026-01..2026-09", "9 tháng đầu năm 2026"), ("2026-07..2026-12", "6 tháng cuối năm 2026"),
        ("2026-02..2026-04", "01/02/2026 – 30/04/2026"),
    ],
)  # fmt: skip
def test_a_period_is_named_as_officials_name_it(code: str, words: str) -> None:
    assert period_words(parse_period(code)) == words
