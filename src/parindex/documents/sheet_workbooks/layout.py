"""Which cell of the workbook holds what: the one plan that is written, recorded and read back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from parindex.documents.sheet_workbooks.cell_contents import Content, fits, number_content, shown_number, writable
from parindex.documents.sheet_workbooks.sheet_workbook import SheetWorkbook, Value, WorkbookItem, WorkbookMeasure
from parindex.documents.sheet_workbooks.words import WorkbookWords
from parindex.domain.criteria.criteria_set import MeasureKind


class SheetKind(StrEnum):
    """The sheets that hold something of the score sheet."""

    ITEMS = "items"
    FIGURES = "figures"


class EntryKind(StrEnum):
    """What an unlocked cell takes."""

    FIGURE = "figure"
    SELF_POINTS = "self_points"
    EXPLANATION = "explanation"


class ItemColumn(IntEnum):
    """The columns of the sheet of items."""

    CODE, TITLE, MAX_POINTS, RULE, FIGURES, SELF_POINTS, EXPLANATION, STATE = range(8)


class FigureColumn(IntEnum):
    """The columns of the sheet of figures."""

    NUMBER, TITLE, UNIT, LAST_YEAR, VALUE, LIMITS, USED_BY = range(7)


#: The row of the heads and the first row of data; above them stands whose sheet it is.
HEAD_ROW = 4
FIRST_ROW = 5


class Style(StrEnum):
    """How a cell looks and what it shows."""

    TITLE = "title"
    NOTE = "note"
    HEAD = "head"
    TEXT = "text"
    NUMBER = "number"
    WHOLE = "whole"
    AREA_TEXT = "area_text"
    AREA_NUMBER = "area_number"


@dataclass(frozen=True, slots=True)
class PlannedCell:
    """One cell; ``entry`` is set where it is unlocked, with the ``key`` (measure id, item code) of what it takes.

    ``base`` is what has been entered up to now, exact.
    """

    sheet: SheetKind
    row: int
    column: int
    content: Content
    style: Style
    entry: EntryKind | None = None
    key: str = ""
    base: Value | None = None


def planned_cells(book: SheetWorkbook, words: WorkbookWords) -> tuple[PlannedCell, ...]:
    """Every cell that is written, sheet by sheet and row by row."""
    return (*_items(book, words), *_figures(book, words))


def _above(sheet: SheetKind, book: SheetWorkbook, words: WorkbookWords) -> Iterator[PlannedCell]:
    """Title, unit and cycle, set, hint; then the heads."""
    items = sheet is SheetKind.ITEMS
    heads = words.items_heads if items else words.figures_heads
    lines = (
        words.items_title if items else words.figures_title,
        f"{words.unit}: {book.unit_title} – {words.cycle}: {book.cycle_title}",
        f"{words.criteria_set}: {book.set_title} – {words.made_at}: {book.made_at:%d/%m/%Y %H:%M}",
        words.enter_here,
    )
    for row, line in enumerate(lines):
        yield PlannedCell(sheet, row, 0, writable(line), Style.NOTE if row else Style.TITLE)
    for column, head in enumerate(heads):
        yield PlannedCell(sheet, HEAD_ROW, column, head, Style.HEAD)


def _items(book: SheetWorkbook, words: WorkbookWords) -> Iterator[PlannedCell]:
    yield from _above(SheetKind.ITEMS, book, words)
    for row, item in enumerate(book.items, start=FIRST_ROW):
        text, number = (Style.TEXT, Style.NUMBER) if item.is_item else (Style.AREA_TEXT, Style.AREA_NUMBER)
        figures = "\n".join(f"{at}. {measure.title}" for at, measure in book.measures_of(item))
        locked = (
            (ItemColumn.CODE, item.code, text),
            (ItemColumn.TITLE, item.title, text),
            (ItemColumn.MAX_POINTS, shown_number(item.max_points), number),
            (ItemColumn.RULE, _rule(item, words), text),
            (ItemColumn.FIGURES, figures, text),
            (ItemColumn.STATE, _state(item, words), text),
        )
        for column, content, style in locked:
            shown = _cut(content) if isinstance(content, str) else content
            yield PlannedCell(SheetKind.ITEMS, row, column, shown, style)
        yield _points(row, item, number)
        yield _explanation(row, item, words, text)


def _rule(item: WorkbookItem, words: WorkbookWords) -> str:
    source = words.sources[item.source] if item.is_item and item.source is not None else ""
    return "\n".join(filter(None, (item.rule_words, item.clause, source)))


def _state(item: WorkbookItem, words: WorkbookWords) -> str:
    if not item.is_item:
        return ""
    return "\n".join(filter(None, (words.states[item.state], "" if item.editable else item.reason_locked)))


def _points(row: int, item: WorkbookItem, style: Style) -> PlannedCell:
    column = ItemColumn.SELF_POINTS
    if not (item.is_item and item.editable and item.points_by_hand):
        return PlannedCell(SheetKind.ITEMS, row, column, shown_number(item.self_points), style)
    content, points = number_content(item.self_points), item.self_points
    return PlannedCell(SheetKind.ITEMS, row, column, content, style, EntryKind.SELF_POINTS, item.code, points)


def _explanation(row: int, item: WorkbookItem, words: WorkbookWords, style: Style) -> PlannedCell:
    """A text that is longer than a cell can hold stays where it is: the cell says so and takes none."""
    column = ItemColumn.EXPLANATION
    if not fits(item.explanation):
        return PlannedCell(SheetKind.ITEMS, row, column, words.too_long, style)
    text = writable(item.explanation)
    if not (item.is_item and item.editable):
        return PlannedCell(SheetKind.ITEMS, row, column, text, style)
    base = item.explanation or None
    return PlannedCell(SheetKind.ITEMS, row, column, text, style, EntryKind.EXPLANATION, item.code, base)


def _figures(book: SheetWorkbook, words: WorkbookWords) -> Iterator[PlannedCell]:
    yield from _above(SheetKind.FIGURES, book, words)
    for row, measure in enumerate(book.measures, start=FIRST_ROW):
        is_number = measure.kind is MeasureKind.NUMBER
        style = Style.TEXT if not is_number else Style.WHOLE if measure.integer else Style.NUMBER
        reason = "" if measure.editable else measure.reason_locked
        texts = (
            (FigureColumn.TITLE, measure.title),
            (FigureColumn.UNIT, measure.unit),
            (FigureColumn.LIMITS, "\n".join(filter(None, (words.limits(measure), reason)))),
            (FigureColumn.USED_BY, ", ".join(measure.used_by)),
        )
        yield PlannedCell(SheetKind.FIGURES, row, FigureColumn.NUMBER, row - FIRST_ROW + 1, Style.WHOLE)
        for column, text in texts:
            yield PlannedCell(SheetKind.FIGURES, row, column, _cut(text), Style.TEXT)
        before = value_content(measure, measure.last_year)
        yield PlannedCell(SheetKind.FIGURES, row, FigureColumn.LAST_YEAR, _cut_content(before), style)
        yield _figure(row, measure, words, style)


def _figure(row: int, measure: WorkbookMeasure, words: WorkbookWords, style: Style) -> PlannedCell:
    content = value_content(measure, measure.value)
    if isinstance(content, str) and not fits(content):
        return PlannedCell(SheetKind.FIGURES, row, FigureColumn.VALUE, words.too_long, style)
    if not measure.editable:
        return PlannedCell(SheetKind.FIGURES, row, FigureColumn.VALUE, content, style)
    kind, value = EntryKind.FIGURE, measure.value
    return PlannedCell(SheetKind.FIGURES, row, FigureColumn.VALUE, content, style, kind, measure.id, value)


def value_content(measure: WorkbookMeasure, value: Value | None) -> Content:
    """A figure as its cell shows it: a choice by its label, a list line by line, "0" for a list without entries."""
    if value is None or (isinstance(value, str) and not value):
        return None
    if isinstance(value, str):
        return writable(measure.label(value))
    if isinstance(value, tuple):
        return "\n".join(" ".join(writable(one).split()) for one in value) or "0"
    return number_content(value)


def _cut_content(content: Content) -> Content:
    return _cut(content) if isinstance(content, str) else content


def _cut(text: str) -> str:
    """Text for reading only, at most as much as a cell holds."""
    plain = writable(text)
    return plain if fits(plain) else plain[:10_000] + "…"
