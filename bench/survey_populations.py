"""Invented populations for the shipped sampling designs: a frame, and what everybody would answer.

Answers (1 to 5) differ between provinces, districts, communes, villages and households, as those of neighbours do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parindex.documents.surveys.sampling_design_file import named_sampling_design
from parindex.domain.survey.sampling.frame import Frame, frame_of
from parindex.domain.survey.sampling.frame_rows import TextColumn
from parindex.domain.survey.sampling.sampling_design import SamplingDesign
from parindex.domain.survey.sampling.selection import Draw, Drawn

Numbers = NDArray[np.float64]
Counts = NDArray[np.int64]
#: Adults of a household at most.
ADULTS = 4


@dataclass(frozen=True, slots=True, eq=False)
class Population:
    """A frame, the answers of all (units of its last level × adults, NaN for nobody), and the stratum of each unit."""

    design: SamplingDesign
    frame: Frame
    answers: Numbers
    stratum: Counts

    def truths(self, share: bool) -> tuple[float, Numbers]:
        """The mean of all answers (or the share of 4 and 5), and that of every stratum."""
        there = ~np.isnan(self.answers)
        values = np.where(there, self.answers >= 4 if share else self.answers, 0).sum(axis=1)
        sums = np.bincount(self.stratum, values)
        return float(values.sum() / there.sum()), sums / np.bincount(self.stratum, there.sum(axis=1))

    def answer(self, drawn: Draw, unit: Drawn) -> float:
        """What one drawn person answers."""
        if len(drawn.stages) > len(self.frame.levels):
            return float(self.answers[drawn.stages[-2][unit.parent].unit, unit.unit])
        return float(self.answers[unit.unit, 0])


def population(design_id: str, scale: float = 1.0, seed: int = 1) -> Population:
    """The population for a shipped design, its districts and persons times ``scale``."""
    generator = np.random.default_rng(seed)
    design = named_sampling_design(design_id)
    make = _POPULATIONS[design_id]
    columns, answers, stratum = make(generator, scale)
    return Population(design, frame_of(design, [columns]), answers, stratum)


Made = tuple[dict[str, TextColumn], Numbers, Counts]


def _households(generator: np.random.Generator, scale: float) -> Made:
    """Six provinces, each with districts, communes, villages and households of one to four adults."""
    districts = (generator.integers(8, 13, 6) * scale + 0.5).astype(int)
    province = np.repeat(np.arange(6), districts)
    communes = generator.integers(7, 12, len(province))
    district = np.repeat(np.arange(len(province)), communes)
    villages = generator.integers(5, 9, len(district))
    commune = np.repeat(np.arange(len(district)), villages)
    dense = np.where(generator.random(len(district)) < 0.25, 1.4, 1.0)
    village = np.repeat(
        np.arange(len(commune)), (generator.integers(45, 110, len(commune)) * dense[commune]).astype(int)
    )
    of_commune = commune[village]
    of_district = district[of_commune]
    of_province = province[of_district]
    adults = generator.choice(np.arange(1, ADULTS + 1), len(village), p=[0.15, 0.5, 0.2, 0.15])
    level = (
        3.9
        + 0.10 * generator.standard_normal(6)[of_province]
        + 0.12 * generator.standard_normal(len(province))[of_district]
        + 0.12 * generator.standard_normal(len(district))[of_commune]
        + 0.15 * generator.standard_normal(len(commune))[village]
        + 0.35 * generator.standard_normal(len(village))
    )
    answers = _answers(generator, level, ADULTS)
    answers[np.arange(ADULTS) >= adults[:, None]] = np.nan
    first = np.flatnonzero(np.diff(village, prepend=-1))
    columns = {
        "province": _names("P", of_province, 2),
        "district": _names("D", of_district, 4),
        "commune": _names("C", of_commune, 5),
        "village": _names("V", village, 6),
        "household": _names("", np.arange(len(village)) - first[village], 4),
        "adults": _figures(adults),
        "district_households": _figures(np.bincount(of_district)[of_district]),
        "commune_households": _figures(np.bincount(of_commune)[of_commune]),
        "village_households": _figures(np.bincount(village)[village]),
    }
    return columns, answers, of_province


def _persons(
    generator: np.random.Generator, sizes: Counts, head: str, unit: str, spread: Numbers | None = None
) -> tuple[dict[str, TextColumn], Numbers, Counts]:
    """Persons in strata of these sizes, with levels of their own and answers more or less spread out."""
    stratum = np.repeat(np.arange(len(sizes)), sizes)
    level = (3.8 + 0.25 * generator.standard_normal(len(sizes)))[stratum]
    noise = np.full(len(sizes), 0.8) if spread is None else spread
    answers = _answers(generator, level, 1, noise[stratum])
    columns = {head: _names("S", stratum, 3), unit: _names("N", np.arange(len(stratum)), 7)}
    return columns, answers, stratum


def _quotas(generator: np.random.Generator, scale: float) -> Made:
    columns, answers, stratum = _persons(
        generator, (generator.integers(2_500, 9_000, 9) * scale).astype(int), "district", "person"
    )
    town = np.arange(9) % 3 == 0
    columns["kind"] = TextColumn(town[stratum].astype(np.intp), ("district", "town"))
    return columns, answers, stratum


def _offices(generator: np.random.Generator, scale: float) -> Made:
    columns, answers, stratum = _persons(
        generator, (generator.integers(600, 4_000, 12) * scale).astype(int), "office", "dossier"
    )
    columns["received"] = _figures(generator.integers(1, 366, len(stratum)))
    return columns, answers, stratum


def _officials(generator: np.random.Generator, scale: float) -> Made:
    spread = generator.choice([0.5, 0.8, 1.1], 20)
    columns, answers, stratum = _persons(
        generator, (generator.integers(60, 400, 20) * scale).astype(int), "unit", "official", spread
    )
    columns["deviation"] = TextColumn(stratum.astype(np.intp), tuple(f"{one:.1f}" for one in spread))
    return columns, answers, stratum


def _groups(generator: np.random.Generator, scale: float) -> Made:
    return _persons(generator, (np.array([400, 1_500, 4_000, 9_000]) * scale).astype(int), "respondent_group", "person")


_POPULATIONS: Mapping[str, Callable[[np.random.Generator, float], Made]] = {
    "household-three-tier": _households,
    "household-two-tier": _households,
    "district-quotas": _quotas,
    "users-by-office": _offices,
    "officials": _officials,
    "units-proportional": _groups,
}


def _answers(generator: np.random.Generator, level: Numbers, people: int, spread: Numbers | float = 0.75) -> Numbers:
    noise = np.broadcast_to(np.asarray(spread), level.shape)[:, None] * generator.standard_normal((len(level), people))
    return np.clip(np.rint(level[:, None] + noise), 1, 5)


def _names(before: str, numbers: Counts, digits: int) -> TextColumn:
    texts = tuple(f"{before}{number:0{digits}d}" for number in range(int(numbers.max()) + 1))
    return TextColumn(numbers.astype(np.intp), texts)


def _figures(numbers: Counts) -> TextColumn:
    return TextColumn(numbers.astype(np.intp), tuple(map(str, range(int(numbers.max()) + 1))))
