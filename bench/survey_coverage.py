"""How often the 95 % intervals of the shipped sampling designs cover the truth: ``python -m bench.survey_coverage``.

For every design a population is invented, drawn from again and again with the seeds 1, 2, 3 …, and each sample is
estimated as a survey is. Counted are the intervals of the mean and of the share of satisfied answers, of the whole
population and of its strata, that hold the true value. They should be 93 to 97 of 100.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from bench.drawn_samples import laid_out
from bench.survey_populations import Numbers, Population, population
from parindex.documents.surveys.sampling_design_file import shipped_design_ids
from parindex.domain.survey.estimation.estimates import Domains, Estimates, means, shares
from parindex.domain.survey.sampling.selection import draw

DRAWS = 1_000


@dataclass(frozen=True, slots=True)
class Coverage:
    """The shares of intervals that held the truth: of the whole and of the strata; mean and share of satisfied."""

    design: str
    draws: int
    respondents: float
    mean: float
    share: float
    mean_of_strata: float
    share_of_strata: float
    #: Mean of the estimated standard errors of the mean, by the standard deviation of its estimates.
    error_ratio: float


def coverage(people: Population, draws: int) -> Coverage:
    """Draw ``draws`` samples and count."""
    truths = [people.truths(share) for share in (False, True)]
    held = np.zeros(4)
    estimates, errors, sizes = [], [], []
    for seed in range(1, draws + 1):
        drawn = draw(people.design, people.frame, str(seed))
        units, sample = laid_out(drawn)
        answers = np.array([people.answer(drawn, unit) for unit in units])[:, None]
        stratum = np.array([drawn.ancestors(unit)[0].parent for unit in units], dtype=np.intp)
        all_of_them = Domains.everyone(len(units))
        strata = Domains(stratum, len(people.frame.strata))
        satisfied = (answers >= 4).astype(float)
        whole = (means(sample, answers, all_of_them), shares(sample, satisfied, all_of_them))
        apart = (means(sample, answers, strata), shares(sample, satisfied, strata))
        held += [
            *(_held(one, np.array([truth[0]])) for one, truth in zip(whole, truths, strict=True)),
            *(_held(one, truth[1]) for one, truth in zip(apart, truths, strict=True)),
        ]
        estimates.append(whole[0].estimate[0, 0])
        errors.append(whole[0].se[0, 0])
        sizes.append(len(units))
    mean, share, mean_of_strata, share_of_strata = (float(one) for one in held / draws)
    ratio = float(np.sqrt(np.mean(np.square(errors))) / np.std(estimates))
    size = float(np.mean(sizes))
    return Coverage(people.design.id, draws, size, mean, share, mean_of_strata, share_of_strata, ratio)


def _held(found: Estimates, truth: Numbers) -> float:
    return float(np.mean((found.low[:, 0] <= truth) & (truth <= found.high[:, 0])))


def lines(draws: int, designs: tuple[str, ...]) -> Iterator[str]:
    """The table, a line at a time."""
    heads = ["design", "draws", "respondents", "mean", "satisfied", "mean by stratum", "satisfied by stratum", "se/sd"]
    yield "| " + " | ".join(heads) + " |"
    yield "|" + "---|" * len(heads)
    for design in designs:
        one = coverage(population(design), draws)
        shares_found = (one.mean, one.share, one.mean_of_strata, one.share_of_strata)
        cells = [design, str(draws), f"{one.respondents:.0f}", *(f"{share:.1%}" for share in shares_found)]
        yield "| " + " | ".join([*cells, f"{one.error_ratio:.3f}"]) + " |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=DRAWS)
    parser.add_argument("--design", action="append", choices=shipped_design_ids())
    options = parser.parse_args()
    for line in lines(options.draws, tuple(options.design or shipped_design_ids())):
        print(line, flush=True)


if __name__ == "__main__":
    main()
