"""Totals behind their parts: ``cấp tỉnh 120 hồ sơ, cấp huyện 80 hồ sơ, tổng cộng 200 hồ sơ``, ``… 25,6 nghìn doanh
nghiệp quay trở lại hoạt động, nâng tổng số doanh nghiệp … lên 60,2 nghìn``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from parindex.documents.arithmetic.prose.counted_things import count_alike
from parindex.documents.arithmetic.prose.marked_text import COUNT, MARKS, MarkedText
from parindex.documents.arithmetic.prose.parts.claims import Claim, Count, Says, as_part, counts_in
from parindex.documents.arithmetic.prose.parts.plain import is_announced, is_plain

_TOTALS = (
    re.compile(
        rf"(?:[,;:=(]|(?<!\w)và)\s?(?:(?:nâng )?tổng(?: cộng| số| là)?|cộng(?! dồn)|l[uũ][yỹ] kế|cộng dồn)"
        rf"(?:(?: có| là| số|:)|[^.;:(){MARKS}]{{0,60}}?(?:là|lên|:))?\s?(?P<t>{COUNT})"
    ),
    re.compile(rf"(?<!\w)tổng cộng(?: là| có|:)?\s?(?P<t>{COUNT})"),
    re.compile(
        rf"(?<!\w)(?:(?:nâng|đưa) )?(?:tổng|lũy kế|cộng dồn)"
        rf"(?:[^.;:(]{{0,140}}?(?<!\w)(?:là|lên|đạt|có|được)|[^.;:(]{{0,60}}:)"
        rf"\s(?P<t>{COUNT})"
    ),
    # "tổng chi 4,8 tỷ đồng", "tổng 3 tháng 365 hồ sơ", "… trên tổng số 20 sở"
    re.compile(
        rf"(?:[,;]|(?<!\w)và)\s?(?:tổng|cả (?:hai|ba|bốn))"
        rf"(?: [^\W\d_]{{2,10}}){{0,4}}(?: {COUNT}(?: [^\W\d_]{{2,10}}){{1,3}})?"
        rf" (?P<t>{COUNT})"
    ),
    re.compile(rf"(?:trên|trong)(?: tổng)? số (?P<t>{COUNT})"),
)
_PARTED = re.compile(r"trong đó|gồm|cụ thể")
_RAISES = re.compile(r"(?<!\w)(?:nâng|đưa)(?!\w)")
_IN_ALL = "tổng cộng"
#: A kind of which there is none is told only where all kinds are: "14 sở loại Tốt, 5 sở loại Khá, không sở nào Yếu".
_NONE = re.compile(r"(?:,|\svà)\s(?:không|chưa) có [^.;:(),]{2,60}$")
_BEFORE = 700
_MOST_PARTS = 15
#: Of the figures before a total, so many are tried two by two and three by three, and runs of so many.
_NEAREST_PARTS, _LONGEST_RUN = 4, 8


def totals(text: MarkedText) -> Iterator[list[Claim]]:
    """For every total the ways to read what it adds up."""
    counts = counts_in(text)
    if len(counts) < 3:
        return
    seen: set[int] = set()
    for pattern in _TOTALS:
        for found in pattern.finditer(text.text):
            at = found.start("t")
            whole = next((one for one in counts if one.at == at), None)
            if at not in seen and whole is not None and whole.unit:
                seen.add(at)
                is_raised = _RAISES.search(found[0]) is not None
                clause = list(_of_clause(text, counts, whole, found))
                is_all = any(is_plain(text, claim) for claim in clause)
                yield clause if is_all else [*clause, *_of_nearest(text, counts, whole, is_raised)]


def _of_clause(text: MarkedText, counts: Sequence[Count], whole: Count, found: re.Match[str]) -> Iterator[Claim]:
    """All that its sentence counts before it, where it counts nothing else."""
    first, _ = text.period(found.start())
    is_parted = _PARTED.search(text.text, first, found.start()) is not None
    before = [one for one in counts if first <= one.at < found.start()]
    alike = [one for one in before if _counts(text, one, whole.unit)]
    if 1 < len(alike) <= _MOST_PARTS:
        says = Says.ALL if _IN_ALL in found[0] or _NONE.search(text.text, alike[-1].at, found.start()) else Says.SOME
        parts = tuple(as_part(text, one) for one in alike)
        claim = Claim(whole, parts, says, whole_list=len(before) == len(alike))
        if not is_parted or is_announced(text, claim):  # "gồm 4 phần: 20 điểm, …; tổng 90 điểm"
            yield claim


def _counts(text: MarkedText, one: Count, unit: str) -> bool:
    """Whether a figure counts a unit, or ends its clause and so leaves the unit to another one."""
    return count_alike(one.unit, unit) or (not one.unit and text.text.startswith((",", ";", " và "), one.at + 1))


def _of_nearest(text: MarkedText, counts: Sequence[Count], whole: Count, is_raised: bool) -> Iterator[Claim]:
    """The last figures of its kind before it, and some of the last few; ``is_raised``: one of them raised it."""
    before = [
        one for one in counts
        if whole.at - _BEFORE <= one.at < whole.at and one.figure.over is None and not one.about
        and one.figure.value < whole.figure.value and one.figure.scale == whole.figure.scale
        and (not one.unit or count_alike(one.unit, whole.unit))
    ]  # fmt: skip
    runs: list[Sequence[Count]] = [before[-count:] for count in range(2, min(len(before), _LONGEST_RUN) + 1)]
    near = before[-_NEAREST_PARTS:]
    runs += [some for count in (2, 3) for some in combinations(near, count)]
    for number, run in enumerate(runs, start=1):
        parts = tuple(as_part(text, one) for one in run)
        says = Says.SOME if is_raised else Says.NEAR
        yield Claim(whole, parts, says, far=True, tried=number, whole_list=len(run) == len(before))
