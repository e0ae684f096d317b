"""The rows of a satisfaction table out of the rows of its grids: labels, titles that the layout broke, figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from parindex.documents.criteria_tables.row_cells import goes_on, is_index_row
from parindex.documents.head_texts import Row, filled, pieces_of, repeats
from parindex.documents.printed_figures import Figure, read_figure
from parindex.documents.printed_text import joined
from parindex.documents.satisfaction_tables.head_words import Head
from parindex.documents.satisfaction_tables.outline import Draft, split_label
from parindex.domain.errors import Place, Problem


@dataclass(slots=True)
class RowReader:
    """Takes the rows of one table over all its grids."""

    head: Head
    drafts: list[Draft] = field(default_factory=list)
    doubts: list[Problem] = field(default_factory=list)
    #: The decimals of all figures, and of all differences.
    figures: list[Figure] = field(default_factory=list)
    changes: list[Figure] = field(default_factory=list)

    def take(self, head: Head, rows: Iterable[Row], place: Place) -> None:
        """Read ``rows`` under ``head``; ``place`` is that of their grid."""
        self.head = head
        words = [head.texts.get(at, ()) for at in range(max(head.texts, default=-1) + 1)]
        for row in rows:
            cells = filled(row)
            if cells and not (is_index_row(row) or goes_on(row) or repeats(words, row) or pieces_of(words, row)):
                self._take_row(row, place)

    def _take_row(self, row: Row, place: Place) -> None:
        cell = next(one for one in row if one.text)
        at = replace(cell.place, page=cell.place.page or place.page, sheet=cell.place.sheet or place.sheet)
        code = self._text(row, self.head.code)
        first = min(self.head.figures)
        between = range(self.head.code + 1 if self.head.code is not None else 0, self.head.title)
        spread = [self._text(row, column) for column in between if column < first and column not in self.head.texts]
        title = " ".join(filter(None, [*spread, self._text(row, self.head.title)]))
        label, title = split_label(code, title)
        values = [self._figure(row, column, at, self.figures) for column in self.head.figures]
        change = None if self.head.difference is None else self._figure(row, self.head.difference, at, self.changes)
        draft = Draft(
            label,
            title,
            at,
            [None if value is None else value.value for value in values],
            None if change is None else change.value,
            self._cells(row),
            self._unread(row),
        )
        if not draft.has_figures and not label and self.drafts:
            self.drafts[-1].title = joined(f"{self.drafts[-1].title} {title}")
        else:
            self.drafts.append(draft)

    def _cells(self, row: Row) -> dict[int | str, str]:
        """The cells of a spreadsheet by what stands in them."""
        head = self.head
        label = head.title if head.code is None else head.code
        columns: dict[int | str, int | None] = {"label": label, "title": head.title, "difference": head.difference}
        columns |= dict(enumerate(head.figures))
        known = {name: row[at].place.cell for name, at in columns.items() if at is not None and at < len(row)}
        return {name: cell for name, cell in known.items() if cell}

    def _unread(self, row: Row) -> dict[int | str, str]:
        """What stands in the columns of figures and is none."""
        columns: dict[int | str, int | None] = {"difference": self.head.difference}
        columns |= dict(enumerate(self.head.figures))
        texts = {name: self._text(row, at) for name, at in columns.items()}
        return {name: text for name, text in texts.items() if text and read_figure(text) is None}

    def _figure(self, row: Row, column: int, at: Place, seen: list[Figure]) -> Figure | None:
        text = self._text(row, column)
        figure = read_figure(text)
        if figure is not None:
            seen.append(figure)
        elif any(letter.isdigit() for letter in text):
            self.doubts.append(Problem("figure_not_read", at, {"text": text[:60]}))
        return figure

    def _text(self, row: Row, at: int | None) -> str:
        return joined(row[at].text) if at is not None and at < len(row) else ""
