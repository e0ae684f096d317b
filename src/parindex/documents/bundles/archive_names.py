"""Names of files in an archive: a closed list, so that no name can lead anywhere."""

from __future__ import annotations

import re
import unicodedata

from parindex.documents.bundles import paths
from parindex.domain.errors import Place, Problem

_SHOWN = 120
#: What leads out of a folder, or means another thing on another system.
_UNSAFE = {
    "parent": re.compile(r"(^|[/\\])\.\.?([/\\]|$)"),
    "absolute": re.compile(r"^([/\\]|[A-Za-z]:)"),
    "backslash": re.compile(r"\\"),
    "control": re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]"),
}
_FIXED = (
    *(paths.MANIFEST, paths.READ_FIRST, paths.SNAPSHOT, paths.ESTIMATES, paths.OPINIONS, paths.EVIDENCE),
    *(paths.WORKBOOK, paths.VERIFIER, paths.SIGNATURE),
)


def name_problem(raw: bytes, name: str) -> Problem | None:
    """What is wrong with the name of a file: ``entry_path_unsafe`` (``why``), ``entry_is_folder``, ``entry_alike``
    (``like``: it differs from a known one only in letters that look or sort the same), ``entry_unknown``.
    """
    if paths.is_known(name) and raw == name.encode():
        return None
    place = Place(file=shown(name))
    if raw != name.encode(errors="replace"):
        return Problem("entry_path_unsafe", place, {"why": "control"})
    for why, pattern in _UNSAFE.items():
        if pattern.search(name):
            return Problem("entry_path_unsafe", place, {"why": why})
    if name.endswith("/"):
        return Problem("entry_is_folder", place)
    plain = {_plain(one): one for one in _FIXED}
    if _plain(name) in plain:
        return Problem("entry_alike", place, {"like": plain[_plain(name)]})
    return Problem("entry_unknown", place)


def shown(name: str) -> str:
    """A name that can be printed: nothing in it steers a terminal, nothing is endless."""
    clean = "".join(letter if letter.isprintable() else "�" for letter in name)
    return clean if len(clean) <= _SHOWN else clean[:_SHOWN] + "…"


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold().strip(". ")
