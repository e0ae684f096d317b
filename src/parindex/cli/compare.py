"""``parindex compare``: two results side by side."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from parindex.cli import output, terminal
from parindex.cli.exact_data import exact_data, exact_text
from parindex.cli.pairs import both
from parindex.documents.results.result_files import ResultTable, decimal_text, table
from parindex.documents.results.stored_results import StoredResult, load_result
from parindex.domain.index.compare import Comparison, UnitChange, compare_results
from parindex.wording import numbers
from parindex.wording.language import text

FINE = 0
#: With at most so many units the changed items of each are printed.
IN_FULL = 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``compare``."""
    parser.add_argument("before", type=Path, metavar="A", help=text("kết quả trước (JSON do score ghi)"))
    parser.add_argument("after", type=Path, metavar="B", help=text("kết quả sau (JSON do score ghi)"))
    output.add_output_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Compare and write."""
    output.prepare(options, [options.before, options.after])
    before, after = both(load_result, options.before, options.after)
    compared = compare_results(before, after)
    output.deliver(
        options,
        words=lambda: comparison_words(before, after, compared),
        data=lambda: comparison_data(before, after, compared),
        tables=lambda: _tables(compared),
    )
    return FINE


# --- data ----------------------------------------------------------------------------------------------------------


def comparison_data(before: StoredResult, after: StoredResult, compared: Comparison) -> dict[str, Any]:
    """The comparison for machines; changes are after minus before, a rank change is positive for places won."""
    return {
        "before": {"set": before.criteria_set.id, "fingerprint": before.fingerprint},
        "after": {"set": after.criteria_set.id, "fingerprint": after.fingerprint},
        "units": [_unit_data(one) for one in compared.units],
        "units_only_before": list(compared.only_before),
        "units_only_after": list(compared.only_after),
        "items_only_before": list(compared.items_only_before),
        "items_only_after": list(compared.items_only_after),
        "retitled": {code: list(titles) for code, titles in compared.retitled.items()},
    }


def _unit_data(one: UnitChange) -> dict[str, Any]:
    return {
        "unit": one.unit,
        "title": one.title,
        "before": {**exact_data(index=one.before.index), "grade": one.before.grade, "rank": one.before.rank},
        "after": {**exact_data(index=one.after.index), "grade": one.after.grade, "rank": one.after.rank},
        **exact_data(index_change=one.index),
        "rank_change": one.rank_change,
        "nodes": [
            {
                "code": node.code,
                "before": decimal_text(node.before.per_cent),
                "after": decimal_text(node.after.per_cent),
                "change": decimal_text(node.per_cent),
            }
            for node in one.nodes
        ],
        "items": [
            {
                "item": item.code,
                "before": {**exact_data(points=item.before.points), "state": item.before.state.name.lower()},
                "after": {**exact_data(points=item.after.points), "state": item.after.state.name.lower()},
                **exact_data(change=item.points),
            }
            for item in one.items
            if item.before != item.after
        ],
    }


def _tables(compared: Comparison) -> Sequence[ResultTable]:
    columns = [
        "unit",
        "title",
        "index_before",
        "index_after",
        "index_change",
        "index_change_exact",
        "grade_before",
        "grade_after",
        "rank_before",
        "rank_after",
        "rank_change",
    ]
    units = [
        [
            one.unit,
            one.title,
            one.before.index,
            one.after.index,
            one.index,
            exact_text(one.index),
            one.before.grade,
            one.after.grade,
            one.before.rank,
            one.after.rank,
            one.rank_change,
        ]
        for one in compared.units
    ]
    items = [
        [one.unit, item.code, item.before.points, item.after.points, item.points, exact_text(item.points)]
        for one in compared.units
        for item in one.items
        if item.before != item.after
    ]
    return [
        table("units", columns, units),
        table("items", ["unit", "item", "points_before", "points_after", "change", "change_exact"], items),
    ]


# --- words ---------------------------------------------------------------------------------------------------------


def comparison_words(before: StoredResult, after: StoredResult, compared: Comparison) -> str:
    """The comparison for a reader."""
    width = terminal.width()
    blocks = [
        terminal.wrapped(f"A: {before.criteria_set.title}", width)
        + "\n"
        + terminal.wrapped(f"B: {after.criteria_set.title}", width),
        _units_table(compared),
    ]
    if before.fingerprint != after.fingerprint:
        blocks.append(
            terminal.wrapped(
                text("Hai kết quả dùng hai bộ tiêu chí khác nhau: cùng một mã có thể chỉ nội dung khác."), width
            )
        )
    if len(compared.units) <= IN_FULL:
        blocks.extend(
            _items_table(one) for one in compared.units if any(item.before != item.after for item in one.items)
        )
    for words, listed in (
        (text("Chỉ có ở A: {listed}"), compared.only_before),
        (text("Chỉ có ở B: {listed}"), compared.only_after),
        (text("Mục chỉ có ở A: {listed}"), compared.items_only_before),
        (text("Mục chỉ có ở B: {listed}"), compared.items_only_after),
    ):
        if listed:
            blocks.append(terminal.wrapped(words.format(listed=", ".join(listed)), width, "  "))
    for code, (old, new) in compared.retitled.items():
        words = text("Mã {code} đổi tên: “{old}” → “{new}”", code=code, old=old, new=new)
        blocks.append(terminal.wrapped(words, width, "  "))
    return "\n\n".join(blocks)


def _units_table(compared: Comparison) -> str:
    rows = [
        [
            one.title,
            numbers.index_text(one.before.index),
            numbers.index_text(one.after.index),
            signed(one.index),
            grades_words(one.before.grade, one.after.grade),
            places_words(one.rank_change),
        ]
        for one in compared.units
    ]
    heads = [text("Đơn vị"), "A", "B", text("Thay đổi"), text("Xếp loại"), text("Thứ hạng")]
    return terminal.table(heads, rows, "<>>><<")


def _items_table(one: UnitChange) -> str:
    rows = [
        [
            item.code,
            numbers.points_text(item.before.points),
            numbers.points_text(item.after.points),
            signed(item.points),
        ]
        for item in one.items
        if item.before != item.after
    ]
    return f"{one.title}\n" + terminal.table([text("Mục"), "A", "B", text("Thay đổi")], rows, "<>>>")


def signed(value: Fraction | None) -> str:
    """A change with its sign; "=" for none."""
    if value is None:
        return "–"
    return "=" if value == 0 else ("+" if value > 0 else "") + numbers.short_of(value)


def grades_words(before: str | None, after: str | None) -> str:
    """``Khá → Tốt``; the grade alone where both have it."""
    return after or "–" if before == after else f"{before or '–'} → {after or '–'}"


def places_words(change: int | None) -> str:
    """▲ 2, ▼ 1 or =."""
    if change is None:
        return "–"
    return "= 0" if change == 0 else f"▲ {change}" if change > 0 else f"▼ {-change}"
