"""Who gives the points of each row: by the note column, by a heading, never by a guess that is not said.

A note such as ĐTXHH names the opinion survey. A heading that speaks of the satisfaction index or of the survey speaks
for the rows
below it that have no note; where a note says otherwise, the note is kept as printed and the contradiction is a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from parindex.documents.printed_text import folded
from parindex.domain.criteria.criteria_set import Source
from parindex.domain.errors import Place, Problem

_SURVEY = re.compile(
    r"\b(d?txhh|xhh)\b|dieu tra xa hoi hoc|khao sat xa hoi hoc|phieu (dieu tra|khao sat)|opinion survey"
)
_SATISFACTION = re.compile(r"\bsipas\b|chi so hai long|khao sat.{0,20}(su |muc do )?hai long|do luong.{0,20}hai long")
_EXTERNAL = re.compile(
    r"(so lieu|du lieu|ket qua).{0,30}(cung cap|cong bo)|(theo|tu) (so lieu|du lieu) (cua|do)|\bvpcp\b"
)
_REPORT = re.compile(r"tu (cham|danh gia)|bao cao|\btlkc\b|tai lieu kiem chung|tham dinh")
_SURVEY_HEADING = re.compile(r"\bd?txhh\b|dieu tra xa hoi hoc")


def source_of_note(note: str) -> Source | None:
    """The source that a note names; None where it names none."""
    words = folded(note)
    if not words:
        return None
    if _SATISFACTION.search(words):
        return Source.SATISFACTION_INDEX
    if _SURVEY.search(words) or words in {"dt", "khao sat", "ks"}:
        return Source.OPINION_SURVEY
    if _EXTERNAL.search(words):
        return Source.EXTERNAL
    return Source.REPORT if _REPORT.search(words) else None


def source_of_heading(title: str) -> Source | None:
    """The source that a title names, for its own row and the rows below it."""
    words = folded(title)
    if _SATISFACTION.search(words):
        return Source.SATISFACTION_INDEX
    return Source.OPINION_SURVEY if _SURVEY_HEADING.search(words) else None


def settle_sources(
    titles: Sequence[str], notes: Sequence[str], parents: Sequence[int | None], places: Sequence[Place]
) -> tuple[list[Source | None], list[Problem]]:
    """The source of each row, and the doubts: ``source_at_odds`` (the note was kept against the heading),
    ``source_by_heading`` (no note).
    """
    out: list[Source | None] = []
    headings: list[Source | None] = []
    noted: list[Source | None] = []
    groups: dict[tuple[str, Source, str], list[int]] = {}
    heads = {parent for parent in parents if parent is not None}
    for at, (title, note, parent) in enumerate(zip(titles, notes, parents, strict=True)):
        own = source_of_note(note)
        noted.append(own or (noted[parent] if parent is not None else None))
        headings.append(source_of_heading(title) or (headings[parent] if parent is not None else None))
        heading, by_note = headings[at], noted[at]
        out.append(by_note or heading)
        if at in heads or heading is None or heading is by_note:
            continue
        kind = "source_by_heading" if by_note is None else "source_at_odds"
        groups.setdefault((kind, heading, note), []).append(at)
    return out, [
        Problem(
            kind, places[rows[0]], {"source": heading.value, "note": note, "codes": [places[at].code for at in rows]}
        )
        for (kind, heading, note), rows in groups.items()
    ]
