"""The tables of the sibling measurements in the demonstration: satisfaction of 2024, the nine indicators of 2022."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from importlib.resources import files
from pathlib import Path
from typing import Any

from parindex.cli import terminal
from parindex.cli.exact_data import exact_data
from parindex.cli.measured_tables import LEVELS, CheckedMeasured, checked_measured, signed
from parindex.documents.read_paper import read_paper
from parindex.domain.procedures.printed_table import EvaluationTable, PrintedUnit, UnitGroup
from parindex.domain.procedures.table_habits import competition, totalled
from parindex.domain.survey.satisfaction_tables.printed_table import RowLevel, SatisfactionTable
from parindex.domain.survey.satisfaction_tables.table_rollup import roll_up
from parindex.wording import findings, numbers
from parindex.wording.language import text

_EXAMPLES = "data/examples"
SATISFACTION = f"{_EXAMPLES}/dien-bien-2024-satisfaction/satisfaction.csv"
EVALUATION = f"{_EXAMPLES}/dien-bien-2022-procedures/evaluation.csv"


def shipped_table(path: str) -> CheckedMeasured:
    """A shipped table, read and checked like any paper."""
    (read,) = read_paper(Path(str(files("parindex"))).joinpath(path)).measured
    return checked_measured(read)


def satisfaction_of(checked: CheckedMeasured) -> SatisfactionTable:
    """The table of the satisfaction index."""
    assert isinstance(checked.read.table, SatisfactionTable)
    return checked.read.table


def evaluation_of(checked: CheckedMeasured) -> EvaluationTable:
    """The table of the nine indicators."""
    assert isinstance(checked.read.table, EvaluationTable)
    return checked.read.table


def same_rows(table: SatisfactionTable) -> int:
    """How many rows print what the items give, differences included."""
    rolled = roll_up(table)
    rows = zip(table.rows, rolled.values, rolled.differences, strict=True)
    return sum(row.values == values and row.difference in (change, None) for row, values, change in rows)


def same_words(table: SatisfactionTable) -> str:
    """What the roll-up gives, and what cannot be said."""
    rolled = text(
        "{same}/{rows} dòng in đúng bằng số tính lại từ {items} tiêu chí, cả hai năm và mức tăng/giảm: nhóm, phần và "
        "chỉ số chung là trung bình các tiêu chí của mình, làm tròn {places} chữ số.",
        same=same_rows(table),
        rows=len(table.rows),
        items=len(table.of(RowLevel.ITEM)),
        places=table.places,
    )
    return f"{rolled} {no_interval()}"


def no_interval() -> str:
    """Why no interval stands beside the figures."""
    return text("Không có khoảng tin cậy: nguồn chỉ có số của từng tiêu chí, không có phiếu trả lời.")


def ranks(group: UnitGroup) -> dict[str, int]:
    """The place of every unit of a group by what its indicators add up to, ties sharing the better place."""
    sums = [row.found if row.found is not None else row.unit.total or Fraction(0) for row in totalled(group.units)]
    return {unit.code: rank for unit, rank in zip(group.units, competition(sums), strict=True)}


def found_totals(table: EvaluationTable) -> dict[str, Fraction | None]:
    """What the indicators of every unit add up to."""
    return {row.unit.code: row.found for row in totalled(table.units)}


def group_name(group: UnitGroup) -> str:
    """The heading of a group without its capitals."""
    name = group.title.capitalize()
    for written in ("UBND", "Ủy ban nhân dân", "HĐND"):
        name = name.replace(written.capitalize(), written).replace(written.lower(), written)
    return name


def grade_counts(group: UnitGroup) -> str:
    """``17/18 Xuất sắc, 1/18 Tốt``."""
    grades = dict.fromkeys(unit.grade for unit in group.units)
    return ", ".join(f"{sum(unit.grade == one for unit in group.units)}/{len(group.units)} {one}" for one in grades)


# --- in the terminal -----------------------------------------------------------------------------------------------


def measured_words(satisfaction: CheckedMeasured, evaluation: CheckedMeasured) -> Iterator[str]:
    """Both tables: what the items give, and what the indicators contradict."""
    yield terminal.heading(text("4. Chỉ số hài lòng (SIPAS) năm 2024: tính lại từ các tiêu chí"))
    yield _satisfaction_words(satisfaction_of(satisfaction))
    yield terminal.wrapped(same_words(satisfaction_of(satisfaction)), terminal.width())
    table = evaluation_of(evaluation)
    yield terminal.heading(text("5. Đánh giá giải quyết thủ tục hành chính năm 2022: chín chỉ số"))
    yield "\n".join(f"{group_name(group)}: {grade_counts(group)}." for group in table.groups)
    for finding in evaluation.findings:
        yield (
            terminal.wrapped(findings.message(finding), terminal.width(), "   ")
            + "\n"
            + terminal.wrapped(findings.remedy(finding), terminal.width(), "     ", "   → ")
        )


def _satisfaction_words(table: SatisfactionTable) -> str:
    rolled = roll_up(table)
    heads = ["", text("Nội dung"), *(text("Năm {year}", year=year) for year in table.years), text("Tăng/giảm"), ""]
    rows = [
        [
            row.label,
            row.title if row.level is not RowLevel.OVERALL else text(LEVELS[RowLevel.OVERALL]).capitalize(),
            *(numbers.percent(value, table.places) for value in row.values),
            signed(row.difference, table.difference_places),
            text("khớp") if row.values == values else text("khác"),
        ]
        for row, values in zip(table.rows, rolled.values, strict=True)
        if row.level is not RowLevel.ITEM
    ]
    return terminal.table(heads, rows, "<<" + ">" * (len(heads) - 3) + "<")


# --- for machines --------------------------------------------------------------------------------------------------


def measured_figures(satisfaction: CheckedMeasured, evaluation: CheckedMeasured) -> dict[str, Any]:
    """Both tables in a few figures; decimals are strings with a point."""
    table, units = satisfaction_of(satisfaction), evaluation_of(evaluation)
    overall = [table.rows[at] for at in table.of(RowLevel.OVERALL)]
    return {
        "satisfaction": {
            "rows": len(table.rows),
            "rows_as_printed": same_rows(table),
            "findings": len(satisfaction.findings),
            **{
                str(year): exact_data(value=row.values[at])["value"]
                for row in overall
                for at, year in enumerate(table.years)
            },
        },
        "evaluation": {
            "units": len(units.units),
            "indicators": len(units.indicators),
            "findings": [
                {"kind": one.kind, "code": one.code, "stated": one.stated, "found": one.found}
                for one in evaluation.findings
            ],
        },
    }


def is_wrong(unit: PrintedUnit, found: Fraction | None) -> bool:
    """Whether a printed total is not what the indicators add up to."""
    return None not in (unit.total, found) and unit.total != found
