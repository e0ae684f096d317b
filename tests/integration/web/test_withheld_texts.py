"""Words that are withheld from the public: gone from whatever everybody reads, still there for who appraised and was
appraised, and nothing that was stored is other than it was.
"""

from __future__ import annotations

import gzip
import io
import json
import shutil
import zipfile

import openpyxl
import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from tests.factories.appraisal_world import AppraisalWorld
from tests.factories.published_world import WHY, appraised_world, finalised, published, published_world
from tests.factories.world import now
from tests.integration.web.appraisers import browser

from parindex.database.guards import missing_guards
from parindex.database.models import AuditRecord, Entry, NotAssessedRequest, Opinion, UnitResult, WithheldText
from parindex.database.models.entries import EntryState
from parindex.database.queries.publications import detail_of
from parindex.database.queries.readable_log import readable_records
from parindex.domain.review.log_permissions import log_scopes
from parindex.domain.review.opinions import OpinionKind
from parindex.domain.review.refusal import Refusal
from parindex.usecases import audit_log
from parindex.usecases.corrections import Basis, Corrected, correct
from parindex.usecases.opinions import Said
from parindex.usecases.precedents import draft_guidance
from parindex.usecases.publishing import DecidedBy
from parindex.usecases.withheld_texts import withhold_opinion, withhold_request
from parindex.wording.moments import local_day

pytestmark = [pytest.mark.django_db, pytest.mark.both]
LEFT_OUT, BASIS, BODY = "Bà A nghỉ sinh con", "Đơn của bà A", "Ông B, Sở Xây dựng"
SAID = "Trừ hồ sơ của bà C nhập lại"
PRIVATE = "Có số điện thoại người dân"
FILES = ("opinions.csv", "items.csv", "results.json", "results.xlsx", "datapackage.zip", "snapshot.json")


def left_out_world() -> AppraisalWorld:
    """Everything appraised, the adjustment of 2.2 of Sở Tư pháp on behalf of somebody; its 1.2 is not assessed."""
    world = appraised_world()
    said = Said(OpinionKind.ADJUST, points="0.75", reason=SAID, body=BODY)
    world.say("second_appraiser", "2.2", said, world.made.other_sheet)
    entry = world.entry("1.2", world.made.other_sheet)
    entry.requests.create(
        reason=LEFT_OUT, legal_basis=BASIS, state="approved", requested_by=world.people["other_leader"],
        requested_at=now(),
    )  # fmt: skip
    Entry.objects.filter(pk=entry.pk).update(state=EntryState.NOT_ASSESSED)
    stands = world.appraisal("1.2", world.made.other_sheet)
    type(stands).objects.filter(pk=entry.pk).update(state="not_assessed", points="")
    world.made.cycle.refresh_from_db()
    return world


def opinion_of(world: AppraisalWorld) -> Opinion:
    return Opinion.objects.filter(entry=world.entry("2.2", world.made.other_sheet)).latest("pk")


def withhold(world: AppraisalWorld, who: str = "chair") -> None:
    """The words of the adjustment, and why 1.2 is not assessed."""
    by, asked = world.session(who), NotAssessedRequest.objects.get()
    withhold_opinion(by=by, at=now(), opinion_id=opinion_of(world).pk, reason=PRIVATE)
    withhold_request(by=by, at=now(), request_id=asked.pk, reason=PRIVATE)


def page(world: AppraisalWorld, place: str) -> str:
    answer = Client().get(f"/results/{world.made.cycle.pk}/{place}")
    assert answer.status_code == 200, place
    return answer.text


def content(world: AppraisalWorld, file: str, version: int = 1) -> str:
    """Everything that is written in a file, packed or not."""
    answer = Client().get(f"/results/{world.made.cycle.pk}/data/{file}?version={version}")
    assert answer.status_code == 200, file
    given = b"".join(answer)
    if file.endswith(".xlsx"):
        cells = (cell.value for one in openpyxl.load_workbook(io.BytesIO(given)) for row in one for cell in row)
        return "\n".join(str(value) for value in cells)
    if file.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(given)) as package:
            return "\n".join(package.read(name).decode("utf-8") for name in package.namelist())
    return given.decode("utf-8-sig")


def public(world: AppraisalWorld) -> str:
    """Everything that everybody reads of Sở Tư pháp and of the data of the first publication."""
    places = ("so-tu-phap/", "so-tu-phap/?items=all", "so-tu-phap/2.2/", "so-tu-phap/1.2/", "versions/1/", "")
    return "\n".join([*(page(world, one) for one in places), *(content(world, one) for one in FILES)])


def standing(words: str) -> set[str]:
    return {one for one in (SAID, BODY, LEFT_OUT, BASIS) if one in words}


@pytest.fixture(autouse=True)
def _anew(db: None) -> None:
    """Files of open data are made anew."""
    shutil.rmtree(default_storage.path("open_data"), ignore_errors=True)


