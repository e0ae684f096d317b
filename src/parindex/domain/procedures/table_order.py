"""How the units of a printed evaluation table stand: their order, their ranks, their running numbers.

One fault is one finding: a lost row shows in the numbers, not once more in every rank below it, and two rows that
changed places with their numbers are one swap.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, pairwise

from parindex.domain.criteria.coherence.running_numbers import sequence_breaks
from parindex.domain.criteria.findings import Finding
from parindex.domain.procedures.printed_table import EvaluationTable, PrintedUnit
from parindex.domain.procedures.table_findings import on_unit, units_of
from parindex.domain.procedures.table_habits import (
    RANKINGS,
    Ranking,
    Totalled,
    discordant,
    is_ordered,
    out_of_place,
)

#: A number that skips more than so many is misprinted; fewer rows may have been lost.
_MOST_LOST = 5
#: So many breaks are tried as swaps, two by two.
_MOST_BROKEN = 12


def standing(table: EvaluationTable, rows: Sequence[Totalled]) -> Iterator[Finding]:
    """Ranks where the table has them, else the order; and the numbers."""
    numbers = list(_numbers(table))
    if table.ranked:
        yield from _ranks(table, rows, numbers)
        yield from numbers
        return
    moved = list(_order(table, rows))
    codes = {finding.code for finding in moved}
    yield from moved
    yield from (finding for finding in numbers if not codes & set(finding.facts["pair"]))


# --- order and ranks -----------------------------------------------------------------------------------------------


def _order(table: EvaluationTable, rows: Sequence[Totalled]) -> Iterator[Finding]:
    """Rows that break the falling order of the totals, where the table is ordered by them."""
    columns, at = [], 0
    for group in table.groups:
        known = [row for row in rows[at : at + len(group.units)] if row.totals]
        columns.append((known, _best_order(known)))
        at += len(group.units)
    if not is_ordered([totals for _, totals in columns]):
        return
    for known, totals in columns:
        ordered = sorted(totals, reverse=True)
        moved = [at for at, total in enumerate(totals) if total != ordered[at]]
        wrong = moved[:1] if len(moved) == 2 else out_of_place(totals)
        for at in wrong:
            due = ordered.index(totals[at])
            facts = {"total": totals[at], "swapped": known[moved[1]].unit.title if len(moved) == 2 else ""}
            yield on_unit("evaluation_order", known[at].unit, at + 1, due + 1, **facts)


def _best_order(rows: Sequence[Totalled]) -> list[Fraction]:
    """The totals of a group: where the printed one differs, that of the two by which the row stands better."""
    totals = [row.totals[0] for row in rows]
    for at, row in ((at, row) for at, row in enumerate(rows) if len(row.totals) > 1):
        options = [[*totals[:at], total, *totals[at + 1 :]] for total in row.totals]
        totals = min(options, key=lambda option: discordant(option)[0])
    return totals


def _ranks(table: EvaluationTable, rows: Sequence[Totalled], numbers: Sequence[Finding]) -> Iterator[Finding]:
    """Ranks that are not those of the totals, by the way of ranking that most of them follow."""
    known = [row for row in rows if row.totals]
    lost = [_lost(numbers, units_of(table, at)) for at in range(len(table.groups))]
    scopes = [[(known, sum(lost))], list(zip(_by_group(table, known), lost, strict=True))]
    best: list[tuple[Totalled, tuple[int, int]]] = []
    fewest = len(known) + 1
    for scope in scopes:
        for ranking in RANKINGS:
            due = []
            for group, missing in scope:
                found, printed = (_due_ranks(ranking, group, at, missing) for at in (0, -1))
                due += list(zip(group, zip(found, printed, strict=True), strict=True))
            wrong = [(row, ranks) for row, ranks in due if row.unit.rank not in ranks]
            if len(wrong) < fewest:
                best, fewest = wrong, len(wrong)
    if 3 * fewest <= len(known):
        for row, ranks in best:
            if row.unit.rank is None:
                facts = {"column": "rank", "proposal": Fraction(ranks[0]), "unread": None}
                yield on_unit("evaluation_missing", row.unit, None, ranks[0], **facts)
            else:
                yield on_unit("evaluation_rank", row.unit, row.unit.rank, ranks[0], total=row.totals[0])


def _due_ranks(ranking: Ranking, rows: Sequence[Totalled], which: int, lost: int) -> list[int]:
    """The ranks of rows by their found (0) or printed (−1) totals; ``lost`` rows stand where the ranks fit best."""
    totals = [row.totals[which] for row in rows]
    for _ in range(lost):
        options = [[*totals, one] for one in _gaps(totals[: len(rows)])]
        totals = min(options, key=lambda option: _misfits(ranking(option), rows), default=totals)
    return ranking(totals)[: len(rows)]


def _misfits(ranks: Sequence[int], rows: Sequence[Totalled]) -> int:
    return sum(rank != row.unit.rank for rank, row in zip(ranks, rows, strict=False))


def _gaps(totals: Sequence[Fraction]) -> list[Fraction]:
    """What the total of a lost row may be, for the ranks of the others: each total, above all, between each two."""
    falling = sorted(set(totals), reverse=True)
    return [*falling, *(one + 1 for one in falling[:1]), *((upper + lower) / 2 for upper, lower in pairwise(falling))]


def _by_group(table: EvaluationTable, rows: Sequence[Totalled]) -> list[list[Totalled]]:
    homes = {id(unit): at for at, group in enumerate(table.groups) for unit in group.units}
    return [[row for row in rows if homes[id(row.unit)] == at] for at in range(len(table.groups))]


# --- numbers ---------------------------------------------------------------------------------------------------------


def _numbers(table: EvaluationTable) -> Iterator[Finding]:
    """Missing, skipped and swapped numbers, within each group or, where the numbering runs on, over all of them."""
    for units in _numberings(table):
        if not _is_numbered(units):
            continue
        numbers = [_number(unit) for unit in units]
        pairs = _swapped(numbers)
        for first, second in pairs:
            facts = {"gap": False, "pair": (units[first].code, units[second].code), "swapped": units[second].title}
            yield on_unit("evaluation_number", units[first], units[first].number, numbers[second], **facts)
            numbers[first], numbers[second] = numbers[second], numbers[first]
        breaks = sequence_breaks(numbers)
        for at, due in breaks if 3 * len(breaks) <= len(units) + 2 else ():
            alone = [due + 1] == numbers[at + 1 : at + 2]
            gap = not alone and due < numbers[at] <= due + _MOST_LOST
            facts = {"gap": gap, "pair": (), "swapped": ""}
            yield on_unit("evaluation_number", units[at], units[at].number or None, due, **facts)


def _swapped(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """The pairs of rows that have each other's number: exchanged, neither breaks the numbering any more."""
    now = list(numbers)
    broken = [at for at, _ in sequence_breaks(now)][:_MOST_BROKEN]
    found: list[tuple[int, int]] = []
    for first, second in combinations(broken, 2):
        turned = list(now)
        turned[first], turned[second] = turned[second], turned[first]
        if len(sequence_breaks(turned)) <= len(sequence_breaks(now)) - 2:
            now = turned
            found.append((first, second))
    return found


