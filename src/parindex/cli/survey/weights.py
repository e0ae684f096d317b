"""``parindex survey weights``: weights of respondents from sample, responses and plan, every step kept."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from parindex.cli import output, terminal
from parindex.cli.survey.asked_remarks import unasked_data, unasked_words
from parindex.documents.results.result_files import decimal_text
from parindex.documents.surveys.design_file import design_of_questionnaire
from parindex.documents.surveys.responses import read_responses
from parindex.documents.surveys.weights_file import (
    RespondentWeights,
    respondent_weights,
)
from parindex.documents.surveys.weights_plan_file import WeightsPlan, checked_weights_plan
from parindex.documents.surveys.weights_tables import steps_data, steps_table, weights_table
from parindex.domain.errors import InvalidInput, Problem
from parindex.wording import numbers
from parindex.wording.language import mark, text

FINE = 0
_KINDS = {
    "design": mark("thiết kế"),
    "nonresponse": mark("không trả lời"),
    "poststratification": mark("phân tầng sau"),
    "raking": mark("hiệu chỉnh theo các tổng đã biết"),
    "trimming": mark("cắt ngọn"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``survey weights``."""
    for name, words in (
        ("sample", mark("mẫu do `survey draw` ghi (CSV, XLSX, Parquet)")),
        ("responses", mark("kết quả thu phiếu: `respondent`, `status`, các câu trả lời (CSV, XLSX, Parquet)")),
        ("plan", mark("kế hoạch quyền số: tệp YAML")),
    ):
        parser.add_argument(f"--{name}", type=Path, required=True, metavar=text("TỆP"), help=text(words))
    parser.add_argument(
        "--questionnaire",
        metavar=text("PHIẾU"),
        help=text("phiếu khảo sát (tệp YAML hoặc mã phiếu có sẵn): đối chiếu luôn các câu trả lời với phiếu"),
    )
    output.add_output_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Compute and write; ``--out weights.csv`` puts the log beside it (``weights-steps.csv``)."""
    output.prepare(options, [options.sample, options.responses, options.plan])
    made, unasked = _made(options)
    written = options.out is not None and output.chosen_format(options) in ("csv", "xlsx", "parquet")
    output.deliver(
        options,
        words=lambda: weights_words(made, unasked),
        data=lambda: {**weights_data(made), "notes": unasked},
        tables=lambda: [weights_table(made), steps_table(made)],
    )
    if written:
        print(weights_words(made, unasked))
    return FINE


def _made(options: argparse.Namespace) -> tuple[RespondentWeights, list[dict[str, Any]]]:
    """The weights, and the remarks about whom questions were asked where a questionnaire is given; the problems of the
    plan, of both tables and of the answers at once.
    """
    problems: list[Problem] = []
    plan = WeightsPlan("", ())
    try:
        plan = checked_weights_plan(options.plan)
    except InvalidInput as error:
        problems += error.problems
    try:
        made = respondent_weights(plan, options.sample, options.responses)
    except InvalidInput as error:
        problems += error.problems
    unasked: list[dict[str, Any]] = []
    if options.questionnaire is not None:
        try:
            unasked = unasked_data(read_responses(options.responses, design_of_questionnaire(options.questionnaire)))
        except InvalidInput as error:
            problems += [one for one in error.problems if one not in problems]
    if problems:
        raise InvalidInput(problems)
    return made, unasked


def weights_data(made: RespondentWeights) -> dict[str, Any]:
    """The weights and the log as JSON data; decimals are text."""
    frame = weights_table(made).frame
    return {
        "counts": dict(made.counts),
        "steps": [
            {name: decimal_text(value) if isinstance(value, Fraction) else value for name, value in row.items()}
            for row in steps_data(made)
        ],
        "weights": [
            {"respondent": name, "weight": str(weight)}
            for name, weight in zip(frame["respondent"], frame["weight"], strict=True)
        ],
    }


def weights_words(made: RespondentWeights, unasked: Sequence[Mapping[str, Any]] = ()) -> str:
    """What the steps did, for a reader; ``unasked`` are the remarks about whom questions were asked."""
    counts = {name: numbers.number(count) for name, count in made.counts.items()}
    head = text(
        "{sampled} đơn vị trong mẫu: {answered} trả lời ({replaced} người thay thế), {silent} không trả lời, "
        "{ineligible} không thuộc đối tượng.",
        **counts,
    )
    heads = [
        text("Bước"), text("Cách làm"), text("Tổng"), text("Hệ số"), text("Quyền số"), text("Hiệu ứng"),
    ]  # fmt: skip
    rows = [
        [
            str(number),
            text(_KINDS[step.kind]) + (f" ({', '.join(step.by)})" if step.by else ""),
            _short(row["total"]),
            f"{_short(row['lowest_factor'])} – {_short(row['highest_factor'])}",
            f"{_short(row['lowest_weight'])} – {_short(row['highest_weight'])}",
            _short(row["effect_of_weights"]),
        ]
        for number, (step, row) in enumerate(zip(made.steps, steps_data(made), strict=True))
    ]
    blocks = [terminal.wrapped(head, terminal.width()), terminal.table(heads, rows, "><>>>>")]
    remarks = (terminal.wrapped(unasked_words(one), terminal.width()) for one in unasked)
    return "\n\n".join([*blocks, *_margin_words(made), *remarks])


def _margin_words(made: RespondentWeights) -> Iterator[str]:
    """How far the last weights are from the known totals of each step that fitted some."""
    for number, step in enumerate(made.steps):
        worst = step.deviation
        if worst is not None:
            words = text(
                "Tổng đã biết của bước {step}: nhóm lệch nhiều nhất là “{label}” ({by}), quyền số cuối cho {found}, "
                "cần {wanted}.",
                step=number,
                label=worst.label,
                by=worst.by,
                found=numbers.number(Fraction(worst.found).limit_denominator(10**6), 2),
                wanted=numbers.number(Fraction(worst.wanted).limit_denominator(10**6), 2),
            )
            yield terminal.wrapped(words, terminal.width())


def _short(value: Any) -> str:
    return numbers.number(Fraction(value), 4)
