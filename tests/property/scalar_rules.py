"""The rules once more for one unit at a time, over ``Fraction``: written from the docstrings, to check the columns by.

Nothing of the column code is used; a rule is read straight from its data.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

NOT_GIVEN, NOT_ASSESSED, MISSING, NO_EARLIER, UNDECIDED = -1, -2, -3, -4, -5
UNKNOWN_OPTION, OUTSIDE, OVER, IMPOSSIBLE = -6, -7, -8, -9
NOTHING_AROSE, EARLIER_YEAR, ZERO_BASE, NOT_REPORTED = 100, 101, 102, 103

#: A branch and the points; no points where the branch is below 0.
Answer = tuple[int, Fraction]
Data = Mapping[str, Any]
NONE = Fraction(0)


class Reason(Exception):
    """There is no value, and why."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class World:
    """What units reported, and from which unit and year it is looked at."""

    numbers: Mapping[tuple[str, int], Sequence[Fraction | None]]
    choices: Mapping[tuple[str, int], Sequence[str | None]]
    groups: Sequence[str]
    cycle: int
    year: int
    unit: int
    carried: bool = False

    def at(self, year: Any) -> World:
        year = int(year)
        return replace(self, year=year if year >= 1900 else self.year + year)

    def missing(self) -> Reason:
        return Reason(MISSING if self.year == self.cycle else NO_EARLIER)

    def figure(self, measure: str) -> Fraction | None:
        column = self.numbers.get((measure, self.year))
        return None if column is None else column[self.unit]


def number(written: Any, cycle: int) -> Fraction:
    """``80%``, ``3/4``, ``0,8``, or by year."""
    if isinstance(written, Mapping):
        past = {int(year): value for year, value in written.items() if int(year) <= cycle}
        return number(past[max(past)], cycle)
    text = str(written).replace(",", ".")
    return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)


def terms(data: Any) -> list[Data]:
    listed = data if isinstance(data, list) else [data]
    return [{"measure": one} if isinstance(one, str) else one for one in listed]


