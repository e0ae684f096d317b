"""Proposals for commendation after a publication: units by the criteria that they meet or for another reason, persons
typed by hand. What is withdrawn stays, with the reason. Nothing of this is ever public.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from parindex.database.models import Commendation, Cycle, Publication, ScoreSheet
from parindex.database.models.publications import CommendationKind
from parindex.database.queries.publications import latest_publication
from parindex.database.queries.score_sheets import cycle_facts
from parindex.domain.publication.commendations import Verdict
from parindex.domain.review.appraisal_permissions import check_can_commend
from parindex.domain.review.refusal import Refusal
from parindex.usecases import audit_log
from parindex.usecases.actors import Session
from parindex.usecases.commendation_grounds import grounds_of
from parindex.usecases.written_texts import reason_of, whole

NAME_LENGTH = 300


@transaction.atomic
def propose_unit(
    *, by: Session, at: datetime, cycle_id: int, sheet_id: int, award: str, reason: str = "",
    criteria: Sequence[str] = (),
) -> Commendation:  # fmt: skip
    """Propose a unit for ``award``: by criteria that it meets in the publication that was made last, for a reason of
    one's own, or both. What each criterion found is kept with the proposal.
    """
    cycle = _held(by, cycle_id)
    sheet = ScoreSheet.objects.filter(pk=sheet_id, cycle=cycle).first()
    if sheet is None:
        raise Refusal("sheets_of_other_cycle")
    named = _award(award)
    met = _met(cycle, sheet, at, criteria)
    own = reason_of(reason, needed=False)
    if not own and not met:
        raise Refusal("commendation_reason_needed")
    reasons = [str(one["reason"]) for one in met["criteria"]] if met else []
    words = " ".join([*reasons, own] if own else reasons)
    same = Commendation.objects.filter(cycle=cycle, sheet=sheet, award=named, withdrawn_at=None)
    if same.exists():
        raise Refusal("commendation_twice", name=sheet.unit_name, award=named)
    made = Commendation.objects.create(
        cycle=cycle, kind=CommendationKind.COLLECTIVE, sheet=sheet, name=sheet.unit_name, award=named, reason=words,
        met=json.dumps(met, ensure_ascii=False) if met else "", proposed_by=by.user, proposed_at=at,
    )  # fmt: skip
    _record(made, cycle, by, at, {"criteria": [one["id"] for one in met["criteria"]] if met else []})
    return made


@transaction.atomic
def propose_person(
    *, by: Session, at: datetime, cycle_id: int, name: str, office: str, award: str, reason: str
) -> Commendation:
    """Propose a person, whose name and office are typed by hand; they stand on the pages of the standing office, on
    its paper and in the log, and nowhere else.
    """
    cycle = _held(by, cycle_id)
    who, where = whole(name, NAME_LENGTH), whole(office, NAME_LENGTH)
    if not who:
        raise Refusal("commended_name_needed")
    if not where:
        raise Refusal("commended_office_needed")
    named, why = _award(award), reason_of(reason)
    same = Commendation.objects.filter(
        cycle=cycle, kind=CommendationKind.PERSON, name=who, office=where, award=named, withdrawn_at=None
    )
    if same.exists():
        raise Refusal("commendation_twice", name=who, award=named)
    made = Commendation.objects.create(
        cycle=cycle, kind=CommendationKind.PERSON, name=who, office=where, award=named, reason=why,
        proposed_by=by.user, proposed_at=at,
    )  # fmt: skip
    _record(made, cycle, by, at, {"office": where})
    return made


@transaction.atomic
def withdraw(*, by: Session, at: datetime, commendation_id: int, reason: str) -> Commendation:
    """Withdraw a proposal, with the reason: it stays in the list of what was withdrawn."""
    cycle_id = Commendation.objects.values_list("cycle", flat=True).get(pk=commendation_id)
    cycle = _held(by, cycle_id)
    made = Commendation.objects.select_for_update(no_key=True).get(pk=commendation_id)
    if made.withdrawn_at is not None:
        raise Refusal("commendation_withdrawn")
    made.withdrawn_reason, made.withdrawn_at = reason_of(reason), at
    made.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    audit_log.record(
        "withdraw_commendation", _target(made, cycle), by=by, at=at, reason=made.withdrawn_reason,
        before={"name": made.name, "award": made.award},
    )  # fmt: skip
    return made


@transaction.atomic
def log_paper(*, by: Session, at: datetime, cycle_id: int, rows: int) -> None:
    """That somebody took the paper with the names along."""
    cycle = _held(by, cycle_id)
    what = audit_log.target(cycle, unit=cycle.owner_id, cycle=cycle)
    audit_log.record("export_commendations", what, by=by, at=at, after={"rows": rows})


def standing(cycle: Cycle) -> list[Commendation]:
    """What is proposed and not withdrawn: units first, each kind in the order in which it was proposed. One query."""
    rows = Commendation.objects.filter(cycle=cycle, withdrawn_at=None).select_related("sheet", "proposed_by")
    return sorted(rows, key=lambda one: (one.kind != CommendationKind.COLLECTIVE, one.pk))


def _held(by: Session, cycle_id: int) -> Cycle:
    """The cycle, held: what is proposed twice at once is refused once, and no correction comes between."""
    cycle = Cycle.objects.select_for_update(no_key=True).get(pk=cycle_id)
    check_can_commend(by.actor, cycle_facts(cycle, cycle.owner_path))
    return cycle


def _award(given: str) -> str:
    named = whole(given, NAME_LENGTH)
    if not named:
        raise Refusal("award_needed")
    return named


def _met(cycle: Cycle, sheet: ScoreSheet, at: datetime, criteria: Sequence[str]) -> dict[str, Any] | None:
    """The criteria that a proposal rests on, as they are stored; refused where the unit does not meet one of them."""
    if not criteria:
        return None
    publication = latest_publication(cycle.pk)
    if publication is None:
        raise Refusal("not_published_yet")
    found = _verdicts(publication, sheet, at)
    for one in criteria:
        if one not in found or not found[one].met:
            raise Refusal("criterion_not_met", unit=sheet.unit_name)
    return {"publication": publication.number, "criteria": [_stored(found[one]) for one in dict.fromkeys(criteria)]}


def _verdicts(publication: Publication, sheet: ScoreSheet, at: datetime) -> Mapping[str, Verdict]:
    grounds = grounds_of(publication, at, always=(sheet.pk,))
    mine = next((one for one in grounds if one.result.sheet_id == sheet.pk), None)
    return {one.criterion.id: one for one in mine.verdicts} if mine is not None else {}


def _stored(one: Verdict) -> dict[str, Any]:
    checks = [{"demand": str(check.demand), "facts": dict(check.facts)} for check in one.checks]
    return {"id": one.criterion.id, "title": one.criterion.title, "reason": one.criterion.reason, "checks": checks}


def _target(made: Commendation, cycle: Cycle) -> audit_log.Target:
    """Of the owner, not of the unit: a unit learns that it was proposed when it is commended."""
    return audit_log.target(made, unit=cycle.owner_id, cycle=cycle)


def _record(made: Commendation, cycle: Cycle, by: Session, at: datetime, besides: Mapping[str, Any]) -> None:
    audit_log.record(
        "propose_commendation", _target(made, cycle), by=by, at=at, reason=made.reason,
        after={"kind": str(made.kind), "name": made.name, "award": made.award, **besides},
    )  # fmt: skip
