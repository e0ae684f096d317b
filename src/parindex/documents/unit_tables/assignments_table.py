"""The table of items and the units that lead them: read, checked, and compared with the assignment that is there."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from parindex.documents.unit_tables.columns import ASSIGNMENTS
from parindex.documents.unit_tables.preview import Change, Preview, change, preview
from parindex.documents.unit_tables.rows import AssignmentRow
from parindex.documents.unit_tables.source import SourceRows, read_source


def read_assignments(
    path: Path,
    existing: Sequence[AssignmentRow],
    *,
    units: Sequence[tuple[str, str]],
    below: Mapping[str, Sequence[str]],
    closed: Collection[str] = (),
) -> Preview[AssignmentRow]:
    """The assignments of a table beside ``existing``, which has every item of the sheet.

    A row names an item, or an area or criterion that stands for the items ``below`` it; ``units`` are those that may
    lead, as written and by code, and a cell has either. ``closed`` are the codes of units whose part waits for a
    signature or is signed: nothing moves from or to it. Items that the table does not name stay where they are.

    Raises :class:`~parindex.domain.errors.InvalidInput` with every problem of rows and cells.
    """
    source = read_source(path, ASSIGNMENTS)
    now = {row.item: row for row in existing}
    known = {word.casefold(): (word, code) for word, code in units} | {
        code.casefold(): (word, code) for word, code in units
    }
    changes: list[Change[AssignmentRow]] = []
    seen: dict[str, int] = {}
    for at in range(source.count):
        source.require(at, "item", "lead")
        lead = known.get(source.text(at, "lead").casefold())
        if lead is None and source.text(at, "lead"):
            source.add("assignment_lead_unknown", at, "lead")
        for item in _items(source, at, now, below):
            if item in seen:
                source.add("assignment_twice", at, "item", item=item, first=source.line(seen[item]))
                continue
            seen[item] = at
            before = now[item]
            _require_title(source, at, before)
            word, code = lead or (before.lead, before.unit)
            if code != before.unit and (held := {before.unit, code}.intersection(closed)):
                source.add("assignment_part_signed", at, "lead", item=item, units=_words(held, units))
            changes.append(change(AssignmentRow(item, before.title, code, word), before, source.place(at)))
    source.refuse()
    return preview(changes, existing, source.notes)


def _items(
    source: SourceRows, at: int, now: Mapping[str, AssignmentRow], below: Mapping[str, Sequence[str]]
) -> Sequence[str]:
    """The items that a row is about."""
    code = source.text(at, "item").rstrip(".")
    found = [code] if code in now else below.get(code, ())
    if code and not found:
        source.add("assignment_item_unknown", at, "item")
    return found


def _require_title(source: SourceRows, at: int, before: AssignmentRow) -> None:
    """A title that is another item's shows that the codes have slipped by a line."""
    title = source.text(at, "title")
    own = source.text(at, "item").rstrip(".") == before.item
    if own and title and " ".join(title.casefold().split()) != " ".join(before.title.casefold().split()):
        source.add("assignment_title_differs", at, "title", item=before.item, expected=before.title)


def _words(codes: Collection[str], units: Sequence[tuple[str, str]]) -> list[str]:
    return [word for word, code in units if code in codes]
