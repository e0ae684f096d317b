"""The caption of a table: "Bảng 1" with the lines below it, a title in capitals, the name of a sheet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parindex.documents.papers import Paragraph
from parindex.documents.printed_text import folded, in_capitals, joined
from parindex.domain.errors import Place

_NUMBERED = re.compile(
    r"^((?:Bảng|Biểu|Phụ lục|Mẫu)(?:\s+số)?\s*:?\s*(?:\d{1,2}|[IVX]{1,5})[A-Za-z]?)\b\s*[.:–-]?\s*(.*)$", re.IGNORECASE
)
_ISSUED = re.compile(r"^\(?\s*(ban hanh |dinh )?kem theo")
_HEADING = re.compile(r"^(bo tieu chi|bo chi so|chi so|bang (diem|tieu chi|cham diem)|phieu (tu )?(cham|danh gia))")
_REACH = 8


@dataclass(frozen=True, slots=True)
class Caption:
    """``short`` names the table in places ("Bảng 1"), ``text`` is its whole title."""

    short: str = ""
    text: str = ""


def is_numbered(text: str) -> bool:
    """Whether a line announces a table by its number ("Bảng 2", "Phụ lục I. BỘ TIÊU CHÍ …")."""
    flat = joined(text)
    numbered = _NUMBERED.match(flat)
    return numbered is not None and len(flat) < 200 and (not numbered[2] or numbered[2][:1].isupper())


def is_caption(text: str) -> bool:
    """Whether a line announces a table: numbered, or the title of a set in capitals."""
    return is_numbered(text) or (in_capitals(text) and bool(_HEADING.match(folded(text))))


def find(before: Sequence[Paragraph], place: Place) -> Caption:
    """The caption among the lines before a table, else the name of its sheet where it is no name by default."""
    lines = [line for paragraph in before[-_REACH:] if (line := joined(paragraph.text))]
    for at in range(len(lines) - 1, -1, -1):
        numbered = _NUMBERED.match(lines[at])
        if numbered is not None and is_numbered(lines[at]):
            return Caption(numbered[1], _title(numbered[1], [numbered[2], *lines[at + 1 :]]))
    capitals = [line for line in lines if in_capitals(line)]
    heading = next((line for line in capitals if _HEADING.match(folded(line))), "")
    if heading:
        return Caption("", heading)
    if place.sheet and not re.match(r"^(sheet|trang tính)\s*\d*$", place.sheet, re.IGNORECASE):
        return Caption(place.sheet, place.sheet)
    return Caption()


def _title(short: str, lines: Sequence[str]) -> str:
    """The lines of a title after its number, up to the note of issue."""
    kept: list[str] = []
    for line in lines:
        if _ISSUED.match(folded(line)):
            break
        if line:
            kept.append(line)
    return f"{short}. {' '.join(kept)}" if kept else short
