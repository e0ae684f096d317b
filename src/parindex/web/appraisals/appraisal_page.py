"""What the three panes of one item show: the queue, the item with everything beside it, its documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from parindex.database.mapping.frozen_sets import FrozenSet
from parindex.database.models import Entry, Flag, NotAssessedRequest, Opinion, ScoreSheet, WithheldText
from parindex.database.models.entries import EntryState, RequestState
from parindex.database.queries.appraisal_pages import QueueRow, opinions_on
from parindex.database.queries.item_pages import last_request
from parindex.domain.criteria.criteria_set import Node
from parindex.domain.review.appraisal_permissions import (
    ItemFacts,
    check_can_appraise,
    check_can_decide,
    check_can_weigh,
    check_can_withhold,
    check_is_appraised,
)
from parindex.domain.review.flags import Severity
from parindex.domain.review.opinions import AppraisalState, OpinionKind
from parindex.domain.review.permissions import check_can_decide_not_assessed
from parindex.domain.review.refusal import Refusal, refusal
from parindex.usecases.actors import Session
from parindex.usecases.appraised_points import offered_points
from parindex.usecases.entry_points import points_of
from parindex.usecases.withheld_texts import public_words_of_request, withheld_of
from parindex.web.appraisals.beside_view import BesideView, beside_view, earlier_entry
from parindex.web.appraisals.claim_view import ClaimView, claim_view, signed_claim
from parindex.web.appraisals.opened_item import Asked, OpenedItem, area_of, mark_of, opened_item
from parindex.web.appraisals.papers_view import PapersView, papers_view
from parindex.web.appraisals.queue import ICONS, Queue, grade_of, shown_flags
from parindex.web.appraisals.reader import Reader, is_for_chair, shown_state
from parindex.web.appraisals.said_form import SaidForm
from parindex.web.appraisals.said_view import Changes, SaidView, changes_since, said_view
from parindex.web.appraisals.vote_view import VoteView, vote_view
from parindex.web.score_sheets.tree import title_of
from parindex.wording.flags import flag_head, flag_words

#: States of an entry about which a request has been made.
_REQUESTED = frozenset({EntryState.NOT_ASSESSED_REQUESTED, EntryState.NOT_ASSESSED})


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
    request: NotAssessedRequest | None
    decides_request: bool
    withholds: bool

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
        return area_of(self.frozen, self.row.item_code)

    @property
    def is_requested(self) -> bool:
        """Whether the unit asks that the item is not assessed, and nobody has decided that."""
        return self.request is not None and self.request.state == RequestState.REQUESTED

    @property
    def withheld(self) -> WithheldText | None:
        """That the reason of the request is withheld from the public."""
        return withheld_of(self.request) if self.request is not None else None

    @property
    def withholds_request(self) -> bool:
        """Whether the reader may withhold it, and it is public, or will be."""
        return self.withholds and self.request is not None and bool(public_words_of_request(self.request))

    @property
    def own_unit(self) -> bool:
        """Whether this is the reader's own unit, or one declared in conflict."""
        return self.refused is not None and self.refused.code in ("own_unit_not_appraised", "own_unit_by_other_chair")

    @property
    def shows_form(self) -> bool:
        """Whether the form is open: where something waits for this person, or where they asked for it."""
        return self.waits or self.insists or bool(self.form.texts)

    @property
    def acceptable(self) -> Fraction | None:
        """The points that are accepted: what the level below has granted, else the claim; None for nothing."""
        return points_of(self.claim.points) if self.said.granted_below is None else self.said.granted_below

    @property
    def usual_kind(self) -> str:
        """What is chosen where nobody has chosen yet: to accept, unless one has spoken before."""
        mine = self.said.last_mine
        return str(OpinionKind.ACCEPT) if self.acceptable is not None and mine is None and not self.decides else ""

    @property
    def state(self) -> str:
        """Where the item stands, as far as the reader may know: "" where others have said what is not shown."""
        return shown_state(self.row.state, sees=self.shows_state, is_sent=self.row.is_sent)

    @property
    def mark(self) -> str:
        """What another one has changed of the item since the page was made is told by it."""
        return mark_of(self.row, sees=not self.said.known)


@dataclass(frozen=True, slots=True)
class _Read:
    """What has been read of an opened item before its page is made."""

    opened: OpenedItem
    said: SaidView
    earlier: Entry | None
    earlier_opinions: Sequence[Opinion]

    @property
    def item_facts(self) -> ItemFacts:
        """The item as rights see it."""
        row = self.opened.row
        here = self.opened.plan.get(row.level, {}).get(row.item_code, ())
        return ItemFacts(self.opened.facts, here, self.said.asked is not None, self.said.decided)


