"""Days on which offices are closed: whether a deadline falls on one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_SATURDAY = 5


class DayOffKind(StrEnum):
    """Why nobody is in the office."""

    WEEKEND = "weekend"
    NEW_YEAR = "new_year"
    TET = "tet"
    HUNG_KINGS = "hung_kings"
    REUNIFICATION = "reunification"
    LABOUR = "labour"
    NATIONAL_DAY = "national_day"


@dataclass(frozen=True, slots=True)
class DaysOff:
    """A stretch of days off, both ends included."""

    kind: DayOffKind
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Holidays:
    """The holidays of a country: those of a fixed day (month and day), and the stretches announced for single years."""

    yearly: Sequence[tuple[DayOffKind, int, int]] = ()
    announced: Sequence[DaysOff] = ()

    def knows(self, year: int) -> bool:
        """Whether the holidays of ``year`` that go by the moon are known."""
        return any(one.kind is DayOffKind.TET and one.first.year == year for one in self.announced)

    def on(self, day: date) -> DaysOff | None:
        """The days off that ``day`` belongs to: announced, fixed by law, or a weekend; None: a working day."""
        announced = next((one for one in self.announced if one.first <= day <= one.last), None)
        if announced is not None:
            return announced
        for kind, month, number in self.yearly:
            if (day.month, day.day) == (month, number):
                return DaysOff(kind, day, day)
        if day.weekday() >= _SATURDAY:
            saturday = day - timedelta(days=day.weekday() - _SATURDAY)
            return DaysOff(DayOffKind.WEEKEND, saturday, saturday + timedelta(days=1))
        return None
