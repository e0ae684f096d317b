"""Tables of other measurements for ``read`` and ``check``: as data, as CSV rows, in words."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from parindex.cli import terminal
from parindex.cli.failures import problem_data
from parindex.documents.papers import MeasuredTable
from parindex.documents.results.result_files import ResultTable, decimal_text, table
from parindex.domain.criteria.findings import Finding
from parindex.domain.errors import Problem
from parindex.domain.procedures import table_check as evaluations
from parindex.domain.procedures.printed_table import EvaluationTable
from parindex.domain.procedures.table_habits import totalled
from parindex.domain.survey.satisfaction_tables import table_check as satisfactions
from parindex.domain.survey.satisfaction_tables.printed_table import RowLevel, SatisfactionTable
from parindex.domain.survey.satisfaction_tables.table_rollup import roll_up
from parindex.wording import numbers, places
from parindex.wording.language import mark, text

LEVELS = {
    RowLevel.ITEM: mark("tiêu chí"),
    RowLevel.GROUP: mark("nhóm"),
    RowLevel.PART: mark("phần"),
    RowLevel.OVERALL: mark("chung"),
}


@dataclass(frozen=True, slots=True)
class CheckedMeasured:
    """One table of another measurement with its findings and the doubts of the reader."""

    read: MeasuredTable
    findings: tuple[Finding, ...]
    doubts: tuple[Problem, ...] = ()


def checked_measured(read: MeasuredTable) -> CheckedMeasured:
    """The findings on a table."""
    if isinstance(read.table, EvaluationTable):
        return CheckedMeasured(read, evaluations.check_table(read.table), read.doubts)
    return CheckedMeasured(read, satisfactions.check_table(read.table), read.doubts)


# --- data ----------------------------------------------------------------------------------------------------------


def measured_data(read: MeasuredTable) -> dict[str, Any]:
    """One table as JSON data; decimals are strings with a point, what is not printed is null or ""."""
    made = read.table
    own = evaluation_data(made) if isinstance(made, EvaluationTable) else satisfaction_data(made)
    return {
        "kind": read.kind.value,
        "title": made.title,
        "place": made.place.as_data(),
        **own,
        "doubts": [problem_data(doubt) for doubt in read.doubts],
    }


def evaluation_data(made: EvaluationTable) -> dict[str, Any]:
    """Units with their points, total, grade and rank, group by group."""
    sums = {id(row.unit): row.found for row in totalled(made.units)}
    return {
        "year": made.year,
        "indicators": list(made.indicators),
        "max_points": [decimal_text(maximum) for maximum in made.maxima],
        "grades": [{"title": band.title, "from": decimal_text(band.lower)} for band in made.bands],
        "grades_stated": made.declared_bands,
        "groups": [
            {"numeral": group.numeral, "title": group.title, "units": len(group.units)} for group in made.groups
        ],
        "counts": [
            {
                "grade": count.grade,
                "or_better": count.or_better,
                "stated": count.stated,
                "of": count.of,
                "group": None if count.group is None else made.groups[count.group].numeral,
                "place": count.place.as_data(),
            }
            for count in made.counts
        ],
        "rows": [
            {
                "code": unit.code,
                "group": group.numeral,
                "number": unit.number,
                "unit": unit.title,
                "indicators": [decimal_text(value) for value in unit.indicators],
                "total": decimal_text(unit.total),
                "total_found": decimal_text(found),
                "officials": decimal_text(unit.official),
                "grade": unit.grade,
                "rank": unit.rank,
                "place": unit.place.as_data(),
            }
            for group in made.groups
            for unit, found in ((unit, sums[id(unit)]) for unit in group.units)
        ],
    }


def satisfaction_data(made: SatisfactionTable) -> dict[str, Any]:
    """Rows with their figures by year, the difference, and what the items give."""
    rolled = roll_up(made)
    years = [str(year) if year is not None else f"column_{at + 1}" for at, year in enumerate(made.years)]
    ends = (made.later, made.earlier)
    return {
        "years": list(made.years),
        "difference": None if None in ends else [made.years[at] for at in ends if at is not None],
        "places": made.places,
        "rolled_up": {
            "parts": rolled.way.parts.value,
            "overall": rolled.way.overall.value,
            "round": rolled.way.mode.value,
            **({"before_rounding": True} if rolled.way.exact else {}),
        },
        "stated": [
            {"what": one.what, "year": one.year, "value": decimal_text(one.value), "place": one.place.as_data()}
            for one in made.stated
        ],
        "rows": [
            {
                "code": row.code,
                "label": row.label,
                "level": row.level.value,
                "parent": None if row.parent is None else made.rows[row.parent].code,
                "title": row.title,
                "values": dict(zip(years, map(decimal_text, row.values), strict=True)),
                "difference": decimal_text(row.difference),
                "values_found": dict(zip(years, map(decimal_text, values), strict=True)),
                "difference_found": decimal_text(change),
                "place": row.place.as_data(),
            }
            for row, values, change in zip(made.rows, rolled.values, rolled.differences, strict=True)
        ],
    }


def structure_data(read: MeasuredTable) -> dict[str, Any]:
    """What a table holds, counted."""
    made = read.table
    if isinstance(made, EvaluationTable):
        grades = dict.fromkeys(unit.grade for unit in made.units if unit.grade)
        return {
            "kind": read.kind.value,
            "title": made.title,
            "units": len(made.units),
            "indicators": len(made.indicators),
            "groups": [
                {
                    "numeral": group.numeral,
                    "title": group.title,
                    "units": len(group.units),
                    "grades": {grade: sum(unit.grade == grade for unit in group.units) for grade in grades},
                }
                for group in made.groups
            ],
        }
    counts = {level.value: len(made.of(level)) for level in RowLevel}
    return {"kind": read.kind.value, "title": made.title, "rows": len(made.rows), **counts, "years": list(made.years)}


# --- rows ----------------------------------------------------------------------------------------------------------


def measured_rows(read: MeasuredTable, number: int) -> ResultTable:
    """The rows of a table for CSV."""
    made = read.table
    if isinstance(made, EvaluationTable):
        found = {id(row.unit): row.found for row in totalled(made.units)}
        columns = ["group", "number", "unit", *(f"indicator_{name}" for name in made.indicators)]
        columns += ["total", "total_found", "officials", "grade", "rank", "place"]
        rows: list[list[Any]] = [
            [
                ". ".join(filter(None, (group.numeral, group.title))) or None,
                unit.number or None,
                unit.title,
                *unit.indicators,
                unit.total,
                found[id(unit)],
                unit.official,
                unit.grade or None,
                unit.rank,
                places.place_text(unit.place, file=False),
            ]
            for group in made.groups
            for unit in group.units
        ]
        return table(f"{read.kind.value}-{number}", columns, rows)
    rolled = roll_up(made)
    names = [str(year) if year is not None else f"column_{at + 1}" for at, year in enumerate(made.years)]
    columns = ["code", "level", "title", *names, "difference", *(f"{name}_found" for name in names)]
    columns += ["difference_found", "place"]
    rows = [
        [
            row.code or None,
            row.level.value,
            row.title,
            *row.values,
            row.difference,
            *values,
            change,
            places.place_text(row.place, file=False),
        ]
        for row, values, change in zip(made.rows, rolled.values, rolled.differences, strict=True)
    ]
    return table(f"{read.kind.value}-{number}", columns, rows)


# --- words ---------------------------------------------------------------------------------------------------------


def rows_words(read: MeasuredTable) -> str:
    """The rows as a table in the terminal."""
    made = read.table
    if isinstance(made, EvaluationTable):
        return "\n\n".join(_group_words(made, at) for at in range(len(made.groups)))
    rolled = roll_up(made)
    years = [text("Năm {year}", year=year) if year is not None else text("Tỷ lệ") for year in made.years]
    heads = [text("Mã"), text("Nội dung"), *years]
    heads += [text("Tăng/giảm")] if made.later is not None else []
    rows = []
    for row in made.rows:
        line = [row.label, row.title, *(_per_cent(value, made.places) for value in row.values)]
        rows.append(line + ([signed(row.difference, made.difference_places)] if made.later is not None else []))
    same = sum(tuple(row.values) == values for row, values in zip(made.rows, rolled.values, strict=True))
    said = text("{same}/{rows} dòng đúng với số tính lại từ các tiêu chí.", same=same, rows=len(made.rows))
    return terminal.table(heads, rows, "<<" + ">" * (len(heads) - 2)) + "\n" + said


def _group_words(made: EvaluationTable, at: int) -> str:
    group = made.groups[at]
    heads = [text("STT"), text("Đơn vị"), *made.indicators, text("Tổng"), text("Xếp loại")]
    heads += [text("Hạng")] if made.ranked else []
    rows = [
        [unit.number, unit.title, *map(numbers.points_text, (*unit.indicators, unit.total)), unit.grade or "–"]
        + ([str(unit.rank or "–")] if made.ranked else [])
        for unit in group.units
    ]
    layout = "><" + ">" * (len(made.indicators) + 1) + "<" + (">" if made.ranked else "")
    head = " ".join(filter(None, [group.numeral and f"{group.numeral}.", terminal.clean(group.title)]))
    return (f"{head}\n" if head else "") + terminal.table(heads, rows, layout)


def structure_words(read: MeasuredTable) -> str:
    """What a table holds, in one or two sentences."""
    made = read.table
    if isinstance(made, SatisfactionTable):
        counted = [(made.of(level), LEVELS[level]) for level in (RowLevel.PART, RowLevel.GROUP, RowLevel.ITEM)]
        parts = ", ".join(f"{len(rows)} {text(word)}" for rows, word in counted if rows)
        years = ", ".join(str(year) for year in made.years if year is not None)
        return text("{rows} dòng: {parts}; năm {years}.", rows=len(made.rows), parts=parts, years=years or "–")
    lines = []
    for group in made.groups:
        grades = dict.fromkeys(unit.grade for unit in group.units if unit.grade)
        counts = ", ".join(f"{sum(unit.grade == grade for unit in group.units)} {grade}" for grade in grades)
        name = terminal.clean(group.title) or text("Bảng")
        lines.append(
            text("{name}: {units} đơn vị ({counts}).", name=name, units=len(group.units), counts=counts or "–")
        )
    return "\n".join(terminal.wrapped(line, terminal.width()) for line in lines)


def signed(value: Fraction | None, decimals: int) -> str:
    """A difference with its sign: ``+2,85``."""
    return "–" if value is None else ("+" if value > 0 else "") + numbers.fixed(value, decimals)


def _per_cent(value: Fraction | None, decimals: int) -> str:
    return numbers.percent(value, decimals)
