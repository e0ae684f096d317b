"""A sampling design as data: strata, stages from the first on, how units are drawn at each, and how many.

The design of a survey says all that a draw needs besides the frame (the list of units) and the seed, so that anybody
can repeat it. How a sample is laid out for estimation is :mod:`parindex.domain.survey.sample.design`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Any


class Method(StrEnum):
    """How units are drawn inside their parent (at the first stage: inside their stratum)."""

    SIMPLE = "simple"  # simple random, without replacement
    SYSTEMATIC = "systematic"  # every N/n-th unit from a random start
    SYSTEMATIC_PPS = "systematic_pps"  # the same along cumulated sizes: probability proportional to size
    ALL = "all"  # every unit


class Division(StrEnum):
    """How a total is divided over the parents (at the first stage: over the strata)."""

    PROPORTIONAL = "proportional"  # to the number of units, or to the sum of a size
    NEYMAN = "neyman"  # to size times standard deviation
    POWER = "power"  # to a power of the size
    EQUAL = "equal"


class IfFewer(StrEnum):
    """What is done where a parent has fewer units than are to be drawn."""

    FAIL = "fail"
    ALL = "all"


class SizeFormula(StrEnum):
    """How many answers a wanted margin needs."""

    NORMAL = "normal"  # Cochran's, with design effect and finite population
    MINISTRY = "ministry"  # n = N / (1 + N·e²)


@dataclass(frozen=True, slots=True)
class Precision:
    """A wanted margin and what is assumed to reach it: see :mod:`parindex.domain.survey.sampling.sample_size`."""

    margin: Fraction
    confidence: Fraction = Fraction(95, 100)
    share: Fraction = Fraction(1, 2)
    design_effect: Fraction = Fraction(1)
    response: Fraction = Fraction(1)
    formula: SizeFormula = SizeFormula.NORMAL
    #: How many units there are; None: as many as the frame lists.
    population: int | None = None


@dataclass(frozen=True, slots=True)
class Take:
    """How many units a stage draws.

    Exactly one of ``number`` (from every parent), ``quotas`` (from a parent by what stands in its column ``by``),
    ``total`` (of all parents together, an integer or the outcome of a wanted precision; divided by ``division``) and
    ``precision`` (wanted in every parent) is given; none with :attr:`Method.ALL`.
    """

    number: int | None = None
    by: str = ""
    quotas: Mapping[str, int] = field(default_factory=dict)
    total: int | Precision | None = None
    precision: Precision | None = None
    division: Division = Division.PROPORTIONAL
    #: Column whose sum over its units is the size of a parent; "": the number of units.
    size: str = ""
    #: Column with the standard deviation inside a parent (``neyman``).
    deviation: str = ""
    power: Fraction = Fraction(1, 2)
    minimum: int = 1


@dataclass(frozen=True, slots=True)
class SamplingStage:
    """One stage of selection."""

    #: Column of the frame that names the units.
    id: str
    title: str = ""
    method: Method = Method.SIMPLE
    take: Take = field(default_factory=Take)
    #: Column with the size of a unit (``systematic_pps``).
    size: str = ""
    #: Columns by which units are put in order before a systematic draw; within equal values the order is random.
    order: tuple[str, ...] = ()
    #: Units of the list of replacements, in the order in which they are to be used.
    reserve: int = 0
    if_fewer: IfFewer = IfFewer.FAIL
    #: An id stands for one unit in the whole frame, not only inside its parent.
    unique: bool = True
    #: Column of the stage above with the number of units, where they are numbered 1 to N and not listed.
    numbered: str = ""
    #: Column of the sample with the number of units that there were to draw from.
    population: str = ""

    @property
    def population_column(self) -> str:
        """``population``, or a name made from the id: ``n_districts``."""
        return self.population or f"n_{self.id}s"

    @property
    def unit_columns(self) -> tuple[str, ...]:
        """The columns of the frame that say something of a unit of this stage."""
        return tuple(dict.fromkeys(name for name in (self.size, self.take.size, *self.order) if name))

    @property
    def parent_columns(self) -> tuple[str, ...]:
        """The columns of the frame that say something of the parents from which this stage draws."""
        return tuple(name for name in (self.take.by, self.take.deviation, self.numbered) if name)

    @property
    def number_columns(self) -> frozenset[str]:
        """Those of them that hold numbers."""
        return frozenset(name for name in (self.size, self.take.size, self.take.deviation, self.numbered) if name)


@dataclass(frozen=True, slots=True)
class SamplingDesign:
    """A sampling design: every stage is drawn in every stratum, or in every unit drawn at the stage above."""

    id: str
    title: str
    stages: tuple[SamplingStage, ...]
    strata: tuple[str, ...] = ()
    #: The seed that was announced with the design; "" where it is given with the draw.
    seed: str = ""
    source: str = ""
    #: What no source gives and we have supplied.
    ours: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column of the frame that the draw looks at."""
        found = [*self.strata, *(stage.id for stage in self.stages if not stage.numbered)]
        for stage in self.stages:
            found.extend((*stage.unit_columns, *stage.parent_columns))
        return tuple(dict.fromkeys(found))


