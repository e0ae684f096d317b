"""Versions of criteria sets: from a paper, from a file, from a set that stands; frozen, corrected, carried over."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from parindex.database.models import CriteriaSet, CriteriaSetVersion, OfficialPaper
from parindex.database.models.criteria_sets import SetState
from parindex.documents.criteria_drafts.draft import Draft, stored_draft
from parindex.documents.criteria_sets.criteria_set_file import (
    dump_criteria_set,
    fingerprint,
    load_criteria_set,
    parse_criteria_set,
)
from parindex.documents.criteria_sets.shipped import shipped_set_path
from parindex.domain.criteria.carried_over import carried_over
from parindex.domain.criteria.criteria_set import CriteriaSet as Yardstick
from parindex.domain.review.permissions import check_can_manage_sets
from parindex.domain.review.refusal import Refusal
from parindex.domain.scoring.usable import require_usable
from parindex.usecases import audit_log
from parindex.usecases.actors import Session
from parindex.usecases.official_papers import forget_reading, job_of, owner_version, reading_facts, start_reading
from parindex.usecases.set_matters import matters_of, remaining_of

_TITLE_LENGTH = 500


@transaction.atomic
def take_reading(*, by: Session, at: datetime, paper_id: int) -> list[CriteriaSetVersion]:
    """What was read of a paper becomes a draft for each of its tables; does nothing while it is still being read.

    Asked twice, the second answers with what the first made.
    """
    paper = OfficialPaper.objects.select_for_update(no_key=True).get(pk=paper_id)
    check_can_manage_sets(by.actor, owner_version(paper.owner_id, at).path)
    if paper.read_at is not None:
        return list(CriteriaSetVersion.objects.filter(paper=paper).order_by("table_number"))
    answer = job_of(paper).answer()
    if answer is None:
        return []
    before = reading_facts(paper)
    paper.read_at = at
    paper.problems = json.dumps(answer["problems"], ensure_ascii=False) if "problems" in answer else ""
    paper.save(update_fields=["read_at", "problems"])
    made = [
        _stored(by, at, paper.owner_id, stored_draft(one["content"], one["reading"]), _Origin(paper, number))
        for number, one in enumerate(answer.get("sets", ()), start=1)
    ]
    after = {**reading_facts(paper), "drafts": [version.pk for version in made]}
    audit_log.record(
        "take_reading", audit_log.target(paper, unit=paper.owner_id), by=by, at=at, before=before, after=after
    )
    for version in made:  # after all of them are stored: whoever else holds a set waits for the log last
        _log_draft(version, by, at)
    transaction.on_commit(lambda: forget_reading(paper))
    return made


def read_again(*, by: Session, at: datetime, paper_id: int) -> None:
    """Read a paper once more that could not be read, or whose reading ended without an answer."""
    paper = _forgotten(by, at, paper_id)
    if paper is not None:
        start_reading(paper)


@transaction.atomic
def _forgotten(by: Session, at: datetime, paper_id: int) -> OfficialPaper | None:
    """The paper without what its reading said, ready to be read once more; None where drafts were made of it."""
    paper = OfficialPaper.objects.select_for_update(of=("self",), no_key=True).select_related("file").get(pk=paper_id)
    check_can_manage_sets(by.actor, owner_version(paper.owner_id, at).path)
    if paper.versions.exists():
        return None
    before = reading_facts(paper)
    paper.read_at, paper.problems = None, ""
    paper.save(update_fields=["read_at", "problems"])
    what = audit_log.target(paper, unit=paper.owner_id)
    audit_log.record("read_paper_again", what, by=by, at=at, before=before, after=reading_facts(paper))
    return paper


@transaction.atomic
def start_from_shipped(*, by: Session, at: datetime, owner_id: int, set_id: str) -> CriteriaSetVersion:
    """A draft of a set that comes with the program."""
    check_can_manage_sets(by.actor, owner_version(owner_id, at).path)
    path = shipped_set_path(set_id)
    if path is None:
        raise Refusal("set_of_other_owner")
    made = load_criteria_set(path)
    if CriteriaSetVersion.objects.filter(
        criteria_set__owner_id=owner_id, criteria_set__code=made.id, state=SetState.DRAFT
    ).exists():
        raise Refusal("draft_in_work")
    return _draft(by, at, owner_id, Draft(made), _Origin())


@transaction.atomic
def correct(*, by: Session, at: datetime, version_id: int, reason: str) -> CriteriaSetVersion:
    """A new version of a frozen set, to be corrected; only one draft of a set at a time."""
    version = _locked(version_id)
    check_can_manage_sets(by.actor, owner_version(version.criteria_set.owner_id, at).path)
    if version.state != SetState.FROZEN:
        raise Refusal("set_still_draft")
    if not reason.strip():
        raise Refusal("reason_needed")
    CriteriaSet.objects.select_for_update(no_key=True).get(pk=version.criteria_set_id)
    if CriteriaSetVersion.objects.filter(criteria_set=version.criteria_set, state=SetState.DRAFT).exists():
        raise Refusal("draft_in_work")
    draft = stored_draft(version.content, version.reading)
    origin = _Origin(version.paper, version.table_number, reason.strip())
    return _draft(by, at, version.criteria_set.owner_id, draft, origin)


@transaction.atomic
def start_next_year(*, by: Session, at: datetime, version_id: int, year: int, code: str) -> CriteriaSetVersion:
    """Next year's set begins as this year's: dated, without what belongs to this year's paper."""
    version = _locked(version_id)
    owner = version.criteria_set.owner_id
    check_can_manage_sets(by.actor, owner_version(owner, at).path)
    if version.state != SetState.FROZEN:
        raise Refusal("set_still_draft")
    if version.year is not None and year <= version.year:
        raise Refusal("year_not_later", year=version.year)
    if CriteriaSet.objects.filter(owner_id=owner, code=code).exists():
        raise Refusal("set_code_taken", taken=code)
    made = carried_over(parse_criteria_set(version.content), id=code, year=year)
    return _draft(by, at, owner, Draft(made), _Origin(started_from=version))


