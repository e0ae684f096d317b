"""The end of a round of explanations: by the clock, or because nothing is asked of a unit any more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from parindex.database.models import ExplanationRound, Question, ScoreSheet, SheetPart
from parindex.database.queries.further_explanations import OPEN, open_questions
from parindex.database.queries.score_sheets import deadline_of, sheets
from parindex.domain.review.roles import Role
from parindex.domain.review.stages import Act, CycleState, SheetState, befores, transition
from parindex.usecases import notices_of_appraisal
from parindex.usecases.actors import Session
from parindex.usecases.citations import Linked
from parindex.usecases.claims import is_in_parts
from parindex.usecases.council_moves import move_by_council
from parindex.usecases.flags import raise_flags
from parindex.usecases.item_standing import restand
from parindex.usecases.sheet_moves import held_sheet, log_move
from parindex.usecases.unsigned_changes import hold_sheets_of_unit, take_back_unsigned
from parindex.wording.language import text

_ANSWERING = befores(Act.CLOSE_ROUND)


def close_rounds(*, at: datetime) -> int:
    """Give every sheet whose time to answer is over back to the council; how many. The clock acts, nobody else."""
    due = sheets().filter(
        cycle__state=CycleState.APPRAISAL, answer_until__isnull=False, state__in=[str(one) for one in _ANSWERING]
    )
    late = [sheet.pk for sheet in due.order_by("pk") if (ends := deadline_of(sheet)) is not None and at > ends]
    done = sum(_close(sheet, at) for sheet in late)
    still = Exists(Question.objects.filter(OPEN, round=OuterRef("pk")))
    ExplanationRound.objects.filter(~still, ends_at__lt=at, closed_at=None).update(closed_at=at)
    return done


@transaction.atomic
def _close(sheet_id: int, at: datetime) -> bool:
    """Read again what stands there now: somebody may have signed, or been given more time, a moment ago.

    What the leader of a part has signed is an answer, also where the head of the body did not submit the whole.
    """
    hold_sheets_of_unit(sheet_id)
    sheet, parts = held_sheet(sheet_id)
    ends = deadline_of(sheet)
    if sheet.state not in _ANSWERING or ends is None or at <= ends:
        return False
    questions = list(open_questions(sheet.pk).select_for_update(of=("self",), no_key=True))
    signed = {one.pk for one in parts if one.state == SheetState.RESUBMITTED and is_in_parts(sheet, parts)}
    done = [one for one in questions if one.entry.part_id in signed and one.answer]
    left = [one for one in questions if one not in done]
    take_back_unsigned(sheet, [one for one in left if one.entry.part_id not in signed], by=None, at=at)
    Question.objects.filter(pk__in=[one.pk for one in done]).update(answered_at=at)
    Question.objects.filter(pk__in=[one.pk for one in left]).update(closed_at=at)
    for part in parts:
        if part.pk in signed:
            _move_part(sheet, part, Act.TAKE_UP, None, at)
    move_by_council(sheet, Act.CLOSE_ROUND, by=None, at=at)
    restand([one.entry_id for one in questions], by=None, at=at)
    raise_flags([sheet.pk], at=at)
    if done:
        notices_of_appraisal.questions_answered(sheet, len(done))
    return True


def close_withdrawn(
    sheet: ScoreSheet, parts: Sequence[SheetPart], question: Question, *, by: Session, at: datetime
) -> None:
    """What follows where a sent question was taken back: the item is as it was submitted, unless another question is
    open on it; a part, or the sheet, that nothing is asked of any more goes back to the council.
    """
    left = list(open_questions(sheet.pk).select_related("round"))
    if question.entry_id not in {one.entry_id for one in left}:
        take_back_unsigned(sheet, [question], by=by, at=at)
    if sheet.state not in _ANSWERING:
        return
    if not left:
        move_by_council(sheet, Act.CLOSE_ROUND, by=by, at=at)
        return
    name_asked(parts, left)
    asked = {one.entry.part_id for one in left}
    for part in parts:
        if part.pk == question.entry.part_id and part.pk not in asked and part.state in _ANSWERING:
            _move_part(sheet, part, Act.CLOSE_ROUND, by, at)


def asked_words(questions: Sequence[Question], made: ExplanationRound) -> str:
    """What a part was returned for: the items that questions of one round ask about, in reading order."""
    codes = dict.fromkeys(one.entry.item_code for one in questions)
    return text("Hội đồng hỏi mục {items} ({round}).", items=", ".join(codes), round=made.title)


def name_asked(parts: Iterable[SheetPart], questions: Sequence[Question]) -> None:
    """Parts that are asked about say so of what is still asked, by its code of today; ``questions``: all that are open
    on them, in reading order.
    """
    for part in parts:
        mine = [one for one in questions if one.entry.part_id == part.pk]
        if mine and mine[0].round is not None:
            words = asked_words(mine, mine[0].round)
            if words != part.returned_reason:
                part.returned_reason = words
                part.save(update_fields=["returned_reason"])


def _move_part(sheet: ScoreSheet, part: SheetPart, act: Act, by: Session | None, at: datetime) -> None:
    """A part of a sheet in parts moves alone."""
    before, part.state = part.state, transition(act, SheetState(part.state)).after
    part.save(update_fields=["state"])
    role = by.actor.role_at(sheet.cycle.owner_path, *_SENDERS, cycle=sheet.cycle_id) if by else None
    log_move(part, sheet, act, before, part.state, by, at, role, "", Linked())


_SENDERS = (Role.SECRETARY, Role.CHAIR, Role.APPRAISER)
