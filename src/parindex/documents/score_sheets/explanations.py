"""The explanation and the further ones inside one cell of a score sheet, taken apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parindex.documents.score_sheets.widths import room_left, text_width

#: A block that begins like this goes on with the list before it.
_LIST_MARK = re.compile(r"^(?:[-–+•*]|\d{1,2}[.)]\s|[a-zđ][.)]\s)")
_UNFINISHED = (":", ",", ";", "-", "–")
#: In a cell whose lines are wrapped, a line that leaves more than this part of the width free (1/20) was ended on
#: purpose.
EARLY = 20


@dataclass(frozen=True, slots=True)
class Explanations:
    """The explanations in one cell, each on one line; ``guessed`` are those that only a line break parts from the one
    before.
    """

    texts: tuple[str, ...] = ()
    guessed: tuple[str, ...] = ()


def of_column(cells: Sequence[str], *, printed: bool, one_each: bool) -> list[Explanations]:
    """The explanations in each cell of a column.

    ``one_each``: the table has a column for further ones, so that a cell holds one, whatever its paragraphs.
    ``printed``: the lines are those of a page, where every cell is as wide as the widest line of the column.
    """
    if one_each:
        return [Explanations((" ".join(text.split()),)) if text.strip() else Explanations() for text in cells]
    width = max((text_width(line) for text in cells for line in text.split("\n")), default=0)
    return [_of_cell(text, width if printed else None) for text in cells]


def _of_cell(text: str, width: int | None) -> Explanations:
    blocks = _blocks(text)
    texts = split_explanations(text, width)
    return Explanations(texts, texts[1:] if len(blocks) == 1 else ())


def split_explanations(text: str, width: int | None = None) -> tuple[str, ...]:
    """The explanation and the further ones in the text of one cell, each on one line; () for an empty cell.

    A blank line always ends one. Where there is none, single line breaks are either those of a narrow column (then a
    line that ends a sentence early, with room for the next word, ends an explanation) or the writer's own paragraphs
    (then each begins a further explanation unless it goes on with a list or with an unfinished sentence). ``width`` is
    that of the column where the line breaks are known to be its.
    """
    blocks = _blocks(text)
    if len(blocks) != 1:
        return tuple(" ".join(block.split()) for block in blocks)
    lines = [" ".join(line.split()) for line in blocks[0].split("\n") if line.strip()]
    if width is None and _is_wrapped(lines):
        width = max(text_width(line) for line in lines)
    ends = _paragraph_ends(lines) if width is None else _wrapped_ends(lines, width)
    cuts = [0, *ends, len(lines)]
    return tuple(" ".join(lines[start:end]) for start, end in zip(cuts, cuts[1:], strict=False))


def _blocks(text: str) -> list[str]:
    """The pieces of a text between blank lines."""
    return [block for block in re.split(r"\n[^\S\n]*\n\s*", text.strip()) if block.strip()]


def breaks_early(above: str, below: str, width: int) -> bool:
    """Whether a line of a column ended although the next word would have fitted, where a new paragraph can begin."""
    begins = below[0].isupper() or below[0].isdigit() or below[0] in '-–+•("“'
    return begins and room_left(above, below, width) * EARLY > width


def _is_wrapped(lines: list[str]) -> bool:
    """Whether most lines are about equally wide, as in a narrow column."""
    if len(lines) < 4:
        return False
    widths = sorted(text_width(line) for line in lines)
    return widths[len(widths) // 2] * 5 >= widths[-1] * 4


def _wrapped_ends(lines: list[str], width: int) -> list[int]:
    return [
        at
        for at in range(1, len(lines))
        if not lines[at - 1].endswith(_UNFINISHED) and breaks_early(lines[at - 1], lines[at], width)
    ]


def _paragraph_ends(lines: list[str]) -> list[int]:
    return [
        at
        for at in range(1, len(lines))
        if not (_LIST_MARK.match(lines[at]) or lines[at][0].islower() or lines[at - 1].endswith(_UNFINISHED))
    ]
