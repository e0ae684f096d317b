"""Forms that come back after somebody else has changed what they showed: nothing is written over unread, nothing typed
is lost, and sent once more it writes. Beside every form of its kind: the timetable stands in test_timetable_changes.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.parts_world import parts_world
from tests.factories.world import World, now

from parindex.database.models import Attachment, Cycle, Document, Entry, GuidanceNote, UnitVersion, User
from parindex.domain.review.refusal import Refusal
from parindex.usecases.cycles import set_notice
from parindex.usecases.guidance import make_guidance
from parindex.usecases.read_marks import read_mark, require_as_read

pytestmark = pytest.mark.both

Person = Callable[[str], Client]
SEEN = re.compile(r'name="seen" value="([0-9a-f]+)"')


@dataclass(frozen=True)
class Form:
    """A form that two people have open: what each of them types, and how what is stored is read."""

    address: str
    person: str
    theirs: Mapping[str, object]
    mine: Mapping[str, object]
    stored: Callable[[], object]


def _notice(made: World) -> Form:
    return Form(
        f"/cycles/{made.cycle.pk}/notice/edit/", "standing_office",
        {"notice": "Họ viết", "contact": ""}, {"notice": "Tôi viết", "contact": "Phòng CCHC"},
        lambda: Cycle.objects.get(pk=made.cycle.pk).notice,
    )  # fmt: skip


def _account(made: World) -> Form:
    officer = made.people["owner"]
    data = {"full_name": officer.full_name, "username": officer.username, "email": officer.email, "unit": "so-y-te"}
    return Form(
        f"/accounts/{officer.pk}/", "administrator",
        {**data, "phone": "0999", "position": "Họ viết"}, {**data, "phone": "", "position": "Tôi viết"},
        lambda: User.objects.get(pk=officer.pk).position,
    )  # fmt: skip


def _own_account(made: World) -> Form:
    return Form(
        "/account/", "owner",
        {"position": "Họ viết", "phone": "0999", "language": "vi"},
        {"position": "Tôi viết", "phone": "", "language": "vi"},
        lambda: User.objects.get(pk=made.people["owner"].pk).position,
    )  # fmt: skip


def _document(made: World) -> Form:
    paper = Document.objects.create(
        unit=made.department, title="Kế hoạch", created_by=made.people["owner"], created_at=now()
    )
    rest = {"number": "1/KH", "date": "08/12/2025", "issuer": "", "kind": "", "abstract": "", "effective_on": ""}
    return Form(
        f"/documents/{paper.pk}/", "owner", {**rest, "title": "Họ viết"}, {**rest, "title": "Tôi viết"},
        lambda: Document.objects.get(pk=paper.pk).title,
    )  # fmt: skip


def _guidance(made: World) -> Form:
    guidance = make_guidance(
        by=made.session("standing_office"), at=now(), version_id=made.version.pk, title="Hướng dẫn"
    )
    return Form(
        f"/sets/guidance/{guidance.pk}/items/2.1/", "standing_office",
        {"rule": "Họ viết", "evidence": "", "example": ""}, {"rule": "Tôi viết", "evidence": "", "example": ""},
        lambda: GuidanceNote.objects.get(guidance=guidance, item_code="2.1").rule_text,
    )  # fmt: skip


def _unit(made: World) -> Form:
    data = {"short_name": "SYT", "kind": "department", "parent": "tinh", "first": "01/11/2026"}
    data |= {"decision": "1/NQ", "decision_date": "01/11/2026"}
    return Form(
        f"/units/{made.department.pk}/change/", "administrator", {**data, "name": "Họ viết"},
        {**data, "name": "Tôi viết"},
        lambda: UnitVersion.objects.filter(unit=made.department).order_by("-valid_from")[0].name,
    )  # fmt: skip


@pytest.mark.parametrize("form_of", [_notice, _account, _own_account, _document, _guidance, _unit])
def test_the_second_of_two_sees_both_texts_before_anything_is_written(
    made: World, as_person: Person, form_of: Callable[[World], Form]
) -> None:
    form = form_of(made)
    client = as_person(form.person)
    [seen] = SEEN.findall(client.get(form.address).text)
    assert client.post(form.address, {**form.theirs, "seen": seen}).status_code == 302
    assert form.stored() == "Họ viết"
    late = client.post(form.address, {**form.mine, "seen": seen})
    assert late.status_code == 409
    assert form.stored() == "Họ viết"
    assert "người khác đã sửa sau khi bạn mở trang này" in late.text
    assert '<p class="quote quote--kept">Họ viết</p>' in late.text
    assert '<p class="quote quote--kept">Tôi viết</p>' in late.text
    assert re.search(r'value="Tôi viết"|>Tôi viết</textarea>', late.text)
    [again] = SEEN.findall(late.text)
    assert client.post(form.address, {**form.mine, "seen": again}).status_code == 302
    assert form.stored() == "Tôi viết"


def test_a_mistake_does_not_make_the_form_read_what_it_has_not_shown(made: World, as_person: Person) -> None:
    form = _notice(made)
    client = as_person(form.person)
    [seen] = SEEN.findall(client.get(form.address).text)
    client.post(form.address, {**form.theirs, "seen": seen})
    wrong = client.post(form.address, {**form.mine, "contact": "x" * 301, "seen": seen})
    assert wrong.status_code == 422
    assert SEEN.findall(wrong.text) == [seen]
    assert client.post(form.address, {**form.mine, "seen": seen}).status_code == 409


def test_who_looks_after_an_item(made: World, as_person: Person) -> None:
    client, address = as_person("owner"), f"/sheets/{made.sheet.pk}/items/1.1/assignee/"
    [seen] = SEEN.findall(client.get(address).text)
    theirs, mine = made.people["colleague"], made.people["owner"]
    assert client.post(address, {"assignee": theirs.pk, "seen": seen}).status_code == 302
    late = client.post(address, {"assignee": mine.pk, "seen": seen})
    assert late.status_code == 409
    assert f'value="{mine.pk}" checked' in late.text
    assert theirs.full_name in late.text
    entry = Entry.objects.get(sheet=made.sheet, item_code="1.1")
    assert entry.assignee == theirs
    [again] = SEEN.findall(late.text)
    assert client.post(address, {"assignee": mine.pk, "seen": again}).status_code == 302


def test_who_leads_which_items(db: None) -> None:
    parts = parts_world()
    client = Client()
    client.force_login(parts.people["standing_office"], backend="allauth.account.auth_backends.AuthenticationBackend")
    address = f"/sheets/{parts.sheet.pk}/parts/assign/"
    [seen] = SEEN.findall(client.get(address).text)
    theirs = {"item": ["1.1"], "lead": parts.made.other_department.pk, "reason": "Giao lại"}
    mine = {"item": ["1.1"], "lead": parts.made.province.pk, "reason": "Tỉnh tự làm"}
    assert client.post(address, {**theirs, "seen": seen}).status_code == 302
    late = client.post(address, {**mine, "seen": seen})
    assert late.status_code == 409
    assert 'value="Tỉnh tự làm"' in late.text
    assert '<p class="quote quote--kept">Sở Tư pháp</p>' in late.text
    assert Entry.objects.get(sheet=parts.sheet, item_code="1.1").part.lead_name == "Sở Tư pháp"
    [again] = SEEN.findall(late.text)
    assert client.post(address, {**mine, "seen": again}).status_code == 302


def test_where_in_a_document_the_proof_stands(made: World, as_person: Person) -> None:
    entry = Entry.objects.get(sheet=made.sheet, item_code="1.1")
    paper = Document.objects.create(
        unit=made.department, title="Kế hoạch", created_by=made.people["owner"], created_at=now()
    )
    row = Attachment.objects.create(entry=entry, document=paper, added_by=made.people["owner"], added_at=now())
    client, address = as_person("owner"), reverse("change_evidence", args=[row.pk, "place"])
    [seen] = SEEN.findall(client.get(f"/sheets/{made.sheet.pk}/items/1.1/evidence/").text)
    assert client.post(address, {"page": "3", "section": "", "seen": seen}).status_code == 302
    late = client.post(address, {"page": "8", "section": "Mục II", "seen": seen})
    assert late.status_code == 409
    assert 'value="8"' in late.text
    assert 'value="Mục II"' in late.text
    assert "Đang lưu: 3, –" in late.text
    row.refresh_from_db()
    assert row.page == "3"
    [again] = SEEN.findall(late.text)
    assert client.post(address, {"page": "8", "section": "", "seen": again}).status_code == 302


def test_who_brings_no_mark_is_not_asked(made: World) -> None:
    office = made.session("standing_office")
    for words in ("Một", "Hai"):
        set_notice(by=office, at=now(), cycle_id=made.cycle.pk, notice=words, contact="")
    assert Cycle.objects.get(pk=made.cycle.pk).notice == "Hai"


def test_a_mark_tells_names_and_texts_apart() -> None:
    shown = {"a": "x", "b": ""}
    require_as_read(shown, read_mark({"b": "", "a": "x"}))
    for other in ({"a": "", "b": "x"}, {"a": "x"}, {"a": "x", "b": " "}):
        with pytest.raises(Refusal, match="changed_since_read"):
            require_as_read(other, read_mark(shown))
