"""Drawing a sample that anybody can draw again: the chance of every unit comes from a hash, not from a generator.

With the seed, the fingerprint of the table that lists a unit, the stage and the path of the unit (strata and ids), the
unit's lot is the 256-bit number

    SHA-256("seed|fingerprint|stage|stratum|…|id")

in UTF-8, with ``\\`` before each ``\\`` and ``|`` inside a part. A simple random sample takes the n smallest lots of a
parent; the next ones are its replacements, in their order. A systematic draw puts the units in the order declared, then
of their lots, cumulates their sizes (1 each without sizes) to X and takes the units in which u·X/n, (u + 1)·X/n, … lie,
where u is the lot of ``stage/start`` and the path of the parent, over 2²⁵⁶. With sizes, units of at least X/n are
certain: they are taken first, and again among the rest, until none is left. All of it is integer arithmetic.

Source: Särndal, Swensson and Wretman, Model Assisted Survey Sampling (1992), 3.3, 3.4, 3.6 and 4.4; Madow, Annals of
Mathematical Statistics 20 (1949), for the systematic draw with unequal probabilities.
"""

from __future__ import annotations

import hashlib
import heapq
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from math import lcm
from typing import Any

from parindex.domain.errors import InvalidInput, InvalidValue, Problem
from parindex.domain.survey.sampling.frame import Frame, FrameLevel
from parindex.domain.survey.sampling.frame_rows import escaped
from parindex.domain.survey.sampling.sampling_design import Method, SamplingDesign, SamplingStage
from parindex.domain.survey.sampling.stage_sizes import Parent, shortages, takes
from parindex.domain.values import parse_number

_LOTS = 1 << 256


@dataclass(frozen=True, slots=True)
class Drawn:
    """A unit that was drawn: where it stands in the list of its stage, and in the list of those drawn above it.

    ``probability`` is that of being drawn inside its parent; ``reserve`` counts replacements from 1 and is 0 for the
    sample itself, ``parent`` is a stratum at the first stage.
    """

    id: str
    path: str
    unit: int
    parent: int
    listed: int
    taken: int
    probability: Fraction
    reserve: int = 0

    @property
    def certain(self) -> bool:
        """Whether it had to be drawn."""
        return self.probability == 1


@dataclass(frozen=True, slots=True, eq=False)
class Draw:
    """The units drawn at every stage that the frame lists."""

    design: SamplingDesign
    frame: Frame
    seed: str
    stages: tuple[tuple[Drawn, ...], ...]

    def ancestors(self, unit: Drawn) -> list[Drawn]:
        """The units drawn at each stage on the way to ``unit`` (of the last stage), itself at the end."""
        found = [unit]
        for stage in reversed(self.stages[:-1]):
            found.append(stage[found[-1].parent])
        return found[::-1]


@dataclass(frozen=True, slots=True)
class _Lots:
    """The lots of one stage."""

    seed: str
    fingerprint: str
    stage: str

    def below(self, path: str, ids: Sequence[str]) -> list[tuple[int, str]]:
        """Lot and path of each of ``ids`` below ``path``."""
        before = path + "|" if path else ""
        start = hashlib.sha256(f"{escaped(self.seed, self.fingerprint, self.stage)}|{before}".encode())
        found = []
        letters = "".join(ids)
        is_plain = "\\" not in letters and "|" not in letters
        for name in ids if is_plain else map(escaped, ids):
            lot = start.copy()
            lot.update(name.encode())
            found.append((int.from_bytes(lot.digest()), before + name))
        return found

    def start(self, path: str) -> int:
        """The lot that a systematic draw below ``path`` starts from."""
        text = f"{escaped(self.seed, self.fingerprint, self.stage + '/start')}|{path}"
        return int.from_bytes(hashlib.sha256(text.encode()).digest())


def draw(design: SamplingDesign, frame: Frame, seed: str) -> Draw:
    """Draw every stage that the frame lists (and numbered units below the last of them).

    Raises :class:`InvalidInput` with all problems of :func:`parindex.domain.survey.sampling.stage_sizes.shortages` and,
    for what only the draw shows, ``cluster_not_listed`` (facts ``stage``, ``unit``): units that were drawn and have no
    list.
    """
    problems = shortages(design, frame)
    if problems:
        raise InvalidInput(problems)
    drawn: list[tuple[Drawn, ...]] = []
    above = [Drawn("", escaped(*labels), place, -1, 1, 1, Fraction(1)) for place, labels in enumerate(frame.strata)]
    for number, stage in enumerate(design.stages):
        if number >= len(frame.levels) and not stage.numbered:
            break
        above = _stage(stage, number, frame, seed, above)
        drawn.append(tuple(above))
    return Draw(design, frame, seed, tuple(drawn))


def _stage(stage: SamplingStage, number: int, frame: Frame, seed: str, above: Sequence[Drawn]) -> list[Drawn]:
    level = None if stage.numbered else frame.levels[number]
    parents = [Parent.of(stage, number, frame, one.unit, one.path) for one in above]
    empty = [parent for parent in parents if not parent.units]
    if empty:
        facts = [{"stage": stage.id, "unit": parent.path} for parent in empty]
        raise InvalidInput([Problem("cluster_not_listed", facts=one) for one in facts])
    lots = _Lots(seed, (level or frame.levels[number - 1]).fingerprint, stage.id)
    order = _order_keys(stage, level) if level is not None else []
    found: list[Drawn] = []
    counts = takes(stage, parents)
    for place, (one, parent, take) in enumerate(zip(above, parents, counts, strict=True)):
        ids = [str(k + 1) for k in range(parent.units)] if level is None else level.ids[parent.first : parent.end]
        listed = lots.below(one.path, ids)
        for unit, probability, reserve in _chosen(stage, level, parent, take, listed, lots, order):
            path = listed[unit][1]
            place_in_list = reserve or one.reserve
            found.append(
                Drawn(ids[unit], path, parent.first + unit, place, parent.units, take, probability, place_in_list)
            )
    return found


