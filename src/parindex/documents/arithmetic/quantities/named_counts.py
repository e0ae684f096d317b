"""Counts with what is counted: the words that stand before a number, behind which it follows with a colon or "là"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from parindex.documents.arithmetic.figures import TextFigure, figures_in

_JOINT = re.compile(r"(?::|\slà|\scó|\sđạt)\s{0,2}\Z")
_BREAK = re.compile(r"[.;:\n](?=\s)|(?:^|\s)[-–+•*]\s|[-=]+>")
_BRACKETS = re.compile(r"\([^()]{0,200}\)")
_WORD = re.compile(r"[^\W\d_]{2,}")
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
class NamedCount:
    """A whole number with its name: all words as printed in small letters, and those that say what is counted."""

    name: str
    words: frozenset[str]
    figure: TextFigure


@lru_cache(maxsize=32)  # asked for twice of every paragraph
def named_counts(text: str) -> tuple[NamedCount, ...]:
    """The counts of a paragraph that stand behind their names."""
    found: list[NamedCount] = []
    for figure in figures_in(text):
        if len(found) == _MOST:
            break
        if figure.percent or figure.scale > 1 or figure.places[0] or _is_divided(text, figure):
            continue
        before = text[max(0, figure.start - REACH) : figure.start]
        joint = _JOINT.search(before, max(0, len(before) - _JOINT_REACH))
        if joint is not None:
            name = _BREAK.split(without_brackets(before[: joint.start()]))[-1]
            words = telling_words(name)
            if len(words) >= LEAST_WORDS:
                found.append(NamedCount(" ".join(name.lower().split()), words, figure))
    return tuple(found)


def _is_divided(text: str, figure: TextFigure) -> bool:
    return text[figure.end : figure.end + 2].strip()[:1] == "/" or text[: figure.start].rstrip()[-1:] == "/"


def without_brackets(text: str) -> str:
    """``text`` without what stands in brackets."""
    return _BRACKETS.sub(" ", text)


def telling_words(label: str) -> frozenset[str]:
    """The words of a name that say what is counted."""
    return frozenset(word for word in _WORD.findall(label.lower()) if word not in _EMPTY)
