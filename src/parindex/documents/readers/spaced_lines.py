"""Tables in text files whose cells are parted by bars between words ("Nam Định | 63,10 | 40") or by several blanks.

Only lines that stand directly below each other and have the same cells make a table, since running text may have bars
and double blanks, too; of columns parted by blanks one at least must hold nothing but figures below its head.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

#: Bars between words in a line of a table without bars at its ends.
_BAR = re.compile(r" \|(?= |$)")
_FEWEST_BARS = 2
_FEWEST_BARRED = 3
#: Cells of a row, and rows, of a table whose columns are parted by blanks.
_FEWEST_CELLS = 3
_FEWEST_ROWS = 4
_PIECE = re.compile(r"\S+(?: \S+)*")
_FIGURE = re.compile(r"[-+−–(]?\d[\d.,]{0,24}\s?%?\)?")
#: What stands where there is no figure, and a rule below a head.
_NOTHING = re.compile(r"[-–—=_.…]{1,200}")

_Span = tuple[int, int]


def barred_lines(lines: Sequence[str]) -> set[int]:
    """The positions of lines that are rows of tables with bars between cells, but none before the first."""
    out: set[int] = set()
    run: list[int] = []
    for at, line in enumerate((*lines, "")):
        begins = "\t" not in line and (run or not line.lstrip().startswith("|"))
        count = len(_BAR.findall(line)) if begins else 0
        width = len(_BAR.findall(lines[run[0]])) if run else count
        # A row of a table may have lost a cell, or have one twice.
        reach = 1 if len(run) >= _FEWEST_BARRED else 0
        if count >= _FEWEST_BARS and abs(count - width) <= reach:
            run.append(at)
            continue
        if len(run) >= _FEWEST_BARRED:
            out.update(run)
        run = [at] if count >= _FEWEST_BARS and not line.lstrip().startswith("|") else []
    return out


def spaced_tables(lines: Sequence[str]) -> Iterator[tuple[int, list[list[str]]]]:
    """The tables whose columns several blanks part: the position of the first line, and the cells of each row."""
    at = 0
    while at < len(lines):
        rows = list(_run(lines, at))
        if len(rows) >= _FEWEST_ROWS and _has_figures(rows):
            yield at, rows
        at += max(1, len(rows))


def _run(lines: Sequence[str], first: int) -> Iterator[list[str]]:
    """The cells of the lines from ``first`` on that have as many as the first, or stand under its columns."""
    width = len(_pieces(lines[first]))
    if width < _FEWEST_CELLS:
        return
    spans: list[_Span] = [found.span() for found in _PIECE.finditer(lines[first])]
    for line in lines[first:]:
        pieces = _pieces(line)
        if len(pieces) == width:
            both = zip(spans, _found(line), strict=True)
            spans = [(min(left, found.start()), max(right, found.end())) for (left, right), found in both]
            yield pieces
            continue
        cells = _under(line, spans)
        if cells is None:
            return
        yield cells


def _found(line: str) -> Iterator[re.Match[str]]:
    return _PIECE.finditer(line)


def _pieces(line: str) -> list[str]:
    return [] if "\t" in line or line.startswith("|") else _PIECE.findall(line)


def _under(line: str, spans: Sequence[_Span]) -> list[str] | None:
    """The cells of a line that lacks some, each piece in the one column that it stands under; None where that is not
    plain.
    """
    cells = [""] * len(spans)
    found = list(_found(line)) if "\t" not in line and not line.startswith("|") else []
    for piece in found:
        over = [at for at, (left, right) in enumerate(spans) if piece.start() < right and left < piece.end()]
        if len(over) != 1 or cells[over[0]]:
            return None
        cells[over[0]] = piece[0]
    return cells if len(found) >= _FEWEST_CELLS - 1 else None


def _has_figures(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a column below the first row holds nothing but figures."""
    below = rows[1:]
    for at in range(len(rows[0])):
        filled = [row[at] for row in below if row[at] and not _NOTHING.fullmatch(row[at])]
        if len(filled) >= _FEWEST_ROWS - 1 and all(_FIGURE.fullmatch(text) for text in filled):
            return True
    return False
