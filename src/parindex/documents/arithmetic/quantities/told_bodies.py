"""The body that a sentence names last before a figure: "huyện Nậm Khao … chỉ được 74,28 điểm"."""

from __future__ import annotations

import re

#: A place with its name, and an office with the first two words of its name.
_BODY = re.compile(
    r"(?<!\w)(?:(?P<place>[Hh]uyện|[Tt]hị xã|[Tt]hành phố|[Xx]ã|[Pp]hường|[Tt]hị trấn|[Tt]ỉnh)\s"
    r"(?P<name>[A-ZĐÀ-Ỹ][^\W\d_]*(?:\s[A-ZĐÀ-Ỹ][^\W\d_]*){0,4})"
    r"|(?P<office>Sở|Ban|Cục|Chi cục|Phòng|Bộ|Công an|Trung tâm)\s(?P<of>[A-ZĐÀ-Ỹ][^\W\d_]*(?:\s[^\W\d_]+)?))"
)
_LONGEST = 400


def body_before(text: str, start: int, end: int) -> str:
    """The last body that ``text`` names between two places, in small letters; "" where it names none."""
    named = [found[0] for found in _BODY.finditer(text, max(start, end - _LONGEST), end)]
    return named[-1].lower() if named else ""
