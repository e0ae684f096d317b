"""The list of documents shows what one by one may be opened: every role, at every place, of every reach."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest
from django.test import Client
from tests.factories.nested_owner import Nested, nested_owner
from tests.factories.parts_world import PartsWorld, parts_world
from tests.factories.world import now, person, unit

from parindex.database.models import Attachment, Document, Entry, ScoreSheet, Unit, User
from parindex.database.queries.evidence import evidence_facts, readable_documents
from parindex.domain.review.evidence_permissions import check_can_read_evidence
from parindex.domain.review.refusal import refusal
from parindex.domain.review.roles import Actor, Grant, Role
from parindex.domain.review.stages import SheetState
from parindex.wording.moments import local_day

pytestmark = pytest.mark.both

Person = Callable[[str], Client]
PATHS = (
    "tinh", "tinh/so-noi-vu", "tinh/so-y-te", "tinh/so-tu-phap", "tinh/huyen", "tinh/huyen/xa", "tinh/huyen/xa/phong",
    "tinh-khac",
)  # fmt: skip


@pytest.fixture
def parts(db: None) -> PartsWorld:
    """A province, its sheet in parts, the sheets of its departments."""
    return parts_world()


@pytest.fixture
def nested(parts: PartsWorld) -> Nested:
    """An owner below: a district with a cycle of its own."""
    User.objects.filter(username="head").update(username="head_of_parts", email="")  # both worlds have one
    made = nested_owner(parts.made)
    unit("phong", "Phòng Tổ chức", "office", made.commune)
    return made


def document(title: str, keeper: Unit, sheet: ScoreSheet | None = None, *, taken_off: bool = False) -> Document:
    """A document of a unit that proves, or proved, an item of a sheet."""
    by = User.objects.order_by("pk").first()
    made = Document.objects.create(unit=keeper, title=title, link="https://x.vn/a", created_by=by, created_at=now())
    if sheet is not None:
        entry = Entry.objects.filter(sheet=sheet).order_by("position").first()
        Attachment.objects.create(
            entry=entry, document=made, added_by=by, added_at=now(), removed_at=now() if taken_off else None
        )
    return made


def documents_everywhere(parts: PartsWorld, nested: Nested) -> int:
    """One on no sheet of every unit; on every sheet one that proves something and one that was taken off."""
    for keeper in Unit.objects.order_by("pk"):
        document(f"của {keeper.code}", keeper)
    for sheet in ScoreSheet.objects.order_by("pk"):
        for taken_off in (False, True):
            document(f"trên phiếu {sheet.pk}, {taken_off}", parts.made.office, sheet, taken_off=taken_off)
    return Document.objects.count()


@pytest.mark.parametrize("state", [SheetState.OPEN, SheetState.SUBMITTED, SheetState.RETURNED])
def test_the_list_and_the_permission_agree(parts: PartsWorld, nested: Nested, state: SheetState) -> None:
    count = documents_everywhere(parts, nested)
    ScoreSheet.objects.update(state=state)
    day = local_day(now())
    known = {one.pk: evidence_facts(one, day) for one in Document.objects.all()}
    cycles = (None, nested.cycle.pk, parts.sheet.cycle_id)
    seen = set()
    for role, path, subtree, cycle in product(Role, PATHS, (False, True), cycles):
        actor = Actor(1, "x", path, (Grant(role, path, subtree, cycle),))
        listed = set(readable_documents(actor, day).values_list("pk", flat=True))
        single = {pk for pk, facts in known.items() if refusal(check_can_read_evidence, actor, facts) is None}
        assert listed == single, (role, path, subtree, cycle, {known[pk] for pk in listed ^ single})
        seen.add(len(listed))
    assert len(seen) > 4  # some see nothing, some a few, nobody sees only all or nothing
    assert max(seen) <= count


def test_an_auditor_of_the_province_alone_reads_no_title_of_an_owner_below(parts: PartsWorld, nested: Nested) -> None:
    person("auditor_alone", parts.made.province, Role.AUDITOR)
    person("auditor_of_all", parts.made.province, Role.AUDITOR, subtree=True)
    document("Tài liệu nội bộ của xã", Unit.objects.get(code="phong"), nested.sheet)
    shown = {}
    for name in ("auditor_alone", "auditor_of_all"):
        client = Client()
        client.force_login(
            User.objects.get(username=name),
            backend="allauth.account.auth_backends.AuthenticationBackend",
        )
        shown[name] = "Tài liệu nội bộ của xã" in client.get("/documents/").text
    assert shown == {"auditor_alone": False, "auditor_of_all": True}
