"""What replacing the set of a group would mean: for every item, every unit, and an appraisal that has begun."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from types import MappingProxyType
from typing import NamedTuple

from django.db.models import Q, QuerySet

from parindex.database.mapping.frozen_sets import FrozenSet, frozen_set
from parindex.database.models import (
    CriteriaSetVersion,
    CycleGroup,
    Entry,
    GivenPoints,
    ItemAppraisal,
    Opinion,
    Question,
    ScoreSheet,
    SheetPart,
    Vote,
)
from parindex.database.models.entries import EntryState
from parindex.database.queries.further_explanations import OPEN
from parindex.database.queries.score_sheets import sheets
from parindex.domain.criteria.comparison import Aspect, Pair
from parindex.domain.criteria.criteria_set import Node
from parindex.domain.criteria.survey_points import PointsWay, StatedPoints, estimate_flaws
from parindex.domain.review.stages import CycleState, SheetState
from parindex.domain.values import exact_number, parse_number
from parindex.usecases.item_standing import fixed_state
from parindex.usecases.reworded_items import Reworded, paired_items

#: Sheets and parts that a leader has signed stay as they were signed until they are returned; while the council
#: appraises nothing is returned, and the council judges.
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
    TITLE = "title"
    OTHER = "other"
    GONE = "gone"
    NEW = "new"


#: What the council said of an item with one of these fates was said of another item: it is asked anew.
ANEW = frozenset({Fate.RULE, Fate.MAXIMUM, Fate.TITLE})


@dataclass(frozen=True, slots=True)
class ItemChange:
    """One item: as it was and as it will be; ``entered`` counts the units that have entered something there."""

    fate: Fate
    old: Node | None
    new: Node | None
    entered: int


@dataclass(frozen=True, slots=True)
class UnitChange:
    """One sheet: how many entered items are affected, by fate, and how many new ones it gets; what is ``signed`` keeps
    the whole from being done before the council appraises.

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
class AppraisalHits:
    """What a replacement hits of an appraisal: counts, the units whose sheets are taken up again, those that claim more
    than an item gives from now on, and those that are being asked about an item that goes (unit, item). ``drafts``,
    ``votes``: those on items that go, too; ``answering``: the questions that go on. ``seen`` is the mark of all this:
    another one, another preview.
    """

    items: int
    opinions: int
    opinions_gone: int
    votes: int
    drafts: int
    answering: int
    reopened: tuple[str, ...]
    above: tuple[tuple[str, str], ...]
    asked_gone: tuple[tuple[str, str], ...]
    seen: str


def says_the_same(old: CriteriaSetVersion, new: CriteriaSetVersion) -> bool:
    """Whether two versions say the same, word for word: their fingerprints are equal."""
    return old.fingerprint == new.fingerprint


@dataclass(frozen=True, slots=True)
class Plan:
    """What replacing the set of a group would do; ``hits``: to an appraisal that has begun, None before.

    ``codes``: the new code of every item that both sets have, by the old one; ``given``: the keys of points from a
    survey or an agency that were given for another maximum, that nobody outside gives any more, or that no longer
    follow from their estimate; ``given_gone``:
    of those for items that go. ``reworded``: the codes of which the office says whether they name the same item.
    """

    group: CycleGroup
    old: CriteriaSetVersion
    new: CriteriaSetVersion
    items: Sequence[ItemChange]
    units: Sequence[UnitChange]
    codes: Mapping[str, str] = field(default_factory=dict)
    given: Sequence[int] = ()
    given_gone: Sequence[int] = ()
    reworded: Sequence[Reworded] = ()
    hits: AppraisalHits | None = None

    @property
    def is_same(self) -> bool:
        """Whether the new version says word for word what the old one says: there is nothing to replace."""
        return says_the_same(self.old, self.new)

    @property
    def keeps_little(self) -> bool:
        """Whether more than half of the items that units have now would be gone: most likely another kind of set."""
        return 2 * len(self.of(Fate.GONE)) > len(self.items) - len(self.of(Fate.NEW))

    @property
    def anew(self) -> dict[str, str]:
        """The items that the council is asked anew: the new code by the old one."""
        return {one.old.code: one.new.code for one in self.items if one.fate in ANEW and one.old and one.new}

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


