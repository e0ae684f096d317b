"""The whole cycle computed from what stands in the database now: provisionally, or as it is frozen."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from parindex.database.mapping.cycle_snapshots import GroupColumns, Overrides, cycle_columns, snapshot_of
from parindex.database.models import Cycle, Finalisation, Snapshot, UnitResult
from parindex.documents.results.snapshots import packed, snapshot_fingerprint, snapshot_text
from parindex.domain.errors import InvalidInput, Problem
from parindex.domain.index.result import Result
from parindex.domain.publication.recomputation import GroupOutcome, outcome_of, recomputed
from parindex.usecases.result_details import unit_results

_AT_ONCE = 500


@dataclass(frozen=True)
class ComputedCycle:
    """What a cycle comes to: its groups as columns, and the result of each in the same order."""

    cycle: Cycle
    groups: tuple[GroupColumns, ...]
    results: tuple[Result, ...]

    @cached_property
    def outcomes(self) -> tuple[GroupOutcome, ...]:
        """What came out, as texts."""
        pairs = zip(self.groups, self.results, strict=True)
        return tuple(outcome_of(group.values.code, result) for group, result in pairs)

    @cached_property
    def text(self) -> str:
        """The canonical text of the snapshot."""
        contents = [one.group.set_version.content for one in self.groups]
        return snapshot_text(snapshot_of(self.cycle, self.groups), contents, self.outcomes)

    @cached_property
    def fingerprint(self) -> str:
        """The fingerprint of the snapshot."""
        return snapshot_fingerprint(self.text)

    @property
    def problems(self) -> list[Problem]:
        """What keeps the result from being final and stands in figures and points; units by their names."""
        return [
            one
            for group, result in zip(self.groups, self.results, strict=True)
            for one in _named(group, [problem for problem in result.problems if problem.facts.get("blocks")])
        ]

    def unit_results(self, finalisation: Finalisation) -> Iterator[UnitResult]:
        """The rows that pages read, of all groups."""
        for group, result, outcome in zip(self.groups, self.results, self.outcomes, strict=True):
            yield from unit_results(finalisation, group, result, outcome)


def compute_cycle(
    cycle: Cycle, *, final: bool, unranked: Collection[int] = (), overrides: Overrides | None = None
) -> ComputedCycle:
    """Compute a cycle; a final one refuses (:class:`InvalidInput`) with what is open in all groups at once.

    ``unranked``: the sheets outside the ranking; ``overrides``: points of the council by sheet and item that stand in
    the place of those stored.
    """
    groups = cycle_columns(cycle, unranked=unranked, overrides=overrides)
    results: list[Result] = []
    problems: list[Problem] = []
    for group in groups:
        try:
            results.append(recomputed(group.values, final=final, plan=group.frozen.plan))
        except InvalidInput as error:
            problems += _named(group, error.problems)
    if problems:
        raise InvalidInput(problems)
    return ComputedCycle(cycle, tuple(groups), tuple(results))


def _named(group: GroupColumns, problems: Iterable[Problem]) -> Iterator[Problem]:
    """Problems with the names of their units in the place of the codes."""
    names = {one.code: one.name for one in group.values.units}
    for one in problems:
        unit = str(one.facts.get("unit", ""))
        yield replace(one, facts={**one.facts, "unit": names.get(unit, unit)})


def store(computed: ComputedCycle, *, number: int, at: datetime, **facts: object) -> Finalisation:
    """The snapshot, the finalisation and what it gave each unit; ``facts`` are minutes and who finalised."""
    content = packed(computed.text)
    snapshot = Snapshot.objects.create(
        cycle=computed.cycle, fingerprint=computed.fingerprint, size=len(computed.text.encode()), content=content,
        made_at=at,
    )  # fmt: skip
    made = Finalisation.objects.create(cycle=computed.cycle, number=number, snapshot=snapshot, finalised_at=at, **facts)
    UnitResult.objects.bulk_create(computed.unit_results(made), batch_size=_AT_ONCE)
    return made
