"""Periods for a reader: a year, a quarter, a month, a day, from one day to another."""

from __future__ import annotations

import re

from parindex.domain.procedures.periods import Period
from parindex.wording.language import text

_ROMAN = ("I", "II", "III", "IV")


def period_words(period: Period) -> str:
    """``2026``, ``quý I/2026``, ``tháng 03/2026``, ``6 tháng đầu năm 2026``, ``31/03/2026``, else both days."""
    if period.first == period.last:
        return f"{period.first:%d/%m/%Y}"
    code = period.code
    if re.fullmatch(r"\d{4}", code):
        return code
    if found := re.fullmatch(r"(\d{4})-Q([1-4])", code):
        return text("quý {quarter}/{year}", quarter=_ROMAN[int(found[2]) - 1], year=found[1])
    if found := re.fullmatch(r"(\d{4})-(\d\d)", code):
        return text("tháng {month}/{year}", month=found[2], year=found[1])
    if found := re.fullmatch(r"(\d{4})-01\.\.\1-(\d\d)", code):
        return text("{count} tháng đầu năm {year}", count=int(found[2]), year=found[1])
    if found := re.fullmatch(r"(\d{4})-07\.\.\1-12", code):
        return text("6 tháng cuối năm {year}", year=found[1])
    return str(period)
