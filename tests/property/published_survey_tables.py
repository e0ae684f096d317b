"""What a published survey table tells whoever knows all about the sample but the answers: an exact linear system.

The attacker knows who is in which cell, who answered what and every weight (here 1); unknown is each answer. Every
published figure is then one equation with rational factors. Whether a withheld total follows from them is a question of
rank, answered by elimination in the integers modulo a large prime: no rounding, and wrong only where the prime divides
a determinant.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from parindex.domain.survey.estimation.tabulation import EstimateTable, Grouping, Margin, margins, tabulate
from parindex.domain.survey.questionnaire.answers import Answers
from parindex.domain.survey.questionnaire.variables import Item, Ratio, Rollup, Variables, values_of
from parindex.domain.survey.sample.design import Lonely, lay_out

PRIME = 2**31 - 1
HIGHEST = 3
#: The factor of each unknown (respondent, question) in one equation.
Equation = Mapping[tuple[int, str], Fraction]


@dataclass(frozen=True)
class Published:
    """A small survey and its tables."""

    variables: Variables
    by: Sequence[Margin]
    tables: Sequence[EstimateTable]
    values: Mapping[str, np.ndarray]
    minimum: int

    def shown(self, variable: str, margin: int, cell: int) -> bool:
        """Whether a figure of the variable is published in the cell; all or none of them are."""
        found = {
            bool(table.shown[margin][cell, table.variables.index(variable)])
            for table in self.tables
            if variable in table.variables
        }
        (only,) = found
        return only

    def cells(self) -> Iterator[tuple[int, int, np.ndarray]]:
        """Every margin, cell and the respondents in it."""
        for m, margin in enumerate(self.by):
            for cell in range(margin.domains.count):
                yield m, cell, np.flatnonzero(margin.domains.code == cell)

    def total(self, variable: str, rows: np.ndarray) -> Equation:
        """The total of an item or a number."""
        return {(int(row), variable): Fraction(1) for row in rows if not np.isnan(self.values[variable][row])}

    def rollup(self, items: Sequence[str], rows: np.ndarray) -> Equation:
        """The figure of a roll-up."""
        found: dict[tuple[int, str], Fraction] = {}
        for row in rows.tolist():
            answered = [item for item in items if not np.isnan(self.values[item][row])]
            for item in answered:
                if self.variables.rollup is Rollup.ITEMS:
                    found[row, item] = Fraction(1, len(self.total(item, rows)))
                else:
                    found[row, item] = Fraction(1, len(answered))
        return found

    def both(self, one: Ratio, rows: np.ndarray) -> list[int]:
        """Who has both numbers of a ratio."""
        sums = self.values[one.numerator] + self.values[one.denominator]
        return [row for row in rows.tolist() if not np.isnan(sums[row])]

    def ratio(self, one: Ratio, rows: np.ndarray) -> Equation:
        """Numerator less the published ratio times the denominator: 0."""
        both = self.both(one, rows)
        if not both:
            return {}
        above, below = (int(self.values[name][both].sum()) for name in (one.numerator, one.denominator))
        return {
            **{(row, one.numerator): Fraction(1) for row in both},
            **{(row, one.denominator): -Fraction(above, below) for row in both},
        }

    def equations(self) -> list[Equation]:
        """All that is published."""
        codes = self.variables.codes
        found: list[Equation] = []
        for m, cell, rows in self.cells():
            found += [self.total(name, rows) for name in self.values if self.shown(name, m, cell)]
            for code, items in self.variables.members():
                if self.shown(code, m, cell):
                    found.append(self.rollup([codes[at] for at in items], rows))
            found += [self.ratio(one, rows) for one in self.variables.ratios if self.shown(one.code, m, cell)]
        return [one for one in found if one]

    def small(self) -> Iterator[tuple[str, int, int, Equation]]:
        """The totals of which fewer respondents than the minimum are: variable, margin, cell, the total."""
        for m, cell, rows in self.cells():
            for name in self.values:
                total = self.total(name, rows)
                if 0 < len(total) < self.minimum:
                    yield name, m, cell, total
            for one in self.variables.ratios:
                both = self.both(one, rows)
                if 0 < len(both) < self.minimum:
                    yield one.code, m, cell, {(row, one.numerator): Fraction(1) for row in both}

    def told(self) -> list[tuple[str, int, int]]:
        """The small totals that are published, or follow from what is published."""
        equations = self.equations()
        targets = list(self.small())
        unknown = sorted({key for one in (*equations, *(target[-1] for target in targets)) for key in one})
        at = {key: place for place, key in enumerate(unknown)}
        basis = _reduced(np.array([_row(one, at) for one in equations]).reshape(-1, len(at)))
        return [(name, m, cell) for name, m, cell, total in targets if not _rest(basis, _row(total, at)).any()]


def _row(one: Equation, at: Mapping[tuple[int, str], int]) -> np.ndarray:
    found = np.zeros(len(at), np.int64)
    for key, factor in one.items():
        found[at[key]] = factor.numerator * pow(factor.denominator, -1, PRIME) % PRIME
    return found


def _reduced(rows: np.ndarray) -> list[tuple[int, np.ndarray]]:
    """A basis of the rows: each with its first column, where it is 1."""
    basis: list[tuple[int, np.ndarray]] = []
    for row in rows:
        rest = _rest(basis, row)
        if rest.any():
            first = int(np.flatnonzero(rest)[0])
            basis.append((first, rest * pow(int(rest[first]), -1, PRIME) % PRIME))
    return basis


def _rest(basis: Sequence[tuple[int, np.ndarray]], row: np.ndarray) -> np.ndarray:
    for first, one in basis:
        if row[first]:
            row = (row - row[first] * one) % PRIME
    return row


def published(rng: np.random.Generator, rollup: Rollup, *, crossed: bool = True, minimum: int = 4) -> Published:
    """A random small survey: units and sexes, four items in nested groups, two numbers with their ratio. Items are
    answered by everybody, by some, not at all in some units, or by those only who did not answer another.
    """
    units, size = int(rng.integers(3, 5)), int(rng.integers(25, 60))
    unit, sex = rng.integers(0, units, size), rng.integers(0, 2, size)
    given = rng.integers(1, HIGHEST + 1, (size, 4)).astype(float)
    numbers = {name: rng.integers(1, 9, size).astype(float) for name in ("v", "y")}
    for column in (*given.T, *numbers.values()):
        for here in range(units):
            kind = rng.integers(0, 6)
            share = (0, 0, 0.03, 0.3, 0.8, 1)[kind]
            column[(unit == here) & (rng.random(size) < share)] = np.nan
    if rng.random() < 0.5:
        given[~np.isnan(given[:, 0]), 1] = np.nan
    form = Variables(
        items=tuple(Item(f"q{number}", highest=HIGHEST, satisfied_from=HIGHEST) for number in range(1, 5)),
        groups={"g1": ("q1", "q2"), "g2": ("q3",), "g3": ("q4",)} if rng.random() < 0.5 else {"g1": ("q1", "q2", "q3")},
        numbers=("v", "y"),
        ratios=(Ratio("r", "v", "y"),),
        rollup=rollup,
    )
    if len(form.groups) > 1:
        form = Variables(**{**{name: getattr(form, name) for name in form.__slots__}, "parts": {"p1": ("g1", "g2")}})
    by = margins(
        [Grouping("unit", unit, tuple("ABCD"[:units])), *([Grouping("sex", sex, ("f", "m"))] if crossed else [])], size
    )
    sample = lay_out(np.zeros(size, np.intp), [np.arange(size)], [None], np.ones(size), Lonely.CERTAINTY)
    tables = tabulate(sample, form, Answers(given, {}, numbers), by, confidence=0.95, minimum=minimum)
    values = dict(zip(form.codes, values_of(form, given).T, strict=True)) | numbers
    return Published(form, by, tables, values, minimum)
