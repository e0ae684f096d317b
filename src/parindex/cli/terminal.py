"""Text for a terminal: tables that align with Vietnamese letters, wrapped paragraphs, headings.

No colour carries meaning.
"""

from __future__ import annotations

import shutil
import textwrap
import unicodedata
from collections.abc import Sequence
from fractions import Fraction

#: Lines are laid out between these widths, whatever the terminal is.
NARROWEST, WIDEST = 60, 100
LEFT, RIGHT = "<", ">"


def width() -> int:
    """The width to lay out for."""
    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size((WIDEST, 24)).columns))


def display_width(text: str) -> int:
    """How many columns ``text`` takes: marks that stand on a letter take none, wide letters two."""
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in text
    )


def padded(text: str, columns: int, align: str = LEFT) -> str:
    """``text`` filled up with blanks to ``columns``."""
    gap = " " * max(0, columns - display_width(text))
    return gap + text if align == RIGHT else text + gap


def wrapped(text: str, columns: int, indent: str = "", first: str | None = None) -> str:
    """``text`` in lines of at most ``columns``; ``first`` begins the first line, ``indent`` the others."""
    start = indent if first is None else first
    return "\n".join(
        textwrap.wrap(clean(text), columns, initial_indent=start, subsequent_indent=indent, break_on_hyphens=False)
    )


def clean(text: str) -> str:
    """``text`` without control characters: what a paper holds must not steer the terminal."""
    plain = unicodedata.normalize("NFC", text)
    return "".join(" " if letter in "\t\n\r" else letter for letter in plain if _printable(letter))


def _printable(letter: str) -> bool:
    return letter in "\t\n\r" or unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co")


def heading(text: str, mark: str = "═") -> str:
    """A line of text with a rule under it."""
    return f"{text}\n{mark * min(width(), max(display_width(text), 1))}"


def table(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    align: str = "",
    *,
    total: bool = False,
    columns: int | None = None,
) -> str:
    """A table whose widest text column is wrapped so that the whole fits; ``align`` has < or > a column.

    ``total``: the last row is a sum and stands under a rule.
    """
    cells = [[clean(cell) for cell in row] for row in rows]
    sides = (align or "<" * len(heads)).ljust(len(heads), LEFT)
    widths = _widths(heads, cells, sides, columns or width())
    lines = [*_row_lines(heads, widths, sides), "  ".join("─" * one for one in widths)]
    for position, row in enumerate(cells):
        if total and position == len(cells) - 1:
            lines.append("  ".join("─" * one for one in widths))
        lines.extend(_row_lines(row, widths, sides))
    return "\n".join(line.rstrip() for line in lines)


def _widths(heads: Sequence[str], rows: Sequence[Sequence[str]], sides: str, columns: int) -> list[int]:
    natural = [
        max([display_width(head), *(display_width(row[index]) for row in rows)]) for index, head in enumerate(heads)
    ]
    over = sum(natural) + 2 * (len(natural) - 1) - columns
    # Numbers are never wrapped; the widest text column gives way first.
    texts = [index for index, side in enumerate(sides) if side == LEFT]
    while over > 0 and texts:
        widest = max(texts, key=lambda index: natural[index])
        if natural[widest] <= 12:
            break
        natural[widest] -= 1
        over -= 1
    return natural


def _row_lines(row: Sequence[str], widths: Sequence[int], sides: str) -> list[str]:
    parts = [
        textwrap.wrap(cell, size, break_on_hyphens=False) or [""] if display_width(cell) > size else [cell]
        for cell, size in zip(row, widths, strict=True)
    ]
    height = max(len(part) for part in parts)
    return [
        "  ".join(
            padded(part[line] if line < len(part) else "", size, side)
            for part, size, side in zip(parts, widths, sides, strict=True)
        )
        for line in range(height)
    ]


def bar(part: Fraction, columns: int = 20) -> str:
    """A bar of ``columns`` with the filled share ``part`` (0 to 1); always printed beside its number."""
    filled = max(0, min(columns, round(part * columns)))
    return "█" * filled + "·" * (columns - filled)
