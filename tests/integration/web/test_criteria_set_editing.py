"""Editing a draft: an item, its rule with a live example, measures, properties; two editors; versions compared."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from tests.factories.world import World, now

from parindex.database.models import CriteriaSetVersion, FindingDecision
from parindex.documents.criteria_drafts.draft import stored_draft
from parindex.domain.criteria.criteria_set import CriteriaSet
from parindex.usecases import criteria_sets as sets

Person = Callable[[str], Client]
#: Rows of the small set by position: 0 is area 1, 1 is 1.1, 2 is 1.2, 3 is area 2, 4 is 2.1, 5 is 2.2.
ITEM = 4


@pytest.fixture
def draft(made: World) -> CriteriaSetVersion:
    """A correction of the small set."""
    return sets.correct(by=made.session("standing_office"), at=now(), version_id=made.version.pk, reason="Sửa lỗi in")


@pytest.fixture
def office(as_person: Person) -> Client:
    """The browser of the standing office."""
    return as_person("standing_office")


def kept(draft: CriteriaSetVersion) -> CriteriaSet:
    """The set as it is stored."""
    row = CriteriaSetVersion.objects.get(pk=draft.pk)
    return stored_draft(row.content, row.reading).criteria_set


def form(draft: CriteriaSetVersion, **typed: str) -> dict[str, str]:
    """The form of item 2.1 with a ratio."""
    read = CriteriaSetVersion.objects.get(pk=draft.pk).edit_number
    return {
        "read": str(read), "digest": "", "act": "save", "mode": "form", "code": "2.1", "title": "Giải quyết đúng hạn",
        "display_title": "", "max_points": "2", "source": "report", "evidence": "", "rule.kind": "ratio",
        "rule.of.0.measure": "on_time", "rule.to.0.measure": "received", "clause": "", **typed,
    }  # fmt: skip


def url(draft: CriteriaSetVersion, row: int = ITEM) -> str:
    return f"/sets/versions/{draft.pk}/rows/{row}/"


def test_an_item_is_edited_and_the_edit_is_recorded(office: Client, draft: CriteriaSetVersion) -> None:
    page = office.get(url(draft)).text
    assert "điểm theo tỷ lệ: “Hồ sơ đúng hạn” ÷ “Hồ sơ tiếp nhận”" in page
    typed = form(draft, evidence="Báo cáo\n  Bảng tổng hợp ", note="Theo công văn", **{"rule.target": "80%"})
    answer = office.post(url(draft), typed, follow=True)
    assert "Đã ghi" in answer.text
    node = kept(draft).node("2.1")
    assert node.evidence == ("Báo cáo", "Bảng tổng hợp")
    assert node.rule is not None
    assert node.rule.data == {"kind": "ratio", "of": "on_time", "to": "received", "target": "80%"}
    decision = FindingDecision.objects.get(version=draft)
    assert (decision.key, decision.note) == ("", "Theo công văn")
    assert "mục 2.1" in decision.change
    # and undone
    undone = office.post(f"/sets/versions/{draft.pk}/check/undo/", {"decision": decision.pk}, follow=True)
    assert "Đã hoàn tác" in undone.text
    assert kept(draft).node("2.1").evidence == ()


def test_the_example_is_computed_by_the_server(office: Client, draft: CriteriaSetVersion) -> None:
    typed = form(draft, act="example", **{"example.on_time.2025": "900", "example.received.2025": "1.200"})
    answer = office.post(url(draft), typed)
    assert answer.status_code == 200
    assert "900 ÷ 1.200" in answer.text
    assert "1,5" in answer.text
    assert not FindingDecision.objects.exists()
    wrong = form(draft, act="example", **{"example.on_time.2025": "nhiều"})
    assert "“nhiều” không phải là số" in office.post(url(draft), wrong).text


def test_a_new_measure_is_tried_before_it_is_kept(office: Client, draft: CriteriaSetVersion) -> None:
    typed = form(draft, act="example")
    typed |= {"rule.of.0.measure": "", "rule.of.0.new": "Việc xong", "example.viec_xong.2025": "3",
              "example.received.2025": "4"}  # fmt: skip
    for _ in range(2):  # what was typed is sent again as it was
        page = office.post(url(draft), typed).text
        assert "1,5" in page
        assert 'value="Việc xong"' in page
    assert office.post(url(draft), {**typed, "act": "save"}).status_code == 302
    assert kept(draft).measures["viec_xong"].title == "Việc xong"


KINDS = [
    ({"rule.kind": "count", "rule.of.0.measure": "online", "rule.each": "0,5"}, "count"),
    ({"rule.kind": "bands", "rule.of.0.measure": "on_time", "rule.to.0.measure": "received",
      "rule.bands.0.lower": "80%", "rule.bands.0.amount": "2", "rule.bands.1.upper": "80%",
      "rule.bands.1.upper_kind": "below", "rule.bands.1.amount": "0"}, "bands"),
    ({"rule.kind": "option", "rule.of.0.measure": "plan", "rule.options.0.key": "timely",
      "rule.options.0.label": "Kịp thời", "rule.options.0.amount": "100%", "rule.options.0.gives": "share",
      "rule.options.1.key": "late", "rule.options.1.label": "Chậm", "rule.options.1.amount": "1",
      "rule.options.2.key": "none", "rule.options.2.label": "Không ban hành", "rule.options.2.amount": "0"}, "option"),
    ({"rule.kind": "deduction", "rule.classes.0.of.0.new": "Vi phạm", "rule.classes.0.amount": "0,5"}, "deduction"),
    ({"rule.kind": "sum", "rule.parts.0.kind": "ratio", "rule.parts.0.max_points": "1",
      "rule.parts.0.of.0.measure": "on_time", "rule.parts.0.to.0.measure": "received",
      "rule.parts.1.kind": "count", "rule.parts.1.max_points": "1", "rule.parts.1.of.0.measure": "online",
      "rule.parts.1.each": "0,1"}, "sum"),
    ({"rule.kind": "best", "rule.alternatives.0.kind": "ratio", "rule.alternatives.0.of.0.measure": "on_time",
      "rule.alternatives.0.to.0.measure": "received", "rule.alternatives.1.kind": ""}, "best"),
    ({"rule.kind": "given"}, "given"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "kind"), KINDS, ids=[kind for _, kind in KINDS])
def test_every_kind_has_a_form_that_reads_back_what_it_wrote(
    office: Client, draft: CriteriaSetVersion, typed: dict[str, str], kind: str
) -> None:
    plain = {name: value for name, value in form(draft).items() if not name.startswith("rule.")}
    answer = office.post(url(draft), {**plain, **typed})
    assert answer.status_code == 302, answer.text
    rule = kept(draft).node("2.1").rule
    assert rule is not None
    assert rule.data["kind"] == kind
    page = office.get(url(draft)).text
    assert "Quy tắc này có phần mà biểu mẫu không ghi được" not in page
    for name, value in typed.items():
        if value not in ("", "points", "share", "below") and not name.endswith(".new"):
            assert f'name="{name}"' in page, name


def test_problems_of_a_rule_stand_at_their_fields_and_nothing_typed_is_lost(
    office: Client, draft: CriteriaSetVersion
) -> None:
    typed = form(draft, title="Tên mới đang gõ", **{"rule.kind": "bands", "rule.bands.0.lower": "tám mươi",
                                                    "rule.bands.0.amount": "2"})  # fmt: skip
    answer = office.post(url(draft), typed)
    assert answer.status_code == 422
    assert 'id="rule.bands.0.lower-error"' in answer.text
    assert 'href="#rule.bands.0.lower"' in answer.text
    assert "Tên mới đang gõ" in answer.text
    assert "tám mươi" in answer.text
    assert kept(draft).node("2.1").title == "Giải quyết đúng hạn"
    broken = office.post(url(draft), form(draft, code="2 1", max_points="nhiều", title=" "))
    assert broken.status_code == 422
    for name in ("code", "max_points", "title"):
        assert f'href="#{name}"' in broken.text


def test_yaml_says_what_the_form_cannot(office: Client, draft: CriteriaSetVersion) -> None:
    rule = "kind: ratio\nof: on_time\nto: received\ntarget: {2023: 60%, 2025: 80%}\n"
    assert office.post(url(draft), form(draft, mode="yaml", yaml=rule)).status_code == 302
    page = office.get(url(draft)).text
    assert "Quy tắc này có phần mà biểu mẫu không ghi được" in page
    for text in ("kind: [", "kind: ratio\nof: xyz\n", "một câu"):
        wrong = office.post(url(draft), form(draft, mode="yaml", yaml=text))
        assert wrong.status_code == 422, text
        assert 'id="yaml-error"' in wrong.text


def test_two_editors_of_one_item_are_told_and_of_different_items_are_not(
    office: Client, draft: CriteriaSetVersion
) -> None:
    import re

    page = office.get(url(draft)).text
    seen = {name: re.findall(rf'name="{name}" value="([^"]*)"', page)[0] for name in ("read", "digest")}
    other = {"act": "save", "code": "1.2", "title": "Sáng kiến mới", "max_points": "2", "source": "report",
             "read": seen["read"], "digest": "", "mode": "form", "rule.kind": ""}  # fmt: skip
    assert office.post(url(draft, 2), other).status_code == 302
    mine = form(draft, title="Giải quyết hồ sơ đúng hạn", **seen)
    assert office.post(url(draft), mine).status_code == 302
    stale = form(draft, title="Bản của người thứ hai", **seen)
    answer = office.post(url(draft), stale)
    assert answer.status_code == 409
    assert "Standing Office đã ghi lúc" in answer.text
    assert "Bản của người thứ hai" in answer.text
    assert kept(draft).node("2.1").title == "Giải quyết hồ sơ đúng hạn"


def test_measures_are_declared_edited_and_taken_away(office: Client, draft: CriteriaSetVersion) -> None:
    base = f"/sets/versions/{draft.pk}/measures/"
    read = {"read": "0", "act": "save", "kind": "choice", "unit": "", "minimum": "", "maximum": "", "provided_by": ""}
    wrong = office.post(base + "+/", {**read, "title": "", "choices": ""})
    assert wrong.status_code == 422
    made = office.post(base + "+/", {**read, "title": "Mức độ", "choices": "Tốt\nkha: Khá"})
    assert made.status_code == 302
    assert dict(kept(draft).measures["muc_do"].choices) == {"tot": "Tốt", "kha": "Khá"}
    assert "2.1, 2.2" in office.get(base).text
    gone = office.post(base + "muc_do/", {"act": "remove", "read": "1"})
    assert gone.status_code == 302
    assert "muc_do" not in kept(draft).measures


def test_what_the_set_says_of_itself_is_edited(office: Client, draft: CriteriaSetVersion) -> None:
    typed = {
        "read": "0", "title": "Bộ tiêu chí đã sửa", "year": "2025", "basis.0.number": "2/QĐ-UBND",
        "basis.0.date": "05/02/2025", "basis.0.issuer": "UBND tỉnh", "grade.0.title": "Tốt", "grade.0.lower": "80",
        "grade.1.title": "Khá", "grade.1.lower": "0", "declared_max": "10", "part.report": "7", "round_item": "3",
    }  # fmt: skip
    assert office.post(f"/sets/versions/{draft.pk}/properties/", typed).status_code == 302
    made = kept(draft)
    assert (made.title, made.legal_basis[0].number, str(made.legal_basis[0].date)) == (
        "Bộ tiêu chí đã sửa", "2/QĐ-UBND", "2025-02-05",
    )  # fmt: skip
    assert made.rounding.item is not None
    assert made.rounding.item.places == 3
    bad = {**typed, "read": "1", "year": "hai", "basis.0.date": "31/02/2025", "round_item": "x", "grade.0.lower": ""}
    answer = office.post(f"/sets/versions/{draft.pk}/properties/", bad)
    assert answer.status_code == 422
    for name in ("year", "basis.0.date", "round_item", "grade.0.lower"):
        assert f'href="#{name}"' in answer.text
    stale = office.post(f"/sets/versions/{draft.pk}/properties/", {**typed, "title": "Khác"})
    assert stale.status_code == 409


def test_next_year_begins_as_this_year_and_shows_what_changed(
    made: World, office: Client, draft: CriteriaSetVersion
) -> None:
    page = f"/sets/versions/{made.version.pk}/next-year/"
    assert office.post(page, {"year": "x", "code": "small-set"}).status_code == 422
    for year, code, field in (("2025", "moi", "year"), ("1900", "moi", "year"), ("2026", "small-set", "code")):
        refused = office.post(page, {"year": year, "code": code})
        assert refused.status_code == 422
        assert f'href="#{field}"' in refused.text
    office.post(page, {"year": "2026", "code": "small-set-2026"})
    assert office.post(page, {"year": "2026", "code": "small-set-2026"}).status_code == 422
    new = CriteriaSetVersion.objects.get(criteria_set__code="small-set-2026")
    assert (new.year, new.criteria_set.started_from_id) == (2026, made.version.pk)
    assert stored_draft(new.content, new.reading).criteria_set.legal_basis == ()
    read = {**form(new), "max_points": "3", "read": "0"}
    assert office.post(url(new), read).status_code == 302
    compared = office.get(f"/sets/versions/{made.version.pk}/compare/{new.pk}/").text
    assert "1 đổi điểm" in compared
    assert "điểm tối đa: 2 → 3" in compared
    assert "năm: 2025 → 2026" in compared
    frozen = office.post(f"/sets/versions/{new.pk}/freeze/")
    assert "căn cứ pháp lý chưa ghi" in frozen.text


def test_a_correction_needs_a_reason_and_only_one_is_in_work(made: World, office: Client) -> None:
    page = f"/sets/versions/{made.version.pk}/correct/"
    assert office.post(page, {"reason": " "}).status_code == 422
    assert office.post(page, {"reason": "Sửa điểm mục 2.1"}).status_code == 302
    again = office.post(page, {"reason": "Lần nữa"})
    assert again.status_code == 403
    assert "đang có bản nháp" in again.text
    new = CriteriaSetVersion.objects.get(number=2)
    assert office.post(f"/sets/versions/{new.pk}/discard/", {"reason": "Nhầm"}).status_code == 302
    assert office.post(url(new), form(new)).status_code == 403
    assert office.post(page, {"reason": "Lần nữa"}).status_code == 302


def test_rows_are_added_moved_and_taken_away(office: Client, draft: CriteriaSetVersion) -> None:
    def act(row: int, name: str, **typed: str) -> int:
        read = CriteriaSetVersion.objects.get(pk=draft.pk).edit_number
        return office.post(url(draft, row), {"act": name, "read": str(read), "digest": "", **typed}).status_code

    def codes() -> list[str]:
        return [node.code for node in kept(draft).walk()]

    before = kept(draft)
    assert act(5, "add_after", new_title="Mục mới") == 302
    assert codes() == ["1", "1.1", "1.2", "2", "2.1", "2.2", "2.3", "3", "3.1"]
    assert act(6, "add_below", new_title="Mục con") == 302
    assert codes()[6:8] == ["2.3", "2.3.1"]
    assert act(6, "up") == 302
    assert codes()[4:8] == ["2.1", "2.3", "2.3.1", "2.2"]
    assert act(5, "remove") == 302
    assert codes() == ["1", "1.1", "1.2", "2", "2.1", "2.2", "3", "3.1"]
    assert act(0, "up") == 422
    assert act(0, "add_after", new_title=" ") == 422
    page = office.get(f"/sets/versions/{draft.pk}/check/").text
    assert page.count('name="decision"') == 4
    for decision in FindingDecision.objects.order_by("-pk"):
        undo = {"decision": decision.pk, "back": "s5"}
        assert office.post(f"/sets/versions/{draft.pk}/check/undo/", undo).status_code == 302
    assert kept(draft) == before


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("rule.places", "-1"),
        ("rule.places", "99999999"),
        ("rule.of.0.year", "abc"),
        ("rule.of.0.weight", "9" * 400),
        ("rule.target", "nhiều"),
    ],
)
def test_a_wrong_number_of_a_rule_is_told_at_its_field_and_in_the_example(
    office: Client, draft: CriteriaSetVersion, field: str, typed: str
) -> None:
    page = office.post(url(draft), form(draft, act="example", **{field: typed})).text
    assert f'id="{field}-error"' in page
    assert f'aria-describedby="{field}-error"' in page
    example = page[page.index('id="example-result"') :]
    assert "Chưa tính thử được, quy tắc còn chỗ phải sửa:" in example
    assert office.post(url(draft), form(draft, act="save", **{field: typed})).status_code == 422
