"""The arguments that name the data and the design of a survey, and what is read from them."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from parindex.documents.surveys.design_file import read_design
from parindex.documents.surveys.responses import Responses, read_responses
from parindex.domain.survey.tabulation import Answers, Grouping, Margin, Table, margins, tabulate
from parindex.wording.language import text


def add_survey_arguments(parser: argparse.ArgumentParser, *, required: bool = True) -> None:
    """``--data``, ``--design`` and ``--weights``."""
    parser.add_argument(
        "--data",
        type=Path,
        required=required,
        metavar=text("TỆP"),
        help=text("phiếu trả lời: mỗi người một dòng, mỗi câu hỏi một cột (CSV, XLSX, Parquet)"),
    )
    parser.add_argument(
        "--design",
        type=Path,
        required=required,
        metavar=text("TỆP"),
        help=text("thiết kế khảo sát (YAML): tầng, các giai đoạn, quyền số, phiếu hoặc câu hỏi"),
    )
    parser.add_argument(
        "--weights",
        type=Path,
        metavar=text("TỆP"),
        help=text("bảng quyền số theo người trả lời, thay cho cột quyền số trong dữ liệu"),
    )


def columns_of(given: Sequence[str] | None) -> tuple[str, ...]:
    """The columns of ``--by province,sex`` or of several ``--by``, each once."""
    named = (one.strip() for words in given or () for one in words.split(","))
    return tuple(dict.fromkeys(one for one in named if one))


def responses_of(options: argparse.Namespace, by: Sequence[str]) -> Responses:
    """Design and data; raises :class:`InvalidInput` with the problems of the design, or of the data under it."""
    return read_responses(options.data, read_design(options.design), by, options.weights)


def answers_of(responses: Responses) -> Answers:
    """What was answered."""
    return Answers(responses.answers, responses.wishes, responses.numbers)


def groupings_of(responses: Responses, by: Sequence[str]) -> list[Grouping]:
    """The columns ``by``."""
    return [Grouping(name, responses.categories[name].code, responses.categories[name].labels) for name in by]


def margins_of(responses: Responses, by: Sequence[str]) -> tuple[Margin, ...]:
    """The margins of the columns ``by``."""
    return margins(groupings_of(responses, by), len(responses))


def tables_of(responses: Responses, by: Sequence[Margin]) -> list[Table]:
    """Every estimate in every cell of ``by``."""
    survey = responses.survey
    return tabulate(
        responses.sample,
        survey.variables,
        answers_of(responses),
        by,
        confidence=survey.confidence,
        minimum=survey.minimum_cell,
    )
