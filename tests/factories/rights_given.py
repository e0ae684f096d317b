"""What single rows of the table of rights need besides: what has happened before somebody asks."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from parindex.database.models import (
    Attachment,
    AuditRecord,
    Citation,
    CriteriaSetVersion,
    Cycle,
    Entry,
    Extension,
    FindingDecision,
    NotAssessedRequest,
    OfficialPaper,
    Phase,
    ScoreSheet,
    SheetPart,
)
from parindex.database.models.cycles import PhaseKind
from parindex.domain.review.roles import Role
from parindex.domain.review.stages import SheetState
from parindex.usecases.accounts import AccountData, edit_account
from parindex.usecases.actors import Session
from parindex.usecases.criteria_sets import correct
from parindex.usecases.cycles import NewGroup, add_group, open_cycle
from parindex.usecases.entries import Change, save_entry
from parindex.usecases.evidence_files import Arrived
from parindex.usecases.guidance import NoteTexts, make_guidance, write_note
from parindex.usecases.invitations import invite
from parindex.usecases.official_papers import receive_paper
from parindex.usecases.sheet_parts import assign_items
from parindex.usecases.submissions import compile_sheet, present, submit_part
from parindex.usecases.typed_values import Typed, digest
from tests.factories import (
    rights_of_appraisals,
    rights_of_commendations,
    rights_of_councils,
    rights_of_further_explanations,
    rights_of_monitoring,
    rights_of_public_results,
    rights_of_received_bundles,
    rights_of_results,
    rights_of_text_checks,
)
from tests.factories.filled import enter_everything
from tests.factories.kept import kept
from tests.factories.nested_owner import nested_owner
from tests.factories.rights_world import RightsWorld, rights_world
from tests.factories.world import SMALL_SET, now, version_of_year
from tests.papers.evidence_files import pdf

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


# --- sheets ----------------------------------------------------------------------------------------------------------


def _filled(rights: RightsWorld) -> None:
    """A figure and an explanation, written by the officer."""
    change = Change(
        figures={"received": Typed("1200", digest("")), "on_time": Typed("900", digest(""))},
        explanation=Typed("Báo cáo số 401/BC-UBND ngày 08/12/2020, trang 8", digest("")),
    )
    officer = rights.session(Role.UNIT_OFFICER)
    save_entry(by=officer, at=now(), sheet_id=rights.made.sheet.pk, item_code="2.1", change=change)
    record = AuditRecord.objects.filter(action="edit_entry").latest("pk")
    rights.places["record"] = record.pk


def _all_done(rights: RightsWorld) -> None:
    """Every item of the sheet is entered."""
    enter_everything(ScoreSheet.objects.get(pk=rights.made.sheet.pk))


def _presented(rights: RightsWorld) -> None:
    _all_done(rights)
    present(by=rights.session(Role.UNIT_OFFICER), at=now(), part_id=rights.places["part"])


def _to_sign(rights: RightsWorld) -> None:
    """What a leader has before the eyes when signing."""
    client = Client()
    client.force_login(rights.people[Role.UNIT_LEADER, "own"], backend=BACKEND)
    page = client.get(f"/parts/{rights.places['part']}/sign/").text
    rights.places["seen"] = re.findall(r'name="seen" value="([0-9a-f]{64})"', page)[0]


def _submitted(rights: RightsWorld) -> None:
    """The leader has signed and submitted."""
    submission = submit_part(
        by=rights.session(Role.UNIT_LEADER), at=now(), part_id=rights.places["part"], incomplete_reason="Chưa có"
    )
    rights.places["submission"] = submission.pk


def _answering(rights: RightsWorld) -> None:
    """What was submitted has come back, and the unit answers."""
    ScoreSheet.objects.filter(pk=rights.made.sheet.pk).update(state=SheetState.RETURNED)
    SheetPart.objects.filter(sheet=rights.made.sheet).update(state=SheetState.RETURNED, returned_reason="Bổ sung")


def _locked(rights: RightsWorld) -> None:
    """The deadline passed, the sheet was locked, and then the unit got an extension."""
    ScoreSheet.objects.filter(pk=rights.made.sheet.pk).update(
        state=SheetState.LOCKED, extended_until=datetime(2099, 1, 1, tzinfo=UTC)
    )
    SheetPart.objects.filter(sheet=rights.made.sheet).update(state=SheetState.LOCKED)


def _extension_asked(rights: RightsWorld) -> None:
    rights.places["extension"] = Extension.objects.create(
        sheet=rights.made.sheet, until=now() + timedelta(days=30), reason="Chờ số liệu",
        requested_by=rights.people[Role.UNIT_OFFICER, "own"], requested_at=now(),
    ).pk  # fmt: skip


def _not_assessed_asked(rights: RightsWorld) -> None:
    entry = Entry.objects.get(pk=rights.places["entry"])
    entry.state = "not_assessed_requested"
    entry.save()
    rights.places["request"] = NotAssessedRequest.objects.create(
        entry=entry, reason="Không phát sinh", requested_by=rights.people[Role.UNIT_OFFICER, "own"], requested_at=now()
    ).pk


# --- a sheet in parts ------------------------------------------------------------------------------------------------


def _body(rights: RightsWorld) -> None:
    """The province's own sheet, of which the department leads two items."""
    made = rights.made
    office = rights.session(Role.STANDING_OFFICE)
    cycle = Cycle.objects.create(
        owner=made.province, owner_path="tinh", title="Phiếu cấp tỉnh năm 2025", year=2025,
        created_by=rights.people[Role.STANDING_OFFICE, "own"], created_at=now(),
    )  # fmt: skip
    Phase.objects.create(
        cycle=cycle, kind=PhaseKind.SELF_SCORING, title="Tự đánh giá", starts_at=now() - timedelta(days=20),
        ends_at=now() + timedelta(days=10),
    )  # fmt: skip
    group = NewGroup("province", "Cấp tỉnh", made.version.pk, (made.province.pk,))
    add_group(by=office, at=now(), cycle_id=cycle.pk, group=group)
    open_cycle(by=office, at=now(), cycle_id=cycle.pk)
    sheet = ScoreSheet.objects.get(cycle=cycle)
    leads = dict.fromkeys(("1.1", "1.2", "2.1", "2.2"), made.department.pk)
    assign_items(by=office, at=now(), sheet_id=sheet.pk, leads=leads, reason="Phân công")
    enter_everything(sheet)
    rights.places["body_sheet"] = sheet.pk
    rights.places["body_part"] = SheetPart.objects.get(sheet=sheet, lead_unit=made.department).pk


