"""Whether item groups, parts and what they feed fit the questions of a form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parindex.domain.survey.questionnaire.faults import Path, QuestionnaireFault
from parindex.domain.survey.questionnaire.form import QuestionKind, Questionnaire, Scale


def rollup_faults(questionnaire: Questionnaire) -> list[QuestionnaireFault]:
    """Faults of groups, parts, ratios and feeds.

    Kinds: ``group_item_unknown`` and ``group_item_not_scale`` (``item``), ``item_in_two_groups`` (``item``, ``first``),
    ``group_mixes_scales`` (``group``, ``scales``), ``part_group_unknown`` (``group``), ``group_in_two_parts``
    (``group``, ``first``), ``ratio_not_numeric`` (``question``), ``item_fed_twice`` (``item``, ``first``, ``second``).
    """
    return [
        *_groups(questionnaire),
        *_parts(questionnaire),
        *_ratios(questionnaire),
        *_feeds(questionnaire),
    ]


def _groups(questionnaire: Questionnaire) -> Iterator[QuestionnaireFault]:
    every = {question.code: question for _, question in questionnaire.questions()}
    scales = {scale.code: scale for scale in questionnaire.scales}
    first: dict[str, str] = {}
    for position, group in enumerate(questionnaire.groups):
        used: dict[str, Scale] = {}
        for index, item in enumerate(group.items):
            path: Path = ("groups", position, "items", index)
            question = every.get(item)
            if question is None:
                yield QuestionnaireFault("group_item_unknown", path, {"item": item})
            elif question.kind is not QuestionKind.SCALE:
                yield QuestionnaireFault(
                    "group_item_not_scale", path, {"item": item, "question_kind": str(question.kind)}
                )
            elif question.scale in scales:
                used[question.scale] = scales[question.scale]
            if item in first:
                yield QuestionnaireFault("item_in_two_groups", path, {"item": item, "first": first[item]})
            first.setdefault(item, group.code)
        if len({(scale.points[0].code, scale.points[-1].code) for scale in used.values()}) > 1:
            yield QuestionnaireFault(
                "group_mixes_scales", ("groups", position), {"group": group.code, "scales": sorted(used)}
            )


def _parts(questionnaire: Questionnaire) -> Iterator[QuestionnaireFault]:
    known = {group.code for group in questionnaire.groups}
    first: dict[str, str] = {}
    for position, part in enumerate(questionnaire.parts):
        for index, group in enumerate(part.groups):
            path: Path = ("parts", position, "groups", index)
            if group not in known:
                yield QuestionnaireFault("part_group_unknown", path, {"group": group})
            if group in first:
                yield QuestionnaireFault("group_in_two_parts", path, {"group": group, "first": first[group]})
            first.setdefault(group, part.code)


def _ratios(questionnaire: Questionnaire) -> Iterator[QuestionnaireFault]:
    numbers = {question.code for _, question in questionnaire.questions() if question.kind is QuestionKind.NUMERIC}
    for position, ratio in enumerate(questionnaire.ratios):
        for key in ("numerator", "denominator"):
            code = getattr(ratio, key)
            if code not in numbers:
                yield QuestionnaireFault("ratio_not_numeric", ("ratios", position, key), {"question": code})


def _feeds(questionnaire: Questionnaire) -> Iterator[QuestionnaireFault]:
    """An item takes one estimate: what several questions say of it is a group, which then feeds it."""
    first: dict[str, str] = {}
    for code, feeds, path in _feeding(questionnaire):
        for index, item in enumerate(feeds):
            if item in first:
                facts = {"item": item, "first": first[item], "second": code}
                yield QuestionnaireFault("item_fed_twice", (*path, "feeds", index), facts)
            first.setdefault(item, code)


def _feeding(questionnaire: Questionnaire) -> Iterator[tuple[str, Sequence[str], Path]]:
    for position, section in enumerate(questionnaire.sections):
        for index, question in enumerate(section.questions):
            yield question.code, question.feeds, ("sections", position, "questions", index)
    for key in ("groups", "parts"):
        for position, one in enumerate(getattr(questionnaire, key)):
            yield one.code, one.feeds, (key, position)
