"""Two texts of one field, with the words marked in which they differ; neither text loses a letter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

#: Texts of more pieces than this are compared in a quicker way that may mark too much, never too little.
_EXACTLY = 3_000
_TOKENS = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words; ``differs`` where the other text has something else there."""

    text: str
    differs: bool


def word_changes(one: str, other: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces; the pieces of each, put together, are the text."""
    mine, theirs = _TOKENS.findall(one), _TOKENS.findall(other)
    left: list[Piece] = []
    right: list[Piece] = []
    matcher = SequenceMatcher(None, mine, theirs, autojunk=max(len(mine), len(theirs)) > _EXACTLY)
    for tag, low, high, start, end in matcher.get_opcodes():
        _add(left, "".join(mine[low:high]), differs=tag != "equal")
        _add(right, "".join(theirs[start:end]), differs=tag != "equal")
    return left, right


def _add(pieces: list[Piece], words: str, *, differs: bool) -> None:
    if words:
        pieces.append(Piece(words, differs))
