"""How many bodies a province has: its departments, districts and communes are counted all over a paper, and each has
one number in a year.

Only statements of the whole are held against each other: the base of a ratio (125/129 UBND cấp xã), "tổng số", all of
them listed level by level. A ratio with a smaller base may be about a part of them, and says nothing.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from parindex.documents.arithmetic.findings import Severity, StatementFinding, StatementKind, Sure
from parindex.documents.arithmetic.passages import Passage
from parindex.documents.arithmetic.references.named_papers import quoted


class Body(StrEnum):
    """The bodies of a province, level by level."""

    DEPARTMENTS = "departments"
    DISTRICTS = "districts"
    COMMUNES = "communes"


_COMMITTEE = r"(?:ubnd|đvhc|đơn vị hành chính|[uủ][yỷ] ban nhân dân)"
_OF_PROVINCE = rf"(?:cấp tỉnh|thuộc {_COMMITTEE} tỉnh|thuộc tỉnh|của tỉnh|tỉnh)"
_NAMES = {
    Body.DEPARTMENTS: (
        rf"(?:(?:cqcm|cơ quan chuyên môn) {_OF_PROVINCE}"
        rf"|(?:đơn vị )?sở,? (?:ban,? )?ngành(?: và tương đương)?(?: {_OF_PROVINCE})?)"
    ),
    Body.DISTRICTS: rf"(?:{_COMMITTEE} cấp huyện|(?:{_COMMITTEE} )?(?:các )?huyện, thị xã(?:,| và) thành phố)",
    Body.COMMUNES: rf"(?:{_COMMITTEE} cấp xã|(?:{_COMMITTEE} )?(?:các )?xã, phường(?:,| và) thị trấn)",
}
_ONE = "|".join(f"(?P<{body}{{at}}>{pattern})" for body, pattern in _NAMES.items())
#: "ĐVHC cấp huyện, cấp xã" names two levels with one noun.
_GOES_ON = r"(?:,| và|, và)(?: các)? "
#: Begins with one of the letters that names begin with, so that others are passed over quickly.
_NAME = re.compile(rf"(?=[cđsuủhx])(?:các )?(?:{_ONE.format(at='')})(?!\w)")
_NEXT = re.compile(
    rf"{_GOES_ON}(?:{_ONE.format(at='')}|(?P<short_districts>cấp huyện)|(?P<short_communes>cấp xã))(?!\w)"
)
_NUMBER = r"\d{1,3}(?:\.\d{3})?"
_RATIO = rf"(?P<part>{_NUMBER})\s?/\s?(?P<whole>{_NUMBER})(?![\d/.,]\d|\d|/)"
_RATIO_BEFORE = re.compile(rf"(?<![\w/.,]){_RATIO}\)?(?: số| tổng số)?\s$")
_COUNT_BEFORE = re.compile(rf"(?<![\w/.,%])(?P<whole>{_NUMBER})\s$")
_RATIO_AFTER = re.compile(
    rf"\s?\({_RATIO}|(?:[^\d.;:()]{{0,60}}?(?: là|:))\s?{_RATIO.replace('part', 'p').replace('whole', 'w')}"
)
_COUNT_AFTER = re.compile(rf"(?:\s?:| là) ?(?P<whole>{_NUMBER})(?![\d/.,]\d|\d|\s?%|/)")
_TOTAL_BEFORE = re.compile(r"tổng số (?:các )?$")
_ALL_BEFORE = re.compile(
    rf"(?:100\s?%[^.;()]{{0,60}}\((?:[^.;()]{{0,80}},\s)?|(?:toàn bộ|tất cả) (?:các )?){_NUMBER}\s$"
)
#: What speaks of another time than the paper's.
_OTHER_TIME = re.compile(r"sáp nhập|sắp xếp|trước đây|trước khi|hợp nhất|giải thể|chia tách|giảm (?:còn|xuống)|cũ\b")
_LOOK_BACK = 180
_FEWEST_AGREEING = 3
_FEWEST_FOR_SUMS = 2
_MOST_TOLD = 20

Bodies = frozenset[Body]


@dataclass(frozen=True, slots=True)
class Told:
    """A statement about how many of ``bodies`` there are; ``listed``: it stands in a list of levels, so that it is one
    of the whole only where the others of the list are.
    """

    bodies: Bodies
    count: int
    passage: Passage
    start: int
    end: int
    file: int
    total: bool = False
    listed: bool = False


def told_in(passage: Passage, file: int) -> Iterator[Told]:
    """What a passage says of the number of bodies."""
    text = passage.text.lower()
    if len(text) != len(passage.text):  # a letter that is two in small: places would be off
        return
    at = 0
    while (found := _NAME.search(text, at)) is not None:
        bodies, end = _bodies(text, found)
        at = end
        before = text[max(0, found.start() - _LOOK_BACK) : found.start()]
        named = passage, found.start(), end, file
        told = _told_before(bodies, before, named) or _told_after(bodies, text, before, named)
        if told is not None:
            yield told


def _bodies(text: str, found: re.Match[str]) -> tuple[Bodies, int]:
    bodies = {body for body in Body if found[body.value]}
    end = found.end()
    while (more := _NEXT.match(text, end)) is not None:
        bodies |= {body for body in Body if more[body.value] or more.groupdict().get(f"short_{body.value}")}
        end = more.end()
    return frozenset(bodies), end


def _told_before(bodies: Bodies, before: str, named: tuple[Passage, int, int, int]) -> Told | None:
    passage, start, end, file = named
    ratio = _RATIO_BEFORE.search(before)
    if ratio is not None:
        return Told(bodies, _number(ratio["whole"]), passage, start - len(before) + ratio.start(), end, file)
    count = _COUNT_BEFORE.search(before)
    if count is None:
        return None
    whole = _ALL_BEFORE.search(before) is not None
    begin = start - len(before) + count.start()
    return Told(bodies, _number(count["whole"]), passage, begin, end, file, listed=not whole)


def _told_after(bodies: Bodies, text: str, before: str, named: tuple[Passage, int, int, int]) -> Told | None:
    passage, start, end, file = named
    ratio = _RATIO_AFTER.match(text, end)
    if ratio is not None:
        return Told(bodies, _number(ratio["whole"] or ratio["w"]), passage, start, ratio.end(), file)
    count = _COUNT_AFTER.match(text, end)
    if count is None or not _TOTAL_BEFORE.search(before):
        return None
    return Told(bodies, _number(count["whole"]), passage, start, count.end(), file, total=True)


def _number(printed: str) -> int:
    return int(printed.replace(".", ""))


def numbers_apart(told: Sequence[Told]) -> Iterator[tuple[int, StatementFinding]]:
    """The statements that contradict what most others say, each with the file that it stands in."""
    told = [one for one in told if not _of_other_time(one)]
    usual = _usual(told)
    for one in islice((one for one in told if _contradicts(one, told, usual)), _MOST_TOLD):
        expected = [usual[body] for body in Body if body in one.bodies]
        whole = sum(count for count, _ in expected)
        printed = one.passage.text[one.start : one.end]
        facts = {
            "addends": " + ".join(str(count) for count, _ in expected),
            "at": expected[0][1].passage.place_at(expected[0][1].start),
        }
        why = "bodies_sum_apart" if len(expected) > 1 else "bodies_apart"
        stated = next((part for part in re.findall(rf"{_NUMBER}", printed) if _number(part) == one.count), "")
        yield one.file, StatementFinding(
            StatementKind.SAME_QUANTITY, Severity.WRONG_FIGURE, Sure.LIKELY, one.passage.place_at(one.start),
            quoted(one.passage.text, one.start, one.end), stated, str(whole), why, facts,
        )  # fmt: skip


def _of_other_time(one: Told) -> bool:
    sentence = quoted(one.passage.text, one.start, one.end)
    return bool(_OTHER_TIME.search(sentence.lower()))


def _usual(told: Sequence[Told]) -> Mapping[Body, tuple[int, Told]]:
    """The number of each sort of body that most passages give, where it is clear."""
    counts: dict[Body, dict[int, dict[int, Told]]] = defaultdict(lambda: defaultdict(dict))
    for one in told:
        if len(one.bodies) == 1:
            counts[next(iter(one.bodies))][one.count].setdefault(id(one.passage), one)
    usual = {}
    for body, by_count in counts.items():
        ranked = sorted(by_count, key=lambda count: len(by_count[count]), reverse=True)
        most = len(by_count[ranked[0]])
        second = len(by_count[ranked[1]]) if len(ranked) > 1 else 0
        if most >= _FEWEST_FOR_SUMS and most > second:
            usual[body] = ranked[0], next(iter(by_count[ranked[0]].values()))
    return usual


def _contradicts(one: Told, told: Sequence[Told], usual: Mapping[Body, tuple[int, Told]]) -> bool:
    """Whether a statement says more bodies than there are, or another total; a list is believed to be of all bodies
    where another level of it is.
    """
    if not one.bodies <= usual.keys():
        return False
    expected = sum(usual[body][0] for body in one.bodies)
    if one.count == expected or (one.count < expected and not one.total):
        return False
    if len(one.bodies) == 1 and _agreeing(one, told, expected) < _FEWEST_AGREEING:
        return False
    return not one.listed or _others_are_whole(one, told, usual)


def _agreeing(one: Told, told: Sequence[Told], expected: int) -> int:
    """How many passages give the number that is expected."""
    return len({id(other.passage) for other in told if other.bodies == one.bodies and other.count == expected})


def _others_are_whole(one: Told, told: Sequence[Told], usual: Mapping[Body, tuple[int, Told]]) -> bool:
    near = [
        other
        for other in told
        if other.passage is one.passage and other is not one and abs(other.start - one.start) < _LOOK_BACK
    ]
    fits = Counter(
        other.count == sum(usual[body][0] for body in other.bodies) for other in near if other.bodies <= usual.keys()
    )
    return fits[True] > 0 and fits[False] == 0
