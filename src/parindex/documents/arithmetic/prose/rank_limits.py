"""Moves in rank that no list has room for: ``xếp thứ 55/63, tăng 12 bậc`` (from the 67th place), ``xếp thứ 5/63, giảm 8
bậc`` (from before the first), ``giảm 63 bậc`` among 63.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from parindex.documents.arithmetic.figures import TextFigure
from parindex.documents.arithmetic.findings import StatementFinding, StatementKind, Sure
from parindex.documents.arithmetic.prose.fitting import Fit
from parindex.documents.arithmetic.prose.marked_text import COUNT, MARKS, PER_CENT, QUOTIENT, MarkedText
from parindex.documents.arithmetic.prose.ranks import FALLS, MOVED, RANK, is_rank, pair_of
from parindex.documents.arithmetic.prose.statements import Checked, finding

#: What stands between a rank and its move: no other figure than its score, and no word that tells the rank of the other
#: year.
_BEFORE = re.compile(
    rf"(?P<rank>{QUOTIENT})(?P<gap>[^.;:{MARKS}]{{0,60}}"
    rf"(?:(?<!\w)(?:với|đạt|được)\s[^.;:{MARKS}]{{0,20}}[{COUNT}{PER_CENT}][^.;:{MARKS}]{{0,20}})?)$"
)
_BEHIND = re.compile(rf"[^.;:(]{{0,60}}?(?:,|\sđể|\svà)\s(?:xếp|đứng|đạt|ở)[^.;:(){MARKS}]{{0,30}}(?P<rank>{QUOTIENT})")
_OLD_RANK = re.compile(r"(?<!\w)(?:từ|năm trước|trước đó|trước đây|cùng kỳ)(?!\w)")
#: Lists of other bodies than those the paper ranks.
_OTHER_LIST = re.compile(
    r"(?<!\w)(?:xã|phường|thị trấn|quốc gia|thế giới|toàn cầu|doanh nghiệp|trường|nước|huyện)(?!\w)"
)
#: The provinces before and after 2025; lists of some years lack a few.
_PROVINCES, _FEWER_PROVINCES = 63, 34
_NEARLY_ALL = 55
_FEWEST = 10
_BACK = 160
_RANKED = re.compile(r"thứ|hạng|xếp|vị trí|đứng")


def rank_limits(texts: Sequence[MarkedText]) -> Iterator[tuple[MarkedText, Checked]]:
    """Every move that is farther than the longest list of the paper, or that leads from a place outside its list."""
    last = max((base for text in texts for base in _bases(text)), default=0)
    if last < _FEWEST:
        return
    for text in texts:
        for found in MOVED.finditer(text.text):
            by = text.figure(found.start("c"))
            first, end = text.sentence(found.start())
            if found["not"] or not is_rank(by):
                continue
            if by.readings[0] >= _most(last) and not _OTHER_LIST.search(text.text[first:end].replace("cả nước", "")):
                told = _told(text, found, by, "rank_move_too_far", str(last))
                yield text, Checked("differences", Fit.WRONG, found.start(), found.end(), told)
                continue
            outside = _from_outside(text, found, by)
            if outside is not None and pair_of(text, found) is None:
                yield text, Checked("differences", Fit.WRONG, found.start(), found.end(), outside)


def _bases(text: MarkedText) -> Iterator[int]:
    for found in RANK.finditer(text.text):
        figure = text.figure(found.start("rank"))
        # "đạt 85/100 điểm" is no rank.
        if figure.over is not None and is_rank(figure) and is_rank(figure.over) and _RANKED.search(found[0]):
            yield int(figure.over.readings[0])


def _most(last: int) -> int:
    """The longest list that one of so many may have been in another year."""
    if last == _FEWER_PROVINCES or _NEARLY_ALL <= last <= _PROVINCES:
        return _PROVINCES
    return last + 1 + last // 10


def _from_outside(text: MarkedText, moved: re.Match[str], by: TextFigure) -> StatementFinding | None:
    """What is wrong with the move to the rank that stands right beside it."""
    first, end = text.sentence(moved.start())
    before = _BEFORE.search(text.text, max(first, moved.start() - _BACK), moved.start())
    behind = _BEHIND.match(text.text, moved.end(), end)
    found = before or behind
    if found is None or (before is not None and behind is not None):
        return None
    if before is None and RANK.search(text.text, text.period(moved.start())[0], moved.start()):
        return None  # "xếp thứ 58/63; giảm 26 hạng, xếp thứ 12/13 trong vùng": the place before it is what fell
    if _OLD_RANK.search(text.text[max(first, found.start("rank") - 40) : found.start("rank")]) or (
        before is not None and _OLD_RANK.search(before["gap"])
    ):
        return None
    if not any(one.start("rank") == found.start("rank") for one in RANK.finditer(text.text, first, end)):
        return None
    new = text.figure(found.start("rank"))
    if new.over is None or not is_rank(new) or not is_rank(new.over):
        return None
    rank, base, places = int(new.readings[0]), int(new.over.readings[0]), int(by.readings[0])
    rises = moved["dir"] not in FALLS
    if (rises and rank + places <= _most(base)) or (not rises and rank > places):
        return None
    facts = {"new": new.text.split("/")[0].strip(), "old": str(rank + places)}
    return _told(text, moved, by, "rank_rise_beyond" if rises else "rank_fall_beyond", new.over.digits, facts)


def _told(
    text: MarkedText, moved: re.Match[str], by: TextFigure, why: str, last: str, facts: dict[str, str] | None = None
) -> StatementFinding:
    return finding(
        text, moved.start(), moved.end(), StatementKind.RANK_CHANGE, why, at=moved.start("c"), sure=Sure.LIKELY,
        stated=by.digits, found="", facts={"last": last, **(facts or {})},
    )  # fmt: skip
