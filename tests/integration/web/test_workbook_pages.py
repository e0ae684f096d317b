"""The sheet as a workbook, there and back through the pages."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories.parts_world import PartsWorld, parts_world
from tests.factories.world import SMALL_SET, frozen_version, now

from parindex.database.models import AuditRecord, CycleGroup, Entry, Figure, HandedWorkbook
from parindex.usecases import sheet_workbooks
from parindex.usecases.typed_values import digest

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ITEMS, FIGURES = "Phiếu chấm điểm", "Số liệu"
#: Columns of the two sheets that are filled.
VALUE, EXPLANATION, POINTS = "E", "G", "F"


@pytest.fixture
def parts(db: None) -> PartsWorld:
    """The sheet of the province, divided between two departments."""
    return parts_world()


def browser(parts: PartsWorld, name: str) -> Client:
    """A browser in which somebody is logged in."""
    client = Client()
    client.force_login(parts.people[name], backend=BACKEND)
    return client


def downloaded(client: Client, parts: PartsWorld) -> bytes:
    """The workbook that a person gets."""
    answer = client.get(f"/sheets/{parts.sheet.pk}/workbook/file/")
    assert (answer.status_code, answer["Content-Type"]) == (200, XLSX)
    return bytes(answer.content)


def filled(data: bytes, cells: dict[tuple[str, str, str], Any]) -> bytes:
    """The file with values, by sheet, what stands in the row, and column."""

    def fill(book: Any) -> None:
        for (name, found, column), value in cells.items():
            row = next(row[0].row for row in book[name].iter_rows() if found in (row[0].value, row[1].value))
            book[name][f"{column}{row}"] = value

    return changed(data, fill)


def changed(data: bytes, change: Callable[[Any], None]) -> bytes:
    """The file after somebody opened it, changed it and saved it."""
    book = openpyxl.load_workbook(BytesIO(data))
    change(book)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def hand_in(client: Client, parts: PartsWorld, data: bytes, name: str = "phieu.xlsx") -> Any:
    """The answer to handing a file in."""
    return client.post(f"/sheets/{parts.sheet.pk}/workbook/", {"file": SimpleUploadedFile(name, data, XLSX)})


def seen_on(page: str) -> str:
    """The token of a page of differences."""
    return page.split('name="seen" value="', 1)[1][:64]


def test_filled_offline_compared_and_written(parts: PartsWorld) -> None:
    owner = browser(parts, "owner")
    book = downloaded(owner, parts)
    cells = {
        (FIGURES, "Ban hành kế hoạch", VALUE): "Kịp thời",
        (ITEMS, "1.2", POINTS): 1.234,
        (ITEMS, "1.2", EXPLANATION): "Hai sáng kiến",
    }
    answer = hand_in(owner, parts, filled(book, cells))
    assert answer.status_code == 302, answer.text
    page = owner.get(answer["Location"])
    assert "Hai sáng kiến" in page.text
    assert not Entry.objects.filter(sheet=parts.sheet).exclude(version=0).exists()
    form = {"pick": ["figure:plan", "self_points:1.2", "explanation:1.2"], "seen": seen_on(page.text)}
    assert owner.post(answer["Location"], form).status_code == 302
    assert Figure.objects.get(measure="plan").value == "timely"
    entry = Entry.objects.get(sheet=parts.sheet, item_code="1.2")
    assert (entry.self_points, entry.points, entry.explanation) == ("1.234", "1.234", "Hai sáng kiến")
    row = AuditRecord.objects.get(action="apply_workbook")
    assert HandedWorkbook.objects.get().sha256 in row.after
    again = owner.post(answer["Location"], form)
    assert (again.status_code, "Tệp này đã ghi vào phiếu" in again.text) == (422, True)


def test_only_the_own_part_can_be_written(parts: PartsWorld) -> None:
    owner, stranger = browser(parts, "owner"), browser(parts, "stranger")
    book = downloaded(stranger, parts)
    answer = hand_in(owner, parts, book)
    assert answer.status_code == 422
    assert "không phải của" in answer.text
    whole = owner.get(f"/sheets/{parts.sheet.pk}/workbook/file/?whole=1").content
    sheet = openpyxl.load_workbook(BytesIO(whole))[ITEMS]
    locked = {row[0].value: row[6].protection.locked for row in sheet.iter_rows(min_row=6) if row[0].value}
    assert (locked["1.2"], locked["2.1"]) == (False, True)


def test_a_conflict_is_shown_and_not_picked(parts: PartsWorld) -> None:
    owner = browser(parts, "owner")
    book = filled(downloaded(owner, parts), {(ITEMS, "1.2", EXPLANATION): "Theo tệp"})
    form = {"explanation": "Theo trang", "read.explanation": digest("")}
    browser(parts, "colleague").post(f"/sheets/{parts.sheet.pk}/items/1.2/", form)
    answer = hand_in(owner, parts, book)
    page = owner.get(answer["Location"])
    assert "Hai bên cùng sửa" in page.text
    assert 'value="explanation:1.2"' in page.text
    assert "checked" not in page.text
    done = owner.post(answer["Location"], {"pick": ["explanation:1.2"], "seen": seen_on(page.text)})
    assert done.status_code == 302
    assert Entry.objects.get(sheet=parts.sheet, item_code="1.2").explanation == "Theo tệp"


def test_what_changed_meanwhile_writes_nothing(parts: PartsWorld) -> None:
    owner = browser(parts, "owner")
    cells = {(ITEMS, "1.2", EXPLANATION): "Theo tệp", (FIGURES, "Ban hành kế hoạch", VALUE): "Chậm"}
    answer = hand_in(owner, parts, filled(downloaded(owner, parts), cells))
    seen = seen_on(owner.get(answer["Location"]).text)
    parts.fill("1.2")
    form = {"pick": ["explanation:1.2", "figure:plan"], "seen": seen}
    entry = Entry.objects.get(sheet=parts.sheet, item_code="1.2")
    entry.explanation = "Sửa trên trang"
    entry.save()
    refused = owner.post(answer["Location"], form)
    assert refused.status_code == 409
    assert "Chưa ghi gì" in refused.text
    assert not Figure.objects.filter(measure="plan").exists()


def test_a_presented_part_takes_no_workbook(parts: PartsWorld) -> None:
    owner = browser(parts, "owner")
    book = filled(downloaded(owner, parts), {(ITEMS, "1.2", EXPLANATION): "Theo tệp"})
    parts.fill("1.1", "1.2")
    handed = hand_in(owner, parts, book)["Location"]
    owner.post(f"/parts/{parts.part('so-y-te').pk}/present/")
    page = owner.get(handed)
    assert "Không nhập được nữa" in page.text
    assert owner.post(handed, {"pick": ["explanation:1.2"], "seen": seen_on(page.text)}).status_code == 422
    assert Entry.objects.get(sheet=parts.sheet, item_code="1.2").explanation == ""
    assert hand_in(owner, parts, book).status_code == 403


def test_a_part_that_was_divided_while_the_file_was_read_takes_it_no_more(
    parts: PartsWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, part = browser(parts, "owner"), parts.sheet.parts.get(lead_unit=parts.people["owner"].unit)
    data = client.get(f"/sheets/{parts.sheet.pk}/workbook/file/?part={part.pk}").content
    address, sent = f"/sheets/{parts.sheet.pk}/workbook/?part={part.pk}", SimpleUploadedFile("phieu.xlsx", data, XLSX)
    monkeypatch.setattr(sheet_workbooks, "held_sheet", lambda _: (parts.sheet, []))
    assert client.post(address, {"file": sent, "part": part.pk}).status_code == 404
    monkeypatch.undo()
    sent.seek(0)
    assert client.post(address, {"file": sent, "part": part.pk}).status_code == 302
    assert [one.part_id for one in HandedWorkbook.objects.all()] == [part.pk]


def test_the_ministry_s_columns(parts: PartsWorld) -> None:
    parts.fill("2.1")
    data = browser(parts, "standing_office").get(f"/sheets/{parts.sheet.pk}/ministry-table/").content
    sheet = openpyxl.load_workbook(BytesIO(data)).active
    heads = [cell.value for cell in sheet[3]]
    assert heads[:4] == ["STT", "Lĩnh vực/Tiêu chí/Tiêu chí thành phần", "Điểm chuẩn", "Điểm tự đánh giá"]
    assert next(row[3].value for row in sheet.iter_rows() if row[0].value == "2.1") == 1.5
    assert AuditRecord.objects.filter(action="export_ministry_table").count() == 1


@pytest.fixture
def lists(parts: PartsWorld, tmp_path: Path) -> PartsWorld:
    """The same sheet by a set in which 1.2 counts the lines of a list."""
    text = SMALL_SET.read_text(encoding="utf-8").replace("id: small-set", "id: list-set")
    text = text.replace("areas:\n", "  ideas: {title: Sáng kiến, kind: list}\nareas:\n")
    rule = "max_points: 2, source: report, rule: {kind: count, of: ideas, each: 0.5}}"
    path = tmp_path / "list.yaml"
    path.write_text(text.replace("title: Sáng kiến, max_points: 2, source: report}", f"title: Sáng kiến, {rule}"))
    version = frozen_version(parts.made.province, parts.people["standing_office"], path)
    CycleGroup.objects.filter(pk=parts.sheet.group_id).update(set_version=version)
    return parts


def test_whoever_types_points_sees_the_scale_that_the_paper_prints(parts: PartsWorld, tmp_path: Path) -> None:
    scale = "title: Sáng kiến, max_points: 2, source: report, options: ['Từ 2 sáng kiến: 2', 'Có 1 sáng kiến: 1']}"
    text = SMALL_SET.read_text(encoding="utf-8").replace("id: small-set", "id: scale-set")
    path = tmp_path / "scale.yaml"
    path.write_text(text.replace("title: Sáng kiến, max_points: 2, source: report}", scale), encoding="utf-8")
    version = frozen_version(parts.made.province, parts.people["standing_office"], path)
    CycleGroup.objects.filter(pk=parts.sheet.group_id).update(set_version=version)
    sheet = openpyxl.load_workbook(BytesIO(downloaded(browser(parts, "owner"), parts)))[ITEMS]
    row = next(row for row in sheet.iter_rows(values_only=True) if "1.2" in row)
    assert "Từ 2 sáng kiến: 2\nCó 1 sáng kiến: 1\nNguồn điểm: báo cáo" in row


def test_a_list_is_filled_line_by_line(lists: PartsWorld) -> None:
    owner = browser(lists, "owner")

    def written(value: Any) -> tuple[str, list[str], str]:
        """Figure, lines and points after the cell was filled with ``value``."""
        answer = hand_in(owner, lists, filled(downloaded(owner, lists), {(FIGURES, "Sáng kiến", VALUE): value}))
        assert answer.status_code == 302, answer.text
        form = {"pick": ["figure:ideas"], "seen": seen_on(owner.get(answer["Location"]).text)}
        assert owner.post(answer["Location"], form).status_code == 302
        figure = Figure.objects.get(measure="ideas")
        lines = figure.lines.filter(removed_at=None).order_by("position").values_list("title", flat=True)
        return figure.value, list(lines), Entry.objects.get(sheet=lists.sheet, item_code="1.2").points

    assert written("Một cửa số\nHọc từ xa") == ("2", ["Một cửa số", "Học từ xa"], "1")
    assert written("Học từ xa\nKý số\nHọp không giấy") == ("3", ["Học từ xa", "Ký số", "Họp không giấy"], "1.5")
    assert written(0) == ("0", [], "0")
    assert written("Ký số") == ("1", ["Ký số"], "0.5")
    assert written(None) == ("", [], "")


def test_numbers_keep_their_value(parts: PartsWorld) -> None:
    """1234,5 in a cell is no thousand of anything, and a thousand is no decimal."""
    stranger = browser(parts, "stranger")
    cells = {(FIGURES, "Hồ sơ tiếp nhận", VALUE): 53576, (FIGURES, "Hồ sơ đúng hạn", VALUE): 1234}
    answer = hand_in(stranger, parts, filled(downloaded(stranger, parts), cells))
    form = {"pick": ["figure:received", "figure:on_time"], "seen": seen_on(stranger.get(answer["Location"]).text)}
    assert stranger.post(answer["Location"], form).status_code == 302
    values = dict(Figure.objects.values_list("measure", "value"))
    assert values == {"received": "53576", "on_time": "1234"}


def test_what_the_item_page_warns_of_stands_beside_the_row(parts: PartsWorld) -> None:
    Figure.objects.create(unit=parts.made.province, measure="received", year=2024, value="40", updated_at=now())
    stranger = browser(parts, "stranger")
    cells: dict[tuple[str, str, str], Any] = {
        (FIGURES, "Hồ sơ tiếp nhận", VALUE): 18, (FIGURES, "Hồ sơ đúng hạn", VALUE): 20,
    }  # fmt: skip
    answer = hand_in(stranger, parts, filled(downloaded(stranger, parts), cells))
    page = stranger.get(answer["Location"]).text
    received, on_time = (
        page.split(f'value="figure:{name}"', 1)[1].split("</tr>", 1)[0] for name in ("received", "on_time")
    )
    jump = "Thay đổi trên 50% so với năm trước: Hồ sơ tiếp nhận. Kiểm tra lại số đã gõ."
    beyond = "20 lớn hơn 18. Kiểm tra lại số đã gõ."
    assert (jump in received, beyond in received) == (True, False)
    assert (jump in on_time, beyond in on_time) == (False, True)
    form = {"pick": ["figure:received", "figure:on_time"], "seen": seen_on(page)}
    assert stranger.post(answer["Location"], form).status_code == 302
    item = stranger.get(f"/sheets/{parts.sheet.pk}/items/2.1/").text
    assert (jump in item, beyond in item) == (True, True)


def test_a_whole_that_became_too_small_is_told_where_the_file_changes_it(parts: PartsWorld) -> None:
    parts.fill("2.1")
    stranger = browser(parts, "stranger")
    data = downloaded(stranger, parts)
    answer = hand_in(stranger, parts, filled(data, {(FIGURES, "Hồ sơ tiếp nhận", VALUE): 800}))
    assert "900 lớn hơn 800. Kiểm tra lại số đã gõ." in stranger.get(answer["Location"]).text
    answer = hand_in(stranger, parts, filled(data, {(FIGURES, "Hồ sơ tiếp nhận", VALUE): 1000}))
    assert "lớn hơn" not in stranger.get(answer["Location"]).text


def test_all_or_nothing(parts: PartsWorld) -> None:
    """One cell that cannot be written takes the others with it."""
    owner = browser(parts, "owner")
    cells = {(ITEMS, "1.2", EXPLANATION): "Theo tệp", (ITEMS, "1.2", POINTS): 1}
    answer = hand_in(owner, parts, filled(downloaded(owner, parts), cells))
    seen = seen_on(owner.get(answer["Location"]).text)
    refused = owner.post(answer["Location"], {"pick": ["explanation:1.2", "figure:khong-co"], "seen": seen})
    assert refused.status_code == 422
    assert Entry.objects.get(sheet=parts.sheet, item_code="1.2").explanation == ""
    nothing = owner.post(answer["Location"], {"seen": seen})
    assert (nothing.status_code, "Chưa chọn thay đổi nào" in nothing.text) == (422, True)
