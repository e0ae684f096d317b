"""A province with a sheet of its own that signed bundles of a district of another installation give figures to."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from parindex.database.models import Cycle, ReceivedBundle, ScoreSheet, Unit
from parindex.domain.review.roles import Role
from parindex.usecases.bundle_preview import preview_of
from parindex.usecases.cycles import NewGroup, add_group, open_cycle
from parindex.usecases.evidence_files import Arrived
from parindex.usecases.received_bundles import receive_bundle
from parindex.usecases.received_keys import trust_key
from parindex.usecases.taking_figures import take_figures
from tests.factories.communes_bundle import asking_set
from tests.factories.verified_here import verified_here
from tests.factories.world import World, frozen_of, now, person, self_scoring, unit, world


@dataclass
class ReceivedWorld:
    """``sheet`` is that of the province; ``officer`` enters it, ``standing_office`` decides whose keys count."""

    made: World
    cycle: Cycle
    sheet: ScoreSheet
    district: Unit


def received_world() -> ReceivedWorld:
    """The small world, a district in it, and a cycle over the province alone, with its officer and its leader."""
    made = world()
    district = unit("huyen", "UBND huyện", "district", made.province)
    unit("xa-b", "Xã B", "commune", district)
    made.people["officer"] = person("officer", made.province, Role.UNIT_OFFICER)
    made.people["head"] = person("head", made.province, Role.UNIT_LEADER)
    office = made.people["standing_office"]
    version = frozen_of(made.version.criteria_set, asking_set(), office, number=2)
    cycle = Cycle.objects.create(
        owner=made.province, owner_path="tinh", title="Cấp tỉnh năm 2025", year=2025, created_by=office,
        created_at=now(),
    )  # fmt: skip
    self_scoring(cycle)
    by = made.session("standing_office")
    group = NewGroup("province", "Cấp tỉnh", version.pk, (made.province.pk,))
    add_group(by=by, at=now(), cycle_id=cycle.pk, group=group)
    open_cycle(by=by, at=now(), cycle_id=cycle.pk)
    return ReceivedWorld(made, cycle, ScoreSheet.objects.get(cycle=cycle), district)


def arrived(path: Path) -> Arrived:
    """A file as it comes in."""
    data = path.read_bytes()
    return Arrived(path, path.name, hashlib.sha256(data).hexdigest(), len(data))


def receive(found: ReceivedWorld, path: Path, by: str = "officer") -> ReceivedBundle:
    """The province receives a bundle."""
    session = found.made.session(by)
    with verified_here():
        return receive_bundle(by=session, at=now(), keeper_id=found.made.province.pk, arrived=arrived(path))


def trust(found: ReceivedWorld, bundle: ReceivedBundle) -> None:
    """Its standing office has compared the key with a paper."""
    office = found.made.session("standing_office")
    digits = bundle.key_fingerprint[-16:]
    trust_key(
        by=office, at=now(), bundle_id=bundle.pk, digits=digits, days=days_of(bundle),
        reason="Công văn số 12/UBND ngày 05/01/2026",
    )  # fmt: skip


def days_of(bundle: ReceivedBundle) -> str:
    """The days of the key of a bundle, as a paper prints them."""
    return f"{bundle.key_from:%d/%m/%Y} – {bundle.key_until:%d/%m/%Y}"


def take_all(found: ReceivedWorld, bundle: ReceivedBundle, by: str = "officer", at: datetime | None = None) -> int:
    """Everything that can be taken is taken."""
    session, moment = found.made.session(by), at or now()
    shown = preview_of(by=session, at=moment, bundle=bundle)
    picked = [one.name for one in shown.pickable]
    return take_figures(by=session, at=moment, bundle_id=bundle.pk, picked=picked, seen=shown.seen)
