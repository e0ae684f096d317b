"""The answers of a survey: one row a respondent, a column an item (blank: no answer), several options as ``1;6``.

CSV, XLSX and Parquet, read as the tables of a cycle are. Everything that is wrong with the file, with the design
against the file, and with the answers is reported at once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path

import numpy as np

from parindex.documents.cycles.row_problems import Problems
from parindex.documents.cycles.table_files import DataTable, Layout, canonical_head, read_table
from parindex.documents.surveys.design_file import SurveyDesign
from parindex.documents.surveys.response_columns import Category, Reader, constant_of
from parindex.documents.surveys.response_layout import (
    RESPONDENT,
    VERSION,
    WEIGHT,
    beside_scales,
    group_column,
    layout_of,
    names_of,
    numeric,
    of_conditions,
    what_is_there,
)
from parindex.domain.errors import InvalidInput, Place, Problem
from parindex.domain.survey.arrays import Codes, Floats
from parindex.domain.survey.questionnaire.answers import Answers
from parindex.domain.survey.questionnaire.asked_questions import GivenAnswers
from parindex.domain.survey.sample.calibration import Calibration
from parindex.domain.survey.sample.design import Sample
from parindex.domain.survey.sample.design_check import (
    DesignColumns,
    SampleFault,
    numbered_anew,
    off_limits,
    off_scale,
    problems_of,
    repeated,
    sample_of,
    unknown_versions,
)
from parindex.domain.values import Mask

__all__ = ["RESPONDENT", "VERSION", "WEIGHT", "Category", "Responses", "read_responses"]

#: The columns that ``survey weights`` leaves after a step of fitting.
_FITTED = re.compile(r"weight_[0-9]+_(poststratification|raking)")


@dataclass(frozen=True, slots=True, eq=False)
class Responses:
    """The answers of one survey, checked.

    ``answers`` (respondents × items) are codes as given, NaN for none; ``wishes`` (respondents × options, by question)
    are 1, 0 or NaN; ``numbers`` are by column. ``categories`` hold the columns that estimates are asked by.
    """

    survey: SurveyDesign
    sample: Sample
    answers: Floats
    wishes: Mapping[str, Floats]
    numbers: Mapping[str, Floats]
    categories: Mapping[str, Category]
    table: DataTable
    drawn: DesignColumns
    strata: Category
    clusters: tuple[Category, ...]
    #: Who answered the questions that are not estimated and matter to whom others are asked; the respondents' groups.
    texts: Mapping[str, Mask] = field(default_factory=dict)
    groups: Codes | None = None
    #: Clusters are numbered 1, 2 … in every stratum although the design does not say so: cluster 1 of two is two.
    numbered_anew: bool = False
    #: What the design leaves out though the data have it: ``weight_unused``, ``calibration_undeclared``;
    #: ``population_unused``, ``version_unchecked``: what is stated and does nothing; ``by_question``: a column of the
    #: cells is estimated itself; ``scales_mixed``: what is rolled up of items on different scales; ``clusters_alike``:
    #: in two years.
    remarks: tuple[str, ...] = ()

    def __len__(self) -> int:
        return self.table.rows

    @property
    def given(self) -> GivenAnswers:
        """Everything that was answered, with what tells of whom questions were asked."""
        answers = Answers(self.answers, self.wishes, self.numbers)
        return GivenAnswers(self.survey.variables, answers, self.texts, self.groups)


def read_responses(path: Path, survey: SurveyDesign, by: Sequence[str] = (), weights: Path | None = None) -> Responses:
    """The answers in ``path`` under the design ``survey``, with the columns ``by``.

    ``weights`` is a table ``respondent, weight`` that takes the place of the column of weights. Raises
    :class:`InvalidInput` with every problem of file, design and answers at once.
    """
    problems = Problems()
    table = _table(path, layout_of(survey, by, joined=weights is not None), problems)
    remarks = _remarks(survey, table, by, joined=weights is not None)
    survey = what_is_there(survey, table, joined=weights is not None)
    reader = Reader(table, problems)
    if not table.rows:
        problems.add("table_without_rows", Place(file=table.file, sheet=table.sheet))
        problems.refuse()
    respondents = _respondents(survey, reader, joined=weights is not None)
    weight = _joined(weights, survey, respondents, reader) if weights is not None else reader.weight(survey.weight)
    strata = reader.crossed(survey.strata)
    clusters = tuple(
        reader.category(stage.cluster, required=True) if stage.cluster else reader.everyone() for stage in survey.stages
    )
    anew = bool(clusters) and numbered_anew(strata.code, clusters[0].code, clusters[0].labels or ("",))
    drawn = DesignColumns(
        strata.code,
        [one.code for one in clusters],
        [reader.figure(stage.population) for stage in survey.stages],
        [reader.figure(stage.fraction) for stage in survey.stages],
        weight,
        survey.lonely,
        survey.nested or anew,
    )
    answers = np.empty((table.rows, len(survey.variables.items)))
    for position, code in enumerate(survey.variables.codes):
        answers[:, position] = reader.number(code)
    wishes = {choice.code: reader.wishes(choice) for choice in survey.variables.choices}
    numbers = {name: reader.number(name) for name in numeric(survey)}
    calibration = _calibration(survey, reader, weight, joined=weights is not None)
    named = dict.fromkeys((*by, *names_of(survey), group_column(survey)))
    categories = {
        name: reader.declared(name, survey.demographics.get(name))
        for name in named
        if canonical_head(name) in table.columns
    }
    groups = _groups(survey, reader)
    _faults(reader, survey, drawn, answers, respondents)
    for fault in off_limits(survey.variables.limits, numbers):
        reader.faults([fault], canonical_head(fault.of), item=fault.of)
    problems.refuse()
    return Responses(
        survey,
        replace(sample_of(drawn), calibration=calibration),
        answers,
        wishes,
        numbers,
        categories,
        table,
        drawn,
        strata,
        clusters,
        {name: reader.filled(name) for name in of_conditions(survey) if canonical_head(name) in table.columns},
        groups,
        anew and not survey.nested,
        remarks,
    )


def _table(path: Path, layout: Layout, problems: Problems) -> DataTable:
    """The table; where columns are missing they are reported, and the others are there to be checked."""
    try:
        return read_table(path, layout)
    except InvalidInput as error:
        try:
            there = read_table(path, Layout(layout.name, required=(), optional=(*layout.required, *layout.optional)))
        except InvalidInput:
            raise InvalidInput(_at_once(error.problems)) from None
        problems.extend(_at_once(error.problems))
        return there


def _at_once(problems: Sequence[Problem]) -> list[Problem]:
    """All columns that are missing as one problem, in the place of the first."""
    missing = [one for one in problems if one.kind == "column_missing"]
    if len(missing) < 2:
        return list(problems)
    columns = [column for one in missing for column in one.facts["columns"]]
    told = replace(missing[0], facts={**missing[0].facts, "columns": columns, "count": len(columns)})
    return [told if one is missing[0] else one for one in problems if one is missing[0] or one not in missing]


def _remarks(survey: SurveyDesign, table: DataTable, by: Sequence[str], *, joined: bool) -> tuple[str, ...]:
    heads = {canonical_head(head) for head in table.unread}
    fitted = not survey.calibration and any(_FITTED.fullmatch(head) for head in heads)
    unused = not survey.weight and not joined and WEIGHT in heads
    questions = set(map(canonical_head, (*survey.variables.codes, *beside_scales(survey))))
    kinds = (
        ("weight_unused", unused),
        ("calibration_undeclared", fitted and (joined or bool(survey.weight))),
        ("scales_mixed", bool(survey.variables.mixing_scales)),
        ("population_unused", _has_unused_population(survey)),
        ("version_unchecked", not survey.variables.versions and (bool(survey.version) or VERSION in heads)),
        ("by_question", not questions.isdisjoint(map(canonical_head, by))),
    )
    return tuple(kind for kind, so in kinds if so)


def _has_unused_population(survey: SurveyDesign) -> bool:
    """Whether a stage says of how many it was drawn below one drawn with replacement, which leaves nothing to add."""
    stated = [bool(stage.population or stage.fraction) for stage in survey.stages]
    return stated != sorted(stated, reverse=True)


def _respondents(survey: SurveyDesign, reader: Reader, *, joined: bool) -> Category:
    """Who answered: everybody is named, or (where nothing asks for names) nobody."""
    name = survey.respondent or RESPONDENT
    found = reader.category(name)
    needed = bool(survey.respondent) or joined or bool((found.code >= 0).any())
    if needed and canonical_head(name) in reader.table.columns:
        reader.report("cell_missing", found.code < 0, canonical_head(name))
    return found


def _calibration(survey: SurveyDesign, reader: Reader, weight: Floats, *, joined: bool) -> Calibration | None:
    """How the design says that the weights were fitted; the classes are those of the respondents."""
    if not survey.calibration:
        return None
    if not survey.weight and not joined:
        reader.problems.add("calibration_without_weight", Place(file=survey.file))
    codes = [reader.crossed(columns).code for columns in survey.calibration]
    if len(codes) > 1:
        return Calibration.raked(codes, weight)
    # Within a class all weights were multiplied by the same number, so the last ones weigh as those before.
    return Calibration.post_stratified(codes[0], weight, weight)


def _groups(survey: SurveyDesign, reader: Reader) -> Codes | None:
    """The group of each respondent, as a position in those of the questionnaire (−1: not stated); groups that it does
    not have are reported.
    """
    name, known = canonical_head(group_column(survey)), survey.variables.respondent_groups
    if not known or name not in reader.table.columns:
        return None
    found = reader.category(name)
    near = {one: _nearest(one, known) for one in found.labels if one not in known}
    for kind, some in (("respondent_group_misspelt", True), ("respondent_group_undeclared", False)):
        wrong = np.array([*(bool(near[one]) is some if one in near else False for one in found.labels), False])
        pairs = [f"{one} → {right}" for one, right in near.items() if right]
        reader.report(kind, wrong[found.code], name, known=list(known), **({"near": pairs} if some else {}))
    return np.array([*(known.index(one) if one in known else -1 for one in found.labels), -1], np.intp)[found.code]


def _nearest(name: str, known: Sequence[str]) -> str:
    """The known name that was meant, "" where none is close."""
    folded = {one.casefold(): one for one in known}
    close = get_close_matches(name.casefold(), folded, n=1, cutoff=0.75)
    return folded[close[0]] if close else ""


def _faults(reader: Reader, survey: SurveyDesign, drawn: DesignColumns, answers: Floats, respondents: Category) -> None:
    """What the checks of the domain find, with the places in this table."""
    alike: dict[tuple[str, str, int], list[SampleFault]] = {}
    for fault in problems_of(drawn):
        alike.setdefault((fault.kind, fault.of, fault.stage), []).append(fault)
    for found in alike.values():
        fault = found[0]
        stated = getattr(survey.stages[fault.stage], fault.of) if fault.of in ("population", "fraction") else ""
        if not stated or constant_of(stated) is None:
            reader.faults(found, _column_of(survey, fault))
        elif fault.kind == "fraction_range":  # one number in the design, not one a row
            place = Place(file=survey.file, path=f"stages/{fault.stage}/{fault.of}")
            reader.problems.add(fault.kind, place, text=stated, stage=fault.stage + 1)
        else:
            reader.faults(found, "", stated)
    for fault in off_scale(survey.variables, answers):
        reader.faults([fault], canonical_head(fault.of), item=fault.of)
    for fault in repeated(respondents.code):
        reader.faults([fault], canonical_head(survey.respondent or RESPONDENT))
    version = canonical_head(survey.version or VERSION)
    if version in reader.table.columns:
        stated = reader.category(version)
        for fault in unknown_versions(stated.code, stated.labels, survey.variables.versions):
            reader.faults([fault], version)


def _column_of(survey: SurveyDesign, fault: SampleFault) -> str:
    if fault.of == "weight":
        return canonical_head(survey.weight or WEIGHT)
    if fault.of == "strata":
        return canonical_head(survey.strata[0]) if survey.strata else ""
    named = getattr(survey.stages[fault.stage], fault.of)
    return canonical_head(named) if named else ""


def _joined(path: Path, survey: SurveyDesign, respondents: Category, reader: Reader) -> Floats:
    """The weights of another table, by respondent; its own faults are told with its own rows."""
    name, weight = canonical_head(survey.respondent or RESPONDENT), canonical_head(survey.weight or WEIGHT)
    try:
        table = read_table(path, Layout("weights", required=(name, weight)))
    except InvalidInput as error:
        reader.problems.extend(error.problems)
        return np.ones(reader.table.rows)
    other = Reader(table, reader.problems)
    whose, values = other.category(name, required=True), other.weight(weight)
    low = ~(values > 0)
    other.report("weight_not_positive", low, weight)
    for fault in repeated(whose.code):
        other.faults([fault], name)
    asked = set(respondents.labels)
    unasked = np.array([*(label not in asked for label in whose.labels), False], bool)[whose.code]
    other.report("weight_without_respondent", unasked, name, data=reader.table.file)
    values = np.where(low, 1.0, values)
    of = dict(zip((whose.labels[code] for code in whose.code), values.tolist(), strict=True))
    found = np.array([*(of.get(label, np.nan) for label in respondents.labels), np.nan])[respondents.code]
    without = np.isnan(found)
    named = without & (respondents.code >= 0)
    reader.report("respondent_without_weight", named, name, weights=table.file)
    return np.where(without, 1.0, found)
