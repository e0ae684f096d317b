"""What members of the council say of an item: one by one, several at once, taken back; what the chair decides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from parindex.database.models import (
    ItemAppraisal,
    LaterDecision,
    Opinion,
    Question,
    ScoreSheet,
    Vote,
)
from parindex.database.models.entries import EntryState
from parindex.database.queries.appraisals import (
    add_opinion,
    last_submission,
)
from parindex.database.queries.monitoring import notes_on_item
from parindex.domain.review.appraisal_permissions import (
    check_can_appraise,
    check_can_decide,
    check_can_take_back,
    not_theirs,
)
from parindex.domain.review.item_standings import Said as Spoken
from parindex.domain.review.opinions import AppraisalState, Capacity, GivenOpinion, OpinionKind
from parindex.domain.review.refusal import Refusal, refusal, require_nothing_against
from parindex.domain.review.stages import Act, SheetState
from parindex.domain.values import exact_number
from parindex.usecases import audit_log
from parindex.usecases.actors import Session, require_current
from parindex.usecases.appraised_points import granted_points, rule_can_give
from parindex.usecases.council_moves import move_by_council, settle_stage
from parindex.usecases.entry_points import points_of
from parindex.usecases.item_standing import HeldItem, held_item, held_items, stand_anew
from parindex.usecases.judged_flags import grant_of, refresh_judged
from parindex.usecases.latest_days import check_not_too_far
from parindex.usecases.precedents import is_precedent
from parindex.usecases.written_texts import REASON_LENGTH, reason_of, whole
from parindex.wording.numbers import points_text

MINUTES_LENGTH = 5_000
BODY_LENGTH = 300
#: Why an item is no longer for somebody: they are led to where it stands.
_GONE = frozenset({"item_moved_on", "item_decided"})
#: States that the council has nothing to say of.
_OUT_OF_HAND = frozenset({AppraisalState.SURVEYED, AppraisalState.NOT_ASSESSED})


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says of an item.

    ``points`` are typed with ``adjust``, beside an acceptance only those that it grants; ``question`` and ``due_at``
    with ``ask``; ``cites`` is a precedent and ``note`` a finding of the year that the reason stands on. ``body``,
    ``given_at``: for whom and when it was given where that was on paper. ``minutes`` are those of the chair's decision.
    """

    kind: OpinionKind
    points: str = ""
    reason: str = ""
    question: str = ""
    due_at: datetime | None = None
    cites: int | None = None
    note: int | None = None
    is_public: bool = True
    body: str = ""
    given_at: datetime | None = None
    minutes: str = ""


@transaction.atomic
def give_opinion(*, by: Session, at: datetime, entry_id: int, said: Said, seen: int, known: str = "") -> ItemAppraisal:
    """Say something of an item that one is assigned to; ``seen`` is the version of what was shown
    (``appraisal_changed``). Who may not see what others say brings the mark of what they are shown (``known``): what
    they may not see has changed nothing for them.

    A reason is due unless a claim without open flags is accepted. At a level above another, what that has granted is
    accepted. Where nothing is claimed nothing can be accepted (``nothing_claimed``): the points are adjusted to 0.
    What chair or council have decided is not asked about by a member (``decided_above``).
    """
    held = held_item(entry_id, by.user.pk)
    refused = refusal(check_can_appraise, by.actor, held.item_facts(asked=held.is_explained), held.seat_of(by))
    if refused is not None:
        # Who had the item when their page was made is told where it has gone, not that it never was theirs.
        is_gone = refused.code == "not_assigned" and held.appraisal.version != seen
        code = "item_moved_on" if is_gone else refused.code
        raise Refusal(code, sheet=held.sheet.pk, item=held.code) if code in _GONE else refused
    if not known or held.known_to(by) != known:
        _require_seen(held, seen)
    if said.kind is OpinionKind.ASK and held.is_decided:
        raise Refusal("decided_above")
    store_opinion(held, said, Capacity.MEMBER, by, at)
    return held.appraisal


@transaction.atomic
def decide(*, by: Session, at: datetime, entry_id: int, said: Said, seen: int) -> ItemAppraisal:
    """The chair decides, with minutes: where opinions differ, where nobody may appraise, or instead of the others."""
    held = held_item(entry_id, by.user.pk)
    check_can_decide(by.actor, held.sheet_facts, held.seat_of(by))
    require_to_appraise(held)
    _require_seen(held, seen)
    store_opinion(held, said, Capacity.CHAIR, by, at)
    return held.appraisal


