"""From blocks to tables: which grid begins a table, which goes on with the one before, and which lines are prose.

A table may be cut by pages, sheets of a long listing, or stray lines; a grid may hold letterhead, caption, two tables
and a signature.
The heads and the codes decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from parindex.documents.criteria_tables import captions, group_columns, source_columns
from parindex.documents.criteria_tables.criteria_table import rows_of
from parindex.documents.criteria_tables.head_columns import Unread
from parindex.documents.criteria_tables.head_words import Column
from parindex.documents.criteria_tables.heads import Head, Row, find_head, fits, guessed_head, has_codes
from parindex.documents.criteria_tables.rows import RowReader
from parindex.documents.papers import Block, Cell, Grid, PaperTable, Paragraph, TableKind
from parindex.documents.score_sheets import explanations
from parindex.domain.criteria import codes
from parindex.domain.errors import Place, Problem

Rows = Sequence[Row]


@dataclass(slots=True)
class OpenTable:
    """A table while its grids come in."""

    head: Head
    place: Place
    caption: captions.Caption
    width: int = 0
    reader: RowReader = field(default_factory=RowReader)
    #: The heads of filled columns that nothing was read from.
    unread: list[Unread] = field(default_factory=list)
    #: The columns of groups beside their rows, where the table has such.
    groups: group_columns.GroupColumns | None = None
    #: The columns that split the maximum by source, where the table has such.
    split: source_columns.SourceColumns | None = None

    def closed(self, number: int) -> PaperTable:
        """The table as read; ``number`` names it where it has no caption."""
        short = self.caption.short or f"Bảng {number}"
        self._take_explanations_apart()
        rows, doubts = rows_of(self.reader, short)
        place = replace(self.place, table=short)
        head = self.head if self.split is None else self.split.head
        decided = [Problem("column_guessed", place, {"column": column.value}) for column in head.guessed]
        if not self.head.rows:
            decided.insert(0, Problem("head_missing", place))
        if self.split is not None:
            decided.append(Problem("points_by_source", place, {"columns": list(self.split.parts.values())}))
        decided += [
            Problem("column_unread", place, {"column": words} | ({"found": instead} if instead else {}))
            for words, instead in self.unread
        ]
        totals = self.reader.totals
        return PaperTable(
            kind=TableKind.SCORE_SHEET if head.is_score_sheet else TableKind.CRITERIA_SET,
            title=self.caption.text or short,
            place=place,
            rows=rows,
            printed_total=totals.values.get(Column.MAX_POINTS),
            total_place=replace(totals.place, table=short) if totals.values else Place(),
            printed_self_total=totals.values.get(Column.SELF_POINTS),
            printed_appraised_total=totals.values.get(Column.APPRAISED_POINTS),
            doubts=(*decided, *(_in_table(doubt, short) for doubt in self.reader.doubts), *doubts),
        )

    def _take_explanations_apart(self) -> None:
        drafts = self.reader.drafts
        cells = ["\n".join(draft.texts.get(Column.EXPLANATION, ())) for draft in drafts]
        one_each = self.head.column(Column.FURTHER_EXPLANATION) is not None
        told = explanations.of_column(cells, printed=self.place.page is not None, one_each=one_each)
        for draft, explained in zip(drafts, told, strict=True):
            draft.explanations = explained


def _in_table(doubt: Problem, short: str) -> Problem:
    return replace(doubt, place=replace(doubt.place, table=short))


@dataclass(slots=True)
class TableStream:
    """Takes blocks in reading order; holds the tables found and all prose, also that in grids."""

    tables: list[OpenTable] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    #: The lines of prose since the last row of a table.
    _since: list[Paragraph] = field(default_factory=list)

    def take(self, block: Block) -> None:
        """The next block of the paper."""
        if isinstance(block, Paragraph):
            if block.text and not self._is_option(block):
                self._say([block])
            return
        for first, (head, rows) in enumerate(_pieces(block)):
            if head is None:
                self._take_headless(block, rows, leads=first == 0 and block.continues)
            else:
                self._take_headed(block, head, rows)

    def _is_option(self, line: Paragraph) -> bool:
        """Whether a line right below a row of the table is an option of it, as in tables with tabs."""
        return bool(self.tables) and not self._since and self.tables[-1].reader.take_line(line.text)

    def _say(self, lines: Iterable[Paragraph]) -> None:
        lines = list(lines)
        self.paragraphs.extend(lines)
        self._since.extend(lines)

    def _take_headed(self, grid: Grid, head: Head, rows: Rows) -> None:
        current = self.tables[-1] if self.tables else None
        if current is None or self._starts_anew(current, head, rows):
            current = self._open(head, grid)
        else:
            rows = [*_beyond(current.head, head, grid.place), *rows]
        self._feed(current, head, rows, grid)

    def _take_headless(self, grid: Grid, rows: Rows, *, leads: bool) -> None:
        current = self.tables[-1] if self.tables else None
        guessed = guessed_head(rows)
        same_sheet = current is not None and current.place.sheet == grid.place.sheet
        if current is not None and same_sheet and not current.reader.ended and not _is_prose(rows, leads):
            same = fits(current.head, rows)
            goes_on = leads or len(grid.rows[0]) == current.width or has_codes(current.head, rows)
            if guessed is not None or (same and goes_on):
                self._feed(current, guessed if guessed is not None and not same else current.head, rows, grid)
                return
        if guessed is not None and (current is None or not same_sheet or current.reader.ended):
            self._feed(self._open(guessed, grid), guessed, rows, grid)
        else:
            self._say(_lines(rows))

    def _open(self, head: Head, grid: Grid) -> OpenTable:
        table = OpenTable(head, grid.place, captions.find(self._since, grid.place), len(grid.rows[0]))
        self.tables.append(table)
        return table

    def _feed(self, table: OpenTable, head: Head, rows: Rows, grid: Grid) -> None:
        end = _end_of_table(rows)
        if table.reader.drafts:
            table.reader.doubts.extend(
                Problem("line_between_rows", line.place, {"text": line.text})
                for line in self._since
                if _says_something(line)
            )
        self._since = []
        rows, rest = rows[:end], rows[end:]
        table.split = source_columns.find(head, rows) or (table.split if head.columns == table.head.columns else None)
        if table.split is not None:
            head, rows = table.split.head, table.split.with_notes(rows)
        table.groups = group_columns.find(head, rows) or (table.groups if head is table.head else None)
        if table.groups is not None:
            head = table.groups.head
            rows, codes_of_groups = table.groups.unfolded(rows, {draft.code for draft in table.reader.drafts})
            table.reader.from_columns.update(codes_of_groups)
        table.unread.extend(words for words in head.unread if words not in table.unread)
        table.reader.take(head, rows, grid.place)
        self._say([*table.reader.after, *_lines(rest)])
        table.reader.after.clear()

    def _starts_anew(self, current: OpenTable, head: Head, rows: Rows) -> bool:
        """Whether a head begins another table: a caption before it, other columns, another sheet, or codes that
        begin again.
        """
        if any(captions.is_caption(line.text) for line in self._since):
            return True
        if set(head.columns.values()) != set(current.head.columns.values()):
            return True
        probe = RowReader()
        probe.take(head, rows[:8], current.place)
        first = next((draft.code for draft in probe.drafts if draft.code), "")
        drafts = current.reader.drafts
        return len(drafts) > 1 and first == drafts[0].code and codes.depth(first) == 1


def _pieces(grid: Grid) -> Iterator[tuple[Head | None, Rows]]:
    """The rows of a grid cut at its heads; what stands above the first head comes without one."""
    head = find_head(grid.rows)
    above = grid.rows if head is None else grid.rows[: head.first]
    if above:
        yield None, above
    while head is not None:
        following = find_head(grid.rows, head.first + head.rows)
        yield head, grid.rows[head.first + head.rows : None if following is None else following.first]
        head = following


def _says_something(line: Paragraph) -> bool:
    """Whether a line between two pieces of a table is more than a page number."""
    return any(letter.isalpha() for letter in line.text) and not captions.is_caption(line.text)


def _beyond(known: Head, repeated: Head, place: Place) -> Iterator[Row]:
    """What stands in the cells of a repeated head after its own words: the rest of a title that the page before
    broke off.
    """
    rest = [""] * (max(repeated.texts, default=-1) + 1)
    for at, text in repeated.texts.items():
        words = known.texts.get(at, "")
        if words and text.startswith(words) and text != words:
            rest[at] = text[len(words) :].strip()
    if any(rest):
        yield tuple(Cell(text, place) for text in rest)


def _texts(row: Row) -> list[str]:
    return [cell.text for cell in row if cell.text]


def _is_prose(rows: Rows, leads: bool) -> bool:
    """Rows of at most one filled cell are prose in a grid; at the top of a page one such row may end a broken title."""
    return all(len(_texts(row)) <= 1 for row in rows) and not (
        leads and not captions.is_caption(" ".join(_texts(rows[0])))
    )


def _end_of_table(rows: Rows) -> int:
    """Where prose begins in the rows below a head: at the caption of another table that stands alone in its row."""
    for at, row in enumerate(rows):
        texts = _texts(row)
        if len(texts) == 1 and captions.is_numbered(texts[0]):
            return at
    return len(rows)


def _lines(rows: Rows) -> Iterator[Paragraph]:
    for row in rows:
        for cell in row:
            for line in cell.text.split("\n"):
                if line:
                    yield Paragraph(line, cell.place)