def test_words_are_gone_from_everything_public_and_all_proofs_hold() -> None:
    world = left_out_world()
    finalised(world.made)
    published(world.made)
    before = public(world)
    assert standing(before) == {SAID, BODY, LEFT_OUT, BASIS}
    stored = bytes(UnitResult.objects.get(unit_code="so-tu-phap").detail)
    withhold(world)
    after = public(world)
    assert (standing(after), PRIVATE in after) == (set(), False)
    assert "Lý do không công khai" in page(world, "so-tu-phap/2.2/")
    assert page(world, "so-tu-phap/1.2/").count("Lý do không công khai") == 1
    assert "Lý do không công khai" in page(world, "so-tu-phap/")
    assert bytes(UnitResult.objects.get(unit_code="so-tu-phap").detail) == stored
    assert not any(proof.broken for proof in audit_log.verify())
    assert [one for one in missing_guards() if one.startswith("withheld")] == []


def test_an_older_publication_shows_them_no_more_either() -> None:
    world = left_out_world()
    finalised(world.made)
    published(world.made)
    day, entry = local_day(now()), world.entry("2.2", world.made.other_sheet)
    correct(
        by=world.session("chair"), at=now(), cycle_id=world.made.cycle.pk, reason="Cộng sai",
        basis=Basis("15/BB", day, "Xem lại.", DecidedBy("400/QĐ", day)), changes=[Corrected(entry.pk, "1", "Cộng lại")],
    )  # fmt: skip
    said = Opinion.objects.get(reason=SAID, body=BODY)
    assert all(SAID in content(world, "opinions.csv", number) for number in (1, 2))
    withhold_opinion(by=world.session("secretary"), at=now(), opinion_id=said.pk, reason=PRIVATE)
    assert [standing(content(world, "results.json", number)) for number in (1, 2)] == [{LEFT_OUT, BASIS}] * 2
    assert "Cộng lại" in page(world, "so-tu-phap/2.2/")
    assert not any(proof.broken for proof in audit_log.verify())


def test_the_snapshot_says_what_it_lacks_and_what_the_whole_was() -> None:
    world = left_out_world()
    fingerprint = finalised(world.made).snapshot.fingerprint
    published(world.made)
    withhold(world)
    given = json.loads(content(world, "snapshot.json"))
    assert given["withheld"] == {"reasons": 1, "fingerprint": fingerprint}
    whole = browser(world, "auditor").get(f"/cycles/{world.made.cycle.pk}/results/snapshots/1/").text
    assert (LEFT_OUT in whole, "withheld" in json.loads(whole)) == (True, False)


def test_who_asked_before_the_act_gets_no_old_page() -> None:
    world = left_out_world()
    finalised(world.made)
    published(world.made)
    where, client = f"/results/{world.made.cycle.pk}/so-tu-phap/2.2/", Client()
    first = client.get(where, headers={"Accept-Encoding": "gzip"})
    assert SAID in gzip.decompress(first.content).decode()
    data = f"/results/{world.made.cycle.pk}/data/opinions.csv"
    old = client.get(data)
    assert SAID in b"".join(old).decode()
    withhold(world)
    again = client.get(where, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, SAID in again.text) == (200, False)
    new = client.get(data, headers={"If-None-Match": old["ETag"]})
    assert (new.status_code, SAID in b"".join(new).decode()) == (200, False)


def test_what_is_withheld_before_it_is_frozen_is_not_frozen() -> None:
    world = left_out_world()
    withhold(world)
    made = finalised(world.made)
    published(world.made)
    items = detail_of(UnitResult.objects.get(finalisation=made, unit_code="so-tu-phap"))["items"]
    assert standing(json.dumps(items, ensure_ascii=False)) == set()
    assert items["1.2"]["not_assessed"] == {"reason": "", "legal_basis": ""}
    assert standing(public(world)) == set()
    assert "Lý do không công khai" in page(world, "so-tu-phap/2.2/")
    assert "Lý do không công khai" in page(world, "so-tu-phap/1.2/")
    assert json.loads(content(world, "snapshot.json")).get("withheld") is None


@pytest.mark.parametrize("frozen", [True, False])
def test_the_unit_council_and_auditors_still_read_them(frozen: bool) -> None:
    world = left_out_world()
    if not frozen:
        withhold(world)
    finalised(world.made)
    published(world.made)
    if frozen:
        withhold(world)
    sheet = world.made.other_sheet.pk
    unit = browser(world, "other_leader").get(reverse("item", args=[sheet, "2.2"])).text
    assert standing(unit) == {SAID, BODY}
    for name in ("second_appraiser", "standing_office", "auditor"):
        assert SAID in browser(world, name).get(f"/appraisals/{sheet}/2.2/").text
    assert LEFT_OUT in browser(world, "auditor").get(f"/appraisals/{sheet}/1.2/").text


