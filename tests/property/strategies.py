"""Draws of rules as data and of what units reported, with the values that break careless arithmetic."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import strategies as st
from tests.property import scalar_rules

CYCLE = 2024
YEARS = (2020, 2023, 2024)
MEASURES = ("a", "b", "c", "d")
KEYS = [(measure, year) for measure in MEASURES for year in YEARS]
OPTIONS = ("yes", "half", "no")

#: Small numbers meet band edges and each other often; the large ones leave int64 as soon as two are multiplied.
entered = st.one_of(
    st.integers(1, 5).map(Fraction),
    st.integers(1, 8).map(lambda quarters: Fraction(quarters, 4)),
    st.sampled_from([Fraction(2_800_000_000_000), Fraction(280_000_000_000_001, 100)]),
    st.sampled_from([Fraction(2**63 - 1), Fraction(10**25), Fraction(-3), Fraction(-1)]),
)
values = st.one_of(st.none(), st.just(Fraction(0)), entered, entered)
above_zero = st.sampled_from(["1", "2", "1/2", "0,5", "50%", "3/4", "1/3", "1,5", "100%", "2800000000000", "0.0001"])
exact = st.one_of(above_zero, st.just("0"))
dated = st.fixed_dictionaries({2020: above_zero}, optional={2022: above_zero, 2024: above_zero, 2025: above_zero})
numbers = st.one_of(exact, exact, dated)
positive = st.one_of(above_zero, above_zero, dated)
weights = st.sampled_from(["1", "1", "-1", "0", "1/2", "1,5", "2", "-1/3", "1000000000001"])
steps = st.fixed_dictionaries(
    {"places": st.integers(0, 4)}, optional={"mode": st.sampled_from(["half_up", "truncated"])}
)
amounts = st.one_of(
    st.fixed_dictionaries({"points": numbers}),
    st.fixed_dictionaries({"share": st.sampled_from(["0", "1/3", "50%", "75%", "100%"])}),
)
worded = st.one_of(st.sampled_from(["full", "zero"]), amounts)


def listed(one: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[Any]:
    return st.one_of(one, st.lists(one, min_size=1, max_size=most))


def term_strategy(depth: int) -> st.SearchStrategy[Any]:
    said = {
        "weight": weights,
        "year": st.sampled_from([-1, 0, "2020", 2024]),
        "within_group": st.sampled_from(["best", "rank"]),
    }
    measure = st.fixed_dictionaries({"measure": st.sampled_from(MEASURES)}, optional=said)
    number = st.fixed_dictionaries({"number": numbers}, optional={"weight": weights})
    choices = [st.sampled_from(MEASURES), st.sampled_from(MEASURES), measure, number]
    if depth > 0:
        choices.append(st.fixed_dictionaries({"quantity": quantities(depth - 1)}, optional=said))
    return st.one_of(choices)


def quantities(depth: int) -> st.SearchStrategy[dict[str, Any]]:
    of = listed(term_strategy(depth))
    alone = st.fixed_dictionaries({"of": of}, optional={"round": steps})
    over = st.sampled_from(["refuse", "cap", "allow"])
    divided = st.fixed_dictionaries({"of": of, "to": of}, optional={"over": over, "round": steps})
    return st.one_of(alone, divided, divided)


def on_rule(depth: int = 1) -> st.SearchStrategy[dict[str, Any]]:
    """A quantity as it stands on a rule."""

    def with_zero_base(quantity: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
        if quantity.get("over", "refuse") == "refuse":
            return st.just(quantity)
        return st.one_of(st.just(quantity), worded.map(lambda gives: {**quantity, "zero_base": gives}))

    def placed(quantity: dict[str, Any]) -> dict[str, Any]:
        return {"of": {"quantity": quantity}} if "round" in quantity else quantity

    return quantities(depth).flatmap(with_zero_base).map(placed)


def common(*, root: bool) -> st.SearchStrategy[dict[str, Any]]:
    gives = [worded, st.just("last_year")] + ([st.just("not_assessed")] if root else [])
    return st.fixed_dictionaries(
        {},
        optional={
            "nothing_when": listed(term_strategy(1), 2),
            "nothing_arose": st.one_of(gives),
            "missing": st.sampled_from(["unanswered", "zero"]),
            "round": steps,
        },
    )


def said(rule: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """A rule with what every kind takes; ``nothing_arose`` needs something that says when."""
    has_whole = "to" in scalar_rules.unwrapped(rule)["quantity"] if "of" in rule else False
    if "nothing_when" not in more and not has_whole:
        more = {key: value for key, value in more.items() if key != "nothing_arose"}
    return {**rule, **more}


@st.composite
def band_lists(draw: st.DrawFn, inner: st.SearchStrategy[Any] | None) -> list[dict[str, Any]]:
    """Bands that do not overlap: the number line is cut at edges, some stretches are left out."""
    edges = sorted(
        draw(st.sets(st.sampled_from([0, 1, 2, Fraction(1, 2), Fraction(3, 4), Fraction(1, 3)]), max_size=4))
    )
    cuts = sorted({(edge, draw(st.booleans())) for edge in edges} | {(edge, draw(st.booleans())) for edge in edges})
    bands = []
    for lower, upper in zip([None, *cuts], [*cuts, None], strict=True):
        gives = draw(amounts)
        if inner is not None and draw(st.integers(0, 3)) == 0:
            gives = {"rule": draw(inner)}
        band = dict(gives)
        if lower is not None:
            band["above" if lower[1] else "from"] = str(lower[0])
        if upper is not None:
            band["up_to" if upper[1] else "below"] = str(upper[0])
        if draw(st.integers(0, 4)):
            bands.append(band)
    bands = draw(st.permutations(bands))
    return bands or [{"points": "1"}]


def ratios(*, root: bool) -> st.SearchStrategy[dict[str, Any]]:
    own = st.fixed_dictionaries({"kind": st.just("ratio")}, optional={"target": positive, "floor": numbers})
    return st.tuples(on_rule(), own, common(root=root)).map(lambda parts: said({**parts[0], **parts[1]}, parts[2]))


def inheriting() -> st.SearchStrategy[dict[str, Any]]:
    """A rule inside a band about the quantity around it."""
    ratio = st.fixed_dictionaries({"kind": st.just("ratio")}, optional={"target": positive, "floor": numbers})
    count = st.fixed_dictionaries({"kind": st.just("count"), "each": positive})
    return st.one_of(ratio, count)


def banded(*, root: bool) -> st.SearchStrategy[dict[str, Any]]:
    bands = band_lists(st.one_of(inheriting(), options(root=False)))
    return st.tuples(on_rule(), bands, common(root=root)).map(
        lambda parts: said({"kind": "bands", **parts[0], "bands": parts[1]}, parts[2])
    )


def options(*, root: bool) -> st.SearchStrategy[dict[str, Any]]:
    of = st.one_of(
        st.just("k"), st.fixed_dictionaries({"measure": st.just("k"), "year": st.sampled_from([0, -1, 2020])})
    )
    table = st.dictionaries(st.sampled_from([*OPTIONS, "other"]), amounts, min_size=1)
    return st.tuples(of, table, common(root=root)).map(
        lambda parts: said({"kind": "option", "of": parts[0], "options": parts[1]}, parts[2])
    )


def counts(*, root: bool) -> st.SearchStrategy[dict[str, Any]]:
    return st.tuples(on_rule(), positive, common(root=root)).map(
        lambda parts: said({"kind": "count", **parts[0], "each": parts[1]}, parts[2])
    )


def deductions(*, root: bool) -> st.SearchStrategy[dict[str, Any]]:
    over = st.sampled_from(["refuse", "cap", "allow"])
    case = st.one_of(
        st.fixed_dictionaries({"of": listed(term_strategy(1), 2)}),
        st.fixed_dictionaries({"of": listed(term_strategy(0), 2), "to": term_strategy(0)}, optional={"over": over}),
    )
    classes = st.lists(st.tuples(case, amounts).map(lambda pair: {**pair[0], **pair[1]}), min_size=1, max_size=3)
    mode = st.fixed_dictionaries({}, optional={"mode": st.sampled_from(["each", "worst"])})
    return st.tuples(classes, mode, common(root=root)).map(
        lambda parts: said({"kind": "deduction", "classes": parts[0], **parts[1]}, parts[2])
    )


def simple(*, root: bool) -> st.SearchStrategy[dict[str, Any]]:
    given_rule = common(root=root).map(lambda more: said({"kind": "given"}, more))
    kinds = [ratios(root=root), banded(root=root), options(root=root), counts(root=root), deductions(root=root)]
    return st.one_of(*kinds, *kinds, given_rule)


def composed() -> st.SearchStrategy[dict[str, Any]]:
    part = st.tuples(simple(root=False), st.sampled_from(["1", "0,5", "3/2", "0"])).map(
        lambda pair: {**pair[0], "max_points": pair[1]}
    )
    added = st.lists(part, min_size=1, max_size=3).map(lambda parts: {"kind": "sum", "parts": parts})
    best = st.lists(st.one_of(simple(root=False), part), min_size=1, max_size=3).map(
        lambda found: {"kind": "best", "alternatives": found}
    )
    return st.tuples(st.one_of(added, best), common(root=True)).map(lambda parts: said(*parts))


rules = st.one_of(simple(root=True), simple(root=True), composed())


@st.composite
def reports(draw: st.DrawFn) -> dict[str, Any]:
    """What 1 to 6 units in up to 2 groups reported; some measures by nobody."""
    rows = draw(st.integers(1, 5))
    groups = draw(st.lists(st.sampled_from(["x", "y"]), min_size=rows, max_size=rows))
    kept = [key for key in KEYS if draw(st.integers(0, 9)) > 0]
    column = st.one_of(st.lists(values, min_size=rows, max_size=rows), st.lists(entered, min_size=rows, max_size=rows))
    choice = st.lists(st.one_of(st.none(), st.sampled_from(OPTIONS)), min_size=rows, max_size=rows)
    return {
        "groups": groups,
        "numbers": {key: draw(column) for key in kept},
        "choices": {("k", year): draw(choice) for year in YEARS[1:]},
    }
