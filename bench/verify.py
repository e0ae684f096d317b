"""Verifying the bundle of a nation: 3,321 units × 107 items, an opinion on every item. ``make bench-verify``.

``parindex verify`` as a process of its own (seconds of CPU and peak memory), beside the floor: reading the same files
out of the archive, hashing them and parsing their JSON, which is the least that anybody can do. The cycle is that of
``make bench``; opinions are invented. ``--workbook`` writes the workbook with live formulas, too (minutes).
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import shutil
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median
from tempfile import mkdtemp
from unittest import mock

from bench.processes import Run, python, run

BUNDLE, KEY = "national.parindex.zip", "key.pem"
#: Seconds of CPU, MB.
MOST_CPU, MOST_PEAK = 10, 600


def main() -> int:
    """Make the bundle, measure, print; 1 where an aim is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.verify", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="how often each is run, in turn (default 3)")
    parser.add_argument("--workbook", action="store_true", help="with the workbook of live formulas")
    parser.add_argument("--keep", type=Path, help="keep the bundle in this folder, and use what is there")
    parser.add_argument("--step", choices=("make", "floor"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        _make(options.keep, workbook=options.workbook) if options.step == "make" else _floor(options.keep)
        return 0
    folder = options.keep or Path(mkdtemp(prefix="parindex-bench-"))
    try:
        return _measured(folder, options.rounds, ["--workbook"] if options.workbook else [])
    finally:
        if options.keep is None:
            shutil.rmtree(folder)


def _measured(folder: Path, rounds: int, more: list[str]) -> int:
    if not (folder / BUNDLE).exists():
        print(f"… making the bundle in {folder}", file=sys.stderr, flush=True)
        run(python("bench.verify", "--step", "make", "--keep", folder, *more))
    command = python("parindex", "verify", folder / BUNDLE, "--key", folder / "key.public.json")
    ours, floor = [], []
    for _ in range(rounds):
        ours.append(run(command))
        floor.append(run(python("bench.verify", "--step", "floor", "--keep", folder)))
    size = (folder / BUNDLE).stat().st_size / 1e6
    print(f"3,321 units × 107 items, a bundle of {size:.1f} MB\n\n{'':34}{'CPU s':>8}{'peak MB':>9}")
    _print("read, hash, parse JSON (floor)", floor)
    _print("parindex verify", ours)
    cpu, peak = median(one.cpu for one in ours), max(one.peak for one in ours)
    print(f"\n{cpu / median(one.cpu for one in floor):.1f} times the floor")
    for words, reached in (
        (f"under {MOST_CPU} s of CPU: {cpu:.1f}", cpu < MOST_CPU),
        (f"under {MOST_PEAK} MB: {peak:.0f}", peak < MOST_PEAK),
    ):
        print(f"{'✓' if reached else '✗'} {words}")
    return int(cpu >= MOST_CPU or peak >= MOST_PEAK)


def _print(title: str, runs: list[Run]) -> None:
    print(f"{title:34}{median(one.cpu for one in runs):>8.2f}{max(one.peak for one in runs):>9.0f}")


def _floor(folder: Path) -> None:
    with zipfile.ZipFile(folder / BUNDLE) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            hashlib.sha256(content).hexdigest()
            if name.endswith(".json"):
                json.loads(content)


def _make(folder: Path, *, workbook: bool) -> None:
    """The bundle of the cycle that the national run scores; every sheet is final."""
    from tests.factories.bundles import FACTS, signing_key, text_of

    from bench.generator import generate
    from parindex.documents.bundles import writer
    from parindex.documents.bundles.keys import save_key
    from parindex.documents.criteria_sets.criteria_set_file import fingerprint, load_criteria_set
    from parindex.documents.cycles.data_tables import CycleFiles, read_cycle
    from parindex.domain.publication.bundle import BundleOpinion
    from parindex.domain.publication.freezing import GroupTitle, frozen_group
    from parindex.domain.publication.snapshot import FrozenGroup
    from parindex.domain.scoring.score_sheet import Origin

    def opinions(group: FrozenGroup) -> Iterator[BundleOpinion]:
        for code, item in group.items.items():
            granted = item.typed.get(Origin.APPRAISED, ("",) * len(group.units))
            for unit, points in zip(group.units, granted, strict=True):
                verdict = "accept" if points else "ask"
                yield BundleOpinion(group.code, unit.code, code, 1, 1, "member", verdict, points)

    folder.mkdir(parents=True, exist_ok=True)
    generate(folder)
    made = load_criteria_set(folder / "set.yaml")
    cycle = read_cycle(made, CycleFiles(folder / "figures.parquet", folder / "entries.parquet"))
    title = GroupTitle("communes", "Xã, phường, đặc khu")
    group = frozen_group(title, made, fingerprint(made), cycle.figures, cycle.sheets)
    facts, key = replace(FACTS, year=made.year or FACTS.year), signing_key()
    save_key(key, folder / KEY)
    contents = writer.BundleContents(facts, text_of([group], facts.year), opinions(group))
    # Nothing of the workbook is recomputed by ``verify``: it is hashed, and stands for itself.
    empty = mock.patch.object(writer, "workbook_bytes", return_value=b"PK\5\6" + bytes(18))
    with contextlib.nullcontext() if workbook else empty:
        writer.write_bundle(folder / BUNDLE, contents, key)


if __name__ == "__main__":
    sys.exit(main())
