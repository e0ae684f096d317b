"""The application under load, beside floors of the same process: ``make bench-web``.

Loads 3,321 units with a sheet of every item of the districts' set into SQLite, serves them with granian (one worker, as
``parindex serve`` does), and asks for pages one after another and by several clients at once. What counts are the
ratios against the floors (``web_floors.py``) inside one run; milliseconds are of this machine at this hour.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import platform
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bench import web_appraisal
from bench.web_load import Ask, Load, figures, get, measure, measure_in_turn, post
from bench.web_typing import dense, typed

SERVE = "import sys; from parindex.cli.serve import _serve; _serve('127.0.0.1', int(sys.argv[1]))"
#: What is measured, the floor it is held against, and how many times the floor it may take.
AIMS = {
    "floor read": ("", 0.0),
    "floor table": ("", 0.0),
    "floor write": ("", 0.0),
    "score sheet item": ("floor table", 3.0),
    "autosave": ("floor write", 3.0),
    "typing hints": ("floor read", 3.0),
    "- dense in figures": ("floor read", 0.0),
    "overview": ("floor table", 5.0),
    **web_appraisal.AIMS,
}
MEMORY = 400


@dataclass(frozen=True, slots=True)
class Measured:
    """One address: asked by one client, in turn with its floor, and by several at once."""

    alone: list[Load]
    floors: list[Load]
    together: list[Load]

    @property
    def milliseconds(self) -> float:
        """One client, the middle of the rounds."""
        return median(load.middle for load in self.alone)

    @property
    def times_floor(self) -> float:
        """One client: how many times as long as the floor that was asked in turn with it."""
        return median(one.middle / floor.middle for one, floor in zip(self.alone, self.floors, strict=True))

    @property
    def rate(self) -> float:
        """Requests a second with several clients."""
        return median(load.rate for load in self.together)


def main() -> int:
    """Load, serve, measure, print; 1 where an aim is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.web", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="how often everything is measured, in turn (default 3)")
    parser.add_argument("--seconds", type=float, default=4, help="how long each address is asked (default 4)")
    parser.add_argument("--keep", type=Path, help="keep the database in this folder, and use what is there")
    options = parser.parse_args()
    folder = options.keep or Path(tempfile.mkdtemp(prefix="parindex-bench-web-"))
    try:
        return _bench(folder.resolve(), options.rounds, options.seconds)
    finally:
        if not options.keep:
            shutil.rmtree(folder)


def _bench(folder: Path, rounds: int, seconds: float) -> int:
    environment = {
        **os.environ, "PARINDEX_HOME": str(folder), "DJANGO_SETTINGS_MODULE": "bench.web_settings",
        "PARINDEX_SECRET_KEY": "bench",
    }  # fmt: skip
    plan_file = folder / "plan.json"
    if not plan_file.exists():
        started = time.perf_counter()
        subprocess.run([sys.executable, "-m", "bench.web_data", str(plan_file)], env=environment, check=True)
        print(f"loaded in {time.perf_counter() - started:.0f} s, {_size(folder):.0f} MB", flush=True)
    plan = json.loads(plan_file.read_text(encoding="utf-8"))
    port = _free_port()
    server = subprocess.Popen([sys.executable, "-c", SERVE, str(port)], env=environment, stdout=subprocess.DEVNULL)
    try:
        _wait(port)
        measured = _measure(port, plan, rounds, seconds)
        memory = _memory(server.pid)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)
    plan_file.unlink()  # what has been saved is another figure than the plan says
    return _report(measured, memory, plan)


def _measure(port: int, plan: dict[str, Any], rounds: int, seconds: float) -> dict[str, Measured]:
    asks = _asks(plan)
    for one in asks.values():
        measure(port, one[:1], 0.5)  # what is read once a process has been read
    found = {name: Measured([], [], []) for name in asks}
    for _ in range(rounds):
        for name, several in asks.items():
            floor, _aim = AIMS[name]
            alone, *beside = measure_in_turn(port, [several[0], *asks.get(floor, ())[:1]], seconds)
            found[name].alone.append(alone)
            found[name].floors.extend(beside)
            found[name].together.append(measure(port, several, seconds))
    return found


def _asks(plan: dict[str, Any]) -> dict[str, Sequence[Ask]]:
    officers, office = plan["officers"], plan["office"]

    def item(one: dict[str, Any]) -> str:
        return f"/sheets/{one['sheet']}/items/{one['code']}/"

    return {
        "floor read": [get("/floor/read/", one["cookie"]) for one in officers],
        "floor table": [get("/floor/table/", one["cookie"]) for one in officers],
        "floor write": [
            post(f"/floor/write/{one['floor_entry']}/", one["cookie"], lambda number: {"text": str(number)})
            for one in officers
        ],
        "score sheet item": [get(item(one), one["cookie"]) for one in officers],
        "autosave": [post(item(one), one["cookie"], figures(one["measure"], one["value"])) for one in officers],
        **{
            name: [
                post("/text-checks/hints/", one["cookie"], text(at, len(officers))) for at, one in enumerate(officers)
            ]
            for name, text in (("typing hints", typed), ("- dense in figures", dense))
        },
        "overview": [get(f"/cycles/{plan['cycle']}/", office) for _ in officers],
        **web_appraisal.asks(plan),
    }


def _report(measured: dict[str, Measured], memory: float, plan: dict[str, Any]) -> int:
    clients = len(plan["officers"])
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}, {plan['items']} items a sheet\n")
    print(f"{'':18}{'ms alone':>10}{'× floor':>9}{'aim':>6}{f'a second, {clients} clients':>24}{'× floor':>9}{'KB':>7}")
    missed = []
    for name, (floor, aim) in AIMS.items():
        one = measured[name]
        line = f"{name:18}{one.milliseconds:10.1f}"
        if floor:
            ratio = one.times_floor
            busy = measured[floor].rate / one.rate
            line += f"{ratio:9.1f}{f'{aim:.0f}' if aim else '':>6}{one.rate:24.0f}{busy:9.1f}"
            if aim and ratio > aim:
                missed.append(name)
        else:
            line += f"{'':15}{one.rate:24.0f}{'':9}"
        print(f"{line}{one.alone[0].size / 1000:7.1f}")
    print(f"\nserver: {memory:.0f} MB (aim {MEMORY})")
    if memory > MEMORY:
        missed.append("memory")
    print(f"missed: {', '.join(missed)}" if missed else "every aim met")
    return int(bool(missed))


def _memory(pid: int) -> float:
    """The most that the server and its workers have held, in MB."""
    pids = [pid, *map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split())]
    found = 0.0
    for one in pids:
        lines = Path(f"/proc/{one}/status").read_text(encoding="ascii").splitlines()
        found += next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) * 1024 / 1e6
    return found


def _free_port() -> int:
    with socket.socket() as made:
        made.bind(("127.0.0.1", 0))
        return int(made.getsockname()[1])


def _wait(port: int) -> None:
    for _ in range(200):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/login/")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server does not answer")


def _size(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.glob("*.sqlite3*")) / 1e6


if __name__ == "__main__":
    sys.exit(main())
