"""Rows of these tables."""

from __future__ import annotations

from dataclasses import dataclass

from parindex.documents.unit_tables.rows import Cell


@dataclass(frozen=True, slots=True)
class AppraisalRow:
    """Who appraises what: the level by its number, the member by username, an item or node ("" for all), the group
    and the unit by their codes ("" for all).
    """

    level: str
    member: str
    node: str
    group: str
    unit: str
    name: str = ""

    def cells(self) -> dict[str, Cell]:
        """The row by columns."""
        return {
            "level": self.level, "member": self.member, "item": self.node, "unit_group": self.group, "unit": self.unit,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class PointsRow:
    """Points of an item of a unit from a survey, with their standard error, the estimate that they were made of and how
    many answers it rests on, as written, at ``line``.
    """

    line: int
    unit: str
    item: str
    points: str
    error: str
    source: str
    estimate: str = ""
    answers: str = ""

    def cells(self) -> dict[str, Cell]:
        """The row by columns."""
        return {
            "unit": self.unit, "item": self.item, "points": self.points, "se": self.error, "estimate": self.estimate,
            "answers": self.answers, "source": self.source,
        }  # fmt: skip
