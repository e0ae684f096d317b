"""The directory at the end of an archive: it must be what follows from the files, byte for byte."""

from __future__ import annotations

import stat
from collections.abc import Sequence

from parindex.documents.bundles.archive import CENTRAL, CENTRAL_MARK, END, END_MARK, LOCAL, MODE, Packed, central_header
from parindex.documents.bundles.archive_names import shown
from parindex.domain.errors import Place, Problem


def directory_problems(file: str, found: bytes, files: Sequence[tuple[Packed, int]]) -> list[Problem]:
    """What in ``found`` (everything behind the last file) does not follow from ``files`` and where each stands.

    Problem kinds: ``entry_link``, ``entry_comment``, ``directory_other_file`` (it lists what does not stand there, or
    does not list what does), ``directory_entry`` (``field``), ``bundle_comment`` (``bytes``),
    ``bundle_trailing_bytes`` (``bytes``), ``directory_end``.
    """
    lines = [central_header(packed, at) for packed, at in files]
    size, offset = sum(map(len, lines)), files[-1][1] if files else 0
    if files:
        last, _ = files[-1]
        offset += LOCAL.size + len(last.name) + len(last.content)
    expected = b"".join([*lines, END.pack(END_MARK, 0, 0, len(lines), len(lines), size, offset, 0)])
    if found == expected:
        return []
    if found.startswith(expected):
        return [Problem("bundle_trailing_bytes", Place(file=file), {"bytes": len(found) - len(expected)})]
    return _named(file, found, files, lines)


def _named(file: str, found: bytes, files: Sequence[tuple[Packed, int]], lines: Sequence[bytes]) -> list[Problem]:
    """The same, line by line as far as lines can be told."""
    problems: list[Problem] = []
    at = 0
    for (packed, _), line in zip(files, lines, strict=True):
        here = found[at : at + len(line)]
        if here == line:
            at += len(line)
            continue
        problems += _line(packed, found[at:], line)
        if found[at : at + 4] != CENTRAL_MARK:
            return problems
        at += _length(found[at:])
    if found[at : at + 4] == CENTRAL_MARK:
        name = _name(found[at:])
        return [*problems, Problem("directory_other_file", Place(file=shown(name)), {"listed": True})]
    return problems + _end(file, found[at:], bool(problems), found[:at], lines)


def _length(line: bytes) -> int:
    fields = CENTRAL.unpack(line[: CENTRAL.size].ljust(CENTRAL.size, b"\0"))
    return CENTRAL.size + int(sum(fields[10:13]))


def _name(line: bytes) -> str:
    fields = CENTRAL.unpack(line[: CENTRAL.size].ljust(CENTRAL.size, b"\0"))
    return line[CENTRAL.size : CENTRAL.size + fields[10]].decode("utf-8", "replace")


def _line(packed: Packed, found: bytes, expected: bytes) -> list[Problem]:
    """What is wrong with the line of one file."""
    place = Place(file=shown(packed.path))
    if not found.startswith(CENTRAL_MARK) or _name(found) != packed.path:
        return [Problem("directory_other_file", place, {"listed": False})]
    fields = CENTRAL.unpack(found[: CENTRAL.size].ljust(CENTRAL.size, b"\0"))
    wanted = CENTRAL.unpack(expected[: CENTRAL.size])
    problems = []
    if fields[12]:
        problems.append(Problem("entry_comment", place, {"bytes": fields[12]}))
    if fields[15] != MODE:
        kind = "entry_link" if stat.S_ISLNK(fields[15] >> 16) else "directory_entry"
        problems.append(Problem(kind, place, {"field": "mode"}))
    for number, name in _FIELDS.items():
        if fields[number] != wanted[number]:
            problems.append(Problem("directory_entry", place, {"field": name}))
    return problems or [Problem("directory_entry", place, {"field": "name"})]


#: Fields of a line by position, those apart that have a kind of their own.
_FIELDS = {
    1: "made_by", 2: "version", 3: "flags", 4: "method", 5: "time", 6: "time", 7: "crc", 8: "size", 9: "size",
    11: "extra", 13: "disk", 14: "attributes", 16: "offset",
}  # fmt: skip


def _end(file: str, found: bytes, known: bool, before: bytes, lines: Sequence[bytes]) -> list[Problem]:
    """What is wrong with the end; silent where it only counts what is wrong already."""
    place = Place(file=file)
    if not found.startswith(END_MARK) or len(found) < END.size:
        return [Problem("directory_end", place)]
    fields = END.unpack(found[: END.size])
    problems = []
    if fields[7]:
        problems.append(Problem("bundle_comment", place, {"bytes": fields[7]}))
    if len(found) > END.size + fields[7]:
        problems.append(Problem("bundle_trailing_bytes", place, {"bytes": len(found) - END.size - fields[7]}))
    counted = fields[3] == fields[4] == len(lines) and fields[5] == len(before)
    if not problems and not known and not counted:
        problems.append(Problem("directory_end", place))
    return problems if problems or known else [Problem("directory_end", place)]
