"""Random samples of up to three stages, and the variance of their totals by the textbook, cluster by cluster."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from hypothesis import strategies as st

from parindex.domain.survey.sample.arrangement import Domains
from parindex.domain.survey.sample.design import Lonely, Sample, lay_out


@dataclass(frozen=True)
class Drawn:
    """A random sample with answers: a place (stratum, cluster, …) and populations for each respondent."""

    places: list[tuple[int, ...]]
    populations: list[list[float] | None]
    weight: np.ndarray[Any, np.dtype[np.float64]]
    values: np.ndarray[Any, np.dtype[np.float64]]
    domains: Domains
    lonely: Lonely

    def sample(self, weight: np.ndarray[Any, np.dtype[np.float64]] | None = None) -> Sample:
        """Laid out."""
        strata, *clusters = (np.array(column, np.intp) for column in zip(*self.places, strict=True))
        populations = [None if column is None else np.array(column) for column in self.populations]
        return lay_out(strata, clusters, populations, self.weight if weight is None else weight, self.lonely)

    def variance(self, scores: list[float], inside: list[bool]) -> float:
        """The variance of the total of weighted scores (0 outside), by the recursion over stages."""
        strata: dict[int, list[int]] = {}
        for row, place in enumerate(self.places):
            strata.setdefault(place[0], []).append(row)
        found = [self._of(rows, 1, scores) for rows in strata.values()]
        if self.lonely is Lonely.AVERAGE:
            there = [any(inside[row] for row in rows) for rows in strata.values()]
            fine = [own and one is not None for own, one in zip(there, found, strict=True)]
            total = sum(one or 0.0 for one in found)
            return total * sum(there) / sum(fine) if any(fine) else math.nan
        return sum(one or 0.0 for one in found)

    def _of(self, rows: list[int], stage: int, scores: list[float]) -> float | None:
        clusters: dict[int, list[int]] = {}
        for row in rows:
            clusters.setdefault(self.places[row][stage], []).append(row)
        totals = [sum(scores[row] for row in own) for own in clusters.values()]
        n, column = len(totals), self.populations[stage - 1]
        fraction = 0.0 if column is None else n / column[rows[0]]
        if n > 1:
            mean = sum(totals) / n
            found = (1 - fraction) * n / (n - 1) * sum((t - mean) ** 2 for t in totals)
        elif fraction == 1:
            found = 0.0
        elif self.lonely is Lonely.AVERAGE:
            return None
        else:
            found = (1 - fraction) * totals[0] ** 2 if self.lonely is Lonely.ADJUST else 0.0
        if column is not None and stage < len(self.populations):
            found += fraction * sum(self._of(own, stage + 1, scores) or 0.0 for own in clusters.values())
        return found


@st.composite
def samples(draw: st.DrawFn, rules: tuple[Lonely, ...] = (Lonely.CERTAINTY, Lonely.ADJUST, Lonely.AVERAGE)) -> Drawn:
    """Samples of one to five strata; the rule ``average`` only with one stage, where R has it too."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    lonely = draw(st.sampled_from(rules))
    stages = 1 if lonely is Lonely.AVERAGE else draw(st.integers(1, 3))
    finite = draw(st.integers(0, stages))
    places: list[tuple[int, ...]] = [(stratum,) for stratum in range(int(rng.integers(1, 6)))]
    known: list[tuple[float, ...]] = [() for _ in places]
    for _ in range(stages):
        pairs = [(place, of, int(rng.integers(1, 5))) for place, of in zip(places, known, strict=True)]
        more = [int(rng.integers(0, 4)) for _ in pairs]
        known = [(*of, float(n + extra)) for (_, of, n), extra in zip(pairs, more, strict=True) for _ in range(n)]
        places = [(*place, one) for place, _, n in pairs for one in range(n)]
    repeat = rng.integers(1, 4, len(places))
    rows = rng.permutation(np.repeat(np.arange(len(places)), repeat)).tolist()
    columns = [[known[row][stage] for row in rows] if stage < finite else None for stage in range(stages)]
    values = rng.integers(1, 6, (len(rows), 2)).astype(np.float64)
    values[rng.random(values.shape) < 0.15] = np.nan
    code = rng.integers(-1, 2, len(rows))
    weight = rng.uniform(1, 3, len(rows))
    return Drawn([places[row] for row in rows], list(columns), weight, values, Domains(code, 2), lonely)
