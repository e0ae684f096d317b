"""Two criteria sets side by side: what was added, what has gone, what moved, was renamed, or is scored in another way.

Nodes are paired in declared steps, each over what the steps before have left, so that the same two sets always give
the same answer:

1. same code and same title;
2. same title, where only one node on each side has it (moved);
3. same code and titles alike to at least :data:`RENAMED` (renamed);
4. titles alike to at least :data:`MOVED`, the most alike first (moved and renamed).

Titles are compared as words without marks and capitals. What is left is gone or added: a code that means something
else in another year is not "renamed".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from fractions import Fraction
from typing import Any

from parindex.domain.criteria import codes
from parindex.domain.criteria.criteria_set import CriteriaSet, Node
from parindex.domain.errors import Place

#: How alike two titles under the same code must be (share of words in the same order) to be one node renamed.
RENAMED = Fraction(1, 2)
#: How alike two titles under different codes must be to be one node moved and reworded.
MOVED = Fraction(4, 5)

#: What is compared of the sets themselves; identity, sources and timetable do not score anybody.
SET_PROPERTIES = (
    "title", "year", "level", "declared", "parts", "rounding", "grades", "unit_groups", "measures", "identities",
    "totals", "forms", "feeds", "index", "printed_total",
)  # fmt: skip

_WORD = re.compile(r"\w+")


class Aspect(StrEnum):
    """What of a paired node differs."""

    CODE = "code"
    TITLE = "title"
    POINTS = "max_points"
    RULE = "rule"
    SURVEY = "survey"
    SOURCE = "source"
    PART = "part"
    EVIDENCE = "evidence"
    BONUS = "bonus"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Side:
    """A node in one of the sets: level 1 is an area."""

    node: Node
    level: int

    @property
    def place(self) -> Place:
        """Where it stands in its paper or file."""
        return self.node.place


@dataclass(frozen=True, slots=True)
class Difference:
    """One aspect of a paired node, in both sets; None where a side has none."""

    aspect: Aspect
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Pair:
    """One node in both sets; ``differences`` may be empty."""

    old: Side
    new: Side
    differences: tuple[Difference, ...]

    @property
    def moved(self) -> bool:
        """Whether it has another code."""
        return self.differs_in(Aspect.CODE)

    @property
    def renamed(self) -> bool:
        """Whether it has another title."""
        return self.differs_in(Aspect.TITLE)

    def differs_in(self, aspect: Aspect) -> bool:
        """Whether ``aspect`` differs."""
        return any(one.aspect is aspect for one in self.differences)


@dataclass(frozen=True, slots=True)
class SetDifference:
    """A property of the set itself that differs (``title``, ``year``, ``grades``, ``declared`` …)."""

    name: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class SetComparison:
    """Everything that differs between two sets; nodes in reading order of their set, pairs in that of the new one."""

    added: tuple[Side, ...]
    gone: tuple[Side, ...]
    pairs: tuple[Pair, ...]
    set_differences: tuple[SetDifference, ...]

    @property
    def changed(self) -> tuple[Pair, ...]:
        """The pairs that differ in anything."""
        return tuple(pair for pair in self.pairs if pair.differences)

    @property
    def moved(self) -> tuple[Pair, ...]:
        """The pairs with another code."""
        return tuple(pair for pair in self.pairs if pair.moved)

    @property
    def renamed(self) -> tuple[Pair, ...]:
        """The pairs with another title."""
        return tuple(pair for pair in self.pairs if pair.renamed)

    def changed_in(self, aspect: Aspect) -> tuple[Pair, ...]:
        """The pairs that differ in ``aspect``."""
        return tuple(pair for pair in self.pairs if pair.differs_in(aspect))

    @property
    def is_empty(self) -> bool:
        """Whether both sets say the same."""
        return not (self.added or self.gone or self.changed or self.set_differences)


def compare_sets(old: CriteriaSet, new: CriteriaSet) -> SetComparison:
    """What ``new`` has otherwise than ``old``; with the sets swapped the same is said with the sides swapped."""
    left = [Side(node, level) for level, node in old.walk_with_depth()]
    right = [Side(node, level) for level, node in new.walk_with_depth()]
    matched = _matched(left, right)
    paired_left = set(matched.values())
    pairs = tuple(pair_of(left[matched[index]], side) for index, side in enumerate(right) if index in matched)
    return SetComparison(
        added=tuple(side for index, side in enumerate(right) if index not in matched),
        gone=tuple(side for index, side in enumerate(left) if index not in paired_left),
        pairs=pairs,
        set_differences=tuple(_set_differences(old, new)),
    )


# --- pairing -------------------------------------------------------------------------------------------------------


def _matched(left: list[Side], right: list[Side]) -> dict[int, int]:
    """Position on the right → position on the left."""
    matched: dict[int, int] = {}
    free_left, free_right = set(range(len(left))), set(range(len(right)))

    def take(pairs: Iterable[tuple[int, int]]) -> None:
        for one, two in pairs:
            if one in free_left and two in free_right:
                matched[two] = one
                free_left.remove(one)
                free_right.remove(two)

    titles_left = [title_words(side.node.title) for side in left]
    titles_right = [title_words(side.node.title) for side in right]
    take(_in_turn(left, right, lambda side: (side.node.code, title_words(side.node.title))))
    take(_only_ones(left, right, free_left, free_right))
    same_code = [
        (one, two)
        for one in sorted(free_left)
        for two in sorted(free_right)
        if left[one].node.code == right[two].node.code
    ]
    take(_by_likeness(left, right, titles_left, titles_right, same_code, RENAMED))
    same_level = [
        (one, two) for one in sorted(free_left) for two in sorted(free_right) if left[one].level == right[two].level
    ]
    take(_by_likeness(left, right, titles_left, titles_right, same_level, MOVED))
    return matched


def _in_turn(left: list[Side], right: list[Side], key: Callable[[Side], Hashable]) -> Iterator[tuple[int, int]]:
    """Pairs with the same key; a key that a set has twice is paired in reading order."""
    waiting: dict[Hashable, list[int]] = defaultdict(list)
    for index, side in enumerate(left):
        waiting[key(side)].append(index)
    for index, side in enumerate(right):
        if waiting[key(side)]:
            yield waiting[key(side)].pop(0), index


def _only_ones(
    left: list[Side], right: list[Side], free_left: set[int], free_right: set[int]
) -> Iterator[tuple[int, int]]:
    """Pairs of the same title and level that only one free node on each side has."""
    sides: tuple[dict[Hashable, list[int]], dict[Hashable, list[int]]] = (defaultdict(list), defaultdict(list))
    for found, rows, free in zip(sides, (left, right), (free_left, free_right), strict=True):
        for index in sorted(free):
            found[(rows[index].level, title_words(rows[index].node.title))].append(index)
    for key, ones in list(sides[0].items()):
        twos = sides[1].get(key, [])
        if len(ones) == 1 and len(twos) == 1:
            yield ones[0], twos[0]


def _by_likeness(
    left: list[Side],
    right: list[Side],
    titles_left: list[tuple[str, ...]],
    titles_right: list[tuple[str, ...]],
    pairs: list[tuple[int, int]],
    least: Fraction,
) -> list[tuple[int, int]]:
    """``pairs`` alike to at least ``least``, the most alike first; ties by code, the same in both directions."""
    ranked = []
    for one, two in pairs:
        if not _can_be_alike(titles_left[one], titles_right[two], least):
            continue
        alike = likeness(titles_left[one], titles_right[two])
        if alike >= least:
            both = sorted((codes.sort_key(left[one].node.code), codes.sort_key(right[two].node.code)))
            near = left[one].node.code != right[two].node.code
            ranked.append((-alike, near, both, one + two, one, two))
    return [(one, two) for *_, one, two in sorted(ranked)]


def title_words(title: str) -> tuple[str, ...]:
    """The words of a title as titles are compared."""
    return tuple(_WORD.findall(title.casefold()))


def _can_be_alike(one: tuple[str, ...], two: tuple[str, ...], least: Fraction) -> bool:
    """Whether the lengths alone still allow ``least``: spares the comparison of most pairs."""
    return 2 * min(len(one), len(two)) >= least * (len(one) + len(two))


def likeness(one: tuple[str, ...], two: tuple[str, ...]) -> Fraction:
    """2·(words that both have in the same order) / (words of both), the same in both directions; 1 for equal titles."""
    if one == two:
        return Fraction(1)
    first, second = sorted((one, two))
    blocks = SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks()
    return Fraction(2 * sum(block.size for block in blocks), len(one) + len(two))


# --- differences ---------------------------------------------------------------------------------------------------


def pair_of(old: Side, new: Side) -> Pair:
    """Two nodes that are one, whoever says so, with what differs."""
    return Pair(old, new, tuple(_differences(old.node, new.node)))


def _differences(old: Node, new: Node) -> Iterator[Difference]:
    compared = {
        Aspect.CODE: (old.code, new.code),
        Aspect.TITLE: (old.title, new.title),
        Aspect.POINTS: (old.max_points, new.max_points),
        Aspect.RULE: (_rule(old), _rule(new)),
        Aspect.SURVEY: (_survey(old), _survey(new)),
        Aspect.SOURCE: (old.source, new.source),
        Aspect.PART: (old.part, new.part),
        Aspect.EVIDENCE: (old.evidence, new.evidence),
        Aspect.BONUS: (old.bonus, new.bonus),
        Aspect.OUTSIDE: (old.outside, new.outside),
    }
    for aspect, (one, two) in compared.items():
        if one != two:
            yield Difference(aspect, one, two)


def _rule(node: Node) -> Any:
    """The rule as data; its clause and standing are no part of how it scores."""
    return None if node.rule is None else node.rule.data


def _survey(node: Node) -> Any:
    """How a survey gives the points; its clause and standing are no part of how it does."""
    return None if node.survey is None else replace(node.survey, clause="", assumed=False)


def _set_differences(old: CriteriaSet, new: CriteriaSet) -> Iterator[SetDifference]:
    for name in SET_PROPERTIES:
        one, two = getattr(old, name), getattr(new, name)
        if one != two:
            yield SetDifference(name, one, two)
