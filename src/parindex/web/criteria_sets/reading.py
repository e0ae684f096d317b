"""What views of criteria sets share: finding a version that this person may read."""

from __future__ import annotations

from datetime import datetime

from django.shortcuts import get_object_or_404

from parindex.database.models import CriteriaSetVersion, OfficialPaper
from parindex.database.models.criteria_sets import SetState
from parindex.database.queries.criteria_sets import check_can_read_version, papers, set_versions
from parindex.domain.review.permissions import check_can_manage_sets, check_can_read_drafts
from parindex.domain.review.refusal import Refusal, refusal
from parindex.web.requests import PageRequest
from parindex.wording.moments import local_day


def readable(request: PageRequest, version: int, at: datetime) -> CriteriaSetVersion:
    """The version, where this person may read it; else the refusal, or 404 where there is none."""
    found = get_object_or_404(set_versions(local_day(at)), pk=version)
    check_can_read_version(request.acting.actor, found)
    return found


def readable_paper(request: PageRequest, paper: int, at: datetime) -> OfficialPaper:
    """The paper, where this person may see drafts of its owner."""
    found = get_object_or_404(papers(local_day(at)), pk=paper)
    check_can_read_drafts(request.acting.actor, found.owner_path or "")  # type: ignore[attr-defined]
    return found


def managing(request: PageRequest, version: CriteriaSetVersion) -> Refusal | None:
    """Why this person may not write the sets of the owner; None where they may."""
    return refusal(check_can_manage_sets, request.acting.actor, version.owner_path or "")  # type: ignore[attr-defined]


def editing(request: PageRequest, version: CriteriaSetVersion) -> Refusal | None:
    """Why this person may not edit this version; None where they may."""
    if version.state == SetState.FROZEN:
        return Refusal("set_frozen")
    if version.state == SetState.DISCARDED:
        return Refusal("set_discarded")
    return managing(request, version)
