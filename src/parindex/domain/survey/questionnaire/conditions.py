"""Skip conditions: when a question or a section applies, as data.

A condition looks at earlier answers only: one of given options, a number between bounds, any answer at all; and all,
any and not of such. A question that was not asked or not answered satisfies no ``in`` and no bound.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

#: What was answered: options chosen (one or several) or a number; a question without an answer is absent.
Answer = frozenset[str] | Fraction


@dataclass(frozen=True, slots=True)
class OneOf:
    """The answer to ``question`` is, or has among those chosen, one of ``options``."""

    question: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """The number answered to ``question`` keeps every bound that is stated (as in the bands of a rule)."""

    question: str
    from_: Fraction | None = None
    above: Fraction | None = None
    below: Fraction | None = None
    up_to: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """The question has an answer, whichever."""

    question: str


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every one of ``parts`` holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of ``parts`` holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """``part`` does not hold."""

    part: Condition


Condition = OneOf | Between | Answered | AllOf | AnyOf | Not


def atoms(condition: Condition) -> Iterator[OneOf | Between | Answered]:
    """The conditions on single questions, in reading order."""
    if isinstance(condition, AllOf | AnyOf):
        for part in condition.parts:
            yield from atoms(part)
    elif isinstance(condition, Not):
        yield from atoms(condition.part)
    else:
        yield condition


def holds(condition: Condition, answers: Mapping[str, Answer]) -> bool:
    """Whether ``answers`` (by question code) satisfy the condition."""
    if isinstance(condition, AllOf):
        return all(holds(part, answers) for part in condition.parts)
    if isinstance(condition, AnyOf):
        return any(holds(part, answers) for part in condition.parts)
    if isinstance(condition, Not):
        return not holds(condition.part, answers)
    answer = answers.get(condition.question)
    if answer is None or isinstance(condition, Answered):
        return answer is not None
    if isinstance(condition, OneOf):
        return isinstance(answer, frozenset) and not answer.isdisjoint(condition.options)
    return isinstance(answer, Fraction) and _within(condition, answer)


def _within(bounds: Between, number: Fraction) -> bool:
    return not (
        (bounds.from_ is not None and number < bounds.from_)
        or (bounds.above is not None and number <= bounds.above)
        or (bounds.below is not None and number >= bounds.below)
        or (bounds.up_to is not None and number > bounds.up_to)
    )


def normal(condition: Condition) -> Condition:
    """The same condition in one spelling.

    ``all`` within ``all`` and ``any`` within ``any`` are flat, nothing is said twice, and in an ``any`` the options
    of one question stand together at its first mention. The order is otherwise kept.
    """
    if isinstance(condition, Not):
        return Not(normal(condition.part))
    if isinstance(condition, OneOf):
        return OneOf(condition.question, tuple(dict.fromkeys(condition.options)))
    if isinstance(condition, AllOf):
        parts = _all_parts(condition)
        return parts[0] if len(parts) == 1 else AllOf(parts)
    if isinstance(condition, AnyOf):
        parts = _any_parts(condition)
        return parts[0] if len(parts) == 1 else AnyOf(parts)
    return condition


def _all_parts(condition: AllOf) -> tuple[Condition, ...]:
    """Flat, once each; a lower and an upper bound of one number stand together where the first of them stood."""
    found: list[Condition] = []
    for part in map(normal, condition.parts):
        for inner in part.parts if isinstance(part, AllOf) else (part,):
            for one in _bound_by_bound(inner):
                at = _joinable(found, one)
                if at is not None:
                    found[at] = _joined(found[at], one)
                elif one not in found:
                    found.append(one)
    return tuple(found)


BOUNDS = ("from_", "above", "below", "up_to")
_LOWER = frozenset({"from_", "above"})


def stated(bounds: Between) -> tuple[str, ...]:
    """The names of the bounds that are stated."""
    return tuple(name for name in BOUNDS if getattr(bounds, name) is not None)


def _bound_by_bound(condition: Condition) -> tuple[Condition, ...]:
    if not isinstance(condition, Between):
        return (condition,)
    return tuple(Between(condition.question, **{name: getattr(condition, name)}) for name in stated(condition))


def _joinable(found: list[Condition], one: Condition) -> int | None:
    """Where in ``found`` a bound of the same question stands alone that is on the other side than ``one``."""
    if not isinstance(one, Between):
        return None
    side = stated(one)[0] in _LOWER
    for at, other in enumerate(found):
        if isinstance(other, Between) and other.question == one.question:
            sides = [name in _LOWER for name in stated(other)]
            if sides == [not side]:
                return at
    return None


def _joined(first: Condition, second: Condition) -> Condition:
    bounds = {name: getattr(one, name) for one in (first, second) if isinstance(one, Between) for name in stated(one)}
    return Between(next(atoms(first)).question, **bounds)


def _any_parts(condition: AnyOf) -> tuple[Condition, ...]:
    found: list[Condition] = []
    at: dict[str, int] = {}
    options: dict[str, tuple[str, ...]] = {}
    for part in map(normal, condition.parts):
        for one in part.parts if isinstance(part, AnyOf) else (part,):
            if isinstance(one, OneOf) and one.question in at:
                options[one.question] += one.options
            elif one not in found:
                if isinstance(one, OneOf):
                    at[one.question], options[one.question] = len(found), one.options
                found.append(one)
    for question, position in at.items():
        found[position] = OneOf(question, tuple(dict.fromkeys(options[question])))
    return tuple(found)
