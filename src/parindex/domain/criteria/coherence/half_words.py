"""Halves of words, as the titles of a paper show them: "cơ" before "quan", "viên" before "chức".

Vietnamese writes the syllables of a word apart. A syllable that the other titles always follow with the same one, that
comes after many others and never ends anything is the first half of a word; a title that ends with it was cut.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from parindex.domain.criteria.coherence.title_endings import FUNCTION_WORDS

#: Seen so often, before the same syllable in so many of ten cases, which it precedes in so many of ten of its cases.
_FEWEST = 3
_SAME_NEXT = 9
_OWN_NEXT = 2
#: A syllable after the same one in so many of ten cases is the second half of a word: "hoạch" after "kế".
_SAME_BEFORE = 7

_TOKEN = re.compile(r"\w+|[^\w\s]")
#: What stands before and after a title.
_EDGE = ""


class HalfWords:
    """The syllables of the titles of a paper, each with its neighbours."""

    def __init__(self, titles: Iterable[str]) -> None:
        self._titles = {tuple(_TOKEN.findall(title.casefold())) for title in titles}
        self._having: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for title in self._titles:
            for token in set(title):
                self._having[token].append(title)

    def cut_ending(self, title: str) -> str | None:
        """The first half of a word that ``title`` ends with; None where it ends with a whole word, as far as the other
        titles tell.
        """
        tokens = tuple(_TOKEN.findall(title.casefold()))
        if len(tokens) < 2 or not tokens[-1].isalpha():
            return None
        last, before = tokens[-1], tokens[-2]
        seen = self._neighbours(last, tokens)
        following = Counter(after for _, after in seen)
        after, count = max(following.items(), key=lambda one: one[1], default=(_EDGE, 0))
        if len(seen) < _FEWEST or 10 * count < _SAME_NEXT * len(seen) or any(not one.isalnum() for one in following):
            return None
        if 10 * count < _OWN_NEXT * len(self._neighbours(after, tokens)) or _is_second_half(seen):
            return None
        alone = not before.isalpha() or before in FUNCTION_WORDS  # else the two may be a word that stands only here
        return last if alone or (before, after) in seen else None

    def _neighbours(self, token: str, without: tuple[str, ...]) -> list[tuple[str, str]]:
        """What stands right before and right after ``token`` in all titles but ``without``."""
        found = []
        for title in self._having[token]:
            if title != without:
                padded = (_EDGE, *title, _EDGE)
                found += [(padded[at - 1], padded[at + 1]) for at in range(1, len(padded) - 1) if padded[at] == token]
        return found


def _is_second_half(seen: list[tuple[str, str]]) -> bool:
    """Whether a syllable mostly comes after the same other one."""
    before = Counter(one for one, _ in seen if one.isalpha())
    return 10 * max(before.values(), default=0) >= _SAME_BEFORE * len(seen)
