"""What stands beside the fields of an item: threads, last year's facts, the request, guidance, who looks after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction

from django.utils.timezone import localdate

from parindex.database.mapping.frozen_sets import FrozenSet, frozen_set
from parindex.database.models import (
    Comment,
    Entry,
    NotAssessedProposal,
    NotAssessedRequest,
    ScoreSheet,
)
from parindex.database.models.entries import Audience, EntryState, RequestState
from parindex.database.queries.ended_units import colleagues
from parindex.database.queries.guidance import GuidanceView, guidance_notes
from parindex.database.queries.item_pages import comments_on, entry_of_year, last_request
from parindex.database.queries.score_sheets import EntryLine, part_facts, sheet_facts
from parindex.domain.review.permissions import (
    PartFacts,
    check_can_decide_not_assessed,
    check_can_read_sheet,
    check_can_read_talk_with_office,
    check_can_talk_inside,
    check_can_talk_with_office,
)
from parindex.domain.review.refusal import Refusal, refusal
from parindex.usecases.actors import Session
from parindex.usecases.asked_items import edit_refusal
from parindex.usecases.entry_points import is_entered_by_hand
from parindex.usecases.not_assessed import maximum_with_and_without, proposal_for
from parindex.web.score_sheets.tree import title_of


@dataclass(frozen=True, slots=True)
class Talk:
    """One thread beside an item, and whether the reader may write in it."""

    audience: str
    comments: Sequence[Comment]
    refused: Refusal | None


@dataclass(frozen=True, slots=True)
class LastYear:
    """The same item in last year's sheet of the unit."""

    entry: Entry
    sheet: ScoreSheet
    year: int


@dataclass(frozen=True, slots=True)
class NotAssessed:
    """Whether the item may leave the maximum: the request, what is proposed, the effect, who may ask and decide."""

    request: NotAssessedRequest | None
    proposal: NotAssessedProposal | None
    whole: Fraction
    without: Fraction
    ask_refused: Refusal | None
    decide_refused: Refusal | None
    is_open: bool

    @property
    def can_withdraw(self) -> bool:
        """Whether the unit may still take the request back."""
        return self.is_open and self.ask_refused is None

    @property
    def can_decide(self) -> bool:
        """Whether this reader may decide."""
        return self.request is not None and self.decide_refused is None


@dataclass(frozen=True, slots=True)
class Beside:
    """Everything beside the fields."""

    talks: Sequence[Talk]
    last_year: LastYear | None
    not_assessed: NotAssessed | None
    guidance: GuidanceView | None
    reads_history: bool
    replaced_at: datetime | None


def beside(
    session: Session, sheet: ScoreSheet, part: PartFacts, entry: Entry, lines: Sequence[EntryLine], frozen: FrozenSet,
    at: datetime,
) -> Beside:  # fmt: skip
    """At most five queries: comments, last year's entry, request, proposal, guidance."""
    reads_history = refusal(check_can_read_talk_with_office, session.actor, part) is None
    return Beside(
        _talks(session, part, entry, at),
        _last_year(session, sheet, entry, frozen),
        _not_assessed(session, sheet, part, entry, lines, frozen, at),
        guidance_notes(sheet.group.set_version.criteria_set_id, entry.item_code),
        reads_history,
        getattr(sheet, "replaced_at", None),
    )


def _talks(session: Session, part: PartFacts, entry: Entry, at: datetime) -> list[Talk]:
    shown = []
    if refusal(check_can_read_talk_with_office, session.actor, part) is None:
        shown.append((Audience.STANDING_OFFICE, refusal(check_can_talk_with_office, session.actor, part)))
    if refusal(check_can_talk_inside, session.actor, part) is None:
        shown.append((Audience.UNIT, None))
    if not shown:
        return []
    audiences = [str(audience) for audience, _ in shown]
    lead = entry.part.lead_unit_id
    units = sorted({lead, *colleagues(session.actor, lead, part.lead, localdate(at))})
    said = comments_on(entry=entry.pk, units=units, audiences=audiences)
    return [Talk(audience, [one for one in said if one.audience == audience], why) for audience, why in shown]


def _last_year(session: Session, sheet: ScoreSheet, entry: Entry, frozen: FrozenSet) -> LastYear | None:
    """Last year's entry of the same item: the same code, and the same title, because codes move."""
    rows = entry_of_year(unit=sheet.unit_id, owner=sheet.cycle.owner_id, year=frozen.year - 1, code=entry.item_code)
    found = next(iter(rows), None)
    if found is None or refusal(check_can_read_sheet, session.actor, sheet_facts(found.sheet)) is not None:
        return None
    earlier = frozen_set(found.sheet.group.set_version).items.get(entry.item_code)
    if earlier is None or not _same_title(title_of(earlier.node), title_of(frozen.items[entry.item_code].node)):
        return None
    return LastYear(found, found.sheet, frozen.year - 1)


def _same_title(one: str, other: str) -> bool:
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())


def _not_assessed(
    session: Session, sheet: ScoreSheet, part: PartFacts, entry: Entry, lines: Sequence[EntryLine], frozen: FrozenSet,
    at: datetime,
) -> NotAssessed | None:  # fmt: skip
    if not is_entered_by_hand(frozen.items[entry.item_code].node.source):
        return None
    request = next(iter(last_request(entry=entry.pk)), None)
    is_asked = entry.state in (EntryState.NOT_ASSESSED_REQUESTED, EntryState.NOT_ASSESSED)
    whole, without = maximum_with_and_without(lines, frozen, entry.item_code)
    return NotAssessed(
        request,
        None if is_asked else proposal_for(sheet, entry.item_code),
        whole,
        without,
        edit_refusal(session.actor, part, sheet, entry.item_code, at),
        refusal(check_can_decide_not_assessed, session.actor, replace(part.sheet, leads=(part.lead,))),
        request is not None and request.state == RequestState.REQUESTED,
    )


def requests_to_decide(session: Session, sheets: Sequence[ScoreSheet]) -> list[NotAssessedRequest]:
    """The undecided requests of ``sheets`` that this person may decide. One query."""
    known = {sheet.pk: sheet for sheet in sheets}
    asked = (
        NotAssessedRequest.objects.filter(entry__sheet__in=known, state=RequestState.REQUESTED)
        .select_related("entry__part", "entry__sheet", "requested_by")
        .order_by("requested_at", "pk")
    )
    return [
        one
        for one in asked
        for facts in [sheet_facts(known[one.entry.sheet_id], [one.entry.part])]
        if refusal(check_can_decide_not_assessed, session.actor, facts) is None
    ]


__all__ = ["Beside", "LastYear", "NotAssessed", "Talk", "beside", "part_facts", "requests_to_decide"]
