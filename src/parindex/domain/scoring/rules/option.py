"""Option: the chosen option gives the points.

    points = those of the chosen option

Parameters:

- ``of``: one choice measure (its id, or ``measure`` with a ``year``);
- ``options``: by key of the measure's choices, each with ``points`` or a ``share`` of M.

Branches: the position of the option in the rule, from 0.

No points: MISSING where nothing has been chosen (NO_EARLIER for another year); UNKNOWN_OPTION where the chosen key has
no points in the rule.

Example: "kịp thời: 2 / quá 01 tháng: 1 / không: 0"; "xuất sắc: điểm tối đa; tốt: 75 %; hoàn thành: 50 %".

Source: catalogue of ARCHITECTURE.md, row 1, 2, 3, 19.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

import numpy as np

from parindex.domain.scoring.context import Context
from parindex.domain.scoring.outcome import NoPoints, Outcome
from parindex.domain.scoring.parameters import LIST_LIMIT, Amount, Section, shown
from parindex.domain.scoring.quantities import Term
from parindex.domain.scoring.rule import ZERO, BranchNames, Rule, Scope
from parindex.domain.scoring.settings import read_maximum, read_settings
from parindex.domain.values import Numbers


@dataclass(frozen=True, slots=True)
class Option(Rule):
    """See the module."""

    kind: ClassVar[str] = "option"
    branches: ClassVar[BranchNames] = "option"
    of: Term
    options: tuple[tuple[str, Amount], ...]

    def score(self, context: Context) -> Outcome:
        """The points of the chosen option, over all units."""
        there = context.at(self.of.year)
        column = there.choice(self.of.measure)
        positions = {key: position for position, (key, _) in enumerate(self.options)}
        # One entry a key of the column; the last is that of −1, nothing chosen.
        known = [positions.get(key, int(NoPoints.UNKNOWN_OPTION)) for key in column.keys]
        branch = np.array([*known, int(there.missing)], dtype=np.int8)
        points = [self.options[position][1].points if position >= 0 else ZERO for position in known]
        table = Numbers.of([*points, ZERO])
        chosen = column.chosen.astype(np.intp)
        return Outcome(table.take(chosen), branch.take(chosen))

    def choices(self) -> tuple[Term, ...]:
        """The choice measure."""
        return (self.of,)

    def parameters(self) -> tuple[tuple[str, str], ...]:
        """The options in the order stated."""
        return tuple((key, amount.text) for key, amount in self.options)


def read(section: Section, scope: Scope) -> Option | None:
    """The rule in ``section``; None, with problems noted, where measure or options are not usable.

    Problem kind of its own: ``unknown_choice`` (``key``, ``measure``).
    """
    maximum = read_maximum(section, scope)
    of = _choice(section)
    settings = read_settings(section, scope, maximum)
    options = _options(section, maximum, of)
    return Option(settings, of, options) if of is not None and options else None


def _choice(section: Section) -> Term | None:
    data = section.raw("of")
    if "of" not in section.data:
        return None
    if not isinstance(data, Mapping):
        return Term(measure=section.measure(data, "of", choice=True))
    inner = Section(data, (*section.path, "of"), section.reading)
    written, year = inner.raw("measure"), inner.year()
    measure = inner.measure(written, "measure", choice=True) if "measure" in data else ""
    inner.close()
    return Term(measure=measure, year=year)


def _options(section: Section, maximum: Fraction, of: Term | None) -> tuple[tuple[str, Amount], ...]:
    listed = section.section("options")
    if listed is None:
        return ()
    if not listed.data:
        section.problem("list_empty", "options")
    if len(listed.data) > LIST_LIMIT:
        section.problem("list_too_long", "options", length=len(listed.data), limit=LIST_LIMIT)
        return ()
    known = (section.reading.measures or {}).get(of.measure) if of is not None else None
    found = []
    for key in listed.data:
        if known is not None and known.choices and key not in known.choices:
            listed.problem("unknown_choice", shown(key), key=shown(key), measure=known.id)
        inner = listed.inside(listed.data[key], shown(key))
        amount = None if inner is None else inner.amount(maximum)
        if inner is not None:
            inner.close()
        if amount is not None:
            found.append((str(key), amount))
    return tuple(found)
