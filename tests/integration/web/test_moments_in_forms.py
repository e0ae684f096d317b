"""Every field for a moment takes what this site prints for one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from tests.factories.appraisal_world import appraisal_world
from tests.factories.world import now, world

from parindex.database.models import Extension, Vote
from parindex.usecases.opinions import Said
from parindex.web.appraisals.said_form import SaidForm
from parindex.wording.moments import moment

pytestmark = pytest.mark.django_db
WHEN = (now() + timedelta(days=30)).replace(second=0, microsecond=0)


def test_an_extension_is_asked_for_until_a_moment() -> None:
    made = world()
    client = Client()
    client.force_login(made.people["owner"])
    client.post(f"/sheets/{made.sheet.pk}/extension/", {"until": moment(WHEN), "reason": "Mất điện"})
    assert Extension.objects.get().until == WHEN


def test_the_time_to_vote_ends_at_a_moment() -> None:
    found = appraisal_world()
    client = Client()
    client.force_login(found.people["secretary"])
    where = f"/appraisals/{found.sheet.pk}/1.1/"
    words = {
        "entry": str(found.entry("1.1").pk), "points": "0,5", "reason": "Không thống nhất", "mode": "writing",
        "until": moment(WHEN),
    }  # fmt: skip
    client.post(f"{where}votes/", words)
    assert Vote.objects.get().ends_at == WHEN


def test_an_answer_is_due_at_a_moment() -> None:
    said: Said = SaidForm({"kind": "ask", "question": "Vì sao?", "due": moment(WHEN)}).said()
    assert said.due_at == WHEN
