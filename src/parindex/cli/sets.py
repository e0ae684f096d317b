"""A criteria set as an argument: the path of a file, or the id of a set that ships with parindex."""

from __future__ import annotations

import difflib
from pathlib import Path

from parindex.documents.criteria_sets.criteria_set_file import load_criteria_set
from parindex.documents.criteria_sets.shipped import shipped_ids, shipped_set_path
from parindex.documents.formats import READERS
from parindex.domain.criteria.criteria_set import CriteriaSet
from parindex.domain.errors import InvalidInput, Place, Problem


def criteria_set(name: str) -> CriteriaSet:
    """The set at a path or with a shipped id.

    Raises :class:`InvalidInput`: ``unknown_set`` with the ids that exist, ``set_is_a_paper`` for a file that must be
    read into a set first.
    """
    path = set_path(name)
    if is_paper(path):
        raise InvalidInput([Problem("set_is_a_paper", Place(file=str(path)))])
    return load_criteria_set(path)


def is_paper(path: Path) -> bool:
    """Whether a file is one of those that papers come in."""
    return path.suffix.lower() in READERS


def set_path(name: str) -> Path:
    """The file of a set, or of a paper."""
    path = Path(name)
    if path.exists():
        return path
    if is_paper(path):
        raise InvalidInput([Problem("no_such_file", Place(file=name))])
    shipped = shipped_set_path(name)
    if shipped is None:
        near = difflib.get_close_matches(name, shipped_ids(), n=1)
        raise InvalidInput(
            [Problem("unknown_set", Place(), {"name": name, "known": list(shipped_ids()), "near": near})]
        )
    return shipped
