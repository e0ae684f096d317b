"""``parindex dossiers feed``: how many units were rated, as a table of figures for another criteria set."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import Any

import polars as pl

from parindex.cli import output, terminal
from parindex.cli.cycle_files import add_cycle_arguments, inputs, result_of
from parindex.cli.graded_words import titled
from parindex.documents.results.result_files import ResultTable
from parindex.domain.errors import InvalidInput, Place, Problem
from parindex.domain.index.feeds import FedFigure, fed_figures, unsettled_units
from parindex.domain.index.result import Result
from parindex.wording import numbers
from parindex.wording.language import text

FINE = 0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``dossiers feed``: those of ``score``, and whose figures these are."""
    add_cycle_arguments(parser)
    parser.add_argument(
        "--unit", required=True, metavar=text("ĐƠN_VỊ"), help=text("mã đơn vị có số liệu này trong bộ tiêu chí kia")
    )
    parser.add_argument(
        "--include-provisional",
        action="store_true",
        help=text("tính cả đơn vị xếp loại còn tạm tính (mặc định: để ngoài và nêu tên)"),
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
    included = options.include_provisional
    year, found = made.year, fed_figures(result, unsettled=included)
    notes = [terminal.wrapped(note, terminal.width()) for note in feed_notes(result, included=included)]
    output.deliver(
        options,
        words=lambda: "\n\n".join([terminal.wrapped(titled(result), terminal.width()), feed_words(found), *notes]),
        data=lambda: {
            **feed_data(options.unit, year, found),
            "period": None if result.period is None else result.period.code,
            "provisional": provisional_data(result, included=included),
        },
        tables=lambda: [ResultTable("figures", lambda: _frame(options.unit, year, found))],
    )
    if output.chosen_format(options) != "text":
        for note in notes:
            print(terminal.clean(note), file=sys.stderr)
    return FINE


def feed_notes(result: Result, *, included: bool) -> Iterator[str]:
    """The units whose grade may still change, by name, and whether they are in the figures."""
    rows = unsettled_units(result)
    if not rows:
        return
    units = ", ".join(result.units[row].full_title for row in rows)
    if included:
        yield text(
            "{count} đơn vị xếp loại còn tạm tính vẫn được tính theo điểm hiện có (--include-provisional): {units}.",
            count=len(rows),
            units=units,
        )
    else:
        yield text(
            "{count} đơn vị xếp loại còn tạm tính (thiếu số liệu, chờ kết quả hoặc chờ quyết định), không tính là "
            "đã xếp loại: {units}. Nhập, quyết định cho đủ rồi chạy lại, hoặc thêm --include-provisional để tính theo "
            "điểm hiện có.",
            count=len(rows),
            units=units,
        )


def provisional_data(result: Result, *, included: bool) -> dict[str, Any]:
    """The units whose grade may still change, for machines: whether they are counted, and what each lacks."""
    lacking = result.items_without_figures
    pending = result.pending
    rows = unsettled_units(result)
    return {
        "included": included,
        "units": [
            {
                "unit": view.unit.id,
                "title": view.unit.title,
                "unit_group": view.unit.group,
                "grade": view.grade,
                "items_without_figures": list(lacking.get(view.unit.id, ())),
                "pending": bool(pending[row]),
            }
            for row, view in zip(rows, map(result.unit, rows), strict=True)
        ],
    }


def feed_words(found: tuple[FedFigure, ...]) -> str:
    """The figures for a reader."""
    rows = [[one.measure, numbers.number(one.count), numbers.number(one.unsettled)] for one in found]
    heads = [text("Số liệu"), text("Số đơn vị"), text("Tạm tính")]
    if not any(one.unsettled for one in found):
        return terminal.table(heads[:-1], [row[:-1] for row in rows], "<>")
    return terminal.table(heads, rows, "<>>")


def feed_data(unit: str, year: int, found: tuple[FedFigure, ...]) -> dict[str, Any]:
    """The figures for machines, as rows of a table of figures."""
    return {"figures": [{"unit": unit, "measure": one.measure, "year": year, "value": one.count} for one in found]}


def _frame(unit: str, year: int, found: tuple[FedFigure, ...]) -> pl.DataFrame:
    schema = {"unit": pl.String, "measure": pl.String, "year": pl.Int64, "value": pl.Int64}
    return pl.DataFrame(feed_data(unit, year, found)["figures"], schema=schema)
