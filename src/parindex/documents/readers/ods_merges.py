"""The merged cells of an OpenDocument spreadsheet, which python-calamine does not give for this format.

Only the spans are read. The parser resolves no entity, loads nothing and knows no network.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from lxml import etree

#: First and last row and column of a merged cell, from 0.
Merge = tuple[tuple[int, int], tuple[int, int]]

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_MOST = 2**20


def merged_cells(data: bytes) -> list[list[Merge]]:
    """The merged cells of each sheet, in the order of the sheets; empty lists where the content cannot be parsed."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            root = etree.fromstring(archive.read("content.xml"), parser)
    except (KeyError, zipfile.BadZipFile, etree.XMLSyntaxError):
        return []
    return [list(_sheet(sheet)) for sheet in root.iter(f"{_TABLE}table")]


def _sheet(sheet: Any) -> Iterator[Merge]:
    at = 0
    for row in sheet.iter(f"{_TABLE}table-row"):
        repeated = _count(row, "number-rows-repeated")
        if repeated == 1:
            yield from _row(row, at)
        at += repeated


def _row(row: Any, at: int) -> Iterator[Merge]:
    column = 0
    for cell in row.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
        across, down = _count(cell, "number-columns-spanned"), _count(cell, "number-rows-spanned")
        if across > 1 or down > 1:
            yield (at, column), (at + down - 1, column + across - 1)
        column += _count(cell, "number-columns-repeated")


def _count(element: Any, name: str) -> int:
    value = element.get(_TABLE + name, "1")
    return min(max(int(value), 1), _MOST) if value.isdecimal() and len(value) < 10 else 1
