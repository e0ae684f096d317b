"""Proposals for commendation: by criteria that are met, for other reasons, of persons; withdrawn; never public."""

from __future__ import annotations

import io
from collections.abc import Iterator
from zipfile import ZipFile

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.appraisal_world import appraisal_world
from tests.factories.published_world import PublishedWorld, published_world
from tests.factories.world import World, now

from parindex.database.models import AuditRecord, Commendation, Cycle
from parindex.domain.publication.commendations import Criterion
from parindex.domain.review.refusal import Refusal
from parindex.usecases import commendation_grounds, commendations
from parindex.usecases.commendations import propose_person, propose_unit, withdraw
from parindex.wording.commendations import check_words

pytestmark = [pytest.mark.django_db, pytest.mark.both]
NAME = "Nguyễn Thị Được Đề Nghị"
HOSTILE = '#panic("x") *đậm* $x^2$ [#read("/etc/passwd")] <b>x</b>'
GOOD = (Criterion("good", "Tốt, khá", "Giấy khen", "Xếp loại khá trở lên.", grades=("Tốt", "Khá"), unanswered=0),)


@pytest.fixture
def found() -> PublishedWorld:
    return published_world()


def client_of(made: World, name: str) -> Client:
    client = Client()
    client.force_login(made.people[name])
    return client


def address(made: World, rest: str = "") -> str:
    return f"/cycles/{made.cycle.pk}/commendations/{rest}"


def person(made: World, by: str = "standing_office", **changes: str) -> Commendation:
    texts = {"name": NAME, "office": "Chuyên viên, Sở Y tế", "award": "Giấy khen", "reason": "Tham mưu tốt", **changes}
    return propose_person(by=made.session(by), at=now(), cycle_id=made.cycle.pk, **texts)


def text_of(pdf: bytes) -> str:
    pages = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pages).replace("\u200b", "")


def test_those_that_ship_are_explained_at_a_unit_that_meets_none(found: PublishedWorld) -> None:
    made = found.made
    page = client_of(made, "standing_office").get(address(made, f"units/{made.sheet.pk}/")).text
    assert "nhóm chỉ có 2 đơn vị có thứ hạng; tiêu chuẩn cần từ 6" in page
    assert "không có chỉ số năm trước để so" in page
    assert 'name="criteria"' not in page
    listed = client_of(made, "standing_office").get(address(made) + "?q=so y te").text
    assert f'href="{address(made, f"units/{made.sheet.pk}/")}"' in listed
    assert "0 trên 2 đơn vị" in listed


def test_a_unit_is_proposed_by_what_it_meets_and_that_is_kept(
    found: PublishedWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commendation_grounds, "criteria", lambda: GOOD)
    made, client = found.made, client_of(found.made, "standing_office")
    form = client.get(address(made, f"units/{made.sheet.pk}/")).text
    assert 'value="good" checked' in form
    data = {"criteria": ["good"], "award": "Giấy khen", "reason": "Có sáng kiến."}
    assert client.post(address(made, f"units/{made.sheet.pk}/"), data).status_code == 302
    proposed = Commendation.objects.get()
    assert (proposed.name, proposed.reason) == ("Sở Y tế", "Xếp loại khá trở lên. Có sáng kiến.")
    page = client.get(address(made)).text
    assert "Căn cứ: lần công bố 1" in page
    assert "0 mục không trả lời, tiêu chuẩn: tối đa 0" in page
    assert "kết quả nay không còn đạt" not in page
    again = client.post(address(made, f"units/{made.sheet.pk}/"), data)
    assert again.status_code == 422
    assert "Sở Y tế đã được đề nghị Giấy khen" in again.text
    monkeypatch.setattr(commendation_grounds, "criteria", lambda: ())
    assert "kết quả nay không còn đạt" in client.get(address(made)).text


def test_nothing_is_proposed_by_a_criterion_that_is_not_met_or_without_any_ground(found: PublishedWorld) -> None:
    made = found.made
    plain = {"by": made.session("standing_office"), "at": now(), "cycle_id": made.cycle.pk, "award": "Giấy khen"}
    for sheet, changes, code in (
        (made.sheet.pk, {"criteria": ("top-three",)}, "criterion_not_met"),
        (made.sheet.pk, {"criteria": ("unknown",)}, "criterion_not_met"),
        (made.sheet.pk, {"reason": " "}, "commendation_reason_needed"),
        (made.sheet.pk, {"reason": "x", "award": ""}, "award_needed"),
        (999_999, {"reason": "x"}, "sheets_of_other_cycle"),
    ):
        with pytest.raises(Refusal) as refused:
            propose_unit(sheet_id=sheet, **{**plain, **changes})  # type: ignore[arg-type]
        assert refused.value.code == code
    assert not Commendation.objects.exists()


def test_only_the_standing_office_and_only_after_publication(found: PublishedWorld) -> None:
    for name in ("chair", "secretary", "appraiser", "auditor", "owner", "leader", "stranger", "administrator"):
        with pytest.raises(Refusal):
            person(found.made, by=name)
        reads = 200 if name == "auditor" else 403  # who proposes nothing and reads everything
        assert client_of(found.made, name).get(address(found.made)).status_code == reads, name
    Cycle.objects.update(state="finalised")
    with pytest.raises(Refusal) as refused:
        person(found.made)
    assert refused.value.code == "not_published_yet"


def test_before_the_publication_there_is_no_page() -> None:
    made = appraisal_world().made
    assert client_of(made, "standing_office").get(address(made)).status_code == 403


