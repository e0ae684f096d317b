"""parindex."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.survey_data import NODES, POPULATIONS, PROVINCES, STAGES, YEARS
from bench.survey_data import load as load_year
from parindex.domain.survey.comparison.differences import between_samples
from parindex.domain.survey.estimation.estimates import Domains, Estimates, means_in
from parindex.domain.survey.estimation.rollup import with_nodes
from parindex.domain.survey.sample.design import Lonely, Sample, lay_out

PACKAGES = ("parindex", "numpy", "scipy")
Floats = NDArray[np.float64]


class Year:
    """The answers with NaN, the provinces, and the sample under both designs."""

    def __init__(self, folder: Path, name: str) -> None:
        columns = load_year(folder, name)
        self.answers = columns["answers"].astype(np.float64)
        self.answers[columns["answers"] == 0] = np.nan
        self.province = columns["province"]
        clusters = [columns[stage] for stage in STAGES]
        populations: list[Floats | None] = [columns[column].astype(np.float64) for column in POPULATIONS]
        rest = columns["weight"], Lonely.FAIL
        self.samples: dict[str, Sample] = {
            "one": lay_out(self.province, clusters[:1], [None], *rest),
            "four": lay_out(self.province, clusters, populations, *rest),
        }


def load(folder: Path) -> list[Year]:
    """Both years."""
    return [Year(folder, name) for name in YEARS]


def compute(data: list[Year], design: str) -> dict[str, Floats]:
    """Means of items and nodes by province (the last row: the nation), standard errors, and the rest."""
    nodes = [np.array(node) for node in NODES]
    found: dict[str, Floats] = {}
    of_year: list[list[Estimates]] = []
    for number, one in enumerate(data, start=1):
        values = with_nodes(one.answers, nodes)
        domains = [Domains(one.province, PROVINCES), Domains.everyone(len(values))]
        of_year.append(means_in(one.samples[design], values, domains))
        for name in ("n", "estimate", "se", "low", "high", "deff", "effective_n"):
            found[f"{name}{number}"] = np.concatenate([getattr(part, name) for part in of_year[-1]])
    differences = [between_samples(later, earlier) for earlier, later in zip(*of_year, strict=True)]
    joined = {name: np.concatenate([getattr(one, name) for one in differences]) for name in ("estimate", "se", "p")}
    return found | {"difference": joined["estimate"], "se": joined["se"], "p": joined["p"]}
