"""Answers of respondents with what tells of whom questions were asked."""

from __future__ import annotations

from collections.abc import Mapping

from parindex.domain.survey.arrays import Codes, Floats
from parindex.domain.survey.questionnaire.answers import Answers
from parindex.domain.survey.questionnaire.asked_questions import GivenAnswers
from parindex.domain.survey.questionnaire.variables import Variables
from parindex.domain.values import Mask


def given(
    form: Variables,
    answers: Floats,
    chosen: Mapping[str, Floats] | None = None,
    numbers: Mapping[str, Floats] | None = None,
    texts: Mapping[str, Mask] | None = None,
    groups: Codes | None = None,
) -> GivenAnswers:
    """What they answered, by item, options, numbers and texts, and the group of each."""
    return GivenAnswers(form, Answers(answers, chosen or {}, numbers or {}), texts or {}, groups)
