"""Reading what every rule kind takes (what it means: :mod:`parindex.domain.scoring.rule`).

Problem kinds beside those of :mod:`parindex.domain.scoring.parameters`: ``not_assessed_inside`` (only the item's own
rule can take the item out of the assessment), ``needs_nothing_when`` (``nothing_arose``, and nothing says when).
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from parindex.domain.scoring.parameters import Amount, Section, worded_amount
from parindex.domain.scoring.quantities import Quantity
from parindex.domain.scoring.quantity_terms import QUANTITY_KEYS, read_quantity, read_terms
from parindex.domain.scoring.rule import ZERO, Nothing, NothingArose, Scope, Settings


def read_maximum(section: Section, scope: Scope) -> Fraction:
    """The maximum that the rule works with: its own where it states one, which is not above the inherited one."""
    return section.number("max_points", default=scope.max_points, least=ZERO, most=scope.max_points)


def quantity_or_inherited(section: Section, scope: Scope, maximum: Fraction) -> Quantity | None:
    """The quantity of the rule; inside a band that of the rule around it where none is stated."""
    if scope.quantity is not None and not any(key in section.data for key in QUANTITY_KEYS):
        return scope.quantity
    return read_quantity(section, maximum)


def read_settings(
    section: Section,
    scope: Scope,
    maximum: Fraction,
    *,
    quantity: Quantity | None = None,
    above: Iterable[tuple[str, int]] = (),
) -> Settings:
    """The settings of a rule; ``above`` are the figures above the line that are not of its ``quantity``."""
    whole = () if quantity is None else quantity.to
    when = read_terms(section, "nothing_when") if section.has("nothing_when") else whole
    gives = _gives(section, scope, maximum)
    if section.has("nothing_arose") and not when and "nothing_when" not in section.data:
        section.problem("needs_nothing_when", "nothing_arose")
    figures = [*above, *(() if quantity is None else quantity.above(0))]
    years = {year for term in when for _, year in term.figures(0)}
    counted = tuple(dict.fromkeys(one for one in figures if one[1] in years))
    nothing = Nothing(when, counted, gives) if when else None
    missing = section.choice("missing", ("unanswered", "zero"), "unanswered")
    return Settings(maximum, nothing, missing == "zero", section.rounding())


def _gives(section: Section, scope: Scope, maximum: Fraction) -> Amount | NothingArose:
    if not section.has("nothing_arose"):
        return NothingArose.UNDECIDED
    words = (NothingArose.NOT_ASSESSED.value, NothingArose.LAST_YEAR.value)
    found = worded_amount(section, "nothing_arose", maximum, words)
    if found == NothingArose.NOT_ASSESSED and not scope.root:
        section.problem("not_assessed_inside", "nothing_arose")
    if isinstance(found, str):
        return NothingArose(found)
    return NothingArose.UNDECIDED if found is None else found
