"""What figures, typed points and rules contradict: listed beside the result, never mended in silence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

import numpy as np

from parindex.domain.criteria.criteria_set import CriteriaSet, Identity, WithoutFigures
from parindex.domain.errors import Place, Problem
from parindex.domain.index.item_points import ScoredItems
from parindex.domain.index.item_states import ItemState
from parindex.domain.scoring.context import shifted
from parindex.domain.scoring.figures import Figures
from parindex.domain.scoring.outcome import NoPoints, needs_decision
from parindex.domain.scoring.rule import Rule
from parindex.domain.scoring.score_sheet import EntryState, Origin, ScoreSheets
from parindex.domain.scoring.usable import ItemPlan, Plan
from parindex.domain.values import Mask, Rounding, number_text, total

# Beside columns of int8 a plain int8 compares ten times faster than a member of an enumeration.
_ENTRY_ANSWERED, _NO_ORIGIN = np.int8(EntryState.ANSWERED), np.int8(Origin.NONE)
_NO_ENTRY = np.int8(EntryState.NO_ENTRY)
_REQUESTED = np.int8(EntryState.NOT_ASSESSED_REQUESTED)
_UNANSWERED, _ANSWERED = np.int8(ItemState.UNANSWERED), np.int8(ItemState.ANSWERED)
_ABSENT = np.int8(ItemState.ABSENT)
#: Typed points that should be what the rule gives, with the decimals that the set declares; the council may have its
#: reasons, so those only ask to be looked at. Points of a survey are rounded as the survey declares.
_COMPARED = (Origin.SELF, Origin.EXTERNAL, Origin.APPRAISED)

#: The items of a unit that earn 0 because nobody has entered their figures.
WITHOUT_FIGURES = "items_without_figures"

#: A problem with the position of its item in the plan.
_Found = tuple[int, Problem]


def problems_of(
    criteria_set: CriteriaSet, plan: Plan, figures: Figures, sheets: ScoreSheets, items: ScoredItems
) -> tuple[Problem, ...]:
    """Every contradiction at once: rule against typed points, undecided rules, points above the maximum, broken
    identities.
    """
    found = [
        *_undecided(sheets, items),
        *_typed(plan, sheets, items),
        *_answered_without_points(sheets, items),
        *_set_aside(plan, sheets, items),
        *_requests(sheets, items),
    ]
    in_reading_order = [problem for _, problem in sorted(found, key=lambda one: one[0])]
    finer = _finer(criteria_set, plan, sheets, items)
    identities = [problem for identity in criteria_set.identities for problem in _identity(identity, figures)]
    groups, reported = _without_group(criteria_set, figures), _not_reported(criteria_set, plan, figures, sheets, items)
    return (*in_reading_order, *finer, *reported, *groups, *identities)


def blocking(sheets: ScoreSheets, items: ScoredItems, problems: Iterable[Problem]) -> list[Problem]:
    """Why a result cannot be final: what is pending, and the problems that block."""
    found = [problem for problem in problems if problem.facts.get("blocks")]
    pending = items.states == np.int8(ItemState.PENDING)
    return found + [_problem("pending", sheets, items, at, row) for at, row in _cells(pending)]


def may_change(sheets: ScoreSheets, items: ScoredItems, problems: Iterable[Problem]) -> Mask:
    """The units whose result is provisional: what a final one refuses about them, or figures that are missing.

    Where nothing arose and the rule says what that is worth, nothing is left to wait for.
    """
    found = (items.states == np.int8(ItemState.PENDING)).any(axis=0)
    open_ = {one.facts.get("unit") for one in problems if one.facts.get("blocks") or one.kind == WITHOUT_FIGURES}
    if open_:
        found |= np.array([unit.id in open_ for unit in sheets.units], bool)
    return np.asarray(found)


def _cells(mask: Mask) -> Iterator[list[int]]:
    """The items and rows where a table of items and units holds True."""
    if mask.any():
        yield from np.argwhere(mask).tolist()


def _problem(kind: str, sheets: ScoreSheets, items: ScoredItems, at: int, row: int, **facts: object) -> Problem:
    code = items.codes[at]
    return Problem(kind, Place(code=code), {"unit": sheets.units[row].id, "item": code, **facts})


def _undecided(sheets: ScoreSheets, items: ScoredItems) -> Iterator[_Found]:
    """What a rule leaves to a person, where nobody has given points yet."""
    for batch in items.batches:
        branches, unscored = batch.rule.outcome.branch, np.flatnonzero(~batch.rule.scored)
        for cell in unscored[needs_decision(branches[unscored])].tolist():
            number, row = divmod(cell, items.rows)
            at = batch.positions[number]
            if items.states[at, row] == _UNANSWERED:
                reason = NoPoints(int(branches[cell])).name.lower()
                yield at, _problem("rule_undecided", sheets, items, at, row, reason=reason, blocks=True)


def _typed(plan: Plan, sheets: ScoreSheets, items: ScoredItems) -> Iterator[_Found]:
    for origin, table in sheets.typed.items():
        for code, typed in table.items():
            at = items.positions[code]
            item = plan.items[at]
            above = typed.present & typed.numbers.above(item.max_points)
            for row in map(int, np.flatnonzero(above)):
                facts = _points(item, origin, typed.numbers.row(row))
                yield at, _problem("points_above_maximum", sheets, items, at, row, **facts, blocks=True)
            rule = items.rule_points(code)
            if rule is None or origin not in _COMPARED:
                continue
            for row in map(int, np.flatnonzero(typed.present & rule.scored)):
                value = rule.points.row(row)
                if not typed.agrees(row, value):
                    facts = {**_points(item, origin, typed.numbers.row(row)), "rule_points": number_text(value)}
                    yield at, _problem("rule_differs", sheets, items, at, row, **facts)


def _points(plan: ItemPlan, origin: Origin, points: Fraction) -> dict[str, object]:
    return {
        "origin": origin.name.lower(),
        "points": number_text(points),
        "max_points": number_text(plan.max_points),
    }


def _finer(criteria_set: CriteriaSet, plan: Plan, sheets: ScoreSheets, items: ScoredItems) -> Iterator[Problem]:
    """Typed points that count and have more decimals than the set rounds the points of their items to.

    They count as they were written (claims are never overwritten), although rounded ones may be on the other side of a
    grade: said once for each unit, with the sums of both. Where the rule gives points too, the two have been compared.
    """
    found: dict[tuple[int, Origin, int], list[tuple[str, Fraction, Fraction]]] = {}
    for origin in _COMPARED:
        for code, typed in sheets.typed.get(origin, {}).items():
            at = items.positions[code]
            item = plan.items[at]
            step = _step(criteria_set, item)
            if step is None:
                continue
            for row in map(int, np.flatnonzero(_counting(items, code, origin) & (typed.places > step.places))):
                points = typed.numbers.row(row)
                rounded = min(step.apply(points), item.max_points)
                if points != rounded and points <= item.max_points:
                    found.setdefault((row, origin, step.places), []).append((code, points, rounded))
    for (row, origin, places), cells in sorted(found.items()):
        facts = {
            "unit": sheets.units[row].id,
            "origin": origin.name.lower(),
            "items": [code for code, _, _ in cells],
            "places": places,
            "written": sum((points for _, points, _ in cells), Fraction(0)),
            "rounded": sum((rounded for _, _, rounded in cells), Fraction(0)),
        }
        yield Problem("points_finer_than_rounding", Place(), facts)


def _step(criteria_set: CriteriaSet, item: ItemPlan) -> Rounding | None:
    """What the points of an item are rounded to: the step of its rule, else that of the set."""
    own = None if item.rule is None else item.rule.round
    return criteria_set.rounding.item if own is None else own


def _counting(items: ScoredItems, code: str, origin: Origin) -> Mask:
    """The units in which the points of an item are those of ``origin``, and its rule gives none."""
    at, rule = items.positions[code], items.rule_points(code)
    counting = (items.states[at] == _ANSWERED) & (items.origins[at] == np.int8(origin))
    return np.asarray(counting if rule is None else counting & ~rule.scored)


def _answered_without_points(sheets: ScoreSheets, items: ScoredItems) -> Iterator[_Found]:
    """An entry that says "answered" although neither the sheet nor the rule gives points."""
    for at, row in _cells((items.entries == _ENTRY_ANSWERED) & (items.origins == _NO_ORIGIN)):
        yield at, _problem("answered_without_points", sheets, items, at, row)


def _set_aside(plan: Plan, sheets: ScoreSheets, items: ScoredItems) -> Iterator[_Found]:
    """Typed points that the state of the entry keeps from counting: they stay, and somebody should look."""
    for origin, table in sheets.typed.items():
        for code, typed in table.items():
            at = items.positions[code]
            states = items.states[at]
            unused = typed.present & (states != _ANSWERED) & (states != _ABSENT)
            for row in map(int, np.flatnonzero(unused)):
                facts = _points(plan.items[at], origin, typed.numbers.row(row))
                state = ItemState(int(states[row])).name.lower()
                yield at, _problem("points_set_aside", sheets, items, at, row, **facts, state=state)


def _requests(sheets: ScoreSheets, items: ScoredItems) -> Iterator[_Found]:
    """Requests not to assess that nobody has decided: the item counts as unanswered, and no result is final."""
    for at, row in _cells((items.entries == _REQUESTED) & (items.states == _UNANSWERED)):
        yield at, _problem("request_open", sheets, items, at, row, blocks=True)


def _not_reported(
    criteria_set: CriteriaSet, plan: Plan, figures: Figures, sheets: ScoreSheets, items: ScoredItems
) -> Iterator[Problem]:
    """Units of which nothing was reported, and the items of the others that are 0 for want of figures.

    Said where the set tells a unit without figures from one with 0 points. What a person has to decide, and what the
    sheet itself calls unanswered, is said elsewhere or known.
    """
    if criteria_set.index.without_figures is not WithoutFigures.NOT_RANKED:
        return
    open_items = (items.states == _UNANSWERED) & (items.entries == _NO_ENTRY)
    for batch in items.batches:
        open_items[list(batch.positions)] &= ~needs_decision(batch.rule.outcome.branch).reshape(-1, items.rows)
    unanswered = (items.states == _UNANSWERED).any(axis=0)
    answered = (items.states == _ANSWERED).any(axis=0)
    read = {
        at: _read_by(criteria_set, plan.items[at].rule, figures)
        for at in np.flatnonzero(open_items.any(axis=1)).tolist()
    }
    for row in map(int, np.flatnonzero(unanswered)):
        unit = sheets.units[row].id
        missing = np.flatnonzero(open_items[:, row]).tolist()
        if not answered[row]:
            yield Problem("unit_without_figures", Place(), {"unit": unit})
        elif missing:
            lacks = dict.fromkeys(name for at in missing for name, present in read[at] if not present[row])
            facts = {"unit": unit, "items": [items.codes[at] for at in missing], "measures": list(lacks)}
            yield Problem(WITHOUT_FIGURES, Place(), facts)


def _read_by(criteria_set: CriteriaSet, rule: Rule | None, figures: Figures) -> list[tuple[str, Mask]]:
    """What a rule reads, as it is entered (a measure, or the column of the forms that are counted), and who has it."""
    columns = criteria_set.forms.columns if criteria_set.forms else ()
    counted = {measure: one.column for one in columns for measure in one.scores.values()}
    read = [(measure, shifted(figures.year, by)) for measure, by in sorted(rule.measures())] if rule else []
    return [
        (counted.get(name, name), figures.column(name, year).present | (figures.choice(name, year).chosen >= 0))
        for name, year in read
    ]


def _without_group(criteria_set: CriteriaSet, figures: Figures) -> Iterator[Problem]:
    """Units of no declared group, where the set declares several: they cannot be ranked with anybody."""
    for row in np.flatnonzero(~grouped(criteria_set, figures)):
        facts = {
            "unit": figures.units[row].id,
            "groups": [group.id for group in criteria_set.unit_groups],
            "blocks": True,
        }
        yield Problem("unit_without_group", Place(), facts)


def grouped(criteria_set: CriteriaSet, figures: Figures) -> Mask:
    """The units that can be ranked: all, unless the set declares several groups and a unit is in none of them."""
    declared = {group.id for group in criteria_set.unit_groups}
    if len(declared) < 2:
        return np.ones(len(figures.units), dtype=bool)
    return np.array([unit.group in declared for unit in figures.units], dtype=bool)


def _identity(identity: Identity, figures: Figures) -> Iterator[Problem]:
    """Where every measure of the identity has been entered and the sums contradict it."""
    rows = len(figures.units)
    columns = {name: figures.column(name, figures.year) for name in (*identity.left, *identity.right)}
    present = np.logical_and.reduce([column.present for column in columns.values()])
    left, right = (total([columns[name].numbers for name in side], rows) for side in (identity.left, identity.right))
    sign = left.compare_rows(right)
    broken = present & ((sign > 0) if identity.at_most else (sign != 0))
    for row in map(int, np.flatnonzero(broken)):
        facts = {
            "unit": figures.units[row].id,
            "left": list(identity.left),
            "right": list(identity.right),
            "at_most": identity.at_most,
        }
        yield Problem("identity_broken", Place(), facts)
