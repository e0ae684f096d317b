"""Two years of a national survey by parindex and by its peers, compared figure by figure: ``python -m bench.survey``.

36,525 respondents a year, 63 provinces, 39 items, 9 groups, 2 parts and the whole over respondents, by province and
for the nation, with standard errors, intervals, design effects, and the differences of the years. Timed are the
estimates alone, in seconds of CPU, from columns in memory and a sample that has been laid out; medians over the
repetitions and rounds. *Peak* is the memory of the whole process.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import platform
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import mkdtemp
from typing import Any

import numpy as np

from bench.processes import Run, python, run
from bench.survey_data import ITEMS, NODES, PROVINCES

RESPONDENTS = 36_525
OURS, BARE = ("parindex_survey", "parindex"), ("bare", "NumPy, bare")
SVY = ("svy_taylor", "svy")
R = {"each": "R survey, one call a variable", "once": "R survey, all at once", "four": "R survey, all at once"}
DESIGNS = {
    "one": "districts with replacement, in provinces",
    "four": "district, commune, village, person, all finite",
}
REPEATS = 7


@dataclass(slots=True)
class Measured:
    """What the rounds of one peer gave: seconds of CPU and of the clock, MB at the peak."""

    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    peak: float = 0

    def take(self, one: Run, versions: dict[str, str]) -> None:
        """Add one process."""
        said = json.loads(one.output.splitlines()[-1])
        self.cpu.extend(said["cpu"])
        self.wall.extend(said["wall"])
        versions.update(said["versions"])
        self.peak = max(self.peak, one.peak)


def main() -> int:
    """Generate, run, compare, print; 1 where figures differ by more than 1e-9."""
    parser = argparse.ArgumentParser(prog="python -m bench.survey", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="how often parindex and bare NumPy are run, in turn")
    parser.add_argument("--without-r", action="store_true", help="leave R out, which takes minutes")
    parser.add_argument("--million", type=int, default=1_000_000, help="respondents of the long run (0: none)")
    parser.add_argument("--keep", type=Path, help="keep input and results in this folder")
    options = parser.parse_args()
    folder = options.keep or Path(mkdtemp(prefix="parindex-survey-"))
    try:
        return _measure(folder, options.rounds, shutil.which("Rscript") and not options.without_r, options.million)
    finally:
        if options.keep is None:
            shutil.rmtree(folder)


def _measure(folder: Path, rounds: int, with_r: Any, million: int) -> int:
    _say(f"generating two years in {folder}")
    run(python("bench.survey_data", folder, str(RESPONDENTS)))
    versions: dict[str, str] = {}
    measured: dict[tuple[str, str], Measured] = {}
    for number in range(rounds):
        for design in DESIGNS:
            for name, title in (BARE, OURS):
                _say(f"round {number + 1} of {rounds}: {title}, {design}")
                one = measured.setdefault((design, title), Measured())
                one.take(run(python("bench.survey_step", name, folder, design, str(REPEATS))), versions)
    _say("svy")
    measured["one", SVY[1]] = Measured()
    measured["one", SVY[1]].take(run(python("bench.survey_step", SVY[0], folder, "one", "1")), versions)
    for how, title in R.items() if with_r else ():
        _say(f"{title}: {'four stages' if how == 'four' else 'one stage'}; takes minutes")
        one = measured[("four" if how == "four" else "one"), title] = Measured()
        one.take(run(["Rscript", Path(__file__).parent / "survey_peers" / "survey.R", folder, how]), versions)
    _print_machine(versions)
    worst = _worst(folder, bool(with_r))
    for design, words in DESIGNS.items():
        _print_table(words, {title: one for (of, title), one in measured.items() if of == design}, worst[design])
    if million:
        _print_million(folder / "million", million)
    return int(max(value for found in worst.values() for value in found.values()) > 1e-9)


# --- what is compared ----------------------------------------------------------------------------------------------


def _worst(folder: Path, with_r: bool) -> dict[str, dict[str, float]]:
    """By design and peer: the largest relative difference of an estimate or standard error from ours."""
    found: dict[str, dict[str, float]] = {design: {} for design in DESIGNS}
    for design in DESIGNS:
        ours = _figures(folder, OURS[0], design)
        found[design][BARE[1]] = _off(ours, _figures(folder, BARE[0], design))
    found["one"][SVY[1]] = _off(_figures(folder, OURS[0], "one"), _figures(folder, SVY[0], "one"))
    if with_r:
        found["one"][R["each"]] = _off_r(_figures(folder, OURS[0], "one"), folder / "r_each.csv")
    return found


def _figures(folder: Path, name: str, design: str) -> dict[str, Any]:
    with np.load(folder / f"{name}_{design}.npz") as file:
        return dict(file)


def _off(ours: dict[str, Any], theirs: dict[str, Any]) -> float:
    return max(
        float(np.max(np.abs(ours[name] - theirs[name]) / np.abs(theirs[name])))
        for name in set(ours) & set(theirs) - {"difference", "p"}  # a difference of next to nothing has few digits
    )


def _off_r(ours: dict[str, Any], path: Path) -> float:
    columns = [f"q{item + 1:02}" for item in range(ITEMS)] + [f"node{place:02}" for place in range(len(NODES))]
    worst, count = 0.0, 0
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            at = int(row["province"]), columns.index(row["variable"])
            for name in ("estimate", "se"):
                value = float(row[name])
                worst = max(worst, abs(ours[f"{name}{row['year']}"][at] - value) / abs(value))
                count += 1
    assert count == 2 * 2 * (PROVINCES + 1) * len(columns)
    return worst


# --- what is printed -----------------------------------------------------------------------------------------------


def _say(text: str) -> None:
    print(f"… {text}", file=sys.stderr, flush=True)


def _print_machine(versions: dict[str, str]) -> None:
    listed = ", ".join(f"{name} {number}" for name, number in sorted(versions.items()))
    print(f"\n{os.cpu_count()} cores, Python {platform.python_version()}, {listed}")


def _print_table(words: str, measured: dict[str, Measured], worst: dict[str, float]) -> None:
    ours, bare = (median(measured[title].cpu) for title in (OURS[1], BARE[1]))
    print(f"\n2 × {RESPONDENTS:,} respondents, {words}\n")
    print(f"{'':32}{'CPU s':>9}{'wall s':>9}{'× bare':>9}{'× ours':>9}{'peak MB':>9}{'differs by':>12}")
    for title, one in measured.items():
        cpu = median(one.cpu)
        times = f"{cpu:>9.3f}{median(one.wall):>9.3f}{cpu / bare:>9.1f}{cpu / ours:>9.1f}{one.peak:>9.0f}"
        print(f"{title:32}{times}{f'{worst[title]:.0e}' if title in worst else '':>12}")
    print(f"\n{'✓' if ours <= 2 * bare else '✗'} at most 2 times the bare NumPy: {ours / bare:.2f}")
    peak = measured[OURS[1]].peak
    print(f"{'✓' if peak < 500 else '✗'} under 500 MB: {peak:.0f}")
    aims = {"R survey, one call a variable": 150, SVY[1]: 12}
    for title, least in aims.items():
        if title in measured:
            faster = median(measured[title].cpu) / ours
            print(f"{'✓' if faster >= least else '✗'} at least {least} times as fast as {title}: {faster:.0f}")


def _print_million(folder: Path, respondents: int) -> None:
    """One year's estimates twice over a survey of so many respondents; the whole process counts."""
    _say(f"{respondents:,} respondents")
    run(python("bench.survey_data", folder, str(respondents // 2)))
    print(f"\n{respondents:,} respondents, both years together; the whole process\n")
    print(f"{'':50}{'CPU s':>9}{'peak MB':>9}")
    for design, words in DESIGNS.items():
        one = run(python("bench.survey_step", OURS[0], folder, design, "1"))
        print(f"{'✓' if one.cpu < 60 else '✗'} {words:48}{one.cpu:>9.1f}{one.peak:>9.0f}")


if __name__ == "__main__":
    sys.exit(main())
