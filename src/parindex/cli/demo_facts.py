"""What the demonstration shows, computed from the data that ships with parindex: no point of it is written
down in code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from importlib.resources import files
from pathlib import Path

from parindex.cli.check import checked_file
from parindex.cli.demo_measured import EVALUATION, SATISFACTION, shipped_table
from parindex.cli.measured_tables import CheckedMeasured
from parindex.cli.sets import criteria_set
from parindex.documents.checked_papers import Checked
from parindex.documents.cycles.data_tables import CycleFiles, read_cycle
from parindex.domain.criteria.criteria_set import SURVEYED
from parindex.domain.index.compute import compute
from parindex.domain.index.explain import ItemDerivation, TypedPoints, explain
from parindex.domain.index.result import Result, UnitResult
from parindex.domain.scoring.outcome import NoPoints
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

    ``verdict`` is ``agrees``, ``adjusted`` (the claim follows from the figures, the council granted something else),
    ``differs`` (no printed points follow from the printed figures by a rule that the text states or shows) or
    ``unknown`` (they do not follow by a rule guessed from the title alone: the true one, with its edges and targets,
    is not in the text, so that nothing is contradicted).
    """

    derivation: ItemDerivation
    rule_points: Fraction
    claimed: Fraction | None
    granted: Fraction | None
    verdict: str


@dataclass(frozen=True, slots=True)
class ScoredSheet:
    """One body of one year: its result, the items scored from figures, those whose figures the rule refuses because
    the part exceeds the whole, and how many items have points from elsewhere."""

    result: Result
    view: UnitResult
    ruled: tuple[RuledItem, ...]
    refused: tuple[ItemDerivation, ...]
    typed: int
    surveyed: int

    @property
    def claimed(self) -> Fraction:
        """The sum of the points that the body claims for itself."""
        columns = self.result.sheets.typed.get(Origin.SELF, {})
        return sum((column.numbers.row(0) for column in columns.values() if column.present[0]), Fraction(0))

    @property
    def flagged(self) -> tuple[RuledItem, ...]:
        """The items whose printed points contradict the printed figures."""
        return tuple(item for item in self.ruled if item.verdict == "differs")

    @property
    def unexplained(self) -> tuple[RuledItem, ...]:
        """The items whose true rule is not in the text: the assumed one does not give the printed points."""
        return tuple(item for item in self.ruled if item.verdict == "unknown")


@dataclass(frozen=True, slots=True)
class Demo:
    """Everything that the demonstration shows."""

    province: ScoredSheet
    extract: ScoredSheet
    checked: tuple[Checked, ...]
    simulated: tuple[Result, ...]
    satisfaction: CheckedMeasured
    evaluation: CheckedMeasured


def demo_facts() -> Demo:
    """Compute it all."""
    return Demo(
        province=_scored(PROVINCE_SET, PROVINCE_DATA),
        extract=_scored(EXTRACT_SET, EXTRACT_DATA),
        checked=tuple(checked_file(str(data_path("papers", PAPER)))),
        simulated=tuple(_simulated(group) for group in SIMULATED_GROUPS),
        satisfaction=shipped_table(SATISFACTION),
        evaluation=shipped_table(EVALUATION),
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
    derived = [explain(result, view.unit.id, code) for code in view.items]
    items = [one for one in derived if isinstance(one, ItemDerivation)]
    ruled = tuple(_ruled(one, one.rule_points) for one in items if one.rule_points is not None)
    refused = tuple(one for one in items if one.trace is not None and one.trace.branch == NoPoints.OVER)
    surveyed = sum(1 for node in made.items() if node.source in SURVEYED)
    typed = len(items) - len(ruled) - len(refused) - surveyed
    return ScoredSheet(result, view, ruled, refused, typed, surveyed)


def _ruled(derived: ItemDerivation, rule_points: Fraction) -> RuledItem:
    typed = {one.origin: one for one in derived.typed}
    claimed, granted = typed.get(Origin.SELF), typed.get(Origin.APPRAISED)
    return RuledItem(
        derived,
        rule_points,
        None if claimed is None else claimed.points,
        None if granted is None else granted.points,
        _verdict(derived, rule_points, claimed, granted),
    )


def _verdict(
    derived: ItemDerivation, rule_points: Fraction, claimed: TypedPoints | None, granted: TypedPoints | None
) -> str:
    """How the printed points stand to what the figures give.

    An assumed rule that quotes nothing is a guess from the title: it can be wrong, the paper need not be.
    """
    if _proves(granted or claimed, rule_points):
        return "agrees"
    if _proves(claimed, rule_points):
        return "adjusted"
    guessed = derived.rule is not None and derived.rule.assumed and not derived.rule.clause
    return "unknown" if guessed else "differs"


def _proves(printed: TypedPoints | None, rule_points: Fraction) -> bool:
    """Whether the printed points are those of the rule.

    Points printed as a whole number agree with anything near it, so they prove something only where they are equal.
    """
    if printed is None:
        return False
    return printed.points == rule_points or (printed.agrees is True and printed.places > 0)


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
