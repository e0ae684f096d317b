"""Web pages (.html, .htm) as text: paragraphs and tables in the order of the page.

A table that only lays out the page is read as what stands in it. What is not shown (hidden, struck out) is left out
and named as a doubt; scripts, styles, pictures and whatever a page refers to are never looked at.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from parindex.documents.papers import Block, Paragraph
from parindex.documents.printed_text import clean
from parindex.documents.readers import limits
from parindex.documents.readers.docx_text import Doubts, refers_to_note
from parindex.documents.readers.html_marks import Tag, marks_of
from parindex.documents.readers.html_tables import Table, blocks_of
from parindex.documents.readers.text import decoded
from parindex.domain.errors import Place, Problem

Progress = Callable[[int, int], None]

_ENTITY = re.compile(r"<!ENTITY\s", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
#: Elements that stand in lines of their own.
_BLOCKS = frozenset(
    {
        *("p", "div", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote"),
        *("section", "article", "header", "footer", "main", "nav", "aside", "address", "figure", "figcaption", "hr"),
        *("form", "fieldset", "details", "summary", "center", "body", "html", "caption"),
    }
)
#: Elements whose contents are not shown.
_UNSEEN = frozenset({"head", "template", "noscript", "svg", "math", "object", "audio", "video", "canvas", "select"})
_STRUCK = frozenset({"s", "strike", "del"})
_WITHOUT_END = frozenset({"br", "hr", "img", "input", "meta", "link", "col", "wbr", "area", "base", "embed", "source"})
_HIDDEN_STYLE = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.IGNORECASE)
#: Tables in tables in tables: deeper ones are text of their cell.
_DEEPEST = 12
_TOLD_EVERY = 1 << 14


def read(path: Path, data: bytes, progress: Progress | None = None) -> tuple[list[Block], list[Problem]]:
    """Paragraphs and tables of a page.

    Raises :class:`~parindex.domain.errors.InvalidInput`: ``not_text``, ``file_with_entities``, ``too_many_cells``,
    ``too_many_paragraphs``.
    """
    page, problems = decoded(path, data)
    if page.count("<") > limits.MAX_MARKS // 2:
        raise limits.refused(path, "too_many_paragraphs", limit=limits.MAX_PARAGRAPHS)
    if _ENTITY.search(page):
        raise limits.refused(path, "file_with_entities")
    lines = page.count("\n") + 1
    build = _Page(path)
    for count, (mark, line) in enumerate(marks_of(page)):
        build.take(mark, line)
        if progress is not None and count % _TOLD_EVERY == 0:
            progress(line, lines)
    blocks = build.finished()
    if progress is not None:
        progress(lines, lines)
    return blocks, [*problems, *build.doubts.problems()]


@dataclass(slots=True)
class _Page:
    """What has been read of a page: the blocks, the tables that are open, the words of the open paragraph."""

    path: Path
    blocks: list[Block] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    line: int = 1
    #: The element that hides what stands in it, how many of its name are open, and the doubt that tells of it.
    hiding: tuple[str, str] | None = None
    depth: int = 0
    raised: list[str] | None = None
    cells: int = 0
    paragraphs: int = 0
    #: Tables that are opened beyond the deepest.
    beyond: int = 0
    doubts: Doubts = field(default_factory=lambda: Doubts(Place()))

    def take(self, mark: Tag | str, line: int) -> None:
        """The next tag or text."""
        if self.hiding is not None:
            self._hidden(mark, self.hiding)
        elif isinstance(mark, str):
            self._text(mark, line)
        elif self._hides(mark):
            self.hiding, self.depth = (mark.name, self._doubt(mark)), 1
            self.doubts.place = Place(file=self.path.name, line=line)
        else:
            self._tag(mark, line)

    def finished(self) -> list[Block]:
        """Every block, with what the page left open closed."""
        self._end_paragraph()
        while self.tables:
            self._end_table()
        return self.blocks

    def _text(self, text: str, line: int) -> None:
        if self.raised is not None:
            self.raised.append(text)
            return
        if not self.words and text.strip():
            self.line = line + text[: len(text) - len(text.lstrip())].count("\n")
        if self.words or text.strip():
            self.words.append(_BLANKS.sub(" ", text))

    def _hidden(self, mark: Tag | str, hiding: tuple[str, str]) -> None:
        name, doubt = hiding
        if isinstance(mark, str):
            if doubt:
                self.doubts.add(doubt, mark)
        elif mark.name == name:
            self.depth += -1 if mark.closes else 1
            if self.depth == 0:
                self.hiding = None

    @staticmethod
    def _hides(tag: Tag) -> bool:
        if tag.closes or tag.name in _WITHOUT_END:
            return False
        unseen = tag.name in _UNSEEN or tag.name in _STRUCK
        return unseen or "hidden" in tag.attributes or bool(_HIDDEN_STYLE.search(tag.attributes.get("style", "")))

    @staticmethod
    def _doubt(tag: Tag) -> str:
        if tag.name in _STRUCK:
            return "struck_text_left_out"
        return "" if tag.name in _UNSEEN else "hidden_text_left_out"

    def _tag(self, tag: Tag, line: int) -> None:
        if tag.name == "sup":
            self._raised(tag, line)
        elif tag.name == "br":
            self.words.append("\n")
        elif tag.name in _BLOCKS:
            self._end_paragraph()
        elif tag.name == "table":
            self._end_paragraph()
            self._table(tag, line)
        elif self.tables and tag.name in ("tr", "td", "th", "tbody", "thead", "tfoot") and not self.beyond:
            self._end_paragraph()
            self._row_or_cell(tag, line)

    def _raised(self, tag: Tag, line: int) -> None:
        if not tag.closes:
            self.raised = []
        elif self.raised is not None:
            text, self.raised = "".join(self.raised), None
            if refers_to_note(text, "".join(self.words[-2:])):
                self.doubts.place = Place(file=self.path.name, line=line)
                self.doubts.add("note_mark_left_out", text)
            else:
                self._text(text, line)

    def _table(self, tag: Tag, line: int) -> None:
        if not tag.closes:
            if len(self.tables) < _DEEPEST:
                self.tables.append(Table(Place(file=self.path.name, line=line)))
            else:
                self.beyond += 1
        elif self.beyond:
            self.beyond -= 1
        elif self.tables:
            self._end_table()

    def _row_or_cell(self, tag: Tag, line: int) -> None:
        table = self.tables[-1]
        if tag.name in ("td", "th"):
            if tag.closes:
                table.end_cell()
            else:
                self._count_cells(1)
                table.begin_cell(tag.attributes, Place(file=self.path.name, line=line))
        elif tag.name == "tr" and not tag.closes:
            table.begin_row()
        else:
            table.end_row()

    def _end_paragraph(self) -> None:
        if self.raised is not None:  # a page that never closes it
            self.words.extend(self.raised)
            self.raised = None
        text = clean("".join(self.words))
        self.words = []
        if not text:
            return
        paragraph = Paragraph(text, Place(file=self.path.name, line=self.line))
        self.paragraphs += 1
        if self.paragraphs > limits.MAX_PARAGRAPHS:
            raise limits.refused(self.path, "too_many_paragraphs", limit=limits.MAX_PARAGRAPHS)
        if not (self.tables and self.tables[-1].add(paragraph)):
            self.blocks.append(paragraph)

    def _end_table(self) -> None:
        self._end_paragraph()
        table = self.tables.pop()
        self._count_cells(table.covered())
        if self.tables and self.tables[-1].add(table):
            return
        self.blocks.extend(blocks_of(table))

    def _count_cells(self, more: int) -> None:
        self.cells += more
        if self.cells > limits.MAX_CELLS:
            raise limits.refused(self.path, "too_many_cells", limit=limits.MAX_CELLS)