def _lost(numbers: Sequence[Finding], units: Sequence[PrintedUnit]) -> int:
    """How many numbers are skipped among ``units``: rows that may have been lost."""
    codes = {unit.code for unit in units}
    gaps = (finding for finding in numbers if finding.facts["gap"] and finding.code in codes)
    return sum(int(finding.stated or 0) - int(finding.found or 0) for finding in gaps)


def missing_rows(table: EvaluationTable, group: int | None) -> int:
    """How many rows a group (None: the table) may have lost, as its numbers show."""
    return _lost(list(_numbers(table)), units_of(table, group))


def _number(unit: PrintedUnit) -> int:
    return int(unit.number) if unit.number.isdecimal() else -1


def _numberings(table: EvaluationTable) -> list[Sequence[PrintedUnit]]:
    """The stretches of units that are numbered from 1."""
    restart: list[Sequence[PrintedUnit]] = [group.units for group in table.groups]
    runs_on: list[Sequence[PrintedUnit]] = [table.units]

    def broken(stretches: Sequence[Sequence[PrintedUnit]]) -> int:
        return sum(len(sequence_breaks([_number(unit) for unit in units])) for units in stretches)

    return restart if broken(restart) <= broken(runs_on) else runs_on


def _is_numbered(units: Sequence[PrintedUnit]) -> bool:
    return 2 * sum(unit.number.isdecimal() for unit in units) > len(units)
