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
from pathlib import Path

import numpy as np

from parindex.documents.cycles.exact_columns import exact_column
from parindex.documents.cycles.row_problems import Problems
from parindex.documents.cycles.table_files import DataTable, Layout, canonical_head, read_table
from parindex.documents.surveys.replacements import Standing, settle
from parindex.documents.surveys.response_columns import Reader
from parindex.documents.surveys.weights_plan_file import (
    PlannedFitting,
    PlannedMargin,
    PlannedNonResponse,
    PlannedStep,
    PlannedTrimming,
    PlannedUnknown,
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
    problems_of_plan,
    weigh,
)

RESPONDENT, WEIGHT, STATUS, _RESERVE, _LIST = "respondent", "weight", "status", "reserve", "reserve_list"
#: What a row of responses may say of its unit: a code, or words for it; where the cell is empty, who gave an answer has
#: answered.
STATUS_WORDS = {
    "answered": ("trả lời", "đã trả lời"),
    "refused": ("từ chối",),
    "absent": ("vắng",),
    "ineligible": ("không thuộc đối tượng",),
}
_OF_CODES = {"answered": Standing.ANSWERED, "ineligible": Standing.INELIGIBLE}
STATUSES = {
    word: _OF_CODES.get(code, Standing.SILENT) for code, words in STATUS_WORDS.items() for word in (code, *words)
}
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
    plan or its table of totals says what they are about; first those that the plan has by itself.
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
    problems.found[:0] = plan.problems
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
    for path, required in ((sample, (RESPONDENT, WEIGHT)), (responses, (RESPONDENT,))):
        try:
            found.append(_every_column(path, required))
        except InvalidInput as error:
            problems.extend(error.problems)
    if problems.found:
        alone = [_without_respondents(step) for step in plan.steps]
        problems.extend(_placed(problems_of_plan(alone, np.ones(1, dtype=np.bool_)), plan, responses.name))
        problems.found[:0] = plan.problems
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
        self.names = [sample.text(row, RESPONDENT) for row in range(sample.rows)]
        places = self._identified(self._of_sample)
        answers = self._identified(self._of_responses)
        unknown = [row for name, row in answers.items() if name not in places]
        self._of_responses.report("respondent_not_sampled", _rows(unknown), RESPONDENT)
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
            name = table.text(row, RESPONDENT)
            if not name:
                empty.append(row)
            elif found.setdefault(name, row) != row:
                again.append(row)
        reader.report("cell_missing", _rows(empty), RESPONDENT)
        reader.report("respondent_twice", _rows(again), RESPONDENT, stage=1)
        return found

    def _weights(self) -> Floats:
        column = exact_column(self.sample.column(WEIGHT))
        self._of_sample.report("not_a_number", column.bad, WEIGHT)
        values = np.array([float(column.value(row)) for row in range(self.sample.rows)])
        self._of_sample.report("weight_not_positive", (values <= 0) & ~column.bad, WEIGHT)
        return values

    def _check_shared(self) -> None:
        """What both tables say of a unit must be the same (the responses may stand in a copy of the sample).

        The names of the result are not for answers.
        """
        for name in self.responses.columns:
            if name.startswith("weight_"):
                self.problems.add("response_column_reserved", Place(file=self.responses.file), column=name)
            elif name in self.sample.columns and name != RESPONDENT:
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
        answers = [name for name in self.responses.columns if name not in (*self.sample.columns, STATUS)]
        words = [self.responses.text(row, STATUS).lower() for row in range(self.responses.rows)]
        not_known = [row for row, word in enumerate(words) if word and word not in STATUSES]
        self._of_responses.report("status_unknown", _rows(not_known), STATUS, known=_status_words())
        found = []
        for row in self.response.tolist():
            if row >= 0 and words[row]:
                found.append(STATUSES.get(words[row], Standing.SILENT))
            else:
                said = row >= 0 and (not answers or any(self.responses.text(row, name) for name in answers))
                found.append(Standing.ANSWERED if said else Standing.UNTOLD)
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


def _status_words() -> list[str]:
    """What may be written as a status: each code of ours with the words that mean the same."""
    return [f"{code} ({' / '.join(words)})" for code, words in STATUS_WORDS.items()]


def _rows(rows: Sequence[int]) -> Codes:
    return np.array(rows, dtype=np.intp)


def _check_columns(plan: WeightsPlan, joined: _Joined, problems: Problems) -> frozenset[tuple[str, ...]]:
    """Report the columns that the plan needs and the tables lack; the lists of columns that hold one of them."""
    missing = set()
    for number, step in enumerate(plan.steps, start=1):
        of_sample = isinstance(step, PlannedNonResponse)
        for by in _classes_of(step):
            for name in by:
                if not joined.knows(name, sampled=of_sample):
                    missing.add(by)
                    file = joined.sample.file if of_sample else joined.responses.file
                    problems.add("plan_column_missing", Place(file=file), column=name, step=number)
    return frozenset(missing)


def _classes_of(step: PlannedStep) -> list[tuple[str, ...]]:
    """The columns that a step makes its classes of: one list, or one for each margin."""
    if isinstance(step, PlannedUnknown):
        return []
    return [margin.by for margin in step.margins] if isinstance(step, PlannedFitting) else [step.by]


def _step(
    planned: PlannedStep, joined: _Joined, sampled: Codes, respondents: Codes, missing: frozenset[tuple[str, ...]]
) -> Step:
    """A step with the classes of the units; without them where a column is missing or a cell is empty."""
    if isinstance(planned, PlannedFitting):
        of_margins = [
            (margin, joined.classes(margin.by, respondents) if margin.by not in missing else ())
            for margin in planned.margins
        ]
        margins = [_known_totals(margin, found) for margin, found in of_margins if margin.sound]
        return Fitting(tuple(margins), planned.rounds)
    if isinstance(planned, PlannedUnknown) or planned.by in missing:
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
    if isinstance(planned, PlannedUnknown):  # a step that contradicts nothing, so that the others keep their numbers
        return Trimming((), (), none, 1.0)
    return Fitting(tuple(_known_totals(one, ()) for one in planned.margins if one.sound), planned.rounds)


def _known_totals(margin: PlannedMargin, classes: Sequence[str | None]) -> KnownTotals:
    places = {label: place for place, label in enumerate(margin.totals)}
    code = np.array([places.get(label, -1) for label in classes if label is not None], dtype=np.intp)
    unknown = Counter(label for label in classes if label is not None and label not in places)
    most_first = tuple(sorted(unknown, key=lambda label: (-unknown[label], label)))
    return KnownTotals(margin.by, tuple(margin.totals), tuple(margin.totals.values()), code, most_first)
