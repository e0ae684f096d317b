"""The record of findings of a version and of the other tables of its paper."""

from __future__ import annotations

from datetime import datetime

from parindex.database.models import CriteriaSetVersion
from parindex.database.queries.criteria_sets import decisions_of, of_one_reading
from parindex.documents.set_records.record import SetRecord
from parindex.usecases.set_matters import matters_of
from parindex.wording.moments import local_day
from parindex.wording.set_records import Line, Read, set_record


def record_of(version: CriteriaSetVersion, at: datetime) -> SetRecord:
    """Everything that was found and decided until now."""
    versions = of_one_reading(version, local_day(at))
    matters = matters_of(versions, at)
    read = []
    for one in versions:
        found = matters[one.pk]
        lines = tuple(
            Line(
                matter.finding, matter.present, matter.settled,
                matter.decision.message if matter.decision else "", matter.decision.change if matter.decision else "",
                matter.decision.note if matter.decision else "",
                matter.decision.decided_by.full_name if matter.decision else "",
                matter.decision.decided_at if matter.decision else None, matter.is_left,
            )
            for matter in (*found.errors, *found.warnings, *found.notes)
        )  # fmt: skip
        edits = tuple(
            (edit.decided_at, edit.decided_by.full_name, edit.change, edit.note)
            for edit in decisions_of([one.pk])
            if not edit.key and edit.undone_at is None
        )
        read.append(
            Read(
                one.title,
                one.table_number,
                found.draft.criteria_set,
                found.structure,
                lines,
                edits,
                one.fingerprint,
                one.frozen_at,
                one.frozen_by.full_name if one.frozen_by else "",
            )
        )
    paper = version.paper
    owner: str = version.owner_name or ""  # type: ignore[attr-defined]
    return set_record(
        read, owner=owner, file=paper.name if paper else "", sha256=paper.file.sha256 if paper else "",
        read_at=version.created_at, read_by=version.created_by.full_name, at=at,
    )  # fmt: skip
