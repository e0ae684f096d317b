"""What a paper declares beside what its table holds, line by line."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from parindex.domain.criteria.coherence import Structure
from parindex.domain.criteria.coherence.sources import UNKNOWN
from parindex.domain.criteria.criteria_set import CriteriaSet, Source
from parindex.wording import numbers, terms
from parindex.wording.language import mark, text

_COUNTS = (
    ("areas", mark("Lĩnh vực")),
    ("criteria", mark("Tiêu chí")),
    ("subcriteria", mark("Tiêu chí thành phần")),
    ("items", mark("Mục được chấm điểm")),
)


@dataclass(frozen=True, slots=True)
class StructureLine:
    """One figure: ``what`` it is, what the text states ("–" for nothing) and what was counted.

    ``key`` names it: ``areas``, ``max_points``, ``part/report``, ``area/1/criteria``.
    """

    key: str
    what: str
    stated: str
    found: str
    same: bool

    @property
    def is_stated(self) -> bool:
        """Whether the text says anything of it."""
        return self.stated != "–"


def structure_lines(criteria_set: CriteriaSet, found: Structure) -> list[StructureLine]:
    """Counts, points and parts of one table."""
    declared = found.declared
    titles = {part.id: part.title for part in criteria_set.parts}
    lines = [_line(name, text(words), getattr(declared, name), getattr(found, name)) for name, words in _COUNTS]
    lines.append(_points("max_points", text("Điểm tối đa"), declared.max_points, found.max_points))
    for part, counted in found.parts.items():
        lines.append(_points(f"part/{part}", titles.get(part) or _part_word(part), declared.parts.get(part), counted))
    return lines


def area_lines(found: Structure) -> list[StructureLine]:
    """The counts of the areas of which the text says something."""
    lines = []
    for area in found.by_area:
        for name, words in (
            ("criteria", mark("Tiêu chí của lĩnh vực {code}")),
            ("subcriteria", mark("Tiêu chí thành phần của lĩnh vực {code}")),
        ):
            stated = getattr(area, f"declared_{name}")
            if stated is not None:
                what = text(words, code=area.code)
                lines.append(_line(f"area/{area.code}/{name}", what, stated, getattr(area, name)))
    return lines


def _line(key: str, what: str, stated: int | None, counted: int) -> StructureLine:
    return StructureLine(key, what, "–" if stated is None else str(stated), str(counted), stated in (None, counted))


def _points(key: str, what: str, stated: Fraction | None, counted: Fraction) -> StructureLine:
    shown = "–" if stated is None else numbers.points_text(stated)
    return StructureLine(key, what, shown, numbers.points_text(counted), stated in (None, counted))


def _part_word(part: str) -> str:
    """A part without a title by whose points it holds."""
    if part == UNKNOWN:
        return text("Điểm chưa rõ nguồn")
    return text("Điểm {source}", source=terms.source(Source(part))) if part in set(Source) else part
