"""What the document's own words say about where one cell ends and another goes on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from parindex.documents.score_sheet_columns import Column

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

    def can_end(self, column: Column, word: str) -> bool:
        """Whether a cell of this column is known to end with the word, or the word is unknown there."""
        met = self.columns.get(column, Counter())[plain(word)]
        ended = self.lasts.get(column, Counter())[plain(word)]
        return ended * 4 >= met


def vocabulary(lines: Iterable[Sequence[str]]) -> Counter[str]:
    """How often each word of the document is met."""
    return Counter(plain(word) for words in lines for word in words)
