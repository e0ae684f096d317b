"""The demonstration loads, once, and every account of it comes in."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.factories.world import now

from parindex.database.models import AuditRecord, Cycle, Entry, RoleGrant, ScoreSheet, User
from parindex.domain.review.roles import Role
from parindex.usecases import audit_log
from parindex.usecases.demonstration import load_demonstration
from parindex.wording.audit_log import ACTIONS, KINDS


@pytest.mark.django_db
def test_the_demonstration_loads_once(settings) -> None:  # type: ignore[no-untyped-def]
    settings.DEMO = True
    load_demonstration(at=now())
    cycles = Cycle.objects.count()
    load_demonstration(at=now())
    assert Cycle.objects.count() == cycles
    assert [proof.broken for proof in audit_log.verify()] == [()] * len(audit_log.verify())
    said = AuditRecord.objects.order_by().values_list("action", "object_kind").distinct()
    assert {one for one in said if one[0] not in ACTIONS or one[1] not in KINDS} == set()
    entry = Entry.objects.get(sheet__cycle__year=2020, item_code="7.2.1")
    assert (entry.points, entry.rule_points) == ("0.3112", "89/286")
    assert ScoreSheet.objects.filter(cycle__year=2024).count() == 30
    held = set(RoleGrant.objects.filter(user__is_demo=True).values_list("role", flat=True))
    assert held == {role.value for role in Role}  # every role can be tried
    for user in User.objects.filter(is_demo=True):
        client = Client()
        answer = client.post("/demo/", {"account": user.pk}, follow=True)
        assert (answer.status_code, user.username) == (200, user.username)
