"""Whether a sentence is plain: it tells a whole and its parts and nothing else that their figures could belong to.

In a long report parts may be of a whole that stands elsewhere, may overlap or name some of many. In a short sentence
that counts one thing, each figure once, these stories are rare.
"""

from __future__ import annotations

import re

from parindex.documents.arithmetic.prose.marked_text import COUNT, MARKS, PER_CENT, QUOTIENT, YEAR, MarkedText
from parindex.documents.arithmetic.prose.part_lists import may_overlap
from parindex.documents.arithmetic.prose.parts.claims import Claim

_LONGEST = 320
#: Words that say that a list names some, that what it names overlaps, or that a figure is of another time.
_OPEN = re.compile(
    r"(?<!\w)(?:chủ yếu|một số|nhiều nhất|tiêu biểu|điển hình|nổi bật|nhiều|nhất là|riêng|ngoài ra"
    r"|v\.v|(?<!lần )lượt|so với|cùng kỳ"
    r"|bình quân|trung bình (?:đạt|là|mỗi)|cả hai|vừa|đồng thời|cũng|ít nhất|tối thiểu|dự kiến|lũy kế"
    r"|khoảng|gần|xấp xỉ|trở lên)(?!\w)|…|\.\.\."
)
#: Behind the last part one without a figure: "10 quyết định, 9 kế hoạch và một số công văn".
_UNCOUNTED = re.compile(rf"(?:,|;|\svà)\s(?:một số|nhiều|vài|các|những|v\.v)(?!\w)[^;{MARKS}]*$|…|\.\.\.|v\.v")
#: A per cent that tells a part once more.
_SHARE_BEFORE = re.compile(r"(?:\((?:chiếm |đạt |tỷ lệ )?|(?:chiếm|đạt|bằng|tương đương)(?: tỷ lệ)? )$")
_COLON = re.compile(r":[^:;,]*$")
#: Words before a figure that name a part, and not only lead to it.
_NAMED = re.compile(
    r"(?<!\w)(?!có(?!\w)|là(?!\w)|gồm|trong|đó(?!\w)|với(?!\w)|và(?!\w)|số(?!\w)|được(?!\w)|đã(?!\w))[^\W\d_]+"
)
_DENIED = re.compile(r"(?<!\w)(?:không|chưa) (?:được )?((?!có(?!\w))[^\W\d_]+(?: [^\W\d_]+)?)")
_NOT = frozenset(["không", "chưa", "bán"])
_OF_ALL = re.compile(r"(?<!\w)(?:trên|trong)(?: tổng)? số $")
_MEAN = re.compile(
    r"(?:bình quân|(?<!loại )(?<!hạng )(?<!mức )trung bình)(?! (?:loại|khá|yếu))"
    rf"(?:[^.;:,()]|(?<={YEAR}),(?=\s{YEAR})){{0,60}}$"
)
_OF_ALL_REACH, _MEAN_REACH = 16, 72
#: "trong 500 phiếu (thu về) có …".
_OUT_OF = re.compile(r"(?<!\w)trong (?:tổng )?(?:số )?$")
#: Words by which a total is told, and how many others may name it.
_OF_TOTALS = frozenset(
    ["tổng", "cộng", "số", "lượng", "là", "có", "đạt", "được", "cả", "hai", "năm", "tháng", "thành", "các"]
)
_MOST_NAMED = 3
_WORD = re.compile(r"[^\W\d_]+")
_SHARE_REACH = 24
#: So few parts are hardly all of what they are found in.
_FEW = 2
#: So many words that all parts share say by what they are told apart.
_COMMON = 2


def is_plain(text: MarkedText, claim: Claim) -> bool:
    """Whether the sentence of a claim tells it and nothing else."""
    first, last = text.period(claim.start)
    if (
        claim.end > last
        or last - first > _LONGEST
        or not claim.counts_one_thing
        or _OPEN.search(text.text, first, last)
    ):
        return False
    whole = claim.whole.figure
    if not whole.places[0] and whole.scale == 1 and any(part.figure.places[0] for part in claim.parts):
        return False
    units = [bool(part.unit) for part in claim.parts]
    if any(units[:-1]) and not all(units) and "lần lượt" not in text.text[first:last]:
        return False
    own = {claim.whole.at, *(part.at for part in claim.parts)}
    for at, figure in text.figures(first, last, COUNT + QUOTIENT):
        if at not in own and figure.value != len(claim.parts):
            return False
    for at, _ in text.figures(first, last, PER_CENT):
        if not _SHARE_BEFORE.search(text.text, max(0, at - _SHARE_REACH), at):
            return False
    return not may_overlap(claim.parts) and not _is_one_in_another(claim)


