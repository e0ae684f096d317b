"""Reading an uploaded paper beside the server: started here, asked for later, by whichever request comes first."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MAX_MEMORY = 2 * 2**30
MAX_SECONDS = 300
_WORKER = "parindex.documents.criteria_drafts.reading_worker"
#: Processes that were still reading when their request ended; asked for their end when the next one starts.
_RUNNING: list[subprocess.Popen[bytes]] = []


@dataclass(frozen=True, slots=True)
class Job:
    """The reading of one paper; ``folder`` keeps its answer and how far it has come."""

    folder: Path
    name: str

    @property
    def target(self) -> Path:
        """Where the answer will be."""
        return self.folder / f"{self.name}.json"

    def start(self, path: Path, shown: str) -> subprocess.Popen[bytes]:
        """Begin to read the file at ``path``, which people call ``shown``."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.forget()
        _ask_for_their_end()
        request = {
            "path": str(path), "name": shown, "target": str(self.target), "memory": MAX_MEMORY, "seconds": MAX_SECONDS,
        }  # fmt: skip
        process = subprocess.Popen(
            [sys.executable, "-I", "-m", _WORKER], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, close_fds=True
        )
        assert process.stdin is not None
        process.stdin.write(json.dumps(request).encode())
        process.stdin.close()
        return process

    def wait(self, process: subprocess.Popen[bytes], seconds: float) -> bool:
        """Whether an answer came within ``seconds``, or the process ended without one."""
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            _RUNNING.append(process)
            return False
        return True

    def answer(self) -> dict[str, Any] | None:
        """What was read, None where it is still being read or nobody does."""
        _ask_for_their_end()
        if not self.target.exists():
            return None
        found: dict[str, Any] = json.loads(self.target.read_text(encoding="utf-8"))
        return found

    def progress(self) -> tuple[int, int] | None:
        """How much of how much has been read."""
        try:
            done, _, of = self.target.with_suffix(".progress").read_text(encoding="utf-8").partition("/")
            return int(done), int(of)
        except (OSError, ValueError):
            return None

    def forget(self) -> None:
        """Take the files of the job away."""
        for ending in (".json", ".part", ".progress"):
            self.target.with_suffix(ending).unlink(missing_ok=True)


def _ask_for_their_end() -> None:
    """A process whose end nobody asks for stays in the table of processes."""
    _RUNNING[:] = [one for one in _RUNNING if one.poll() is None]
