"""Reading bundles that came from another level: which there are, whose keys are trusted, what figures came of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from parindex.database.mapping.figures import Key
from parindex.database.models import MatchedUnit, ReceivedBundle, ScoreSheet, TakenFigure, TrustedKey
from parindex.database.queries.key_pieces import pieces
from parindex.database.queries.score_sheets import sheets
from parindex.database.queries.units import below, versions_on
from parindex.domain.publication.fed_measures import OurUnit
from parindex.domain.review.roles import UNIT_ROLES, Actor, Role
from parindex.domain.review.stages import CycleState

#: So many codes are asked for in one query.
_AT_ONCE = 500
#: Cycles in which figures may still come.
_RUNNING = (CycleState.OPEN, CycleState.APPRAISAL)


def received(keepers: Collection[int]) -> QuerySet[ReceivedBundle]:
    """The bundles of some units, the last one first, with how many figures of each stand."""
    standing = Count("figures", filter=Q(figures__ended_at=None))
    rows = ReceivedBundle.objects.filter(keeper__in=keepers).select_related("received_by", "keeper")
    return rows.annotate(standing=standing).order_by("-pk")


def signed_by_other_key(bundle: ReceivedBundle) -> list[ReceivedBundle]:
    """The bundles that are the same publication of the same owner for the same unit, by another key: one of them may
    be by somebody else. One query, the first that came first.
    """
    rows = ReceivedBundle.objects.filter(
        keeper=bundle.keeper_id, sender_code=bundle.sender_code, kind=bundle.kind, year=bundle.year,
        title=bundle.title, number=bundle.number,
    )  # fmt: skip
    return list(rows.exclude(key_fingerprint=bundle.key_fingerprint).order_by("pk"))


@dataclass(frozen=True, slots=True)
class Keeper:
    """A unit whose bundles somebody reads; ``receives``: and receives, as who enters for it or as its office."""

    id: int
    name: str
    path: str
    receives: bool


def keepers_of(actor: Actor, day: date) -> list[Keeper]:
    """The units for which this person receives bundles, or whose bundles they audit, by name. One query."""
    roles = (*UNIT_ROLES, Role.STANDING_OFFICE, Role.AUDITOR)
    held = [one for one in actor.grants if one.role in roles and one.cycle is None]
    paths = {one.path for one in held}
    rows = versions_on(day).filter(path__in=paths).order_by("name", "pk")
    may = {one.path for one in held if one.role is not Role.AUDITOR}
    return [Keeper(one.unit_id, one.name, one.path, one.path in may) for one in rows]


def trusted_keys(keepers: Collection[int]) -> QuerySet[TrustedKey]:
    """The keys that standing offices of these units have trusted, those that are revoked too."""
    rows = TrustedKey.objects.filter(keeper__in=keepers)
    return rows.select_related("unit", "trusted_by", "revoked_by").order_by("unit__code", "pk")


def asking_sheets(keeper: int) -> list[ScoreSheet]:
    """The sheets that bundles of a unit may give figures to: its own, and those of the cycles that it runs; in cycles
    that still go on. One query.
    """
    mine = Q(unit=keeper) | Q(cycle__owner=keeper)
    return list(sheets().filter(mine, cycle__state__in=_RUNNING).select_related("unit").order_by("pk"))


def offices_of(keeper: int, asked: Collection[ScoreSheet]) -> set[int]:
    """The units whose standing offices decide which keys count for bundles of ``keeper``: itself, and those that run
    the cycles of its own sheets.
    """
    return {keeper, *(one.cycle.owner_id for one in asked if one.unit_id == keeper)}


def our_units(keeper: str, keeper_id: int, sender: str, codes: Collection[str], day: date) -> dict[str, OurUnit]:
    """Which units at or below ``keeper`` (its path) the codes of a sender mean: by the same code, or as a person has
    said. Two queries, one more where somebody has said something.
    """
    known = versions_on(day).filter(below(keeper))
    found: dict[str, OurUnit] = {}
    wanted_codes = sorted(codes)
    for first in range(0, len(wanted_codes), _AT_ONCE):
        rows = known.filter(unit__code__in=wanted_codes[first : first + _AT_ONCE]).values_list("unit__code", "path")
        found |= {code: OurUnit(code, path) for code, path in rows}
    said = {one.code: one for one in MatchedUnit.objects.filter(keeper=keeper_id, sender_code=sender).order_by("pk")}
    wanted = {one.unit_id for one in said.values() if one.unit_id is not None}
    named = known.filter(unit__in=wanted).values_list("unit", "unit__code", "path") if wanted else ()
    places = {unit: OurUnit(code, path) for unit, code, path in named}
    for code, one in said.items():
        if one.unit_id is None:
            found.pop(code, None)
        elif code in codes and one.unit_id in places:
            found[code] = places[one.unit_id]
    return found


#: What was taken of bundles and stands, by unit and figure.
Standing = Mapping[tuple[int, Key], Sequence[TakenFigure]]


def standing_figures(units: Collection[int], measures: Collection[str]) -> Standing:
    """What was taken of bundles for some units and stands, with the bundles. One query, none without units."""
    found: dict[tuple[int, Key], list[TakenFigure]] = {}
    for some in pieces(units):
        rows = TakenFigure.objects.filter(unit__in=some, ended_at=None).select_related("bundle").order_by("pk")
        for one in rows.filter(measure__in=measures):
            found.setdefault((one.unit_id, (one.measure, one.year)), []).append(one)
    return found


def taken_of(bundle: int) -> QuerySet[TakenFigure]:
    """Every figure that was taken of a bundle, those that ended too."""
    return TakenFigure.objects.filter(bundle=bundle).select_related("sheet", "taken_by").order_by("pk")


def sheets_fed_by(bundle: int) -> list[int]:
    """The sheets on which something of a bundle stands, or stood."""
    rows = TakenFigure.objects.filter(bundle=bundle).order_by("sheet").values_list("sheet", flat=True)
    return list(rows.distinct())
