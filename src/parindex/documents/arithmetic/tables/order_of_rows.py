"""Ranks of rows against the figures that they go by.

Which column a rank goes by is seen from the rows; ties may share a rank or have ranks one after another.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from parindex.documents.arithmetic.findings import Severity, StatementKind, Sure
from parindex.documents.arithmetic.tables.amounts import Amount
from parindex.documents.arithmetic.tables.heads import ColumnKind
from parindex.documents.arithmetic.tables.labels import RowRole
from parindex.documents.arithmetic.tables.printed_tables import PrintedTable
from parindex.documents.arithmetic.tables.rank_faults import EXCHANGED, RankFault, Ranking, rank_faults
from parindex.documents.arithmetic.tables.slips import CellAt, Slip, Statement, TableChecks
from parindex.documents.printed_text import folded

_FEWEST_RANKED = 5
#: So many rows, of which a part of so many has figures of its own, show the order that they stand in.
_FEWEST_SORTED = 10
_DISTINCT = 2
_TIME = re.compile(r"\b(?:nam|thang|quy|ngay|tuan|ky)\b|^\d")
_SORTED_BY = (ColumnKind.POINTS, ColumnKind.SUM, ColumnKind.RATIO, ColumnKind.PLAIN)
_ONE_DIGIT = 9
_RANKED_BY = (ColumnKind.POINTS, ColumnKind.SUM, ColumnKind.RATIO, ColumnKind.MEAN)
_SCORED = re.compile(r"\b(?:gia tri|chi so|dti|pci|papi|sipas|ddci|par index)\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
#: Rows are held against each other: longer tables are data and no table of a report.
_MOST_ROWS = 400
#: So few rows that contradict another one may be wrong instead.
_FEW = 2
_Group = int | None


@dataclass(frozen=True, slots=True)
class _Order:
    """Rows by one column: which of its ranks do not hold, and the misprints without which others would not either.

    ``ranks``, ``values``, ``groups``: of each row; ``sign`` 1: the highest figure is first.
    """

    column: int
    broken: tuple[int, ...]
    due: Mapping[int, str]
    ranks: Mapping[int, int]
    values: Mapping[int, Fraction]
    groups: Mapping[int, _Group]
    sign: int
    faults: tuple[RankFault, ...] = ()

    @property
    def cost(self) -> int:
        """How many cells are wrong if the ranks go by this column."""
        return len(self.broken) + len(self.faults)


def check_order(checks: TableChecks) -> None:
    """Finds ranks that the figures contradict, and figures out of the order of their rows."""
    table = checks.table
    kinds = [table.kind(column) for column in range(table.width)]
    if ColumnKind.RANK not in kinds:
        _check_sorted(checks)
    _check_ranks(checks, [column for column, kind in enumerate(kinds) if kind is ColumnKind.RANK])


def _check_ranks(checks: TableChecks, columns: Sequence[int]) -> None:
    """Finds the ranks, and the figures that they go by, that contradict each other; of two columns of ranks by one
    column the other one is of another year.
    """
    orders = {column: order for column in columns if (order := _best_order(checks, column)) is not None}
    taken: set[int] = set()
    for column, best in sorted(orders.items(), key=lambda one: one[1].cost):
        if best.column in taken:
            continue
        taken.add(best.column)
        table = checks.table
        checks.checked["points"] += len(best.due)
        found = [_fault_slip(table, column, best.column, one) for one in best.faults]
        found += [_rank_slip(table, column, best.column, at, best.due[at]) for at in best.broken]
        checks.slips += [replace(one, statement=_doubted(best, one, column)) for one in found]
        doubted = {one.row for one in found}
        checks.holding += [_statement(best, at, best.column, column) for at in best.values if at not in doubted]


def _doubted(order: _Order, slip: Slip, column: int) -> Statement:
    """The statement of a row that is out of order; where few rows contradict it, their figures may be wrong instead."""
    against = [at for at in order.values if _contradict(order, slip.row, at, order.ranks, order.values)]
    beside = [(at, order.column) for at in against] if len(against) <= _FEW else []
    return _statement(order, slip.row, slip.column, column, beside)


def _statement(order: _Order, row: int, target: int, column: int, beside: Sequence[CellAt] = ()) -> Statement:
    """The rank and the figure of a row among those of the others; ``target``: the column of the one that is doubted;
    ``beside``: figures of other rows that may be wrong instead.
    """
    cells = ((row, target), (row, column if target == order.column else order.column), *beside)

    def holds(cell: CellAt, amount: Amount) -> bool:
        by_figure = cell[1] == order.column
        if not by_figure and not _is_rank(amount.value):
            return False
        ranks = order.ranks if by_figure else {**order.ranks, cell[0]: int(amount.value)}
        values = {**order.values, cell[0]: amount.value} if by_figure else order.values
        return not any(_contradict(order, row, at, ranks, values) for at in values)

    def asks(cell: CellAt) -> Fraction | None:
        return None if cell[1] == order.column or row not in order.due else Fraction(order.due[row])

    return Statement(cells, holds, asks, exactly=False)


def _contradict(order: _Order, row: int, other: int, ranks: Mapping[int, int], values: Mapping[int, Fraction]) -> bool:
    """Whether two rows stand the other way round by their figures than by their ranks."""
    return _are_out_of_order(row, other, ranks, values, order.groups, order.sign)


def _best_order(checks: TableChecks, column: int) -> _Order | None:
    """The column that the ranks of a column go by; None where they go by none."""
    table = checks.table
    ranks = {
        at: int(one.value)
        for at in _rows(table)
        if (one := table.amount(at, column)) is not None and _is_rank(one.value)
    }
    if not _FEWEST_RANKED <= len(ranks) <= _MOST_ROWS:
        return None
    tried = [
        order
        for other in range(table.width)
        if other != column and _may_be_ranked_by(table, column, other)
        for order in _orders(checks, ranks, other)
    ]
    best = min(tried, key=lambda one: (one.cost, table.kind(one.column) not in _RANKED_BY), default=None)
    if best is None or 4 * best.cost > len(ranks):
        return None
    # In a short table a column may have the order of the ranks but for one row by chance.
    named = table.kind(best.column) in _RANKED_BY or _SCORED.search(table.heads[best.column]) is not None
    named = named or len({one.column for one in tried}) == 1
    return best if named or not best.cost or len(ranks) >= _FEWEST_SORTED else None


def _may_be_ranked_by(table: PrintedTable, column: int, other: int) -> bool:
    """Whether ranks may go by another column: not by that of another year."""
    years = [set(_YEAR.findall(table.heads[at])) for at in (column, other)]
    if years[0] and years[1] and not years[0] & years[1]:
        return False
    return table.kind(other) not in (ColumnKind.NUMBER, ColumnKind.RANK)


def _rank_slip(table: PrintedTable, column: int, by: int, row: int, due: str) -> Slip:
    kind, severity, facts = StatementKind.RANK_CHANGE, Severity.CHANGES_SCORE, {"by": table.titles[by]}
    return Slip(row, column, kind, Sure.CERTAIN, _text(table, row, column), due, "rank_differs", facts, severity)


def _fault_slip(table: PrintedTable, column: int, by: int, fault: RankFault) -> Slip:
    """The slip of a misprinted rank, or of a misprinted figure that rows are ranked by."""
    if fault.rank is not None:
        printed = _text(table, fault.row, column)
        due = fault.found.rjust(len(printed), "0") if printed.startswith("0") else fault.found
        return _rank_slip(table, column, by, fault.row, due)
    kind, severity = StatementKind.RANK_CHANGE, Severity.CHANGES_SCORE
    facts = {"rank": _text(table, fault.row, column), "neighbours": " – ".join(fault.between)}
    why, stated = "ranked_figure_differs", _text(table, fault.row, by)
    sure = Sure.CERTAIN if fault.found else Sure.LIKELY
    return Slip(fault.row, by, kind, sure, stated, fault.found, why, facts, severity)


def _text(table: PrintedTable, row: int, column: int) -> str:
    found = table.amount(row, column)
    return found.text if found is not None else ""


def _rows(table: PrintedTable) -> list[int]:
    return [at for at, row in enumerate(table.rows) if row.role is RowRole.DATA]


def _is_rank(value: Fraction) -> bool:
    return value.denominator == 1 and value >= 1


def _orders(checks: TableChecks, ranks: Mapping[int, int], by: int) -> Iterator[_Order]:
    """The ranks by one column, from the top or from the bottom, in the table or in each group."""
    table = checks.table
    amounts = {at: one for at in ranks if (one := table.amount(at, by)) is not None}
    if len(amounts) < _FEWEST_RANKED or len({one.value for one in amounts.values()}) < 3:
        return
    unknown = len(ranks) - len(amounts)
    in_groups: list[Mapping[int, _Group]] = [dict.fromkeys(amounts), {at: table.rows[at].parent for at in amounts}]
    if in_groups[0] == in_groups[1]:
        del in_groups[1]
    values = {at: one.value for at, one in amounts.items()}
    for groups in in_groups:
        for sign in (1, -1):
            rankings = _rankings(ranks, amounts, groups, sign)
            # Each break has a wrong row beside it: with so many the ranks do not go by this column.
            if 2 * sum(one.breaks() for one in rankings) > len(ranks):
                continue
            faults = [fault for one in rankings for fault in rank_faults(one)]
            mended = {**ranks, **{one.row: one.rank for one in faults if one.rank is not None}}
            meant = {**values, **{one.row: one.value for one in faults if one.value is not None}}
            for dense in (False, True):
                yield _held(by, ranks, values, groups, sign, dense=dense, unknown=unknown)
                if faults:
                    order = _held(by, mended, meant, groups, sign, dense=dense, unknown=unknown)
                    yield replace(order, faults=tuple(faults))


def _rankings(
    ranks: Mapping[int, int], amounts: Mapping[int, Amount], groups: Mapping[int, _Group], sign: int
) -> list[Ranking]:
    """The rows of every group with their ranks."""
    out: list[Ranking] = []
    for group in sorted(set(groups.values()), key=lambda one: -1 if one is None else one):
        rows = [at for at in amounts if groups[at] == group]
        own = len(set(groups.values())) > 1
        held = Counter(ranks[at] for at in (rows if own else ranks))
        out.append(Ranking({at: ranks[at] for at in rows}, {at: amounts[at] for at in rows}, sign, held))
    return out


def _held(
    by: int,
    ranks: Mapping[int, int],
    values: Mapping[int, Fraction],
    groups: Mapping[int, _Group],
    sign: int,
    *,
    dense: bool,
    unknown: int,
) -> _Order:
    """Which ranks the figures of a column contradict; rows of equal figures may share a rank or follow each other."""
    broken, due = [], {}
    beside: dict[_Group, list[Fraction]] = {}
    for at, value in values.items():
        beside.setdefault(groups[at], []).append(sign * value)
    ordered = {group: sorted(set(worths) if dense else worths) for group, worths in beside.items()}
    for at, value in values.items():
        worths = ordered[groups[at]]
        past = bisect_right(worths, sign * value)
        first = 1 + len(worths) - past
        last = first + past - bisect_left(worths, sign * value) - 1 + unknown
        due[at] = str(first)
        if not first <= ranks[at] <= last and (
            _is_turned(ranks[at], first) or _is_out_of_order(at, ranks, values, groups, sign)
        ):
            broken.append(at)
    return _Order(by, tuple(broken), due, ranks, values, groups, sign)


def _is_turned(rank: int, due: int) -> bool:
    return rank > due > _ONE_DIGIT and str(rank) == str(due)[::-1]


def _is_out_of_order(
    row: int, ranks: Mapping[int, int], values: Mapping[int, Fraction], groups: Mapping[int, _Group], sign: int
) -> bool:
    """Whether a row stands before or after another against its figure; a list of some rows only leaves ranks out."""
    return any(_are_out_of_order(row, other, ranks, values, groups, sign) for other in values)


def _are_out_of_order(
    row: int,
    other: int,
    ranks: Mapping[int, int],
    values: Mapping[int, Fraction],
    groups: Mapping[int, _Group],
    sign: int,
) -> bool:
    better = values[row] - values[other]
    return groups[other] == groups[row] and better != 0 and sign * better * (ranks[other] - ranks[row]) <= 0


def _check_sorted(checks: TableChecks) -> None:
    """Finds the figure that is out of order in a table whose rows all stand in the order of a column, where two digits
    that changed places put it there. Figures of years need not keep rising.
    """
    table = checks.table
    ranks = {at: place for place, at in enumerate(_rows(table), start=1)}
    doubted = {slip.row for slip in checks.slips}
    if any(not table.rows[at].title or _TIME.search(folded(table.rows[at].title)) for at in ranks):
        return
    if not _FEWEST_SORTED <= len(ranks) <= _MOST_ROWS or len({table.rows[at].parent for at in ranks}) > 1:
        return
    for by in range(table.width):
        amounts = {at: one for at in ranks if (one := table.amount(at, by)) is not None}
        distinct = len({one.value for one in amounts.values()})
        if table.kind(by) not in _SORTED_BY or len(amounts) < len(ranks) or _DISTINCT * distinct < len(ranks):
            continue
        for sign in (1, -1):
            faults = rank_faults(Ranking(ranks, amounts, sign, Counter(ranks.values())))
            plain = all(one.found and one.proof == EXCHANGED and one.row not in doubted for one in faults)
            if plain and len(faults) * _FEWEST_SORTED <= len(ranks):
                checks.slips += [_sorted_slip(table, by, one) for one in faults]


def _sorted_slip(table: PrintedTable, by: int, fault: RankFault) -> Slip:
    facts, stated = {"neighbours": " – ".join(fault.between)}, _text(table, fault.row, by)
    kind, why = StatementKind.RANK_CHANGE, "sorted_figure_differs"
    return Slip(fault.row, by, kind, Sure.LIKELY, stated, fault.found, why, facts, Severity.WRONG_FIGURE)
