"""The derivation of one row of a rule: facts only, from which the explanation in words is built elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from parindex.domain.values import Rounding


@dataclass(frozen=True, slots=True)
class TermTrace:
    """One term of a sum: what it names (``measure``, ``number`` or ``quantity``), its weight and its value.

    ``year`` is the calendar year. ``within_group`` is "", ``best`` or ``rank``; then ``value`` is what the comparison
    gave and ``own`` the unit's own figure. A value is None where the figure is missing.
    """

    measure: str
    number: Fraction | None
    quantity: QuantityTrace | None
    year: int
    weight: Fraction
    within_group: str
    own: Fraction | None
    value: Fraction | None


@dataclass(frozen=True, slots=True)
class QuantityTrace:
    """One quantity: its terms, the weighted sums above and below the line, and what came out.

    ``denominator`` is None where the quantity has no ``to``. ``value`` is None where the quantity has none;
    ``reason`` then is a :class:`~parindex.domain.scoring.outcome.NoPoints` number, otherwise 0. ``capped`` says that
    more than the whole was taken as 100 %; ``rounding`` is the declared rounding of the quantity itself.
    """

    of: tuple[TermTrace, ...]
    to: tuple[TermTrace, ...]
    numerator: Fraction | None
    denominator: Fraction | None
    value: Fraction | None
    reason: int
    over: str
    capped: bool
    rounding: Rounding | None


@dataclass(frozen=True, slots=True)
class ChoiceTrace:
    """One chosen option: the measure, the calendar year and the key; "" where nothing has been chosen."""

    measure: str
    year: int
    chosen: str


@dataclass(frozen=True, slots=True)
class RuleTrace:
    """How a rule came to its points on one row.

    ``branch`` is the branch number of the column result and ``branch_name`` its name in lower case (``full``,
    ``band``, ``nothing_arose``, ``missing``); ``points`` is None where the branch is below 0. ``year`` is the year
    whose figures were used. ``parameters`` are pairs of name and exact text. ``children`` are parts, alternatives, the
    rule inside the band that was hit, or the rule on the figures of the year before.
    """

    kind: str
    branch: int
    branch_name: str
    max_points: Fraction
    points: Fraction | None
    year: int
    quantities: tuple[QuantityTrace, ...]
    choices: tuple[ChoiceTrace, ...]
    parameters: tuple[tuple[str, str], ...]
    children: tuple[RuleTrace, ...]
