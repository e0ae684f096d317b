"""Signatures at the same moment: one after the other, none twice, none lost, the chain of the log whole."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from tests.factories.parts_world import PartsWorld, parts_world
from tests.factories.world import now

from parindex.database.models import Submission
from parindex.documents.receipts.claim import fingerprint_of
from parindex.domain.review.refusal import Refusal
from parindex.usecases import audit_log, submissions
from parindex.usecases.claims import claim_text, review_of

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.waiting,
]


def together(*acts: Callable[[], object]) -> list[object]:
    """What acts in their own threads give, begun at the same moment; a refusal gives its code."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        barrier.wait(timeout=20)
        try:
            return act()
        except Refusal as refused:
            return refused.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [done.result(timeout=60) for done in [pool.submit(run, act) for act in acts]]


def filled() -> PartsWorld:
    """The sheet of the province, divided and filled."""
    made = parts_world()
    made.fill("1.1", "1.2", "2.1", "2.2")
    return made


def test_two_clicks_at_the_same_moment_are_one_signature() -> None:
    parts = filled()
    part, leader = parts.part("so-y-te"), parts.session("leader")
    seen = fingerprint_of(claim_text(review_of(parts.now(), part)))

    def sign() -> object:
        return submissions.submit_part(by=leader, at=now(), part_id=part.pk, seen=seen).pk

    first, second = together(sign, sign)
    assert first == second
    assert Submission.objects.filter(part=part).count() == 1


def test_two_lead_units_sign_at_the_same_moment() -> None:
    parts = filled()

    def sign(lead: str, leader: str) -> Callable[[], object]:
        part, session = parts.part(lead).pk, parts.session(leader)
        return lambda: submissions.submit_part(by=session, at=now(), part_id=part).number

    assert together(sign("so-y-te", "leader"), sign("so-tu-phap", "other_leader")) == [1, 1]
    assert not any(proof.broken for proof in audit_log.verify())


def test_a_signature_and_the_deadline_at_the_same_moment() -> None:
    parts = filled()
    leader, part = parts.session("leader"), parts.part("so-y-te").pk
    late = now() + timedelta(days=20)
    together(
        lambda: submissions.submit_part(by=leader, at=now(), part_id=part),
        lambda: submissions.lock_overdue(at=late),
    )
    found = (parts.now().state, parts.part("so-y-te").state, Submission.objects.filter(part=part).count())
    assert found in {("locked", "submitted", 1), ("locked", "locked", 0)}


def test_compiling_and_withdrawing_at_the_same_moment() -> None:
    parts = filled()
    for lead, leader in (("so-y-te", "leader"), ("so-tu-phap", "other_leader")):
        submissions.submit_part(by=parts.session(leader), at=now(), part_id=parts.part(lead).pk)
    office, leader, part = parts.session("standing_office"), parts.session("leader"), parts.part("so-y-te").pk
    together(
        lambda: submissions.compile_sheet(by=office, at=now(), sheet_id=parts.sheet.pk),
        lambda: submissions.withdraw_part(by=leader, at=now(), part_id=part, reason="Sửa"),
    )
    assert (parts.now().state, parts.part("so-y-te").state) in {("awaiting_signature", "submitted"), ("open", "open")}
