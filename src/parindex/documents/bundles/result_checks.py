"""The results of a bundle computed anew from its own inputs, and held against what it states."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from parindex.documents.results.snapshots import StoredSnapshot
from parindex.domain.criteria.criteria_set import MeasureKind
from parindex.domain.errors import InvalidInput, InvalidValue, Place, Problem
from parindex.domain.index.checks import blocking
from parindex.domain.publication.difference import UnitDifference, difference
from parindex.domain.publication.recomputation import GroupOutcome, outcome_of, recomputed
from parindex.domain.publication.snapshot import FrozenGroup, Texts
from parindex.domain.scoring.usable import Plan
from parindex.domain.values import exact_number


@dataclass(slots=True)
class Recomputation:
    """What comes out otherwise than a snapshot states, and what keeps it from being computed or final."""

    differences: tuple[UnitDifference, ...] = ()
    problems: list[Problem] = field(default_factory=list)


def recomputation(stored: StoredSnapshot, plans: dict[str, Plan], *, final: bool, file: str) -> Recomputation:
    """Every group computed anew; ``plans``: the sets made ready, by group, those apart that cannot be computed with.

    ``final``: what keeps a result from being final is a problem, too.

    Problem kinds: ``snapshot_not_a_number`` (``measure``, ``unit``, ``found``), those of
    :func:`~parindex.domain.index.checks.blocking`, each at ``file``.
    """
    made = Recomputation()
    before: list[GroupOutcome] = []
    after: list[GroupOutcome] = []
    for group, stated in zip(stored.snapshot.groups, stored.outcomes, strict=True):
        if group.code not in plans:
            continue
        try:
            result = recomputed(group, final=False, plan=plans[group.code])
        except InvalidValue as error:
            made.problems += list(_not_numbers(group, file)) or [Problem(error.kind, Place(file=file), error.facts)]
            continue
        except InvalidInput as error:
            made.problems += error.problems
            continue
        if final:
            names = {one.code: one.name for one in group.units}
            made.problems += [
                _not_final(one, names, file) for one in blocking(result.sheets, result.items, result.problems)
            ]
        before.append(stated)
        after.append(outcome_of(group.code, result))
    made.differences = difference(before, after)
    return made


def _not_final(problem: Problem, names: dict[str, str], file: str) -> Problem:
    """Why a result is not final, with the name of the unit."""
    unit = str(problem.facts.get("unit", ""))
    place = Place(file=file, code=problem.place.code)
    return Problem(problem.kind, place, {**problem.facts, "unit": names.get(unit, unit)})


def _not_numbers(group: FrozenGroup, file: str) -> Iterator[Problem]:
    """Every figure and every typed point that is no number."""
    declared = group.criteria_set.measures
    columns: list[tuple[str, Texts]] = [
        (f"{measure} {year}", texts)
        for (measure, year), texts in group.figures.items()
        if measure in declared and declared[measure].kind is not MeasureKind.CHOICE
    ]
    for code, item in group.items.items():
        columns += [(code, texts) for texts in (*item.typed.values(), item.errors)]
    for name, texts in columns:
        for unit, text in zip(group.units, texts, strict=False):
            if text and not _is_number(text):
                facts = {"measure": name, "unit": unit.name, "found": text[:60]}
                yield Problem("snapshot_not_a_number", Place(file=file), facts)


def _is_number(text: str) -> bool:
    try:
        exact_number(text)
    except InvalidValue:
        return False
    return True
