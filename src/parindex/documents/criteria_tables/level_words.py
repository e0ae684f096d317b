"""Codes that count anew at every level and name the level in words: "Lĩnh vực 1", "Tiêu chí 1", "Tiêu chí 2"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parindex.documents.printed_text import folded

_WORD = re.compile(
    r"^(?:(linh vuc|tieu chi thanh phan|tieu chi|phan|muc|noi dung|nhom)\b|(lv|tctp|tc|cstp|cs|nd|ntc)(?=[ .-]?\d))"
)


def level_word(text: str) -> str:
    """The word for a level that a code begins with, without accents; "" where it begins with none."""
    found = _WORD.match(folded(text))
    return found[1] or found[2] if found else ""


def outlined(words: Sequence[str], printed: Sequence[str]) -> list[str]:
    """The codes with those of the levels above before them, where at least two words name levels; ``words`` in the
    order in which they appear are the levels from the top.
    """
    levels = [word for word in dict.fromkeys(words) if word]
    if len(levels) < 2:
        return list(printed)
    open_codes: list[str] = []
    out = []
    for word, code in zip(words, printed, strict=True):
        if word:
            del open_codes[levels.index(word) :]
            above = open_codes[-1] if open_codes else ""
            code = code if "." in code or not above else f"{above}.{code}"
            open_codes.append(code)
        out.append(code)
    return out
