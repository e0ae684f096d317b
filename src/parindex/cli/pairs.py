"""Two inputs of the same kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from parindex.domain.errors import InvalidInput, Place, Problem

Name = TypeVar("Name")
Read = TypeVar("Read")


def both(read: Callable[[Name], Read], one: Name, two: Name) -> tuple[Read, Read]:
    """Both inputs; what is wrong with either is said at once.

    Raises :class:`InvalidInput` with the problems of both, a missing file among them.
    """
    problems: list[Problem] = []
    found: list[Read] = []
    for name in (one, two):
        try:
            found.append(read(name))
        except InvalidInput as error:
            problems.extend(error.problems)
        except FileNotFoundError as error:
            problems.append(Problem("file_not_found", Place(file=str(error.filename))))
    if problems:
        raise InvalidInput(problems)
    return found[0], found[1]