#: Position inside the parent, probability, place in the list of replacements (0: in the sample).
_Choice = tuple[int, Fraction, int]


def _chosen(
    stage: SamplingStage,
    level: FrameLevel | None,
    parent: Parent,
    take: int,
    listed: Sequence[tuple[int, str]],
    lots: _Lots,
    order: Sequence[tuple[int, ...]],
) -> list[_Choice]:
    """What is drawn from one parent: the sample by position, then the replacements in their order."""
    units = range(len(listed))
    if stage.method is Method.ALL or take == len(listed):
        return [(unit, Fraction(1), 0) for unit in units]
    chance = Fraction(take, len(listed))
    if stage.method is Method.SIMPLE:
        lowest = heapq.nsmallest(take + stage.reserve, units, key=lambda unit: listed[unit][0])
        return [*((unit, chance, 0) for unit in sorted(lowest[:take])), *_reserves(lowest[take:], chance)]
    ordered = sorted(units, key=lambda unit: (order[parent.first + unit], listed[unit][0]))
    start = lots.start(parent.path)
    if stage.method is Method.SYSTEMATIC_PPS and level is not None:
        sizes = level.numbers[stage.size][parent.first : parent.end]
        found = pps_systematic([sizes[unit] for unit in ordered], take, start)
        return sorted((ordered[place], probability, 0) for place, probability in found)
    taken = sorted(ordered[place] for place in _systematic([1] * len(listed), take, start))
    left = sorted(set(units) - set(taken), key=lambda unit: listed[unit][0])
    return [*((unit, chance, 0) for unit in taken), *_reserves(left[: stage.reserve], chance)]


def _reserves(units: Sequence[int], chance: Fraction) -> list[_Choice]:
    return [(unit, chance, place) for place, unit in enumerate(units, start=1)]


def _order_keys(stage: SamplingStage, level: FrameLevel) -> list[tuple[int, ...]]:
    """By unit: the places in order of what stands in the columns that order a systematic draw."""
    columns = [_places_in_order(name, level) for name in stage.order]
    return list(zip(*columns, strict=True)) if columns else [()] * len(level.ids)


def _places_in_order(name: str, level: FrameLevel) -> list[int]:
    """The place of each value among all of a column: in the order of numbers where all are, else of texts."""
    if name in level.numbers:
        return _ranks(level.numbers[name])
    texts = level.labels[name]
    try:
        numbers = {text: parse_number(text) for text in dict.fromkeys(texts)}
    except InvalidValue:
        return _ranks(texts)
    return _ranks([numbers[text] for text in texts])


def _ranks(values: Sequence[Any]) -> list[int]:
    places = {value: place for place, value in enumerate(sorted(set(values)))}
    return [places[value] for value in values]


def pps_systematic(sizes: Sequence[Fraction], take: int, start: int) -> list[tuple[int, Fraction]]:
    """Positions drawn with probability proportional to ``sizes`` (> 0), in their order, with their probabilities.

    ``start`` is a number below 2²⁵⁶; ``take`` is at most the number of units.
    """
    scale = lcm(*(size.denominator for size in sizes))
    whole = [int(size * scale) for size in sizes]
    certain = certainties(whole, take)
    rest = [place for place in range(len(whole)) if place not in certain]
    left = take - len(certain)
    total = sum(whole[place] for place in rest)
    found = [(place, Fraction(1)) for place in certain]
    if left:
        among = _systematic([whole[place] for place in rest], left, start)
        found.extend((rest[k], Fraction(left * whole[rest[k]], total)) for k in among)
    return sorted(found)


def certainties(sizes: Sequence[int], take: int) -> set[int]:
    """The units that are taken for certain: at least as large as the interval, and again among the rest."""
    certain: set[int] = set()
    while len(certain) < take:
        left, total = take - len(certain), sum(size for place, size in enumerate(sizes) if place not in certain)
        large = {place for place, size in enumerate(sizes) if place not in certain and size * left >= total}
        if not large:
            break
        certain |= large
    return certain


def _systematic(sizes: Sequence[int], take: int, start: int) -> list[int]:
    """The units in which the points (start / 2²⁵⁶ + j) · X / take fall, for j from 0; none is larger than X / take."""
    ends = list(accumulate(sizes))
    # The point p = (start + j·2²⁵⁶)·X / (2²⁵⁶·take) lies in the unit with end > p ≥ end of the one before.
    points = ((start + j * _LOTS) * ends[-1] for j in range(take))
    return [bisect_right(ends, point // (_LOTS * take)) for point in points]


def variance_units(drawn: Draw, unit: Drawn) -> tuple[str, str]:
    """Stratum and cluster by which the variance of a unit of the last stage is counted, as paths.

    A unit that was certain is no cluster but a stratum of its own, and what was drawn inside it are its clusters.
    """
    stratum = escaped(*drawn.frame.strata[drawn.ancestors(unit)[0].parent])
    for one in drawn.ancestors(unit):
        if not one.certain:
            return stratum, one.path
        stratum = one.path
    return stratum, unit.path
