"""The grades that a decision prints, line by line or in one sentence, and where their bands do not fit together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise

from parindex.documents.decisions.grade_lines import PrintedGrade, grades_in, states_band
from parindex.documents.papers import Paragraph
from parindex.documents.printed_text import folded, joined
from parindex.domain.criteria.criteria_set import Grade
from parindex.domain.errors import Problem

#: Lines that announce grades, so that titles may be any words; and those that must be about grades of the set.
_ANNOUNCES = re.compile(r"\b(?:xep|phan) (?:loai|hang|muc)\b|\bmuc (?:do )?(?:hoan thanh|danh gia|xep|dat)\b")
_OF_GRADES = re.compile(r"\b(?:xep|phan) loai\b")
#: So many lines below such a line, or below the last grade, may hold the next one.
_REACH = 2
#: Lines below a heading in which at least two bands are its grades.
_LIST = 5


@dataclass(slots=True)
class _Run:
    """Grades in lines next to each other, and pieces among them that state a band but no grade."""

    grades: list[PrintedGrade] = field(default_factory=list)
    unread: list[Paragraph] = field(default_factory=list)

    @property
    def is_scale(self) -> bool:
        """Whether these are the grades of a scale; those with titles that are not listed must reach from one end to
        the other.
        """
        if all(grade.listed for grade in self.grades):
            return len(self.grades) > 1
        top = any(grade.high is None or grade.high == 100 for grade in self.grades)
        bottom = any(not grade.low for grade in self.grades)
        return len(self.grades) > 1 and top and bottom


def read_grades(lines: Sequence[Paragraph]) -> tuple[tuple[Grade, ...], list[Problem]]:
    """The first run of grades with their lower edges, best first, and the doubts.

    The lowest grade mostly has no lower edge and begins at 0. Doubts: ``grades_gap`` and ``grades_overlap`` (``above``
    and ``below``: the two lines; ``lower``: where the upper band begins; ``upper``: where the lower one ends; ``step``:
    only figures between two that may be printed are left out), ``grade_edge_open`` where a grade begins above its edge
    ("trên 85"): sets know closed lower edges only; ``prose_not_understood`` (text) for bands that speak of grades and
    were not read as such.
    """
    run = next((run for run in _runs(lines) if run.is_scale), None)
    if run is None:
        return (), list(_not_understood(lines))
    ordered = sorted(run.grades, key=lambda grade: -(grade.low or Fraction(0)))
    unread = [Problem("prose_not_understood", piece.place, {"text": piece.text}) for piece in run.unread]
    # What was not understood may be the band that seems to be left out.
    told = [doubt for doubt in _doubts(ordered) if not unread or doubt.kind != "grades_gap"]
    return tuple(Grade(each.title, each.low or Fraction(0)) for each in ordered), [*told, *unread]


def _runs(lines: Sequence[Paragraph]) -> Iterator[_Run]:
    run = _Run()
    missed = reach = 0
    for line in lines:
        if _ANNOUNCES.search(folded(line.text)):
            reach = _REACH + 1
        found, unread = grades_in(line, unlisted=reach > 0)
        titles = {grade.title.lower() for grade in run.grades}
        if missed > 1 or any(grade.title.lower() in titles for grade in found):
            yield run
            run = _Run()
        if found:
            run.grades += found
            run.unread += [Paragraph(text, line.place) for text in unread]
            reach = max(reach, _REACH)
        missed = 0 if found else missed + 1
        reach -= not found
    yield run


def _not_understood(lines: Sequence[Paragraph]) -> Iterator[Problem]:
    """Lines that speak of grades and state bands, alone or as the heading of a list, where no grade was read."""
    for at, line in enumerate(lines):
        if not _OF_GRADES.search(folded(line.text)):
            continue
        below = sum(states_band(piece.text) for piece in lines[at + 1 : at + 1 + _LIST])
        if any(states_band(part) for part in re.split(r"[;,]", line.text)) or (len(line.text) < 120 and below > 1):
            yield Problem("prose_not_understood", line.place, {"text": joined(line.text)})


def _doubts(ordered: Sequence[PrintedGrade]) -> Iterator[Problem]:
    for above, below in pairwise(ordered):
        kind = _fit(above, below)
        if kind:
            facts: dict[str, object] = {"above": above.line.text, "below": below.line.text}
            facts |= {"lower": above.low, "upper": below.high}
            if kind == "grades_gap":
                facts["step"] = below.high_closed and _is_next(below, above)
            yield Problem(kind, below.line.place, facts)
    for grade in ordered:
        if grade.low is not None and not grade.low_closed:
            edge: dict[str, object] = {"title": grade.title, "lower": grade.low, "text": grade.line.text}
            yield Problem("grade_edge_open", grade.line.place, edge)


def _fit(above: PrintedGrade, below: PrintedGrade) -> str:
    """``grades_gap``, ``grades_overlap``, or "" where one band begins where the other ends."""
    if above.low is None or below.high is None:
        return ""
    if below.high > above.low or (below.high == above.low and below.high_closed and above.low_closed):
        return "grades_overlap"
    if below.high == above.low:
        return "" if below.high_closed or above.low_closed else "grades_gap"
    # "đến 89,99" below "từ 90" leaves nothing between figures of that many places; "đến 89" leaves out 89,5.
    return "" if below.high_closed and below.high_places and _is_next(below, above) else "grades_gap"


def _is_next(below: PrintedGrade, above: PrintedGrade) -> bool:
    """Whether the upper band begins at the figure after the end of the lower one, at the places printed."""
    return above.low is not None and above.low - (below.high or 0) == Fraction(1, 10**below.high_places)
