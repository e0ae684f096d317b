"""Exact numbers: one at a time (``Fraction``, ``Decimal``) and as columns (:class:`Numbers`). No float exists here."""

from parindex.domain.values.columns import Mask, Numbers, Positions, total
from parindex.domain.values.exact import Rounding, RoundingMode, decimal_places, exact_number, number_text, parse_number
from parindex.domain.values.integers import INT64_MAX, Integers, integer_type
from parindex.domain.values.stacks import Layer, block, block_sum, joined, layered, scaled

__all__ = [
    "INT64_MAX",
    "Integers",
    "Layer",
    "Mask",
    "Numbers",
    "Positions",
    "Rounding",
    "RoundingMode",
    "block",
    "block_sum",
    "decimal_places",
    "exact_number",
    "integer_type",
    "joined",
    "layered",
    "number_text",
    "parse_number",
    "scaled",
    "total",
]
