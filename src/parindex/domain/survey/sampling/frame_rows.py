"""The rows of one table of a frame, put in the order of their ids and grouped into units, stage below stage."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from parindex.domain.survey.arrays import Codes


@dataclass(frozen=True, slots=True, eq=False)
class TextColumn:
    """A column of text: row i holds ``texts[codes[i]]``, nothing where the code is −1."""

    codes: Codes
    texts: tuple[str, ...]

    @classmethod
    def of(cls, values: Sequence[str]) -> TextColumn:
        """The column of these texts; an empty text is an empty cell."""
        places = {text: place for place, text in enumerate(dict.fromkeys(value for value in values if value))}
        return cls(np.array([places.get(value, -1) for value in values], dtype=np.intp), tuple(places))

    def text(self, row: int) -> str:
        """What one cell says."""
        code = int(self.codes[row])
        return self.texts[code] if code >= 0 else ""

    def sorted_codes(self) -> Codes:
        """Codes that rise with the texts (by code point); −1 stays."""
        ranks = np.empty(len(self.texts) + 1, dtype=np.intp)
        ranks[[*sorted(range(len(self.texts)), key=self.texts.__getitem__)]] = np.arange(len(self.texts))
        ranks[-1] = -1
        return ranks[self.codes]


@dataclass(frozen=True, slots=True, eq=False)
class FrameRows:
    """The complete rows of a table by strata and ids (``heads``).

    ``order`` are the rows (positions in the table) in the order of their paths; ``starts[d]`` is where the units of
    depth d begin in it: at depth 0 the strata, at depth k the units of stage k.
    """

    columns: Mapping[str, TextColumn]
    heads: tuple[str, ...]
    strata_heads: int
    order: Codes
    starts: tuple[Codes, ...]

    @classmethod
    def of(cls, columns: Mapping[str, TextColumn], heads: Sequence[str], strata_heads: int) -> FrameRows:
        """Order and group the rows of which no head is empty."""
        codes = [columns[name].sorted_codes() for name in heads]
        complete = np.flatnonzero(np.logical_and.reduce([code >= 0 for code in codes]))
        keys = [code[complete] for code in codes]
        order = np.lexsort(keys[::-1])
        changed = np.zeros(len(order), dtype=bool)
        changed[:1] = True
        starts = []
        for depth in range(len(heads) - strata_heads + 1):
            for key in keys[:strata_heads] if depth == 0 else [keys[strata_heads + depth - 1]]:
                ordered = key[order]
                changed[1:] |= ordered[1:] != ordered[:-1]
            starts.append(np.flatnonzero(changed))
        return cls(columns, tuple(heads), strata_heads, complete[order], tuple(starts))

    def empty_cells(self) -> Iterator[tuple[int, str]]:
        """Rows and heads where an id or a stratum is missing."""
        for name in self.heads:
            for row in np.flatnonzero(self.columns[name].codes < 0).tolist():
                yield row, name

    def unit_rows(self, depth: int) -> Codes:
        """The first row of every unit of a depth."""
        return np.asarray(self.order[self.starts[depth]])

    def ids(self, depth: int) -> list[str]:
        """The ids of the units of a stage (depth 1 and below)."""
        column = self.columns[self.heads[self.strata_heads + depth - 1]]
        return [column.texts[code] for code in column.codes[self.unit_rows(depth)].tolist()]

    def first(self, depth: int) -> Codes:
        """Where the children of each unit of the depth above begin, and at last their number."""
        starts = self.starts[depth]
        return np.append(np.searchsorted(starts, self.starts[depth - 1]), len(starts))

    def paths(self, depth: int) -> list[tuple[str, ...]]:
        """Strata and ids of every unit of a depth."""
        rows = self.unit_rows(depth)
        heads = [self.columns[name] for name in self.heads[: self.strata_heads + depth]]
        listed = [[column.texts[code] for code in column.codes[rows].tolist()] for column in heads]
        return list(zip(*listed, strict=True)) if listed else [()] * len(rows)

    def path(self, row: int, depth: int) -> tuple[str, ...]:
        """Strata and ids down to a depth of one row."""
        return tuple(self.columns[name].text(row) for name in self.heads[: self.strata_heads + depth])

    def twice(self) -> Iterator[tuple[int, int]]:
        """Rows whose unit stands on an earlier row too, with that row."""
        single = np.zeros(len(self.order), dtype=bool)
        single[self.starts[-1]] = True
        unit = np.cumsum(single) - 1
        for place in np.flatnonzero(~single).tolist():
            yield int(self.order[place]), int(self.order[self.starts[-1][unit[place]]])

    def in_two(self, depth: int) -> Iterator[tuple[int, int]]:
        """Rows whose id stands below another parent too, with the first row of that one."""
        rows = self.unit_rows(depth)
        column = self.columns[self.heads[self.strata_heads + depth - 1]]
        seen: dict[int, int] = {}
        for row, code in zip(rows.tolist(), column.codes[rows].tolist(), strict=True):
            if code in seen:
                yield row, seen[code]
            else:
                seen[code] = row

    def differing(self, column: TextColumn, depth: int) -> Iterator[tuple[int, int]]:
        """Rows that say something else in ``column`` than the first row of their unit, with that row."""
        codes = column.codes[self.order]
        starts = self.starts[depth]
        firsts = np.repeat(starts, np.diff(np.append(starts, len(codes))))
        for place in np.flatnonzero(codes != codes[firsts]).tolist():
            yield int(self.order[place]), int(self.order[firsts[place]])

    def fingerprint(self, heads: Sequence[str], values: Sequence[TextColumn]) -> str:
        """SHA-256 of the table: a line of heads and a line for each unit, in order, cells separated by ``|``."""
        digest = hashlib.sha256()
        digest.update(line(heads))
        cells = [[column.texts[code] for code in column.codes[self.order].tolist()] for column in values]
        for row in zip(*cells, strict=True):
            digest.update(line(row))
        return digest.hexdigest()


def line(cells: Sequence[str]) -> bytes:
    """Cells as one line: ``\\`` before each ``\\`` and ``|`` inside a cell, so that no two lists give the same."""
    return (escaped(*cells) + "\n").encode()


def escaped(*cells: str) -> str:
    """Cells in one text, separated by ``|``."""
    text = "|".join(cells)
    if "\\" not in text and text.count("|") == len(cells) - 1:
        return text
    return "|".join(cell.replace("\\", "\\\\").replace("|", "\\|") for cell in cells)
