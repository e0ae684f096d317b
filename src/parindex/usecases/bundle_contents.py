"""What the bundle of a publication holds: the frozen snapshot and what was frozen beside it, without names of persons
and without words that are kept from the public.

Everything is read from rows that never change, so the same publication gives the same bytes on any machine and day.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from parindex.database.models import Publication, Snapshot, UnitResult
from parindex.database.queries.opinions_in_order import opinions_in_order
from parindex.database.queries.public_results import owner_name
from parindex.database.queries.units import versions_on
from parindex.database.queries.withheld_texts import public_detail, withheld_in, withheld_places
from parindex.documents.bundles.writer import BundleContents
from parindex.documents.results.snapshots import unpacked, without_reasons
from parindex.domain.publication.bundle import (
    BundleEstimate,
    BundleOpinion,
    BundleOwner,
    LogHead,
    PublicationFacts,
    SimulatedUnit,
)
from parindex.usecases.bundle_origins import origins_of
from parindex.wording.moments import VIET_NAM, local_day


def contents_of(publication: Publication) -> BundleContents:
    """The contents of the bundle of a publication. Some ten queries and one pass over its results."""
    finalisation = publication.finalisation
    stored = Snapshot.objects.get(pk=finalisation.snapshot_id)
    opinions: list[BundleOpinion] = []
    estimates: list[BundleEstimate] = []
    simulated: list[SimulatedUnit] = []
    withheld = withheld_in(publication.cycle_id)
    rows = UnitResult.objects.filter(finalisation=finalisation).order_by("group_code", "position", "pk")
    for one in rows.iterator(chunk_size=50):
        detail = public_detail(one, withheld)
        if detail.get("simulated"):
            simulated.append(SimulatedUnit(one.group_code, one.unit_code))
        for code, item in detail["items"].items():
            opinions += _opinions(one, code, item)
            if item["survey"]:
                estimates.append(_estimate(one, code, item))
    origins = origins_of(finalisation)
    return BundleContents(
        facts=publication_facts(publication),
        snapshot=without_reasons(unpacked(bytes(stored.content)), withheld_places(finalisation)),
        opinions=opinions,
        estimates=estimates,
        logs=[LogHead(str(one["chain"]), int(one["number"]), str(one["hash"])) for one in _heads(publication)],
        origins=origins.listed,
        origin_files=origins.files,
        simulated=simulated,
    )


def publication_facts(publication: Publication) -> PublicationFacts:
    """What a publication says of itself. A few queries."""
    cycle = publication.cycle
    owner = versions_on(local_day(publication.published_at)).filter(unit=cycle.owner_id).first()
    return PublicationFacts(
        title=cycle.title,
        year=cycle.year,
        owner=BundleOwner(cycle.owner.code, owner_name(cycle)),
        level=owner.kind if owner else "",
        number=publication.number,
        published_at=publication.published_at.astimezone(VIET_NAM).isoformat(timespec="seconds"),
        decision_number=publication.decision_number,
        decision_date=publication.decision_date.isoformat(),
        public_from=publication.public_from.astimezone(VIET_NAM).isoformat(timespec="seconds"),
        reason=publication.reason,
    )


def _heads(publication: Publication) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(publication.log_heads)
    return found


def _estimate(result: UnitResult, code: str, item: dict[str, Any]) -> BundleEstimate:
    """Points of a survey, and what they were made of; of what was finalised earlier nobody wrote that down."""
    return BundleEstimate(
        result.group_code, result.unit_code, code, item["survey"], item.get("survey_estimate", ""),
        item["survey_error"], item.get("survey_answers"),
    )  # fmt: skip


def _opinions(result: UnitResult, code: str, item: dict[str, Any]) -> Iterator[BundleOpinion]:
    """Every opinion on an item in the order in which it was given, counted from 1 at each level."""
    rounds = Counter[int]()
    for one in opinions_in_order(item):
        rounds[one["level"]] += 1
        yield BundleOpinion(
            group=result.group_code, unit=result.unit_code, item=code, level=one["level"], round=rounds[one["level"]],
            capacity=one["capacity"], verdict=one["kind"], points=one["points"], reason=one["reason"],
            withheld=one["withheld"], stands=one["stands"],
        )  # fmt: skip
