"""The process that checks uploaded papers; started as a background job only."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from parindex.documents.arithmetic.bounded import bounded
from parindex.documents.arithmetic.checked import PrintedPaper, check_papers
from parindex.documents.arithmetic.stored_findings import checked_data
from parindex.documents.background_worker import Progress, answer_request, or_problems, progress_beside
from parindex.documents.formats import read_blocks
from parindex.documents.stored_facts import problem_data
from parindex.domain.errors import Problem


def answered(files: Sequence[Mapping[str, str]], target: Path) -> dict[str, Any]:
    """What was found in the papers ``files`` (path, name), held against each other, and what kept any of them from
    being read: the others are checked all the same.
    """
    say = progress_beside(target)
    papers: list[PrintedPaper] = []
    problems: list[dict[str, Any]] = []
    doubts: list[Problem] = []
    for number, one in enumerate(files):
        unread = or_problems(_reading(one, papers, doubts, _part(say, number, len(files))), one["name"])
        problems += unread.get("problems", ())
    names = ", ".join(one.file for one in papers)
    checked = or_problems(lambda: {"papers": [checked_data(one) for one in check_papers(papers)]}, names)
    return {
        "papers": checked.get("papers", []),
        "problems": [*problems, *checked.get("problems", ())],
        "doubts": [problem_data(one) for one in doubts],
    }


def _reading(
    one: Mapping[str, str], papers: list[PrintedPaper], doubts: list[Problem], say: Progress
) -> Callable[[], dict[str, Any]]:
    def read() -> dict[str, Any]:
        blocks, unsure = read_blocks(Path(one["path"]), say)
        papers.append(PrintedPaper(one["name"], bounded(one["name"], blocks)))
        doubts.extend(unsure)
        return {}

    return read


def _part(say: Progress, number: int, of: int) -> Progress:
    """Progress of one of several papers, in hundredths of each."""
    return lambda done, whole: say(100 * number + 100 * done // max(1, whole), 100 * of)


if __name__ == "__main__":
    raise SystemExit(answer_request(lambda asked: answered(asked["files"], Path(asked["target"]))))
