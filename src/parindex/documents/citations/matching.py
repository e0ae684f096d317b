"""Which cited document is which of the documents that a unit has: by number, and by date where numbers repeat."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from parindex.documents.citations.citation import Citation, number_key

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Numbered(Generic[T]):
    """A document that citations may mean; numbers begin anew each year, so its date belongs to its name."""

    document: T
    number: str
    date: date | None = None


@dataclass(frozen=True, slots=True)
class Match(Generic[T]):
    """The documents that a citation may mean; ``sure`` where it can only be that one.

    None: not among the documents. Several: the number alone does not tell them apart. One that is not sure: number
    as cited, but another date.
    """

    citation: Citation
    documents: tuple[T, ...]
    sure: bool


def matched(citations: Iterable[Citation], documents: Iterable[Numbered[T]]) -> list[Match[T]]:
    """For each citation the documents of that number: those of the cited date, else of the cited year, else all."""
    by_key: dict[str, list[Numbered[T]]] = defaultdict(list)
    for document in documents:
        by_key[number_key(document.number)].append(document)
    return [_match(citation, by_key.get(citation.key, [])) for citation in citations]


def _match(citation: Citation, found: list[Numbered[T]]) -> Match[T]:
    day = citation.date.day if citation.date is not None else None
    if day is None:
        return Match(citation, tuple(one.document for one in found), sure=len(found) == 1 and citation.date is None)
    same_day = [one for one in found if one.date == day]
    if same_day:
        return Match(citation, tuple(one.document for one in same_day), sure=len(same_day) == 1)
    undated = [one for one in found if one.date is None]
    same_year = [one for one in found if one.date is not None and one.date.year == day.year]
    left = same_year or undated or found
    return Match(citation, tuple(one.document for one in left), sure=len(left) == len(undated) == 1)
