"""The words of the workbook, given by who has them: nothing in this package is a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from parindex.documents.sheet_workbooks.sheet_workbook import WorkbookItem, WorkbookMeasure
from parindex.domain.criteria.criteria_set import Source
from parindex.domain.scoring.score_sheet import EntryState


@dataclass(frozen=True, slots=True)
class WorkbookWords:
    """Names of sheets (at most 31 characters), heads of columns in their order, guidance, and sentences about cells.

    ``limits`` says what may be entered for a measure, ``points_limits`` for points typed by hand; both are shown
    beside the cell and when the program refuses an entry. ``too_long`` stands in place of a text that no cell can
    hold.
    """

    items_sheet: str
    figures_sheet: str
    guide_sheet: str
    items_title: str
    figures_title: str
    items_heads: tuple[str, ...]
    figures_heads: tuple[str, ...]
    unit: str
    cycle: str
    criteria_set: str
    made_at: str
    enter_here: str
    refused: str
    too_long: str
    guidance: tuple[tuple[str, str], ...]
    states: Mapping[EntryState, str]
    sources: Mapping[Source, str]
    limits: Callable[[WorkbookMeasure], str]
    points_limits: Callable[[WorkbookItem], str]
