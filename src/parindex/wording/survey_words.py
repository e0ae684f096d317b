"""The figures of a survey in words: what is estimated, how it was rolled up, values with a decimal comma."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from parindex.domain.survey.estimation.tabulation import UNSTATED
from parindex.domain.survey.points.surveyed_points import Pending, SurveyedPoints
from parindex.domain.survey.questionnaire.variables import ALL, Rollup, Variables
from parindex.wording import numbers
from parindex.wording.language import mark, text

_STATISTICS = {
    "mean": mark("trung bình"),
    "share": mark("tỷ lệ"),
    "index": mark("chỉ số"),
    "total": mark("tổng"),
    "ratio": mark("tỷ số"),
    "difference": mark("chênh lệch"),
}
_ROLLUPS = {
    Rollup.RESPONDENTS: mark("theo người trả lời"),
    Rollup.ITEMS: mark("theo câu hỏi"),
}
_PENDING = {
    Pending.NO_ANSWERS: mark("chưa có câu trả lời nào của đơn vị"),
    Pending.TOO_FEW: mark("mới có {n} câu trả lời, cần ít nhất {minimum}"),
    Pending.WITHHELD: mark("ước lượng của đơn vị không được công bố (nhóm nhỏ, hoặc cho phép suy ra một nhóm nhỏ)"),
    Pending.NO_VALUE: mark("không có giá trị của {variable}: có câu hỏi chưa ai trả lời"),
    Pending.ITEM_WITHOUT_ANSWERS: mark("chưa ai trả lời câu {variable}"),
    Pending.GROUP_WITHOUT_ANSWERS: mark("nhóm {group} chưa có câu trả lời nào"),
    Pending.GROUP_TOO_FEW: mark("nhóm {group} mới có {group_n} câu trả lời, cần ít nhất {minimum}"),
}
_ITEM_OF_GROUP = mark("chưa ai của nhóm {group} trả lời câu {variable}")
#: Printed as per cent.
_OF_ONE = ("share", "index")
_LEAST_P = Fraction(1, 10_000)
_PLACES = {"mean": 3, "deff": 2, "total": 0, "ratio": 4, "p": 4}


def statistic_word(statistic: str) -> str:
    """What is estimated."""
    return text(_STATISTICS[statistic])


def rollup_words(rollup: Rollup) -> str:
    """How groups, parts and the whole follow from items."""
    return text(_ROLLUPS[rollup])


def variable_words(variables: Variables, code: str) -> str:
    """A variable by code and title."""
    if code == ALL:
        return text("Tất cả các câu hỏi")
    question, _, option = code.partition("/")
    title = variables.title(code)
    for choice in variables.choices:
        if option and choice.code == question:
            title = choice.options.get(option, "")
    return f"{code} {title}".strip()


def category_words(name: str) -> str:
    """A category of a column: ``all`` and the blank one in words."""
    return {ALL: text("tất cả"), UNSTATED: text("không ghi")}.get(name, name)


def turned_words(variables: Variables, codes: Sequence[str]) -> str:
    """Which negative questions were turned round."""
    named = ", ".join(variable_words(variables, code) for code in codes)
    return text("Câu hỏi phủ định đã đảo chiều một lần, trước mọi phép tính: {questions}.", questions=named)


def value_text(statistic: str, value: float | None) -> str:
    """A figure as it is printed: shares and indexes in per cent, "–" where nothing can be said."""
    if value is None:
        return "–"
    exact = Fraction(value)
    if statistic == "p" and exact < _LEAST_P:
        return "< " + numbers.fixed(_LEAST_P, _PLACES["p"])
    return numbers.percent(exact * 100) if statistic in _OF_ONE else numbers.fixed(exact, _PLACES.get(statistic, 4))


def interval(row: Mapping[str, Any]) -> str:
    """``81,20% – 84,75%``."""
    if row["low"] is None or row["high"] is None:
        return "–"
    return f"{value_text(row['statistic'], row['low'])} – {value_text(row['statistic'], row['high'])}"


def pending_words(row: SurveyedPoints) -> str:
    """Why an item waits for its points: ``chờ kết quả: mới có 12 câu trả lời, cần ít nhất 30``."""
    assert row.pending is not None
    of_group = row.pending is Pending.ITEM_WITHOUT_ANSWERS and row.group
    why = text(
        _ITEM_OF_GROUP if of_group else _PENDING[row.pending],
        n=row.n,
        minimum=row.minimum,
        group=row.group,
        group_n=row.group_n,
        variable=row.variable,
    )
    return text("chờ kết quả: {why}", why=why)
