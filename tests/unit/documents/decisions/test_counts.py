"""Numbers written out in front of what they count."""

from __future__ import annotations

import pytest

from parindex.documents.decisions.counts import in_digits


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("hai linh vuc voi nam tieu chi", "2 linh vuc voi 5 tieu chi"),
        ("tam linh vuc, bon muoi ba tieu chi", "8 linh vuc, 43 tieu chi"),
        ("muoi tieu chi va mot tram linh hai tieu chi thanh phan", "10 tieu chi va 102 tieu chi thanh phan"),
        ("hai muoi tu tieu chi, muoi lam tieu chi", "24 tieu chi, 15 tieu chi"),
        ("2 linh vuc, nam (05) tieu chi", "2 linh vuc, 05 tieu chi"),
        ("02 (hai) linh vuc, mot tram linh hai (102) tieu chi", "02 linh vuc, 102 tieu chi"),
        ("nam (2024) tieu chi", "nam (2024) tieu chi"),
        ("mot tieu chi cua nam 2024", "mot tieu chi cua nam 2024"),
    ],
)
def test_counts_in_digits(words: str, expected: str) -> None:
    assert in_digits(words) == expected
