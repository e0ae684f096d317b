"""A set replaced inside the year: every entry goes over to another frozen version; nothing is lost.

What follows for an appraisal that has begun stands in :mod:`~parindex.usecases.replaced_appraisals`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from parindex.database.mapping.frozen_sets import frozen_set
from parindex.database.models import (
    Attachment,
    CriteriaSetVersion,
    Cycle,
    CycleGroup,
    Entry,
    Figure,
    GivenPoints,
    ItemAppraisal,
    NotAssessedRequest,
    Opinion,
    ReplacedEntry,
    ScoreSheet,
    SetReplacement,
)
from parindex.database.models.criteria_sets import SetState
from parindex.database.models.entries import LEFT, Audience, EntryState
from parindex.database.queries.key_pieces import pieces
from parindex.database.queries.saving import write_counts, write_replaced
from parindex.database.queries.score_sheets import cycle_facts
from parindex.domain.review.permissions import check_can_run_cycle
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.roles import Role
from parindex.domain.review.stages import CycleState
from parindex.usecases import audit_log
from parindex.usecases.actors import Session
from parindex.usecases.citations import hold_citations
from parindex.usecases.entry_points import is_entered_by_hand, rescored
from parindex.usecases.not_assessed_proposals import move_proposals
from parindex.usecases.replaced_appraisals import ReplacedAppraisal
from parindex.usecases.replacement_plans import Fate, Plan, is_entered, replacement_plan, says_the_same
from parindex.usecases.set_aside import delete, plain, taken_off
from parindex.usecases.sheet_counts import counts_of, set_counts

#: So many sheets go over at once: their entries fit into memory however large the group is.
_AT_ONCE = 200
#: What is stored of an entry that has gone over.
_SCORED = ("state", "self_points", "rule_points", "points", "branch", "is_started", "lacks_evidence", "version")
#: What stays with an entry that the council has spoken of.
_OF_COUNCIL = ("Opinion", "Question", "Vote", "GivenPoints", "ExternalFigure")
#: What stays where a request was withheld from the public: what says so is never deleted either.
_WITHHELD = (*_OF_COUNCIL, "NotAssessedRequest")
#: What stands beside an entry without anybody having said anything.
_UNSAID = ("ItemAppraisal", "Flag", "LaterDecision")
_Line = tuple[audit_log.Target, audit_log.Told]


@transaction.atomic
def replace_set(
    *, by: Session, at: datetime, group_id: int, version_id: int, reason: str, seen: str = "",
    said: Mapping[str, bool] = MappingProxyType({}),
) -> SetReplacement:  # fmt: skip
    """Move a group to another frozen version. ``said``: of codes that stand under another title there, whether they
    still name the same item; what is not said is taken as it is usual (:mod:`~parindex.usecases.reworded_items`).

    Entries of items that both versions have are kept and scored anew, those of items that are gone are set aside with
    all that hangs on them, new items are unanswered. Until the appraisal begins it is refused while a sheet or a part
    is signed (``sheets_signed``): the standing office returns it first, which voids its receipt and tells the unit why.

    While the council appraises, what was signed stays as it was claimed, and the council is asked anew about every item
    that is not what it was. ``seen``: the mark of what the office was shown (:class:`AppraisalHits`); refused
    (``replacement_changed``) where it hits something else by now. Refused once a result is finalised, and for a version
    that says the same (``version_alike``): everything would stay, and the log would tell of a change.
    """
    group, new = _held_group(by, group_id), _taken_version(version_id)
    if new.criteria_set.owner_id != group.set_version.criteria_set.owner_id:
        raise Refusal("set_of_other_owner")
    if new.pk == group.set_version_id:
        raise Refusal("same_version")
    if says_the_same(group.set_version, new):
        raise Refusal("version_alike")
    if not reason.strip():
        raise Refusal("reason_needed")
    _hold(group)
    plan = replacement_plan(group, new, said)
    if plan.hits is None:
        _require_unsigned(plan)
    elif plan.hits.seen != seen:
        raise Refusal("replacement_changed")
    made = SetReplacement.objects.create(
        group=group, old_version=plan.old, new_version=new, reason=reason.strip(), replaced_by=by.user, replaced_at=at
    )
    appraisal = ReplacedAppraisal(by, at, plan, made) if plan.hits is not None else None
    if appraisal is not None:
        appraisal.before()
    group.set_version = new
    group.save(update_fields=["set_version"])
    moving = _Moving(by, at, plan, made)
    moving.done()
    if appraisal is not None:
        appraisal.done()
    _record(plan, made, moving, appraisal, by, at)
    return made


def _record(
    plan: Plan, made: SetReplacement, moving: _Moving, appraisal: ReplacedAppraisal | None, by: Session, at: datetime
) -> None:
    """Everything that was done, then the act as a whole."""
    cycle = plan.group.cycle
    proposed = move_proposals(plan.group, plan.codes)
    role = by.actor.role_at(cycle.owner_path, Role.STANDING_OFFICE, cycle=cycle.pk)
    for action, lines in [*moving.lines.items(), *(appraisal.lines if appraisal is not None else ())]:
        if lines:
            audit_log.record_all(action, lines, cycle=cycle.pk, by=by, at=at, role=role)
    audit_log.record(
        "replace_set", audit_log.target(plan.group, unit=cycle.owner_id, cycle=cycle), by=by, at=at, reason=made.reason,
        before={"set_version": plan.old.pk, "fingerprint": plan.old.fingerprint, **proposed.before},
        after={"set_version": plan.new.pk, "fingerprint": plan.new.fingerprint,
               **{fate.value: plan.count(fate) for fate in Fate}, **_said_of(plan), **proposed.after,
               **(appraisal.facts if appraisal is not None else {})},
    )  # fmt: skip


def _said_of(plan: Plan) -> dict[str, list[str]]:
    """The items that stand under another title: those that are the same, those that are others. Pages about what was
    replaced read it here (:mod:`~parindex.usecases.replaced_entries`).
    """
    if not plan.reworded:
        return {}
    return {
        "same_items": [one.code for one in plan.reworded if one.is_same],
        "other_items": [one.code for one in plan.reworded if not one.is_same],
    }


def _held_group(by: Session, group_id: int) -> CycleGroup:
    """The group and its cycle, held; by who runs the cycle, and before anything is final."""
    group = (
        CycleGroup.objects.select_for_update(of=("self",), no_key=True).select_related("set_version").get(pk=group_id)
    )
    group.cycle = Cycle.objects.select_for_update(no_key=True).get(pk=group.cycle_id)
    check_can_run_cycle(by.actor, cycle_facts(group.cycle, group.cycle.owner_path))
    check_can_replace(group.cycle)
    return group


def check_can_replace(cycle: Cycle) -> None:
    """A result that is final rests on its set: refused (``result_finalised``, ``result_published``)."""
    if cycle.state == CycleState.FINALISED:
        raise Refusal("result_finalised")
    if cycle.state not in (CycleState.DRAFT, CycleState.OPEN, CycleState.APPRAISAL):
        raise Refusal("result_published")


def _taken_version(version_id: int) -> CriteriaSetVersion:
    new = CriteriaSetVersion.objects.select_related("criteria_set").get(pk=version_id)
    if new.state != SetState.FROZEN:
        raise Refusal("set_still_draft")
    return new


def _require_unsigned(plan: Plan) -> None:
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


def _hold(group: CycleGroup) -> None:
    """Hold all that is moved or set aside before the first record: whoever else writes there waits for the log last."""
    for rows in (
        ScoreSheet.objects.filter(group=group),
        Entry.objects.filter(sheet__group=group),
        ItemAppraisal.objects.filter(sheet__group=group),
    ):
        held = rows.select_for_update(of=("self",), no_key=True)
        list(held.order_by("pk").values_list("pk", flat=True))
    hold_citations(Q(entry__sheet__group=group))


class _Moving:
    """The sheets of a group on their way to the new version; ``lines`` for the log, by action."""

    def __init__(self, by: Session, at: datetime, plan: Plan, made: SetReplacement) -> None:
        self.by, self.at, self.plan, self.made, self.group = by, at, plan, made, plan.group
        self.before, self.after = frozen_set(plan.old), frozen_set(plan.new)
        #: The items that may be worth something else now.
        self.changed = {one.new.code for one in plan.items if one.fate is not Fate.KEPT and one.new is not None}
        self.old_codes = {new: old for old, new in plan.codes.items()}
        self.lines: dict[str, list[_Line]] = {"replace_entry": [], "withdraw_given_points": []}

    def done(self) -> None:
        """Set aside, rename, add, score anew, count."""
        sheets = [unit.sheet for unit in self.plan.units]
        for sheet in sheets:
            sheet.group = self.group
        parts = [sheets[at : at + _AT_ONCE] for at in range(0, len(sheets), _AT_ONCE)]
        self._withdraw_points()
        for some in parts:
            self._set_aside({sheet.pk: sheet for sheet in some})
        self._rename()
        for some in parts:
            self._carry_over({sheet.pk: sheet for sheet in some})

    # --- gone --------------------------------------------------------------------------------------------------------

    def _set_aside(self, sheets: Mapping[int, ScoreSheet]) -> None:
        """What a unit had entered goes into :class:`ReplacedEntry`. An entry that the council has spoken of leaves its
        sheet, and what was said stays with it: opinions are never deleted, nor requests that were withheld.
        """
        rows = Entry.objects.filter(sheet__in=sheets).exclude(item_code__in=self.plan.codes).select_related("part")
        held = NotAssessedRequest.objects.filter(entry=OuterRef("pk"), withheld__isnull=False)
        opinions = Opinion.objects.filter(entry=OuterRef("pk"))
        entries = list(rows.annotate(is_said=Exists(opinions), is_withheld=Exists(held)).order_by("pk"))
        withheld = [one for one in entries if one.is_withheld]
        said = [one for one in entries if one.is_said and not one.is_withheld]
        unsaid = [one for one in entries if not (one.is_said or one.is_withheld)]
        taken = taken_off(withheld, _WITHHELD) | taken_off(said, _OF_COUNCIL) | taken_off(unsaid)
        for entry in withheld:
            taken[entry.pk]["NotAssessedRequest"] = [plain(one) for one in entry.requests.order_by("pk")]
        kept = []
        for entry in entries:
            title = self.before.items[entry.item_code].node.title if entry.item_code in self.before.items else ""
            lead = {"unit": entry.part.lead_unit_id, "path": entry.part.lead_path}
            beside = {name: rows for name, rows in taken[entry.pk].items() if name not in _UNSAID}
            content = {"entry": plain(entry), "lead": lead, "beside": beside}
            written = json.dumps(content, ensure_ascii=False, cls=DjangoJSONEncoder)
            kept.append(
                ReplacedEntry(
                    replacement=self.made, sheet_id=entry.sheet_id, item_code=entry.item_code, title=title,
                    content=written,
                )
            )  # fmt: skip
            if is_entered(entry):
                self._log(sheets[entry.sheet_id], entry, _for_the_log(json.loads(written)), None)
        ReplacedEntry.objects.bulk_create(kept, batch_size=500)
        left = [*withheld, *said]
        for one in left:
            one.item_code = f"{LEFT}{self.made.pk}:{one.item_code}"[:40]
        Entry.objects.bulk_update(left, ["item_code"], batch_size=100)
        delete(unsaid)

    def _withdraw_points(self) -> None:
        """Points out of another maximum, of an item that goes, or of who gives none any more, count no more; until
        others come, none do.
        """
        for keys in pieces([*self.plan.given, *self.plan.given_gone]):
            rows = GivenPoints.objects.filter(pk__in=keys)
            for one in rows.select_related("entry__sheet").order_by("pk"):
                what = audit_log.target(one, unit=self.group.cycle.owner_id, cycle=self.group.cycle_id)
                before = {"item": one.entry.item_code, "unit": one.entry.sheet.unit_name, "points": one.points}
                self.lines["withdraw_given_points"].append((what, audit_log.Told(before, None, self.made.reason)))
            rows.update(withdrawn_at=self.at)

    # --- kept and new ------------------------------------------------------------------------------------------------

    def _rename(self) -> None:
        """Codes and places as the new version has them; out of each other's way first: two items may have changed
        places.
        """
        moved = {old: new for old, new in self.plan.codes.items() if old != new}
        for model in (Entry, ItemAppraisal):
            rows = model._default_manager.filter(sheet__group=self.group)
            for old, new in moved.items():
                rows.filter(item_code=old).update(item_code=f"={new}", version=F("version") + 1)
            for new in moved.values():
                rows.filter(item_code=f"={new}").update(item_code=new)
            for position, code in enumerate(self.after.items):
                rows.filter(item_code=code).exclude(position=position).update(position=position)

    def _carry_over(self, sheets: Mapping[int, ScoreSheet]) -> None:
        """The entries of some sheets: new ones made, those that changed scored anew and stored, the sheets counted."""
        rows = Entry.objects.filter(sheet__in=sheets).select_related("part").order_by("sheet", "position")
        by_sheet: dict[int, dict[str, Entry]] = {pk: {} for pk in sheets}
        for entry in rows:
            by_sheet[entry.sheet_id][entry.item_code] = entry
        stored = {entry.pk: _scored(entry) for mine in by_sheet.values() for entry in mine.values()}
        new = [one for pk, mine in by_sheet.items() for one in self._in_order(sheets[pk], mine)]
        Entry.objects.bulk_create(new, batch_size=500)
        figures = self._figures(sheets)
        changed = {pk: {code: mine[code] for code in self.after.items if code in self.changed}
                   for pk, mine in by_sheet.items()}  # fmt: skip
        shown = _shown(entry.pk for mine in changed.values() for entry in mine.values())
        for pk, sheet in sheets.items():
            rescored(sheet, self.after, changed[pk], figures.get(sheet.unit_id, ()), shown)
            # A unit that had not begun has not begun by this: what others did is not its work.
            began = sheet.last_act_at is not None
            act, at, by = ("set_replaced", self.at, self.by) if began else ("", None, None)
            set_counts(sheet, counts_of(by_sheet[pk].values(), self.after), act=act, at=at, by=by)
        written = [one for mine in by_sheet.values() for one in mine.values() if stored.get(one.pk) != _scored(one)]
        write_replaced.many(written)
        write_counts.many(sheets.values())

    def _in_order(self, sheet: ScoreSheet, entries: dict[str, Entry]) -> list[Entry]:
        """Bring the entries of a sheet in the order of the new version; those that are new to it. A new item goes to
        the part of the item before it.
        """
        first = next(iter(entries.values()), None)
        part = first.part_id if first else sheet.parts.order_by("pk").values_list("pk", flat=True)[0]
        new = []
        for position, (code, item) in enumerate(self.after.items.items()):
            entry = entries.get(code)
            if entry is None:
                entry = Entry(sheet=sheet, part_id=part, item_code=code, position=position)
                new.append(entry)
            else:
                self._adjust(sheet, entry, code)
            part, entries[code] = entry.part_id, entry
            if not is_entered_by_hand(item.node.source):
                entry.state = EntryState.PENDING
            elif entry.state == EntryState.PENDING:
                entry.state = EntryState.UNANSWERED
        return new

    def _adjust(self, sheet: ScoreSheet, entry: Entry, code: str) -> None:
        """Typed points that the new version does not take are taken off, and stand in the log; what a leader has signed
        stays as it was claimed, and the council judges it.

        Points that were typed out of another maximum are none of this one: half of it would read as all of it.
        """
        item, old = self.after.items[code], self.old_codes[code]
        before, after = {"item": old}, {"item": code}
        other = item.rule is not None or item.max_points != self.before.items[old].max_points
        if self.plan.hits is None and entry.self_points and other:
            before["self_points"], after["self_points"] = entry.self_points, ""
            entry.self_points = ""
            entry.version += 1
        if before != after:
            self._log(sheet, entry, before, after)

    def _figures(self, sheets: Mapping[int, ScoreSheet]) -> dict[int, list[Figure]]:
        """The figures that the changed items read, by unit, held."""
        measures = {one for code in self.changed for one in self.after.read_by[code]}
        found: dict[int, list[Figure]] = {}
        units = [sheet.unit_id for sheet in sheets.values()]
        rows = Figure.objects.select_for_update(of=("self",), no_key=True).filter(measure__in=measures, unit__in=units)
        for one in rows.order_by("pk") if measures else ():
            found.setdefault(one.unit_id, []).append(one)
        return found

    # --- for the log -------------------------------------------------------------------------------------------------

    def _log(self, sheet: ScoreSheet, entry: Entry, before: Any, after: Any) -> None:
        what = audit_log.target(entry, unit=sheet.unit_id, cycle=sheet.cycle_id)
        self.lines["replace_entry"].append((what, audit_log.Told(before, after, self.made.reason)))


def _scored(entry: Entry) -> tuple[object, ...]:
    return tuple(getattr(entry, name) for name in _SCORED)


def _shown(keys: Any) -> set[int]:
    """Which of these entries have evidence."""
    found: set[int] = set()
    for some in pieces(keys):
        rows = Attachment.objects.filter(entry__in=some, removed_at=None)
        found.update(rows.values_list("entry", flat=True))
    return found


def _for_the_log(content: Mapping[str, Any]) -> dict[str, Any]:
    """What was set aside without what was said inside a unit: the log outlives everybody's right to have it removed;
    and without what others gave, which the unit reads when it is published.

    That something was said is counted, as where it was said.
    """
    said: Sequence[Mapping[str, Any]] = content["beside"].get("Comment", ())
    open_to_office = [one for one in said if one["audience"] != Audience.UNIT]
    beside = {name: rows for name, rows in content["beside"].items() if name not in ("Comment", *_OF_COUNCIL)}
    if open_to_office:
        beside["Comment"] = open_to_office
    inside = len(said) - len(open_to_office)
    return {**content, "beside": beside, **({"inside_comments": inside} if inside else {})}
