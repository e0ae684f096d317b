"""The process that reads an uploaded paper: takes a request, writes its answer into a file, ends.

Papers come from anybody and some are long: reading them in a process of its own, with limits on memory and time, keeps
the server alive and lets a request end before the reading does. Started by
:mod:`~parindex.documents.criteria_drafts.background_reading` only.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from pathlib import Path
from typing import Any

from parindex.documents.checked_papers import ReadSet, read_sets
from parindex.documents.criteria_drafts.draft import draft_of_paper
from parindex.documents.criteria_drafts.stored_facts import problem_data
from parindex.documents.criteria_sets.criteria_set_file import load_criteria_set
from parindex.documents.evidence_files.worker import limit_resources
from parindex.documents.read_paper import read_paper
from parindex.domain.errors import InvalidInput, Place, Problem

YAML = (".yaml", ".yml")


def main() -> int:
    """Answer one request."""
    request = json.load(sys.stdin)
    limit_resources(request["memory"], request["seconds"])
    answer = answered(Path(request["path"]), request["name"], Path(request["target"]))
    target = Path(request["target"])
    waiting = target.with_suffix(".part")
    waiting.write_text(json.dumps(answer, ensure_ascii=False), encoding="utf-8")
    waiting.replace(target)
    return 0


def answered(path: Path, name: str, target: Path) -> dict[str, Any]:
    """The sets in the file at ``path``, or the problems that keep it from being read."""
    try:
        return {"sets": [_set_data(one) for one in _sets(path, target)]}
    except InvalidInput as error:
        problems = error.problems
    except MemoryError:
        problems = [Problem("evidence_too_demanding", Place(file=name), {"seconds": 0, "megabytes": 0})]
    except Exception as error:
        # A reader that stumbles over a file does so in its own way; what it was is for the log of the server.
        traceback.print_exc()
        problems = [Problem("file_damaged", Place(file=name), {"reason": type(error).__name__})]
    return {"problems": [_named(problem_data(problem), name) for problem in problems]}


def _sets(path: Path, target: Path) -> list[ReadSet]:
    if path.suffix.lower() in YAML:
        return [ReadSet(load_criteria_set(path))]
    progress = target.with_suffix(".progress")

    def say(done: int, of: int) -> None:
        progress.write_text(f"{done}/{of}", encoding="utf-8")

    paper = read_paper(path, progress=say)
    if not paper.tables:
        found = sorted({one.kind.value for one in paper.measured})
        raise InvalidInput([Problem("no_criteria_set", Place(file=paper.file), {"found": found})])
    return read_sets(paper)


def _set_data(read: ReadSet) -> dict[str, str]:
    draft = draft_of_paper(read)
    return {"content": draft.content, "reading": draft.reading}


def _named(data: dict[str, Any], name: str) -> dict[str, Any]:
    """The problem at the file that people know, not at where it is kept."""
    if "file" in data["place"]:
        data["place"]["file"] = name
    return data


if __name__ == "__main__":
    # Nothing that a reader prints may reach the answer.
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    raise SystemExit(main())
