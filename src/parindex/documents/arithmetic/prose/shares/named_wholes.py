"""Figures that are told as wholes: ``trong số 139 xã``, ``tổng số 240 hồ sơ``, what was allotted before it is spent,
and what the words behind a per cent name (``66,9% diện tích gieo cấy``).
"""

from __future__ import annotations

import re

from parindex.documents.arithmetic.prose.counted_things import alike, thing
from parindex.documents.arithmetic.prose.marked_text import COUNT, MARKS, YEAR, MarkedText
from parindex.documents.arithmetic.prose.shares.told import ToldShare
from parindex.documents.arithmetic.prose.values import label_before

#: How far before a figure the words stand that tell it as a whole.
_REACH, _NEAR = 130, 60
_IN_ALL = re.compile(rf"(?<!\w)(?:trong|trên)(?: tổng)? số [^.;:(){MARKS}]{{0,30}}$|(?:^|[.;]\s)trong\s$")
#: Words that lead to a figure, the year they tell of among them.
_LEADS = rf"(?:[^.;:(){MARKS}]|{YEAR}){{0,90}}(?::\s?)?$"
_HEAD = re.compile(
    r"(?<!\w)(?:tổng(?: số)?|toàn [^\W\d_]{2,12}|hiện|tiếp nhận|thụ lý|kế hoạch(?: vốn)?|dự toán|giao|phân bổ|bố trí"
    rf"|phát sinh|phải giải quyết|có mặt|tham gia|phát ra|thu về)(?!\w){_LEADS}"
)
_PARTED = re.compile(r"(?<!\w)(?:trong (?:số )?đó|gồm)(?!\w)")
_ALLOTTED = re.compile(rf"(?<!\w)(?:giao|phân bổ|bố trí|cấp|tổng (?:số )?vốn|kế hoạch vốn)(?!\w){_LEADS}")
_SPENT = re.compile(rf"(?<!\w)giải ngân[^.;:(){MARKS}]{{0,40}}$")
_STOP_WORDS = frozenset(
    ["và", "của", "các", "những", "số", "tổng", "trong", "trên", "có", "được", "là", "đã", "cả", "với", "theo", "đó"]
)
_ALL_OF = re.compile(r"(?:(?:của|trên|trong) )?(?:tổng(?: số)?|số) ")
_OF_NAMED = re.compile(
    r"(?:(?:của|trên|trong) )?(?:tổng số|tổng(?! số)|số|các|những|dân số) \w{2}"
    r"|(?:của|trên|trong) (?!tổng|số)\w{2}"
)
_FEWEST_WORDS = 2
#: The name of a body behind its sort: "huyện Lâm Sơn"; and how far before a share it is sought.
_BODY = re.compile(
    r"(?<!\w)(?:[Hh]uyện|[Xx]ã|[Pp]hường|[Tt]hị trấn|[Tt]hị xã|[Tt]hành phố|[Qq]uận|[Tt]ỉnh|[Ss]ở|[Bb]an|[Pp]hòng"
    r"|[Cc]hi cục|[Tt]rung tâm)\s([^\W\d_]{1,20}(?:\s[^\W\d_]{1,20})?)"
)
_FAR = 600
_AND = re.compile(r"\s(?:và|bằng|tăng|giảm|trong)(?!\w)")


def is_headed(text: MarkedText, at: int) -> bool:
    """Whether words before the figure at ``at`` tell it as a whole: "tổng số", "toàn tỉnh", "tiếp nhận"."""
    return _HEAD.search(text.text, max(0, at - _REACH), at) is not None


def is_all(text: MarkedText, at: int) -> bool:
    """Whether what is told of comes out of the figure at ``at``: "trong số 139 xã, có …"."""
    return _IN_ALL.search(text.text[max(0, at - _REACH) : at]) is not None


def is_parted(text: MarkedText, at: int, end: int) -> bool:
    """Whether "trong đó" or "gồm" stands between the figure at ``at`` and ``end``."""
    return _PARTED.search(text.text, at, end) is not None


def is_of_others(behind: str, text: MarkedText, at: int) -> bool:
    """Whether the words ``behind`` a per cent name other things than the figure at ``at`` counts ("số lãnh đạo")."""
    return _OF_NAMED.match(behind) is not None and not is_all_of(behind, text, at)


def is_all_of(behind: str, text: MarkedText, at: int) -> bool:
    """Whether the words ``behind`` a per cent tell it of all the things that the figure at ``at`` counts ("tổng số văn
    bản").
    """
    words, things = _ALL_OF.match(behind), thing(text, at).split()
    return words is not None and bool(things) and behind[words.end() :].startswith(" ".join(things[:2]))


def is_allotted(text: MarkedText, at: int, part: int) -> bool:
    """Whether the figure at ``at`` is what was allotted of which the next, at ``part``, was spent, in the same sentence
    or the next one.
    """
    between = text.text[at + 1 : part]
    if COUNT in between or len(re.findall(r"\.\s", between)) > 1:
        return False
    spent = _SPENT.search(text.text, max(0, part - _NEAR), part)
    return spent is not None and _ALLOTTED.search(text.text, max(0, at - _REACH), at) is not None


def names(text: MarkedText, share: ToldShare, at: int) -> bool:
    """Whether the words behind the per cent of a share name the figure at ``at``: "66,9% diện tích gieo cấy", and
    elsewhere "diện tích gieo cấy … ước đạt 1.763,5 nghìn ha".
    """
    return at != share.at and alike(text, at, share.at) and names_in(text, share, at)


def names_in(text: MarkedText, share: ToldShare, at: int) -> bool:
    """Whether they name a figure of ``text``, which may be another paragraph than that of the share."""
    words = [word for word in _AND.split(share.behind)[0].split() if word not in _STOP_WORDS]
    if len(words) < _FEWEST_WORDS:
        return False
    named = text.figure(at).value > share.part.value and set(words) <= label_before(text, at)
    return named and not _is_of_another_body(text, share, at)


def _is_of_another_body(text: MarkedText, share: ToldShare, at: int) -> bool:
    """Whether a whole is told in another sentence, of a body that is not named before the share in its paragraph."""
    first, _ = text.period(at)
    if text is share.text and first == share.text.period(share.at)[0]:
        return False
    named = [name for name in _BODY.findall(text.printed(max(first, at - _REACH), at)) if name[0].isupper()]
    before = share.text.printed(max(0, share.at - _FAR), share.at) if named else ""
    return any(name not in before for name in named)
