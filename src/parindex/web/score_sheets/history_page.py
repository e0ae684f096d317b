"""The history of one item: versions with the words that changed, each field restorable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from parindex.database.mapping.frozen_sets import FrozenSet, frozen_set
from parindex.database.models import Entry, ScoreSheet
from parindex.database.queries.score_sheets import part_facts
from parindex.domain.criteria.criteria_set import MeasureKind
from parindex.domain.review.permissions import check_can_read_talk_with_office
from parindex.domain.review.refusal import Refusal
from parindex.domain.values import exact_number
from parindex.usecases.actors import Session
from parindex.usecases.asked_items import edit_refusal
from parindex.usecases.entry_history import Changed, Version, history_of
from parindex.web.score_sheets.tree import title_of
from parindex.web.score_sheets.typed_form import FIGURE
from parindex.web.score_sheets.word_changes import Piece, word_changes
from parindex.wording import numbers
from parindex.wording.audit_log import action_text
from parindex.wording.language import mark, text

_FIELDS = {
    "explanation": mark("Giải trình"),
    "self_points": mark("Điểm tự chấm"),
    "kept_warning": mark("Lý do giữ số liệu"),
}


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One field before and after, with the words that changed."""

    changed: Changed
    label: str
    before: Sequence[Piece]
    after: Sequence[Piece]


@dataclass(frozen=True, slots=True)
class ShownVersion:
    """What one person did in one go, in words."""

    version: Version
    action: str
    changes: Sequence[ShownChange]


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Everything on the page."""

    sheet: ScoreSheet
    entry: Entry
    title: str
    versions: Sequence[ShownVersion]
    refused: Refusal | None


def history_page(session: Session, sheet: ScoreSheet, code: str, at: datetime) -> HistoryPage:
    """The history of an item; refused to who may not read it."""
    entry = Entry.objects.select_related("part").get(sheet=sheet, item_code=code)
    part = part_facts(entry.part, sheet)
    check_can_read_talk_with_office(session.actor, part)
    frozen = frozen_set(sheet.group.set_version)
    return HistoryPage(
        sheet,
        entry,
        title_of(frozen.items[code].node),
        [_shown(one, frozen) for one in history_of(sheet, entry)],
        edit_refusal(session.actor, part, sheet, code, at),
    )


def _shown(version: Version, frozen: FrozenSet) -> ShownVersion:
    changes = []
    for one in version.changes:
        before, after = word_changes(_printed(one.field, one.before, frozen), _printed(one.field, one.after, frozen))
        changes.append(ShownChange(one, _label(one.field, frozen), before, after))
    return ShownVersion(version, action_text(version.action), changes)


def _label(field: str, frozen: FrozenSet) -> str:
    if not field.startswith(FIGURE):
        return text(_FIELDS[field])
    measure = frozen.criteria_set.measures.get(field.removeprefix(FIGURE))
    return measure.title if measure is not None else field


def _printed(field: str, value: str, frozen: FrozenSet) -> str:
    if not value or not field.startswith(FIGURE):
        return value
    measure = frozen.criteria_set.measures[field.removeprefix(FIGURE)]
    if measure.kind is MeasureKind.CHOICE:
        return measure.choices.get(value, value)
    return numbers.number(exact_number(value))
