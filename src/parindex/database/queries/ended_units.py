"""Units that have ended: what took their place, and what is left to do in their name; each function says its queries.

A unit has ended on a day where it has begun and its last version by then is over. Whoever was recorded as successor of
a unit that went on (a part of it was given off) has not taken its place, not even when that ends later
(``UnitSuccession.takes_over``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from parindex.database.models import Cycle, ScoreSheet, SheetPart, UnitSuccession, UnitVersion
from parindex.database.queries.prepared import prepared
from parindex.database.queries.score_sheets import sheets
from parindex.database.queries.units import latest_on
from parindex.domain.review.ended_units import Endings
from parindex.domain.review.roles import Actor
from parindex.domain.review.stages import CycleState

#: Cycles that are not over.
RUNNING = (CycleState.DRAFT, CycleState.OPEN, CycleState.APPRAISAL)


def ended_on(day: date) -> QuerySet[UnitVersion]:
    """The last version of every unit that has ended by ``day``."""
    return latest_on(day).filter(valid_to__lt=day)


def endings_of(units: Collection[int], gone: Collection[int], day: date) -> Endings:
    """What roles at ``units`` need to know of units that have ended, ``gone`` those of them that do not hold.

    One query, one more a generation; three more where some do not hold.
    """
    last = _places(ended_on(day).filter(unit__in=gone)) if gone else {}
    taken = taken_over(units, day)
    followed = set(
        _begun(UnitSuccession.objects.filter(predecessor__in=last), day).values_list("predecessor", flat=True)
    )
    alone = {unit: {unit, *taken.get(unit, ())} for unit in last.keys() - followed}
    busy = _at_work({one for some in alone.values() for one in some})
    return Endings(
        last,
        {unit: tuple(places.values()) for unit, places in taken.items()},
        frozenset(unit for unit, some in alone.items() if some & busy),
    )


def successors(units: Collection[int], day: date) -> dict[int, dict[int, str]]:
    """Of those of ``units`` that have ended: the units that have taken their place, whoever followed these in turn,
    with their paths; of a way that ends, the last on it. One query, three more a generation of units that have ended.
    """
    found: dict[int, dict[int, str]] = {}
    passed: set[tuple[int, int]] = set()
    ended = _places(ended_on(day).filter(unit__in=units))
    origins = {unit: {unit} for unit in ended}
    while origins:
        rows = _begun(UnitSuccession.objects.filter(predecessor__in=origins), day).order_by("predecessor", "successor")
        pairs = list(rows.values_list("predecessor", "successor"))
        followed = {before for before, _ in pairs}
        for unit in origins.keys() - followed:
            _note(found, unit, ended[unit], origins[unit] - {unit})
        after: dict[int, set[int]] = {}
        for before, unit in pairs:
            after.setdefault(unit, set()).update(one for one in origins[before] if (one, unit) not in passed)
        passed |= {(origin, unit) for unit, some in after.items() for origin in some}
        ended = _places(ended_on(day).filter(unit__in=after))
        for unit, path in _places(latest_on(day).filter(unit__in=after.keys() - ended.keys())).items():
            _note(found, unit, path, after[unit])
        origins = {unit: after[unit] for unit in ended if after[unit]}
    return found


def _note(found: dict[int, dict[int, str]], unit: int, path: str, origins: Iterable[int]) -> None:
    for origin in origins:
        found.setdefault(origin, {})[unit] = path


def working_for(units: Collection[int], day: date) -> dict[int, tuple[int, ...]]:
    """The units whose people work for each of ``units``: itself, or those that have taken its place. One query where
    none has ended.
    """
    followed = successors(units, day)
    return {unit: tuple(followed[unit]) if followed.get(unit) else (unit,) for unit in units}


def colleagues(actor: Actor, unit: int, path: str, day: date) -> tuple[int, ...]:
    """The units whose people work for the one at ``path`` beside ``actor``; no query for who works there itself."""
    return working_for([unit], day)[unit] if actor.stands_in(path) else (unit,)


def running_sheets(codes: Collection[str]) -> list[ScoreSheet]:
    """The sheets that units fill or lead a part of, in cycles that run or are prepared, with parts. Two queries."""
    led = SheetPart.objects.filter(lead_unit__code__in=codes).values("sheet")
    found = sheets().filter(Q(unit__code__in=codes) | Q(pk__in=led), cycle__state__in=RUNNING).prefetch_related("parts")
    return list(found.order_by("-cycle__year", "cycle", "pk"))


def taken_over(units: Collection[int], day: date) -> dict[int, dict[int, str]]:
    """By unit, the units whose place it has taken, and theirs in turn, with where each stood last. One query, one more
    a generation.
    """
    origins = {unit: {unit} for unit in units}
    found: dict[int, dict[int, str]] = {}
    while origins:
        following: dict[int, set[int]] = {}
        for unit, ended, path, follows in _ended_before(units=sorted(origins), day=day):
            new = {one for one in origins[unit] if one != ended and ended not in found.get(one, ())}
            for one in new:
                found.setdefault(one, {})[ended] = path
            if follows and new:
                following.setdefault(ended, set()).update(new)
        origins = following
    return found


@prepared
def _ended_before(units: list[int], day: date) -> QuerySet[UnitVersion, tuple[int, int, str, bool]]:
    """A unit of ``units``, one that has ended and that it followed, where that stood last, whether it followed any."""
    ended = ended_on(day).filter(unit__succeeded_by__successor__pk__in=units, unit__succeeded_by__takes_over=True)
    followed = UnitSuccession.objects.filter(successor=OuterRef("unit"), takes_over=True)
    ended = ended.annotate(follows=Exists(followed))
    return ended.order_by("path", "unit").values_list("unit__succeeded_by__successor", "unit", "path", "follows")


def _begun(rows: QuerySet[UnitSuccession], day: date) -> QuerySet[UnitSuccession]:
    """Those by which a place was taken, and whose successor is there already, or has been."""
    begun = UnitVersion.objects.filter(valid_from__lte=day).order_by().values("unit")
    return rows.filter(takes_over=True, successor__in=begun)


def _places(versions: QuerySet[UnitVersion]) -> dict[int, str]:
    return dict(versions.order_by("path", "unit").values_list("unit", "path"))


def _at_work(units: Collection[int]) -> set[int]:
    """Those of ``units`` that have a sheet, a part of one, or a cycle of their own in cycles that are not over."""
    if not units:
        return set()
    own = ScoreSheet.objects.filter(unit__in=units, cycle__state__in=RUNNING).annotate(at=F("unit"))
    led = SheetPart.objects.filter(lead_unit__in=units, sheet__cycle__state__in=RUNNING).annotate(at=F("lead_unit"))
    run = Cycle.objects.filter(owner__in=units, state__in=RUNNING).annotate(at=F("owner"))
    rows = [one.order_by().values_list("at") for one in (own, led, run)]
    return {unit for (unit,) in rows[0].union(rows[1], rows[2])}
