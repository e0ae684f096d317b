"""The answers of a survey: one row a respondent, a column an item (blank: no answer), several options as ``1;6``.

CSV, XLSX and Parquet, read as the tables of a cycle are. Everything that is wrong with the file, with the design
against the file, and with the answers is reported at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import polars as pl

from parindex.documents.cycles.coded_columns import coded, codes, distinct
from parindex.documents.cycles.exact_columns import exact_column
from parindex.documents.cycles.row_problems import Problems
from parindex.documents.cycles.table_files import DataTable, Layout, canonical_head, read_table
from parindex.documents.surveys.design_file import SurveyDesign
from parindex.domain.errors import InvalidInput, InvalidValue, Place
from parindex.domain.survey.design import Codes, Floats, Sample
from parindex.domain.survey.design_check import (
    Drawn,
    Fault,
    numbered_anew,
    off_scale,
    problems_of,
    repeated,
    sample_of,
    unknown_versions,
)
from parindex.domain.survey.variables import Choice
from parindex.domain.values import parse_number

#: Columns that are used where the data have them, whatever the design says.
RESPONDENT, VERSION, WEIGHT = "respondent", "version", "weight"


@dataclass(frozen=True, slots=True, eq=False)
class Category:
    """A column of names: ``code`` is the position in ``labels`` by respondent, −1 where the cell is empty."""

    code: Codes
    labels: tuple[str, ...]


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
    drawn: Drawn
    strata: Category
    clusters: tuple[Category, ...]
    #: Clusters are numbered 1, 2 … in every stratum although the design does not say so: cluster 1 of two is two.
    numbered_anew: bool = False

    def __len__(self) -> int:
        return self.table.rows


def read_responses(path: Path, survey: SurveyDesign, by: Sequence[str] = (), weights: Path | None = None) -> Responses:
    """The answers in ``path`` under the design ``survey``, with the columns ``by``.

    ``weights`` is a table ``respondent, weight`` that takes the place of the column of weights. Raises
    :class:`InvalidInput` with every problem of file, design and answers at once.
    """
    table = read_table(path, _layout(survey, by, joined=weights is not None))
    survey = _of_what_is_there(survey, table)
    problems = Problems()
    reader = _Reader(table, problems)
    if not table.rows:
        problems.add("table_without_rows", Place(file=table.file, sheet=table.sheet))
        problems.refuse()
    respondents = reader.category(survey.respondent or RESPONDENT)
    weight = _joined(weights, survey, respondents, reader) if weights is not None else reader.weight(survey.weight)
    strata = reader.crossed(survey.strata)
    clusters = tuple(
        reader.category(stage.cluster, required=True) if stage.cluster else reader.everyone() for stage in survey.stages
    )
    anew = bool(clusters) and numbered_anew(strata.code, clusters[0].code, clusters[0].labels or ("",))
    drawn = Drawn(
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
    numbers = {name: reader.number(name) for name in _numeric(survey)}
    named = dict.fromkeys((*by, *_categories(survey)))
    categories = {name: reader.declared(name, survey.demographics.get(name)) for name in named}
    reader.faults(survey, drawn, answers, respondents)
    problems.refuse()
    return Responses(
        survey,
        sample_of(drawn),
        answers,
        wishes,
        numbers,
        categories,
        table,
        drawn,
        strata,
        clusters,
        anew and not survey.nested,
    )


def _numeric(survey: SurveyDesign) -> tuple[str, ...]:
    """The columns that hold numbers: those of questions and of ratios, unless they are items."""
    of_ratios = (name for ratio in survey.variables.ratios for name in (ratio.numerator, ratio.denominator))
    known = set(survey.variables.codes)
    return tuple(dict.fromkeys(name for name in (*survey.variables.numbers, *of_ratios) if name not in known))


def _beside_scales(survey: SurveyDesign) -> tuple[str, ...]:
    return (*(choice.code for choice in survey.variables.choices), *_numeric(survey))


def _of_what_is_there(survey: SurveyDesign, table: DataTable) -> SurveyDesign:
    """The design without the questions beside scales that the data do not have."""

    def there(name: str) -> bool:
        return canonical_head(name) in table.columns

    variables = survey.variables
    kept = replace(
        variables,
        choices=tuple(choice for choice in variables.choices if there(choice.code)),
        numbers=tuple(filter(there, variables.numbers)),
        ratios=tuple(one for one in variables.ratios if there(one.numerator) and there(one.denominator)),
    )
    return replace(survey, variables=kept)


def _categories(survey: SurveyDesign) -> tuple[str, ...]:
    return tuple(name for name in (survey.unit, survey.respondent_group, *survey.overlap) if name)


def _layout(survey: SurveyDesign, by: Sequence[str], *, joined: bool) -> Layout:
    variables = survey.variables
    stages = (name for one in survey.stages for name in (one.cluster, *_columns((one.population, one.fraction))))
    required = [
        *survey.strata,
        *(name for name in stages if name),
        *(() if joined or not survey.weight else (survey.weight,)),
        *((survey.respondent,) if survey.respondent else ((RESPONDENT,) if joined else ())),
        *((survey.version,) if survey.version else ()),
        *_categories(survey),
        *by,
        *variables.codes,
        *(() if survey.questionnaire else _beside_scales(survey)),
    ]
    # A form also asks who answers: what of that is not in the data is not estimated.
    optional = [
        RESPONDENT,
        *map(canonical_head, _beside_scales(survey)),
        *((VERSION,) if variables.versions and not survey.version else ()),
    ]
    return Layout(
        "responses",
        required=tuple(dict.fromkeys(map(canonical_head, required))),
        optional=tuple(optional),
    )


def _columns(stated: Iterable[str]) -> list[str]:
    """Those of ``stated`` that name a column and are not the number itself."""
    return [name for name in stated if name and _constant(name) is None]


def _constant(stated: str) -> float | None:
    try:
        return float(parse_number(stated))
    except InvalidValue:
        return None


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads columns of one table; problems go to the list."""

    table: DataTable
    problems: Problems

    def column(self, name: str) -> pl.Series:
        return self.table.column(canonical_head(name))

    def number(self, name: str) -> Floats:
        """A column of numbers, NaN where the cell is empty."""
        read = exact_column(self.column(name))
        self.problems.rows(self.table, "not_a_number", read.bad, canonical_head(name))
        found = np.where(read.present, read.digits / 10.0**read.places, np.nan)
        for row, value in read.slow.items():
            found[row] = float(value)
        return found

    def figure(self, stated: str) -> Floats | None:
        """A column that every respondent needs, or the number that is stated instead; None where nothing is."""
        if not stated:
            return None
        constant = _constant(stated)
        if constant is not None:
            return np.full(self.table.rows, constant)
        return self._filled(stated, self.number(stated))

    def weight(self, name: str) -> Floats:
        """The weights, 1 without a column of them."""
        return np.ones(self.table.rows) if not name else self._filled(name, self.number(name))

    def _filled(self, name: str, found: Floats) -> Floats:
        empty = self.column(name).is_null().to_numpy()
        self.problems.rows(self.table, "cell_missing", empty, canonical_head(name))
        return np.where(np.isnan(found), 1.0, found)

    def category(self, name: str, *, required: bool = False) -> Category:
        """A column of names, in alphabetical order."""
        column = coded(self.column(name))
        texts = distinct(column).to_list()
        order = sorted(range(len(texts)), key=lambda one: texts[one])
        place = np.empty(len(texts) + 1, np.intp)
        place[order] = np.arange(len(texts))
        place[len(texts)] = -1
        found = place[codes(column)]
        if required:
            self.problems.rows(self.table, "cell_missing", found < 0, canonical_head(name))
            found = np.maximum(found, 0)
        return Category(found, tuple(texts[one] for one in order))

    def declared(self, name: str, listed: Mapping[str, str] | None) -> Category:
        """A column of names of which the design may list those that there are."""
        found = self.category(name)
        if listed is None:
            return found
        labels = tuple(listed)
        place = np.array([*(labels.index(one) if one in listed else -2 for one in found.labels), -1], np.intp)
        position = place[found.code]
        known = list(labels)
        self.problems.rows(self.table, "category_unknown", position == -2, canonical_head(name), known=known)
        return Category(position, labels)

    def crossed(self, columns: Sequence[str]) -> Category:
        """The strata: the pairs that occur of several columns; one stratum without columns."""
        found = Category(np.zeros(self.table.rows, np.intp), ("",))
        for number, name in enumerate(columns):
            one = self.category(name, required=True)
            pairs, code = np.unique(found.code * len(one.labels) + one.code, return_inverse=True)
            before, after = np.divmod(pairs, max(len(one.labels), 1))
            labels = (
                [one.labels[right] for right in after]
                if not number
                else [f"{found.labels[left]} / {one.labels[right]}" for left, right in zip(before, after, strict=True)]
            )
            found = Category(code, tuple(labels))
        return found

    def everyone(self) -> Category:
        return Category(np.arange(self.table.rows), ())

    def wishes(self, choice: Choice) -> Floats:
        """1 where an option was chosen, 0 where another was, NaN without an answer."""
        column = coded(self.column(choice.code))
        texts = [str(text) for text in distinct(column).to_list()]
        names = tuple(choice.options)
        found = np.full((len(texts) + 1, len(names)), np.nan)
        unknown, twice = np.zeros(len(texts) + 1, bool), np.zeros(len(texts) + 1, bool)
        many = np.zeros(len(texts) + 1, bool)
        for row, text in enumerate(texts):
            chosen = [one for one in (part.strip() for part in text.replace(",", ";").split(";")) if one]
            unknown[row] = any(one not in choice.options for one in chosen)
            twice[row] = len(set(chosen)) < len(chosen)
            many[row] = choice.most is not None and len(chosen) > choice.most
            found[row] = [one in chosen for one in names]
        rows, name = codes(column), canonical_head(choice.code)
        self.problems.rows(self.table, "option_unknown", unknown[rows], name, known=list(names))
        self.problems.rows(self.table, "option_twice", twice[rows], name)
        self.problems.rows(self.table, "options_too_many", many[rows], name, most=choice.most)
        return np.asarray(found[rows])

    def faults(self, survey: SurveyDesign, drawn: Drawn, answers: Floats, respondents: Category) -> None:
        """What the checks of the domain find, with the places in this table."""
        for fault in problems_of(drawn):
            self._fault(fault, self._column_of(survey, fault))
        for fault in off_scale(survey.variables, answers):
            self._fault(fault, canonical_head(fault.of), item=fault.of)
        for fault in repeated(respondents.code):
            self._fault(fault, canonical_head(survey.respondent or RESPONDENT))
        version = canonical_head(survey.version or VERSION)
        if version in self.table.columns:
            stated = self.category(version)
            for fault in unknown_versions(stated.code, stated.labels, survey.variables.versions):
                self._fault(fault, version)

    def _column_of(self, survey: SurveyDesign, fault: Fault) -> str:
        if fault.of == "weight":
            return canonical_head(survey.weight or WEIGHT)
        if fault.of == "strata":
            return canonical_head(survey.strata[0]) if survey.strata else ""
        named = getattr(survey.stages[fault.stage], fault.of)
        return canonical_head(named) if named else ""

    def _fault(self, fault: Fault, column: str, **facts: object) -> None:
        known = dict(fault.facts)
        if "first" in known:
            known["first"] = self.table.place(known["first"]).row
        columns = (column,) if column else ()
        self.problems.rows(self.table, fault.kind, fault.rows, *columns, **{**known, **facts, "stage": fault.stage + 1})


def _joined(path: Path, survey: SurveyDesign, respondents: Category, reader: _Reader) -> Floats:
    """The weights of another table, by respondent."""
    name, weight = canonical_head(survey.respondent or RESPONDENT), canonical_head(survey.weight or WEIGHT)
    try:
        table = read_table(path, Layout("weights", required=(name, weight)))
    except InvalidInput as error:
        reader.problems.extend(error.problems)
        return np.ones(reader.table.rows)
    other = _Reader(table, reader.problems)
    whose, values = other.category(name, required=True), other.weight(weight)
    for fault in repeated(whose.code):
        other._fault(fault, name)
    of = dict(zip((whose.labels[code] for code in whose.code), values.tolist(), strict=True))
    found = np.array([*(of.get(label, np.nan) for label in respondents.labels), np.nan])[respondents.code]
    without = np.isnan(found)
    reader.problems.rows(reader.table, "respondent_without_weight", without, name, weights=table.file)
    return np.where(without, 1.0, found)
