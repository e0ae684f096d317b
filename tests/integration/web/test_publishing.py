"""Publishing: by the chair, at once or after an embargo, with the heads of the log; and what is proved of it later."""

from __future__ import annotations

import json
from datetime import date, timedelta
from unittest.mock import patch

import pytest
from django.core import mail
from django.db import connection
from tests.factories.published_world import appraised_world, finalised, published, published_world
from tests.factories.world import now, unit, version_of_year

from parindex.database.models import AuditRecord, Cycle, Publication, UnitResult, UnitSuccession, UnitVersion, User
from parindex.database.queries.publications import (
    last_year_of,
    public_publication,
    publication_before,
    versions_of,
)  # fmt: skip
from parindex.domain.review.audit_chain import Break
from parindex.domain.review.refusal import Refusal
from parindex.usecases import audit_log, notices
from parindex.usecases.publishing import announce_due, preview, publish
from parindex.usecases.timekeeping import keep_time

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def told() -> list[str]:
    """The subjects of the mails about results."""
    return [str(one.subject) for one in mail.outbox if str(one.subject).startswith("Kết quả thẩm định")]


def broken() -> set[Break]:
    return {one.kind for proof in audit_log.verify() for one in proof.broken}


def test_what_is_published_is_public_at_once_and_the_units_are_told(
    django_capture_on_commit_callbacks: object,
) -> None:
    world = appraised_world()
    finalised(world.made)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        made = published(world.made)
    assert world.cycle.state == "published"
    assert public_publication(world.made.cycle.pk, now()) == made
    assert versions_of(world.made.cycle.pk, now()) == [made]
    assert len(told()) == 5  # everybody who enters or signs for one of the two units
    assert announce_due(at=now()) == 0


def test_the_publication_notes_where_the_log_stood() -> None:
    world = published_world()
    heads = {one["chain"]: one for one in json.loads(world.publication.log_heads)}
    record = AuditRecord.objects.get(action="publish")
    assert heads[f"cycle-{world.made.cycle.pk}"] == {
        "chain": f"cycle-{world.made.cycle.pk}", "number": record.sequence, "hash": record.hash
    }  # fmt: skip
    assert heads["installation"]["number"] > 0
    assert broken() == set()


def test_an_embargo_that_ends_while_the_server_is_down_ends_by_its_moment(
    django_capture_on_commit_callbacks: object,
) -> None:
    world = published_world(embargo_days=2)
    cycle, later = world.made.cycle.pk, now() + timedelta(days=3)
    mail.outbox.clear()
    keep_time(at=now())
    assert (public_publication(cycle, now()), world.publication.announced_at, told()) == (None, None, [])
    # Nobody has told the units yet, and everybody may read already: the server has just been started again.
    assert public_publication(cycle, later) == world.publication
    with (
        patch.object(notices, "get_connection", wraps=mail.get_connection) as opened,
        django_capture_on_commit_callbacks(execute=True),  # type: ignore[operator]
    ):
        assert announce_due(at=later) == 1
        assert announce_due(at=later) == 0
    assert len(told()) == 5
    assert opened.call_count == 1  # one connection for the mails to all units
    assert Publication.objects.get().announced_at == later
    assert AuditRecord.objects.filter(action="announce_publication", actor=None).count() == 1
    assert broken() == set()


def test_nobody_but_the_chair_publishes_and_only_what_was_finalised() -> None:
    world = appraised_world()
    cycle = {"at": now(), "cycle_id": world.made.cycle.pk, "decision_number": "1/QĐ", "decision_date": date(2026, 3, 5)}
    with pytest.raises(Refusal, match="wrong_cycle_stage"):
        publish(by=world.session("chair"), **cycle)  # type: ignore[arg-type]
    finalised(world.made)
    for who in ("owner", "stranger", "standing_office", "secretary", "auditor"):
        with pytest.raises(Refusal, match="only_chair"):
            publish(by=world.session(who), **cycle)  # type: ignore[arg-type]
    for given, code in (
        ({"decision_number": ""}, "decision_number_needed"),
        ({"decision_date": now().date() + timedelta(days=2)}, "decision_in_the_future"),
        ({"public_from": now() - timedelta(days=2)}, "embargo_in_the_past"),
        ({"public_from": now() + timedelta(days=400)}, "embargo_too_far"),
        ({"seen": "0" * 64}, "result_changed"),
    ):
        with pytest.raises(Refusal, match=code):
            publish(by=world.session("chair"), **{**cycle, **given})  # type: ignore[arg-type]
    assert world.cycle.state == "finalised"
    assert preview(world.cycle, now()) is not None


# --- the year before -------------------------------------------------------------------------------------------------


