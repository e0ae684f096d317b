"""``parindex survey explain``: one estimate down to respondents, weights, clusters, strata and its variance."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from itertools import compress
from typing import Any

import numpy as np

from parindex.cli import output, terminal
from parindex.cli.survey.survey_files import (
    add_survey_arguments,
    answers_of,
    margins_by_stratum,
    margins_of,
    responses_of,
    tables_of,
)
from parindex.documents.results.result_files import ResultTable
from parindex.documents.surveys.estimates_file import json_number, plain_table
from parindex.documents.surveys.responses import Responses
from parindex.domain.errors import InvalidInput, Place, Problem
from parindex.domain.survey.estimation.explanation import Explanation, explained, known_figures
from parindex.domain.survey.estimation.tabulation import UNSTATED, EstimateTable, Figure, Margin, rolled_codes
from parindex.domain.survey.points.surveyed_points import turned_round
from parindex.domain.survey.questionnaire.variables import ALL, Variables
from parindex.domain.values import Mask
from parindex.wording.language import text
from parindex.wording.survey_explanations import sentences, strata_rows

FINE = 0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``survey explain``."""
    add_survey_arguments(parser)
    parser.add_argument(
        "--variable", default=ALL, metavar=text("BIẾN"), help=text("câu hỏi, nhóm, phần, câu/lựa chọn (mặc định: all)")
    )
    parser.add_argument(
        "--statistic",
        choices=[one.value for one in Figure if one is not Figure.DIFFERENCE],
        default=Figure.MEAN.value,
        help=text("ước lượng nào (mặc định: mean)"),
    )
    parser.add_argument(
        "--at",
        action="append",
        default=[],
        metavar=text("CỘT=GIÁ_TRỊ"),
        help=text(
            "trong nhóm nào; lặp lại để chia chéo (mặc định: cả mẫu); CỘT= (để trống) là những người không ghi cột đó"
        ),
    )
    output.add_output_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Explain and write."""
    output.prepare(options, [one for one in (options.data, options.design, options.weights) if one is not None])
    wanted = _wanted(options.at)
    responses = responses_of(options, tuple(wanted))
    survey, answers = responses.survey, answers_of(responses)
    figure = Figure(options.statistic)
    inside = _inside(responses, wanted)
    known = [code for one, code in known_figures(survey.variables, answers) if one is figure]
    if options.variable not in known:
        raise InvalidInput([Problem("unknown_variable", Place(), {"variable": options.variable, "known": known})])
    found = explained(responses.sample, survey.variables, answers, figure, options.variable, inside, survey.confidence)
    by = margins_of(responses, tuple(wanted))
    seen = _seen(by[0], 0, tables_of(responses, by), figure, inside)
    if not seen.get(options.variable, True):
        raise InvalidInput([Problem("cell_withheld", Place(), {"minimum": survey.minimum_cell})])
    found = replace(found, mean_of=tuple((code, value if seen[code] else np.nan) for code, value in found.mean_of))
    listed = _listed(found, responses, wanted, inside)
    labels = responses.strata.labels
    output.deliver(
        options,
        words=lambda: _words(found, responses, wanted, listed),
        data=lambda: _data(found, wanted, labels, responses, listed),
        tables=lambda: [_table(found, labels, listed)],
    )
    return FINE


def _wanted(given: list[str]) -> dict[str, str]:
    found, problems = {}, []
    for words in given:
        column, equals, value = words.partition("=")
        if not equals or not column.strip():
            problems.append(Problem("where_not_understood", Place(), {"text": words}))
        found[column.strip()] = value.strip()
    if problems:
        raise InvalidInput(problems)
    return found


def _inside(responses: Responses, wanted: dict[str, str]) -> Mask:
    inside = np.ones(len(responses), bool)
    problems = []
    for column, value in wanted.items():
        category = responses.categories[column]
        if value == UNSTATED:
            unstated = category.code < 0
            if not unstated.any():
                problems.append(Problem("nobody_unstated", Place(file=responses.table.file), {"column": column}))
            inside &= unstated
            continue
        if value not in category.labels:
            facts = {"column": column, "text": value, "known": list(category.labels)}
            problems.append(Problem("unknown_domain", Place(file=responses.table.file), facts))
            continue
        inside &= category.code == category.labels.index(value)
    if problems:
        raise InvalidInput(problems)
    return inside


def _turned(found: Explanation, variables: Variables) -> list[str]:
    """The negative questions that the estimate is made of."""
    parts = {one.code: (one.numerator, one.denominator) for one in variables.ratios}
    named = parts[found.variable] if found.figure is Figure.RATIO else (found.variable,)
    known = rolled_codes(variables)
    return turned_round(variables, [one for one in named if one in known])


def _words(found: Explanation, responses: Responses, wanted: dict[str, str], listed: Sequence[bool]) -> str:
    survey = responses.survey
    lines = sentences(found, survey.variables, survey.design, wanted, _turned(found, survey.variables))
    heads, rows = strata_rows(found, responses.strata.labels)
    said = [terminal.wrapped(line, terminal.width()) for line in lines]
    blocks = ["\n".join(said)]
    if any(listed):
        blocks.append(terminal.table(heads, list(compress(rows, listed)), "<>>>>>>>"))
    hidden = listed.count(False)
    if hidden:
        least = survey.minimum_cell
        words = text(
            "{count} tầng không in: có dưới {minimum} người trả lời, hoặc cho phép suy ra một tầng như vậy.",
            count=hidden,
            minimum=least,
        )
        blocks.append(terminal.wrapped(words, terminal.width()))
    return "\n\n".join(blocks)


def _seen(by: Margin, m: int, tables: Sequence[EstimateTable], figure: Figure, inside: Mask) -> dict[str, bool]:
    """The variables of which ``estimate`` would show the figure in the cell of the margin ``m``, namely ``by``, that
    holds the respondents ``inside``; empty where there are none.
    """
    if not inside.any():
        return {}
    cell = by.domains.code[np.argmax(inside)]
    shown = (one for one in tables if one.figure is figure)
    return {name: bool(seen) for one in shown for name, seen in zip(one.variables, one.shown[m][cell], strict=True)}


def _listed(found: Explanation, responses: Responses, wanted: dict[str, str], inside: Mask) -> list[bool]:
    """Which strata may be listed: those that ``estimate`` by strata would show; none where it would hide their sum."""
    strata, together, *others = margins_by_stratum(responses, tuple(wanted))
    tables = tables_of(responses, (strata, together, *others))
    whole = _seen(together, 1, tables, found.figure, inside).get(found.variable, True)
    return [
        whole
        and _seen(strata, 0, tables, found.figure, inside & (responses.strata.code == part.stratum))[found.variable]
        for part in found.parts
    ]


def _data(
    found: Explanation, wanted: dict[str, str], labels: tuple[str, ...], responses: Responses, listed: Sequence[bool]
) -> dict[str, Any]:
    lightest, heaviest, mean = found.weights
    design = responses.survey.design
    return {
        "by": wanted,
        "variable": found.variable,
        "statistic": found.figure.value,
        "rollup": responses.survey.variables.rollup.value,
        "reversed": _turned(found, responses.survey.variables),
        "n": found.n,
        "asked": found.asked,
        **{name: json_number(getattr(found, name)) for name in ("estimate", "se", "df", "low", "high", "deff")},
        "weights": {"smallest": lightest, "largest": heaviest, "mean": mean, "sum": sum(p.weight for p in found.parts)},
        "weighted_sum": json_number(found.weighted_sum),
        "base": json_number(found.base),
        "mean_of": [{"variable": code, "estimate": json_number(value)} for code, value in found.mean_of],
        "clusters": found.clusters,
        "variance": json_number(found.se**2),
        "design": {
            "strata": list(design.strata),
            "stages": [{"cluster": one.cluster, "population": one.population or None} for one in design.stages],
            "weight": design.weight,
            "lonely": design.lonely.value,
        },
        "strata": [
            {
                "stratum": labels[part.stratum],
                "drawn": part.drawn,
                "population": part.population,
                "clusters": part.clusters,
                "respondents": part.respondents,
                "weight": part.weight,
                "weighted_sum": json_number(part.weighted_sum),
                "variance": json_number(part.variance),
            }
            for part in compress(found.parts, listed)
        ],
        "strata_withheld": listed.count(False),
    }


def _table(found: Explanation, labels: tuple[str, ...], listed: Sequence[bool]) -> ResultTable:
    heads = ["stratum", "drawn", "population", "clusters", "respondents", "weight", "weighted_sum", "variance"]
    rows = [
        [
            labels[part.stratum],
            part.drawn,
            part.population,
            part.clusters,
            part.respondents,
            part.weight,
            part.weighted_sum,
            part.variance,
        ]
        for part in compress(found.parts, listed)
    ]
    return plain_table("strata", heads, rows)