def test_a_result_sheet_has_them_no_more() -> None:
    world = left_out_world()
    finalised(world.made)
    published(world.made)
    where = reverse("result_sheet", args=[world.made.cycle.pk, world.made.other_sheet.pk])
    before = browser(world, "standing_office").get(where)
    assert (before.status_code, standing(before.text)) == (200, {SAID, LEFT_OUT, BASIS})
    withhold(world)
    assert standing(browser(world, "standing_office").get(where).text) == set()


def test_no_guidance_takes_them_as_examples() -> None:
    world = published_world()
    said = Opinion.objects.get(reason=WHY)
    withhold_opinion(by=world.made.session("chair"), at=now(), opinion_id=said.pk, reason=PRIVATE)
    made = draft_guidance(
        by=world.made.session("standing_office"), at=now(), version_id=world.made.version.pk,
        cycle_id=world.made.cycle.pk, title="Dự thảo",
    )  # fmt: skip
    words = " ".join(one.example_text for one in made.notes.all())
    assert (WHY in words, "Đã đối chiếu" in words) == (False, True)


def test_the_log_says_who_and_why_and_not_what_and_units_read_none_of_it() -> None:
    world = left_out_world()
    withhold(world, "secretary")
    row = AuditRecord.objects.filter(action="withhold_text").earliest("sequence")
    assert (row.role, row.reason, row.object_kind) == ("secretary", PRIVATE, "item_appraisal")
    assert json.loads(row.after) == {"item": "2.2", "unit": "Sở Tư pháp", "opinion": opinion_of(world).pk}
    assert standing(row.before + row.after + row.reason) == set()
    readers = {}
    for name in ("other_leader", "auditor"):
        actor = world.session(name).actor
        rows = AuditRecord.objects.filter(readable_records(actor, log_scopes(actor), local_day(now())))
        readers[name] = rows.filter(action="withhold_text").count()
    assert readers == {"other_leader": 0, "auditor": 2}


@pytest.mark.parametrize("who", ["appraiser", "second_appraiser", "standing_office", "auditor", "other_leader"])
def test_nobody_else_withholds_anything(who: str) -> None:
    world = left_out_world()
    with pytest.raises(Refusal, match="only_secretary_and_chair"):
        withhold(world, who)
    assert not WithheldText.objects.exists()


def test_it_is_done_once_and_only_of_what_is_public() -> None:
    world = left_out_world()
    withhold(world)
    chair, said = world.session("chair"), opinion_of(world)
    silent = Opinion.objects.get(entry=world.entry("1.1"))
    hidden = Said(OpinionKind.ADJUST, points="0.5", reason=SAID, is_public=False)
    world.say("second_appraiser", "1.1", hidden)
    last, asked = Opinion.objects.latest("pk"), NotAssessedRequest.objects.get()
    Opinion.objects.filter(pk=silent.pk).update(withdrawn_at=now())
    pending = world.entry("1.1").requests.create(
        reason=LEFT_OUT, requested_by=world.people["leader"], requested_at=now()
    )
    for act, key, code in (
        (withhold_opinion, said.pk, "already_withheld"), (withhold_opinion, last.pk, "nothing_to_withhold"),
        (withhold_opinion, silent.pk, "nothing_to_withhold"),
    ):  # fmt: skip
        with pytest.raises(Refusal, match=code):
            act(by=chair, at=now(), opinion_id=key, reason=PRIVATE)
    for key, code in ((asked.pk, "already_withheld"), (pending.pk, "nothing_to_withhold")):
        with pytest.raises(Refusal, match=code):
            withhold_request(by=chair, at=now(), request_id=key, reason=PRIVATE)
    assert WithheldText.objects.count() == 2


def test_the_author_gives_it_anew_and_that_is_public() -> None:
    world = left_out_world()
    withhold(world)
    world.say("second_appraiser", "2.2", Said(OpinionKind.ADJUST, points="0.6", reason="Viết lại"),
              world.made.other_sheet)  # fmt: skip
    finalised(world.made)
    published(world.made)
    assert "Viết lại" in page(world, "so-tu-phap/2.2/")
    assert standing(page(world, "so-tu-phap/2.2/")) == set()


def test_no_row_changes_and_each_is_of_one_text() -> None:
    world = left_out_world()
    withhold(world)
    table = WithheldText._meta.db_table
    for statement in (f"UPDATE {table} SET reason = 'khác'", f"DELETE FROM {table}"):
        with pytest.raises(DatabaseError, match=r"append-only|never changes"), transaction.atomic():
            connection.cursor().execute(statement)
    whose = {"cycle": world.cycle, "reason": "x", "withheld_by": world.people["chair"], "withheld_at": now()}
    other = Opinion.objects.filter(withheld=None).earliest("pk")
    for texts in ({}, {"opinion": other, "request": world.entry("1.1").requests.create(
            reason="x", requested_by=world.people["leader"], requested_at=now())}):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            WithheldText.objects.create(**whose, **texts)
