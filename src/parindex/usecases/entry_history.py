"""What became of an entry, read from the log: who changed what when; earlier texts come back with one click."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from parindex.database.mapping.frozen_sets import FrozenSet, frozen_set
from parindex.database.models import AuditRecord, Entry, ScoreSheet
from parindex.database.queries.score_sheets import figure_values
from parindex.domain.review.refusal import Refusal
from parindex.usecases.actors import Session
from parindex.usecases.entries import Change, Saved, save_entry
from parindex.usecases.typed_values import Typed, digest

#: Saves of one person that follow each other so closely are one version: autosave makes many.
TOGETHER = timedelta(minutes=10)
_TEXTS = ("explanation", "self_points", "kept_warning")
#: As many records as are read for one page.
_RECORDS = 200


@dataclass(frozen=True, slots=True)
class Changed:
    """One field before and after; ``record`` is the record of the log that has the text before."""

    field: str
    before: str
    after: str
    record: int


@dataclass(frozen=True, slots=True)
class Version:
    """What one person did in one go."""

    action: str
    by: str
    role: str
    at: datetime
    reason: str
    changes: tuple[Changed, ...]
    facts: Mapping[str, str]


def history_of(sheet: ScoreSheet, entry: Entry) -> list[Version]:
    """The latest versions first; figures that another item of the sheet shares stand here as well. Two queries."""
    frozen = frozen_set(sheet.group.set_version)
    mine = set(frozen.measures_of[entry.item_code])
    codes = {code for measure in mine for code in frozen.items_of[measure]} | {entry.item_code}
    keys = list(Entry.objects.filter(sheet=sheet, item_code__in=codes).values_list("pk", flat=True))
    rows = AuditRecord.objects.filter(
        chain__key=f"cycle-{sheet.cycle_id}", object_kind="entry", object_id__in=[str(key) for key in keys]
    ).order_by("-sequence")[:_RECORDS]
    return versions(reversed(rows), entry.pk, mine)


def versions(rows: Iterable[AuditRecord], entry: int, measures: Collection[str]) -> list[Version]:
    """Records in the order of the log as versions, the latest first."""
    found: list[Version] = []
    for row in rows:
        if row.action == "write_comment":
            continue  # what was said stands in the threads, where rights decide who reads it
        is_own = row.object_id == str(entry)
        before, after = _data(row.before), _data(row.after)
        fields = [name for name in (before | after) if _is_shown(name, measures, is_own=is_own)]
        changes = tuple(Changed(name, before.get(name, ""), after.get(name, ""), row.pk) for name in fields)
        if not is_own and not changes:
            continue
        last = found[-1] if found else None
        if last is not None and _continues(last, row):
            found[-1] = _joined(last, row, changes)
            continue
        facts = {name: value for name, value in (before | after).items() if name not in fields}
        found.append(Version(row.action, row.actor_name, row.role, row.at, row.reason, changes, facts))
    return [one for one in reversed(found) if one.changes or one.action != "edit_entry"]


def _data(text: str) -> dict[str, str]:
    return {name: str(value) for name, value in json.loads(text).items()} if text else {}


def _is_shown(name: str, measures: Collection[str], *, is_own: bool) -> bool:
    if name.startswith("figure."):
        return name.removeprefix("figure.") in measures
    return is_own and name in _TEXTS


def _continues(last: Version, row: AuditRecord) -> bool:
    same = last.action == row.action == "edit_entry" and last.by == row.actor_name
    return same and row.at - last.at < TOGETHER


def _joined(last: Version, row: AuditRecord, more: tuple[Changed, ...]) -> Version:
    fields = {one.field: one for one in last.changes}
    for one in more:
        first = fields.get(one.field, one)
        fields[one.field] = Changed(one.field, first.before, one.after, first.record)
    changes = tuple(one for one in fields.values() if one.before != one.after)
    return Version(last.action, last.by, last.role, row.at, row.reason, changes, last.facts)


@transaction.atomic
def restore_value(*, by: Session, at: datetime, sheet_id: int, item_code: str, record_id: int, field: str) -> Saved:
    """Bring back what stood in ``field`` before a record of the log; what stands there now stays in the log."""
    entry = Entry.objects.select_related("sheet__group__set_version").get(sheet=sheet_id, item_code=item_code)
    frozen = frozen_set(entry.sheet.group.set_version)
    measure = field.removeprefix("figure.")
    is_figure = measure != field
    row = AuditRecord.objects.filter(pk=record_id, object_kind="entry").first()
    if row is None or not _belongs(row, entry, frozen, measure if is_figure else ""):
        raise Refusal("nothing_to_restore")
    before = _data(row.before)
    if field not in before or not (is_figure or field in _TEXTS):
        raise Refusal("nothing_to_restore")
    if is_figure:
        now = figure_values(entry.sheet.unit_id, [measure]).get((measure, frozen.year), "")
        # A stored 1.234 is one and a bit, a typed one is a thousand: so the decimal mark is a comma here.
        change = Change({measure: Typed(before[field].replace(".", ","), digest(now))})
    else:
        typed: dict[str, Any] = {field: Typed(before[field], digest(getattr(entry, field)))}
        change = Change(**typed)
    return save_entry(by=by, at=at, sheet_id=sheet_id, item_code=item_code, change=change)


def _belongs(row: AuditRecord, entry: Entry, frozen: FrozenSet, measure: str) -> bool:
    if row.object_id == str(entry.pk):
        return True
    if measure not in frozen.measures_of[entry.item_code]:
        return False
    return Entry.objects.filter(pk=int(row.object_id), sheet=entry.sheet_id).exists()
