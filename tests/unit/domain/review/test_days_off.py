"""Days on which offices are closed."""

from __future__ import annotations

from datetime import date

import pytest

from parindex.domain.review.days_off import DayOffKind, DaysOff, Holidays

TET = DaysOff(DayOffKind.TET, date(2025, 1, 25), date(2025, 2, 2))
CALENDAR = Holidays(yearly=((DayOffKind.NATIONAL_DAY, 9, 2), (DayOffKind.LABOUR, 5, 1)), announced=(TET,))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2025, 1, 24), None),  # a Friday
        (date(2025, 1, 25), TET),
        (date(2025, 1, 31), TET),
        (date(2025, 2, 2), TET),  # a Sunday, but the holiday says more
        (date(2025, 2, 3), None),
        (date(2025, 9, 2), DaysOff(DayOffKind.NATIONAL_DAY, date(2025, 9, 2), date(2025, 9, 2))),
        (date(2026, 5, 1), DaysOff(DayOffKind.LABOUR, date(2026, 5, 1), date(2026, 5, 1))),
        (date(2025, 2, 8), DaysOff(DayOffKind.WEEKEND, date(2025, 2, 8), date(2025, 2, 9))),
        (date(2025, 2, 9), DaysOff(DayOffKind.WEEKEND, date(2025, 2, 8), date(2025, 2, 9))),
    ],
)
def test_what_a_day_belongs_to(day: date, expected: DaysOff | None) -> None:
    assert CALENDAR.on(day) == expected


def test_only_announced_years_are_known() -> None:
    assert CALENDAR.knows(2025)
    assert not CALENDAR.knows(2026)
