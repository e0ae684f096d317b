"""Numbers of papers that are misprinted: a stroke, a year, a kind or"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations
from typing import Any

from parindex.documents.arithmetic.findings import Severity, StatementFinding, StatementKind, Sure
from parindex.documents.arithmetic.references.named_papers import Named
from parindex.documents.citations.tokens import Piece, tokens
from parindex.documents.printed_text import folded

#: Symbols whose numbers bear the year: decrees and circulars, since the law of 1996 on legal papers.
_WITH_YEAR = re.compile(r"/(?:ND-CP|TT-[A-Z]{2,15}|TTLT-[A-Z-]{2,40})")
_FIRST_WITH_YEAR = 1997
#: On one day a body issues papers with numbers that are near each other.
_NEAR = 100
#: A body with more papers on one day has many numbers that are alike.
_MOST_OF_A_DAY = 20
#: Numbers with fewer digits are alike by chance.
_LEAST_DIGITS = 3


def lost_strokes(named: Sequence[Named]) -> Iterator[StatementFinding]:
    """ "1236QĐ-UBND" and "2270 QĐ-UBND": the stroke between number and symbol is missing."""
    for one in named:
        printed = one.passage.text[one.citation.start : one.citation.end]
        for token in tokens(printed):
            if token.piece is Piece.NUMBER and token.found["slashless"]:
                stated = printed[token.start : token.end]
                yield _finding(one, stated, one.citation.number, "stroke_lost")


def lost_years(named: Sequence[Named]) -> Iterator[StatementFinding]:
    """ "Nghị định số 108/NĐ-CP": numbers of decrees and circulars bear their year."""
    years: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in named:
        found = re.match(r"/((?:19|20)\d\d)(/.+)", one.series)
        if found is not None:
            years[one.digits, found[2]].add(found[1])
    for one in named:
        if not _WITH_YEAR.fullmatch(one.series) or (one.day is not None and one.day.year < _FIRST_WITH_YEAR):
            continue
        known = years[one.digits, one.series]
        year = str(one.day.year) if one.day is not None else next(iter(known)) if len(known) == 1 else ""
        number, _, symbol = one.citation.number.partition("/")
        whole = f"{number}/{year}/{symbol}" if year else ""
        sure = Sure.CERTAIN if year else Sure.LIKELY
        yield _finding(one, one.citation.number, whole, "year_lost" if year else "year_lost_unknown", sure)


def lost_kinds(named: Sequence[Named]) -> Iterator[StatementFinding]:
    """ "01/2018/VPCP" beside "01/2018/TT-VPCP": the kind of the paper is missing in its number."""
    longer: dict[str, dict[str, Named]] = defaultdict(dict)
    for one in named:
        found = re.fullmatch(r"(\d+[A-Z]?/(?:19|20)\d\d/)[A-Z]{2,4}-([A-Z]{2,15})", one.key)
        if found is not None:
            longer[found[1] + found[2]].setdefault(one.key, one)
    for one in named:
        if len(longer.get(one.key, ())) == 1:
            other = next(iter(longer[one.key].values()))
            yield _finding(one, one.citation.number, other.citation.number, "kind_lost", at=other.place)


def changed_digits(named: Sequence[Named]) -> Iterator[StatementFinding]:
    """Papers of one body and day whose numbers are far apart and differ by one digit, lost or misread: one paper with
    two numbers (436/UBND-KSTT and 4368/UBND-KSTT). The number that stands less often is told, the shorter in a draw.
    """
    groups: dict[tuple[str, date], list[Named]] = defaultdict(list)
    for one in named:
        if one.day is not None and one.digits.isdigit():
            groups[one.series, one.day].append(one)
    for group in groups.values():
        counts = Counter(one.digits for one in group)
        numbers = sorted(counts, key=lambda digits: (counts[digits], len(digits)))
        for rare, other in combinations(numbers[:_MOST_OF_A_DAY], 2):
            how = _how_alike(rare, other)
            one = next(each for each in group if each.digits == rare)
            usual = next(each for each in group if each.digits == other)
            if how and _one_issuer(one, usual):
                facts = {"at": usual.place, "day": one.day}
                yield _finding(one, one.citation.number, usual.citation.number, how, Sure.LIKELY, **facts)


def _how_alike(rare: str, other: str) -> str:
    """The name of the slip that makes one number of the other; "" where they may well be two papers."""
    if min(len(rare), len(other)) < _LEAST_DIGITS or abs(int(rare) - int(other)) < _NEAR:
        return ""
    if len(rare) == len(other):
        return "digit_changed" if sum(a != b for a, b in zip(rare, other, strict=True)) == 1 else ""
    short, long = sorted((rare, other), key=len)
    lost = len(long) - len(short) == 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
    return "digit_lost" if lost else ""


def _one_issuer(one: Named, other: Named) -> bool:
    """Whether two papers may come from the same body: districts number theirs each for itself."""
    names = {folded(each.citation.issuer) for each in (one, other)} - {""}
    return len(names) < 2


def _finding(
    one: Named, stated: str, found: str, why: str, sure: Sure = Sure.CERTAIN, **facts: Any
) -> StatementFinding:
    return StatementFinding(
        StatementKind.DOCUMENT_NUMBER, Severity.SLIP, sure, one.place, one.sentence, stated, found, why, facts
    )
