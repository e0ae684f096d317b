"""A criteria set: the yardstick of a year as data.

A set may hold the contradictions of the decision that it was read from: :func:`parindex.domain.scoring.check.check`
finds them all, and :func:`parindex.domain.scoring.usable.require_usable` refuses a set that cannot be computed with.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

from parindex.domain.criteria import codes
from parindex.domain.criteria.form_declarations import Feed, FormsDeclaration
from parindex.domain.criteria.survey_points import SurveyPoints
from parindex.domain.errors import InvalidValue, Place
from parindex.domain.units import UnitGroup
from parindex.domain.values import Rounding


class Source(StrEnum):
    """Who gives the points of an item."""

    REPORT = "report"
    OPINION_SURVEY = "opinion_survey"
    SATISFACTION_INDEX = "satisfaction_index"
    EXTERNAL = "external"


#: Items whose points a survey gives.
SURVEYED = frozenset({Source.OPINION_SURVEY, Source.SATISFACTION_INDEX})


class Outside(StrEnum):
    """A node that counts outside the hundred: it adds to or takes from the total and has no part in the maximum."""

    BONUS = "bonus"
    PENALTY = "penalty"


class MeasureKind(StrEnum):
    """What a reported figure is."""

    NUMBER = "number"
    CHOICE = "choice"  # one of `choices`, by key
    LIST = "list"  # entries accepted one by one; its number is how many are accepted


class OfResult(StrEnum):
    """What of a unit's result in another evaluation a figure is."""

    INDEX = "index"  # in per cent
    POINTS = "points"


@dataclass(frozen=True, slots=True)
class Measure:
    """A named figure of a unit in a year, entered once and used by any number of items.

    ``unit`` is the unit of measurement (``hồ sơ``, ``%``, ``triệu đồng``); ``choices`` maps option keys to labels;
    ``sum_of_children`` declares that the figure of a unit is the sum over its child units; ``provided_by`` names the
    agency that owns the figure; ``of_result`` declares that it is what the unit reached in another evaluation.
    """

    id: str
    title: str
    kind: MeasureKind = MeasureKind.NUMBER
    unit: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    sum_of_children: bool = False
    integer: bool = False
    minimum: Fraction | None = None
    maximum: Fraction | None = None
    provided_by: str = ""
    of_result: OfResult | None = None


@dataclass(frozen=True, slots=True)
class RuleData:
    """A rule as data (see ``scoring/rule_table.py``), with where it comes from.

    ``clause`` cites the text that states the rule; ``assumed`` is True where only its type could be guessed.
    ``proposed`` is True for a rule that a reader made out of option lines and that nobody has confirmed.
    """

    data: Mapping[str, Any] = field(hash=False)
    clause: str = ""
    assumed: bool = False
    proposed: bool = False


@dataclass(frozen=True, slots=True)
class Node:
    """An area, criterion, subcriterion or deeper node; a node without children is an item and is scored.

    ``max_points`` is None where the paper prints none. ``note`` is the paper's note column as printed. ``part`` is
    the declared bucket of the hundred that the item counts in. ``printed_code`` is set where the paper prints another
    code than the one that was settled on. ``options`` are the option lines as printed under the item. ``survey`` says
    how a survey gives the points.
    """

    code: str
    title: str
    max_points: Fraction | None
    children: tuple[Node, ...] = ()
    source: Source | None = None
    part: str = ""
    bonus: bool = False
    outside: Outside | None = None
    rule: RuleData | None = None
    survey: SurveyPoints | None = None
    evidence: tuple[str, ...] = ()
    note: str = ""
    options: tuple[str, ...] = ()
    printed_code: str = ""
    display_title: str = ""
    reference: str = ""
    place: Place = field(default_factory=Place, compare=False)

    @property
    def is_item(self) -> bool:
        """Whether this node is scored itself."""
        return not self.children

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def items(self) -> Iterator[Node]:
        """The items at or below this node, in reading order."""
        return (node for node in self.walk() if node.is_item)


@dataclass(frozen=True, slots=True)
class Part:
    """A declared bucket of the hundred: points by report, by opinion survey, by the satisfaction index.

    ``sources`` are the sources whose items count in it where an item names no part itself.
    """

    id: str
    title: str
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class AreaDeclaration:
    """What the prose of the decision says of one area: its title and how many criteria and subcriteria it has."""

    title: str
    criteria: int | None = None
    subcriteria: int | None = None
    max_points: Fraction | None = None
    place: Place = field(default_factory=Place, compare=False)


