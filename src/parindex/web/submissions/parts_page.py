"""The parts of a sheet: who leads which items, how far each part has come, what may be done about it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from parindex.database.mapping.frozen_sets import FrozenSet, frozen_set
from parindex.database.models import Entry, ReconciliationMeeting, ScoreSheet, SheetPart, Submission
from parindex.database.queries.score_sheets import deadline_of, entries_of, part_facts, sheet_facts
from parindex.domain.criteria.criteria_set import Node
from parindex.domain.review.permissions import (
    check_can_assign_parts,
    check_can_compile,
    check_can_move_part,
    check_can_review_parts,
    check_can_send_back_sheet,
    check_can_submit_sheet,
)
from parindex.domain.review.refusal import Refusal, refusal
from parindex.domain.review.stages import SIGNED, Act
from parindex.usecases.actors import Session
from parindex.usecases.claims import is_in_parts
from parindex.usecases.sheet_counts import SheetCounts, counts_of


@dataclass(frozen=True, slots=True)
class PartRow:
    """One part as a line; ``signature`` is its valid signature."""

    part: SheetPart
    counts: SheetCounts
    codes: Sequence[str]
    signature: Submission | None
    can_return: bool

    @property
    def is_signed(self) -> bool:
        """Whether its leader has signed, or nothing has to be signed."""
        return self.part.state in SIGNED or not self.counts.items


@dataclass(frozen=True, slots=True)
class PartsPage:
    """The overview of the parts of a sheet."""

    sheet: ScoreSheet
    rows: Sequence[PartRow]
    total: SheetCounts
    meetings: Sequence[ReconciliationMeeting]
    in_parts: bool
    deadline: datetime | None
    reviews: bool
    refused: dict[str, Refusal | None]
    at: datetime

    @property
    def signed(self) -> int:
        """How many parts are signed."""
        return sum(row.is_signed for row in self.rows)


def parts_page(session: Session, sheet: ScoreSheet, parts: Sequence[SheetPart], at: datetime) -> PartsPage:
    """The page; three queries, whatever the number of parts."""
    frozen = frozen_set(sheet.group.set_version)
    entries = entries_of(sheet)
    signatures = {
        one.part_id: one
        for one in Submission.objects.filter(sheet=sheet, part__isnull=False, withdrawn_at=None)
        .select_related("submitted_by")
        .defer("claim")
        .order_by("number")
    }
    facts, actor = sheet_facts(sheet, parts), session.actor
    rows = []
    for part in parts:
        mine = [entry for entry in entries if entry.part_id == part.pk]
        refused = refusal(check_can_move_part, actor, part_facts(part, sheet, parts), Act.RETURN, at)
        codes = codes_in_short(mine, frozen)
        rows.append(PartRow(part, counts_of(mine, frozen), codes, signatures.get(part.pk), refused is None))
    first = {row.part.pk: min((e.position for e in entries if e.part_id == row.part.pk), default=9999) for row in rows}
    meetings = ReconciliationMeeting.objects.filter(sheet=sheet).select_related("recorded_by")
    return PartsPage(
        sheet=sheet,
        rows=sorted(rows, key=lambda row: (first[row.part.pk], row.part.pk)),
        total=counts_of(entries, frozen),
        meetings=list(meetings.order_by("-held_on", "-pk")),
        in_parts=is_in_parts(sheet, parts),
        deadline=deadline_of(sheet),
        reviews=refusal(check_can_review_parts, actor, facts) is None,
        refused={
            "assign": refusal(check_can_assign_parts, actor, facts),
            "compile": refusal(check_can_compile, actor, facts, at),
            "send_back": refusal(check_can_send_back_sheet, actor, facts, at),
            "submit": refusal(check_can_submit_sheet, actor, facts, at),
        },
        at=at,
    )


def codes_in_short(entries: Sequence[Entry], frozen: FrozenSet) -> list[str]:
    """The items of a part: whole areas and criteria by their own code, single items by theirs (``7.1, 7.2, 7.3.1``)."""
    return short_codes({entry.item_code for entry in entries}, frozen)


def short_codes(codes: Collection[str], frozen: FrozenSet) -> list[str]:
    """Items by their codes; where all items of an area or criterion are among them, by its own."""

    def short(node: Node) -> tuple[bool, list[str]]:
        """Whether everything below ``node`` belongs to the part, and what does."""
        if node.is_item:
            return node.code in codes, [node.code] if node.code in codes else []
        below = [short(child) for child in node.children]
        whole = bool(below) and all(one for one, _ in below)
        return whole, [node.code] if whole else [code for _, found in below for code in found]

    return [code for area in frozen.criteria_set.areas for code in short(area)[1]]


@dataclass(frozen=True, slots=True)
class AssignmentLine:
    """One item with the unit that leads it; ``area`` and ``criterion`` are set on the first line of each."""

    entry: Entry
    node: Node
    area: Node | None
    criterion: Node | None


def assignment_lines(sheet: ScoreSheet, entries: Sequence[Entry], area: str = "") -> list[AssignmentLine]:
    """Every item in reading order, or those of one area."""
    frozen = frozen_set(sheet.group.set_version)
    lines: list[AssignmentLine] = []
    last_area = last_criterion = ""
    for entry in entries:
        node = frozen.items[entry.item_code].node
        above = frozen.ancestors[entry.item_code] or (node,)
        if area and above[0].code != area:
            continue
        criterion = above[-1] if len(above) > 1 else None
        lines.append(
            AssignmentLine(
                entry,
                node,
                above[0] if above[0].code != last_area else None,
                criterion if criterion is not None and criterion.code != last_criterion else None,
            )
        )
        last_area, last_criterion = above[0].code, criterion.code if criterion else ""
    return lines
