"""What an explanation prints of figures, read once: its counts with the words around them (``…: 178 TTHC``), its per
cents, and what does not add up in it. Figures and names are read by the checker of papers
(:mod:`~parindex.documents.arithmetic`), so that a flag and a report on a paper never read a number in two ways.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from parindex.documents.arithmetic.checked import check_passages, explanation_passages
from parindex.documents.arithmetic.findings import StatementFinding
from parindex.documents.arithmetic.passages import Passage
from parindex.documents.arithmetic.quantities.named_counts import counts
from parindex.domain.review.printed_figures import PrintedCount

_DIGIT = re.compile(r"\d")
#: Words before a name that do not change what is counted.
_TOTAL = re.compile(r"^(?:(?:tổng|số|tổng số|trong đó|và)\s)+")


@dataclass(frozen=True, slots=True)
class PrintedFigures:
    """The figures of an explanation, in reading order, and its statements that do not add up."""

    counts: tuple[PrintedCount, ...] = ()
    per_cents: tuple[Fraction, ...] = ()
    findings: tuple[StatementFinding, ...] = ()


_NONE = PrintedFigures()


def prints_figures(explanation: str) -> bool:
    """Whether there is anything to be read: a text without a digit prints no figure."""
    return _DIGIT.search(explanation) is not None


@lru_cache(maxsize=4096)  # one text stands in many sheets: units copy each other
def printed_figures(explanation: str) -> PrintedFigures:
    """What ``explanation`` prints of figures; nothing where it has no digit."""
    if not prints_figures(explanation):
        return _NONE
    passages = explanation_passages(explanation)
    return PrintedFigures(
        tuple(_counts(passages)),
        tuple(figure.readings[0] for passage in passages for figure in passage.figures if figure.percent),
        check_passages(passages).findings,
    )


def _counts(passages: Sequence[Passage]) -> Iterator[PrintedCount]:
    for passage in passages:
        for one in counts(passage):
            value = one.figure.readings[0]
            if one.unit and one.figure.over is None and value >= 0:
                name = " ".join(one.name.replace(",", " ").split())
                yield PrintedCount(_TOTAL.sub("", name), int(value), one.unit)
