"""Where the appraisal of entries stands: worked out anew from what was said, whenever something is said or answered."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from fractions import Fraction
from functools import cached_property

from django.db import transaction

from parindex.database.mapping.frozen_sets import FrozenSet, frozen_set
from parindex.database.models import Entry, ItemAppraisal, ScoreSheet, SheetPart
from parindex.database.models.entries import EntryState
from parindex.database.queries.appraisals import (
    being_explained,
    given_by_agency,
    held_appraisals,
    held_sheets_of,
    said_of,
    write_appraisal,
)
from parindex.database.queries.councils import CouncilTable, assigned_to_item, council_table, place_of
from parindex.database.queries.key_pieces import pieces
from parindex.database.queries.score_sheets import sheet_facts
from parindex.domain.criteria.criteria_set import SURVEYED, Source
from parindex.domain.review.appraisal_permissions import ItemFacts, Seat, sees_every_opinion
from parindex.domain.review.item_standings import (
    CouncilLevel,
    Said,
    against_claim,
    decision_of,
    granted_below,
    has_spoken,
    shown_to_blind,
    standing_of,
)
from parindex.domain.review.opinions import (
    SETTLED,
    AppraisalState,
    Capacity,
    GivenOpinion,
    OpinionKind,
    sees_words,
)
from parindex.domain.review.permissions import SheetFacts
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.roles import Role
from parindex.domain.values import exact_number, number_text
from parindex.usecases import audit_log
from parindex.usecases.actors import Session
from parindex.usecases.council_moves import settle_stage
from parindex.usecases.entry_points import points_of
from parindex.usecases.judged_flags import grant_of, refresh_judged
from parindex.usecases.read_marks import read_mark

#: States that everybody may know: the unit has explained the item, or the council has nothing to say of it.
_TOLD_TO_ALL = frozenset({AppraisalState.EXPLAINED, AppraisalState.SURVEYED, AppraisalState.NOT_ASSESSED})
#: The roles of the council, the one that appraises day by day first.
_COUNCIL = (Role.APPRAISER, Role.SECRETARY, Role.CHAIR)


@dataclass
class HeldItem:
    """An entry under appraisal, held until the end of the transaction with its sheet, and all that was said of it."""

    sheet: ScoreSheet
    appraisal: ItemAppraisal
    table: CouncilTable
    said: list[Said] = field(default_factory=list)

    @property
    def entry(self) -> Entry:
        return self.appraisal.entry

    @property
    def part(self) -> SheetPart:
        return self.entry.part

    @property
    def code(self) -> str:
        return self.entry.item_code

    @cached_property
    def frozen(self) -> FrozenSet:
        return frozen_set(self.sheet.group.set_version)

    @cached_property
    def sheet_facts(self) -> SheetFacts:
        """The sheet as rights see it, led by the unit that leads this very item; asked of, it has been returned."""
        facts = sheet_facts(self.sheet, [self.part])
        return replace(facts, returned=facts.returned or self.sheet.answer_until is not None)

    @cached_property
    def levels(self) -> list[CouncilLevel]:
        """Every level with who appraises the item there; nobody appraises what their own unit reports or leads."""
        place = place_of(self.sheet, [self.part])
        return [
            CouncilLevel(one, rules, assigned_to_item(self.table, place, self.frozen, self.code, one))
            for one, rules in sorted(self.table.levels.items())
        ]

    @property
    def level(self) -> int:
        """The level that has the item now, by what is assigned now."""
        return standing_of(self.said, self.levels).level

    def item_facts(self, *, asked: bool = False) -> ItemFacts:
        """The item as rights see it."""
        level = self.level
        here = next((one.assigned for one in self.levels if one.number == level), ())
        return ItemFacts(self.sheet_facts, here, asked, self.is_decided)

    def seat_of(self, by: Session) -> Seat:
        """What is known of a member: the units declared in conflict."""
        return self.table.seat_of(by.user.pk)

    @property
    def is_decided(self) -> bool:
        """Whether chair or council has decided on the claim as it now is: what members say changes nothing."""
        return decision_of(self.said) is not None

    def known_to(self, by: Session) -> str:
        """The mark of what a member is shown who may not see what the others say here; "" for who sees it."""
        level = self.level
        if sees_every_opinion(by.actor, self.sheet_facts.cycle):
            return ""
        spoken = has_spoken(self.said, level, by.user.pk)
        if sees_words(self.table.blindness_of(level), has_spoken=spoken):
            return ""
        shown = shown_to_blind(self.said, self.levels, level, by.user.pk)
        return blind_mark(self.claimed, self.sheet.group.set_version_id, shown)

    def waits_for(self, by: Session) -> bool:
        """Whether the item waits for the first word of a member; for who may not know what the others said, whatever
        these have said.
        """
        if has_spoken(self.said, self.level, by.user.pk):
            return False
        if self.appraisal.state == AppraisalState.WAITING:
            return True
        return self.appraisal.state not in _TOLD_TO_ALL and bool(self.known_to(by)) and not self.is_explained

    @property
    def is_explained(self) -> bool:
        """Whether the unit has a question about it; asked only where one may be."""
        return self.appraisal.state == AppraisalState.ASKED and bool(being_explained(entry=self.appraisal.pk))

    @property
    def acceptable(self) -> str:
        """The points that are accepted: what the level below has granted, else what is claimed; "" for nothing. Above
        the maximum of the item since its set was corrected: refused (``claim_above_maximum``, ``given_above_maximum``).
        """
        if self.granted_below is not None:
            return number_text(self.granted_below)
        most = self.frozen.items[self.code].max_points
        if self.claimed and exact_number(self.claimed) > most:
            code = "given_above_maximum" if self.is_by_agency else "claim_above_maximum"
            raise Refusal(code, claimed=self.claimed, most=most)
        return self.claimed

    @property
    def granted_below(self) -> Fraction | None:
        """What the level below has granted of the claim as it now is; None where this level judges the claim itself."""
        return granted_below(self.said, self.levels, self.level)

    @property
    def is_by_agency(self) -> bool:
        """Whether another agency gives the points, not the unit."""
        return self.frozen.items[self.code].node.source is Source.EXTERNAL

    @cached_property
    def claimed(self) -> str:
        """What is claimed: by the unit, or by the agency that keeps the data; "" for nothing. No query, for items of
        agencies one.
        """
        if self.is_by_agency:
            given = given_by_agency(self.appraisal.pk)
            return given.points if given else ""
        return self.entry.points

    @property
    def target(self) -> audit_log.Target:
        """What the log names: it belongs to who runs the cycle, for units see decisions on pages of their own."""
        return audit_log.target(self.appraisal, unit=self.sheet.cycle.owner_id, cycle=self.sheet.cycle_id)

    def role_of(self, by: Session, capacity: Capacity = Capacity.MEMBER) -> Role | None:
        """In which role somebody acts here."""
        roles = (Role.CHAIR,) if capacity is Capacity.CHAIR else _COUNCIL
        return by.actor.role_at(self.sheet.cycle.owner_path, *roles, cycle=self.sheet.cycle_id)

    def read_again(self) -> None:
        """What was said, as it is stored now."""
        self.said = words_on([self.appraisal.pk]).get(self.appraisal.pk, [])


def blind_mark(claimed: str, set_version: int, shown: Mapping[str, str]) -> str:
    """The mark of what is claimed, by the unit or by the agency that gives the points, of the set that it is claimed
    by, and of what is shown of where it stands (:func:`shown_to_blind`).
    """
    return read_mark({**shown, "claim": claimed, "set": str(set_version)})


def held_items(entry_ids: Sequence[int], user: int = 0) -> list[HeldItem]:
    """Entries under appraisal, in the order of their keys; those that have no appraisal are left out.

    Ten queries for entries of one sheet, some more for each further cycle.
    """
    entries = sorted(set(entry_ids))
    if not entries:
        return []
    sheets = {sheet.pk: sheet for sheet in held_sheets_of(entries=entries)}
    appraisals = held_appraisals(entries=entries, user=user)
    only = next(iter(sheets)) if len(sheets) == 1 else None
    tables = {cycle: council_table(cycle, sheet=only) for cycle in sorted({one.cycle_id for one in sheets.values()})}
    said = words_on(entries)
    held = []
    for one in appraisals:
        sheet = sheets[one.sheet_id]
        one.entry.sheet = one.entry.part.sheet = one.sheet = sheet
        held.append(HeldItem(sheet, one, tables[sheet.cycle_id], said.get(one.pk, [])))
    return held


def held_item(entry_id: int, user: int = 0) -> HeldItem:
    """One entry under appraisal; raises ``DoesNotExist`` where its appraisal has not begun."""
    found = held_items([entry_id], user)
    if not found:
        raise ItemAppraisal.DoesNotExist
    return found[0]


def words_on(entries: list[int]) -> Mapping[int, list[Said]]:
    """What was said of some entries and was not taken back, oldest first; one query."""
    found: dict[int, list[Said]] = {}
    for entry, _, level, author, capacity, kind, points, at, answered, over in said_of(entries=entries):
        opinion = GivenOpinion(author, OpinionKind(kind), points_of(points), Capacity(capacity))
        found.setdefault(entry, []).append(Said(level, opinion, at, answered, over))
    return found


def fixed_state(entry_state: str, source: Source | None) -> AppraisalState | None:
    """The state of an item that the council has nothing to say of; None for all others."""
    if entry_state == EntryState.NOT_ASSESSED:
        return AppraisalState.NOT_ASSESSED
    return AppraisalState.SURVEYED if source in SURVEYED else None


def stand_anew(held: HeldItem, at: datetime) -> None:
    """Write where a held item stands by all that was said of it, and count the change. One query."""
    _place(held, at)
    write_appraisal(held.appraisal)


def stand_all_anew(entry_ids: Collection[int], at: datetime) -> list[HeldItem]:
    """The same for many entries at once, some hundred at a time; a few queries for each hundred."""
    found: list[HeldItem] = []
    for keys in pieces(entry_ids):
        items = held_items(keys)
        for held in items:
            _place(held, at)
        write_appraisal.many(held.appraisal for held in items)
        found += items
    return found


def _place(held: HeldItem, at: datetime) -> None:
    """Where a held item stands, written into it (not saved)."""
    one = held.appraisal
    fixed = fixed_state(held.entry.state, held.frozen.items[held.code].node.source)
    if fixed is not None:
        one.state, one.points = fixed, ""
    else:
        found = standing_of(held.said, held.levels)
        if found.state in SETTLED:
            found = against_claim(found, points_of(held.claimed))
        one.state, one.level = found.state, found.level
        one.points = "" if found.points is None else number_text(found.points)
    one.decided_at = (one.decided_at or at) if one.state in SETTLED else None
    one.version += 1


@transaction.atomic
def restand(entry_ids: Iterable[int], *, by: Session | None, at: datetime) -> list[ItemAppraisal]:
    """Work out anew where entries stand and, with it, the stages of their sheets; for whatever changes what counts:
    an answer, a round that ends, an item that leaves the assessment, another assignment.

    The caller has checked the act and writes its own record before; the record of a stage that follows comes last.
    Where something else is granted now, what was judged alike is looked at anew.
    """
    items = held_items(list(entry_ids))
    moved: list[Entry] = []
    for held in items:
        granted = grant_of(held.appraisal)
        stand_anew(held, at)
        if granted != grant_of(held.appraisal):
            moved.append(held.entry)
    refresh_judged(moved, at)
    for sheet in {held.sheet.pk: held.sheet for held in items}.values():
        settle_stage(sheet, by=by, at=at)
    return [held.appraisal for held in items]
