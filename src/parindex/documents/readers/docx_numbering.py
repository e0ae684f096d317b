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
    #: List and level by paragraph style.
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Any) -> Numbering:
        """The numbering definitions of ``document``; none where it has none."""
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            return cls()  # what python-docx raises, by version and file, where a document has no numbering part
        out = cls()
        for abstract in root.iterchildren(qn("w:abstractNum")):
            out.levels[abstract.get(qn("w:abstractNumId"))] = {
                int(level.get(qn("w:ilvl"), "0")): _level(level) for level in abstract.iterchildren(qn("w:lvl"))
            }
        for number in root.iterchildren(qn("w:num")):
            target = number.find(qn("w:abstractNumId"))
            if target is not None:
                out.abstract_of[number.get(qn("w:numId"))] = target.get(qn("w:val"))
        out.styles = _numbered_styles(document)
        return out

    def label(self, paragraph: Element) -> str:
        """The number that Word prints before ``paragraph`` (``"1.2.3"``), "" where it prints none; counts one
        further.
        """
        list_id, at = self._list_of(paragraph)
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

    def _list_of(self, paragraph: Element) -> tuple[str, int]:
        """List and level of a paragraph: its own, else those of its style; the list "0" takes the number away."""
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        list_id, at = self.styles.get(style.get(qn("w:val")), ("", 0)) if style is not None else ("", 0)
        reference = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        return _reference(reference, list_id, at) if reference is not None else (list_id, at)

    @staticmethod
    def _part(levels: dict[int, _Level], counts: dict[int, int], at: int) -> str:
        level = levels.get(at)
        if level is None:
            return ""
        return _written(counts.setdefault(at, level.start), level.style)


def _reference(element: Element, list_id: str, at: int) -> tuple[str, int]:
    """List and level that a ``numPr`` names, with what holds where it names none."""
    identity, depth = element.find(qn("w:numId")), element.find(qn("w:ilvl"))
    return (
        str(identity.get(qn("w:val"))) if identity is not None else list_id,
        int(depth.get(qn("w:val"), "0")) if depth is not None else at,
    )


def _numbered_styles(document: Any) -> dict[str, tuple[str, int]]:
    """List and level of each paragraph style that numbers its paragraphs, itself or through what it is based on."""
    styles = {style.get(qn("w:styleId")): style for style in document.styles.element.iterchildren(qn("w:style"))}
    out: dict[str, tuple[str, int]] = {}
    for name in styles:
        chain: list[str] = []
        current = name
        while current in styles and current not in chain:
            chain.append(current)
            based = styles[current].find(qn("w:basedOn"))
            current = based.get(qn("w:val")) if based is not None else ""
        list_id, at = "", 0
        for above in reversed(chain):
            reference = styles[above].find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            if reference is not None:
                list_id, at = _reference(reference, list_id, at)
        if list_id:
            out[name] = (list_id, at)
    return out


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
