"""Small questionnaires for tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from parindex.domain.survey.questionnaire.form import (
    NoAnswer,
    NoAnswerMeaning,
    Option,
    Question,
    QuestionKind,
    Questionnaire,
    Scale,
    Section,
)


def words(text: str) -> dict[str, str]:
    """A label in the one language of these forms."""
    return {"vi": text}


def options(*codes: str) -> tuple[Option, ...]:
    """Options that are labelled by their codes."""
    return tuple(Option(code, words(code)) for code in codes)


FIVE = Scale(
    "five",
    options("1", "2", "3", "4", "5"),
    4,
    (
        NoAnswer("8", words("không biết"), NoAnswerMeaning.UNKNOWN),
        NoAnswer("9", words("từ chối"), NoAnswerMeaning.REFUSED),
    ),
)
THREE = Scale("three", options("1", "2", "3"), 3)


def question(code: str, kind: QuestionKind = QuestionKind.TEXT, **more: Any) -> Question:
    """A question labelled by its code."""
    return Question(code, kind, words(code), **more)


def scale(code: str, **more: Any) -> Question:
    """A question on the scale of five."""
    return question(code, QuestionKind.SCALE, **{"scale": "five", **more})


def single(code: str, *codes: str, **more: Any) -> Question:
    """A question with one choice."""
    return question(code, QuestionKind.SINGLE, options=options(*codes), **more)


def multiple(code: str, *codes: str, **more: Any) -> Question:
    """A question with several choices."""
    return question(code, QuestionKind.MULTIPLE, options=options(*codes), **more)


def number(code: str, **more: Any) -> Question:
    """A question with a number."""
    return question(code, QuestionKind.NUMERIC, **more)


def form(*questions: Question | Sequence[Question], **more: Any) -> Questionnaire:
    """A form with one section, or with a section for each sequence of questions."""
    listed = [[one] if isinstance(one, Question) else list(one) for one in questions]
    if all(isinstance(one, Question) for one in questions):
        listed = [[one for some in listed for one in some]]
    sections = tuple(Section(f"s{number}", words("phần"), tuple(some)) for number, some in enumerate(listed, start=1))
    plain = Questionnaire("form", "1", words("Phiếu"), ("vi",), sections, (FIVE, THREE))
    return replace(plain, **more)
