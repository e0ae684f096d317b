"""Random score sheets are written, filled with random values and read back equal; damaged files are told, never raise.

The file is filled with another library than the one that wrote it and the one that reads it.
"""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from io import BytesIO
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sheet_workbook_sample import SHEET, as_ods, changed, filled, read, written

from parindex.documents.printed_text import joined
from parindex.documents.sheet_workbooks.cell_contents import same_text, stored_text
from parindex.documents.sheet_workbooks.difference import ChangeKind, difference
from parindex.documents.sheet_workbooks.filled_workbook import Entered
from parindex.documents.sheet_workbooks.layout import EntryKind
from parindex.documents.sheet_workbooks.sheet_workbook import SheetWorkbook, Value, WorkbookItem, WorkbookMeasure
from parindex.domain.criteria.criteria_set import MeasureKind, Source
from parindex.domain.errors import InvalidInput, Problem
from parindex.domain.scoring.score_sheet import EntryState
from parindex.wording import problems

#: Whatever a database may hold, control characters and halves of pairs included.
ANY_TEXT = st.text(max_size=60)
#: What a person types: the library that fills the file refuses control characters and reads "_x0041_" as "A".
TYPED = st.text(
    st.one_of(
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="_\ufffe\uffff"),
        st.sampled_from("\n =+-@'ăđệữ"),
    ),
    max_size=60,
)
IDS = st.text("abcdefghij_", min_size=1, max_size=8)


@st.composite
def decimals(draw: st.DrawFn, low: int = -(10**6), high: int = 10**6) -> Fraction:
    """Numbers that a spreadsheet keeps: at most fifteen digits."""
    places = draw(st.integers(0, 6))
    return Fraction(draw(st.integers(low * 10**places, high * 10**places)), 10**places)


@st.composite
def numbers(draw: st.DrawFn, identity: str) -> WorkbookMeasure:
    integer = draw(st.booleans())
    low = draw(st.none() | st.integers(-50, 0).map(Fraction))
    high = draw(st.none() | st.integers(1, 10**6).map(Fraction))
    made = WorkbookMeasure(identity, draw(ANY_TEXT), unit=draw(ANY_TEXT), integer=integer, minimum=low, maximum=high)
    return replace(made, value=draw(st.none() | value_of(made)), last_year=draw(st.none() | st.fractions()))


@st.composite
def choices(draw: st.DrawFn, identity: str) -> WorkbookMeasure:
    labels = draw(st.dictionaries(IDS, TYPED.filter(str.strip), min_size=1, max_size=5))
    folded = [joined(stored_text(label)).casefold() for label in labels.values()]
    # A label that is another one's key, or that differs from another in nothing but the writing, cannot be told apart.
    if len({*folded, ""}) <= len(folded) or set(folded) & set(labels):
        labels = {key: f"lựa chọn {key}" for key in labels}
    key = st.sampled_from(sorted(labels))
    value, last_year = draw(st.none() | key), draw(st.none() | key | st.just("gone"))
    return WorkbookMeasure(identity, draw(ANY_TEXT), MeasureKind.CHOICE, "", labels, value=value, last_year=last_year)


ENTRIES = st.lists(
    TYPED.map(lambda one: joined(stored_text(one))).filter(lambda one: any(c.isalpha() for c in one)),
    max_size=5,
    unique_by=lambda one: one.casefold(),
).map(tuple)


@st.composite
def lists(draw: st.DrawFn, identity: str) -> WorkbookMeasure:
    value, last_year = draw(st.none() | ENTRIES), draw(st.none() | ENTRIES)
    return WorkbookMeasure(identity, draw(ANY_TEXT), MeasureKind.LIST, value=value, last_year=last_year)


def value_of(measure: WorkbookMeasure) -> st.SearchStrategy[Value]:
    """A value that the measure takes."""
    if measure.kind is MeasureKind.CHOICE:
        return st.sampled_from(sorted(measure.choices))
    if measure.kind is MeasureKind.LIST:
        return ENTRIES
    low = int(measure.minimum) if measure.minimum is not None else 0 if measure.integer else -(10**6)
    high = int(measure.maximum) if measure.maximum is not None else 10**6
    return st.integers(low, high).map(Fraction) if measure.integer else decimals(low, high)