def replacement_plan(
    group: CycleGroup, new: CriteriaSetVersion, said: Mapping[str, bool] = MappingProxyType({})
) -> Plan:
    """What it would mean: items, and units with what they have entered; seven queries, some more in an appraisal.

    ``said``: of codes that stand under another title, whether they still name the same item (:mod:`same_items`).
    """
    before, after = frozen_set(group.set_version), frozen_set(new)
    of_one_set = group.set_version.criteria_set_id == new.criteria_set_id
    pairs, reworded = paired_items(before, after, said, of_one_set=of_one_set)
    moves = item_moves(before, after, pairs)
    entered = _entered(group)
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
    added = sum(fate is Fate.NEW for fate, _, _ in moves)
    units = [_unit(sheet, entered, fates, added, signed.get(sheet.pk, ())) for sheet in listed]
    given = _given(group, [one.old.code for one in items if one.old is not None and _is_given_otherwise(one)])
    given += [one for one in _unfollowed(group, items, after) if one not in set(given)]
    gone = _given(group, [one.old.code for one in items if one.old is not None and one.fate is Fate.GONE])
    hits = _hits(group, items, listed, after, reworded) if group.cycle.state == CycleState.APPRAISAL else None
    return Plan(group, group.set_version, new, items, units, codes, given, gone, reworded, hits)


def item_moves(
    before: FrozenSet, after: FrozenSet, pairs: Sequence[Pair]
) -> list[tuple[Fate, Node | None, Node | None]]:
    """What becomes of every item: those that both sets have (``pairs``) first, then those gone, then new ones."""
    found: list[tuple[Fate, Node | None, Node | None]] = [
        (_fate(pair, before, after), pair.old.node, pair.new.node) for pair in pairs
    ]
    codes = {pair.old.node.code: pair.new.node.code for pair in pairs}
    taken = set(codes.values())
    found += [(Fate.GONE, one.node, None) for code, one in before.items.items() if code not in codes]
    return found + [(Fate.NEW, None, one.node) for code, one in after.items.items() if code not in taken]


def _fate(pair: Pair, before: FrozenSet, after: FrozenSet) -> Fate:
    aspects = {one.aspect for one in pair.differences}
    if Aspect.RULE in aspects or Aspect.SOURCE in aspects or _is_read_otherwise(pair, before, after):
        return Fate.RULE
    if Aspect.POINTS in aspects:
        return Fate.MAXIMUM
    if Aspect.TITLE in aspects:
        return Fate.TITLE
    return Fate.OTHER if aspects else Fate.KEPT


def _is_read_otherwise(pair: Pair, before: FrozenSet, after: FrozenSet) -> bool:
    """Whether the same rule reads figures that are declared otherwise, or its points are rounded otherwise."""
    old, new = before.criteria_set, after.criteria_set
    read = before.read_by[pair.old.node.code]
    if any(old.measures.get(one) != new.measures.get(one) for one in read):
        return True
    return before.items[pair.old.node.code].rule is not None and old.rounding.item != new.rounding.item


def _unit(
    sheet: ScoreSheet, entered: Mapping[str, set[int]], fates: Mapping[str, Fate], added: int,
    signed: Sequence[SheetPart],
) -> UnitChange:  # fmt: skip
    affected = dict.fromkeys(Fate, 0) | {Fate.NEW: added}
    for code, of in entered.items():
        if sheet.pk in of:
            affected[fates.get(code, Fate.GONE)] += 1
    return UnitChange(sheet, affected, signed)


_STARTED = Q(is_started=True) | ~Q(self_points="") | ~Q(explanation="")


def _entered(group: CycleGroup) -> dict[str, set[int]]:
    """The sheets on which something is entered, by item; one query."""
    waiting = Q(state__in=[EntryState.UNANSWERED.value, EntryState.PENDING.value])
    rows = Entry.objects.filter(~waiting | _STARTED, sheet__group=group).order_by()
    found: dict[str, set[int]] = {}
    for code, sheet in rows.values_list("item_code", "sheet_id"):
        found.setdefault(code, set()).add(sheet)
    return found


def is_entered(entry: Entry) -> bool:
    """Whether anybody has entered anything."""
    state = entry.state not in (EntryState.UNANSWERED, EntryState.PENDING)
    return bool(state or entry.is_started or entry.self_points or entry.explanation)


def _is_given_otherwise(one: ItemChange) -> bool:
    """Whether points from outside do not fit: of another maximum, or of an item that somebody else gives."""
    if one.old is None or one.new is None:
        return False
    return one.old.max_points != one.new.max_points or one.old.source != one.new.source


def _given(group: CycleGroup, codes: Sequence[str]) -> list[int]:
    rows = GivenPoints.objects.filter(entry__sheet__group=group, entry__item_code__in=codes, withdrawn_at=None)
    return list(rows.order_by("pk").values_list("pk", flat=True)) if codes else []


