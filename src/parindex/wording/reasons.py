"""How a rule came to its points, in words: figures with their years, the calculation, the branch, the points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from parindex.domain.criteria.criteria_set import Measure, MeasureKind
from parindex.domain.errors import InvalidValue
from parindex.domain.scoring.outcome import NoPoints
from parindex.domain.scoring.trace import ChoiceTrace, QuantityTrace, RuleTrace, TermTrace
from parindex.domain.values import parse_number
from parindex.wording.language import mark, text
from parindex.wording.numbers import number, percent, points_text, share
from parindex.wording.reason_words import no_points

_KINDS = {
    "ratio": mark("điểm theo tỷ lệ"),
    "bands": mark("điểm theo khoảng"),
    "option": mark("điểm theo phương án"),
    "count": mark("điểm cho từng đơn vị đếm được"),
    "deduction": mark("điểm tối đa trừ dần"),
    "sum": mark("tổng nhiều phần"),
    "best": mark("phương án có lợi nhất"),
    "given": mark("điểm do nơi khác cho"),
}
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
#: Branches whose points are what the formula shown comes to.
_CALCULATED = ("full", "linear", "counted", "nothing_deducted", "deducted", "added")
_BAND_WORDS = {"from": "≥", "above": ">", "below": "<", "up_to": "≤"}


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """One line of a derivation; ``level`` 0 is the rule itself, deeper lines belong to what stands above them."""

    level: int
    words: str


def kind_text(kind: str) -> str:
    """The kind of a rule in words."""
    return text(_KINDS[kind])


def trace_lines(trace: RuleTrace, measures: Mapping[str, Measure]) -> list[ReasonLine]:
    """The derivation of a rule on one row: every figure that it used first, then the calculation."""
    figures = dict.fromkeys(_figures(trace, measures))
    return [*(ReasonLine(0, words) for words in figures), *_rule_lines(trace, measures, 0)]


# --- figures -------------------------------------------------------------------------------------------------------


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
    label = _label(choice.measure, choice.chosen, measures)
    title = measure.title if measure is not None else choice.measure
    return f"{title} ({choice.year}): {label or text('chưa chọn')}"


# --- the calculation -----------------------------------------------------------------------------------------------


def _rule_lines(
    trace: RuleTrace, measures: Mapping[str, Measure], level: int, known: tuple[QuantityTrace, ...] = ()
) -> Iterator[ReasonLine]:
    """``known`` are quantities that the rule around this one has shown already."""
    head = text("{kind}, tối đa {points}", kind=kind_text(trace.kind), points=points_text(trace.max_points))
    parameters = _parameters(trace, measures)
    yield ReasonLine(level, head + (f"; {parameters}" if parameters else ""))
    for quantity in trace.quantities:
        if quantity not in known:
            yield ReasonLine(level + 1, quantity_words(quantity))
    for child in trace.children:
        yield from _rule_lines(child, measures, level + 1, trace.quantities)
    yield ReasonLine(level, _conclusion(trace, measures))


def _conclusion(trace: RuleTrace, measures: Mapping[str, Measure]) -> str:
    if trace.points is None:
        reason = no_points(NoPoints(trace.branch))
        return text("chưa có điểm: {reason}", reason=reason)
    words = text(_BRANCHES.get(trace.branch_name, mark("có điểm")), which=_which(trace, measures))
    return f"{words}: {_calculation(trace)}{points_text(trace.points)}"


def _which(trace: RuleTrace, measures: Mapping[str, Measure]) -> str:
    """The band or option that was hit, or the number of the alternative."""
    if trace.branch_name == "band":
        written = dict(trace.parameters).get(f"band {trace.branch}", "")
        return f"“{_band(written, trace.quantities[0] if trace.quantities else None)}”" if written else ""
    if trace.branch_name == "option":
        return _chosen(trace.choices[0], measures)
    return str(trace.branch + 1)


def _calculation(trace: RuleTrace) -> str:
    """The formula that led to the points, where one line can show it."""
    top = points_text(trace.max_points)
    if trace.kind == "ratio" and trace.branch_name == "linear":
        quantity = trace.quantities[0]
        target = dict(trace.parameters).get("target")
        divided = f" ÷ {_as_share(target, quantity)}" if target else ""
        return f"{top} × {value_words(quantity)}{divided} = "
    if trace.kind == "count" and trace.branch_name == "counted":
        each = dict(trace.parameters)["each"]
        return f"{_exact(each)} × {value_words(trace.quantities[0])} = "
    if trace.kind == "sum" and trace.branch_name == "added":
        return " + ".join(points_text(child.points) for child in trace.children) + " = "
    return ""


def formula_text(trace: RuleTrace, measures: Mapping[str, Measure] | None = None) -> str:
    """A rule on one row as one line: ``53.539 ÷ 53.576 × 1,5 = 1,49896``."""
    if trace.points is None:
        return no_points(NoPoints(trace.branch))
    points = points_text(trace.points)
    if trace.branch_name == "earlier_year" and trace.children:
        return text("không phát sinh, theo năm trước: {formula}", formula=formula_text(trace.children[0], measures))
    if trace.branch_name == "nothing_arose":
        return text("không phát sinh: {points} theo quy tắc", points=points)
    if trace.kind == "sum":
        return f"{' + '.join(_one_line(child, measures) for child in trace.children)} = {points}"
    if trace.kind == "best":
        return formula_text(trace.children[trace.branch], measures) if trace.branch < len(trace.children) else points
    joint = "=" if trace.branch_name in _CALCULATED else "→"
    return f"{_one_line(trace, measures)} {joint} {points}"


def _one_line(trace: RuleTrace, measures: Mapping[str, Measure] | None) -> str:
    """What stands left of the points."""
    top = points_text(trace.max_points)
    if trace.kind == "option":
        return _chosen(trace.choices[0], measures) if trace.choices else "–"
    if not trace.quantities:
        return points_text(trace.points)
    quantity = trace.quantities[0]
    if trace.kind == "ratio" and trace.branch_name in ("linear", "full"):
        target = dict(trace.parameters).get("target")
        divided = f" ÷ {_as_share(target, quantity)}" if target else ""
        capped = " " + text("(lấy 100%)") if quantity.capped else ""
        return f"{_fraction_words(quantity)}{capped}{divided}" + (f" × {top}" if trace.max_points != 1 else "")
    if trace.kind == "count":
        return f"{_exact(dict(trace.parameters)['each'])} × {_fraction_words(quantity)}"
    if trace.kind == "deduction":
        return f"{top} − {_deducted(trace)}"
    return quantity_words(quantity)


def _deducted(trace: RuleTrace) -> str:
    """What is taken off: every case, or only the gravest."""
    parameters = dict(trace.parameters)
    if parameters["mode"] == "worst":
        return text("{points} (mức nặng nhất)", points=points_text(trace.max_points - (trace.points or Fraction(0))))
    amounts = [value for name, value in trace.parameters if name.startswith("class ")]
    pairs = zip(amounts, trace.quantities, strict=False)
    return " − ".join(f"{_bare(amount)} × {_fraction_words(quantity)}" for amount, quantity in pairs)


def _bare(amount: str) -> str:
    """An amount without the word for points."""
    name, _, value = amount.partition(" ")
    return _exact(value) if name == "points" else _exact(amount)


def _chosen(choice: ChoiceTrace, measures: Mapping[str, Measure] | None) -> str:
    return f"“{_label(choice.measure, choice.chosen, measures)}”"


def _label(measure: str, key: str, measures: Mapping[str, Measure] | None) -> str:
    """The label of an option of a choice measure; its key where the set declares none."""
    declared = (measures or {}).get(measure)
    return declared.choices.get(key, key) if declared is not None else key


def _fraction_words(quantity: QuantityTrace) -> str:
    """The sums above and below the line, without what they come to."""
    above = _bracketed(_sum_words(quantity.of), quantity.of)
    if not quantity.to:
        return above
    return f"{above} ÷ {_bracketed(_sum_words(quantity.to), quantity.to)}"


def quantity_words(quantity: QuantityTrace) -> str:
    """``(225 + 0,5 × 347) ÷ 572 = 69,66783%``; what is missing or cannot be is said."""
    above = _sum_words(quantity.of)
    if quantity.to:
        words = f"{_bracketed(above, quantity.of)} ÷ {_bracketed(_sum_words(quantity.to), quantity.to)}"
    else:
        words = above
    if quantity.value is None:
        return f"{words}: {no_points(NoPoints(quantity.reason))}" if quantity.reason < 0 else words
    words = f"{words} = {value_words(quantity)}" if quantity.to or len(quantity.of) > 1 else words
    if quantity.capped:
        words += " " + text("(vượt 100%, lấy 100%)")
    if quantity.rounding is not None:
        words += " " + text("(làm tròn {places} chữ số)", places=quantity.rounding.places)
    return words


def value_words(quantity: QuantityTrace) -> str:
    """The value of a quantity: a share in per cent, a sum as a number."""
    if quantity.value is None:
        return "–"
    return share(quantity.value, 5) if quantity.denominator is not None else number(quantity.value)


def _sum_words(terms: tuple[TermTrace, ...]) -> str:
    words = ""
    for term in terms:
        negative = term.weight < 0
        weight = abs(term.weight)
        shown = _term_words(term)
        piece = shown if weight == 1 else f"{points_text(weight)} × {shown}"
        joint = (" − " if negative else " + ") if words else ("−" if negative else "")
        words += joint + piece
    return words


def _term_words(term: TermTrace) -> str:
    if term.quantity is not None and not term.within_group:
        return f"({quantity_words(term.quantity)})"
    value = term.number if term.number is not None else term.value
    return "…" if value is None else number(value)


def _bracketed(words: str, terms: tuple[TermTrace, ...]) -> str:
    return f"({words})" if len(terms) > 1 else words


# --- parameters ----------------------------------------------------------------------------------------------------


def _parameters(trace: RuleTrace, measures: Mapping[str, Measure]) -> str:
    """The parameters of a kind as one reads them: targets and edges of shares in per cent."""
    quantity = trace.quantities[0] if trace.quantities else None
    found = []
    for name, value in trace.parameters:
        if name == "target":
            found.append(text("mức đạt tối đa {value}", value=_as_share(value, quantity)))
        elif name == "floor":
            found.append(text("mức tối thiểu {value}", value=_as_share(value, quantity)))
        elif name == "each":
            found.append(text("mỗi đơn vị {value}", value=_exact(value)))
        elif name == "mode":
            found.append(
                text("trừ một lần, theo mức nặng nhất") if value == "worst" else text("trừ theo từng trường hợp")
            )
        elif name.startswith("class "):
            found.append(text("mức trừ {value}", value=_exact(value)))
        elif name.startswith("band "):
            found.append(_band(value, quantity))
        else:
            found.append(f"{_label(trace.choices[0].measure, name, measures)}: {_exact(value)}")
    return "; ".join(found)


def _band(written: str, quantity: QuantityTrace | None) -> str:
    *edges, gives = written.split(", ")
    words = []
    for edge in edges:
        name, _, value = edge.partition(" ")
        words.append(f"{_BAND_WORDS[name]} {_as_share(value, quantity)}")
    result = text("theo quy tắc riêng") if gives == "rule" else _exact(gives)
    return f"{', '.join(words) or text('còn lại')} → {result}"


def _as_share(written: str, quantity: QuantityTrace | None) -> str:
    value = _number(written)
    if value is None:
        return written
    return percent(value * 100, 5) if quantity is not None and quantity.denominator is not None else number(value)


def _exact(written: str) -> str:
    """A number or an amount (``points 0.5``, ``share 50%``) as one reads it."""
    name, _, amount = written.partition(" ")
    if name == "share":
        value = _number(amount)
        return text("{share} điểm tối đa", share=amount if value is None else percent(value * 100, 5))
    if name == "points":
        return text("{points} điểm", points=_exact(amount))
    if written.endswith("%"):
        value = _number(written[:-1])
        return written if value is None else percent(value, 5)
    value = _number(written)
    return written if value is None else points_text(value)


def _number(written: str) -> Fraction | None:
    try:
        return parse_number(written)
    except InvalidValue:
        return None
