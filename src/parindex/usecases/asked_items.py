"""What a unit may still change while the council appraises: the items that it was asked about, and nothing else.

Who may write a part is decided by the rights; what of it, here. A sheet that was asked nothing (one that is handed in
late) is not limited.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q

from parindex.database.mapping.frozen_sets import FrozenSet
from parindex.database.models import ScoreSheet, SheetPart
from parindex.database.queries.further_explanations import asked_items, open_questions
from parindex.domain.review.permissions import PartFacts, check_can_edit_part
from parindex.domain.review.refusal import Refusal, refusal
from parindex.domain.review.roles import Actor
from parindex.domain.review.stages import CycleState, SheetState

#: Stages of a sheet in which its unit answers what it was asked.
_ANSWERING = (SheetState.RETURNED, SheetState.AWAITING_SIGNATURE)
#: Entries, or what hangs on them, of sheets that nothing was asked about.
UNLIMITED = Q(entry__sheet__answer_until=None)


def asked_of(sheet: ScoreSheet) -> frozenset[str] | None:
    """The items that the unit may change; None where nothing limits it. One query, and only in an appraisal."""
    if sheet.cycle.state != CycleState.APPRAISAL or sheet.answer_until is None:
        return None
    return frozenset(code for (code,) in asked_items(sheet=sheet.pk))


def require_asked(sheet: ScoreSheet, code: str) -> None:
    """Refused (``item_not_asked``) where the council appraises and has not asked about the item."""
    check_asked(asked_of(sheet), code)


def check_asked(asked: Collection[str] | None, code: str) -> None:
    """As :func:`require_asked`, where it is known what was asked."""
    if asked is not None and code not in asked:
        raise Refusal("item_not_asked")


def edit_refusal(actor: Actor, part: PartFacts, sheet: ScoreSheet, code: str, at: datetime) -> Refusal | None:
    """Why somebody may not write an item now; None where they may. One query in an appraisal, else none."""
    return refusal(check_can_edit_part, actor, part, at) or refusal(require_asked, sheet, code)


def asked_now(sheet: ScoreSheet) -> frozenset[str] | None:
    """The items that a unit is asked about and has not signed its answers to; None where nobody waits for any.

    One query, and only while the unit answers.
    """
    return asked_of(sheet) if sheet.state in _ANSWERING else None


def unasked_readers(asked: Collection[str] | None, frozen: FrozenSet, codes: Collection[str]) -> list[str]:
    """Those of ``codes`` (items that read a figure) that were not asked about, in reading order."""
    return [] if asked is None else [code for code in frozen.items if code in codes and code not in asked]


def unanswered_items(sheet: ScoreSheet, part: SheetPart | None = None) -> list[str]:
    """The items with a question that has no answer yet. One query, and only where the council has asked something."""
    if sheet.answer_until is None:
        return []
    rows = open_questions(sheet.pk).filter(answer="")
    if part is not None:
        rows = rows.filter(entry__part=part)
    return list(dict.fromkeys(one.entry.item_code for one in rows))


def require_answers(sheet: ScoreSheet, part: SheetPart | None = None) -> None:
    """Refused (``questions_unanswered``) where somebody would sign without having answered every question."""
    items = unanswered_items(sheet, part)
    if items:
        raise Refusal("questions_unanswered", items=items)
