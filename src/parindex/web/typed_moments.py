"""Moments as forms carry them: whatever this application prints for one is read back, and so is what people write."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, time

from parindex.domain.review.refusal import Refusal
from parindex.wording.moments import VIET_NAM

#: So much of what was typed comes back in a refusal.
_SHOWN = 40
_DAY = r"(?:(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4}|\d{2})|(?P<iso>\d{4}-\d{1,2}-\d{1,2}))"
_CLOCK = r"(?P<hour>\d{1,2})(?:\s*:\s*(?P<minute>\d{2})(?::\d{2}(?:\.\d+)?)?|\s*(?:h|giờ)\s*(?P<past>\d{2})?)"
_BETWEEN = r"(?:\s*,\s*|\s+|T)"
_FORMS = (
    re.compile(rf"(?:ngày\s+)?{_DAY}(?:{_BETWEEN}(?:lúc\s+)?{_CLOCK})?", re.IGNORECASE),
    re.compile(rf"(?:lúc\s+)?{_CLOCK}{_BETWEEN}(?:ngày\s+)?{_DAY}", re.IGNORECASE),
)


def moment_in(typed: str, clock: time) -> datetime:
    """The moment that is typed, in the time of Viet Nam: ``23/11/2026``, which is ``clock`` of that day,
    ``23/11/2026 05:31``, ``05:31 ngày 23/11/2026``, ``2026-11-23T05:31``; refused (``not_a_day``) for anything else.
    """
    plain = unicodedata.normalize("NFC", typed).strip()
    found = next((match for form in _FORMS if (match := form.fullmatch(plain)) is not None), None)
    try:
        if found is None:
            return _with_offset(plain)
        hour, minute = found["hour"], found["minute"] or found["past"] or "0"
        return datetime.combine(_day(found), time(int(hour), int(minute)) if hour else clock, tzinfo=VIET_NAM)
    except (ValueError, OverflowError):  # the latter: the last moment of all, west of Viet Nam
        raise Refusal("not_a_day", typed=typed[:_SHOWN]) from None


def _day(found: re.Match[str]) -> datetime:
    """The day of a match; raises :class:`ValueError` for one that does not exist."""
    year, month, day = found["iso"].split("-") if found["iso"] else (found["year"], found["month"], found["day"])
    return datetime(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day), tzinfo=VIET_NAM)


def _with_offset(plain: str) -> datetime:
    """A moment that machines print with its offset; raises :class:`ValueError` for anything else."""
    found = datetime.fromisoformat(plain)
    if found.tzinfo is None:
        raise ValueError(plain)
    return found.astimezone(VIET_NAM)
