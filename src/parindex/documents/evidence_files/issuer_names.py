"""The names of public bodies as sentences write them, from headings in capitals."""

from __future__ import annotations

import re

from parindex.documents.printed_text import folded

#: After these words the name of a place begins: each of its syllables has a capital.
_PLACE = re.compile(r"\b(?:tinh|huyen|thanh pho|thi xa|thi tran|dac khu|xa(?! hoi)|phuong|quan(?! ly| su))\b")
#: Bodies whose field follows with a capital: "Sở Nội vụ", "Ban Chỉ đạo".
_BEFORE_FIELDS = frozenset({"so", "bo", "ban", "cuc", "vu"})
#: Of these the parts of the field have capitals: "Thông tin và Truyền thông", "Văn hóa, Thể thao và Du lịch".
_OF_SEVERAL_FIELDS = frozenset({"so", "bo"})
#: Words with a capital of their own wherever they stand; after the last of them stands a place.
_PROPER = ("Chính phủ", "Chỉ đạo", "Việt Nam", "Nhà nước")
_ABBREVIATION = re.compile(r"^(?:UBND|HĐND|BCĐ|CCHC|BHXH|MTTQ|TTHC|CNTT|BQL)$")


def in_sentence_case(heading: str) -> str:
    """ "ỦY BAN NHÂN DÂN TỈNH ĐIỆN BIÊN" → "Ủy ban nhân dân tỉnh Điện Biên"; "SỞ NỘI VỤ" → "Sở Nội vụ"."""
    words = heading.split()
    plain = [folded(word) for word in words]
    capital = {0} | ({1} if plain and plain[0] in _BEFORE_FIELDS else set())
    if plain and plain[0] in _OF_SEVERAL_FIELDS:
        capital |= {at + 1 for at, word in enumerate(plain) if word == "va" or word.endswith(",")}
    capital |= _of_places(plain)
    out = [_cased(word, at in capital) for at, word in enumerate(words)]
    name = " ".join(out)
    for proper in _PROPER:
        name = re.sub(rf"\b{proper}\b", proper, name, flags=re.IGNORECASE)
    return name


def _of_places(plain: list[str]) -> set[int]:
    """Which words are syllables of the name of a place."""
    found: set[int] = set()
    line = " ".join(plain)
    marks = [match.span() for match in _PLACE.finditer(line)]
    marks += [(match.start(), match.end()) for match in re.finditer(r"\bnha nuoc\b", line)]
    inside = {
        line.count(" ", 0, start) + more for start, end in marks for more in range(line.count(" ", start, end) + 1)
    }
    for _, end in marks:
        after = line.count(" ", 0, end) + 1
        found |= set(range(after, len(plain)))
    return found - inside


def _cased(word: str, capital: bool) -> str:
    if _ABBREVIATION.match(word):
        return word
    return word.capitalize() if capital else word.lower()
