"""Data tables as files: CSV, XLSX and Parquet, read into columns of text with the place of every row.

Anybody may hand in a file: sizes are capped, encodings and separators recognised or refused, and every problem is
reported with its
place. Nothing is interpreted here beyond the heads of columns.
"""

from __future__ import annotations

import csv
import difflib
import io
import unicodedata
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Any

import polars as pl

from parindex.documents.cycles.coded_columns import coded, empty_cells
from parindex.documents.cycles.columns_of_rows import ColumnsOfRows, StoredNumber, cleaned
from parindex.documents.readers import limits
from parindex.documents.readers.far_cells import require_near
from parindex.domain.errors import InvalidInput, Place, Problem

#: Figures of a nation over ten years stay far below these.
MAX_FILE_BYTES = 512 * 2**20
MAX_ROWS = 20_000_000
MAX_SHEET_CELLS = 12_000_000
#: A head may stand below a title and some blank lines.
_HEAD_WITHIN = 20


@dataclass(frozen=True, slots=True)
class Layout:
    """What a kind of table looks like: its sheet name, required and optional columns, and other heads that mean
    the same."""

    name: str
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    #: Of these columns at least one must be there.
    any_of: tuple[str, ...] = ()
    #: Heads of this kind of table only, as :func:`canonical_head` gives them, and the columns that they name.
    heads: Mapping[str, str] = field(default_factory=dict)
    #: Columns that are read where they are there, and that nobody is asked for.
    untold: tuple[str, ...] = ()

    def column_of(self, cell: str) -> str:
        """The column that a head names, or the head as it is compared where it names none."""
        head = canonical_head(cell)
        return self.heads.get(head, head)

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that the table may have, without doubles."""
        return tuple(dict.fromkeys((*self.required, *self.any_of, *self.optional)))

    @property
    def told(self) -> list[str]:
        """The columns that somebody is told of whose table does not have them."""
        return [name for name in self.columns if name not in self.untold]


#: A column that every table may have for its keeper: nothing is read from it.
REMARKS = "note"
#: Heads as officials write them; compared without case and surrounding blanks.
HEADS = {
    "đơn vị": "unit", "mã đơn vị": "unit", "chỉ tiêu": "measure", "mã chỉ tiêu": "measure", "năm": "year",
    "giá trị": "value", "số liệu": "value", "mục": "item", "mã mục": "item", "trạng thái": "state",
    "điểm tự đánh giá": "self_points", "điểm tự chấm": "self_points", "điểm ngoài": "external_points",
    "điểm thẩm định": "appraised_points", "lý do": "reason", "điểm": "points", "sai số chuẩn": "se", "nguồn": "source",
    "sáng kiến": "entry", "mục liệt kê": "entry", "tên": "title", "tên đơn vị": "title", "được công nhận": "accepted",
    "nhóm": "unit_group", "nhóm đối tượng": "unit_group", "đơn vị cấp trên": "parent", "xếp hạng": "ranked",
    "ghi chú": REMARKS, "cơ quan": "unit", "hồ sơ": "dossier", "mã hồ sơ": "dossier", "số hồ sơ": "dossier",
    "công chức": "official", "mã công chức": "official", "cán bộ": "official", "ngày": "date", "kỳ": "date",
}  # fmt: skip


#: The column that holds codes of items.
CODES = "item"


@dataclass(frozen=True, slots=True, eq=False)
class DataTable:
    """The known columns of one table as coded text or integers, null where a cell is empty.

    ``lines[i]`` is the line of a text file or the row of a sheet that data row i was read from; None for Parquet.
    ``unread`` are the heads of columns that such a table does not have, ``stored`` the columns whose decimals the
    file stores as numbers: no mark in them has two meanings. ``wrong`` is what is wrong with single rows.
    """

    file: str
    sheet: str | None
    columns: Mapping[str, pl.Series]
    rows: int
    lines: Sequence[int] | None = None
    letters: Mapping[str, str] | None = None
    unread: tuple[str, ...] = ()
    stored: frozenset[str] = frozenset()
    wrong: tuple[Problem, ...] = ()

    def place(self, row: int, column: str | None = None) -> Place:
        """Where data row ``row`` (from 0) stands, with the cell of ``column`` where the file has cells."""
        line = self.lines[row] if self.lines is not None else None
        if self.letters is None:
            return Place(file=self.file, row=row + 1, line=line)
        cell = f"{self.letters[column]}{line}" if column is not None and column in self.letters else None
        # A problem of the whole row has no cell; then the row of the sheet says where.
        return Place(file=self.file, sheet=self.sheet, row=row + 1, cell=cell, line=line if cell is None else None)

    def column(self, name: str) -> pl.Series:
        """The column, or nulls where the table has none of that name."""
        found = self.columns.get(name)
        return found if found is not None else empty_cells(name, self.rows)

    def text(self, row: int, column: str) -> str:
        """What one cell says; nothing where it is empty or the table has no such column."""
        value = self.columns[column][row] if column in self.columns else None
        return "" if value is None else str(value)


def read_table(path: Path, layout: Layout) -> DataTable:
    """Read one table of ``layout`` from ``path``.

    Raises :class:`InvalidInput` with every problem of the file, its heads or its rows at once.
    """
    found = read_rows(path, layout)
    if found.wrong:
        raise InvalidInput(list(found.wrong))
    return found


def read_rows(path: Path, layout: Layout) -> DataTable:
    """The same, with what is wrong with single rows (``wrong``): for who finds more there and reports all of it.

    Rows that cannot be laid under the heads are left out.
    """
    suffix = path.suffix.lower()
    if suffix not in _READERS:
        raise limits.refused(path, "table_format_unknown", suffix=suffix or path.name, known=sorted(_READERS))
    size = path.stat().st_size
    if size > MAX_FILE_BYTES:
        raise limits.refused(path, "file_too_large", bytes=size, limit=MAX_FILE_BYTES)
    if size == 0:
        raise limits.refused(path, "file_empty")
    return _READERS[suffix](path, layout)


# --- text ----------------------------------------------------------------------------------------------------------


def _read_text_table(path: Path, layout: Layout) -> DataTable:
    data = path.read_bytes()
    encoding, begin = _encoding(path, data)
    separator = _separator(begin, layout)
    content = io.TextIOWrapper(io.BytesIO(data), encoding, newline="")
    return _from_rows(path, None, _text_rows(path, content, separator), layout)


def _text_rows(path: Path, content: Iterable[str], separator: str) -> Iterator[tuple[int, list[str]]]:
    """Every row with the line that it begins on."""
    reader = csv.reader(content, delimiter=separator, strict=True)
    before, count = 0, 0
    try:
        for row in reader:
            yield before + 1, row
            before, count = reader.line_num, count + 1
    except csv.Error as error:
        raise limits.refused(
            path, "csv_damaged", place=Place(file=path.name, line=before + 1), reason=str(error)
        ) from None
    if count > MAX_ROWS:
        raise limits.refused(path, "too_many_rows", rows=count, limit=MAX_ROWS)


def _encoding(path: Path, data: bytes) -> tuple[str, str]:
    """UTF-8 with or without mark, or UTF-16 with mark, and the text at the beginning; anything else is refused rather
    than guessed.
    """
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise limits.refused(path, "encoding_unknown", place=Place(file=path.name, line=line)) from None
    if "\0" in text:
        raise limits.refused(path, "encoding_unknown", place=Place(file=path.name))
    if not text or text.isspace():
        raise limits.refused(path, "file_empty")
    return encoding, text[:20_000]


def _separator(text: str, layout: Layout) -> str:
    """The mark that splits the most known heads in one of the first lines."""
    first = text.splitlines()[:_HEAD_WITHIN]

    def known(mark: str) -> int:
        return max(
            (sum(layout.column_of(cell) in layout.columns for cell in _cells(line, mark)) for line in first), default=0
        )

    return max((",", ";", "\t", "|"), key=known)


def _cells(line: str, mark: str) -> list[str]:
    return [cell.strip().strip('"') for cell in line.split(mark)]


# --- sheets --------------------------------------------------------------------------------------------------------


def _read_workbook_table(path: Path, layout: Layout) -> DataTable:
    import python_calamine

    data = path.read_bytes()
    limits.require_safe_archive(path, data)
    require_near(path, data, MAX_SHEET_CELLS)
    try:
        book = python_calamine.load_workbook(io.BytesIO(data))
        names = [meta.name for meta in book.sheets_metadata if meta.typ == python_calamine.SheetTypeEnum.WorkSheet]
        if not names:
            raise limits.refused(path, "file_empty")
        name = next((one for one in names if one.strip().lower() == layout.name), names[0])
        sheet = book.get_sheet_by_name(name)
        if sheet.height * sheet.width > MAX_SHEET_CELLS or sheet.width > limits.MAX_COLUMNS:
            raise limits.refused(path, "too_many_cells", place=Place(file=path.name, sheet=name), limit=MAX_SHEET_CELLS)
        values = sheet.to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise limits.refused(path, "file_damaged", reason=type(error).__name__) from None
    rows = ((line, [_cell_text(value) for value in row]) for line, row in enumerate(values, start=1))
    return _from_rows(path, name, rows, layout)


def _cell_text(value: Any) -> str:
    """The stored value with at most the fifteen significant digits that a spreadsheet keeps."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        shown = format(value, ".15g")
        written = shown if "e" not in shown else format(value, "f").rstrip("0").rstrip(".")
        return StoredNumber(written) if "." in written else written
    return str(value)


