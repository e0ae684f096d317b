"""Publishing what was finalised: at once or at the end of an embargo, with the heads of the log as they then stood.

Before ``public_from`` nobody but those who run, appraise or audit the cycle sees a figure; what is public is a matter
of that moment alone. The clock tells the units once it has come, also where the server was down then.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db import transaction
from django.db.models import Max

from parindex.database.models import AuditChain, AuditRecord, Cycle, Finalisation, Publication, UnitResult
from parindex.database.queries.publications import (
    LastYear,
    details_digest,
    last_finalisation,
    last_year_of,
    latest_publication,
)
from parindex.database.queries.score_sheets import cycle_facts
from parindex.documents.results.publication_differences import difference_digest
from parindex.domain.review.appraisal_permissions import check_can_publish
from parindex.domain.review.audit_chain import INSTALLATION
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.roles import Role
from parindex.domain.review.stages import CycleAct, CycleState
from parindex.usecases import audit_log
from parindex.usecases.actors import Session
from parindex.usecases.notices_of_appraisal import told_decisions
from parindex.usecases.personal_texts import check_confirmed, personal_texts
from parindex.usecases.written_texts import whole
from parindex.wording.moments import local_day

NUMBER_LENGTH = 120
#: No embargo ends later than this after the act.
FURTHEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class DecidedBy:
    """The decision that announces a publication, and from when it is public; None: at once."""

    number: str
    date: date
    public_from: datetime | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be public: what the finalisation gave each unit, and what stands beside it of the year before."""

    finalisation: Finalisation
    results: Sequence[UnitResult]
    last_year: dict[int, Sequence[LastYear]]


def preview(cycle: Cycle, at: datetime) -> Preview | None:
    """What publishing a cycle now would show; None where nothing is finalised. A few queries, whatever the units."""
    made = last_finalisation(cycle)
    if made is None:
        return None
    rows = UnitResult.objects.filter(finalisation=made).defer("detail").select_related("sheet")
    unsaved = Publication(cycle=cycle, finalisation=made)
    ordered = rows.order_by("group_code", "position", "pk")
    return Preview(made, list(ordered), dict(last_year_of(unsaved, at)))


@transaction.atomic
def publish(
    *, by: Session, at: datetime, cycle_id: int, decision_number: str, decision_date: date,
    public_from: datetime | None = None, seen: str = "", personal: bool = False,
) -> Publication:  # fmt: skip
    """Publish what was finalised. ``public_from``: the end of an embargo; None: at once.

    ``seen``: the fingerprint of the finalisation that the chair was shown; refused (``result_changed``) where another
    one holds by now, and what the same click has done is not done again. ``personal``: that texts with personal data
    become public as they stand; refused (``personal_data_unconfirmed``) where there are such and nobody said so.
    """
    cycle = Cycle.objects.select_for_update(no_key=True).get(pk=cycle_id)
    given = DecidedBy(decision_number, decision_date, public_from)
    done = published_before(cycle, by, seen, given)
    if done is not None:
        return done
    check_can_publish(by.actor, cycle_facts(cycle, cycle.owner_path))
    decided = checked(given, at)
    finalisation = last_finalisation(cycle)
    if finalisation is None or (seen and seen != finalisation.snapshot.fingerprint):
        raise Refusal("result_changed")
    count = len(personal_texts(cycle))
    check_confirmed(count, confirmed=personal)
    cycle.state = CycleState.PUBLISHED
    cycle.save(update_fields=["state"])
    return make_publication(
        cycle, finalisation, decided, CycleAct.PUBLISH, CycleState.FINALISED, by=by, at=at, personal=count
    )


def published_before(cycle: Cycle, by: Session, seen: str, decided: DecidedBy, reason: str = "") -> Publication | None:
    """What this very click has done already: the last publication, where the same person made it of what was shown
    (``seen``), by the same decision and for the same ``reason``. No query without ``seen``.
    """
    last = latest_publication(cycle.pk) if seen else None
    if last is None or last.published_by_id != by.user.pk:
        return None
    if not Finalisation.objects.filter(pk=last.finalisation_id, snapshot__fingerprint=seen).exists():
        return None
    same = (whole(decided.number, NUMBER_LENGTH), decided.date, decided.public_from or last.published_at, reason)
    return last if same == (last.decision_number, last.decision_date, last.public_from, last.reason) else None


