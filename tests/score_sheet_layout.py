"""Writes a score sheet the way the text layer of a printed table reads: cells wrapped in columns, rows cut by pages,
one line after the other.

Independent of the reader but for the type metrics. Cells whose lines stand at the same height share a printed line;
so a cell of one line is followed on the same line by the next cell, and any other by a new line. Every printed line
is followed by a blank one, except at the end of a page, and a page begins with a space.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from parindex.documents.papers import Paragraph
from parindex.documents.score_sheets.widths import text_width
from parindex.domain.errors import Place

HEADS = {
    "code": ("STT",),
    "title": ("Lĩnh vực/Tiêu chí/", "Tiêu chí thành phần"),
    "max": ("Điểm", "chuẩn"),
    "self": ("Điểm tự", "đánh giá"),
    "explanation": ("Giải trình",),
    "appraised": ("Điểm", "thẩm định"),
    "opinion": ("Ý kiến hội", "đồng thẩm", "định"),
}
ORDER = ("code", "title", "max", "self", "explanation", "appraised", "opinion")


@dataclass(frozen=True)
class SheetRow:
    """One row to print; ``explanations`` and ``opinion`` may be empty, points are text ("" for an empty cell)."""

    code: str
    title: str
    max: str
    self: str
    appraised: str
    explanations: tuple[str, ...] = ()
    opinion: str = ""


@dataclass(frozen=True)
class Layout:
    """Widths of the columns in thousandths of the type size, lines a page holds, order of the columns."""

    widths: dict[str, int] = field(
        default_factory=lambda: {"code": 2400, "title": 13500, "explanation": 19000, "opinion": 6500}
    )
    page_lines: int = 30
    order: tuple[str, ...] = ORDER
    running_head: str = ""


def printed(rows: list[SheetRow], layout: Layout, total: tuple[str, ...] = ()) -> list[Paragraph]:
    """The text layer as lines with their numbers."""
    text: list[str] = [layout.running_head, "", "", ""] if layout.running_head else []
    text += [" Tỉnh Mẫu ", ""]
    for name in layout.order:
        for line in HEADS[name]:
            text += [line + " ", ""]
    used = len(text) // 2
    for row in rows:
        cells = {name: _wrapped_cell(row, name, layout) for name in layout.order}
        while any(cells.values()):
            if used >= layout.page_lines:
                used = _new_page(text, layout)
            room = layout.page_lines - used
            here = {name: lines[:room] for name, lines in cells.items()}
            text += [part for line in _lines_of(here, layout) for part in (line, "")]
            used += max(len(lines) for lines in here.values())
            cells = {name: lines[room:] for name, lines in cells.items()}
    if total:
        text += [" TỔNG ĐIỂM " + " ".join(total) + "  ", ""]
    return _paragraphs(text)


def _new_page(text: list[str], layout: Layout) -> int:
    """End the page: without its last blank line, or with the running head. Returns the lines used on the new one."""
    if layout.running_head:
        text += ["", "", layout.running_head + "  ", ""]
        return 0
    assert text[-1] == ""
    text[-1] = "\f"
    return 0


def _paragraphs(text: list[str]) -> list[Paragraph]:
    out: list[Paragraph] = []
    fresh = False
    number = 0
    for line in text:
        if line == "\f":
            fresh = True
            continue
        number += 1
        out.append(Paragraph(" " + line if fresh else line, Place(line=number)))
        fresh = False
    return out


def _lines_of(cells: dict[str, list[str]], layout: Layout) -> list[str]:
    """The printed lines of one row on one page."""
    out: list[str] = []
    shared = False
    for name in layout.order:
        lines = cells[name]
        if not lines:
            if shared:
                out[-1] += " "
            continue
        if shared:
            out[-1] += lines[0] + " "
        else:
            out.append(lines[0] + " ")
        out += [line + " " for line in lines[1:]]
        shared = len(lines) == 1
    return out


def _wrapped_cell(row: SheetRow, name: str, layout: Layout) -> list[str]:
    if name == "code":
        return _cut(row.code, layout.widths["code"])
    if name == "explanation":
        return [line for text in row.explanations for line in wrapped(text, layout.widths[name])]
    if name in ("title", "opinion"):
        return wrapped(getattr(row, name), layout.widths[name])
    return [value] if (value := getattr(row, name)) else []


def _cut(code: str, width: int) -> list[str]:
    """A code broken between characters, as spreadsheet cells do."""
    lines = [""]
    for char in code:
        if lines[-1] and text_width(lines[-1] + char) > width:
            lines.append("")
        lines[-1] += char
    return lines


def wrapped(text: str, width: int) -> list[str]:
    """Greedy lines; a word may be broken after a hyphen inside it."""
    lines: list[str] = []
    for word in text.split():
        for number, part in enumerate(_parts(word)):
            joined = (lines[-1] + ("" if number else " ") + part) if lines else part
            if lines and text_width(joined) <= width:
                lines[-1] = joined
            else:
                lines.append(part)
    return lines


def _parts(word: str) -> list[str]:
    pieces = word.split("-")
    return [piece + "-" for piece in pieces[:-1] if piece] + ([pieces[-1]] if pieces[-1] else [])
