"""Estimates of a survey for machines: the rows of JSON, of a table, and such a table read again.

A row: ``by`` (the categories of its cell, ``all`` where it runs over all of them, empty for who is of no known
category), ``variable`` (``all`` is the roll-up
over all items, ``wishes/6`` an option), ``statistic``, ``rollup``, ``n``, ``estimate``, ``se``, ``df``, ``low``,
``high``, ``deff``, ``p``. Numbers are binary and written in full; null where nothing can be said or where a cell is
withheld (``suppressed``). ``se_replicated`` stands in rows whose errors were replicated. Differences also have
``of``, ``against`` and ``p_holm``; those between years say how the error comes about (``years``).
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from parindex.documents.results.result_files import ResultTable
from parindex.domain.criteria.survey_points import IndexMapping
from parindex.domain.errors import InvalidInput, Place, Problem
from parindex.domain.survey.arrays import Floats
from parindex.domain.survey.comparison.compared_tables import Compared
from parindex.domain.survey.estimation.tabulation import UNSTATED, EstimateTable, Figure, Margin
from parindex.domain.survey.points.estimated_points import Estimated, EstimatesByUnit
from parindex.domain.survey.questionnaire.variables import ALL
from parindex.domain.values import Mask

NUMBERS = ("estimate", "se", "df", "low", "high", "deff", "p")
_WITH_NUMBERS = ("n", *NUMBERS)
_MORE_NUMBERS = ("effective_n", "se_replicated", "p_holm", "value", "value_against")

Row = dict[str, Any]

#: Why a question was not to be asked of somebody: its condition, the group of the respondent.
UNASKED_REASONS = ("relevant", "respondents")


def estimate_rows(
    tables: Sequence[EstimateTable],
    by: Sequence[Margin],
    rollup: str,
    replicated: Sequence[Sequence[Floats]] | None = None,
) -> Iterator[Row]:
    """The rows of all tables: cell by cell in the order of the margins, in a cell variable by variable; with the
    ``replicated`` errors, by table and margin, where there are any.
    """
    for m, margin in enumerate(by):
        columns = [_columns(table, m) for table in tables]
        order = _order(tables)
        for cell, names in enumerate(margin.by):
            for number, at, variable in order:
                values, shown = columns[number]
                seen = bool(shown[cell, at])
                row: Row = {
                    "by": names,
                    "variable": variable,
                    "statistic": tables[number].figure.value,
                    "rollup": rollup,
                }
                for name in _WITH_NUMBERS:
                    of = values.get(name)
                    row[name] = None if of is None or not seen else json_number(float(of[cell, at]))
                row["effective_n"] = json_number(float(values["effective_n"][cell, at])) if seen else None
                if replicated is not None:
                    again = float(replicated[number][m][cell, at])
                    row["se_replicated"] = json_number(again) if seen else None
                row["suppressed"] = not seen
                yield row


def difference_rows(
    compared: Iterable[Compared],
    by: Sequence[Margin],
    later: Sequence[EstimateTable],
    earlier: Sequence[EstimateTable],
    rollup: str,
    years: str | None = None,
) -> Iterator[Row]:
    """The rows of differences: ``of`` which figure, ``against`` which cell (``year: earlier``: the earlier year), both
    values, and the method of those between ``years``.
    """
    for one in compared:
        number = next(
            number
            for number, table in enumerate(later)
            if (table.figure, table.variables) == (one.figure, one.variables)
        )
        adjusted = one.found.adjusted
        names = by[one.margin].by
        for place, (cell, other) in enumerate(zip(one.cells.tolist(), one.against.tolist(), strict=True)):
            first = later[number].estimates[one.margin]
            second, beside = (earlier[number].estimates[one.margin], cell) if other < 0 else (first, other)
            for at, variable in enumerate(one.variables):
                seen = bool(one.shown[place, at])
                numbers = {
                    "n": first.n[cell, at],
                    **{name: getattr(one.found, name)[place, at] for name in ("estimate", "se", "low", "high", "p")},
                    "df": one.found.df[place],
                    "p_holm": adjusted[place, at],
                    "value": first.estimate[cell, at],
                    "value_against": second.estimate[beside, at],
                    "n_against": second.n[beside, at],
                }
                kept = {name: json_number(float(value)) if seen else None for name, value in numbers.items()}
                yield {
                    "by": names[cell],
                    "variable": variable,
                    "statistic": Figure.DIFFERENCE.value,
                    "of": one.figure.value,
                    "against": {"year": "earlier"} if other < 0 else names[other],
                    "years": years if other < 0 else None,
                    "rollup": rollup,
                    **{name: kept.get(name) for name in (*_WITH_NUMBERS, "p_holm")},
                    **{name: kept[name] for name in ("value", "value_against", "n_against")},
                    "suppressed": not seen,
                }


def _columns(table: EstimateTable, m: int) -> tuple[Mapping[str, Floats], Mask]:
    one = table.estimates[m]
    spread = one.df[:, None] + 0 * one.n
    values = {
        "n": one.n,
        "estimate": one.estimate,
        "se": one.se,
        "df": spread,
        "low": one.low,
        "high": one.high,
        "deff": one.deff,
        "effective_n": one.effective_n,
    }
    return values, table.shown[m]


def _order(tables: Sequence[EstimateTable]) -> list[tuple[int, int, str]]:
    """Table and column of every row of a cell: variable by variable, in the order of the first table that has it."""
    first: dict[str, int] = {}
    for table in tables:
        for variable in table.variables:
            first.setdefault(variable, len(first))
    found = [
        (number, at, variable) for number, table in enumerate(tables) for at, variable in enumerate(table.variables)
    ]
    return sorted(found, key=lambda one: (first[one[2]], one[0]))


def json_number(value: float) -> float | int | None:
    """A number of JSON: null for what is not one, without a decimal point where it is whole."""
    if not math.isfinite(value):
        return None
    return int(value) if value == int(value) and abs(value) < 2**53 else value


def rows_table(rows: Sequence[Row], columns: Sequence[str]) -> ResultTable:
    """The rows as a table: a column for each of ``columns`` that estimates were made by, then the row itself."""

    def frame() -> pl.DataFrame:
        made: dict[str, pl.Series] = {
            column: pl.Series(column, [row["by"].get(column) for row in rows], dtype=pl.String) for column in columns
        }
        texts = [
            key
            for key in ("variable", "statistic", "of", "against", "years", "rollup")
            if any(key in row for row in rows)
        ]
        for key in texts:
            made[key] = pl.Series(key, [_text(row.get(key)) for row in rows], dtype=pl.String)
        made["n"] = pl.Series("n", [row["n"] for row in rows], dtype=pl.Int64)
        numbers = [*NUMBERS, *(key for key in _MORE_NUMBERS if any(key in row for row in rows))]
        for key in numbers:
            values = [row.get(key) for row in rows]
            made[key] = pl.Series(key, [None if one is None else float(one) for one in values], dtype=pl.Float64)
        made["suppressed"] = pl.Series("suppressed", [bool(row.get("suppressed")) for row in rows])
        return pl.DataFrame(list(made.values()))

    return ResultTable("estimates", frame)


def _text(value: Any) -> str | None:
    return " / ".join(value.values()) if isinstance(value, Mapping) else value


def plain_table(name: str, heads: Sequence[str], rows: Sequence[Sequence[str | float | int | None]]) -> ResultTable:
    """A small table whose numbers are estimates; infinite and unknown ones are empty cells."""

    def frame() -> pl.DataFrame:
        columns = []
        for at, head in enumerate(heads):
            cells = [row[at] for row in rows]
            if any(isinstance(cell, str) for cell in cells):
                columns.append(pl.Series(head, cells, dtype=pl.String))
            else:
                kept = [float(cell) if cell is not None and math.isfinite(cell) else None for cell in cells]  # type: ignore[arg-type]
                columns.append(pl.Series(head, kept, dtype=pl.Float64))
        return pl.DataFrame(columns)

    return ResultTable(name, frame)


def read_estimates(path: Path, unit: str | None = None) -> EstimatesByUnit:
    """The estimates by unit in a JSON file of ``survey estimate``; with ``unit`` those of the whole sample, as its.

    Raises :class:`InvalidInput`: ``estimates_not_understood``, ``estimates_without_units``.
    """
    try:
        data = json.loads(path.read_text("utf-8"))
        rows, mapping, minimum = data["rows"], IndexMapping(data["index_mapping"]), int(data["minimum_cell"])
        columns = list(rows[0]["by"]) if rows else []
        if unit is None and len(columns) != 1:
            facts = {"known": columns}
            raise InvalidInput([Problem("estimates_without_units", Place(file=str(path)), facts)])
        found: dict[tuple[str, str, str], Estimated] = {}
        unstated = False
        turned = {str(code): tuple(map(str, items)) for code, items in data.get("reversed", {}).items()}
        for row in rows:
            whole = all(name == ALL for name in row["by"].values())
            if whole == (unit is not None):
                name = unit if unit is not None else str(row["by"][columns[0]])
                if name == UNSTATED:  # of no known unit: their answers are in the whole only
                    unstated = True
                    continue
                key = (str(row["statistic"]), str(row["variable"]), name)
                found[key] = Estimated(_whole(row["n"]), _number(row["estimate"]), _number(row["se"]))
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        raise InvalidInput([Problem("estimates_not_understood", Place(file=str(path)))]) from None
    units = tuple(dict.fromkeys(name for _, _, name in found))
    return EstimatesByUnit(units, mapping, found, max(minimum, 1), turned, unstated)


def remarks_of_estimates(path: Path) -> list[dict[str, Any]]:
    """The remarks about whom questions were asked in a JSON file of ``survey estimate``; none in one that has no notes.

    Raises :class:`InvalidInput`: ``estimates_not_understood``.
    """
    found: list[dict[str, Any]] = []
    try:
        for note in json.loads(path.read_text("utf-8")).get("notes", ()):
            if note["kind"] == "condition_unchecked":
                missing = [str(one) for one in note["missing"]]
                found.append({"kind": note["kind"], "variable": str(note["variable"]), "missing": missing})
            elif note["kind"] == "clusters_shared_below":
                shared = {name: str(note[name]) for name in ("kind", "column", "file")}
                codes = [str(one) for one in note["codes"]]
                found.append({**shared, "stage": int(note["stage"]), "count": int(note["count"]), "codes": codes})
            elif note["kind"] == "answered_unasked":
                told = {name: str(note[name]) for name in ("kind", "variable", "reason", "file")}
                if told["reason"] not in UNASKED_REASONS:
                    raise ValueError(told["reason"])
                rows = [int(row) for row in note["rows"]]
                found.append({**told, "count": int(note["count"]), "rows": rows})
    except (ValueError, KeyError, TypeError, AttributeError):
        raise InvalidInput([Problem("estimates_not_understood", Place(file=str(path)))]) from None
    return found


def _whole(value: Any) -> int | None:
    return None if value is None else int(value)


def _number(value: Any) -> float | None:
    return None if value is None else float(value)
