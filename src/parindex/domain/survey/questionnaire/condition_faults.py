"""Whether skip conditions fit the form: what they look at exists, comes earlier, and can be answered so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from parindex.domain.survey.questionnaire.conditions import Answered, Condition, OneOf, atoms
from parindex.domain.survey.questionnaire.faults import Path, QuestionnaireFault
from parindex.domain.survey.questionnaire.form import Question, QuestionKind, Questionnaire
from parindex.domain.survey.questionnaire.reach import asked_never, codes_of

_CHOSEN = frozenset({QuestionKind.SINGLE, QuestionKind.SCALE, QuestionKind.MULTIPLE})


def condition_faults(questionnaire: Questionnaire) -> list[QuestionnaireFault]:
    """Faults of all conditions, in the order of the form.

    Kinds: ``condition_unknown_question`` (``question``), ``condition_not_earlier`` (``question``: itself or a later
    one, so that no circle is possible), ``condition_unknown_option`` (``question``, ``option``, ``allowed``),
    ``condition_other_kind`` (``question``, ``kind``), and where nothing else is wrong ``question_never_asked``
    (``question``).
    """
    every = {question.code: question for _, question in questionnaire.questions()}
    scales = {scale.code: scale for scale in questionnaire.scales}
    allowed = {code: codes_of(one, scales.get(one.scale)) for code, one in every.items()}
    earlier: set[str] = set()
    found: list[QuestionnaireFault] = []
    for position, section in enumerate(questionnaire.sections):
        path: Path = ("sections", position)
        found += _faults(section.relevant, (*path, "relevant"), every, earlier, allowed)
        for index, question in enumerate(section.questions):
            at = (*path, "questions", index)
            found += _faults(question.relevant, (*at, "relevant"), every, earlier, allowed)
            earlier.add(question.code)
    return found


def reach_faults(questionnaire: Questionnaire) -> list[QuestionnaireFault]:
    """``question_never_asked`` for every question that no answers lead to; the form must be right otherwise."""
    never = set(asked_never(questionnaire))
    return [
        QuestionnaireFault(
            "question_never_asked", ("sections", position, "questions", index), {"question": question.code}
        )
        for position, section in enumerate(questionnaire.sections)
        for index, question in enumerate(section.questions)
        if question.code in never
    ]


def _faults(
    condition: Condition | None,
    path: Path,
    every: Mapping[str, Question],
    earlier: set[str],
    allowed: Mapping[str, tuple[str, ...]],
) -> Iterator[QuestionnaireFault]:
    for atom in atoms(condition) if condition is not None else ():
        question = every.get(atom.question)
        if question is None:
            yield QuestionnaireFault("condition_unknown_question", path, {"question": atom.question})
        elif atom.question not in earlier:
            yield QuestionnaireFault("condition_not_earlier", path, {"question": atom.question})
        elif isinstance(atom, OneOf) and question.kind in _CHOSEN:
            for option in atom.options:
                known = tuple(dict.fromkeys(allowed[question.code]))
                if known and option not in known:
                    facts = {"question": atom.question, "option": option, "allowed": list(known)}
                    yield QuestionnaireFault("condition_unknown_option", path, facts)
        elif not isinstance(atom, Answered) and (isinstance(atom, OneOf) or question.kind is not QuestionKind.NUMERIC):
            yield QuestionnaireFault(
                "condition_other_kind", path, {"question": atom.question, "question_kind": str(question.kind)}
            )
