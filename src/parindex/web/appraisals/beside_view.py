"""What stands beside a claim: last year's decision on the same item, how other units answered and were judged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from parindex.database.mapping.frozen_sets import FrozenSet, frozen_set
from parindex.database.models import Entry, ItemAppraisal, MonitoringNote, Opinion, ScoreSheet
from parindex.database.queries.appraisal_pages import QueueRow, appraised_entry_of_year, others_on_item
from parindex.database.queries.monitoring import notes_on_item
from parindex.domain.review.assignment_plans import Plan
from parindex.domain.review.opinions import SETTLED, Capacity
from parindex.domain.review.stages import CycleState
from parindex.usecases.precedents import precedents_beside
from parindex.web.appraisals.reader import Reader, shown_state
from parindex.web.score_sheets.tree import title_of

#: Cycles of which what was decided is no secret between members any more.
_OVER = frozenset({CycleState.FINALISED, CycleState.PUBLISHED, CycleState.CORRECTED})


@dataclass(frozen=True, slots=True)
class Earlier:
    """The same item of the same unit a year before: claim, what was granted, and the opinions that stand."""

    entry: Entry
    year: int
    state: str
    granted: str
    level: int
    opinions: Sequence[Opinion]

    @property
    def last(self) -> Opinion | None:
        """The opinion that decided: the last word at the level that settled it, that of chair or council before all."""
        here = [one for one in self.opinions if one.level == self.level] if self.granted else []
        above = [one for one in here if one.capacity != Capacity.MEMBER]
        return next(iter(reversed(above or here)), None)


@dataclass(frozen=True, slots=True)
class Other:
    """The same item of another unit; ``granted`` only where the reader may know it."""

    row: QueueRow
    shows: bool

    @property
    def state(self) -> str:
        """Where it stands, as far as the reader may know: "" where others have said what is not shown."""
        return shown_state(self.row.state, sees=self.shows, is_sent=self.row.is_sent)


@dataclass(frozen=True, slots=True)
class BesideView:
    """Everything beside a claim."""

    earlier: Earlier | None
    others: Sequence[Other]
    notes: Sequence[MonitoringNote]
    precedents: Sequence[Opinion]

    @property
    def citable(self) -> list[Opinion]:
        """The earlier decisions that an opinion may cite: that of last year first."""
        last = self.earlier.last if self.earlier else None
        return ([last] if last else []) + [one for one in self.precedents if last is None or one.pk != last.pk]


def earlier_entry(sheet: ScoreSheet, frozen: FrozenSet, entry: Entry) -> Entry | None:
    """Last year's entry of the same item of the same unit: the same code and title, because codes move. One query."""
    rows = appraised_entry_of_year(
        unit=sheet.unit_id, owner=sheet.cycle.owner_id, year=frozen.year - 1, code=entry.item_code
    )
    found = next(iter(rows), None)
    if found is None or found.sheet.cycle.state not in _OVER:
        return None
    known = frozen_set(found.sheet.group.set_version).items.get(entry.item_code)
    mine = frozen.items[entry.item_code].node
    return found if known is not None and _plain(title_of(known.node)) == _plain(title_of(mine)) else None


def _plain(title: str) -> str:
    return " ".join(title.casefold().split())


def beside_view(
    reader: Reader, sheet: ScoreSheet, frozen: FrozenSet, entry: Entry, earlier: Entry | None,
    opinions: Sequence[Opinion], plan_of: Callable[[QueueRow], Plan],
) -> BesideView:  # fmt: skip
    """Four queries at most: other units, findings of the year, precedents. ``opinions`` are those of ``earlier``."""
    others = others_on_item(sheet.group_id, entry.item_code, sheet.pk, reader.user)
    notes = list(notes_on_item(owner=sheet.cycle.owner_id, unit=sheet.unit_id, year=frozen.year, code=entry.item_code))
    known = [(reader.known(row, plan_of(row)), plan_of(row)) for row in others]
    shown = [Other(row, reader.sees(row, plan)) for row, plan in known]
    return BesideView(
        _earlier(earlier, frozen, opinions), shown, notes, precedents_beside(sheet, frozen, entry.item_code)
    )


def _earlier(entry: Entry | None, frozen: FrozenSet, opinions: Sequence[Opinion]) -> Earlier | None:
    if entry is None:
        return None
    appraisal: ItemAppraisal | None = getattr(entry, "appraisal", None)
    state, granted, level = ("", "", 0)
    if appraisal is not None and appraisal.state in SETTLED:
        state, granted, level = appraisal.state, appraisal.points, appraisal.level
    standing = [one for one in opinions if one.withdrawn_at is None and one.points]
    for one in standing:
        one.entry = entry  # read with its sheet and cycle
    return Earlier(entry, frozen.year - 1, state, granted, level, standing)
