"""The hidden part of the workbook: it comes back as it was written, or not at all."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import zlib
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from tests.sheet_workbook_sample import FIGURES, ITEMS, SEAL, SHEET, with_item, with_measure

from parindex.documents.sheet_workbooks.layout import SheetKind, planned_cells
from parindex.documents.sheet_workbooks.manifest import MARK, BrokenSeal, lines_of, read_lines
from parindex.wording.workbook_words import workbook_words

NAMES = {SheetKind.ITEMS: ITEMS, SheetKind.FIGURES: FIGURES}


def sealed(content: bytes) -> list[str]:
    """Lines with a right seal, whatever they hold."""
    packed = base64.b64encode(content).decode()
    return [MARK, hmac.new(SEAL, packed.encode(), hashlib.sha256).hexdigest(), packed]


def packed(data: Any) -> bytes:
    return zlib.compress(json.dumps(data).encode())


WHOLE: dict[str, Any] = {
    "sheet": ["s", "v", "c", "u"],
    "set": ["t", "f"],
    "made_at": "2025-01-02T13:39",
    "names": {"items": "A", "figures": "B"},
    "locked": [["items", 5, 0, "1"]],
    "entries": [["figures", 5, 4, "figure", "a", {"number": "1/3"}]],
}


def test_everything_comes_back() -> None:
    cells = planned_cells(SHEET, workbook_words())
    found = read_lines(lines_of(SHEET, cells, NAMES, SEAL), SEAL)
    assert (found.sheet_id, found.version, found.cycle_title) == ("sheet-17", "v7", "Năm 2024")
    assert (found.unit_title, found.set_title, found.set_fingerprint) == (
        *("Sở Mẫu & Thử", "Bộ tiêu chí cấp sở"),
        "ab" * 32,
    )
    assert found.names == NAMES
    planned = [(one.sheet, one.row, one.column, one.entry, one.key, one.base) for one in cells if one.entry]
    assert [(one.sheet, one.row, one.column, one.kind, one.key, one.base) for one in found.entries] == planned
    assert sum(map(len, found.locked.values())) + len(found.entries) == len(cells)
    assert list(found.row_keys(SheetKind.ITEMS).values()) == ["1", "1.1", "1.2", "2", "2.1", "2.10"]
    assert list(found.row_keys(SheetKind.FIGURES).values()) == ["1", "2", "3", "4", "5"]


def test_a_long_one_is_written_in_several_cells_that_a_spreadsheet_can_hold() -> None:
    many = tuple(hashlib.sha256(str(n).encode()).hexdigest() for n in range(1_500))
    sheet = replace(with_measure(3, value=many[:400]), items=with_item(1, explanation="".join(many[400:900])).items)
    lines = lines_of(sheet, planned_cells(sheet, workbook_words()), NAMES, SEAL)
    assert len(lines) > 3
    assert max(map(len, lines)) <= 32_767
    assert [one.base for one in read_lines(lines, SEAL).entries if one.key == "ideas"] == [many[:400]]


def test_a_value_is_exact() -> None:
    assert read_lines(sealed(packed(WHOLE)), SEAL).entries[0].base == Fraction(1, 3)


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [MARK],
        sealed(b"not packed"),
        sealed(zlib.compress(b"not data")),
        sealed(zlib.compress(b"[" * 200_000)),
        sealed(packed([])),
        sealed(packed({**WHOLE, "sheet": ["s"]})),
        sealed(packed({**WHOLE, "names": {"items": "A"}})),
        sealed(packed({**WHOLE, "locked": [["other", 1, 1, "x"]]})),
        sealed(packed({**WHOLE, "entries": [["figures", 5, 4, "figure", "a", {"number": "1/0"}]]})),
        sealed(packed({**WHOLE, "entries": [["figures", 5, 4, "figure", "a", {"number": "1e9"}]]})),
        [*sealed(packed(WHOLE)), "more"],
        [MARK, "đ", *sealed(packed(WHOLE))[2:]],
    ],
)
def test_what_was_not_written_so_is_refused(lines: list[str]) -> None:
    with pytest.raises(BrokenSeal):
        read_lines(lines, SEAL)


def test_a_pack_that_unpacks_without_end_is_refused() -> None:
    with pytest.raises(BrokenSeal):
        read_lines(sealed(zlib.compress(b'"' + b"x" * (33 * 2**20) + b'"')), SEAL)
