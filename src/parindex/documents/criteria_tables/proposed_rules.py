"""The rule that the option lines of an item state.

A proposal is never more than that: it is marked ``proposed``, cites the lines it was made from, and lines that do not
fit together give none. Edges are taken as the words say: "từ 50%" is closed, "dưới 100%" is open, "trên 50%" is open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from parindex.documents.criteria_tables import option_ranges
from parindex.documents.criteria_tables.option_lines import FULFILLED, OptionLine, one_by_one, read_line
from parindex.documents.criteria_tables.ratio_formulas import RatioFormula, read_formula
from parindex.documents.printed_text import folded, joined
from parindex.domain.criteria.criteria_set import Measure, MeasureKind, RuleData
from parindex.domain.values import number_text

_NOTHING = {"points": "0"}
#: What tells of a rank: the first is 1, nobody is number 0.
_RANK = re.compile(r"\b(?:xep (?:hang|thu)|thu hang|hang|dung thu|vi tri thu)\b")
#: The reader's own words on a measure that no paper names.
PROPOSED_TITLE = "{title} (số liệu đề xuất khi đọc văn bản)"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A rule made out of option lines, with the measures it invents."""

    rule: RuleData
    measures: tuple[Measure, ...]


def measure_id(code: str) -> str:
    """The id of the measure invented for an item: ``1.1.1`` → ``m_1_1_1``."""
    return "m_" + re.sub(r"[^0-9a-z]+", "_", folded(code)).strip("_")


def propose(code: str, title: str, options: Sequence[str], max_points: Fraction | None = None) -> Proposal | None:
    """The rule that the option lines of an item state; None where a line was not understood or they do not fit
    together.
    """
    measure = measure_id(code)
    formula = read_formula(" ".join(options), max_points)
    if formula is not None:
        data, measures = _quotient(measure, title, formula)
        return Proposal(RuleData(data, clause=" ".join(map(joined, options)), proposed=True), measures)
    lines = [read_line(piece) for option in options for piece in one_by_one(option)]
    read = [line for line in lines if line is not None]
    if not read or len(read) < len(lines):
        return None
    clause = "; ".join(joined(option) for option in options)
    if all(line.per for line in read):
        built = _counted(measure, title, read, max_points)
    elif any(line.minus for line in read) and all(line.minus or line.worth() == _NOTHING for line in read):
        built = _taken_off(measure, title, read)
    elif any(line.per or line.minus for line in read) or len(read) < 2:
        built = None
    else:
        parts = _add_up(read, max_points)
        built = _banded(measure, title, read, may_overlap=not parts)
        if built is None:
            built = _added(measure, title, read) if parts else _chosen(measure, title, read)
    if built is None:
        return None
    data, measures = built
    return Proposal(RuleData(data, clause=clause, proposed=True), measures)


Built = tuple[dict[str, Any], tuple[Measure, ...]]


def _quotient(measure: str, title: str, formula: RatioFormula) -> Built:
    """A ratio with a measure for each count that the formula names."""
    total = f"{measure}_total"
    measures = tuple(
        Measure(id_, PROPOSED_TITLE.format(title=f"{title}: {name}"), minimum=Fraction(0))
        for id_, name in ((measure, formula.of), (total, formula.to))
    )
    return {"kind": "ratio", "of": measure, "to": total}, measures


def _counted(measure: str, title: str, lines: Sequence[OptionLine], max_points: Fraction | None) -> Built | None:
    """Points for each case, or points off for each case."""
    ids = [measure] if len(lines) == 1 else [f"{measure}_{n}" for n in range(1, len(lines) + 1)]
    measures = tuple(
        Measure(id_, PROPOSED_TITLE.format(title=f"{title}: {line.label}"), integer=True, minimum=Fraction(0))
        for id_, line in zip(ids, lines, strict=True)
    )
    if all(line.minus for line in lines):
        classes = [{"of": id_, **line.worth()} for id_, line in zip(ids, lines, strict=True)]
        return {"kind": "deduction", "classes": classes, "mode": "each"}, measures
    if any(line.minus or line.points is None for line in lines):
        return None
    data: dict[str, Any] = {"kind": "count"}
    if len(lines) == 1:
        data |= {"of": measure, "each": number_text(lines[0].points or Fraction(0))}
    else:
        weights = [number_text(line.points or Fraction(0)) for line in lines]
        data |= {"of": [{"measure": i, "weight": w} for i, w in zip(ids, weights, strict=True)], "each": "1"}
    caps = {line.cap for line in lines if line.cap is not None}
    if len(caps) == 1 and len(lines) == 1 and caps != {max_points}:
        data["max_points"] = number_text(caps.pop())
    return data, measures


