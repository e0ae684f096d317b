"""Rows of a satisfaction table as a tree: parts, groups, items, and the row of all of them together.

Labels carry it: Roman numerals, letters, figures, in whatever order the table nests them. "I" after "H" is a letter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from parindex.documents.printed_text import folded, in_capitals, joined
from parindex.domain.criteria.coherence.numerals import ordinal
from parindex.domain.errors import Place
from parindex.domain.survey.satisfaction_tables.printed_table import RowLevel, SatisfactionRow

_LETTERS = "ABCDEGHIKLMNOPQ"
_LABEL = re.compile(
    r"^(?:(?:phần|nhóm|mục|tiêu chí)\s+)?(?P<label>[IVX]{1,5}|[A-ZĐ]|\d{1,3}(?:\.\d{1,3}){0,2})"
    r"\s*[.):/]+\s*(?P<title>\S.*)$",
    re.DOTALL | re.IGNORECASE,
)
_BARE = re.compile(r"^\(?(?P<label>[IVX]{1,5}|[A-ZĐ]|\d{1,3}(?:\.\d{1,3}){0,2})[.):]*$")
#: A code that repeats what stands above: "II.I", "A.1".
_QUALIFIED = re.compile(r"^(?:(?:[IVX]{1,5}|[A-ZĐ])\.)+(?P<label>[IVX]{1,5}|[A-ZĐ]|\d{1,3})\.?$")
_BULLET = re.compile(r"^[-–+•*]\s*")
_OVERALL = re.compile(
    r"noi chung|hai long chung|^chung\b|\bchung (nam|toan|cua)|^tong\b|tong (the|hop|cong)|toan (tinh|thanh pho)"
    r"|^chi so (hai long|sipas)|^sipas\b|^(muc do|ty le) hai long( cua| nam|$)|binh quan|trung binh"
)


@dataclass(slots=True)
class Draft:
    """A row while it is read."""

    label: str
    title: str
    place: Place
    values: list[Fraction | None]
    difference: Fraction | None = None
    cells: dict[int | str, str] = field(default_factory=dict)
    unread: dict[int | str, str] = field(default_factory=dict)

    @property
    def has_figures(self) -> bool:
        return any(value is not None for value in self.values) or self.difference is not None


def split_label(code: str, title: str) -> tuple[str, str]:
    """The label of a row and its title, wherever the two stand; a dash in place of a label is none."""
    bare = _BARE.match(joined(code)) or _QUALIFIED.match(joined(code))
    if bare is not None:
        return bare["label"], joined(title)
    text = joined(f"{code} {title}")
    found = _LABEL.match(text)
    if found is not None and (found["label"].isupper() or found["label"][0].isdigit()):
        return found["label"], joined(found["title"])
    return "", _BULLET.sub("", text)


@dataclass(slots=True)
class _Kinds:
    """The kinds of labels as they come: each nests below those that came before it and are still open."""

    letter: int = -1
    numeral: int = 0
    stack: list[str] = field(default_factory=list)

    def kind(self, label: str, following: str) -> str:
        """What a label is: ``roman``, ``letter``, ``figure1`` to ``figure3``, ``none``; ``following`` is the next that
        is no figure.
        """
        if not label:
            return "none"
        if label[0].isdigit():
            return f"figure{label.count('.') + 1}"
        value = ordinal(label, roman=True)
        at = _LETTERS.find(label) if len(label) == 1 else -1
        if value is not None and not self._is_letter(value, at, following):
            self.numeral = value
            return "roman"
        self.letter = at
        return "letter"

    def _is_letter(self, value: int, at: int, following: str) -> bool:
        """Whether a single "I" goes on from the letters before it, and not from the numerals; where no numeral came
        yet, it does unless "II" follows.
        """
        if self.letter < 0 or not 0 < at - self.letter <= 3:
            return False
        if not self.numeral:
            return ordinal(following, roman=True) != value + 1
        return value != self.numeral + 1


def rows_of(drafts: Sequence[Draft]) -> list[SatisfactionRow]:
    """The rows with their level, the row above them and their code."""
    kinds = _Kinds()
    labels = [draft.label for draft in drafts]
    read = [kinds.kind(label, _following(labels, at)) for at, label in enumerate(labels)]
    bare = [at for at, kind in enumerate(read) if kind == "none"]
    wholes = _wholes(drafts, bare, read)
    depth: list[str] = []
    open_rows: list[int] = []
    parents: list[int | None] = []
    for at, kind in enumerate(read):
        if at in wholes:
            parents.append(None)
            continue
        if kind in depth:
            del open_rows[depth.index(kind) :], depth[depth.index(kind) + 1 :]
        else:
            depth.append(kind)
        parents.append(open_rows[-1] if open_rows else None)
        open_rows.append(at)
    levels = _levels(read, parents, wholes)
    return _coded(drafts, parents, levels)


def _following(labels: Sequence[str], at: int) -> str:
    """The next label that is no figure; "" where none follows."""
    return next((label for label in labels[at + 1 :] if label and not label[0].isdigit()), "")


def _wholes(drafts: Sequence[Draft], bare: Sequence[int], read: Sequence[str]) -> set[int]:
    """The rows of everything together: they say so, or they are the one row without a label at an end of the table."""
    said = {at for at in bare if _OVERALL.search(folded(drafts[at].title)) and drafts[at].has_figures}
    if said or len(bare) > 2:
        return said if len(said) <= 2 else {at for at in said if in_capitals(drafts[at].title)}
    ends = {at for at in bare if at in (0, len(drafts) - 1) and drafts[at].has_figures}
    if ends:
        return ends
    last = len(drafts) - 1
    lone = read.count(read[last]) > 1 and read[last] in ("roman", "letter")
    return {last} if lone and _OVERALL.search(folded(drafts[last].title)) and drafts[last].has_figures else set()


def _levels(read: Sequence[str], parents: Sequence[int | None], wholes: set[int]) -> list[RowLevel]:
    below: dict[int, list[int]] = {}
    for at, parent in enumerate(parents):
        if parent is not None:
            below.setdefault(parent, []).append(at)
    leaves = [read[at] for at in range(len(read)) if at not in below and at not in wholes]
    item = max(set(leaves), key=leaves.count, default="none")
    out = []
    for at, kind in enumerate(read):
        if at in wholes:
            out.append(RowLevel.OVERALL)
        elif at not in below:
            out.append(RowLevel.ITEM if kind == item else RowLevel.GROUP)
        else:
            out.append(RowLevel.PART if any(child in below for child in below[at]) else RowLevel.GROUP)
    return out


def _coded(drafts: Sequence[Draft], parents: Sequence[int | None], levels: Sequence[RowLevel]) -> list[SatisfactionRow]:
    labels = [draft.label for draft in drafts]
    out: list[SatisfactionRow] = []
    used: set[str] = set()
    for at, draft in enumerate(drafts):
        parent = parents[at]
        code = draft.label
        if (code in used or labels.count(code) > 1) and code and parent is not None:
            code = f"{out[parent].code}.{code}"
        used.add(code)
        out.append(
            SatisfactionRow(
                code,
                draft.label,
                draft.title,
                draft.place,
                levels[at],
                tuple(draft.values),
                draft.difference,
                parent,
                draft.cells,
                draft.unread,
            )
        )
    return out