def _unfollowed(group: CycleGroup, items: Sequence[ItemChange], after: FrozenSet) -> list[int]:
    """Points of surveys that do not follow from their estimate as the new set has it (another step of rounding), or
    rest on fewer answers than it asks for.
    """
    step = after.criteria_set.rounding.item
    ways = {
        one.old.code: PointsWay(one.new.survey, one.new.max_points, step)
        for one in items
        if one.old is not None and one.new is not None
    }
    told = ~Q(estimate="") | Q(answers__isnull=False)
    rows = GivenPoints.objects.filter(told, entry__sheet__group=group, withdrawn_at=None).order_by("pk")
    found = []
    for pk, code, points, estimate, answers in rows.values_list(
        "pk", "entry__item_code", "points", "estimate", "answers"
    ):
        stated = StatedPoints(parse_number(points), exact_number(estimate) if estimate else None, answers)
        if code in ways and any(estimate_flaws(stated, ways[code])):
            found.append(pk)
    return found


# --- an appraisal that has begun -------------------------------------------------------------------------------------


def lapsing(group: CycleGroup, codes: Sequence[str]) -> QuerySet[Opinion]:
    """What was said of some items of a group and no longer counts: all but a question that the unit is answering."""
    asked = Question.objects.filter(OPEN, entry__sheet__group=group, entry__item_code__in=codes).values("opinion")
    rows = Opinion.objects.filter(entry__sheet__group=group, entry__item_code__in=codes, withdrawn_at=None)
    return rows.exclude(pk__in=asked)


class _Stands(NamedTuple):
    """Where an item of the appraisal stands, and what the unit claims there."""

    key: int
    sheet: int
    code: str
    state: str
    entry_state: str
    self_points: str


def _hits(
    group: CycleGroup, items: Sequence[ItemChange], listed: Sequence[ScoreSheet], after: FrozenSet,
    reworded: Sequence[Reworded],
) -> AppraisalHits:  # fmt: skip
    anew = {one.old.code: one.new for one in items if one.fate in ANEW and one.old and one.new}
    gone = [one.old.code for one in items if one.fate is Fate.GONE and one.old]
    fields = ("pk", "sheet_id", "item_code", "state", "entry__state", "entry__self_points")
    rows = ItemAppraisal.objects.filter(sheet__group=group, item_code__in=[*anew, *gone])
    stand = [_Stands._make(row) for row in rows.order_by("sheet__position", "sheet", "position").values_list(*fields)]
    again = [one for one in stand if one.code in anew and fixed_state(one.entry_state, anew[one.code].source) is None]
    names = {one.pk: one.unit_name for one in listed}
    opinions = list(lapsing(group, list(anew)).order_by("pk").values_list("pk", flat=True))
    of_gone = Opinion.objects.filter(entry__sheet__group=group, entry__item_code__in=gone, withdrawn_at=None)
    said_gone = of_gone.count()
    touched = Q(entry__sheet__group=group, entry__item_code__in=[*anew, *gone])
    votes = list(Vote.objects.filter(touched, closed_at=None).order_by("pk").values_list("pk", flat=True))
    questions = Question.objects.filter(touched)
    unsent = questions.filter(sent_at=None, closed_at=None, withdrawn_at=None)
    drafts = list(unsent.order_by("pk").values_list("pk", flat=True))
    asked = questions.filter(OPEN).order_by("entry__sheet__position", "entry__sheet", "entry__position", "pk")
    answering = list(asked.values_list("pk", "entry__sheet", "entry__item_code"))
    asked_gone = dict.fromkeys((names[sheet], code) for _, sheet, code in answering if code not in anew)
    reopened = _reopened(items, {one.sheet for one in again}, listed)
    standing = [(one.key, one.state) for one in stand]
    same = [(one.code, one.is_same) for one in reworded]
    marks = (group.set_version_id, same, opinions, said_gone, votes, drafts, answering, reopened, standing)
    return AppraisalHits(
        len(again), len(opinions), said_gone, len(votes), len(drafts),
        sum(1 for *_, code in answering if code in anew),
        tuple(names[one] for one in reopened),
        tuple((names[one.sheet], anew[one.code].code) for one in again if _is_above(one, anew[one.code], after)),
        tuple(asked_gone),
        sha256(repr(marks).encode()).hexdigest()[:16],
    )  # fmt: skip


def _reopened(items: Sequence[ItemChange], waits: Collection[int], listed: Sequence[ScoreSheet]) -> list[int]:
    """The appraised sheets on which something waits again: an item that stands anew, or a new one."""
    new = any(fixed_state("", one.new.source) is None for one in items if one.fate is Fate.NEW and one.new)
    return [one.pk for one in listed if one.state == SheetState.APPRAISED and (new or one.pk in waits)]


def _is_above(one: _Stands, node: Node, after: FrozenSet) -> bool:
    return bool(one.self_points) and exact_number(one.self_points) > after.items[node.code].max_points
