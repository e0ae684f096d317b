"""The sheet as a workbook: made for a person with what they may write, read back, compared, written all or nothing."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from parindex.database.mapping.frozen_sets import frozen_set
from parindex.database.models import Entry, Figure, FigureLine, HandedWorkbook, ScoreSheet, SheetPart
from parindex.database.queries.saving import held_sheets
from parindex.database.queries.score_sheets import sheet_facts, sheets
from parindex.documents.sheet_workbooks.difference import Change as Cell
from parindex.documents.sheet_workbooks.difference import ChangeKind, Difference, difference
from parindex.documents.sheet_workbooks.layout import EntryKind
from parindex.documents.sheet_workbooks.ministry_table import ministry_table_bytes
from parindex.documents.sheet_workbooks.reader import read_workbook
from parindex.documents.sheet_workbooks.sheet_workbook import SheetWorkbook, Value
from parindex.documents.sheet_workbooks.writer import workbook_bytes
from parindex.domain.review.permissions import check_can_read_sheet
from parindex.domain.review.refusal import Refusal
from parindex.domain.values import number_text
from parindex.usecases import audit_log
from parindex.usecases.actors import Session
from parindex.usecases.citations import hold_citations
from parindex.usecases.entries import Change, save_entry
from parindex.usecases.figure_lines import add_line, remove_line
from parindex.usecases.sheet_moves import held_sheet
from parindex.usecases.sheet_workbook_contents import workbook_of
from parindex.usecases.typed_values import Typed, digest
from parindex.wording.workbook_words import workbook_words

#: A filled sheet of 114 items takes some 60 kB.
MOST_BYTES = 5 * 2**20
#: What a person can pick on the page of differences.
PICKABLE = (ChangeKind.NEW, ChangeKind.CHANGED, ChangeKind.CLEARED, ChangeKind.CONFLICT)


@transaction.atomic
def download_workbook(*, by: Session, at: datetime, sheet_id: int, part_id: int | None = None) -> bytes:
    """The sheet, or one part of it, to be filled offline; what this person may not write now is locked in it."""
    sheet, parts = _readable(by, sheet_id)
    book = workbook_of(by, sheet, parts, _part(parts, part_id), at)
    what = audit_log.target(sheet, unit=sheet.unit_id, cycle=sheet.cycle_id)
    audit_log.record("download_workbook", what, by=by, at=at, after={"part": part_id})
    return workbook_bytes(book, workbook_words(), seal_key=seal_key())


@transaction.atomic
def export_ministry_table(*, by: Session, at: datetime, sheet_id: int) -> bytes:
    """The sheet in the columns of the ministry's program, to be entered there again."""
    sheet, parts = _readable(by, sheet_id)
    book = workbook_of(by, sheet, parts, None, at)
    what = audit_log.target(sheet, unit=sheet.unit_id, cycle=sheet.cycle_id)
    audit_log.record("export_ministry_table", what, by=by, at=at, after={"items": sum(i.is_item for i in book.items)})
    return ministry_table_bytes(book)


@transaction.atomic
def hand_in_workbook(
    *, by: Session, at: datetime, sheet_id: int, name: str, data: bytes, part_id: int | None = None
) -> HandedWorkbook:
    """Read a filled workbook and keep it; nothing of the sheet changes yet.

    Raises :class:`~parindex.domain.errors.InvalidInput` with everything that is wrong, by row and cell; then nothing
    is kept.
    """
    sheet, parts = _readable(by, sheet_id)
    part = _part(parts, part_id)
    read_workbook(Path(name), data, workbook_of(by, sheet, parts, part, at), seal_key=seal_key())
    _, standing = held_sheet(sheet_id)
    _part(standing, part_id)  # reading takes a while, and the office may have divided the sheet anew meanwhile
    made = HandedWorkbook.objects.create(
        sheet=sheet, part=part, name=name[:255], sha256=hashlib.sha256(data).hexdigest(), content=data,
        handed_in_by=by.user, handed_in_at=at,
    )  # fmt: skip
    what = audit_log.target(made, unit=sheet.unit_id, cycle=sheet.cycle_id)
    audit_log.record("hand_in_workbook", what, by=by, at=at, after={"sha256": made.sha256, "name": made.name})
    return made


@dataclass(frozen=True, slots=True)
class Compared:
    """A handed-in workbook beside the sheet as it is stored now; ``seen`` tells whether either changes meanwhile."""

    book: SheetWorkbook
    difference: Difference
    seen: str

    @property
    def pickable(self) -> tuple[Cell, ...]:
        """The cells that can be taken over."""
        return self.difference.of(*PICKABLE)


def compared(*, by: Session, at: datetime, handed: HandedWorkbook) -> Compared:
    """What a handed-in workbook would change now."""
    sheet, parts = _readable(by, handed.sheet_id)
    part = next((one for one in parts if one.pk == handed.part_id), None)
    if handed.part_id is not None and part is None:
        raise Refusal("workbook_changed")
    book = workbook_of(by, sheet, parts, part, at)
    filled = read_workbook(Path(handed.name), bytes(handed.content), book, seal_key=seal_key())
    found = difference(filled, book)
    told = "\n".join(f"{one.kind}|{one.entry}|{one.key}|{one.stored!r}|{one.filled!r}" for one in found.changes)
    return Compared(book, found, hashlib.sha256(told.encode()).hexdigest())


