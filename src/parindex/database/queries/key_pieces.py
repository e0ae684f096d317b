"""Rows that are named by their keys: so many at a time as one query asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

#: Far below what any database takes in one statement.
_AT_ONCE = 500


def pieces(keys: Iterable[int]) -> Iterator[list[int]]:
    """Keys in order, as many at a time as one query asks for."""
    ordered = sorted(keys)
    yield from (ordered[at : at + _AT_ONCE] for at in range(0, len(ordered), _AT_ONCE))
