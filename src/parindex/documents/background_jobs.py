"""Work on uploaded papers beside the server: started here, asked for later, by whichever request comes first."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MAX_MEMORY = 2 * 2**30
MAX_SECONDS = 300
#: Processes that were still at work when their request ended, by where they answer; asked for their end when the next
#: one starts.
_RUNNING: dict[Path, subprocess.Popen[bytes]] = {}


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work of the module ``worker``; ``folder`` keeps its answer and how far it has come."""

    folder: Path
    name: str
    worker: str

    @property
    def target(self) -> Path:
        """Where the answer will be."""
        return self.folder / f"{self.name}.json"

    def start(self, **asked: Any) -> subprocess.Popen[bytes]:
        """Begin with what is ``asked``, as JSON knows it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.forget()
        _ask_for_their_end()
        request = {**asked, "target": str(self.target), "memory": MAX_MEMORY, "seconds": MAX_SECONDS}
        process = subprocess.Popen(
            [sys.executable, "-I", "-m", self.worker], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, close_fds=True
        )
        assert process.stdin is not None
        process.stdin.write(json.dumps(request).encode())
        process.stdin.close()
        return process

    def wait(self, process: subprocess.Popen[bytes], seconds: float) -> bool:
        """Whether an answer came within ``seconds``, or the process ended without one."""
        _RUNNING[self.target] = process
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def answer(self) -> dict[str, Any] | None:
        """What came of it, None where it is still being done or nobody does."""
        if not self.target.exists():
            return None
        found: dict[str, Any] = json.loads(self.target.read_text(encoding="utf-8"))
        return found

    def has_failed(self) -> bool:
        """Whether the process that this server began has ended without an answer."""
        process = _RUNNING.get(self.target)
        return process is not None and process.poll() is not None and not self.target.exists()

    def progress(self) -> tuple[int, int] | None:
        """How much of how much has been done."""
        try:
            done, _, of = self.target.with_suffix(".progress").read_text(encoding="utf-8").partition("/")
            return int(done), int(of)
        except (OSError, ValueError):
            return None

    def stop(self) -> None:
        """End the work where this server began it; elsewhere it ends by its limits, and nobody asks for its answer."""
        process = _RUNNING.pop(self.target, None)
        if process is not None:
            process.kill()
            process.wait()
        self.forget()

    def forget(self) -> None:
        """Take the files of the job away."""
        for ending in (".json", ".part", ".progress"):
            self.target.with_suffix(ending).unlink(missing_ok=True)


def _ask_for_their_end() -> None:
    """A process whose end nobody asks for stays in the table of processes."""
    for target, process in list(_RUNNING.items()):
        if process.poll() is not None and target.exists():
            _RUNNING.pop(target, None)
