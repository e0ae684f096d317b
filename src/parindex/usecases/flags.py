"""Flags: raised when an appraisal begins and whenever a claim comes anew, dismissed with a reason, judged alike."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from parindex.database.models import CycleGroup, Entry, Flag, ItemAppraisal, ScoreSheet
from parindex.database.queries.flags import (
    GRANTED,
    StoredFlag,
    granted_alike,
    granted_counts,
    judged_flags,
    judged_flags_of,
    stored_flags,
)
from parindex.domain.review.appraisal_permissions import check_can_dismiss_flag
from parindex.domain.review.flags import ASKS_REASON, FlagKind, FoundFlag, gravest
from parindex.domain.review.judged_alike import Judged, judged_differently, minority
from parindex.domain.review.refusal import Refusal
from parindex.usecases import audit_log
from parindex.usecases.actors import Session
from parindex.usecases.flag_finding import found_flags
from parindex.usecases.item_standing import HeldItem, held_item
from parindex.usecases.written_texts import reason_of

_BATCH = 500
#: A flag of an entry: its kind and what tells it from others of this kind.
_Name = tuple[str, str]
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
    one whose cause is. The caller holds the sheets. Judgements are looked at by :func:`refresh_judged`; a flag of
    that kind goes here where nothing is granted any more.
    """
    by_group: dict[int, set[int]] = {}
    for keys in _pieces(sheet_ids):
        for sheet, group_id in ScoreSheet.objects.filter(pk__in=keys).order_by().values_list("pk", "group_id"):
            by_group.setdefault(group_id, set()).add(sheet)
    groups = CycleGroup.objects.filter(pk__in=by_group).select_related("set_version", "cycle").order_by("pk")
    return sum(_raise_in(group, by_group[group.pk], at) for group in groups)


def _pieces(keys: Iterable[int]) -> Iterator[list[int]]:
    """Keys in order, as many at a time as one query asks for."""
    ordered = sorted(keys)
    yield from (ordered[at : at + _BATCH] for at in range(0, len(ordered), _BATCH))


def _raise_in(group: CycleGroup, sheets: set[int], at: datetime) -> int:
    stored = _by_entry(_stored_of(group, sheets))
    standing = _appraisals(group, sheets)
    made: list[Flag] = []
    gone: list[int] = []
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
        made += [_row(entry.pk, flag, at) for flag in new]
        gone += [one.pk for one in known.values() if one not in kept]
        severities = [one.severity for one in kept if not one.is_dismissed] + [one.severity.value for one in new]
        counted[entry.pk] = _counts(severities)
        count += len(kept) + len(new)
    _write(made, gone, at)
    _write_counts({
        entry: now for entry, now in counted.items() if entry in standing and standing[entry][1:] != now
    })  # fmt: skip
    return count


def _stored_of(group: CycleGroup, sheets: set[int]) -> list[StoredFlag]:
    if len(sheets) <= _BATCH:
        return stored_flags(Q(entry__sheet__in=sorted(sheets)))
    return stored_flags(Q(entry__sheet__group=group))


def _appraisals(group: CycleGroup, sheets: set[int]) -> dict[int, tuple[str, int, str]]:
    """State, number of flags and the gravest of them, by entry."""
    where = Q(sheet__in=sorted(sheets)) if len(sheets) <= _BATCH else Q(sheet__group=group)
    rows = ItemAppraisal.objects.filter(where).order_by().values_list("entry_id", "state", "flags", "worst")
    return {entry: (state, flags, worst) for entry, state, flags, worst in rows}


def _by_entry(flags: Iterable[StoredFlag]) -> dict[int, list[StoredFlag]]:
    found: dict[int, list[StoredFlag]] = {}
    for one in flags:
        found.setdefault(one.entry_id, []).append(one)
    return found