def is_announced(text: MarkedText, claim: Claim) -> bool:
    """Whether it is said before how many parts there are: "3 nguồn: … 120 tỷ, … 80 tỷ, … 20 tỷ"."""
    first, _ = text.period(claim.start)
    told = text.figures(first, claim.parts[0].at, COUNT)
    return any(at != claim.whole.at and figure.value == len(claim.parts) for at, figure in told)


def are_tallied(claim: Claim) -> bool:
    """Whether each part has its name before its figure, as a tally has ("nghỉ hưu 38 người, thôi việc 9 người"), or all
    are told in the same words ("5 tiêu chí thuộc lĩnh vực A, 4 tiêu chí thuộc lĩnh vực B"). Things that are described
    each in another way ("12 xã đạt chuẩn, 5 xã miền núi") are rather one another.
    """
    if all(_NAMED.search(re.split(f"[{MARKS}]", part.words, maxsplit=1)[0]) for part in claim.parts):
        return True
    return len(frozenset.intersection(*_names(claim))) >= _COMMON or _is_one_denied(claim)


def _is_one_denied(claim: Claim) -> bool:
    """Whether one part is what another is not: "13 chỉ tiêu vượt, 3 chỉ tiêu đạt, 1 chỉ tiêu không đạt"."""
    words = [part.words for part in claim.parts]
    denied = [found[1] for one in words if (found := _DENIED.search(one)) is not None]
    return any(
        re.search(rf"(?<!không )(?<!chưa )(?<!\w){re.escape(one)}(?!\w)", other) for one in denied for other in words
    )


def _names(claim: Claim) -> list[frozenset[str]]:
    """The words that name each part, without what is counted."""
    counted = frozenset(claim.whole.unit.split()[:2])
    return [frozenset(_WORD.findall(part.words)) - counted for part in claim.parts]


def follows_colon(text: MarkedText, claim: Claim) -> bool:
    """Whether nothing but a colon leads from the whole to its parts: "47 người: nghỉ hưu 38 người, thôi việc 9"."""
    between = text.text[claim.whole.at : claim.parts[0].at]
    return _COLON.search(between) is not None and "trong đó" not in between


def may_be_another(text: MarkedText, claim: Claim) -> bool:
    """Whether the whole behind parts may be of more than them ("14 sở loại Tốt trên tổng số 20 sở"), or of something
    else ("tổng số máy tính sử dụng tốt là 140 máy").
    """
    at = claim.whole.at
    if _OF_ALL.search(text.text, max(0, at - _OF_ALL_REACH), at):
        return not claim.sum.is_above
    words = _WORD.findall(text.text[text.text.rfind("tổng", claim.parts[-1].at, at) : at])
    named = [word for word in words if word not in _OF_TOTALS and word not in claim.whole.unit.split()]
    return len(named) > _MOST_NAMED


def is_mean(text: MarkedText, claim: Claim) -> bool:
    """Whether the whole is a mean, which nothing adds up to: "bình quân 86,0 điểm (85,0 điểm và 87,0 điểm)"."""
    first, _ = text.sentence(claim.whole.at)
    return _MEAN.search(text.text, max(first, claim.whole.at - _MEAN_REACH), claim.whole.at) is not None


def leaves_some_uncounted(text: MarkedText, claim: Claim) -> bool:
    """Whether a part without a figure follows the last one, or may."""
    _, last = text.sentence(claim.parts[-1].at)
    return _is_out_of_many(text, claim) or _UNCOUNTED.search(text.text, claim.parts[-1].at, last) is not None


def _is_out_of_many(text: MarkedText, claim: Claim) -> bool:
    """Whether two parts are only some that are found in the whole: "trong 500 phiếu có 470 phiếu hài lòng, …"."""
    at, to = claim.whole.at, claim.parts[0].at
    if claim.is_total or claim.is_closed or claim.named or len(claim.parts) != _FEW or _is_one_denied(claim):
        return False
    before = text.text[max(text.period(at)[0], at - _OF_ALL_REACH) : at]
    return _OUT_OF.search(before) is not None and text.text[:to].endswith(" có ")


def _is_one_in_another(claim: Claim) -> bool:
    """Whether the name of one part has that of another: "đạt chuẩn", "đạt chuẩn nâng cao"."""
    names = _names(claim)
    if not any(names[1:]):  # "lần lượt là 1,5; 2,0; 0,5 điểm"
        return False
    return any(
        one <= other and not (other - one) & _NOT
        for at, one in enumerate(names)
        for to, other in enumerate(names)
        if at != to
    )
