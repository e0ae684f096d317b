"""What the list of units shows: the tree as it stands on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Count, Q

from parindex.database.models import UnitVersion
from parindex.database.queries.units import below, versions_on
from parindex.wording.moments import day as day_text

PAGE = 100


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for: a day (None: today), a unit to look below, words, a page."""

    on: date | None = None
    under: int = 0
    search: str = ""
    page: int = 1

    def query(self, **changes: object) -> str:
        """The address of the same view with some of it changed."""
        words: dict[str, object] = {
            "on": day_text(self.on) if self.on else "", "under": self.under, "search": self.search, "page": self.page
        }  # fmt: skip
        words.update(changes)
        return "?" + urlencode({name: value for name, value in words.items() if value and (name, value) != ("page", 1)})


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit of the tree: how deep it stands below what is shown, and how many units stand directly below it."""

    version: UnitVersion
    depth: int
    children: int


@dataclass(frozen=True, slots=True)
class TreePage:
    """One page of the tree, in the order of its paths."""

    rows: Sequence[UnitRow]
    filters: Filters
    day: date
    found: int
    pages: int
    top: UnitVersion | None

    @property
    def first(self) -> int:
        """The number of the first row shown."""
        return (self.filters.page - 1) * PAGE + 1

    @property
    def last(self) -> int:
        """The number of the last row shown."""
        return self.first + len(self.rows) - 1


def tree_page(filters: Filters, today: date) -> TreePage:
    """Five queries or fewer, however many units there are."""
    day = filters.on or today
    units = versions_on(day)
    top = units.filter(unit=filters.under).first() if filters.under else None
    if top is not None:
        units = units.filter(below(top.path))
    if filters.search:
        units = units.filter(matches(filters.search))
    found = units.count()
    start = (filters.page - 1) * PAGE
    versions = list(units.select_related("unit").order_by("path", "pk")[start : start + PAGE])
    counted = versions_on(day).filter(parent__in=[one.unit_id for one in versions]).values("parent")
    children = {row["parent"]: row["count"] for row in counted.annotate(count=Count("pk")).order_by("parent")}
    base = top.path.count("/") if top else 0
    rows = [
        UnitRow(one, 0 if filters.search else min(one.path.count("/") - base, 5), children.get(one.unit_id, 0))
        for one in versions
    ]
    return TreePage(rows, filters, day, found, max(1, -(-found // PAGE)), top)


def matches(search: str) -> Q:
    """Versions whose code or name contains the words; SQLite compares letters beyond ASCII exactly."""
    found = Q(unit__code__icontains=search)
    for words in {search, search.lower(), search.capitalize(), search.title()}:
        found |= Q(name__icontains=words) | Q(short_name__icontains=words)
    return found
