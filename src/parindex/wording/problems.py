"""Problems in words: what happened, and what to do. Places are worded by :mod:`parindex.wording.places`."""

from __future__ import annotations

from parindex.domain.errors import Problem
from parindex.wording.language import mark, text
from parindex.wording.problem_facts import words_of
from parindex.wording.problems_of_files import FILES
from parindex.wording.problems_of_papers import PAPERS
from parindex.wording.problems_of_results import RESULTS
from parindex.wording.problems_of_sets import SETS
from parindex.wording.problems_of_tables import TABLES

#: Sentence and remedy of every kind; ``{name}`` is a fact.
SENTENCES: dict[str, tuple[str, str]] = {**FILES, **TABLES, **SETS, **RESULTS, **PAPERS}

#: A kind may have a fuller sentence for when one of these facts is known: ``key_unknown/near``.
_VARIANTS = ("near", "at_most")
_OTHER = (mark("Vấn đề “{kind}”."), mark("Kiểm tra lại chỗ được nêu."))


class _Facts(dict[str, str]):
    """A fact that a problem does not carry prints as an ellipsis, never as an error."""

    def __missing__(self, key: str) -> str:
        return "…"


def message(problem: Problem) -> str:
    """What happened."""
    return _worded(problem, 0)


def remedy(problem: Problem) -> str:
    """What to do about it."""
    return _worded(problem, 1)


def _worded(problem: Problem, which: int) -> str:
    facts = _Facts(words_of(problem.facts), kind=problem.kind)
    facts.setdefault("file", problem.place.file or "")
    facts.setdefault("code", problem.place.code or "")
    return text(SENTENCES.get(_variant(problem), _OTHER)[which]).format_map(facts)


def _variant(problem: Problem) -> str:
    """The fuller sentence where the facts allow it."""
    named = (f"{problem.kind}/{name}" for name in _VARIANTS if problem.facts.get(name))
    return next((key for key in named if key in SENTENCES), problem.kind)
