"""The workbook of a bundle: it is to be what this software writes of the snapshot, and never a program."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from importlib.metadata import version
from itertools import islice

from parindex.documents.bundles import paths
from parindex.documents.bundles.archive import digest
from parindex.documents.bundles.opened import Opened
from parindex.documents.bundles.shipped_files import SOFTWARE
from parindex.documents.bundles.workbook_file import workbook_bytes
from parindex.documents.results.snapshots import StoredSnapshot
from parindex.domain.errors import Place, Problem

#: With more cells than that the workbook is not written once more: that takes a second, and a nation's takes minutes.
MOST_CELLS = 5_000
MOST_PARTS = 200
MOST_SHOWN = 20
#: What a workbook of ours is made of; programs, links to other files and embedded objects have other names.
_PARTS = re.compile(
    r"(\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core|custom)\.xml|xl/(workbook|styles|sharedStrings|metadata)\.xml"
    r"|xl/theme/theme1\.xml|xl/_rels/workbook\.xml\.rels|xl/worksheets/sheet[0-9]+\.xml"
    r"|xl/worksheets/_rels/sheet[0-9]+\.xml\.rels)\Z"
)
_PLACE = Place(file=paths.WORKBOOK)


def workbook_findings(made: Opened) -> Iterator[Problem]:
    """``workbook_unreadable``, ``workbook_too_many_parts`` (``parts``, ``limit``), and for each of the first
    :data:`MOST_SHOWN` macros, links and objects ``workbook_foreign_part`` (``part``).
    """
    content = made.archive.content(paths.WORKBOOK)
    if content is None:
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        yield Problem("workbook_unreadable", _PLACE)
        return
    if len(names) > MOST_PARTS:
        yield Problem("workbook_too_many_parts", _PLACE, {"parts": len(names), "limit": MOST_PARTS})
    for name in islice((one for one in names if not _PARTS.match(one)), MOST_SHOWN):
        yield Problem("workbook_foreign_part", _PLACE, {"part": name[:80]})


def workbook_notes(made: Opened, stored: StoredSnapshot) -> Iterator[Problem]:
    """``workbook_differs``: it is not what this installation writes of the snapshot. ``workbook_not_compared``: it was
    written by another version, or is too large to be written once more.
    """
    file, manifest = made.archive.files.get(paths.WORKBOOK), made.manifest
    if file is None or manifest is None:
        return
    cells = sum(len(one.units) * len(one.items) for one in stored.snapshot.groups)
    if (manifest.software, manifest.version) != (SOFTWARE, version(SOFTWARE)) or cells > MOST_CELLS:
        yield Problem("workbook_not_compared", _PLACE)
    elif digest(workbook_bytes(stored)) != file.sha256:
        yield Problem("workbook_differs", _PLACE)