def appraisal_page(
    session: Session, sheet: ScoreSheet, code: str, asked: Asked, form: SaidForm | None = None
) -> AppraisalPage | None:
    """The page of item ``code`` of a sheet; None and refusals as :func:`opened_item`."""
    opened = opened_item(session, sheet, code, by_item=asked.by_item)
    return None if opened is None else _made(_read(opened), asked, form or SaidForm())


def _read(opened: OpenedItem) -> _Read:
    entry, row = opened.entry, opened.row
    earlier = earlier_entry(opened.sheet, opened.frozen, entry)
    spoken = opinions_on(entries=[entry.pk, *([earlier.pk] if earlier else [])]) if row.version or earlier else []
    mine = [one for one in spoken if one.entry_id == entry.pk]
    said = said_view(opened.reader, row, opened.plan, mine, opened.sheet)
    return _Read(opened, said, earlier, [one for one in spoken if one.entry_id != entry.pk])


def _made(read: _Read, asked: Asked, form: SaidForm) -> AppraisalPage:
    opened = read.opened
    sheet, frozen, reader, entry, row = opened.sheet, opened.frozen, opened.reader, opened.entry, opened.row
    seat, queue = reader.table.seat_of(reader.user), opened.queue(asked)
    # Who may not read what the unit is writing sees the claim as it was when the question was sent.
    answering = read.said.asked if opened.unread is not None else None
    claim = claim_view(sheet, frozen, entry, answering)
    papers = papers_view(entry, signed_claim(answering, frozen.year), queue.query, asked.doc, asked.page, asked.size)
    sees = reader.sees(row, opened.plan)
    flags = shown_flags([one for one in opened.flags if one.entry_id == entry.pk], sees=sees)
    decides, refused = _rights(read, as_chair=asked.as_chair)
    return AppraisalPage(
        sheet=sheet,
        entry=entry,
        row=row,
        frozen=frozen,
        reader=reader,
        queue=queue,
        claim=claim,
        flags=[FlagView(one) for one in sorted(flags, key=grade_of) if not one.dismissed_at],
        dismissed=[FlagView(one) for one in flags if one.dismissed_at],
        said=read.said,
        changes=changes_since(read.said, claim, entry, frozen, [one.paper for one in papers.lines]),
        papers=papers,
        beside=beside_view(reader, sheet, frozen, entry, read.earlier, read.earlier_opinions, opened.plans.of),
        vote=vote_view(opened.session, reader, opened.facts, entry, row),
        decides=decides,
        assigned=reader.appraises(row, opened.plan),
        for_chair=is_for_chair(row, opened.plan),
        shows_state=sees,
        refused=refused,
        weighs=refusal(check_can_weigh, opened.session.actor, read.item_facts, seat),
        offered=offered_points(frozen, entry.item_code),
        waits=reader.waits(row, opened.plan),
        insists=asked.as_chair or asked.again,
        form=form,
        request=_request(read),
        decides_request=refusal(check_can_decide_not_assessed, opened.session.actor, opened.facts) is None,
        withholds=refusal(check_can_withhold, opened.session.actor, opened.facts.cycle) is None,
    )


def _request(read: _Read) -> NotAssessedRequest | None:
    """The last request not to assess the item, unless the unit took it back, or is still writing it. One query, none
    where the entry says nothing of one and the unit has answered nothing.
    """
    entry, answered = read.opened.entry, any(one.question and one.question.answered_at for one in read.said.lines)
    if read.opened.unread is not None or not (answered or entry.state in _REQUESTED):
        return None
    found = next(iter(last_request(entry=entry.pk)), None)
    return None if found is None or found.state == RequestState.WITHDRAWN else found


def _rights(read: _Read, *, as_chair: bool) -> tuple[bool, Refusal | None]:
    """Whether the form is that of the chair's decision, and why there is none."""
    opened = read.opened
    row, reader, actor = opened.row, opened.reader, opened.session.actor
    seat = reader.table.seat_of(reader.user)
    if row.state in (AppraisalState.SURVEYED, AppraisalState.NOT_ASSESSED):
        return False, refusal(check_is_appraised, opened.facts) or Refusal("nothing_to_appraise", state=row.state)
    if opened.entry.state == EntryState.NOT_ASSESSED_REQUESTED and not read.item_facts.asked:
        return False, Refusal("request_undecided")
    mine = reader.user in read.item_facts.assigned
    if reader.is_chair and (as_chair or not mine or row.state == AppraisalState.DISPUTED):
        why = refusal(check_can_decide, actor, opened.facts, seat)
        if why is None and read.item_facts.asked:
            why = Refusal("item_being_explained")
        return True, why
    return False, refusal(check_can_appraise, actor, read.item_facts, seat)