@transaction.atomic
def accept_all(*, by: Session, at: datetime, picked: Sequence[tuple[int, int | str]]) -> int:
    """Accept several items at once, all or none: those without open flags that wait for this member; how many.

    ``picked``: the key of each entry with the version of what was shown, or the mark of it as in :func:`give_opinion`.
    Refused with the codes of those that have changed since (``items_changed``), or are not so (``not_all_acceptable``).
    """
    shown = dict(picked)
    items = held_items(list(shown), by.user.pk)
    if not items or len(items) != len(shown):
        raise Refusal("items_not_picked")
    changed = [held for held in items if shown[held.appraisal.pk] not in (held.appraisal.version, held.known_to(by))]
    for held in items:
        facts = held.item_facts()
        refused = refusal(check_can_appraise, by.actor, facts, held.seat_of(by))
        if refused is None and by.user.pk not in facts.assigned:
            refused = Refusal(not_theirs(facts))
        if refused is not None and not (refused.code == not_theirs(facts) and held in changed):
            raise refused
    if changed:
        raise Refusal("items_changed", items=[(held.sheet.unit_name, held.code) for held in changed])
    others = [held for held in items if not held.waits_for(by) or held.appraisal.flags or not held.acceptable]
    if others:
        raise Refusal("not_all_acceptable", items=[(held.sheet.unit_name, held.code) for held in others])
    lines = [_said(held, Said(OpinionKind.ACCEPT), Capacity.MEMBER, by, at, in_bulk=True)[1] for held in items]
    audit_log.hold_chains(held.sheet.cycle_id for held in items)
    for cycle in sorted({held.sheet.cycle_id for held in items}):
        mine = [line for held, line in zip(items, lines, strict=True) if held.sheet.cycle_id == cycle]
        role = next(held for held in items if held.sheet.cycle_id == cycle).role_of(by)
        audit_log.record_all("give_opinion", mine, cycle=cycle, by=by, at=at, role=role)
    refresh_judged([held.entry for held in items], at)
    for sheet in {held.sheet.pk: held.sheet for held in items}.values():
        _move(sheet, by, at)
    return len(items)


@transaction.atomic
def take_back(*, by: Session, at: datetime, opinion_id: int) -> ItemAppraisal:
    """Undo one's own last opinion while nothing has followed it; it stays to be read, with when it was taken back."""
    held = held_item(Opinion.objects.values_list("entry", flat=True).get(pk=opinion_id), by.user.pk)
    check_can_take_back(by.actor, held.sheet_facts, held.seat_of(by))
    opinion = Opinion.objects.select_for_update(no_key=True).get(pk=opinion_id)
    if opinion.author_id != by.user.pk or opinion.capacity == Capacity.COUNCIL:
        raise Refusal("opinion_of_other")
    if opinion.withdrawn_at is not None or _is_followed(opinion):
        raise Refusal("opinion_followed")
    opinion.withdrawn_at = at
    opinion.save(update_fields=["withdrawn_at"])
    Question.objects.filter(opinion=opinion).update(withdrawn_at=at)
    # What this opinion had made needless is asked again.
    Question.objects.filter(entry=opinion.entry_id, withdrawn_at=opinion.at, sent_at=None).update(withdrawn_at=None)
    before = _stands(held)
    held.read_again()
    stand_anew(held, at)
    after = {"opinion": opinion.pk, "kind": str(opinion.kind), **_stands(held)}
    role = held.role_of(by, Capacity(opinion.capacity))
    audit_log.record("take_back_opinion", held.target, by=by, at=at, role=role, before=before, after=after)
    refresh_judged([held.entry], at)
    settle_stage(held.sheet, by=by, at=at)
    return held.appraisal


@transaction.atomic
def put_off(*, by: Session, at: datetime, entry_id: int) -> None:
    """Look at an item later: it goes to the end of one's own queue. Nothing is said by it, so nothing is logged."""
    held = held_item(entry_id, by.user.pk)
    check_can_appraise(by.actor, held.item_facts(), held.seat_of(by))
    require_current(by)
    LaterDecision.objects.update_or_create(
        entry_id=entry_id, user=by.user, defaults={"cycle_id": held.sheet.cycle_id, "at": at}
    )


# --- what is checked of an opinion --------------------------------------------------------------------------------


def _require_seen(held: HeldItem, seen: int) -> None:
    if held.appraisal.version != seen:
        raise Refusal("appraisal_changed")


def require_to_appraise(held: HeldItem) -> None:
    """The council has something to say of the item now: no survey gives its points, and no question is out."""
    _require_in_hand(held)
    if held.is_explained:
        raise Refusal("item_being_explained")
    _require_request_decided(held)


def _require_request_decided(held: HeldItem) -> None:
    """Whether the item is assessed at all is decided first: else a decision would be taken away again."""
    if held.entry.state == EntryState.NOT_ASSESSED_REQUESTED:
        raise Refusal("request_undecided")


def _require_in_hand(held: HeldItem) -> None:
    if held.appraisal.state in _OUT_OF_HAND:
        raise Refusal("nothing_to_appraise", state=held.appraisal.state)