def checked(decided: DecidedBy, at: datetime) -> DecidedBy:
    """The decision as it is stored; refused where its number is missing, its date is to come, or the embargo ends
    before now or too late.
    """
    number = whole(decided.number, NUMBER_LENGTH)
    if not number:
        raise Refusal("decision_number_needed")
    if decided.date > local_day(at):
        raise Refusal("decision_in_the_future")
    ends = decided.public_from
    if ends is not None and ends < at:
        raise Refusal("embargo_in_the_past", when=ends)
    if ends is not None and ends > at + FURTHEST:
        raise Refusal("embargo_too_far", when=ends, last=at + FURTHEST)
    return DecidedBy(number, decided.date, (ends or at).astimezone(UTC))


def make_publication(
    cycle: Cycle, finalisation: Finalisation, decided: DecidedBy, act: CycleAct, before: CycleState, *, by: Session,
    at: datetime, reason: str = "", difference: str = "", personal: int = 0,
) -> Publication:  # fmt: skip
    """The record of the act, and the publication, which notes where the log stood with it; units are told where it is
    public at once. ``personal``: how many texts with personal data the chair has let become public.
    """
    number = (Publication.objects.filter(cycle=cycle).aggregate(Max("number"))["number__max"] or 0) + 1
    public_from = decided.public_from or at
    after = {
        "state": str(cycle.state), "number": number, "finalisation": finalisation.number,
        "fingerprint": finalisation.snapshot.fingerprint,
        "decision": f"{decided.number}, {decided.date:%d/%m/%Y}", "public_from": public_from,
    }  # fmt: skip
    if act is CycleAct.CORRECT:
        after |= {"details": details_digest(finalisation), "difference": difference_digest(difference)}
    if personal:
        after["personal_data"] = personal
    record = audit_log.record(
        act, audit_log.target(cycle, unit=cycle.owner_id, cycle=cycle), by=by, at=at, role=Role.CHAIR,
        before={"state": str(before)}, after=after, reason=reason,
    )  # fmt: skip
    made = Publication.objects.create(
        cycle=cycle, number=number, finalisation=finalisation, decision_number=decided.number,
        decision_date=decided.date, public_from=public_from, reason=reason, difference=difference,
        log_heads=_heads(cycle, record), published_by=by.user, published_at=at,
        announced_at=at if public_from <= at else None,
    )  # fmt: skip
    if made.announced_at is not None:
        told_decisions(made)
    return made


def _heads(cycle: Cycle, record: AuditRecord) -> str:
    """Number and hash of the record of this publication, and of the installation's last one, as JSON."""
    heads = [{"chain": audit_log.chain_key(cycle.pk), "number": record.sequence, "hash": record.hash}]
    rows = AuditChain.objects.filter(key=INSTALLATION, sequence__gt=0).values_list("sequence", "hash")
    heads += [{"chain": INSTALLATION, "number": number, "hash": value} for number, value in rows]
    return json.dumps(heads)


def announce_due(*, at: datetime) -> int:
    """Tell the units of every publication whose embargo has ended and that nobody was told of; how many. The clock
    acts, nobody else.
    """
    due = Publication.objects.filter(announced_at=None, public_from__lte=at).order_by("pk")
    return sum(_announce(one, at) for one in due.values_list("pk", flat=True))


@transaction.atomic
def _announce(publication_id: int, at: datetime) -> bool:
    """Held and read again: two clocks at once tell it once."""
    held = Publication.objects.select_for_update(of=("self",), no_key=True).select_related("cycle", "finalisation")
    made = held.get(pk=publication_id)
    if made.announced_at is not None:
        return False
    made.announced_at = at
    made.save(update_fields=["announced_at"])
    told_decisions(made)
    what = audit_log.target(made, unit=made.cycle.owner_id, cycle=made.cycle_id)
    audit_log.record("announce_publication", what, by=None, at=at, after={"number": made.number})
    return True
