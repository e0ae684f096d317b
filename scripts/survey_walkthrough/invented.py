"""An invented population of ten districts, and what those who are drawn from it answer. Nothing here was measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

#: So that the invented population is the same everywhere (NumPy keeps this generator's stream).
SEED = 2024
UNITS = (
    "thanh-pho-dien-bien-phu", "thi-xa-muong-lay", "huyen-dien-bien", "huyen-dien-bien-dong", "huyen-muong-ang",
    "huyen-muong-cha", "huyen-muong-nhe", "huyen-nam-po", "huyen-tua-chua", "huyen-tuan-giao",
)  # fmt: skip
ITEMS = tuple(f"q{number:02d}" for number in range(1, 40))
#: Options of the question on wishes that are wishes in themselves.
WISHES = 6
#: The share of those asked who answer.
ANSWERS = 0.88


@dataclass(frozen=True, slots=True, eq=False)
class Household:
    """A household of the frame with its adults, from the oldest: sex, age and level of satisfaction."""

    unit: str
    commune: str
    village: str
    household: str
    adults: tuple[tuple[int, int, float], ...]


def population() -> list[Household]:
    """The households in the order of their ids."""
    generator = np.random.Generator(np.random.PCG64(SEED))
    found = []
    for number, unit in enumerate(UNITS):
        level_of_unit = 3.95 + 0.15 * generator.standard_normal()
        for commune in range(int(generator.integers(4, 7))):
            level_of_commune = level_of_unit + 0.10 * generator.standard_normal()
            for village in range(int(generator.integers(3, 6))):
                level_of_village = level_of_commune + 0.12 * generator.standard_normal()
                name = f"{number + 1:02d}.{commune + 1}"
                for household in range(int(generator.integers(14, 30))):
                    level = level_of_village + 0.3 * generator.standard_normal()
                    found.append(
                        Household(
                            unit, name, f"{name}.{village + 1}", f"{household + 1:02d}", _adults(generator, level)
                        )
                    )
    return found


def _adults(generator: np.random.Generator, level: float) -> tuple[tuple[int, int, float], ...]:
    count = int(generator.choice([1, 2, 3, 4], p=[0.15, 0.5, 0.2, 0.15]))
    ages = sorted((int(age) for age in generator.integers(18, 80, count)), reverse=True)
    return tuple((int(generator.integers(1, 3)), age, level + 0.004 * (age - 45)) for age in ages)


def frame(people: Sequence[Household]) -> pl.DataFrame:
    """The frame: a row a household, with how many households commune and village have and how many adults it has."""
    rows = pl.DataFrame(
        {
            "unit": [one.unit for one in people],
            "commune": [one.commune for one in people],
            "village": [one.village for one in people],
            "household": [one.household for one in people],
            "adults": [len(one.adults) for one in people],
        }
    )
    of_commune = pl.len().over("commune").alias("commune_households")
    return rows.with_columns(of_commune, pl.len().over("village").alias("village_households"))


def age_group(age: int) -> str:
    """The age group of an adult."""
    return "18-34" if age < 35 else "35-54" if age < 55 else "55+"


def known_totals(people: Sequence[Household]) -> Mapping[str, pl.DataFrame]:
    """What would be known of the population: adults by district, by sex, by age group."""
    rows = [(one.unit, sex, age_group(age)) for one in people for sex, age, _ in one.adults]
    adults = pl.DataFrame(rows, schema=["unit", "gender", "age_group"], orient="row")
    return {name: adults.group_by(name).agg(pl.len().alias("total")).sort(name) for name in adults.columns}


def responses(people: Sequence[Household], sample: Path) -> pl.DataFrame:
    """What those drawn answer; where somebody does not, the first replacement of the village is asked, and so on."""
    generator = np.random.Generator(np.random.PCG64(SEED + 1))
    drawn = pl.read_csv(sample, schema_overrides={"household": pl.String}).sort("reserve_list", "reserve", "respondent")
    homes = {(one.village, one.household): one.adults for one in people}
    effects = 0.18 * generator.standard_normal(len(ITEMS))
    needed: dict[str, int] = {}
    rows: list[dict[str, object]] = []
    for row in drawn.iter_rows(named=True):
        village = row["reserve_list"]
        if row["reserve"] and not needed.get(village):
            continue
        answered = bool(generator.random() < ANSWERS)
        if row["reserve"]:
            needed[village] -= answered
        elif not answered:
            needed[village] = needed.get(village, 0) + 1
        adult = homes[row["village"], row["household"]][int(row["adult"]) - 1]
        rows.append(_response(generator, row["respondent"], adult, effects, answered=answered))
    return pl.DataFrame(rows)


def _response(
    generator: np.random.Generator, name: str, adult: tuple[int, int, float], effects: Numbers, *, answered: bool
) -> dict[str, object]:
    sex, age, level = adult
    values = np.clip(np.rint(level + effects + 0.7 * generator.standard_normal(len(ITEMS))), 1, 5).astype(int)
    blank = generator.random(len(ITEMS)) < 0.02
    wished = sorted(generator.choice(WISHES, int(generator.integers(1, 4)), replace=False) + 1)
    row: dict[str, object] = {"respondent": name, "status": "answered" if answered else "refused"}
    row |= {"gender": sex if answered else None, "age": age if answered else None}
    row |= {"age_group": age_group(age) if answered else None}
    for item, value, none in zip(ITEMS, values.tolist(), blank.tolist(), strict=True):
        row[item] = value if answered and not none else None
    return row | {"wishes": ";".join(map(str, wished)) if answered else None}
