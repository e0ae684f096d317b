"""The weights of respondents from files: a drawn sample, the responses and a weights plan.

``sample`` has a row for every drawn unit (``respondent, weight``, ``reserve`` and ``reserve_list`` where replacements
were drawn, and whatever else is known of it); ``responses`` a row for every unit that was asked (``respondent``, its
answers, and ``status`` where not everybody answered; a row without status and without any answer says nothing). The
result has a row for everybody who answered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
import polars as pl

from parindex.documents.cycles.exact_columns import exact_column
from parindex.documents.cycles.row_problems import Problems
from parindex.documents.cycles.table_files import DataTable, Layout, canonical_head, read_table
from parindex.documents.results.result_files import ResultTable, table
from parindex.documents.surveys.replacements import Standing, settle
from parindex.documents.surveys.weights_plan_file import (
    MARK,
    PlannedFitting,
    PlannedMargin,
    PlannedNonResponse,
    PlannedStep,
    WeightsPlan,
)
from parindex.domain.errors import InvalidInput, Place, Problem
from parindex.domain.survey.design import Codes, Floats
from parindex.domain.survey.raking import KnownTotals
from parindex.domain.survey.weighting import (
    Fitting,
    NonResponse,
    Step,
    Trimming,
    Weighed,
    effect_of_weights,
    weigh,
)

_RESPONDENT, _WEIGHT, _STATUS, _RESERVE, _LIST = "respondent", "weight", "status", "reserve", "reserve_list"
#: What a row of responses may say of its unit; where the cell is empty, who gave an answer has answered.
STATUSES = {
    "answered": Standing.ANSWERED, "trả lời": Standing.ANSWERED, "đã trả lời": Standing.ANSWERED,
    "refused": Standing.SILENT, "từ chối": Standing.SILENT, "absent": Standing.SILENT, "vắng": Standing.SILENT,
    "ineligible": Standing.INELIGIBLE, "không thuộc đối tượng": Standing.INELIGIBLE,
}  # fmt: skip


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
    ``reserve_without_need``, and those of :func:`parindex.domain.survey.weighting.weigh`.
    """
    drawn, answers = _every_column(sample, (_RESPONDENT, _WEIGHT)), _every_column(responses, (_RESPONDENT,))
    problems = Problems()
    joined = _Joined(drawn, answers, problems)
    _check_columns(plan, joined, problems)
    problems.refuse()
    kept = settle(joined.standing(), joined.reserve(), joined.lists(), joined.names, drawn, problems)
    problems.refuse()
    answered = kept.answered[kept.counted]
    respondents = np.flatnonzero(kept.answered & kept.counted)
    steps = [_step(one, joined, np.flatnonzero(kept.counted), respondents) for one in plan.steps]
    problems.refuse()
    try:
        found = weigh(joined.weight[kept.counted], answered, steps)
    except InvalidInput as error:
        raise InvalidInput(
            [Problem(one.kind, Place(file=responses.name), one.facts) for one in error.problems]
        ) from None
    return RespondentWeights(tuple(found), drawn, answers, respondents, joined.response[respondents], kept.counts)


def _every_column(path: Path, required: Sequence[str]) -> DataTable:
    """A table with all its columns."""
    heads = read_table(path, Layout(path.stem.lower(), required=tuple(required))).unread
    others = tuple(dict.fromkeys(canonical_head(head) for head in heads))
    return read_table(path, Layout(path.stem.lower(), required=tuple(required), optional=others))


