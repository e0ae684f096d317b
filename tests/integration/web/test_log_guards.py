"""Nothing comes in the place of a record of the log or of a frozen set, however it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from tests.factories.world import World, now

from parindex.database.models import AuditRecord, CriteriaSetVersion
from parindex.usecases import audit_log

pytestmark = [pytest.mark.django_db, pytest.mark.both]

REFUSED = r"append-only|never changes"
LOG, SETS = AuditRecord._meta.db_table, CriteriaSetVersion._meta.db_table


def stored(table: str, pk: int) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} WHERE id = %s", [pk])
        return dict(zip((one[0] for one in cursor.description), cursor.fetchone(), strict=True))


def write(verb: str, table: str, row: dict[str, Any], after: str = "") -> None:
    columns, places = ", ".join(row), ", ".join(["%s"] * len(row))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{verb} INTO {table} ({columns}) VALUES ({places}) {after}", list(row.values()))


def other_place(row: dict[str, Any]) -> dict[str, Any]:
    """The same row under a key that nothing has: it meets the one that stands by its number."""
    return {**row, "id": 10_000}


def other_number(row: dict[str, Any]) -> dict[str, Any]:
    """The same row under a number that nothing has: it meets the one that stands by its key."""
    return {**row, "sequence" if "sequence" in row else "number": 10_000}


def key_as_text(row: dict[str, Any]) -> dict[str, Any]:
    return {**other_number(row), "id": str(row["id"])}


def without_key(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "id"}


Bent = Callable[[dict[str, Any]], dict[str, Any]]
BENT = pytest.mark.parametrize("bent", [dict, other_place, other_number, key_as_text, without_key])


@pytest.fixture
def rows(made: World) -> dict[str, dict[str, Any]]:
    """A record and a frozen set as the database holds them."""
    record = AuditRecord.objects.filter(chain__key=f"cycle-{made.cycle.pk}").earliest("sequence")
    return {LOG: stored(LOG, record.pk), SETS: stored(SETS, made.version.pk)}


@BENT
@pytest.mark.parametrize(("table", "column"), [(LOG, "reason"), (SETS, "content")])
def test_no_row_comes_over_one_that_stands(
    rows: dict[str, dict[str, Any]], table: str, column: str, bent: Bent
) -> None:
    before = rows[table]
    verb, after = "INSERT OR REPLACE", ""
    if connection.vendor == "postgresql":
        verb, after = "INSERT", f"ON CONFLICT (id) DO UPDATE SET {column} = EXCLUDED.{column}"
        if bent in (other_place, without_key):
            number = "chain_id, sequence" if table == LOG else "criteria_set_id, number"
            after = f"ON CONFLICT ({number}) DO UPDATE SET {column} = EXCLUDED.{column}"
        if bent is key_as_text:
            bent = other_number  # there a key of text is a key like any other
    with pytest.raises(DatabaseError, match=REFUSED):
        write(verb, table, {**bent(before), column: "khác"}, after)
    assert stored(table, before["id"]) == before


@pytest.mark.parametrize("column", ["id", "number"])
def test_no_draft_is_moved_over_a_frozen_set(made: World, column: str) -> None:
    frozen = made.version
    draft = CriteriaSetVersion.objects.create(
        criteria_set=frozen.criteria_set, number=7, title="Nháp", content="x", created_by=frozen.created_by,
        created_at=now(),
    )  # fmt: skip
    verb = "UPDATE OR REPLACE" if connection.vendor == "sqlite" else "UPDATE"
    before = stored(SETS, frozen.pk)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{verb} {SETS} SET {column} = %s WHERE id = %s", [getattr(frozen, column), draft.pk])
    assert stored(SETS, frozen.pk) == before
    CriteriaSetVersion.objects.filter(pk=draft.pk).update(title="Nháp khác")  # a draft is still written


def test_an_upsert_of_the_framework_is_refused(made: World) -> None:
    record = AuditRecord.objects.latest("pk")
    record.reason = "khác"
    with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic():
        AuditRecord.objects.bulk_create([record], update_conflicts=True, unique_fields=["id"], update_fields=["reason"])
    assert AuditRecord.objects.get(pk=record.pk).reason == ""


def test_a_merge_is_refused(made: World) -> None:
    if connection.vendor != "postgresql":
        return  # SQLite has no MERGE
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"MERGE INTO {LOG} one USING (SELECT 1) other ON true WHEN MATCHED THEN UPDATE SET reason = 'khác'"
        )


def test_postgresql_refuses_to_empty_the_sets() -> None:
    if connection.vendor != "postgresql":
        return  # SQLite has no TRUNCATE
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {SETS} ENABLE TRIGGER frozen_no_truncate")
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute(f"TRUNCATE {SETS} CASCADE")
        cursor.execute(f"ALTER TABLE {SETS} DISABLE TRIGGER frozen_no_truncate")


def test_the_log_still_grows(made: World) -> None:
    for _ in range(3):
        what = audit_log.target(made.sheet, unit=made.department, cycle=made.cycle)
        audit_log.record("remind", what, by=None, at=now())
    assert [proof.broken for proof in audit_log.verify()] == [(), ()]
