"""Random layouts of tables of other measurements: what a writer gets is a grid of cells with spans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from random import Random

from reportlab.lib.pagesizes import A3, landscape

from tests.papers.layout import GridCell, GridRow, LaidOut
from tests.papers.pdf_writer import write_pdf


@dataclass(frozen=True, slots=True)
class MeasuredLayout:
    """The choices of one draw; ``columns`` are the names of the columns from left to right."""

    columns: tuple[str, ...]
    heads: Mapping[str, str]
    mark: str = ","
    top: int = 0
    left: int = 0
    numbers: bool = False
    shares: bool = False
    per_cent: bool = False
    spanned: bool = False
    index_row: bool = False
    split_titles: str = ""
    merged_groups: bool = False
    rows_a_page: int = 0
    repeated_head: bool = False
    decomposed: bool = False
    widths: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A row before it is laid out: texts and figures by column; a heading fills the whole row."""

    cells: Mapping[str, str | Fraction | None]
    heading: bool = False


def decimal(value: Fraction, mark: str, places: int | None = None) -> str:
    """``value`` with a decimal mark, with ``places`` decimals or as few as it has."""
    digits = f"{float(value):.{2 if places is None else places}f}"
    if places is None:
        digits = digits.rstrip("0").rstrip(".")
    return digits.replace(".", mark)


def drawn(
    rng: Random, columns: Sequence[str], heads: Mapping[str, Sequence[str]], *, sheet: bool, numbers: bool, spans: bool
) -> MeasuredLayout:
    """What both kinds of tables draw."""
    return MeasuredLayout(
        columns=tuple(columns),
        heads={name: rng.choice(choices) for name, choices in heads.items()},
        mark=rng.choice((",", ".")),
        top=rng.randint(0, 4) if sheet else 0,
        left=rng.randint(0, 3) if sheet else 0,
        numbers=numbers and rng.random() < 0.6,
        shares=rng.random() < 0.3,
        per_cent=rng.random() < 0.5,
        spanned=rng.random() < 0.6,
        index_row=rng.random() < 0.2,
        split_titles=rng.choice(("", "lines", "rows")),
        merged_groups=spans and rng.random() < 0.4,
        rows_a_page=rng.choice((0, 0, 9, 14)),
        repeated_head=rng.random() < 0.7,
        decomposed=rng.random() < 0.15,
    )


def lay_out(
    rng: Random, layout: MeasuredLayout, head: list[GridRow], rows: Sequence[PrintedRow], before: list[str]
) -> LaidOut:
    """The table as pages of grid rows, with the prose before it and sometimes some after it."""
    paper = LaidOut(layout, before)  # type: ignore[arg-type]
    size = layout.rows_a_page or len(rows)
    for start in range(0, len(rows), size):
        page = list(head) if start == 0 or layout.repeated_head else []
        for row in rows[start : start + size]:
            page.extend(_row(rng, row, layout))
        paper.pages.append(page)
    if rng.random() < 0.5:
        paper.after = ["Nơi nhận: Như trên; Lưu: VT."]
    return paper


def _row(rng: Random, row: PrintedRow, layout: MeasuredLayout) -> list[GridRow]:
    if row.heading:
        return [_heading(row, layout)]
    cells = {name: _cell(row.cells.get(name), layout, name) for name in layout.columns}
    title = str(row.cells["title"])
    rest = ""
    if layout.split_titles and len(title) > 30 and rng.random() < 0.4:
        spaces = [at for at, letter in enumerate(title[:-8]) if letter == " " and at > 12 and title[at + 1].islower()]
        if spaces:
            at = rng.choice(spaces)
            title, rest = title[:at], title[at + 1 :]
    if rest and layout.split_titles == "lines":
        title, rest = f"{title}\n{rest}", ""
    cells["title"] = GridCell(title)
    out: list[GridRow] = [[cells[name] for name in layout.columns]]
    if rest:
        out.append([GridCell(rest if name == "title" else "") for name in layout.columns])
    return out


def _heading(row: PrintedRow, layout: MeasuredLayout) -> GridRow:
    """A heading over the whole row, or its numeral and its words in the cells of number and title."""
    label, title = str(row.cells["number"]), str(row.cells["title"])
    first = layout.columns[0]
    if layout.merged_groups:
        return [GridCell(f"{label}. {title}", across=len(layout.columns)), *[None] * (len(layout.columns) - 1)]
    texts = {"number": label, "title": title} if "number" in layout.columns else {first: f"{label}. {title}"}
    return [GridCell(texts.get(name, "")) for name in layout.columns]


def _cell(value: str | Fraction | None, layout: MeasuredLayout, name: str) -> GridCell:
    if value is None:
        return GridCell("")
    if isinstance(value, str):
        stored = layout.numbers and value.isdecimal() and name in ("number", "rank")
        return GridCell(value, stored)
    per_cent = name.startswith(("year", "difference"))
    if layout.numbers:
        shown = value / 100 if per_cent and layout.shares else value
        return GridCell(decimal(shown, ".", 4 if per_cent and layout.shares else None), True)
    text = decimal(value, layout.mark, 2 if per_cent else None)
    return GridCell(text + "%" if per_cent and layout.per_cent else text)


def write_measured_pdf(path: Path, paper: LaidOut, *, ruled: bool = True) -> None:
    """A wide page: these tables have up to fifteen columns."""
    widths = {name: 300.0 if name == "title" else 62.0 for name in paper.layout.columns}
    write_pdf(path, paper, widths, landscape(A3), ruled=ruled)
