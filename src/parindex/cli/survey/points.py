"""``parindex survey points``: the points that a survey gives to the items of a set, as ``score`` reads them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from parindex.cli import output, terminal
from parindex.cli.sets import criteria_set
from parindex.cli.survey.asked_remarks import unasked_data, unasked_words
from parindex.cli.survey.survey_files import add_survey_arguments, responses_of
from parindex.documents.results import result_files
from parindex.documents.results.result_files import ResultTable, decimal_text
from parindex.documents.surveys.design_file import read_design
from parindex.documents.surveys.estimates_file import read_estimates, remarks_of_estimates
from parindex.documents.surveys.response_layout import group_column
from parindex.documents.surveys.responses import Responses
from parindex.domain.criteria.criteria_set import CriteriaSet
from parindex.domain.errors import InvalidInput, Place, Problem
from parindex.domain.survey.estimation.tabulation import Grouping
from parindex.domain.survey.points.estimated_points import points_of_estimates
from parindex.domain.survey.points.surveyed_points import (
    Pending,
    SurveyedPoints,
    items_of_survey,
    known_variables,
    left_out,
    mapping_problems,
    survey_points,
    surveyed_items,
    turned_round,
)
from parindex.wording import numbers
from parindex.wording.language import text
from parindex.wording.survey_words import pending_words, value_text

FINE = 0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``survey points``."""
    parser.add_argument(
        "--set", required=True, metavar=text("BỘ"), help=text("bộ tiêu chí: tệp YAML hoặc mã bộ có sẵn")
    )
    add_survey_arguments(parser, required=False)
    parser.add_argument(
        "--estimates",
        type=Path,
        metavar=text("TỆP"),
        help=text("thay cho --data: kết quả JSON của `survey estimate --by CỘT_ĐƠN_VỊ`"),
    )
    parser.add_argument("--unit", metavar=text("ĐƠN_VỊ"), help=text("cả mẫu thuộc một đơn vị, có mã này"))
    output.add_output_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Compute the points and write them."""
    given = [one for one in (options.set, options.data, options.design, options.weights, options.estimates) if one]
    output.prepare(options, given)
    if options.estimates is None and (options.data is None or options.design is None):
        raise InvalidInput([Problem("points_without_source", Place())])
    made = criteria_set(options.set)
    result = _from_data(options, made) if options.estimates is None else _from_estimates(options, made)
    output.deliver(options, words=result.words, data=result.data, tables=result.tables)
    if output.chosen_format(options) != "text":
        for note in result.notes():
            print(terminal.clean(note), file=sys.stderr)
    return FINE


def _from_data(options: argparse.Namespace, made: CriteriaSet) -> _Result:
    responses = responses_of(options, ())
    survey = read_design(options.design)  # with what the data lack: a mapping may ask for it
    problems = []
    if not survey.unit and not options.unit:
        problems.append(Problem("survey_without_unit", Place(file=survey.file)))
    groups = _grouping(responses, group_column(survey))
    problems += mapping_problems(made, survey.variables, groups.labels if groups else (), survey.form)
    if problems:
        raise InvalidInput(problems)
    units = (
        Grouping("unit", np.zeros(len(responses), np.intp), (options.unit,))
        if options.unit
        else _grouping(responses, survey.unit)
    )
    assert units is not None
    rows = survey_points(
        responses.sample,
        survey.variables,
        responses.answers,
        units,
        made,
        groups=groups,
        minimum_cell=survey.minimum_cell,
        questionnaire=survey.form,
    )
    turned = {code: turned_round(survey.variables, [code]) for code in known_variables(survey.variables)}
    left = {
        node.code: left_out(survey.variables, responses.answers, asked, groups)
        for node, asked in items_of_survey(made, known_variables(survey.variables), survey.form)
    }
    without = int(np.count_nonzero(units.code < 0)), int(np.count_nonzero(groups.code < 0)) if groups else 0
    unasked = unasked_data(responses)
    return _Result(made, rows, survey.title or options.data.name, turned, without, left=left, unasked=unasked)


def _grouping(responses: Responses, name: str) -> Grouping | None:
    found = responses.categories.get(name)
    return None if found is None else Grouping(name, found.code, found.labels)


def _from_estimates(options: argparse.Namespace, made: CriteriaSet) -> _Result:
    estimates = read_estimates(options.estimates, options.unit)
    rows, problems = points_of_estimates(made, estimates)
    if problems:
        raise InvalidInput(problems)
    unasked = remarks_of_estimates(options.estimates)
    return _Result(made, rows, options.estimates.name, estimates.reversed, unstated=estimates.unstated, unasked=unasked)


class _Result:
    """The points in the forms of the command.

    ``turned`` are the negative questions by variable; ``without`` counts the respondents of no known unit and of no
    known group, ``left`` by item those of groups without a weight; ``unstated``: there are some of no known unit;
    ``unasked`` are the remarks about whom was asked.
    """

    def __init__(
        self,
        made: CriteriaSet,
        rows: list[SurveyedPoints],
        source: str,
        turned: Mapping[str, Sequence[str]],
        without: tuple[int, int] = (0, 0),
        *,
        left: Mapping[str, Mapping[str, int]] | None = None,
        unstated: bool = False,
        unasked: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        self.made = made
        self.rows = rows
        self.source = source
        self.without = without
        self.left = left or {}
        self.unstated = unstated
        self.unasked = unasked
        fed = {row.item for row in rows}
        self.items = {node.code: (node, survey) for node, survey in surveyed_items(made) if node.code in fed}
        self.turned = {
            code: list(dict.fromkeys(item for one in survey.of for item in turned.get(one, ())))
            for code, (_, survey) in self.items.items()
        }

    def notes(self) -> Iterator[str]:
        """What a reader of the points has to know."""
        assumed = [code for code, (_, survey) in self.items.items() if survey.assumed]
        if assumed:
            yield text("Cách quy điểm giả định, văn bản không nêu: {items}.", items=", ".join(assumed))
        for code, codes in self.turned.items():
            if codes:
                questions = ", ".join(codes)
                yield text(
                    "Mục {item}: đã đảo chiều một lần câu hỏi phủ định {questions}.", item=code, questions=questions
                )
        protecting = dict.fromkeys(row.unit for row in self.rows if row.withheld)
        if protecting:
            yield text(
                "Bảng ước lượng giấu {units} để không ai suy ra một đơn vị có ít người trả lời, nên ở đây không in n, "
                "giá trị và sai số của các đơn vị đó. Điểm vẫn có, để chấm: công bố điểm này bên cạnh kết quả chung "
                "là cho phép suy ra đơn vị ít người ấy.",
                units=", ".join(protecting),
            )
        units, groups = self.without
        if units:
            yield text("{count} phiếu không ghi đơn vị: không tính vào điểm của đơn vị nào.", count=units)
        if self.unstated:
            yield text("Tệp ước lượng có phiếu không ghi đơn vị: không tính vào điểm của đơn vị nào.")
        weighted = any(survey.respondents for _, survey in self.items.values())
        if groups and weighted:
            yield text("{count} phiếu không ghi nhóm người trả lời: không tính vào mục có trọng số nhóm.", count=groups)
        for item, by_group in self.left.items():
            if by_group:
                yield text(
                    "Mục {item}: {count} người trả lời thuộc nhóm không có trọng số ở mục này ({groups}): không tính "
                    "vào mục.",
                    item=item,
                    count=numbers.number(sum(by_group.values())),
                    groups=", ".join(f"{group}: {numbers.number(count)}" for group, count in by_group.items()),
                )
        yield from map(unasked_words, self.unasked)

    def _source(self, item: str) -> str:
        """The source of an item's points, with what was turned round."""
        if not self.turned[item]:
            return self.source
        questions = ", ".join(self.turned[item])
        return text("{source}; đã đảo chiều một lần câu {questions}", source=self.source, questions=questions)

    def words(self) -> str:
        """For a reader."""
        heads = [
            text("Đơn vị"),
            text("Mục"),
            "n",
            text("Giá trị"),
            text("Điểm"),
            text("Điểm tối đa"),
            text("Sai số"),
        ]
        rows = [
            [
                row.unit,
                row.item,
                "–" if row.withheld or row.pending is Pending.WITHHELD else str(row.n),
                value_text("index", None if row.withheld else row.value),
                numbers.points_text(row.points) if row.pending is None else pending_words(row),
                numbers.points_text(self.items[row.item][0].max_points),
                numbers.points_text(None if row.withheld else row.se),
            ]
            for row in self.rows
        ]
        blocks = [terminal.table(heads, rows, "<<>><>>")]
        blocks.extend(self.notes())
        return "\n\n".join(terminal.wrapped(one, terminal.width()) if "\n" not in one else one for one in blocks)

    def data(self) -> dict[str, Any]:
        """For machines."""
        return {
            "set": self.made.id,
            "source": self.source,
            "notes": list(self.notes()),
            "unasked": list(self.unasked),
            "points": [
                {
                    "unit": row.unit,
                    "item": row.item,
                    "max_points": decimal_text(self.items[row.item][0].max_points),
                    "n": None if row.pending is Pending.WITHHELD else row.n,
                    "minimum": row.minimum,
                    "value": row.value,
                    "estimate": decimal_text(row.estimate),
                    "points": decimal_text(row.points),
                    "se": decimal_text(row.se),
                    "state": "pending" if row.pending else "answered",
                    "reason": pending_words(row) if row.pending else None,
                    "assumed": self.items[row.item][1].assumed,
                    "reversed": self.turned[row.item],
                    "withheld": row.withheld or row.pending is Pending.WITHHELD,
                }
                for row in self.rows
            ],
        }

    def tables(self) -> list[ResultTable]:
        """The points table that ``score`` and the application read. Of a unit that is withheld to protect another one
        it says neither the estimate nor how many answered.
        """
        heads = ["unit", "item", "points", "se", "estimate", "answers", "source"]
        pending = any(row.pending for row in self.rows)
        rows = [
            [row.unit, row.item, row.points, row.se, *_made_of(row), self._source(row.item)]
            + (["pending" if row.pending else None, pending_words(row) if row.pending else None] if pending else [])
            for row in self.rows
        ]
        return [result_files.table("points", [*heads, *(("state", "reason") if pending else ())], rows)]


def _made_of(row: SurveyedPoints) -> tuple[Fraction | None, int | None]:
    """The estimate that points were made of, and how many answers it rests on."""
    return (None, None) if row.withheld or row.pending else (row.estimate, row.n)
