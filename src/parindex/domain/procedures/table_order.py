"""How the units of a printed evaluation table stand: their order, their ranks, their running numbers.

One fault is one finding: a lost row shows in the numbers, not once more in every rank below it, two rows that changed
places with their numbers are one swap, and a row that stands twice is no row out of order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from parindex.domain.criteria.coherence.running_numbers import sequence_breaks
from parindex.domain.criteria.findings import Finding, Severity
from parindex.domain.procedures.printed_table import EvaluationTable, PrintedUnit
from parindex.domain.procedures.table_findings import on_unit, repeated, units_of
from parindex.domain.procedures.table_habits import (
    RANKINGS,
    Ranking,
    Totalled,
    is_ordered,
    out_of_place,
)

#: A number that skips more than so many is misprinted; fewer rows may have been lost.
_MOST_LOST = 5
#: So many breaks are tried as swaps, two by two.
_MOST_BROKEN = 12
#: Where ranks are printed, at most one row in so many is taken to be out of order.
_MOST_MOVED = 5

#: A row with the ranks that are due by its found and by its printed total.
_Ranked = tuple[Totalled, tuple[int, int]]


def standing(table: EvaluationTable, rows: Sequence[Totalled]) -> Iterator[Finding]:
    """The ranks where the table has them, the order and the numbers.

    Where ranks are printed, rows out of order contradict nothing: that is to be confirmed, and said where neither ranks
    nor numbers say it.
    """
    numbers = list(_numbers(table))
    copies = {id(unit) for group in table.groups for unit, first in repeated(group) if _is_copy(unit, first)}
    rows = [row for row in rows if id(row.unit) not in copies]
    ranks = list(_ranks(table, rows, numbers)) if table.ranked else []
    moved = list(_order(table, rows))
    if not table.ranked:
        codes = {finding.code for finding in moved}
        numbers = [finding for finding in numbers if not codes & set(finding.facts["pair"])]
    else:
        told = {code for finding in (*ranks, *numbers) for code in (finding.code, *finding.facts.get("pair", ()))}
        moved = [finding for finding in moved if not told & set(finding.facts["pair"])]
    yield from (*ranks, *moved, *numbers)


def _is_copy(unit: PrintedUnit, first: PrintedUnit) -> bool:
    """Whether a unit of the same name has the same points too: else it may be another one under a wrong name."""
    return (unit.indicators, unit.total) == (first.indicators, first.total)


# --- order and ranks -----------------------------------------------------------------------------------------------


def _order(table: EvaluationTable, rows: Sequence[Totalled]) -> Iterator[Finding]:
    """Rows that break the falling order of the totals, where the table is ordered by them or says that it is."""
    groups = _by_group(table, [row for row in rows if row.totals])
    columns = [(known, _best_order(known)) for known in groups]
    if not table.ordered and not is_ordered([totals for _, totals in columns]):
        return
    wrong = [list(_moved(totals)) for _, totals in columns]
    if table.ranked and _MOST_MOVED * sum(map(len, wrong)) > len(table.units):
        return
    severity = Severity.WARNING if table.ranked else Severity.ERROR
    for (known, totals), moved in zip(columns, wrong, strict=True):
        for at, due, other in moved:
            unit, swapped = known[at].unit, None if other is None else known[other].unit
            pair = (unit.code,) if swapped is None else (unit.code, swapped.code)
            facts = {"total": totals[at], "swapped": "" if swapped is None else swapped.title, "pair": pair}
            yield on_unit("evaluation_order", unit, at + 1, due + 1, severity=severity, ranked=table.ranked, **facts)


def _moved(totals: Sequence[Fraction]) -> Iterator[tuple[int, int, int | None]]:
    """The rows out of order: where each stands, where it belongs, and the row that it changed places with."""
    ordered = sorted(totals, reverse=True)
    moved = [at for at, total in enumerate(totals) if total != ordered[at]]
    if len(moved) == 2:
        yield moved[0], ordered.index(totals[moved[0]]), moved[1]
        return
    yield from ((at, ordered.index(totals[at]), None) for at in out_of_place(totals))


def _best_order(rows: Sequence[Totalled]) -> list[Fraction]:
    """The totals of a group: where the printed one differs, that of the two by which the row stands better."""
    rising = sorted({total for row in rows for total in row.totals})
    places = {total: place for place, total in enumerate(rising)}
    now = [places[row.totals[0]] for row in rows]
    for at, row in ((at, row) for at, row in enumerate(rows) if len(row.totals) > 1):
        options = [places[total] for total in row.totals]
        wrong = [sum(each < one for each in now[:at]) + sum(each > one for each in now[at + 1 :]) for one in options]
        now[at] = options[wrong.index(min(wrong))]
    return [rising[place] for place in now]


def _ranks(table: EvaluationTable, rows: Sequence[Totalled], numbers: Sequence[Finding]) -> Iterator[Finding]:
    """Ranks that are not those of the totals, by the way of ranking that most of them follow."""
    known = [row for row in rows if row.totals]
    lost = [_lost(numbers, units_of(table, at)) for at in range(len(table.groups))]
    scopes = [[(known, sum(lost))], list(zip(_by_group(table, known), lost, strict=True))]
    best: list[list[_Ranked]] = []
    fewest = len(known) + 1
    for scope in scopes:
        for ranking in RANKINGS:
            wrong = [list(_misranked(ranking, group, missing)) for group, missing in scope]
            if sum(map(len, wrong)) < fewest:
                best, fewest = wrong, sum(map(len, wrong))
    faults = [fault for wrong in best for fault in _paired(wrong)]
    if 3 * len(faults) > len(known):
        return
    for (row, ranks), other in faults:
        if row.unit.rank is None:
            facts = {"column": "rank", "proposal": Fraction(ranks[0]), "unread": None}
            yield on_unit("evaluation_missing", row.unit, None, ranks[0], **facts)
            continue
        pair = () if other is None else (row.unit.code, other.unit.code)
        named = {"swapped": "", "swapped_code": ""}
        if other is not None:
            named = {"swapped": other.unit.title, "swapped_code": other.unit.code}
        yield on_unit("evaluation_rank", row.unit, row.unit.rank, ranks[0], total=row.totals[0], pair=pair, **named)


def _misranked(ranking: Ranking, rows: Sequence[Totalled], lost: int) -> Iterator[_Ranked]:
    """The rows whose rank is not the due one, with the ranks by their found and by their printed total."""
    found, printed = (_due_ranks(ranking, rows, at, lost) for at in (0, -1))
    for row, ranks in zip(rows, zip(found, printed, strict=True), strict=True):
        if row.unit.rank not in ranks:
            yield row, ranks


def _paired(wrong: Sequence[_Ranked]) -> Iterator[tuple[_Ranked, Totalled | None]]:
    """Wrong ranks of one list, two rows that have each other's together: one of them, with the other row."""
    left = list(wrong)
    while left:
        row, ranks = left.pop(0)
        others = (at for at, (other, due) in enumerate(left) if other.unit.rank in ranks and row.unit.rank in due)
        at = next(others, None)
        yield (row, ranks), None if at is None else left.pop(at)[0]


def _due_ranks(ranking: Ranking, rows: Sequence[Totalled], which: int, lost: int) -> list[int]:
    """The ranks of rows by their found (0) or printed (−1) totals; ``lost`` rows stand where the ranks fit best."""
    totals = [row.totals[which] for row in rows]
    ranks = ranking(totals)
    rising = sorted(range(len(rows)), key=totals.__getitem__) if lost else []
    for _ in range(lost):
        for at in _below_lost(totals, ranks, rising, [row.unit.rank for row in rows]):
            ranks[at] += 1
    return ranks


def _below_lost(
    totals: Sequence[Fraction], ranks: Sequence[int], rising: Sequence[int], printed: Sequence[int | None]
) -> Sequence[int]:
    """The rows that one lost row stands above: the lowest ones of which most then have their printed rank."""
    best = gain = most = 0
    for count, at in enumerate(rising, start=1):
        gain += (printed[at] == ranks[at] + 1) - (printed[at] == ranks[at])
        ends = count == len(rising) or totals[rising[count]] != totals[at]
        if ends and gain >= most and gain > 0:
            best, most = count, gain
    return rising[:best]


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
