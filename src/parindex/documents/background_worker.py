"""What every process of :mod:`~parindex.documents.background_jobs` does: takes a request, answers into a file, ends.

Papers come from anybody and some are long: work on them in a process of its own, with limits on memory and time, keeps
the server alive and lets a request end before the work does.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from parindex.documents.evidence_files.worker import limit_resources
from parindex.documents.stored_facts import problem_data
from parindex.domain.errors import InvalidInput, Place, Problem

#: Called with (done, all) while the work goes on.
Progress = Callable[[int, int], None]


def answer_request(answer: Callable[[dict[str, Any]], dict[str, Any]]) -> int:
    """Answer the one request of this process: the answer is whole when its file is there."""
    # Nothing that a reader prints may reach the answer.
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    request = json.load(sys.stdin)
    limit_resources(request["memory"], request["seconds"])
    data = answer(request)
    target = Path(request["target"])
    waiting = target.with_suffix(".part")
    waiting.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    waiting.replace(target)
    return 0


def or_problems(make: Callable[[], dict[str, Any]], name: str) -> dict[str, Any]:
    """What ``make`` answers, or the problems that kept it from answering, at the file that people call ``name``."""
    try:
        return make()
    except InvalidInput as error:
        problems = error.problems
    except MemoryError:
        problems = [Problem("evidence_too_demanding", Place(file=name), {"seconds": 0, "megabytes": 0})]
    except Exception as error:
        # A reader that stumbles over a file does so in its own way; what it was is for the log of the server.
        traceback.print_exc()
        problems = [Problem("file_damaged", Place(file=name), {"reason": type(error).__name__})]
    return {"problems": [_named(problem_data(problem), name) for problem in problems]}


def _named(data: dict[str, Any], name: str) -> dict[str, Any]:
    """The problem at the file that people know, not at where it is kept."""
    if "file" in data["place"]:
        data["place"]["file"] = name
    return data


def progress_beside(target: Path) -> Progress:
    """Says how far the work has come where :meth:`Job.progress` looks for it."""
    place = target.with_suffix(".progress")

    def say(done: int, of: int) -> None:
        place.write_text(f"{done}/{of}", encoding="utf-8")

    return say
