"""A result for machines: as JSON data, and as tables for CSV, XLSX and Parquet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import partial
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from parindex.cli.exact_data import exact_data, exact_series, exact_text
from parindex.cli.failures import problem_data
from parindex.cli.index_table import outside_of
from parindex.documents.criteria_sets.criteria_set_file import fingerprint
from parindex.documents.results import stored_results
from parindex.documents.results.result_files import ResultTable, decimal_series, decimal_text, stacked_series
from parindex.domain.criteria.criteria_set import CriteriaSet, GradedBy, Outside
from parindex.domain.index.aggregate import Totals
from parindex.domain.index.item_states import ItemState
from parindex.domain.index.printed import PrintedGrade, PrintedTie, printed_stories
from parindex.domain.index.result import PointsOfMaximum, Result, UnitResult
from parindex.domain.scoring.score_sheet import Origin
from parindex.domain.units import Unit
from parindex.domain.values import Mask, Rounding

FORMAT = stored_results.FORMAT
ITEM_STATES = tuple(state.name.lower() for state in ItemState)
ORIGINS = tuple(origin.name.lower() for origin in Origin)


def result_data(result: Result) -> dict[str, Any]:
    """Everything of a result; decimals are strings with a point (see :func:`decimal_text`)."""
    made = result.criteria_set
    outside = outside_of(made)
    return {
        "format": FORMAT,
        "set": {
            "id": made.id,
            "title": made.title,
            "year": made.year,
            "fingerprint": fingerprint(made),
            **_graded_by(made),
            "nodes": [
                {
                    "code": node.code,
                    "title": node.title,
                    "max_points": decimal_text(node.max_points),
                    "item": node.is_item,
                    **_outside(outside, node.code),
                }
                for node in made.walk()
            ],
        },
        "period": None if result.period is None else result.period.code,
        "units": _units_data(result),
        **_periods(result),
        "printed": [_story(story) for story in printed_stories(result, Rounding(2))],
        "problems": [{**problem_data(problem), "facts": _facts(problem.facts)} for problem in result.problems],
    }


def _units_data(result: Result) -> list[dict[str, Any]]:
    """The units with whether their grades may still change, and the items of each that lack figures."""
    lacking, open_ = result.items_without_figures, _grade_open(result).tolist()
    views = map(result.unit, range(len(result.units)))
    return [
        unit_data(result, view)
        | {"grade_provisional": may_change}
        | ({"items_without_figures": list(lacking[view.unit.id])} if view.unit.id in lacking else {})
        for view, may_change in zip(views, open_, strict=True)
    ]


def _grade_open(result: Result) -> Mask:
    """The units whose grade may still change, where the set has grades."""
    return result.unsettled & bool(result.criteria_set.grades)


def _periods(result: Result) -> dict[str, Any]:
    """The results of the periods inside the one of ``result``, said only where there are any."""
    periods = [
        {
            "period": None if one.period is None else one.period.code,
            "units": _units_data(one),
            "problems": [{**problem_data(problem), "facts": _facts(problem.facts)} for problem in one.problems],
        }
        for one in result.periods
    ]
    return {"periods": periods} if periods else {}


def _graded_by(made: CriteriaSet) -> dict[str, str]:
    """Said only where grades and ranks go by something else than the index in per cent."""
    declared = made.index.graded_by
    return {} if declared is GradedBy.PER_CENT else {"graded_by": declared.value}


def _story(story: PrintedGrade | PrintedTie) -> dict[str, Any]:
    """Where the index printed with two places would tell another story than the value that decided."""
    if isinstance(story, PrintedGrade):
        return {
            "units": [story.unit],
            "printed": decimal_text(story.printed),
            "index": decimal_text(story.index),
            "grade": story.grade,
            "printed_grade": story.printed_grade,
        }
    return {"units": list(story.units), "printed": decimal_text(story.printed), "ranks": list(story.ranks)}


def _facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: decimal_text(value) if isinstance(value, Fraction) else value for name, value in facts.items()}


def unit_data(result: Result, view: UnitResult) -> dict[str, Any]:
    """One unit with its parts, areas, criteria and items."""
    made = result.criteria_set
    titles = {node.code: node for node in made.walk()}
    parts = {part.id: part.title for part in made.parts}
    areas = [area.code for area in made.areas]
    between = [code for code in view.nodes if code not in view.items and code not in areas]
    outside = outside_of(made)

    def node_data(code: str) -> dict[str, Any]:
        return {"code": code, "title": titles[code].title, **_of(view.nodes[code]), **_outside(outside, code)}

    return {
        "unit": view.unit.id,
        "title": view.unit.title,
        "unit_group": view.unit.group,
        **({"unit_group_title": view.unit.group_title} if view.unit.group_title else {}),
        **exact_data(
            points=None if view.without_figures else view.points, max_points=view.max_points, index=view.index
        ),
        "grade": view.grade,
        "rank": view.rank,
        "provisional": view.provisional,
        **exact_data(bonus=view.bonus, penalty=view.penalty),
        "parts": [{"part": part, "title": parts[part], **_of(of)} for part, of in view.parts.items()],
        "areas": [node_data(code) for code in areas],
        "criteria": [node_data(code) for code in between],
        "items": [
            {
                "item": code,
                "title": titles[code].title,
                "max_points": decimal_text(titles[code].max_points),
                "state": item.state.name.lower(),
                "origin": item.origin.name.lower(),
                **exact_data(points=item.points, rule_points=item.rule_points),
                **_sampling_error(result, code, view.unit.id, item.origin),
                **_outside(outside, code),
            }
            for code, item in view.items.items()
        ],
        "totals": {name: decimal_text(value) for name, value in view.totals.items()},
        **_exact_totals(view.totals),
    }


def _sampling_error(result: Result, item: str, unit: str, origin: Origin) -> dict[str, str | None]:
    """The standard error of points that a survey gave."""
    if origin is not Origin.SURVEY:
        return {}
    return {"standard_error": decimal_text(result.sheets.survey_errors.get((item, unit)))}


def _exact_totals(totals: Mapping[str, Fraction]) -> dict[str, Any]:
    """The totals whose decimals do not end, apart: a total may have any id."""
    exact = {name: text for name, value in totals.items() if (text := exact_text(value)) is not None}
    return {"totals_exact": exact} if exact else {}


def _of(of: PointsOfMaximum) -> dict[str, Any]:
    return exact_data(points=of.points, max_points=of.max_points) | {"per_cent": decimal_text(of.per_cent)}


def _outside(outside: Mapping[str, Outside], code: str) -> dict[str, str]:
    """Said only of what counts outside the hundred: its points are no achievement of the maximum."""
    return {"outside": outside[code].value} if code in outside else {}


def result_tables(result: Result) -> list[ResultTable]:
    """``units`` (one row a unit), ``items``, ``nodes`` and ``parts`` (one row a unit and item, node, part), and
    ``periods`` (as ``units``, one row a period and unit).
    """
    made = result.criteria_set
    between = {code: totals for code, totals in result.nodes.items() if code not in result.items}
    tables = [
        ResultTable("units", partial(_units, result)),
        ResultTable("items", partial(_items, result)),
        ResultTable("nodes", partial(_totals, "code", result, between)),
    ]
    if made.parts:
        tables.append(ResultTable("parts", partial(_totals, "part", result, result.parts)))
    if result.periods:
        tables.append(ResultTable("periods", partial(_units_by_period, result)))
    return tables


def _units(result: Result) -> pl.DataFrame:
    grades = [grade.title for grade in result.criteria_set.grades]
    whole, period = result.whole.result, result.period
    return pl.DataFrame(
        [
            pl.Series("unit", [unit.id for unit in result.units], dtype=pl.String),
            pl.Series("title", [unit.title for unit in result.units], dtype=pl.String),
            pl.Series("unit_group", [unit.group for unit in result.units], dtype=pl.String),
            *_group_titles(result.units),
            *([] if period is None else [pl.Series("period", [period.code] * len(result.units), dtype=pl.String)]),
            decimal_series("points", whole.points, ~result.without_figures),
            decimal_series("max_points", whole.max_points),
            decimal_series("index", result.index, result.has_index),
            *exact_series("points", [whole.points], ~result.without_figures),
            *exact_series("index", [result.index], result.has_index),
            pl.Series("grade", [grades[at] if at >= 0 else None for at in result.grade.tolist()], dtype=pl.String),
            pl.Series("rank", [rank or None for rank in result.rank.tolist()], dtype=pl.Int32),
            pl.Series("provisional", result.provisional),
            pl.Series("grade_provisional", _grade_open(result)),
            *_lacking(result),
        ]
    )


def _units_by_period(result: Result) -> pl.DataFrame:
    """As ``_units``, a period below the other; exact values stand where any of them has some."""
    return pl.concat([_units(one) for one in result.periods], how="diagonal_relaxed")


def _lacking(result: Result) -> list[pl.Series]:
    """A column of the items that have 0 points for want of figures (``5;8;9``), where any unit has some."""
    lacking = result.items_without_figures
    texts = [";".join(lacking.get(unit.id, ())) or None for unit in result.units]
    return [pl.Series("items_without_figures", texts, dtype=pl.String)] if lacking else []


def _group_titles(units: Sequence[Unit]) -> list[pl.Series]:
    """A column of what heads the groups, where the set does not: the offices of officials."""
    titles = [unit.group_title or None for unit in units]
    return [pl.Series("unit_group_title", titles, dtype=pl.String)] if any(titles) else []


def _items(result: Result) -> pl.DataFrame:
    codes = list(result.items)
    columns = list(result.items.values())
    maxima = {plan.node.code: plan.max_points for plan in result.plan.items}
    maximum = pl.Series("max_points", [decimal_text(maxima[code]) for code in codes], dtype=pl.String)
    places = max(len((text or "").partition(".")[2]) for text in maximum)
    unit, item = _rows(result, len(codes))
    return pl.DataFrame(
        [
            _named("unit", [unit.id for unit in result.units], unit),
            _named("item", codes, item),
            _named("state", ITEM_STATES, np.concatenate([column.state for column in columns])),
            _named("origin", ORIGINS, np.concatenate([column.origin for column in columns])),
            stacked_series("points", [column.points for column in columns]),
            *exact_series("points", [column.points for column in columns]),
            maximum.cast(pl.Decimal(38, places)).gather(item),
        ]
    )


def _totals(key: str, result: Result, totals: Mapping[str, Totals]) -> pl.DataFrame:
    unit, node = _rows(result, len(totals))
    return pl.DataFrame(
        [
            _named("unit", [unit.id for unit in result.units], unit),
            _named(key, list(totals), node),
            stacked_series("points", [one.points for one in totals.values()]),
            *exact_series("points", [one.points for one in totals.values()]),
            stacked_series("max_points", [one.max_points for one in totals.values()]),
        ]
    )


def _rows(result: Result, blocks: int) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """The unit and the block of every row, where each block has one row a unit."""
    units = len(result.units)
    unit, block = np.arange(units, dtype=np.uint32), np.arange(blocks, dtype=np.uint32)
    return np.tile(unit, blocks), np.repeat(block, units)


def _named(name: str, names: Sequence[str], positions: NDArray[Any]) -> pl.Series:
    """``names[positions]`` as a column; every name is stored once in a Parquet file."""
    return pl.Series(name, list(names), dtype=pl.String).gather(positions)
