"""A survey from its frame to the index: ``python -m scripts.survey_walkthrough [FOLDER]``.

Invents a population (:mod:`scripts.survey_walkthrough.invented`), writes its frame, draws, lets those who were drawn
answer, makes weights, estimates, turns estimates into points and scores the ten districts with them. Every command is
printed before it runs; ``docs/huong-dan/khao-sat.md`` explains them. With ``--ship`` the invented inputs are written to
the examples that ship with parindex; a test keeps them equal.
"""

from __future__ import annotations

import argparse
import shlex
import shutil
from pathlib import Path

import polars as pl
from scripts.survey_walkthrough.invented import frame, known_totals, population, responses

from parindex.cli import main as parindex

EXAMPLES = Path(__file__).resolve().parents[2] / "src" / "parindex" / "data" / "examples"
SHIPPED = EXAMPLES / "khao-sat-hai-long"
SET = "dien-bien-2024-districts"
#: The seed of the documented draw.
SEED = "20241213"


def run(*arguments: str | Path) -> None:
    """Print one command and run it."""
    words = [str(one) for one in arguments]
    print("\n$ parindex " + shlex.join(words), flush=True)
    code = parindex(words)
    if code not in (0, 1):
        raise SystemExit(code)


def invent(folder: Path) -> None:
    """Frame and known totals of the invented population, beside the design, the plan and the survey design."""
    for name in ("sampling.yaml", "plan.yaml", "survey.yaml"):
        if folder != SHIPPED:
            shutil.copyfile(SHIPPED / name, folder / name)
    people = population()
    frame(people).write_csv(folder / "frame.csv")
    for name, totals in known_totals(people).items():
        totals.write_csv(folder / f"totals-{name}.csv")


def answer(folder: Path, sample: Path) -> None:
    """What those drawn answer."""
    responses(population(), sample).write_csv(folder / "responses.csv")


def points_of_all(folder: Path) -> Path:
    """The points of the other surveys of the cycle, with those of this one in place of the invented ones."""
    shipped = pl.read_csv(EXAMPLES / "dien-bien-2024" / "districts" / "points.csv", infer_schema=False)
    ours = pl.read_csv(folder / "points.csv", infer_schema=False)
    kept = shipped.filter(~pl.col("item").is_in(ours["item"].to_list()))
    path = folder / "all-points.csv"
    pl.concat([kept, ours.select(kept.columns)]).write_csv(path)
    return path


def walk(folder: Path) -> None:
    """All steps, in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    invent(folder)
    sample, weights = folder / "sample.csv", folder / "weights.csv"
    people, plan, design = folder / "frame.csv", folder / "plan.yaml", folder / "survey.yaml"
    run("survey", "draw", "--design", folder / "sampling.yaml", "--frame", people, "--seed", SEED, "--out", sample)
    run("survey", "draw", "--redraw", folder / "sample-record.json", "--frame", people)
    answer(folder, sample)
    answers = folder / "responses.csv"
    run("survey", "weights", "--sample", sample, "--responses", answers, "--plan", plan, "--out", weights)
    run("survey", "estimate", "--data", weights, "--design", design, "--by", "unit", "--out", folder / "estimates.json")
    run("survey", "points", "--set", SET, "--data", weights, "--design", design, "--out", folder / "points.csv")
    cycle = EXAMPLES / "dien-bien-2024" / "districts"
    tables = [part for name in ("figures", "entries", "units") for part in (f"--{name}", cycle / f"{name}.csv")]
    run("score", "--set", SET, *tables, "--points", points_of_all(folder))


def main() -> None:
    """Walk, or write the shipped inputs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("output/khao-sat"))
    parser.add_argument("--ship", action="store_true")
    options = parser.parse_args()
    walk(options.folder)
    if options.ship:
        for name in ("frame.csv", "responses.csv", "totals-unit.csv", "totals-gender.csv", "totals-age_group.csv"):
            shutil.copyfile(options.folder / name, SHIPPED / name)


if __name__ == "__main__":
    main()
