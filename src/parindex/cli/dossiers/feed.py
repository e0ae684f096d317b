"""``parindex dossiers feed``: how many units were rated, as a table of figures for another criteria set."""

from __future__ import annotations

import argparse
from typing import Any

import polars as pl

from parindex.cli import output, terminal
from parindex.cli.cycle_files import add_cycle_arguments, inputs, result_of
from parindex.cli.graded_words import titled
from parindex.documents.results.result_files import ResultTable
from parindex.domain.errors import InvalidInput, Place, Problem
from parindex.domain.index.feeds import FedFigure, fed_figures
from parindex.wording import numbers
from parindex.wording.language import text

FINE = 0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``dossiers feed``: those of ``score``, and whose figures these are."""
    add_cycle_arguments(parser)
    parser.add_argument(
        "--unit", required=True, metavar=text("ĐƠN_VỊ"), help=text("mã đơn vị có số liệu này trong bộ tiêu chí kia")
    )
    output.add_output_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Compute, count and write."""
    output.prepare(options, inputs(options))
    result = result_of(options)
    made = result.criteria_set
    if not made.feeds:
        raise InvalidInput([Problem("set_without_feeds", Place(), {"set": made.id})])
    if made.year is None or (result.period is None and options.year is None):
        # The year of the set is that of the decision: a yardstick holds for many years.
        raise InvalidInput([Problem("year_of_feed_unknown", Place(), {"set": made.id})])
    year, found = made.year, fed_figures(result)
    output.deliver(
        options,
        words=lambda: terminal.wrapped(titled(result), terminal.width()) + "\n\n" + feed_words(found),
        data=lambda: {
            **feed_data(options.unit, year, found),
            "period": None if result.period is None else result.period.code,
        },
        tables=lambda: [ResultTable("figures", lambda: _frame(options.unit, year, found))],
    )
    return FINE


def feed_words(found: tuple[FedFigure, ...]) -> str:
    """The figures for a reader."""
    rows = [[one.measure, numbers.number(one.count)] for one in found]
    return terminal.table([text("Số liệu"), text("Số đơn vị")], rows, "<>")


def feed_data(unit: str, year: int, found: tuple[FedFigure, ...]) -> dict[str, Any]:
    """The figures for machines, as rows of a table of figures."""
    return {"figures": [{"unit": unit, "measure": one.measure, "year": year, "value": one.count} for one in found]}


def _frame(unit: str, year: int, found: tuple[FedFigure, ...]) -> pl.DataFrame:
    schema = {"unit": pl.String, "measure": pl.String, "year": pl.Int64, "value": pl.Int64}
    return pl.DataFrame(feed_data(unit, year, found)["figures"], schema=schema)
