"""Reading what was published: each function says how many queries it makes.

What is public is a matter of time alone: an embargo ends by its moment, whether or not the clock of the server has
announced it by then.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, QuerySet
from django.utils.timezone import localdate

from parindex.database.models import Cycle, Finalisation, Publication, ScoreSheet, UnitResult
from parindex.database.queries.ended_units import taken_over
from parindex.domain.review.stages import CycleState


def public_publications(at: datetime) -> QuerySet[Publication]:
    """Everything that is public at ``at``, with cycle and finalisation, the latest year first."""
    found = Publication.objects.filter(public_from__lte=at).select_related("cycle", "finalisation")
    return found.order_by("-cycle__year", "cycle", "-number")


def public_publication(cycle_id: int, at: datetime) -> Publication | None:
    """The publication of a cycle that holds at ``at``: the last that is public by then. One query."""
    return public_publications(at).filter(cycle=cycle_id).first()


def public_states(cycles: Collection[Cycle], at: datetime) -> dict[int, CycleState]:
    """How far each cycle has come for those who read only what is public at ``at``: until its embargo ends a published
    one is finalised, and a corrected one is what it was before. One query where any is published.
    """
    over = [one.pk for one in cycles if one.state in (CycleState.PUBLISHED, CycleState.CORRECTED)]
    rows = Publication.objects.filter(cycle__in=over, public_from__lte=at) if over else Publication.objects.none()
    numbers = dict(rows.order_by().values_list("cycle").annotate(last=Max("number")))
    shown = dict.fromkeys(over, CycleState.FINALISED)
    shown |= {key: CycleState.CORRECTED if number > 1 else CycleState.PUBLISHED for key, number in numbers.items()}
    return {one.pk: shown.get(one.pk, CycleState(one.state)) for one in cycles}


def latest_publication(cycle_id: int) -> Publication | None:
    """The publication of a cycle that was made last, whether or not its embargo has ended. One query."""
    rows = Publication.objects.filter(cycle=cycle_id).select_related("cycle", "finalisation")
    return rows.defer("finalisation__minutes", "log_heads", "difference").order_by("-number").first()


def versions_of(cycle_id: int, at: datetime) -> list[Publication]:
    """Every publication of a cycle that is public at ``at``, the first one first. One query."""
    return sorted(public_publications(at).filter(cycle=cycle_id), key=lambda one: one.number)


def result_of(publication: Publication, unit_code: str) -> UnitResult | None:
    """What it gave one unit, with the details. One query."""
    return UnitResult.objects.filter(finalisation=publication.finalisation_id, unit_code=unit_code).first()


def public_result(sheet: ScoreSheet, at: datetime) -> UnitResult | None:
    """What the publication that holds at ``at`` gave the unit of a sheet; None before one is public. One query."""
    rows = UnitResult.objects.filter(sheet=sheet, finalisation__publication__public_from__lte=at)
    return rows.order_by("-finalisation__publication__number").first()


def detail_of(result: UnitResult) -> dict[str, Any]:
    """How the points of a unit came about: parts, nodes and items by code, with every word as it was stored. No query
    where the details are loaded.

    Its numbers may be shown to everybody, its words to those alone who read the appraisal: what everybody reads is
    :func:`~parindex.database.queries.withheld_texts.public_detail`.
    """
    detail: dict[str, Any] = json.loads(zlib.decompress(bytes(result.detail)))
    return detail


def details_digest(finalisation: Finalisation) -> str:
    """The SHA-256 of what the rows of a finalisation show, as the log keeps it: its snapshot says less. One query."""
    rows = UnitResult.objects.filter(finalisation=finalisation).order_by("group_code", "position", "pk")
    found = hashlib.sha256()
    for *facts, detail in rows.values_list(
        "group_code", "position", "unit_code", "unit_name", "ranked", "detail"
    ).iterator(chunk_size=50):
        # SQLite keeps what it is given: a text in the place of bytes must show as a change, too.
        content = detail.encode() if isinstance(detail, str) else bytes(detail)
        found.update(f"{json.dumps([*facts, len(content)], ensure_ascii=False)}\n".encode())
        found.update(content)
    return found.hexdigest()


def last_finalisation(cycle: Cycle) -> Finalisation | None:
    """The finalisation of a cycle that holds; None where there is none, or it was taken up again. One query."""
    found = Finalisation.objects.filter(cycle=cycle, reopened_at=None).select_related("snapshot")
    return found.defer("snapshot__content").order_by("-number").first()


# --- the year before -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LastYear:
    """The result of the year before that stands beside a unit; ``taken_over``: of a unit whose place it has taken,
    which is shown with that unit's name.
    """

    result: UnitResult
    name: str
    taken_over: bool


def publication_before(publication: Publication, at: datetime) -> Publication | None:
    """The publication that held at ``at`` of the same owner's cycle of the year before. One query.

    Of several cycles of that year, one that has a group of this cycle; of those, the one whose publication is latest.
    """
    cycle = publication.cycle
    codes = list(cycle.groups.order_by().values_list("code", flat=True))
    rows = public_publications(at).filter(
        cycle__owner=cycle.owner_id, cycle__year=cycle.year - 1, cycle__groups__code__in=codes
    )
    return rows.order_by("-published_at", "-pk").first()


def last_year_of(
    publication: Publication, at: datetime, units: Collection[int] | None = None
) -> Mapping[int, Sequence[LastYear]]:
    """By unit (its key), what stands beside it of the year before: its own result in the group of the same code; else
    those of the units whose place it has taken, each with its name. ``units``: those that are asked for; None: all.
    Four queries, some more where units have ended.

    Results of several units that became one are never added or averaged here: all are shown.
    """
    before = publication_before(publication, at)
    if before is None:
        return {}
    earlier = _by_unit(before, units)
    found: dict[int, list[LastYear]] = {}
    without: dict[int, str] = {}
    for unit, result in _by_unit(publication, units).items():
        own = earlier.get(unit)
        if own is not None and own.group_code == result.group_code:
            found[unit] = [LastYear(own, own.unit_name, taken_over=False)]
        else:
            without[unit] = result.group_code
    followed = taken_over(sorted(without), localdate(at)) if without else {}
    if units is not None and followed:
        earlier = _by_unit(before, {one for ended in followed.values() for one in ended})
    for unit, ended in followed.items():
        results = [earlier[one] for one in ended if one in earlier]
        mine = [one for one in results if one.group_code == without[unit]]
        if mine:
            found[unit] = [LastYear(one, one.unit_name, taken_over=True) for one in mine]
    return found


def _by_unit(publication: Publication, units: Collection[int] | None) -> dict[int, UnitResult]:
    rows = UnitResult.objects.filter(finalisation=publication.finalisation_id).defer("detail").select_related("sheet")
    if units is not None:
        rows = rows.filter(sheet__unit__in=units)
    return {one.sheet.unit_id: one for one in rows.order_by("group_code", "position")}
