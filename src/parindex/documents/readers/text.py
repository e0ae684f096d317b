"""Text files: running text with tables of tab-separated lines (.txt, .tsv), between bars or spaces, and .csv.

A line of a tab-separated table may be broken inside a cell: the pieces are put together while they are too short for
the table's
head. Quoted cells may hold line breaks, as spreadsheets write them.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path

from parindex.documents.papers import Block, Cell, Grid, Paragraph
from parindex.documents.printed_text import clean, without_markup
from parindex.documents.readers import aligned_columns, limits
from parindex.documents.readers.aligned_tables import AlignedTable, aligned_tables
from parindex.documents.readers.contents import content_of
from parindex.documents.readers.spaced_lines import barred_lines, spaced_tables
from parindex.domain.errors import Place, Problem

Progress = Callable[[int, int], None]
#: A line with its number in the file.
Line = tuple[int, str]

_MAX_JOINED_LINES = 12
_NUMBERED = re.compile(r"^\d{1,3}(?:\.\d{1,3})*[.)] ?\S")
_SPLIT_CODE = re.compile(r"^(?:\d{1,3}\.)+$")
#: Columns that only spaces part: three pieces in a line.
_APART = re.compile(r"\S {2,}\S.* {2,}\S")
_PIECE = re.compile(r"\S+(?: \S+)*")
#: Bytes by which an encoding is guessed.
_SAMPLE = 65_536
#: Control characters and letters far from those of Vietnamese: not text, or text in another encoding.
_FOREIGN = re.compile("[\x00-\x08\x0e-\x1f\u0400-\u1dff\u3000-\ud7ff\ue000-\uf8ff\ufffe\uffff]")
_BAR_RULE = frozenset(" :|+-")


def read(path: Path, data: bytes, progress: Progress | None = None) -> tuple[list[Block], list[Problem]]:
    """Paragraphs and grids of a text file. Raises :class:`~parindex.domain.errors.InvalidInput` (``not_text``,
    ``too_many_cells``, ``too_many_paragraphs``).
    """
    text, doubts = decoded(path, data)
    if text.count("\n") >= limits.MAX_PARAGRAPHS:
        raise limits.refused(path, "too_many_paragraphs", limit=limits.MAX_PARAGRAPHS)
    lines = [(number, line.rstrip(" ")) for number, line in enumerate(text.split("\n"), start=1)]
    blocks: list[Block] = []
    run: list[Line] = []
    barred = barred_lines([line for _, line in lines])
    # Bars part cells more surely than blanks.
    aligned = {at: found for at, found in _aligned(path, lines).items() if barred.isdisjoint(range(at, found[1]))}
    lines = [(number, f"| {line} |" if at in barred else line) for at, (number, line) in enumerate(lines)]
    spaced = _spaced(path, lines)
    end = 0
    for at, line in enumerate(lines):
        if at in aligned:
            table, end = aligned[at]
            blocks.extend(_closed(path, run))
            run = []
            blocks.append(table.grid)
            doubts.extend(table.doubts)
        elif at >= end and at in spaced:
            blocks.extend(_closed(path, run))
            run = []
            blocks.append(spaced[at])
            end = at + len(spaced[at].rows)
        if at < end:
            continue
        after = lines[at + 1][1] if at + 1 < len(lines) else ""
        in_brackets = bool(run) and line[1].startswith("(") and _is_tabular(after)  # the last words of a head
        goes_on = in_brackets or (bool(run) and _goes_on(run[-1][1], line[1], run))
        if _is_tabular(line[1]) or _begins_next(line[1], after) or goes_on:
            run.append(line)
            continue
        blocks.extend(_closed(path, run))
        run = []
        # Blank lines are kept: in the text layer of a PDF they tell pages and cells apart.
        blocks.append(Paragraph(clean(without_markup(line[1])), Place(file=path.name, line=line[0])))
    blocks.extend(_closed(path, run))
    if progress is not None:
        progress(len(lines), len(lines))
    return blocks, doubts


def read_delimited(path: Path, data: bytes, progress: Progress | None = None) -> tuple[list[Block], list[Problem]]:
    """A .csv file as one grid; the delimiter (``,`` ``;`` tab ``|``) is the one that gives the most even rows."""
    text, doubts = decoded(path, data)
    delimiter = _delimiter(text)
    reader = csv.reader(StringIO(text), delimiter=delimiter, strict=False)
    rows: list[tuple[Cell, ...]] = []
    cells, before = 0, 0
    try:
        for values in reader:
            cells += len(values)
            if cells > limits.MAX_CELLS or len(values) > limits.MAX_COLUMNS:
                raise limits.refused(path, "too_many_cells", limit=limits.MAX_CELLS)
            rows.append(_cells(path, before + 1, values))
            before = reader.line_num
    except csv.Error as error:
        raise limits.refused(path, "file_damaged", reason=str(error)) from None
    if progress is not None:
        progress(len(rows), len(rows))
    return [Grid(_evened(rows), Place(file=path.name, line=1))], doubts


def decoded(path: Path, data: bytes) -> tuple[str, list[Problem]]:
    """The text of ``data``: UTF-8 or UTF-16 by its mark, else UTF-8, else Windows-1258 with the doubt
    ``encoding_guessed``.
    """
    if limits.is_zip(data) or limits.is_compound(data) or data.startswith(b"%PDF-"):
        raise limits.refused(path, "extension_differs", content=content_of(data))
    encoding, doubts = "utf-8-sig", []
    unmarked = _unmarked_utf16(data)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif unmarked:
        encoding = unmarked
        doubts.append(Problem("encoding_guessed", Place(file=path.name, line=1), {"encoding": encoding}))
    elif b"\x00" in data:
        raise limits.refused(path, "not_text")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding != "utf-8-sig":
            raise limits.refused(path, "not_text") from None
        line = data[: error.start].count(b"\n") + 1
        text = data.decode("cp1258", errors="replace")
        if text.count("\ufffd") * 50 > len(text):
            raise limits.refused(path, "not_text") from None
        doubts.append(Problem("encoding_guessed", Place(file=path.name, line=line), {"encoding": "windows-1258"}))
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n"), doubts


def _aligned(path: Path, lines: list[Line]) -> dict[int, tuple[AlignedTable, int]]:
    """The tables whose columns are parted by spaces, each by the position of its first line, with the one after it."""
    filled = [at for at, (_, line) in enumerate(lines) if line.strip()]
    if not any(_APART.search(lines[at][1]) for at in filled):
        return {}
    pieces = [
        aligned_columns.Line(
            at,
            tuple(
                aligned_columns.Piece(found.start(), found.end(), found[0])
                for found in _PIECE.finditer(without_markup(unicodedata.normalize("NFC", lines[at][1])))
            ),
            lines[at][0],
        )
        for at in filled
        if not _is_tabular(lines[at][1])
    ]
    kept = [at for at in filled if not _is_tabular(lines[at][1])]
    tables = aligned_tables(pieces, Place(file=path.name), exact=False)
    return {kept[table.first]: (table, kept[table.end - 1] + 1) for table in tables}


def _spaced(path: Path, lines: list[Line]) -> dict[int, Grid]:
    """The tables whose columns several blanks part and that no head of criteria tells, by their first line."""
    out = {}
    for first, rows in spaced_tables([line for _, line in lines]):
        numbers = [number for number, _ in lines[first : first + len(rows)]]
        cells = [_cells(path, number, row) for number, row in zip(numbers, rows, strict=True)]
        out[first] = Grid(_evened(cells), Place(file=path.name, line=numbers[0]))
    return out


def _is_tabular(line: str) -> bool:
    return "\t" in line.strip(" ") or (_is_barred(line) and line.count("|") > 2)


def _is_barred(line: str) -> bool:
    return line.lstrip(" ").startswith("|")


def _between_bars(line: str) -> list[str]:
    """The cells of a line between bars; those at its ends part nothing."""
    line = line.strip()
    return line.removeprefix("|").removesuffix("|").split("|")


def _tabs(line: str) -> int:
    return line.count("\t")


def _width(run: list[Line]) -> int:
    """The tabs of a whole row: the largest number that a fifth of the lines have (pieces of broken rows have fewer)."""
    counts = [_tabs(line) for _, line in run if _tabs(line)]
    return max((count for count in set(counts) if 5 * counts.count(count) >= len(counts)), default=0)


def _begins_next(line: str, after: str) -> bool:
    """Whether a line without tabs begins the row of the next line: "1.10." above "1", or a title that goes on in
    small letters.
    """
    if _SPLIT_CODE.match(line) and re.match(r"^\d{1,3}\t", after):
        return True
    begins = line[:1].isupper() or bool(_NUMBERED.match(line))
    return begins and "\t" not in line and after[:1].islower() and "\t" in after


def _goes_on(last: str, line: str, run: list[Line]) -> bool:
    """Whether a line without tabs belongs to the row before: a quote is open there, tabs are missing, or its
    last cell breaks off.
    """
    if _is_barred(last) or not line.strip():
        return False
    if _open_quote(last):
        return True
    cell = last.rpartition("\t")[2]
    if 0 < _tabs(last) < _width(run):
        return not last.endswith("\t") or _tabs(last) + 1 < _width(run)
    return (bool(_SPLIT_CODE.match(cell)) and line.strip().isdigit()) or (len(cell) > 12 and line[:1].islower())


def _open_quote(line: str) -> bool:
    cell = line.rpartition("\t")[2].lstrip()
    return cell.startswith('"') and cell.count('"') % 2 == 1


def _closed(path: Path, run: list[Line]) -> Iterator[Block]:
    """The grid of a run of lines; nothing for an empty run."""
    if not run:
        return
    rows: list[tuple[Cell, ...]] = []
    if _is_barred(run[0][1]):
        for number, line in run:
            if not _BAR_RULE.issuperset(line):
                rows.append(_cells(path, number, _between_bars(line)))
    else:
        rows.extend(_cells(path, number, _unquoted(line)) for number, line in _whole_rows(run))
    if sum(len(row) for row in rows) > limits.MAX_CELLS or max(map(len, rows), default=0) > limits.MAX_COLUMNS:
        raise limits.refused(path, "too_many_cells", limit=limits.MAX_CELLS)
    yield Grid(_evened(rows), Place(file=path.name, line=run[0][0]))


def _whole_rows(run: list[Line]) -> Iterator[Line]:
    """The rows of a tab-separated run, with the pieces of broken ones put together."""
    width = _width(run)
    at = 0
    while at < len(run):
        number, line = run[at]
        taken = _pieces(run, at, width)
        yield number, "\n".join([line, *(piece for _, piece in run[at + 1 : at + taken])])
        at += taken


def _pieces(run: list[Line], at: int, width: int) -> int:
    """How many lines of the run make up the row that starts at ``at``.

    A row is broken where a quote is open at its end, where it has fewer tabs than most and the next pieces bring
    exactly what is
    missing, and where lines without any tab follow.
    """
    text = run[at][1]
    ahead = run[at + 1 : at + _MAX_JOINED_LINES]
    if _open_quote(text):
        for count, (_, piece) in enumerate(ahead, start=2):
            text += "\n" + piece
            if not _open_quote(text):
                return count
        return 1
    tabs, taken = _tabs(text), 1
    for count, (_, piece) in enumerate(ahead, start=2):
        if tabs >= width or piece.startswith("\t"):
            break
        tabs += _tabs(piece)
        if tabs == width:
            taken = count
    if _tabs(text) >= width or taken > 1:
        while at + taken < len(run) and not _tabs(run[at + taken][1]):
            if at + taken + 1 < len(run) and _begins_next(run[at + taken][1], run[at + taken + 1][1]):
                break
            taken += 1
    return taken


def _unquoted(line: str) -> list[str]:
    return [
        cell[1:-1].replace('""', '"') if len(cell) > 1 and cell[0] == cell[-1] == '"' and "\n" in cell else cell
        for cell in (part.strip(" ") for part in line.split("\t"))
    ]


def _cells(path: Path, number: int, values: list[str]) -> tuple[Cell, ...]:
    place = Place(file=path.name, line=number)
    return tuple(Cell(clean(without_markup(value[: limits.MAX_CELL_CHARACTERS])), place) for value in values)


def _evened(rows: list[tuple[Cell, ...]]) -> tuple[tuple[Cell, ...], ...]:
    width = max((len(row) for row in rows), default=0)
    return tuple(row + (Cell("", row[0].place if row else Place()),) * (width - len(row)) for row in rows)


def _unmarked_utf16(data: bytes) -> str:
    """The UTF-16 that ``data`` without a mark is written in, "" where it is not.

    Line ends, blanks and digits have a zero byte on one side only, and what comes out must be letters that
    Vietnamese papers use.
    """
    sample = data[: _SAMPLE - _SAMPLE % 2]
    if len(data) % 2 or b"\x00" not in sample:
        return ""
    high, low = sample[1::2].count(0), sample[0::2].count(0)
    encoding = "utf-16-le" if high > low else "utf-16-be"
    if 4 * max(high, low) < len(sample) // 2 or 100 * min(high, low) > len(sample) // 2:
        return ""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return ""
    return "" if _FOREIGN.search(text) else encoding


def _delimiter(text: str) -> str:
    """The delimiter whose commonest row length above one covers the most rows; a longer row wins a draw."""

    def evenness(delimiter: str) -> tuple[int, int]:
        try:
            lengths = [len(row) for row in csv.reader(StringIO(text[:200_000]), delimiter=delimiter) if any(row)]
        except csv.Error:
            return 0, 0
        wide = [length for length in lengths if length > 1]
        common = max(set(wide), key=wide.count, default=0)
        return wide.count(common) if common else 0, common

    return max((";", ",", "\t", "|"), key=evenness)
