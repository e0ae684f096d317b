"""What the workbook of one score sheet holds: items, measures, and what has been entered up to now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction

from parindex.documents.printed_text import joined
from parindex.documents.sheet_workbooks.cell_contents import MOST_CHARACTERS, stored_text
from parindex.domain.criteria.criteria_set import MeasureKind, Source
from parindex.domain.scoring.score_sheet import EntryState

#: A figure as it is entered: a number, the key of a choice, or the entries of a list (none of them: counted zero).
Value = Fraction | str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WorkbookMeasure:
    """One figure, entered once; ``used_by`` are the codes of the items that count it.

    ``last_year`` and ``value`` are None where nothing was entered. ``reason_locked`` is a sentence of the caller.
    """

    id: str
    title: str
    kind: MeasureKind = MeasureKind.NUMBER
    unit: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    integer: bool = False
    minimum: Fraction | None = None
    maximum: Fraction | None = None
    last_year: Value | None = None
    value: Value | None = None
    used_by: tuple[str, ...] = ()
    editable: bool = True
    reason_locked: str = ""

    def label(self, key: str) -> str:
        """How the choice ``key`` is shown; two choices of the same name are told apart by their keys."""
        name = joined(stored_text(self.choices.get(key, key)))
        same = [one for one in self.choices.values() if joined(stored_text(one)).casefold() == name.casefold()]
        return name if len(same) < 2 else f"{name} ({key})"


@dataclass(frozen=True, slots=True)
class WorkbookItem:
    """One node of the tree; only an item (``is_item``) has an explanation and a state.

    ``points_by_hand``: the rule gives no points, so that the unit types them itself; else ``self_points`` are those
    that were computed when the workbook was made (of a node above the items: their sum).
    """

    code: str
    title: str
    level: int
    is_item: bool
    max_points: Fraction | None = None
    source: Source | None = None
    rule_words: str = ""
    clause: str = ""
    measures: tuple[str, ...] = ()
    points_by_hand: bool = False
    self_points: Fraction | None = None
    explanation: str = ""
    state: EntryState = EntryState.UNANSWERED
    editable: bool = True
    reason_locked: str = ""


@dataclass(frozen=True, slots=True)
class SheetWorkbook:
    """One score sheet at one moment. ``version`` names the state of the stored sheet that it was made from.

    ``made_at`` is shown as it is, so it is a time of the place. ``explanation_length``: as many characters as the
    installation takes of an explanation.
    """

    cycle_title: str
    unit_title: str
    set_title: str
    set_fingerprint: str
    sheet_id: str
    version: str
    made_at: datetime
    items: tuple[WorkbookItem, ...]
    measures: tuple[WorkbookMeasure, ...]
    explanation_length: int = MOST_CHARACTERS

    def items_by_code(self) -> dict[str, WorkbookItem]:
        """The items and the nodes above them by their codes."""
        return {item.code: item for item in self.items}

    def measures_by_id(self) -> dict[str, WorkbookMeasure]:
        """The measures by their ids."""
        return {measure.id: measure for measure in self.measures}

    def measures_of(self, item: WorkbookItem) -> Iterable[tuple[int, WorkbookMeasure]]:
        """The measures of an item with their numbers in the list of figures."""
        numbered = {measure.id: (number, measure) for number, measure in enumerate(self.measures, start=1)}
        return (numbered[one] for one in item.measures if one in numbered)
