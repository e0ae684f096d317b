"""The demonstration's provincial sheet in parts.

``data/demonstration/lead_units.csv`` says which department leads what. The published sheet cites papers of these
departments and does not say who led; that the cited department led is our guess, marked in each row and in the reason
that the log shows. What no row names stays with the province itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from parindex.database.mapping.frozen_sets import frozen_set
from parindex.database.models import ScoreSheet, Unit
from parindex.usecases.actors import Session
from parindex.usecases.demonstration_cycles import DATA, rows_of
from parindex.usecases.sheet_parts import assign_items
from parindex.wording.language import text

_TABLE = DATA / "demonstration" / "lead_units.csv"


def divide_provincial_sheet(*, by: Session, at: datetime, sheet: ScoreSheet, units: Mapping[str, Unit]) -> None:
    """Give the items of the table to their departments."""
    frozen = frozen_set(sheet.group.set_version)
    leads: dict[str, int] = {}
    for row in rows_of(_TABLE):
        for code in frozen.items:
            if row["node"] in (code, *(node.code for node in frozen.ancestors[code])):
                leads[code] = units[row["unit"]].pk
    reason = text("Minh họa: theo sở có văn bản được viện dẫn; phiếu công bố không ghi đơn vị chủ trì")
    assign_items(by=by, at=at, sheet_id=sheet.pk, leads=leads, reason=reason)
