"""Quantities in words: the sums above and below the line, and what they come to."""

from __future__ import annotations

from parindex.domain.scoring.outcome import NoPoints
from parindex.domain.scoring.trace import QuantityTrace, TermTrace
from parindex.wording.language import text
from parindex.wording.numbers import number, points_text, share
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
    words = f"{words} = {value_words(quantity)}" if quantity.to or len(quantity.of) > 1 else words
    if quantity.capped:
        words += " " + text("(vượt 100%, lấy 100%)")
    if quantity.rounding is not None:
        words += " " + text("(làm tròn {places} chữ số)", places=quantity.rounding.places)
    return words


def value_words(quantity: QuantityTrace) -> str:
    """The value of a quantity: a share in per cent, a sum as a number."""
    if quantity.value is None:
        return "–"
    return share(quantity.value, 5) if quantity.denominator is not None else number(quantity.value)


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
