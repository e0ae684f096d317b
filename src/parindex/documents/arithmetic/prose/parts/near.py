"""Wholes that the wording only hints at: ``138.139 doanh nghiệp. Theo khu vực: dịch vụ 99.548 doanh nghiệp …; công
nghiệp 36.652 …; nông nghiệp 2.029``, names with their counts in brackets, the same whole parted once more.

A list that stands only near a figure may belong to another one: every whole before it is tried with every beginning of
the list, and the judge counts how many that were.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from parindex.documents.arithmetic.misprints import digits_of
from parindex.documents.arithmetic.prose.counted_things import count_alike
from parindex.documents.arithmetic.prose.marked_text import COUNT, MARKS, MarkedText
from parindex.documents.arithmetic.prose.part_lists import OTHERS, TO_PARTS, Part, may_overlap_in
from parindex.documents.arithmetic.prose.parts.claims import LISTS_ALL, Claim, Count, Says, as_part, counts_in

#: What leads from a whole to its parts, a sentence or two behind it.
_LINK = re.compile(
    rf"(?<!\w)(?:{TO_PARTS}|chia (?:ra|theo|thành)|(?:phân )?theo [^.;:,()]{{2,40}}:"
    r"|(?<=[.;]\s)(?:nguồn [^\W\d_]{1,8}|cơ cấu|kết cấu|phân (?:bổ|khai|nguồn))(?: [^\W\d_]{1,8}){0,5}:)"
)
#: What begins a second way of parting what was told before.
_BY_KIND = re.compile(r"(?<=[.;]\s)(?:về|theo|phân theo|chia theo) (?!trình độ|lý luận)[^.;:,()\d]{2,30}:")
#: "trong số 896 đơn vị …, có 4 đơn vị …, 30 đơn vị … và 862 đơn vị".
_OF_ALL = re.compile(
    rf"(?<!\w)(?:trong|trên) (?:tổng )?số [^.;:(){MARKS}]{{0,40}}?(?P<t>{COUNT})"
    r"[^.;:()]{0,160}?,(?=\s(?:thì )?(?:có|đã có|gồm)\s)"
)
_BRACKET = re.compile(r"\((?=[^()]{4})")
#: "Nhật Bản (39 người), Đài Loan (46 người), Hàn Quốc (2 người)": names with their counts behind them.
_IN_BRACKETS = re.compile(
    rf"[^.;:(){MARKS}]{{2,60}}\({COUNT}[^(){MARKS}]{{0,30}}\)(?:,?[^.;:(){MARKS}]{{2,60}}\({COUNT}[^(){MARKS}]{{0,30}}\)){{2,12}}"
)
_COUNT_IN_BRACKETS = re.compile(rf"\({COUNT}[^(){MARKS}]{{0,30}}\)")
_FEWEST_BRACKETS = 3
#: How far before the link its whole stands, and behind it the last part.
_BEFORE, _BEHIND = 420, 700
#: Of the wholes before a link so many are tried with every beginning of the list; those farther away with all of it.
_NEAREST_WHOLES, _MOST_WHOLES = 2, 5
_MOST_PARTS = 8
#: A whole of so many digits fits no other figures by accident: it is tried with figures of other things, too.
_TELLING_WHOLE = 5
#: What parts a whole in a second way comes as near to it as a fifth.
_PARTED_NEARLY = 5


def near(text: MarkedText) -> Iterator[list[Claim]]:
    """For every place that may have the parts of a whole nearby, the ways to read it."""
    counts, moves = counts_in(text), counts_in(text, moves=True)
    if len(counts) + len(moves) < 3:
        return
    linked: list[list[Claim]] = []
    for found in _LINK.finditer(text.text):
        for among in (counts, moves):
            place = _place(among, found.start(), found.end(), found.end() + _BEHIND)
            claims = _claims(text, place)
            if among is moves and found[0] in LISTS_ALL:
                claims = [replace(claim, says=Says.ALL) if claim.whole_list else claim for claim in claims]
            yield claims
            yield from _second_ways(text, place)
            linked.append(claims)
    for found in _BY_KIND.finditer(text.text):
        yield _parted_again(text, counts, linked, found)
    for found in _OF_ALL.finditer(text.text):
        place = _place(counts, found.start("t") + 1, found.end(), text.period(found.end())[1])
        yield _claims(text, place)
        yield from _second_ways(text, place)
    for found in _IN_BRACKETS.finditer(text.text) if _has_counts_in_brackets(text.text) else ():
        claims = _claims(text, _place(counts, found.start(), found.start(), found.end()))
        if OTHERS.search(found[0][found[0].rfind(",") :]):
            claims = [replace(claim, says=Says.ALL) if claim.whole_list else claim for claim in claims]
        yield claims
    for found in _BRACKET.finditer(text.text):
        yield _claims(text, _place(counts, found.start(), found.end(), text.text.find(")", found.end())))


def _has_counts_in_brackets(text: str) -> bool:
    """Whether there are enough of them for a list: most texts have none, and cost no search."""
    few = text.count(f"({COUNT}") < _FEWEST_BRACKETS
    return not few and sum(1 for _ in _COUNT_IN_BRACKETS.finditer(text)) >= _FEWEST_BRACKETS


#: A count, and its value above and below the stroke.
_Amount = tuple[Count, int, int]


@dataclass(frozen=True, slots=True)
class _Place:
    """The figures before a link, the nearest first, and those behind it; neither where the other is not."""

    wholes: Sequence[Count]
    behind: Sequence[Count]


_NO_PLACE = _Place((), ())


def _place(counts: Sequence[Count], start: int, after: int, end: int) -> _Place:
    if not counts:
        return _NO_PLACE
    wholes = [one for one in counts if start - _BEFORE <= one.at < start and not one.about][-_MOST_WHOLES:]
    behind = [one for one in counts if after <= one.at < end and not one.about]
    return _Place(wholes[::-1], behind) if wholes and len(behind) > 1 else _NO_PLACE


def _claims(text: MarkedText, place: _Place) -> list[Claim]:
    """Every whole with every beginning of the list: of what has its unit, and where its digits tell enough of all at
    its scale.
    """
    out: list[Claim] = []
    amounts = _amounts(place.behind)
    known: dict[int, Part] = {}
    for number, whole in enumerate(place.wholes):
        below = _below(whole, amounts)
        telling = len(digits_of(whole.figure.digits)) > _TELLING_WHOLE
        for listed in (_alike(whole, below), _of_one_scale(whole, below)):
            shortest = 2 if number < _NEAREST_WHOLES else max(2 if telling else 3, min(len(listed), _MOST_PARTS))
            if len(listed) < shortest:
                continue
            parts = [
                known.get(id(one)) or known.setdefault(id(one), as_part(text, one)) for one in listed[:_MOST_PARTS]
            ]
            clauses = [_clause(text, one.at) for one in parts]
            for count in range(len(parts), shortest - 1, -1):
                if len(set(clauses[:count])) in (1, count):
                    whole_list = count == len(parts)
                    out.append(Claim(whole, parts[:count], Says.NEAR, tried=len(out) + 1, whole_list=whole_list))
    return out


def _parts(text: MarkedText, counts: Sequence[Count], known: dict[int, Part]) -> list[Part]:
    """Counts as parts; ``known``: those that were made for another whole."""
    for one in counts:
        if id(one) not in known:
            known[id(one)] = as_part(text, one)
    return [known[id(one)] for one in counts]


def _second_ways(text: MarkedText, place: _Place) -> Iterator[list[Claim]]:
    """Of a whole that one clause makes up the other clauses that should make it up, too: "612 người, trong đó 424
    người đúng ngành, 188 người trái ngành; thạc sĩ 65 người, đại học 547 người".
    """
    told = Counter(_clause(text, one.at) for one in place.behind)
    if sum(count > 1 for count in told.values()) < 2:
        return
    for whole in place.wholes:
        clauses: dict[tuple[int, int], list[Count]] = {}
        for one in place.behind:
            if one.figure.over is None and (not one.unit or count_alike(one.unit, whole.unit)):
                clauses.setdefault(_clause(text, one.at), []).append(one)
        lists = [
            several for (sentence, _), several in clauses.items()
            if len(several) > 1 and sentence == next(iter(clauses))[0]
            and len(several) == len(_below(whole, _amounts(several)))
        ]  # fmt: skip
        if len(lists) < 2:
            continue
        ways = [Claim(whole, tuple(as_part(text, one) for one in several), Says.ALL) for several in lists]
        if any(way.sum.holds() for way in ways):
            yield from ([way] for way in ways if way.sum.is_within(_PARTED_NEARLY))
            return


def _parted_again(
    text: MarkedText, counts: Sequence[Count], linked: Sequence[Sequence[Claim]], found: re.Match[str]
) -> list[Claim]:
    """A whole that one list has made up, parted once more behind "về đối tượng:": that list is to make it up, too."""
    parted = [claim for claims in linked for claim in [claim for claim in claims if claim.sum.holds()][:1]]
    before = [claim.whole for claim in parted if claim.whole.at < found.start() and claim.whole.unit]
    if not before:
        return []
    whole, (_, end) = before[-1], text.period(found.end())
    parts = _alike(whole, _below(whole, _amounts([one for one in counts if found.end() <= one.at < end])))
    if len(parts) < 2 or not are_one_list(text, parts) or may_overlap_in(text, found.end(), end):
        return []
    claim = Claim(whole, tuple(as_part(text, one) for one in parts), Says.ALL)
    return [claim] if claim.sum.is_within(_PARTED_NEARLY) else []


@lru_cache(maxsize=1024)
def _clause(text: MarkedText, at: int) -> tuple[int, int]:
    """Which sentence and which part of it between semicolons a figure stands in."""
    first, _ = text.period(at)
    return first, text.text.count(";", first, at)


def are_one_list(text: MarkedText, parts: Sequence[Count]) -> bool:
    """Whether parts stand in one clause or each in one of its own: of "chết 27 người, bị thương 16 người; chết 3 người,
    bị thương 9 người" no list has all.
    """
    clauses = [_clause(text, one.at) for one in parts]
    return len(set(clauses)) in (1, len(clauses))


def _alike(whole: Count, below: Sequence[Count]) -> list[Count]:
    """Those below it that count the same at the same scale; a figure without a unit has that of the others."""
    return [
        one for one in below
        if one.figure.scale == whole.figure.scale and (not one.unit or count_alike(one.unit, whole.unit))
    ]  # fmt: skip


def _of_one_scale(whole: Count, below: Sequence[Count]) -> list[Count]:
    """All below it at the scale of a whole that no sum meets by accident, whatever is said to be counted."""
    if len(digits_of(whole.figure.digits)) < _TELLING_WHOLE:
        return []
    return [one for one in below if one.figure.scale == whole.figure.scale]


def _amounts(counts: Sequence[Count]) -> list[_Amount]:
    """The counts that are no quotients, with their values: read once, held against several wholes."""
    values = ((one, one.figure.value) for one in counts if one.figure.over is None)
    return [(one, value.numerator, value.denominator) for one, value in values]


def _below(whole: Count, amounts: Sequence[_Amount]) -> list[Count]:
    value = whole.figure.value
    top, bottom = value.numerator, value.denominator  # whole numbers are compared many times as fast
    return [one for one, numerator, denominator in amounts if numerator * bottom < top * denominator]
