"""Random rules as data, of every kind, with the figures that they read: small numbers that meet edges, and money."""

from __future__ import annotations

from random import Random
from typing import Any

YEAR = 2024
#: Measures that units report, and what their figures look like; ``k`` is a choice.
MEASURES = ("a", "b", "c", "d", "money", "spent")
CHOICES = ("yes", "half", "no")
ABOVE_ZERO = ("1", "2", "1/2", "0,5", "50%", "3/4", "1/3", "1,5", "80%", "100%")
EDGES = ("0", "1/4", "1/3", "1/2", "0,8", "1", "2", "5")
WEIGHTS = ("1", "1", "1", "1", "2", "1/2", "1,5", "-1", "0")

Data = dict[str, Any]


def rule(draw: Random) -> Data:
    """A rule of any kind, as it stands on an item."""
    made = _composed(draw) if draw.random() < 0.25 else _simple(draw)
    return _said(draw, made, root=True)


def _composed(draw: Random) -> Data:
    parts = [_said(draw, _simple(draw), root=False) for _ in range(draw.randint(1, 3))]
    if draw.random() < 0.5:
        return {"kind": "sum", "parts": [{**one, "max_points": draw.choice(("0,125", "0,1"))} for one in parts]}
    return {"kind": "best", "alternatives": parts}


def _simple(draw: Random) -> Data:
    return draw.choice((_ratio, _ratio, _bands, _bands, _option, _count, _deduction, _given))(draw)


def _ratio(draw: Random) -> Data:
    made = {"kind": "ratio", **_on_rule(draw)}
    if draw.random() < 0.5:
        made["target"] = draw.choice(ABOVE_ZERO)
    if draw.random() < 0.3:
        made["floor"] = draw.choice(EDGES)
    return made


def _bands(draw: Random) -> Data:
    """Bands that do not overlap; some stretches are left out."""
    edges = [EDGES[at] for at in sorted(draw.sample(range(len(EDGES)), draw.randint(1, 3)))]
    cuts = [(edge, draw.random() < 0.5) for edge in edges]
    found = []
    for lower, upper in zip([None, *cuts], [*cuts, None], strict=True):
        band: Data = _amount(draw)
        if draw.random() < 0.2:
            band = {"rule": {"kind": "ratio"} if draw.random() < 0.5 else _said(draw, _simple(draw), root=False)}
        if lower is not None:
            band["above" if lower[1] else "from"] = lower[0]
        if upper is not None:
            band["up_to" if upper[1] else "below"] = upper[0]
        if draw.random() < 0.9:
            found.append(band)
    return {"kind": "bands", **_on_rule(draw), "bands": found or [{"points": "0,25"}]}


def _option(draw: Random) -> Data:
    of: Any = "k" if draw.random() < 0.8 else {"measure": "k", "year": -1}
    keys = draw.sample(CHOICES, draw.randint(2, 3))
    return {"kind": "option", "of": of, "options": {key: _amount(draw) for key in keys}}


def _count(draw: Random) -> Data:
    return {"kind": "count", **_on_rule(draw), "each": draw.choice(ABOVE_ZERO)}


def _deduction(draw: Random) -> Data:
    cases = []
    for _ in range(draw.randint(1, 3)):
        case: Data = {"of": _terms(draw, 0)}
        if draw.random() < 0.3:
            case |= {"to": _term(draw, 0), "over": draw.choice(("cap", "allow"))}
        cases.append({**case, **_amount(draw)})
    return {"kind": "deduction", "classes": cases, "mode": draw.choice(("each", "worst"))}


def _given(draw: Random) -> Data:
    del draw
    return {"kind": "given"}


def _said(draw: Random, made: Data, *, root: bool) -> Data:
    """With what every kind takes."""
    more: Data = {}
    only = made.get("of")
    inner = only["quantity"] if isinstance(only, dict) and set(only) == {"quantity"} else made
    divided = "to" in inner and made["kind"] not in ("option", "deduction")
    if draw.random() < 0.1:
        more["nothing_when"] = draw.choice(MEASURES)
    if (divided or more) and draw.random() < 0.6:
        more["nothing_arose"] = draw.choice(("full", "zero", "last_year", _amount(draw)))
        if root and draw.random() < 0.2:
            more["nothing_arose"] = "not_assessed"
    if draw.random() < 0.2:
        more["missing"] = "zero"
    if draw.random() < 0.25:
        more["round"] = _step(draw)
    return {**made, **more}


def _on_rule(draw: Random) -> Data:
    quantity = _quantity(draw, 1)
    if quantity.get("over", "refuse") != "refuse" and draw.random() < 0.4:
        quantity["zero_base"] = draw.choice(("full", "zero", _amount(draw)))
    return {"of": {"quantity": quantity}} if "round" in quantity else quantity


def _quantity(draw: Random, depth: int) -> Data:
    if draw.random() < 0.25:
        return {"of": _terms(draw, depth)}
    if draw.random() < 0.3:
        quantity: Data = {"of": "spent", "to": "money"}
    else:
        quantity = {"of": _terms(draw, depth), "to": _terms(draw, depth)}
    if draw.random() < 0.6:
        quantity["over"] = draw.choice(("refuse", "cap", "allow", "allow"))
    if draw.random() < 0.3:
        quantity["round"] = _step(draw)
    return quantity


def _terms(draw: Random, depth: int) -> Any:
    if draw.random() < 0.6:
        return _term(draw, depth)
    return [_term(draw, depth) for _ in range(draw.randint(1, 3))]


def _term(draw: Random, depth: int) -> Any:
    chance = draw.random()
    if chance < 0.5:
        return draw.choice(MEASURES[:4])
    term: Data = {"measure": draw.choice(MEASURES)}
    if chance < 0.6:
        term = {"number": draw.choice(ABOVE_ZERO)}
    elif chance < 0.75 and depth:
        term = {"quantity": _quantity(draw, depth - 1)}
    if draw.random() < 0.5:
        term["weight"] = draw.choice(WEIGHTS)
    if "number" not in term:
        if draw.random() < 0.3:
            term["year"] = draw.choice((-1, 2023, 2020))
        if draw.random() < 0.25:
            term["within_group"] = draw.choice(("best", "rank"))
    return term


def _amount(draw: Random) -> Data:
    if draw.random() < 0.5:
        return {"points": draw.choice(("0", "0,25", "0,5", "1", "2"))}
    return {"share": draw.choice(("0", "1/3", "50%", "75%", "100%"))}


def _step(draw: Random) -> Data:
    step: Data = {"places": draw.randint(0, 4)}
    if draw.random() < 0.3:
        step["mode"] = "truncated"
    return step


def figure(draw: Random, measure: str) -> str:
    """One figure as a snapshot writes it; "" where it is missing."""
    chance = draw.random()
    if chance < 0.06:
        return ""
    if chance < 0.16:
        return "0"
    if measure in ("money", "spent"):
        digits = draw.choice((2_836_483_552_955, 1_280_000_000, 999_999_999_999, 10**12, draw.randrange(10**13)))
        return str(digits) if draw.random() < 0.8 else f"{digits}.5"
    if chance < 0.17:
        return draw.choice(("-3", "-0.5"))
    if chance < 0.18:
        return draw.choice(("1/3", "22/7"))
    if chance < 0.5:
        return str(draw.randint(1, 5))
    if chance < 0.6:
        return draw.choice(("0.25", "1.5", "12.75", "3.3333", "0.1"))
    return str(draw.randrange(1, 60_000))
