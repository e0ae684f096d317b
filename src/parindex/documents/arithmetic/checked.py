"""Checking papers: every room of the checker over every paper, and what several papers say against each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from parindex.documents.arithmetic import prose
from parindex.documents.arithmetic.bounded import bounded
from parindex.documents.arithmetic.findings import CheckedPaper, Found, StatementFinding
from parindex.documents.arithmetic.misprints import digits_of
from parindex.documents.arithmetic.passages import Passage, passage_of, passages
from parindex.documents.arithmetic.quantities import statements as quantities
from parindex.documents.arithmetic.quantities.amount_scales import RESCALED, TOLD_IN_TWO
from parindex.documents.arithmetic.quantities.other_years import ANOTHER_YEAR, TWO_YEARS
from parindex.documents.arithmetic.quantities.retellings import RETOLD
from parindex.documents.arithmetic.references import listed_papers
from parindex.documents.arithmetic.references import statements as references
from parindex.documents.arithmetic.tables import statements as tables
from parindex.documents.citations.composed_text import composed
from parindex.documents.papers import Block, Paragraph
from parindex.domain.errors import Place

#: Sentences of figures that are held against others; what another room says of such a figure goes before.
_ECHOES = (RETOLD, RESCALED, TOLD_IN_TWO, ANOTHER_YEAR, TWO_YEARS)
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
        found.append([*_rooms_of_text(text), listed_papers.find(blocks, text), tables.find(blocks, text=text)])
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
    told = sorted(_without_echoes(findings), key=_reading_order)
    return CheckedPaper(file, tuple(told), dict(sorted(counts.items())))


def _without_echoes(findings: Sequence[StatementFinding]) -> Iterator[StatementFinding]:
    """The findings without figures that are held against one which is itself shown to be wrong, or of which another
    finding says the same.
    """
    wrong = {_key(one.place, one.stated): one.found for one in findings if one.why not in _ECHOES}
    for one in findings:
        said = wrong.get(_key(one.place, one.stated))
        echo = one.why in _ECHOES and said is not None
        if one.why == RETOLD:
            echo = said == one.found or _key(one.facts["at"], one.found) in wrong
        if one.why in (RESCALED, TOLD_IN_TWO):
            echo = echo or _key(one.facts["at"], one.facts["other"]) in wrong
        if not echo:
            yield one


def _key(place: Place, figure: str) -> tuple[Place, str]:
    return place, digits_of(figure)


def _reading_order(finding: StatementFinding) -> tuple[int, int]:
    return finding.place.page or 0, finding.place.line or 0
