"""Areas of bonus and penalty points beside the hundred: "ĐIỂM THƯỞNG", "ĐIỂM TRỪ", printed with or without a minus."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from parindex.documents.criteria_tables import printed_codes
from parindex.documents.criteria_tables.drafts import Draft
from parindex.documents.papers import PaperRow
from parindex.documents.printed_text import folded
from parindex.domain.criteria.criteria_set import Outside
from parindex.domain.errors import Problem

_BEFORE = r"^(phan |muc |nhom |cac |khung |noi dung |tieu chi |linh vuc )*"
_PENALTY = re.compile(_BEFORE + r"((diem|bi) (tru|phat)|tru diem)\b")
_BONUS = re.compile(_BEFORE + r"(diem (thuong|cong)|(thuong|cong) diem)\b")
_HUNDRED = Fraction(100)


def set_apart(
    rows: tuple[PaperRow, ...], parents: Sequence[int | None], total: Fraction | None
) -> tuple[tuple[PaperRow, ...], list[Problem]]:
    """The rows with areas of bonus and penalty marked as outside, their maxima positive; a doubt for each area.

    A bonus area that the sum of all areas needs to reach the printed total (else 100) is inside and left alone.
    """
    named = {
        at: kind for at, row in enumerate(rows) if parents[at] is None and (kind := kind_of(row.title)) is not None
    }
    areas = [at for at, parent in enumerate(parents) if parent is None]
    if len(named) == len(areas):
        return rows, []
    inside = sum((rows[at].max_points or Fraction(0) for at in areas if at not in named), Fraction(0))
    bonus = sum(
        (rows[at].max_points or Fraction(0) for at, kind in named.items() if kind is Outside.BONUS), Fraction(0)
    )
    if bonus and inside + bonus == (_HUNDRED if total is None else total):
        named = {at: kind for at, kind in named.items() if kind is not Outside.BONUS}
    out = list(rows)
    top: dict[int, int] = {}
    for at, parent in enumerate(parents):
        top[at] = at if parent is None else top[parent]
        if top[at] in named:
            points = rows[at].max_points
            positive = abs(points) if points is not None else None
            out[at] = replace(rows[at], max_points=positive, outside=named.get(at))
    return tuple(out), [_doubt(rows[at], kind) for at, kind in named.items()]


def tail(drafts: Sequence[Draft], above_total: Draft | None) -> int:
    """Where rows outside the hundred begin that have codes of their own (A, B below 7.3.2), up to the end of the table;
    the number of rows where there are none.

    ``above_total`` is the row right above the last total row that rows come after: what follows begins anew, so that
    even figures may be codes of their own. Without such a total, only other codes than those of the areas are.
    """
    start = next((at + 1 for at, draft in enumerate(drafts) if draft is above_total), len(drafts))
    own = printed_codes.style(drafts[0].code) if drafts else ""
    for at, draft in enumerate(drafts[1:], start=1):
        style = printed_codes.style(draft.code)
        apart = at >= start or (style in ("upper", "roman") and style != own)
        beside = [other for other in drafts[at:] if printed_codes.style(other.code) == style]
        if apart and kind_of(" ".join(draft.title)) and all(kind_of(" ".join(other.title)) for other in beside):
            return at
    return len(drafts)


def numbered_on(drafts: Sequence[Draft], start: int) -> None:
    """Codes from ``start`` on that rows before have too (1, 1.1, 2) go on from the areas before (6, 6.1, 7); the codes
    as printed are kept.
    """
    taken = {draft.code for draft in drafts[:start]}
    areas = [int(code) for code in taken if code.isdecimal()]
    rest = list(drafts[start:])
    if (
        not areas
        or not all(printed_codes.is_decimal(draft.code) for draft in rest)
        or taken.isdisjoint(draft.code for draft in rest)
    ):
        return
    for draft in rest:
        first, dot, below = draft.code.partition(".")
        draft.printed, draft.code = draft.printed or draft.code, f"{int(first) + max(areas)}{dot}{below}"


def kind_of(title: str) -> Outside | None:
    """Whether a title names bonus or penalty points; None for every other title."""
    words = folded(title)
    if _PENALTY.match(words):
        return Outside.PENALTY
    return Outside.BONUS if _BONUS.match(words) else None


def _doubt(row: PaperRow, kind: Outside) -> Problem:
    facts = {"code": row.code, "title": row.title, "outside": kind.value, "printed": row.max_points}
    return Problem("outside_assumed", row.place, facts)
