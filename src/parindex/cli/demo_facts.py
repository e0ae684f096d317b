"""What the demonstration shows, computed from the data that ships with parindex: no figure of it is written
down in code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from importlib.resources import files
from pathlib import Path

from parindex.cli.check import Checked, checked_file
from parindex.cli.sets import criteria_set
from parindex.documents.cycles.data_tables import CycleFiles, read_cycle
from parindex.domain.criteria.criteria_set import Source
from parindex.domain.index.compute import compute
from parindex.domain.index.explain import ItemDerivation, TypedPoints, explain
from parindex.domain.index.result import Result, UnitResult
from parindex.domain.scoring.score_sheet import Origin

PROVINCE_SET = "dien-bien-2020-province"
PROVINCE_DATA = "dien-bien-2020"
EXTRACT_SET = "dien-bien-2024-province-extract"
EXTRACT_DATA = "dien-bien-2024-province"
PAPER = "2270-QD-UBND.txt"
SIMULATED_DATA = "dien-bien-2024"
SIMULATED_GROUPS = ("departments", "districts")
#: Decision 641/QĐ-BNV of 25/05/2021, as the province's own analysis prints it.
PUBLISHED_INDEX = Fraction("84.69")


@dataclass(frozen=True, slots=True)
class RuledItem:
    """An item whose points follow from figures: its derivation, and what the paper prints for it.

    ``verdict`` is ``agrees``, ``adjusted`` (the claim follows from the figures, the council granted something else)
    or ``differs``
    (no printed points follow from the printed figures).
    """

    derivation: ItemDerivation
    rule_points: Fraction
    claimed: Fraction | None
    granted: Fraction | None
    verdict: str


@dataclass(frozen=True, slots=True)
class ScoredSheet:
    """One body of one year: its result, the items scored from figures, and how many items have points from
    elsewhere."""

    result: Result
    view: UnitResult
    ruled: tuple[RuledItem, ...]
    typed: int
    surveyed: int

    @property
    def claimed(self) -> Fraction:
        """The sum of the points that the body claims for itself."""
        columns = self.result.sheets.typed.get(Origin.SELF, {})
        return sum((column.numbers.row(0) for column in columns.values() if column.present[0]), Fraction(0))

    @property
    def flagged(self) -> tuple[RuledItem, ...]:
        """The items whose printed points do not follow from the printed figures."""
        return tuple(item for item in self.ruled if item.verdict == "differs")


@dataclass(frozen=True, slots=True)
class Demo:
    """Everything that the demonstration shows."""

    province: ScoredSheet
    extract: ScoredSheet
    checked: tuple[Checked, ...]
    simulated: tuple[Result, ...]


def demo_facts() -> Demo:
    """Compute it all."""
    return Demo(
        province=_scored(PROVINCE_SET, PROVINCE_DATA),
        extract=_scored(EXTRACT_SET, EXTRACT_DATA),
        checked=tuple(checked_file(str(data_path("papers", PAPER)))),
        simulated=tuple(_simulated(group) for group in SIMULATED_GROUPS),
    )


def data_path(*parts: str) -> Path:
    """A file or folder of the package's data."""
    return Path(str(files("parindex") / "data")).joinpath(*parts)


def _scored(set_name: str, data: str) -> ScoredSheet:
    made = criteria_set(set_name)
    folder = data_path("examples", data)
    paths = {name: folder / f"{name}.csv" for name in ("figures", "entries", "points")}
    present = {name: path for name, path in paths.items() if path.exists()}
    cycle = read_cycle(made, CycleFiles(**present))
    result = compute(made, cycle.figures, cycle.sheets)
    view = result.unit(0)
    ruled = tuple(
        _ruled(result, view.unit.id, code) for code, item in view.items.items() if item.rule_points is not None
    )
    surveyed = sum(1 for node in made.items() if node.source in (Source.OPINION_SURVEY, Source.SATISFACTION_INDEX))
    return ScoredSheet(result, view, ruled, len(view.items) - len(ruled) - surveyed, surveyed)


def _ruled(result: Result, unit: str, code: str) -> RuledItem:
    derived = explain(result, unit, code)
    if not isinstance(derived, ItemDerivation) or derived.rule_points is None:
        raise TypeError(code)
    typed = {one.origin: one for one in derived.typed}
    claimed, granted = typed.get(Origin.SELF), typed.get(Origin.APPRAISED)
    return RuledItem(
        derived,
        derived.rule_points,
        None if claimed is None else claimed.points,
        None if granted is None else granted.points,
        _verdict(derived.rule_points, claimed, granted),
    )


def _verdict(rule_points: Fraction, claimed: TypedPoints | None, granted: TypedPoints | None) -> str:
    """How the printed points stand to what the figures give.

    Points printed as a whole number agree with anything near it, so they prove a claim only where they are equal.
    """
    if all(one is None or one.agrees for one in (claimed, granted)):
        return "agrees"
    proven = claimed is not None and (claimed.points == rule_points or (claimed.agrees and claimed.places > 0))
    return "adjusted" if proven else "differs"


def _simulated(group: str) -> Result:
    """One unit group of the simulated cycle of 2024."""
    made = criteria_set(f"{SIMULATED_DATA}-{group}")
    folder = data_path("examples", SIMULATED_DATA, group)
    files_of = {name: folder / f"{name}.csv" for name in ("figures", "entries", "points", "units")}
    cycle = read_cycle(made, CycleFiles(**files_of))
    return compute(made, cycle.figures, cycle.sheets)


def ranked_views(result: Result) -> Sequence[UnitResult]:
    """The units of a result by rank."""
    views = [result.unit(row) for row in range(len(result.units))]
    return sorted(views, key=lambda view: (view.rank is None, view.rank or 0, view.unit.title))
