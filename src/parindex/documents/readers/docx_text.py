"""The text of Word paragraphs as a reader of the printed page sees it.

A file keeps more than it prints: struck out and hidden words, text that tracked changes deleted or moved away, raised
digits that refer to a note. Glued to the number beside them they would be another number (3 with note 1 is not 31).
They are left out, and each is named, with its place, as a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

from parindex.documents.printed_text import clean, joined
from parindex.domain.errors import Place, Problem

#: lxml elements have no useful static type.
Element = Any

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
ALTERNATE, CHOICE = f"{_MC}AlternateContent", f"{_MC}Choice"
#: Wrappers around paragraphs, tables, rows, cells and runs that print what is inside them.
WRAPPERS = frozenset(
    {*map(qn, ("w:sdt", "w:sdtContent", "w:customXml", "w:smartTag", "w:ins", "w:moveTo")), ALTERNATE, CHOICE}
)
#: Wrappers of runs that print what is inside them as well.
_RUN_WRAPPERS = WRAPPERS | {*map(qn, ("w:hyperlink", "w:fldSimple", "w:dir", "w:bdo"))}
#: Wrappers whose contents a tracked change took away.
DELETIONS = frozenset(map(qn, ("w:del", "w:moveFrom")))

_BREAKS = frozenset(map(qn, ("w:br", "w:cr")))
_NOTES = frozenset(map(qn, ("w:footnoteReference", "w:endnoteReference")))
_STRUCK, _VANISHED = tuple(map(qn, ("w:strike", "w:dstrike"))), qn("w:vanish")
_RAISED = qn("w:vertAlign")
#: What refers to a note: digits, letters in brackets, stars.
_NOTE_MARK = re.compile(r"^[\[(]?(?:\d{1,3}(?:[,;]\s?\d{1,3})*|[*†‡]{1,3}|\(?[a-z]\))[\])]?$")
#: Units that raised digits belong to: m², km³.
_UNIT = re.compile(r"(?:^|[\s\d/(.,])(?:[kcd]?m|mm|dam|hm)$", re.IGNORECASE)


#: Doubts of one kind that stand alone, and letters that one of them quotes.
_MOST, _MOST_LETTERS = 50, 400


def _shortened(text: str) -> str:
    return text if len(text) <= _MOST_LETTERS else text[: _MOST_LETTERS - 2] + " …"


@dataclass(slots=True)
class Doubts:
    """What was left out, each kind once for every place with the pieces of text in their order."""

    place: Place
    found: dict[tuple[str, str | None, int | None], list[str]] = field(default_factory=dict)

    def add(self, kind: str, text: str) -> None:
        """Note ``text`` as left out at the present place; nothing where it is blank."""
        if text.strip():
            pieces = self.found.setdefault((kind, self.place.cell, self.place.line), [])
            pieces.append(_shortened(joined(text)))

    def problems(self) -> list[Problem]:
        """One doubt for every kind and place; past :data:`_MOST` of a kind, one for all that follow."""
        out: dict[tuple[str, int], Problem] = {}
        counts: dict[str, int] = {}
        for (kind, cell, line), pieces in self.found.items():
            number = counts[kind] = min(counts.get(kind, 0) + 1, _MOST)
            before = out.get((kind, number))
            if before is not None:
                pieces = [before.facts["text"], *pieces]
            place = before.place if before is not None else Place(file=self.place.file, cell=cell, line=line)
            out[kind, number] = Problem(kind, place, {"text": _shortened(" … ".join(pieces))})
        return list(out.values())


@dataclass(frozen=True, slots=True)
class RunMarks:
    """The marks of runs that decide whether a run is read, by style (a style may be based on another)."""

    styles: dict[str, dict[str, str]]

    @classmethod
    def of(cls, document: Any) -> RunMarks:
        """The marks in the styles of ``document``."""
        elements = {one.get(qn("w:styleId")): one for one in document.styles.element.iterchildren(qn("w:style"))}
        out: dict[str, dict[str, str]] = {}
        for name in elements:
            chain: list[str] = []
            current = name
            while current in elements and current not in chain:
                chain.append(current)
                based = elements[current].find(qn("w:basedOn"))
                current = based.get(qn("w:val")) if based is not None else ""
            marks: dict[str, str] = {}
            for above in reversed(chain):
                marks |= _own_marks(elements[above].find(qn("w:rPr")))
            if marks:
                out[name] = marks
        return cls(out)

    def of_run(self, run: Element, paragraph_marks: dict[str, str]) -> dict[str, str]:
        """The marks that hold for ``run``: of its paragraph's style, its own style, and its own."""
        properties = run.find(qn("w:rPr"))
        if properties is None:
            return paragraph_marks
        style = properties.find(qn("w:rStyle"))
        styled = self.styles.get(style.get(qn("w:val")), {}) if style is not None else {}
        return paragraph_marks | styled | _own_marks(properties)

    def of_paragraph(self, paragraph: Element) -> dict[str, str]:
        """The marks of a paragraph's style."""
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        return self.styles.get(style.get(qn("w:val")), {}) if style is not None else {}


