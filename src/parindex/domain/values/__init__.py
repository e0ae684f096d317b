"""Exact numbers: one at a time (``Fraction``, ``Decimal``) and as columns (:class:`Numbers`). No float exists here."""

from parindex.domain.values.columns import Mask, Numbers, Positions, joined, total
from parindex.domain.values.exact import Rounding, RoundingMode, decimal_places, number_text, parse_number
from parindex.domain.values.integers import INT64_MAX, Integers

__all__ = [
    "INT64_MAX",
    "Integers",
    "Mask",
    "Numbers",
    "Positions",
    "Rounding",
    "RoundingMode",
    "decimal_places",
    "joined",
    "number_text",
    "parse_number",
    "total",
]