def _row(entry: int, flag: FoundFlag, at: datetime) -> Flag:
    return Flag(
        entry_id=entry, kind=flag.kind.value, key=flag.key, severity=flag.severity.value, facts=facts_text(flag.facts),
        raised_at=at,
    )  # fmt: skip


def facts_text(facts: Mapping[str, object]) -> str:
    """The facts of a flag as they are stored: two texts are equal where the facts are."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True)


def _counts(severities: Sequence[str]) -> tuple[int, str]:
    """How many open flags ask for a reason, and the gravest of all that are open."""
    return sum(one in ASKS_REASON for one in severities), gravest(severities) or ""


def _write(made: Sequence[Flag], gone: Sequence[int], at: datetime) -> None:
    for keys in _pieces(gone):
        Flag.objects.filter(pk__in=keys).update(gone_at=at)
    Flag.objects.bulk_create(made, batch_size=_BATCH)


def _write_counts(counted: Mapping[int, tuple[int, str]]) -> None:
    """Entries with the same counts are written together."""
    alike: dict[tuple[int, str], list[int]] = {}
    for entry, now in counted.items():
        alike.setdefault(now, []).append(entry)
    for (flags, worst), entries in alike.items():
        for keys in _pieces(entries):
            ItemAppraisal.objects.filter(pk__in=keys).update(flags=flags, worst=worst)


def _recount(entries: Iterable[int]) -> None:
    """Count the open flags of some entries anew."""
    keys = sorted(set(entries))
    counted = dict.fromkeys(keys, _counts([]))
    for entry, flags in _by_entry(stored_flags(Q(entry__in=keys))).items():
        counted[entry] = _counts([one.severity for one in flags if not one.is_dismissed])
    _write_counts(counted)


# --- judged alike -----------------------------------------------------------------------------------------------------


@transaction.atomic(savepoint=False)
def refresh_judged(entry: Entry, at: datetime) -> None:
    """Look anew at whether entries like this one were judged alike, after something was granted or taken back.

    Alike: the same item in the same group, the same claim, the same points by the rule. Three queries where nothing has
    changed. It waits for nobody: an entry that somebody else holds is passed over, and looked at when that one is
    done; so it may come behind the head of the log, where it sees what was stored before.
    """
    alike: dict[str, Any] = {
        "sheet": entry.sheet_id, "item": entry.item_code, "points": entry.points, "rule_points": entry.rule_points,
    }  # fmt: skip
    flagged = minority(dict(granted_counts(**alike)))
    stand = {key: (pk, facts) for pk, key, facts in (*judged_flags(**alike), *judged_flags_of(entry=entry.pk))}
    if not flagged and not stand:
        return
    rows = [Judged(*row) for row in granted_alike(**alike)] if flagged else []
    found = judged_differently(rows, has_rule=bool(entry.rule_points))
    changed = {
        key for key in stand.keys() | found.keys()
        if key not in stand or key not in found or stand[key][1] != facts_text(found[key].facts)
    }  # fmt: skip
    free = set(_held(changed, entry))
    gone = [stand[key][0] for key in sorted(free & stand.keys())]
    _write([_row(key, found[key], at) for key in sorted(free & found.keys())], gone, at)
    _recount(free)


def _held(entries: Collection[int], own: Entry) -> list[int]:
    """Those of ``entries`` that nobody else holds, held now; the one that was judged is held already."""
    others = ItemAppraisal.objects.select_for_update(no_key=True, skip_locked=True).filter(pk__in=sorted(entries))
    found = list(others.order_by("pk").values_list("pk", flat=True))
    return found if own.pk in found or own.pk not in entries else [*found, own.pk]


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
    _recount([flag.entry_id])
    what = audit_log.target(held.appraisal, unit=held.sheet.cycle.owner_id, cycle=held.sheet.cycle_id)
    said = {"item": held.code, "flag": flag.pk, "flag_kind": flag.kind, "flag_facts": flag.facts}
    audit_log.record(act, what, by=by, at=at, after=said, reason=reason)
