"""Who appraises the items of sheets, as the pages of the council ask for it."""

from __future__ import annotations

from dataclasses import dataclass, field

from parindex.database.mapping.frozen_sets import FrozenSet
from parindex.database.queries.appraisal_pages import QueueRow
from parindex.database.queries.councils import plan_of_sheet
from parindex.domain.review.assignment_plans import Plan
from parindex.domain.review.assignments import SheetPlace
from parindex.web.appraisals.reader import Reader


@dataclass(frozen=True)
class Plans:
    """Who appraises what of each sheet; who works for the unit that leads an item does not appraise it."""

    reader: Reader
    frozen: FrozenSet
    _known: dict[tuple[int, str], Plan] = field(default_factory=dict)

    def of(self, row: QueueRow) -> Plan:
        """The plan that holds for an item."""
        key = (row.sheet, row.lead_path)
        if key not in self._known:
            place = SheetPlace(row.sheet, row.group, tuple(dict.fromkeys((row.unit_path, row.lead_path))))
            self._known[key] = plan_of_sheet(self.reader.table, place, self.frozen)
        return self._known[key]
