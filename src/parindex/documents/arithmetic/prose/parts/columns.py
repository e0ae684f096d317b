"""Several totals over a list whose every entry tells as many figures: ``60 vụ, làm chết 33 người. Cụ thể: cao tốc 2
vụ, làm chết 1 người; quốc lộ 13 vụ, …``, ``259 lượt/316 người, trong đó thường xuyên 161 lượt/201 người; định kỳ 98
lượt/115 người``. Where one of the totals is the sum of its column, the list leaves nothing out, and the others must be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from parindex.documents.arithmetic.prose.counted_things import count_alike
from parindex.documents.arithmetic.prose.marked_text import COUNT, QUOTIENT, MarkedText
from parindex.documents.arithmetic.prose.part_lists import TO_PARTS, pieces
from parindex.documents.arithmetic.prose.parts.claims import Claim, Count, Says, as_part, clause, counts_in

_LINK = re.compile(rf"(?<!\w)(?:{TO_PARTS}|chia ra)(?: như sau)?\s?[:,]?\s|:\s")
_BEFORE = 420
_MOST_ROWS, _MOST_TOTALS = 40, 8
#: Two totals over two rows of two.
_FEWEST_COLUMNS, _FEWEST_FIGURES = 2, 6
#: A total below this is the sum of a column by accident.
_TELLING = 10
#: So many words before a figure and behind it name it.
_BESIDE = 3
_WORD = re.compile(r"[^\W\d_]+")


def columns(text: MarkedText) -> Iterator[list[Claim]]:
    """Totals of a sentence over the clauses behind "cụ thể", "trong đó"."""
    if text.text.count(COUNT) + 2 * text.text.count(QUOTIENT) < _FEWEST_FIGURES:
        return
    counts = counts_in(text)
    for found in _LINK.finditer(text.text):
        head = _between(counts, found.start() - _BEFORE, found.start())
        for rows in _rows(text, counts, found.end()) if len(head) > 1 else ():
            claims = column_claims(text, head, rows)
            if any(claim.says is Says.ALL for claim in claims):
                yield from ([claim] for claim in claims)
                return


def _rows(text: MarkedText, counts: Sequence[Count], start: int) -> Iterator[list[list[Count]]]:
    """The clauses behind a link, and its pieces between commas as far as each tells several figures."""
    _, end = text.period(start)
    cuts = [start, *(one.end() for one in re.finditer(";", text.text[start:end]))]
    cuts[1:] = [start + cut for cut in cuts[1:]]
    if 1 < len(cuts) <= _MOST_ROWS:
        yield [_between(counts, *span) for span in zip(cuts, [*cuts[1:], end], strict=True)]
    listed: list[list[Count]] = []
    for first, last in pieces(text.text, start, end):
        row = _between(counts, first, last)
        if len(row) < _FEWEST_COLUMNS:
            break
        listed.append(row)
    if len(listed) > 1:
        yield listed


def _between(counts: Sequence[Count], start: int, end: int) -> list[Count]:
    return [one for one in counts if start <= one.at < end]


def column_claims(text: MarkedText, totals: Sequence[Count], rows: Sequence[Sequence[Count]]) -> list[Claim]:
    """Each total with its column; where another one is the sum of its column, the list has all."""
    named = [one for one in totals[-_MOST_TOTALS:] if one.unit and not one.about]
    found: list[Claim] = []
    for total in named:
        column = [_cell(text, total, named, row) for row in rows]
        parts = tuple(as_part(text, one) for one in column if one is not None)
        if len(parts) > 1 and 2 * len(parts) > len(rows):
            found.append(Claim(total, parts, Says.SOME, whole_list=len(parts) == len(rows)))
    held = {claim.whole.at for claim in found if claim.sum.holds() and claim.whole.figure.value >= _TELLING}
    return [
        replace(claim, says=Says.ALL) if claim.whole_list and held - {claim.whole.at} else claim for claim in found
    ]  # fmt: skip


def _cell(text: MarkedText, total: Count, totals: Sequence[Count], row: Sequence[Count]) -> Count | None:
    """The figure of a row under a total: of those that count the same the one that is named like it."""
    own = [one for one in row if one.unit == total.unit and one.figure.over is None]
    alike = own if len(own) == 1 else [one for one in row if _counts(one, total)]
    rivals = [one for one in totals if one.unit == total.unit or (len(own) != 1 and _counts(one, total))]
    place = totals.index(total)
    if not alike and len(row) == len(totals):  # "161/201 người" below "259 lượt/316 người"
        return row[place] if row[place].figure.over is not None else None
    if len(alike) < 2 and len(rivals) < 2:
        return next(iter(alike), None)
    best = [(max(_shared(text, one, other) for other in rivals), one) for one in alike]
    named = [one for score, one in best if score and _shared(text, one, total) == score]
    if named or any(score for score, _ in best):
        return next(iter(named), None)
    return alike[rivals.index(total)] if len(alike) == len(rivals) else None


def _counts(one: Count, total: Count) -> bool:
    return bool(one.unit) and one.figure.over is None and count_alike(one.unit, total.unit)


def _shared(text: MarkedText, one: Count, other: Count) -> int:
    """How many of the words beside two figures are the same, besides what they count."""
    return len(_words_beside(text, one.at, one.unit) & _words_beside(text, other.at, other.unit))


@lru_cache(maxsize=256)
def _words_beside(text: MarkedText, at: int, unit: str) -> frozenset[str]:
    words = clause(text, at)
    before, _, behind = words.partition(text.text[at])
    beside = _WORD.findall(before)[-_BESIDE:] + _WORD.findall(behind)[: _BESIDE + 1]
    return frozenset(beside) - set(unit.split())