def _from_rows(path: Path, sheet: str | None, rows: Iterator[tuple[int, Sequence[str]]], layout: Layout) -> DataTable:
    first = list(islice(rows, _HEAD_WITHIN))
    if not first:
        raise limits.refused(path, "file_empty")
    head = _head_row([row for _, row in first], layout)
    place = Place(file=path.name, sheet=sheet, line=first[head][0] if sheet is None else None)
    names, unread = _heads(first[head][1], layout, place)
    width = len(first[head][1])
    letters = None if sheet is None else _letters(names)
    columns = ColumnsOfRows(names, of_sheet=sheet is not None)
    problems: list[Problem] = []
    lines, left_out = array("L"), 0
    for line, row in chain(first[head + 1 :], rows):
        if not any(map(str.strip, row)):
            continue
        if sheet is None and len(row) != width:
            left_out += 1
            where = Place(file=path.name, row=len(lines) + left_out, line=line)
            problems.append(Problem("row_width", where, {"found": len(row), "expected": width}))
            continue
        lines.append(line)
        columns.add(row)
        if letters is not None and CODES in names and isinstance(row[names[CODES]], StoredNumber):
            where = Place(file=path.name, sheet=sheet, row=len(lines), cell=f"{letters[CODES]}{line}")
            stored_code: dict[str, Any] = {"column": CODES, "found": str(row[names[CODES]])}
            problems.append(Problem("code_stored_as_number", where, stored_code))
    stored = columns.stored()
    return DataTable(path.name, sheet, columns.series(), len(lines), lines, letters, unread, stored, tuple(problems))


