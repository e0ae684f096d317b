"""Questions of the council and what units answer: each function says how many queries it makes."""

from __future__ import annotations

from django.db.models import OuterRef, Q, QuerySet

from parindex.database.models import Cycle, Opinion, Question, ScoreSheet, SheetPart
from parindex.database.queries.prepared import prepared
from parindex.domain.review.opinions import AppraisalState

#: A question that the unit has before it: sent, and neither answered nor over.
OPEN = Q(sent_at__isnull=False, answered_at=None, closed_at=None, withdrawn_at=None)
#: A question that waits for the secretary; what was decided otherwise meanwhile is not asked any more.
UNSENT = Q(sent_at=None, withdrawn_at=None, entry__appraisal__state=AppraisalState.ASKED)


@prepared
def asked_items(sheet: int) -> QuerySet[Question, tuple[str]]:
    """The items of a sheet that the unit answers for now."""
    return Question.objects.filter(OPEN, entry__sheet=sheet).order_by("pk").values_list("entry__item_code")


def open_question() -> QuerySet[Question]:
    """The open questions on the entry of a row that points at one, for ``Exists``."""
    return Question.objects.filter(OPEN, entry=OuterRef("entry"))


def open_questions(sheet: int) -> QuerySet[Question]:
    """The open questions of a sheet in reading order, with their entries."""
    return Question.objects.filter(OPEN, entry__sheet=sheet).select_related("entry").order_by("entry__position", "pk")


def answers_of(sheet: ScoreSheet, part: SheetPart | None = None) -> tuple[Question, ...]:
    """What the unit answers the council: what it has signed, and the drafts that it signs next; in reading order.

    One query, none where the council has asked nothing.
    """
    if sheet.answer_until is None:
        return ()
    said = Question.objects.filter(OPEN | Q(answered_at__isnull=False), entry__sheet=sheet).exclude(answer="")
    if part is not None:
        said = said.filter(entry__part=part)
    return tuple(said.select_related("entry").order_by("entry__position", "pk"))


def unsent_of_cycle(cycle: Cycle) -> QuerySet[Question]:
    """The questions of a cycle that nobody has sent yet, by unit, in reading order."""
    rows = Question.objects.filter(UNSENT, entry__sheet__cycle=cycle)
    return rows.select_related("entry__part", "opinion").order_by(
        "entry__sheet__position", "entry__sheet", "entry__position", "pk"
    )


def open_of_cycle(cycle: Cycle) -> QuerySet[Question]:
    """The questions of a cycle that units answer now, by unit, in reading order."""
    rows = Question.objects.filter(OPEN, entry__sheet__cycle=cycle).select_related("entry__part", "opinion", "round")
    return rows.order_by("entry__sheet__position", "entry__sheet", "entry__position", "pk")


@prepared
def questions_on(entry: int) -> QuerySet[Question]:
    """What the unit was asked about an entry, the oldest first, with who answered."""
    rows = Question.objects.filter(entry=entry, sent_at__isnull=False, withdrawn_at=None)
    return rows.select_related("round", "answer_by", "opinion").order_by("pk")


@prepared
def words_of(opinions: list[int]) -> QuerySet[Opinion, tuple[int, str, str]]:
    """The reasons of opinions by their keys, and for whom they were given; those too that are not public."""
    return Opinion.objects.filter(pk__in=opinions).order_by("pk").values_list("pk", "reason", "body")
