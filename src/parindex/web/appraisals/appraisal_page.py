"""What the three panes of one item show: the queue, the item with everything beside it, its documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from parindex.database.mapping.frozen_sets import FrozenSet, frozen_set
from parindex.database.models import Entry, Flag, Opinion, Question, ScoreSheet
from parindex.database.queries.appraisal_pages import (
    QueueRow,
    flags_on_item,
    flags_on_sheet,
    opinions_on,
    queue_of_item,
    queue_of_sheet,
)
from parindex.database.queries.item_pages import entry_of_item
from parindex.database.queries.score_sheets import cycle_facts, sheet_facts
from parindex.domain.criteria.criteria_set import Node
from parindex.domain.review.appraisal_permissions import (
    ItemFacts,
    check_can_appraise,
    check_can_decide,
    check_can_see_appraisal,
    check_can_weigh,
    check_is_appraised,
)
from parindex.domain.review.assignment_plans import Plan
from parindex.domain.review.flags import Severity
from parindex.domain.review.opinions import AppraisalState, OpinionKind
from parindex.domain.review.permissions import SheetFacts, check_can_read_sheet
from parindex.domain.review.refusal import Refusal, refusal
from parindex.usecases.actors import Session
from parindex.usecases.appraised_points import offered_points
from parindex.web.appraisals.beside_view import BesideView, beside_view, earlier_entry
from parindex.web.appraisals.claim_view import ClaimView, claim_view, signed_claim
from parindex.web.appraisals.papers_view import PapersView, papers_view
from parindex.web.appraisals.plans import Plans
from parindex.web.appraisals.queue import ICONS, Queue, grade_of, gravest, queue_of
from parindex.web.appraisals.reader import Reader, is_for_chair, is_settled, kept_council
from parindex.web.appraisals.said_form import SaidForm
from parindex.web.appraisals.said_view import Changes, SaidView, changes_since, said_view
from parindex.web.appraisals.vote_view import VoteView, vote_view
from parindex.web.score_sheets.tree import title_of
from parindex.wording.flags import flag_head, flag_words


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for: which queue, which document, at which page and size."""

    only: str = ""
    by_item: bool = False
    doc: str = ""
    page: str = ""
    size: str = ""
    as_chair: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class FlagView:
    """A flag in words."""

    flag: Flag

    @property
    def words(self) -> str:
        """What is so, and what to do."""
        return flag_words(self.flag)

    @property
    def head(self) -> str:
        """What flags of its kind are called."""
        return flag_head(self.flag.kind)

    @property
    def icon(self) -> str:
        """Its icon."""
        return ICONS[Severity(self.flag.severity)]


@dataclass(frozen=True, slots=True)
class AppraisalPage:
    """Everything on the page of one item of one sheet."""

    sheet: ScoreSheet
    entry: Entry
    row: QueueRow
    frozen: FrozenSet
    reader: Reader
    queue: Queue
    claim: ClaimView
    flags: Sequence[FlagView]
    dismissed: Sequence[FlagView]
    said: SaidView
    changes: Changes | None
    papers: PapersView
    beside: BesideView
    vote: VoteView
    decides: bool
    assigned: bool
    for_chair: bool
    shows_state: bool
    refused: Refusal | None
    weighs: Refusal | None
    offered: tuple[Fraction, ...] | None
    waits: bool
    insists: bool
    form: SaidForm

    @property
    def node(self) -> Node:
        """The item in the set."""
        return self.claim.node

    @property
    def title(self) -> str:
        """The title of the item."""
        return title_of(self.node)

    @property
    def above(self) -> Node:
        """The area that the item is in."""
        return (self.frozen.ancestors[self.entry.item_code] or (self.node,))[0]

    @property
    def own_unit(self) -> bool:
        """Whether this is the reader's own unit, or one declared in conflict."""
        return self.refused is not None and self.refused.code in ("own_unit_not_appraised", "own_unit_by_other_chair")

    @property
    def shows_form(self) -> bool:
        """Whether the form is open: where something waits for this person, or where they asked for it."""
        return self.waits or self.insists or bool(self.form.texts)

    @property
    def usual_kind(self) -> str:
        """What is chosen where nobody has chosen yet: to accept what is claimed, unless one has spoken before."""
        mine = self.said.last_mine
        return str(OpinionKind.ACCEPT) if self.claim.points and mine is None and not self.decides else ""

    @property
    def is_settled(self) -> bool:
        """Whether the council has nothing left to do with the item."""
        return is_settled(self.row)

    @property
    def next(self) -> str:
        """What the form says of where recording leads: the sheet and code of the next item that waits; "" for none."""
        one = self.queue.upcoming
        return f"{one.row.sheet}/{one.row.item_code}" if one else ""


@dataclass(frozen=True, slots=True)
class _Read:
    """What has been read of an item before its page is made."""

    session: Session
    sheet: ScoreSheet
    frozen: FrozenSet
    reader: Reader
    entry: Entry
    row: QueueRow
    facts: SheetFacts
    plans: Plans
    said: SaidView
    earlier: Entry | None
    earlier_opinions: Sequence[Opinion]

    @property
    def plan(self) -> Plan:
        return self.plans.of(self.row)

    @property
    def item_facts(self) -> ItemFacts:
        """The item as rights see it."""
        here = self.plan.get(self.row.level, {}).get(self.row.item_code, ())
        return ItemFacts(self.facts, here, self.said.asked is not None)


