"""What the page of an item weighs on the wire, where a sheet of the largest set that ships is full of everything."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client
from tests.factories.world import World, frozen_version, now
from tests.integration.web.evidence_forms import paper, upload
from tests.journeys.looks import LATER_VISIT

from parindex.database.mapping.frozen_sets import frozen_set
from parindex.database.models import (
    Attachment,
    Citation,
    Comment,
    CriteriaSetVersion,
    Cycle,
    Document,
    DocumentVersion,
    Entry,
    Figure,
    Phase,
    ScoreSheet,
)
from parindex.database.models.cycles import PhaseKind
from parindex.documents.criteria_sets.criteria_set_file import load_criteria_set
from parindex.documents.criteria_sets.shipped import shipped_ids, shipped_set_path
from parindex.domain.criteria.criteria_set import CriteriaSet, MeasureKind
from parindex.usecases.cycles import NewGroup, add_group, open_cycle

EXPLANATION = (
    "Thực hiện Kế hoạch số 2785/KH-UBND ngày 20/12/2023 của UBND tỉnh, đơn vị đã giao 61 nhiệm vụ cho các phòng, ban; "
    "đến ngày 31/12 hoàn thành 58 nhiệm vụ, còn 3 nhiệm vụ chuyển sang năm sau do phải chờ hướng dẫn của Bộ. "
    "Kết quả nêu tại Báo cáo số 401/BC-UBND ngày 08/12/2024, trang 8. Nguyên nhân và giải pháp khắc phục đã được nêu "
    "trong phụ lục kèm theo báo cáo."
)
QUESTION = (
    "Số liệu này có tính cả các xã mới sáp nhập không? Báo cáo tháng 11 ghi khác, xem lại giúp trước khi trình ký."
)

REMARKS = (
    "Kế hoạch quý IV mới ban hành ngày 12/10, có tính vào số nhiệm vụ của năm không?",
    "Có, tính cả. Ghi rõ số văn bản và ngày ký vào giải trình.",
    "Phòng Tài chính báo 3 nhiệm vụ chuyển sang năm sau, chưa có văn bản đồng ý.",
    "Chờ văn bản rồi mới trừ; tạm giữ 61 nhiệm vụ.",
    "Hồ sơ trực tuyến lấy theo hệ thống một cửa hay theo sổ của bộ phận tiếp nhận?",
    "Theo hệ thống, kết xuất lúc 17:00 ngày 31/12.",
    "Bảng tổng hợp ở phụ lục 2 cộng sai một dòng, nhờ kiểm tra lại trang 8.",
    "Đã sửa phụ lục 2 và tải bản mới, tổng không đổi.",
    "Năm ngoái hội đồng hỏi về cách đếm nhiệm vụ phát sinh; nêu sẵn trong giải trình.",
    "Đã bổ sung một đoạn, xem giúp trước khi trình lãnh đạo.",
)


def items_of(found: CriteriaSet) -> int:
    """How many items a set has."""
    left, items = list(found.areas), 0
    while left:
        node = left.pop()
        items += node.is_item
        left += node.children
    return items


@pytest.fixture
def full(made: World, as_person: Callable[[str], Client], evidence_folders: Path, tmp_path: Path) -> World:
    """A sheet of the largest set that ships: everything that a unit enters is there, on every item."""
    assert evidence_folders.is_relative_to(tmp_path)
    paths = [path for path in map(shipped_set_path, shipped_ids()) if path is not None]
    largest = max(paths, key=lambda path: items_of(load_criteria_set(path)))
    version = frozen_version(made.province, made.people["standing_office"], largest)
    found = replace(made, sheet=opened_sheet(made, version))
    figures(found, version)
    Entry.objects.filter(sheet=found.sheet).update(
        explanation=EXPLANATION, points="0.375", rule_points="0.375", is_started=True, version=1, updated_at=now(),
        assignee=made.people["colleague"],
    )  # fmt: skip
    for number in (1, 2):
        name = f"Báo cáo số 401-BC-UBND về cải cách hành chính, lần {number}.pdf"
        upload(as_person("owner"), found, (name, paper(tmp_path, f"Lần {number}")), code="1.1.1")
    for document in Document.objects.all():
        first = document.versions.get()
        DocumentVersion.objects.create(
            document=document, number=2, file=first.file, name=first.name, uploaded_by=made.people["colleague"],
            uploaded_at=now(),
        )  # fmt: skip
    Attachment.objects.all().delete()
    for entry in found.sheet.entries.all():
        proofs(found, entry)
    return found


def opened_sheet(made: World, version: CriteriaSetVersion) -> ScoreSheet:
    office = made.people["standing_office"]
    cycle = Cycle.objects.create(
        owner=made.province, owner_path="tinh", title="Kỳ đánh giá các huyện, thị xã, thành phố",
        year=version.year or 0, created_by=office, created_at=now(),
    )  # fmt: skip
    Phase.objects.create(
        cycle=cycle, kind=PhaseKind.SELF_SCORING, title="Tự đánh giá", starts_at=now() - timedelta(days=20),
        ends_at=now() + timedelta(days=10),
    )  # fmt: skip
    acting = made.session("standing_office")
    group = NewGroup("districts", "Cấp huyện", version.pk, (made.department.pk,))
    add_group(by=acting, at=now(), cycle_id=cycle.pk, group=group)
    open_cycle(by=acting, at=now(), cycle_id=cycle.pk)
    return ScoreSheet.objects.get(cycle=cycle)


def figures(made: World, version: CriteriaSetVersion) -> None:
    """This year's figures are twice last year's: every one is asked about."""
    frozen = frozen_set(version)
    Figure.objects.bulk_create(
        Figure(
            unit=made.department, measure=code, year=frozen.year - ago, version=1, updated_at=now(),
            value=next(iter(measure.choices)) if measure.kind is MeasureKind.CHOICE else str(2_468 // (1 + ago)),
        )
        for code, measure in frozen.criteria_set.measures.items()
        for ago in (0, 1)
    )  # fmt: skip


def proofs(made: World, entry: Entry) -> None:
    """Two documents with two versions, two citations, a word inside the unit and one with the office."""
    owner = made.people["owner"]
    for number, document in enumerate(Document.objects.order_by("pk")):
        Attachment.objects.create(
            entry=entry, document=document, added_by=owner, added_at=now(), page="8", section="mục 2"
        )
        Citation.objects.create(
            entry=entry, number=f"40{number}/BC-UBND", number_key=f"40{number}/bc-ubnd", position=number,
            stated_kind="Báo cáo", date_text="08/12/2024", issuer="UBND tỉnh", page="8",
            document=document if number else None,
        )  # fmt: skip
    for audience in ("unit", "standing_office"):
        Comment.objects.create(
            entry=entry, audience=audience, author=owner, author_name="Owner", author_unit="Sở Y tế", at=now(),
            body=QUESTION,
        )  # fmt: skip


MANY = 10


def crowded(made: World, entry: Entry) -> None:
    """Ten citations and ten remarks of several sentences on one item, no two alike."""
    people = (made.people["owner"], made.people["colleague"], made.people["leader"])
    Citation.objects.filter(entry=entry).delete()
    Comment.objects.filter(entry=entry).delete()
    for number in range(MANY):
        Citation.objects.create(
            entry=entry, number=f"{137 + 41 * number}/BC-SNV", number_key=f"{137 + 41 * number}/bc-snv",
            position=number, stated_kind="Báo cáo" if number % 2 else "Kế hoạch",
            date_text=f"{number + 8:02}/{number % 3 + 9:02}/2024", date=date(2024, number % 3 + 9, number + 8),
            issuer="Sở Nội vụ" if number % 3 else "UBND tỉnh", page=str(3 + 2 * number),
        )  # fmt: skip
        one = people[number % 3]
        Comment.objects.create(
            entry=entry, audience="unit" if number % 2 else "standing_office", author=one, author_name=one.full_name,
            author_unit="Sở Y tế", at=now() - timedelta(hours=7 * (MANY - number)), body=REMARKS[number],
        )  # fmt: skip


def test_an_item_with_ten_citations_and_ten_remarks_keeps_to_its_weight(
    full: World, as_person: Callable[[str], Client]
) -> None:
    """The item with most figures, which is the heaviest one."""
    frozen = frozen_set(full.sheet.group.set_version)
    entries = {one.item_code: one for one in full.sheet.entries.all()}
    code = max(frozen.items, key=lambda one: len(frozen.measures_of[one]))
    crowded(full, entries[code])
    page = as_person("owner").get(f"/sheets/{full.sheet.pk}/items/{code}/")
    assert page.text.count('class="thread__body') == MANY
    assert page.text.count("/BC-SNV</b>") == MANY
    assert len(gzip.compress(page.content, 6)) <= LATER_VISIT


def test_the_page_of_an_item_keeps_to_its_weight(full: World, as_person: Callable[[str], Client]) -> None:
    client = as_person("owner")
    sizes = {}
    for code in full.sheet.entries.order_by("position").values_list("item_code", flat=True):
        page = client.get(f"/sheets/{full.sheet.pk}/items/{code}/")
        assert "lần 2.pdf" in page.text
        sizes[code] = len(gzip.compress(page.content, 6))
    assert {code: size for code, size in sizes.items() if size > LATER_VISIT} == {}
