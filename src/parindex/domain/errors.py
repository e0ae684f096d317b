"""What the domain raises, and how it points at a place.

The domain never words a problem: it names the kind and the facts. Sentences are made in :mod:`parindex.wording`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


class ParindexError(Exception):
    """Any error that the domain raises on purpose."""


class InvalidValue(ParindexError, ValueError):
    """A value that its type does not allow: ``kind`` names what is wrong, ``facts`` the figures for the sentence."""

    def __init__(self, kind: str, **facts: Any) -> None:
        super().__init__(kind, facts)
        self.kind = kind
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a paper or a data file; every part is optional.

    ``row`` counts the data rows of the table from 1 (heads are not counted); ``line`` counts lines of a text file;
    ``cell`` is a spreadsheet address such as ``C12``; ``path`` is a path into a YAML file (``tree/2.3/2.3.1``).
    """

    file: str | None = None
    page: int | None = None
    sheet: str | None = None
    table: str | None = None
    row: int | None = None
    cell: str | None = None
    line: int | None = None
    code: str | None = None
    path: str | None = None

    def as_data(self) -> dict[str, Any]:
        """The parts that are known, in reading order."""
        return {name: getattr(self, name) for name in self.__slots__ if getattr(self, name) is not None}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that makes input unusable or a result incomplete: kind, place and facts, to be worded later."""

    kind: str
    place: Place = field(default_factory=Place)
    facts: dict[str, Any] = field(default_factory=dict)


class InvalidInput(ParindexError):
    """Input that cannot be used, with every problem at once; nothing of it has been taken."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems, first: {problems[0].kind}")
        self.problems = problems