def _body_presented(rights: RightsWorld) -> None:
    present(by=rights.session(Role.UNIT_OFFICER), at=now(), part_id=rights.places["body_part"])


def _body_signed(rights: RightsWorld) -> None:
    leader = rights.session(Role.UNIT_LEADER)
    submit_part(by=leader, at=now(), part_id=rights.places["body_part"], incomplete_reason="Chưa có")


def _body_compiled(rights: RightsWorld) -> None:
    office = rights.session(Role.STANDING_OFFICE)
    compile_sheet(by=office, at=now(), sheet_id=rights.places["body_sheet"])


# --- evidence --------------------------------------------------------------------------------------------------------


def one_page() -> bytes:
    """A PDF of one page."""
    with TemporaryDirectory() as folder:
        return pdf(Path(folder) / "paper.pdf", (((72, 72, "Kế hoạch cải cách hành chính"),),)).read_bytes()


def _evidence(rights: RightsWorld) -> None:
    """A PDF of one page, sent to the item by the officer."""
    client = Client()
    client.force_login(rights.people[Role.UNIT_OFFICER, "own"], backend=BACKEND)
    data = one_page()
    sheet = rights.made.sheet.pk
    client.post(f"/sheets/{sheet}/items/2.1/evidence/", {"files": [SimpleUploadedFile("ke-hoach.pdf", data)]})
    attachment = Attachment.objects.get(entry=rights.places["entry"])
    rights.places |= {"attachment": attachment.pk, "document": attachment.document_id, "number": 1, "page": 1}


def _cited(rights: RightsWorld) -> None:
    """A document named by hand."""
    rights.places["citation"] = Citation.objects.create(
        entry_id=rights.places["entry"], text="Báo cáo số 1/BC", number="1/BC", number_key="1/bc", by_hand=True
    ).pk


# --- criteria sets ---------------------------------------------------------------------------------------------------


def _draft(rights: RightsWorld) -> None:
    """A second version that is being written, with an act that can be undone."""
    made, office = rights.made, rights.people[Role.STANDING_OFFICE, "own"]
    draft = CriteriaSetVersion.objects.create(
        criteria_set=made.version.criteria_set, number=2, state="draft", title=made.version.title, year=2025,
        content=made.version.content, reason="Sửa", created_by=office, created_at=now(),
    )  # fmt: skip
    rights.places["draft"] = draft.pk
    rights.places["row"] = 2
    rights.places["decision"] = FindingDecision.objects.create(
        version=draft,
        key="",
        decision="mended",
        message="",
        change="",
        finding="{}",
        patch="[]",
        decided_by=office,
        decided_at=now(),
    ).pk


def _another_set(rights: RightsWorld) -> None:
    """A second frozen version that a group may be moved to."""
    rights.places["other_set"] = version_of_year(rights.made.version, 2026).pk


def _paper(rights: RightsWorld) -> None:
    office = rights.session(Role.STANDING_OFFICE)
    data = SMALL_SET.read_bytes()
    arrived = Arrived(SMALL_SET, "bo-tieu-chi.yaml", hashlib.sha256(data).hexdigest(), len(data))
    paper: OfficialPaper = receive_paper(by=office, at=now(), owner_id=rights.made.province.pk, arrived=arrived)
    rights.places["paper"] = paper.pk


