"""Names of cells as spreadsheets write them: columns by letters, rows from 1."""

from __future__ import annotations

from collections.abc import Iterable


def column_letters(column: int) -> str:
    """0 → ``A``, 26 → ``AA``."""
    out = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        out = chr(65 + rest) + out
    return out


def cell_name(row: int, column: int) -> str:
    """(11, 2) → ``C12``."""
    return f"{column_letters(column)}{row + 1}"


def runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Ascending numbers as runs of neighbours: 1, 2, 3, 7 → (1, 3), (7, 7)."""
    out: list[tuple[int, int]] = []
    for number in numbers:
        if out and number == out[-1][1] + 1:
            out[-1] = (out[-1][0], number)
        else:
            out.append((number, number))
    return out
