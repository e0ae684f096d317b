"""What every official paper says at its head (Decree 30/2020)."""

from __future__ import annotations

from datetime import date

from parindex.documents.official_papers.proof import BundleMark, PrintedProof
from parindex.wording.language import text

#: A fingerprint is read aloud and compared in groups of so many characters.
_GROUP = 8


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


def printed_proof(bundle: BundleMark | None) -> PrintedProof | None:
    """How anybody checks what a paper says; None where nothing is published of it."""
    if bundle is None:
        return None
    return PrintedProof(
        words=text("Ai cũng tính lại được kết quả này từ gói kết quả: quét mã bên cạnh hoặc mở"),
        address=bundle.address,
        fingerprint_title=text("Mã SHA-256 của gói kết quả, đối chiếu trước khi dùng:"),
        fingerprint=groups_of(bundle.fingerprint),
    )


def groups_of(fingerprint: str) -> tuple[str, ...]:
    """A fingerprint as papers print it; nothing of ""."""
    return tuple(fingerprint[at : at + _GROUP] for at in range(0, len(fingerprint), _GROUP))
