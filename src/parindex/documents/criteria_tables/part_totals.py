"""Totals printed between the rows: those of one area ("Cộng mục I"), and that of all areas above bonus and penalty."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from parindex.documents.criteria_tables import printed_codes
from parindex.documents.criteria_tables.drafts import Draft, Totals
from parindex.documents.criteria_tables.head_words import Column
from parindex.documents.printed_text import joined, read_points
from parindex.domain.errors import Problem
from parindex.domain.values import number_text

_OF_PART = re.compile(
    r"^(?:tổng(?: cộng| số)?|cộng)(?: số)?(?: điểm)?(?: của)?:?\s+(?:(?:lĩnh vực|mục|nhóm|phần)\s+)?"
    r"\(?(?P<code>[IVX]{1,5}|\d{1,2}|[A-H])\)?\s*[:.]?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Passed:
    """A total row that rows come after: ``last`` is the row right above it, ``code`` that of the row below."""

    totals: Totals
    last: Draft
    code: str


@dataclass(slots=True)
class PassedTotals:
    """The total rows of a table that do not end it."""

    rows: list[Passed] = field(default_factory=list)
    doubts: list[Problem] = field(default_factory=list)

    @property
    def last(self) -> Draft | None:
        """The row right above the last of these total rows."""
        return self.rows[-1].last if self.rows else None

    @property
    def values(self) -> dict[Column, Fraction]:
        """The figures of the last of these total rows."""
        return self.rows[-1].totals.values if self.rows else {}

    def take_part(self, words: str, totals: Totals, drafts: Sequence[Draft]) -> bool:
        """Give the points of a total row that names a part to its row; False where it names none that is there."""
        found = _OF_PART.match(joined(words))
        code = found["code"] if found else ""
        part = next((draft for draft in reversed(drafts) if code and draft.code == code), None)
        if part is None:
            return False
        self._give(part, totals)
        return True

    def pass_by(self, totals: Totals, code: str, drafts: Sequence[Draft]) -> None:
        """A total row that the row ``code`` comes after: it is that of the area above, if there is only one."""
        before = self.rows[-1].last if self.rows else None
        start = next((at + 1 for at, draft in enumerate(drafts) if draft is before), 0)
        kind = printed_codes.style(drafts[0].code)
        areas = [draft for draft in drafts[start:] if printed_codes.style(draft.code) == kind]
        self.rows.append(Passed(totals, drafts[-1], code))
        if len(areas) == 1:
            self._give(areas[0], totals)

    def of_table(self, totals: Totals, drafts: Sequence[Draft], inside: Sequence[Draft]) -> Totals:
        """The total of the table: without one below its rows, the one that only areas outside the hundred come after.

        ``inside`` are the other areas.
        """
        if totals.values or not self.rows:
            return totals
        last = next(at for at, draft in enumerate(drafts) if draft is self.rows[-1].last)
        if any(draft is area for draft in drafts[last + 1 :] for area in inside):
            return totals
        return self.rows.pop().totals

    def said(self) -> list[Problem]:
        """The doubts about these total rows."""
        before = [Problem("total_before_rows", row.totals.place, {"code": row.code}) for row in self.rows]
        return [*before, *self.doubts]

    def _give(self, part: Draft, totals: Totals) -> None:
        value = totals.values.get(Column.MAX_POINTS)
        if value is None:
            return
        if not part.points:
            part.points = number_text(value)
        elif read_points(part.points) != value:
            facts = {"code": part.code, "first": part.points, "second": number_text(value)}
            self.doubts.append(Problem("second_points", totals.place, facts))
