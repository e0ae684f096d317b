"""Rows of a criteria table or score sheet out of the rows of its grids.

What the layout broke is put together (a title over several rows or pages, a code on a line of its own), what is no
item is set apart
(heads printed again, column numbers, totals, option lines). A row that fits nothing becomes a doubt, never silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from parindex.documents.criteria_tables import (
    codes_in_titles,
    level_words,
    lost_codes,
    option_lines,
    printed_codes,
    row_sources,
)
from parindex.documents.criteria_tables.heads import Column, Head, has_codes, repeats
from parindex.documents.papers import Cell, Paragraph
from parindex.documents.printed_text import folded, in_capitals, joined, read_points
from parindex.domain.errors import Place, Problem

#: With accents: without them "Cộng" is the beginning of "Công tác".
_TOTAL = re.compile(
    r"^(?:tổng(?: cộng| số| điểm|$|:)|cộng(?: điểm)?(?: (?:lĩnh vực|mục|nhóm|phần)\b.*)?$|total\b)", re.IGNORECASE
)
_BULLET = re.compile(r"^[-–+•*·▪♦]+\s*")
_INDEX_CELL = re.compile(r"^\(?([0-9]{1,2}|[A-H])\)?(?:\s*=.*)?$")
_GOES_ON = re.compile(r"^\W*(tiep theo|tiep tuc|tiep)( (cua )?(bang|trang|phan)\b.{0,20})?\W*$")
_MARK = re.compile(r"^(?:[xX+*✓✔☑√●•]|có)$")
_NUMBERS = re.compile(r"^\d+(?:[.,]\d+)?(?:\s+\d+(?:[.,]\d+)?)+$")


@dataclass(slots=True)
class Draft:
    """A row while it is read: texts still in pieces."""

    code: str
    code_is_number: bool
    title: list[str]
    place: Place
    points: str = ""
    option_texts: list[str] = field(default_factory=list)
    texts: dict[Column, list[str]] = field(default_factory=dict)
    #: The word for its level that stands before the code ("linh vuc").
    level_word: str = ""
    #: No code could be read; ``code`` is "" until one is supplied, ``unreadable`` is what is printed.
    code_lost: bool = False
    unreadable: str = ""
    #: The code as printed, where ``code`` is another.
    printed: str = ""

    def add(self, column: Column, text: str) -> None:
        """One more piece of the text of ``column``."""
        if text:
            self.texts.setdefault(column, []).append(text)

    def text(self, column: Column) -> str:
        """All of a column's text on one line."""
        return joined(" ".join(self.texts.get(column, ())))


@dataclass(slots=True)
class Totals:
    """The total row of a table, where it prints one."""

    place: Place = field(default_factory=Place)
    values: dict[Column, Fraction] = field(default_factory=dict)
    #: The total stands above the rows.
    leads: bool = False


