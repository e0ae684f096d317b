"""Small tables of evaluations and of satisfaction, for tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from parindex.domain.criteria.criteria_set import Grade
from parindex.domain.criteria.findings import Finding
from parindex.domain.errors import Place
from parindex.domain.procedures import table_check as evaluations
from parindex.domain.procedures.printed_table import EvaluationTable, PrintedUnit, UnitGroup
from parindex.domain.survey.satisfaction_tables import table_check as satisfactions
from parindex.domain.survey.satisfaction_tables.printed_table import RowLevel, SatisfactionRow, SatisfactionTable

BANDS = (Grade("Xuất sắc", Fraction(5)), Grade("Tốt", Fraction(3)), Grade("Yếu", Fraction(0)))


def exact(value: str | None) -> Fraction | None:
    """A number out of text; None stays."""
    return None if value is None else Fraction(value)


def unit(
    number: str, *indicators: str | None, total: str | None = "sum", grade: str = "band", **more: Any
) -> PrintedUnit:
    """A unit of three indicators; its total is their sum and its grade that of the bands unless said otherwise."""
    points = tuple(exact(value) for value in indicators)
    summed = sum((value for value in points if value is not None), Fraction(0))
    whole = summed if total == "sum" else exact(total)
    if grade == "band":
        grade = next(band.title for band in BANDS if (whole if whole is not None else summed) >= band.lower)
    title = more.pop("title", f"Sở {number}")
    return PrintedUnit(number, number, title, Place(row=1), points, whole, grade=grade, **more)


def units() -> list[PrintedUnit]:
    """Six units by falling total: 6, 5,5, 5, 4, 3,5, 2."""
    points = (("2", "2", "2"), ("2", "2", "1.5"), ("2", "2", "1"), ("2", "1", "1"), ("2", "1", "0.5"), ("1", "1", "0"))
    return [unit(str(at), *three) for at, three in enumerate(points, start=1)]


def evaluation(*groups: Sequence[PrintedUnit], **more: Any) -> EvaluationTable:
    """A table of three indicators of two points each."""
    numerals = ("I", "II", "III") if len(groups) > 1 else ("",)
    made = []
    for numeral, members in zip(numerals, groups, strict=False):
        coded = [replace(one, code=f"{numeral}.{one.code}" if numeral else one.code) for one in members]
        made.append(UnitGroup(numeral, f"NHÓM {numeral}", Place(row=1), tuple(coded)))
    names = ("1", "2", "3")
    options: dict[str, Any] = {"bands": BANDS, "official_maximum": Fraction(10)} | more
    return EvaluationTable("Bảng", Place(), names, tuple(made), options.pop("maxima", (Fraction(2),) * 3), **options)


def evaluated(*groups: Sequence[PrintedUnit], **more: Any) -> list[tuple[str, str, str | None, str | None]]:
    """The findings on such a table, in short."""
    return brief(evaluations.check_table(evaluation(*groups, **more)))


def brief(findings: Sequence[Finding]) -> list[tuple[str, str, str | None, str | None]]:
    """Kind, code, stated and found figure."""
    return [(one.kind, one.code, one.stated, one.found) for one in findings]


def item(label: str, now: str | None, before: str | None, parent: int | None, **more: Any) -> SatisfactionRow:
    """An item with its figures of two years and their difference."""
    return row(label, RowLevel.ITEM, now, before, parent, **more)


def row(
    label: str, level: RowLevel, now: str | None, before: str | None, parent: int | None = None, **more: Any
) -> SatisfactionRow:
    """A row with its figures of two years; the difference is theirs unless said otherwise."""
    values = (exact(now), exact(before))
    change = more.pop("difference", "own")
    if change == "own":
        change = None if values[0] is None or values[1] is None else values[0] - values[1]
    elif change is not None:
        change = Fraction(change)
    return SatisfactionRow(label, label, f"Dòng {label}", Place(row=1), level, values, change, parent)


def satisfaction_rows() -> list[SatisfactionRow]:
    """Two groups of two items, the whole below."""
    return [
        row("A", RowLevel.GROUP, "81", "75"),
        item("1", "80", "70", 0),
        item("2", "82", "80", 0),
        row("B", RowLevel.GROUP, "70", "65"),
        item("3", "60", "60", 3),
        item("4", "80", "70", 3),
        row("", RowLevel.OVERALL, "75.5", "70"),
    ]


def satisfaction(rows: Sequence[SatisfactionRow], **more: Any) -> SatisfactionTable:
    """A table of 2024 and 2023 with two decimals."""
    options: dict[str, Any] = {"places": 2, "difference_places": 2, "later": 0, "earlier": 1, "years": (2024, 2023)}
    options |= more
    return SatisfactionTable("Bảng", Place(), rows=tuple(rows), **options)


def satisfied(rows: Sequence[SatisfactionRow], **more: Any) -> list[tuple[str, str, str | None, str | None]]:
    """The findings on such a table, in short."""
    return brief(satisfactions.check_table(satisfaction(rows, **more)))


def changed(at: int, **values: Any) -> list[SatisfactionRow]:
    """The rows of :func:`satisfaction_rows` with one changed; figures as text, ``difference`` as text or "own"."""
    rows = satisfaction_rows()
    old = rows[at]
    figures = [
        values.pop(name, None if value is None else str(value))
        for name, value in zip(("now", "before"), old.values, strict=True)
    ]
    difference = values.pop("difference", None if old.difference is None else str(old.difference))
    rows[at] = row(values.pop("label", old.label), old.level, figures[0], figures[1], old.parent, difference=difference)
    return rows
