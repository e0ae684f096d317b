"""Explanations are read once: what was read is kept, is never needed, and says nothing to anybody by itself."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client
from tests.factories.appraisal_world import AppraisalWorld, appraisal_world
from tests.factories.world import now

from parindex.database.models import Entry, Flag, ScoreSheet, TextReading
from parindex.documents.explanation_readings import READER
from parindex.documents.printed_explanations import PrintedFigures, printed_figures
from parindex.usecases.expired_rows import READINGS_KEPT, clear_expired
from parindex.usecases.flags import flags_of_sheet, raise_flags
from parindex.usecases.text_readings import read_ahead

pytestmark = pytest.mark.django_db
PRINTED = "Đúng hạn 900/1200 hồ sơ, đạt 85,00%, theo Quyết định số 12/2019/QĐ-UBND ngày 05/3/2020"
Committed = Callable[..., AbstractContextManager[Any]]


@pytest.fixture
def made() -> AppraisalWorld:
    made = appraisal_world(begun=False)
    Entry.objects.filter(item_code="2.1").update(explanation=PRINTED)
    Entry.objects.filter(item_code="1.1").update(explanation="Đã ban hành kế hoạch")
    return made


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Committed) -> Callable[[], AbstractContextManager[Any]]:
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that have been read since."""
    texts: list[str] = []

    def read(text: str) -> PrintedFigures:
        texts.append(text)
        return printed_figures(text)

    monkeypatch.setattr("parindex.usecases.text_readings.printed_figures", read)
    return texts


def found(made: AppraisalWorld) -> dict[str, Any]:
    return flags_of_sheet(ScoreSheet.objects.select_related("group__set_version", "cycle").get(pk=made.sheet.pk))


def test_a_text_is_read_once_for_all_sheets_and_acts(
    made: AppraisalWorld, committed: Committed, read: list[str]
) -> None:
    with committed():
        before = found(made)
    assert [one.kind for one in before["2.1"]] == ["figures_apart", "figures_apart"]
    assert TextReading.objects.get().reader == READER
    with committed():
        assert found(made) == before
        raise_flags([made.sheet.pk, made.other_sheet.pk], at=now())
    assert read == [PRINTED]
    assert Flag.objects.filter(entry__item_code="2.1", kind="figures_apart").count() == 4


def test_what_is_kept_may_go(made: AppraisalWorld, committed: Committed, read: list[str]) -> None:
    with committed():
        before = found(made)
    raise_flags([made.sheet.pk], at=now())
    stored = list(Flag.objects.values())
    TextReading.objects.all().delete()
    with committed():
        assert found(made) == before
    raise_flags([made.sheet.pk], at=now())
    assert list(Flag.objects.values()) == stored
    assert read == [PRINTED] * 2
    assert TextReading.objects.count() == 1


def test_what_another_reader_read_is_read_again_in_its_place(made: AppraisalWorld, committed: Committed) -> None:
    with committed():
        before = found(made)
    kept = TextReading.objects.values().get()
    TextReading.objects.update(reader="0" * 32, reading="{")
    with committed():
        assert found(made) == before
    assert TextReading.objects.values().get() == kept | {"read_at": TextReading.objects.get().read_at}


def test_a_store_that_cannot_be_written_stops_nothing(
    made: AppraisalWorld, committed: Committed, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object) -> None:
        raise DatabaseError("database is locked")

    monkeypatch.setattr("parindex.usecases.text_readings.keep_readings", locked)
    with committed():
        raise_flags([made.sheet.pk], at=now())
    assert Flag.objects.filter(entry=made.entry("2.1"), kind="figures_apart").exists()
    assert not TextReading.objects.exists()


def test_it_is_read_when_the_leader_is_shown_the_flags_and_not_when_somebody_types(
    made: AppraisalWorld, committed: Committed, as_person: Callable[[str], Client], read: list[str]
) -> None:
    with committed():
        as_person("owner").post("/text-checks/hints/", {"field": "explanation", "explanation": PRINTED})
    assert not TextReading.objects.exists()
    ScoreSheet.objects.filter(pk=made.sheet.pk).update(state="awaiting_signature")
    part = made.sheet.parts.get()
    part.state = "awaiting_signature"
    part.save()
    with committed():
        assert as_person("leader").get(f"/parts/{part.pk}/sign/").status_code == 200
    assert TextReading.objects.count() == 1
    with committed():
        raise_flags([made.sheet.pk, made.other_sheet.pk], at=now())
    assert read == [PRINTED]


def test_signed_sheets_are_read_ahead_after_an_upgrade(
    made: AppraisalWorld, committed: Committed, read: list[str]
) -> None:
    Entry.objects.filter(sheet=made.other_sheet, item_code="2.1").update(explanation="Chưa ký: 3/4")
    ScoreSheet.objects.filter(pk=made.other_sheet.pk).update(state="open")
    rests: list[float] = []
    for _ in range(2):
        with committed():
            assert read_ahead(rests.append) == 1
    assert (read, len(rests)) == ([PRINTED], 2)
    assert TextReading.objects.count() == 1


def test_old_readings_go(made: AppraisalWorld, committed: Committed) -> None:
    with committed():
        found(made)
    assert clear_expired(at=now() + READINGS_KEPT - timedelta(days=1)) == 0
    assert clear_expired(at=now() + READINGS_KEPT + timedelta(days=1)) == 1
