"""How much waits for somebody on a council, counted by sheet and by item."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from parindex.database.models import ItemAppraisal, Opinion
from parindex.database.queries.appraisal_pages import answered_questions, said_by, sent_questions
from parindex.domain.review.opinions import SETTLED, TO_APPRAISE, AppraisalState, Capacity, OpinionKind

_TO_APPRAISE = sorted(TO_APPRAISE)
#: In these nothing has come of what was said; so somebody has to do with the item whoever has spoken of it.
_OPEN = [str(AppraisalState.WAITING), str(AppraisalState.EXPLAINED)]
#: Of these, and of what is asked and not sent, a member who may not know it is told the same.
_UNKNOWN = [*_OPEN, str(AppraisalState.ASKED)]
#: In these enough has been said, though the item is not settled.
_ENOUGH = [str(AppraisalState.DISPUTED), str(AppraisalState.PROVISIONAL)]
_SETTLED = Q(state__in=sorted(SETTLED))
#: What the council has nothing to say of.
_GIVEN = [str(AppraisalState.SURVEYED), str(AppraisalState.NOT_ASSESSED)]
#: Own opinions after which somebody has to look again.
LOOKS_AGAIN = frozenset({OpinionKind.ASK, OpinionKind.ACCEPT_PROVISIONALLY})


class SheetLoad(NamedTuple):
    """How many items of a sheet somebody has to do with, and how they stand."""

    sheet: int
    unit_name: str
    sheet_state: str
    items: int
    settled: int
    waiting: int
    flagged: int
    asked: int
    explained: int
    disputed: int


class ItemLoad(NamedTuple):
    """How many units an item waits for, of all units of its group."""

    group: int
    item_code: str
    items: int
    settled: int
    waiting: int
    flagged: int


def load_by_sheet(cycle: int, items: Q, user: int, seen: Q) -> list[SheetLoad]:
    """``items`` of a cycle counted sheet by sheet, in the order of the sheets; one query.

    ``seen``: of which the person may know what others said; of the others questions count that were sent.
    """
    rows = _appraised(cycle, items).order_by("sheet__position", "sheet")
    waiting, sent = waiting_for(user, seen), Q(Exists(sent_questions()))
    spoken = Q(Exists(said_by(user)))
    explained = Q(state=AppraisalState.EXPLAINED) & seen
    explained |= Q(state__in=_UNKNOWN) & ~seen & ~sent & ~spoken & Q(Exists(answered_questions()))
    counted = rows.values("sheet_id", "sheet__unit_name", "sheet__state").annotate(
        items=Count("pk"), settled=Count("pk", filter=_done(seen)), waiting=Count("pk", filter=waiting),
        flagged=Count("pk", filter=waiting & ~Q(worst="")),
        asked=Count("pk", filter=Q(state=AppraisalState.ASKED) & (seen | sent)),
        explained=Count("pk", filter=explained),
        disputed=Count("pk", filter=Q(state=AppraisalState.DISPUTED) & seen),
    )  # fmt: skip
    names = ("sheet_id", "sheet__unit_name", "sheet__state", *SheetLoad._fields[3:])
    return [SheetLoad._make(row) for row in counted.values_list(*names)]


def load_by_item(cycle: int, items: Q, user: int, seen: Q) -> list[ItemLoad]:
    """``items`` of a cycle counted item by item; ``seen`` as in :func:`load_by_sheet`. One query."""
    rows = _appraised(cycle, items).order_by("sheet__group__position", "item_code")
    waiting = waiting_for(user, seen)
    counted = rows.values("sheet__group_id", "item_code").annotate(
        items=Count("pk"), settled=Count("pk", filter=_done(seen)), waiting=Count("pk", filter=waiting),
        flagged=Count("pk", filter=waiting & ~Q(worst="")),
    )  # fmt: skip
    return [ItemLoad._make(row) for row in counted.values_list("sheet__group_id", "item_code", *ItemLoad._fields[2:])]


def open_items_at(items: Q, cycle: int) -> dict[int, int]:
    """How many of ``items`` somebody has to say something of, by sheet; one query."""
    rows = ItemAppraisal.objects.filter(items, sheet__cycle=cycle, state__in=_TO_APPRAISE).order_by()
    return dict(rows.values("sheet").annotate(number=Count("pk")).values_list("sheet", "number"))


def seen_at(shown: Collection[int], shown_after: Collection[int], user: int) -> Q:
    """Items at a level whose opinions are ``shown``, or ``shown_after`` one's own where ``user`` has given one."""
    return Q(level__in=shown) | (Q(level__in=shown_after) & Q(Exists(said_by(user))))


def _appraised(cycle: int, items: Q) -> QuerySet[ItemAppraisal]:
    return ItemAppraisal.objects.filter(items, sheet__cycle=cycle).exclude(state__in=_GIVEN)


def _done(seen: Q) -> Q:
    """Items that are settled, or of which that may not be known: there enough has been said."""
    return _SETTLED | (Q(state__in=_ENOUGH) & ~seen)


def waiting_for(user: int, seen: Q) -> Q:
    """Items that wait for somebody who is assigned to them: not a word, or one after which to look again.

    Where what the others said is not to be known (all but ``seen``), a question that one of them has not sent yet
    changes nothing, and what was accepted provisionally waits for who did so.
    """
    own = said_by(user).filter(~Exists(_later(user)))
    settled = Q(Exists(own.exclude(kind__in=sorted(LOOKS_AGAIN))))
    unknown = (
        Q(state=AppraisalState.ASKED) & ~Q(Exists(sent_questions())) & ~Q(Exists(own.filter(kind=OpinionKind.ASK)))
    )
    unknown |= Q(state=AppraisalState.PROVISIONAL) & Q(Exists(own))
    open_ones = Q(state__in=_OPEN) | (Q(state__in=_TO_APPRAISE) & seen) | (unknown & ~seen)
    return open_ones & ~settled


def _later(user: int) -> QuerySet[Opinion]:
    """What somebody said after an opinion of theirs."""
    return Opinion.objects.filter(
        entry=OuterRef("entry"), level=OuterRef("level"), author=user, capacity=str(Capacity.MEMBER),
        withdrawn_at=None, pk__gt=OuterRef("pk"),
    )  # fmt: skip
