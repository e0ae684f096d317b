"""What the workbook of a sheet holds for one person: items, figures, and what of it they may write now."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from fractions import Fraction

from parindex.database.mapping.frozen_sets import FrozenSet, frozen_set
from parindex.database.models import Entry, Figure, FigureLine, ScoreSheet, SheetPart
from parindex.database.queries.score_sheets import entries_of, part_facts
from parindex.documents.sheet_workbooks.sheet_workbook import SheetWorkbook, Value, WorkbookItem, WorkbookMeasure
from parindex.domain.criteria.criteria_set import Measure, MeasureKind, Node
from parindex.domain.review.permissions import check_can_edit_part
from parindex.domain.review.refusal import Refusal, refusal
from parindex.domain.review.stages import SIGNED, SheetState
from parindex.domain.scoring.score_sheet import EntryState
from parindex.domain.values import exact_number
from parindex.usecases.actors import Session
from parindex.usecases.asked_items import asked_of, unasked_readers
from parindex.usecases.entries import EXPLANATION_LENGTH
from parindex.usecases.entry_points import is_entered_by_hand, points_of, takes_points
from parindex.usecases.shared_figures import readers_of
from parindex.wording import terms
from parindex.wording.language import text
from parindex.wording.moments import VIET_NAM
from parindex.wording.refusals import refusal_text
from parindex.wording.rule_words import rule_words

Key = tuple[str, int]
#: What was entered: values and lines of lists, by measure and year.
Entered = tuple[Mapping[Key, str], Mapping[Key, tuple[str, ...]]]


def workbook_of(
    by: Session, sheet: ScoreSheet, parts: Sequence[SheetPart], part: SheetPart | None, at: datetime
) -> SheetWorkbook:
    """The sheet (or one part of it) as it is stored now. Three queries, one more while the council asks about it."""
    frozen = frozen_set(sheet.group.set_version)
    entries = {one.item_code: one for one in entries_of(sheet) if part is None or one.part_id == part.pk}
    refused = {one.pk: refusal(check_can_edit_part, by.actor, part_facts(one, sheet, parts), at) for one in parts}
    asked = asked_of(sheet)
    reasons = {
        code: _locked_by(refused[entry.part_id], is_asked=asked is None or code in asked)
        for code, entry in entries.items()
    }
    items = tuple(_items(frozen, entries, reasons))
    signed = {one.pk for one in parts if one.state in (*SIGNED, SheetState.LOCKED)}
    return SheetWorkbook(
        cycle_title=sheet.cycle.title,
        unit_title=part.lead_name if part else sheet.unit_name,
        set_title=frozen.criteria_set.title,
        set_fingerprint=sheet.group.set_version.fingerprint,
        sheet_id=f"{sheet.pk}/{part.pk}" if part else str(sheet.pk),
        version=str(sum(entry.version for entry in entries.values())),
        made_at=at.astimezone(VIET_NAM).replace(tzinfo=None),
        items=items,
        measures=tuple(
            _measures(
                frozen,
                items,
                _entered(sheet, frozen),
                {**_shared(frozen, sheet, signed, part), **_unasked(frozen, items, asked)},
            )
        ),
        explanation_length=EXPLANATION_LENGTH,
    )


def _locked_by(refused: Refusal | None, *, is_asked: bool) -> str:
    """Why an item cannot be written now; "" where it can."""
    if refused is None and not is_asked:
        refused = Refusal("item_not_asked")
    return refusal_text(refused) if refused else ""


def _unasked(frozen: FrozenSet, items: Sequence[WorkbookItem], asked: Collection[str] | None) -> dict[str, str]:
    """Why a figure cannot be entered that an item reads which the council has not asked about."""
    measures = {measure for item in items for measure in item.measures}
    found = {one: unasked_readers(asked, frozen, readers_of(frozen, one, frozen.year)) for one in measures}
    return {one: refusal_text(Refusal("figure_not_asked", items=codes)) for one, codes in found.items() if codes}


def _items(frozen: FrozenSet, entries: Mapping[str, Entry], reasons: Mapping[str, str]) -> Iterator[WorkbookItem]:
    for area in frozen.criteria_set.areas:
        yield from _below(area, 1, frozen, entries, reasons)


def _below(
    node: Node, level: int, frozen: FrozenSet, entries: Mapping[str, Entry], reasons: Mapping[str, str]
) -> Iterator[WorkbookItem]:
    """A node with everything below it that is in the workbook."""
    title = node.display_title or node.title
    if node.is_item:
        if node.code in entries:
            entry = entries[node.code]
            yield _item(node, title, level, frozen, entry, reasons[node.code])
        return
    below = [one for child in node.children for one in _below(child, level + 1, frozen, entries, reasons)]
    if below:
        points = [one.self_points for one in below if one.is_item and one.self_points is not None]
        total = sum(points, Fraction(0)) if points else None
        yield WorkbookItem(node.code, title, level, False, node.max_points, self_points=total)
        yield from below


def _item(node: Node, title: str, level: int, frozen: FrozenSet, entry: Entry, reason: str) -> WorkbookItem:
    plan = frozen.items[node.code]
    by_unit = is_entered_by_hand(node.source)
    by_hand = by_unit and takes_points(plan)
    rule = None if takes_points(plan) else plan.rule
    why = reason if by_unit else text("Điểm lấy từ {source}, đơn vị không nhập.", source=terms.source(node.source))
    return WorkbookItem(
        node.code,
        title,
        level,
        True,
        plan.max_points,
        node.source,
        # Whoever types the points sees the scale that the paper prints.
        rule_words=rule_words(rule, frozen.criteria_set.measures) if rule is not None else "\n".join(node.options),
        clause=node.rule.clause if node.rule is not None else "",
        measures=frozen.measures_of[node.code] if by_unit else (),
        points_by_hand=by_hand,
        self_points=points_of(entry.self_points if by_hand else entry.points),
        explanation=entry.explanation,
        state=EntryState[entry.state.upper()],
        editable=not why,
        reason_locked=why,
    )


def _entered(sheet: ScoreSheet, frozen: FrozenSet) -> Entered:
    """The figures of this and last year; two queries."""
    rows = list(Figure.objects.filter(unit=sheet.unit_id, year__in=(frozen.year, frozen.year - 1)))
    keys = {row.pk: (row.measure, row.year) for row in rows}
    lines: dict[Key, tuple[str, ...]] = {}
    for line in FigureLine.objects.filter(figure__in=keys, removed_at=None).order_by("figure", "position"):
        key = keys[line.figure_id]
        lines[key] = (*lines.get(key, ()), line.title)
    return {(row.measure, row.year): row.value for row in rows}, lines


def _shared(frozen: FrozenSet, sheet: ScoreSheet, signed: set[int], part: SheetPart | None) -> dict[str, str]:
    """Why a figure that stands in somebody else's signed part cannot be entered; one query."""
    if not signed:
        return {}
    rows = Entry.objects.filter(sheet=sheet, part__in=signed).values_list("item_code", "part__lead_name", "part")
    found: dict[str, str] = {}
    for code, lead, owner in rows:
        if part is None or owner != part.pk:
            for measure in frozen.measures_of[code]:
                found[measure] = text("Dùng chung với mục {item} mà {unit} đã ký.", item=code, unit=lead)
    return found


