"""Quantities in words: the sums above and below the line, and what they come to."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from parindex.domain.scoring.outcome import NoPoints
from parindex.domain.scoring.quantities import Term
from parindex.domain.scoring.trace import QuantityTrace, TermTrace
from parindex.wording.language import text
from parindex.wording.numbers import equals, number, percent_text, points_text
from parindex.wording.reason_words import no_points


def quantity_words(quantity: QuantityTrace) -> str:
    """``(225 + 0,5 × 347) ÷ 572 = 69,66783%``; what is missing or cannot be is said."""
    above = _sum_words(quantity.of)
    if quantity.to:
        words = f"{_bracketed(above, quantity.of)} ÷ {_bracketed(_sum_words(quantity.to), quantity.to)}"
    else:
        words = above
    if quantity.value is None:
        return f"{words}: {no_points(NoPoints(quantity.reason))}" if quantity.reason < 0 else words
    words += _comes_to(quantity)
    if quantity.rounding is not None:
        words += " " + text("(làm tròn {places} chữ số)", places=quantity.rounding.places)
    return words


def _comes_to(quantity: QuantityTrace) -> str:
    """`` = 75%``; what the division gives, and what was taken in its place where that is more than the whole."""
    if not quantity.to:
        return f" {equals(quantity.value)} {value_words(quantity)}" if len(quantity.of) > 1 else ""
    if quantity.numerator is None or not quantity.denominator:
        return f" → {value_words(quantity)}"
    divided = quantity.numerator / quantity.denominator
    joint = equals(divided * 100 if is_share(quantity) else divided)
    if quantity.capped:
        taken = text("(vượt 100%, lấy {value})", value=value_words(quantity))
        return f" {joint} {_printed(quantity, divided)} {taken}"
    # What a declared step cut off is no equality either; the step itself is said after the value.
    return f" {joint if divided == quantity.value else '≈'} {value_words(quantity)}"


def is_share(quantity: QuantityTrace) -> bool:
    """Whether the quantity is a share of a whole; a mean of points is none, where a case counts for more than one."""
    return quantity.denominator is not None and not counts_for_more(quantity.of)


def counts_for_more(terms: Iterable[TermTrace | Term]) -> bool:
    """Whether a case above the line counts for more than one: 2 points each, or 1.000 times as a rate."""
    return any(abs(term.weight) > 1 for term in terms)


def is_cut(quantity: QuantityTrace) -> bool:
    """Whether the value as printed is not the value of the division: it does not end, or a step rounds it."""
    if quantity.value is None:
        return False
    printed = quantity.value * 100 if is_share(quantity) else quantity.value
    return quantity.rounding is not None or equals(printed) == "≈"


def value_words(quantity: QuantityTrace) -> str:
    """The value of a quantity: a share in per cent, a sum or a mean as a number."""
    return _printed(quantity, quantity.value)


def _printed(quantity: QuantityTrace, value: Fraction | None) -> str:
    if value is None:
        return "–"
    return percent_text(value * 100) if is_share(quantity) else number(value)


def fraction_words(quantity: QuantityTrace) -> str:
    """The sums above and below the line, without what they come to."""
    above = _bracketed(_sum_words(quantity.of), quantity.of)
    if not quantity.to:
        return above
    return f"{above} ÷ {_bracketed(_sum_words(quantity.to), quantity.to)}"


def _sum_words(terms: tuple[TermTrace, ...]) -> str:
    words = ""
    for term in terms:
        negative = term.weight < 0
        weight = abs(term.weight)
        shown = _term_words(term)
        piece = shown if weight == 1 else f"{points_text(weight)} × {shown}"
        joint = (" − " if negative else " + ") if words else ("−" if negative else "")
        words += joint + piece
    return words


def _term_words(term: TermTrace) -> str:
    if term.quantity is not None and not term.within_group:
        return f"({quantity_words(term.quantity)})"
    value = term.number if term.number is not None else term.value
    return "…" if value is None else number(value)


def _bracketed(words: str, terms: tuple[TermTrace, ...]) -> str:
    return f"({words})" if len(terms) > 1 else words
