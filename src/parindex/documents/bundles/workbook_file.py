"""The workbook with live formulas as it stands in a bundle."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from parindex.documents.bundles.archive import with_stored_parts
from parindex.documents.bundles.live_workbook import write_live_workbook
from parindex.documents.results.snapshots import StoredSnapshot

_WRITER = "XlsxWriter"


def workbook_writer() -> str:
    """The library that writes workbooks here, with its release: another one may write the same cells in other bytes."""
    return f"{_WRITER} {version(_WRITER)}"


def workbook_bytes(stored: StoredSnapshot) -> bytes:
    """The bytes of the workbook of ``stored``: the same on any machine."""
    with TemporaryDirectory(prefix="parindex-") as folder:
        path = Path(folder) / "results.xlsx"
        write_live_workbook(path, stored)
        return with_stored_parts(path.read_bytes())
