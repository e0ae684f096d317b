"""Random questionnaires: every kind of question, conditions on earlier ones, groups, words that a form could stumble
on."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import strategies as st

from parindex.domain.criteria.survey_points import IndexMapping
from parindex.domain.survey.questionnaire.coherence import faults
from parindex.domain.survey.questionnaire.conditions import (
    AllOf,
    Answered,
    AnyOf,
    Between,
    Condition,
    Not,
    OneOf,
    normal,
)
from parindex.domain.survey.questionnaire.form import (
    ItemGroup,
    ItemPart,
    Labels,
    NoAnswer,
    NoAnswerMeaning,
    Option,
    Question,
    QuestionKind,
    Questionnaire,
    RatioOfTotals,
    RespondentGroup,
    Scale,
    Section,
)
from parindex.domain.survey.questionnaire.variables import DontKnow, Rollup

#: Words with what spreadsheets, XML, XPath and YAML give a meaning to.
_WORDS = st.sampled_from(
    ["Câu hỏi", "=1+1", "@SUM(A1)", "-2", "+84", "<b>&amp;</b>", "a 'b' \"c\"", "“ngoặc”’", "ĐÁ", "1.10", "no", "true"]
)
_CODES = ("1", "2", "3", "4", "a", "no")


def _label(languages: tuple[str, ...]) -> st.SearchStrategy[Labels]:
    return st.fixed_dictionaries(dict.fromkeys(languages, _WORDS))


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    """A coherent questionnaire."""
    languages = draw(st.sampled_from([("vi",), ("vi", "en"), ("en", "vi", "hmn")]))
    label = _label(languages)
    count = draw(st.integers(0, 3))
    groups = tuple(RespondentGroup(f"r{one}", draw(label), draw(st.booleans())) for one in range(count))
    scales = tuple(draw(_scale(f"scale{points}", points, label)) for points in draw(st.sampled_from([(5,), (3, 5)])))
    asked: list[Question] = []
    sections = []
    for number in range(draw(st.integers(1, 3))):
        who = draw(_some(tuple(group.code for group in groups)))
        relevant = draw(_condition(asked))
        questions = []
        for _ in range(draw(st.integers(1, 3))):
            questions.append(draw(_question(f"q{len(asked):02d}", asked, scales, groups, label)))
            asked.append(questions[-1])
        hint = draw(st.one_of(st.just({}), label))
        section = Section(f"s{number}", draw(label), tuple(questions), hint, who, relevant, draw(st.booleans()))
        sections.append(section)
    return draw(_whole(languages, tuple(sections), scales, groups, asked, label))


@st.composite
def _whole(
    draw: st.DrawFn,
    languages: tuple[str, ...],
    sections: tuple[Section, ...],
    scales: tuple[Scale, ...],
    groups: tuple[RespondentGroup, ...],
    asked: list[Question],
    label: st.SearchStrategy[Labels],
) -> Questionnaire:
    numbers = [one.code for one in asked if one.kind is QuestionKind.NUMERIC]
    items = {scale.code: tuple(one.code for one in asked if one.scale == scale.code) for scale in scales}
    rolled = tuple(
        ItemGroup(f"g_{code}", draw(label), some, "A", (f"9.{code}",)) for code, some in items.items() if some
    )
    found = Questionnaire(
        id="form",
        version=draw(st.sampled_from(["1", "2024.10", "v 2"])),
        title=draw(label),
        languages=languages,
        sections=sections,
        scales=scales,
        translated=languages[1:],
        year=draw(st.sampled_from([None, 2024])),
        reference="Báo cáo “01”",
        criteria_set=draw(st.sampled_from(["", "a-set"])),
        rollup=draw(st.sampled_from(Rollup)),
        mapping=draw(st.sampled_from(IndexMapping)),
        mapping_assumed=draw(st.booleans()),
        dont_know=draw(st.sampled_from(DontKnow)),
        respondent_groups=groups,
        groups=rolled,
        parts=tuple(ItemPart(f"p_{one.code}", draw(label), (one.code,)) for one in rolled[:1]),
        ratios=tuple(RatioOfTotals("ratio", draw(label), code, code) for code in numbers[:1]),
    )
    return _without_dead_ends(found)


def _without_dead_ends(questionnaire: Questionnaire) -> Questionnaire:
    """The same form without conditions where those at hand contradict each other."""
    if not faults(questionnaire):
        return questionnaire
    sections = tuple(
        replace(
            section,
            relevant=None,
            respondents=(),
            questions=tuple(replace(one, relevant=None, respondents=()) for one in section.questions),
        )
        for section in questionnaire.sections
    )
    return replace(questionnaire, sections=sections)


@st.composite
def _scale(draw: st.DrawFn, code: str, points: int, label: st.SearchStrategy[Labels]) -> Scale:
    start = draw(st.sampled_from([0, 1]))
    codes = range(start, start + points)
    outside = (
        NoAnswer("98", draw(label), NoAnswerMeaning.UNKNOWN),
        NoAnswer("99", draw(label), NoAnswerMeaning.REFUSED),
    )
    return Scale(
        code,
        tuple(Option(str(one), draw(label), ours=draw(st.booleans())) for one in codes),
        draw(st.sampled_from(codes[1:])),
        draw(st.sampled_from([(), outside[:1], outside])),
        {one: Fraction(one - start, points) for one in codes},
        draw(st.booleans()),
        draw(st.sampled_from(["", "mục 1"])),
    )


@st.composite
def _question(
    draw: st.DrawFn,
    code: str,
    before: list[Question],
    scales: tuple[Scale, ...],
    groups: tuple[RespondentGroup, ...],
    label: st.SearchStrategy[Labels],
) -> Question:
    kind = draw(st.sampled_from(QuestionKind))
    options: tuple[Option, ...] = ()
    most = None
    if kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE):
        several = kind is QuestionKind.MULTIPLE
        size = draw(st.integers(1, len(_CODES)))
        options = tuple(
            Option(one, draw(label), several and draw(st.booleans()), draw(st.booleans())) for one in _CODES[:size]
        )
        most = draw(st.one_of(st.none(), st.integers(1, size))) if several else None
    numeric = kind is QuestionKind.NUMERIC
    scale = draw(st.sampled_from(scales)).code if kind is QuestionKind.SCALE else ""
    return Question(
        code,
        kind,
        draw(label),
        draw(st.one_of(st.just({}), label)),
        draw(st.sampled_from(["", "1.10"])),
        scale,
        options,
        most,
        draw(st.sampled_from([None, Fraction(0), Fraction(-5), Fraction(1, 2)])) if numeric else None,
        draw(st.sampled_from([None, Fraction(10), Fraction(21, 2)])) if numeric else None,
        numeric and draw(st.booleans()),
        kind is QuestionKind.SCALE and draw(st.booleans()),
        draw(st.booleans()),
        draw(_some(tuple(group.code for group in groups))),
        draw(_condition(before)),
        () if kind is QuestionKind.TEXT else draw(st.sampled_from([(), (f"1.{code}",), (f"1.{code}", f"2.{code}")])),
        draw(st.booleans()),
        draw(st.sampled_from(["", "Quyết định “1”, dòng 2"])),
    )


@st.composite
def _some(draw: st.DrawFn, codes: tuple[str, ...]) -> tuple[str, ...]:
    chosen = draw(st.sets(st.sampled_from(codes))) if codes else set()
    return tuple(code for code in codes if code in chosen)


@st.composite
def _condition(draw: st.DrawFn, before: list[Question]) -> Condition | None:
    """None, or a condition on earlier questions in its one spelling."""
    if not before or draw(st.booleans()):
        return None
    return draw(conditions(before))


def conditions(before: list[Question]) -> st.SearchStrategy[Condition]:
    """Conditions on these questions in their one spelling."""
    atom = st.sampled_from(before).flatmap(_atom)
    grown = st.recursive(
        atom,
        lambda inner: st.one_of(
            st.lists(inner, min_size=1, max_size=3).map(lambda parts: AllOf(tuple(parts))),
            st.lists(inner, min_size=1, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
            inner.map(Not),
        ),
        max_leaves=5,
    )
    return grown.map(normal)


def _atom(question: Question) -> st.SearchStrategy[Condition]:
    answered: st.SearchStrategy[Condition] = st.just(Answered(question.code))
    if question.kind is QuestionKind.NUMERIC:
        edges = st.sampled_from([None, Fraction(1), Fraction(-2), Fraction(5, 2)])
        lower = st.tuples(st.sampled_from(["from_", "above"]), edges)
        upper = st.tuples(st.sampled_from(["below", "up_to"]), edges)
        bounds = st.tuples(lower, upper).map(lambda both: {name: edge for name, edge in both if edge is not None})
        return bounds.filter(bool).map(lambda stated: Between(question.code, **stated))
    if question.kind is QuestionKind.TEXT:
        return answered
    codes = [option.code for option in question.options] or ["1", "2"]  # points that every scale here has
    some = st.lists(st.sampled_from(codes), min_size=1, max_size=3, unique=True)
    return st.one_of(some.map(lambda chosen: OneOf(question.code, tuple(chosen))), answered)
