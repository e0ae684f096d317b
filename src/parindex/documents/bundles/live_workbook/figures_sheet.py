"""The sheet with the frozen figures: a column a measure and year, and how formulas read it.

A figure stands as a number while a double holds it exactly; one with more digits stands as text and is taken apart,
and one whose decimals do not end stands as numerator and denominator.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from parindex.documents.bundles.live_workbook import words
from parindex.documents.bundles.live_workbook.formula_columns import CellValue, Column, FormulaSheet, Head
from parindex.documents.bundles.live_workbook.quotients import Quotient
from parindex.documents.bundles.live_workbook.whole_numbers import BASE, PLAIN, Flag, Integers, Piece, Whole, plain
from parindex.domain.criteria.criteria_set import Measure, MeasureKind
from parindex.domain.publication.snapshot import FrozenGroup, Texts
from parindex.domain.values import decimal_places, exact_number

#: What a cell holds exactly as a number, in units of its last decimal: 14 digits.
_NUMBER_CELL = 10**14
_MOST_PLACES = 9


@dataclass(frozen=True, slots=True)
class Reported:
    """A figure of every unit: its value (0 where there is none), and whether there is one."""

    value: Quotient
    present: Flag


@dataclass(frozen=True, slots=True)
class Chosen:
    """A choice of every unit: the text of its cell, and the key ("" where nothing was chosen)."""

    cell: str
    values: Texts


class FigureColumns:
    """The figures of a group; a column that nobody entered anything in is made when a rule asks for it."""

    def __init__(self, group: FrozenGroup, sheet: FormulaSheet, integers: Integers) -> None:
        self._group, self._sheet, self._integers = group, sheet, integers
        self._reported: dict[tuple[str, int], Reported] = {}
        self._chosen: dict[tuple[str, int], Chosen] = {}
        for measure, year in group.figures:
            declared = group.criteria_set.measures.get(measure)
            if declared is None:
                self._sheet.add(Column(Head(measure, words.NOT_IN_SET, year), self._texts(measure, year), style="text"))
            elif declared.kind is MeasureKind.CHOICE:
                self.chosen(measure, year)
            else:
                self.reported(measure, year)

    def reported(self, measure: str, year: int) -> Reported:
        """The figures of a measure in a calendar year."""
        key = (measure, year)
        if key not in self._reported:
            item, self._integers.code = self._integers.code, measure
            self._reported[key] = self._column(self._head(measure, year), self._texts(measure, year))
            self._integers.code = item
        return self._reported[key]

    def chosen(self, measure: str, year: int) -> Chosen:
        """The choices of a measure in a calendar year."""
        key = (measure, year)
        if key not in self._chosen:
            texts = self._texts(measure, year)
            cell = self._sheet.add(Column(self._head(measure, year), texts, style="text"))
            self._chosen[key] = Chosen(cell, texts)
        return self._chosen[key]

    def _texts(self, measure: str, year: int) -> Texts:
        return self._group.figures.get((measure, year), ("",) * len(self._group.units))

    def _head(self, measure: str, year: int) -> Head:
        declared = self._group.criteria_set.measures.get(measure) or Measure(measure, measure)
        unit = f" ({declared.unit})" if declared.unit else ""
        return Head(measure, f"{declared.title}{unit}", year)

    def _column(self, head: Head, texts: Texts) -> Reported:
        found = [exact_number(text) if text else None for text in texts]
        values = [Fraction(0) if one is None else one for one in found]
        there = [one is not None for one in found]
        places = [decimal_places(one) for one in values]
        if None not in places:
            scale = 10 ** max((one for one in places if one is not None), default=0)
            above, present = self._integer(head, [int(one * scale) for one in values], there, scale)
            return Reported(Quotient(above, None, Fraction(1, scale)), present)
        den = lcm(*(one.denominator for one in values))
        common = den < BASE
        dens = [den if common else one.denominator for one in values]
        numerator = Head(head.code, f"{head.name}: {words.NUMERATOR}", head.detail)
        denominator = Head(head.code, f"{head.name}: {words.DENOMINATOR}", head.detail)
        above, present = self._integer(numerator, [int(one * by) for one, by in zip(values, dens, strict=True)], there)
        below, _ = self._integer(denominator, dens, [True] * len(dens))
        return Reported(Quotient(above, below), present)

    def _integer(self, head: Head, values: list[int], there: Sequence[bool], scale: int = 1) -> tuple[Whole, Flag]:
        """A column of integers, shown in units of ``scale``; and where there is one."""
        places = len(str(scale)) - 1
        if max(map(abs, values), default=0) >= _NUMBER_CELL or places > _MOST_PLACES:
            return self._written_out(head, values, there, places)
        shown: list[CellValue] = [
            "" if not here else value if scale == 1 else Fraction(value, scale)
            for value, here in zip(values, there, strict=True)
        ]
        cell = self._sheet.add(Column(head, shown))
        number = plain(cell if scale == 1 else f"ROUND({cell}*1E{places},0)", values)
        if scale > 1:
            number = self._integers.kept(head.name, number)
        present = Flag(f"ISNUMBER({cell})", there)
        if number.most < PLAIN:
            return number, present
        return self._integers.cut(number, head.name), present

    def _written_out(self, head: Head, values: list[int], there: Sequence[bool], places: int) -> tuple[Whole, Flag]:
        """Digits as text, all with the same decimals, cut into pieces by formulas."""
        width = -(-max(len(str(abs(value))) for value in values) // 6) * 6 + 6
        shown = [_digits(value, places) if here else "" for value, here in zip(values, there, strict=True)]
        cell = self._sheet.add(Column(Head(head.code, head.name, head.detail), shown, style="text"))
        bare = f'SUBSTITUTE(SUBSTITUTE({cell},".",""),"-","")'
        padded = f'RIGHT(REPT("0",{width})&{bare},{width})'
        sign = f'IF(LEFT({cell},1)="-",-1,1)'
        pieces = []
        for at in range(width // 6):
            power = BASE ** (width // 6 - at - 1)
            cut = [(abs(value) // power % BASE) * (-1 if value < 0 else 1) for value in values]
            pieces.append(Piece(f"{sign}*VALUE(MID({padded},{6 * at + 1},6))", cut))
        return self._integers.of_pieces(pieces, values, head.name), Flag(f'{cell}<>""', there)


def _digits(value: int, places: int) -> str:
    digits = str(abs(value)).rjust(places + 1, "0")
    return ("-" if value < 0 else "") + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)