def _measures(
    frozen: FrozenSet, items: Sequence[WorkbookItem], entered: Entered, shared: Mapping[str, str]
) -> Iterator[WorkbookMeasure]:
    users: dict[str, list[WorkbookItem]] = {}
    for item in items:
        for measure in item.measures:
            users.setdefault(measure, []).append(item)
    for measure, mine in users.items():
        declared = frozen.criteria_set.measures[measure]
        why = shared.get(measure, "") or _counted(declared, frozen.year, entered)
        if not why and not any(item.editable for item in mine):
            why = mine[0].reason_locked
        yield WorkbookMeasure(
            measure,
            declared.title,
            declared.kind,
            declared.unit,
            declared.choices,
            declared.integer,
            declared.minimum,
            declared.maximum,
            last_year=_value(declared, frozen.year - 1, entered),
            value=_value(declared, frozen.year, entered),
            used_by=tuple(item.code for item in mine),
            editable=not why,
            reason_locked=why,
        )


def _value(declared: Measure, year: int, entered: Entered) -> Value | None:
    values, lines = entered
    value = values.get((declared.id, year), "")
    if declared.kind is MeasureKind.LIST:
        return lines.get((declared.id, year)) or (() if value == "0" else None)
    if not value:
        return None
    return value if declared.kind is MeasureKind.CHOICE else exact_number(value)


def _counted(declared: Measure, year: int, entered: Entered) -> str:
    """A list of which only the number is entered cannot be filled line by line without losing that number."""
    values, lines = entered
    key = (declared.id, year)
    if declared.kind is not MeasureKind.LIST or key in lines or values.get(key, "") in ("", "0"):
        return ""
    return text("Đã ghi {count} mà chưa liệt kê: liệt kê trên trang của mục.", count=values[key])
