"""Checking papers: every room of the checker over every paper, and what several papers say against each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from parindex.documents.arithmetic import prose
from parindex.documents.arithmetic.bounded import bounded
from parindex.documents.arithmetic.findings import CheckedPaper, Found, StatementFinding
from parindex.documents.arithmetic.passages import Passage, passage_of, passages
from parindex.documents.arithmetic.quantities import statements as quantities
from parindex.documents.arithmetic.references import statements as references
from parindex.documents.arithmetic.tables import statements as tables
from parindex.documents.citations.composed_text import composed
from parindex.documents.papers import Block, Paragraph
from parindex.domain.errors import Place

#: Called with (done, all): papers checked.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class PrintedPaper:
    """A paper as it was read: its file and its blocks (:func:`parindex.documents.formats.read_blocks`)."""

    file: str
    blocks: Sequence[Block]


def check_papers(papers: Sequence[PrintedPaper], progress: Progress | None = None) -> list[CheckedPaper]:
    """Every statement of the papers that does not add up, paper by paper in the order given, and those of one paper
    that another contradicts (said in the later one).

    Raises :class:`~parindex.domain.errors.InvalidInput`: ``paper_too_long``.
    """
    texts, found = [], []
    for done, paper in enumerate(papers, start=1):
        blocks = bounded(paper.file, paper.blocks)
        text = passages(blocks)
        texts.append(text)
        found.append([*_rooms_of_text(text), tables.find(blocks, text=text)])
        if progress is not None:
            progress(done, len(papers))
    for rooms, between in zip(found, quantities.find(texts), strict=True):
        rooms.append(between)
    return [_checked(paper.file, rooms) for paper, rooms in zip(papers, found, strict=True)]


def check_explanation(words: str, *, code: str = "") -> CheckedPaper:
    """What does not add up in the explanation of the item ``code``; quick enough to be asked while somebody types."""
    return check_passages(explanation_passages(words, code=code))


def check_passages(text: Sequence[Passage]) -> CheckedPaper:
    """What does not add up in paragraphs of one explanation."""
    return _checked("", [*_rooms_of_text(text), *quantities.find([text])])


def explanation_passages(words: str, *, code: str = "") -> list[Passage]:
    """The paragraphs of the explanation of the item ``code``, in composed letters and of bounded length."""
    place = Place(code=code or None)
    blocks = bounded("", [Paragraph(composed(words).text, place)])
    return [one for block in blocks if isinstance(block, Paragraph) for one in passage_of(block.text, place)]


def _rooms_of_text(text: Sequence[Passage]) -> Iterator[Found]:
    yield references.find(text)
    yield prose.find(text)


def _checked(file: str, rooms: Sequence[Found]) -> CheckedPaper:
    findings: list[StatementFinding] = []
    counts: Counter[str] = Counter()
    for found, checked in rooms:
        findings.extend(found)
        counts.update(checked)
    return CheckedPaper(file, tuple(sorted(findings, key=_reading_order)), dict(sorted(counts.items())))


def _reading_order(finding: StatementFinding) -> tuple[int, int]:
    return finding.place.page or 0, finding.place.line or 0