@dataclass(slots=True)
class RowReader:
    """Takes the rows of one table, in reading order, over all its grids."""

    drafts: list[Draft] = field(default_factory=list)
    totals: Totals = field(default_factory=Totals)
    doubts: list[Problem] = field(default_factory=list)
    #: Lines below the total row: notes, signatures, the caption of the next table.
    after: list[Paragraph] = field(default_factory=list)
    #: Whether the codes stand in the cells of the titles.
    _codes_in_titles: bool = False
    #: Whether the row after the one being read has a code again.
    _alone: bool = False

    @property
    def ended(self) -> bool:
        """Whether the total row below the rows has been read."""
        return bool(self.totals.values) and not self.totals.leads

    def take(self, head: Head, rows: Iterable[Sequence[Cell]], place: Place) -> None:
        """Read ``rows`` under ``head``; ``place`` says in which file, sheet or page they stand."""
        notes = _MergedNotes(head)
        at_title = head.column(Column.TITLE)
        kept: list[tuple[Sequence[Cell], str]] = []
        for row in rows:
            inherited = notes.above(row)
            if not (_goes_on(row) or repeats(head, row) or _is_index_row(row)) and any(cell.text for cell in row):
                kept.append((row, inherited))
        if at_title is not None and head.column(Column.CODE) is None:
            self._codes_in_titles = codes_in_titles.borne_out([_cell_text(row, at_title) for row, _ in kept])
        for number, (row, inherited) in enumerate(kept):
            following = kept[number + 1][0] if number + 1 < len(kept) else None
            self._alone = following is None or has_codes(head, [following]) or _is_total(head, following)
            self._take_row(head, row, place, inherited)

    # --- one row -----------------------------------------------------------------------------------------------

    def _take_row(self, head: Head, row: Sequence[Cell], place: Place, inherited: str) -> None:
        cells = _by_column(head, row)
        at = _place_of(row, cells, place)
        code_text = joined(_text(cells, Column.CODE))
        title = _text(cells, Column.TITLE)
        words = joined(title or code_text)
        own_title = title
        code, title = self._code_and_title(code_text, title)
        if _TOTAL.match(words) and (code is None or len(words) < 20):
            self._take_total(cells, at)
        elif code is not None:
            self._start(code, title, cells, at)
            self.drafts[-1].add(Column.NOTE, inherited)
            self.drafts[-1].level_word = level_words.level_word(code_text)
        elif not self.ended and self._is_row_without_code(head, code_text, own_title, _points_text(cells)):
            self._start("", own_title, cells, at)
            self.drafts[-1].add(Column.NOTE, inherited)
            self.drafts[-1].code_lost, self.drafts[-1].unreadable = True, code_text
        elif self.ended:
            self.after.extend(Paragraph(cell.text, cell.place) for cell in row if cell.text)
        elif cells:
            self._take_uncoded(title, cells, at)

    def _is_row_without_code(self, head: Head, code_text: str, title: str, points_text: str) -> bool:
        """Whether a row is an item like its neighbours although its code is missing or cannot be read.

        A row of points without a code is an option of the row above, unless it stands alone between rows with codes
        or has more points than the row above.
        """
        points = read_points(points_text)
        if head.column(Column.CODE) is None or not title or points is None:
            return False
        if code_text:
            return lost_codes.is_malformed(code_text)
        last = self.drafts[-1] if self.drafts else None
        if last is None or last.option_texts or _unfinished(last) or not title[:1].isupper() or in_capitals(title):
            return False
        if option_lines.is_option(joined(title), points_text) or option_lines.read_line(joined(title)) is not None:
            return False
        above = read_points(last.points)
        return above is not None and (self._alone or points > above)

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

    def _start(self, code: str, title: str, cells: dict[Column, list[Cell]], at: Place) -> None:
        if self.totals.leads:
            pass  # the sum of the table, printed above its rows
        elif self.totals.values:  # it was the sum of a part: the table goes on
            self.doubts.append(Problem("total_before_rows", self.totals.place, {"code": code}))
            self.totals = Totals()
        lines = title.split("\n")
        kept, options = option_lines.split_title(lines)
        code_cell = cells.get(Column.CODE, [None])[0]
        draft = Draft(code, bool(code_cell and code_cell.is_number), kept, at, _points_text(cells))
        draft.option_texts.extend(options)
        self._add_texts(draft, cells)
        self.drafts.append(draft)

    def _add_texts(self, draft: Draft, cells: dict[Column, list[Cell]]) -> None:
        for column, column_cells in cells.items():
            if column in (Column.CODE, Column.TITLE, Column.MAX_POINTS):
                continue
            for cell in column_cells:
                if column is Column.OPTIONS:
                    draft.option_texts.extend(filter(None, cell.text.split("\n")))
                else:
                    draft.add(column, cell.text)

    def _take_total(self, cells: dict[Column, list[Cell]], at: Place) -> None:
        values = {
            column: value
            for column in (Column.MAX_POINTS, Column.SELF_POINTS, Column.APPRAISED_POINTS)
            if (value := read_points(_text(cells, column))) is not None
        }
        if self.totals.values and not (self.totals.leads and self.totals.values == values):
            self.doubts.append(Problem("several_totals", at))
        self.totals = Totals(at, values, leads=not self.drafts)

    # --- rows without a code -----------------------------------------------------------------------------------

    def _take_uncoded(self, title: str, cells: dict[Column, list[Cell]], at: Place) -> None:
        points = _points_text(cells)
        last = self.drafts[-1] if self.drafts else None
        bare = _BULLET.sub("", title)
        bullet = bare != title
        if not bullet and _is_area_title(title, points, last):
            self.drafts.append(Draft("", False, title.split("\n"), at, points))
            self._add_texts(self.drafts[-1], cells)
        elif last is None:
            self.doubts.append(Problem("row_not_understood", at, {"text": _short(title)}))
        elif not title:
            self._continue_texts(last, cells, points, at)
        elif (
            bullet
            or option_lines.is_option(bare, points)
            or (read_points(points) is not None and last.points and not _unfinished(last))
        ):
            last.option_texts.append(f"{joined(bare)}: {points}" if points else joined(bare))
        elif last.option_texts:
            last.option_texts[-1] = joined(f"{last.option_texts[-1]} {title}")
        else:
            if last.points and not points and title[:1].isupper() and not _unfinished(last) and not in_capitals(title):
                self.doubts.append(Problem("title_continued", at, {"code": last.code, "text": _short(title)}))
            self._continue_title(last, title, cells, points, at)

    def _continue_title(self, last: Draft, title: str, cells: dict[Column, list[Cell]], points: str, at: Place) -> None:
        kept, options = option_lines.split_title(title.split("\n"))
        last.title.extend(kept)
        last.option_texts.extend(options)
        self._continue_texts(last, cells, points, at)

    def _continue_texts(self, last: Draft, cells: dict[Column, list[Cell]], points: str, at: Place) -> None:
        """Pieces of the row before in its other columns; a second number of points is a doubt."""
        if points and not last.points:
            last.points = points
        elif points:
            self.doubts.append(
                Problem("second_points", at, {"code": last.code, "first": last.points, "second": points})
            )
        self._add_texts(last, cells)