def test_a_person_is_typed_by_hand_and_what_is_missing_is_said_at_its_field(found: PublishedWorld) -> None:
    client = client_of(found.made, "standing_office")
    data = {"name": NAME, "office": " ", "award": "Giấy khen", "reason": "Tham mưu tốt"}
    wrong = client.post(address(found.made, "persons/"), data)
    assert wrong.status_code == 422
    assert 'href="#office"' in wrong.text
    assert NAME in wrong.text
    assert client.post(address(found.made, "persons/"), {**data, "office": "Chuyên viên"}).status_code == 302
    with pytest.raises(Refusal) as refused:
        person(found.made, office="Chuyên viên")
    assert refused.value.code == "commendation_twice"
    assert AuditRecord.objects.filter(action="propose_commendation").count() == 1


def test_what_is_withdrawn_stays_with_its_reason_and_may_be_proposed_again(found: PublishedWorld) -> None:
    made, proposal = found.made, person(found.made)
    client = client_of(made, "standing_office")
    where = address(made, f"{proposal.pk}/withdraw/")
    assert client.post(where, {"reason": " "}).status_code == 422
    assert client.post(where, {"reason": "Ghi nhầm người"}).status_code == 302
    assert "Ghi nhầm người" in client.get(address(made)).text
    with pytest.raises(Refusal) as refused:
        withdraw(by=made.session("standing_office"), at=now(), commendation_id=proposal.pk, reason="Lần nữa")
    assert refused.value.code == "commendation_withdrawn"
    assert person(made).pk != proposal.pk


def test_the_paper_lists_everything_and_who_took_it_is_logged(found: PublishedWorld) -> None:
    made, client = found.made, client_of(found.made, "standing_office")
    person(made, reason=HOSTILE)
    by = made.session("standing_office")
    propose_unit(by=by, at=now(), cycle_id=made.cycle.pk, sheet_id=made.sheet.pk, award="Bằng khen", reason="Dẫn đầu")
    gone = person(made, name="Người Đã Rút")
    withdraw(by=by, at=now(), commendation_id=gone.pk, reason="Nhầm")
    answer = client.post(address(made, "paper/"))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"
    words = text_of(answer.content)
    order = ["SỞ NỘI VỤ", "TỜ TRÌNH", "345/QĐ-UBND", "I. Tập thể", "Sở Y tế", "II. Cá nhân", NAME, "Nơi nhận:"]
    places = [words.find(one) for one in order]
    assert -1 not in places
    assert places == sorted(places)
    assert HOSTILE.replace(" ", "") in words.replace(" ", "")
    assert "Người Đã Rút" not in words
    assert client.post(address(made, "paper/")).content == answer.content
    assert AuditRecord.objects.filter(action="export_commendations").count() == 2


def test_names_of_persons_stand_on_no_public_address_and_in_no_open_data(found: PublishedWorld) -> None:
    made = found.made
    person(made)
    client_of(made, "standing_office").post(address(made, "paper/"))
    seen = list(public_answers(made))
    assert len(seen) > 15
    for where, body in seen:
        assert NAME.encode() not in body, where
        assert b"commendation" not in body, where
    for name in ("owner", "leader", "stranger", "chair"):
        client = client_of(made, name)
        assert NAME not in client.get("/log/").text, name
        assert NAME not in client.get(f"/cycles/{made.cycle.pk}/results/units/{made.sheet.pk}/").text, name
    assert NAME in client_of(made, "auditor").get("/log/").text + str(
        AuditRecord.objects.filter(action="propose_commendation").values_list("after", flat=True)
    )


def public_answers(made: World) -> Iterator[tuple[str, bytes]]:
    """Every public address of the publication with all its bytes, archives unpacked."""
    client, cycle = Client(), made.cycle.pk
    pages = [
        reverse("front"), reverse("public_results"),
        *(reverse(name, kwargs={"cycle": cycle}) for name in ("public_ranking", "public_criteria", "public_data")),
        reverse("public_version", kwargs={"cycle": cycle, "number": 1}),
        *(f"/results/{cycle}/{code}/" for code in ("so-y-te", "so-tu-phap")), f"/results/{cycle}/so-y-te/2.2/",
    ]  # fmt: skip
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200, page
        yield page, answer.content
    named = (
        "units.csv", "nodes.csv", "parts.csv", "items.csv", "figures.csv", "opinions.csv", "criteria.csv",
        "results.json", "results.xlsx", "datapackage.zip", "snapshot.json",
    )  # fmt: skip
    for name in named:
        answer = client.get(f"/results/{cycle}/data/{name}")
        assert answer.status_code == 200, name
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        yield name, body
        if body[:2] == b"PK":
            with ZipFile(io.BytesIO(body)) as archive:
                yield from ((f"{name}/{one}", archive.read(one)) for one in archive.namelist())


def test_the_queries_of_the_list_do_not_grow_with_the_proposals(
    found: PublishedWorld, django_assert_max_num_queries: object
) -> None:
    made, client = found.made, client_of(found.made, "standing_office")
    person(made)
    client.get(address(made))
    for name in ("Một", "Hai", "Ba"):
        person(made, name=name)
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        client.get(address(made))


def test_every_verdict_has_its_words(found: PublishedWorld) -> None:
    publication = found.publication
    asked = (Criterion("all", "a", "b", "c", rank=1, grades=("Tốt",), area_share=1, unanswered=0),)  # type: ignore[arg-type]
    for one in commendation_grounds.grounds_of(publication, now(), by=asked, always=(found.made.sheet.pk,)):
        assert all(check_words(check) for verdict in one.verdicts for check in verdict.checks)
    assert commendations.standing(found.made.cycle) == []