def _letters(names: Mapping[str, int]) -> dict[str, str]:
    from parindex.documents.readers.sheet_cells import column_letters

    return {name: column_letters(index) for name, index in names.items()}


def _head_row(rows: Sequence[Sequence[str]], layout: Layout) -> int:
    """The row among the first that holds the most known heads."""
    best = [sum(layout.column_of(cell) in layout.columns for cell in row) for row in rows[:_HEAD_WITHIN]]
    return best.index(max(best)) if best else 0


# --- Parquet -------------------------------------------------------------------------------------------------------


def _read_parquet_table(path: Path, layout: Layout) -> DataTable:
    try:
        scan = pl.scan_parquet(path)
        schema = scan.collect_schema()
        names, unread = _heads(list(schema), layout, Place(file=path.name))
        rows = int(scan.select(pl.len()).collect().item())
        if rows > MAX_ROWS:
            raise limits.refused(path, "too_many_rows", rows=rows, limit=MAX_ROWS)
        heads = list(schema)
        _refuse_types(path, {name: schema[heads[index]] for name, index in names.items()})
        # One column after the other: the texts of one are given up for codes before the next is read.
        columns = {
            name: _parquet_series(scan.select(pl.col(heads[index]).alias(name)).collect().to_series())
            for name, index in names.items()
        }
    except (pl.exceptions.PolarsError, OSError) as error:
        raise limits.refused(path, "file_damaged", reason=type(error).__name__) from None
    stored = frozenset(name for name, index in names.items() if _is_number(schema[heads[index]]))
    return DataTable(path.name, None, columns, rows, unread=unread, stored=stored)