def _is_followed(opinion: Opinion) -> bool:
    """Whether something was said, asked or put to the vote since: then the opinion stands."""
    later = Opinion.objects.filter(entry=opinion.entry_id, pk__gt=opinion.pk, withdrawn_at=None)
    sent = Question.objects.filter(opinion=opinion).exclude(sent_at=None)
    votes = Vote.objects.filter(entry=opinion.entry_id, opened_at__gt=opinion.at)
    return later.exists() or sent.exists() or votes.exists()


def _points(held: HeldItem, said: Said) -> str:
    """The points that an opinion grants; "" where it grants none."""
    if said.kind is OpinionKind.ASK:
        return ""
    if said.kind is OpinionKind.ADJUST:
        return _adjusted(held, granted_points(held.frozen, held.code, said.points))
    if not held.acceptable:
        raise Refusal("nothing_given" if held.is_by_agency else "nothing_claimed")
    _require_the_same(held, said)
    return held.acceptable


def _require_the_same(held: HeldItem, said: Said) -> None:
    """Points that are typed beside an acceptance are those that it grants, exactly or as they are printed."""
    typed, accepted = said.points.strip(), exact_number(held.acceptable)
    if not typed or typed == points_text(accepted):
        return
    if exact_number(granted_points(held.frozen, held.code, typed)) != accepted:
        raise Refusal("points_beside_accept", typed=typed, kind=said.kind, accepted=accepted)


def _adjusted(held: HeldItem, points: str) -> str:
    """Points other than those that are accepted: who grants these agrees, and says so."""
    if held.granted_below is not None:
        if exact_number(points) == held.granted_below:
            raise Refusal("adjusted_to_granted", points=held.granted_below)
    elif held.claimed and exact_number(points) == exact_number(held.claimed):
        code = "adjusted_to_given" if held.is_by_agency else "adjusted_to_claim"
        raise Refusal(code, points=exact_number(points))
    return points


def _reason(held: HeldItem, said: Said) -> str:
    """The reason of an opinion; a question is reason enough, and so is a claim that nothing speaks against."""
    plain = said.kind is OpinionKind.ASK or (said.kind is OpinionKind.ACCEPT and not held.appraisal.flags)
    why = reason_of(said.reason, needed=False)
    if not why and not plain:
        raise Refusal("flag_needs_reason" if said.kind is OpinionKind.ACCEPT else "reason_needed")
    return why


def _checked(held: HeldItem, said: Said, capacity: Capacity, at: datetime) -> tuple[str, str]:
    """The reason and the points of an opinion; refused with everything that is wrong with it."""
    problems, found = [*_ungrounded(held, said, capacity, at), *misplaced(said)], ["", ""]
    for place, read in enumerate((_reason, _points)):
        try:
            found[place] = read(held, said)
        except Refusal as refused:
            problems.append(refused)
    require_nothing_against(problems)
    return found[0], found[1]


def _ungrounded(held: HeldItem, said: Said, capacity: Capacity, at: datetime) -> Iterator[Refusal]:
    """What is not there or not about this of what an opinion stands on, and what was given on paper later than now."""
    if capacity is Capacity.CHAIR and not whole(said.minutes, MINUTES_LENGTH):
        yield Refusal("minutes_needed")
    if said.kind is OpinionKind.ASK and not said.question.strip():
        yield Refusal("question_needed")
    if said.due_at is not None and said.due_at <= at:
        yield Refusal("due_in_the_past", due=said.due_at)
    elif said.due_at is not None:
        too_far = refusal(check_not_too_far, held.sheet.cycle_id, said.due_at, at)
        yield from [too_far] if too_far else []
    if said.given_at is not None and said.given_at > at:
        yield Refusal("given_in_the_future")
    if said.cites is not None and not is_precedent(said.cites, held.sheet, held.frozen, held.code):
        yield Refusal("cited_not_there")
    if said.note is not None and said.note not in _notes(held):
        yield Refusal("note_not_there")


def misplaced(said: Said) -> Iterator[Refusal]:
    """What was typed beside a kind of opinion that takes nothing of it: it would be lost."""
    if said.kind is not OpinionKind.ASK:
        if said.question.strip() or said.due_at is not None:
            yield Refusal("question_beside_opinion", kind=said.kind)
        return
    if said.points.strip():
        yield Refusal("points_beside_question", typed=said.points.strip())
    if said.reason.strip():
        yield Refusal("reason_beside_question")


def _notes(held: HeldItem) -> set[int]:
    """The findings that an opinion on the item may stand on: those that the page shows beside it."""
    year, owner = held.frozen.year, held.sheet.cycle.owner_id
    return {one.pk for one in notes_on_item(owner=owner, unit=held.sheet.unit_id, year=year, code=held.code)}


