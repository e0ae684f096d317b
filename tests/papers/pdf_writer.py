"""A laid-out paper as a PDF with a ruled table, through reportlab and a font that has the Vietnamese letters."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle
from reportlab.platypus.flowables import Flowable

from tests.papers.layout import GridRow, LaidOut

_FONT = "DejaVuSerifCondensed"
_WIDTHS = {"code": 45, "title": 220, "points": 50, "note": 60, "lead": 60, "evidence": 60}


@cache
def paper_style() -> ParagraphStyle:
    """The one style of these papers, with the vendored font registered."""
    pdfmetrics.registerFont(TTFont(_FONT, Path(__file__).parent / "fonts" / "DejaVuSerifCondensed.ttf"))
    return ParagraphStyle("paper", fontName=_FONT, fontSize=10, leading=12)


def write_pdf(
    path: Path,
    paper: LaidOut,
    widths: Mapping[str, float] = _WIDTHS,
    size: tuple[float, float] = A4,
    *,
    ruled: bool = True,
) -> None:
    """Pages of a size (A4); the table breaks where the page ends, and a title may go on on the next page.

    Without lines (not ``ruled``) only the places on the page show what stands in which column.
    """
    style = paper_style()
    parts: list[Flowable] = [Paragraph(escape(line), style) for line in paper.before]
    parts.append(Spacer(1, 8))
    for number, page in enumerate(paper.pages):
        if number:
            parts.append(PageBreak())
        parts.append(_table(paper, page, widths, ruled=ruled))
    parts.append(Spacer(1, 8))
    parts.extend(Paragraph(escape(line), style) for line in paper.after)
    SimpleDocTemplate(str(path), pagesize=size).build(parts, onFirstPage=page_number, onLaterPages=page_number)


def _table(paper: LaidOut, page: list[GridRow], widths: Mapping[str, float], *, ruled: bool) -> Table:
    style = [("VALIGN", (0, 0), (-1, -1), "TOP"), *([("GRID", (0, 0), (-1, -1), 0.5, colors.black)] if ruled else [])]
    for r, row in enumerate(page):
        for c, cell in enumerate(row):
            if cell is not None and (cell.across > 1 or cell.down > 1):
                style.append(("SPAN", (c, r), (c + cell.across - 1, r + cell.down - 1)))
    cells = [["" if cell is None else _cell(cell.text) for cell in row] for row in page]
    return Table(cells, colWidths=[widths[name] for name in paper.layout.columns], style=TableStyle(style))


def _cell(text: str) -> Paragraph:
    return Paragraph(escape(text).replace("\n", "<br/>"), paper_style())


def page_number(canvas: object, document: object) -> None:
    """The number of the page in its bottom margin."""
    canvas.setFont("Helvetica", 9)  # type: ignore[attr-defined]
    canvas.drawCentredString(A4[0] / 2, 20, str(document.page))  # type: ignore[attr-defined]