def test_last_year_stands_beside_also_of_a_unit_whose_place_was_taken() -> None:
    """The year before, one of the two units had another name and code: its result is shown with that name."""
    world = published_world()
    made, this_year = world.made, world.publication
    earlier = Cycle.objects.create(
        owner=made.province, owner_path="tinh", title="Năm 2024", year=2024, state="published",
        created_by=made.people["chair"], created_at=now(),
    )  # fmt: skip
    group = earlier.groups.create(
        code="departments", title="Sở, ngành", set_version=version_of_year(made.version, 2024)
    )
    ended = unit("so-cu", "Sở cũ", "department", made.province)
    UnitVersion.objects.filter(unit=ended).update(valid_to=date(2025, 6, 30))
    UnitSuccession.objects.create(
        predecessor=ended,
        successor=made.other_department,
        takes_over=True,
        decision_number="9/NQ",
        decision_date=date(2025, 6, 1),
    )
    final = finalised_by_hand(earlier, made.people["chair"], this_year)
    for position, (of, name, code) in enumerate(((made.department, "Sở Y tế", "so-y-te"), (ended, "Sở cũ", "so-cu"))):
        sheet = earlier.sheets.create(group=group, unit=of, unit_name=name, unit_path=f"tinh/{code}", position=position)
        UnitResult.objects.create(
            finalisation=final.finalisation, sheet=sheet, group_code="departments", unit_code=code, unit_name=name,
            position=position, index=str(70 + position), points="7", max_points="10", rank=2 - position, detail=b"",
        )  # fmt: skip
    assert publication_before(this_year, now()) == final
    found = last_year_of(this_year, now())
    said = {
        key: [(one.name, one.result.index, one.result.rank, one.taken_over) for one in some]
        for key, some in found.items()
    }
    assert said == {
        made.department.pk: [("Sở Y tế", "70", 2, False)],
        made.other_department.pk: [("Sở cũ", "71", 1, True)],
    }
    for key, some in found.items():
        assert last_year_of(this_year, now(), [key]) == {key: some}


def finalised_by_hand(cycle: Cycle, by: User, like: Publication) -> Publication:
    """A finalisation and a publication of another cycle, without the sheets that they come from."""
    snapshot = cycle.snapshots.create(fingerprint="0" * 64, size=1, content=b"", made_at=now())
    final = cycle.finalisations.create(
        number=1, snapshot=snapshot, minutes_number="1", minutes_date=like.decision_date, minutes="x", finalised_by=by,
        finalised_at=now(),
    )  # fmt: skip
    return cycle.publications.create(
        number=1, finalisation=final, decision_number="1/QĐ", decision_date=like.decision_date,
        public_from=now() - timedelta(days=300), log_heads="[]", published_by=by, published_at=now(),
    )  # fmt: skip


# --- what is proved later --------------------------------------------------------------------------------------------


def tampered(statement: str, trigger: str) -> set[Break]:
    """What the proof says once somebody with the database in hand has changed what may not change."""
    with connection.cursor() as cursor:
        table = statement.split()[1]
        gone = f"DROP TRIGGER {trigger}" + (f" ON {table}" if connection.vendor == "postgresql" else "")
        cursor.execute(gone)
        cursor.execute(statement)
    return broken()


@pytest.mark.parametrize(
    ("statement", "trigger", "found"),
    [
        ("UPDATE parindex_unitresult SET points = '9.9'", "result_no_update", Break.RESULTS_CHANGED),
        ("UPDATE parindex_unitresult SET detail = 'x'", "result_no_update", Break.RESULTS_CHANGED),
        ("UPDATE parindex_unitresult SET unit_name = 'x'", "result_no_update", Break.RESULTS_CHANGED),
        ("UPDATE parindex_publication SET difference = '[]'", "publication_no_update", Break.PUBLICATION_CHANGED),
        ("UPDATE parindex_publication SET decision_number = '9'", "publication_no_update", Break.PUBLICATION_CHANGED),
        ("UPDATE parindex_publication SET reason = 'x'", "publication_no_update", Break.PUBLICATION_CHANGED),
        ("UPDATE parindex_snapshot SET fingerprint = 'x'", "snapshot_no_update", Break.FINALISATION_NOT_RECORDED),
        ("DELETE FROM parindex_publication", "publication_no_delete", Break.NO_PUBLICATION),
    ],
)
def test_what_was_changed_after_publication_shows(statement: str, trigger: str, found: Break) -> None:
    published_world()
    if statement.startswith("DELETE"):
        statement = "DELETE FROM parindex_publication WHERE id > 0"
        with connection.cursor() as cursor:
            gone = " ON parindex_publication" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {trigger}{gone}")
            cursor.execute(statement)
        assert found in broken()
        return
    assert found in tampered(statement, trigger)


def test_a_log_that_was_written_anew_no_longer_has_the_heads_of_the_publication() -> None:
    world = published_world()
    heads = json.loads(world.publication.log_heads)
    heads[0]["hash"] = "0" * 64
    changed = tampered(f"UPDATE parindex_publication SET log_heads = '{json.dumps(heads)}'", "publication_no_update")
    assert changed == {Break.NOT_AS_NOTED}
