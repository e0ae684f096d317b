"""Our estimates beside the referee's: ``python -m tests.referee.agreement`` prints how many there are and how far the
worst is off.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from parindex.domain.errors import InvalidValue
from parindex.domain.survey.arrays import Codes, Floats
from parindex.domain.survey.comparison import differences
from parindex.domain.survey.comparison.shared_clusters import together
from parindex.domain.survey.comparison.stacked_years import JoinedColumns
from parindex.domain.survey.estimation import estimates, replicates, rollup
from parindex.domain.survey.estimation.estimates import Calibration, Domains, Estimates
from parindex.domain.survey.sample import design_check
from parindex.domain.survey.sample.design import Lonely, Sample, lay_out
from parindex.domain.survey.sample.design_check import DesignColumns

HERE = Path(__file__).parent
ITEMS = ["q1", "q2", "q3", "q4", "q5"]
SHARES = ["s1", "s2", "s3", "s4", "s5"]
GROUP = [np.arange(3)]
BYS = ["all", "sex", "age", "province", "year"]
PAIRS = {"sex": [(1, 2)], "province": [(1, 2), (5, 4)], "year": [(2024, 2023)]}
FIGURES = ("n", "estimate", "se", "df", "deff", "low", "high", "p")
#: design, statistic, variable, by, domain
Key = tuple[str, str, str, str, str]
Found = dict[Key, dict[str, float]]


@dataclass(frozen=True)
class Data:
    """One of the data sets: a column by name."""

    columns: dict[str, Floats]

    @classmethod
    def read(cls, name: str) -> Data:
        """``name.csv``, with what follows from its columns."""
        with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            head, *rows = csv.reader(file)
        columns = {n: np.array([float(row[i] or "nan") for row in rows]) for i, n in enumerate(head)}
        for item, share in zip(ITEMS, SHARES, strict=True):
            columns[share] = np.where(np.isnan(columns[item]), np.nan, columns[item] >= 4)
        columns["all"] = np.ones(len(rows))
        columns["area"] = columns["province"] * 10 + columns["district"]
        items = np.stack([columns[item] for item in ITEMS], axis=1)
        columns["g"] = rollup.respondent_values(items, GROUP)[:, 0]
        return cls(columns)

    def values(self, *names: str) -> Floats:
        """Columns side by side."""
        return np.stack([self.columns[name] for name in names], axis=1)

    def codes(self, *names: str) -> Codes:
        """The combinations of columns that occur, numbered; 0 for all without columns."""
        if not names:
            return np.zeros(len(self.columns["all"]), np.intp)
        return np.unique(self.values(*names), axis=0, return_inverse=True)[1].ravel()

    def where(self, rows: Any) -> Data:
        """Some of the rows."""
        return Data({name: column[rows] for name, column in self.columns.items()})


def recorded(file: Path = HERE / "recorded.csv") -> Found:
    """What R said."""
    with file.open(encoding="utf-8", newline="") as opened:
        return {
            (row["design"], row["statistic"], row["variable"], row["by"], row["domain"]): {
                figure: float(row[figure] or "nan") for figure in FIGURES
            }
            for row in csv.DictReader(opened)
        }


def computed(only: list[str] | None = None) -> Found:
    """The same by our own code; ``only`` some of the designs."""
    with (HERE / "weights.csv").open(encoding="utf-8", newline="") as file:
        raked: dict[str, dict[float, float]] = defaultdict(dict)
        for row in csv.DictReader(file):
            raked[row["design"]][float(row["id"])] = float(row["weight"])
    found: Found = {}
    for design in json.loads((HERE / "designs.json").read_text(encoding="utf-8")):
        if only is None or design["name"] in only:
            found.update(_computed(design, Data.read(design["data"]), raked[design["name"]]))
    return found


def sample_of(design: dict[str, Any], data: Data, weight: Floats) -> Sample:
    """A design of designs.json, laid out."""
    populations = [data.columns[name] if name else None for name in design["populations"]]
    clusters = [data.codes(name) for name in design["clusters"]]
    return lay_out(data.codes(*design["strata"]), clusters, populations, weight, Lonely(design["lonely"]))


def _computed(design: dict[str, Any], data: Data, after: dict[float, float]) -> Found:
    name, weight, calibration = design["name"], data.columns["weight"], None
    if after:
        fitted = np.array([after[one] for one in data.columns["id"]])
        if "rake" in design:
            calibration = Calibration.raked([data.codes(margin) for margin in design["rake"]], fitted)
        else:
            calibration = Calibration.post_stratified(data.codes(*design["post_strata"]), weight, fitted)
        weight = fitted
    sample = sample_of(design, data, weight)
    found: Found = {}
    try:
        for by in BYS:
            for statistic, names, one in _by(sample, data, by, calibration):
                _keep(found, (name, statistic), names, by, [f"{v:g}" for v in np.unique(data.columns[by])], one)
        for by, pairs in PAIRS.items():
            _differences(found, name, sample, data, by, pairs, calibration)
    except InvalidValue:
        return {(name, "stop", "", "", ""): {}}
    if name in ("one stage", "one stage, finite", "persons in provinces"):
        _jackknife(found, name, sample, data)
        _years(found, design, data)
    if name in ("one stage", "one stage, finite"):
        _overlap(found, design, data)
    return found


def _by(
    sample: Sample, data: Data, by: str, calibration: Calibration | None
) -> Iterator[tuple[str, list[str], Estimates]]:
    code = data.codes(by)
    domains = Domains(code, int(code.max()) + 1)
    names = [*ITEMS, "g", "visits"]
    yield "mean", names, estimates.means(sample, data.values(*names), domains, calibration=calibration)
    yield "share", SHARES, estimates.shares(sample, data.values(*SHARES), domains, calibration=calibration)
    names = ["q1", "visits", "spent"]
    yield "total", names, estimates.totals(sample, data.values(*names), domains, calibration=calibration)
    above, below = data.values("spent", "q2"), data.values("visits", "q3")
    yield "ratio", ["spent/visits", "q2/q3"], estimates.ratios(sample, above, below, domains, calibration=calibration)
    mix = rollup.item_mix(GROUP, 3)
    yield (
        "items",
        ["", "", "", "g"],
        estimates.means(sample, data.values("q1", "q2", "q3"), domains, mix=mix, calibration=calibration),
    )


def _keep(found: Found, start: tuple[str, str], names: list[str], by: str, domains: list[str], one: Estimates) -> None:
    for d, domain in enumerate(domains):
        for v, variable in enumerate(names):
            if variable:
                arrays = (one.n, one.estimate, one.se, None, one.deff, one.low, one.high)
                figures = [float(one.df[d]) if array is None else float(array[d, v]) for array in arrays]
                found[*start, variable, by, domain] = dict(zip(FIGURES, [*figures, np.nan], strict=True))


def _keep_differences(
    found: Found, name: str, names: list[str], by: str, domains: list[str], one: differences.Differences
) -> None:
    for d, domain in enumerate(domains):
        for v, variable in enumerate(names):
            figures = [np.nan, one.estimate[d, v], one.se[d, v], one.df[d], np.nan]
            rest = [one.low[d, v], one.high[d, v], one.p[d, v]]
            key = name, "difference", variable, by, domain
            found[key] = dict(zip(FIGURES, [*figures, *rest], strict=True))


def _differences(
    found: Found,
    name: str,
    sample: Sample,
    data: Data,
    by: str,
    pairs: list[tuple[int, int]],
    calibration: Calibration | None,
) -> None:
    levels, code = np.unique(data.columns[by], return_inverse=True)
    names = [*ITEMS, "s1"]
    found_means = estimates.means(
        sample, data.values(*names), Domains(code.ravel(), len(levels)), calibration=calibration
    )
    places = [(int(np.searchsorted(levels, a)), int(np.searchsorted(levels, b))) for a, b in pairs]
    one = differences.between_domains(found_means, places)
    _keep_differences(found, name, names, by, [f"{a}-{b}" for a, b in pairs], one)


def _years(found: Found, design: dict[str, Any], data: Data) -> None:
    of_year = []
    for year in (2023, 2024):
        part = data.where(data.columns["year"] == year)
        sample = sample_of(design, part, part.columns["weight"])
        of_year.append(estimates.means(sample, part.values(*ITEMS), Domains.everyone(len(sample))))
    one = differences.between_samples(of_year[1], of_year[0])
    _keep_differences(found, design["name"], ITEMS, "years", ["2024-2023"], one)


def _overlap(found: Found, design: dict[str, Any], data: Data) -> None:
    """Two years that share some clusters: the earlier without the third district, the later without the fourth."""
    asked = [
        data.where((data.columns["year"] == year) & (data.columns["district"] != district))
        for year, district in ((2023, 3), (2024, 4))
    ]
    drawn = [
        DesignColumns(
            part.codes("province"),
            [part.codes("area")],
            [part.columns[name] if name else None for name in design["populations"]],
            [None],
            part.columns["weight"],
        )
        for part in asked
    ]
    names = [np.concatenate([part.columns[name] for part in asked]).astype(np.intp) for name in ("province", "area")]
    joint = together(drawn[0], drawn[1], JoinedColumns(names[0], [names[1]]))
    old, new = (
        estimates.means(design_check.sample_of(one), part.values(*ITEMS), Domains.everyone(len(one.weight)))
        for one, part in zip(drawn, asked, strict=True)
    )
    _keep_differences(
        found, design["name"], ITEMS, "overlap", ["2024-2023"], differences.between_samples(new, old, joint=joint)
    )


def shared_years(name: str) -> Found:
    """The later year minus the earlier as two surveys with clusters in common; R takes both as domains of one."""
    designs = json.loads((HERE / "designs.json").read_text(encoding="utf-8"))
    design = next(one for one in designs if one["name"] == name)
    data = Data.read(design["data"])
    data = data.where(np.argsort(data.columns["year"], kind="stable"))
    of_year = []
    for year in (2023, 2024):
        part = data.where(data.columns["year"] == year)
        sample = sample_of(design, part, part.columns["weight"])
        of_year.append(estimates.means(sample, part.values(*ITEMS), Domains.everyone(len(sample))))
    joint = sample_of(design, data, data.columns["weight"])
    found: Found = {}
    one = differences.between_samples(of_year[1], of_year[0], joint=joint)
    _keep_differences(found, name, ITEMS, "year", ["2024-2023"], one)
    return found


def _jackknife(found: Found, name: str, sample: Sample, data: Data) -> None:
    names = [*ITEMS, "g"]
    linear = estimates.means(sample, data.values(*names), Domains.everyone(len(sample)))
    exact = linear.estimate[0]
    se = replicates.standard_errors(replicates.jackknife(sample), sample, linear.statistic, linear.domains)
    for v, variable in enumerate(names):
        figures = dict.fromkeys(FIGURES, np.nan) | {"estimate": float(exact[v]), "se": float(se[0, v])}
        found[name, "jackknife", variable, "all", "1"] = figures


def difference(ours: float, theirs: float) -> float:
    """How far ours is off, relative to R's figure; below 1e-12 both are 0 but for rounding."""
    if np.isnan(ours) or np.isnan(theirs):
        return 0.0 if np.isnan(ours) and np.isnan(theirs) else np.inf
    if max(abs(ours), abs(theirs)) < 1e-12:
        return 0.0
    return abs(ours - theirs) / abs(theirs)


def main() -> None:
    """Print the agreement by statistic."""
    ours, theirs = computed(), recorded()
    worst: dict[str, list[float]] = defaultdict(list)
    for key, figures in theirs.items():
        for figure, value in figures.items():
            if key[1] != "stop" and not np.isnan(value):
                worst[key[1]].append(difference(ours[key][figure], value))
    print(f"{'':12}{'figures':>9}{'worst difference':>20}")
    for statistic, found in worst.items():
        print(f"{statistic:12}{len(found):>9,}{max(found):>20.1e}")


if __name__ == "__main__":
    main()
