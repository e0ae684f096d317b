"""Faults planted into a table, each with the finding that it must give and no other: (kind, code)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from random import Random

from parindex.domain.criteria import codes
from tests.papers.sample import Sample

Fault = Callable[[Random, Sample], Sample | None]


def _planted(table: Sample, kind: str, code: str) -> Sample:
    return replace(table, faults=table.faults | {(kind, code)})


def _recoded(table: Sample, at: int, code: str) -> Sample:
    return table.with_row(at, replace(table.rows[at], code=code))


def _families(table: Sample, fewest: int) -> Iterator[tuple[str, list[int]]]:
    """Criteria with at least ``fewest`` subcriteria, with the positions of these; none that a fault has touched."""
    touched = {code for _, code in table.faults} | {codes.parent(code) for _, code in table.faults}
    for row in table.rows:
        below = table.children(row.code)
        if (
            row.depth == 2
            and len(below) >= fewest
            and row.code not in touched
            and not touched & {table.rows[at].code for at in below}
        ):
            yield row.code, below


def _family(rng: Random, table: Sample, fewest: int = 2) -> tuple[str, list[int]] | None:
    found = list(_families(table, fewest))
    return rng.choice(found) if found else None


def duplicate_code(rng: Random, table: Sample) -> Sample | None:
    """The last subcriterion has the code of the one before (as 2.3.1 in both tables of the decision)."""
    family = _family(rng, table)
    if family is None:
        return None
    before, at = family[1][-2:]
    return _planted(_recoded(table, at, table.rows[before].code), "duplicate_code", table.rows[before].code)


def numbering_gap(rng: Random, table: Sample) -> Sample | None:
    """The last subcriterion skips a number."""
    family = _family(rng, table)
    if family is None:
        return None
    at = family[1][-1]
    code = codes.next_sibling(table.rows[at].code) or ""
    return _planted(_recoded(table, at, code), "numbering_gap", code)


def wrong_parent(rng: Random, table: Sample) -> Sample | None:
    """The last subcriterion has the prefix of a criterion that has no such subcriterion."""
    family = _family(rng, table)
    if family is None:
        return None
    code, below = family
    area, number = codes.parts(code)
    last = codes.parts(table.rows[below[-1]].code)[-1]
    known = {row.code for row in table.rows}
    prefixes = [f"{area}.{other}" for other in range(1, 12) if str(other) != number and f"{area}.{other}" in known]
    prefix = next((prefix for prefix in prefixes if len(table.children(prefix)) < int(last) - 1), None)
    if prefix is None:
        return None
    return _planted(_recoded(table, below[-1], f"{prefix}.{last}"), "wrong_parent", f"{prefix}.{last}")


def missing_dot(rng: Random, table: Sample) -> Sample | None:
    """A subcriterion after the first lost its first dot: 22.3 for 2.2.3."""
    family = _family(rng, table)
    if family is None:
        return None
    at = rng.choice(family[1][1:])
    code = table.rows[at].code.replace(".", "", 1)
    return _planted(_recoded(table, at, code), "missing_dot", code)


def children_sum(rng: Random, table: Sample) -> Sample | None:
    """A criterion prints more points than its subcriteria add up to and its area counts with."""
    family = _family(rng, table)
    if family is None:
        return None
    at = next(at for at, row in enumerate(table.rows) if row.code == family[0])
    row = table.rows[at]
    return _planted(table.with_row(at, replace(row, points=row.points + Fraction(1, 4))), "children_sum", row.code)


def total_printed(rng: Random, table: Sample) -> Sample | None:
    """The total row prints another total."""
    return _planted(replace(table, total=table.total + rng.choice((1, 2, Fraction(1, 2)))), "total_printed", "")


def count_criteria(rng: Random, table: Sample) -> Sample | None:
    """The prose declares another number of criteria."""
    return _planted(replace(table, criteria=table.criteria + rng.choice((-1, 1, 3))), "count_criteria", "")


def count_subcriteria(rng: Random, table: Sample) -> Sample | None:
    """The prose declares another number of subcriteria."""
    return _planted(replace(table, subcriteria=table.subcriteria + rng.choice((-1, 2))), "count_subcriteria", "")


def parts_points(rng: Random, table: Sample) -> Sample | None:
    """The prose moves a point between the parts (as 80 and 20 for 81 and 19 in the decision)."""
    moved = rng.choice((1, Fraction(1, 2)))
    parts = {"report": table.parts["report"] - moved, "opinion_survey": table.parts["opinion_survey"] + moved}
    return _planted(replace(table, parts=parts), "parts_points", "")


FAULTS: tuple[Fault, ...] = (
    duplicate_code,
    numbering_gap,
    wrong_parent,
    missing_dot,
    children_sum,
    total_printed,
    count_criteria,
    count_subcriteria,
    parts_points,
)


def plant(rng: Random, table: Sample, most: int = 2) -> Sample:
    """``table`` with up to ``most`` different faults."""
    for fault in rng.sample(FAULTS, rng.randint(0, most)):
        table = fault(rng, table) or table
    return table
