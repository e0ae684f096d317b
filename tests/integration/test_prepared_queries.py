"""Prepared queries: the rows that the queryset itself gives, whatever values are bound, and nothing else is written."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext
from tests.factories.world import World, now, world

from parindex.database.models import AuditChain, Comment, Entry, Figure, ItemAppraisal, ScoreSheet, Unit
from parindex.database.models.entries import Audience
from parindex.database.queries.prepared import Insert, Update, prepared

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@prepared
def lines(sheet: int) -> QuerySet[Entry, tuple[str, bool]]:
    return Entry.objects.filter(sheet=sheet).order_by("position").values_list("item_code", "is_started")


@prepared
def among(sheet: int, codes: list[str]) -> QuerySet[Entry]:
    rows = Entry.objects.filter(sheet=sheet, item_code__in=codes).select_related("part__lead_unit", "assignee")
    return rows.annotate(at_sheet=F("sheet__unit_name")).defer("explanation").order_by("position")


@prepared
def written_before(moment: object) -> QuerySet[Figure]:
    return Figure.objects.filter(updated_at__lt=moment).order_by("pk")


@prepared
def held(sheet: int) -> QuerySet[ScoreSheet]:
    return ScoreSheet.objects.select_for_update().filter(pk=sheet)


@pytest.fixture
def made(db: None) -> World:  # noqa: ARG001
    return world()


def test_the_rows_of_the_queryset_for_each_value(made: World) -> None:
    Entry.objects.filter(sheet=made.sheet, item_code="1.2").update(is_started=True)
    for sheet in (made.sheet.pk, made.other_sheet.pk, 0):
        expected = Entry.objects.filter(sheet=sheet).order_by("position").values_list("item_code", "is_started")
        found = [tuple(row) for row in lines(sheet=sheet)]
        assert found == list(expected)
        assert all(isinstance(started, bool) for _, started in found)


def test_objects_come_with_those_beside_them(made: World) -> None:
    for codes in (["2.1"], ["1.1", "2.2"], ["2.1", "none"], []):
        found = among(sheet=made.sheet.pk, codes=codes) if codes else []
        with CaptureQueriesContext(connection) as queries:
            shown = [(one.item_code, one.part.lead_unit.code, one.assignee, one.at_sheet) for one in found]
        assert not queries.captured_queries
        assert shown == [(code, "so-y-te", None, "Sở Y tế") for code in codes if code != "none"]
        for one in found:
            assert one.get_deferred_fields() == {"explanation"}
            assert one.explanation == ""


def test_moments_are_compared_as_moments(made: World) -> None:
    at = now()
    Figure.objects.create(unit=made.department, measure="received", year=2025, value="1", updated_at=at)
    assert written_before(moment=at) == []
    assert len(written_before(moment=at + timedelta(microseconds=1))) == 1


@pytest.mark.django_db(transaction=True)
def test_rows_are_held_in_a_transaction_alone() -> None:
    with pytest.raises(TransactionManagementError):
        held(sheet=1)
    with transaction.atomic():
        assert held(sheet=1) == []


def test_only_the_named_fields_of_one_row_are_written(made: World) -> None:
    write = Update(ScoreSheet, "points", "last_act_at", "last_act_by")
    sheet, at = ScoreSheet.objects.get(pk=made.sheet.pk), now()
    sheet.points, sheet.last_act_at, sheet.last_act_by, sheet.items = "7/3", at, made.people["owner"], 99
    write(sheet)
    stored = ScoreSheet.objects.get(pk=made.sheet.pk)
    assert (stored.points, stored.last_act_at, stored.last_act_by) == ("7/3", at, made.people["owner"])
    assert stored.items == made.sheet.items
    assert ScoreSheet.objects.get(pk=made.other_sheet.pk).points == made.other_sheet.points
    sheet.last_act_by = None
    write(sheet)
    assert ScoreSheet.objects.get(pk=made.sheet.pk).last_act_by is None


def test_a_row_is_added_as_the_object_has_it(made: World) -> None:
    entry, at = Entry.objects.get(sheet=made.sheet, item_code="2.1"), now()
    remark = Comment(
        entry=entry, audience=Audience.UNIT, author=made.people["owner"], author_name="Owner", author_unit="Sở Y tế",
        at=at, body="Có % và %s",
    )  # fmt: skip
    Insert(Comment)(remark)
    stored = Comment.objects.get()
    fields = [one.attname for one in Comment._meta.concrete_fields if not one.primary_key]
    assert [getattr(stored, one) for one in fields] == [getattr(remark, one) for one in fields]


def test_rows_given_as_values_are_stored_as_objects_would_be(made: World) -> None:
    entries = list(Entry.objects.filter(sheet=made.sheet).order_by("position"))
    names = ("position", "entry_id", "item_code", "sheet_id", "state")
    Insert(ItemAppraisal).many_values(
        names, ((one.position, one.pk, one.item_code, one.sheet_id, "waiting") for one in entries)
    )
    fields = [one.attname for one in ItemAppraisal._meta.concrete_fields]
    for stored, one in zip(ItemAppraisal.objects.order_by("position"), entries, strict=True):
        whole = ItemAppraisal(entry=one, sheet=one.sheet, item_code=one.item_code, position=one.position)
        assert [getattr(stored, name) for name in fields] == [getattr(whole, name) for name in fields]


@pytest.mark.usefixtures("made")
def test_the_sql_is_written_once() -> None:
    asked = 0

    @prepared
    def units(code: str) -> QuerySet[Unit]:
        nonlocal asked
        asked += 1
        return Unit.objects.filter(code=code)

    assert [len(units(code=code)) for code in ("tinh", "so-y-te", "nowhere")] == [1, 1, 0]
    assert asked == 1
    assert AuditChain.objects.count() == 2
