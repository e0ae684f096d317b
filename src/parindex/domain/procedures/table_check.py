"""Every contradiction of a printed evaluation table: values, totals, grades, order, ranks, numbers, means, counts.

One fault is one finding: a total that is wrong does not make the grade, the order and the count wrong as well, because
each of these is held against what fits it, the printed figure or the found one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from parindex.domain.criteria.coherence.places import in_order
from parindex.domain.criteria.findings import Finding, Severity
from parindex.domain.procedures.printed_table import (
    EvaluationTable,
    GradeCount,
    PrintedMean,
    PrintedUnit,
    UnitGroup,
)
from parindex.domain.procedures.table_findings import on_unit, repeated, units_of
from parindex.domain.procedures.table_habits import (
    Totalled,
    adds_up,
    bands_hold,
    grade_of,
    out_of_place,
    totalled,
)
from parindex.domain.procedures.table_order import missing_rows, standing
from parindex.domain.values import Rounding, RoundingMode, decimal_places

_MEAN_PLACES = 4


def check_table(table: EvaluationTable) -> tuple[Finding, ...]:
    """All findings, errors first; the kinds begin with ``evaluation_``."""
    rows = tuple(_settled(table, row) for row in totalled(table.units))
    return in_order(
        [
            *_missing(table),
            *_ranges(table),
            *_totals(table, rows),
            *_grades(table, rows),
            *standing(table, rows),
            *_repeated(table),
            *_means(table, rows),
            *_counts(table, rows),
        ]
    )


# --- values and totals ---------------------------------------------------------------------------------------------


def _missing(table: EvaluationTable) -> Iterator[Finding]:
    """Empty cells in columns that other rows fill; the total proposes what an indicator was."""
    has_totals = any(unit.total is not None for unit in table.units)
    has_grades = any(unit.grade for unit in table.units)
    for unit in table.units:
        empty = [at for at, value in enumerate(unit.indicators) if value is None]
        for at in empty:
            proposal = _rest(unit, at, table.maxima[at]) if len(empty) == 1 else None
            yield _empty(unit, table.indicators[at], proposal)
        if has_totals and unit.total is None:
            yield _empty(unit, "total", None)
        if has_grades and not unit.grade:
            yield on_unit("evaluation_missing", unit, None, None, column="grade", proposal=None)


def _empty(unit: PrintedUnit, column: str, proposal: Fraction | None) -> Finding:
    """A cell without a figure: empty, or with something that is none."""
    unread = unit.unread.get(column)
    return on_unit("evaluation_missing", unit, unread, proposal, column=column, proposal=proposal, unread=unread)


def _rest(unit: PrintedUnit, at: int, maximum: Fraction | None) -> Fraction | None:
    """What the printed total leaves for one indicator, where it can give so much."""
    others = [value for other, value in enumerate(unit.indicators) if other != at]
    if unit.total is None or None in others:
        return None
    rest = unit.total - sum((value for value in others if value is not None), Fraction(0))
    return rest if rest >= 0 and (maximum is None or rest <= maximum) else None


def _ranges(table: EvaluationTable) -> Iterator[Finding]:
    """Points below zero or above what the indicator can give."""
    for unit in table.units:
        for at in _outside(table, unit):
            proposal = _rest(unit, at, table.maxima[at])
            facts = {"column": table.indicators[at], "proposal": proposal, "max_points": table.maxima[at]}
            yield on_unit("evaluation_value_range", unit, unit.indicators[at], table.maxima[at], **facts)
        highest = table.official_maximum
        if unit.official is not None and (unit.official < 0 or (highest is not None and unit.official > highest)):
            facts = {"column": "official", "proposal": None, "max_points": highest}
            yield on_unit("evaluation_value_range", unit, unit.official, highest, **facts)


def _outside(table: EvaluationTable, unit: PrintedUnit) -> list[int]:
    """The indicators of a unit that are below zero or above their maximum."""
    return [
        at
        for at, (value, maximum) in enumerate(zip(unit.indicators, table.maxima, strict=True))
        if value is not None and (value < 0 or (maximum is not None and value > maximum))
    ]


def _settled(table: EvaluationTable, row: Totalled) -> Totalled:
    """A row whose printed total shows what its one value out of range should be: the total is right."""
    outside = _outside(table, row.unit)
    explained = len(outside) == 1 and _rest(row.unit, outside[0], table.maxima[outside[0]]) is not None
    return replace(row, found=row.unit.total) if explained else row


def _totals(table: EvaluationTable, rows: Sequence[Totalled]) -> Iterator[Finding]:
    """Totals that are not the sum of the indicators."""
    if not adds_up(rows):
        yield Finding(
            "evaluation_totals_unknown",
            Severity.WARNING,
            table.place,
            "",
            str(len(rows)),
            str(sum(not row.agrees for row in rows)),
        )
        return
    for row in rows:
        if not row.agrees:
            points = [value for value in row.unit.indicators if value is not None]
            yield on_unit("evaluation_total", row.unit, row.unit.total, row.found, points=points)


# --- grades --------------------------------------------------------------------------------------------------------


def _grades(table: EvaluationTable, rows: Sequence[Totalled]) -> Iterator[Finding]:
    graded = [row for row in rows if row.unit.grade and row.totals]
    if bands_hold(table, rows):
        for row in graded:
            if row.unit.grade not in {grade_of(total, table.bands) for total in row.totals}:
                found = grade_of(row.totals[0], table.bands)
                lower = next(band.lower for band in table.bands if band.title == found)
                facts = {"total": row.totals[0], "lower": lower, "declared": table.declared_bands}
                yield on_unit("evaluation_grade", row.unit, row.unit.grade, found, **facts)
        return
    yield from _grades_by_order(table, graded)


def _grades_by_order(table: EvaluationTable, graded: Sequence[Totalled]) -> Iterator[Finding]:
    """Where no bands are known, a unit with more points still has no lower grade than one with fewer."""
    levels = {band.title: -at for at, band in enumerate(table.bands)}
    known = [row for row in graded if row.unit.grade in levels]
    known.sort(key=lambda row: (-row.totals[0], -levels[row.unit.grade]))
    wrong = out_of_place([Fraction(levels[row.unit.grade]) for row in known])
    if 5 * len(wrong) <= len(known):
        for at in wrong:
            row = known[at]
            facts = {"total": row.totals[0], "lower": None, "declared": False}
            yield on_unit("evaluation_grade", row.unit, row.unit.grade, None, severity=Severity.WARNING, **facts)


# --- names, means and counts ------------------------------------------------------------------------------------------


def _repeated(table: EvaluationTable) -> Iterator[Finding]:
    """A unit that stands twice in its group."""
    for group in table.groups:
        for unit, first in repeated(group):
            yield on_unit("evaluation_unit_repeated", unit, unit.title, first.code, same_as=first.code)


def _means(table: EvaluationTable, rows: Sequence[Totalled]) -> Iterator[Finding]:
    """Rows of means against the units that they are of."""
    for mean in table.means:
        tried = [list(_wrong_means(table, mean, group, rows)) for group in (mean.group, *mean.also)]
        yield from min(tried, key=len)


def _wrong_means(
    table: EvaluationTable, mean: PrintedMean, group: int | None, rows: Sequence[Totalled]
) -> Iterator[Finding]:
    """What is wrong with a row of means, taken as that of a group (None: of the whole table)."""
    units = {id(unit) for unit in units_of(table, group)}
    of = [row for row in rows if id(row.unit) in units]
    shared = _shared_places(mean)
    for column, stated, columns in _mean_columns(table, mean, of):
        found = [sum(values, Fraction(0)) / len(values) for values in columns if values]
        least = shared if column in table.indicators else min(shared, 1)
        if stated is not None and found and not any(_is_rounded(stated, one, least) for one in found):
            places = max(2, decimal_places(stated) or 0)
            shown = Rounding(places).apply(found[0])
            where = _as_unit(mean, group, table)
            yield on_unit("evaluation_mean", where, stated, shown, column=column, count=len(of))


def _mean_columns(
    table: EvaluationTable, mean: PrintedMean, of: Sequence[Totalled]
) -> Iterator[tuple[str, Fraction | None, list[list[Fraction]]]]:
    """Each column of a row of means: its name, the printed mean, and the values that it may be the mean of."""
    for at, name in enumerate(table.indicators):
        values = [value for row in of if (value := row.unit.indicators[at]) is not None]
        yield name, mean.indicators[at], [values]
    totals = [row.totals for row in of if row.totals]
    yield "total", mean.total, [[one[0] for one in totals], [one[-1] for one in totals]]
    yield "official", mean.official, [[row.unit.official for row in of if row.unit.official is not None]]


def _shared_places(mean: PrintedMean) -> int:
    """The decimals that several indicators of a row of means show: beside 1,75 and 1,38 a 1,8 is 1,80, and a total of
    14 at least 14,0 (a spreadsheet stores no zeros).
    """
    shown = sorted(decimal_places(value) or 0 for value in mean.indicators if value is not None)
    return shown[-2] if len(shown) > 1 else 0


def _is_rounded(stated: Fraction, exact: Fraction, least: int) -> bool:
    """Whether ``stated`` is ``exact`` rounded half-up or cut at the decimals that it is printed with, or at more; at
    ``least`` so many.
    """
    least = max(least, decimal_places(stated) or 0)
    return any(
        Rounding(places, mode).apply(exact) == stated
        for places in range(least, max(least, _MEAN_PLACES) + 1)
        for mode in RoundingMode
    )


def _as_unit(mean: PrintedMean, group: int | None, table: EvaluationTable) -> PrintedUnit:
    """A row of means in the place of a unit, for naming it."""
    numeral, title = ("", "") if group is None else (table.groups[group].numeral, table.groups[group].title)
    return PrintedUnit(numeral, "", title, mean.place, mean.indicators, cells=mean.cells)


def _counts(table: EvaluationTable, rows: Sequence[Totalled]) -> Iterator[Finding]:
    """What the prose counts: units with a grade, of so many units.

    Where no grades are printed, the totals give them; by bands that the paper does not state only where most counts
    bear these out.
    """
    printed = {id(unit): unit.grade for unit in table.units}
    due = {id(row.unit): grade_of(row.totals[0], table.bands) for row in rows if row.totals and table.bands}
    graded = any(printed.values())
    known = [printed, printed | due if bands_hold(table, rows) else printed] if graded else [due, due]
    found = [_miscounted(table, count, known) for count in table.counts]
    wrong = [finding for finding in found if finding is not None]
    if graded or table.declared_bands or 2 * len(wrong) <= len(table.counts):
        yield from wrong


def _miscounted(table: EvaluationTable, count: GradeCount, known: Sequence[Mapping[int, str]]) -> Finding | None:
    """A count that is neither that of the one nor that of the other ``known`` grades of the units."""
    units = units_of(table, count.group)
    wanted = _grades_counted(table, count)
    counts = [sum(grades.get(id(unit), "") in wanted for unit in units) for grades in known]
    lost = missing_rows(table, count.group)
    fits = min(counts) <= count.stated <= max(counts) + lost
    if fits and (count.of is None or len(units) <= count.of <= len(units) + lost):
        return None
    group: UnitGroup | None = None if count.group is None else table.groups[count.group]
    facts = {
        "grade": count.grade,
        "or_better": count.or_better,
        "group": "" if group is None else group.title,
        "of": count.of,
        "units": len(units),
        "count": counts[0],
        "counted": [unit.code for unit in units if known[0].get(id(unit), "") in wanted],
    }
    stated, found = str(count.stated), str(counts[0])
    if count.of is not None:
        stated, found = f"{stated}/{count.of}", f"{found}/{len(units)}"
    code = "" if group is None else group.numeral
    return Finding("evaluation_count", Severity.ERROR, count.place, code, stated, found, facts)


def _grades_counted(table: EvaluationTable, count: GradeCount) -> set[str]:
    titles = [band.title for band in table.bands]
    if count.or_better and count.grade in titles:
        return set(titles[: titles.index(count.grade) + 1])
    return {count.grade}
