"""Work on an uploaded file in a process of its own, with limits on memory and time.

The libraries that draw pages are written in C, are not made for several threads, and are fed by anybody; XML grows in
memory. A file that takes them down, fills the memory or never ends costs that process and a message, not the server.
"""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from parindex.documents.readers import limits
from parindex.domain.errors import InvalidInput, Place, Problem

MAX_MEMORY = 1 * 2**30
MAX_SECONDS = 20
#: So many processes at once; a page full of thumbnails waits instead of filling the machine.
_PLACES = threading.BoundedSemaphore(2)
_log = logging.getLogger(__name__)
_WORKER = "parindex.documents.evidence_files.worker"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the process found: facts, and bytes such as a picture."""

    facts: dict[str, Any]
    data: bytes


def ask(operation: str, path: Path, *, name: str, seconds: int = MAX_SECONDS, **options: Any) -> Answer:
    """The answer of ``operation`` (see :mod:`~parindex.documents.evidence_files.worker`) on the file at ``path``.

    Raises :class:`~parindex.domain.errors.InvalidInput` with the problem that the process names, else
    ``evidence_too_demanding`` where it took too long or too much memory. ``name`` is what people call the file.
    """
    request = {"operation": operation, "path": str(path), "memory": MAX_MEMORY, "seconds": seconds, "options": options}
    try:
        with _PLACES:
            # No shell, no environment variable decides anything: -I leaves out folder, user site and PYTHON*.
            done = subprocess.run(
                [sys.executable, "-I", "-m", _WORKER],
                input=json.dumps(request).encode(),
                capture_output=True,
                timeout=seconds + 5,
                check=False,
            )
    except subprocess.TimeoutExpired:
        raise _too_demanding(name, seconds) from None
    if done.stderr:
        _log.warning("%s: %s", operation, done.stderr.decode(errors="replace")[-2_000:])
    head, _, data = done.stdout.partition(b"\n")
    if done.returncode or not head:
        raise _too_demanding(name, seconds)
    facts: dict[str, Any] = json.loads(head)
    if "problem" in facts:
        place = Place(file=name, page=facts.get("page"))
        raise InvalidInput([Problem(facts.pop("problem"), place, facts)])
    return Answer(facts, data)


def _too_demanding(name: str, seconds: int) -> InvalidInput:
    return limits.refused(
        Path(name), "evidence_too_demanding", place=Place(file=name), seconds=seconds, megabytes=MAX_MEMORY // 2**20
    )
