"""Automatic numbering of Word paragraphs, counted anew: the file stores a level and a pattern, not the number."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

Element = Any
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC")),
    *((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_PLACEHOLDER = re.compile(r"%([1-9])")


@dataclass(slots=True)
class _Level:
    pattern: str
    style: str
    start: int


@dataclass(slots=True)
class Numbering:
    """The lists of one document: levels of each list, and how far each list has counted."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    abstract_of: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Any) -> Numbering:
        """The numbering definitions of ``document``; none where it has none."""
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            return cls()
        out = cls()
        for abstract in root.iterchildren(qn("w:abstractNum")):
            out.levels[abstract.get(qn("w:abstractNumId"))] = {
                int(level.get(qn("w:ilvl"), "0")): _level(level) for level in abstract.iterchildren(qn("w:lvl"))
            }
        for number in root.iterchildren(qn("w:num")):
            target = number.find(qn("w:abstractNumId"))
            if target is not None:
                out.abstract_of[number.get(qn("w:numId"))] = target.get(qn("w:val"))
        return out

    def label(self, paragraph: Element) -> str:
        """The number that Word prints before ``paragraph`` (``"1.2.3"``), "" where it prints none; counts one
        further.
        """
        reference = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if reference is None:
            return ""
        identity, depth = reference.find(qn("w:numId")), reference.find(qn("w:ilvl"))
        list_id = identity.get(qn("w:val")) if identity is not None else ""
        at = int(depth.get(qn("w:val"), "0")) if depth is not None else 0
        levels = self.levels.get(self.abstract_of.get(list_id, ""), {})
        level = levels.get(at)
        if level is None or level.style == "none":
            return ""
        counts = self.counts.setdefault(list_id, {})
        counts[at] = counts.get(at, level.start - 1) + 1
        for deeper in [key for key in counts if key > at]:
            del counts[deeper]
        if level.style == "bullet":
            return "-"
        return _PLACEHOLDER.sub(lambda found: self._part(levels, counts, int(found[1]) - 1), level.pattern)

    @staticmethod
    def _part(levels: dict[int, _Level], counts: dict[int, int], at: int) -> str:
        level = levels.get(at)
        if level is None:
            return ""
        return _written(counts.setdefault(at, level.start), level.style)


def _level(element: Element) -> _Level:
    def value(tag: str, default: str) -> str:
        found = element.find(qn(tag))
        return default if found is None else str(found.get(qn("w:val"), default))

    start = value("w:start", "1")
    return _Level(value("w:lvlText", ""), value("w:numFmt", "decimal"), int(start) if start.isdecimal() else 1)


def _written(number: int, style: str) -> str:
    if style in ("upperRoman", "lowerRoman"):
        out, rest = "", min(number, 3999)
        for size, letters in _ROMAN:
            count, rest = divmod(rest, size)
            out += letters * count
        return out if style == "upperRoman" else out.lower()
    if style in ("upperLetter", "lowerLetter"):
        letter = chr(ord("a") + (number - 1) % 26)
        return letter.upper() if style == "upperLetter" else letter
    return str(number)
