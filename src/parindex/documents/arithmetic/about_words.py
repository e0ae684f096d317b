"""Words before a figure by which it is not meant to the last place: ``hơn 3.800 hồ sơ``, ``gần một nửa``, ``chưa đến
5%``. Those of comparison (``cao hơn 3.800``) are none.
"""

from __future__ import annotations

from collections.abc import Iterable

#: What is told is more than the figure; less than it, of which only :data:`UNDER` may be a limit ("dưới 18 tuổi");
#: nearly it, from below; about it, on either side.
ABOVE = ("hơn", "trên", "quá", "vượt")
UNDER = ("dưới",)
BELOW = ("chưa đến", "chưa tới", "chưa đầy", "không đến", "không tới", "ngót")
NEARLY = ("gần", "xấp xỉ dưới")
ABOUT = ("trên dưới", "khoảng", "xấp xỉ", "chừng", "ước đạt", "ước tính", "ước")
#: Before "hơn": what is compared.
NOT_COMPARED = "".join(rf"(?<!{word} )" for word in ("cao", "thấp", "nhiều", "ít", "lớn", "nhỏ", "kém"))


def one_of(*words: str) -> str:
    """The pattern of one of some words, "hơn" not as a comparison."""
    return rf"(?:{'|'.join(NOT_COMPARED + word if word == 'hơn' else word for word in longest_first(words))})"


def longest_first(words: Iterable[str]) -> list[str]:
    """Words so that "trên dưới" is met before "trên"."""
    return sorted(words, key=lambda word: (-len(word), word))


#: Any of them, with the space behind it, or nothing: what a pattern passes over before a figure.
PASSED_OVER = rf"(?:(?:{'|'.join(longest_first((*ABOVE, *UNDER, *BELOW, *NEARLY, *ABOUT)))})\s)?"