@transaction.atomic
def apply_workbook(*, by: Session, at: datetime, handed_id: int, picked: Collection[str], seen: str) -> int:
    """Write the picked changes (``kind:key``), all of them or none; how many.

    Rights, phase and signatures are asked as for typing. Refused where something changed since the page was made
    (``workbook_changed``), and where the workbook has been written already (``workbook_used``).
    """
    handed = HandedWorkbook.objects.select_for_update(of=("self",), no_key=True).get(pk=handed_id)
    if handed.applied_at is not None:
        raise Refusal("workbook_used")
    cycles = {sheet.cycle_id for sheet in held_sheets(sheet=handed.sheet_id)}
    now = compared(by=by, at=at, handed=handed)
    if now.seen != seen:
        raise Refusal("workbook_changed")
    cells = [one for one in now.pickable if pick_name(one) in picked]
    if not cells or len(cells) != len(set(picked)):
        raise Refusal("changes_not_picked")
    sheet = sheets().get(pk=handed.sheet_id)
    hold_citations(Q(entry__sheet__unit=sheet.unit_id))
    audit_log.hold_chains(cycles)  # several items are saved: which of them other cycles follow shows one by one
    _Applying(by, at, sheet, now.book).write(cells)
    handed.applied_at, handed.applied_by = at, by.user
    handed.save(update_fields=["applied_at", "applied_by"])
    what = audit_log.target(handed, unit=sheet.unit_id, cycle=sheet.cycle_id)
    after = {"sha256": handed.sha256, "name": handed.name, "cells": [pick_name(one) for one in cells]}
    audit_log.record("apply_workbook", what, by=by, at=at, after=after)
    return len(cells)


def pick_name(cell: Cell) -> str:
    """How a cell is called in a form: ``figure:received``."""
    return f"{cell.entry}:{cell.key}"


def seal_key() -> bytes:
    """The key of this installation by which its own workbooks are known."""
    return hmac.new(settings.SECRET_KEY.encode(), b"sheet-workbook", hashlib.sha256).digest()


def _readable(by: Session, sheet_id: int) -> tuple[ScoreSheet, list[SheetPart]]:
    sheet = sheets().get(pk=sheet_id)
    parts = list(SheetPart.objects.filter(sheet=sheet).order_by("pk"))
    check_can_read_sheet(by.actor, sheet_facts(sheet, parts))
    return sheet, parts


def _part(parts: Sequence[SheetPart], part_id: int | None) -> SheetPart | None:
    if part_id is None:
        return None
    found = next((part for part in parts if part.pk == part_id), None)
    if found is None:
        raise SheetPart.DoesNotExist
    return found


class _Applying:
    """Writing the picked cells of one workbook through the use cases of typing."""

    def __init__(self, by: Session, at: datetime, sheet: ScoreSheet, book: SheetWorkbook) -> None:
        self.by, self.at, self.sheet = by, at, sheet
        self.frozen = frozen_set(sheet.group.set_version)
        self.entries = {entry.item_code: entry for entry in Entry.objects.filter(sheet=sheet)}
        rows = Figure.objects.filter(unit=sheet.unit_id, year=self.frozen.year)
        self.figures = {row.measure: row for row in rows}
        self.home = {measure: item.code for item in reversed(book.items) if item.editable for measure in item.measures}

    def write(self, cells: Sequence[Cell]) -> None:
        """Lists first, then everything else item by item."""
        for cell in cells:
            if isinstance(cell.stored, tuple) or isinstance(cell.filled, tuple):
                self._list(cell)
        plain = [cell for cell in cells if not (isinstance(cell.stored, tuple) or isinstance(cell.filled, tuple))]
        by_item: dict[str, list[Cell]] = {}
        for cell in plain:
            by_item.setdefault(self.home[cell.key] if cell.entry is EntryKind.FIGURE else cell.key, []).append(cell)
        for code, mine in by_item.items():
            self._save(code, self._change(code, mine))

    def _save(self, code: str, change: Change) -> None:
        saved = save_entry(by=self.by, at=self.at, sheet_id=self.sheet.pk, item_code=code, change=change)
        if saved.conflicts or saved.rejected:
            raise Refusal("workbook_changed")

    def _change(self, code: str, cells: Sequence[Cell]) -> Change:
        figures: dict[str, Typed] = {}
        texts: dict[EntryKind, Typed] = {}
        for cell in cells:
            if cell.entry is EntryKind.FIGURE:
                row = self.figures.get(cell.key)
                figures[cell.key] = Typed(typed_text(cell.filled), digest(row.value if row else ""))
            else:
                now = getattr(self.entries[code], cell.entry.value)
                texts[cell.entry] = Typed(typed_text(cell.filled), digest(now))
        return Change(figures, texts.get(EntryKind.SELF_POINTS), texts.get(EntryKind.EXPLANATION))

    def _list(self, cell: Cell) -> None:
        """Lines that are gone are taken off, new ones are added; none at all is a counted zero."""
        code = self.home[cell.key]
        wanted = cell.filled if isinstance(cell.filled, tuple) else ()
        place: Mapping[str, object] = {"by": self.by, "at": self.at, "sheet_id": self.sheet.pk, "item_code": code}
        row = self.figures.get(cell.key)
        lines = list(FigureLine.objects.filter(figure=row, removed_at=None).order_by("position")) if row else []
        for line in lines:
            if line.title not in wanted:
                remove_line(**place, line_id=line.pk)  # type: ignore[arg-type]
        known = {line.title for line in lines}
        for title in wanted:
            if title not in known:
                add_line(**place, measure=cell.key, title=title)  # type: ignore[arg-type]
        if not wanted:
            value = Figure.objects.filter(unit=self.sheet.unit_id, measure=cell.key, year=self.frozen.year).first()
            text = "0" if cell.filled == () else ""
            self._save(code, Change({cell.key: Typed(text, digest(value.value if value else ""))}))


def typed_text(value: Value | None) -> str:
    """A value as somebody would type it: with a decimal comma, so that 1,234 is not a thousand."""
    if isinstance(value, Fraction):
        return number_text(value).replace(".", ",")
    return value if isinstance(value, str) else ""
