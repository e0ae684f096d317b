"""The national run: 3,321 units × 107 items by parindex and by its peers, compared cell by cell. ``make bench``.

Two things are timed. The *compute step* starts from the columns that each engine likes best and ends with points,
index, grade and rank (wall clock, median over the repetitions and rounds). The *whole command* goes from Parquet to
Parquet (seconds of CPU and peak memory of its process, median over the rounds); parindex's is ``parindex score``, which
also writes states, origins, criteria and areas.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import mkdtemp

from bench.processes import Run, python, run

PEERS = {
    "decimal_loop": "Python Decimal loop",
    "duckdb_decimal": "DuckDB DECIMAL",
    "polars_decimal": "Polars Decimal",
    "numpy_fixed": "NumPy, bare",
    "parindex_engine": "parindex",
}
PARINDEX = "parindex_engine"
REPEATS = 5


@dataclass(slots=True)
class Measured:
    """What the rounds of one peer gave."""

    compute: list[float] = field(default_factory=list)
    commands: list[Run] = field(default_factory=list)

    @property
    def milliseconds(self) -> float:
        """The compute step."""
        return median(self.compute) * 1000

    @property
    def cpu(self) -> float:
        """The whole command, seconds of CPU."""
        return median(one.cpu for one in self.commands)

    @property
    def peak(self) -> float:
        """The whole command, MB."""
        return max(one.peak for one in self.commands)


def main() -> int:
    """Generate, run, compare, print; 1 where a cell differs."""
    parser = argparse.ArgumentParser(prog="python -m bench.national", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="how often every peer is run, in turn (default 3)")
    parser.add_argument("--years", type=int, default=10, help="how many years the long run has (default 10; 0: none)")
    parser.add_argument("--keep", type=Path, help="keep input and results in this folder")
    options = parser.parse_args()
    folder = options.keep or Path(mkdtemp(prefix="parindex-bench-"))
    try:
        return _measure(folder, options.rounds, options.years)
    finally:
        if options.keep is None:
            shutil.rmtree(folder)


def _measure(folder: Path, rounds: int, years: int) -> int:
    one_year = folder / "1"
    _say(f"generating 1 year in {folder}")
    run(python("bench.generator", one_year, "1"))
    measured = {peer: Measured() for peer in PEERS}
    for peer in PEERS:  # not counted: compiles what is imported, brings the files into memory
        run(_command(peer, one_year, _made(folder / "out" / peer)), accept=(0, 1))
    versions: dict[str, str] = {}
    for number in range(rounds):
        for peer, title in PEERS.items():
            _say(f"round {number + 1} of {rounds}: {title}")
            _round(peer, one_year, folder / "out" / peer, measured[peer], versions)
    outs = [folder / "out" / peer for peer in PEERS]
    compared = json.loads(run(python("bench.compare", *outs, folder / "out" / PARINDEX / "command")).output)
    differences = list(compared["differences"].values())
    _print_machine(versions)
    _print_table(measured, differences, compared["cells"])
    _print_targets(measured, differences)
    if years:
        _print_years(folder, years, measured)
    return int(any(differences))


def _round(peer: str, data: Path, out: Path, into: Measured, versions: dict[str, str]) -> None:
    """Both measurements of one peer, once."""
    step = json.loads(run(python("bench.step", peer, data, out, str(REPEATS))).output.splitlines()[-1])
    into.compute.extend(step["seconds"])
    versions.update(step["versions"])
    into.commands.append(run(_command(peer, data, out), accept=(0, 1)))


def _command(peer: str, data: Path, out: Path) -> list[str | Path]:
    """The whole command of a peer: Parquet to Parquet."""
    if peer != PARINDEX:
        return python("bench.step", peer, data, out)
    target = _made(out / "command")
    tables: list[str | Path] = ["--figures", data / "figures.parquet", "--entries", data / "entries.parquet"]
    return python("parindex", "score", "--set", data / "set.yaml", *tables, "--out", target / "units.parquet")


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


# --- what is printed -----------------------------------------------------------------------------------------------


def _say(text: str) -> None:
    print(f"… {text}", file=sys.stderr, flush=True)


def _print_machine(versions: dict[str, str]) -> None:
    listed = ", ".join(f"{name} {number}" for name, number in sorted(versions.items()))
    print(f"\n{os.cpu_count()} cores, Python {platform.python_version()}, {listed}")


def _print_table(measured: dict[str, Measured], differences: list[int], cells: int) -> None:
    bare = measured["numpy_fixed"].milliseconds
    print(f"\n3,321 units × 107 items, {cells:,} cells compared\n")
    print(f"{'':22}{'compute ms':>11}{'× bare':>8}{'CPU s':>8}{'peak MB':>9}{'cells that differ':>19}")
    for (peer, title), different in zip(PEERS.items(), differences, strict=False):
        one = measured[peer]
        shown = f"{one.milliseconds:>11.1f}{one.milliseconds / bare:>8.1f}{one.cpu:>8.2f}{one.peak:>9.0f}"
        print(f"{title:22}{shown}{different:>19,}")
    print(f"{'parindex score':22}{'':36}{differences[-1]:>19,}")


def _print_targets(measured: dict[str, Measured], differences: list[int]) -> None:
    ours, loop, bare = measured[PARINDEX], measured["decimal_loop"], measured["numpy_fixed"]
    help_cpu = median(run(python("parindex", "--help")).cpu for _ in range(5))
    faster, times_bare = loop.milliseconds / ours.milliseconds, ours.milliseconds / bare.milliseconds
    times_polars = ours.cpu / measured["polars_decimal"].cpu
    print()
    for text, reached in (
        (f"digit for digit the Decimal results: {sum(differences):,} cells differ", not any(differences)),
        (f"compute at least 25 times faster than the Decimal loop: {faster:.1f}", faster >= 25),
        (f"compute at most 2 times the bare NumPy: {times_bare:.1f}", times_bare <= 2),
        (f"whole command at most 2 times the Polars one: {times_polars:.1f}", times_polars <= 2),
        (f"whole command under 400 MB: {ours.peak:.0f}", ours.peak < 400),
        (f"parindex --help under 0.3 s of CPU: {help_cpu:.2f}", help_cpu < 0.3),
    ):
        print(f"{'✓' if reached else '✗'} {text}")


def _print_years(folder: Path, years: int, one_year: dict[str, Measured]) -> None:
    """The same with ``years`` times the units: what takes more than ``years`` times as long is not linear."""
    _say(f"generating {years} years")
    run(python("bench.generator", folder / str(years), str(years)))
    print(f"\n{years} years, {3321 * years:,} units × 107 items (× is against one year)\n")
    print(f"{'':22}{'compute ms':>11}{'×':>6}{'CPU s':>8}{'×':>6}{'peak MB':>9}")
    for peer, title in PEERS.items():
        _say(f"{years} years: {title}")
        long = Measured()
        _round(peer, folder / str(years), folder / "out" / f"{peer}-{years}", long, {})
        before = one_year[peer]
        compute = f"{long.milliseconds:>11.1f}{long.milliseconds / before.milliseconds:>6.1f}"
        print(f"{title:22}{compute}{long.cpu:>8.2f}{long.cpu / before.cpu:>6.1f}{long.peak:>9.0f}")


if __name__ == "__main__":
    sys.exit(main())
