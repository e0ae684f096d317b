"""``parindex explain``: any figure of a result down to what was entered."""

from __future__ import annotations

import argparse
from typing import Any

from parindex.cli import output, terminal
from parindex.cli.cycle_files import add_cycle_arguments, inputs, result_of
from parindex.cli.derivation_data import derivation_data, derivation_table
from parindex.cli.derivation_words import Derivation, derivation_words
from parindex.cli.graded_words import titled
from parindex.domain.errors import InvalidInput, InvalidValue, Place, Problem
from parindex.domain.index.explain import explain
from parindex.domain.index.result import Result
from parindex.wording.language import text

FINE = 0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``explain``."""
    add_cycle_arguments(parser)
    parser.add_argument("--unit", required=True, metavar=text("ĐƠN_VỊ"), help=text("mã đơn vị"))
    parser.add_argument("--item", metavar=text("MÃ"), help=text("mã mục, tiêu chí hoặc lĩnh vực (mặc định: cả chỉ số)"))
    output.add_output_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Derive and write."""
    output.prepare(options, inputs(options))
    result = result_of(options)
    _require_known(result, options.unit, options.item)
    derived = explain(result, options.unit, options.item)
    made = result.criteria_set
    output.deliver(
        options,
        words=lambda: _words(derived, result, options.unit),
        data=lambda: {**derivation_data(derived, made), **_period(result)},
        tables=lambda: [derivation_table(derived)],
    )
    return FINE


def _words(derived: Derivation, result: Result, unit: str) -> str:
    """The derivation, under what it is of where that is a period of forms."""
    words = derivation_words(derived, result.criteria_set, result.unit(result.sheets.row_of(unit)))
    return words if result.period is None else f"{terminal.wrapped(titled(result), terminal.width())}\n\n{words}"


def _period(result: Result) -> dict[str, str]:
    return {} if result.period is None else {"period": result.period.code}


def _require_known(result: Result, unit: str, item: str | None) -> None:
    """Both a wrong unit and a wrong code are named at once."""
    problems = []
    known = [one.id for one in result.units]
    if unit not in known:
        problems.append(Problem("unknown_unit_of_result", Place(), {"unit": unit, "known": known}))
    if item is not None:
        try:
            result.criteria_set.node(item)
        except InvalidValue as error:
            facts: dict[str, Any] = dict(error.facts)
            problems.append(Problem(error.kind, Place(), facts))
    if problems:
        raise InvalidInput(problems)
