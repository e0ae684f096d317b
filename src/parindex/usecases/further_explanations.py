"""Questions of the council and the units' further explanations: asked, sent in rounds, answered, taken back.

What was signed stays as it was signed: a unit that is asked writes an answer beside it, may change what it was asked
about, and signs again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from parindex.database.mapping.frozen_sets import frozen_set
from parindex.database.models import Council, ExplanationRound, Question, ScoreSheet, SheetPart
from parindex.database.queries.councils import seat_in
from parindex.database.queries.further_explanations import UNSENT, open_questions
from parindex.database.queries.score_sheets import part_facts, sheet_facts
from parindex.domain.review.appraisal_permissions import check_can_ask_units
from parindex.domain.review.further_explanation_permissions import check_can_withdraw_question
from parindex.domain.review.permissions import SheetFacts, check_can_edit_part, works_for
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.stages import Act, SheetState, befores, transition
from parindex.usecases import audit_log, notices_of_appraisal
from parindex.usecases.actors import Session
from parindex.usecases.citations import Linked
from parindex.usecases.claims import is_in_parts
from parindex.usecases.entries import hold_entry_of, require_standing
from parindex.usecases.explanation_rounds import asked_words, close_withdrawn
from parindex.usecases.flags import raise_flags
from parindex.usecases.item_standing import restand
from parindex.usecases.latest_days import check_not_too_far
from parindex.usecases.read_marks import read_mark
from parindex.usecases.sheet_moves import held_sheet, log_move, stand
from parindex.usecases.unsigned_changes import claim_as_asked, hold_sheets_of_unit
from parindex.usecases.written_texts import whole
from parindex.wording.language import text

#: The longest answer of the sheet of 2020 has 11,754 characters.
ANSWER_LENGTH = 20_000
ROUND_TITLE_LENGTH = 120


# --- sending ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def send_questions(
    *, by: Session, at: datetime, sheet_ids: Sequence[int], ends_at: datetime, title: str = "", seen: str | None = None
) -> int:
    """Send every question of some sheets of one cycle that nobody has sent yet, to be answered by ``ends_at``; how
    many.

    All of them or none; where those that were looked at (``seen``, a :func:`questions_mark`) are others, none
    (``questions_changed``). They go into the round that ends then, or into a new one; what was signed stays valid as
    history, and is signed again with the answers. Refused where a unit still answers (``sheet_being_explained``).
    """
    asked: list[_Asked] = []
    for pk in sorted(set(sheet_ids)):
        sheet, parts = held_sheet(pk)
        rows = Question.objects.select_for_update(of=("self",), no_key=True).filter(UNSENT, entry__sheet=sheet)
        questions = list(rows.select_related("entry").order_by("entry__position", "pk"))
        facts = _facts(sheet, parts, {one.entry.part_id for one in questions})
        check_can_ask_units(by.actor, facts, seat_in(sheet.cycle_id, by.user.pk))
        if questions:
            asked.append(_Asked(sheet, parts, questions))
    if not asked:
        raise Refusal("no_questions_to_send")
    there = [question for one in asked for question in one.questions]
    if seen is not None and seen != questions_mark(there):
        raise Refusal("questions_changed", count=len(there))
    if len({one.sheet.cycle_id for one in asked}) > 1:
        raise Refusal("sheets_of_other_cycle")
    closed = [one.sheet.unit_name for one in asked if one.sheet.state not in befores(Act.ASK)]
    if closed:
        raise Refusal("sheet_being_explained", units=closed)
    made = _round(asked[0].sheet, ends_at, whole(title, ROUND_TITLE_LENGTH), at)
    moves = [move for one in asked for move in _sent(one, made, by, at)]
    for move in moves:
        move.record(made, by, at)
    for one in asked:
        notices_of_appraisal.questions_sent(one.sheet, one.counts_by_lead, made)
    return sum(len(one.questions) for one in asked)


def questions_mark(questions: Iterable[Question]) -> str:
    """The mark of questions as they were looked at: it tells whether any was added, withdrawn or worded anew."""
    return read_mark({str(one.pk): one.text for one in questions})


@dataclass(frozen=True, slots=True)
class _Asked:
    """A held sheet with the questions that are to be sent."""

    sheet: ScoreSheet
    parts: Sequence[SheetPart]
    questions: Sequence[Question]

    def codes(self, part: SheetPart | None = None) -> list[str]:
        """The items that are asked about, of one part or of all."""
        mine = [one.entry for one in self.questions if part is None or one.entry.part_id == part.pk]
        return list(dict.fromkeys(entry.item_code for entry in mine))

    @property
    def counts_by_lead(self) -> Mapping[int, int]:
        """How many items each lead unit is asked about."""
        return {part.lead_unit_id: len(codes) for part in self.parts if (codes := self.codes(part))}


@dataclass(frozen=True, slots=True)
class _Move:
    """A sheet or part that was returned with questions, for its record."""

    row: ScoreSheet | SheetPart
    sheet: ScoreSheet
    before: str
    codes: Sequence[str]
    linked: Linked

    def record(self, made: ExplanationRound, by: Session, at: datetime) -> None:
        roles = transition(Act.ASK, SheetState(self.before)).roles
        role = by.actor.role_at(self.sheet.cycle.owner_path, *roles, cycle=self.sheet.cycle_id)
        log_move(
            self.row, self.sheet, Act.ASK, self.before, SheetState.RETURNED, by, at, role, "", self.linked,
            round=made.title, until=made.ends_at, asked_items=list(self.codes),
        )  # fmt: skip


def _facts(sheet: ScoreSheet, parts: Sequence[SheetPart], asked: Collection[int]) -> SheetFacts:
    """The sheet as rights see it, led by the units that lead the parts that are ``asked`` about."""
    leads = tuple(part.lead_path for part in parts if part.pk in asked)
    return replace(sheet_facts(sheet, parts), leads=leads)


def _round(sheet: ScoreSheet, ends_at: datetime, title: str, at: datetime) -> ExplanationRound:
    """The round that is open until ``ends_at``, or a new one."""
    if ends_at <= at:
        raise Refusal("round_ends_in_the_past", until=ends_at)
    check_not_too_far(sheet.cycle_id, ends_at, at)
    council = Council.objects.filter(cycle=sheet.cycle_id).first()
    if council is None:
        raise Refusal("no_council")
    rounds = ExplanationRound.objects.select_for_update(no_key=True).filter(council=council).order_by("number")
    known = list(rounds)
    same = [one for one in known if one.ends_at == ends_at and one.closed_at is None and title in ("", one.title)]
    if same:
        return same[-1]
    number = known[-1].number + 1 if known else 1
    words = title or text("Đợt giải trình {number}", number=number)
    return ExplanationRound.objects.create(council=council, number=number, title=words, ends_at=ends_at)


def _sent(asked: _Asked, made: ExplanationRound, by: Session, at: datetime) -> list[_Move]:
    """Send the questions of one sheet: it is returned, and so is every part that is asked about."""
    sheet, frozen = asked.sheet, frozen_set(asked.sheet.group.set_version)
    for one in asked.questions:
        one.round, one.due_at, one.sent_at, one.sent_by = made, made.ends_at, at, by.user
        one.before = claim_as_asked(one.entry, frozen, sheet.unit_id)
    fields = ["round", "due_at", "sent_at", "sent_by", "before"]
    Question.objects.bulk_update(asked.questions, fields, batch_size=100)
    moves = []
    for part in asked.parts:
        codes = asked.codes(part)
        if not codes:
            continue
        before, part.state = part.state, transition(Act.ASK, SheetState(part.state)).after
        part.returned_reason = asked_words([one for one in asked.questions if one.entry.part_id == part.pk], made)
        part.save(update_fields=["state", "returned_reason"])
        if is_in_parts(sheet, asked.parts):
            moves.append(_Move(part, sheet, before, codes, Linked()))
    before, after = sheet.state, transition(Act.ASK, SheetState(sheet.state)).after
    # An extension for what is submitted has done its work; one that comes later prolongs the answer.
    linked = stand(sheet, after, Act.ASK, by, at, answer_until=made.ends_at, extended_until=None)
    return [_Move(sheet, sheet, before, asked.codes(), linked), *moves]


# --- answering -------------------------------------------------------------------------------------------------------


@transaction.atomic
def write_answer(*, by: Session, at: datetime, question_id: int, answer: str, seen: int) -> Question:
    """Write the draft of an answer; the council sees it once the leader has signed.

    ``seen`` is the version that the page showed: refused (``answer_changed``) where a colleague has written since, and
    (``item_replaced``) where the item has left the set.
    """
    found = Question.objects.select_related("entry").get(pk=question_id)
    held = hold_entry_of(found)
    part = part_facts(held.entry.part, held.sheet)
    if works_for(by.actor, part.lead):
        require_standing(held.entry)  # before the stage of the sheet, which may have gone on without the question
    check_can_edit_part(by.actor, part, at)
    question = open_questions(held.sheet.pk).select_for_update(of=("self",), no_key=True).filter(pk=found.pk).first()
    if question is None:
        raise Refusal("question_not_open")
    plain = whole(answer, ANSWER_LENGTH)
    if plain == question.answer:
        return question
    if question.answer_version != seen:
        who = question.answer_by.full_name if question.answer_by else ""
        raise Refusal("answer_changed", by=who)
    before, question.answer = question.answer, plain
    question.answer_version += 1
    question.answer_by, question.answer_at = by.user, at
    question.save(update_fields=["answer", "answer_version", "answer_by", "answer_at"])
    what = audit_log.target(question, unit=held.sheet.unit_id, cycle=held.sheet.cycle_id)
    audit_log.record("write_answer", what, by=by, at=at, before={"answer": before}, after={"answer": plain})
    return question


def answered(sheet: ScoreSheet, *, by: Session, at: datetime) -> int:
    """The held sheet is being signed again: the council sees the answers from now on, and looks at the items anew."""
    questions = list(open_questions(sheet.pk).select_for_update(of=("self",), no_key=True))
    if questions:
        Question.objects.filter(pk__in=[one.pk for one in questions]).update(answered_at=at)
        restand([one.entry_id for one in questions], by=by, at=at)
        raise_flags([sheet.pk], at=at)
        notices_of_appraisal.questions_answered(sheet, len(questions))
    return len(questions)


# --- taking back -----------------------------------------------------------------------------------------------------


@transaction.atomic
def withdraw_question(*, by: Session, at: datetime, question_id: int) -> Question:
    """Take a question back before the unit has answered it, and with it the opinion that asked it.

    What the unit has changed for its sake without signing is undone; where nothing else is asked of the unit, the
    sheet goes back to the council.
    """
    found = Question.objects.select_related("entry").get(pk=question_id)
    hold_sheets_of_unit(found.entry.sheet_id)
    sheet, parts = held_sheet(found.entry.sheet_id)
    question = (
        Question.objects.select_for_update(of=("self",), no_key=True)
        .select_related("entry", "opinion")
        .get(pk=question_id)
    )
    facts, seat = _facts(sheet, parts, {question.entry.part_id}), seat_in(sheet.cycle_id, by.user.pk)
    check_can_withdraw_question(by.actor, facts, question.opinion.author_id, seat)
    if question.answered_at is not None:
        raise Refusal("question_already_answered")
    if question.withdrawn_at is not None or question.closed_at is not None:
        raise Refusal("question_not_open")
    question.withdrawn_at = question.opinion.withdrawn_at = at
    question.save(update_fields=["withdrawn_at"])
    question.opinion.save(update_fields=["withdrawn_at"])
    what = audit_log.target(question, unit=sheet.unit_id, cycle=sheet.cycle_id)
    before = {"item": question.entry.item_code, "question": question.text}
    if question.sent_at is not None:
        close_withdrawn(sheet, parts, question, by=by, at=at)
    audit_log.record("withdraw_question", what, by=by, at=at, before=before)
    restand([question.entry_id], by=by, at=at)
    if question.sent_at is not None:  # what was noticed of a draft meanwhile is gone with it
        raise_flags([sheet.pk], at=at)
    return question