@st.composite
def items(draw: st.DrawFn, code: str) -> WorkbookItem:
    most = draw(st.none() | st.integers(1, 20).map(lambda n: Fraction(n, 4)))
    return WorkbookItem(
        code,
        draw(ANY_TEXT),
        draw(st.integers(1, 4)),
        draw(st.booleans()),
        most,
        draw(st.none() | st.sampled_from(Source)),
        rule_words=draw(ANY_TEXT),
        points_by_hand=draw(st.booleans()),
        self_points=draw(st.none() | decimals(0, 1)),
        explanation=draw(ANY_TEXT),
        state=draw(st.sampled_from(EntryState)),
        editable=draw(st.booleans()),
        reason_locked=draw(ANY_TEXT),
    )


@st.composite
def sheets(draw: st.DrawFn) -> SheetWorkbook:
    ids = draw(st.lists(IDS, max_size=5, unique=True))
    kinds = st.sampled_from((numbers, choices, lists))
    codes = draw(st.lists(st.from_regex(r"[1-9](\.[1-9][0-9]?){0,3}", fullmatch=True), max_size=6, unique=True))
    return SheetWorkbook(
        *(draw(ANY_TEXT), draw(ANY_TEXT), draw(ANY_TEXT), draw(IDS), draw(ANY_TEXT), draw(ANY_TEXT)),
        draw(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1))),
        tuple(draw(items(code)) for code in codes),
        tuple(draw(draw(kinds)(one)) for one in ids),
    )


def _typed(draw: st.DrawFn, sheet: SheetWorkbook, entry: Entered) -> Value | None:
    """A new value for a cell, None to empty it."""
    if entry.kind is EntryKind.EXPLANATION:
        return draw(TYPED)
    if entry.kind is EntryKind.FIGURE:
        return draw(st.none() | value_of(sheet.measures_by_id()[entry.key]))
    most = sheet.items_by_code()[entry.key].max_points
    return draw(st.none() | decimals(0, 5).filter(lambda value: most is None or value <= most))


def _content(sheet: SheetWorkbook, entry: Entered, value: Value | None) -> Any:
    """What somebody types to enter ``value``."""
    if isinstance(value, tuple):
        return "\n".join(value) or 0
    if isinstance(value, Fraction):
        return float(value)
    if entry.kind is EntryKind.FIGURE and value is not None:
        return sheet.measures_by_id()[entry.key].choices[value]
    return value


def _equal(entry: Entered, value: Value | None) -> bool:
    if entry.kind is EntryKind.EXPLANATION:
        return same_text(str(entry.value or ""), str(value or ""))
    if isinstance(value, tuple) and isinstance(entry.value, tuple):
        return [stored_text(one) for one in value] == [stored_text(one) for one in entry.value]
    return entry.value == value


@settings(max_examples=40)
@given(sheets(), st.booleans())
def test_what_is_written_is_read_back_unchanged(sheet: SheetWorkbook, in_open_format: bool) -> None:
    found = read(as_ods(written(sheet)) if in_open_format else written(sheet), sheet)
    assert [(one.key, one.value) for one in found.entries] == [(one.key, one.base) for one in found.entries]
    assert {one.kind for one in difference(found, sheet).changes} <= {ChangeKind.UNCHANGED}
    assert [(one.kind, one.key, one.base) for one in found.entries] == list(_entries(sheet))


def _entries(sheet: SheetWorkbook) -> Any:
    """What can be entered, straight from the sheet."""
    for item in sheet.items:
        if item.is_item and item.editable and item.points_by_hand:
            yield EntryKind.SELF_POINTS, item.code, item.self_points
        if item.is_item and item.editable:
            yield EntryKind.EXPLANATION, item.code, item.explanation or None
    for measure in sheet.measures:
        yield EntryKind.FIGURE, measure.id, measure.value


