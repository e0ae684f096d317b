"""What the document's own words say about where one cell ends and another goes on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import log2

from parindex.documents.score_sheets.columns import Column

#: A word that should have ended so many cells by chance, and ended none, does not end one.
_SURELY = 3
#: The most that a pair of words may weigh, in bits.
MOST = 3
_FURTHER_DOWN = 7
_EDGES = ".,;:()[]“”\"'–-"


def plain(word: str) -> str:
    """A word for comparison: lower case, without the marks around it."""
    return word.casefold().strip(_EDGES)


@dataclass(slots=True)
class WordEvidence:
    """Pairs of neighbouring words, and the last words of whole cells, counted over one document."""

    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    lasts: dict[Column, Counter[str]] = field(default_factory=dict)
    columns: dict[Column, Counter[str]] = field(default_factory=dict)

    def learn_line(self, words: Sequence[str]) -> None:
        """Count the neighbours on one printed line."""
        plain_words = [plain(word) for word in words]
        self.pairs.update(zip(plain_words, plain_words[1:], strict=False))

    def learn_cell(self, column: Column, lines: Sequence[str]) -> None:
        """Count a cell that is known whole: the neighbours over its line breaks, and its last word."""
        for above, below in zip(lines, lines[1:], strict=False):
            self.pairs[plain(above.split()[-1]), plain(below.split()[0])] += 1
        words = [plain(word) for line in lines for word in line.split()]
        if words:
            self.lasts.setdefault(column, Counter())[words[-1]] += 1
            self.columns.setdefault(column, Counter()).update(words)

    def neighbours(self, left: str, right: str, own: int = 0) -> bool:
        """Whether the pair is met elsewhere; ``own`` is how often it is counted here."""
        return self.pairs[plain(left), plain(right)] > own

    def ends(self, column: Column, word: str) -> bool | None:
        """Whether cells of the column end with the word; False: it would have been last by now; None: not known."""
        met = self.columns.get(column, Counter())[plain(word)]
        lasts = self.lasts.get(column, Counter())
        ended = lasts[plain(word)]
        if ended >= 2 and ended * 4 >= met:
            return True
        expected = met * lasts.total() / max(self.columns.get(column, Counter()).total(), 1)
        return False if not ended and expected >= _SURELY else None

    def weight(self, lines: Sequence[Sequence[str]]) -> int:
        """How much it says, in bits (0 to ``MOST``), that two words are not neighbours elsewhere.

        Measured on this document: how often the last word of a line and the first of the next are met on one line
        elsewhere, against the last word of a line and the first of one further down. Where both are met as often,
        pairs say nothing.
        """
        true = self._share_met(lines, 1)
        chance = self._share_met(lines, _FURTHER_DOWN)
        return max(0, min(MOST, round(log2(true / (1 - true) * (1 - chance) / chance))))

    def _share_met(self, lines: Sequence[Sequence[str]], step: int) -> float:
        pairs = list(zip(lines, lines[step:], strict=False))
        met = sum(self.pairs[plain(above[-1]), plain(below[0])] > 0 for above, below in pairs)
        return (met + 1) / (len(pairs) + 2)
