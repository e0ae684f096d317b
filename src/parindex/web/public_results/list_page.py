"""The list of what is published: one line a cycle, with its publications; under embargo the date alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from parindex.database.models import Cycle, Publication


@dataclass(frozen=True, slots=True)
class PublishedCycle:
    """A cycle with its public publications, the first one first; ``awaited``: one whose embargo has not ended."""

    cycle: Cycle
    versions: Sequence[Publication]
    awaited: Publication | None

    @property
    def current(self) -> Publication | None:
        """The publication that holds; None before the first is public."""
        return self.versions[-1] if self.versions else None


def list_page(publications: Sequence[Publication], at: datetime) -> list[tuple[int, list[PublishedCycle]]]:
    """Cycles by year, the latest year first, as ``publications`` come."""
    found: list[PublishedCycle] = []
    for _, rows in groupby(publications, key=lambda one: one.cycle_id):
        all_of = list(rows)
        public = [one for one in all_of if one.public_from <= at]
        awaited = [one for one in all_of if one.public_from > at]
        found.append(PublishedCycle(all_of[0].cycle, public, awaited[0] if awaited else None))
    return [(year, list(some)) for year, some in groupby(found, key=lambda one: one.cycle.year)]
