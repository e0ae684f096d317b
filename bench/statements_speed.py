"""How long ``parindex check-text`` takes over a paper of a hundred pages, beside reading it alone.

    python -m bench.statements_speed [--pages 100] [--rounds 3]

Seconds of CPU (median of the rounds) and peak memory of whole processes; the floor opens the same file with the same
reader and does nothing with it. The paper is put together from reports that are right each for itself, so that nearly
everything is checked and holds.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from importlib import import_module
from pathlib import Path
from statistics import median
from tempfile import mkdtemp

from bench.processes import Run, python, run

#: A hundred pages of a report, by the pages that its PDF has.
_FIRST_GUESS = 40
_READ = (
    "import sys; from pathlib import Path; from parindex.documents.formats import read_blocks; "
    "read_blocks(Path(sys.argv[1]))"
)


def main() -> int:
    """Write the papers, run both, print a table; 1 where checking takes more than 20 s of CPU."""
    parser = argparse.ArgumentParser(prog="python -m bench.statements_speed", description=__doc__)
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", type=Path, metavar="FOLDER", help="only write the paper")
    options = parser.parse_args()
    if options.write is not None:
        _write(options.write, options.pages)
        return 0
    folder = Path(mkdtemp(prefix="statements-"))
    try:
        # Written by another process: this one must stay small, or its own memory would be measured.
        print(run(python("bench.statements_speed", "--write", folder, "--pages", str(options.pages))).output.strip())
        worst = max(_measured(path, options.rounds) for path in sorted(folder.iterdir()))
    finally:
        shutil.rmtree(folder)
    return 0 if worst < 20 else 1


def _write(folder: Path, pages: int) -> None:
    """The paper in every format, as long as its PDF needs to be to have so many pages."""
    # What writes takes memory that is not to be measured.
    pypdfium2 = import_module("pypdfium2")
    planted = import_module("tests.papers.planted_slips")

    count = _FIRST_GUESS
    while True:
        lines = [line for seed in range(count) for line in next(planted.reports(seed, sections=8)).lines]
        path = folder / "bao-cao.pdf"
        planted.WRITERS[".pdf"](path, lines)
        with pypdfium2.PdfDocument(path) as document:
            written = len(document)
        if written >= pages:
            break
        count = count * pages // written + 1
    for extension, write in planted.WRITERS.items():
        write(path.with_suffix(extension), lines)
    print(f"{written} pages, {len(lines)} lines")


def _measured(path: Path, rounds: int) -> float:
    program: list[str | Path] = [sys.executable, "-m", "parindex", "check-text", path]
    checked = [run(program, accept=(0, 1)) for _ in range(rounds)]
    read = [run([sys.executable, "-c", _READ, path]) for _ in range(rounds)]
    cpu, floor = (median(one.cpu for one in runs) for runs in (checked, read))
    print(f"{path.suffix:6} check-text {cpu:6.2f} s {_peak(checked):4.0f} MB", end="")
    print(f"   reading alone {floor:6.2f} s {_peak(read):4.0f} MB")
    return cpu


def _peak(runs: list[Run]) -> float:
    return max(one.peak for one in runs)


if __name__ == "__main__":
    raise SystemExit(main())
