"""Two years of a national survey: ``python -m bench.survey_data FOLDER RESPONDENTS``. All figures are invented.

63 provinces × 3 districts × 3 communes × 2 villages × persons, each drawn from more; 39 items on five points, of which
2 % have no answer; unequal weights. ``year1.npz``, ``year2.npz`` for Python and ``year1.csv``, ``year2.csv`` for R.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

PROVINCES, ITEMS = 63, 39
#: The groups of the satisfaction survey of 2024, its two parts, and the whole.
GROUPS = [list(part) for part in np.array_split(range(23), 4)] + [
    list(part) for part in np.array_split(range(23, 39), 5)
]
NODES = [*GROUPS, list(range(23)), list(range(23, 39)), list(range(39))]
STAGES = ("district", "commune", "village", "person")
POPULATIONS = ("n_districts", "n_communes", "n_villages", "n_people")
YEARS = ("year1", "year2")


def year(seed: int, respondents: int) -> dict[str, NDArray[Any]]:
    """The columns of one year; ``answers`` is respondents × items, 0 for no answer."""
    rng = np.random.default_rng(seed)
    village = np.sort(rng.permutation(respondents) % (PROVINCES * 18))
    first = np.searchsorted(village, np.arange(PROVINCES * 18))
    size = np.bincount(village)
    found: dict[str, NDArray[Any]] = {
        "province": village // 18,
        "district": village // 6 % 3,
        "commune": village // 2 % 3,
        "village": village % 2,
        "person": np.arange(respondents) - first[village],
        "n_districts": rng.integers(7, 15, PROVINCES)[village // 18],
        "n_communes": rng.integers(8, 20, PROVINCES * 3)[village // 6],
        "n_villages": rng.integers(4, 12, PROVINCES * 9)[village // 2],
        "n_people": (size * rng.integers(4, 12, PROVINCES * 18))[village],
    }
    drawn = (3, 3, 2, size[village])
    weight = np.prod([found[name] / of for name, of in zip(POPULATIONS, drawn, strict=True)], axis=0)
    found["weight"] = weight * rng.uniform(0.7, 1.4, respondents)
    mood = rng.normal(3.6, 0.25, (PROVINCES, 1))[village // 18] + rng.normal(0, 0.3, (PROVINCES * 18, 1))[village]
    answers = np.empty((respondents, ITEMS), np.int8)
    for item in range(ITEMS):
        of_all = mood[:, 0] + rng.normal(0, 1, respondents)
        answers[:, item] = np.clip(np.round(of_all), 1, 5)
        answers[rng.random(respondents) < 0.02, item] = 0
    found["answers"] = answers
    return found


def load(folder: Path, name: str) -> dict[str, NDArray[Any]]:
    """One year as written."""
    with np.load(folder / f"{name}.npz") as file:
        return dict(file)


def main() -> None:
    """Write both years; without the files for R where there are more than 100,000 respondents."""
    folder, respondents = Path(sys.argv[1]), int(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    for seed, name in enumerate(YEARS):
        columns = year(seed, respondents)
        np.savez(folder / f"{name}.npz", **columns)  # type: ignore[arg-type]
        if respondents <= 100_000:
            _write_csv(folder / f"{name}.csv", columns)


def _write_csv(path: Path, columns: dict[str, NDArray[Any]]) -> None:
    answers = columns["answers"].astype(object)
    answers[columns["answers"] == 0] = ""
    names = [*("province", *STAGES, *POPULATIONS), "weight"]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*names, *(f"q{item + 1:02}" for item in range(ITEMS))])
        known = zip(*(columns[name].tolist() for name in names), strict=True)
        writer.writerows([*row, *given] for row, given in zip(known, answers.tolist(), strict=True))


if __name__ == "__main__":
    main()
