"""A rule on the figures of one unit as steps that can be followed: fractions with their words, shares, points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from parindex.domain.criteria.criteria_set import Measure
from parindex.domain.scoring.trace import QuantityTrace, RuleTrace, TermTrace
from parindex.domain.values import Rounding, RoundingMode, decimal_places
from parindex.wording.language import text
from parindex.wording.numbers import equals, number, points_text
from parindex.wording.quantity_words import is_share, quantity_words, value_words
from parindex.wording.reasons import conclusion
from parindex.wording.rule_parameters import as_share, chosen_words

#: Digits that are shown of a value that does not end.
_SHOWN = 6
_WHOLE = 12


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure above or below the line: its value, and what it is."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step: ``above`` and ``below`` the line, what that comes to (``share``), what it gives (``times`` and
    ``points``), and the branch of the rule in words.
    """

    above: Sequence[Figure]
    below: Sequence[Figure]
    joint: str
    share: str
    times: str
    points: str
    words: str


def digits(value: Fraction) -> str:
    """A value with all its digits; one that does not end with six of them and "…"."""
    places = decimal_places(value)
    if places is not None and places <= _WHOLE:
        return points_text(value, _WHOLE)
    return points_text(Rounding(_SHOWN, RoundingMode.TRUNCATED).apply(value), _SHOWN) + "…"


def steps(trace: RuleTrace, measures: Mapping[str, Measure], year: int) -> Iterator[Step]:
    """The steps of a rule: of a sum one a part; of alternatives the one that was taken; of a rule that looks at the
    year before, those of that year.
    """
    inner = _inner(trace)
    if inner:
        for one in inner:
            yield from steps(one, measures, year)
        return
    share, times = "", ""
    above, below, joint = _choices(trace, measures, year), [], ""
    if trace.quantities:
        quantity = trace.quantities[0]
        above, below = _figures(quantity.of, measures, year), _figures(quantity.to, measures, year)
        share, joint = value_words(quantity), _joint(quantity)
        times = _times(trace, quantity)
    yield Step(above, below, joint, share, times, _points(trace), conclusion(trace, measures))
    for further in trace.quantities[1:]:
        yield Step(
            _figures(further.of, measures, year), _figures(further.to, measures, year), _joint(further),
            value_words(further), "", "", "",
        )  # fmt: skip


def _inner(trace: RuleTrace) -> Sequence[RuleTrace]:
    """The rules whose steps are those of this one."""
    if trace.kind == "best" and 0 <= trace.branch < len(trace.children):
        return trace.children[trace.branch : trace.branch + 1]
    if trace.kind in ("sum", "best") or trace.branch_name == "earlier_year":
        return trace.children
    return ()


def _points(trace: RuleTrace) -> str:
    return "" if trace.points is None else digits(trace.points)


def _joint(quantity: QuantityTrace) -> str:
    if quantity.value is None or not quantity.to:
        return "="
    return equals(quantity.value * 100 if is_share(quantity) else quantity.value)


def _times(trace: RuleTrace, quantity: QuantityTrace) -> str:
    """What a share is multiplied by, where the rule does."""
    if trace.kind != "ratio" or trace.branch_name not in ("linear", "full"):
        return ""
    target = dict(trace.parameters).get("target")
    divided = f"÷ {as_share(target, is_share(quantity))} " if target else ""
    return f"{divided}× {points_text(trace.max_points)}"


def _choices(trace: RuleTrace, measures: Mapping[str, Measure], year: int) -> list[Figure]:
    return [Figure(chosen_words(one, measures), _named(one.measure, one.year, measures, year)) for one in trace.choices]


def _figures(terms: Sequence[TermTrace], measures: Mapping[str, Measure], year: int) -> list[Figure]:
    return [_figure(one, measures, year) for one in terms]


def _figure(term: TermTrace, measures: Mapping[str, Measure], year: int) -> Figure:
    weight = "" if term.weight == 1 else f"{points_text(term.weight)} × "
    if term.quantity is not None and not term.within_group:
        return Figure(weight + number(term.value), quantity_words(term.quantity))
    if term.number is not None:
        return Figure(weight + number(term.number), text("hằng số"))
    words = _named(term.measure, term.year, measures, year)
    if term.within_group == "rank":
        words = text("thứ hạng trong nhóm về “{measure}”, của đơn vị là {own}", measure=words, own=number(term.own))
    elif term.within_group == "best":
        words = text("cao nhất trong nhóm: {measure}", measure=words)
    return Figure(weight + number(term.value), words)


def _named(measure: str, of: int, measures: Mapping[str, Measure], year: int) -> str:
    declared = measures.get(measure)
    title = declared.title if declared is not None else measure
    return title if of == year else text("{measure}, năm {year}", measure=title, year=of)
