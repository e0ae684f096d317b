"""What rows about the public pages need: a publication with a correction, and one under embargo."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta

from parindex.database.models import Publication, PublicationBundle
from parindex.usecases.bundles import bundle_path
from tests.factories.public_rankings import Ranked, ranking
from tests.factories.rights_world import RightsWorld
from tests.factories.world import now

UNITS = (Ranked("Sở Tài chính", error="0.05"), Ranked("Sở Xây dựng", {"1.2": "1"}, ("2.2",), error="0.05"))


def _published(rights: RightsWorld) -> None:
    """A ranking of last year and this one, the latter corrected."""
    ranking(rights.made, UNITS, year=2024)
    first = ranking(rights.made, UNITS, year=2025)
    ranking(rights.made, UNITS, cycle=first.cycle, number=2, reason="Đính chính mục 1.2.", difference="[]")
    rights.places |= {
        "public_cycle": first.cycle_id, "public_unit": "don-vi-2", "public_code": "1.2", "public_file": "units.csv",
        "public_number": 1,
    }  # fmt: skip


def _bundle(rights: RightsWorld) -> None:
    """The file of the first publication of this year, as the clock leaves it."""
    content = b"PK"
    digest = hashlib.sha256(content).hexdigest()
    path = bundle_path(digest)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    for one in Publication.objects.filter(cycle=rights.places["public_cycle"]):
        PublicationBundle.objects.create(
            publication=one, number=1, fingerprint=digest, file_digest=digest, size=2, withheld=0, software="0",
            made_at=now(),
        )  # fmt: skip
    rights.places["public_bundle_file"] = "tinh-2025-1.parindex.zip"


def _embargoed(rights: RightsWorld) -> None:
    """A ranking that is public in three days."""
    found = ranking(rights.made, UNITS, year=2025, public_from=now() + timedelta(days=3))
    rights.places |= {
        "public_cycle": found.cycle_id, "public_unit": "don-vi-2", "public_code": "1.2", "public_file": "units.csv",
        "public_number": 1,
    }  # fmt: skip


GIVEN: dict[str, Callable[[RightsWorld], None]] = {
    "public_ranking": _published,
    "public_embargo": _embargoed,
    "public_bundle": _bundle,
}
