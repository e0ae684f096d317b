"""The input of the national run, in the product's own formats: ``set.yaml``, ``figures.parquet``, ``entries.parquet``.
All invented.

Drawn with a fixed seed: 3,321 units a year, about 3 % of the entries not assessed, 1 % unanswered, 1 % where nothing
arose; denominators that make exact ties of the fifth decimal; units with equal figures, so that ranks are shared; one
unit with nothing left to assess.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
import polars as pl
import yaml
from numpy.typing import NDArray

from bench.plan import GRADES, INDEX_PLACES, OPTIONS, POINT_PLACES, Item, items

UNITS = 3321
SEED = 2270
NOT_ASSESSED, UNANSWERED, NOTHING_AROSE = 0.03, 0.01, 0.01
#: Units that repeat the figures of the unit before them.
TWINS = range(10, 60, 2)
EMPTY_UNIT = 7


@dataclass(frozen=True, slots=True)
class Drawn:
    """One item over all units: the figures of its measures, and how the entry stands."""

    figures: tuple[NDArray[np.int64], ...]
    not_assessed: NDArray[np.bool_]
    unanswered: NDArray[np.bool_]


def generate(folder: Path, years: int = 1, units: int = UNITS) -> None:
    """Write the three files into ``folder``: ``units`` (64 at least) of each of ``years``."""
    folder.mkdir(parents=True, exist_ok=True)
    count = units * years
    names = [f"u{number:06d}" for number in range(count)]
    rng = np.random.default_rng(SEED)
    drawn = [(item, _draw(item, count, rng)) for item in items()]
    (folder / "set.yaml").write_text(
        yaml.safe_dump(_criteria_set(), allow_unicode=True, sort_keys=False), encoding="utf-8"
    )
    _figures(drawn, names).write_parquet(folder / "figures.parquet")
    _entries(drawn, names).write_parquet(folder / "entries.parquet")


def main() -> None:
    """``python -m bench.generator FOLDER YEARS``"""
    generate(Path(sys.argv[1]), int(sys.argv[2]))


def _draw(item: Item, count: int, rng: np.random.Generator) -> Drawn:
    chance = rng.random(count)
    if item.kind in ("ratio", "bands"):
        # Round denominators give shares whose points end in a 5 at the fifth decimal.
        whole = np.where(
            rng.random(count) < 0.3, rng.choice([400, 800, 1600, 8000], count), rng.integers(1, 6000, count)
        )
        part = (whole * rng.integers(300, 1001, count)) // 1000
        part = np.where(rng.random(count) < 0.2, whole, part)
        if item.capped:
            part = np.where(rng.random(count) < 0.1, whole + rng.integers(1, 50, count), part)
        nothing = rng.random(count) < NOTHING_AROSE
        figures: tuple[NDArray[np.int64], ...] = (np.where(nothing, 0, part), np.where(nothing, 0, whole))
    elif item.kind == "option":
        figures = (rng.choice(3, count, p=[0.7, 0.2, 0.1]),)
    elif item.kind == "deduction":
        figures = (rng.integers(0, 8, count),)
    else:
        figures = (rng.integers(0, int(item.max_points * 10**POINT_PLACES) + 1, count),)
    drawn = [*figures, chance]
    for twin in TWINS:
        for column in drawn:
            column[twin + 1] = column[twin]
    not_assessed = chance < NOT_ASSESSED
    not_assessed[EMPTY_UNIT] = True
    return Drawn(figures, not_assessed, ~not_assessed & (chance < NOT_ASSESSED + UNANSWERED))


def _figures(drawn: list[tuple[Item, Drawn]], units: list[str]) -> pl.DataFrame:
    """Long table ``unit, measure, value``, unit by unit as the sheets come in; values are text, as choices stand among
    them.
    """
    names = pl.Series("unit", units)
    row = pl.Series("row", np.arange(len(units)))
    frames = []
    for item, one in drawn:
        entered = pl.Series(~(one.not_assessed | one.unanswered))
        for measure, figures in zip(item.measures, one.figures, strict=False):
            value = pl.Series("value", figures)
            text = (
                value.replace_strict(range(3), OPTIONS, return_dtype=pl.String)
                if item.kind == "option"
                else value.cast(pl.String)
            )
            frames.append(pl.DataFrame([row, names, text]).with_columns(measure=pl.lit(measure)).filter(entered))
    return pl.concat(frames).sort("row", maintain_order=True).select("unit", "measure", "value")


def _entries(drawn: list[tuple[Item, Drawn]], units: list[str]) -> pl.DataFrame:
    """One line an item and unit: ``unit, item, state, appraised_points, reason``."""
    frames = []
    for item, one in drawn:
        state = np.where(one.not_assessed, "not_assessed", np.where(one.unanswered, "unanswered", "answered"))
        frame = pl.DataFrame(
            {"row": np.arange(len(units)), "unit": units, "state": state, "granted": one.figures[0]},
        ).with_columns(
            item=pl.lit(item.code), reason=pl.when(state="not_assessed").then(pl.lit("Không phát sinh nhiệm vụ"))
        )
        whole, rest = pl.col("granted") // 10**POINT_PLACES, pl.col("granted") % 10**POINT_PLACES
        points = (
            pl.format("{}.{}", whole, rest.cast(pl.String).str.zfill(POINT_PLACES))
            if item.kind == "fixed"
            else pl.lit(None, pl.String)
        )
        frames.append(frame.with_columns(appraised_points=pl.when(state="answered").then(points)))
    columns = ("unit", "item", "state", "appraised_points", "reason")
    return pl.concat(frames).sort("row", maintain_order=True).select(columns)


# --- the criteria set as the product reads it ----------------------------------------------------------------------


def _criteria_set() -> dict[str, object]:
    half_up = {"mode": "half_up"}
    return {
        "format": "parindex/criteria-set/1",
        "id": "national-bench",
        "title": "Bộ tiêu chí giả lập cho phép đo tốc độ",
        "year": "2026",
        "level": "commune",
        "rounding": {
            "item": {"places": str(POINT_PLACES), **half_up},
            "index": {"places": str(INDEX_PLACES), **half_up},
        },
        "grades": [{"title": title, "lower": str(lower)} for title, lower in GRADES],
        "measures": {measure: _measure(item) for item in items() for measure in item.measures},
        "areas": _tree(),
    }


def _measure(item: Item) -> dict[str, object]:
    if item.kind == "option":
        return {
            "title": f"Tiến độ của mục {item.code}",
            "kind": "choice",
            "choices": dict.fromkeys(OPTIONS, "lựa chọn"),
        }
    return {"title": f"Số liệu của mục {item.code}", "kind": "number", "integer": True}


def _tree() -> list[dict[str, object]]:
    """Areas, criteria, items: codes of three parts nest by themselves."""
    return [
        {
            **_node(area, f"Lĩnh vực {area}", within),
            "children": [
                {**_node(criterion, f"Tiêu chí {criterion}", of), "children": [_leaf(item) for item in of]}
                for criterion, of in _grouped(within, 2)
            ],
        }
        for area, within in _grouped(items(), 1)
    ]


def _grouped(listed: Iterable[Item], parts: int) -> list[tuple[str, list[Item]]]:
    """Items by the first ``parts`` parts of their codes."""
    groups = groupby(listed, key=lambda item: ".".join(item.code.split(".")[:parts]))
    return [(code, list(within)) for code, within in groups]


def _node(code: str, title: str, below: Iterable[Item]) -> dict[str, object]:
    return {"code": code, "title": title, "max_points": str(sum(item.max_points for item in below))}


def _leaf(item: Item) -> dict[str, object]:
    leaf = {"code": item.code, "title": f"Mục {item.code}", "max_points": str(item.max_points), "source": "report"}
    return {
        **leaf,
        "rule": {"kind": item.kind if item.kind != "fixed" else "given", "clause": "giả lập", **_rule(item)},
    }


def _rule(item: Item) -> dict[str, object]:
    if item.kind == "ratio":
        numerator, denominator = item.measures
        return {
            "of": numerator, "to": denominator, "target": str(item.target), "floor": str(item.floor),
            "over": "cap" if item.capped else "refuse", "nothing_arose": "full",
        }  # fmt: skip
    if item.kind == "bands":
        numerator, denominator = item.measures
        edges = [{"from": "1", "share": "1"}, {"from": "0.7", "below": "1", "share": "0.5"}]
        edges += [{"from": "0.5", "below": "0.7", "share": "0.25"}, {"below": "0.5", "share": "0"}]
        return {"of": numerator, "to": denominator, "bands": edges, "nothing_arose": "zero"}
    if item.kind == "option":
        shares = zip(OPTIONS, ("1", "0.5", "0"), strict=True)
        return {"of": item.measures[0], "options": {key: {"share": share} for key, share in shares}}
    if item.kind == "deduction":
        return {"classes": [{"of": item.measures[0], "points": "0.25"}], "mode": "each"}
    return {}


if __name__ == "__main__":
    main()
