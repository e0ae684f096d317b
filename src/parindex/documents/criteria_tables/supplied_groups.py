"""Rows of groups that the table does not print: 1 and 1.1 above 1.1.1, 1.1.2, where no row has these codes.

The codes below tell that such a group was meant, or that one of them is wrong; only the former is supplied here, with
the sum of its rows as its points. A table that leaves out a whole level has that as its way; one that leaves out a
single group contradicts itself, which the doubt says (``alone``).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from parindex.documents.criteria_tables import nesting
from parindex.documents.criteria_tables.printed_codes import is_decimal
from parindex.documents.papers import PaperRow
from parindex.domain.criteria import codes
from parindex.domain.errors import Problem

#: So many numbers a group may skip before a code below it is wrong rather than the group lost.
_SKIPPED = 2
_LEVELS = ("Lĩnh vực", "Tiêu chí", "Tiêu chí thành phần")


@dataclass(frozen=True, slots=True)
class _Printed:
    """The codes and points of the rows as printed."""

    codes: tuple[str, ...]
    points: tuple[Fraction | None, ...]
    #: The levels at which some row is printed that has rows below it.
    levels: frozenset[int]

    @classmethod
    def of(cls, rows: Sequence[PaperRow]) -> _Printed:
        printed = tuple(row.code for row in rows)
        groups = {codes.parent(code) for code in printed} & set(printed)
        levels = frozenset(codes.depth(code) for code in groups if code is not None)
        return cls(printed, tuple(row.max_points for row in rows), levels)

    def end(self, at: int, group: str) -> int:
        """Where the rows below ``group`` that begin at ``at`` end."""
        return next(
            (after for after in range(at, len(self.codes)) if not codes.is_below(self.codes[after], group)),
            len(self.codes),
        )

    def is_lost(self, at: int, group: str) -> bool:
        """Whether the row of ``group`` was left out right before the row at ``at``: the codes before are lower, those
        after higher, and nothing says that the codes below it are wrong.
        """
        end, own = self.end(at, group), codes.sort_key(group)
        if at and not codes.sort_key(self.codes[at - 1]) < own:
            return False
        if end < len(self.codes) and not codes.sort_key(self.codes[end]) > own:
            return False
        return (
            not self._skips(at, group)
            and not self._lacks_a_dot(at)
            and not (self._is_alone(group) and self._is_slip(at, end, group))
        )

    def _is_alone(self, group: str) -> bool:
        return codes.depth(group) in self.levels

    def _skips(self, at: int, group: str) -> bool:
        """Whether the number of ``group`` is far from that of the group before it."""
        size = codes.depth(group)
        *upper, number = codes.parts(group)
        before = [codes.parts(code) for code in self.codes[:at]]
        numbers = [
            int(one[size - 1])
            for one in before
            if list(one[: size - 1]) == upper and one[size - 1 : size] and one[size - 1].isdecimal()
        ]
        return at > 0 and int(number) - max(numbers, default=0) > _SKIPPED + 1

    def _lacks_a_dot(self, at: int) -> bool:
        """Whether the code is the one that is due but for a dot: 11.1 after 1.1."""
        code, due = self.codes[at], [f"{self.codes[at - 1]}.1"] if at else []
        level = self.codes[at - 1] if at else None
        while level:
            due.append(codes.next_sibling(level) or "")
            level = codes.parent(level)
        return code not in due and code.replace(".", "") in {one.replace(".", "") for one in due}

    def _is_slip(self, at: int, end: int, group: str) -> bool:
        """Whether the row before is the group with a wrong code, or the code of a single row is wrong."""
        first = codes.parts(self.codes[at])[codes.depth(group)]
        if first != "1" or not at:
            return first != "1"
        below = [at for at in range(at, end) if codes.parent(self.codes[at]) == group]
        total = sum((self.points[one] or Fraction(0) for one in below), Fraction(0))
        before = self.codes[at - 1]
        if self.codes.count(before) > 1:
            return True
        above = codes.parent(before)
        if self.points[at - 1] == total:  # a row of the group above where that lacks it, else the lost group itself
            deeper = codes.depth(before) > codes.depth(group)
            return self._is_whole(above) is not deeper
        return end - at == 1 and self._is_whole(above, self.points[at])

    def _is_whole(self, group: str | None, more: Fraction | None = None) -> bool:
        """Whether the points of ``group`` are those of its rows, ``more`` added."""
        stated = next((value for code, value in zip(self.codes, self.points, strict=True) if code == group), None)
        below = (value for code, value in zip(self.codes, self.points, strict=True) if codes.parent(code) == group)
        return stated is not None and sum((value or Fraction(0) for value in below), more or Fraction(0)) == stated


def _lost(printed: _Printed) -> list[tuple[int, str]]:
    """The groups that no row prints, each with the position of the first row below it, upper groups first."""
    known, refused = set(printed.codes), set[str]()
    out: list[tuple[int, str]] = []
    for at, code in enumerate(printed.codes):
        if not is_decimal(code):
            continue
        parts = codes.parts(code)
        for group in (".".join(parts[:size]) for size in range(1, len(parts))):
            if group in refused or (group not in known and not printed.is_lost(at, group)):
                refused.add(group)
                break
            if group not in known:
                known.add(group)
                out.append((at, group))
    return out


def with_groups(rows: Sequence[PaperRow], from_columns: Collection[str]) -> tuple[list[PaperRow], list[Problem]]:
    """The rows with those of groups that the table does not print, and one doubt that names them all.

    ``from_columns`` are groups whose titles stand in columns beside their rows: they are rows already, without points.
    """
    printed = _Printed.of(rows)
    lost = _lost(printed)
    supplied = {group for _, group in lost} | set(from_columns)
    if not supplied:
        return list(rows), []
    before: dict[int, list[str]] = {}
    for at, group in lost:
        before.setdefault(at, []).append(group)
    out: list[PaperRow] = []
    for at, row in enumerate(rows):
        out.extend(_row(group, row) for group in before.get(at, ()))
        out.append(row)
    out = _with_sums(out, supplied)
    alone = [(group, rows[at]) for at, group in lost if codes.depth(group) in printed.levels]
    facts: dict[str, Any] = {
        "codes": [row.code for row in out if row.code in supplied],
        "alone": [{"code": row.code, "missing": group, "place": row.place, "title": row.title} for group, row in alone],
    }
    first = next(row for row in out if row.code in supplied)
    return out, [Problem("groups_supplied", replace(first.place, code=None), facts)]


def _row(group: str, below: PaperRow) -> PaperRow:
    """The row of a group above ``below``; its title says that the table prints none."""
    level = _LEVELS[min(codes.depth(group), len(_LEVELS)) - 1]
    return PaperRow(group, f"{level} {group} (bảng không in tên)", replace(below.place, row=None, code=group))


def _with_sums(rows: Sequence[PaperRow], supplied: Collection[str]) -> list[PaperRow]:
    """The rows with the sums of the rows below as the points of supplied groups that state none."""
    out = list(rows)
    below: dict[int | None, list[int]] = {}
    for at, parent in enumerate(nesting.parents([row.code for row in rows])):
        below.setdefault(parent, []).append(at)
    for at in reversed(range(len(out))):
        points = [out[child].max_points for child in below.get(at, ())]
        known = [one for one in points if one is not None]
        if out[at].code in supplied and out[at].max_points is None and points and len(known) == len(points):
            out[at] = replace(out[at], max_points=sum(known, Fraction(0)))
    return out
