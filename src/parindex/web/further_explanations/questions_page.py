"""What the secretary sees of a cycle: questions that nobody has sent yet, and what units still answer, by unit."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from parindex.database.models import Cycle, Question, ScoreSheet
from parindex.database.queries.councils import seat_in
from parindex.database.queries.further_explanations import open_of_cycle, unsent_of_cycle
from parindex.database.queries.score_sheets import cycle_facts, deadline_of, sheet_facts, sheets
from parindex.domain.review.appraisal_permissions import is_barred
from parindex.domain.review.further_explanation_permissions import sends_questions
from parindex.domain.review.stages import Act, befores
from parindex.usecases.actors import Session
from parindex.usecases.further_explanations import questions_mark


@dataclass(frozen=True, slots=True)
class UnitQuestions:
    """The questions about one sheet, in reading order; ``until`` is when the unit's time to answer ends.

    ``barred``: the keys of those that go to the own unit of who looks, or to one declared in conflict.
    """

    sheet: ScoreSheet
    questions: list[Question] = field(default_factory=list)
    barred: set[int] = field(default_factory=set)

    @property
    def can_be_sent(self) -> bool:
        """Whether the unit can be asked now, by this person: nothing else waits for its answer."""
        return self.sheet.state in befores(Act.ASK) and not self.barred

    @property
    def until(self) -> datetime | None:
        """The last moment of answering."""
        return deadline_of(self.sheet)


@dataclass(frozen=True, slots=True)
class QuestionsPage:
    """``picked`` are the keys of the sheets that were ticked; ``sends``: whether this person sends questions."""

    cycle: Cycle
    unsent: Sequence[UnitQuestions]
    open: Sequence[UnitQuestions]
    picked: Collection[int] = ()
    sends: bool = False

    @property
    def chosen(self) -> list[UnitQuestions]:
        """The units that were ticked and can be asked."""
        return [one for one in self.unsent if one.sheet.pk in self.picked and one.can_be_sent]

    @property
    def count(self) -> int:
        """How many questions would be sent."""
        return sum(len(one.questions) for one in self.chosen)

    @property
    def mark(self) -> str:
        """What would be sent, as it is looked at: none but these questions are sent then."""
        return questions_mark(question for one in self.chosen for question in one.questions)

    @property
    def suggested(self) -> datetime | None:
        """The latest day by which somebody would like an answer."""
        days = (question.due_at for one in self.unsent for question in one.questions if question.due_at)
        return max(days, default=None)


def questions_page(session: Session, cycle: Cycle, picked: Collection[int] = ()) -> QuestionsPage:
    """Four queries: the unsent questions, the open ones, their sheets, and the conflicts of who looks."""
    unsent, open_ = list(unsent_of_cycle(cycle)), list(open_of_cycle(cycle))
    keys = {one.entry.sheet_id for one in (*unsent, *open_)}
    known = {sheet.pk: sheet for sheet in sheets().filter(pk__in=keys)}
    seat = seat_in(cycle.pk, session.user.pk)

    def by_unit(questions: Iterable[Question]) -> list[UnitQuestions]:
        found: dict[int, UnitQuestions] = {}
        for one in questions:
            sheet = known[one.entry.sheet_id]
            unit = found.setdefault(sheet.pk, UnitQuestions(sheet))
            unit.questions.append(one)
            if is_barred(session.actor, sheet_facts(sheet, [one.entry.part]), seat.conflicts):
                unit.barred.add(one.pk)
        return list(found.values())

    sends = sends_questions(session.actor, cycle_facts(cycle, cycle.owner_path))
    return QuestionsPage(cycle, by_unit(unsent), by_unit(open_), picked, sends)
