"""Items without an answer, told apart by why; who was not to be asked is no missing answer."""

from __future__ import annotations

import numpy as np
from tests.unit.domain.survey.given_answers import given

from parindex.domain.survey.estimation.non_response import item_non_response
from parindex.domain.survey.questionnaire.conditions import OneOf
from parindex.domain.survey.questionnaire.variables import Asked, Choice, DontKnow, Item, Variables

WEIGHT = np.array([1.0, 1.0, 2.0, 4.0])
NAN = np.nan


def test_blank_unknown_and_refused_are_counted_apart() -> None:
    form = Variables((Item("q01", unknown=(8,), refused=(9,)), Item("q02")))
    answers = np.array([[5, 1], [8, 2], [9, 3], [NAN, 4]])
    assert [one.as_data() for one in item_non_response(given(form, answers), WEIGHT)] == [
        {"variable": "q01", "asked": 4, "answered": 1, "unknown": 1, "refused": 1, "blank": 1, "share": 0.875},
        {"variable": "q02", "asked": 4, "answered": 4, "unknown": 0, "refused": 0, "blank": 0, "share": 0.0},
    ]


def test_dont_know_that_is_declared_an_answer_is_not_missing() -> None:
    form = Variables((Item("q01", unknown=(8,), refused=(9,)),), dont_know=DontKnow.CATEGORY)
    (one,) = item_non_response(given(form, np.array([[5], [8], [9], [NAN]])), WEIGHT)
    assert (one.answered, one.unknown, one.refused, one.blank, one.share) == (1, 1, 1, 1, 0.75)


def test_only_those_who_were_asked_can_leave_an_item_blank() -> None:
    asked = {"q01": Asked((OneOf("used", ("1",)),)), "q02": Asked((OneOf("used", ("3",)),))}
    form = Variables((Item("q01"), Item("q02")), choices=(Choice("used", {"1": "", "2": "", "3": ""}),), asked=asked)
    used = np.array([[1, 0, 0], [1, 0, 0], [0, 1, 0], [0, 1, 0]], float)
    answers = np.array([[5, NAN], [NAN, NAN], [NAN, NAN], [3, NAN]])  # the last was not to be asked and answered
    first, second = item_non_response(given(form, answers, {"used": used}), WEIGHT)
    assert (first.asked, first.answered, first.blank, first.share) == (3, 2, 1, 1 / 6)
    assert (second.asked, second.blank, second.share) == (0, 0, None)
