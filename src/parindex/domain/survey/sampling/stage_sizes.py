"""How many units a stage draws from each of its parents, and what a frame is too small for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from parindex.domain.errors import InvalidInput, InvalidValue, Problem
from parindex.domain.survey.sampling.allocation import allocate, power
from parindex.domain.survey.sampling.frame import Frame
from parindex.domain.survey.sampling.frame_rows import escaped
from parindex.domain.survey.sampling.sample_size import sample_size
from parindex.domain.survey.sampling.sampling_design import Division, IfFewer, Method, SamplingDesign, SamplingStage


@dataclass(frozen=True, slots=True)
class Parent:
    """What a stage draws from: ``first`` to ``end`` in the list of the stage, with what the number depends on.

    ``size`` is the sum of the declared size of its units, or their number.
    """

    path: str
    first: int
    end: int
    size: Fraction
    deviation: Fraction
    label: str

    @property
    def units(self) -> int:
        """How many units it has."""
        return self.end - self.first

    @classmethod
    def of(cls, stage: SamplingStage, number: int, frame: Frame, place: int, path: str) -> Parent:
        """The parent at ``place`` among the units of the stage above (at the first stage: among the strata)."""
        if stage.numbered:
            level, at = frame.levels[number - 1], place
            first, end = 0, int(level.numbers[stage.numbered][place])
            size = Fraction(end)
        else:
            level = frame.levels[number]
            first, end = int(level.first[place]), int(level.first[place + 1])
            at = first
            sized = stage.take.size
            size = sum(level.numbers[sized][first:end], Fraction(0)) if sized else Fraction(end - first)
        there = end > first
        deviation = level.numbers[stage.take.deviation][at] if there and stage.take.deviation else Fraction(0)
        label = level.labels[stage.take.by][at] if there and stage.take.by else ""
        return cls(path, first, end, size, deviation, label)


def shortages(design: SamplingDesign, frame: Frame) -> list[Problem]:
    """What keeps a design from being drawn from a frame, whatever the seed.

    Kinds: ``too_few_units`` (facts ``stage``, ``unit``, ``units``, ``take``), ``quota_unknown`` (``stage``, ``unit``,
    ``found``, ``known``), and of a total over the strata ``total_above_units``, ``total_below_minimum``. Parents
    without units (lists that are still to be made) are passed over, and so are totals below the first stage: they are
    divided over what will have been drawn.
    """
    problems: list[Problem] = []
    for number, stage in enumerate(design.stages):
        if number >= len(frame.levels) and not stage.numbered:
            break
        if stage.method is Method.ALL:
            continue
        if stage.take.total is None:
            problems.extend(_of_parents(stage, number, frame))
        elif number == 0:
            problems.extend(_refusals(stage, [parent_at(stage, 0, frame, place) for place in range(len(frame.strata))]))
    return problems


def parent_at(stage: SamplingStage, number: int, frame: Frame, place: int) -> Parent:
    """The parent at ``place`` among the units of the stage above, with its path."""
    return Parent.of(stage, number, frame, place, path_of(frame, number, place))


def path_of(frame: Frame, depth: int, place: int) -> str:
    """Stratum and ids of the unit at ``place`` of a depth: 0 are the strata, 1 the units of the first stage."""
    ids: list[str] = []
    for level in reversed(frame.levels[:depth]):
        ids.append(level.ids[place])
        place = int(np.searchsorted(level.first, place, side="right")) - 1
    return escaped(*frame.strata[place], *reversed(ids))


def _of_parents(stage: SamplingStage, number: int, frame: Frame) -> Iterator[Problem]:
    """The parents that are too small for what is wanted of each, or have no quota."""
    for place in _in_question(stage, number, frame):
        parent = parent_at(stage, number, frame, place)
        if stage.take.by and parent.label not in stage.take.quotas:
            facts = {"stage": stage.id, "unit": parent.path, "found": parent.label, "known": sorted(stage.take.quotas)}
            yield Problem("quota_unknown", facts=facts)
            continue
        wanted = _fixed(stage, parent)
        if wanted > parent.units and stage.if_fewer is IfFewer.FAIL:
            counts = {"units": parent.units, "take": wanted}
            yield Problem("too_few_units", facts={"stage": stage.id, "unit": parent.path, **counts})


def _in_question(stage: SamplingStage, number: int, frame: Frame) -> list[int]:
    """The parents that have units and, where the same number is wanted of each, fewer than that."""
    wanted = stage.take.number
    if stage.numbered and wanted is not None and wanted <= 1:
        return []  # counts are at least 1
    if stage.numbered:
        units = np.array([count.numerator for count in frame.levels[number - 1].numbers[stage.numbered]])
    else:
        units = np.diff(frame.levels[number].first)
    return np.flatnonzero((units > 0) & (units < wanted) if wanted is not None else units > 0).tolist()


def _refusals(stage: SamplingStage, parents: Sequence[Parent]) -> list[Problem]:
    try:
        takes(stage, parents)
    except InvalidInput as error:
        return error.problems
    return []


def takes(stage: SamplingStage, parents: Sequence[Parent]) -> list[int]:
    """How many units are drawn from each parent.

    Raises :class:`InvalidInput` for a total that cannot be divided: see :func:`shortages`.
    """
    try:
        if stage.method is Method.ALL:
            return [parent.units for parent in parents]
        if stage.take.total is not None:
            return _divided(stage, parents)
        return [min(_fixed(stage, parent), parent.units) for parent in parents]
    except InvalidValue as error:
        raise InvalidInput([Problem(error.kind, facts={"stage": stage.id, **error.facts})]) from None


def _fixed(stage: SamplingStage, parent: Parent) -> int:
    take = stage.take
    if take.precision is not None:
        return sample_size(take.precision, parent.units)
    return take.quotas[parent.label] if take.by else take.number or 0


def _divided(stage: SamplingStage, parents: Sequence[Parent]) -> list[int]:
    take = stage.take
    available = [parent.units for parent in parents]
    total = take.total if isinstance(take.total, int) else None
    if total is None and take.total is not None and not isinstance(take.total, int):
        total = sample_size(take.total, sum(available))
    if take.division is Division.NEYMAN:
        measures = [parent.size * parent.deviation for parent in parents]
    elif take.division is Division.POWER:
        measures = [power(parent.size, take.power) for parent in parents]
    elif take.division is Division.EQUAL:
        measures = [Fraction(1)] * len(parents)
    else:
        measures = [parent.size for parent in parents]
    return allocate(total or 0, measures, available, take.minimum)
