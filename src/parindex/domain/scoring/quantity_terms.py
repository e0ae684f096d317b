"""Reading quantities and terms out of the data of a rule (what they mean: :mod:`parindex.domain.scoring.quantities`).

Problem kinds beside those of :mod:`parindex.domain.scoring.parameters`: ``needs_whole`` (``key``: it says something
about a quotient, and there is no ``to``), ``zero_base_refused`` (more than the whole is refused, so a base of zero is
impossible), ``zero_base_inside`` (only the quantity of the rule itself can give points for a base of zero),
``term_names_several`` (``keys``), ``nested_too_deep`` (``limit``).
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from parindex.domain.scoring.parameters import Amount, Section, worded_amount
from parindex.domain.scoring.quantities import ONE, Over, Quantity, Term, WithinGroup

#: The keys of a quantity; on a rule they stand beside the rule's own.
QUANTITY_KEYS = ("of", "to", "over", "zero_base")


def read_quantity(section: Section, maximum: Fraction | None) -> Quantity | None:
    """The quantity of a rule that works with ``maximum`` (None: points are not stated here, so no ``zero_base``)."""
    only = _only_quantity(section)
    if only is not None:
        return _read(only, maximum, own_round=True)
    return _read(section, maximum, own_round=False)


def read_terms(section: Section, key: str) -> tuple[Term, ...]:
    """The terms at ``key``: one term or a list of them."""
    data = section.raw(key)
    if key not in section.data:
        return ()
    if isinstance(data, list | tuple):
        entries: list[tuple[tuple[str, ...], Any]] = [
            ((key, str(position)), entry) for position, entry in enumerate(section.listed(key))
        ]
    else:
        entries = [((key,), data)]
    terms = [_term(section, entry, *path) for path, entry in entries]
    return tuple(term for term in terms if term is not None)


def _only_quantity(section: Section) -> Section | None:
    """The section of a rule's quantity where ``of`` is nothing but a quantity."""
    of = section.data.get("of")
    if isinstance(of, list | tuple) and len(of) == 1:
        of = of[0]
    stated = any(key in section.data for key in QUANTITY_KEYS[1:])
    if stated or not isinstance(of, Mapping) or set(of) != {"quantity"} or not isinstance(of["quantity"], Mapping):
        return None
    section.asked.add("of")
    return Section(of["quantity"], (*section.path, "of", "quantity"), section.reading)


def _read(section: Section, maximum: Fraction | None, *, own_round: bool) -> Quantity | None:
    if section.too_deep():
        return None
    of = read_terms(section, "of")
    to = read_terms(section, "to") if section.has("to") else ()
    over = Over(section.choice("over", tuple(Over), Over.REFUSE))
    zero_base = _zero_base(section, over, maximum)
    rounding = section.rounding() if own_round else None
    if "to" not in section.data:
        for key in ("over", "zero_base"):
            if key in section.data:
                section.problem("needs_whole", key, key=key)
    if own_round:
        section.close()
    return Quantity(of, to, over, zero_base, rounding) if of and (to or "to" not in section.data) else None


def _zero_base(section: Section, over: Over, maximum: Fraction | None) -> Amount | None:
    if not section.has("zero_base"):
        return None
    if maximum is None:
        section.problem("zero_base_inside", "zero_base")
        return None
    if over is Over.REFUSE and "to" in section.data:
        section.problem("zero_base_refused", "zero_base")
    found = worded_amount(section, "zero_base", maximum)
    return found if isinstance(found, Amount) else None


def _term(section: Section, data: Any, *path: str) -> Term | None:
    if isinstance(data, str):
        return Term(measure=section.measure(data, *path))
    inner = section.inside(data, *path)
    if inner is None:
        return None
    named = [key for key in ("measure", "number", "quantity") if inner.has(key)]
    weight = inner.number("weight", default=ONE)
    year = inner.year()
    group = inner.choice("within_group", tuple(WithinGroup), "") if inner.has("within_group") else ""
    within = WithinGroup(group) if group else None
    term = None
    if len(named) > 1:
        inner.problem("term_names_several", keys=named)
    elif not named:
        inner.raw("measure")
    elif named == ["measure"]:
        term = Term(inner.measure(inner.data["measure"], "measure"), None, None, weight, year, within)
    elif named == ["number"]:
        term = Term("", inner.number("number"), None, weight, year, within)
    else:
        term = _nested(inner, weight, year, within)
    inner.close()
    return term


def _nested(section: Section, weight: Fraction, year: int, within: WithinGroup | None) -> Term | None:
    inner = section.section("quantity")
    quantity = None if inner is None else _read(inner, None, own_round=True)
    return None if quantity is None else Term("", None, quantity, weight, year, within)
