"""Running text as it was written: lines that the layout broke joined again, each letter with its place.

A Word file has whole paragraphs; the text layer of a PDF has lines, perhaps with a blank line between any two, with
page breaks and footnotes in the middle of a sentence. A score sheet in flowing text has the cells of a row one after
the other, and the rows' codes tell where they begin.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby

from parindex.documents.arithmetic.figures import TextFigure, all_figures
from parindex.documents.citations.tokens import Token, tokens
from parindex.documents.papers import Block, Cell, Grid, Paragraph
from parindex.documents.score_sheets.explanations import split_explanations
from parindex.documents.score_sheets.lines import joint
from parindex.documents.score_sheets.printed_cells import around, printed_cells
from parindex.documents.score_sheets.text import sheet_reading
from parindex.domain.errors import Place

#: What begins an entry of a list, a section or a note; a dash that goes on with a range of years is none.
_ENTRY = re.compile(
    r"(?:[-–—+•*●▪▸](?!\d)|[-–]\s?(?=\d)|\d{1,3}[.)]\s|\d{1,2}(?:\.\d{1,2}){1,4}\.?\s+[^\W\d_a-zđ]|[a-zđ][.)]\s"
    r"|[IVX]{1,6}[.)]\s|(?:Điều|Chương|Phần|Mục|Bảng|Biểu|Phụ lục)\s[\dIVX]{1,4}\b)"
)
_NOTE = re.compile(r"\d{1,2}\s{0,2}(?=[^\W\d_]|\()")
_FINISHED = re.compile(r"[.;:!?…][)\"”’]?$")
#: Words that no sentence ends with: whatever line comes next goes on with it.
_BREAKS_OFF = re.compile(
    r"(?<!\w)(?:chiếm|đạt|là|và|của|với|bằng|tỷ lệ|từ|đến|trên|gồm|có|được|tăng|giảm|so với|tổng số|trong|tại|theo),?$",
    re.IGNORECASE,
)
#: A page number that stands alone on its line.
_PAGE_NUMBER = re.compile(r"(?:trang\s)?[-–]?\s?\d{1,4}\s?[-–]?(?:\s?/\s?\d{1,4})?", re.IGNORECASE)
_EMPHASIS = re.compile(r"(?<![\w*)])\*(?=[^\W\d])([^*\n]{1,400})\*(?!\w)")
_HEADING_MARK = re.compile(r"^#{1,6}\s+")
_CODE = re.compile(r"(?:[IVX]{1,4}\.)?\d{1,2}(?:\.\d{1,2}){0,4}\.?")
#: In broken text so many lines of a hundred go on in small letters.
_SMALL_BEGINNINGS = 25
_FEWEST_LINES = 8
#: Where no line is longer than one on a page, entries of lists say nothing of that; at least so many lines do.
_LONGEST_LINE, _FEWEST_SMALL = 130, 4
#: A line is full where it leaves less than this part of the column free (1/4).
_FREE = 4
#: Footnotes at the end of a page stand in the middle of a sentence: so many paragraphs are looked back.
_LOOK_BACK = 6
_LEAST_OPEN = 40
#: A cell with fewer words holds a figure or a name, no sentence.
_FEWEST_WORDS = 4
#: A paragraph that tells the parts of what the one before it counts.
_GOES_ON = re.compile(
    r"[-–+•*]?\s?(?:Trong (?:số )?đó|Trong số này|Cụ thể|Bao gồm|Gồm|Chia ra)(?: có| là)?\s?[,:]?\s(?=.{0,200}\d)"
)
_LONGEST_BEFORE = 4000
#: Columns of a table in which the code of an item may stand.
_CODE_COLUMNS = 3


@dataclass(frozen=True)
class Passage:
    """A paragraph: its text with single blanks, and where each of its printed lines begins in it. Every room of the
    checker reads its figures here.

    ``starts``: offsets in ``text``, rising, the first 0; ``places``: the place of the line from there, with the code
    of the item that the paragraph belongs to, where it stands under one. ``group``: passages with the same number
    follow each other in one cell or one stretch of prose.
    """

    text: str
    starts: tuple[int, ...]
    places: tuple[Place, ...]
    group: int = 0

    def place_at(self, offset: int) -> Place:
        """Where the letter at ``offset`` stands in the paper."""
        return self.places[bisect_right(self.starts, offset) - 1]

    @cached_property
    def pieces(self) -> tuple[Token, ...]:
        """The numbers of papers, days and places in papers that it names."""
        return tuple(tokens(self.text))

    @cached_property
    def figures(self) -> tuple[TextFigure, ...]:
        """Its figures in reading order, with the numbers that name something."""
        return tuple(all_figures(self.text, self.pieces))


def passages(blocks: Sequence[Block]) -> list[Passage]:
    """The running text of a paper in reading order: paragraphs, and the sentences in the cells of its tables."""
    if not any(isinstance(block, Grid) for block in blocks):
        sheet = sheet_reading([block for block in blocks if isinstance(block, Paragraph)])
        if sheet is not None:
            above, below = around(sheet)
            cells = [
                [_joined(lines) for lines in cell.paragraphs if any(line.text for line in lines)]
                for cell in printed_cells(sheet)
            ]
            return _numbered([_of_prose(above), *cells, _of_prose(below)])
    groups: list[list[Passage]] = []
    for is_prose, stretch in groupby(blocks, key=lambda block: isinstance(block, Paragraph)):
        run = list(stretch)
        if is_prose:
            groups.append(_of_prose([block for block in run if isinstance(block, Paragraph)]))
        else:
            for grid in run:
                groups.extend(_of_grid(grid) if isinstance(grid, Grid) else ())
    return _numbered(groups)


def with_what_goes_on(passages: Sequence[Passage]) -> list[Passage]:
    """The passages, those that go on with the one before ("Trong đó, …") joined to it."""
    out: list[Passage] = []
    for one in passages:
        if out and one.group == out[-1].group and _GOES_ON.match(one.text) and len(out[-1].text) < _LONGEST_BEFORE:
            before = out[-1]
            gap = len(before.text) + 1
            starts = (*before.starts, *(gap + start for start in one.starts))
            out[-1] = Passage(f"{before.text} {one.text}", starts, before.places + one.places, one.group)
        else:
            out.append(one)
    return out


def passage_of(text: str, place: Place) -> list[Passage]:
    """The paragraphs of a text that somebody types, all at one place."""
    lines = [Paragraph(line, place) for line in text.split("\n")]
    return _numbered([[_joined([line]) for line in lines if line.text.strip()]])


def _numbered(groups: Sequence[Sequence[Passage]]) -> list[Passage]:
    return [
        replace(passage, group=number)
        for number, group in enumerate(groups)
        for passage in group
        if passage.text
    ]  # fmt: skip


# --- prose ------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Layout:
    """How the lines of a stretch of prose were broken: ``width`` of the column, 0 where paragraphs stand whole;
    ``spaced``: blank lines stand between any two lines and tell nothing.
    """

    width: int = 0
    spaced: bool = False


@dataclass(slots=True)
class _Draft:
    lines: list[Paragraph] = field(default_factory=list)

    @property
    def last(self) -> str:
        return self.lines[-1].text

    @property
    def open(self) -> bool:
        """Whether the paragraph breaks off inside a sentence; what a footnote leaves unsaid is none."""
        if _NOTE.match(self.lines[0].text):
            return False
        return not _FINISHED.search(self.last) and sum(len(line.text) for line in self.lines) >= _LEAST_OPEN


def _of_prose(lines: Sequence[Paragraph]) -> list[Passage]:
    cleaned = [Paragraph(_clean(line.text), line.place) for line in lines]
    layout = _layout(cleaned)
    drafts: list[_Draft] = []
    apart = True
    for line in cleaned:
        if not line.text or (layout.width and _PAGE_NUMBER.fullmatch(line.text)):
            apart = apart or not (line.text or layout.spaced)
            continue
        draft = _goes_on_in(drafts, line.text, layout, apart)
        if draft is None:
            drafts.append(_Draft([line]))
        else:
            draft.lines.append(line)
        apart = False
    return [_joined(draft.lines) for draft in drafts]


def _clean(text: str) -> str:
    text = unicodedata.normalize("NFC", text).replace("\xa0", " ")
    text = " ".join(_HEADING_MARK.sub("", text).split())
    return _EMPHASIS.sub(r"\1", text) if "*" in text else text


def _layout(lines: Sequence[Paragraph]) -> _Layout:
    filled = [line.text for line in lines if line.text]
    small = sum(text[0].islower() and not _ENTRY.match(text) for text in filled)
    counted = len(filled)
    if small >= _FEWEST_SMALL and max(map(len, filled)) <= _LONGEST_LINE:
        counted = sum(_ENTRY.match(text) is None for text in filled)
    if len(filled) < _FEWEST_LINES or 100 * small < _SMALL_BEGINNINGS * counted:
        return _Layout()
    widths = sorted(map(len, filled))
    blanks = sum(not line.text for line in lines)
    return _Layout(widths[9 * len(widths) // 10], spaced=3 * blanks >= 2 * len(filled))


def _goes_on_in(drafts: Sequence[_Draft], text: str, layout: _Layout, apart: bool) -> _Draft | None:
    """The paragraph that a line goes on with; None where it begins one."""
    if not drafts or (_ENTRY.match(text) and not _in_range(drafts[-1].last, text)):
        return None
    small = text[0].islower() or text[0] in ",%);"
    before = drafts[-1]
    if _BREAKS_OFF.search(before.last) and text[0].isdigit():
        return before
    if small and not _FINISHED.search(before.last) and not _NOTE.match(before.lines[0].text):
        return before
    full = layout.width and _FREE * len(before.last) >= (_FREE - 1) * layout.width
    if full and not apart and (small or not _NOTE.match(text) or not _FINISHED.search(before.last)):
        return before
    if not small:
        return None
    return next((draft for draft in reversed(drafts[-_LOOK_BACK:]) if draft.open), None)


def _in_range(before: str, text: str) -> bool:
    """Whether a dash goes on with a range ("giai đoạn 2016" above "- 2020")."""
    return before[-1:].isdigit() and re.match(r"[-–]\s?\d", text) is not None


def _joined(lines: Sequence[Paragraph]) -> Passage:
    text, starts, places = "", [], []
    for line in lines:
        printed = _clean(line.text)
        if not printed:
            continue
        text += joint(text, printed)
        starts.append(len(text))
        places.append(line.place)
        text += printed
    return Passage(text, tuple(starts) or (0,), tuple(places) or (Place(),))


# --- cells ------------------------------------------------------------------------------------------------------------


def _of_grid(grid: Grid) -> Iterator[list[Passage]]:
    for row in grid.rows:
        code = next((cell.text.strip(". ") for cell in row[:_CODE_COLUMNS] if _CODE.fullmatch(cell.text)), None)
        for cell in row:
            if _is_sentence(cell):
                place = replace(cell.place, code=code) if code else cell.place
                texts = split_explanations(_clean_lines(cell.text))
                yield [Passage(text, (0,), (place,)) for text in texts if text]


def _clean_lines(text: str) -> str:
    return "\n".join(_clean(line) for line in text.split("\n"))


def _is_sentence(cell: Cell) -> bool:
    text = cell.text
    if cell.covered or cell.is_number or not any(letter.isdigit() for letter in text):
        return False
    return sum(any(letter.isalpha() for letter in word) for word in text.split()) >= _FEWEST_WORDS
