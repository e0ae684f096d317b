"""A list of the items that lost points, with causes: it looks like a criteria table and is none.

It holds only some items of a set, each with four numbers (maximum, claimed, appraised, lost); read as a set it would
seem full of gaps. So it is named for what it is, and not read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from parindex.documents.papers import Paragraph
from parindex.documents.printed_text import folded, joined
from parindex.domain.errors import Problem

_LOST = re.compile(r"\b(diem )?(bi tru|bi mat|mat di)\b|\bmat diem\b")
_CAUSE = re.compile(r"nguyen nhan.{0,20}(chua dat|mat diem|bi tru|tru diem)")
_CODE = re.compile(r"^\d{1,2}\.\d{1,2}(?:\.\d{1,2})?\b")
#: A code and the numbers of its row stand at most so many lines apart.
_REACH = 12
_NUMBERS = re.compile(r"(?:\s|^)\d{1,2}(?:[.,]\d{1,4})?(?:\s+\d{1,2}(?:[.,]\d{1,4})?){3}\s*$")
#: The words of the head, broken over lines, stand at most so many lines apart.
_HEAD = 40
_FEWEST = 3


def loss_list(paragraphs: Sequence[Paragraph]) -> Problem | None:
    """What to say of a paper without a criteria table that lists lost points; None where it does not."""
    lines = [line for line in paragraphs if line.text]
    words = [folded(line.text) for line in lines]
    for at in range(len(words)):
        if not _CAUSE.search(words[at]):
            continue
        head = joined(" ".join(words[max(0, at - _HEAD) : at + _HEAD]))
        rows = [row for row in range(at, len(lines)) if _is_row(words, row)]
        if _LOST.search(head) and len(rows) >= _FEWEST:
            return Problem("losses_only", lines[at].place, {"count": len(rows)})
    return None


def _is_row(words: Sequence[str], at: int) -> bool:
    """Whether a code begins a row that goes on to four numbers side by side, before the next code."""
    if not _CODE.match(words[at]):
        return False
    for ahead in range(at, min(at + _REACH, len(words))):
        if ahead > at and _CODE.match(words[ahead]):
            return False
        if _NUMBERS.search(words[ahead]):
            return True
    return False
