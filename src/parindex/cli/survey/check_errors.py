"""``survey estimate --check-errors``: the standard errors once more, by replication."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from parindex.documents.surveys.responses import Responses
from parindex.domain.errors import InvalidInput, Place, Problem
from parindex.domain.survey.estimation.error_check import ErrorCheck, ErrorRatio, error_check
from parindex.domain.survey.estimation.replicates import bootstrap, jackknife, problems_of
from parindex.domain.survey.estimation.tabulation import EstimateTable, Margin
from parindex.domain.survey.questionnaire.variables import Variables
from parindex.wording import numbers
from parindex.wording.language import text
from parindex.wording.survey_words import category_words, statistic_word, variable_words

JACKKNIFE, BOOTSTRAP = "jackknife", "bootstrap"
#: Replicates and seed of a bootstrap where the call names none.
REPLICATES, SEED = 200, "0"
FEWEST, MOST = 2, 10_000


def add_check_arguments(parser: argparse.ArgumentParser) -> None:
    """``--check-errors``, ``--replicates`` and ``--seed``."""
    parser.add_argument(
        "--check-errors",
        choices=(JACKKNIFE, BOOTSTRAP),
        help=text("tính lại sai số bằng cách lặp (không tuyến tính hóa), ghi cạnh sai số đã tính"),
    )
    parser.add_argument(
        "--replicates",
        metavar=text("SỐ"),
        help=text("số lần lặp của bootstrap (mặc định: {count})", count=REPLICATES),
    )
    parser.add_argument(
        "--seed", metavar=text("SỐ"), help=text("hạt giống của bootstrap (mặc định: {seed})", seed=SEED)
    )


def require_check_arguments(options: argparse.Namespace) -> None:
    """Refuse a number of replicates and a seed that nothing would be made of."""
    given = {"--replicates": options.replicates, "--seed": options.seed}
    problems = []
    if options.check_errors != BOOTSTRAP:
        unused = [name for name, value in given.items() if value is not None]
        problems += [Problem("replicates_without_bootstrap", Place(), {"option": name}) for name in unused]
    elif options.seed is not None and not options.seed.strip():
        problems.append(Problem("seed_empty", Place()))
    if options.check_errors == BOOTSTRAP and options.replicates is not None:
        written = options.replicates.strip()
        if not (written.isascii() and written.isdigit() and FEWEST <= int(written[:9]) <= MOST):
            facts = {"found": options.replicates, "fewest": FEWEST, "most": MOST}
            problems.append(Problem("replicates_range", Place(), facts))
    if problems:
        raise InvalidInput(problems)


def require_replicable(options: argparse.Namespace, responses: Responses) -> None:
    """Refuse a sample whose errors no replication makes; nothing where none was asked for."""
    if options.check_errors is None:
        return
    place = Place(file=responses.survey.file)
    problems = [replace(one, place=place) for one in problems_of(responses.sample)]
    if problems:
        raise InvalidInput(problems)


def checked_errors(
    options: argparse.Namespace, responses: Responses, tables: Sequence[EstimateTable], by: Sequence[Margin]
) -> ErrorCheck | None:
    """The errors of all tables by replication; None where they were not asked for."""
    if options.check_errors is None:
        return None
    if options.check_errors == JACKKNIFE:
        return error_check(jackknife(responses.sample), tables, by)
    replicates = int(options.replicates or REPLICATES)
    return error_check(bootstrap(responses.sample, replicates, options.seed or SEED), tables, by)


def check_data(options: argparse.Namespace, check: ErrorCheck) -> dict[str, Any]:
    """What was compared, for machines."""
    return {
        "method": options.check_errors,
        "replicates": check.replicates,
        "seed": (options.seed or SEED) if options.check_errors == BOOTSTRAP else None,
        "compared": check.compared,
        "not_replicated": check.unreplicated,
        "smallest_ratio": _ratio_data(check.smallest),
        "largest_ratio": _ratio_data(check.largest),
    }


def _ratio_data(one: ErrorRatio | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {"ratio": one.ratio, "by": dict(one.by), "variable": one.variable, "statistic": one.figure.value}


def check_words(options: argparse.Namespace, check: ErrorCheck, variables: Variables) -> str:
    """What was compared, for a reader."""
    method, said = options.check_errors, []
    if method == BOOTSTRAP:
        method = text("bootstrap (hạt giống {seed})", seed=options.seed or SEED)
    if check.smallest is not None and check.largest is not None:
        said.append(
            text(
                "Đối chiếu {count} sai số bằng {method}, {replicates} lần lặp: sai số lặp chia cho sai số tuyến tính "
                "hóa từ {smallest} ({where_smallest}) đến {largest} ({where_largest}).",
                count=check.compared,
                method=method,
                replicates=check.replicates,
                smallest=_ratio_words(check.smallest),
                where_smallest=_where(check.smallest, variables),
                largest=_ratio_words(check.largest),
                where_largest=_where(check.largest, variables),
            )
        )
    else:
        said.append(text("Không có sai số nào để đối chiếu bằng {method}.", method=method))
    if check.unreplicated:
        said.append(
            text(
                "{count} sai số không đối chiếu được: có lần lặp mà nhóm không còn ai trả lời.",
                count=check.unreplicated,
            )
        )
    return " ".join(said)


def _ratio_words(one: ErrorRatio) -> str:
    return numbers.fixed(Fraction(one.ratio), 3)


def _where(one: ErrorRatio, variables: Variables) -> str:
    cell = [f"{column} = {category_words(name)}" for column, name in one.by.items()]
    return ", ".join([variable_words(variables, one.variable), statistic_word(one.figure.value), *cell])
