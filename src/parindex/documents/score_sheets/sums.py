"""Whether the points printed on a score sheet add up: groups against their rows, the total against the items."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from parindex.documents.papers import PaperRow
from parindex.domain.criteria import codes
from parindex.domain.criteria.criteria_set import Outside
from parindex.domain.errors import Place, Problem

_Points = Callable[[PaperRow], Fraction | None]
_COLUMNS: tuple[tuple[str, _Points], ...] = (
    ("self_points", lambda row: row.self_points),
    ("appraised_points", lambda row: row.appraised_points),
)


def children_of(rows: Sequence[PaperRow]) -> dict[str, list[PaperRow]]:
    """The rows directly under each code that has any."""
    out: dict[str, list[PaperRow]] = {}
    for row in rows:
        above = codes.parent(row.code)
        if above is not None:
            out.setdefault(above, []).append(row)
    return out


def items_of(rows: Sequence[PaperRow]) -> list[PaperRow]:
    """The rows that nothing stands under: what is scored directly."""
    parents = children_of(rows)
    return [row for row in rows if row.code not in parents]


def sum_doubts(
    rows: Sequence[PaperRow], printed_self: Fraction | None, printed_appraised: Fraction | None, place: Place
) -> list[Problem]:
    """Every sum that the sheet prints and its rows contradict.

    Kinds: ``group_points_differ`` (code, column, stated, found), ``total_points_differ`` (column, stated, found, and
    ``without``: the codes of groups without any explanation, where leaving them out gives the stated total: it is
    that of a part only),
    ``points_above_max`` (code, column, stated, max_points). The maxima themselves are a matter of the criteria set's
    own coherence.
    """
    out: list[Problem] = []
    for name, points in _COLUMNS:
        out += _group_doubts(rows, name, points)
        for row in rows:
            value = points(row)
            if value is not None and row.max_points is not None and value > row.max_points:
                facts = {"code": row.code, "column": name, "stated": value, "max_points": row.max_points}
                out.append(Problem("points_above_max", row.place, facts))
    for (name, points), stated in zip(_COLUMNS, (printed_self, printed_appraised), strict=True):
        found, *ways = _totals(rows, points)
        if stated is not None and stated not in (found, *ways):
            differ: dict[str, object] = {"column": name, "stated": stated, "found": found}
            left_out = _groups_without_explanation(rows)
            rest = [row for row in items_of(rows) if not any(codes.is_below(row.code, code) for code in left_out)]
            if left_out and _sum(rest, points) == stated:
                differ["without"] = left_out
            out.append(Problem("total_points_differ", place, differ))
    return out


def maximum_doubts(rows: Sequence[PaperRow]) -> list[Problem]:
    """Groups whose maximum is not that of their rows (``group_points_differ``).

    In flowing text this tells of a row too many or too few: a number inside an explanation ("3 Báo cáo …") passes for
    the next row of an area where rows are numbered 1, 2, 3 and carry no number of their area.
    """
    return _group_doubts(rows, "max_points", lambda row: row.max_points)


def _group_doubts(rows: Sequence[PaperRow], name: str, points: _Points) -> list[Problem]:
    by_code = {row.code: row for row in rows}
    out: list[Problem] = []
    for code, below in children_of(rows).items():
        stated = points(by_code[code]) if code in by_code else None
        found = _sum(below, points)
        if stated is not None and stated != found:
            facts = {"code": code, "column": name, "stated": stated, "found": found}
            out.append(Problem("group_points_differ", by_code[code].place, facts))
    return out


def _totals(rows: Sequence[PaperRow], points: _Points) -> tuple[Fraction, ...]:
    """What a total row may say: the items within the hundred, with the bonus and without the penalty beside it."""
    apart = {row.code: row.outside for row in rows if row.outside is not None}
    sums = dict.fromkeys((None, *Outside), Fraction(0))
    for row in items_of(rows):
        of = next((kind for code, kind in apart.items() if row.code == code or codes.is_below(row.code, code)), None)
        value = points(row) or Fraction(0)
        sums[of] += value if of is None else abs(value)
    inside, bonus, penalty = sums[None], sums[Outside.BONUS], sums[Outside.PENALTY]
    return (inside, inside + bonus, inside + bonus - penalty, inside - penalty)


def _groups_without_explanation(rows: Sequence[PaperRow]) -> list[str]:
    """Groups of items none of which explains anything: as a rule what surveys score."""
    below = children_of(rows)
    items = {row.code for row in items_of(rows)}
    return [code for code, group in below.items() if all(row.code in items and not row.explanations for row in group)]


def _sum(rows: Sequence[PaperRow], points: _Points) -> Fraction:
    return sum((value for row in rows if (value := points(row)) is not None), Fraction(0))
