"""Areas of bonus and penalty points beside the hundred: "ĐIỂM THƯỞNG", "ĐIỂM TRỪ", printed with or without a minus."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

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
    named = {at: kind for at, row in enumerate(rows) if parents[at] is None and (kind := _kind(row)) is not None}
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


def _kind(row: PaperRow) -> Outside | None:
    words = folded(row.title)
    if _PENALTY.match(words):
        return Outside.PENALTY
    return Outside.BONUS if _BONUS.match(words) else None


def _doubt(row: PaperRow, kind: Outside) -> Problem:
    facts = {"code": row.code, "title": row.title, "outside": kind.value, "printed": row.max_points}
    return Problem("outside_assumed", row.place, facts)
