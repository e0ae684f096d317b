"""``parindex survey points``: the points that a survey gives to the items of a set, as ``score`` reads them."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np

from parindex.cli import output, terminal
from parindex.cli.sets import criteria_set
from parindex.cli.survey.survey_files import add_survey_arguments
from parindex.documents.results import result_files
from parindex.documents.results.result_files import ResultTable, decimal_text
from parindex.documents.surveys.design_file import read_design
from parindex.documents.surveys.estimates_file import read_estimates
from parindex.documents.surveys.responses import Responses, read_responses
from parindex.domain.criteria.criteria_set import CriteriaSet
from parindex.domain.errors import InvalidInput, Place, Problem
from parindex.domain.survey.estimated_points import points_of_estimates
from parindex.domain.survey.points import SurveyedPoints, mapping_problems, survey_points, surveyed_items, turned_round
from parindex.domain.survey.tabulation import Grouping
from parindex.domain.survey.variables import Variables
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
    if options.estimates is not None:
        rows, source, variables = _from_estimates(options, made), options.estimates.name, None
    else:
        responses, rows = _from_data(options, made)
        source, variables = responses.survey.title or options.data.name, responses.survey.variables
    result = _Result(made, rows, source, variables)
    output.deliver(options, words=result.words, data=result.data, tables=result.tables)
    return FINE


def _from_data(options: argparse.Namespace, made: CriteriaSet) -> tuple[Responses, list[SurveyedPoints]]:
    survey = read_design(options.design)
    responses = read_responses(options.data, survey, (), options.weights)
    problems = []
    if not survey.unit and not options.unit:
        problems.append(Problem("survey_without_unit", Place(file=survey.file)))
    groups = _grouping(responses, survey.respondent_group)
    problems += mapping_problems(made, survey.variables, groups.labels if groups else (), survey.form)
    if problems:
        raise InvalidInput(problems)
    units = (
        Grouping("unit", np.zeros(len(responses), np.intp), (options.unit,))
        if options.unit
        else _grouping(responses, survey.unit)
    )
    assert units is not None
    return responses, survey_points(
        responses.sample,
        survey.variables,
        responses.answers,
        units,
        made,
        groups=groups,
        minimum_cell=survey.minimum_cell,
        questionnaire=survey.form,
    )


def _grouping(responses: Responses, name: str) -> Grouping | None:
    if not name:
        return None
    found = responses.categories[name]
    return Grouping(name, found.code, found.labels)


def _from_estimates(options: argparse.Namespace, made: CriteriaSet) -> list[SurveyedPoints]:
    estimates = read_estimates(options.estimates, options.unit)
    rows, problems = points_of_estimates(made, estimates)
    if problems:
        raise InvalidInput(problems)
    return rows


class _Result:
    """The points in the forms of the command."""

    def __init__(self, made: CriteriaSet, rows: list[SurveyedPoints], source: str, variables: Variables | None) -> None:
        self.made = made
        self.rows = rows
        self.source = source
        fed = {row.item for row in rows}
        self.items = {node.code: (node, survey) for node, survey in surveyed_items(made) if node.code in fed}
        self.turned = {
            code: turned_round(variables, survey.of) if variables else [] for code, (_, survey) in self.items.items()
        }

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
                str(row.n),
                value_text("index", row.value),
                numbers.points_text(row.points) if row.pending is None else pending_words(row),
                numbers.points_text(self.items[row.item][0].max_points),
                numbers.points_text(row.se),
            ]
            for row in self.rows
        ]
        blocks = [terminal.table(heads, rows, "<<>><>>")]
        assumed = [code for code, (_, survey) in self.items.items() if survey.assumed]
        if assumed:
            blocks.append(text("Cách quy điểm giả định, văn bản không nêu: {items}.", items=", ".join(assumed)))
        blocks.extend(
            text(
                "Mục {item}: đã đảo chiều một lần câu hỏi phủ định {questions}.", item=code, questions=", ".join(codes)
            )
            for code, codes in self.turned.items()
            if codes
        )
        return "\n\n".join(terminal.wrapped(one, terminal.width()) if "\n" not in one else one for one in blocks)

    def data(self) -> dict[str, Any]:
        """For machines."""
        return {
            "set": self.made.id,
            "source": self.source,
            "points": [
                {
                    "unit": row.unit,
                    "item": row.item,
                    "max_points": decimal_text(self.items[row.item][0].max_points),
                    "n": row.n,
                    "minimum": row.minimum,
                    "value": row.value,
                    "points": decimal_text(row.points),
                    "se": decimal_text(row.se),
                    "state": "pending" if row.pending else "answered",
                    "reason": pending_words(row) if row.pending else None,
                    "assumed": self.items[row.item][1].assumed,
                    "reversed": self.turned[row.item],
                }
                for row in self.rows
            ],
        }

    def tables(self) -> list[ResultTable]:
        """The points table of ``score``."""
        heads = ["unit", "item", "points", "se", "source"]
        pending = any(row.pending for row in self.rows)
        rows = [
            [row.unit, row.item, row.points, row.se, self.source]
            + (["pending" if row.pending else None, pending_words(row) if row.pending else None] if pending else [])
            for row in self.rows
        ]
        return [result_files.table("points", [*heads, *(("state", "reason") if pending else ())], rows)]
