"""What an entry looks like: each case has exactly one mark."""

from __future__ import annotations

import pytest

from parindex.domain.review.entry_marks import TO_DO, EntryMark, entry_mark


@pytest.mark.parametrize(
    ("state", "has_points", "is_touched", "lacks_evidence", "mark"),
    [
        ("unanswered", False, False, False, EntryMark.UNANSWERED),
        ("unanswered", False, True, False, EntryMark.STARTED),
        ("unanswered", False, True, True, EntryMark.STARTED),
        ("answered", True, True, True, EntryMark.LACKS_EVIDENCE),
        ("answered", True, True, False, EntryMark.DONE),
        ("not_assessed_requested", True, True, True, EntryMark.NOT_ASSESSED_REQUESTED),
        ("not_assessed", False, False, False, EntryMark.NOT_ASSESSED),
        ("pending", False, False, False, EntryMark.PENDING),
    ],
)
def test_the_mark(state: str, has_points: bool, is_touched: bool, lacks_evidence: bool, mark: EntryMark) -> None:
    assert entry_mark(state, has_points=has_points, is_touched=is_touched, lacks_evidence=lacks_evidence) is mark


def test_what_is_left_to_do() -> None:
    assert {EntryMark.UNANSWERED, EntryMark.STARTED, EntryMark.LACKS_EVIDENCE} == TO_DO