@dataclass(slots=True)
class _MergedNotes:
    """Notes in cells merged over several rows: the text stands in the first, and speaks for all of them."""

    head: Head
    _text: str = ""

    def above(self, row: Sequence[Cell]) -> str:
        """The note that ``row`` shares with the rows above it; "" where it has a note cell of its own."""
        at = self.head.column(Column.NOTE)
        if at is None or at >= len(row):
            return ""
        downwards = row[at].covered and not (at and row[at - 1].covered)
        self._text = self._text if downwards else _said_in_full(self.head, at, Column.NOTE, row[at]).text
        return self._text if downwards else ""


# --- helpers of one row --------------------------------------------------------------------------------------------


def _by_column(head: Head, row: Sequence[Cell]) -> dict[Column, list[Cell]]:
    """The filled cells by kind of column; text in a column without a name that stands between code and title is
    title.
    """
    out: dict[Column, list[Cell]] = {}
    title_at, code_at = head.column(Column.TITLE), head.column(Column.CODE)
    for at, cell in enumerate(row):
        if not cell.text:
            continue
        column = head.columns.get(at)
        if column is None and title_at is not None and code_at is not None and code_at < at < title_at:
            column = Column.TITLE  # a title in a merged cell stands at its top left
        if column is not None and column is not Column.OTHER:
            out.setdefault(column, []).append(_said_in_full(head, at, column, cell))
    return out


def _said_in_full(head: Head, at: int, column: Column, cell: Cell) -> Cell:
    """A cell that only its head makes plain: a cross below "ĐTXHH", the points of a body below its name."""
    words = head.texts.get(at, "")
    if column is Column.NOTE and _MARK.match(cell.text) and row_sources.source_of_note(words) is not None:
        return replace(cell, text=words)
    return replace(cell, text=f"{words}\t{cell.text}") if column is Column.OTHER_APPRAISAL else cell


def _text(cells: dict[Column, list[Cell]], column: Column) -> str:
    return "\n".join(cell.text for cell in cells.get(column, ()))


def _points_text(cells: dict[Column, list[Cell]]) -> str:
    return joined(_text(cells, Column.MAX_POINTS))


def _place_of(row: Sequence[Cell], cells: dict[Column, list[Cell]], place: Place) -> Place:
    """The place of the code, else of the title, else of the first filled cell; page and sheet from the grid."""
    first = next((cells[column][0] for column in (Column.CODE, Column.TITLE) if column in cells), None)
    cell = first or next((cell for cell in row if cell.text), None)
    at = cell.place if cell is not None else place
    return Place(file=at.file, page=at.page or place.page, sheet=at.sheet, cell=at.cell, line=at.line)


def _cell_text(row: Sequence[Cell], at: int) -> str:
    return row[at].text if at < len(row) else ""


def _is_total(head: Head, row: Sequence[Cell]) -> bool:
    return any(_TOTAL.match(joined(_cell_text(row, at))) for at in head.columns)


def _goes_on(row: Sequence[Cell]) -> bool:
    """A row that only says that the table goes on: "(tiếp theo)"."""
    texts = [folded(cell.text) for cell in row if cell.text]
    return bool(texts) and all(_GOES_ON.match(text) for text in texts)


def _is_index_row(row: Sequence[Cell]) -> bool:
    """A row that numbers the columns: (1) (2) (3) or A B 1 2."""
    texts = [joined(cell.text) for cell in row if cell.text]
    found = [_INDEX_CELL.match(text) for text in texts]
    if len(texts) < 3 or not all(found):
        return False
    numbers = [int(match[1]) for match in found if match is not None and match[1].isdecimal()]
    return bool(numbers) and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _is_area_title(title: str, points: str, last: Draft | None) -> bool:
    """An area without a code: capitals with points, or capitals that do not go on from capitals."""
    if not in_capitals(title) or len(folded(title)) < 8:
        return False
    if last is None:
        return True
    goes_on = in_capitals(" ".join(last.title)) and not points
    return not goes_on and not (in_capitals(" ".join(last.title)) and not last.points)


def _unfinished(last: Draft) -> bool:
    """A title that cannot end where it does: an open bracket, a comma, a joining word."""
    text = joined(" ".join(last.title))
    return text.count("(") > text.count(")") or bool(
        re.search(r"(,|;|\b(và|của|về|theo|đối với|trong|các|thuộc|hoặc))$", text)
    )


def _short(text: str) -> str:
    flat = joined(text)
    return flat if len(flat) <= 80 else flat[:79] + "…"


def points_of(draft: Draft, text: str, doubts: list[Problem]) -> Fraction | None:
    """The points in a cell of a row; None for an empty cell.

    What is no single number is a doubt: ``points_not_read``, ``several_numbers`` (taken where all are equal).
    """
    value = read_points(text)
    if value is not None or not text:
        return value
    if _NUMBERS.match(text):
        values = {read_points(part) for part in text.split()}
        doubts.append(Problem("several_numbers", draft.place, {"code": draft.code, "text": _short(text)}))
        return values.pop() if len(values) == 1 else None
    doubts.append(Problem("points_not_read", draft.place, {"code": draft.code, "text": _short(text)}))
    return None