def _guidance(rights: RightsWorld) -> None:
    office = rights.session(Role.STANDING_OFFICE)
    made = make_guidance(by=office, at=now(), version_id=rights.made.version.pk, title="Hướng dẫn chấm điểm")
    write_note(
        by=office, at=now(), guidance_id=made.pk, item_code="2.1", texts=NoteTexts(rule="Chấm theo tỷ lệ đúng hạn")
    )
    rights.places["guidance"] = made.pk


# --- accounts --------------------------------------------------------------------------------------------------------


def _invited(rights: RightsWorld) -> None:
    """The officer has not taken the account over, and has a link."""
    officer = rights.people[Role.UNIT_OFFICER, "own"]
    officer.set_unusable_password()
    officer.save()
    invite(by=rights.session(Role.STANDING_OFFICE), at=now(), user_id=officer.pk, address_of=str)


def _locked_out(rights: RightsWorld) -> None:
    """Five wrong passwords."""
    officer = rights.people[Role.UNIT_OFFICER, "own"]
    for _ in range(5):
        Client().post("/login/", {"login": officer.username, "password": "sai"})


def _account_mended(rights: RightsWorld) -> None:
    """The leader has mended the account of the officer."""
    officer = rights.people[Role.UNIT_OFFICER, "own"]
    data = AccountData("Tên mới", officer.username, officer.unit_id, officer.email)
    edit_account(by=rights.session(Role.UNIT_LEADER), at=now(), user_id=officer.pk, data=data)
    rights.places["record"] = AuditRecord.objects.get(action="edit_account").pk


# --- the log ---------------------------------------------------------------------------------------------------------


def _explained(rights: RightsWorld, by: Session, sheet: int) -> None:
    change = Change(explanation=Typed("Đã ban hành kế hoạch", digest("")))
    save_entry(by=by, at=now(), sheet_id=sheet, item_code="1.2", change=change)
    rights.places["record"] = AuditRecord.objects.filter(action="edit_entry").latest("pk").pk


def _body_written(rights: RightsWorld) -> None:
    """The officer has written an item of the province's sheet that the department leads."""
    _explained(rights, rights.session(Role.UNIT_OFFICER), rights.places["body_sheet"])


def _owner_below(rights: RightsWorld) -> None:
    """A commune has written an item in the cycle of its district, which has a standing office of its own."""
    nested = nested_owner(rights.made)
    _explained(rights, rights.made.session("commune_officer"), nested.sheet.pk)


def _draft_mended(rights: RightsWorld) -> None:
    """The standing office has begun a correction of the set."""
    made = correct(
        by=rights.session(Role.STANDING_OFFICE), at=now(), version_id=rights.made.version.pk, reason="Sai số liệu"
    )
    rights.places["record"] = AuditRecord.objects.get(object_kind="criteria_set_version", object_id=str(made.pk)).pk


GIVEN: dict[str, Callable[[RightsWorld], None]] = {
    "filled": _filled,
    "all_done": _all_done,
    "presented": _presented,
    "to_sign": _to_sign,
    "submitted": _submitted,
    "answering": _answering,
    "locked": _locked,
    "extension_asked": _extension_asked,
    "not_assessed_asked": _not_assessed_asked,
    "body": _body,
    "body_presented": _body_presented,
    "body_signed": _body_signed,
    "body_compiled": _body_compiled,
    "evidence": _evidence,
    "cited": _cited,
    "draft": _draft,
    "another_set": _another_set,
    "paper": _paper,
    "guidance": _guidance,
    "invited": _invited,
    "locked_out": _locked_out,
    "account_mended": _account_mended,
    "body_written": _body_written,
    "owner_below": _owner_below,
    "draft_mended": _draft_mended,
}
GIVEN |= rights_of_further_explanations.GIVEN
GIVEN |= rights_of_councils.GIVEN
GIVEN |= rights_of_appraisals.GIVEN
GIVEN |= rights_of_public_results.GIVEN
GIVEN |= rights_of_received_bundles.GIVEN
GIVEN |= rights_of_results.GIVEN
GIVEN |= rights_of_commendations.GIVEN
GIVEN |= rights_of_monitoring.GIVEN
GIVEN |= rights_of_text_checks.GIVEN
#: What stores files: only rows are kept.
FILED = frozenset({"evidence", "paper", "bundle_received", "bundle_trusted", "public_bundle"})


def rights_after(*given: str) -> RightsWorld:
    """The world of rights after all this has happened, in its order."""
    before = tuple(takewhile(lambda one: one not in FILED, given))
    rights = _kept_after(*before)
    for one in given[len(before) :]:
        GIVEN[one](rights)
    return rights


@kept
def _kept_after(*given: str) -> RightsWorld:
    rights = rights_world()
    for one in given:
        GIVEN[one](rights)
    return rights
