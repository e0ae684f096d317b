"""Groups that stand in columns beside their rows: "Lĩnh vực" and "Tiêu chí" merged over the rows that belong to them.

Where only the rows of the last level have codes, these and the columns left of their titles say which groups there
are. Each group becomes a row of its own before its first row, with the beginning of that row's code.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from parindex.documents.criteria_tables.column_contents import Contents
from parindex.documents.criteria_tables.head_words import Column, column_of_words
from parindex.documents.criteria_tables.heads import Head, Row
from parindex.documents.criteria_tables.printed_codes import is_decimal, read_code, roman_value, split_leading
from parindex.documents.criteria_tables.row_cells import cell_text
from parindex.documents.papers import Cell
from parindex.documents.printed_text import folded, joined
from parindex.domain.criteria import codes


@dataclass(frozen=True, slots=True)
class GroupColumns:
    """The columns of titles from the top level to the last, and the head of the rows after their groups are rows."""

    titles: tuple[int, ...]
    code: int
    head: Head

    def unfolded(self, rows: Sequence[Row], known: Collection[str]) -> tuple[list[Row], list[str]]:
        """``rows`` with those of the groups, and the codes of these; ``known`` are the codes of the rows before."""
        seen = set(known)
        out: list[Row] = []
        groups: list[str] = []
        said = dict.fromkeys(self.titles, Cell("", rows[0][0].place) if rows and rows[0] else None)
        for row in rows:
            said.update({at: row[at] for at in self.titles if cell_text(row, at)})
            code = _code(row, self.code)
            if code is None:
                out.append(row)
                continue
            parts = codes.parts(code)
            for level, at in enumerate(self.titles[: len(parts) - 1], start=1):
                group, cell = ".".join(parts[:level]), said[at]
                if group not in seen and cell is not None and cell.text:
                    seen.add(group)
                    groups.append(group)
                    out.append(self._row(row, group, _without(cell, group)))
            seen.add(code)
            own = self.titles[min(len(parts), len(self.titles)) - 1]
            out.append(self._row(row, "", row[own] if own < len(row) else row[self.code]))
        return out, groups

    def _row(self, row: Row, group: str, title: Cell) -> Row:
        """The row ``group`` with only a code and a title, or where it is "" the row itself, with its title in place."""
        cells = [replace(cell, text="", covered=False) if group else cell for cell in row]
        for at in self.titles:
            cells[at] = replace(cells[at], text="", covered=False)
        cells[self.titles[-1]] = title
        if group:
            cells[self.code] = replace(row[self.code], text=group, is_number=False, place=title.place)
        return tuple(cells)


def find(head: Head, rows: Sequence[Row]) -> GroupColumns | None:
    """The group columns of a table whose rows stand below ``head``; None where it has none.

    Asked for: several columns of words whose heads name titles, most rows with a title in the column of their level,
    and left of them the same group for all rows whose codes begin with its code.
    """
    code, shares = head.column(Column.CODE), Contents(rows)
    named = [at for at, words in sorted(head.texts.items()) if column_of_words(words) is Column.TITLE]
    titles = tuple(at for at in named if head.columns.get(at) in (Column.TITLE, Column.OTHER) and shares.is_text(at))
    if code is None or len(titles) < 2:
        return None
    known = [(row, found) for row in rows if (found := _code(row, code)) is not None]
    if not _are_in_their_columns(known, titles) or not _are_groups(known, titles):
        return None
    columns = {at: column for at, column in head.columns.items() if at not in titles[:-1]} | {titles[-1]: Column.TITLE}
    words = {joined(head.texts[at]) for at in titles}
    unread = tuple(one for one in head.unread if one[0] not in words)
    return GroupColumns(titles, code, replace(head, columns=columns, unread=unread))


def _are_in_their_columns(known: Sequence[tuple[Row, str]], titles: Sequence[int]) -> bool:
    """Whether most rows have a title in the column of their level."""
    levels = [(row, codes.depth(code)) for row, code in known]
    placed = sum(level <= len(titles) and bool(cell_text(row, titles[level - 1])) for row, level in levels)
    return 5 * placed >= 4 * len(known)


def _are_groups(known: Sequence[tuple[Row, str]], titles: Sequence[int]) -> bool:
    """Whether what stands left of the titles, if anything, is the same for all rows of a group."""
    said: dict[str, set[str]] = {}
    for row, code in known:
        parts = codes.parts(code)
        for level, at in enumerate(titles[: len(parts) - 1], start=1):
            if cell_text(row, at):
                said.setdefault(".".join(parts[:level]), set()).add(folded(cell_text(row, at)))
    return all(len(texts) == 1 for texts in said.values())


def _code(row: Row, at: int) -> str | None:
    code = read_code(joined(cell_text(row, at)))
    return code if code is not None and is_decimal(code) else None


def _without(cell: Cell, code: str) -> Cell:
    """The title in a cell without the code of its group before it: "1.1", or "I" and "1" for their numbers."""
    split = split_leading(joined(cell.text))
    number = codes.parts(code)[-1]
    own = split is not None and (split[0] in (code, number) or str(roman_value(split[0])) == number)
    return replace(cell, text=split[1]) if split is not None and own else cell
