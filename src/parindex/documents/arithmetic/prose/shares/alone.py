"""Shares of the only other count of their sentence: ``phát ra 500 phiếu, thu về 480 phiếu, đạt tỷ lệ 98%``, ``được giao
12,5 tỷ đồng, đã giải ngân 10 tỷ đồng, đạt 85%``, ``tổng số 420 phản ánh, đã xử lý 399 phản ánh, tỷ lệ xử lý đạt 96%``.

Two counts of one thing and a per cent that is told of the second: where nothing around makes it right, it is a slip if
the words tell the first as what there was to be done, or if it comes near the share (what is far off was told of
another whole).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import takewhile

from parindex.documents.arithmetic.figures import TextFigure
from parindex.documents.arithmetic.prose.counted_things import count_the_same, is_thing
from parindex.documents.arithmetic.prose.fitting import Span, prints_as
from parindex.documents.arithmetic.prose.marked_text import COUNT, MARKS, PER_CENT, QUOTIENT, YEAR, MarkedText
from parindex.documents.arithmetic.prose.part_lists import is_compared
from parindex.documents.arithmetic.prose.shares.around import Surroundings
from parindex.documents.arithmetic.prose.shares.named_wholes import is_headed, is_parted, names
from parindex.documents.arithmetic.prose.shares.told import ToldShare, bases, fits, told_shares
from parindex.documents.arithmetic.prose.values import is_change, label_before, unit_behind, unit_of

_ALL = 100
#: So near to the right one a per cent is a slip: in points, and as a part of it (1/3).
_NEAR, _PART = 12, 3
_REACH, _FARTHEST = 130, 220
_OTHER_TIME = re.compile(r"cùng kỳ|năm trước|năm ngoái|kỳ trước|quý trước|tháng trước|so với")
#: What there was to be done, or to be had; and what came of it.
_GIVEN = re.compile(
    r"(?<!\w)(?:được giao|giao|phân bổ|bố trí|được cấp|được duyệt|phê duyệt|kế hoạch|dự toán|chỉ tiêu|yêu cầu|phát ra"
    r"|phát đi|triệu tập|mời|tổng (?:số )?vốn|tổng (?:kinh phí|mức)|phải [^\W\d_]+ [^\W\d_]+)(?!\w)"
    rf"(?:[^.,;:(){MARKS}]|{YEAR}){{0,60}}(?::\s?)?$"
)
_CAME = re.compile(
    r"(?<!\w)(?:đã|thu về|thu lại|có mặt|tham dự|dự|giải ngân|thực hiện|hoàn thành|giải quyết|xử lý|tuyển|sử dụng|chi"
    rf"|đạt)(?!\w)[^.;:(){MARKS}]{{0,40}}$"
)
#: Words right before a count that make it no part of the one before.
_MOVED = re.compile(r"(?<!\w)(?:lên|xuống|tăng|giảm|thêm|hoặc|hay|so với|từ|bổ sung)\s(?:[^\W\d_]+\s){0,2}$")
#: Other things beside a count, the first word of its clause, and two counts that are joined.
_AND_OTHERS = re.compile(rf"[^,;:.{MARKS}]*\svà\s{COUNT}")
_FOR = frozenset(["cho", "của", "tại", "ở", "thuộc", "từ", "do"])
_CLAUSE = re.compile(r"(?:^|[.,;:(]\s?)(?!(?:tổng )?số|đã|có|trong|với)([^\W\d_]+)[^.,;:()]*$")
_JOINED = re.compile(rf"^[^,;:.{MARKS}]*\svà\s[^,;:.{MARKS}]*$")
#: Words between a part and its per cent that tell the per cent of something else.
_ANOTHER = re.compile(r"[,;]\s?\w|(?<!\w)(?:tăng|giảm|vượt|còn|trong đó|mới|bình quân)(?!\w)")
#: Words that count any people, whoever they are, and those before a thing that is counted.
_ANY_PEOPLE = frozenset(["người", "trường", "đồng", "biên"])
_CLASSIFIERS = frozenset(["lượt", "bộ", "chiếc", "cái"])
#: Of what a per cent is told behind it: nothing, the plan, or all of the things.
_OF_PLAN = re.compile(
    r"(?:so với )?(?:kế hoạch|chỉ tiêu|dự toán|yêu cầu|mục tiêu|nhiệm vụ)(?: vốn)?"
    r"(?:(?: được)? giao| đề ra| đã giao)?(?= năm$| cả năm$|$)"
)
_OF_ALL = re.compile(r"(?:trên |trong |của )?(?:tổng số|số)(?: [^\W\d_]+){0,4}$")

#: "…, tỷ lệ xử lý đạt 96%", and words that name nothing in it.
_RATE = re.compile(
    rf"[,;(]\s?(?:đạt )?tỷ lệ(?P<what>[^.;:,(){MARKS}]{{0,30}}?)(?:\s(?:đạt|là|chiếm)|:|)\s(?P<p>{PER_CENT})"
    r"(?=\s?(?:[.;,)]|$))"
)
_FILLING = frozenset(["đã", "được", "các", "số", "của", "và", "này"])


def whole_alone(around: Surroundings, share: ToldShare) -> int | None:
    """Where the only count stands in the sentence of a share that it can be one of, and is not."""
    text = around.text
    if share.loose or share.per_cent.value <= 0 or _ANOTHER.search(_words_between(text, share)):
        return None
    first, place = text.period(share.at)[0], None
    for begin in (max(text.sentence(share.at)[0], first), first):
        place = _only_count(text, share, begin)
        if place is not None:
            break
    if place is None or not _is_whole_of(text, share, place) or _are_of_another(around, share, place):
        return None
    whole, given = text.figure(place), _is_given(text, place, share.at)
    if share.behind and not _is_told_of(share, place, given):
        return None
    if share.right_of or fits(share.part, whole, share.per_cent):
        told = given or (is_parted(text, place, share.at) and is_headed(text, place))
        return place if told and share.right_of == (place,) and _is_right_if_rounded(share, whole) else None
    if around.explains(share, place):
        return None
    right = Fraction(_ALL * share.part.value / whole.value)
    apart = abs(right - share.per_cent.value)
    if not given and _are_listed_alike(text, place, share.at):
        return None
    return place if given or (apart <= _NEAR and _PART * apart <= right) else None


def may_be_rounded(share: ToldShare) -> bool:
    """Whether a share of an amount is right of one with more decimals, or fewer: amounts that stand side by side are
    rounded alike, "được giao 12,5 tỷ đồng, đã giải ngân 10 tỷ đồng" is 10,0.
    """
    return share.part.scale > 1 and len(share.right_of) == 1


def _is_right_if_rounded(share: ToldShare, whole: TextFigure) -> bool:
    """Whether a share is right only if one of its amounts was cut off, or rounded more than the other."""
    if share.part.scale != whole.scale:
        return False
    off = min(share.part.step(), whole.step()) / 2
    part, base = share.part.value, whole.value
    return not prints_as(Span(_ALL * (part - off) / (base + off), _ALL * (part + off) / (base - off)), share.per_cent)


def _words_between(text: MarkedText, share: ToldShare) -> str:
    """The words between a count and the words that lead to its per cent."""
    return text.text[share.at + 1 : share.per_cent_at - len(share.lead)] if share.at < share.per_cent_at else ""


def _only_count(text: MarkedText, share: ToldShare, begin: int) -> int | None:
    """The one count before a share, from ``begin`` on, that counts the same; None where a per cent or a fraction stands
    among them, or there are several.
    """
    begin = max(begin, share.start - _FARTHEST)
    if text.figures(begin, share.start, PER_CENT + QUOTIENT):
        return None
    unit, found = unit_of(text, share.at), []
    for at, figure in text.figures(begin, share.start, COUNT):
        if at == share.at or is_change(text, at):
            continue
        own = unit_of(text, at)
        same = _are_same_things(own, unit) or _are_same_things(_bare(own), _bare(unit))
        if (same or not own or not unit) and is_thing(own):
            if figure.scale != share.part.scale and not (same and min(figure.scale, share.part.scale) > 1):
                return None
            found.append(at)
    return found[0] if len(found) == 1 else None


def _bare(unit: str) -> str:
    """A unit without the word that counts how often, or in how many pieces: "lượt tin bài", "bộ hồ sơ"."""
    first, _, rest = unit.partition(" ")
    return rest if rest and first in _CLASSIFIERS else unit


def _are_same_things(one: str, other: str) -> bool:
    """Whether two units begin alike, or one of them counts any people: officials are no share of employees."""
    if not count_the_same(one, other):
        return False
    first, second = one.split()[0], other.split()[0]
    return first == second or first in _ANY_PEOPLE or second in _ANY_PEOPLE


def _is_whole_of(text: MarkedText, share: ToldShare, place: int) -> bool:
    """Whether the count at ``place`` can be the whole of a share, by the words between them."""
    whole, between = text.figure(place), text.text[place + 1 : share.start]
    if share.part.value <= 0 or whole.value <= 0 or is_compared(text, place):
        return False
    if share.part.value > whole.value and not _is_given(text, place, share.at):
        return False
    if _AND_OTHERS.match(text.text, place + 1, share.at):
        return False  # "giao 60 biên chế và 10 hợp đồng, thực hiện 63 người"
    if "/" in between or (share.part.value < whole.value and share.per_cent.value > _ALL):
        return False
    if _OTHER_TIME.search(between) or _OTHER_TIME.search(text.text, max(0, place - 40), place):
        return False
    if _MOVED.search(text.text, place + 1, share.at) or _JOINED.match(between):
        return False
    if _first_word(text, place) == _first_word(text, share.at) != "":
        return False  # "huyện A có 20 xã, huyện B có 18 xã"
    years = [int(one.readings[0]) for _, one in text.figures(text.period(place)[0], share.at, YEAR)]
    return YEAR not in between or len(set(years)) == 1


def _are_listed_alike(text: MarkedText, one: int, other: int) -> bool:
    """Whether two counts are told for two of a list: "60 tỷ đồng cho giáo dục, 45 tỷ đồng cho y tế"."""
    words = (re.split(r"[.,;:()]", text.text[at + 1 : at + _REACH], maxsplit=1)[0].split() for at in (one, other))
    common = [a for a, b in takewhile(lambda pair: pair[0] == pair[1], zip(*words, strict=False))]
    return bool(common) and common[-1] in _FOR


def _first_word(text: MarkedText, at: int) -> str:
    """The first word of the clause before a count, unless it begins a sentence of its own count."""
    found = _CLAUSE.search(text.text, max(0, at - _REACH), at)
    return found[1] if found else ""


def _are_of_another(around: Surroundings, share: ToldShare, place: int) -> bool:
    """Whether the other shares behind a whole in its sentence are all of another one."""
    first, last = around.text.period(place)
    beside = [one for one in told_shares(around.text) if place < one.at < last and one.at != share.at]
    return bool(beside) and first <= share.at < last and not any(place in one.right_of for one in beside)


def _is_given(text: MarkedText, place: int, part: int) -> bool:
    """Whether the count at ``place`` is what there was to be done, and that at ``part`` what came of it."""
    given = _GIVEN.search(text.text, max(0, place - _REACH), place)
    return given is not None and _CAME.search(text.text, max(place + 1, part - 60), part) is not None


def _is_told_of(share: ToldShare, place: int, given: bool) -> bool:
    """Whether the words behind a per cent name no other base than the count at ``place``: the plan where that is given,
    what it is called, or all of the things.
    """
    if _OF_PLAN.match(share.behind):
        return given
    all_of = _OF_ALL.match(share.behind)
    unit = unit_behind(share.text, share.at)
    if names(share.text, share, place):
        return True
    return all_of is not None and bool(unit) and unit.split()[0] in share.behind


def rates_alone(text: MarkedText) -> Iterator[ToldShare]:
    """The rates behind a count in a clause of their own that are told of nothing else: "đã xử lý 399 phản ánh, tỷ lệ xử
    lý đạt 96%", as shares of that count.
    """
    for found in _RATE.finditer(text.text) if "tỷ lệ" in text.text else ():
        counts = text.figures(text.period(found.start())[0], found.start(), COUNT)
        if not counts or text.figures(counts[-1][0], found.start("p"), PER_CENT + QUOTIENT):
            continue
        at, part = counts[-1]
        words = set(found["what"].split()) - _FILLING
        named = label_before(text, at) | set(unit_behind(text, at).split())
        place = found.start("p")
        if is_change(text, at) or not words <= named or found.start() - at > _REACH:
            continue
        figure = text.figure(place)
        right_of = tuple(where for where, base in bases(text, at) if fits(part, base, figure))
        if not right_of:
            yield ToldShare(text, at, place, part, figure, False, text.text[found.start() : place], "", right_of)
