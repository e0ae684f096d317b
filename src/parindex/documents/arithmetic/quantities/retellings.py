"""A quantity that a paper tells twice, once misprinted: ``Phát hiện 311 tổ chức, cá nhân có sai phạm`` in the title and
``đã phát hiện 331 tổ chức, cá nhân có sai phạm`` in the text; ``hơn 3.800`` above and ``3.382`` below.

All pairs of figures that are a misprint or a rounding apart are tried over the whole paper, titles, sentences and
conclusions; the evidence (:mod:`~parindex.documents.arithmetic.quantities.told_evidence`) must say that the pair is no
accident in one of eight thousand papers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from parindex.documents.arithmetic.findings import Severity, StatementFinding, StatementKind, Sure
from parindex.documents.arithmetic.passages import Passage
from parindex.documents.arithmetic.quantities.told_evidence import Telling
from parindex.documents.arithmetic.quantities.told_figures import ToldFigure, is_title, told_figures
from parindex.documents.arithmetic.references.named_papers import quoted

#: The sentence that tells of a quantity with two values.
RETOLD = "quantity_told_twice"
#: Bits that make an accident improbable enough.
_ENOUGH = 13.0
#: Of figures that are alike so many are held against each other; of a paper so many are told.
_MOST_ALIKE, _MOST_TOLD = 40, 5
#: A figure that is rounded or told as known is held against so many below and above it.
_MOST_BESIDE = 20
#: Lines of a paper that name its year.
_HEAD = 8
#: What of a very long paper is read.
_MOST_FIGURES, _MOST_PAIRS = 4_000, 8_000


def retellings(passages: Sequence[Passage]) -> Iterator[StatementFinding]:
    """The figures that are a misprint of another of the same quantity, the surest first."""
    told = told_figures(passages)[:_MOST_FIGURES]
    telling = Telling(told, [one for one in passages[:_HEAD] if is_title(one)])
    ranked = sorted(
        ((telling.bits(one, two), one, two) for one, two in _pairs(told)), key=lambda entry: entry[0], reverse=True
    )
    said: set[str] = set()
    for bits, one, two in ranked:
        if bits < _ENOUGH or len(said) >= _MOST_TOLD:
            return
        odd, usual = (one, two) if telling.occurs(one, two) < telling.occurs(two, one) else (two, one)
        if odd.digits not in said and usual.digits not in said and not telling.is_rounded_right(one, two):
            said.add(odd.digits)
            yield _finding(odd, usual)


def _pairs(told: Sequence[ToldFigure]) -> list[tuple[ToldFigure, ToldFigure]]:
    """The pairs of figures that may be one misprint or a rounding apart, each once, in reading order."""
    alike: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(told):
        for key in _keys(one.digits):
            alike[key].append(at)
    together = (places[:_MOST_ALIKE] for places in alike.values() if len(places) > 1)
    pairs = {pair for places in together for pair in combinations(places, 2)}
    tried = {at for at, one in enumerate(told) if one.rounding or one.goes_back}
    by_value = sorted(range(len(told)), key=lambda at: told[at].figure.value) if tried else ()
    for rank, at in enumerate(by_value):
        if at in tried:
            beside = by_value[max(0, rank - _MOST_BESIDE) : rank + _MOST_BESIDE]
            pairs.update((min(at, other), max(at, other)) for other in beside if other != at)
    return [(told[first], told[second]) for first, second in sorted(pairs)[:_MOST_PAIRS]]


def _keys(digits: str) -> Iterator[str]:
    """What figures have in common of which digits changed places, one is another, or the mark moved."""
    yield "".join(sorted(digits))
    yield f"={digits.strip('0')}"
    for at in range(len(digits)):
        yield f"{digits[:at]}?{digits[at + 1 :]}"


def _finding(odd: ToldFigure, usual: ToldFigure) -> StatementFinding:
    figure, place = odd.figure, usual.passage.place_at(usual.figure.start)
    return StatementFinding(
        StatementKind.SAME_QUANTITY, Severity.WRONG_FIGURE, Sure.LIKELY, odd.passage.place_at(figure.start),
        quoted(odd.passage.text, figure.start, figure.end), figure.digits, usual.figure.digits, RETOLD,
        {"at": place},
    )  # fmt: skip
