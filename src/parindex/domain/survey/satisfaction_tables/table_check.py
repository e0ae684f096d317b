"""Every contradiction of a printed satisfaction table: means, differences, figures of items, numbers, the prose.

One fault is one finding: the figure of an item that contradicts its difference as well as the means above it is wrong
itself, and these are right.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from typing import Any

from parindex.domain.criteria.coherence.places import in_order
from parindex.domain.criteria.findings import Finding, Severity
from parindex.domain.survey.satisfaction_tables.checked_table import CheckedTable
from parindex.domain.survey.satisfaction_tables.printed_table import RowLevel, SatisfactionTable, Stated
from parindex.domain.survey.satisfaction_tables.table_numbers import Names, numbered, readings
from parindex.domain.survey.satisfaction_tables.table_rollup import Averaged, averaged, compared, difference, way_of
from parindex.domain.values import Rounding, number_text

_HUNDRED = Fraction(100)
#: What the prose counts, by the rows that are counted.
_COUNTED = {"groups": RowLevel.GROUP, "items": RowLevel.ITEM, "rising": RowLevel.ITEM, "falling": RowLevel.ITEM}
#: A number that skips more than so many is misprinted; fewer rows may have been lost.
_MOST_LOST = 3
#: So many differing items of one column are tried in pairs.
_MOST_SUSPECTS = 8


def check_table(table: SatisfactionTable) -> tuple[Finding, ...]:
    """All findings, errors first; the kinds begin with ``satisfaction_``."""
    checked = CheckedTable(table, way_of(table), [list(row.values) for row in table.rows])
    numbers = list(_numbers(checked))
    return in_order(
        [
            *_missing(checked),
            *_ranges(checked),
            *_items(checked),
            *_means(checked),
            *_differences(checked),
            *numbers,
            *_repeated(checked),
            *_prose(checked),
        ]
    )


# --- figures -------------------------------------------------------------------------------------------------------


def _missing(checked: CheckedTable) -> Iterator[Finding]:
    """Items without a figure, and rows without one where rows of the same kind have it."""
    table = checked.table
    levels = {row.level for row in table.rows if any(value is not None for value in row.values)}
    for at, row in enumerate(table.rows):
        for year, value in enumerate(row.values):
            if value is None and row.level in levels:
                proposal = _by_difference(table, at, year, checked.values)
                if proposal is not None:
                    checked.values[at][year] = proposal
                yield _empty(checked, at, year, checked.name(year), proposal)
        if table.later is not None and row.difference is None and row.level in levels:
            found = difference(table, row.values)
            # Without the figure of a year there is no difference: that figure is the one matter.
            if found is not None:
                yield _empty(checked, at, "difference", "", found)


def _empty(checked: CheckedTable, at: int, column: int | str, year: str, proposal: Fraction | None) -> Finding:
    """A cell without a figure: empty, or with something that is none."""
    unread = checked.table.rows[at].unread.get(column)
    figure = "difference" if column == "difference" else "value"
    facts = {"year": year, "proposal": proposal, "column": column, "unread": unread, "figure": figure}
    return checked.find("satisfaction_missing", at, unread, proposal, **facts)


def _by_difference(
    table: SatisfactionTable, at: int, year: int, values: Sequence[Sequence[Fraction | None]]
) -> Fraction | None:
    """What the printed difference and the other year make of a figure."""
    change, ends = table.rows[at].difference, (table.later, table.earlier)
    if change is None or year not in ends or table.later is None or table.earlier is None:
        return None
    other = values[at][table.earlier if year == table.later else table.later]
    if other is None:
        return None
    found = other + change if year == table.later else other - change
    return found if 0 <= found <= _HUNDRED else None


def _ranges(checked: CheckedTable) -> Iterator[Finding]:
    """Per cents below 0 or above 100."""
    for at, row in enumerate(checked.table.rows):
        for year, value in enumerate(row.values):
            if value is not None and not 0 <= value <= _HUNDRED:
                proposal = _by_difference(checked.table, at, year, checked.values)
                checked.values[at][year] = proposal
                facts = {"year": checked.name(year), "proposal": proposal, "column": year}
                yield checked.find("satisfaction_range", at, value, proposal, **facts)


def _items(checked: CheckedTable) -> Iterator[Finding]:
    """Items whose difference is not that of their figures, and by whose other figure all means above them are right."""
    table = checked.table
    for year in (table.later, table.earlier):
        if year is None:
            return
        suspects = [at for at in table.of(RowLevel.ITEM) if _repaired(checked, at, year) is not None][:_MOST_SUSPECTS]
        for count in (1, 2):
            for group in combinations(suspects, count):
                yield from _together(checked, group, year)


def _repaired(checked: CheckedTable, at: int, year: int) -> Fraction | None:
    """The figure of an item that its difference gives, where it is another one than the printed one."""
    row = checked.table.rows[at]
    found = difference(checked.table, checked.values[at])
    if row.difference is None or found is None or found == row.difference:
        return None
    return _by_difference(checked.table, at, year, checked.values)


def _together(checked: CheckedTable, items: Sequence[int], year: int) -> Iterator[Finding]:
    """The items as wrong figures, if all means above them are right with the repaired ones and were wrong before."""
    found = [_repaired(checked, at, year) for at in items]
    whole = checked.table.of(RowLevel.OVERALL)
    above = {row for at in items for row in (*checked.table.above(at), *whole)}
    if None in found or not checked.wrong(year, sorted(above)):
        return
    before = [checked.values[at][year] for at in items]
    for at, value in zip(items, found, strict=True):
        checked.values[at][year] = value
    if checked.wrong(year, sorted(above)):
        for at, value in zip(items, before, strict=True):
            checked.values[at][year] = value
        return
    for at, stated, due in zip(items, before, found, strict=True):
        yield checked.find("satisfaction_item", at, stated, due, year=checked.name(year), column=year)


# --- means and differences -----------------------------------------------------------------------------------------


def _means(checked: CheckedTable) -> Iterator[Finding]:
    """Figures of groups, parts and the whole that are not the means of their items."""
    table = checked.table
    every = [one for one in compared(table, checked.way, checked.values) if one[0] not in checked.incomplete]
    wrong = [one for one in every if one[2] != one[3]]
    if 2 * len(wrong) > len(every):
        yield Finding(
            "satisfaction_rollup_unknown", Severity.WARNING, table.place, "", str(len(every)), str(len(wrong))
        )
        return
    severity = _severity_of_near([found - stated for _, _, stated, found in wrong], len(every), table.places)
    for year in range(len(table.years)):
        of_year = {at: (stated, found) for at, of, stated, found in wrong if of == year}
        explained: set[int] = set()
        for at in of_year:
            above = _above_all(checked, at, year)
            if table.rows[at].level is RowLevel.GROUP and above and _items_explain(checked, at, year, above):
                explained |= set(above)
        for at, (stated, found) in of_year.items():
            if at in explained:
                continue
            below = bool(explained) and explained <= set(_above_all(checked, at, year))
            of = averaged(table, at, checked.way)
            facts = {
                "year": checked.name(year),
                "count": len(of),
                "of": table.rows[of[0]].level.value,
                "items_wrong": below,
                "severity": severity[abs(found - stated)],
                "column": year,
            }
            yield checked.find("satisfaction_mean", at, stated, found, **facts)


def _above_all(checked: CheckedTable, at: int, year: int) -> tuple[int, ...]:
    """The rows above a group that have a figure, the whole included."""
    rows = (*checked.table.above(at), *checked.table.of(RowLevel.OVERALL))
    return tuple(row for row in rows if checked.table.rows[row].values[year] is not None)


def _items_explain(checked: CheckedTable, at: int, year: int, above: Sequence[int]) -> bool:
    """Whether everything above a group is wrong, and right if the items of the group had the mean that it prints."""
    table = checked.table
    stated = table.rows[at].values[year]
    over_items = {checked.way.parts, checked.way.overall} == {Averaged.ITEMS}
    if stated is None or not over_items or len(checked.wrong(year, above)) < len(above):
        return False
    own = table.items_below(at)
    off = stated * len(own) - sum((checked.values[item][year] or Fraction(0) for item in own), Fraction(0))
    half = Fraction(1, 2 * 10**table.places)
    for row in above:
        items = table.items_below(row)
        total = sum((checked.values[item][year] or Fraction(0) for item in items), Fraction(0))
        printed = table.rows[row].values[year] or Fraction(0)
        reach = half + half * len(own) / len(items)
        if abs((total + off) / len(items) - printed) > reach:
            return False
    return True


def _severity_of_near(differences: Sequence[Fraction], count: int, places: int) -> dict[Fraction, Severity]:
    """An error, unless several figures are off by one in the last place: they were rounded from figures with more
    decimals than are printed.
    """
    step = Fraction(1, 10**places)
    near = sum(abs(one) == step for one in differences)
    rounded = near > 1 and 10 * near >= count
    return {abs(one): Severity.WARNING if rounded and abs(one) == step else Severity.ERROR for one in differences}


def _differences(checked: CheckedTable) -> Iterator[Finding]:
    """Differences that are not the later figure less the earlier one, whichever of printed and found figures one
    takes.
    """
    table = checked.table
    rows = [(at, row) for at, row in enumerate(table.rows) if row.difference is not None]
    means = _found_means(checked)
    due = {at: _due(checked, at, means) for at, _ in rows}
    wrong = [(at, row) for at, row in rows if due[at] and row.difference not in due[at]]
    known = [at for at, _ in rows if due[at]]
    ends: dict[str, Any] = {
        "later": _year_name(checked, table.later),
        "earlier": _year_name(checked, table.earlier),
    }
    if 2 * len(wrong) > len(known):
        stated, found = str(len(known)), str(len(wrong))
        yield Finding("satisfaction_differences_unknown", Severity.WARNING, table.place, "", stated, found, ends)
        return
    gaps = [due[at][0] - (row.difference or 0) for at, row in wrong]
    severity = _severity_of_near(gaps, len(known), table.difference_places)
    for (at, row), gap in zip(wrong, gaps, strict=True):
        facts = ends | {"sign": row.difference == -due[at][0]}
        yield checked.find(
            "satisfaction_difference", at, row.difference, due[at][0], severity=severity[abs(gap)], **facts
        )


def _found_means(checked: CheckedTable) -> dict[tuple[int, int], Fraction]:
    return {(row, year): found for row, year, _, found in compared(checked.table, checked.way, checked.values)}


def _due(checked: CheckedTable, at: int, means: Mapping[tuple[int, int], Fraction]) -> list[Fraction]:
    """What the difference of a row may be: of the printed figures, of the found ones, of one and the other."""
    table = checked.table
    ends: list[list[Fraction]] = []
    for year in (table.later, table.earlier):
        if year is None:
            return []
        options = (checked.values[at][year], table.rows[at].values[year], means.get((at, year)))
        ends.append([value for value in dict.fromkeys(options) if value is not None])
    step = Rounding(table.difference_places)
    return [step.apply(later - earlier) for later in ends[0] for earlier in ends[1]]


def _year_name(checked: CheckedTable, year: int | None) -> str:
    return "" if year is None else checked.name(year)


# --- numbers and prose ---------------------------------------------------------------------------------------------


def _numbers(checked: CheckedTable) -> Iterator[Finding]:
    """Skipped and repeated numbers and letters, within a group or on through all of them."""
    rows = checked.table.rows
    for level in (RowLevel.PART, RowLevel.GROUP, RowLevel.ITEM):
        of_level = [at for at, row in enumerate(rows) if row.level is level]
        stretches: dict[int | None, list[int]] = {}
        for at in of_level:
            stretches.setdefault(rows[at].parent, []).append(at)
        tried = [numbered(of_level, stretches, labels) for labels in readings([rows[at] for at in of_level])]
        if not tried:
            continue
        count, labels, best = min(tried, key=lambda one: one[0])
        if 3 * count <= len(of_level) + 2:
            read = dict(zip(of_level, labels.numbers, strict=True))
            for run, found in best:
                yield from _breaks(checked, run, found, read, labels.names)


def _breaks(
    checked: CheckedTable, run: Sequence[int], found: Sequence[tuple[int, int]], read: Mapping[int, int], names: Names
) -> Iterator[Finding]:
    for at, due in found:
        row = checked.table.rows[run[at]]
        before = run[at - 1] if at else None
        goes_on = [read[one] for one in run[at + 1 : at + 2]] == [due + 1]
        if due < read[run[at]] <= due + _MOST_LOST and not goes_on:
            _lose(checked, run[at], before, read[run[at]] - due)
        label = "" if before is None else checked.table.rows[before].label
        yield checked.find("satisfaction_number", run[at], row.label or None, names(due), before=label)


def _lose(checked: CheckedTable, at: int, before: int | None, count: int) -> None:
    """Rows are lost before row ``at``: what is made of them, here or at the end of the group before, is incomplete."""
    table = checked.table
    level = table.rows[at].level
    checked.lost[level] += count
    if level is RowLevel.ITEM:
        above = {*table.above(at), *(table.above(before) if before is not None else ()), *table.of(RowLevel.OVERALL)}
        checked.incomplete |= above
    elif before is not None:
        checked.incomplete.add(before)


def _repeated(checked: CheckedTable) -> Iterator[Finding]:
    """An item that stands twice in its group, where nearly all items of the table have names of their own: all but
    one, in a large table all but a tenth.
    """
    items = [(at, checked.table.rows[at]) for at in checked.table.of(RowLevel.ITEM)]
    rows = [(at, row) for at, row in items if row.title.strip()]
    names = {at: " ".join(row.title.casefold().split()) for at, row in rows}
    again = len(names) - len(set(names.values()))
    if 10 * again > max(10, len(names)):
        return
    seen: dict[tuple[int | None, str], str] = {}
    for at, row in rows:
        first = seen.setdefault((row.parent, names[at]), row.code)
        if first != row.code:
            yield checked.find("satisfaction_item_repeated", at, row.title, first, same_as=first)


def _prose(checked: CheckedTable) -> Iterator[Finding]:
    """What the text states beside the table."""
    for one in checked.table.stated:
        allowed = _allowed(checked, one)
        lost = checked.lost[_COUNTED[one.what]] if one.what in _COUNTED else 0
        if allowed and not any(value <= one.value <= value + lost for value in allowed):
            facts = {"what": one.what, "year": str(one.year or "")}
            stated, found = number_text(one.value), number_text(allowed[0])
            yield Finding("satisfaction_stated", Severity.ERROR, one.place, "", stated, found, facts)


def _allowed(checked: CheckedTable, one: Stated) -> list[Fraction]:
    """The figures of the table that a statement may name; none where the table says nothing of it."""
    table, what, year = checked.table, one.what, one.year
    whole = table.of(RowLevel.OVERALL)
    items = table.of(RowLevel.ITEM)
    if what in ("groups", "items"):
        below = table.children if what == "groups" else table.items_below
        if one.part is not None:
            return [Fraction(len(below(one.part)))]
        every = table.of(RowLevel.GROUP) if what == "groups" else items
        return [Fraction(len(every)), *(Fraction(len(below(at))) for at in table.of(RowLevel.PART))]
    if what in ("rising", "falling"):
        changes = [difference(table, checked.values[at]) for at in items]
        wanted = [one for one in changes if one is not None and (one > 0 if what == "rising" else one < 0)]
        return [Fraction(len(wanted))] if any(change is not None for change in changes) else []
    found: list[Fraction] = []
    for at in whole:
        if what == "difference":
            found += [
                abs(one)
                for one in (*_due(checked, at, _found_means(checked)), table.rows[at].difference)
                if one is not None
            ]
        elif year in table.years:
            column = table.years.index(year)
            means = [
                due for row, of, _, due in compared(table, checked.way, checked.values) if (row, of) == (at, column)
            ]
            found += [one for one in (*means, table.rows[at].values[column]) if one is not None]
    return found
