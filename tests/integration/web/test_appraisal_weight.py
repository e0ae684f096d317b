"""What an item weighs for its appraiser where a sheet of the largest set that ships waits as a whole, flags and all."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client
from tests.factories.world import World, frozen_version, now
from tests.integration.web.test_page_weight import EXPLANATION, figures, items_of, opened_sheet
from tests.journeys.looks import LATER_VISIT

from parindex.database.models import Cycle, Entry, Flag, ItemAppraisal, ScoreSheet
from parindex.documents.criteria_sets.criteria_set_file import load_criteria_set
from parindex.documents.criteria_sets.shipped import shipped_ids, shipped_set_path
from parindex.domain.review.flags import FlagKind, Severity


@pytest.fixture
def full(made: World) -> World:
    """Every item waits for the chair, because nobody is assigned; every one has a flag."""
    paths = [path for path in map(shipped_set_path, shipped_ids()) if path is not None]
    largest = max(paths, key=lambda path: items_of(load_criteria_set(path)))
    version = frozen_version(made.province, made.people["standing_office"], largest)
    found = replace(made, sheet=opened_sheet(made, version))
    figures(found, version)
    Cycle.objects.filter(pk=found.sheet.cycle_id).update(state="appraisal")
    ScoreSheet.objects.filter(pk=found.sheet.pk).update(state="in_appraisal")
    entries = list(Entry.objects.filter(sheet=found.sheet).order_by("position"))
    for number, entry in enumerate(entries):
        entry.explanation, entry.points = EXPLANATION, f"0.{number + 101}"
    Entry.objects.bulk_update(entries, ["explanation", "points"])
    ItemAppraisal.objects.bulk_create(
        ItemAppraisal(
            entry=one, sheet=found.sheet, item_code=one.item_code, position=one.position, flags=1, worst="warn"
        )
        for one in entries
    )  # fmt: skip
    Flag.objects.bulk_create(
        Flag(
            entry=one, kind=FlagKind.PAPER_NOT_ATTACHED, severity=Severity.WARN, raised_at=now(),
            facts=json.dumps({"papers": [f"{137 + 3 * number}/BC-SNV"], "count": number % 7 + 1}),
        )
        for number, one in enumerate(entries)
    )  # fmt: skip
    return found


def test_the_page_of_an_appraiser_keeps_to_its_weight(full: World, as_person: Callable[[str], Client]) -> None:
    client = as_person("chair")
    codes = list(full.sheet.entries.order_by("position").values_list("item_code", flat=True))
    page = client.get(f"/appraisals/{full.sheet.pk}/{codes[40]}/?only=all")
    assert page.text.count('class="queue__t"') == len(codes)
    assert len(gzip.compress(page.content, 6)) <= LATER_VISIT
