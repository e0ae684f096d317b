"""Write the data sets of the referee: ``python -m tests.referee.generate``. All figures are invented.

``people.csv``: five provinces, four stages (district, commune, village, person) with the numbers to draw from, unequal
weights, answers with gaps, amounts, a year. ``lonely.csv``: the same with provinces of one district and communes of one
village, and a province whose districts were all drawn. ``gaps.csv``: the same people, but two provinces, one of them of
one district, were not asked an item.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
COLUMNS = [
    *("id", "province", "district", "commune", "village", "person", "n_all"),
    *("n_districts", "n_communes", "n_villages", "n_people", "weight", "sex", "age", "year"),
    *("q1", "q2", "q3", "q4", "q5", "visits", "spent"),
]


def people(seed: int, districts: list[tuple[int, int]], villages: tuple[int, ...]) -> list[list[object]]:
    """The rows: ``districts`` gives drawn and all by province, ``villages`` how many are drawn in turn."""
    rng = np.random.default_rng(seed)
    rows: list[list[object]] = []
    for province, (drawn, of) in enumerate(districts, start=1):
        for district in range(1, drawn + 1):
            communes, mood = int(rng.integers(5, 12)), rng.normal(0, 0.4)
            for commune in range(1, 3):
                of_villages, mine = int(rng.integers(4, 9)), villages[len(rows) % len(villages)]
                for village in range(1, mine + 1):
                    persons = int(rng.integers(3, 7))
                    of_persons = int(rng.integers(40, 90))
                    for person in range(1, persons + 1):
                        design = of / drawn * communes / 2 * of_villages / mine * of_persons / persons
                        answers = np.clip(np.round(rng.normal(3.4 + mood + province / 10, 1, 5)), 1, 5).astype(int)
                        shown = ["" if gap else int(a) for a, gap in zip(answers, rng.random(5) < 0.12, strict=True)]
                        visits = int(rng.poisson(2)) + 1
                        place = [province, district, commune, village, person]
                        known = [of, communes, of_villages, of_persons, repr(float(design * rng.uniform(0.7, 1.4)))]
                        who = [int(rng.integers(1, 3)), int(rng.integers(1, 4)), int(rng.integers(2023, 2025))]
                        spent = repr(float(np.round(visits * rng.gamma(2, 30), 2)))
                        rows.append([*place, *known, *who, *shown, visits, spent])
    mixed = [rows[i] for i in rng.permutation(len(rows))]
    return [[number, *row[:5], 20_000, *row[5:]] for number, row in enumerate(mixed, start=1)]


def unasked(row: list[object]) -> list[object]:
    """A row without the first item in province 3 and without the second in province 6."""
    province, first = row[COLUMNS.index("province")], COLUMNS.index("q1")
    gaps = {first: province == 3, first + 1: province == 6}
    return ["" if gaps.get(at) else value for at, value in enumerate(row)]


def main() -> None:
    """Write all three."""
    sets = {
        "people": people(1, [(3, 9), (3, 7), (2, 5), (4, 12), (3, 6)], (2,)),
        "lonely": people(2, [(3, 9), (1, 7), (2, 5), (1, 1), (3, 3), (1, 4)], (2, 1, 3)),
    }
    sets["gaps"] = [unasked(row) for row in sets["lonely"]]
    for name, rows in sets.items():
        with (HERE / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([COLUMNS, *rows])


if __name__ == "__main__":
    main()
