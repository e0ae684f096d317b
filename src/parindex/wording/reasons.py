"""How a rule came to its points, in words: figures with their years, the calculation, the branch, the points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from parindex.domain.criteria.criteria_set import Measure, MeasureKind
from parindex.domain.scoring.outcome import NoPoints
from parindex.domain.scoring.trace import ChoiceTrace, QuantityTrace, RuleTrace, TermTrace
from parindex.wording.language import mark, text
from parindex.wording.numbers import equals, number, points_text
from parindex.wording.quantity_words import is_cut, is_share, quantity_words, value_words
from parindex.wording.reason_words import no_points
from parindex.wording.rule_kinds import kind_text
from parindex.wording.rule_parameters import (
    as_share,
    band_words,
    chosen_words,
    exact,
    option_label,
    parameters_words,
)

_BRANCHES = {
    "full": mark("đạt mức tối đa"),
    "linear": mark("tính theo tỷ lệ"),
    "below_floor": mark("dưới mức tối thiểu nên không có điểm"),
    "below_zero": mark("giá trị âm nên không có điểm"),
    "band": mark("rơi vào khoảng {which}"),
    "option": mark("chọn phương án {which}"),
    "counted": mark("cộng điểm cho từng đơn vị"),
    "capped": mark("vượt điểm tối đa nên lấy điểm tối đa"),
    "added": mark("cộng các phần"),
    "alternative": mark("lấy phương án thứ {which}"),
    "nothing_deducted": mark("không bị trừ điểm"),
    "deducted": mark("bị trừ điểm"),
    "used_up": mark("bị trừ hết điểm"),
    "nothing_arose": mark("không phát sinh, cho điểm theo quy tắc"),
    "earlier_year": mark("không phát sinh, lấy kết quả năm trước"),
    "zero_base": mark("mẫu số bằng 0, cho điểm theo quy tắc"),
    "not_reported": mark("không báo cáo nên không có điểm"),
}


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """One line of a derivation; ``level`` 0 is the rule itself, deeper lines belong to what stands above them."""

    level: int
    words: str


def trace_lines(trace: RuleTrace, measures: Mapping[str, Measure]) -> list[ReasonLine]:
    """The derivation of a rule on one row: every figure that it used first, then the calculation."""
    figures = dict.fromkeys(_figures(trace, measures))
    return [*(ReasonLine(0, words) for words in figures), *_rule_lines(trace, measures, 0)]


def _figures(trace: RuleTrace, measures: Mapping[str, Measure]) -> Iterator[str]:
    for quantity in trace.quantities:
        yield from _quantity_figures(quantity, measures)
    for choice in trace.choices:
        yield _choice_words(choice, measures)
    for child in trace.children:
        yield from _figures(child, measures)


def _quantity_figures(quantity: QuantityTrace, measures: Mapping[str, Measure]) -> Iterator[str]:
    for term in (*quantity.of, *quantity.to):
        if term.quantity is not None:
            yield from _quantity_figures(term.quantity, measures)
        elif term.measure:
            yield _figure_words(term, measures.get(term.measure))


def _figure_words(term: TermTrace, measure: Measure | None) -> str:
    title = measure.title if measure is not None else term.measure
    unit = f" {measure.unit}" if measure is not None and measure.unit else ""
    own = term.own if term.within_group else term.value
    shown = text("chưa nhập") if own is None else number(own) + unit
    words = f"{title} ({term.year}): {shown}"
    if term.within_group == "best":
        words += "; " + text("cao nhất trong nhóm: {value}", value=number(term.value))
    elif term.within_group == "rank":
        words += "; " + text("xếp thứ {value} trong nhóm", value=number(term.value))
    if measure is not None and measure.kind is MeasureKind.LIST:
        words += " " + text("(số mục được công nhận)")
    return words


def _choice_words(choice: ChoiceTrace, measures: Mapping[str, Measure]) -> str:
    measure = measures.get(choice.measure)
    label = option_label(choice.measure, choice.chosen, measures)
    title = measure.title if measure is not None else choice.measure
    return f"{title} ({choice.year}): {label or text('chưa chọn')}"


def _rule_lines(
    trace: RuleTrace, measures: Mapping[str, Measure], level: int, known: tuple[QuantityTrace, ...] = ()
) -> Iterator[ReasonLine]:
    """``known`` are quantities that the rule around this one has shown already."""
    head = text("{kind}, tối đa {points}", kind=kind_text(trace.kind), points=points_text(trace.max_points))
    parameters = parameters_words(
        trace.parameters,
        measures,
        is_share=bool(trace.quantities) and is_share(trace.quantities[0]),
        choice=trace.choices[0].measure if trace.choices else "",
    )
    yield ReasonLine(level, head + (f"; {parameters}" if parameters else ""))
    for quantity in trace.quantities:
        if quantity not in known:
            yield ReasonLine(level + 1, quantity_words(quantity))
    for child in trace.children:
        yield from _rule_lines(child, measures, level + 1, trace.quantities)
    yield ReasonLine(level, conclusion(trace, measures))


def conclusion(trace: RuleTrace, measures: Mapping[str, Measure]) -> str:
    """What the rule comes to: which branch gave how many points, or why there are none."""
    if trace.points is None:
        reason = no_points(NoPoints(trace.branch))
        return text("chưa có điểm: {reason}", reason=reason)
    words = text(_BRANCHES.get(trace.branch_name, mark("có điểm")), which=_which(trace, measures))
    return f"{words}: {_calculation(trace)}{points_text(trace.points)}"


def _which(trace: RuleTrace, measures: Mapping[str, Measure]) -> str:
    """The band or option that was hit, or the number of the alternative."""
    if trace.branch_name == "band":
        written = dict(trace.parameters).get(f"band {trace.branch}", "")
        return f"“{band_words(written, bool(trace.quantities) and is_share(trace.quantities[0]))}”" if written else ""
    if trace.branch_name == "option":
        return chosen_words(trace.choices[0], measures)
    return str(trace.branch + 1)


def _calculation(trace: RuleTrace) -> str:
    """The formula that led to the points, where one line can show it."""
    top = points_text(trace.max_points)
    if trace.kind == "ratio" and trace.branch_name == "linear":
        quantity = trace.quantities[0]
        target = dict(trace.parameters).get("target")
        divided = f" ÷ {as_share(target, is_share(quantity))}" if target else ""
        return f"{top} × {value_words(quantity)}{divided} {_joint(trace)} "
    if trace.kind == "count" and trace.branch_name == "counted":
        each = dict(trace.parameters)["each"]
        return f"{exact(each)} × {value_words(trace.quantities[0])} {_joint(trace)} "
    if trace.kind == "sum" and trace.branch_name == "added":
        joint = equals(*(child.points for child in trace.children), trace.points)
        return " + ".join(points_text(child.points) for child in trace.children) + f" {joint} "
    return ""


def _joint(trace: RuleTrace) -> str:
    """``≈`` where the quantity or the points are not what is printed of them."""
    return "≈" if is_cut(trace.quantities[0]) else equals(trace.points)
