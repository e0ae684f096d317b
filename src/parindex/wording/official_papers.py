"""What every official paper says at its head (Decree 30/2020)."""

from __future__ import annotations

from datetime import date

from parindex.wording.language import text


def letter_head() -> dict[str, str]:
    """The national title and motto."""
    return {
        "country": text("Cộng hòa xã hội chủ nghĩa Việt Nam"),
        "motto": text("Độc lập - Tự do - Hạnh phúc"),
    }


def place_and_date(place: str, day: date) -> str:
    """Days below ten, January and February have a zero before them."""
    month = f"{day.month:02}" if day.month <= 2 else str(day.month)
    return text(
        "{place}, ngày {day} tháng {month} năm {year}", place=place, day=f"{day.day:02}", month=month, year=day.year
    )
