"""The process that reads an uploaded paper into criteria sets; started as a background job only."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from parindex.documents.background_worker import answer_request, or_problems, progress_beside
from parindex.documents.checked_papers import ReadSet, read_sets
from parindex.documents.criteria_drafts.draft import draft_of_paper
from parindex.documents.criteria_sets.criteria_set_file import load_criteria_set
from parindex.documents.read_paper import read_paper
from parindex.domain.errors import InvalidInput, Place, Problem

YAML = (".yaml", ".yml")


def answered(path: Path, name: str, target: Path) -> dict[str, Any]:
    """The sets in the file at ``path``, or the problems that keep it from being read."""
    return or_problems(lambda: {"sets": [_set_data(one) for one in _sets(path, target)]}, name)


def _sets(path: Path, target: Path) -> list[ReadSet]:
    if path.suffix.lower() in YAML:
        return [ReadSet(load_criteria_set(path))]
    paper = read_paper(path, progress=progress_beside(target))
    if not paper.tables:
        found = sorted({one.kind.value for one in paper.measured})
        raise InvalidInput([Problem("no_criteria_set", Place(file=paper.file), {"found": found})])
    return read_sets(paper)


def _set_data(read: ReadSet) -> dict[str, str]:
    draft = draft_of_paper(read)
    return {"content": draft.content, "reading": draft.reading}


if __name__ == "__main__":
    raise SystemExit(answer_request(lambda asked: answered(Path(asked["path"]), asked["name"], Path(asked["target"]))))
