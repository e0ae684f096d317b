"""The most that a rule can give, read off its data: it should be the maximum of the item, no less and no more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from parindex.domain.values import parse_number

#: Kinds that can always give the whole maximum that they work with.
_WHOLE = frozenset({"count", "deduction", "given"})


def best_points(data: Mapping[str, Any], max_points: Fraction, year: int | None) -> Fraction | None:
    """The best that the rule ``data`` can give an item worth ``max_points``; None for a kind that is not known.

    Raises :class:`~parindex.domain.errors.InvalidValue` (``not_a_number``) for a figure that cannot be read.
    """
    whole = own_maximum(data, max_points, year)
    kind = data.get("kind")
    if kind in _WHOLE:
        return whole
    if kind == "ratio":
        return _best_ratio(data, whole, year)
    if kind == "option":
        return _best_of(_worth(one, whole, year) for one in choices(data.get("options")))
    if kind == "bands":
        return _best_of(_worth(one, whole, year) for one in choices(data.get("bands")))
    if kind == "best":
        return _best_of(best_points(one, whole, year) for one in choices(data.get("alternatives")))
    if kind == "sum":
        return _sum([best_points(one, whole, year) for one in choices(data.get("parts"))], whole)
    return None


def own_maximum(data: Mapping[str, Any], max_points: Fraction, year: int | None) -> Fraction:
    """The maximum that a rule works with: its own, where it declares one."""
    own = data.get("max_points")
    return max_points if own is None else dated(own, year)


def quantity(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The data that hold ``of`` and ``to``: the rule itself, or the quantity that it names and nothing else."""
    of = data.get("of")
    if isinstance(of, list | tuple) and len(of) == 1:
        of = of[0]
    inner = of.get("quantity") if isinstance(of, Mapping) else None
    return inner if isinstance(inner, Mapping) and "to" not in data else data


def _best_ratio(data: Mapping[str, Any], whole: Fraction, year: int | None) -> Fraction:
    """The whole, unless the target is more than a share can be: 100 %, times the largest weight of its classes."""
    measured = quantity(data)
    if "to" not in measured or measured.get("over") == "allow":
        return whole
    above, below = _weights(measured.get("of"), year), _weights(measured["to"], year)
    if not above or set(below) != {1}:
        return whole  # a sum of other things than measures: what it can reach is not read off its data
    target = dated(data.get("target", 1), year)
    return min(whole, whole * max(above) / target) if target > 0 else whole


def _weights(value: Any, year: int | None) -> list[Fraction]:
    """The weights of terms that are measures; none where one is something else."""
    terms = [{"measure": one} if isinstance(one, str) else one for one in _listed(value)]
    if any(not isinstance(one, Mapping) or "measure" not in one for one in terms):
        return []
    return [dated(one.get("weight", 1), year) for one in terms]


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def dated(value: Any, year: int | None) -> Fraction:
    """A number parameter: exact, or by year (the latest year not after ``year``, else the earliest)."""
    if not isinstance(value, Mapping):
        return parse_number(value)
    years = sorted(((parse_number(one), one) for one in value), key=lambda pair: pair[0])
    if not years:
        return parse_number(None)
    due = [one for when, one in years if year is None or when <= year]
    return parse_number(value[due[-1] if due else years[0][1]])


def choices(value: Any) -> list[Mapping[str, Any]]:
    """Options, bands, parts as rows, whether they are written as a list or by key."""
    rows: Iterable[Any] = value.values() if isinstance(value, Mapping) else _listed(value) if value else ()
    return [row if isinstance(row, Mapping) else {"points": row} for row in rows]


def _worth(row: Mapping[str, Any], whole: Fraction, year: int | None) -> Fraction | None:
    if "rule" in row:
        return best_points(row["rule"], whole, year) if isinstance(row["rule"], Mapping) else None
    if "share" in row:
        return dated(row["share"], year) * whole
    return dated(row["points"], year) if "points" in row else None


def _best_of(found: Iterable[Fraction | None]) -> Fraction | None:
    """The largest; None where one is not known or there is none."""
    known = list(found)
    numbers = [one for one in known if one is not None]
    return max(numbers) if numbers and len(numbers) == len(known) else None


def _sum(found: list[Fraction | None], whole: Fraction) -> Fraction | None:
    """Together, but not more than the whole: a sum is capped by its own rule."""
    numbers = [one for one in found if one is not None]
    return min(whole, sum(numbers, Fraction(0))) if numbers and len(numbers) == len(found) else None
