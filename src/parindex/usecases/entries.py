"""Entering: figures, points and explanation of one item, saved as they are typed, with the points that follow."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from parindex.database.mapping.figures import Key
from parindex.database.mapping.frozen_sets import frozen_set
from parindex.database.models import AuditRecord, Entry, Figure, Question, ScoreSheet, SheetPart
from parindex.database.models.entries import LEFT
from parindex.database.queries.saving import (
    entries_of_items,
    held_entry,
    held_sheets,
    signed_entries,
    write_entry,
    write_figure,
    write_points,
)
from parindex.database.queries.score_sheets import part_facts
from parindex.domain.criteria.criteria_set import MeasureKind
from parindex.domain.errors import InvalidValue
from parindex.domain.review.permissions import check_can_edit_part
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.stages import SIGNED, SheetState
from parindex.usecases import audit_log
from parindex.usecases.actors import Session
from parindex.usecases.asked_items import asked_of, check_asked, unasked_readers
from parindex.usecases.child_figures import child_figures
from parindex.usecases.citations import recognise_citations
from parindex.usecases.entry_points import figures_read, rescored, takes_points
from parindex.usecases.shared_figures import ChangedFigures, follow, readers_of, require_unsigned
from parindex.usecases.sheet_counts import CountedSheet, counted_sheet, update_counts
from parindex.usecases.sheet_scoring import ItemPoints
from parindex.usecases.typed_values import Typed, digest, figure_value, points_value

EXPLANATION_LENGTH = 20_000
#: Stages of a part whose figures stay as they are, wherever they are typed.
_HELD_FAST = sorted(state.value for state in (*SIGNED, SheetState.LOCKED))


@dataclass(frozen=True, slots=True)
class Change:
    """What was typed on the page of one item; fields that the page did not have are None or absent.

    ``entry``: the key of the entry that the page showed, None where none was shown.
    """

    figures: Mapping[str, Typed] = field(default_factory=dict)
    self_points: Typed | None = None
    explanation: Typed | None = None
    kept_warning: Typed | None = None
    entry: int | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that somebody else changed after the page was made: both texts, neither is lost."""

    field: str
    theirs: str
    mine: str
    by: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Saved:
    """What saving did: the entry as it now is, conflicts, fields that were refused, items whose points changed.

    Beside it what an answer shows and saving knows already: the sheet with its counts, and every figure that the
    rules of the item and of the touched ones read. ``has_figures``: a figure was among what was stored; ``asked``: the
    only items that the unit may change now, None for all.
    """

    sheet: ScoreSheet
    entry: Entry
    points: ItemPoints
    conflicts: tuple[Conflict, ...]
    rejected: Mapping[str, InvalidValue]
    touched: Mapping[str, Entry]
    counted: CountedSheet
    figures: Mapping[Key, Figure]
    has_figures: bool
    asked: frozenset[str] | None


