"""The workbook of a bundle: it is to be what this software writes of the snapshot, and never a program."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from importlib.metadata import version
from itertools import islice, zip_longest

from parindex.documents.bundles import paths
from parindex.documents.bundles.opened import Opened
from parindex.documents.bundles.shipped_files import SOFTWARE
from parindex.documents.bundles.workbook_file import workbook_bytes, workbook_writer
from parindex.documents.bundles.workbook_formulas import BROKEN, Unscannable, reaching_outside
from parindex.documents.results.snapshots import StoredSnapshot
from parindex.domain.errors import Place, Problem

#: With more cells than that the workbook is not written once more: that takes a second, and a nation's takes minutes.
MOST_CELLS = 5_000
MOST_PARTS = 200
MOST_SHOWN = 20
_SHOWN = 80
#: What a workbook of ours is made of; programs, links to other files and embedded objects have other names.
_PARTS = re.compile(
    r"(\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core|custom)\.xml|xl/(workbook|styles|sharedStrings|metadata)\.xml"
    r"|xl/theme/theme1\.xml|xl/_rels/workbook\.xml\.rels|xl/worksheets/sheet[0-9]+\.xml"
    r"|xl/worksheets/_rels/sheet[0-9]+\.xml\.rels)\Z"
)
_PLACE = Place(file=paths.WORKBOOK)


def workbook_findings(made: Opened) -> Iterator[Problem]:
    """``workbook_unreadable``, ``workbook_too_many_parts`` (``parts``, ``limit``), for each of the first
    :data:`MOST_SHOWN` macros, links and objects ``workbook_foreign_part`` (``part``), and for as many parts
    ``workbook_reaches_outside`` (``part``, ``written``).
    """
    content = made.archive.content(paths.WORKBOOK)
    if content is None:
        return
    archive = _archive(content)
    if archive is None:
        yield Problem("workbook_unreadable", _PLACE)
        return
    names = archive.namelist()
    if len(names) > MOST_PARTS:
        yield Problem("workbook_too_many_parts", _PLACE, {"parts": len(names), "limit": MOST_PARTS})
    foreign = [one for one in names if not _PARTS.match(one)]
    for name in islice(foreign, MOST_SHOWN):
        yield Problem("workbook_foreign_part", _PLACE, {"part": name[:_SHOWN]})
    if len(names) > MOST_PARTS:
        return
    try:
        for part, written in islice(reaching_outside(archive), MOST_SHOWN):
            yield Problem("workbook_reaches_outside", _PLACE, {"part": part[:_SHOWN], "written": written})
    except Unscannable:
        yield Problem("workbook_unreadable", _PLACE)


def _archive(content: bytes) -> zipfile.ZipFile | None:
    """The workbook as the archive that it is; None where it is none."""
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except BROKEN:
        return None


def not_comparable(made: Opened, stored: StoredSnapshot) -> Problem | None:
    """Why the workbook cannot be written once more to be compared; None where it can. Only what this very version
    writes, with this very release of its library, is the same byte for byte.

    ``workbook_of_other_version`` and ``workbook_of_other_writer`` (``found``, ``expected``: what is installed here),
    ``workbook_too_large`` (``count`` of cells, ``limit``).
    """
    manifest, ours = made.manifest, (SOFTWARE, version(SOFTWARE))
    if manifest is None or (manifest.software, manifest.version) != ours:
        found = "" if manifest is None else f"{manifest.software} {manifest.version}"
        facts = {"found": found[:_SHOWN], "expected": " ".join(ours)}
        return Problem("workbook_of_other_version", _PLACE, facts)
    if manifest.workbook_writer != workbook_writer():
        facts = {"found": manifest.workbook_writer[:_SHOWN], "expected": workbook_writer()}
        return Problem("workbook_of_other_writer", _PLACE, facts)
    cells = sum(len(one.units) * len(one.items) for one in stored.snapshot.groups)
    if cells > MOST_CELLS:
        return Problem("workbook_too_large", _PLACE, {"count": cells, "limit": MOST_CELLS})
    return None


def workbook_differences(made: Opened, stored: StoredSnapshot) -> Iterator[Problem]:
    """``workbook_differs`` (``part``): the first part that is not what this installation writes of the snapshot. Only
    where nothing is :func:`not_comparable`; names and contents are compared, not how they are packed.
    """
    content = made.archive.content(paths.WORKBOOK)
    if content is None or not_comparable(made, stored) is not None:
        return
    found = _archive(content)
    if found is None:  # said by workbook_findings
        return
    with zipfile.ZipFile(io.BytesIO(workbook_bytes(stored))) as expected:
        part = _first_different(found, expected)
    if part:
        yield Problem("workbook_differs", _PLACE, {"part": part[:_SHOWN]})


def _first_different(found: zipfile.ZipFile, expected: zipfile.ZipFile) -> str:
    """The name of the first part that is missing, more, twice, or has other contents; "" where there is none."""
    for ours, theirs in zip_longest(expected.infolist(), found.infolist()):
        if ours is None or theirs is None or ours.filename != theirs.filename:
            return str((theirs or ours).filename)
        if ours.file_size != theirs.file_size:
            return str(ours.filename)
        try:
            same = found.read(theirs) == expected.read(ours)
        except BROKEN:
            same = False
        if not same:
            return str(ours.filename)
    return ""


def workbook_notes(made: Opened, stored: StoredSnapshot) -> Iterator[Problem]:
    """Why the workbook was not compared, as :func:`not_comparable` says."""
    reason = not_comparable(made, stored)
    if made.archive.files.get(paths.WORKBOOK) is not None and reason is not None:
        yield reason
