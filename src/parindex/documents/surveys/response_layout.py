"""Which columns a table of answers has to have under a design, and what of the design is left where it lacks some."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from parindex.documents.cycles.table_files import DataTable, Layout, canonical_head
from parindex.documents.surveys.design_file import SurveyDesign
from parindex.documents.surveys.response_columns import constant_of
from parindex.domain.survey.questionnaire.conditions import atoms
from parindex.domain.survey.questionnaire.form import RESPONDENT_GROUP
from parindex.domain.survey.sample.design import Lonely

#: Columns of respondents and versions that are used where the data have them, whatever the design says.
RESPONDENT, VERSION = "respondent", "version"
#: The column of weights in a table of weights, where the design names none. In the data it is used only when the
#: design names it: without that everybody weighs 1, and it is remarked.
WEIGHT = "weight"


def beside_scales(survey: SurveyDesign) -> tuple[str, ...]:
    """The columns of choices and numbers."""
    return (*(choice.code for choice in survey.variables.choices), *numeric(survey))


def what_is_there(survey: SurveyDesign, table: DataTable, *, joined: bool) -> SurveyDesign:
    """The design without what the data do not have: questions beside scales, and missing columns.

    Missing columns have been reported; the rest is there to be checked. Strata and clusters stand or fall together.
    """

    def there(name: str) -> bool:
        return canonical_head(name) in table.columns

    variables = survey.variables
    kept = replace(
        variables,
        items=tuple(item for item in variables.items if there(item.code)),
        choices=tuple(choice for choice in variables.choices if there(choice.code)),
        numbers=tuple(filter(there, variables.numbers)),
        ratios=tuple(one for one in variables.ratios if there(one.numerator) and there(one.denominator)),
    )
    survey = replace(survey, variables=kept, calibration=_complete(survey.calibration, there))
    if not joined and survey.weight and not there(survey.weight):
        survey = replace(survey, weight="")
    if not all(map(there, _of_design(survey))):
        return replace(survey, strata=(), stages=(), lonely=Lonely.ADJUST)
    return survey


def _complete(margins: tuple[tuple[str, ...], ...], there: Callable[[str], bool]) -> tuple[tuple[str, ...], ...]:
    return margins if all(there(name) for columns in margins for name in columns) else ()


def _of_design(survey: SurveyDesign) -> Iterable[str]:
    """The columns of strata and stages."""
    yield from survey.strata
    for one in survey.stages:
        yield from (name for name in (one.cluster, *_columns((one.population, one.fraction))) if name)


def names_of(survey: SurveyDesign) -> tuple[str, ...]:
    """The columns of names that the design asks for whatever is estimated."""
    return tuple(name for name in (survey.unit, survey.respondent_group, *survey.overlap) if name)


def layout_of(survey: SurveyDesign, by: Sequence[str], *, joined: bool) -> Layout:
    """The columns to be read; with weights of another table (``joined``) none of them has to hold the weight."""
    variables = survey.variables
    required = [
        *_of_design(survey),
        *survey.sought,
        *(name for columns in survey.calibration for name in columns),
        *(() if joined or not survey.weight else (survey.weight,)),
        *((survey.respondent,) if survey.respondent else ((RESPONDENT,) if joined else ())),
        *((survey.version,) if survey.version else ()),
        *names_of(survey),
        *by,
        *variables.codes,
        *(() if survey.questionnaire else beside_scales(survey)),
    ]
    # A form also asks who answers: what of that is not in the data is not estimated.
    optional = [
        RESPONDENT,
        *map(canonical_head, (*beside_scales(survey), *of_conditions(survey))),
        canonical_head(group_column(survey)),
        *((VERSION,) if variables.versions and not survey.version else ()),
    ]
    return Layout(
        "responses",
        required=tuple(dict.fromkeys(map(canonical_head, required))),
        optional=tuple(optional),
    )


def _columns(stated: Iterable[str]) -> list[str]:
    """Those of ``stated`` that name a column and are not the number itself."""
    return [name for name in stated if name and constant_of(name) is None]


def numeric(survey: SurveyDesign) -> tuple[str, ...]:
    """The columns that hold numbers: those of questions and of ratios, unless they are items."""
    of_ratios = (name for ratio in survey.variables.ratios for name in (ratio.numerator, ratio.denominator))
    known = set(survey.variables.codes)
    return tuple(dict.fromkeys(name for name in (*survey.variables.numbers, *of_ratios) if name not in known))


def of_conditions(survey: SurveyDesign) -> tuple[str, ...]:
    """The questions that are not estimated, which are not asked of everybody or on which that depends."""
    variables = survey.variables
    estimated = {*variables.codes, *numeric(survey), *(choice.code for choice in variables.choices)}
    named = {
        name: None
        for question, asked in variables.asked.items()
        for name in (question, *(atom.question for one in asked.conditions for atom in atoms(one)))
    }
    return tuple(name for name in named if name not in estimated)


def group_column(survey: SurveyDesign) -> str:
    """The column of the respondents' groups: the one that the design names, or of that name where the data have it."""
    return survey.respondent_group or RESPONDENT_GROUP
