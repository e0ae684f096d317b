"""Points that somebody on the council types for an item: what they mean, and whether the rule can give them."""

from __future__ import annotations

from fractions import Fraction

from parindex.database.mapping.frozen_sets import FrozenSet
from parindex.domain.errors import InvalidValue
from parindex.domain.review.refusal import Refusal
from parindex.domain.scoring.possible_points import possible_points
from parindex.domain.values import exact_number
from parindex.usecases.typed_values import points_value


def offered_points(frozen: FrozenSet, code: str) -> tuple[Fraction, ...] | None:
    """The points that the rule of an item can give, the largest first; None where any up to the maximum can come out,
    or no rule works them out.
    """
    made = frozen.criteria_set
    return possible_points(frozen.items[code].rule, made.measures, made.rounding.item)


def granted_points(frozen: FrozenSet, code: str, typed: str) -> str:
    """Typed points as they are kept, exactly as written: from 0 to the maximum of the item.

    Refused: ``points_needed``, ``points_unreadable``, ``points_as_share``, ``points_out_of_range``.
    """
    most = frozen.items[code].max_points
    if not typed.strip():
        raise Refusal("points_needed")
    try:
        return points_value(typed, most)
    except InvalidValue as error:
        wrong = {"not_a_number": "points_unreadable", "share_for_points": "points_as_share"}
        raise Refusal(wrong.get(error.kind, "points_out_of_range"), typed=typed.strip(), most=most) from error


def rule_can_give(frozen: FrozenSet, code: str, points: str) -> bool:
    """Whether the rule of an item can come to these points for some unit."""
    offered = offered_points(frozen, code)
    return offered is None or exact_number(points) in offered
