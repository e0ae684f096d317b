"""Files of evidence: looked into before anything is stored, kept once by their content, drawn page by page.

Looking into a file, scanning it and drawing a page take time and need no transaction; keeping it does.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.core.files.storage import Storage, storages
from django.db import IntegrityError, transaction

from parindex.database.models import StoredFile
from parindex.database.models.evidence import ScanState
from parindex.documents.evidence_files import page_images
from parindex.documents.evidence_files.content import Content
from parindex.documents.evidence_files.content_type import examine
from parindex.documents.evidence_files.first_page import FirstPage, propose
from parindex.documents.evidence_files.safe_names import safe_name
from parindex.domain.errors import InvalidInput, Place, Problem
from parindex.usecases.virus_scanner import Verdict, scanned_at_once

_STATES = {
    Verdict.CLEAN: ScanState.CLEAN,
    Verdict.UNKNOWN: ScanState.QUARANTINED,
    Verdict.UNREACHABLE: ScanState.QUARANTINED,
    Verdict.NOT_ASKED: ScanState.NOT_SCANNED,
}
#: Scanned or not asked for: what may be shown.
SHOWN = frozenset({ScanState.NOT_SCANNED, ScanState.CLEAN})
_BY_MEDIA_TYPE = {content.media_type: content for content in Content}
#: So many drawn pages are kept at once; the oldest go first.
KEPT_IMAGES = 5_000


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that came in whole, in a place of its own that goes away with the request."""

    path: Path
    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that may be kept, with what it is and what its first page seems to say."""

    arrived: Arrived
    name: str
    content: Content
    pages: int | None
    scan: ScanState
    doubts: tuple[Problem, ...] = ()
    first_page: FirstPage = field(default_factory=FirstPage)


def check_file(arrived: Arrived) -> CheckedFile:
    """Look into a file that came in. Raises :class:`InvalidInput` with every reason why it cannot be evidence.

    A file whose bytes are known has been looked into before, and is not looked into again.
    """
    known = StoredFile.objects.filter(sha256=arrived.sha256).first()
    if known is not None:
        if known.scan == ScanState.INFECTED:
            raise _infected(arrived.name, "")
        if known.scan == ScanState.TOO_LARGE:
            raise _beyond_scanner(arrived)
        content = content_of(known)
        name = safe_name(arrived.name, content)
        return CheckedFile(
            arrived, name, content, known.pages, ScanState(known.scan), (), _first_page(arrived, content)
        )
    seen = examine(arrived.path, arrived.name)
    if seen.content is None or not seen.accepted:
        raise InvalidInput(list(seen.refusals))
    verdict, virus = scanned_at_once(arrived.path)
    if verdict is Verdict.INFECTED:
        raise _infected(arrived.name, virus)
    if verdict is Verdict.TOO_LARGE:
        raise _beyond_scanner(arrived)
    content = _as_named(seen.content, arrived.name)
    first_page = _first_page(arrived, content)
    doubts = (*seen.doubts, *first_page.doubts)
    name = safe_name(arrived.name, content)
    return CheckedFile(arrived, name, content, seen.pages, _STATES[verdict], doubts, first_page)


def scan_of_new(arrived: Arrived) -> ScanState:
    """What the virus scanner says of a file that came in and was looked into elsewhere. Raises :class:`InvalidInput`
    where it is infected, or beyond the scanner; of known bytes it is what was said before.
    """
    known = StoredFile.objects.filter(sha256=arrived.sha256).values_list("scan", flat=True).first()
    if known is not None:
        state, virus = ScanState(known), ""
    else:
        verdict, virus = scanned_at_once(arrived.path)
        said = {**_STATES, Verdict.INFECTED: ScanState.INFECTED, Verdict.TOO_LARGE: ScanState.TOO_LARGE}
        state = said[verdict]
    if state is ScanState.INFECTED:
        raise _infected(arrived.name, virus)
    if state is ScanState.TOO_LARGE:
        raise _beyond_scanner(arrived)
    return state


def _as_named(content: Content, name: str) -> Content:
    """Text that its owner calls a table is kept as one: blanks and quotation marks may hide its columns."""
    is_called_table = Path(name).suffix.lower() in (".csv", ".tsv")
    return Content.CSV if content is Content.TXT and is_called_table else content


def _infected(name: str, virus: str) -> InvalidInput:
    return InvalidInput([Problem("evidence_infected", Place(file=name), {"virus": virus} if virus else {})])


def _beyond_scanner(arrived: Arrived) -> InvalidInput:
    """What can never be scanned could never be opened: better told now."""
    facts = {"megabytes": -(-arrived.size // 2**20)}
    return InvalidInput([Problem("evidence_beyond_scanner", Place(file=arrived.name), facts)])


def _first_page(arrived: Arrived, content: Content) -> FirstPage:
    """What the first page proposes; a page that cannot be read proposes nothing."""
    try:
        return propose(arrived.path, content, name=arrived.name)
    except InvalidInput as error:
        return FirstPage(doubts=tuple(error.problems))


def write_bytes(arrived: Arrived) -> None:
    """Put the bytes into the private storage, unless they are there. Outside any transaction: it may take a while."""
    storage, place = _storage(), place_of(arrived.sha256)
    if storage.exists(place):
        return
    with arrived.path.open("rb") as file:
        written = storage.save(place, File(file))
    if written != place:  # somebody else was quicker; the bytes are the same
        storage.delete(written)


def keep_file(checked: CheckedFile, at: datetime) -> StoredFile:
    """The row of a file, made where its bytes are new; must be called inside the transaction of the act.

    Two people who hand in the same bytes at the same moment get the same row.
    """
    arrived = checked.arrived
    known = StoredFile.objects.filter(sha256=arrived.sha256).first()
    if known is not None:
        return known
    try:
        with transaction.atomic():
            return StoredFile.objects.create(
                sha256=arrived.sha256, size=arrived.size, content_type=checked.content.media_type,
                pages=checked.pages, scan=checked.scan, stored_at=at,
            )  # fmt: skip
    except IntegrityError:
        return StoredFile.objects.get(sha256=arrived.sha256)


@contextmanager
def bytes_kept(arrived: Arrived) -> Iterator[None]:
    """Around the act that makes the row: where it fails, its bytes do not stay; where it holds, they are there.

    Somebody else's act with the same bytes may fail meanwhile and remove them; hence the second look.
    """
    write_bytes(arrived)
    try:
        yield
    except BaseException:
        forget_unless_kept(arrived.sha256)
        raise
    write_bytes(arrived)


def forget_unless_kept(sha256: str) -> None:
    """Remove bytes that no row names: the act that brought them has failed."""
    if not StoredFile.objects.filter(sha256=sha256).exists():
        _storage().delete(place_of(sha256))


def place_of(sha256: str) -> str:
    """Where the bytes with this digest lie in the private storage; nothing of a given name is part of it."""
    return f"{sha256[:2]}/{sha256}"


def content_of(stored: StoredFile) -> Content:
    """The kind of a stored file."""
    return _BY_MEDIA_TYPE[stored.content_type]


def opened(stored: StoredFile) -> File[bytes]:
    """The bytes of a stored file, to be handed out."""
    return _storage().open(place_of(stored.sha256))


def _storage() -> Storage:
    return storages["evidence"]


@contextmanager
def local_file(stored: StoredFile) -> Iterator[Path]:
    """The stored file as a path on this machine; copied for the time being where the storage is elsewhere."""
    storage, place = _storage(), place_of(stored.sha256)
    try:
        path = Path(storage.path(place))
    except NotImplementedError:  # how Django's storages say that they keep no paths (S3)
        with tempfile.TemporaryDirectory(prefix="parindex-evidence-") as folder:
            path = Path(folder) / stored.sha256
            with storage.open(place) as source, path.open("wb") as target:
                target.writelines(source.chunks())
            yield path
        return
    yield path


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """A page as a picture."""

    data: bytes
    media_type: str


def drawn_page(stored: StoredFile, *, name: str, page: int, width: int) -> DrawnPage:
    """A page of a stored file, drawn once and kept on disk. Raises :class:`InvalidInput` where it cannot be drawn."""
    folder = Path(settings.PAGE_IMAGES) / stored.sha256[:2]
    for ending, media_type in (("png", "image/png"), ("jpg", "image/jpeg")):
        try:
            return DrawnPage((folder / f"{stored.sha256}-{page}-{width}.{ending}").read_bytes(), media_type)
        except FileNotFoundError:
            continue
    with local_file(stored) as path:
        made = page_images.page_image(path, content_of(stored), name=name, page=page, width=width)
    ending = "png" if made.media_type == "image/png" else "jpg"
    _keep_image(folder / f"{stored.sha256}-{page}-{width}.{ending}", made.data)
    return DrawnPage(made.data, made.media_type)


def _keep_image(path: Path, data: bytes) -> None:
    """Written beside and then named, so that nobody reads half a picture."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, beside = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    Path(beside).replace(path)
    kept = sorted(path.parent.iterdir(), key=lambda one: one.stat().st_mtime)
    for old in kept[: max(0, len(kept) - KEPT_IMAGES // 16)]:
        old.unlink(missing_ok=True)