#: A way into the design (``stages``, 1, ``take``), the kind of what is wrong there, and its facts.
Contradiction = tuple[tuple[str | int, ...], str, dict[str, Any]]


def contradictions(design: SamplingDesign) -> Iterator[Contradiction]:
    """What in a design cannot be meant: names used twice, keys that do not go together.

    Kinds: ``column_named_twice``, ``stage_needs``, ``stage_without``, ``stage_numbered_above``, ``reserves_twice``,
    ``reserve_below_total``, ``take_not_one_way``.
    """
    seen: set[str] = set()
    for path, name in _names(design):
        if name in seen:
            yield path, "column_named_twice", {"column": name}
        seen.add(name)
    reserves = [number for number, stage in enumerate(design.stages) if stage.reserve]
    for number in reserves[1:]:
        facts = {"stage": design.stages[number].id, "first": design.stages[reserves[0]].id}
        yield ("stages", number, "reserve"), "reserves_twice", facts
    for number, stage in enumerate(design.stages):
        if reserves and reserves[0] < number and stage.take.total is not None:
            facts = {"stage": stage.id, "first": design.stages[reserves[0]].id}
            yield ("stages", number, "take"), "reserve_below_total", facts
        for key, kind, facts in _of_stage(stage, number, len(design.stages)):
            yield ("stages", number, *key), kind, {"stage": stage.id, **facts}


def _names(design: SamplingDesign) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """The columns that name strata and units, and those that the sample gets."""
    for number, name in enumerate(design.strata):
        yield ("strata", number), name
    for number, stage in enumerate(design.stages):
        yield ("stages", number, "id"), stage.id
        yield ("stages", number, "population" if stage.population else "id"), stage.population_column


def _of_stage(
    stage: SamplingStage, number: int, stages: int
) -> Iterator[tuple[tuple[str | int, ...], str, dict[str, Any]]]:
    pps = stage.method is Method.SYSTEMATIC_PPS
    if pps != bool(stage.size):
        yield ("size",) if stage.size else (), "stage_needs" if pps else "stage_without", {"key": "size"}
    if stage.order and stage.method not in (Method.SYSTEMATIC, Method.SYSTEMATIC_PPS):
        yield ("order",), "stage_without", {"key": "order"}
    if stage.reserve and stage.method in (Method.SYSTEMATIC_PPS, Method.ALL):
        yield ("reserve",), "stage_without", {"key": "reserve"}
    if stage.numbered and (number == 0 or number != stages - 1 or stage.method is not Method.SIMPLE):
        yield ("numbered",), "stage_numbered_above", {}
    ways = _ways(stage.take)
    if len(ways) != (0 if stage.method is Method.ALL else 1):
        yield ("take",), "take_not_one_way", {"ways": ways}
    if stage.take.total is not None and (stage.take.division is Division.NEYMAN) != bool(stage.take.deviation):
        yield ("take",), "stage_needs" if not stage.take.deviation else "stage_without", {"key": "deviation"}
    if stage.numbered and stage.take.size:
        yield ("take", "size"), "stage_without", {"key": "size"}


def _ways(take: Take) -> list[str]:
    given = {
        "number": take.number is not None,
        "quotas": bool(take.quotas),
        "total": take.total is not None,
        "precision": take.precision is not None,
    }
    return [name for name, there in given.items() if there]
