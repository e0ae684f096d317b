"""One peer of the survey bench in a process of its own: ``python -m bench.survey_step PEER FOLDER DESIGN REPEATS``.

Loads FOLDER, lays the sample out, estimates REPEATS times (after one that does not count, if more than one), writes the
figures to FOLDER/PEER_DESIGN.npz, and prints, as JSON, the seconds of CPU and of the clock that the estimates took.
"""

from __future__ import annotations

import json
import sys
import time
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

import numpy as np


def main() -> None:
    """Run one peer."""
    name, folder, design, repeats = sys.argv[1], Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
    peer = import_module(f"bench.survey_peers.{name}")
    data = peer.load(folder)
    cpu, wall = [], []
    for _ in range(repeats + (repeats > 1)):
        started = time.process_time(), time.perf_counter()
        found = peer.compute(data, design)
        cpu.append(time.process_time() - started[0])
        wall.append(time.perf_counter() - started[1])
    np.savez(folder / f"{name}_{design}.npz", **found)
    versions = {package: version(package) for package in peer.PACKAGES}
    print(json.dumps({"cpu": cpu[-repeats:], "wall": wall[-repeats:], "versions": versions}))


if __name__ == "__main__":
    main()
