"""The item that an address opens, for whom, in which queue; the whole page and the queue alone begin with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from parindex.database.mapping.frozen_sets import FrozenSet, frozen_set
from parindex.database.models import Entry, Flag, ScoreSheet
from parindex.database.queries.appraisal_pages import (
    QueueRow,
    flags_on_item,
    flags_on_sheet,
    queue_of_item,
    queue_of_sheet,
)
from parindex.database.queries.item_pages import entry_of_item
from parindex.database.queries.score_sheets import cycle_facts, sheet_facts
from parindex.domain.criteria.criteria_set import Node
from parindex.domain.review.appraisal_permissions import check_can_see_appraisal
from parindex.domain.review.assignment_plans import Plan
from parindex.domain.review.opinions import AppraisalState
from parindex.domain.review.permissions import SheetFacts, check_can_read_sheet
from parindex.domain.review.refusal import Refusal, refusal
from parindex.usecases.actors import Session
from parindex.web.appraisals.plans import Plans
from parindex.web.appraisals.queue import Queue, open_flags, queue_of
from parindex.web.appraisals.reader import Reader, kept_council, shown_state


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for: which queue, which document, at which page and size.

    ``leaving`` is the entry from whose page this one is read ahead: it will have been judged by then, so nothing leads
    back to it.
    """

    only: str = ""
    by_item: bool = False
    doc: str = ""
    page: str = ""
    size: str = ""
    as_chair: bool = False
    again: bool = False
    leaving: int = 0


@dataclass(frozen=True, slots=True)
class OpenedItem:
    """One item of one sheet before somebody who may see its appraisal.

    ``unread``: why they may not read what the unit is writing; the claim is then the one of when it was asked.
    """

    session: Session
    sheet: ScoreSheet
    frozen: FrozenSet
    reader: Reader
    entry: Entry
    row: QueueRow
    facts: SheetFacts
    plans: Plans
    rows: Sequence[QueueRow]
    flags: Sequence[Flag]
    unread: Refusal | None

    @property
    def plan(self) -> Plan:
        """Who appraises the items of the sheet."""
        return self.plans.of(self.row)

    def queue(self, asked: Asked) -> Queue:
        """The queue around the item."""
        return queue_of(
            self.reader, self.rows, open_flags(self.flags), self.frozen, self.plans.of, entry=self.row.entry,
            asked=asked.only, by_item=asked.by_item, leaving=asked.leaving,
        )  # fmt: skip


def opened_item(session: Session, sheet: ScoreSheet, code: str, *, by_item: bool) -> OpenedItem | None:
    """The item ``code`` of a sheet (of ``appraised_sheet``); None where nothing of it is appraised.

    Raises the refusal to who may not see the appraisal, or the sheet.
    """
    cycle = cycle_facts(sheet.cycle, sheet.cycle.owner_path)
    check_can_see_appraisal(session.actor, cycle)
    frozen = frozen_set(sheet.group.set_version)
    entry = next(iter(entry_of_item(sheet=sheet.pk, code=code)), None)
    rows, flags = _rows_and_flags(sheet, code, session.user.pk, by_item=by_item)
    row = next((one for one in rows if entry is not None and one.entry == entry.pk), None)
    if entry is None or row is None or code not in frozen.items:
        check_can_read_sheet(session.actor, sheet_facts(sheet))
        return None
    facts = sheet_facts(sheet, [entry.part])
    facts = replace(facts, returned=facts.returned or sheet.answer_until is not None)
    unread = refusal(check_can_read_sheet, session.actor, facts)
    if unread is not None and unread.code != "sheet_being_answered":
        raise unread
    reader = Reader.of(session, cycle, kept_council(sheet))
    plans = Plans(reader, frozen)
    row = reader.known(row, plans.of(row))
    return OpenedItem(session, sheet, frozen, reader, entry, row, facts, plans, rows, flags, unread)


def _rows_and_flags(sheet: ScoreSheet, code: str, user: int, *, by_item: bool) -> tuple[list[QueueRow], list[Flag]]:
    if by_item:
        return queue_of_item(sheet.group_id, code, user), flags_on_item(group=sheet.group_id, code=code)
    return queue_of_sheet(sheet.pk, user), flags_on_sheet(sheet=sheet.pk)


def area_of(frozen: FrozenSet, code: str) -> Node:
    """The area that an item is in: the item itself where it stands alone."""
    return (frozen.ancestors[code] or (frozen.items[code].node,))[0]


def mark_of(row: QueueRow, *, sees: bool) -> str:
    """What changes with everything that is said or noticed of an item (as it is known to the reader); where what others
    said is not to be known, with what is. A page that was read ahead is compared by it.
    """
    if sees:
        return f"{row.version}.{row.flags}.{row.worst}"
    below = row.points if row.state == AppraisalState.WAITING else ""
    state = shown_state(row.state, sees=False, is_sent=row.is_sent)
    return ".".join(map(str, (row.level, state, below, row.claim, row.mine or "", row.votes, row.flags, row.worst)))


@dataclass(frozen=True, slots=True)
class QueuePage:
    """The queue around an item, and what its page says by it, without the item: for a page that was read ahead."""

    sheet: ScoreSheet
    frozen: FrozenSet
    row: QueueRow
    sees: bool
    queue: Queue

    @property
    def above(self) -> Node:
        """The area that the item is in."""
        return area_of(self.frozen, self.row.item_code)

    @property
    def mark(self) -> str:
        """Whether the page that was read ahead is still as it was."""
        return mark_of(self.row, sees=self.sees)


def queue_page(session: Session, sheet: ScoreSheet, code: str, asked: Asked) -> QueuePage | None:
    """The queue around an item alone; None and refusals as :func:`opened_item`."""
    opened = opened_item(session, sheet, code, by_item=asked.by_item)
    if opened is None:
        return None
    return QueuePage(
        sheet, opened.frozen, opened.row, not opened.reader.is_blind(opened.row, opened.plan), opened.queue(asked)
    )
