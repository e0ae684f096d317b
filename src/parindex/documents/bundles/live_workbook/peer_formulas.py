"""Comparisons within the group as formulas: the rank of a value among the units, and the best of them.

Numbers are ordered by keys: the number itself where one cell holds it; a quotient by so many of its decimals that
different ones differ (those that are equal have the same decimals for ever).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from fractions import Fraction

from parindex.documents.bundles.live_workbook.formula_columns import FIRST_ROW
from parindex.documents.bundles.live_workbook.quotients import Quotient, Quotients
from parindex.documents.bundles.live_workbook.whole_numbers import Integers, Piece, Whole, is_cell, plain
from parindex.domain.values import Rounding, RoundingMode

_PLACES = (0, 3, 6, 9, 12)


def ranks_of(quotients: Quotients, value: Quotient, reason: Whole | None) -> tuple[Quotient, Whole | None]:
    """The competition rank of each row that has the value: 1 is the largest."""
    known = [True] * len(value.above.values) if reason is None else [one == 0 for one in reason.values]
    ranks = rank_column(quotients, value, known, None if reason is None else f"{reason.text}=0", "thứ tự trong nhóm")
    return Quotient(plain(f"N({ranks.text})", ranks.values)), reason


def best_of(quotients: Quotients, value: Quotient, reason: Whole | None) -> tuple[Quotient, Whole | None]:
    """The largest value of the group on each row, also where the unit itself has none."""
    integers = quotients.integers
    known = [True] * len(value.above.values) if reason is None else [one == 0 for one in reason.values]
    ranks = rank_column(quotients, value, known, None if reason is None else f"{reason.text}=0", "thứ tự trong nhóm")
    whole = integers.sheet.whole_column(ranks.text)
    first = known.index(True) if any(known) else -1
    at = ranks.values.index(1) if any(known) else 0
    positions = [at + 1 if first >= 0 else row + 1 for row in range(len(known))]
    own = f"ROW()-{FIRST_ROW - 1}"
    position = integers.column("dòng cao nhất", Piece(f"IF(COUNT({whole})=0,{own},MATCH(1,{whole},0))", positions))
    above = _picked(integers, value.above, position, "cao nhất")
    below = None if value.below is None else _picked(integers, value.below, position, "cao nhất: mẫu số")
    found = Quotient(above, below, value.factor)
    if reason is None:
        return found, None
    values = [0 if first >= 0 else one for one in reason.values]
    return found, integers.kept("lý do", plain(f"IF(COUNT({whole})>0,0,{reason.text})", values))


def _picked(integers: Integers, number: Whole, position: Piece, name: str) -> Whole:
    """The number of the row ``position`` on every row."""
    if number.fixed is not None:
        return number
    pieces = []
    for one in number.pieces:
        cell = one if is_cell(one.text) else integers.column(name, one)
        values = [one.values[at - 1] for at in position.values]
        picked = f"INDEX({integers.sheet.whole_column(cell.text)},{position.text})"
        pieces.append(integers.column(name, Piece(picked, values)))
    return Whole(tuple(pieces), [number.values[at - 1] for at in position.values])


def rank_column(
    quotients: Quotients, value: Quotient, known: Sequence[bool], condition: str | None, name: str
) -> Piece:
    """A column of ranks by falling value among the rows that are ``known`` (``condition`` says which), "" elsewhere."""
    keys = _keys(quotients, value, known)
    integers = quotients.integers
    cells = []
    for key in keys.pieces:
        text = key.text if condition is None else f'IF({condition},{key.text},"")'
        shown = [v if here else 0 for v, here in zip(key.values, known, strict=True)]
        cells.append(integers.blank_column(f"{name}: khóa", Piece(text, shown), known))
    values = sorted(key for key, here in zip(keys.values, known, strict=True) if here)
    ranks = [
        len(values) - bisect_right(values, key) + 1 if here else 0 for key, here in zip(keys.values, known, strict=True)
    ]
    ranges = [integers.sheet.whole_column(cell.text) for cell in cells]
    above = ""
    for rng, cell in reversed(list(zip(ranges, cells, strict=True))):
        larger = f"({rng}>{cell.text})"
        above = f"({larger}+({rng}={cell.text})*{above})" if above else larger
    counted = f"1+SUMPRODUCT(ISNUMBER({ranges[0]})*{above})"
    text = counted if condition is None else f'IF({condition},{counted},"")'
    return integers.blank_column(name, Piece(text, ranks), known)


def _keys(quotients: Quotients, value: Quotient, known: Sequence[bool]) -> Whole:
    """Integers in the order of the values."""
    if value.below is None:
        above = value.above if value.factor > 0 else quotients.integers.sum([(-1, value.above)])
        return quotients.integers.kept("khóa", above)
    exact = [one for one, here in zip(value.values, known, strict=True) if here]
    places = next((one for one in _PLACES if _tells(exact, one)), None)
    scaled = value
    if places is None:  # more decimals than a rounding has: a finer unit first
        more = next(one for one in range(1, 1000) if _tells([v * Fraction(10) ** one for v in exact], 12))
        scaled, places = value.times(Fraction(10) ** more), 12
    found = quotients.rounded(scaled, Rounding(places, RoundingMode.TRUNCATED), "khóa").above
    return quotients.integers.kept("khóa", found)


def _tells(values: Sequence[Fraction], places: int) -> bool:
    """Whether different values differ in their first decimals."""
    scale = 10**places
    cut = {int(one * scale) for one in values}
    return len(cut) == len(set(values))
