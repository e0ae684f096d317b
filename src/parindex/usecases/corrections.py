"""Correcting what is published: decisions of the chair on single items, and another dated publication.

Nothing is taken back: the opinions are added, a new finalisation with its own snapshot is made of everything as it then
stands, and the publication says what differs from the one before, which stays to be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from parindex.database.mapping.frozen_sets import frozen_set
from parindex.database.models import (
    Cycle,
    Entry,
    Finalisation,
    ItemAppraisal,
    Opinion,
    Publication,
    ScoreSheet,
    UnitResult,
)  # fmt: skip
from parindex.database.models.entries import EntryState
from parindex.database.queries.councils import council_table
from parindex.database.queries.publications import last_finalisation, latest_publication
from parindex.database.queries.score_sheets import cycle_facts, sheet_facts
from parindex.documents.results.publication_differences import difference_json
from parindex.documents.results.snapshots import parse_snapshot, unpacked
from parindex.domain.errors import InvalidValue
from parindex.domain.publication.difference import UnitDifference, difference
from parindex.domain.publication.personal_data import PersonalData
from parindex.domain.review.appraisal_permissions import Seat, check_can_correct, is_barred
from parindex.domain.review.opinions import AppraisalState, Capacity, OpinionKind
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.roles import Role
from parindex.domain.review.stages import CycleAct, CycleState
from parindex.domain.values import number_text
from parindex.usecases import audit_log
from parindex.usecases.actors import Session
from parindex.usecases.audit_log import Told
from parindex.usecases.computed_cycles import ComputedCycle, store
from parindex.usecases.finalising import computed_finally, minutes_of, next_number
from parindex.usecases.personal_texts import check_confirmed, found_in
from parindex.usecases.publishing import DecidedBy, checked, make_publication, published_before
from parindex.usecases.typed_values import points_number
from parindex.usecases.written_texts import reason_of


@dataclass(frozen=True, slots=True)
class Corrected:
    """One item that is decided anew: its entry, the points as typed, the reason, which is public."""

    entry: int
    points: str
    reason: str


@dataclass(frozen=True, slots=True)
class Basis:
    """The papers of a correction: minutes of the decisions, and the decision that publishes them."""

    minutes_number: str
    minutes_date: date
    minutes: str
    decided: DecidedBy


@dataclass(frozen=True, slots=True)
class CorrectionPreview:
    """What a correction would change, exactly; ``fingerprint`` of the snapshot that it would make; ``personal``: what
    personal data stand in its reasons, text by text.
    """

    fingerprint: str
    units: tuple[UnitDifference, ...]
    personal: tuple[tuple[PersonalData, ...], ...]


def preview_correction(
    *, by: Session, at: datetime, cycle_id: int, reason: str, basis: Basis, changes: Sequence[Corrected]
) -> CorrectionPreview:
    """What a correction would change. Refused as :func:`correct` would be; nothing is stored."""
    cycle = Cycle.objects.get(pk=cycle_id)
    check_can_correct(by.actor, cycle_facts(cycle, cycle.owner_path))
    why = reason_of(reason)
    minutes_of(basis.minutes_number, basis.minutes_date, basis.minutes, at)
    before = _published(cycle)
    _announced(cycle, basis, at)
    granted = _granted(by, cycle, changes)
    computed, differs = _corrected(cycle, before, granted)
    if not differs:
        raise Refusal("correction_changes_nothing")
    return CorrectionPreview(computed.fingerprint, differs, _personal(why, granted.values()))


def _personal(why: str, changes: Iterable[Corrected]) -> tuple[tuple[PersonalData, ...], ...]:
    """The personal data in each reason that a correction makes public; nothing for those without."""
    return tuple(filter(None, (found_in(one) for one in (why, *(change.reason for change in changes)))))


@transaction.atomic
def correct(
    *, by: Session, at: datetime, cycle_id: int, reason: str, basis: Basis, changes: Sequence[Corrected],
    seen: str = "", personal: bool = False,
) -> Publication:  # fmt: skip
    """Correct what is published. ``seen``: the fingerprint of the preview; refused (``result_changed``) where another
    result would come out by now, and what the same click has done is not done again. Refused
    (``correction_changes_nothing``) where nothing differs. ``personal``: as in
    :func:`~parindex.usecases.publishing.publish`, of the reasons of this correction.
    """
    cycle = Cycle.objects.select_for_update(no_key=True).get(pk=cycle_id)
    check_can_correct(by.actor, cycle_facts(cycle, cycle.owner_path))
    why = reason_of(reason)
    done = published_before(cycle, by, seen, basis.decided, why)
    if done is not None:
        return done
    facts = minutes_of(basis.minutes_number, basis.minutes_date, basis.minutes, at)
    before = _published(cycle)
    decided = _announced(cycle, basis, at)
    granted = _granted(by, cycle, changes, held=True)
    minutes = f"{facts['minutes_number']}, {basis.minutes_date:%d/%m/%Y}"
    told = [_decide(entry, change, by, at, minutes) for entry, change in granted.items()]
    computed, differs = _corrected(cycle, before, {})
    if not differs:
        raise Refusal("correction_changes_nothing")
    if seen and seen != computed.fingerprint:
        raise Refusal("result_changed")
    found = _personal(why, granted.values())
    check_confirmed(len(found), confirmed=personal)
    made = store(computed, number=next_number(cycle), at=at, finalised_by=by.user, **facts)
    was, cycle.state = CycleState(cycle.state), CycleState.CORRECTED
    cycle.save(update_fields=["state"])
    # Of the council, as every decision: its unit learns of it when it is public, and not from the log before.
    lines = (
        (
            audit_log.target(appraisal, unit=cycle.owner_id, cycle=cycle),
            Told({"points": earlier}, {**_named(appraisal.entry), "points": change.points}, change.reason),
        )
        for appraisal, change, earlier in told
    )
    audit_log.record_all("correct_item", lines, cycle=cycle.pk, by=by, at=at, role=Role.CHAIR)
    return make_publication(
        cycle, made, decided, CycleAct.CORRECT, was, by=by, at=at, reason=why, difference=difference_json(differs),
        personal=len(found),
    )  # fmt: skip


def _published(cycle: Cycle) -> Finalisation:
    found = last_finalisation(cycle)
    if found is None:
        raise Refusal("not_published_yet")
    return found


def _announced(cycle: Cycle, basis: Basis, at: datetime) -> DecidedBy:
    """The decision that publishes a correction; refused (``embargo_of_earlier``) where what it corrects would be public
    only after it: a difference shows both values.
    """
    decided, earlier = checked(basis.decided, at), latest_publication(cycle.pk)
    if earlier is not None and (decided.public_from or at) < earlier.public_from:
        raise Refusal("embargo_of_earlier", number=earlier.number, when=earlier.public_from)
    return decided


def _corrected(
    cycle: Cycle, before: Finalisation, granted: Mapping[Entry, Corrected]
) -> tuple[ComputedCycle, tuple[UnitDifference, ...]]:
    """The result with the corrections, and what differs from the last one; who was outside the ranking stays there."""
    unranked = UnitResult.objects.filter(finalisation=before, ranked=False).values_list("sheet_id", flat=True)
    overrides = {(entry.sheet_id, entry.item_code): one.points for entry, one in granted.items()}
    computed = computed_finally(cycle, frozenset(unranked), overrides)
    stored = parse_snapshot(unpacked(bytes(before.snapshot.content)))
    return computed, difference(stored.outcomes, computed.outcomes)


def _granted(by: Session, cycle: Cycle, changes: Sequence[Corrected], *, held: bool = False) -> dict[Entry, Corrected]:
    """The entries that are corrected, each once, with exact points and a reason; refused where one may not be, with the
    ``line`` that it stands in.
    """
    if not changes:
        raise Refusal("correction_empty")
    keys = [one.entry for one in changes]
    if again := [line for line, key in enumerate(keys, start=1) if key in keys[: line - 1]]:
        raise Refusal("correction_twice", line=again[0])
    rows = Entry.objects.filter(pk__in=keys, sheet__cycle=cycle)
    if held:
        sheets = sorted(set(rows.order_by().values_list("sheet_id", flat=True)))
        list(ScoreSheet.objects.select_for_update(no_key=True).filter(pk__in=sheets).order_by("pk").only("pk"))
        list(Entry.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk").only("pk"))
    found = {one.pk: one for one in rows.select_related("sheet__cycle", "sheet__group__set_version").order_by("pk")}
    if len(found) < len(changes):
        raise Refusal("entries_of_other_cycle")
    seat = council_table(cycle.pk).seat_of(by.user.pk)
    granted = {}
    for line, one in enumerate(changes, start=1):
        try:
            granted[found[one.entry]] = _checked(by, found[one.entry], one, seat)
        except Refusal as refused:
            raise Refusal(refused.code, **{**refused.facts, "line": line}) from None
    return granted


def _named(entry: Entry) -> dict[str, str]:
    return {"item": entry.item_code, "unit": entry.sheet.unit_name}


def _checked(by: Session, entry: Entry, change: Corrected, seat: Seat) -> Corrected:
    parts = list(entry.sheet.parts.all())
    if is_barred(by.actor, sheet_facts(entry.sheet, parts), seat.conflicts):
        raise Refusal("own_unit_by_other_chair")
    where = _named(entry)
    if entry.state == EntryState.NOT_ASSESSED:
        raise Refusal("correction_not_assessed", **where)
    item = frozen_set(entry.sheet.group.set_version).items[entry.item_code]
    try:
        points = points_number(change.points)
    except InvalidValue as error:
        wrong = "points_as_share" if error.kind == "share_for_points" else "points_not_a_number"
        raise Refusal(f"correction_{wrong}", typed=change.points, **where) from None
    if not 0 <= points <= item.max_points:
        raise Refusal("correction_points_out_of_range", typed=change.points, most=number_text(item.max_points), **where)
    return Corrected(entry.pk, number_text(points), reason_of(change.reason))


def _decide(
    entry: Entry, change: Corrected, by: Session, at: datetime, minutes: str
) -> tuple[ItemAppraisal, Corrected, str]:
    """The chair's decision, added to what was said; where the item stands now, and the points before."""
    held = ItemAppraisal.objects.select_for_update(no_key=True).filter(entry=entry).first()
    appraisal = held or ItemAppraisal(
        entry=entry, sheet_id=entry.sheet_id, item_code=entry.item_code, position=entry.position
    )
    Opinion.objects.create(
        entry=entry, level=appraisal.level, author=by.user, author_name=by.user.full_name, capacity=Capacity.CHAIR,
        kind=OpinionKind.ADJUST, points=change.points, reason=change.reason, minutes=minutes, at=at, is_public=True,
    )  # fmt: skip
    earlier = appraisal.points
    appraisal.state, appraisal.points, appraisal.decided_at = AppraisalState.ADJUSTED, change.points, at
    appraisal.version += 1
    appraisal.save()
    return appraisal, change, earlier
