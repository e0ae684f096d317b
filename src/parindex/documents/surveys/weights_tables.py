"""What weighting gave as tables: the weights of everybody who answered, and the log of the steps."""

from __future__ import annotations

from fractions import Fraction

import polars as pl

from parindex.documents.cycles.table_files import DataTable
from parindex.documents.results.result_files import ResultTable, table
from parindex.documents.surveys.weights_file import RESPONDENT, STATUS, WEIGHT, RespondentWeights
from parindex.domain.survey.arrays import Codes, Floats
from parindex.domain.survey.weights.weighting import effect_of_weights


def weights_table(made: RespondentWeights) -> ResultTable:
    """A row for everybody who answered: ``respondent, weight``, the weight after each step, then what sample and
    responses say."""
    columns = {RESPONDENT: _texts(made.sample, RESPONDENT, made.sample_rows)}
    columns[WEIGHT] = _numbers(made.steps[-1].weight)
    for number, step in enumerate(made.steps):
        columns[f"weight_{number}_{step.kind}"] = _numbers(step.weight)
    for name in made.sample.columns:
        if name not in (RESPONDENT, WEIGHT):
            columns[name] = _texts(made.sample, name, made.sample_rows)
    for name in made.responses.columns:
        if name not in columns and name != STATUS:
            columns[name] = _texts(made.responses, name, made.response_rows)
    frame = pl.DataFrame([column.alias(name) for name, column in columns.items()])
    return ResultTable("weights", lambda: frame)


def _numbers(values: Floats) -> pl.Series:
    """Weights as decimals with twelve places."""
    return pl.Series(values).cast(pl.Decimal(38, 12))


def _texts(table: DataTable, name: str, rows: Codes) -> pl.Series:
    """A column as it was read; whole numbers as such, unless they are written with zeros before them."""
    column = table.column(name).gather(pl.Series(rows, dtype=pl.UInt32))
    if column.dtype.is_integer():
        return column
    text = column.cast(pl.String)
    whole = text.drop_nulls().str.contains(r"^(?:0|-?[1-9][0-9]{0,17})$")
    return text.cast(pl.Int64) if len(whole) and bool(whole.all()) else text


def steps_table(made: RespondentWeights) -> ResultTable:
    """The log: a row for each step with totals, factors and the effect of unequal weights."""
    heads = [
        "step", "kind", "by", "respondents", "total_before", "total", "lowest_factor", "highest_factor",
        "lowest_weight", "highest_weight", "effect_of_weights", "rounds", "cut", "worst_class", "worst_share",
    ]  # fmt: skip
    return table("steps", heads, [list(row.values()) for row in steps_data(made)])


def steps_data(made: RespondentWeights) -> list[dict[str, str | int | Fraction | None]]:
    """The log as data."""
    found = []
    for number, step in enumerate(made.steps):
        before = made.steps[max(number - 1, 0)].weight
        factor = step.weight / before
        worst = step.deviation
        row: dict[str, str | int | Fraction | None] = {
            "step": number,
            "kind": step.kind,
            "by": ", ".join(step.by) or None,
            "respondents": len(step.weight),
            "total_before": _exact(step.before),
            "total": _exact(step.total),
            "lowest_factor": _exact(float(factor.min())),
            "highest_factor": _exact(float(factor.max())),
            "lowest_weight": _exact(float(step.weight.min())),
            "highest_weight": _exact(float(step.weight.max())),
            "effect_of_weights": _exact(effect_of_weights(step.weight)),
            "rounds": step.rounds or None,
            "cut": step.cut if step.kind == "trimming" else None,
            "worst_class": None if worst is None else f"{worst.by}: {worst.label}",
            "worst_share": None if worst is None else _exact(worst.share),
        }
        found.append(row)
    return found


def _exact(value: float) -> Fraction:
    return Fraction(value).limit_denominator(10**12)
