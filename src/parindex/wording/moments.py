"""Days and times as official papers print them: ``08/12/2020``, ``17:00 ngày 31/03/2021``, ``còn 1 ngày``.

Moments are kept in UTC and shown in the one time of Viet Nam, whatever the clock of the server says.
"""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from parindex.wording.language import text

VIET_NAM = ZoneInfo("Asia/Ho_Chi_Minh")


def local_day(value: datetime) -> date:
    """The day that a moment belongs to in Viet Nam: units and deadlines go by it."""
    return value.astimezone(VIET_NAM).date()


def day(value: date | None) -> str:
    """``08/12/2020``; "–" for none."""
    local = value.astimezone(VIET_NAM) if isinstance(value, datetime) else value
    return "–" if local is None else f"{local:%d/%m/%Y}"


def time_of_day(value: datetime) -> str:
    """``08:42:10``."""
    return f"{value.astimezone(VIET_NAM):%H:%M:%S}"


def moment(value: datetime | None) -> str:
    """``17:00 ngày 31/03/2021``; "–" for none."""
    if value is None:
        return "–"
    local = value.astimezone(VIET_NAM)
    return text("{time} ngày {day}", time=f"{local:%H:%M}", day=f"{local:%d/%m/%Y}")


def days_left(until: datetime, now: datetime) -> str:
    """How long is left until a deadline: days, hours on the last day, or for how long it has passed."""
    seconds = (until - now).total_seconds()
    days = int(abs(seconds) // 86_400)
    if seconds < 0:
        return text("quá hạn {days} ngày", days=days) if days else text("vừa quá hạn")
    if days:
        return text("còn {days} ngày", days=days)
    hours = int(seconds // 3_600)
    return text("còn {hours} giờ", hours=hours) if hours else text("còn {minutes} phút", minutes=int(seconds // 60))
