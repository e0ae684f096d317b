"""The range that the cells of an .xlsx span, looked up in its raw XML: for large tables of data, in a tenth of a parse.

A single cell at the far end of a sheet makes the range between it and the table larger than any memory.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from parindex.documents.readers import limits
from parindex.documents.readers.sheet_cells import cell_name
from parindex.domain.errors import Place

#: The address of a cell, or the number of a row: cells without an address stand side by side in theirs.
_ADDRESS = re.compile(rb"""<(?:\w+:)?(?:c|row)\b[^>]*?\sr\s*=\s*["']([A-Za-z]{0,7})([0-9]{1,10})["']""")
_CHUNK = 1 << 20
_OVERLAP = 1 << 10


def require_near(path: Path, data: bytes, limit: int) -> None:
    """Refuse (``cell_far_away``) a workbook with a sheet that would span more than ``limit`` cells."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for member in archive.namelist():
            if not member.lower().endswith(".xml"):
                continue
            rows = columns = 0
            for letters, row in _addresses(archive, member):
                rows, columns = max(rows, row), max(columns, letters)
            if rows * max(columns, 1) > limit:
                found = cell_name(rows - 1, max(columns, 1) - 1)
                place = Place(file=path.name, cell=found)
                raise limits.refused(path, "cell_far_away", place=place, first="A1", found=found, limit=limit)


def _addresses(archive: zipfile.ZipFile, member: str) -> Iterator[tuple[int, int]]:
    """The column (from 1; 0 for a row) and row of every address."""
    known: dict[bytes, int] = {}
    with archive.open(member) as stream:
        text = b""
        while chunk := stream.read(_CHUNK):
            text = text[-_OVERLAP:] + chunk
            for letters, digits in _ADDRESS.findall(text):
                if letters not in known:
                    known[letters] = _column(letters)
                yield known[letters], int(digits)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
