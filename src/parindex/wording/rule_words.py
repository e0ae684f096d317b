"""A rule in plain words, without figures: what counts, how it becomes points, what happens where nothing arose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from parindex.domain.criteria.criteria_set import Measure
from parindex.domain.errors import InvalidInput
from parindex.domain.scoring.context import FIRST_CALENDAR_YEAR
from parindex.domain.scoring.quantities import Over, Quantity, Term, WithinGroup
from parindex.domain.scoring.rule import Nothing, NothingArose, Rule
from parindex.domain.scoring.rule_table import parse_rule
from parindex.domain.values import Rounding, RoundingMode
from parindex.wording.language import mark, text
from parindex.wording.numbers import number
from parindex.wording.quantity_words import counts_for_more
from parindex.wording.rule_kinds import kind_text
from parindex.wording.rule_parameters import exact, parameters_words

_PEERS = {
    WithinGroup.BEST: mark("cao nhất trong nhóm"),
    WithinGroup.RANK: mark("thứ hạng trong nhóm"),
}
_NOTHING = {
    NothingArose.NOT_ASSESSED: mark("không đánh giá"),
    NothingArose.LAST_YEAR: mark("lấy kết quả năm trước"),
}
_MODES = {
    RoundingMode.HALF_UP: mark("làm tròn đến {places} chữ số thập phân"),
    RoundingMode.TRUNCATED: mark("cắt ở {places} chữ số thập phân"),
}


def rule_data_words(data: Mapping[str, Any], max_points: Fraction, year: int, measures: Mapping[str, Measure]) -> str:
    """The rule that ``data`` states, in words; "" where it states none that can be used."""
    try:
        rule = parse_rule(dict(data), max_points=max_points, year=year)
    except InvalidInput:
        return ""
    return rule_words(rule, measures)


def rule_words(rule: Rule, measures: Mapping[str, Measure]) -> str:
    """``điểm theo tỷ lệ: “Hồ sơ đúng hạn” ÷ “Hồ sơ đã giải quyết”; mức tối thiểu 50%``."""
    quantities = "; ".join(_quantity(one, measures) for one in rule.quantities())
    chosen = "; ".join(_term(one, measures) for one in rule.choices())
    head = ": ".join(filter(None, (kind_text(rule.kind), quantities or chosen)))
    return "; ".join(filter(None, (head, *_further(rule, measures))))


def _further(rule: Rule, measures: Mapping[str, Measure]) -> Iterator[str]:
    is_share = any(one.to and not counts_for_more(one.of) for one in rule.quantities())
    choice = next((term.measure for term in rule.choices()), "")
    yield parameters_words(rule.parameters(), measures, is_share=is_share, choice=choice)
    for position, child in enumerate(rule.children(), start=1):
        yield f"({position}) {rule_words(child, measures)}"
    if rule.settings.nothing is not None and rule.settings.nothing.gives is not NothingArose.UNDECIDED:
        yield _nothing(rule.settings.nothing, measures)
    if rule.settings.round is not None:
        yield rounding_words(rule.settings.round)


def _nothing(nothing: Nothing, measures: Mapping[str, Measure]) -> str:
    when = ", ".join(_term(one, measures) for one in nothing.when)
    gives = nothing.gives
    result = text(_NOTHING[gives]) if isinstance(gives, NothingArose) else exact(gives.text)
    return text("không phát sinh ({when} bằng 0): {result}", when=when, result=result)


def rounding_words(step: Rounding) -> str:
    """What a declared step does: ``làm tròn đến 2 chữ số thập phân``."""
    return text(_MODES[step.mode], places=step.places)


def _quantity(quantity: Quantity, measures: Mapping[str, Measure]) -> str:
    words = _sum(quantity.of, measures)
    if quantity.to:
        over = _sum(quantity.to, measures)
        words = f"{_bracketed(words, quantity.of)} ÷ {_bracketed(over, quantity.to)}"
        if quantity.over is Over.CAP:
            words += " " + text("(lấy tối đa 100%)")
    if quantity.zero_base is not None:
        words += "; " + text("mẫu số bằng 0: {result}", result=exact(quantity.zero_base.text))
    return words + (f" ({rounding_words(quantity.round)})" if quantity.round is not None else "")


def _sum(terms: tuple[Term, ...], measures: Mapping[str, Measure]) -> str:
    words = ""
    for term in terms:
        sign = "−" if term.weight < 0 else "+"
        size = abs(term.weight)
        weight = "" if size == 1 else f"{number(size)} × "
        words += (f" {sign} " if words else ("−" if term.weight < 0 else "")) + weight + _term(term, measures)
    return words


def _bracketed(words: str, terms: tuple[Term, ...]) -> str:
    return f"({words})" if len(terms) > 1 else words


def _term(term: Term, measures: Mapping[str, Measure]) -> str:
    """A term without its weight, with the year and the peers that it looks at."""
    if term.number is not None:
        return number(term.number)
    if term.quantity is not None:
        words = f"({_quantity(term.quantity, measures)})"
    else:
        measure = measures.get(term.measure)
        words = f"“{measure.title if measure is not None else term.measure}”"
    notes = [_year(term.year)] if term.year else []
    notes += [text(_PEERS[term.within_group])] if term.within_group is not None else []
    return f"{words} ({', '.join(notes)})" if notes else words


def _year(year: int) -> str:
    if year >= FIRST_CALENDAR_YEAR:
        return text("năm {year}", year=year)
    return text("năm trước") if year == -1 else text("{count} năm trước", count=-year)
