"""This year's set as the beginning of next year's."""

from __future__ import annotations

import re
from dataclasses import replace

from parindex.domain.criteria.criteria_set import CriteriaSet, Declared, Node
from parindex.domain.errors import Place


def carried_over(criteria_set: CriteriaSet, *, id: str, year: int) -> CriteriaSet:  # noqa: A002 (it is the set's id)
    """The same tree, rules and measures under another id and year. What this year's paper alone says is left out: its
    legal basis, timetable, declared figures and places; codes and titles are from now on as they are, not as printed.
    The year in the title becomes the new one.
    """

    def visit(node: Node) -> Node:
        children = tuple(visit(child) for child in node.children)
        return replace(node, children=children, printed_code="", reference="", place=Place())

    return replace(
        criteria_set,
        id=id,
        year=year,
        title=_dated(criteria_set.title, criteria_set.year, year),
        areas=tuple(visit(area) for area in criteria_set.areas),
        legal_basis=(),
        timetable=(),
        declared=Declared(),
        printed_total=None,
        reference="",
    )


def _dated(title: str, old: int | None, new: int) -> str:
    return title if old is None else re.sub(rf"(?<!\d){old}(?!\d)", str(new), title)