def _own_marks(properties: Element | None) -> dict[str, str]:
    if properties is None:
        return {}
    marks = {}
    for tag in (*_STRUCK, _VANISHED, _RAISED):
        element = properties.find(tag)
        if element is not None:
            marks[tag] = element.get(qn("w:val"), "true")
    return marks


def is_on(value: str | None) -> bool:
    """Whether a mark that may be switched off holds; None is a mark that is not there."""
    return value is not None and value.lower() not in ("0", "false", "off", "none")


def paragraph_text(paragraph: Element, marks: RunMarks, doubts: Doubts) -> str:
    """The printed text of a paragraph without what its text boxes say; ``doubts`` gets what was left out."""
    out: list[str] = []
    for run in _runs(paragraph, doubts):
        held = marks.of_run(run, marks.of_paragraph(paragraph))
        text = "".join(_pieces(run))
        if is_on(held.get(_VANISHED)):
            doubts.add("hidden_text_left_out", text)
        elif any(is_on(held.get(tag)) for tag in _STRUCK):
            doubts.add("struck_text_left_out", text)
        elif _is_note_mark(text, held, "".join(out[-8:])):
            doubts.add("note_mark_left_out", text)
        else:
            out.append(text)
        if any(child.tag in _NOTES for child in run.iterchildren()):
            doubts.add("note_left_out", joined("".join(out))[-60:] or "…")
    return clean("".join(out))


def _is_note_mark(text: str, marks: dict[str, str], before: str) -> bool:
    """Whether raised text refers to a note: it stands directly after something that is no unit of measure."""
    return marks.get(_RAISED) == "superscript" and refers_to_note(text, before)


def refers_to_note(raised: str, before: str) -> bool:
    """Whether raised text after ``before`` refers to a note: "1" after a word does, after "m" it is a unit."""
    if not before.strip():
        return False
    return _NOTE_MARK.match(raised.strip()) is not None and not _UNIT.search(before.rstrip())


def _runs(element: Element, doubts: Doubts) -> Iterator[Element]:
    for child in printed_children(element, doubts, _RUN_WRAPPERS):
        if child.tag == qn("w:r"):
            yield child
        elif isinstance(child.tag, str) and child.tag.startswith(_MATH):
            doubts.add("formula_left_out", "".join(child.itertext(f"{_MATH}t")))


def printed_children(element: Element, doubts: Doubts, wrappers: frozenset[str] = WRAPPERS) -> Iterator[Element]:
    """The children of ``element``, those inside wrappers in their place; what was deleted is noted as left out."""
    for child in element.iterchildren():
        if child.tag in DELETIONS:
            doubts.add("deleted_text_left_out", all_text(child))
        elif child.tag == ALTERNATE:
            chosen = next(iter(child), None)  # the other branches say the same again
            if chosen is not None:
                yield from printed_children(chosen, doubts, wrappers)
        elif child.tag in wrappers:
            yield from printed_children(child, doubts, wrappers)
        else:
            yield child


def all_text(element: Element) -> str:
    """Every letter below ``element``, also the deleted ones."""
    return "".join(element.itertext(qn("w:t"), qn("w:delText")))


def _pieces(run: Element) -> Iterator[str]:
    for node in run.iterchildren():
        if node.tag == qn("w:t"):
            yield node.text or ""
        elif node.tag in (qn("w:tab"), qn("w:ptab")):
            yield "\t"
        elif node.tag in _BREAKS:
            yield "\n"
        elif node.tag == qn("w:noBreakHyphen"):
            yield "-"
        elif node.tag == ALTERNATE:
            for chosen in list(node)[:1]:
                yield from _pieces(chosen)


def text_boxes(paragraph: Element) -> Iterator[Element]:
    """The contents of the text boxes that are anchored in ``paragraph``; of alternatives only the first."""
    for child in paragraph.iterchildren():
        if child.tag == qn("w:txbxContent"):
            yield child
        elif child.tag == ALTERNATE:
            chosen = next(iter(child), None)
            if chosen is not None:
                yield from text_boxes(chosen)
        elif child.tag not in DELETIONS:
            yield from text_boxes(child)
