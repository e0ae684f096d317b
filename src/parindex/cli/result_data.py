"""A result for machines: as JSON data, and as tables for CSV, XLSX and Parquet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from parindex.cli.failures import problem_data
from parindex.documents.criteria_sets.criteria_set_file import fingerprint
from parindex.documents.results import stored_results
from parindex.documents.results.result_files import ResultTable, decimal_series, decimal_text, stacked_series
from parindex.domain.index.aggregate import Totals
from parindex.domain.index.item_points import ItemState
from parindex.domain.index.printed import PrintedGrade, PrintedTie, printed_stories
from parindex.domain.index.result import PointsOfMaximum, Result, UnitResult
from parindex.domain.scoring.score_sheet import Origin
from parindex.domain.values import Rounding, number_text

FORMAT = stored_results.FORMAT
ITEM_STATES = tuple(state.name.lower() for state in ItemState)
ORIGINS = tuple(origin.name.lower() for origin in Origin)


def result_data(result: Result) -> dict[str, Any]:
    """Everything of a result; decimals are strings with a point (see :func:`decimal_text`)."""
    made = result.criteria_set
    return {
        "format": FORMAT,
        "set": {
            "id": made.id,
            "title": made.title,
            "year": made.year,
            "fingerprint": fingerprint(made),
            "nodes": [
                {
                    "code": node.code,
                    "title": node.title,
                    "max_points": decimal_text(node.max_points),
                    "item": node.is_item,
                }
                for node in made.walk()
            ],
        },
        "units": [unit_data(result, result.unit(row)) for row in range(len(result.units))],
        "printed": [_story(story) for story in printed_stories(result, Rounding(2))],
        "problems": [{**problem_data(problem), "facts": _facts(problem.facts)} for problem in result.problems],
    }


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
    data = {
        "unit": view.unit.id,
        "title": view.unit.title,
        "group": view.unit.group,
        "points": decimal_text(view.points),
        "max_points": decimal_text(view.maximum),
        "index": decimal_text(view.index),
        "grade": view.grade,
        "rank": view.rank,
        "provisional": view.provisional,
        "bonus": decimal_text(view.bonus),
        "penalty": decimal_text(view.penalty),
        "parts": [{"part": part, "title": parts[part], **_of(of)} for part, of in view.parts.items()],
        "areas": [{"code": code, "title": titles[code].title, **_of(view.nodes[code])} for code in areas],
        "criteria": [{"code": code, "title": titles[code].title, **_of(view.nodes[code])} for code in between],
        "items": [
            {
                "item": code,
                "title": titles[code].title,
                "max_points": decimal_text(titles[code].max_points),
                "state": item.state.name.lower(),
                "origin": item.origin.name.lower(),
                "points": decimal_text(item.points),
                "rule_points": decimal_text(item.rule_points),
            }
            for code, item in view.items.items()
        ],
        "totals": {name: decimal_text(value) for name, value in view.totals.items()},
    }
    if view.index is not None and decimal_text(view.index) != number_text(view.index):
        data["index_exact"] = number_text(view.index)
    return data


def _of(of: PointsOfMaximum) -> dict[str, Any]:
    return {
        "points": decimal_text(of.points),
        "max_points": decimal_text(of.maximum),
        "per_cent": decimal_text(of.per_cent),
    }


def result_tables(result: Result) -> list[ResultTable]:
    """``units`` (one row a unit), ``items``, ``nodes`` and ``parts`` (one row a unit and item, node, part)."""
    made = result.criteria_set
    between = {code: totals for code, totals in result.nodes.items() if code not in result.items}
    tables = [_units(result), _items(result), _totals("nodes", "code", result, between)]
    if made.parts:
        tables.append(_totals("parts", "part", result, result.parts))
    return tables


def _units(result: Result) -> ResultTable:
    grades = [grade.title for grade in result.criteria_set.grades]
    whole = result.whole.result
    return ResultTable(
        "units",
        pl.DataFrame(
            [
                pl.Series("unit", [unit.id for unit in result.units], dtype=pl.String),
                pl.Series("title", [unit.title for unit in result.units], dtype=pl.String),
                pl.Series("group", [unit.group for unit in result.units], dtype=pl.String),
                decimal_series("points", whole.points),
                decimal_series("max_points", whole.maximum),
                decimal_series("index", result.index, result.has_index),
                pl.Series("grade", [grades[at] if at >= 0 else None for at in result.grade.tolist()], dtype=pl.String),
                pl.Series("rank", [rank or None for rank in result.rank.tolist()], dtype=pl.Int32),
                pl.Series("provisional", result.provisional),
            ]
        ),
    )


def _items(result: Result) -> ResultTable:
    codes = list(result.items)
    columns = list(result.items.values())
    maxima = {plan.node.code: plan.max_points for plan in result.plan.items}
    rows = len(result.units)
    states = np.concatenate([column.state for column in columns])
    origins = np.concatenate([column.origin for column in columns])
    maximum = pl.Series("max_points", [decimal_text(maxima[code]) for code in codes], dtype=pl.String)
    places = max(len((text or "").partition(".")[2]) for text in maximum)
    return ResultTable(
        "items",
        pl.DataFrame(
            [
                _named("unit", [unit.id for unit in result.units], np.tile(np.arange(rows), len(codes))),
                _named("item", codes, np.repeat(np.arange(len(codes)), rows)),
                _named("state", ITEM_STATES, states),
                _named("origin", ORIGINS, origins),
                stacked_series("points", [column.points for column in columns]),
                maximum.cast(pl.Decimal(38, places)).gather(np.repeat(np.arange(len(codes)), rows)),
            ]
        ),
    )


def _totals(name: str, key: str, result: Result, totals: Mapping[str, Totals]) -> ResultTable:
    codes, rows = list(totals), len(result.units)
    return ResultTable(
        name,
        pl.DataFrame(
            [
                _named("unit", [unit.id for unit in result.units], np.tile(np.arange(rows), len(codes))),
                _named(key, codes, np.repeat(np.arange(len(codes)), rows)),
                stacked_series("points", [one.points for one in totals.values()]),
                stacked_series("max_points", [one.maximum for one in totals.values()]),
            ]
        ),
    )


def _named(name: str, names: Sequence[str], positions: NDArray[Any]) -> pl.Series:
    """``names[positions]`` as a column; every name is stored once in a Parquet file."""
    return pl.Series(name, list(names), dtype=pl.String).gather(positions)
