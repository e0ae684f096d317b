"""The results of the periods inside the one that is asked for, side by side: the quarters of a year and the year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from parindex.cli import terminal
from parindex.cli.graded_words import by_points
from parindex.domain.index.result import Result
from parindex.wording import numbers
from parindex.wording.language import mark, text
from parindex.wording.period_words import period_words

#: So many periods stand beside one another; more follow below.
_ABREAST = 4


def period_tables(result: Result, rows: Sequence[int]) -> list[str]:
    """One row a unit of ``rows`` by rank in the whole, a column a period with what it is graded by and its grade; the
    whole comes last.
    """
    ordered = sorted(rows, key=lambda row: (result.rank[row] == 0, result.rank[row]))
    columns = [*result.periods, result]
    missing = [one.items_without_figures for one in columns]
    found = []
    for start in range(0, len(columns), _ABREAST + 1):
        shown = list(zip(columns, missing, strict=True))[start : start + _ABREAST + 1]
        heads = [text("Đơn vị"), *(_head(one, result) for one, _ in shown)]
        lines = [[result.units[row].title, *(_cell(one, row, lacks) for one, lacks in shown)] for row in ordered]
        found.append(terminal.table(heads, lines))
    return found


def _head(one: Result, whole: Result) -> str:
    if one.period is None:
        raise TypeError(one.criteria_set.id)
    words = period_words(one.period)
    if one is not whole:
        return words
    return text("cả năm {year}", year=words) if words.isdecimal() else text("cả kỳ {period}", period=words)


def _cell(one: Result, row: int, missing: Mapping[str, Sequence[str]]) -> str:
    if not one.has_index[row]:
        return "–"
    made, graded, grade = one.criteria_set, one.graded.row(row), int(one.grade[row])
    words = numbers.points_text(graded, 4) if by_points(made) else numbers.percent(graded, 2)
    if grade >= 0:
        words += f" {made.grades[grade].title}"
    lacks = missing.get(one.units[row].id)
    if lacks is None:
        return text("{grade} (tạm tính)", grade=words) if one.provisional[row] else words
    said = (
        mark("{words} (tạm tính, thiếu {count} mục)") if one.provisional[row] else mark("{words} (thiếu {count} mục)")
    )
    return text(said, words=words, count=len(lacks))
