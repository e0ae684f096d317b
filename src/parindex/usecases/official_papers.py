"""Official papers: handed in, kept as they came, read beside the server."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path, PurePath

from django.conf import settings
from django.db import transaction

from parindex.database.models import OfficialPaper, StoredFile, UnitVersion
from parindex.database.models.criteria_sets import PaperPurpose
from parindex.database.queries.units import versions_on
from parindex.documents.background_jobs import Job
from parindex.documents.evidence_files.content import Content
from parindex.documents.formats import READERS, refused_name
from parindex.documents.stored_facts import problem_from_data
from parindex.domain.errors import InvalidInput, Place, Problem
from parindex.domain.review.permissions import check_can_manage_sets
from parindex.domain.review.refusal import Refusal
from parindex.usecases import audit_log
from parindex.usecases.actors import Session
from parindex.usecases.evidence_files import Arrived, bytes_kept, opened
from parindex.usecases.virus_scanner import Verdict, scanned_at_once
from parindex.wording.moments import local_day

#: What may be handed in: papers that are read, and sets as YAML.
EXTENSIONS = (*sorted(READERS), ".yaml", ".yml")
_NAME_LENGTH = 200
_WORKER = "parindex.documents.criteria_drafts.reading_worker"
_CONTENTS = {content.extension: content for content in Content} | {".xlsm": Content.XLSX, ".tsv": Content.CSV}


def owner_version(owner: int, at: datetime) -> UnitVersion:
    """The unit that owns sets, as it is on the day of ``at``; refused where it is none today."""
    found = versions_on(local_day(at)).filter(unit=owner).first()
    if found is None:
        raise Refusal("set_of_other_owner")
    return found


def receive_paper(
    *, by: Session, at: datetime, owner_id: int, arrived: Arrived, purpose: PaperPurpose = PaperPurpose.CRITERIA_SET
) -> OfficialPaper:
    """Keep an uploaded paper. What is no paper by its name, is empty, or carries a virus is refused before it is kept.

    Raises :class:`InvalidInput`: ``unknown_extension``, ``word_with_macros``, ``file_empty``, ``evidence_infected``.
    """
    check_can_manage_sets(by.actor, owner_version(owner_id, at).path)
    name = PurePath(arrived.name.replace("\\", "/")).name[-_NAME_LENGTH:] or "?"
    problem = refused_name(name, EXTENSIONS)
    if problem is not None:
        raise InvalidInput([problem])
    if not arrived.size:
        raise InvalidInput([Problem("file_empty", Place(file=name))])
    verdict, virus = scanned_at_once(arrived.path)
    if verdict is Verdict.INFECTED:
        raise InvalidInput([Problem("evidence_infected", Place(file=name), {"virus": virus} if virus else {})])
    with bytes_kept(arrived):
        return _kept(by, at, owner_id, name, arrived, purpose)


@transaction.atomic
def _kept(by: Session, at: datetime, owner: int, name: str, arrived: Arrived, purpose: PaperPurpose) -> OfficialPaper:
    content = _CONTENTS.get(PurePath(name).suffix.lower(), Content.TXT)
    file, _ = StoredFile.objects.get_or_create(
        sha256=arrived.sha256,
        defaults={"size": arrived.size, "content_type": content.media_type, "stored_at": at},
    )
    paper = OfficialPaper.objects.create(
        owner_id=owner, name=name, file=file, purpose=purpose, uploaded_by=by.user, uploaded_at=at
    )
    audit_log.record(
        "upload_paper", audit_log.target(paper, unit=owner), by=by, at=at,
        after={"name": name, "sha256": arrived.sha256, "size": arrived.size, "purpose": purpose.value},
    )  # fmt: skip
    return paper


def paper_bytes(paper: OfficialPaper) -> bytes:
    """The paper as it came."""
    with opened(paper.file) as stream:
        return bytes(stream.read())


# --- reading -------------------------------------------------------------------------------------------------------


def job_of(paper: OfficialPaper) -> Job:
    """The reading of a paper."""
    return Job(Path(settings.HOME) / "readings", f"paper-{paper.pk}-{paper.file.sha256[:16]}", _WORKER)


def start_reading(paper: OfficialPaper, seconds: float = 8) -> bool:
    """Begin to read a paper, and wait so long for the answer: whether it came."""
    job = job_of(paper)
    folder = job.folder / job.name
    folder.mkdir(parents=True, exist_ok=True)
    # Readers go by the extension, and ids of sets are made of the name.
    name = PurePath(paper.name)
    inside = folder / f"{name.stem.replace(chr(0), '')[:80] or 'van-ban'}{name.suffix.lower()}"
    inside.write_bytes(paper_bytes(paper))
    return job.wait(job.start(path=str(inside), name=paper.name), seconds)


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


def reading_facts(paper: OfficialPaper) -> dict[str, object]:
    """When a paper was read, and what kept it from being read, as the log keeps it."""
    return {
        "read_at": paper.read_at.isoformat() if paper.read_at else None,
        "problems": sorted({problem.kind for problem in problems_of(paper)}),
    }