def _is_number(dtype: pl.DataType) -> bool:
    return dtype.is_float() or dtype.is_decimal()


def _refuse_types(path: Path, types: Mapping[str, pl.DataType]) -> None:
    """Lists, structures and bytes are no cells of a table, and a code kept as a float has lost its zeros."""
    if CODES in types and types[CODES].is_float():
        facts = {"column": CODES, "found": str(types[CODES])}
        raise InvalidInput([Problem("code_stored_as_number", Place(file=path.name), facts)])
    wrong = [name for name, dtype in types.items() if dtype.is_nested() or dtype == pl.Binary or dtype == pl.Object]
    if wrong:
        place = Place(file=path.name)
        raise InvalidInput(
            [Problem("column_type", place, {"column": name, "type": str(types[name])}) for name in wrong]
        )


def _parquet_series(column: pl.Series) -> pl.Series:
    """Integers stay; text is trimmed; every other type is written out (a float as its shortest text)."""
    dtype = column.dtype
    if dtype.is_integer():
        return column
    if dtype.is_float():
        return coded(column, lambda texts: texts.str.strip_suffix(".0"))
    if dtype == pl.Boolean or dtype.is_decimal():
        return coded(column)
    return coded(column, lambda texts: cleaned(texts.str.strip_chars()))


# --- heads ---------------------------------------------------------------------------------------------------------


def canonical_head(head: str) -> str:
    """The name of a column as it is looked for: official words replaced, lower case, no blanks."""
    plain = " ".join(unicodedata.normalize("NFC", head).replace("\ufeff", "").lower().split())
    return HEADS.get(plain, plain.replace(" ", "_").replace("-", "_"))


def _heads(row: Sequence[str], layout: Layout, place: Place) -> tuple[dict[str, int], tuple[str, ...]]:
    """Known columns by position, and the heads of all others; raises with every missing, doubled or misspelt head."""
    problems: list[Problem] = []
    found: dict[str, int] = {}
    unknown = []
    for index, cell in enumerate(row):
        name = layout.column_of(cell)
        if name == REMARKS:
            continue
        if name not in layout.columns:
            unknown.append((name, cell.strip()))
        elif name in found:
            problems.append(Problem("column_twice", place, {"column": name}))
        else:
            found[name] = index
    missing = [name for name in layout.columns if name not in found]
    for name, written in unknown:
        near = difflib.get_close_matches(name, missing, n=1, cutoff=0.8)
        near = near or [one for one in missing if name in one.split("_")]  # "group" for unit_group
        if near:
            problems.append(Problem("column_misspelt", place, {"column": written, "near": near[0]}))
    for name in layout.required:
        if name not in found:
            problems.append(Problem("column_missing", place, {"columns": [name], "known": layout.told}))
    if layout.any_of and not any(name in found for name in layout.any_of):
        facts = {"columns": list(layout.any_of), "known": layout.told}
        problems.append(Problem("column_missing", place, facts))
    if problems:
        raise InvalidInput(problems)
    return found, tuple(written for _, written in unknown if written)


_READERS: Mapping[str, Callable[[Path, Layout], DataTable]] = {
    ".csv": _read_text_table,
    ".tsv": _read_text_table,
    ".txt": _read_text_table,
    ".xlsx": _read_workbook_table,
    ".parquet": _read_parquet_table,
}