@dataclass(frozen=True, slots=True)
class _Origin:
    """What a draft is made of: a table of a paper, a correction with its reason, or the set of another year."""

    paper: OfficialPaper | None = None
    table: int = 1
    reason: str = ""
    started_from: CriteriaSetVersion | None = None


def _draft(by: Session, at: datetime, owner: int, draft: Draft, origin: _Origin) -> CriteriaSetVersion:
    """A draft with its record."""
    version = _stored(by, at, owner, draft, origin)
    _log_draft(version, by, at, started_from=origin.started_from)
    return version


def _stored(by: Session, at: datetime, owner: int, draft: Draft, origin: _Origin) -> CriteriaSetVersion:
    """A draft without its record, where records of several are written last."""
    made = draft.criteria_set
    family, _ = CriteriaSet.objects.get_or_create(
        owner_id=owner, code=made.id, defaults={"started_from": origin.started_from}
    )
    CriteriaSet.objects.select_for_update(no_key=True).get(pk=family.pk)
    last = CriteriaSetVersion.objects.filter(criteria_set=family).aggregate(Max("number"))["number__max"] or 0
    return CriteriaSetVersion.objects.create(
        criteria_set=family, number=last + 1, title=made.title[:_TITLE_LENGTH], year=made.year, content=draft.content,
        reading=draft.reading, paper=origin.paper, table_number=origin.table, reason=origin.reason,
        created_by=by.user, created_at=at,
    )  # fmt: skip


def _log_draft(
    version: CriteriaSetVersion, by: Session, at: datetime, *, started_from: CriteriaSetVersion | None = None
) -> None:
    family = version.criteria_set
    audit_log.record(
        "make_set_draft", audit_log.target(version, unit=family.owner_id), by=by, at=at, reason=version.reason,
        after={"set": family.code, "number": version.number, "paper": version.paper_id,
               "started_from": started_from.pk if started_from else None},
    )  # fmt: skip


@transaction.atomic
def discard(*, by: Session, at: datetime, version_id: int, reason: str = "") -> None:
    """Set a draft aside: it stays to be read, and nothing can be done with it."""
    version = _locked(version_id)
    check_can_manage_sets(by.actor, owner_version(version.criteria_set.owner_id, at).path)
    _require_draft(version)
    version.state = SetState.DISCARDED
    version.save(update_fields=["state"])
    audit_log.record(
        "discard_set_draft", audit_log.target(version, unit=version.criteria_set.owner_id), by=by, at=at, reason=reason,
        before={"state": SetState.DRAFT.value}, after={"state": SetState.DISCARDED.value},
    )  # fmt: skip


@transaction.atomic
def freeze(*, by: Session, at: datetime, version_id: int) -> CriteriaSetVersion:
    """Freeze a draft: nothing contradicts itself, every matter is confirmed, everything can be computed; from now on
    the database refuses every change. Refused (``set_not_ready``) with all that remains.
    """
    version = _locked(version_id)
    owner = version.criteria_set.owner_id
    check_can_manage_sets(by.actor, owner_version(owner, at).path)
    _require_draft(version)
    draft = stored_draft(version.content, version.reading)
    remaining = remaining_of(matters_of([version], at)[version.pk], draft.criteria_set)
    if remaining.any:
        raise Refusal("set_not_ready", what=remaining.words())
    made: Yardstick = parse_criteria_set(draft.content)
    require_usable(made)
    version.state, version.content, version.fingerprint = SetState.FROZEN, dump_criteria_set(made), fingerprint(made)
    version.title, version.year = made.title[:_TITLE_LENGTH], made.year
    version.frozen_by, version.frozen_at = by.user, at
    version.save()
    record_freezing(version, made, by=by, at=at)
    return version


def record_freezing(version: CriteriaSetVersion, made: Yardstick, *, by: Session, at: datetime) -> None:
    """The record by which a frozen version is proved for ever: who froze what under which fingerprint."""
    audit_log.record(
        "freeze_set", audit_log.target(version, unit=version.criteria_set.owner_id), by=by, at=at,
        before={"state": SetState.DRAFT.value},
        after={"state": SetState.FROZEN.value, "set": made.id, "number": version.number,
               "fingerprint": version.fingerprint, "legal_basis": [basis.number for basis in made.legal_basis]},
    )  # fmt: skip


@transaction.atomic
def freeze_together(*, by: Session, at: datetime, version_ids: Collection[int]) -> list[CriteriaSetVersion]:
    """Freeze several tables of one paper, all of them or none; each has a fingerprint and a line in the log.

    All are held before the first of these lines: who mends one of them holds it and waits for the log.
    """
    list(CriteriaSetVersion.objects.select_for_update(no_key=True).filter(pk__in=version_ids).order_by("pk"))
    return [freeze(by=by, at=at, version_id=version) for version in sorted(version_ids)]


def _locked(version_id: int) -> CriteriaSetVersion:
    return (
        CriteriaSetVersion.objects.select_for_update(of=("self",), no_key=True)
        .select_related("criteria_set", "paper")
        .get(pk=version_id)
    )


def _require_draft(version: CriteriaSetVersion) -> None:
    if version.state == SetState.FROZEN:
        raise Refusal("set_frozen")
    if version.state != SetState.DRAFT:
        raise Refusal("set_discarded")
