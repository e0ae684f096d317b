"""The log cannot be changed; where somebody takes the triggers away and does it all the same, it shows where."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction
from tests.factories.filled import enter_everything
from tests.factories.world import World, now

from parindex.database.guards import missing_guards
from parindex.database.models import (
    AuditChain,
    AuditRecord,
    CriteriaSetVersion,
    Entry,
    SheetPart,
    Submission,
    UnitVersion,
)
from parindex.documents.receipts.claim import fingerprint_of
from parindex.domain.review.audit_chain import START, Break, link_hash
from parindex.usecases import audit_log
from parindex.usecases.cycles import create_cycle
from parindex.usecases.entries import Change, save_entry
from parindex.usecases.submissions import submit_part
from parindex.usecases.typed_values import Typed, digest

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def written(made: World) -> World:
    """A cycle with some more records in its chain."""
    for number in range(1, 6):
        before = Entry.objects.get(sheet=made.sheet, item_code="1.2").explanation
        change = Change(explanation=Typed(f"Lần {number}", digest(before)))
        save_entry(by=made.session("owner"), at=now(), sheet_id=made.sheet.pk, item_code="1.2", change=change)
    return made


def chain_of(made: World) -> AuditChain:
    return AuditChain.objects.get(key=f"cycle-{made.cycle.pk}")


def without_triggers() -> None:
    names = ("audit_no_update", "audit_no_delete")
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in names:
                cursor.execute(f"DROP TRIGGER {name}")
        else:
            cursor.execute("DROP TRIGGER audit_no_change ON parindex_auditrecord")


def breaks() -> dict[str, list[tuple[Break, int, str]]]:
    """What does not hold, by chain."""
    proofs = [proof for proof in audit_log.verify() if proof.broken]
    return {proof.chain: [(one.kind, one.sequence, one.name) for one in proof.broken] for proof in proofs}


def found(made: World) -> list[tuple[Break, int]]:
    proofs = {proof.chain: proof for proof in audit_log.verify()}
    return [(one.kind, one.sequence) for one in proofs[f"cycle-{made.cycle.pk}"].broken]


def test_postgresql_refuses_to_empty_the_log() -> None:
    if connection.vendor != "postgresql":
        return  # SQLite has no TRUNCATE
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE parindex_auditrecord ENABLE TRIGGER audit_no_truncate")
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute("TRUNCATE parindex_auditrecord CASCADE")
        cursor.execute("ALTER TABLE parindex_auditrecord DISABLE TRIGGER audit_no_truncate")


def test_an_honest_log_holds(written: World) -> None:
    assert found(written) == []
    assert chain_of(written).sequence == 7  # a group, the opening, five edits


@pytest.mark.parametrize(
    "act",
    [
        lambda: AuditRecord.objects.filter(sequence=2).update(reason="khác"),
        lambda: AuditRecord.objects.filter(sequence=2).delete(),
        lambda: CriteriaSetVersion.objects.filter(state="frozen").update(title="khác"),
        lambda: CriteriaSetVersion.objects.filter(state="frozen")._raw_delete("default"),
    ],
    ids=["update", "delete", "change a frozen set", "delete a frozen set"],
)
def test_the_database_refuses(written: World, act: Callable[[], object]) -> None:
    with pytest.raises(DatabaseError, match=r"append-only|never changes"), transaction.atomic():
        act()


@pytest.mark.parametrize(
    "column", ["reason", "before", "after", "actor_name", "role", "address", "action", "object_id"]
)
def test_a_changed_record_is_named(written: World, column: str) -> None:
    without_triggers()
    AuditRecord.objects.filter(chain=chain_of(written), sequence=4).update(**{column: "khác"})
    assert found(written) == [(Break.CHANGED, 4)]


def test_a_changed_record_with_a_new_hash_breaks_the_next_link(written: World) -> None:
    without_triggers()
    row = AuditRecord.objects.get(chain=chain_of(written), sequence=4)
    row.reason = "khác"
    row.hash = link_hash(4, row.previous_hash, audit_log.content(row))
    row.save()
    assert found(written) == [(Break.UNLINKED, 5)]


def test_a_removed_record_is_named(written: World) -> None:
    without_triggers()
    AuditRecord.objects.filter(chain=chain_of(written), sequence=4).delete()
    assert found(written) == [(Break.MISSING, 4)]


def test_removed_last_records_are_named(written: World) -> None:
    without_triggers()
    AuditRecord.objects.filter(chain=chain_of(written), sequence__gte=6).delete()
    assert found(written) == [(Break.TRUNCATED, 6), (Break.TRUNCATED, 7)]


def test_swapped_records_are_named(written: World) -> None:
    without_triggers()
    chain = chain_of(written)
    rows = AuditRecord.objects.filter(chain=chain)
    rows.filter(sequence=4).update(sequence=99)
    rows.filter(sequence=5).update(sequence=4)
    rows.filter(sequence=99).update(sequence=5)
    assert {number for _, number in found(written)} == {4, 5, 6}


def test_an_end_replaced_with_its_head_shows_by_a_noted_hash(written: World) -> None:
    noted = chain_of(written)
    without_triggers()
    last = AuditRecord.objects.get(chain=noted, sequence=7)
    last.after = "{}"
    last.hash = link_hash(7, last.previous_hash, audit_log.content(last))
    last.save()
    AuditChain.objects.filter(pk=noted.pk).update(hash=last.hash)
    assert found(written) == []
    proofs = audit_log.verify(heads=[(noted.key, "7", noted.hash)])
    assert [(one.kind, one.sequence) for proof in proofs for one in proof.broken] == [(Break.NOT_AS_NOTED, 7)]


# --- what submissions, cycles and the database itself hold against a rewritten log -----------------------------------


@pytest.fixture
def signed(written: World) -> Submission:
    """The leader has submitted the sheet: number 8 of the chain."""
    enter_everything(written.sheet)
    part = SheetPart.objects.get(sheet=written.sheet)
    made = submit_part(by=written.session("leader"), at=now(), part_id=part.pk)
    assert (made.log_sequence, found(written)) == (8, [])
    return made


def test_a_submission_holds_its_record_although_the_head_was_moved_back(written: World, signed: Submission) -> None:
    without_triggers()
    chain = chain_of(written)
    before = AuditRecord.objects.get(chain=chain, sequence=7)
    AuditRecord.objects.filter(chain=chain, sequence=8).delete()
    AuditChain.objects.filter(pk=chain.pk).update(sequence=7, hash=before.hash)
    assert found(written) == [(Break.NOT_AS_SIGNED, 8), (Break.STATE_NOT_RECORDED, 0)]


def test_a_record_written_anew_with_its_chain_is_not_the_one_that_was_signed(
    written: World, signed: Submission
) -> None:
    without_triggers()
    chain = chain_of(written)
    last = AuditRecord.objects.get(chain=chain, sequence=8)
    last.reason = "khác"
    last.hash = link_hash(8, last.previous_hash, audit_log.content(last))
    last.save()
    AuditChain.objects.filter(pk=chain.pk).update(hash=last.hash)
    assert found(written) == [(Break.NOT_AS_SIGNED, 8)]


@pytest.mark.parametrize("whole", [True, False], ids=["with its head", "the records alone"])
def test_a_chain_that_is_gone_is_missed(written: World, whole: bool) -> None:
    without_triggers()
    chain = chain_of(written)
    AuditRecord.objects.filter(chain=chain).delete()
    if whole:
        chain.delete()
    else:
        AuditChain.objects.filter(pk=chain.pk).update(sequence=0, hash=START)
    assert found(written) == [(Break.NO_CHAIN, 1)]


def test_a_noted_head_whose_chain_is_gone_is_missed(written: World) -> None:
    proofs = audit_log.verify(heads=[("cycle-999", "4", "d" * 64)])
    last = next(proof for proof in proofs if proof.chain == "cycle-999")
    assert [(one.kind, one.sequence) for one in last.broken] == [(Break.NO_CHAIN, 1), (Break.NOT_AS_NOTED, 4)]


def test_a_cycle_in_preparation_needs_its_records(made: World) -> None:
    owner = UnitVersion.objects.get(unit=made.province)
    draft = create_cycle(by=made.session("standing_office"), at=now(), owner=owner, title="Nháp", year=2026)
    assert breaks() == {}
    without_triggers()
    AuditRecord.objects.filter(chain__key=f"cycle-{draft.pk}").delete()
    AuditChain.objects.filter(key=f"cycle-{draft.pk}").delete()
    assert breaks() == {f"cycle-{draft.pk}": [(Break.NO_CHAIN, 1, "")]}


def test_a_changed_claim_is_named(written: World, signed: Submission) -> None:
    Submission.objects.filter(pk=signed.pk).update(claim=signed.claim.replace("Sở Y tế", "Sở Y Tế"))
    assert found(written) == [(Break.CLAIM_CHANGED, 8)]


def test_a_claim_that_was_changed_with_its_fingerprint_is_named(written: World, signed: Submission) -> None:
    claim = signed.claim.replace("Sở Y tế", "Sở Y Tế")
    Submission.objects.filter(pk=signed.pk).update(claim=claim, fingerprint=fingerprint_of(claim))
    assert found(written) == [(Break.CLAIM_CHANGED, 8)]


def test_a_submission_that_was_taken_out_is_missed(written: World, signed: Submission) -> None:
    signed.delete()
    assert found(written) == [(Break.NO_SUBMISSION, 8)]


def test_the_record_of_a_signature_without_a_fingerprint_is_named(written: World, signed: Submission) -> None:
    without_triggers()
    row = AuditRecord.objects.get(chain=chain_of(written), sequence=8)
    row.after = "[]"
    row.hash = link_hash(8, row.previous_hash, audit_log.content(row))
    row.save()
    AuditChain.objects.filter(pk=row.chain_id).update(hash=row.hash)
    Submission.objects.filter(pk=signed.pk).update(log_hash=row.hash)
    assert found(written) == [(Break.CLAIM_CHANGED, 8), (Break.SUBMISSION_CHANGED, 8), (Break.STATE_CHANGED, 8)]


def test_the_triggers_are_looked_for() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # other tests empty tables and have them turned off
            cursor.execute("ALTER TABLE parindex_auditrecord ENABLE TRIGGER audit_no_truncate")
            cursor.execute("ALTER TABLE parindex_criteriasetversion ENABLE TRIGGER frozen_no_truncate")
        assert missing_guards() == []
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE parindex_auditrecord DISABLE TRIGGER audit_no_truncate")
            assert missing_guards() == ["audit_no_truncate"]
            cursor.execute("CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$")
            cursor.execute("DROP TRIGGER frozen_no_change ON parindex_criteriasetversion")
            cursor.execute(
                "CREATE TRIGGER frozen_no_change BEFORE UPDATE ON parindex_criteriasetversion FOR EACH ROW "
                "EXECUTE FUNCTION nothing()"
            )
            assert missing_guards() == ["audit_no_truncate", "frozen_no_change"]
            cursor.execute("ALTER TABLE parindex_criteriasetversion DISABLE TRIGGER frozen_no_truncate")
            assert missing_guards() == ["audit_no_truncate", "frozen_no_change", "frozen_no_truncate"]
        else:
            cursor.execute("DROP TRIGGER audit_no_delete")
            cursor.execute(
                "CREATE TRIGGER audit_no_delete BEFORE DELETE ON parindex_auditrecord BEGIN SELECT 'append-only'; END"
            )
            cursor.execute("DROP TRIGGER frozen_no_replace")
            assert missing_guards() == ["audit_no_delete", "frozen_no_replace"]
    without_triggers()
    assert {"audit_no_change", "audit_no_delete"} & set(missing_guards())


def test_an_act_that_fails_leaves_no_record(made: World) -> None:
    count = AuditRecord.objects.count()

    @transaction.atomic
    def act() -> None:
        what = audit_log.target(made.sheet, cycle=made.cycle)
        audit_log.record("edit_entry", what, by=made.session("owner"), at=now())
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act()
    assert AuditRecord.objects.count() == count


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_logged() -> None:
    with pytest.raises(RuntimeError):
        audit_log.record("edit_entry", audit_log.Target("entry", "1"), by=None, at=now())
