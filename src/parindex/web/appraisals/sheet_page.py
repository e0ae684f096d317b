"""One sheet as a list of what waits, and its summary once nothing does: how it stands, which unit comes next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from parindex.database.mapping.frozen_sets import frozen_set
from parindex.database.models import ScoreSheet
from parindex.database.queries.appraisal_loads import SheetLoad
from parindex.database.queries.appraisal_pages import flags_on_sheet, queue_of_sheet
from parindex.database.queries.score_sheets import cycle_facts
from parindex.domain.review.appraisal_permissions import check_can_see_appraisal
from parindex.usecases.actors import Session
from parindex.web.appraisals.plans import Plans
from parindex.web.appraisals.queue import Queue, QueueLine, open_flags, queue_of
from parindex.web.appraisals.queues_page import next_sheet
from parindex.web.appraisals.reader import Reader, kept_council, shown_state


@dataclass(frozen=True, slots=True)
class SheetPage:
    """A sheet before its appraiser: its queue, how its items stand, what comes after it."""

    sheet: ScoreSheet
    queue: Queue
    states: Sequence[tuple[str, int]]
    acceptable: int
    next: SheetLoad | None

    @property
    def first(self) -> QueueLine | None:
        """The first item that waits."""
        return next((one for one in self.queue.lines if one.waits), None)


def sheet_page(session: Session, sheet: ScoreSheet, asked: str) -> SheetPage:
    """The list of a sheet (of ``appraised_sheet``). Raises the refusal to who may not see the appraisal."""
    cycle = cycle_facts(sheet.cycle, sheet.cycle.owner_path)
    check_can_see_appraisal(session.actor, cycle)
    frozen = frozen_set(sheet.group.set_version)
    reader = Reader.of(session, cycle, kept_council(sheet))
    plans = Plans(reader, frozen)
    rows = [reader.known(one, plans.of(one)) for one in queue_of_sheet(sheet.pk, session.user.pk)]
    queue = queue_of(reader, rows, open_flags(flags_on_sheet(sheet=sheet.pk)), frozen, plans.of, asked=asked)
    mine = [one for one in rows if reader.appraises(one, plans.of(one))] or rows
    seen = [shown_state(one.state, sees=reader.sees(one, plans.of(one)), is_sent=one.is_sent) for one in mine]
    states = Counter(one for one in seen if one)
    acceptable = sum(is_plain(line) for line in queue.lines)
    following = None if queue.waiting else next_sheet(session, sheet.cycle, sheet.pk)
    return SheetPage(sheet, queue, sorted(states.items()), acceptable, following)


def is_plain(line: QueueLine) -> bool:
    """Whether an item may be accepted together with others: it waits, nothing is flagged, there is something to accept:
    what the level below has granted, or the claim.
    """
    return line.waits and line.row.state == "waiting" and not line.row.worst and (
        (line.row.claim != "" or line.granted_below != "") and line.row.mine is None and not line.for_chair
    )  # fmt: skip