def half_up(value: Fraction, step: Data) -> Fraction:
    scale = 10 ** int(step["places"])
    size = abs(value) * scale + (0 if step.get("mode") == "truncated" else Fraction(1, 2))
    return Fraction(size.numerator // size.denominator, scale) * (-1 if value < 0 else 1)


# --- quantities ----------------------------------------------------------------------------------------------------


def own(term: Data, world: World) -> Fraction:
    if "number" in term:
        return number(term["number"], world.cycle)
    there = world.at(term.get("year", 0))
    if "quantity" in term:
        value = quantity(term["quantity"], there)
        assert value is not None
        return value
    figure = there.figure(term["measure"])
    if figure is None:
        raise there.missing()
    return figure


def peers(term: Data, world: World) -> list[Fraction]:
    found = []
    for unit, group in enumerate(world.groups):
        if group == world.groups[world.unit]:
            try:
                found.append(own(term, replace(world, unit=unit)))
            except Reason:
                continue
    return found


def term_value(term: Data, world: World) -> Fraction:
    if term.get("within_group") == "best":
        among = peers(term, world)
        return max(among) if among else own(term, world)
    if term.get("within_group") == "rank":
        mine = own(term, world)
        return Fraction(1 + sum(other > mine for other in peers(term, world)))
    return own(term, world)


def weight(term: Data, world: World) -> Fraction:
    return number(term.get("weight", 1), world.cycle)


def sums(data: Any, world: World) -> tuple[Fraction, Fraction]:
    """The weighted sum and the count; the gravest reason where a term has no value."""
    weighted = count = NONE
    reasons = []
    for term in terms(data):
        try:
            value = term_value(term, world)
        except Reason as reason:
            reasons.append(reason.code)
            continue
        factor = weight(term, world)
        weighted += factor * value
        count += -value if factor < 0 else value
    if reasons:
        raise Reason(min(reasons))
    return weighted, count


def quantity(data: Data, world: World) -> Fraction | None:
    """The value; None on a base of zero for which the rule states points."""
    sides, reasons = [], []
    for key in ("of", "to"):
        if key in data:
            try:
                sides.append(sums(data[key], world))
            except Reason as reason:
                reasons.append(reason.code)
    if reasons:
        raise Reason(min(reasons))
    if len(sides) == 1:
        value = sides[0][0]
        return half_up(value, data["round"]) if "round" in data else value
    value = quotient(*sides, data)
    return half_up(value, data["round"]) if value is not None and "round" in data else value


def quotient(of: tuple[Fraction, Fraction], to: tuple[Fraction, Fraction], data: Data) -> Fraction | None:
    (above, counted), (below, whole) = of, to
    over = data.get("over", "refuse")
    if below == 0 and above == 0:
        raise Reason(UNDECIDED)
    if below == 0 and above > 0 and over != "refuse":
        if "zero_base" in data:
            return None
        raise Reason(UNDECIDED)
    if below <= 0:
        raise Reason(IMPOSSIBLE)
    value = above / below
    if over != "allow":
        if whole <= 0:
            raise Reason(IMPOSSIBLE)
        if counted > whole:
            if over == "refuse":
                raise Reason(OVER)
            value = value * whole / counted
    return value


# --- rules ---------------------------------------------------------------------------------------------------------


def amount(data: Any, maximum: Fraction, cycle: int, *, limited: bool = True) -> Fraction:
    if data in ("full", "zero"):
        return maximum if data == "full" else NONE
    if "share" in data:
        return maximum * number(data["share"], cycle)
    points = number(data["points"], cycle)
    return min(points, maximum) if limited else points


def unwrapped(data: Data) -> Data:
    """A rule whose ``of`` is one quantity and nothing more is about that quantity."""
    only = terms(data["of"])
    if "to" not in data and len(only) == 1 and set(only[0]) == {"quantity"}:
        inner = only[0]["quantity"]
        return {**data, **{key: value for key, value in inner.items() if key != "round"}, "quantity": inner}
    return {**data, "quantity": {key: data[key] for key in ("of", "to", "over", "zero_base") if key in data}}


def figures_of(data: Any, year: int, sides: tuple[str, ...] = ("of", "to")) -> list[tuple[str, int]]:
    """The measures in terms, with offset or calendar year; with ``sides`` ("of",) those above the line only."""
    found = []
    for term in terms(data):
        its = int(term.get("year", 0))
        here = its if its >= 1900 else year + its
        if "quantity" in term:
            for key in sides:
                if key in term["quantity"]:
                    found += figures_of(term["quantity"][key], here, sides)
        elif "measure" in term:
            found.append((term["measure"], here))
    return found


def above_the_line(data: Data) -> list[tuple[str, int]]:
    kind = data["kind"]
    if kind == "deduction":
        return [one for case in data["classes"] for one in figures_of(unwrapped(case)["of"], 0, ("of",))]
    if kind in ("sum", "best"):
        return [one for inner in data["parts" if kind == "sum" else "alternatives"] for one in above_the_line(inner)]
    if kind in ("option", "given"):
        return []
    found = figures_of(unwrapped(data)["of"], 0, ("of",))
    for band in data.get("bands", []):
        if "rule" in band:
            found += above_the_line(inner_rule(unwrapped(data), band))
    return found


def inner_rule(data: Data, band: Data) -> Data:
    """The rule of a band, which is about the quantity of the rule around it unless it has its own."""
    return {"of": {"quantity": data["quantity"]}, **band["rule"]} if carries_quantity(band["rule"]) else band["rule"]


def carries_quantity(rule: Data) -> bool:
    return rule["kind"] in ("ratio", "bands", "count")


def nothing_arose(data: Data, world: World) -> bool:
    when = data.get("nothing_when", unwrapped(data).get("to") if "of" in data and data["kind"] != "option" else None)
    if when is None:
        return False
    for term in terms(when):
        try:
            if term_value(term, world) != 0:
                return False
        except Reason:
            return False
    years = {year for _, year in figures_of(when, 0)}
    counted = [world.at(year).figure(measure) for measure, year in above_the_line(data) if year in years]
    return all(not figure for figure in counted)


def evaluate(data: Data, maximum: Fraction, world: World) -> Answer:
    """The branch and the points of one unit."""
    maximum = number(data["max_points"], world.cycle) if "max_points" in data else maximum
    branch, points = settled(data, maximum, world)
    if branch < 0:
        return branch, NONE
    return branch, min(maximum, half_up(points, data["round"])) if "round" in data else points


def settled(data: Data, maximum: Fraction, world: World) -> Answer:
    if nothing_arose(data, world):
        gives = data.get("nothing_arose")
        if gives == "last_year" and not world.carried:
            branch, points = evaluate(data, maximum, replace(world.at(-1), carried=True))
            return (EARLIER_YEAR if branch >= 0 else branch), points
        if gives in (None, "last_year"):
            return UNDECIDED, NONE
        if gives == "not_assessed":
            return NOT_ASSESSED, NONE
        return NOTHING_AROSE, amount(gives, maximum, world.cycle)
    try:
        branch, points = KINDS[data["kind"]](unwrapped(data) if "of" in data else data, maximum, world)
    except Reason as reason:
        branch, points = reason.code, NONE
    if branch == MISSING and data.get("missing") == "zero":
        return NOT_REPORTED, NONE
    return branch, points


def with_zero_base(data: Data, maximum: Fraction, world: World) -> tuple[Fraction | None, Answer]:
    value = quantity(data["quantity"], world)
    if value is None:
        return None, (ZERO_BASE, amount(data["quantity"]["zero_base"], maximum, world.cycle))
    return value, (0, NONE)


def ratio(data: Data, maximum: Fraction, world: World) -> Answer:
    value, stated = with_zero_base(data, maximum, world)
    if value is None:
        return stated
    target = number(data.get("target", 1), world.cycle)
    if "floor" in data and value < number(data["floor"], world.cycle):
        return 2, NONE
    if value < 0:
        return 3, NONE
    return (0, maximum) if value >= target else (1, maximum * value / target)


def bands(data: Data, maximum: Fraction, world: World) -> Answer:
    value, stated = with_zero_base(data, maximum, world)
    if value is None:
        return stated
    for position, band in enumerate(data["bands"]):
        edges = {key: number(band[key], world.cycle) for key in ("from", "above", "below", "up_to") if key in band}
        if (
            value >= edges.get("from", value)
            and value <= edges.get("up_to", value)
            and ("above" not in edges or value > edges["above"])
            and ("below" not in edges or value < edges["below"])
        ):
            if "rule" not in band:
                return position, amount(band, maximum, world.cycle)
            branch, points = evaluate(inner_rule(data, band), maximum, world)
            return (branch, NONE) if branch < 0 else (position, points)
    return OUTSIDE, NONE


def option(data: Data, maximum: Fraction, world: World) -> Answer:
    of = terms(data["of"])[0]
    there = world.at(of.get("year", 0))
    column = there.choices.get((of["measure"], there.year))
    chosen = None if column is None else column[there.unit]
    if chosen is None:
        raise there.missing()
    keys = list(data["options"])
    if chosen not in keys:
        return UNKNOWN_OPTION, NONE
    return keys.index(chosen), amount(data["options"][chosen], maximum, world.cycle)


def count(data: Data, maximum: Fraction, world: World) -> Answer:
    value, stated = with_zero_base(data, maximum, world)
    if value is None:
        return stated
    if value < 0:
        raise Reason(IMPOSSIBLE)
    earned = number(data["each"], world.cycle) * value
    return (1, maximum) if earned > maximum else (0, earned)


def deduction(data: Data, maximum: Fraction, world: World) -> Answer:
    taken, reasons = [NONE], []
    for case in data["classes"]:
        each = amount(case, maximum, world.cycle, limited=False)
        try:
            cases = quantity(unwrapped(case)["quantity"], world)
        except Reason as reason:
            reasons.append(reason.code)
            continue
        assert cases is not None
        if cases < 0:
            reasons.append(IMPOSSIBLE)
        if data.get("mode") == "worst":
            taken.append(each if cases > 0 else NONE)
        else:
            taken.append(each * cases)
    if reasons:
        raise Reason(min(reasons))
    away = max(taken) if data.get("mode") == "worst" else sum(taken, NONE)
    left = min(maximum, max(NONE, maximum - away))
    return (0 if away <= 0 else 2 if left == 0 else 1), left


def added(data: Data, maximum: Fraction, world: World) -> Answer:
    answers = [evaluate(part, maximum, world) for part in data["parts"]]
    gravest = min(branch for branch, _ in answers)
    if gravest < 0:
        return gravest, NONE
    whole = sum((points for _, points in answers), NONE)
    return int(whole > maximum), min(whole, maximum)


def best(data: Data, maximum: Fraction, world: World) -> Answer:
    answers = [evaluate(one, maximum, world) for one in data["alternatives"]]
    gravest = min(branch for branch, _ in answers)
    scored = [(points, -position) for position, (branch, points) in enumerate(answers) if branch >= 0]
    if gravest <= UNDECIDED or not scored:
        return gravest, NONE
    points, position = max(scored)
    return -position, points


def given(_data: Data, _maximum: Fraction, _world: World) -> Answer:
    return NOT_GIVEN, NONE


KINDS = {
    "ratio": ratio, "bands": bands, "option": option, "count": count, "deduction": deduction, "sum": added,
    "best": best, "given": given,
}  # fmt: skip
