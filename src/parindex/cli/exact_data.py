"""Values whose decimals do not end, for machines: beside the rounded decimal stands the exact value as a fraction."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import polars as pl

from parindex.documents.results.result_files import PLACES, decimal_text
from parindex.domain.values import Mask, Numbers, decimal_places, number_text


def exact_data(**values: Fraction | None) -> dict[str, str | None]:
    """Every value as a decimal; where that is not the value itself also ``<name>_exact``, as ``14/3``."""
    data: dict[str, str | None] = {}
    for name, value in values.items():
        data[name] = decimal_text(value)
        if (exact := exact_text(value)) is not None:
            data[f"{name}_exact"] = exact
    return data


def exact_series(name: str, columns: Sequence[Numbers], present: Mask | None = None) -> list[pl.Series]:
    """The column ``<name>_exact`` of columns one below the other; no column where every decimal ends.

    Its cells are null where the decimal is the value itself.
    """
    if all(isinstance(column.den, int) and _ends(Fraction(1, column.den)) for column in columns):
        return []
    texts = [exact_text(value) for column in columns for value in column.to_fractions()]
    if present is not None:
        texts = [text if there else None for text, there in zip(texts, present.tolist(), strict=True)]
    if not any(texts):
        return []
    return [pl.Series(f"{name}_exact", texts, dtype=pl.String)]


def _ends(value: Fraction) -> bool:
    places = decimal_places(value)
    return places is not None and places <= PLACES


def exact_text(value: Fraction | None) -> str | None:
    """``14/3`` for a value whose decimals do not end within :data:`PLACES`; None for any other and for none."""
    return None if value is None or _ends(value) else number_text(value)