class _Joined:
    """The sample with the responses of its units."""

    def __init__(self, sample: DataTable, responses: DataTable, problems: Problems) -> None:
        self.sample, self.responses, self.problems = sample, responses, problems
        self.names = [sample.text(row, _RESPONDENT) for row in range(sample.rows)]
        places = self._identified(sample)
        answers = self._identified(responses)
        for name, row in answers.items():
            if name not in places:
                problems.add("respondent_not_sampled", responses.place(row, _RESPONDENT), text=name)
        #: The row of the response of each sampled unit; −1 where there is none.
        self.response = np.array([answers.get(name, -1) for name in self.names], dtype=np.intp)
        self.weight = self._weights()
        self._check_shared()

    def _identified(self, table: DataTable) -> dict[str, int]:
        if not table.rows:
            self.problems.add("table_without_rows", Place(file=table.file, sheet=table.sheet))
        found: dict[str, int] = {}
        for row in range(table.rows):
            name = table.text(row, _RESPONDENT)
            if not name:
                self.problems.add("cell_missing", table.place(row, _RESPONDENT), column=_RESPONDENT)
            elif name in found:
                self.problems.add("respondent_twice", table.place(row, _RESPONDENT), text=name, count=1)
            else:
                found[name] = row
        return found

    def _weights(self) -> Floats:
        column = exact_column(self.sample.column(_WEIGHT))
        self.problems.rows(self.sample, "not_a_number", column.bad, _WEIGHT)
        values = np.array([float(column.value(row)) for row in range(self.sample.rows)])
        self.problems.rows(self.sample, "weight_not_positive", (values <= 0) & ~column.bad, _WEIGHT)
        return values

    def _check_shared(self) -> None:
        """What both tables say of a unit must be the same (the responses may stand in a copy of the sample).

        The names of the result are not for answers.
        """
        for name in self.responses.columns:
            if name.startswith("weight_"):
                self.problems.add("response_column_reserved", Place(file=self.responses.file), column=name)
            elif name in self.sample.columns and name != _RESPONDENT:
                for place, row in enumerate(self.response.tolist()):
                    said = self.responses.text(row, name) if row >= 0 else ""
                    if said and said != self.sample.text(place, name):
                        facts = {"text": said, "value": self.sample.text(place, name), "unit": self.names[place]}
                        self.problems.add("response_differs", self.responses.place(row, name), column=name, **facts)

    def standing(self) -> list[Standing]:
        """What became of each sampled unit."""
        answers = [name for name in self.responses.columns if name not in (*self.sample.columns, _STATUS)]
        found = []
        for row in self.response.tolist():
            word = self.responses.text(row, _STATUS) if row >= 0 else ""
            said = not answers or any(self.responses.text(row, name) for name in answers)
            without_word = Standing.ANSWERED if said else Standing.UNTOLD
            known = STATUSES.get(word.lower()) if word else without_word
            if known is None:
                known_words = sorted(STATUSES)
                self.problems.add(
                    "status_unknown", self.responses.place(row, _STATUS), column=_STATUS, text=word, known=known_words
                )
            found.append(Standing.UNTOLD if row < 0 else known or Standing.SILENT)
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

    def classes(self, by: Sequence[str], rows: Codes) -> list[str]:
        """The class of each of ``rows``; reports empty cells."""
        found = []
        for row in rows.tolist():
            cells = []
            for name in by:
                table, at = (
                    (self.sample, row) if name in self.sample.columns else (self.responses, int(self.response[row]))
                )
                cells.append(table.text(at, name))
                if not cells[-1]:
                    self.problems.add("cell_missing", table.place(at, name), column=name)
            found.append(MARK.join(cells))
        return found


def _check_columns(plan: WeightsPlan, joined: _Joined, problems: Problems) -> None:
    for number, step in enumerate(plan.steps, start=1):
        of_sample = isinstance(step, PlannedNonResponse)
        margins = step.margins if isinstance(step, PlannedFitting) else (step,)
        for name in (name for margin in margins for name in margin.by):
            if not joined.knows(name, sampled=of_sample):
                file = joined.sample.file if of_sample else joined.responses.file
                problems.add("plan_column_missing", Place(file=file), column=name, step=number)


def _step(planned: PlannedStep, joined: _Joined, sampled: Codes, respondents: Codes) -> Step:
    if isinstance(planned, PlannedFitting):
        margins = (_known_totals(margin, joined, respondents) for margin in planned.margins)
        return Fitting(tuple(margins), planned.rounds)
    of_sample = isinstance(planned, PlannedNonResponse)
    classes = joined.classes(planned.by, sampled if of_sample else respondents)
    labels = tuple(sorted(set(classes)))
    places = {label: place for place, label in enumerate(labels)}
    code = np.array([places[label] for label in classes], dtype=np.intp)
    if isinstance(planned, PlannedNonResponse):
        return NonResponse(planned.by, labels, code, planned.minimum)
    return Trimming(planned.by, labels, code, float(planned.upper), planned.of)


def _known_totals(margin: PlannedMargin, joined: _Joined, respondents: Codes) -> KnownTotals:
    places = {label: place for place, label in enumerate(margin.totals)}
    classes = joined.classes(margin.by, respondents)
    code = np.array([places.get(label, -1) for label in classes], dtype=np.intp)
    return KnownTotals(margin.by, tuple(margin.totals), tuple(margin.totals.values()), code)


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
