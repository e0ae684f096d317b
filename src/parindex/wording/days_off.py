"""Days off in words: what a deadline falls into."""

from __future__ import annotations

from datetime import date

from parindex.domain.review.days_off import DayOffKind, DaysOff
from parindex.wording.language import mark, text
from parindex.wording.moments import day as day_text

_HOLIDAYS = {
    DayOffKind.NEW_YEAR: mark("Tết Dương lịch"),
    DayOffKind.TET: mark("Tết Nguyên đán"),
    DayOffKind.HUNG_KINGS: mark("Giỗ Tổ Hùng Vương"),
    DayOffKind.REUNIFICATION: mark("ngày Chiến thắng 30/4"),
    DayOffKind.LABOUR: mark("ngày Quốc tế Lao động 1/5"),
    DayOffKind.NATIONAL_DAY: mark("Quốc khánh"),
}
_SATURDAY = 5


def days_off(day: date, off: DaysOff) -> str:
    """``kỳ nghỉ Tết Nguyên đán (25/01–02/02/2025)``, ``ngày nghỉ Quốc khánh``, ``Chủ nhật``."""
    if off.kind is DayOffKind.WEEKEND:
        return text("thứ Bảy") if day.weekday() == _SATURDAY else text("Chủ nhật")
    name = text(_HOLIDAYS[off.kind])
    if off.first == off.last:
        return text("ngày nghỉ {holiday}", holiday=name)
    return text("kỳ nghỉ {holiday} ({first}–{last})", holiday=name, first=f"{off.first:%d/%m}", last=day_text(off.last))
