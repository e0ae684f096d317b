"""Citations of what is signed keep their documents; opened again, they are linked with what has come since."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from tests.factories.parts_world import PartsWorld, parts_world
from tests.factories.world import World, now

from parindex.database.models import Citation, Cycle, Document, ScoreSheet
from parindex.usecases import submissions
from parindex.usecases.document_facts import DocumentFacts, mend_document
from parindex.usecases.entries import Change, save_entry
from parindex.usecases.evidence import add_link
from parindex.usecases.typed_values import Typed, digest

pytestmark = pytest.mark.both

REPORT = "Theo Báo cáo số 401/BC-UBND ngày 08/12/2025, trang 8"


def cites(parts: PartsWorld) -> Citation:
    change = Change(explanation=Typed(REPORT, digest("")))
    save_entry(by=parts.session("owner"), at=now(), sheet_id=parts.sheet.pk, item_code="1.1", change=change)
    return Citation.objects.get()


def same_number(parts: PartsWorld) -> Document:
    """A document of the same number, kept on another sheet of the same unit."""
    made: World = parts.made
    document = add_link(
        by=made.session("owner"), at=now(), sheet_id=made.sheet.pk, item_code="2.1", link="https://tinh.vn/b", title="b"
    ).document
    facts = DocumentFacts(title="b", number="401/BC-UBND", date=date(2025, 12, 8))
    return mend_document(by=made.session("owner"), at=now(), document_id=document.pk, facts=facts)


def signed(parts: PartsWorld) -> int:
    part = parts.part("so-y-te")
    submissions.submit_part(by=parts.session("leader"), at=now(), part_id=part.pk, incomplete_reason="Chưa có")
    return part.pk


def _linked() -> int | None:
    return Citation.objects.get().document_id


@pytest.fixture
def parts(db: None) -> PartsWorld:
    """The sheet of the province, led by departments."""
    return parts_world()


def test_what_is_open_is_linked(parts: PartsWorld) -> None:
    cites(parts)
    assert _linked() is None
    document = same_number(parts)
    assert _linked() == document.pk


@pytest.mark.parametrize("again", ["withdrawn", "returned"])
def test_what_is_signed_stays_until_it_is_opened(parts: PartsWorld, again: str) -> None:
    cites(parts)
    part = signed(parts)
    document = same_number(parts)
    assert _linked() is None
    if again == "withdrawn":
        submissions.withdraw_part(by=parts.session("leader"), at=now(), part_id=part, reason="Sửa")
    else:
        submissions.return_part(by=parts.session("standing_office"), at=now(), part_id=part, reason="Thiếu")
    assert _linked() == document.pk


def test_what_waits_for_its_signature_stays_until_it_is_sent_back(parts: PartsWorld) -> None:
    cites(parts)
    parts.fill("1.1", "1.2")
    part = parts.part("so-y-te")
    submissions.present(by=parts.session("owner"), at=now(), part_id=part.pk)
    document = same_number(parts)
    assert _linked() is None
    submissions.send_back(by=parts.session("leader"), at=now(), part_id=part.pk, reason="Sửa")
    assert _linked() == document.pk


def test_a_whole_sheet_that_is_withdrawn_is_linked_too(parts: PartsWorld) -> None:
    made = parts.made
    change = Change(explanation=Typed(REPORT, digest("")))
    save_entry(by=made.session("owner"), at=now(), sheet_id=made.sheet.pk, item_code="2.1", change=change)
    mine = made.sheet.parts.get()
    submissions.submit_part(by=made.session("leader"), at=now(), part_id=mine.pk, incomplete_reason="Chưa có")
    document = add_link(
        by=made.session("owner"), at=now(), sheet_id=parts.sheet.pk, item_code="1.1", link="https://t.vn/b", title="b"
    ).document
    facts = DocumentFacts(title="b", number="401/BC-UBND", date=date(2025, 12, 8))
    mend_document(by=made.session("owner"), at=now(), document_id=document.pk, facts=facts)
    assert _linked() is None
    submissions.withdraw(by=made.session("leader"), at=now(), sheet_id=made.sheet.pk, reason="Sửa")
    assert _linked() == document.pk


def _locked(parts: PartsWorld) -> None:
    ScoreSheet.objects.filter(pk=parts.sheet.pk).update(state="locked")
    parts.sheet.parts.update(state="locked")


def _compiled(parts: PartsWorld) -> None:
    ScoreSheet.objects.filter(pk=parts.sheet.pk).update(state="awaiting_signature")


def _appraised(parts: PartsWorld) -> None:
    Cycle.objects.filter(pk=parts.sheet.cycle_id).update(state="appraisal")


def _published(parts: PartsWorld) -> None:
    Cycle.objects.filter(pk=parts.sheet.cycle_id).update(state="published")
    parts.sheet.parts.update(state="returned", returned_reason="Thiếu")


@pytest.mark.parametrize("closed", [_locked, _compiled, _appraised, _published])
def test_nothing_that_nobody_may_write_is_linked(parts: PartsWorld, closed: Callable[[PartsWorld], None]) -> None:
    cites(parts)
    closed(parts)
    same_number(parts)
    assert _linked() is None


def test_an_answer_during_the_appraisal_is_linked(parts: PartsWorld) -> None:
    cites(parts)
    _appraised(parts)
    ScoreSheet.objects.filter(pk=parts.sheet.pk).update(state="returned")
    parts.sheet.parts.update(state="returned", returned_reason="Thiếu")
    document = same_number(parts)
    assert _linked() == document.pk
