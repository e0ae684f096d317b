"""The claim that a leader signs, as anybody can read and recompute it: canonical JSON, its SHA-256, its points.

The text holds everything that the points follow from: the criteria set by its fingerprint, every figure that the rules
read (with its year), the state and points of every item with its maximum. So whoever has the text proves the sum with
a pocket calculator, and whoever has the criteria set as well proves every item.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from parindex.domain.criteria.criteria_set import Outside
from parindex.domain.errors import InvalidInput, InvalidValue, Place, Problem
from parindex.domain.values import Rounding, RoundingMode, exact_number

FORMAT = "parindex/claim/1"
#: What takes an item out of the maximum.
_LEFT_OUT = frozenset({"not_assessed", "pending", "absent"})
_STATES = _LEFT_OUT | {"answered", "unanswered"}
_OUTSIDE = frozenset({"", *(one.value for one in Outside)})
#: Kinds of characters that begin a line or steer a terminal, and halves of characters: no name of ours has one.
_UNPRINTED = frozenset({"Cc", "Cs", "Zl", "Zp"})


def claim_json(claim: Mapping[str, Any]) -> str:
    """The canonical text: keys in order, nothing between, no escapes."""
    return json.dumps(claim, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprint_of(text: str) -> str:
    """The fingerprint of a claim: SHA-256 of its text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class ClaimedItem:
    """One item: the ``state`` of its entry, what it is counted as; ``outside`` is set where it counts outside the
    hundred.
    """

    code: str
    state: str
    counted_as: str
    max_points: Fraction
    points: Fraction | None
    self_points: str
    outside: str


@dataclass(frozen=True, slots=True)
class ClaimedArea:
    """The line of one area: ``assessed`` is its maximum without what is not assessed, ``left_out`` that."""

    code: str
    points: Fraction
    assessed: Fraction
    left_out: Fraction


@dataclass(frozen=True, slots=True)
class Claim:
    """What a claim says. ``index`` is None for a part and where nothing is assessed, ``grade`` for no grade."""

    unit: str
    set_fingerprint: str
    is_part: bool
    figures: Mapping[tuple[str, int], str]
    items: Sequence[ClaimedItem]
    areas: Sequence[ClaimedArea]
    points: Fraction
    max_points: Fraction
    index: Fraction | None
    grade: str | None
    step: Rounding | None
    cap: Fraction | None

    @property
    def has_outside(self) -> bool:
        """Whether items count outside the hundred: caps of the set then decide, not the sum alone."""
        return any(item.outside for item in self.items)


def parse_claim(text: str, file: str = "") -> Claim:
    """A claim from its text. Raises :class:`InvalidInput` (``not_a_claim``) with what is wrong.

    It comes back from anybody: whatever is compared or printed is of its kind, printable, and there once.
    """
    try:
        data = json.loads(text)
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            raise InvalidInput([Problem("not_a_claim", Place(file=file or None), {"format": FORMAT})])
        return _claim(data)
    except (ValueError, KeyError, TypeError, AttributeError, InvalidValue, RecursionError) as error:
        facts = {"format": FORMAT, "reason": str(error)}
        raise InvalidInput([Problem("not_a_claim", Place(file=file or None), facts)]) from None


def _claim(data: dict[str, Any]) -> Claim:
    step = data["index_step"]
    figures = [(_text(one["measure"]), int(one["year"]), _text(one["value"])) for one in data["figures"]]
    items = [_item(one) for one in data["items"]]
    areas = [_area(one) for one in data["areas"]]
    _require_once(figure[:2] for figure in figures)
    _require_once(one.code for one in items)
    _require_once(one.code for one in areas)
    return Claim(
        unit=_text(data["unit"]["name"]),
        set_fingerprint=_text(data["criteria_set"]["fingerprint"]),
        is_part=data["part"] is not None,
        figures={(measure, year): value for measure, year, value in figures},
        items=items,
        areas=areas,
        points=exact_number(data["points"]),
        max_points=exact_number(data["max_points"]),
        index=exact_number(data["index"]) if data["index"] is not None else None,
        grade=_text(data["grade"]) if data["grade"] is not None else None,
        step=Rounding(int(step["places"]), RoundingMode(step["mode"])) if step else None,
        cap=exact_number(data["index_cap"]) if data["index_cap"] is not None else None,
    )


def _item(data: dict[str, Any]) -> ClaimedItem:
    if data["counted_as"] not in _STATES or data["outside"] not in _OUTSIDE:
        raise ValueError(data["counted_as"])
    return ClaimedItem(
        _text(data["code"]), _text(data["state"]), data["counted_as"], exact_number(data["max_points"]),
        exact_number(data["points"]) if data["points"] else None, _text(data["self_points"]), data["outside"],
    )  # fmt: skip


def _area(data: dict[str, Any]) -> ClaimedArea:
    most, out = exact_number(data["max_points"]), exact_number(data["not_assessed_points"])
    return ClaimedArea(_text(data["code"]), exact_number(data["points"]), most - out, out)


def _text(value: Any) -> str:
    """A text that prints on its own line, as it stands."""
    if not isinstance(value, str) or any(unicodedata.category(one) in _UNPRINTED for one in value):
        raise ValueError(repr(value)[:80])
    return value


def _require_once(names: Iterable[Hashable]) -> None:
    listed = list(names)
    if len(set(listed)) != len(listed):
        raise ValueError("twice")


@dataclass(frozen=True, slots=True)
class Sums:
    """What the items of a claim add up to. ``index`` is None for a part and where nothing is assessed."""

    points: Fraction
    max_points: Fraction
    index: Fraction | None


def sums_of(claim: Claim) -> Sums:
    """Points, maximum and index from the items alone, for a claim without items outside the hundred."""
    points = sum((one.points for one in claim.items if one.points is not None), Fraction(0))
    most = sum((one.max_points for one in claim.items if one.counted_as not in _LEFT_OUT), Fraction(0))
    answered = any(one.points is not None for one in claim.items)
    # A set may leave a unit that has reported nothing without an index.
    has_index = not claim.is_part and (answered or claim.index is not None)
    index = index_of(points, most, claim.step, claim.cap) if has_index else None
    return Sums(points, most, index)


def index_of(points: Fraction, most: Fraction, step: Rounding | None, cap: Fraction | None) -> Fraction | None:
    """points ÷ maximum × 100, after the declared cap and rounding step."""
    if not most:
        return None
    index = points * 100 / most
    if cap is not None:
        index = min(index, cap)
    return index if step is None else step.apply(index)
