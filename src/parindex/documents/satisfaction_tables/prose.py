"""What the prose of a paper says of its satisfaction table: the figure of the whole, its change, counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from parindex.documents.printed_text import folded
from parindex.documents.running_text import RunningText
from parindex.domain.survey.satisfaction_tables.printed_table import RowLevel, SatisfactionTable, Stated
from parindex.domain.values import parse_number

_PER_CENT = r"(\d{1,3}[.,]\d{1,3})\s?%"
#: "Mức độ hài lòng … nói chung năm 2024 của tỉnh đạt 82,96%".
_WHOLE = re.compile(
    r"\b(?:noi chung|chi so (?:hai long|sipas)|sipas|hai long chung)\b[^.;%]{0,120}?\bdat\s+" + _PER_CENT
)
_CHANGE = re.compile(rf"^[^.%]{{0,60}}?\b(tang|giam)\s+{_PER_CENT}")
_BEFORE = re.compile(rf"so voi nam\s+((?:19|20)\d\d)\s*\(\s*(?:dat )?{_PER_CENT}")
_YEAR = re.compile(r"\bnam\s+((?:19|20)\d\d)\b")
_GROUPS = re.compile(r"\b(\d{1,2})\s+nhom tieu chi\b")
#: "gồm 39 tiêu chí thuộc 09 nhóm", "09 nhóm với 39 tiêu chí".
_ITEMS = (
    re.compile(
        r"\b(?P<items>\d{1,3}) tieu chi,? (?:cu the )?(?:thuoc|cua|trong|nam trong|duoc chia)\b"
        r"[^.;\d]{0,40}\d{1,2} nhom\b"
    ),
    re.compile(r"\b\d{1,2} nhom(?: tieu chi)?,? (?:va|voi|gom|bao gom)\b[^.;\d]{0,20}\b(?P<items>\d{1,3}) tieu chi\b"),
)
_NAME = 100
_FEWEST_WORDS = 3
_OVERLAP = 0.5
_MOVED = re.compile(
    r"\b(\d{1,3})\s*/\s*(\d{1,3})\s+tieu chi\b[^.;]{0,60}?(?<!hoac )(?<!va )\b(tang|giam)\b"
    r"(?!,? (?:hoac |va )?(?:tang|giam))"
)


def stated(text: RunningText, table: SatisfactionTable) -> tuple[Stated, ...]:
    """The statements about the table in the text around it, in reading order."""
    found = [*_of_the_whole(text, table), *_counts(text, table)]
    return tuple(found)


def _number(text: str) -> Fraction:
    return parse_number(text)


def _of_the_whole(text: RunningText, table: SatisfactionTable) -> Iterator[Stated]:
    for found in text.find(_WHOLE):
        sentence = text.sentence(found.start(), found.end())
        if re.search(
            r"\bnhom\b|\btieu chi\b|tinh, thanh pho|ca nuoc|toan quoc", sentence[-(found.end() - found.start()) :]
        ):
            continue
        years = [int(year) for year in _YEAR.findall(sentence)]
        year = years[-1] if years else _latest(table)
        yield Stated("overall", _number(found[1]), text.place(found.start(1)), year)
        rest = text.plain[found.end() : found.end() + 300].replace("\n", " ")
        change = _CHANGE.match(rest)
        if change is not None and table.later is not None:
            at = text.place(found.end() + change.start(2))
            yield Stated("difference", _number(change[2]), at, year)
        before = _BEFORE.search(rest)
        if before is not None:
            yield Stated("overall", _number(before[2]), text.place(found.end() + before.start(2)), int(before[1]))


def _latest(table: SatisfactionTable) -> int | None:
    return max((year for year in table.years if year is not None), default=None)


def _counts(text: RunningText, table: SatisfactionTable) -> Iterator[Stated]:
    if not table.of(RowLevel.GROUP):
        return
    for found in text.find(_GROUPS):
        part = _part(text.plain[found.end() : found.end() + _NAME], table)
        yield Stated("groups", Fraction(int(found[1])), text.place(found.start()), part=part)
    for pattern in _ITEMS:
        for found in text.find(pattern):
            yield Stated("items", Fraction(int(found["items"])), text.place(found.start("items")))
    for found in text.find(_MOVED):
        place = text.place(found.start())
        yield Stated("items", Fraction(int(found[2])), place)
        if table.later is not None:
            yield Stated("rising" if found[3] == "tang" else "falling", Fraction(int(found[1])), place)


def _part(after: str, table: SatisfactionTable) -> int | None:
    """The part whose title the words after a count repeat; None where they repeat none, or two alike."""
    said = set(re.findall(r"\w+", re.split(r"[.;:]|\d", after)[0]))
    shares: list[tuple[float, int]] = []
    for at in table.of(RowLevel.PART):
        words = {word for word in re.findall(r"\w+", folded(table.rows[at].title)) if len(word) > 1}
        if len(words & said) >= _FEWEST_WORDS:
            shares.append((len(words & said) / len(words), at))
    best = sorted(shares, reverse=True)[:2]
    if not best or best[0][0] < _OVERLAP or (len(best) > 1 and best[0][0] == best[1][0]):
        return None
    return best[0][1]
