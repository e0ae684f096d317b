"""``parindex dossiers compare``: checked scores beside the scores that offices gave themselves."""

from __future__ import annotations

import argparse
from fractions import Fraction
from typing import Any

import polars as pl

from parindex.cli import output, terminal
from parindex.cli.dossiers import forms_read
from parindex.documents.dossiers.checked_scores import Difference, compared_columns, differences
from parindex.documents.dossiers.dossier_file import Forms
from parindex.documents.results.result_files import ResultTable, decimal_text
from parindex.domain.criteria.criteria_set import CriteriaSet
from parindex.domain.errors import InvalidInput, Problem
from parindex.domain.procedures.checking import Compared
from parindex.domain.values import Rounding, number_text
from parindex.wording import numbers
from parindex.wording.language import text

FINE = 0
#: So many differing dossiers are printed; a file has all.
_SHOWN = 40


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``dossiers compare``."""
    forms_read.add_arguments(parser, checked_required=True)
    output.add_output_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Compare and write."""
    output.prepare(options, forms_read.inputs(options))
    made, forms = forms_read.forms_of(options)
    found, single = compared_columns(forms), differences(forms)
    if not found:
        raise InvalidInput([Problem("compare_needs_checked")])
    output.deliver(
        options,
        words=lambda: compared_words(made, forms, found, single),
        data=lambda: compared_data(forms, found, single),
        tables=lambda: [
            ResultTable("compared", lambda: _frame(forms, found)),
            ResultTable("differences", lambda: _differing(single)),
        ],
    )
    return FINE


def compared_words(made: CriteriaSet, forms: Forms, found: tuple[Compared, ...], single: tuple[Difference, ...]) -> str:
    """Means of self and checked scores over the checked dossiers of every unit and indicator, then what differs."""
    step = made.rounding.item or Rounding(2)
    rows = [
        [
            forms.units[one.row].full_title,
            _head(forms, one.column),
            numbers.number(one.checked),
            numbers.fixed(one.self_sum / one.checked, step.places),
            numbers.fixed(one.checked_sum / one.checked, step.places),
            numbers.number(one.higher),
            numbers.number(one.lower),
        ]
        for one in found
    ]
    heads = [
        text("Đơn vị"), text("Chỉ số đánh giá"), text("Kiểm tra"), text("Tự chấm"), text("Kiểm tra được"),
        text("Tự chấm cao hơn"), text("Tự chấm thấp hơn"),
    ]  # fmt: skip
    blocks = [terminal.table(heads, rows, "<<>>>>>")]
    if single:
        lines = [
            [
                one.unit.full_title,
                one.dossier or "–",
                _head(forms, one.column),
                number_text(one.own),
                number_text(one.checked),
            ]
            for one in single[:_SHOWN]
        ]
        titles = [text("Đơn vị"), text("Hồ sơ"), text("Chỉ số đánh giá"), text("Tự chấm"), text("Kiểm tra được")]
        blocks.append(terminal.table(titles, lines, "<<<>>"))
    if len(single) > _SHOWN:
        blocks.append(text("… và {count} điểm khác.", count=len(single) - _SHOWN))
    return "\n\n".join(blocks)


def _head(forms: Forms, column: str) -> str:
    return next(one.head or one.column for one in forms.declaration.columns if one.column == column)


def compared_data(forms: Forms, found: tuple[Compared, ...], single: tuple[Difference, ...]) -> dict[str, Any]:
    """The same for machines; sums are exact."""
    return {
        "compared": [{"unit": forms.units[one.row].id, **_row(one)} for one in found],
        "differences": [
            {
                "unit": one.unit.id,
                "dossier": one.dossier or None,
                "column": one.column,
                "self": decimal_text(one.own),
                "checked": decimal_text(one.checked),
            }
            for one in single
        ],
    }


def _row(one: Compared) -> dict[str, Any]:
    return {
        "column": one.column,
        "forms": one.checked,
        "self_sum": decimal_text(one.self_sum),
        "checked_sum": decimal_text(one.checked_sum),
        "self_higher": one.higher,
        "self_lower": one.lower,
    }


def _frame(forms: Forms, found: tuple[Compared, ...]) -> pl.DataFrame:
    rows = [{"unit": forms.units[one.row].id, **_row(one)} for one in found]
    schema = {"unit": pl.String, "column": pl.String, "forms": pl.Int64, "self_sum": pl.String}
    schema |= {"checked_sum": pl.String, "self_higher": pl.Int64, "self_lower": pl.Int64}
    return pl.DataFrame(rows, schema=schema)


def _differing(single: tuple[Difference, ...]) -> pl.DataFrame:
    def plain(value: Fraction) -> str | None:
        return decimal_text(value)

    columns = {
        "unit": [one.unit.id for one in single],
        "dossier": [one.dossier or None for one in single],
        "column": [one.column for one in single],
        "self": [plain(one.own) for one in single],
        "checked": [plain(one.checked) for one in single],
    }
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))
