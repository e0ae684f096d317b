"""Small makers of domain values for tests: say only what the test is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np

from parindex.domain.criteria.criteria_set import CriteriaSet, Measure, MeasureKind, Node, RuleData
from parindex.domain.scoring.context import Context
from parindex.domain.scoring.figures import ChoiceColumn, FigureColumn, Figures
from parindex.domain.scoring.outcome import NoPoints, Outcome
from parindex.domain.scoring.rule import Rule
from parindex.domain.scoring.rule_table import parse_rule
from parindex.domain.scoring.score_sheet import EntryState, Origin, PointsColumn, ScoreSheets
from parindex.domain.units import Unit
from parindex.domain.values import Numbers, parse_number

#: A value as a test writes it: "0,5", 3 or None for "not entered".
Written = str | int | None


def node(code: str, max_points: Written = "1", *children: Node, title: str = "", **more: Any) -> Node:
    """An item, or with children a group."""
    maximum = None if max_points is None else parse_number(max_points)
    return Node(code, title or f"Mục {code}", maximum, tuple(children), **more)


def rule(clause: str = "Điều 1", **data: Any) -> RuleData:
    """A rule as data with a clause."""
    return RuleData(data, clause=clause)


def criteria_set(*areas: Node, year: int = 2024, **more: Any) -> CriteriaSet:
    """A set of a year; measures are declared from the rules unless given."""
    made = CriteriaSet("thu", "Bộ tiêu chí thử", year, "department", tuple(areas), **more)
    return made if made.measures else replace(made, measures=_measures(made))


def _measures(made: CriteriaSet) -> dict[str, Measure]:
    found: dict[str, Measure] = {}
    for item in made.items():
        if item.rule is not None:
            _collect(item.rule.data, found)
    return found


def _collect(data: Any, found: dict[str, Measure]) -> None:
    if isinstance(data, Mapping):
        if data.get("kind") == "option":
            keys = {key: key for key in data["options"]}
            found[data["of"]] = Measure(data["of"], data["of"], MeasureKind.CHOICE, choices=keys)
            return
        for key, value in data.items():
            if key in ("of", "to", "nothing_when", "measure") and isinstance(value, str):
                found.setdefault(value, Measure(value, value))
            else:
                _collect(value, found)
    elif isinstance(data, list | tuple):
        for value in data:
            if isinstance(value, str):
                found.setdefault(value, Measure(value, value))
            _collect(value, found)


def evaluate(made: Rule, given: Figures) -> Outcome:
    """Points and branches of a rule over all units, in the order of the figures."""
    return made.evaluate(Context(given, given.year))


def units(*ids: str, group: str = "departments") -> tuple[Unit, ...]:
    """Units of one group."""
    return tuple(Unit(one, f"Đơn vị {one}", group) for one in ids)


def number_column(values: Sequence[Written]) -> FigureColumn:
    """A column of figures; None is not entered."""
    numbers = Numbers.of([Fraction(0) if value is None else parse_number(value) for value in values])
    return FigureColumn(numbers, np.array([value is not None for value in values], dtype=bool))


def choice_column(keys: Sequence[str], chosen: Sequence[str | None]) -> ChoiceColumn:
    """A column of choices; None is not chosen."""
    positions = [-1 if one is None else keys.index(one) for one in chosen]
    return ChoiceColumn(tuple(keys), np.array(positions, dtype=np.int16))


def figures(
    of: Sequence[Unit],
    numbers: Mapping[str | tuple[str, int], Sequence[Written]] | None = None,
    choices: Mapping[str, tuple[Sequence[str], Sequence[str | None]]] | None = None,
    year: int = 2024,
) -> Figures:
    """Figures of a year; the key ``("x", 2023)`` gives those of another year."""

    def keyed(name: str | tuple[str, int]) -> tuple[str, int]:
        return (name, year) if isinstance(name, str) else name

    return Figures(
        year,
        tuple(of),
        {keyed(name): number_column(values) for name, values in (numbers or {}).items()},
        {(name, year): choice_column(keys, chosen) for name, (keys, chosen) in (choices or {}).items()},
    )


def points_column(values: Sequence[str | None]) -> PointsColumn:
    """Typed points as written, with their decimals; None is not typed."""
    column = number_column(values)
    places = [0 if value is None else len(value.replace(",", ".").partition(".")[2]) for value in values]
    return PointsColumn(column.numbers, column.present, np.array(places, dtype=np.int8))


def sheets(
    made: CriteriaSet,
    of: Sequence[Unit],
    states: Mapping[tuple[str, str], EntryState] | None = None,
    typed: Mapping[Origin, Mapping[str, Sequence[str | None]]] | None = None,
    reasons: Mapping[tuple[str, str], str] | None = None,
) -> ScoreSheets:
    """Score sheets: ``states`` by (item, unit id); ``typed`` by origin and item, one value a unit."""
    empty = ScoreSheets.empty(tuple(of), tuple(item.code for item in made.items()))
    ids = [unit.id for unit in of]
    for (item, unit), state in (states or {}).items():
        empty.state[empty.items.index(item), ids.index(unit)] = state
    tables = {
        origin: {item: points_column(values) for item, values in table.items()}
        for origin, table in (typed or {}).items()
    }
    return replace(empty, typed=tables, reasons=dict(reasons or {}))


def answers(
    data: Mapping[str, Any],
    max_points: Written,
    numbers: Mapping[str | tuple[str, int], Sequence[Written]] | None = None,
    choices: Mapping[str, tuple[Sequence[str], Sequence[str | None]]] | None = None,
    year: int = 2024,
) -> list[Fraction | str]:
    """What a rule says, one row a value: the exact points, or the reason why there are none (``"missing"`` …)."""
    rows = max(
        [len(values) for values in (numbers or {}).values()] + [len(made) for _, made in (choices or {}).values()]
    )
    rule = parse_rule(data, max_points=parse_number(max_points), year=year)
    outcome = evaluate(rule, figures(units(*map(str, range(rows))), numbers, choices, year))
    return [
        outcome.points.row(row) if branch >= 0 else NoPoints(branch).name.lower()
        for row, branch in enumerate(outcome.branch.tolist())
    ]


def points_of(outcome: Outcome) -> list[Fraction | None]:
    """The points per row; None where there are none."""
    rows = zip(outcome.points.to_fractions(), outcome.scored.tolist(), strict=True)
    return [points if scored else None for points, scored in rows]