# --- storing one ---------------------------------------------------------------------------------------------------


def store_opinion(held: HeldItem, said: Said, capacity: Capacity, by: Session, at: datetime) -> Opinion:
    """Store an opinion that somebody may give, let the item stand by it, and log it."""
    granted = grant_of(held.appraisal)
    opinion, line = _said(held, said, capacity, by, at)
    role = held.role_of(by, capacity)
    action = "decide_item" if capacity is not Capacity.MEMBER else "give_opinion"
    audit_log.record(
        action, line[0], by=by, at=at, role=role, before=line[1].before, after=line[1].after, reason=line[1].reason
    )
    if granted != grant_of(held.appraisal):
        refresh_judged([held.entry], at)
    _move(held.sheet, by, at)
    return opinion


def _said(
    held: HeldItem, said: Said, capacity: Capacity, by: Session, at: datetime, *, in_bulk: bool = False
) -> tuple[Opinion, tuple[audit_log.Target, audit_log.Told]]:
    """An opinion stored, where the item stands with it, and what the log says of it."""
    _require_in_hand(held)
    _require_request_decided(held)
    before, (why, points) = _stands(held), _checked(held, said, capacity, at)
    opinion = Opinion(
        entry=held.entry, level=held.level, author=by.user, author_name=by.user.full_name, capacity=capacity,
        kind=said.kind, points=points, reason=why, minutes=whole(said.minutes, MINUTES_LENGTH),
        body=whole(said.body, BODY_LENGTH), given_at=said.given_at, at=at, cites_id=said.cites, note_id=said.note,
        is_public=said.is_public, in_bulk=in_bulk,
        submission_id=next((key for (key,) in last_submission(sheet=held.sheet.pk)), None),
    )  # fmt: skip
    _drop_drafts(held, opinion)
    if said.kind is OpinionKind.ASK or capacity is Capacity.COUNCIL:
        opinion.save(force_insert=True)
    else:
        add_opinion(opinion)
    if said.kind is OpinionKind.ASK:
        text = whole(said.question, REASON_LENGTH)
        Question.objects.create(entry=held.entry, opinion=opinion, text=text, due_at=said.due_at)
    held.said.append(Spoken(opinion.level, GivenOpinion(by.user.pk, said.kind, points_of(points), capacity), at))
    stand_anew(held, at)
    if held.appraisal.is_put_off:  # type: ignore[attr-defined]  # annotated
        LaterDecision.objects.filter(entry=held.entry, user=by.user).delete()
    return opinion, (held.target, audit_log.Told(before, {**_facts(held, opinion), **_stands(held)}, why))


def _drop_drafts(held: HeldItem, opinion: Opinion) -> None:
    """Who speaks again no longer asks what was not sent yet; where chair or council decides, nobody does."""
    above = opinion.capacity is not Capacity.MEMBER and opinion.kind is not OpinionKind.ASK
    asking = [
        one for one in held.said
        if one.opinion.kind is OpinionKind.ASK and one.answered_at is None and one.closed_at is None
        and (above or one.opinion.author == opinion.author_id)
    ]  # fmt: skip
    if not asking:
        return
    drafts = Question.objects.filter(entry=held.entry, sent_at=None, closed_at=None, withdrawn_at=None)
    if not above:
        drafts = drafts.filter(opinion__author=opinion.author_id)
    if drafts.update(withdrawn_at=opinion.at):
        held.read_again()


def _move(sheet: ScoreSheet, by: Session, at: datetime) -> None:
    """Whatever is said of an answer takes the sheet up again; what is left or not left moves it on."""
    if sheet.state == SheetState.RESUBMITTED:
        move_by_council(sheet, Act.TAKE_UP, by=by, at=at)
    settle_stage(sheet, by=by, at=at)


def _stands(held: HeldItem) -> dict[str, Any]:
    return {"appraisal": str(held.appraisal.state), "level": held.appraisal.level, "granted": held.appraisal.points}


def _facts(held: HeldItem, opinion: Opinion) -> dict[str, Any]:
    """What the log says of an opinion beside where it leaves the item."""
    facts: dict[str, Any] = {
        "item": held.code, "unit": held.sheet.unit_name, "kind": str(opinion.kind), "capacity": str(opinion.capacity),
        "points": opinion.points, "public": opinion.is_public,
    }  # fmt: skip
    if opinion.kind is OpinionKind.ADJUST and not rule_can_give(held.frozen, held.code, opinion.points):
        facts["beyond_rule"] = True
    more = {"cites": opinion.cites_id, "note": opinion.note_id, "body": opinion.body, "given_at": opinion.given_at,
            "minutes": opinion.minutes, "bulk": opinion.in_bulk}  # fmt: skip
    return facts | {name: value for name, value in more.items() if value}
