"""A set replaced inside the year: what it means for what units have entered, then the act itself; nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Model, Q

from parindex.database.mapping.frozen_sets import FrozenSet, frozen_set
from parindex.database.models import (
    CriteriaSetVersion,
    Cycle,
    CycleGroup,
    Entry,
    ReplacedEntry,
    ScoreSheet,
    SetReplacement,
    SheetPart,
)
from parindex.database.models.criteria_sets import SetState
from parindex.database.models.entries import Audience, EntryState
from parindex.database.queries.score_sheets import cycle_facts, sheets
from parindex.domain.criteria.comparison import Aspect, compare_sets
from parindex.domain.criteria.criteria_set import Node
from parindex.domain.review.permissions import check_can_run_cycle
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.stages import CycleState, SheetState
from parindex.usecases import audit_log
from parindex.usecases.actors import Session
from parindex.usecases.citations import hold_citations
from parindex.usecases.entry_points import is_entered_by_hand, rescored
from parindex.usecases.not_assessed_proposals import move_proposals
from parindex.usecases.sheet_counts import update_counts

#: Sheets and parts that a leader has signed stay as they were signed until they are returned.
_SIGNED = frozenset(SheetState) - {
    SheetState.OPEN,
    SheetState.AWAITING_SIGNATURE,
    SheetState.RETURNED,
    SheetState.LOCKED,
}


class Fate(StrEnum):
    """What becomes of an item."""

    KEPT = "kept"
    RULE = "rule"
    MAXIMUM = "maximum"
    OTHER = "other"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class ItemChange:
    """One item: as it was and as it will be; ``entered`` counts the units that have entered something there."""

    fate: Fate
    old: Node | None
    new: Node | None
    entered: int


@dataclass(frozen=True, slots=True)
class UnitChange:
    """One sheet: how many entered items are affected, by fate; what is ``signed`` keeps the whole from being done.

    What a leader signs names the set by its fingerprint: a signature over any item would be one over another set.
    """

    sheet: ScoreSheet
    affected: Mapping[Fate, int]
    signed_parts: Sequence[SheetPart]

    @property
    def signed(self) -> bool:
        """Whether the sheet, or a part of it, is signed."""
        return self.is_signed_whole or bool(self.signed_parts)

    @property
    def is_signed_whole(self) -> bool:
        """Whether the sheet as a whole is signed, and not only parts of it that other units lead."""
        return SheetState(self.sheet.state) in _SIGNED


@dataclass(frozen=True, slots=True)
class Plan:
    """What replacing the set of a group would do."""

    group: CycleGroup
    old: CriteriaSetVersion
    new: CriteriaSetVersion
    items: Sequence[ItemChange]
    units: Sequence[UnitChange]
    codes: Mapping[str, str] = field(default_factory=dict)

    @property
    def keeps_little(self) -> bool:
        """Whether more than half of the items that units have now would be gone: most likely another kind of set."""
        return 2 * len(self.of(Fate.GONE)) > len(self.items) - len(self.of(Fate.NEW))

    def count(self, fate: Fate) -> int:
        """How many items have this fate."""
        return sum(1 for one in self.items if one.fate is fate)

    def of(self, fate: Fate) -> list[ItemChange]:
        """The items that have this fate."""
        return [one for one in self.items if one.fate is fate]


def items_in_common(group: CycleGroup, other: CriteriaSetVersion) -> int:
    """How many items of the set of a group another frozen set has under the same code and title."""
    before, after = frozen_set(group.set_version).items, frozen_set(other).items
    titles = {code: " ".join(item.node.title.split()).casefold() for code, item in after.items()}
    return sum(titles.get(code) == " ".join(item.node.title.split()).casefold() for code, item in before.items())


def replacement_plan(group: CycleGroup, new: CriteriaSetVersion) -> Plan:
    """What it would mean: items, and units with what they have entered; four queries."""
    before, after = frozen_set(group.set_version), frozen_set(new)
    entries = list(Entry.objects.filter(sheet__group=group).order_by("sheet", "position"))
    entered: dict[str, set[int]] = {}
    for entry in entries:
        if _is_entered(entry):
            entered.setdefault(entry.item_code, set()).add(entry.sheet_id)
    moves = item_moves(before, after)
    codes = {old.code: made.code for _, old, made in moves if old is not None and made is not None}
    fates = {old.code: fate for fate, old, _ in moves if old is not None}
    items = [
        ItemChange(fate, old, made, len(entered.get(old.code, ())) if old is not None else 0)
        for fate, old, made in moves
    ]
    listed = list(sheets().filter(group=group).order_by("position"))
    signed: dict[int, list[SheetPart]] = {}
    for part in SheetPart.objects.filter(sheet__group=group, state__in=sorted(_SIGNED)).order_by("pk"):
        signed.setdefault(part.sheet_id, []).append(part)
    units = [_unit(sheet, entered, fates, signed.get(sheet.pk, ())) for sheet in listed]
    return Plan(group, group.set_version, new, items, units, codes)


def item_moves(before: FrozenSet, after: FrozenSet) -> list[tuple[Fate, Node | None, Node | None]]:
    """What becomes of every item: those that both sets have first, then those gone, then new ones."""
    found: list[tuple[Fate, Node | None, Node | None]] = []
    codes: dict[str, str] = {}
    for pair in compare_sets(before.criteria_set, after.criteria_set).pairs:
        old, made = pair.old.node, pair.new.node
        if old.code not in before.items or made.code not in after.items or old.code in codes:
            continue
        codes[old.code] = made.code
        found.append((_fate({one.aspect for one in pair.differences}), old, made))
    taken = set(codes.values())
    found += [(Fate.GONE, one.node, None) for code, one in before.items.items() if code not in codes]
    return found + [(Fate.NEW, None, one.node) for code, one in after.items.items() if code not in taken]


def _fate(aspects: set[Aspect]) -> Fate:
    if Aspect.RULE in aspects or Aspect.SOURCE in aspects:
        return Fate.RULE
    if Aspect.POINTS in aspects:
        return Fate.MAXIMUM
    return Fate.OTHER if aspects else Fate.KEPT


def _unit(
    sheet: ScoreSheet, entered: Mapping[str, set[int]], fates: Mapping[str, Fate], signed: Sequence[SheetPart]
) -> UnitChange:
    affected = dict.fromkeys(Fate, 0)
    for code, of in entered.items():
        if sheet.pk in of:
            affected[fates.get(code, Fate.GONE)] += 1
    return UnitChange(sheet, affected, signed)


def _is_entered(entry: Entry) -> bool:
    state = entry.state not in (EntryState.UNANSWERED, EntryState.PENDING)
    return bool(state or entry.is_started or entry.self_points or entry.explanation)


@transaction.atomic
def replace_set(*, by: Session, at: datetime, group_id: int, version_id: int, reason: str) -> SetReplacement:
    """Move a group to another frozen version.

    Entries of items that both versions have are kept and scored anew, those of items that are gone are set aside with
    all that hangs on them, new items are unanswered. Refused while a sheet or a part is signed (``sheets_signed``): the
    standing office returns it first, which voids its receipt and tells the unit why; and after self-scoring.
    """
    group = (
        CycleGroup.objects.select_for_update(of=("self",), no_key=True)
        .select_related("cycle", "set_version")
        .get(pk=group_id)
    )
    cycle = Cycle.objects.select_for_update(no_key=True).get(pk=group.cycle_id)
    check_can_run_cycle(by.actor, cycle_facts(cycle, cycle.owner_path))
    if cycle.state not in (CycleState.DRAFT, CycleState.OPEN):
        raise Refusal("cycle_past_self_scoring")
    new = CriteriaSetVersion.objects.select_related("criteria_set").get(pk=version_id)
    if new.state != SetState.FROZEN:
        raise Refusal("set_still_draft")
    if new.criteria_set.owner_id != group.set_version.criteria_set.owner_id:
        raise Refusal("set_of_other_owner")
    if new.pk == group.set_version_id:
        raise Refusal("same_version")
    if not reason.strip():
        raise Refusal("reason_needed")
    _hold(group)
    plan = replacement_plan(group, new)
    signed = [one for one in plan.units if one.signed]
    if signed:
        raise Refusal(
            "sheets_signed",
            units=[one.sheet.unit_name for one in signed if one.is_signed_whole],
            parts=[
                (one.sheet.unit_name, part.lead_name)
                for one in signed if not one.is_signed_whole for part in one.signed_parts
            ],
        )  # fmt: skip
    made = SetReplacement.objects.create(
        group=group, old_version=plan.old, new_version=new, reason=reason.strip(), replaced_by=by.user, replaced_at=at
    )
    group.set_version = new
    group.save(update_fields=["set_version"])
    frozen = frozen_set(new)
    for unit in plan.units:
        _Moving(by, at, unit.sheet, plan, made, frozen).done()
    proposed = move_proposals(group, plan.codes)
    audit_log.record(
        "replace_set", audit_log.target(group, unit=cycle.owner_id, cycle=cycle), by=by, at=at, reason=reason.strip(),
        before={"set_version": plan.old.pk, "fingerprint": plan.old.fingerprint, **proposed.before},
        after={"set_version": new.pk, "fingerprint": new.fingerprint,
               **{fate.value: plan.count(fate) for fate in Fate}, **proposed.after},
    )  # fmt: skip
    return made


def _hold(group: CycleGroup) -> None:
    """Hold all that is moved or set aside before the first record: whoever else writes there waits for the log last."""
    list(ScoreSheet.objects.select_for_update(no_key=True).filter(group=group).order_by("pk"))
    list(
        Entry.objects.select_for_update(no_key=True)
        .filter(sheet__group=group)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    hold_citations(Q(entry__sheet__group=group))


class _Moving:
    """One sheet on its way to the new version."""

    def __init__(
        self, by: Session, at: datetime, sheet: ScoreSheet, plan: Plan, made: SetReplacement, frozen: FrozenSet
    ) -> None:
        self.by, self.at, self.sheet, self.plan, self.made, self.frozen = by, at, sheet, plan, made, frozen
        sheet.group = plan.group
        self.before = frozen_set(plan.old)

    def done(self) -> None:
        """Set aside, rename, add, score anew, count."""
        entries = {one.item_code: one for one in self._held_entries()}
        for code in [code for code in entries if code not in self.plan.codes]:
            self._set_aside(entries.pop(code))
        renamed = {self.plan.codes[code]: entry for code, entry in entries.items()}
        moved = [entry for code, entry in renamed.items() if entry.item_code != code]
        for entry in moved:  # out of each other's way first: two items may have changed places
            Entry.objects.filter(pk=entry.pk).update(item_code=f"~{entry.pk}")
        parts = {entry.item_code: entry.part_id for entry in renamed.values()}
        kept = self._in_order(renamed, parts)
        rescored(self.sheet, self.frozen, kept)
        for entry in kept.values():
            entry.save()
        # A unit that had not begun has not begun by this: what others did is not its work.
        began = self.sheet.last_act_at is not None
        act, at, by = ("set_replaced", self.at, self.by) if began else ("", None, None)
        update_counts(self.sheet, act=act, at=at, by=by)

    def _held_entries(self) -> list[Entry]:
        return list(
            Entry.objects.select_for_update(of=("self",), no_key=True).select_related("part").filter(sheet=self.sheet)
        )

    def _in_order(self, renamed: Mapping[str, Entry], parts: Mapping[str, int]) -> dict[str, Entry]:
        """The entries of the new set in reading order; a new item goes to the part of the item before it."""
        part = next(iter(parts.values()), None) or self.sheet.parts.order_by("pk").values_list("pk", flat=True)[0]
        kept = {}
        for position, (code, item) in enumerate(self.frozen.items.items()):
            by_hand = is_entered_by_hand(item.node.source)
            entry = renamed.get(code)
            if entry is None:
                entry = Entry(sheet=self.sheet, part_id=part, item_code=code, state=EntryState.UNANSWERED)
            else:
                self._adjust(entry, code)
            part = entry.part_id
            entry.item_code, entry.position = code, position
            if not by_hand:
                entry.state = EntryState.PENDING
            elif entry.state == EntryState.PENDING:
                entry.state = EntryState.UNANSWERED
            if entry.pk is None:
                entry.save()
            kept[code] = entry
        return kept

    def _adjust(self, entry: Entry, code: str) -> None:
        """Typed points that the new version does not take are taken off, and stand in the log.

        Points that were typed out of another maximum are none of this one: half of it would read as all of it.
        """
        item = self.frozen.items[code]
        before = {"item": entry.item_code}
        after = {"item": code}
        maximum = self.before.items[entry.item_code].max_points
        if entry.self_points and (item.rule is not None or item.max_points != maximum):
            before["self_points"], after["self_points"] = entry.self_points, ""
            entry.self_points = ""
        if before != after:
            entry.version += 1
            self._log(entry, before, after)

    def _set_aside(self, entry: Entry) -> None:
        title = self.before.items[entry.item_code].node.title if entry.item_code in self.before.items else ""
        lead = {"unit": entry.part.lead_unit_id, "path": entry.part.lead_path}
        content = {"entry": _plain(entry), "lead": lead, "beside": _taken_off(entry)}
        written = json.dumps(content, ensure_ascii=False, cls=DjangoJSONEncoder)
        ReplacedEntry.objects.create(
            replacement=self.made, sheet=self.sheet, item_code=entry.item_code, title=title, content=written
        )
        if _is_entered(entry):
            self._log(entry, _for_the_log(json.loads(written)), None)
        entry.delete()

    def _log(self, entry: Entry, before: Any, after: Any) -> None:
        what = audit_log.target(entry, unit=self.sheet.unit_id, cycle=self.sheet.cycle_id)
        audit_log.record(
            "replace_entry", what, by=self.by, at=self.at, before=before, after=after, reason=self.made.reason
        )


def _for_the_log(content: Mapping[str, Any]) -> dict[str, Any]:
    """What was set aside without what was said inside a unit: the log outlives everybody's right to have it removed.

    That something was said is counted, as where it was said.
    """
    said = content["beside"].get("Comment", ())
    open_to_office = [one for one in said if one["audience"] != Audience.UNIT]
    beside = {name: rows for name, rows in content["beside"].items() if name != "Comment"}
    if open_to_office:
        beside["Comment"] = open_to_office
    inside = len(said) - len(open_to_office)
    return {**content, "beside": beside, **({"inside_comments": inside} if inside else {})}


def _plain(row: Model) -> dict[str, Any]:
    """Every column of a row, those that cannot be edited too."""
    return {one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields}


def _taken_off(row: Model) -> dict[str, list[dict[str, Any]]]:
    """Everything that refers to a row, as data, taken out of its tables: the deepest first."""
    found: dict[str, list[dict[str, Any]]] = {}
    for relation in row._meta.related_objects:
        name = relation.get_accessor_name()
        if name is None or not relation.one_to_many:
            continue
        for below in relation.related_model._default_manager.filter(**{relation.field.name: row}).order_by("pk"):
            data = _plain(below)
            deeper = _taken_off(below)
            found.setdefault(relation.related_model.__name__, []).append({**data, **deeper})
            below.delete()
    return found
