"""Official papers: handed in, kept as they came, read beside the server."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path, PurePath

from django.conf import settings
from django.core.files import File
from django.core.files.storage import storages
from django.db import transaction

from parindex.database.models import OfficialPaper, StoredFile, UnitVersion
from parindex.database.models.criteria_sets import PaperPurpose
from parindex.database.queries.units import versions_on
from parindex.documents.criteria_drafts.background_reading import Job
from parindex.documents.criteria_drafts.stored_facts import problem_from_data
from parindex.documents.evidence_files.store_digest import Copied, copy_limited
from parindex.documents.formats import READERS
from parindex.domain.errors import InvalidInput, Place, Problem
from parindex.domain.review.permissions import check_can_manage_sets
from parindex.domain.review.refusal import Refusal
from parindex.usecases import audit_log
from parindex.usecases.actors import Session

#: What may be handed in: papers that are read, and sets as YAML.
EXTENSIONS = (*sorted(READERS), ".yaml", ".yml")
_NAME_LENGTH = 200
_MEDIA_TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pdf": "application/pdf",
    ".txt": "text/plain",
    ".csv": "text/csv",
}


def owner_version(owner: int, at: datetime) -> UnitVersion:
    """The unit that owns sets, as it is on the day of ``at``; refused where it is none today."""
    found = versions_on(at.date()).filter(unit=owner).first()
    if found is None:
        raise Refusal("set_of_other_owner")
    return found


def receive_paper(
    *,
    by: Session,
    at: datetime,
    owner_id: int,
    chunks: Iterable[bytes],
    name: str,
    purpose: PaperPurpose = PaperPurpose.CRITERIA_SET,
) -> OfficialPaper:
    """Keep an uploaded paper. What is no paper by its name, or larger than allowed, is refused before it is stored.

    Raises :class:`InvalidInput`: ``unknown_extension``, ``upload_too_large``, ``file_empty``.
    """
    check_can_manage_sets(by.actor, owner_version(owner_id, at).path)
    shown = PurePath(name.replace("\\", "/")).name[-_NAME_LENGTH:] or "?"
    extension = PurePath(shown).suffix.lower()
    if extension not in EXTENSIONS:
        raise InvalidInput(
            [Problem("unknown_extension", Place(file=shown), {"extension": extension, "known": list(EXTENSIONS)})]
        )
    with tempfile.TemporaryFile() as copy:
        copied = copy_limited(chunks, copy, limit=settings.EVIDENCE_BYTES, name=shown)
        copy.seek(0)
        return _kept(by, at, owner_id, shown, copied, File(copy), purpose)


@transaction.atomic
def _kept(
    by: Session, at: datetime, owner: int, name: str, copied: Copied, bytes_of: File, purpose: PaperPurpose
) -> OfficialPaper:
    media_type = _MEDIA_TYPES.get(PurePath(name).suffix.lower(), "application/octet-stream")
    file, _ = StoredFile.objects.get_or_create(
        sha256=copied.sha256, defaults={"size": copied.size, "content_type": media_type, "stored_at": at}
    )
    store = storages["evidence"]
    if not store.exists(storage_name(file)):
        store.save(storage_name(file), bytes_of)
    paper = OfficialPaper.objects.create(
        owner_id=owner, name=name, file=file, purpose=purpose, uploaded_by=by.user, uploaded_at=at
    )
    audit_log.record(
        "upload_paper", audit_log.target(paper, unit=owner), by=by, at=at,
        after={"name": name, "sha256": copied.sha256, "size": copied.size, "purpose": purpose.value},
    )  # fmt: skip
    return paper


def storage_name(file: StoredFile) -> str:
    """Where the bytes of a file are kept, by their digest."""
    return f"{file.sha256[:2]}/{file.sha256}"


def paper_bytes(paper: OfficialPaper) -> bytes:
    """The paper as it came."""
    with storages["evidence"].open(storage_name(paper.file)) as stream:
        return bytes(stream.read())


# --- reading -------------------------------------------------------------------------------------------------------


def job_of(paper: OfficialPaper) -> Job:
    """The reading of a paper."""
    return Job(Path(settings.HOME) / "readings", f"paper-{paper.pk}-{paper.file.sha256[:16]}")


def start_reading(paper: OfficialPaper, seconds: float = 8) -> bool:
    """Begin to read a paper, and wait so long for the answer: whether it came."""
    job = job_of(paper)
    folder = job.folder / job.name
    folder.mkdir(parents=True, exist_ok=True)
    # Readers go by the extension, and ids of sets are made of the name.
    name = PurePath(paper.name)
    inside = folder / f"{name.stem.replace(chr(0), '')[:80] or 'van-ban'}{name.suffix.lower()}"
    inside.write_bytes(paper_bytes(paper))
    return job.wait(job.start(inside, paper.name), seconds)


def forget_reading(paper: OfficialPaper) -> None:
    """Take away what reading left in the working folder; the paper itself stays where it is kept."""
    job = job_of(paper)
    job.forget()
    folder = job.folder / job.name
    if folder.is_dir():
        for one in folder.iterdir():
            one.unlink(missing_ok=True)
        folder.rmdir()


def problems_of(paper: OfficialPaper) -> list[Problem]:
    """What kept a paper from being read; empty where nothing did."""
    return [problem_from_data(one) for one in json.loads(paper.problems)] if paper.problems else []
