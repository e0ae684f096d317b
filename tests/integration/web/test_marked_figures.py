"""Simulated figures say so wherever their result is public: on pages and in every table that holds them."""

from __future__ import annotations

import csv
import io
import json
import shutil

import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import Client
from tests.factories.published_world import appraised_world, finalised, published
from tests.factories.world import now

from parindex.database.models import ScoreSheet
from parindex.usecases import audit_log
from parindex.usecases.illustrations import SIMULATE

MARK = "Số liệu mô phỏng."


@pytest.fixture
def cycle(db: None) -> int:
    """Published; the figures of the second department were simulated."""
    shutil.rmtree(default_storage.path("open_data"), ignore_errors=True)
    made = appraised_world().made
    other: ScoreSheet = made.other_sheet
    with transaction.atomic():
        what = audit_log.target(other, unit=other.unit_id, cycle=made.cycle)
        audit_log.record(SIMULATE, what, by=made.session("standing_office"), at=now(), after={"items": 5})
    finalised(made)
    published(made)
    return int(made.cycle.pk)


def file(cycle: int, name: str) -> str:
    return b"".join(Client().get(f"/results/{cycle}/data/{name}")).decode("utf-8-sig")


def test_simulated_figures_are_marked_in_every_table_and_on_public_pages(cycle: int) -> None:
    for name in ("units.csv", "items.csv", "figures.csv"):
        rows = csv.DictReader(io.StringIO(file(cycle, name), newline=""))
        assert {(one["unit"], one["simulated"]) for one in rows} == {("so-y-te", "false"), ("so-tu-phap", "true")}
    units = json.loads(file(cycle, "results.json"))["units"]
    assert {one["unit"]: one["simulated"] for one in units} == {"so-y-te": False, "so-tu-phap": True}
    for address in ("", "2.2/"):
        shown = Client().get(f"/results/{cycle}/so-tu-phap/{address}").text
        assert MARK in shown[shown.index("<main") : shown.index("</main>")]
        assert MARK not in Client().get(f"/results/{cycle}/so-y-te/{address}").text
