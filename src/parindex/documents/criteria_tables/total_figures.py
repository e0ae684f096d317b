"""Total rows that no word names: the last row without a code, with what the areas above it add up to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from parindex.documents.criteria_tables import outside_points, printed_codes
from parindex.documents.criteria_tables.drafts import Draft
from parindex.documents.printed_text import read_points
from parindex.domain.criteria import codes


def is_sum(points: Fraction | None, drafts: Sequence[Draft]) -> bool:
    """Whether ``points`` are those of all rows so far: of the areas, with or without bonus and penalty, or of the
    items where the table prints no areas.
    """
    return points is not None and any(points == total for total in _sums(drafts))


def _sums(drafts: Sequence[Draft]) -> Iterator[Fraction]:
    """What the rows add up to; nothing where only one row is added, or one of them has no points."""
    if not drafts:
        return
    style = printed_codes.style(drafts[0].code)
    areas = [draft for draft in drafts if not draft.code or printed_codes.style(draft.code) == style]
    inside = [draft for draft in areas if outside_points.kind_of(" ".join(draft.title)) is None]
    above = {codes.parent(draft.code) for draft in drafts}
    items = [draft for draft in drafts if draft.code not in above]
    for rows in (inside, areas, items if "." in drafts[0].code else []):
        points = [read_points(draft.points) for draft in rows]
        known = [value for value in points if value is not None]
        if len(known) == len(points) > 1:
            yield sum(known, Fraction(0))
