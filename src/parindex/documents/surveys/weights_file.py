"""The weights of respondents from files: a drawn sample, the responses and a weights plan.

``sample`` has a row for every drawn unit (``respondent, weight``, ``reserve`` and ``reserve_list`` where replacements
were drawn, and whatever else is known of it); ``responses`` a row for every unit that was asked (``respondent``, its
answers, and ``status`` where not everybody answered; a row without status and without any answer says nothing). The
result has a row for everybody who answered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import polars as pl

from parindex.documents.cycles.exact_columns import exact_column
from parindex.documents.cycles.row_problems import Problems
from parindex.documents.cycles.table_files import DataTable, Layout, canonical_head, read_table
from parindex.documents.results.result_files import ResultTable, table
from parindex.documents.surveys.replacements import Standing, settle
from parindex.documents.surveys.response_columns import Reader
from parindex.documents.surveys.weights_plan_file import (
    PlannedFitting,
    PlannedMargin,
    PlannedNonResponse,
    PlannedStep,
    PlannedTrimming,
    WeightsPlan,
)
from parindex.domain.errors import InvalidInput, Place, Problem
from parindex.domain.survey.arrays import Codes, Floats
from parindex.domain.survey.weights.raking import MARK, KnownTotals
from parindex.domain.survey.weights.weighting import (
    Fitting,
    NonResponse,
    Step,
    Trimming,
    Weighed,
    effect_of_weights,
    problems_of_plan,
    weigh,
)

_RESPONDENT, _WEIGHT, _STATUS, _RESERVE, _LIST = "respondent", "weight", "status", "reserve", "reserve_list"
#: What a row of responses may say of its unit; where the cell is empty, who gave an answer has answered.
STATUSES = {
    "answered": Standing.ANSWERED, "trả lời": Standing.ANSWERED, "đã trả lời": Standing.ANSWERED,
    "refused": Standing.SILENT, "từ chối": Standing.SILENT, "absent": Standing.SILENT, "vắng": Standing.SILENT,
    "ineligible": Standing.INELIGIBLE, "không thuộc đối tượng": Standing.INELIGIBLE,
}  # fmt: skip
#: What may only follow from rows of the tables that could not be used.
_OF_TOO_FEW = frozenset({"nobody_answered", "nonresponse_class_small", "margin_class_empty"})


@dataclass(frozen=True, slots=True, eq=False)
class RespondentWeights:
    """The weights after each step, with the rows of sample and responses that they belong to."""

    steps: tuple[Weighed, ...]
    sample: DataTable
    responses: DataTable
    sample_rows: Codes
    response_rows: Codes
    #: Sampled units by what became of them; replacements that were used.
    counts: Mapping[str, int]


def respondent_weights(plan: WeightsPlan, sample: Path, responses: Path) -> RespondentWeights:
    """The weights of everybody who answered.

    Raises :class:`InvalidInput` with every problem of the two tables and of the plan with them: ``cell_missing``,
    ``not_a_number``, ``weight_not_positive``, ``respondent_twice``, ``respondent_not_sampled``, ``status_unknown``,
    ``response_column_reserved``, ``response_differs``, ``plan_column_missing``, ``reserve_out_of_order``,
    ``reserve_without_need``, and those of :func:`parindex.domain.survey.weights.weighting.weigh`, which stand where the
    plan or its table of totals says what they are about.
    """
    drawn, answers = _tables(plan, sample, responses)
    problems = Problems()
    joined = _Joined(drawn, answers, problems)
    kept = settle(joined.standing(), joined.reserve(), joined.lists(), joined.names, drawn, problems)
    sound = not problems.found
    missing = _check_columns(plan, joined, problems)
    respondents = np.flatnonzero(kept.answered & kept.counted)
    steps = [_step(one, joined, np.flatnonzero(kept.counted), respondents, missing) for one in plan.steps]
    joined.report_empty()
    answered = kept.answered[kept.counted]
    found = [one for one in problems_of_plan(steps, answered) if sound or one.kind not in _OF_TOO_FEW]
    problems.extend(_placed(found, plan, answers.file))
    problems.refuse()
    try:
        made = weigh(joined.weight[kept.counted], answered, steps)
    except InvalidInput as error:
        raise InvalidInput(list(_placed(error.problems, plan, answers.file))) from None
    return RespondentWeights(tuple(made), drawn, answers, respondents, joined.response[respondents], kept.counts)


def _tables(plan: WeightsPlan, sample: Path, responses: Path) -> tuple[DataTable, DataTable]:
    """Both tables; where one cannot be read, what is wrong with either and with the plan by itself."""
    found: list[DataTable] = []
    problems = Problems()
    for path, required in ((sample, (_RESPONDENT, _WEIGHT)), (responses, (_RESPONDENT,))):
        try:
            found.append(_every_column(path, required))
        except InvalidInput as error:
            problems.extend(error.problems)
    if problems.found:
        alone = [_without_respondents(step) for step in plan.steps]
        problems.extend(_placed(problems_of_plan(alone, np.ones(1, dtype=np.bool_)), plan, responses.name))
        problems.refuse()
    return found[0], found[1]


def _placed(problems: Iterable[Problem], plan: WeightsPlan, responses: str) -> Iterator[Problem]:
    """Problems of the steps where the plan, or the table of totals, says what they are about."""
    for one in problems:
        number = one.facts.get("step")
        place = Place(file=responses)
        if number is not None:
            step = plan.steps[number - 1]
            place = step.place
            named = one.facts.get("other", one.facts.get("margin"))
            for margin in step.margins if isinstance(step, PlannedFitting) else ():
                if MARK.join(margin.by) == named:
                    place = margin.places.get(one.facts.get("label", ""), margin.place)
        yield replace(one, place=place)


def _every_column(path: Path, required: Sequence[str]) -> DataTable:
    """A table with all its columns."""
    heads = read_table(path, Layout(path.stem.lower(), required=tuple(required))).unread
    others = tuple(dict.fromkeys(canonical_head(head) for head in heads))
    return read_table(path, Layout(path.stem.lower(), required=tuple(required), optional=others))


class _Joined:
    """The sample with the responses of its units."""

    def __init__(self, sample: DataTable, responses: DataTable, problems: Problems) -> None:
        self.sample, self.responses, self.problems = sample, responses, problems
        self._of_sample, self._of_responses = Reader(sample, problems), Reader(responses, problems)
        #: The rows whose class is not known, by column, in the sample and in the responses.
        self._empty: tuple[dict[str, set[int]], dict[str, set[int]]] = ({}, {})
        self.names = [sample.text(row, _RESPONDENT) for row in range(sample.rows)]
        places = self._identified(self._of_sample)
        answers = self._identified(self._of_responses)
        unknown = [row for name, row in answers.items() if name not in places]
        self._of_responses.report("respondent_not_sampled", _rows(unknown), _RESPONDENT)
        #: The row of the response of each sampled unit; −1 where there is none.
        self.response = np.array([answers.get(name, -1) for name in self.names], dtype=np.intp)
        self.weight = self._weights()
        self._check_shared()

    def _identified(self, reader: Reader) -> dict[str, int]:
        table = reader.table
        if not table.rows:
            self.problems.add("table_without_rows", Place(file=table.file, sheet=table.sheet))
        found: dict[str, int] = {}
        empty, again = [], []
        for row in range(table.rows):
            name = table.text(row, _RESPONDENT)
            if not name:
                empty.append(row)
            elif found.setdefault(name, row) != row:
                again.append(row)
        reader.report("cell_missing", _rows(empty), _RESPONDENT)
        reader.report("respondent_twice", _rows(again), _RESPONDENT, stage=1)
        return found

    def _weights(self) -> Floats:
        column = exact_column(self.sample.column(_WEIGHT))
        self._of_sample.report("not_a_number", column.bad, _WEIGHT)
        values = np.array([float(column.value(row)) for row in range(self.sample.rows)])
        self._of_sample.report("weight_not_positive", (values <= 0) & ~column.bad, _WEIGHT)
        return values

    def _check_shared(self) -> None:
        """What both tables say of a unit must be the same (the responses may stand in a copy of the sample).

        The names of the result are not for answers.
        """
        for name in self.responses.columns:
            if name.startswith("weight_"):
                self.problems.add("response_column_reserved", Place(file=self.responses.file), column=name)
            elif name in self.sample.columns and name != _RESPONDENT:
                differing = {
                    row: place
                    for place, row in enumerate(self.response.tolist())
                    if row >= 0 and self.responses.text(row, name) not in ("", self.sample.text(place, name))
                }
                if differing:
                    first = differing[min(differing)]
                    facts = {"value": self.sample.text(first, name), "unit": self.names[first]}
                    self._of_responses.report("response_differs", _rows(list(differing)), name, **facts)

    def standing(self) -> list[Standing]:
        """What became of each sampled unit."""
        answers = [name for name in self.responses.columns if name not in (*self.sample.columns, _STATUS)]
        found, not_known = [], []
        for row in self.response.tolist():
            word = self.responses.text(row, _STATUS) if row >= 0 else ""
            said = not answers or any(self.responses.text(row, name) for name in answers)
            without_word = Standing.ANSWERED if said else Standing.UNTOLD
            known = STATUSES.get(word.lower()) if word else without_word
            if known is None:
                not_known.append(row)
            found.append(Standing.UNTOLD if row < 0 else known or Standing.SILENT)
        self._of_responses.report("status_unknown", _rows(not_known), _STATUS, known=sorted(STATUSES))
        return found

    def reserve(self) -> Codes:
        """The place of each sampled unit in its list of replacements: 0 for the sample itself."""
        column = exact_column(self.sample.column(_RESERVE))
        return np.where(column.present, column.digits, 0).astype(np.intp)

    def lists(self) -> list[str]:
        """The list of replacements of each sampled unit."""
        return [self.sample.text(row, _LIST) for row in range(self.sample.rows)]

    def knows(self, name: str, *, sampled: bool) -> bool:
        """Whether a column is known of everybody sampled, or of everybody who answered."""
        return name in self.sample.columns or (not sampled and name in self.responses.columns)

    def classes(self, by: Sequence[str], rows: Codes) -> list[str | None]:
        """The class of each of ``rows``, None where a cell is empty (see :meth:`report_empty`)."""
        found: list[str | None] = []
        for row in rows.tolist():
            cells = []
            for name in by:
                sampled = name in self.sample.columns
                table, at = (self.sample, row) if sampled else (self.responses, int(self.response[row]))
                cells.append(table.text(at, name))
                if not cells[-1]:
                    self._empty[not sampled].setdefault(name, set()).add(at)
            found.append(MARK.join(cells) if all(cells) else None)
        return found

    def report_empty(self) -> None:
        """Report the empty cells that :meth:`classes` met, each once."""
        for reader, columns in zip((self._of_sample, self._of_responses), self._empty, strict=True):
            for name, rows in columns.items():
                reader.report("cell_missing", _rows(sorted(rows)), name)


def _rows(rows: Sequence[int]) -> Codes:
    return np.array(rows, dtype=np.intp)


def _check_columns(plan: WeightsPlan, joined: _Joined, problems: Problems) -> frozenset[tuple[str, ...]]:
    """Report the columns that the plan needs and the tables lack; the lists of columns that hold one of them."""
    missing = set()
    for number, step in enumerate(plan.steps, start=1):
        of_sample = isinstance(step, PlannedNonResponse)
        margins = step.margins if isinstance(step, PlannedFitting) else (step,)
        for margin in margins:
            for name in margin.by:
                if not joined.knows(name, sampled=of_sample):
                    missing.add(margin.by)
                    file = joined.sample.file if of_sample else joined.responses.file
                    problems.add("plan_column_missing", Place(file=file), column=name, step=number)
    return frozenset(missing)


def _step(
    planned: PlannedStep, joined: _Joined, sampled: Codes, respondents: Codes, missing: frozenset[tuple[str, ...]]
) -> Step:
    """A step with the classes of the units; without them where a column is missing or a cell is empty."""
    if isinstance(planned, PlannedFitting):
        known = [margin.by not in missing for margin in planned.margins]
        margins = [
            _known_totals(margin, joined.classes(margin.by, respondents) if there else ())
            for margin, there in zip(planned.margins, known, strict=True)
        ]
        return Fitting(tuple(margins), planned.rounds)
    if planned.by in missing:
        return _without_respondents(planned)
    of_sample = isinstance(planned, PlannedNonResponse)
    classes = joined.classes(planned.by, sampled if of_sample else respondents)
    if None in classes:
        return _without_respondents(planned)
    labels = tuple(sorted({label for label in classes if label is not None}))
    places = {label: place for place, label in enumerate(labels)}
    code = np.array([places[label] for label in classes if label is not None], dtype=np.intp)
    if isinstance(planned, PlannedNonResponse):
        return NonResponse(planned.by, labels, code, planned.minimum)
    return Trimming(planned.by, labels, code, float(planned.upper), planned.of)


def _without_respondents(planned: PlannedStep) -> Step:
    """A step of which only the plan is known: enough for what contradicts itself in it."""
    none = np.empty(0, dtype=np.intp)
    if isinstance(planned, PlannedNonResponse):
        return NonResponse(planned.by, (), none, planned.minimum)
    if isinstance(planned, PlannedTrimming):
        return Trimming(planned.by, (), none, float(planned.upper), planned.of)
    return Fitting(tuple(_known_totals(margin, ()) for margin in planned.margins), planned.rounds)


def _known_totals(margin: PlannedMargin, classes: Sequence[str | None]) -> KnownTotals:
    places = {label: place for place, label in enumerate(margin.totals)}
    code = np.array([places.get(label, -1) for label in classes if label is not None], dtype=np.intp)
    unknown = Counter(label for label in classes if label is not None and label not in places)
    most_first = tuple(sorted(unknown, key=lambda label: (-unknown[label], label)))
    return KnownTotals(margin.by, tuple(margin.totals), tuple(margin.totals.values()), code, most_first)


# --- tables --------------------------------------------------------------------------------------------------------


def weights_table(made: RespondentWeights) -> ResultTable:
    """A row for everybody who answered: ``respondent, weight``, the weight after each step, then what sample and
    responses say."""
    columns = {_RESPONDENT: _texts(made.sample, _RESPONDENT, made.sample_rows)}
    columns[_WEIGHT] = _numbers(made.steps[-1].weight)
    for number, step in enumerate(made.steps):
        columns[f"weight_{number}_{step.kind}"] = _numbers(step.weight)
    for name in made.sample.columns:
        if name not in (_RESPONDENT, _WEIGHT):
            columns[name] = _texts(made.sample, name, made.sample_rows)
    for name in made.responses.columns:
        if name not in columns and name != _STATUS:
            columns[name] = _texts(made.responses, name, made.response_rows)
    frame = pl.DataFrame([column.alias(name) for name, column in columns.items()])
    return ResultTable("weights", lambda: frame)


def _numbers(values: Floats) -> pl.Series:
    """Weights as decimals with twelve places."""
    return pl.Series(values).cast(pl.Decimal(38, 12))


def _texts(table: DataTable, name: str, rows: Codes) -> pl.Series:
    """A column as it was read; whole numbers as such, unless they are written with zeros before them."""
    column = table.column(name).gather(pl.Series(rows, dtype=pl.UInt32))
    if column.dtype.is_integer():
        return column
    text = column.cast(pl.String)
    whole = text.drop_nulls().str.contains(r"^(?:0|-?[1-9][0-9]{0,17})$")
    return text.cast(pl.Int64) if len(whole) and bool(whole.all()) else text


def steps_table(made: RespondentWeights) -> ResultTable:
    """The log: a row for each step with totals, factors and the effect of unequal weights."""
    heads = [
        "step", "kind", "by", "respondents", "total_before", "total", "lowest_factor", "highest_factor",
        "lowest_weight", "highest_weight", "effect_of_weights", "rounds", "cut", "worst_class", "worst_share",
    ]  # fmt: skip
    return table("steps", heads, [list(row.values()) for row in steps_data(made)])


def steps_data(made: RespondentWeights) -> list[dict[str, str | int | Fraction | None]]:
    """The log as data."""
    found = []
    for number, step in enumerate(made.steps):
        before = made.steps[max(number - 1, 0)].weight
        factor = step.weight / before
        worst = step.deviation
        row: dict[str, str | int | Fraction | None] = {
            "step": number,
            "kind": step.kind,
            "by": ", ".join(step.by) or None,
            "respondents": len(step.weight),
            "total_before": _exact(step.before),
            "total": _exact(step.total),
            "lowest_factor": _exact(float(factor.min())),
            "highest_factor": _exact(float(factor.max())),
            "lowest_weight": _exact(float(step.weight.min())),
            "highest_weight": _exact(float(step.weight.max())),
            "effect_of_weights": _exact(effect_of_weights(step.weight)),
            "rounds": step.rounds or None,
            "cut": step.cut if step.kind == "trimming" else None,
            "worst_class": None if worst is None else f"{worst.by}: {worst.label}",
            "worst_share": None if worst is None else _exact(worst.share),
        }
        found.append(row)
    return found


def _exact(value: float) -> Fraction:
    return Fraction(value).limit_denominator(10**12)
