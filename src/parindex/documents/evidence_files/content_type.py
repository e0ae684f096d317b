"""What an uploaded file is by its bytes, never by its name; what is refused, and what is only said."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from parindex.documents.evidence_files import isolated
from parindex.documents.evidence_files.content import Content
from parindex.documents.evidence_files.office_contents import (
    holds_program,
    problems_of_archive,
    problems_of_compound,
)
from parindex.documents.evidence_files.signatures import refused_by_signature, refused_by_words
from parindex.documents.readers import limits, text
from parindex.documents.readers.contents import content_of
from parindex.domain.errors import InvalidInput, Place, Problem

_HEAD = 4096
_BY_EXTENSION = {content.extension: content for content in Content}
#: Office formats that are not taken: shown as pictures nowhere, or full of what can run.
_OTHER_OFFICE = {
    ".pptx": "PowerPoint",
    ".ppt": "PowerPoint",
    ".odp": "OpenDocument Presentation",
    ".rtf": "RTF",
    ".xlsb": "XLSB",
}
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_PARTS = re.compile(r"[/\\]")
_SEPARATORS = (";", "\t", ",", "|")
_LOOKED_AT_LINES = 20


@dataclass(frozen=True, slots=True)
class Examined:
    """What is known of an upload. It may be stored and shown only where ``accepted``.

    ``refusals`` say why not; ``doubts`` are told to the person and hold nothing up. ``pages`` of a PDF or picture.
    """

    content: Content | None
    refusals: tuple[Problem, ...] = ()
    doubts: tuple[Problem, ...] = ()
    pages: int | None = None

    @property
    def accepted(self) -> bool:
        """Whether the file is evidence that can be kept."""
        return self.content is not None and not self.refusals


def examine(path: Path, name: str) -> Examined:
    """Look into the file at ``path``; ``name`` is what the person called it and stands in every message.

    Nothing is raised for anything that a file may be: every problem is in the result.
    """
    shown = _PARTS.split(name)[-1] or "?"
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
        if not head.strip(b"\x00 \t\r\n"):
            return Examined(None, (Problem("file_empty", Place(file=shown)),))
        found = _by_content(path, shown, head, size)
    except InvalidInput as error:
        return Examined(None, tuple(error.problems))
    if found.content is None or not found.accepted:
        return found
    extension = PurePosixPath(shown).suffix
    if not found.content.fits(extension):
        facts = {"extension": extension or "", "content": found.content.extension}
        found = replace(found, doubts=(Problem("evidence_name_differs", Place(file=shown), facts), *found.doubts))
    return found


def _by_content(path: Path, name: str, head: bytes, size: int) -> Examined:
    signed = refused_by_signature(head)
    if signed is not None:
        return _refused(name, *signed)
    if b"%PDF-" in head[:1024]:
        return _pdf(path, name)
    for content, begin in (
        (Content.JPEG, b"\xff\xd8\xff"),
        (Content.PNG, b"\x89PNG\r\n\x1a\n"),
        (Content.WEBP, b"RIFF"),
    ):
        if head.startswith(begin) and (content is not Content.WEBP or head[8:12] == b"WEBP"):
            seen = isolated.ask("look_of_picture", path, name=name)
            return Examined(content, pages=seen.facts["pages"])
    if size > limits.MAX_FILE_BYTES:
        raise limits.refused(Path(name), "file_too_large", bytes=size, limit=limits.MAX_FILE_BYTES)
    return _whole(name, path.read_bytes())


def _refused(name: str, kind: str, content: str) -> Examined:
    return Examined(None, (Problem(kind, Place(file=name), {"content": content}),))


def _pdf(path: Path, name: str) -> Examined:
    seen = isolated.ask("look_into_pdf", path, name=name).facts
    isolated.ask("text_of_page", path, name=name, page=1)  # what cannot be drawn is found now, not by the council
    place = Place(file=name)
    kinds = (("evidence_pdf_script", "scripts"), ("evidence_pdf_launch", "launches"))
    refusals = tuple(Problem(kind, place, {"count": seen[fact]}) for kind, fact in kinds if seen[fact])
    attached = seen["attachments"]
    doubts = (Problem("evidence_embedded_files", place, {"count": attached}),) if attached else ()
    return Examined(Content.PDF, refusals, doubts, pages=seen["pages"])


def _whole(name: str, data: bytes) -> Examined:
    """Files that are read as a whole: office files and text."""
    if limits.is_compound(data) and limits.is_encrypted_compound(data):
        return Examined(None, (Problem("file_encrypted", Place(file=name)),))
    extension = content_of(data)
    if extension in _OTHER_OFFICE:
        return _refused(name, "evidence_office_format", _OTHER_OFFICE[extension])
    if limits.is_zip(data):
        return _archive(name, data, _BY_EXTENSION.get(extension))
    if limits.is_compound(data):
        content = _BY_EXTENSION.get(extension)
        if content is None:
            return _refused(name, "evidence_unknown_format", "OLE")
        return Examined(content, tuple(problems_of_compound(name, data)))
    return _text(name, data)


def _archive(name: str, data: bytes, content: Content | None) -> Examined:
    if content is not None:
        refusals, doubts = problems_of_archive(name, data)
        return Examined(content, tuple(refusals), tuple(doubts))
    if holds_program(data):
        return _refused(name, "evidence_program", "ZIP")
    # Damaged office files look like other archives: say damage where it is one.
    limits.require_safe_archive(Path(name), data)
    return _refused(name, "evidence_archive", "ZIP")


def _text(name: str, data: bytes) -> Examined:
    try:
        written, doubts = text.decoded(Path(name), data)
    except InvalidInput:
        return _refused(name, "evidence_unknown_format", "")
    if _CONTROL.search(written):
        return _refused(name, "evidence_unknown_format", "")
    signed = refused_by_words(written)
    if signed is not None:
        return _refused(name, *signed)
    return Examined(Content.CSV if _is_table(written) else Content.TXT, doubts=tuple(doubts))


def _is_table(written: str) -> bool:
    """Whether each of the first lines has the same number of one separator: a table and no prose."""
    lines = [line for line in written[:65_536].split("\n") if line.strip()][:_LOOKED_AT_LINES]
    counts = [{line.count(mark) for line in lines} for mark in _SEPARATORS]
    return len(lines) > 1 and any(len(count) == 1 and count != {0} for count in counts)
