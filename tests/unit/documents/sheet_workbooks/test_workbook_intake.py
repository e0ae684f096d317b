"""Whose file it is that is handed in, and files that are broken or hostile."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import python_calamine
import xlwt
from tests.sheet_workbook_sample import (
    FIGURES,
    FILE,
    ITEMS,
    SEAL,
    SHEET,
    changed,
    filled,
    told,
    values,
    with_item,
    with_part,
    written,
)

from parindex.documents.readers import limits, sheet_layout
from parindex.documents.sheet_workbooks.reader import read_workbook
from parindex.documents.sheet_workbooks.writer import workbook_bytes
from parindex.wording.workbook_words import workbook_words


@pytest.mark.parametrize(
    ("expected", "kinds"),
    [
        (replace(SHEET, sheet_id="other", unit_title="Sở Khác"), ["workbook_of_other_unit"]),
        (replace(SHEET, sheet_id="other", cycle_title="Năm 2023"), ["workbook_of_other_cycle"]),
        (replace(SHEET, sheet_id="other"), ["workbook_of_other_sheet"]),
        (
            replace(SHEET, sheet_id="other", unit_title="Sở Khác", cycle_title="Năm 2023"),
            ["workbook_of_other_unit", "workbook_of_other_cycle"],
        ),
        (replace(SHEET, set_fingerprint="cd" * 32), ["workbook_of_other_set"]),
        (replace(SHEET, unit_title="Sở Mẫu (tên mới)", version="v8"), []),
    ],
)
def test_a_file_made_for_something_else(expected: Any, kinds: list[str]) -> None:
    assert [kind for kind, _, _ in told(written(), expected)] == kinds


def test_a_cell_whose_item_or_measure_is_gone() -> None:
    expected = replace(SHEET, items=SHEET.items[:4], measures=SHEET.measures[1:])
    assert told(written(), expected) == [
        ("workbook_entry_gone", ITEMS, "F10"),
        ("workbook_entry_gone", ITEMS, "G10"),
        ("workbook_entry_gone", FIGURES, "E6"),
    ]


def _hidden(book: Any) -> Any:
    return book["parindex"]


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (lambda book: book.remove(_hidden(book)), "workbook_not_ours"),
        (lambda book: _hidden(book).__setitem__("A1", "something/1"), "workbook_not_ours"),
        (lambda book: _hidden(book).__setitem__("A2", "0" * 64), "workbook_seal_broken"),
        (lambda book: _hidden(book).__setitem__("A2", None), "workbook_seal_broken"),
        (lambda book: _hidden(book).__setitem__("A3", "e" + _hidden(book)["A3"].value), "workbook_seal_broken"),
        (lambda book: _hidden(book).__setitem__("A3", None), "workbook_seal_broken"),
    ],
)
def test_a_changed_or_missing_hidden_sheet(change: Any, kind: str) -> None:
    assert told(changed(written(), change)) == [(kind, None, None)]


def test_a_file_sealed_by_another_installation() -> None:
    other = workbook_bytes(SHEET, workbook_words(), seal_key=b"another secret")
    assert told(other) == [("workbook_seal_broken", None, None)]


# --- hostile and broken files ----------------------------------------------------------------------------------------


def _old_workbook() -> bytes:
    book, target = xlwt.Workbook(), BytesIO()
    book.add_sheet("Phiếu").write(0, 0, "x")
    book.save(target)
    return target.getvalue()


def _archive(**parts: str) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


HIDDEN_PART = "xl/worksheets/sheet5.xml"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "file_empty"),
        (b"STT,\xc4\x90i\xe1\xbb\x83m\n", "workbook_format_unknown"),
        (b"%PDF-1.7", "workbook_format_unknown"),
        (_old_workbook(), "workbook_format_unknown"),
        (_archive(**{"word/document.xml": "<x/>"}), "workbook_format_unknown"),
        (written()[:4000], "file_damaged"),
        (_archive(**{"xl/workbook.xml": "<x/>"}), "file_damaged"),
        (with_part("xl/workbook.xml", lambda _: b"<broken"), "file_damaged"),
        (with_part("xl/worksheets/sheet1.xml", lambda old: old.replace(b"<v>0</v>", b"<v>999999</v>")), "file_damaged"),
        (with_part("xl/worksheets/sheet1.xml", lambda _: b"<worksheet>"), "file_damaged"),
        (with_part(HIDDEN_PART, lambda old: old.replace(b'r="A3"', b'r="XFD1048576"')), "cell_far_away"),
        (
            with_part("xl/worksheets/sheet1.xml", lambda old: b'<!DOCTYPE a [<!ENTITY b "c">]>' + old),
            "file_with_entities",
        ),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_what_is_no_workbook_of_ours(data: bytes, kind: str) -> None:
    assert [found for found, _, _ in told(data)] == [kind]


def test_a_file_that_unpacks_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_UNPACKED_BYTES", 100_000)
    bomb = with_part("docProps/app.xml", lambda _: b"0" * 200_000)
    assert told(bomb) == [("file_unpacks_too_large", None, None)]


def test_a_file_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_FILE_BYTES", 1_000)
    assert told(written()) == [("file_too_large", None, None)]


def test_more_cells_than_any_sheet_has(monkeypatch: pytest.MonkeyPatch) -> None:
    # What the scan of the markup lets pass is measured once more on what is read.
    monkeypatch.setattr(limits, "MAX_CELLS", 50)
    monkeypatch.setattr(sheet_layout.Extent, "take", lambda *_: None)
    assert told(written()) == [("too_many_cells", None, None)]


@pytest.mark.parametrize(
    ("error", "kind"), [(python_calamine.PasswordError(""), "file_encrypted"), (OSError(""), "file_damaged")]
)
def test_what_the_library_cannot_open(monkeypatch: pytest.MonkeyPatch, error: Exception, kind: str) -> None:
    def fail(_: object) -> None:
        raise error

    monkeypatch.setattr(python_calamine, "load_workbook", fail)
    assert told(written()) == [(kind, None, None)]


def test_links_to_other_files_are_never_followed() -> None:
    def link(book: Any) -> None:
        book[ITEMS]["G8"].hyperlink = "http://example.com/"
        book[ITEMS]["G8"] = "chữ"

    assert values(changed(written(), link))["explanation", "1.2"] == "chữ"


def test_a_file_with_a_password() -> None:
    package = "EncryptedPackage".encode("utf-16-le")
    assert told(limits.OLE + package) == [("file_encrypted", None, None)]


def test_the_path_is_only_a_name() -> None:
    assert (
        read_workbook(Path("nowhere/there.ods"), written(), SHEET, seal_key=SEAL).entries[0].place.file == "there.ods"
    )
    assert not FILE.exists()


def test_a_sheet_of_a_part_takes_only_its_entries() -> None:
    part = with_item(1, editable=False, reason_locked="Do đơn vị khác nhập.")
    assert ("explanation", "1.1") not in values(written(part), part)
    assert told(filled({(ITEMS, "G7"): "khác"}, part), part) == [("workbook_locked_cell_changed", ITEMS, "G7")]