@settings(max_examples=40)
@given(sheets(), st.data())
def test_what_is_typed_is_read_back(sheet: SheetWorkbook, data: st.DataObject) -> None:
    entries = read(written(sheet), sheet).entries
    values = {
        (one.kind, one.key): _typed(data.draw, sheet, one) if data.draw(st.booleans()) else one.base for one in entries
    }
    cells = {
        (str(one.place.sheet), str(one.place.cell)): _content(sheet, one, values[one.kind, one.key])
        for one in entries
        if values[one.kind, one.key] is not one.base
    }
    found = read(filled(cells, sheet), sheet)
    wrong = [one for one in found.entries if not _equal(one, values[one.kind, one.key])]
    assert wrong == []
    kinds = {one.kind for one in difference(found, sheet).changes}
    assert kinds <= {ChangeKind.UNCHANGED, ChangeKind.NEW, ChangeKind.CHANGED, ChangeKind.CLEARED}


SAMPLE = written()
JUNK = (b"", b"<c>", b"r='A1'", b"\0", b"</row>", b"&amp;", b"1e999")
CONTENTS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.datetimes(datetime(1900, 3, 1), datetime(2200, 1, 1)),
    TYPED,
    st.sampled_from(["=1+1", "=A1", "1.234", "80%", "1/2", "#N/A", "1,5", "x" * 300]),
)


def _mutate(draw: st.DrawFn, book: Any) -> None:
    """What somebody may do to a workbook by hand."""
    for _ in range(draw(st.integers(1, 6))):
        sheet = book[draw(st.sampled_from(book.sheetnames))]
        row, column = draw(st.integers(1, 14)), draw(st.integers(1, 9))
        what = draw(st.sampled_from(["cell", "cell", "cell", "insert", "delete", "column", "rename", "merge", "drop"]))
        if what == "cell":
            sheet.cell(row, column).value = draw(CONTENTS)
        elif what == "insert":
            sheet.insert_rows(row, draw(st.integers(1, 3)))
        elif what == "delete":
            sheet.delete_rows(row, draw(st.integers(1, 3)))
        elif what == "column":
            sheet.delete_cols(column)
        elif what == "rename":
            sheet.title = draw(st.text("abc", min_size=1, max_size=5))
        elif what == "drop" and len(book.sheetnames) > 1:
            book.remove(sheet)
            book.worksheets[0].sheet_state = "visible"


def _problems(data: bytes) -> list[Problem]:
    """The file is read and compared, or told."""
    try:
        difference(read(data), SHEET)
    except InvalidInput as error:
        return error.problems
    return []


def _outcome(data: bytes) -> None:
    """Nothing is raised but problems, and each of them has its words."""
    told = _problems(data)
    assert [one.kind for one in told if one.kind not in problems.SENTENCES] == []
    assert [one for one in told if not problems.message(one).endswith(".")] == []


@settings(max_examples=60)
@given(st.data())
def test_a_workbook_changed_by_hand_is_read_or_told(data: st.DataObject) -> None:
    mutated = changed(SAMPLE, lambda book: _mutate(data.draw, book))
    _outcome(as_ods(mutated) if data.draw(st.booleans()) else mutated)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 10**6), st.binary(min_size=1, max_size=8)), min_size=1, max_size=5))
def test_a_damaged_file_is_told(spots: list[tuple[int, bytes]]) -> None:
    broken = bytearray(SAMPLE)
    for at, junk in spots:
        at %= len(broken)
        broken[at : at + len(junk)] = junk
    _outcome(bytes(broken))


@settings(max_examples=60)
@given(
    st.integers(0, 10**6), st.sampled_from([b"", b"<c>", b"r='A1'", b"\0", b"</row>", b"&amp;", b"1e999"]), st.data()
)
def test_a_workbook_with_broken_markup_is_read_or_told(at: int, junk: bytes, data: st.DataObject) -> None:

    target = BytesIO()
    with zipfile.ZipFile(BytesIO(SAMPLE)) as old, zipfile.ZipFile(target, "w") as new:
        names = old.namelist()
        chosen = data.draw(st.sampled_from(names))
        for name in names:
            content = old.read(name)
            spot = at % (len(content) + 1)
            new.writestr(name, content[:spot] + junk + content[spot + 3 :] if name == chosen else content)
    _outcome(target.getvalue())
