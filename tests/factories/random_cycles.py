"""Random finalised cycles, without a database: the same seed gives the same snapshot everywhere.

They are what engine, workbook and verifier page are compared on: every rule kind, quantities that nest, missing and
impossible figures, all states, typed points of all origins, roundings, grades, ties, what counts outside the hundred,
parts that are not measured, units outside the ranking, several groups, and names that look like formulas or markup.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from random import Random
from typing import Any

from parindex.documents.criteria_sets.criteria_set_file import criteria_set_data, fingerprint
from parindex.documents.results.snapshots import StoredSnapshot, snapshot_fingerprint, snapshot_text
from parindex.domain.criteria.criteria_set import (
    CriteriaSet,
    Grade,
    GradedBy,
    IndexDeclaration,
    Measure,
    MeasureKind,
    Node,
    Outside,
    Part,
    RoundingSteps,
    RuleData,
    Source,
    Total,
    WithoutFigures,
)
from parindex.domain.errors import InvalidInput
from parindex.domain.index.result import Result
from parindex.domain.publication.recomputation import outcome_of, recomputed
from parindex.domain.publication.snapshot import FrozenGroup, FrozenItem, FrozenUnit, Snapshot, Texts
from parindex.domain.scoring.score_sheet import EntryState, Origin
from parindex.domain.values import Rounding, RoundingMode, number_text
from tests.builders import node
from tests.factories import random_rules

#: How many cycles the three ways of computing are compared on.
CYCLES = 200
_YEAR = random_rules.YEAR
_NAMES = ('=HYPERLINK("http://a","b")', "<b>Sở & ban</b>", "+1", "@SUM(A1)", "-2", "'x", 'Sở "Nội vụ"')
_MAXIMA = ("1", "0.5", "2", "1.5", "0.25", "3", "0.125")
#: How often, of ten, somebody has typed points of an origin.
_CHANCES = {Origin.SELF: 4, Origin.SURVEY: 1, Origin.EXTERNAL: 1, Origin.APPRAISED: 3}


@dataclass(frozen=True, slots=True)
class RandomCycle:
    """A random finalised cycle with what came out of it, and its canonical text (:func:`parse_snapshot` gives what
    means the same back).
    """

    stored: StoredSnapshot
    text: str


@cache
def random_cycle(seed: int) -> RandomCycle:
    """The random cycle of a seed."""
    draw = Random(seed)
    found = [_settled(_group(draw, number)) for number in range(1, draw.choice((1, 1, 2, 3)) + 1)]
    snapshot = Snapshot(f"Kỳ thử {seed}", _YEAR, "tinh", tuple(group for group, _ in found))
    outcomes = tuple(outcome_of(group.code, result) for group, result in found)
    # JSON is YAML too, and quicker to write.
    contents = [json.dumps(criteria_set_data(group.criteria_set), ensure_ascii=False) for group, _ in found]
    text = snapshot_text(snapshot, contents, outcomes)
    return RandomCycle(StoredSnapshot(snapshot, outcomes, snapshot_fingerprint(text)), text)


def random_snapshots(count: int = CYCLES) -> list[StoredSnapshot]:
    """The cycles that engine, workbook and page must agree on."""
    return [random_cycle(seed).stored for seed in range(count)]


# --- the yardstick -------------------------------------------------------------------------------------------------


def _set(draw: Random, number: int) -> CriteriaSet:
    areas = [_area(draw, str(at)) for at in range(1, draw.randint(1, 3) + 1)]
    items = [item.code for area in areas for item in area.items()]
    if len(areas) > 1 and draw.random() < 0.3:
        areas[-1] = replace(areas[-1], outside=draw.choice((Outside.BONUS, Outside.PENALTY)))
    numbers = {one: Measure(one, f"Số liệu {one}") for one in random_rules.MEASURES}
    choice = Measure("k", "Lựa chọn", MeasureKind.CHOICE, choices={one: one.title() for one in random_rules.CHOICES})
    parts = (
        Part("report", "Báo cáo", (Source.REPORT, Source.EXTERNAL)),
        Part("survey", "Điều tra", (Source.OPINION_SURVEY,)),
    )
    return CriteriaSet(
        f"bo-thu-{number}", "Bộ tiêu chí thử", _YEAR, "department", tuple(areas),
        parts=parts if draw.random() < 0.6 else (),
        rounding=RoundingSteps(_maybe_step(draw, 0.6, 1, 4), _maybe_step(draw, 0.4, 0, 4)),
        grades=_grades(draw), measures={**numbers, "k": choice}, index=_declaration(draw),
        totals=(Total("mot-phan", "Một phần", tuple(items[:2])),) if draw.random() < 0.3 else (),
    )  # fmt: skip


def _area(draw: Random, code: str) -> Node:
    children = []
    for at in range(1, draw.randint(1, 3) + 1):
        below = f"{code}.{at}"
        if draw.random() < 0.3:
            inner = [_item(draw, f"{below}.{one}") for one in range(1, draw.randint(1, 3) + 1)]
            children.append(_over(below, inner))
        else:
            children.append(_item(draw, below))
    return _over(code, children)


def _over(code: str, children: Sequence[Node]) -> Node:
    whole = sum((one.max_points or Fraction(0) for one in children), Fraction(0))
    return replace(node(code, number_text(whole), *children), title=f"Nhóm {code}")


def _item(draw: Random, code: str) -> Node:
    rule = RuleData(random_rules.rule(draw), clause="Phụ lục, mục 1") if draw.random() < 0.8 else None
    source = draw.choice((Source.REPORT, Source.REPORT, Source.REPORT, Source.OPINION_SURVEY, Source.EXTERNAL))
    return node(code, draw.choice(_MAXIMA), title=f"Mục {code}", rule=rule, source=source, bonus=draw.random() < 0.1)


def _maybe_step(draw: Random, chance: float, least: int, most: int) -> Rounding | None:
    if draw.random() >= chance:
        return None
    return Rounding(draw.randint(least, most), draw.choice((RoundingMode.HALF_UP, *RoundingMode)))


def _grades(draw: Random) -> tuple[Grade, ...]:
    if draw.random() < 0.1:
        return ()
    edges = draw.choice((("90", "75", "50", "0"), ("60", "100/3", "0"), ("80.5", "20")))
    found = [Grade(title, Fraction(edge)) for title, edge in zip(("Tốt", "Khá", "Đạt", "Yếu"), edges, strict=False)]
    return tuple(found)


def _declaration(draw: Random) -> IndexDeclaration:
    return IndexDeclaration(
        bonus_cap=draw.choice((None, Fraction(1, 2))),
        penalty_cap=draw.choice((None, Fraction(1))),
        cap=draw.choice((None, None, Fraction(100), Fraction(70))),
        absent_parts=("survey",) if draw.random() < 0.1 else (),
        tie_tolerance=draw.choice((Fraction(0), Fraction(0), Fraction(0), Fraction(1, 2), Fraction(5))),
        graded_by=draw.choice((GradedBy.PER_CENT, GradedBy.PER_CENT, GradedBy.POINTS)),
        without_figures=draw.choice(tuple(WithoutFigures)),
    )


# --- the group -----------------------------------------------------------------------------------------------------


def _group(draw: Random, number: int) -> FrozenGroup:
    made = _set(draw, number)
    if made.index.absent_parts and not made.parts:
        made = replace(made, index=replace(made.index, absent_parts=()))
    size = draw.choice((1, 2, 3, 5, 6))
    twin = draw.random() < 0.3 and size > 1
    names = [draw.choice(_NAMES) if draw.random() < 0.1 else f"Đơn vị {at}" for at in range(size)]
    units = tuple(FrozenUnit(f"dv-{at}", name, draw.random() < 0.9) for at, name in enumerate(names))
    figures = {
        (measure, year): _twinned(tuple(random_rules.figure(draw, measure) for _ in units), twin)
        for measure in random_rules.MEASURES
        for year in (2020, 2023, _YEAR)
        if draw.random() < 0.93
    }
    for year in (2023, _YEAR):
        figures["k", year] = _twinned(tuple(draw.choice((*random_rules.CHOICES, "yes", "")) for _ in units), twin)
    items = {one.code: _frozen(draw, one, size, twin=twin) for one in made.items()}
    title = "Sở, ban, ngành" if number == 1 else f"Nhóm [{number}]"
    return FrozenGroup(f"nhom-{number}", title, made, fingerprint(made), units, figures, items)


def _twinned(values: Texts, twin: bool) -> Texts:
    """The last unit like the first: a tie."""
    return (*values[:-1], values[0]) if twin else values


def _frozen(draw: Random, item: Node, size: int, *, twin: bool) -> FrozenItem:
    maximum = item.max_points or Fraction(0)
    likely = EntryState.ANSWERED if item.rule is None else EntryState.NO_ENTRY
    others = (EntryState.UNANSWERED, EntryState.ANSWERED, EntryState.NOT_ASSESSED)
    states = tuple(draw.choice(others) if draw.random() < 0.2 else likely for _ in range(size))
    typed: dict[Origin, Texts] = {}
    for origin, chance in zip(
        (Origin.SELF, Origin.SURVEY, Origin.EXTERNAL, Origin.APPRAISED), (4, 1, 1, 3), strict=True
    ):
        if draw.random() * 10 < chance + 3 * (item.rule is None):
            column = tuple(_points(draw, maximum) if draw.random() < 0.6 else "" for _ in range(size))
            typed[origin] = _twinned(column, twin)
    typed = {origin: column for origin, column in typed.items() if any(column)}
    reasons = tuple("Không phát sinh" if one is EntryState.NOT_ASSESSED else "" for one in states)
    return FrozenItem(states, typed, reasons=reasons if any(reasons) else ())


def _points(draw: Random, maximum: Fraction) -> str:
    places = draw.choice((1, 2, 2, 4, 4, 6))
    most = maximum * 10**places
    return number_text(Fraction(draw.randint(0, most.numerator // most.denominator), 10**places))


def _settled(group: FrozenGroup) -> tuple[FrozenGroup, Result]:
    """What a rule leaves to a person the council decides: then the result is final."""
    try:
        return group, recomputed(group)
    except InvalidInput as error:
        items = dict(group.items)
        rows = {unit.code: row for row, unit in enumerate(group.units)}
        for problem in error.problems:
            code = str(problem.facts["item"])
            items[code] = _granted(items[code], rows[str(problem.facts["unit"])], len(rows))
        settled = replace(group, items=items)
        return settled, recomputed(settled)


def _granted(item: FrozenItem, row: int, size: int) -> FrozenItem:
    column: list[Any] = list(item.typed.get(Origin.APPRAISED, ("",) * size))
    column[row] = "0.1"
    return replace(item, typed={**item.typed, Origin.APPRAISED: tuple(column)})
