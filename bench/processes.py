"""Processes that are measured from outside: seconds of CPU (own and of their children) and peak memory."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Run:
    """What one process took: ``cpu`` and ``wall`` in seconds, ``peak`` in MB (10^6 bytes), and what it printed.

    ``peak`` is the resident set; this process must stay small, because Linux counts it until the new program starts.
    """

    cpu: float
    wall: float
    peak: float
    output: str


def run(command: Sequence[str | Path], accept: Sequence[int] = (0,)) -> Run:
    """Run ``command`` to its end. Raises ``RuntimeError`` with what it said where its exit code is none of
    ``accept``.
    """
    started = time.perf_counter()
    # With bytecode kept, as in any installation; otherwise every command would compile what it imports.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen(
        [str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
    )
    output = process.stdout.read() if process.stdout else ""
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in accept:
        raise RuntimeError(f"{' '.join(map(str, command))}\n{output}")
    return Run(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss * 1024 / 1e6, output)


def python(module: str, *arguments: str | Path) -> list[str | Path]:
    """The command that runs a module of this folder with the Python of this process."""
    return [sys.executable, "-m", module, *arguments]
