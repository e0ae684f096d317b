"""Rows of a criteria table or score sheet out of the rows of its grids.

What the layout broke is put together (a title over several rows or pages, a code on a line of its own), what is no
item is set apart (heads printed again, column numbers, totals, option lines). A row that fits nothing becomes a
doubt, never silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from parindex.documents.criteria_tables import (
    codes_in_titles,
    level_words,
    lost_codes,
    option_lines,
    outside_points,
    printed_codes,
    title_points,
    total_figures,
)
from parindex.documents.criteria_tables.drafts import Draft, Totals, is_area_title, is_unfinished, short
from parindex.documents.criteria_tables.head_words import Column
from parindex.documents.criteria_tables.heads import Head, has_codes, repeats
from parindex.documents.criteria_tables.part_totals import PassedTotals
from parindex.documents.criteria_tables.row_cells import (
    TOTAL,
    Cells,
    MergedNotes,
    by_column,
    cell_text,
    goes_down,
    goes_on,
    is_index_row,
    is_total,
    place_of,
    points_text,
    text_of,
)
from parindex.documents.papers import Cell, Paragraph
from parindex.documents.printed_text import in_capitals, joined, read_points
from parindex.domain.errors import Place, Problem

_BULLET = re.compile(r"^[-–+•*·▪♦]+\s*")


@dataclass(slots=True)
class RowReader:
    """Takes the rows of one table, in reading order, over all its grids."""

    drafts: list[Draft] = field(default_factory=list)
    totals: Totals = field(default_factory=Totals)
    passed: PassedTotals = field(default_factory=PassedTotals)
    doubts: list[Problem] = field(default_factory=list)
    #: Lines below the total row: notes, signatures, the caption of the next table.
    after: list[Paragraph] = field(default_factory=list)
    #: Codes of groups whose titles stand in columns beside their rows.
    from_columns: set[str] = field(default_factory=set)
    #: Whether the codes stand in the cells of the titles.
    _codes_in_titles: bool = False
    #: Rows with points and without a code from the one being read on.
    _uncoded: int = 0
    #: Whether the row being read stands below a code merged over it.
    _merged: bool = False
    #: Whether the cell of its points is merged with that above.
    _points_merged: bool = False
    #: Whether no row with a code comes after the row being read.
    _last: bool = False

    @property
    def ended(self) -> bool:
        """Whether the total row below the rows has been read."""
        return bool(self.totals.values) and not self.totals.leads

    def take(self, head: Head, rows: Iterable[Sequence[Cell]], place: Place) -> None:
        """Read ``rows`` under ``head``; ``place`` says in which file, sheet or page they stand."""
        notes = MergedNotes(head)
        at_title = head.column(Column.TITLE)
        kept: list[tuple[Sequence[Cell], str]] = []
        for row in rows:
            inherited = notes.above(row)
            if not (goes_on(row) or repeats(head, row) or is_index_row(row)) and any(cell.text for cell in row):
                kept.append((row, inherited))
        if at_title is not None and head.column(Column.CODE) is None:
            self._codes_in_titles = codes_in_titles.borne_out([cell_text(row, at_title) for row, _ in kept])
        coded = [number for number, (row, _) in enumerate(kept) if self._has_code(head, row)]
        for number, (row, inherited) in enumerate(kept):
            self._last = number > max(coded, default=-1)
            self._uncoded = _uncoded(head, [row for row, _ in kept[number:]])
            self._merged = goes_down(head, row)
            self._points_merged = goes_down(head, row, Column.MAX_POINTS)
            self._take_row(head, row, place, inherited)

    def take_line(self, line: str) -> bool:
        """Take a line that stands in no cell, where it is an option of the last row."""
        last = self.drafts[-1] if self.drafts and not self.ended else None
        most = read_points(last.points) if last else None
        if last is None or most is None or not option_lines.says_points(line, most):
            return False
        last.option_texts.append(joined(line))
        return True

    # --- one row -----------------------------------------------------------------------------------------------

    def _take_row(self, head: Head, row: Sequence[Cell], place: Place, inherited: str) -> None:
        cells = by_column(head, row)
        at = place_of(row, cells, place)
        code_text = joined(text_of(cells, Column.CODE))
        title = text_of(cells, Column.TITLE)
        words = joined(title or code_text)
        own_title = title
        code, title = self._code_and_title(code_text, title)
        if (TOTAL.match(words) and (code is None or len(words) < 20)) or (
            code is None and not code_text and self._is_total_by_figure(title, cells, at)
        ):
            self._take_total(words, cells, at)
        elif code is not None:
            self._start(code, title, cells, at)
            self.drafts[-1].add(Column.NOTE, inherited)
            self.drafts[-1].level_word = level_words.level_word(code_text)
        elif not code_text and self._is_outside(title, cells):
            self._start("", title, cells, at)
        elif not self.ended and self._is_row_without_code(head, code_text, own_title, points_text(cells)):
            self._start("", own_title, cells, at)
            self.drafts[-1].add(Column.NOTE, inherited)
            self.drafts[-1].code_lost, self.drafts[-1].unreadable = True, code_text
        elif self.ended:
            self.after.extend(Paragraph(cell.text, cell.place) for cell in row if cell.text)
        elif cells:
            self._take_uncoded(title, cells, at)

    def _has_code(self, head: Head, row: Sequence[Cell]) -> bool:
        cells = by_column(head, row)
        return self._code_and_title(joined(text_of(cells, Column.CODE)), text_of(cells, Column.TITLE))[0] is not None

    def _is_total_by_figure(self, title: str, cells: Cells, at: Place) -> bool:
        """Whether the last row without a code has what the rows above add up to; said, since no word tells."""
        value = read_points(points_text(cells))
        if not self._last or self.totals.values or not total_figures.is_sum(value, self.drafts):
            return False
        self.doubts.append(Problem("total_by_figure", at, {"text": short(title), "points": value}))
        return True

    def _is_outside(self, title: str, cells: Cells) -> bool:
        """Whether a row without a code is an area of bonus or penalty below the total: with points, or rows below."""
        last = self.drafts[-1] if self.drafts and not self.drafts[-1].code else None
        follows = last is not None and outside_points.kind_of(" ".join(last.title)) is not None
        if not (self.ended or follows) or outside_points.kind_of(title) is None:
            return False
        return read_points(points_text(cells)) is not None or (in_capitals(title) and not self._last)

    def _is_row_without_code(self, head: Head, code_text: str, title: str, points_text: str) -> bool:
        """Whether a row is an item like its neighbours although its code is missing or cannot be read.

        A row of points without a code is an option of the row above, unless it stands alone between rows with codes
        or has more points than the row above.
        """
        points = read_points(points_text)
        if head.column(Column.CODE) is None or not title or points is None or self._merged:
            return False
        if code_text:
            return lost_codes.is_malformed(code_text)
        last = self.drafts[-1] if self.drafts else None
        if last is None or last.option_texts or is_unfinished(last) or not title[:1].isupper() or in_capitals(title):
            return False
        if option_lines.is_option(joined(title), points_text) or option_lines.read_line(joined(title)) is not None:
            return False
        above = read_points(last.points)
        return above is not None and (self._uncoded == 1 or points > above)

    def _code_and_title(self, code_text: str, title: str) -> tuple[str | None, str]:
        """The code of a row and its title, wherever the two stand; a dash in the code column stays before the title."""
        if code_text:
            code = printed_codes.read_code(code_text)
            if code is not None:
                return code, title
            if _BULLET.fullmatch(code_text):
                return None, f"{code_text} {title}"
            split = printed_codes.split_leading(code_text)
            if split is not None and not title:
                return split
            return None, joined(f"{code_text} {title}")
        split = printed_codes.split_leading(title)
        if split is not None and self._codes_in_titles:
            return split
        if split is not None and ((printed_codes.is_decimal(split[0]) and "." in split[0]) or in_capitals(split[1])):
            return split
        return None, title

    def _start(self, code: str, title: str, cells: Cells, at: Place) -> None:
        if self.totals.leads:
            pass  # the sum of the table, printed above its rows
        elif self.totals.values:  # it was the sum of a part: the table goes on
            self.passed.pass_by(self.totals, code, self.drafts)
            self.totals = Totals()
        lines = title.split("\n")
        kept, options = option_lines.split_title(lines)
        code_cell = cells.get(Column.CODE, [None])[0]
        draft = Draft(code, bool(code_cell and code_cell.is_number), kept, at, points_text(cells))
        draft.option_texts.extend(options)
        draft.points_merged = self._points_merged and not draft.points
        self._add_texts(draft, cells)
        self.drafts.append(draft)

    def _add_texts(self, draft: Draft, cells: Cells) -> None:
        worth = joined(text_of(cells, Column.OPTION_POINTS))
        for column, column_cells in cells.items():
            if column in (Column.CODE, Column.TITLE, Column.MAX_POINTS, Column.OPTION_POINTS):
                continue
            for cell in column_cells:
                if column is Column.OPTIONS and worth:
                    draft.option_texts.append(f"{joined(cell.text)}: {worth}")
                elif column is Column.OPTIONS:
                    draft.option_texts.extend(filter(None, cell.text.split("\n")))
                else:
                    draft.add(column, cell.text)

    def _take_total(self, words: str, cells: Cells, at: Place) -> None:
        values = {
            column: value
            for column in (Column.MAX_POINTS, Column.SELF_POINTS, Column.APPRAISED_POINTS)
            if (value := read_points(text_of(cells, column))) is not None
        }
        if self.passed.take_part(words, Totals(at, values), self.drafts):
            return
        if self.totals.values and not (self.totals.leads and self.totals.values == values):
            self.doubts.append(Problem("several_totals", at))
        self.totals = Totals(at, values, leads=not self.drafts)

    # --- rows without a code -----------------------------------------------------------------------------------

    def _take_uncoded(self, title: str, cells: Cells, at: Place) -> None:
        points = points_text(cells)
        last = self.drafts[-1] if self.drafts else None
        bare = _BULLET.sub("", title)
        bullet = bare != title
        if not bullet and is_area_title(title_points.split_points(title)[0], points, last):
            self.drafts.append(Draft("", False, title.split("\n"), at, points))
            self._add_texts(self.drafts[-1], cells)
        elif last is None:
            self.doubts.append(Problem("row_not_understood", at, {"text": short(title)}))
        elif not title and points and _is_worth(cells):
            last.add_option(text_of(cells, Column.OPTIONS), points)
            self._add_texts(last, {kind: there for kind, there in cells.items() if kind is not Column.OPTIONS})
        elif not title:
            self._continue_texts(last, cells, points, at)
        elif self._is_option_row(last, bare, points):
            last.add_option(bare, points)
        elif bullet or option_lines.is_option(bare, points):
            last.option_texts.append(f"{joined(bare)}: {points}" if points else joined(bare))
        elif last.option_texts:
            last.option_texts[-1] = joined(f"{last.option_texts[-1]} {title}")
        else:
            sentence = title[:1].isupper() and not in_capitals(title)
            if last.points and not points and sentence and not is_unfinished(last):
                self.doubts.append(Problem("title_continued", at, {"code": last.code, "text": short(title)}))
            self._continue_title(last, title, cells, points, at)

    def _is_option_row(self, last: Draft, title: str, points: str) -> bool:
        """Whether a row of points without a code is an option: below a maximum or a merged code, or beside others."""
        if read_points(points) is None:
            return False
        if last.points or last.best_option_is_max:
            return not is_unfinished(last) or self._merged
        return title[:1].isupper() and self._uncoded > 1

    def _continue_title(self, last: Draft, title: str, cells: Cells, points: str, at: Place) -> None:
        kept, options = option_lines.split_title(title.split("\n"))
        last.title.extend(kept)
        last.option_texts.extend(options)
        self._continue_texts(last, cells, points, at)

    def _continue_texts(self, last: Draft, cells: Cells, points: str, at: Place) -> None:
        """Pieces of the row before in its other columns; a second number of points is a doubt."""
        if points and not last.points:
            last.points = points
        elif points:
            self.doubts.append(
                Problem("second_points", at, {"code": last.code, "first": last.points, "second": points})
            )
        self._add_texts(last, cells)


def _uncoded(head: Head, rows: Sequence[Sequence[Cell]]) -> int:
    """How many rows with points and without a code the rows begin with."""
    count = 0
    for row in rows:
        cells = by_column(head, row)
        if not points_text(cells) or has_codes(head, [row]) or is_total(head, row):
            break
        count += 1
    return count


def _is_worth(cells: Cells) -> bool:
    """Whether a row with an option and points says in its points what the option is worth."""
    option = joined(text_of(cells, Column.OPTIONS))
    return bool(option) and read_points(points_text(cells)) is not None and option_lines.read_line(option) is None
