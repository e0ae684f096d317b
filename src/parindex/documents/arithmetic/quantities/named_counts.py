"""Counts with what is counted: the words that stand before a number, behind which it follows with a colon or "là", and
those behind it ("Số hồ sơ đã tiếp nhận: 40.639 hồ sơ trực tuyến").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from parindex.documents.arithmetic.figures import TextFigure
from parindex.documents.arithmetic.passages import Passage

_JOINT = re.compile(r"(?::|\slà|\scó|\sđạt)\s{0,2}\Z")
#: What a name begins behind; a bracket that is left when pairs are taken out is open, or ends a letter of a list.
_BREAK = re.compile(r"[.;:\n](?=\s)|[()]|(?:^|\s)[-–+•*]\s|[-=]+>")
_BRACKETS = re.compile(r"\([^()]{0,200}\)")
_WORD = re.compile(r"[^\W\d_]{2,}")
_UNIT = re.compile(r"(?:\s{1,2}[^\W\d_]{1,24}){1,3}")
#: Words that say nothing of what is counted.
_EMPTY = frozenset(
    {
        *("tỷ", "tỉ", "lệ", "giữa", "số", "tổng", "của", "các", "có", "đã", "được", "trong", "năm", "là", "và", "tại"),
        *("cho", "theo", "với", "đạt", "so", "trên", "này", "những", "hiện", "đang"),
    }
)
#: Letters before a number in which its name stands.
REACH = 420
#: A name with fewer words says too little.
LEAST_WORDS = 3
_MOST = 60
_JOINT_REACH = 8


@dataclass(frozen=True, slots=True)
class Count:
    """A whole number of a paragraph: the words that name it, "" where nothing joins them to it, and up to three words
    behind it, its scale ("triệu") first; both in small letters.
    """

    name: str
    figure: TextFigure
    unit: str


@dataclass(frozen=True, slots=True)
class NamedCount:
    """A count with the words of its name that say what is counted."""

    name: str
    words: frozenset[str]
    figure: TextFigure
    unit: str


def counts(passage: Passage) -> Iterator[Count]:
    """The whole numbers of a paragraph in reading order; per cents and what names something count nothing."""
    text = passage.text
    for figure in passage.figures:
        if figure.named or figure.percent or figure.places[0] or _is_divided(text, figure):
            continue
        before = text[max(0, figure.start - REACH) : figure.start]
        joint = _JOINT.search(before, max(0, len(before) - _JOINT_REACH))
        name = "" if joint is None else _BREAK.split(without_brackets(before[: joint.start()]))[-1]
        yield Count(" ".join(name.lower().split()), figure, _unit(text, figure))


def named_counts(passage: Passage) -> list[NamedCount]:
    """The counts of a paragraph that stand behind names which say what is counted; none in thousands or millions."""
    named = (
        NamedCount(one.name, telling_words(one.name), one.figure, one.unit)
        for one in counts(passage)
        if one.name and one.figure.scale == 1
    )
    return list(islice((one for one in named if len(one.words) >= LEAST_WORDS), _MOST))


def _unit(text: str, figure: TextFigure) -> str:
    behind = _UNIT.match(text, figure.end)
    words = (figure.scale_word, behind[0] if behind else "")
    return " ".join(" ".join(words).lower().split())


def _is_divided(text: str, figure: TextFigure) -> bool:
    before, behind = text[max(0, figure.start - 2) : figure.start], text[figure.end : figure.end + 2]
    return before.rstrip().endswith("/") or behind.lstrip().startswith("/")


def without_brackets(text: str) -> str:
    """``text`` without what stands in brackets."""
    return _BRACKETS.sub(" ", text)


def telling_words(label: str) -> frozenset[str]:
    """The words of a name that say what is counted."""
    return frozenset(word for word in _WORD.findall(label.lower()) if word not in _EMPTY)
