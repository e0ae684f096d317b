"""Points that no unit claims: of surveys, and of agencies that keep the data. From a table, all of it or nothing.

What was given before stays beside what counts now; the last row that stands counts. What the council said of the
points of an agency was said of those: where others come, it stays to be read, and the item is looked at again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.db import transaction

from parindex.database.mapping.frozen_sets import frozen_set
from parindex.database.models import Cycle, CycleGroup, Entry, GivenPoints, Opinion, ScoreSheet
from parindex.database.models.appraisals import GivenBy
from parindex.database.queries.councils import seat_in
from parindex.database.queries.key_pieces import pieces
from parindex.database.queries.score_sheets import cycle_facts, sheet_facts, sheets
from parindex.domain.errors import InvalidInput
from parindex.domain.review.appraisal_permissions import check_can_give_points, check_can_withdraw_points
from parindex.domain.review.opinions import OpinionKind
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.roles import Role
from parindex.domain.review.stages import CycleState
from parindex.usecases import audit_log
from parindex.usecases.actors import Session
from parindex.usecases.flags import raise_flags
from parindex.usecases.given_rows import GivenRow, GivenTable, giver_of, said_of
from parindex.usecases.item_standing import restand
from parindex.usecases.written_texts import reason_of
from parindex.wording.moments import local_day

#: So many records are made before they are stored: a nation gives more than a hundred thousand points at once.
_LOGGED_AT_ONCE = 5_000
_GIVING = (Role.SURVEY_STAFF, Role.STANDING_OFFICE)
_WITHDRAWING = (*_GIVING, Role.SECRETARY, Role.CHAIR)

__all__ = ["TakingItem", "check_points", "give_points", "takers_of_points", "withdraw_points"]


@transaction.atomic
def give_points(*, by: Session, at: datetime, cycle_id: int, rows: Sequence[GivenRow]) -> int:
    """Take the points of a table; how many rows say something new. Who gives them follows from the item.

    Raises :class:`InvalidInput` with every problem of every row; then nothing of the table is taken.
    """
    cycle = Cycle.objects.select_for_update(no_key=True).get(pk=cycle_id)
    check_can_give_points(by.actor, cycle_facts(cycle, cycle.owner_path))
    if not rows:
        raise Refusal("no_rows_given")
    read = GivenTable(cycle, local_day(at))
    made = [found for row in rows if (found := read.given(row)) is not None]
    if read.problems:
        raise InvalidInput(read.problems)
    _hold_sheets(read.sheets_of(made))
    standing = _standing((one.entry_id for one in made), held=True)
    new = [one for one in made if said_of(standing.get((one.entry_id, one.given_by))) != said_of(one)]
    before = [standing[one.entry_id, one.given_by] for one in new if (one.entry_id, one.given_by) in standing]
    for some in pieces(one.pk for one in before):
        GivenPoints.objects.filter(pk__in=some).update(withdrawn_at=at)
    for one in new:
        one.recorded_by, one.recorded_at = by.user, at
    GivenPoints.objects.bulk_create(new, batch_size=500)
    points = {key: one.points for key, one in standing.items()}
    moved = [one for one in new if points.get((one.entry_id, one.given_by)) != one.points]
    ended = _end_opinions(moved, at)
    role = by.actor.role_at(cycle.owner_path, *_GIVING, cycle=cycle.pk)
    for first in range(0, len(new), _LOGGED_AT_ONCE):
        lines = (
            (
                _target(one, cycle),
                audit_log.Told(said_of(standing.get((one.entry_id, one.given_by))), read.facts_of(one) | ended(one)),
            )
            for one in new[first : first + _LOGGED_AT_ONCE]
        )
        audit_log.record_all("give_points", lines, cycle=cycle.pk, by=by, at=at, role=role)
    _look_again(cycle, moved, by, at)
    return len(new)


def check_points(
    *, at: datetime, cycle_id: int, rows: Sequence[GivenRow]
) -> list[tuple[GivenPoints | None, GivenPoints]]:
    """What a table would give, row by row, beside what counts there now; nothing is stored.

    Raises :class:`InvalidInput` with every problem of every row.
    """
    read = GivenTable(Cycle.objects.get(pk=cycle_id), local_day(at))
    made = [found for row in rows if (found := read.given(row)) is not None]
    if read.problems:
        raise InvalidInput(read.problems)
    standing = _standing((one.entry_id for one in made), held=False)
    return [(standing.get((one.entry_id, one.given_by)), one) for one in made]


@dataclass(frozen=True, slots=True)
class TakingItem:
    """An item whose points are given so, with its maximum."""

    code: str
    title: str
    most: Fraction


def takers_of_points(cycle_id: int) -> tuple[list[tuple[str, str]], list[TakingItem]]:
    """The units of a cycle by code and name, and the items of its sets that take points so, each once."""
    units = ScoreSheet.objects.filter(cycle=cycle_id).order_by("position", "pk").values_list("unit__code", "unit_name")
    items: dict[str, TakingItem] = {}
    for group in CycleGroup.objects.filter(cycle=cycle_id).select_related("set_version").order_by("position", "pk"):
        for code, item in frozen_set(group.set_version).items.items():
            if giver_of(item.node.source) is not None:
                title = item.node.display_title or item.node.title
                items.setdefault(code, TakingItem(code, title, item.max_points))
    return list(units), list(items.values())


@transaction.atomic
def withdraw_points(*, by: Session, at: datetime, given_id: int, reason: str) -> GivenPoints:
    """Points that were given by mistake count no more, with a reason; until others come there are none."""
    entry = Entry.objects.select_related("part", "sheet").get(given_points=given_id)
    cycle = Cycle.objects.select_for_update(no_key=True).get(pk=entry.sheet.cycle_id)
    _hold_sheets([entry.sheet_id])
    facts = sheet_facts(sheets().get(pk=entry.sheet_id), [entry.part])
    check_can_withdraw_points(by.actor, facts, seat_in(cycle.pk, by.user.pk))
    found = GivenPoints.objects.select_for_update(no_key=True).get(pk=given_id)
    if found.withdrawn_at is not None:
        raise Refusal("given_points_withdrawn")
    why = reason_of(reason)
    found.withdrawn_at = at
    found.save(update_fields=["withdrawn_at"])
    role = by.actor.role_at(cycle.owner_path, *_WITHDRAWING, cycle=cycle.pk)
    before = {"item": entry.item_code, "unit": entry.sheet.unit_name, **said_of(found)}
    what, after = _target(found, cycle), _end_opinions([found], at)(found)
    audit_log.record("withdraw_given_points", what, by=by, at=at, role=role, before=before, after=after, reason=why)
    _look_again(cycle, [found], by, at)
    return found


# --- what follows ----------------------------------------------------------------------------------------------------


def _hold_sheets(keys: Iterable[int]) -> None:
    """Sheets in the order of their keys, before anything else of them: nothing is said of these meanwhile."""
    for some in pieces(keys):
        list(ScoreSheet.objects.select_for_update(no_key=True).filter(pk__in=some).order_by("pk").only("pk"))


def _end_opinions(moved: Sequence[GivenPoints], at: datetime) -> Callable[[GivenPoints], dict[str, object]]:
    """What was said of the points that an agency gave counts no more; questions stay asked. What the log says of it, by
    row.
    """
    keys = [one.entry_id for one in moved if one.given_by == GivenBy.EXTERNAL]
    ended: dict[int, list[int]] = {}
    for some in pieces(keys):
        rows = Opinion.objects.filter(entry__in=some, withdrawn_at=None).exclude(kind=str(OpinionKind.ASK))
        for entry, pk in rows.order_by("pk").values_list("entry_id", "pk"):
            ended.setdefault(entry, []).append(pk)
    for some in pieces(pk for found in ended.values() for pk in found):
        Opinion.objects.filter(pk__in=some).update(withdrawn_at=at)
    return lambda one: {"opinions": ended[one.entry_id]} if one.entry_id in ended else {}


def _look_again(cycle: Cycle, moved: Sequence[GivenPoints], by: Session, at: datetime) -> None:
    """Items of agencies whose points are others now stand anew while the council appraises, and what is noticed of them
    is found again. Nothing is said or noticed of what a survey gives.
    """
    keys = [one.entry_id for one in moved if one.given_by == GivenBy.EXTERNAL]
    if cycle.state != CycleState.APPRAISAL or not keys:
        return
    appraised: set[int] = set()
    for some in pieces(keys):
        restand(some, by=by, at=at)
        rows = Entry.objects.filter(pk__in=some, appraisal__isnull=False)
        appraised |= set(rows.order_by().values_list("sheet_id", flat=True))
    raise_flags(appraised, at=at)


def _standing(entries: Iterable[int], *, held: bool) -> dict[tuple[int, str], GivenPoints]:
    """What counts now, by entry and giver."""
    rows = GivenPoints.objects.select_for_update(no_key=True) if held else GivenPoints.objects.all()
    found: dict[tuple[int, str], GivenPoints] = {}
    for some in pieces(entries):
        given = rows.filter(entry__in=some, withdrawn_at=None).order_by("pk")
        found |= {(one.entry_id, one.given_by): one for one in given}
    return found


def _target(one: GivenPoints, cycle: Cycle) -> audit_log.Target:
    return audit_log.target(one, unit=cycle.owner_id, cycle=cycle)
