"""Items that the standing office proposes not to assess; the log keeps what stood there before, and why it went."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from parindex.database.mapping.frozen_sets import frozen_set
from parindex.database.models import CycleGroup, NotAssessedProposal
from parindex.database.queries.score_sheets import cycle_facts
from parindex.domain.review.permissions import check_can_run_cycle
from parindex.domain.review.refusal import Refusal
from parindex.usecases import audit_log
from parindex.usecases.actors import Session
from parindex.usecases.written_texts import REASON_LENGTH, reason_of, whole


@transaction.atomic
def propose_not_assessed(
    *, by: Session, at: datetime, group_id: int, unit_kind: str, items: Sequence[str], reason: str, legal_basis: str
) -> int:
    """Propose items not to be assessed for units of one kind, each accepted by its unit with one click; how many.

    What was proposed before for the same items is replaced, and stands in the log.
    """
    group = _held(group_id)
    check_can_run_cycle(by.actor, cycle_facts(group.cycle, group.cycle.owner_path))
    why, basis, known = reason_of(reason), whole(legal_basis, REASON_LENGTH), frozen_set(group.set_version).items
    unknown = [code for code in items if code not in known]
    if unknown or not items:
        raise Refusal("items_unknown", items=unknown)
    earlier = NotAssessedProposal.objects.filter(group=group, unit_kind=unit_kind, item_code__in=items)
    before = [_data(one) for one in earlier.order_by("item_code")]
    said = {"reason": why, "legal_basis": basis}
    made = [
        NotAssessedProposal.objects.update_or_create(group=group, unit_kind=unit_kind, item_code=code, defaults=said)[0]
        for code in dict.fromkeys(items)
    ]
    audit_log.record(
        "propose_not_assessed", audit_log.target(group, unit=group.cycle.owner_id, cycle=group.cycle_id), by=by, at=at,
        reason=why, before={"proposals": before} if before else None,
        after={"proposals": [_data(one) for one in made]},
    )  # fmt: skip
    return len(made)


@transaction.atomic
def withdraw_proposal(*, by: Session, at: datetime, proposal_id: int, reason: str) -> None:
    """Take a proposal back, with the reason; requests that units have made from it stay."""
    group = _held(NotAssessedProposal.objects.values_list("group", flat=True).get(pk=proposal_id))
    made = NotAssessedProposal.objects.get(pk=proposal_id)
    check_can_run_cycle(by.actor, cycle_facts(group.cycle, group.cycle.owner_path))
    audit_log.record(
        "withdraw_proposal", audit_log.target(group, unit=group.cycle.owner_id, cycle=group.cycle_id), by=by, at=at,
        reason=reason_of(reason), before={"proposals": [_data(made)]},
    )  # fmt: skip
    made.delete()


@dataclass(frozen=True, slots=True)
class Moved:
    """The proposals that a replaced set ended or moved, as the log has them: empty where it left all as they were."""

    before: Mapping[str, object]
    after: Mapping[str, object]


def move_proposals(group: CycleGroup, codes: Mapping[str, str]) -> Moved:
    """Proposals follow their items to the new set (``codes``: new by old); those of items that are gone end."""
    before, moved = [], []
    for one in NotAssessedProposal.objects.filter(group=group).order_by("pk"):
        code = codes.get(one.item_code)
        if code == one.item_code:
            continue
        before.append(_data(one))
        if code is None:
            one.delete()
        else:
            one.item_code = code
            moved.append(one)
    for one in moved:  # out of each other's way first: two items may have changed places
        NotAssessedProposal.objects.filter(pk=one.pk).update(item_code=f"~{one.pk}")
    for one in moved:
        one.save(update_fields=["item_code"])
    return Moved({"proposals": before}, {"proposals": [_data(one) for one in moved]}) if before else Moved({}, {})


def _held(group_id: int) -> CycleGroup:
    """Who proposes and who takes back one after the other, so that the log tells what stood there."""
    rows = CycleGroup.objects.select_for_update(of=("self",), no_key=True).select_related("cycle", "set_version")
    return rows.get(pk=group_id)


def _data(one: NotAssessedProposal) -> dict[str, str]:
    return {
        "unit_kind": one.unit_kind, "item": one.item_code, "reason": one.reason, "legal_basis": one.legal_basis,
    }  # fmt: skip
