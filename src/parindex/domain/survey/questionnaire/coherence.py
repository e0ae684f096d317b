"""Everything that does not fit together in a questionnaire, all at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from parindex.domain.criteria.survey_points import IndexMapping
from parindex.domain.survey.questionnaire.condition_faults import condition_faults, reach_faults
from parindex.domain.survey.questionnaire.faults import Path, QuestionnaireFault
from parindex.domain.survey.questionnaire.form import (
    RESERVED,
    Labels,
    Option,
    Question,
    QuestionKind,
    Questionnaire,
    Scale,
    answered_by,
)
from parindex.domain.survey.questionnaire.rollup_faults import rollup_faults

#: A scale has so many points; documents use three and five.
FEWEST_POINTS, MOST_POINTS = 2, 11

_CHOICE = (QuestionKind.SINGLE, QuestionKind.MULTIPLE)
#: Keys that only some kinds of question have.
_ONLY = {
    "scale": (QuestionKind.SCALE,),
    "options": _CHOICE,
    "most": (QuestionKind.MULTIPLE,),
    "minimum": (QuestionKind.NUMERIC,),
    "maximum": (QuestionKind.NUMERIC,),
    "integer": (QuestionKind.NUMERIC,),
    "reversed": (QuestionKind.SCALE,),
}


def faults(questionnaire: Questionnaire) -> list[QuestionnaireFault]:
    """Every fault, in the order of the file format.

    Kinds: ``form_code_reserved`` and ``form_code_twice`` (``code``), those of languages (``language_twice``,
    ``language_not_declared``, ``label_missing`` with ``language``; ``label_with_reference``), of scales
    (``scale_not_consecutive``, ``scale_too_long``, ``satisfied_outside_scale``, ``form_option_twice``,
    ``weight_unknown_point``, ``weight_missing``, ``weight_out_of_range``), of questions (``question_key_misplaced``,
    ``question_key_missing``, ``scale_unknown``, ``most_out_of_range``, ``bounds_swapped``, ``alone_needs_multiple``,
    ``respondents_unknown``, ``question_for_nobody``, ``text_feeds``), those of
    :mod:`parindex.domain.survey.questionnaire.rollup_faults` and of
    :mod:`parindex.domain.survey.questionnaire.condition_faults`.
    """
    return faults_of_parts(questionnaire) or reach_faults(questionnaire)


def faults_of_parts(questionnaire: Questionnaire) -> list[QuestionnaireFault]:
    """The faults that can be told though other parts of a form cannot be read: all but what it takes the whole form to
    see, whether a question is ever asked.
    """
    return [
        *_codes(questionnaire),
        *_languages(questionnaire),
        *_scales(questionnaire),
        *_questions(questionnaire),
        *rollup_faults(questionnaire),
        *condition_faults(questionnaire),
    ]


# --- codes and words -----------------------------------------------------------------------------------------------


def _named(questionnaire: Questionnaire) -> Iterator[tuple[str, Path]]:
    """Every code that names a column, a field or a result."""
    for position, section in enumerate(questionnaire.sections):
        yield section.code, ("sections", position)
        for index, question in enumerate(section.questions):
            yield question.code, ("sections", position, "questions", index)
    for key in ("scales", "groups", "parts", "ratios"):
        for position, one in enumerate(getattr(questionnaire, key)):
            yield one.code, (key, position)


def _codes(questionnaire: Questionnaire) -> Iterator[QuestionnaireFault]:
    seen: set[str] = set()
    reserved = {code.lower() for code in RESERVED}
    for code, path in _named(questionnaire):
        if code.lower() in reserved:
            yield QuestionnaireFault("form_code_reserved", (*path, "code"), {"code": code})
        elif code.lower() in seen:
            yield QuestionnaireFault("form_code_twice", (*path, "code"), {"code": code})
        seen.add(code.lower())
    yield from _twice([group.code for group in questionnaire.respondent_groups], ("respondent_groups",))


def _twice(codes: Sequence[str], path: Path) -> Iterator[QuestionnaireFault]:
    for position, code in enumerate(codes):
        if code in codes[:position]:
            yield QuestionnaireFault("form_option_twice", (*path, position, "code"), {"code": code})


def _labels(questionnaire: Questionnaire) -> Iterator[tuple[Labels, Path]]:
    """Every label with its path; a hint may be empty."""
    yield questionnaire.title, ("title",)
    for key in ("respondent_groups", "groups", "parts", "ratios"):
        for position, one in enumerate(getattr(questionnaire, key)):
            yield one.label, (key, position, "label")
    for position, scale in enumerate(questionnaire.scales):
        yield from _option_labels(scale.points, ("scales", position, "points"))
        for index, outside in enumerate(scale.no_answer):
            yield outside.label, ("scales", position, "no_answer", index, "label")
    for position, section in enumerate(questionnaire.sections):
        yield from _words(section.label, section.hint, ("sections", position))
        for index, question in enumerate(section.questions):
            at = ("sections", position, "questions", index)
            yield from _words(question.label, question.hint, at)
            yield from _option_labels(question.options, (*at, "options"))


def _words(label: Labels, hint: Labels, path: Path) -> Iterator[tuple[Labels, Path]]:
    yield label, (*path, "label")
    if hint:
        yield hint, (*path, "hint")


def _option_labels(options: Sequence[Option], path: Path) -> Iterator[tuple[Labels, Path]]:
    for index, option in enumerate(options):
        yield option.label, (*path, index, "label")


def _languages(questionnaire: Questionnaire) -> Iterator[QuestionnaireFault]:
    known = questionnaire.languages
    for position, language in enumerate(known):
        if language in known[:position]:
            yield QuestionnaireFault("language_twice", ("languages", position), {"language": language})
    for position, language in enumerate(questionnaire.translated):
        if language not in known:
            facts = {"language": language, "known": list(known)}
            yield QuestionnaireFault("language_not_declared", ("translated", position), facts)
    for label, path in _labels(questionnaire):
        # The title is printed in the first language; an XLSForm has no other one.
        for language in known[:1] if path == ("title",) else dict.fromkeys(known):
            if not label.get(language, "").strip():
                yield QuestionnaireFault("label_missing", path, {"language": language})
        for language, words in label.items():
            if language not in known:
                facts = {"language": language, "known": list(known)}
                yield QuestionnaireFault("language_not_declared", (*path, language), facts)
            if "${" in words:
                yield QuestionnaireFault("label_with_reference", (*path, language), {})


# --- scales --------------------------------------------------------------------------------------------------------


def _scales(questionnaire: Questionnaire) -> Iterator[QuestionnaireFault]:
    asked = {question.scale for _, question in questionnaire.questions()}
    for position, scale in enumerate(questionnaire.scales):
        path: Path = ("scales", position)
        yield from _points(scale, path)
        codes = [*(point.code for point in scale.points), *(one.code for one in scale.no_answer)]
        yield from _twice(codes, (*path, "codes"))
        weighed = questionnaire.mapping is IndexMapping.ANSWERS and scale.code in asked
        yield from _weights(scale, weighed, path)


def _points(scale: Scale, path: Path) -> Iterator[QuestionnaireFault]:
    codes = [int(point.code) for point in scale.points]
    if not FEWEST_POINTS <= len(codes) <= MOST_POINTS:
        sizes = {"count": len(codes), "fewest": FEWEST_POINTS, "most": MOST_POINTS}
        yield QuestionnaireFault("scale_too_long", (*path, "points"), sizes)
    elif codes != list(range(codes[0], codes[0] + len(codes))) or codes[0] not in (0, 1):
        yield QuestionnaireFault(
            "scale_not_consecutive", (*path, "points"), {"found": [point.code for point in scale.points]}
        )
    elif scale.satisfied_from not in codes[1:]:
        facts = {"found": scale.satisfied_from, "allowed": [str(code) for code in codes[1:]]}
        yield QuestionnaireFault("satisfied_outside_scale", (*path, "satisfied_from"), facts)


def _weights(scale: Scale, needed: bool, path: Path) -> Iterator[QuestionnaireFault]:
    codes = [int(point.code) for point in scale.points]
    for code, weight in scale.weights.items():
        if code not in codes:
            yield QuestionnaireFault("weight_unknown_point", (*path, "weights"), {"found": code})
        elif not 0 <= weight <= Fraction(1):
            yield QuestionnaireFault("weight_out_of_range", (*path, "weights"), {"found": weight, "point": code})
    missing = [str(code) for code in codes if code not in scale.weights]
    if missing and (needed or scale.weights):
        yield QuestionnaireFault("weight_missing", path, {"scale": scale.code, "missing": missing})


# --- questions -----------------------------------------------------------------------------------------------------


def _questions(questionnaire: Questionnaire) -> Iterator[QuestionnaireFault]:
    scales = {scale.code for scale in questionnaire.scales}
    groups = {group.code for group in questionnaire.respondent_groups}
    for position, section in enumerate(questionnaire.sections):
        path: Path = ("sections", position)
        yield from _respondents(section.respondents, groups, path)
        for index, question in enumerate(section.questions):
            at = (*path, "questions", index)
            yield from _keys(question, at)
            yield from _choices(question, at)
            yield from _bounds(question, at)
            yield from _respondents(question.respondents, groups, at)
            if question.scale and question.scale not in scales:
                yield QuestionnaireFault(
                    "scale_unknown", (*at, "scale"), {"scale": question.scale, "known": sorted(scales)}
                )
            if groups and not answered_by(questionnaire, section, question):
                yield QuestionnaireFault("question_for_nobody", (*at, "respondents"), {"question": question.code})


def _keys(question: Question, path: Path) -> Iterator[QuestionnaireFault]:
    for key, kinds in _ONLY.items():
        value = getattr(question, key)
        stated = value is not None and value is not False and value not in ("", ())
        if stated and question.kind not in kinds:
            yield QuestionnaireFault(
                "question_key_misplaced", (*path, key), {"key": key, "question_kind": str(question.kind)}
            )
        elif not stated and question.kind in kinds and key in ("scale", "options"):
            yield QuestionnaireFault("question_key_missing", path, {"key": key, "question_kind": str(question.kind)})
    if question.kind is QuestionKind.TEXT and question.feeds:
        yield QuestionnaireFault("text_feeds", (*path, "feeds"), {"question": question.code})


def _choices(question: Question, path: Path) -> Iterator[QuestionnaireFault]:
    yield from _twice([option.code for option in question.options], (*path, "options"))
    if question.most is not None and not 1 <= question.most <= max(1, len(question.options)):
        facts = {"found": question.most, "count": len(question.options)}
        yield QuestionnaireFault("most_out_of_range", (*path, "most"), facts)
    for index, option in enumerate(question.options):
        if option.alone and question.kind is not QuestionKind.MULTIPLE:
            yield QuestionnaireFault("alone_needs_multiple", (*path, "options", index, "alone"), {"code": option.code})


def _bounds(question: Question, path: Path) -> Iterator[QuestionnaireFault]:
    if question.minimum is not None and question.maximum is not None and question.minimum > question.maximum:
        facts = {"lower": question.minimum, "upper": question.maximum}
        yield QuestionnaireFault("bounds_swapped", (*path, "minimum"), facts)


def _respondents(named: Sequence[str], groups: set[str], path: Path) -> Iterator[QuestionnaireFault]:
    for position, code in enumerate(named):
        if code not in groups:
            facts = {"group": code, "known": sorted(groups)}
            yield QuestionnaireFault("respondents_unknown", (*path, "respondents", position), facts)
