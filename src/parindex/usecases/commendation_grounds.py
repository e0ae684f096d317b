"""What speaks for commending the units of a publication: each criterion with what it found at each unit.

The inside of a result (areas, items) is read only of units where it decides: of thousands of units a few dozen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from parindex.database.mapping.frozen_sets import FrozenSet, frozen_set
from parindex.database.models import CycleGroup, Publication, UnitResult
from parindex.database.queries.publications import detail_of, last_year_of
from parindex.documents.commendations.criteria import criteria
from parindex.domain.publication.commendations import Criterion, Inside, Standing, Verdict, verdicts
from parindex.domain.values import exact_number

_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Grounds:
    """One unit of a publication with what every criterion found; ``result`` has no details."""

    result: UnitResult
    verdicts: Sequence[Verdict]

    @property
    def met(self) -> list[Verdict]:
        """The criteria that it meets."""
        return [one for one in self.verdicts if one.met]


def grounds_of(
    publication: Publication, at: datetime, *, always: Collection[int] = (), by: Sequence[Criterion] | None = None
) -> list[Grounds]:
    """Every unit in the order of groups and ranks, each with all verdicts.

    Those of a unit that fails a demand anyway are not looked into, except of the sheets in ``always``. A handful of
    queries, and one for every two hundred units whose details decide.
    """
    found = list(_outside(publication, at, criteria() if by is None else by))
    wanted = [one.result.pk for _, one in found if one.result.sheet_id in always or _is_open(one)]
    inside = _insides(publication, wanted)
    return [_looked_into(standing, one, inside) for standing, one in found]


def _outside(publication: Publication, at: datetime, asked: Sequence[Criterion]) -> Iterator[tuple[Standing, Grounds]]:
    """Every unit by what its row says, without its details."""
    rows = UnitResult.objects.filter(finalisation=publication.finalisation_id).defer("detail").select_related("sheet")
    results = sorted(rows, key=lambda one: (one.group_code, one.rank is None, one.rank or 0, one.position))
    ranks = Counter((one.group_code, one.rank) for one in results)
    ranked = Counter(one.group_code for one in results if one.rank is not None)
    before = last_year_of(publication, at)
    for one in results:
        standing = Standing(
            rank=one.rank,
            tied=ranks[one.group_code, one.rank],
            ranked=ranked[one.group_code],
            grade=one.grade,
            index=exact_number(one.index) if one.index else None,
            before=[
                exact_number(last.result.index) if last.result.index else None
                for last in before.get(one.sheet.unit_id, ())
            ],
        )
        yield standing, Grounds(one, verdicts(asked, standing))


def _is_open(one: Grounds) -> bool:
    return any(verdict.open for verdict in one.verdicts)


def _looked_into(standing: Standing, found: Grounds, inside: Mapping[int, Inside]) -> Grounds:
    looked = inside.get(found.result.pk)
    if looked is None:
        return found
    asked = [one.criterion for one in found.verdicts]
    return Grounds(found.result, verdicts(asked, replace(standing, inside=looked)))


def _insides(publication: Publication, results: Sequence[int]) -> dict[int, Inside]:
    """The areas and unanswered items of some results, by their keys."""
    if not results:
        return {}
    groups = CycleGroup.objects.filter(cycle=publication.cycle_id).select_related("set_version")
    sets = {one.code: frozen_set(one.set_version) for one in groups}
    found = {}
    for at in range(0, len(results), _AT_ONCE):
        for one in UnitResult.objects.filter(pk__in=results[at : at + _AT_ONCE]):
            found[one.pk] = inside_of(one, sets[one.group_code])
    return found


def inside_of(result: UnitResult, frozen: FrozenSet) -> Inside:
    """What the details of a result say of its areas and items."""
    detail = detail_of(result)
    areas = {}
    for area in frozen.criteria_set.areas:
        if (stands := detail["nodes"].get(area.code)) is not None:
            title = f"{area.code}. {area.display_title or area.title}"
            areas[title] = (exact_number(stands["points"]), exact_number(stands["max_points"]))
    unanswered = sum(one["state"] == "unanswered" for one in detail["items"].values())
    return Inside(areas, unanswered)
