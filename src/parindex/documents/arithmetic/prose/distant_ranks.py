"""Moves in rank of which one rank stands a sentence earlier: ``xếp thứ 21/63 … So với năm 2022 (xếp thứ 30/63), tỉnh
tăng 9 bậc``; or both: ``Năm 2024 xếp thứ 18/63. Năm 2023 xếp thứ 27/63. Như vậy, tỉnh tăng 9 bậc``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from parindex.documents.arithmetic.figures import TextFigure, in_form_of
from parindex.documents.arithmetic.findings import StatementKind, Sure
from parindex.documents.arithmetic.prose.fitting import Fit
from parindex.documents.arithmetic.prose.marked_text import COUNT, NAME, PER_CENT, QUOTIENT, MarkedText
from parindex.documents.arithmetic.prose.ranks import BEFORE, FALLS, MOVED, RANK, is_rank, pair_of, year_of
from parindex.documents.arithmetic.prose.statements import Checked, finding

_ANY = f"[{COUNT}{QUOTIENT}{NAME}]"
#: "So với năm 2022 (84,10%, xếp thứ 30/63)", "so với năm 2022 (thứ 30)", "so với vị trí thứ 30/63 năm 2022".
_AGAINST = re.compile(
    rf"so với[^.;()]{{0,60}}?\((?P<inside>[^()]{{0,40}}?(?:thứ|hạng|vị trí)\s(?:thứ )?(?P<old>{_ANY})[^()]{{0,40}})\)"
    rf"|so với (?:vị trí|thứ hạng|hạng) (?:thứ )?(?P<bare>{_ANY})"
)
#: What may be ranked: the rank of one is not that of another.
_INDEX = re.compile(r"(?<!\w)(?:sipas|par index|papi|pci|ddci|dti|hài lòng|chuyển đổi số|cải cách hành chính)(?!\w)")
#: What draws a sentence from those before it.
_DRAWS = ("như vậy", "qua đó", "theo đó", "nhờ đó", "mức ")
_THEREFORE = re.compile(rf"\s*(?:(?:như vậy|qua đó|theo đó|nhờ đó)[^.;:{QUOTIENT}]{{0,100}}\s|mức\s|với mức\s)")
#: Ranks of another time, or of another list, are not the present one.
_ASIDE = re.compile(r"\([^()]*$|(?:năm trước|cùng kỳ|năm ngoái)[^.;]{0,40}$")


def _may_move(text: str) -> bool:
    """Whether a text compares, or draws something from what it told: most do neither."""
    return "so với" in text or any(word in text for word in _DRAWS)


def distant_ranks(texts: Sequence[MarkedText]) -> Iterator[tuple[MarkedText, Checked]]:
    """Every move in rank against a rank of its sentence, where the present one was told before that sentence."""
    for number, text in enumerate(texts):
        for moved in MOVED.finditer(text.text) if _may_move(text.text) else ():
            if moved["not"] or not is_rank(text.figure(moved.start("c"))) or pair_of(text, moved) is not None:
                continue
            first, last = text.period(moved.start())
            both = _both_before(text, moved, first)
            if both is not None:
                yield text, _checked(text, moved, first, *both)
                continue
            against = _AGAINST.search(text.text, first, last)
            if against is None or _ranks_in(text, first, last) - {_old_at(against)}:
                continue
            old = text.figure(_old_at(against))
            told = _before(texts, number, first, old)
            new = _proven(text, told, against, last) if told is not None else None
            if told is not None and new is not None and is_rank(old):
                yield text, _checked(text, moved, first, old, new)


def _both_before(text: MarkedText, moved: re.Match[str], first: int) -> tuple[TextFigure, TextFigure] | None:
    """The old rank and the new one of a move that a sentence draws from the two ranks told right before it."""
    if not first or not _THEREFORE.fullmatch(text.text, first, moved.start()):
        return None
    start = text.period(first - 1)[0]
    if len(_ranks_in(text, start, first)) == 1 and start:
        start = text.period(start - 1)[0]
    places = sorted(_ranks_in(text, start, first))
    if len(places) != 2 or _ranks_in(text, first, text.period(first)[1]):
        return None
    one, other = (text.figure(at) for at in places)
    named = set(_INDEX.findall(text.text, start, first)), set(_INDEX.findall(text.text, first, moved.start()))
    if _base(one) != _base(other) or len(named[0]) > 1 or named[1] - named[0]:
        return None
    years = [year_of(text, at) for at in places]
    if years[0] is not None and years[1] is not None:
        if abs(years[0] - years[1]) != 1:
            return None
        return (one, other) if years[0] < years[1] else (other, one)
    spans = (start, places[0]), (places[0] + 1, places[1])
    before = [BEFORE.search(text.text[slice(*span)]) is not None for span in spans]
    if before[0] is before[1] or (years[before.index(False)] is None and any(years)):
        return None
    return (one, other) if before[0] else (other, one)


def _old_at(against: re.Match[str]) -> int:
    return against.start("old") if against["old"] else against.start("bare")


def _ranks_in(text: MarkedText, first: int, last: int) -> set[int]:
    return {
        found.start("rank") for found in RANK.finditer(text.text, first, last)
        if is_rank(text.figure(found.start("rank"))) and not re.match(r"\s?(?:điểm|bậc)", text.text[found.end() :])
    }  # fmt: skip


def _before(
    texts: Sequence[MarkedText], number: int, first: int, old: TextFigure
) -> tuple[MarkedText, int, int, list[int]] | None:
    """The text, its stretch, and the ranks in the list of ``old`` that are told there, at once before a sentence."""
    text, start, end = texts[number], 0, first
    if not first and number:
        text = texts[number - 1]
        start, end = 0, len(text.text)
    if text.passage.group != texts[number].passage.group:
        return None
    ranks = [
        at for at in sorted(_ranks_in(text, start, end))
        if _base(text.figure(at)) == _base(old) and not _ASIDE.search(text.text, max(start, at - 80), at)
    ]  # fmt: skip
    return (text, start, end, ranks) if ranks else None


def _base(figure: TextFigure) -> object:
    return figure.over.value if figure.over is not None else None


def _proven(
    text: MarkedText, told: tuple[MarkedText, int, int, list[int]], against: re.Match[str], last: int
) -> TextFigure | None:
    """The present rank: the only one told before, or that beside a value from which the value beside the old one is as
    far as the sentence tells.
    """
    before, start, end, ranks = told
    named = [
        set(_INDEX.findall(each.text, *span))
        for each, span in ((text, text.period(against.start())), (before, (start, end)))
    ]
    if all(named) and named[0].isdisjoint(named[1]):
        return None
    if len({before.figure(at).value for at in ranks}) == 1 and _base(before.figure(ranks[0])) is not None:
        return before.figure(ranks[0])
    olds = [one.value for _, one in text.figures(against.start(), against.end(), PER_CENT)]
    steps = [one.value for _, one in text.figures(against.end(), last, PER_CENT)]
    for at, value in before.figures(start, end, PER_CENT):
        behind = [rank for rank in ranks if rank > at]
        if behind and any(abs(value.value - old) == step for old in olds for step in steps):
            return before.figure(behind[0])
    return None


def _checked(text: MarkedText, moved: re.Match[str], first: int, old: TextFigure, new: TextFigure) -> Checked:
    at = moved.start("c")
    by, gap = text.figure(at), old.readings[0] - new.readings[0]
    if gap == (-by.readings[0] if moved["dir"] in FALLS else by.readings[0]):
        return Checked("differences", Fit.RIGHT, first, moved.end())
    turned = abs(gap) == by.readings[0]
    told = finding(
        text, first, moved.end(), StatementKind.RANK_CHANGE, "rank_turned" if turned else "rank_apart", at=at,
        stated=moved["dir"] if turned else by.digits,
        found=("tăng" if gap > 0 else "giảm") if turned else in_form_of(by, abs(gap)), sure=Sure.LIKELY,
        facts={"old": old.text.split("/")[0].strip(), "new": new.text.split("/")[0].strip()},
    )  # fmt: skip
    return Checked("differences", Fit.WRONG, first, moved.end(), told)
