"""Items that do not apply to a unit: it asks, the standing office decides; until then nothing leaves the maximum."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from fractions import Fraction

from django.db import transaction

from parindex.database.mapping.frozen_sets import FrozenSet, frozen_set
from parindex.database.models import Entry, ItemAppraisal, NotAssessedProposal, NotAssessedRequest, ScoreSheet
from parindex.database.models.entries import EntryState, RequestState
from parindex.database.queries.item_pages import proposal_of
from parindex.database.queries.score_sheets import part_facts, sheet_facts
from parindex.domain.review.opinions import AppraisalState
from parindex.domain.review.permissions import check_can_decide_not_assessed, check_can_edit_part
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.roles import Role
from parindex.domain.review.stages import CycleState
from parindex.domain.values import exact_number
from parindex.usecases import audit_log
from parindex.usecases.actors import Session
from parindex.usecases.appraisals import follow_submission
from parindex.usecases.asked_items import require_asked
from parindex.usecases.entries import locked_entry
from parindex.usecases.entry_points import is_entered_by_hand, rescored
from parindex.usecases.item_standing import restand
from parindex.usecases.sheet_counts import Counted, update_counts
from parindex.usecases.written_texts import REASON_LENGTH, reason_of, whole


@transaction.atomic
def request_not_assessed(
    *, by: Session, at: datetime, sheet_id: int, item_code: str, reason: str, legal_basis: str
) -> NotAssessedRequest:
    """Ask that an item leaves the maximum of this unit. A reason is due; the legal basis helps whoever decides."""
    sheet, entry, part = locked_entry(sheet_id, item_code)
    check_can_edit_part(by.actor, part_facts(part, sheet), at)
    require_asked(sheet, item_code)
    frozen = frozen_set(sheet.group.set_version)
    if not is_entered_by_hand(frozen.items[item_code].node.source):
        raise Refusal("item_by_survey")
    if entry.state in (EntryState.NOT_ASSESSED_REQUESTED, EntryState.NOT_ASSESSED):
        raise Refusal("already_requested")
    why, basis = reason_of(reason), whole(legal_basis, REASON_LENGTH)
    last = NotAssessedRequest.objects.filter(entry=entry).order_by("-pk").first()
    earlier = last.state if last is not None else None
    made = NotAssessedRequest.objects.create(
        entry=entry, reason=why, legal_basis=basis, requested_by=by.user, requested_at=at
    )
    before, after = _move(sheet, entry, EntryState.NOT_ASSESSED_REQUESTED, frozen)
    update_counts(sheet, act="request_not_assessed", at=at, by=by)
    after |= {"request": made.pk, "request_state": made.state, "legal_basis": basis}
    _log("request_not_assessed", sheet, entry, by, at, why, before | {"request_state": earlier}, after)
    return made


@transaction.atomic
def accept_proposal(*, by: Session, at: datetime, sheet_id: int, item_code: str) -> NotAssessedRequest:
    """Ask for what the standing office proposes for units of this kind, with its reason and legal basis."""
    sheet, _, _ = locked_entry(sheet_id, item_code)
    found = proposal_for(sheet, item_code)
    if found is None:
        raise Refusal("no_such_proposal")
    return request_not_assessed(
        by=by, at=at, sheet_id=sheet_id, item_code=item_code, reason=found.reason, legal_basis=found.legal_basis
    )


def proposal_for(sheet: ScoreSheet, item_code: str) -> NotAssessedProposal | None:
    """What the standing office proposes about an item for units of this kind. One query."""
    return next(iter(proposal_of(group=sheet.group_id, kind=sheet.unit_kind, code=item_code)), None)


@transaction.atomic
def withdraw_request(*, by: Session, at: datetime, sheet_id: int, item_code: str) -> NotAssessedRequest:
    """Take back a request that nobody has decided."""
    sheet, entry, part = locked_entry(sheet_id, item_code)
    check_can_edit_part(by.actor, part_facts(part, sheet), at)
    require_asked(sheet, item_code)
    found = _last(entry)
    if found.state != RequestState.REQUESTED:
        raise Refusal("request_not_open")
    was, found.state = found.state, RequestState.WITHDRAWN
    found.save(update_fields=["state"])
    before, after = _move(sheet, entry, EntryState.UNANSWERED, frozen_set(sheet.group.set_version))
    update_counts(sheet, act="withdraw_request", at=at, by=by)
    after |= {"request": found.pk, "request_state": found.state}
    _log("withdraw_request", sheet, entry, by, at, "", before | {"request_state": was}, after)
    return found


@transaction.atomic
def decide_request(
    *, by: Session, at: datetime, sheet_id: int, item_code: str, approved: bool, reason: str
) -> NotAssessedRequest:
    """Approve or refuse a request, or change that decision while the cycle is not finalised. Refusing needs a reason,
    and so does changing. While the council appraises, it stands anew what the council has to do with the item; what it
    has settled since is not taken away from it (``settled_by_council``).
    """
    sheet, entry, part = locked_entry(sheet_id, item_code)
    check_can_decide_not_assessed(by.actor, sheet_facts(sheet, [part]))
    if sheet.cycle.state not in (CycleState.OPEN, CycleState.APPRAISAL):
        raise Refusal("cycle_closed", state=sheet.cycle.state)
    found = _last(entry)
    if found.state == RequestState.WITHDRAWN:
        raise Refusal("request_not_open")
    decision = RequestState.APPROVED if approved else RequestState.REFUSED
    if found.state == decision:
        return found
    if approved:
        _require_unsettled(entry)
    why = reason.strip()
    if not why and (not approved or found.state != RequestState.REQUESTED):
        raise Refusal("reason_needed")
    was, found.state = found.state, decision
    found.decided_by, found.decided_at, found.decision_reason = by.user, at, why
    found.save(update_fields=["state", "decided_by", "decided_at", "decision_reason"])
    state = EntryState.NOT_ASSESSED if approved else EntryState.UNANSWERED
    before, after = _move(sheet, entry, state, frozen_set(sheet.group.set_version))
    act = "approve_not_assessed" if approved else "refuse_not_assessed"
    update_counts(sheet, act=act, at=at, by=by)
    after |= {"request": found.pk, "request_state": decision.value}
    _log(act, sheet, entry, by, at, why, before | {"request_state": was}, after)
    if sheet.cycle.state == CycleState.APPRAISAL:
        restand([entry.pk], by=by, at=at)
        role = by.actor.role_at(sheet.cycle.owner_path, Role.STANDING_OFFICE, Role.CHAIR, cycle=sheet.cycle_id)
        follow_submission(sheet, by=by, at=at, role=role or Role.STANDING_OFFICE)
    return found


def _require_unsettled(entry: Entry) -> None:
    """The council says nothing of an item while a request is undecided: what it has settled came after a refusal."""
    granted = (AppraisalState.ACCEPTED, AppraisalState.ADJUSTED)
    found = ItemAppraisal.objects.filter(entry=entry, state__in=granted).values_list("points", flat=True).first()
    if found is not None:
        raise Refusal("settled_by_council", points=exact_number(found))


def maximum_with_and_without(
    entries: Iterable[Counted], frozen: FrozenSet, item_code: str
) -> tuple[Fraction, Fraction]:
    """The maximum of a whole sheet as it is, and as it would be without an item."""
    points, denominator = frozen.maxima
    counted = [one.item_code for one in entries if one.state != EntryState.NOT_ASSESSED or one.item_code == item_code]
    whole = sum(points[code] for code in counted)
    less = points[item_code] if item_code in counted else 0
    return Fraction(whole, denominator), Fraction(whole - less, denominator)


def _last(entry: Entry) -> NotAssessedRequest:
    found = NotAssessedRequest.objects.select_for_update(no_key=True).filter(entry=entry).order_by("-pk").first()
    if found is None:
        raise Refusal("request_not_open")
    return found


def _move(
    sheet: ScoreSheet, entry: Entry, state: EntryState, frozen: FrozenSet
) -> tuple[dict[str, object], dict[str, object]]:
    """Give an entry its new state; its state and points before and after, as the log keeps them."""
    before = _entry_facts(entry)
    entry.state = state
    rescored(sheet, frozen, {entry.item_code: entry})
    entry.version += 1
    entry.save()
    return before, _entry_facts(entry)


def _entry_facts(entry: Entry) -> dict[str, object]:
    return {"state": str(entry.state), "points": entry.points}


def _log(
    act: str, sheet: ScoreSheet, entry: Entry, by: Session, at: datetime, reason: str, before: dict[str, object],
    after: dict[str, object],
) -> None:  # fmt: skip
    what = audit_log.target(entry, unit=sheet.unit_id, cycle=sheet.cycle_id)
    audit_log.record(act, what, by=by, at=at, before=before, after=after, reason=reason)
