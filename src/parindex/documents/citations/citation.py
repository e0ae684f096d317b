"""A citation of an official document, as an explanation writes it: kind, number, date, issuer and the pages meant."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cached_property

_DASHES = re.compile("[\u2010-\u2015\u2212\uff0d]")
#: Letters without accents, as nearly all numbers have them.
_UNACCENTED = re.compile("[\x00-\x7fĐđ]*")
_LEADING_ZEROS = re.compile(r"^0+(?=\d)")

#: What the first part of a symbol says about the kind of paper; letters of no kind (UBND-NC) are official letters.
KIND_OF_CODE = {
    "QD": "Quyết định",
    "NQ": "Nghị quyết",
    "ND": "Nghị định",
    "TT": "Thông tư",
    "TTLT": "Thông tư liên tịch",
    "CT": "Chỉ thị",
    "KH": "Kế hoạch",
    "BC": "Báo cáo",
    "CV": "Công văn",
    "TB": "Thông báo",
    "TTR": "Tờ trình",
    "HD": "Hướng dẫn",
    "KL": "Kết luận",
    "CTR": "Chương trình",
    "CTHD": "Chương trình hành động",
    "DA": "Đề án",
    "CD": "Công điện",
    "QC": "Quy chế",
    "QDI": "Quy định",
    "BB": "Biên bản",
    "GM": "Giấy mời",
    "PA": "Phương án",
}
OFFICIAL_LETTER = "Công văn"


@dataclass(frozen=True, slots=True)
class CitedDate:
    """A date as printed; ``day`` is None where there is no such day (31/02/2020, 07/07/20120)."""

    text: str
    day: date | None
    two_digit_year: bool = False


@dataclass(frozen=True)
class Citation:
    """One citation; ``start`` and ``end`` are places in the text that was searched, ``text`` is what stands there.

    ``kind`` is the kind that the text states or, where it states none, the one of the symbol; ``stated_kind`` only
    what stands right before the number. ``sections`` are the parts meant as printed ("mục 5.11", "phần II").
    """

    kind: str
    number: str
    start: int
    end: int
    text: str
    date: CitedDate | None = None
    issuer: str = ""
    pages: tuple[int, ...] = ()
    sections: tuple[str, ...] = ()
    stated_kind: str = ""

    @cached_property
    def key(self) -> str:
        """The number in the form that equal numbers share: see :func:`number_key`."""
        return number_key(self.number)

    @property
    def year(self) -> int | None:
        """The year of the document: of its number (61/2018/NĐ-CP), else of its date; None where neither says it."""
        found = re.match(r"\d+[A-Z]?/((?:19|20)\d\d)/", self.key)
        if found is not None:
            return int(found[1])
        return self.date.day.year if self.date is not None and self.date.day is not None else None


def number_key(number: str) -> str:
    """A number and symbol without what is only spelling: spaces, kinds of dashes, case, Đ and D, leading zeros.

    ``"0401 /BC – ubnd"`` and ``"401/BC-UBND"`` have the same key.
    """
    plain = number
    if not _UNACCENTED.fullmatch(plain):
        plain = "".join(letter for letter in unicodedata.normalize("NFD", plain) if not unicodedata.combining(letter))
    plain = _DASHES.sub("-", "".join(plain.split())).upper().replace("Đ", "D").replace("&", "")
    return _LEADING_ZEROS.sub("", plain)


def kind_of_number(number: str) -> str:
    """The kind that a symbol names, "" where it names none ("3485/BTTTT-THH")."""
    key = number_key(number)
    found = re.match(r"\d+[A-Z]?(?:/(?:19|20)\d\d)?[/-]?([A-Z]+)(?=[-/]|$)", key)
    return KIND_OF_CODE.get(found[1], "") if found is not None else ""
