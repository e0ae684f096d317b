"""The list of sets: every version by set, the newest first, with owner, state and fingerprint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from parindex.database.models import CriteriaSetVersion, Guidance, OfficialPaper, UnitVersion
from parindex.database.models.criteria_sets import SetState
from parindex.database.queries.criteria_sets import papers, readable_owners, set_versions
from parindex.database.queries.units import versions_on
from parindex.documents.criteria_sets.shipped import shipped_ids
from parindex.domain.review.permissions import check_can_read_drafts
from parindex.domain.review.refusal import refusal
from parindex.domain.review.roles import Role
from parindex.usecases.actors import Session
from parindex.wording.moments import local_day


@dataclass(frozen=True, slots=True)
class Family:
    """One set with its versions, the newest first."""

    code: str
    versions: Sequence[CriteriaSetVersion]
    guidances: Sequence[Guidance]

    @property
    def first(self) -> CriteriaSetVersion:
        """The newest version."""
        return self.versions[0]


@dataclass(frozen=True, slots=True)
class OwnerSets:
    """The sets of one owner."""

    owner: UnitVersion
    families: Sequence[Family]


@dataclass(frozen=True, slots=True)
class ListPage:
    """Everything on the page; ``writes``: the owners whose standing office this person is."""

    owners: Sequence[OwnerSets]
    writes: Sequence[UnitVersion]
    waiting: Sequence[OfficialPaper]
    shipped: Sequence[str]


def list_page(session: Session, at: datetime) -> ListPage:
    """The list for one person: six queries, whatever the number of sets."""
    day = local_day(at)
    owners = list(readable_owners(session.actor, day))
    written = [grant.path for grant in session.actor.grants if grant.role is Role.STANDING_OFFICE]
    writes = list(versions_on(day).filter(path__in=written).order_by("path"))
    rows = set_versions(day).filter(criteria_set__owner__in=[one.unit_id for one in owners])
    versions = list(rows.order_by("-year", "criteria_set__code", "criteria_set", "-number"))
    guidances: dict[int, list[Guidance]] = {}
    for guidance in Guidance.objects.filter(criteria_set__in={one.criteria_set_id for one in versions}).order_by(
        "-number"
    ):
        guidances.setdefault(guidance.criteria_set_id, []).append(guidance)
    sets = []
    for owner in owners:
        sees_drafts = refusal(check_can_read_drafts, session.actor, owner.path) is None
        families: dict[int, list[CriteriaSetVersion]] = {}
        for one in versions:
            if one.criteria_set.owner_id == owner.unit_id and (sees_drafts or one.state == SetState.FROZEN):
                families.setdefault(one.criteria_set_id, []).append(one)
        listed = [Family(of[0].criteria_set.code, of, guidances.get(pk, [])) for pk, of in families.items()]
        if listed:
            sets.append(OwnerSets(owner, listed))
    waiting = papers(day).filter(owner__in=[one.unit_id for one in writes], versions__isnull=True)
    unread = waiting.filter(purpose="criteria_set").order_by("-uploaded_at")[:20]
    return ListPage(sets, writes, list(unread) if writes else [], shipped_ids() if writes else ())