def appraisal_page(
    session: Session, sheet: ScoreSheet, code: str, asked: Asked, form: SaidForm | None = None
) -> AppraisalPage | None:
    """The page of item ``code`` of a sheet (of ``appraised_sheet``); None where nothing of it is appraised.

    Raises the refusal to who may not see the appraisal, or the sheet.
    """
    cycle = cycle_facts(sheet.cycle, sheet.cycle.owner_path)
    check_can_see_appraisal(session.actor, cycle)
    frozen = frozen_set(sheet.group.set_version)
    reader = Reader.of(session, cycle, kept_council(sheet))
    entry = next(iter(entry_of_item(sheet=sheet.pk, code=code)), None)
    rows, flags = _rows_and_flags(sheet, code, session.user.pk, by_item=asked.by_item)
    row = next((one for one in rows if entry is not None and one.entry == entry.pk), None)
    if entry is None or row is None or code not in frozen.items:
        check_can_read_sheet(session.actor, sheet_facts(sheet))
        return None
    read = _read(session, sheet, frozen, reader, entry, row)
    reading = refusal(check_can_read_sheet, session.actor, read.facts)
    if reading is not None and reading.code != "sheet_being_answered":
        raise reading
    # Who may not read what the unit is writing sees the claim as it was when the question was sent.
    answering = read.said.asked if reading is not None else None
    queue = queue_of(
        reader, rows, gravest(flags), frozen, read.plans.of, entry=entry.pk, asked=asked.only, by_item=asked.by_item
    )
    return _made(read, asked, queue, [one for one in flags if one.entry_id == entry.pk], answering, form or SaidForm())


def _read(session: Session, sheet: ScoreSheet, frozen: FrozenSet, reader: Reader, entry: Entry, row: QueueRow) -> _Read:
    facts = sheet_facts(sheet, [entry.part])
    facts = replace(facts, returned=facts.returned or sheet.answer_until is not None)
    plans = Plans(reader, frozen)
    earlier = earlier_entry(sheet, frozen, entry)
    spoken = opinions_on(entries=[entry.pk, *([earlier.pk] if earlier else [])]) if row.version or earlier else []
    said = said_view(reader, row, plans.of(row), [one for one in spoken if one.entry_id == entry.pk])
    before = [one for one in spoken if one.entry_id != entry.pk]
    return _Read(session, sheet, frozen, reader, entry, row, facts, plans, said, earlier, before)


def _made(
    read: _Read, asked: Asked, queue: Queue, flags: Sequence[Flag], answering: Question | None, form: SaidForm
) -> AppraisalPage:
    seat = read.reader.table.seat_of(read.reader.user)
    claim = claim_view(read.sheet, read.frozen, read.entry, answering)
    signed = signed_claim(answering, read.frozen.year)
    papers = papers_view(read.entry, signed, queue.query, asked.doc, asked.page, asked.size)
    decides, refused = _rights(read, as_chair=asked.as_chair)
    return AppraisalPage(
        sheet=read.sheet,
        entry=read.entry,
        row=read.row,
        frozen=read.frozen,
        reader=read.reader,
        queue=queue,
        claim=claim,
        flags=[FlagView(one) for one in sorted(flags, key=grade_of) if not one.dismissed_at],
        dismissed=[FlagView(one) for one in flags if one.dismissed_at],
        said=read.said,
        changes=changes_since(read.said, claim, read.entry, read.frozen, [one.paper for one in papers.lines]),
        papers=papers,
        beside=beside_view(
            read.reader, read.sheet, read.frozen, read.entry, read.earlier, read.earlier_opinions, read.plans.of
        ),
        vote=vote_view(read.session, read.reader, read.facts, read.entry, read.row),
        decides=decides,
        assigned=read.reader.appraises(read.row, read.plan),
        for_chair=is_for_chair(read.row, read.plan),
        shows_state=read.reader.sees(read.row, read.plan),
        refused=refused,
        weighs=refusal(check_can_weigh, read.session.actor, read.item_facts, seat),
        offered=offered_points(read.frozen, read.entry.item_code),
        waits=read.reader.waits(read.row, read.plan),
        insists=asked.as_chair or asked.again,
        form=form,
    )


def _rows_and_flags(sheet: ScoreSheet, code: str, user: int, *, by_item: bool) -> tuple[list[QueueRow], list[Flag]]:
    if by_item:
        return queue_of_item(sheet.group_id, code, user), flags_on_item(group=sheet.group_id, code=code)
    return queue_of_sheet(sheet.pk, user), flags_on_sheet(sheet=sheet.pk)


def _rights(read: _Read, *, as_chair: bool) -> tuple[bool, Refusal | None]:
    """Whether the form is that of the chair's decision, and why there is none."""
    row, reader, actor = read.row, read.reader, read.session.actor
    seat = reader.table.seat_of(reader.user)
    if row.state in (AppraisalState.SURVEYED, AppraisalState.NOT_ASSESSED):
        return False, refusal(check_is_appraised, read.facts) or Refusal("nothing_to_appraise", state=row.state)
    mine = reader.user in read.item_facts.assigned
    if reader.is_chair and (as_chair or not mine or row.state == AppraisalState.DISPUTED):
        why = refusal(check_can_decide, actor, read.facts, seat)
        if why is None and read.item_facts.asked:
            why = Refusal("item_being_explained")
        return True, why
    return False, refusal(check_can_appraise, actor, read.item_facts, seat)