@dataclass(frozen=True, slots=True)
class Declared:
    """What the prose of the decision states about the table; None where it is silent."""

    areas: int | None = None
    criteria: int | None = None
    subcriteria: int | None = None
    items: int | None = None
    max_points: Fraction | None = None
    parts: Mapping[str, Fraction] = field(default_factory=dict)
    by_area: tuple[AreaDeclaration, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Grade:
    """A band of the index, closed at its lower edge; ``lower`` is 0 for the lowest grade.

    The edges are per cents, or points where the index declares :attr:`GradedBy.POINTS`.
    """

    title: str
    lower: Fraction


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """The official document that a set rests on: number/symbol, date, issuer, abstract."""

    number: str
    date: date | None = None
    issuer: str = ""
    abstract: str = ""


@dataclass(frozen=True, slots=True)
class RoundingSteps:
    """The declared rounding steps; None: not rounded there. ``index`` rounds the per cent."""

    item: Rounding | None = None
    index: Rounding | None = None


class GradedBy(StrEnum):
    """What grades and ranks are read from."""

    PER_CENT = "per_cent"
    POINTS = "points"  # decree 61/2018: 15 of 18 points are Xuất sắc


class WithoutFigures(StrEnum):
    """What a unit is of which no item has any points: nothing was reported."""

    UNANSWERED = "unanswered"  # a sheet that was not handed in earns nothing of everything
    NOT_RANKED = "not_ranked"  # nobody has evaluated the unit: no index, no grade, no rank


@dataclass(frozen=True, slots=True)
class IndexDeclaration:
    """How the index is formed beyond the tree sum.

    ``bonus_cap`` and ``penalty_cap`` limit what counts outside the hundred; ``cap`` limits the index in per cent
    (None: no limit), and it never falls below 0. ``absent_parts`` are parts that are not measured in this cycle: they
    leave achieved and maximum. ``graded_by`` says whether grades and ranks go by the index in per cent or by the
    points; ``tie_tolerance`` is the largest difference, in per cent or in points, of two units that share a rank.
    ``without_figures`` says what a unit is that has reported nothing.
    """

    bonus_cap: Fraction | None = None
    penalty_cap: Fraction | None = None
    cap: Fraction | None = None
    absent_parts: tuple[str, ...] = ()
    tie_tolerance: Fraction = Fraction(0)
    graded_by: GradedBy = GradedBy.PER_CENT
    without_figures: WithoutFigures = WithoutFigures.UNANSWERED


@dataclass(frozen=True, slots=True)
class Phase:
    """One line of the timetable: what happens, and between which dates (either may be open)."""

    title: str
    starts: date | None = None
    ends: date | None = None
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Identity:
    """What must hold between measures: the sum of ``left`` equals (or is at most) the sum of ``right``; else a
    finding.
    """

    left: tuple[str, ...]
    right: tuple[str, ...]
    at_most: bool = False


@dataclass(frozen=True, slots=True)
class Total:
    """A named sum of the points of some items (circular 01/2018: an official's score is indicators 1+2+3+4+7)."""

    id: str
    title: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CriteriaSet:
    """A yardstick: identity, declared structure and parts, rounding, grades, unit groups, measures and the tree."""

    id: str
    title: str
    year: int | None
    level: str
    areas: tuple[Node, ...]
    legal_basis: tuple[LegalBasis, ...] = ()
    declared: Declared = field(default_factory=Declared)
    parts: tuple[Part, ...] = ()
    rounding: RoundingSteps = field(default_factory=RoundingSteps)
    grades: tuple[Grade, ...] = ()
    unit_groups: tuple[UnitGroup, ...] = ()
    measures: Mapping[str, Measure] = field(default_factory=dict)
    index: IndexDeclaration = field(default_factory=IndexDeclaration)
    identities: tuple[Identity, ...] = ()
    totals: tuple[Total, ...] = ()
    forms: FormsDeclaration | None = None
    feeds: tuple[Feed, ...] = ()
    timetable: tuple[Phase, ...] = ()
    reference: str = ""
    #: Whether this is a selection of a larger set (a table of the items that lost points): gaps in it mean nothing.
    excerpt: bool = False
    #: The total row of the table where it prints one.
    printed_total: Fraction | None = None

    def __post_init__(self) -> None:
        if not self.id:
            raise InvalidValue("set_without_id")

    def walk(self) -> Iterator[Node]:
        """Every node in reading order."""
        for area in self.areas:
            yield from area.walk()

    def items(self) -> Iterator[Node]:
        """Every item in reading order."""
        return (node for node in self.walk() if node.is_item)

    def walk_with_depth(self) -> Iterator[tuple[int, Node]]:
        """Every node with its level in the tree (not in its code), in reading order."""
        stack = [(1, area) for area in reversed(self.areas)]
        while stack:
            level, node = stack.pop()
            yield level, node
            stack.extend((level + 1, child) for child in reversed(node.children))

    def node(self, code: str) -> Node:
        """The node with ``code``; raises :class:`InvalidValue` (``unknown_code``) with the nearest codes."""
        for node in self.walk():
            if node.code == code:
                return node
        near = [node.code for node in self.walk() if codes.parent(node.code) == codes.parent(code)]
        raise InvalidValue("unknown_code", code=code, near=near)

    def outside_items(self) -> dict[str, Outside]:
        """The items that count outside the hundred: those of a node declared bonus or penalty."""
        found: dict[str, Outside] = {}

        def visit(node: Node, inherited: Outside | None) -> None:
            here = node.outside or inherited
            if node.is_item and here is not None:
                found[node.code] = here
            for child in node.children:
                visit(child, here)

        for area in self.areas:
            visit(area, None)
        return found

    def part_of(self, item: Node) -> str:
        """The id of the part that an item counts in; "" where none is declared for it."""
        if item.part:
            return item.part
        source = item.source or Source.REPORT
        return next((part.id for part in self.parts if source in part.sources), "")