@transaction.atomic
def save_entry(*, by: Session, at: datetime, sheet_id: int, item_code: str, change: Change) -> Saved:
    """Save what can be saved of ``change`` and work out all points that follow.

    A field that means nothing is refused by itself, a field that somebody else has changed meanwhile is a conflict;
    the others are stored. Refuses as :func:`check_can_edit_part`; ``figure_signed`` where a figure stands in another
    sheet that has been signed; while the council appraises, ``item_not_asked`` and ``figure_not_asked``. Where another
    item has taken the code since the page was made: ``item_replaced``.
    """
    held = hold_entry(sheet_id, item_code, shown=change.entry)
    check_can_edit_part(by.actor, part_facts(held.entry.part, held.sheet), at)
    require_same_item(sheet_id, item_code, change.entry, held.entry.pk)
    writing = Writing(by, at, held)
    writing.take(change)
    points = writing.finish()
    return Saved(
        held.sheet, held.entry, points, tuple(writing.conflicts), writing.rejected, writing.touched,
        writing.counted, writing.figures, bool(writing.measures), writing.asked,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Held:
    """An entry that is held until the end of the transaction, with all sheets of its unit.

    The sheet is held because its counts and the figures that its items share follow from all of its entries, the
    others because they share the figures.
    """

    sheet: ScoreSheet
    others: tuple[ScoreSheet, ...]
    entry: Entry


def hold_entry(sheet_id: int, item_code: str, *, shown: int | None = None) -> Held:
    """Hold an entry; raises ``DoesNotExist`` of the sheet or the entry, and ``item_replaced`` for one that was
    ``shown`` and is not there any more. Two queries.
    """
    sheets = {sheet.pk: sheet for sheet in held_sheets(sheet=sheet_id)}
    if not sheets:
        raise ScoreSheet.DoesNotExist
    entries = held_entry(sheet=sheet_id, code=item_code)
    if not entries:
        require_same_item(sheet_id, item_code, shown, None)
        raise Entry.DoesNotExist
    sheet = sheets.pop(sheet_id)
    return Held(sheet, tuple(sheets.values()), entries[0])


def hold_entry_of(question: Question) -> Held:
    """The same for the entry that a question is about: found by its key, for its code may be that of another item by
    now, and found where it has left its sheet (:func:`require_standing`).
    """
    sheet_id = question.entry.sheet_id
    sheets = {sheet.pk: sheet for sheet in held_sheets(sheet=sheet_id)}
    rows = Entry._base_manager.select_for_update(of=("self",), no_key=True).select_related("part")
    entry, sheet = rows.get(pk=question.entry_id), sheets.pop(sheet_id)
    return Held(sheet, tuple(sheets.values()), entry)


def require_standing(entry: Entry) -> None:
    """Refused (``item_replaced``) where an entry has left its sheet because its item has left the set."""
    if entry.item_code.startswith(LEFT):
        raise Refusal("item_replaced", sheet=entry.sheet_id, item=entry.item_code.partition(":")[2], now="")


def require_same_item(sheet_id: int, item_code: str, shown: int | None, found: int | None) -> None:
    """Refused (``item_replaced``) where a page showed another entry (``shown``) than the one (``found``) that stands
    under this code now. ``now``: the code under which that one stands by now, "" where its item has gone.
    """
    if shown is None or shown == found:
        return
    there = Entry.objects.filter(pk=shown, sheet=sheet_id).values_list("item_code", flat=True).first()
    raise Refusal("item_replaced", sheet=sheet_id, item=item_code, now=there or "")


def locked_entry(sheet_id: int, item_code: str) -> tuple[ScoreSheet, Entry, SheetPart]:
    """An entry with its sheet and part, held until the end of the transaction."""
    held = hold_entry(sheet_id, item_code)
    return held.sheet, held.entry, held.entry.part


@dataclass(frozen=True, slots=True)
class _Written:
    """Who wrote a value last, and when."""

    by_id: int | None
    by: str
    at: datetime | None


def _last_written(entry: Entry, name: str) -> _Written:
    """Who wrote the field ``name`` of an entry last, as the log says; an entry itself knows only its last writer."""
    rows = AuditRecord.objects.filter(object_kind="entry", object_id=str(entry.pk)).order_by("-sequence")
    for row in rows.iterator(chunk_size=20):
        if row.after and name in json.loads(row.after):
            return _Written(row.actor_id, row.actor_name, row.at)
    return _Written(entry.updated_by_id, "", entry.updated_at)


class Writing:
    """One act of saving: what stood there before, what stands there now. Refused as by :func:`check_asked`."""

    def __init__(self, by: Session, at: datetime, held: Held) -> None:
        self.asked = asked_of(held.sheet)
        check_asked(self.asked, held.entry.item_code)
        self.by, self.at = by, at
        self.sheet, self.others, self.entry = held.sheet, held.others, held.entry
        self.frozen = frozen_set(held.sheet.group.set_version)
        self.before: dict[str, str] = {}
        self.after: dict[str, str] = {}
        self.conflicts: list[Conflict] = []
        self.rejected: dict[str, InvalidValue] = {}
        self.touched: dict[str, Entry] = {}
        self.measures: set[str] = set()
        self.figures: dict[Key, Figure] = {}

    def take(self, change: Change) -> None:
        """Store every field that can be stored."""
        item = self.frozen.items[self.entry.item_code]
        self.read_figures(change.figures)
        for measure, typed in change.figures.items():
            if measure not in self.frozen.measures_of[self.entry.item_code]:
                raise Refusal("measure_of_other_item", measure=measure)
            self._figure(measure, typed)
        if change.self_points is not None and takes_points(item):
            self._text("self_points", change.self_points, lambda text: points_value(text, item.max_points))
        if change.explanation is not None:
            self._text("explanation", change.explanation, _explanation)
        if change.kept_warning is not None:
            self._text("kept_warning", change.kept_warning, _explanation)

    def _text(self, name: str, typed: Typed, read: Callable[[str], str]) -> None:
        now = getattr(self.entry, name)
        try:
            value = read(typed.text)
        except InvalidValue as error:
            self.rejected[name] = error
            return
        if value == now or digest(value) == typed.read:
            return  # as it stands, or not touched on this page, whatever somebody else has made of it meanwhile
        if typed.read != digest(now):
            last = _last_written(self.entry, name)
            if not self._arrived(typed, read, now, last):
                self.conflicts.append(Conflict(name, now, typed.text, last.by, last.at))
                return
        self.before[name], self.after[name] = now, value
        setattr(self.entry, name, value)

    def _figure(self, measure: str, typed: Typed) -> None:
        name = f"figure.{measure}"
        declared = self.frozen.criteria_set.measures[measure]
        try:
            value = figure_value(declared, typed.text)
        except InvalidValue as error:
            self.rejected[name] = error
            return
        year = self.frozen.year
        figure = self.figures.get((measure, year))
        now = figure.value if figure else ""
        if value == now or digest(value) == typed.read:
            return
        if figure is not None and declared.kind is MeasureKind.LIST and figure.lines.filter(removed_at=None).exists():
            self.rejected[name] = InvalidValue("counted_from_lines", lines=now)
            return
        if figure is not None and typed.read != digest(now):
            writer = figure.updated_by
            last = _Written(figure.updated_by_id, writer.full_name if writer else "", figure.updated_at)
            if not self._arrived(typed, lambda text: figure_value(declared, text), now, last):
                self.conflicts.append(Conflict(name, now, typed.text, last.by, last.at))
                return
        if of_children := child_figures(self.sheet, [declared]).get(measure):
            try:
                of_children.check(value)
            except InvalidValue as error:
                self.rejected[name] = error
                return
        self.check_not_signed(measure)
        figure = figure or Figure(unit_id=self.sheet.unit_id, measure=measure, year=year)
        figure.value, figure.version = value, figure.version + 1
        figure.updated_at, figure.updated_by = self.at, self.by.user
        if figure.pk is None:
            figure.save(force_insert=True)
        else:
            write_figure(figure)
        self.figures[measure, year] = figure
        self.before[name], self.after[name] = now, value
        self.measures.add(measure)

    def _arrived(self, typed: Typed, read: Callable[[str], str], now: str, last: _Written) -> bool:
        """Whether what stands there is what this page sent itself, in a request whose answer was lost."""
        return last.by_id == self.by.user.pk and any(_read(read, text) == now for text in typed.tried)

    def check_not_signed(self, measure: str) -> None:
        """A figure of a part that its leader has signed stays as it was signed, and that of an unasked item, too."""
        if unasked := unasked_readers(self.asked, self.frozen, readers_of(self.frozen, measure, self.frozen.year)):
            raise Refusal("figure_not_asked", items=unasked)
        codes = [code for code in self.frozen.items_of.get(measure, ()) if code != self.entry.item_code]
        if codes and (found := signed_entries(sheet=self.sheet.pk, codes=codes, states=_HELD_FAST)):
            item, lead = found[0]
            raise Refusal("figure_signed", item=item, unit=lead)
        require_unsigned(self.others, measure, self.frozen.year)

    def finish(self) -> ItemPoints:
        """Points of this entry and of every entry that a changed figure touches; counts, and one line in the log."""
        codes = self._codes(self.measures) - {self.entry.item_code}
        others = entries_of_items(sheet=self.sheet.pk, codes=sorted(codes)) if codes else []
        entries = {one.item_code: one for one in (self.entry, *others)}
        scored = rescored(self.sheet, self.frozen, entries, self.figures.values())
        self.touched = {code: one for code, one in entries.items() if one is not self.entry}
        self.counted = self._stored() if self.after else counted_sheet(self.sheet)
        return scored[self.entry.item_code]

    def _codes(self, measures: Iterable[str]) -> set[str]:
        """This item and all others whose rules read one of ``measures``."""
        return {self.entry.item_code}.union(*(self.frozen.items_of.get(measure, ()) for measure in measures))

    def read_figures(self, measures: Iterable[str]) -> None:
        """Hold everything that the rules read of the items that a change of ``measures`` touches."""
        for one in figures_read(self.sheet, self.frozen, self._codes(measures)):
            self.figures[one.measure, one.year] = one

    def _stored(self) -> CountedSheet:
        """Write all that has changed."""
        self.entry.version += 1
        self.entry.updated_at, self.entry.updated_by = self.at, self.by.user
        write_entry(self.entry)
        if "explanation" in self.after:
            recognise_citations(self.entry, self.entry.part.lead_unit_id)
        for one in self.touched.values():
            write_points(one)
        found = update_counts(self.sheet, act="edited", at=self.at, by=self.by)
        if self.measures:
            follow(self.others, self._changed_figures(), by=self.by, at=self.at)
        what = audit_log.target(self.entry, unit=self.sheet.unit_id, cycle=self.sheet.cycle_id)
        audit_log.record("edit_entry", what, by=self.by, at=self.at, before=self.before, after=self.after)
        return found

    def _changed_figures(self) -> ChangedFigures:
        before, after = (
            {measure: said[f"figure.{measure}"] for measure in self.measures} for said in (self.before, self.after)
        )
        return ChangedFigures(self.sheet.cycle_id, self.frozen.year, before, after)


def _read(read: Callable[[str], str], text: str) -> str | None:
    try:
        return read(text)
    except InvalidValue:
        return None


def _explanation(text: str) -> str:
    plain = text.replace("\r\n", "\n").rstrip()
    if len(plain) > EXPLANATION_LENGTH:
        raise InvalidValue("text_too_long", length=len(plain), allowed=EXPLANATION_LENGTH)
    return plain
