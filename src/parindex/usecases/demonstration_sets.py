"""The demonstration's paper: decision 2270 as it was read, with its findings still to be settled."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from pathlib import Path

from parindex.database.models import Unit
from parindex.documents.criteria_drafts.reading_worker import answered
from parindex.usecases.actors import Session
from parindex.usecases.criteria_sets import take_reading
from parindex.usecases.evidence_files import Arrived
from parindex.usecases.official_papers import job_of, receive_paper

PAPER = Path(__file__).resolve().parent.parent / "data" / "papers" / "2270-QD-UBND.txt"


def load_paper(office: Session, owner: Unit, at: datetime) -> None:
    """Hand in the paper and take in what is read of it; the file is ours, so that no process of its own is needed."""
    data = PAPER.read_bytes()
    arrived = Arrived(PAPER, PAPER.name, hashlib.sha256(data).hexdigest(), len(data))
    paper = receive_paper(by=office, at=at, owner_id=owner.pk, arrived=arrived)
    job = job_of(paper)
    job.folder.mkdir(parents=True, exist_ok=True)
    job.target.write_text(json.dumps(answered(PAPER, PAPER.name, job.target), ensure_ascii=False), encoding="utf-8")
    take_reading(by=office, at=at, paper_id=paper.pk)
