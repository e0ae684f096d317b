"""The arguments that name the data and the design of a survey, and what is read from them."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from parindex.documents.surveys.design_file import checked_design
from parindex.documents.surveys.responses import Responses, read_responses
from parindex.domain.errors import InvalidInput, Place, Problem
from parindex.domain.survey.estimation.tabulation import EstimateTable, Grouping, Margin, margins, tabulate
from parindex.domain.survey.questionnaire.answers import Answers
from parindex.domain.survey.questionnaire.variables import ALL
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
    """Design and data; raises :class:`InvalidInput` with the problems of both."""
    return read_survey(options.data, options.design, by, options.weights)


def read_survey(data: Path, design: Path, by: Sequence[str], weights: Path | None) -> Responses:
    """The answers in ``data`` under ``design``.

    Raises :class:`InvalidInput` with every problem of the design, and of the data under what is sound of it.
    """
    survey, problems = checked_design(design)
    if survey is not None:
        try:
            found = read_responses(data, survey, by, weights)
        except InvalidInput as error:
            problems = [*problems, *error.problems]
    if problems:
        raise InvalidInput(problems)
    return found


def answers_of(responses: Responses) -> Answers:
    """What was answered."""
    return responses.given.answers


def groupings_of(responses: Responses, by: Sequence[str]) -> list[Grouping]:
    """The columns ``by``; raises :class:`InvalidInput` where a category has the name of the whole."""
    taken = [name for name in by if ALL in responses.categories[name].labels]
    if taken:
        file = responses.table.file
        raise InvalidInput([Problem("category_named_all", Place(file=file), {"column": name}) for name in taken])
    return [Grouping(name, responses.categories[name].code, responses.categories[name].labels) for name in by]


def margins_of(responses: Responses, by: Sequence[str]) -> tuple[Margin, ...]:
    """The margins of the columns ``by``."""
    return margins(groupings_of(responses, by), len(responses))


def margins_by_stratum(responses: Responses, by: Sequence[str]) -> tuple[Margin, ...]:
    """The margins of the columns ``by`` and of the strata: first the strata of each cell, then the cells themselves."""
    strata = Grouping("", responses.strata.code, responses.strata.labels)
    return margins([*groupings_of(responses, by), strata], len(responses))


def tables_of(responses: Responses, by: Sequence[Margin]) -> list[EstimateTable]:
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
