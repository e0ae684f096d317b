"""The results of a bundle computed anew from its own inputs, and held against what it states."""

from __future__ import annotations

import re
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
from parindex.domain.values import exact_number, number_text

_SHOWN = 60
#: Decimals in their shortest form; anything else is looked at more closely.
_PLAIN = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]*[1-9])?\Z(?<!^-0)")


@dataclass(slots=True)
class Recomputation:
    """What comes out otherwise than a snapshot states, and what keeps it from being computed or final."""

    differences: tuple[UnitDifference, ...] = ()
    problems: list[Problem] = field(default_factory=list)


def recomputation(stored: StoredSnapshot, plans: dict[str, Plan], *, final: bool, file: str) -> Recomputation:
    """Every group computed anew; ``plans``: the sets made ready, by group, those apart that cannot be computed with.

    ``final``: what keeps a result from being final is a problem, too.

    Problem kinds: ``snapshot_not_a_number`` (``measure``, ``unit``, ``found``), ``snapshot_number_spelled`` (the
    same, ``expected``), those of
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
        made.problems += _spelled_otherwise(group, file)
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
    for name, texts in _columns(group):
        for unit, text in zip(group.units, texts, strict=False):
            if text and not _is_number(text):
                facts = {"measure": name, "unit": unit.name, "found": text[:_SHOWN]}
                yield Problem("snapshot_not_a_number", Place(file=file), facts)


def _spelled_otherwise(group: FrozenGroup, file: str) -> Iterator[Problem]:
    """Numbers that are not written as the format does (28.0): the first of each column."""
    for name, texts in _columns(group):
        odd = {one for one in set(texts) if one and not _PLAIN.match(one) and number_text(exact_number(one)) != one}
        if odd:
            unit, text = next((unit, one) for unit, one in zip(group.units, texts, strict=True) if one in odd)
            facts = {"measure": name, "unit": unit.name, "found": text[:_SHOWN]}
            shortest = number_text(exact_number(text))[:_SHOWN]
            yield Problem("snapshot_number_spelled", Place(file=file), {**facts, "expected": shortest})


def _columns(group: FrozenGroup) -> Iterator[tuple[str, Texts]]:
    """The columns of numbers, each with its name."""
    declared = group.criteria_set.measures
    for (measure, year), texts in group.figures.items():
        if measure in declared and declared[measure].kind is not MeasureKind.CHOICE:
            yield f"{measure} {year}", texts
    for code, item in group.items.items():
        yield from ((code, texts) for texts in (*item.typed.values(), item.errors))


def _is_number(text: str) -> bool:
    try:
        exact_number(text)
    except InvalidValue:
        return False
    return True
