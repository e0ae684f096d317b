"""Ranks with a tolerance as formulas: whoever is at most so much below the best of a tie shares its rank.

The tolerance is not passed on from neighbour to neighbour, so the places are gone through from the first on: on the row
of the k-th unit of the sheet stand also the key of the k-th place and the best of its tie.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TypeVar

from parindex.documents.bundles.live_workbook.formula_columns import FIRST_ROW, OUTSIDE_ROW, ROW, ROW_BEFORE
from parindex.documents.bundles.live_workbook.peer_formulas import rank_column
from parindex.documents.bundles.live_workbook.quotients import Quotient, Quotients
from parindex.documents.bundles.live_workbook.whole_numbers import PLAIN, Piece, is_cell, literal
from parindex.domain.values import Rounding, RoundingMode

#: Decimals of the keys of quotients; the first that decide every tie rightly are taken.
_PLACES = (9, 10, 8, 7, 6)
Number = TypeVar("Number", int, Fraction)


def tolerant_ranks(
    quotients: Quotients, value: Quotient, known: Sequence[bool], condition: str, tolerance: Fraction
) -> Piece:
    """A column of ranks of the rows that are ``known``, "" elsewhere."""
    integers = quotients.integers
    order = rank_column(quotients, value, known, condition, "thứ tự")
    key = _key(quotients, value, known, tolerance)
    most = tolerance / key.factor
    keys = key.above.values
    rows = sorted((row for row, here in enumerate(known) if here), key=lambda row: (order.values[row], row))
    positions = {row: place for place, row in enumerate(rows, start=1)}
    place_of = [positions.get(row, 0) for row in range(len(known))]
    cell = order.text
    before = f"{cell.removesuffix(ROW)}${OUTSIDE_ROW}:{_letters(cell)}{ROW_BEFORE}"
    unique = integers.blank_column(
        "vị trí", Piece(f'IF({cell}="","",{cell}+COUNTIF({before},{cell}))', place_of), known
    )
    held = [place < len(rows) for place in range(len(known))]
    at = [rows[place] + 1 if here else 0 for place, here in enumerate(held)]
    place = f"(ROW()-{FIRST_ROW - 1})"
    whole = integers.sheet.whole_column
    found = integers.blank_column(
        "đơn vị ở vị trí", Piece(f'IF({place}>COUNT({whole(cell)}),"",MATCH({place},{whole(unique.text)},0))', at), held
    )
    key_cell = key.above.pieces[0].text
    here_keys = [keys[row - 1] if row else 0 for row in at]
    placed = integers.column(
        "khóa ở vị trí", Piece(f'IF({found.text}="",0,INDEX({whole(key_cell)},{found.text}))', here_keys)
    )
    best, ranks = _gone_through(here_keys, held, most)
    next_cell = integers.sheet.cell(len(integers.sheet.columns))
    above = next_cell.replace(ROW, ROW_BEFORE)
    apart = f"({above}-{placed.text})*{literal(most.denominator)}>{literal(most.numerator)}"
    first = f"ROW()={FIRST_ROW}"
    top = integers.column(
        "cao nhất của bậc", Piece(f"IF({first},{placed.text},IF({apart},{placed.text},{above}))", best)
    )
    new = f"({top.text.replace(ROW, ROW_BEFORE)}-{placed.text})*{literal(most.denominator)}>{literal(most.numerator)}"
    rank_before = integers.sheet.cell(len(integers.sheet.columns)).replace(ROW, ROW_BEFORE)
    of_place = integers.blank_column(
        "hạng của vị trí",
        Piece(f'IF({found.text}="","",IF({first},1,IF({new},{place},{rank_before})))', ranks),
        held,
    )
    final = [ranks[place - 1] if place else 0 for place in place_of]
    text = f'IF({cell}="","",INDEX({whole(of_place.text)},{unique.text}))'
    return integers.blank_column("xếp hạng", Piece(text, final), known)


def _letters(cell: str) -> str:
    return cell.removesuffix(ROW).rpartition("\2")[2]


def _key(quotients: Quotients, value: Quotient, known: Sequence[bool], tolerance: Fraction) -> Quotient:
    """An integer in one cell for every value, by which the tolerance is measured."""
    integers = quotients.integers
    if value.below is None and value.above.is_plain and value.factor > 0:
        above = integers.kept("khóa", value.above)
        return Quotient(above if is_cell(above.text) else integers.in_cell("khóa", above), None, value.factor)
    exact = [one for one, here in zip(value.values, known, strict=True) if here]
    places = next((one for one in _PLACES if _decides(exact, one, tolerance)), _PLACES[0])
    rounded = quotients.rounded(value, Rounding(places, RoundingMode.TRUNCATED), "khóa")
    return Quotient(integers.in_cell("khóa", rounded.above), None, rounded.factor)


def _decides(values: Sequence[Fraction], places: int, tolerance: Fraction) -> bool:
    """Whether values cut to so many decimals are tied as the values themselves are, and one cell holds them."""
    scale = 10**places
    ordered = sorted(values, reverse=True)
    cut = [int(one * scale) for one in ordered]
    held = [True] * len(values)
    exact = _gone_through(ordered, held, tolerance)[1]
    return exact == _gone_through(cut, held, tolerance * scale)[1] and max(map(abs, cut), default=0) < PLAIN


def _gone_through(values: Sequence[Number], held: Sequence[bool], most: Fraction) -> tuple[list[Number], list[int]]:
    """The best of the tie and the rank of every place, in order of the places."""
    tops: list[Number] = []
    ranks: list[int] = []
    for place, value in enumerate(values, start=1):
        new = place == 1 or tops[-1] - value > most
        tops.append(value if new else tops[-1])
        ranks.append((place if new else ranks[-1]) if held[place - 1] else 0)
    return tops, ranks
