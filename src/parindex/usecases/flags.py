"""Flags: raised when an appraisal begins and whenever a claim comes anew, dismissed with a reason."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from parindex.database.models import CycleGroup, Flag, ItemAppraisal, ScoreSheet
from parindex.database.queries.flags import GRANTED, StoredFlag, stored_flags
from parindex.database.queries.key_pieces import pieces
from parindex.domain.review.appraisal_permissions import check_can_dismiss_flag
from parindex.domain.review.flags import FlagKind, FoundFlag
from parindex.domain.review.refusal import Refusal
from parindex.usecases import audit_log
from parindex.usecases.actors import Session
from parindex.usecases.flag_finding import found_flags
from parindex.usecases.flag_rows import BATCH, by_entry, counts, facts_text, recount, row_of, write_counts, write_flags
from parindex.usecases.item_standing import HeldItem, held_item
from parindex.usecases.written_texts import reason_of

#: The count of an entry without open flags.
_NOTHING = (0, "")


def flags_of_sheet(sheet: ScoreSheet) -> dict[str, list[FoundFlag]]:
    """What is noticed about a sheet as it stands now, by item in reading order: what the unit sees before it signs.

    Nothing is stored. Peers are the units of the group that have signed; what the council grants is not looked at.
    """
    sheet.group.cycle = sheet.cycle
    return {entry.item_code: found for entry, found in found_flags(sheet.group, [sheet.pk]) if found}


# --- stored -----------------------------------------------------------------------------------------------------------


@transaction.atomic
def raise_flags(sheet_ids: Collection[int], *, at: datetime) -> int:
    """Find the flags of sheets anew and keep them with their entries; how many are there now.

    What is as it was stays, dismissed or not. What says something else now is another flag; the old one is gone, as is
    one whose cause is. The caller holds the sheets. Judgements are looked at by
    :mod:`~parindex.usecases.judged_flags`; a flag of that kind goes here where nothing is granted any more.
    """
    by_group: dict[int, set[int]] = {}
    for keys in pieces(sheet_ids):
        for sheet, group_id in ScoreSheet.objects.filter(pk__in=keys).order_by().values_list("pk", "group_id"):
            by_group.setdefault(group_id, set()).add(sheet)
    groups = CycleGroup.objects.filter(pk__in=by_group).select_related("set_version", "cycle").order_by("pk")
    return sum(_raise_in(group, by_group[group.pk], at) for group in groups)


def _raise_in(group: CycleGroup, sheets: set[int], at: datetime) -> int:
    stored = by_entry(_stored_of(group, sheets))
    standing = _appraisals(group, sheets)
    made: list[Flag] = []
    over: list[StoredFlag] = []
    counted: dict[int, tuple[int, str]] = {}
    count = 0
    for entry, found in found_flags(group, sheets):
        if not found and entry.pk not in stored:  # as most are: nothing is noticed, and nothing was
            counted[entry.pk] = _NOTHING
            continue
        is_granted = standing.get(entry.pk, ("", 0, ""))[0] in GRANTED
        known = {(one.kind, one.key): one for one in stored.get(entry.pk, ())}
        kept = [one for one in known.values() if one.kind == FlagKind.JUDGED_DIFFERENTLY and is_granted]
        new: list[FoundFlag] = []
        for flag in {(one.kind.value, one.key): one for one in found}.values():
            old = known.get((flag.kind, flag.key))
            if old is not None and (old.severity, old.facts) == (flag.severity, facts_text(flag.facts)):
                kept.append(old)
            else:
                new.append(flag)
        made += [row_of(entry.pk, flag, at) for flag in new]
        over += [one for one in known.values() if one not in kept]
        severities = [one.severity for one in kept if not one.is_dismissed] + [one.severity.value for one in new]
        counted[entry.pk] = counts(severities)
        count += len(kept) + len(new)
    _hold_judged(over)
    write_flags(made, [one.pk for one in over], at)
    write_counts({
        entry: now for entry, now in counted.items() if entry in standing and standing[entry][1:] != now
    })  # fmt: skip
    return count


def _hold_judged(over: Sequence[StoredFlag]) -> None:
    """Flags of judgements are written by whoever judges an item of another sheet, too, who holds where the entry stands
    before it: so does this.
    """
    keys = [one.entry_id for one in over if one.kind == FlagKind.JUDGED_DIFFERENTLY]
    if keys:
        list(ItemAppraisal.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk").only("pk"))


def _stored_of(group: CycleGroup, sheets: set[int]) -> list[StoredFlag]:
    if len(sheets) <= BATCH:
        return stored_flags(Q(entry__sheet__in=sorted(sheets)))
    return stored_flags(Q(entry__sheet__group=group))


def _appraisals(group: CycleGroup, sheets: set[int]) -> dict[int, tuple[str, int, str]]:
    """State, number of flags and the gravest of them, by entry."""
    where = Q(sheet__in=sorted(sheets)) if len(sheets) <= BATCH else Q(sheet__group=group)
    rows = ItemAppraisal.objects.filter(where).order_by().values_list("entry_id", "state", "flags", "worst")
    return {entry: (state, flags, worst) for entry, state, flags, worst in rows}


# --- dismissed --------------------------------------------------------------------------------------------------------


@transaction.atomic
def dismiss(*, by: Session, at: datetime, flag_id: int, reason: str) -> Flag:
    """Say why a flag means nothing here; it stays to be read, and comes again only where it says something else.

    By who appraises the item, by chair or secretary; never on the own unit. A reason is due.
    """
    held, flag = _held_flag(flag_id, by)
    if flag.dismissed_at is not None:
        raise Refusal("flag_dismissed")
    flag.dismissed_by, flag.dismissed_at, flag.dismissed_reason = by.user, at, reason_of(reason)
    _store(held, flag, "dismiss_flag", by, at, flag.dismissed_reason)
    return flag


@transaction.atomic
def undismiss(*, by: Session, at: datetime, flag_id: int) -> Flag:
    """Take back that a flag was dismissed; why it had been stands in the log."""
    held, flag = _held_flag(flag_id, by)
    if flag.dismissed_at is None:
        raise Refusal("flag_not_dismissed")
    flag.dismissed_by, flag.dismissed_at, flag.dismissed_reason = None, None, ""
    _store(held, flag, "undismiss_flag", by, at, "")
    return flag


def _held_flag(flag_id: int, by: Session) -> tuple[HeldItem, Flag]:
    """A flag, held with its entry's sheet; raises ``DoesNotExist``."""
    held = held_item(Flag.objects.values_list("entry_id", flat=True).get(pk=flag_id), by.user.pk)
    flag = Flag.objects.select_for_update(no_key=True).get(pk=flag_id)
    check_can_dismiss_flag(by.actor, held.item_facts(), held.seat_of(by))
    if flag.gone_at is not None:
        raise Refusal("flag_gone")
    return held, flag


def _store(held: HeldItem, flag: Flag, act: str, by: Session, at: datetime, reason: str) -> None:
    flag.save(update_fields=["dismissed_by", "dismissed_at", "dismissed_reason"])
    recount([flag.entry_id])
    what = audit_log.target(held.appraisal, unit=held.sheet.cycle.owner_id, cycle=held.sheet.cycle_id)
    said = {"item": held.code, "flag": flag.pk, "flag_kind": flag.kind, "flag_facts": flag.facts}
    audit_log.record(act, what, by=by, at=at, after=said, reason=reason)
