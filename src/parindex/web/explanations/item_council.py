"""What stands of the council beside an item: what it asked, what the unit answers, what it decided and why."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from parindex.database.mapping.frozen_sets import FrozenSet
from parindex.database.models import AppraisalLevel, Entry, ItemAppraisal, Opinion, Question, ScoreSheet
from parindex.database.queries.explanations import opinions_on, questions_on
from parindex.domain.review.opinions import Capacity
from parindex.domain.review.permissions import PartFacts, works_for
from parindex.domain.review.stages import CycleState
from parindex.domain.values import exact_number
from parindex.usecases.actors import Session
from parindex.usecases.explanations import ANSWER_LENGTH
from parindex.wording import numbers
from parindex.wording.appraisals import appraisal_state, opinion_capacity, opinion_kind

#: From when on units see what was decided on their items.
_DECIDED = (CycleState.FINALISED, CycleState.PUBLISHED, CycleState.CORRECTED)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its answer; a draft is shown to the unit alone."""

    question: Question
    shows_answer: bool

    @property
    def is_open(self) -> bool:
        """Whether the unit may still answer."""
        return self.question.answered_at is None and self.question.closed_at is None

    @property
    def form(self) -> str:
        """The name of its form on the page."""
        return f"answer-{self.question.pk}"


@dataclass(frozen=True, slots=True)
class Submitted:
    """What the item claimed when the council asked: it stays beside what the unit writes now."""

    points: str
    explanation: str
    figures: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Decision:
    """What one level decided: whose word it is, what it grants, and why."""

    level: str
    words: str
    points: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Decided:
    """What the council came to on an item, and on what grounds."""

    words: str
    points: str
    decisions: Sequence[Decision]


@dataclass(frozen=True, slots=True)
class CouncilBeside:
    """Everything of the council beside an item."""

    asked: Sequence[Asked]
    submitted: Submitted | None
    decided: Decided | None
    most: int = ANSWER_LENGTH

    @property
    def open(self) -> Sequence[Asked]:
        """The questions that wait for an answer."""
        return [one for one in self.asked if one.is_open]


def council_beside(
    session: Session, sheet: ScoreSheet, part: PartFacts, entry: Entry, frozen: FrozenSet
) -> CouncilBeside | None:
    """None where nothing was asked and nothing is decided. No query before the appraisal; one for the questions, three
    more once the cycle is finalised.
    """
    state = CycleState(sheet.cycle.state)
    decided = _decided(entry) if state in _DECIDED else None
    questions = questions_on(entry=entry.pk) if sheet.answer_until is not None else []
    if decided is None and not questions:
        return None
    inside = works_for(session.actor, part.lead) or works_for(session.actor, part.sheet.unit)
    asked = [Asked(one, inside or one.answered_at is not None) for one in questions]
    first = next((one.question for one in asked if one.is_open), None)
    return CouncilBeside(asked, _submitted(first, frozen) if first is not None else None, decided)


def _submitted(question: Question, frozen: FrozenSet) -> Submitted:
    facts = json.loads(question.before or "{}")
    measures = frozen.criteria_set.measures
    figures = [
        (measures[name].title, measures[name].choices.get(value) or numbers.exact_figure(exact_number(value)))
        for name, value in facts.get("figures", {}).items()
        if name in measures
    ]
    return Submitted(_points(facts.get("points", "")), facts.get("explanation", ""), figures)


def _decided(entry: Entry) -> Decided | None:
    stands = ItemAppraisal.objects.filter(entry=entry).first()
    if stands is None:
        return None
    opinions = opinions_on(entry=entry.pk)
    council = AppraisalLevel.objects.filter(council__cycle__sheets=stands.sheet_id) if opinions else ()
    titles = {level.number: level.title for level in council}
    found = [_decision(one, titles.get(one.level, "")) for one in _kept(opinions)]
    return Decided(appraisal_state(stands.state), _points(stands.points), found)


def _kept(opinions: Sequence[Opinion]) -> list[Opinion]:
    """Of every level the last word of each member; the chair's or a vote's alone where there is one."""
    found: dict[int, dict[int, Opinion]] = {}
    for one in opinions:
        mine = found.setdefault(one.level, {})
        above = one.capacity != Capacity.MEMBER
        if above:
            mine.clear()
            mine[0] = one
        elif 0 not in mine:
            mine.pop(one.author_id, None)
            mine[one.author_id] = one
    return [one for level in sorted(found) for one in found[level].values()]


def _decision(one: Opinion, level: str) -> Decision:
    words = opinion_kind(one.kind)
    if one.capacity != Capacity.MEMBER:
        words = f"{words}, {opinion_capacity(one.capacity)}"
    return Decision(level, words, _points(one.points), one.reason, one.given_at or one.at)


def _points(text: str) -> str:
    return numbers.points_text(exact_number(text)) if text else ""
