"""Our differences of stacked years beside R's: ``python -m tests.referee.stacked_years`` prints how many figures there
are, by how much the years share, and how far the worst is off.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from parindex.domain.survey.arrays import Floats
from parindex.domain.survey.comparison import differences
from parindex.domain.survey.comparison.stacked_years import JoinedColumns, stacked
from parindex.domain.survey.estimation import estimates
from parindex.domain.survey.estimation.estimates import Domains
from parindex.domain.survey.sample import design_check
from parindex.domain.survey.sample.design import Lonely
from parindex.domain.survey.sample.design_check import DesignColumns
from tests.referee.agreement import HERE, Data, difference

FIGURES = ("estimate", "se", "df", "low", "high", "p")
MEANS = ["q1", "q2", "s1", "g", "visits"]
YEARS = (2023, 2024)
#: design, what the years share, statistic, variable, sex
Key = tuple[str, str, str, str, str]
Found = dict[Key, dict[str, float]]

SHARING: dict[str, Callable[[Data], Any]] = {
    "all": lambda data: data.columns["all"] == 1,
    "rotated": lambda data: ~_of(data, 2023, 3) & ~_of(data, 2024, 2),
    "fewer": lambda data: ~(_of(data, 2024, 1) & np.isin(data.columns["province"], (1, 4))),
    "none": lambda data: (data.columns["year"] == 2023) == (data.columns["district"] % 2 == 1),
}


def _of(data: Data, year: int, district: int) -> Any:
    return (data.columns["year"] == year) & (data.columns["district"] == district)


def recorded(file: Path = HERE / "stacked.csv") -> Found:
    """What R said."""
    with file.open(encoding="utf-8", newline="") as opened:
        return {
            (row["design"], row["shared"], row["statistic"], row["variable"], row["sex"]): {
                figure: float(row[figure] or "nan") for figure in FIGURES
            }
            for row in csv.DictReader(opened)
        }


def computed(keys: Found) -> Found:
    """The same by our own code, for the designs and ways of sharing that ``keys`` have."""
    found: Found = {}
    wanted = {key[:2] for key in keys}
    for design in json.loads((HERE / "designs.json").read_text(encoding="utf-8")):
        for shared, kept in SHARING.items():
            if (design["name"], shared) in wanted:
                data = Data.read(design["data"])
                found.update(_computed(design, shared, data.where(kept(data))))
    return found


def _computed(design: dict[str, Any], shared: str, data: Data) -> Found:
    of_year = [data.where(data.columns["year"] == year) for year in YEARS]
    old, new = (_drawn(design, part) for part in of_year)
    both = data.where(np.argsort(data.columns["year"], kind="stable"))
    joined = JoinedColumns(both.codes(*design["strata"]), [both.codes(name) for name in design["clusters"]])
    sample = stacked(old, new, joined)
    samples = design_check.sample_of(old), design_check.sample_of(new)
    found: Found = {}
    for sex in ("all", "1", "2"):
        domains = [_domain(part, sex) for part in of_year]

        def compared(make: Callable[..., estimates.Estimates], *names: list[str]) -> differences.Differences:
            earlier, later = (
                make(one, *(part.values(*listed) for listed in names), domain)
                for one, part, domain in zip(samples, of_year, domains, strict=True)  # noqa: B023
            )
            return differences.between_samples(later, earlier, joint=sample)

        means = compared(estimates.means, MEANS)
        ratios = compared(estimates.ratios, ["spent"], ["visits"])
        for at, variable in enumerate(MEANS):
            found[design["name"], shared, "mean", variable, sex] = _figures(means, at)
        found[design["name"], shared, "ratio", "spent/visits", sex] = _figures(ratios, 0)
    return found


def _drawn(design: dict[str, Any], data: Data) -> DesignColumns:
    populations: list[Floats | None] = [data.columns[name] if name else None for name in design["populations"]]
    clusters = [data.codes(name) for name in design["clusters"]]
    nothing: list[Floats | None] = [None] * len(clusters)
    lonely = Lonely(design["lonely"])
    return DesignColumns(data.codes(*design["strata"]), clusters, populations, nothing, data.columns["weight"], lonely)


def _domain(data: Data, sex: str) -> Domains:
    inside = data.columns["all"] == 1 if sex == "all" else data.columns["sex"] == float(sex)
    return Domains(np.where(inside, 0, -1), 1)


def _figures(one: differences.Differences, at: int) -> dict[str, float]:
    of_variable = (float(array[0, at]) for array in (one.estimate, one.se, one.low, one.high, one.p))
    estimate, se, low, high, p = of_variable
    return {"estimate": estimate, "se": se, "df": float(one.df[0]), "low": low, "high": high, "p": p}


def main() -> None:
    """Print the agreement by what the years share."""
    theirs = recorded()
    ours = computed(theirs)
    worst: dict[str, list[float]] = defaultdict(list)
    for key, figures in theirs.items():
        for figure, value in figures.items():
            if not np.isnan(value):
                worst[key[1]].append(difference(ours[key][figure], value))
    print(f"{'':12}{'figures':>9}{'worst difference':>20}")
    for shared, found in worst.items():
        print(f"{shared:12}{len(found):>9,}{max(found):>20.1e}")


if __name__ == "__main__":
    main()
