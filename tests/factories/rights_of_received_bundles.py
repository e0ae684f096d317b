"""What rows about bundles need: one that the department has received, with its own figures; its key trusted."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from parindex.database.models import ReceivedBundle
from parindex.domain.publication.bundle import BundleOwner
from parindex.domain.publication.snapshot import FrozenUnit
from parindex.domain.review.roles import Role
from parindex.usecases.bundle_preview import preview_of
from parindex.usecases.evidence_files import Arrived
from parindex.usecases.received_bundles import receive_bundle
from parindex.usecases.received_keys import TYPED_DIGITS, trust_key
from tests.factories.communes_bundle import district_bundle, district_key, frozen_communes
from tests.factories.received_world import days_of
from tests.factories.rights_world import RightsWorld
from tests.factories.verified_here import verified_here
from tests.factories.world import now


def _received(rights: RightsWorld) -> ReceivedBundle:
    """A bundle of the department with its own figures."""
    group = frozen_communes({"received": ("700",), "on_time": ("600",)}, (FrozenUnit("so-y-te", "Sở Y tế"),))
    with TemporaryDirectory() as folder:
        path = district_bundle(Path(folder), district_key(), group, owner=BundleOwner("so-y-te", "Sở Y tế"))
        data = path.read_bytes()
        arrived = Arrived(path, path.name, hashlib.sha256(data).hexdigest(), len(data))
        by, keeper = rights.session(Role.UNIT_OFFICER), rights.made.department.pk
        with verified_here():
            found = receive_bundle(by=by, at=now(), keeper_id=keeper, arrived=arrived)
    rights.places |= {"bundle": found.pk, "digits": found.key_fingerprint[-TYPED_DIGITS:], "key_days": days_of(found)}
    return found


def _given(rights: RightsWorld) -> None:
    _received(rights)


def _trusted(rights: RightsWorld) -> None:
    """The standing office trusts its key, and an officer looks at what it gives."""
    found = _received(rights)
    office = rights.session(Role.STANDING_OFFICE)
    digits = str(rights.places["digits"])
    made = trust_key(
        by=office, at=now(), bundle_id=found.pk, digits=digits, days=days_of(found), reason="Công văn số 12"
    )
    shown = preview_of(by=rights.session(Role.UNIT_OFFICER), at=now(), bundle=found)
    rights.places |= {"key": made.pk, "pick": shown.pickable[0].name, "seen": shown.seen}


GIVEN: dict[str, Callable[[RightsWorld], None]] = {
    "bundle_received": _given, "bundle_trusted": _trusted,
}  # fmt: skip
