"""Scores told from the first place down: ``đứng đầu là … (91,77%), xếp thứ nhì … (90,63%), thứ ba … (89,76%)``, ``cao
nhất là … 88,10 điểm, thấp nhất là … 70,06 điểm``.

Whoever stands behind has no more points, though each place may be told in a sentence of its own; what is called the
lowest lies above no other of its list. Lists of what is better the less there is of it run the other way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from parindex.documents.arithmetic.figures import TextFigure
from parindex.documents.arithmetic.findings import StatementFinding, StatementKind, Sure
from parindex.documents.arithmetic.prose.fitting import Fit
from parindex.documents.arithmetic.prose.marked_text import COUNT, NAME, PER_CENT, YEAR, MarkedText
from parindex.documents.arithmetic.prose.statements import Checked, finding
from parindex.documents.arithmetic.prose.values import is_change

_WORDS = {"nhất": 1, "hai": 2, "nhì": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9}
_FIRST = r"đứng đầu|dẫn đầu|đầu bảng|cao nhất"
_LAST = r"đứng cuối(?: cùng)?|xếp cuối(?: cùng)?|cuối bảng|thấp nhất|xếp chót"
_PLACE = re.compile(
    rf"(?<!\w)(?:(?P<first>{_FIRST})|(?P<last>{_LAST})|(?:thứ|hạng|vị trí)\s(?:thứ\s)?"
    rf"(?:(?P<word>{'|'.join(_WORDS)})(?!\w)|(?P<number>{NAME})))"
)
#: "lần lượt là 87,61 và 86,70" gives the scores of the places before it in their order.
_IN_TURN = re.compile(r"lần lượt[^.;:]{0,60}$")
_POINTS = re.compile(r"\s?(?:điểm|%)(?!\w)")
_FALLING = re.compile(r"trễ|quá hạn|chậm|nghèo|thất nghiệp|tai nạn|vi phạm|nợ|thời gian|ngày|giờ|thiếu|tăng|giảm")
#: A body is named behind its place.
_NAMES = re.compile(r"[^.;:,()]{0,20}?\s(?:là|thuộc về|gồm)\s")
_OTHER_LIST = re.compile(
    rf"{YEAR}|(?<!\w)(?:chỉ số|papi|pci|pari|par index|sipas|dti|nội dung|tiêu chí|lĩnh vực|khối|nhóm|cấp|về)(?!\w)"
)
#: "Sở Nội vụ xếp thứ hai": a body before its place.
_BODY = re.compile(
    r"(?<!\w)(?:sở|huyện|thành phố|thị xã|tỉnh|ban|phường|xã|thị trấn|cục|chi cục|quận|đơn vị|bộ)\s(?:\w+\s){1,5}"
    r"(?:(?:xếp|đứng|ở|giữ)\s)?(?:vị trí\s)?$"
)
_BODY_BEHIND = re.compile(r"\s(?:là|thuộc về)\s(?:sở|huyện|thành phố|thị xã|tỉnh|ban|phường|xã|thị trấn|cục|quận)\s")
_NAMED = re.compile(r"\s(?:là|thuộc về|gồm)\s")
_TELLS_PLACES = re.compile(r"đầu|nhất|thứ")
#: The place that a sentence begins with stands within so many letters.
_BEGINNING = 30
#: So many figures of a list below what is called the lowest.
_FEWEST_BELOW = 2
#: A place and its score stand within so many letters.
_NEAR = 160
_BEHIND_ALL = 10**6


@dataclass(frozen=True, slots=True)
class _Place:
    """A place told at ``at``, with its score once it is read."""

    rank: int
    at: int
    score: TextFigure | None = None
    score_at: int = 0


def order_of_scores(texts: Sequence[MarkedText]) -> Iterator[tuple[MarkedText, Checked]]:
    """Every run of places with their scores, and the first score of it that is above one before it."""
    last: tuple[MarkedText, _Place] | None = None
    for text in texts:
        if not _TELLS_PLACES.search(text.text):
            continue
        for first, end in text.periods():
            places = _places(text, first, end)
            for run in _runs(places):
                yield from ((text, one) for one in _checked(text, run))
            if last is not None and places and (behind := _behind(last, text, places[0], first)) is not None:
                yield text, behind
            if places:
                last = (text, places[-1])


def _behind(last: tuple[MarkedText, _Place], text: MarkedText, place: _Place, first: int) -> Checked | None:
    """The next place, told at the beginning of another sentence, against the one before it."""
    before, one = last
    if place.rank != one.rank + 1 or place.at - first > _BEGINNING or one.score is None or place.score is None:
        return None
    told = before.text[before.period(one.at)[0] : one.score_at], text.text[first : place.score_at]
    is_odd = any(_OTHER_LIST.search(words) or _FALLING.search(words) or not _NAMED.search(words) for words in told)
    if is_odd or one.score.percent != place.score.percent:
        return None
    wrong = _worth(place.score) > _worth(one.score)
    found = _told_places(text, place.at, one, place) if wrong else None
    return Checked("points", Fit.WRONG if wrong else Fit.RIGHT, place.at, place.score_at + 1, found)


def _places(text: MarkedText, first: int, last: int) -> list[_Place]:
    """The places of a sentence in reading order, each with the score that follows it before the next place."""
    told = [(found.start(), found.end(), _rank(text, found)) for found in _PLACE.finditer(text.text, first, last)]
    places: list[_Place] = []
    waiting: list[_Place] = []
    for number, (at, end, rank) in enumerate(told):
        until = told[number + 1][0] if number + 1 < len(told) else last
        waiting.append(_Place(rank, at))
        scores = _scores(text, end, min(until, end + _NEAR))
        if not scores:
            continue
        in_turn = _IN_TURN.search(text.text, end, scores[0][0]) is not None
        if in_turn and len(scores) >= len(waiting):
            pairs = list(zip(waiting, scores, strict=False))
        else:
            pairs = [(waiting[-1], scores[0])] if not in_turn else []
        places += [_Place(one.rank, one.at, figure, score_at) for one, (score_at, figure) in pairs]
        waiting = []
    return places


def _scores(text: MarkedText, start: int, end: int) -> list[tuple[int, TextFigure]]:
    return [
        (at, figure) for at, figure in text.figures(start, end, COUNT + PER_CENT)
        if figure.scale == 1 and (figure.percent or len(figure.readings) == 1) and not is_change(text, at)
        and (figure.percent or figure.places[0] or _POINTS.match(text.text, at + 1))
    ]  # fmt: skip


def _worth(score: TextFigure) -> Fraction:
    """The score; "52,712%" has three decimals."""
    return min(score.readings) if score.percent else score.value


def _rank(text: MarkedText, found: re.Match[str]) -> int:
    if found["first"]:
        return 1
    if found["last"]:
        return _BEHIND_ALL
    return _WORDS[found["word"]] if found["word"] else int(text.figure(found.start("number")).readings[0])


def _runs(places: Sequence[_Place]) -> Iterator[list[_Place]]:
    """The places one behind the other, as long as each is lower than the one before."""
    run: list[_Place] = []
    for place in places:
        if run and place.rank <= run[-1].rank:
            yield run
            run = []
        run.append(place)
    if run:
        yield run


def _checked(text: MarkedText, run: Sequence[_Place]) -> Iterator[Checked]:
    sorts = {one.score.percent for one in run if one.score is not None}
    if len(run) < 2 or len(sorts) > 1:
        return
    if run[0].rank != 1 and not all(_names_body(text, one, other) for one, other in zip(run, run[1:], strict=False)):
        return
    start, end = run[0].at, run[-1].score_at + 1
    if _FALLING.search(text.text[max(text.period(start)[0], start - _NEAR) : end]):
        return
    for one, other in zip(run, run[1:], strict=False):
        if not _is_one_list(text, one, other):
            return
        if one.score is not None and other.score is not None and _worth(other.score) > _worth(one.score):
            yield Checked("points", Fit.WRONG, start, end, _told_places(text, one.at, one, other))
            return
    if run[-1].rank == _BEHIND_ALL and (below := _below(text, run[-2], run[-1])):
        yield Checked("points", Fit.WRONG, start, end, _told_lowest(text, run[-1], below))
        return
    yield Checked("points", Fit.RIGHT, start, end)


def _is_one_list(text: MarkedText, one: _Place, other: _Place) -> bool:
    """Whether the second place names another body in the same list: not one body in two years, or in two fields."""
    between, behind = text.text[one.at : other.at], text.text[other.at : other.score_at]
    if _OTHER_LIST.search(between + behind):
        return False
    if one.rank == 1 and other.rank == _BEHIND_ALL and len(between + behind) < _NEAR and "(" not in behind[:-3]:
        return True  # "cao nhất đạt 91,25 điểm, thấp nhất đạt 72,40 điểm"
    if _names_body(text, one, other):
        return True
    place = _PLACE.match(text.text, other.at)
    return place is not None and (
        _NAMES.match(text.text, place.end()) is not None or text.passage.text[text.given(place.end()) :][1:2].isupper()
    )


def _names_body(text: MarkedText, one: _Place, other: _Place) -> bool:
    """Whether both places stand behind the names of their bodies, or before: "Sở Nội vụ xếp thứ hai", "thứ hai là Sở
    Nội vụ".
    """
    first = text.period(one.at)[0]
    if all(_BODY.search(text.text, *span) for span in ((first, one.at), (one.score_at, other.at))):
        return True
    places = [_PLACE.match(text.text, each.at) for each in (one, other)]
    return other.rank == one.rank + 1 and all(
        place is not None and _BODY_BEHIND.match(text.text, place.end()) for place in places
    )


def _below(text: MarkedText, one: _Place, lowest: _Place) -> list[TextFigure]:
    """The figures between two places of one list that lie below what is called the lowest."""
    score = lowest.score
    if one.score is None or score is None:
        return []
    between = _scores(text, one.score_at + 1, lowest.at)
    below = [figure for _, figure in between if figure.percent == score.percent and _worth(figure) < _worth(score)]
    return below if len(below) >= _FEWEST_BELOW and len(below) == len(between) else []


def _told_lowest(text: MarkedText, lowest: _Place, below: Sequence[TextFigure]) -> StatementFinding | None:
    if lowest.score is None:
        return None
    return finding(
        text, lowest.at, lowest.score_at + 1, StatementKind.RANK_CHANGE, "lowest_above_others", at=lowest.score_at,
        sure=Sure.LIKELY, stated=lowest.score.digits, found="", facts={"others": [one.digits for one in below]},
    )  # fmt: skip


def _told_places(text: MarkedText, start: int, one: _Place, other: _Place) -> StatementFinding | None:
    if one.score is None or other.score is None:
        return None
    return finding(
        text, min(start, other.at), other.score_at + 1, StatementKind.RANK_CHANGE, "scores_against_places",
        at=other.score_at, sure=Sure.LIKELY, stated=other.score.digits, found="", facts={"before": one.score.digits},
    )  # fmt: skip
