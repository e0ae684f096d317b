"""One misprinted cell of a ranking: the rank or the figure without which all rows are in order.

A wrong figure puts every row that it jumps over out of order; the longest run of rows that are in order tells which
cell is wrong. A rank is, where another row has it and the one that the figure is due is missing; a figure is, where its
rank is no other row's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from parindex.documents.arithmetic.misprints import digits_of, neighbours_exchanged, with_another_digit
from parindex.documents.arithmetic.tables.amounts import Amount

#: So many rows in order show a ranking; one in so many may be misprinted.
_FEWEST_IN_ORDER = 6
_ONE_OF = 7
#: A figure of so many digits or more with another digit is told by it.
_TELLING = 3
#: How well a cell explains what is out of order: ranks that stand twice while one is missing; two digits that changed
#: places; another digit; a figure that jumps over several rows.
_TWICE, EXCHANGED, _OTHER_DIGIT, _JUMP = 4, 3, 2, 1
_FEWEST_JUMPED = 2


@dataclass(frozen=True, slots=True)
class RankFault:
    """A cell of row ``row`` that is wrong: its rank (``rank`` is the right one) or its figure, which then is ``value``
    for ordering rows. ``found`` is the right cell as printed, "" where more than one is possible; ``between`` are the
    figures of the rows before and after it.
    """

    row: int
    found: str
    rank: int | None = None
    value: Fraction | None = None
    between: tuple[str, ...] = ()
    proof: int = _TWICE


@dataclass(frozen=True, slots=True)
class Ranking:
    """Rows of a table with ranks and figures; ``sign`` 1: the highest figure is first. ``held``: every rank that is
    printed, those of other rows counted.
    """

    ranks: Mapping[int, int]
    amounts: Mapping[int, Amount]
    sign: int
    held: Counter[int]

    def worth(self, row: int) -> Fraction:
        """The figure of a row, the higher the better."""
        return self.sign * self.amounts[row].value

    def agree(self, one: int, other: int) -> bool:
        """Whether the ranks of two rows are in the order of their figures."""
        better = self.worth(one) - self.worth(other)
        before = self.ranks[other] - self.ranks[one]
        return better * before > 0 or better == 0

    def breaks(self) -> int:
        """How many rows do not agree with the next one; a wrong cell makes two at most."""
        rows = sorted(self.ranks, key=lambda at: (self.ranks[at], -self.worth(at)))
        return sum(not self.agree(one, other) for one, other in zip(rows, rows[1:], strict=False))

    def in_order(self) -> list[int]:
        """The longest run of rows that agree with each other, by rank."""
        rows = sorted(self.ranks, key=lambda at: (self.ranks[at], -self.worth(at)))
        told = [(self.ranks[at], self.worth(at)) for at in rows]
        best: list[tuple[int, int]] = []  # the length of the run that ends here, and the place before
        for at, (rank, worth) in enumerate(told):
            agree = (b for b in range(at) if told[b][1] == worth or (told[b][1] > worth and told[b][0] < rank))
            before = max(((best[b][0], b) for b in agree), default=(0, -1))
            best.append((before[0] + 1, before[1]))
        run: list[int] = []
        at = max(range(len(rows)), key=lambda one: best[one][0])
        while at >= 0:
            run.append(rows[at])
            at = best[at][1]
        return run[::-1]


def rank_faults(ranking: Ranking) -> list[RankFault]:
    """The cells without which all rows are in order; none where these cannot be told."""
    if not 0 < ranking.breaks() <= 2 * max(1, len(ranking.ranks) // _ONE_OF):
        return []
    kept = ranking.in_order()
    outside = [at for at in ranking.ranks if at not in set(kept)]
    if not outside or len(kept) < _FEWEST_IN_ORDER or len(outside) > max(1, len(ranking.ranks) // _ONE_OF):
        return []
    found = [_fault(ranking, kept, row) for row in outside]
    return [one for one in found if one is not None] if None not in found else []


def _fault(ranking: Ranking, kept: Sequence[int], row: int) -> RankFault | None:
    """The wrong cell of a row outside the run, or of the one row in the run that it does not agree with."""
    against = [at for at in kept if not ranking.agree(at, row)]
    tried = [*_of_row(ranking, kept, row, len(against))]
    if len(against) == 1:
        others = [*(at for at in kept if at != against[0]), row]
        tried += _of_row(ranking, sorted(others, key=lambda at: ranking.ranks[at]), against[0], 1)
    tried.sort(key=lambda one: -one.proof)
    if not tried or (len(tried) > 1 and tried[0].proof == tried[1].proof):
        return None
    return tried[0]


def _of_row(ranking: Ranking, others: Sequence[int], row: int, against: int) -> Iterator[RankFault]:
    """What may be wrong in a row beside ``others``, which are in order."""
    rank, worth = ranking.ranks[row], ranking.worth(row)
    if ranking.held[rank] > 1:
        above = max((ranking.ranks[at] for at in others if ranking.worth(at) > worth), default=0)
        below = min((ranking.ranks[at] for at in others if ranking.worth(at) < worth), default=max(ranking.held) + 1)
        free = [one for one in range(above + 1, below) if not ranking.held[one]]
        if len(free) == 1:
            yield RankFault(row, str(free[0]), rank=free[0])
        return
    before = [at for at in others if ranking.ranks[at] < rank]
    after = [at for at in others if ranking.ranks[at] > rank]
    if not before and not after:
        return
    ends = [ranking.amounts[at] for at in (*before[-1:], *after[:1])]
    low = max((ranking.worth(at) for at in after), default=None)
    high = min((ranking.worth(at) for at in before), default=None)
    value = _between(low, high) * ranking.sign
    between = tuple(one.text for one in ends)
    fits = [
        (proof, [text for text, meant in texts if _is_within(ranking.sign * meant, low, high)])
        for proof, texts in _misprints(ranking.amounts[row])
    ]
    for proof, texts in fits:
        if texts:
            yield RankFault(row, texts[0] if len(texts) == 1 else "", None, value, between, proof)
            return
    if against >= _FEWEST_JUMPED and before and after:
        yield RankFault(row, "", None, value, between, _JUMP)


def _between(low: Fraction | None, high: Fraction | None) -> Fraction:
    if low is None or high is None:
        return (low if low is not None else high or Fraction(0)) + (1 if high is None else -1)
    return (low + high) / 2


def _is_within(worth: Fraction, low: Fraction | None, high: Fraction | None) -> bool:
    return (low is None or worth >= low) and (high is None or worth <= high)


def _misprints(amount: Amount) -> Iterator[tuple[int, list[tuple[str, Fraction]]]]:
    """What may have been meant by a figure, as printed and as value: two digits that changed places, another digit."""
    if len(digits_of(amount.text)) < _TELLING or _value(amount, amount.text) != amount.value:
        return
    for proof, tried in ((EXCHANGED, neighbours_exchanged), (_OTHER_DIGIT, with_another_digit)):
        yield proof, [(text, _value(amount, text)) for text in tried(amount.text)]


def _value(amount: Amount, text: str) -> Fraction:
    """The value of a text printed as an amount is."""
    value = Fraction(int(digits_of(text)), 10**amount.places)
    return -value if amount.value < 0 else value
