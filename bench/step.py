"""One peer in a process of its own: ``python -m bench.step PEER FOLDER OUT [REPEATS]``.

Loads FOLDER, computes, writes OUT. With REPEATS it prints, as JSON, the seconds of each repetition of the compute step
(after one that does not count) and the versions; without, it is the peer's whole command and prints nothing.
"""

from __future__ import annotations

import json
import sys
import time
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

PACKAGES = {
    "decimal_loop": (),
    "duckdb_decimal": ("duckdb",),
    "polars_decimal": ("polars",),
    "numpy_fixed": ("numpy",),
    "parindex_engine": ("parindex", "numpy"),
}


def main() -> None:
    """Run one peer."""
    name, folder, out = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    repeats = int(sys.argv[4]) if len(sys.argv) > 4 else 0
    peer = import_module(f"bench.peers.{name}")
    out.mkdir(parents=True, exist_ok=True)
    data = peer.load(folder)
    result = peer.compute(data)
    seconds = []
    for _ in range(repeats):
        started = time.perf_counter()
        result = peer.compute(data)
        seconds.append(time.perf_counter() - started)
    peer.write(result, out)
    if repeats:
        print(json.dumps({"seconds": seconds, "versions": {name: version(name) for name in PACKAGES[name]}}))


if __name__ == "__main__":
    main()
