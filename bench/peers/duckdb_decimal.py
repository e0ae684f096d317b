"""DuckDB: one wide table, one expression an item; points and index are ``DECIMAL``.

DuckDB divides decimals as doubles, so quotients are rounded half up in whole numbers and become decimals afterwards.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from bench.plan import GRADES, INDEX_PLACES, OPTIONS, POINT_PLACES, Item, items
from bench.scores import INDEX_SCALE, POINT_SCALE

PLAN = items()
POINTS, PER_CENT = f"DECIMAL(9,{POINT_PLACES})", f"DECIMAL(9,{INDEX_PLACES})"
Connection = duckdb.DuckDBPyConnection


def load(folder: Path) -> Connection:
    """Both files as the table ``wide`` with one row a unit."""
    numbers = [measure for item in PLAN if item.kind != "option" for measure in item.measures]
    choices = [measure for item in PLAN if item.kind == "option" for measure in item.measures]
    fixed = [item.code for item in PLAN if item.kind == "fixed"]
    entries = f"read_parquet('{folder}/entries.parquet')"
    columns = [
        *(f'f."{name}"::BIGINT AS "{name}"' for name in numbers),
        *(f'f."{name}"' for name in choices),
        *(f'a."{item.code}" AS "{item.code}:assessed"' for item in PLAN),
        *(f'g."{code}"::{POINTS} AS "{code}:granted"' for code in fixed),
    ]
    connection = duckdb.connect()
    connection.execute(
        f"""
        CREATE TEMP TABLE wide AS
        WITH f AS ({_pivot(f"SELECT * FROM read_parquet('{folder}/figures.parquet')", "measure", [*numbers, *choices], "value")}),
             a AS ({_pivot(f"SELECT unit, item, state <> 'not_assessed' AS is_assessed FROM {entries}",
                           "item", [item.code for item in PLAN], "is_assessed")}),
             g AS ({_pivot(f"SELECT unit, item, appraised_points FROM {entries} WHERE appraised_points IS NOT NULL",
                           "item", fixed, "appraised_points")})
        SELECT a.unit, {", ".join(columns)}
        FROM a LEFT JOIN f ON f.unit = a.unit LEFT JOIN g ON g.unit = a.unit
        """
    )  # fmt: skip
    return connection


def _pivot(source: str, name: str, names: list[str], value: str) -> str:
    listed = ", ".join(f"'{one}'" for one in names)
    return f"PIVOT ({source}) ON {name} IN ({listed}) USING any_value({value}) GROUP BY unit"


def compute(connection: Connection) -> Connection:
    """Points, index, grade and rank of every unit, as the tables ``points`` and ``units``."""
    rules = ", ".join(f'({_RULES[item.kind](item)})::{POINTS} AS "{item.code}"' for item in PLAN)
    achieved = " + ".join(f'coalesce("{item.code}", 0)::DECIMAL(18,4)' for item in PLAN)
    maximum = " + ".join(f'if("{item.code}:assessed", {item.max_points}, 0)::DECIMAL(18,4)' for item in PLAN)
    grades = " ".join(f"WHEN index >= {lower} THEN '{title}'" for title, lower in GRADES)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE points AS SELECT unit, {rules} FROM wide")
    connection.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE units AS
        WITH sums AS (
            SELECT unit, ({achieved}) * {POINT_SCALE} AS achieved, ({maximum}) * {POINT_SCALE} AS maximum
            FROM points JOIN wide USING (unit)
        ), whole AS (SELECT unit, achieved::BIGINT AS achieved, maximum::BIGINT AS maximum FROM sums
        ), indices AS (
            SELECT unit, if(maximum > 0, {_decimal(f"(achieved * {200 * INDEX_SCALE} + maximum) // (2 * maximum)", INDEX_PLACES)}, NULL) AS index
            FROM whole
        )
        SELECT unit, index, CASE {grades} END AS grade, if(index IS NULL, NULL, rank() OVER (ORDER BY index DESC NULLS LAST)) AS rank
        FROM indices
        """
    )
    return connection


def _decimal(whole: str, places: int) -> str:
    """An integer expression in units of the last of ``places`` as a decimal, without a division."""
    return f"(({whole})::DECIMAL(18,0) * {10**-places:.{places}f}::DECIMAL(9,{places}))"


def _ratio(item: Item) -> str:
    part, whole = (f'"{measure}"' for measure in item.measures)
    top, target = int(item.max_points * POINT_SCALE), int(item.target * 10)
    earned = _decimal(f"({part} * {top * 20} + {whole} * {target}) // (2 * {whole} * {target})", POINT_PLACES)
    floor = f"WHEN {part} * 10 < {whole} * {int(item.floor * 10)} THEN 0" if item.floor else ""
    # `least` passes over a NULL, so a missing figure must be asked for.
    missing = f"WHEN {part} IS NULL OR {whole} IS NULL THEN NULL"
    return f"CASE {missing} WHEN {whole} = 0 THEN {item.max_points} {floor} ELSE least({earned}, {item.max_points}) END"


def _bands(item: Item) -> str:
    part, whole = (f'"{measure}"' for measure in item.measures)
    top = item.max_points
    return (
        f"CASE WHEN {whole} = 0 THEN 0 WHEN {part} >= {whole} THEN {top} WHEN {part} * 10 >= {whole} * 7 THEN {top / 2} "
        f"WHEN {part} * 2 >= {whole} THEN {top / 4} WHEN {part} IS NULL OR {whole} IS NULL THEN NULL ELSE 0 END"
    )


def _option(item: Item) -> str:
    worth = zip(OPTIONS, (item.max_points, item.max_points / 2, 0), strict=True)
    return f'CASE "{item.measures[0]}" ' + " ".join(f"WHEN '{key}' THEN {points}" for key, points in worth) + " END"


def _deduction(item: Item) -> str:
    return f'CASE WHEN "{item.measures[0]}" IS NOT NULL THEN greatest({item.max_points} - 0.25 * "{item.measures[0]}", 0) END'


def _fixed(item: Item) -> str:
    return f'"{item.code}:granted"'


_RULES = {"ratio": _ratio, "bands": _bands, "option": _option, "deduction": _deduction, "fixed": _fixed}


def write(connection: Connection, folder: Path) -> None:
    """The two result files."""
    codes = ", ".join(f'"{item.code}"' for item in PLAN)
    unpivoted = f"SELECT unit, item, points FROM (UNPIVOT points ON {codes} INTO NAME item VALUE points)"
    connection.execute(f"COPY ({unpivoted}) TO '{folder}/units-items.parquet' (FORMAT parquet)")
    connection.execute(f"COPY units TO '{folder}/units.parquet' (FORMAT parquet)")
