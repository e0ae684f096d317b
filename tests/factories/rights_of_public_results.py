"""What rows about the public pages need: a publication with a correction, and one under embargo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

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
}
