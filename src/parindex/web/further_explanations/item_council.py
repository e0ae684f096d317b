"""What stands of the council beside an item: what it asked, what the unit answers, what it decided and why."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from parindex.database.mapping.frozen_sets import FrozenSet
from parindex.database.models import Entry, Question, ScoreSheet
from parindex.database.queries.further_explanations import questions_on, words_of
from parindex.database.queries.publications import detail_of, public_result
from parindex.domain.index.item_states import ItemState
from parindex.domain.review.opinions import AppraisalState, Capacity, OpinionKind
from parindex.domain.review.permissions import PartFacts, works_for
from parindex.domain.review.stages import CycleState
from parindex.domain.scoring.score_sheet import Origin
from parindex.domain.values import exact_number
from parindex.usecases.actors import Session
from parindex.usecases.further_explanations import ANSWER_LENGTH
from parindex.wording import numbers
from parindex.wording.appraisals import appraisal_state, opinion_capacity, opinion_kind
from parindex.wording.estimates import estimate_words
from parindex.wording.public_results import when_words

#: States in which something may be public: units see what was decided on their items as everybody sees the result.
_PUBLISHED = (CycleState.PUBLISHED, CycleState.CORRECTED)


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
    """What one level decided: whose word it is, what it grants, and why; ``illustration``: what of it is made up."""

    level: str
    words: str
    points: str
    reason: str
    when: str
    body: str
    illustration: str


@dataclass(frozen=True, slots=True)
class Decided:
    """What the council came to on an item as it is published, and on what grounds; ``made_of``: of points of a survey
    the estimate, and how many answered.
    """

    words: str
    points: str
    decisions: Sequence[Decision]
    made_of: str = ""


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
    session: Session, sheet: ScoreSheet, part: PartFacts, entry: Entry, frozen: FrozenSet, at: datetime
) -> CouncilBeside | None:
    """None where nothing was asked and nothing decided is public at ``at``. No query before the appraisal; one for the
    questions, two more once the cycle is published.
    """
    decided = _decided(sheet, entry, at) if sheet.cycle.state in _PUBLISHED else None
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


def _decided(sheet: ScoreSheet, entry: Entry, at: datetime) -> Decided | None:
    """What the publication that holds says of the item. The unit reads reasons, too, that others do not see."""
    result = public_result(sheet, at)
    item = detail_of(result)["items"].get(entry.item_code) if result is not None else None
    state = _state_of(item) if item is not None else None
    if item is None or state is None:
        return None
    hidden = [one["opinion"] for one in item["granted"] if not one["reason"]]
    known = {key: (reason, body) for key, reason, body in words_of(opinions=hidden)} if hidden else {}
    found = [_decision(one, *known.get(one["opinion"], (one["reason"], ""))) for one in item["granted"]]
    made_of = estimate_words(item.get("survey_estimate", ""), item.get("survey_answers"))
    return Decided(
        appraisal_state(state), _points(item["points"]), found, made_of if state is AppraisalState.SURVEYED else ""
    )


def _state_of(item: Mapping[str, Any]) -> AppraisalState | None:
    """Where the appraisal of a published item ended; None where there was none, as on a sheet never submitted."""
    if item["state"] == ItemState.NOT_ASSESSED.name.lower():
        return AppraisalState.NOT_ASSESSED
    granted = item["granted"]
    if not granted:
        return AppraisalState.SURVEYED if item["origin"] == Origin.SURVEY.name.lower() else None
    last = {one["kind"] for one in granted if one["level"] == granted[-1]["level"]}
    return AppraisalState.ACCEPTED if last == {OpinionKind.ACCEPT} else AppraisalState.ADJUSTED


def _decision(one: Mapping[str, Any], reason: str, known: str) -> Decision:
    """``known``: for whom it was given, where nothing public says that."""
    words = opinion_kind(one["kind"])
    if one["capacity"] != Capacity.MEMBER:
        words = f"{words}, {opinion_capacity(one['capacity'])}"
    body, note = one.get("body", ""), one.get("illustration", "")
    return Decision(
        one["title"], words, _points(one["points"]), reason, when_words(one), body or ("" if note else known), note
    )


def _points(text: str) -> str:
    return numbers.points_text(exact_number(text)) if text else ""