def _taken_off(measure: str, title: str, lines: Sequence[OptionLine]) -> Built | None:
    """What each kind of fault takes off ("vi phạm nhẹ: trừ 50% số điểm; nghiêm trọng: 0 điểm"): the gravest counts."""
    if any(line.per for line in lines):
        return None
    whole = [line if line.minus else OptionLine(line.label, share=Fraction(1), minus=True) for line in lines]
    built = _counted(measure, title, whole, None)
    return ({**built[0], "mode": "worst"}, built[1]) if built is not None else None


def _banded(measure: str, title: str, lines: Sequence[OptionLine], *, may_overlap: bool) -> Built | None:
    """Bands, where every label is a range of one and the same unit and the ranges alone tell the lines apart.

    ``may_overlap``: ranges that share values are a slip of the paper, which the check reports, and no parts.
    """
    ranges = [option_ranges.read_range(line.label) for line in lines]
    known = [found for found in ranges if found is not None]
    if len(known) < len(ranges) or len({found.unit for found in known if not found.is_none}) != 1:
        return None
    if option_ranges.differ_in_words(known):
        return None
    known = _rounded_off(known, lines)
    pairs = [(one, two) for at, one in enumerate(known) for two in known[:at]]
    if any(one.edges() == two.edges() or (one.overlaps(two) and not may_overlap) for one, two in pairs):
        return None
    bands = [{**found.edges(), **line.worth()} for found, line in zip(known, lines, strict=True)]
    name = PROPOSED_TITLE.format(title=title)
    if any(found.is_share for found in known):
        total = f"{measure}_total"
        measures = (
            Measure(measure, name, minimum=Fraction(0)),
            Measure(total, PROPOSED_TITLE.format(title=f"{title}: tổng số"), minimum=Fraction(0)),
        )
        return {"kind": "bands", "of": measure, "to": total, "bands": bands}, measures
    unit = next(found.unit_text for found in known if not found.is_none)
    ranked = any(_RANK.search(folded(text)) for text in (title, *(line.label for line in lines)))
    counted = Measure(measure, name, unit=unit, integer=True, minimum=Fraction(1 if ranked else 0))
    return {"kind": "bands", "of": measure, "bands": bands}, (counted,)


def _rounded_off(ranges: list[option_ranges.Range], lines: Sequence[OptionLine]) -> list[option_ranges.Range]:
    """What the words leave unsaid at both ends: beside a band for none ("không có") the lowest one begins above 0;
    the highest number named ("4 cuộc") is meant with all above it, where it is worth the most or nothing.
    """
    if any(found.is_none for found in ranges):
        ranges = [replace(found, low=Fraction(0)) if found.low is None else found for found in ranges]
    worth = [(line.points if line.share is None else line.share) or Fraction(0) for line in lines]
    top = max(range(len(ranges)), key=lambda at: (ranges[at].high is None, ranges[at].high or 0))
    if ranges[top].is_number and worth[top] in (max(worth), 0):
        ranges = [*ranges[:top], replace(ranges[top], high=None, high_closed=False), *ranges[top + 1 :]]
    return ranges


def _add_up(lines: Sequence[OptionLine], max_points: Fraction | None) -> bool:
    """Whether the lines are parts and not alternatives: together they are worth the maximum, and none is alone."""
    points = [line.points or Fraction(0) for line in lines]
    return sum(points, Fraction(0)) == max_points and max(points) < (max_points or 0)


def _added(measure: str, title: str, lines: Sequence[OptionLine]) -> Built | None:
    """Every line by itself, fulfilled or not; None where one is worth nothing and so is no part."""
    if not all(line.points for line in lines):
        return None
    ids = [f"{measure}_{number}" for number in range(1, len(lines) + 1)]
    measures = tuple(
        Measure(id_, PROPOSED_TITLE.format(title=f"{title}: {line.label}"), MeasureKind.CHOICE, choices=FULFILLED)
        for id_, line in zip(ids, lines, strict=True)
    )
    parts = [
        {"kind": "option", "of": id_, "max_points": line.worth()["points"],
         "options": {"co": line.worth(), "khong": _NOTHING}}
        for id_, line in zip(ids, lines, strict=True)
    ]  # fmt: skip
    return {"kind": "sum", "parts": parts}, measures


def _chosen(measure: str, title: str, lines: Sequence[OptionLine]) -> Built:
    """One of the labels."""
    keys: list[str] = []
    for line in lines:
        key = re.sub(r"[^a-z0-9]+", "_", folded(line.label)).strip("_")[:40].strip("_") or "lua_chon"
        keys.append(key if key not in keys else f"{key}_{len(keys) + 1}")
    choices = {key: line.label for key, line in zip(keys, lines, strict=True)}
    options = {key: line.worth() for key, line in zip(keys, lines, strict=True)}
    choice = Measure(measure, PROPOSED_TITLE.format(title=title), MeasureKind.CHOICE, choices=choices)
    return {"kind": "option", "of": measure, "options": options}, (choice,)
