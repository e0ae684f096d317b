"""Counts that a paragraph names first and then divides: "TTHC có phát sinh hồ sơ là 238 TTHC … tỷ lệ … 249/832"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from parindex.documents.arithmetic.figures import readings_of
from parindex.documents.arithmetic.findings import Severity, StatementFinding, StatementKind, Sure
from parindex.documents.arithmetic.passages import Passage
from parindex.documents.arithmetic.quantities.named_counts import (
    LEAST_WORDS,
    REACH,
    NamedCount,
    named_counts,
    telling_words,
    without_brackets,
)
from parindex.documents.arithmetic.references.named_papers import quoted

_NUMBER = r"\d{1,3}(?:\.\d{3}){1,3}|\d{1,9}"
_RATIO = re.compile(rf"(?<![\w/.,])(?P<part>{_NUMBER})\s?/\s?(?P<whole>{_NUMBER})(?![\w/]|[.,]\d)")
_PER_CENT = re.compile(
    r"[\s,;(=*×x100]{0,12}(?:đạt|chiếm|bằng|tỷ lệ|là|=)?[\s(:]{0,3}(?P<share>\d{1,3}(?:[.,]\d{1,3})?)\s?%"
)
#: What the label of a ratio begins with, and what parts its numerator from its base.
_RATE = re.compile(r"tỷ lệ|tỉ lệ", re.IGNORECASE)
_AGAINST = re.compile(r"\s(?:so với|trên|với|/)\s(?:tổng số |tổng |số )?", re.IGNORECASE)
#: Shares of words that two names of one thing have in common (of the shorter), and that two things have at most.
_SAME, _CLEARLY = Fraction(3, 4), Fraction(1, 8)
_MOST = 60


def parts_apart(passage: Passage) -> Iterator[StatementFinding]:
    """Counts of a paragraph that are other ones in the ratio made of them, where the other part is the same."""
    text = passage.text
    if "/" not in text or not _RATE.search(text):
        return
    ratios = [
        found for found in _RATIO.finditer(text) if _RATE.search(text, max(0, found.start() - REACH), found.start())
    ]
    if not ratios:
        return
    counted = named_counts(passage)
    for found in ratios[:_MOST]:
        names = _names(text, found.start())
        if names is None:
            continue
        part, whole = (_readings(found[name]) for name in ("part", "whole"))
        mine = [_named(counted, words, found.start()) for words in names]
        if None in mine or mine[0] is mine[1]:
            continue
        numerator, base = mine
        yield from _apart(passage, found, (numerator, part), (base, whole))


def _apart(
    passage: Passage, found: re.Match[str], first: tuple[NamedCount | None, set[Fraction]],
    second: tuple[NamedCount | None, set[Fraction]],
) -> Iterator[StatementFinding]:  # fmt: skip
    fits = [
        counted is not None and not values.isdisjoint(counted.figure.readings) for counted, values in (first, second)
    ]
    if fits == [False, True]:
        wrong, name = first[0], "part"
    elif fits == [True, False]:
        wrong, name = second[0], "whole"
    else:
        return
    if wrong is None:
        return
    figure = wrong.figure
    sure = Sure.CERTAIN if _speaks_for_ratio(passage.text, found) else Sure.LIKELY
    facts = {"ratio": f"{found['part']}/{found['whole']}"}
    yield StatementFinding(
        StatementKind.SAME_QUANTITY, Severity.WRONG_FIGURE, sure, passage.place_at(figure.start),
        quoted(passage.text, figure.start, figure.end), figure.text, found[name], "ratio_part_apart", facts,
    )  # fmt: skip


def _speaks_for_ratio(text: str, found: re.Match[str]) -> bool:
    """Whether the per cent behind a ratio is that of the ratio, so that the count named before it is the wrong one."""
    share = _PER_CENT.match(text, found.end())
    whole = max(_readings(found["whole"]))
    if share is None or not whole:
        return False
    value = 100 * max(_readings(found["part"])) / whole
    return any(abs(value - read) < Fraction(1, 10**places) for read, places in readings_of(share["share"]))


def _readings(printed: str) -> set[Fraction]:
    return {value for value, places in readings_of(printed) if not places}


def _names(text: str, start: int) -> tuple[frozenset[str], frozenset[str]] | None:
    """What the numerator and the base of the ratio at ``start`` are called: "Tỷ lệ giữa A so với B là"."""
    before = without_brackets(text[max(0, start - REACH) : start])
    begins = list(_RATE.finditer(before))
    if not begins:
        return None
    label = before[begins[-1].end() :]
    parts = _AGAINST.split(label)
    if len(parts) < 2 or re.search(r"[.;](?=\s)", label):
        return None
    words = telling_words(parts[0]), telling_words(" ".join(parts[1:]))
    return words if all(len(one) >= LEAST_WORDS for one in words) else None


def _named(counted: Sequence[NamedCount], words: frozenset[str], until: int) -> NamedCount | None:
    """The count before ``until`` that is called so, None where none or several may be meant."""
    ranked = sorted(
        ((_alike(one.words, words), -at, one) for at, one in enumerate(counted) if one.figure.start < until),
        key=lambda entry: entry[:2],
        reverse=True,
    )
    if not ranked or ranked[0][0] < _SAME or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _CLEARLY):
        return None
    return ranked[0][2]


def _alike(one: frozenset[str], other: frozenset[str]) -> Fraction:
    """Words in common, of all words of both (twice the common ones over the sum)."""
    return Fraction(2 * len(one & other), len(one) + len(other))
