"""The timetable of a cycle, and whom a change of it hits.

Once a cycle is open, what takes time away (a deadline that comes earlier, lies in the past or is taken off, a phase
that is removed, entering that begins later) is done only by who has seen whom it hits. A deadline that is put off opens
again, in the same act, what had been locked by the one before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from parindex.database.models import Cycle, Phase, ScoreSheet
from parindex.database.models.cycles import PhaseKind
from parindex.database.queries.score_sheets import cycle_facts, sheet_facts, sheets
from parindex.domain.review.permissions import check_can_change_deadline, check_can_set_timetable
from parindex.domain.review.refusal import Refusal, refusal
from parindex.domain.review.stages import CycleState, SheetState
from parindex.usecases import audit_log, submissions
from parindex.usecases.actors import Session
from parindex.usecases.read_marks import CHANGED, read_mark, require_as_read
from parindex.usecases.written_texts import reason_of, whole
from parindex.wording.moments import local_day

PHASE_TITLE_LENGTH = 300
_ENTERING = (SheetState.OPEN, SheetState.AWAITING_SIGNATURE)


@dataclass(frozen=True, slots=True)
class NewPhase:
    """One line of the timetable as typed; ``id`` is the phase that it changes, None for a new one."""

    kind: PhaseKind
    title: str
    starts_at: datetime | None
    ends_at: datetime | None
    id: int | None = None


class Loss(StrEnum):
    """How a change of a phase takes time away."""

    REMOVED = "removed"
    EMPTIED = "emptied"
    EARLIER = "earlier"
    LATER_START = "later_start"


@dataclass(frozen=True, slots=True)
class Cut:
    """A phase that loses time: its end (or its beginning) before and after."""

    loss: Loss
    title: str
    before: datetime | None
    after: datetime | None


@dataclass(frozen=True, slots=True)
class Effects:
    """What a new timetable does to the sheets of an open cycle.

    ``locks``: sheets that the clock locks at once; ``shortened``: those that only get less time; ``opens``: sheets that
    the earlier deadline locked and that this one opens again, ``left`` those of them that this person may not decide.
    """

    before: datetime | None
    after: datetime | None
    cuts: Sequence[Cut] = ()
    locks: Sequence[ScoreSheet] = ()
    shortened: Sequence[ScoreSheet] = ()
    opens: Sequence[ScoreSheet] = ()
    left: Sequence[tuple[ScoreSheet, Refusal]] = ()

    @property
    def asks(self) -> bool:
        """Whether somebody has to see this before it is done."""
        return bool(self.cuts or self.locks or self.shortened or self.opens)

    @property
    def mark(self) -> str:
        """What somebody who confirms has seen."""
        return read_mark({
            "cuts": " ".join(f"{one.loss}:{one.title}:{one.after}" for one in self.cuts),
            "deadline": str(self.after),
            "locks": " ".join(str(one.pk) for one in self.locks),
            "opens": " ".join(str(one.pk) for one in self.opens),
        })  # fmt: skip


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What was confirmed: ``mark`` of the effects that were seen; ``locking`` and ``unlocking`` as ticked there."""

    mark: str
    locking: bool = False
    unlocking: bool = False


def timetable_texts(phases: Iterable[Phase]) -> dict[str, str]:
    """What the form of the timetable shows, by phase."""
    return {str(one.pk): "\n".join((str(one.kind), *_days(one))) for one in phases}


@transaction.atomic
def set_timetable(
    *, by: Session, at: datetime, cycle_id: int, phases: Sequence[NewPhase], removed: Collection[int] = (),
    reason: str = "", seen: str | None = None, confirmed: Confirmed | None = None,
) -> Effects:  # fmt: skip
    """Change and add phases and take off those ``removed``; all others stay. Once the cycle is open, with a reason.

    Phases may overlap; none ends before it starts. What takes time away is refused (``timetable_unconfirmed``) until
    its effects are confirmed, a deadline in the past (``timetable_locks``) until that is, too. While the council
    appraises, self-scoring is over and stays as it was (``self_scoring_over``): who answers late gets an extension.
    """
    cycle = Cycle.objects.select_for_update(no_key=True).get(pk=cycle_id)
    check_can_set_timetable(by.actor, cycle_facts(cycle, cycle.owner_path))
    stored = {one.pk: one for one in Phase.objects.filter(cycle=cycle).order_by("pk")}
    require_as_read(timetable_texts(stored.values()), seen)
    if not {*removed, *(one.id for one in phases if one.id is not None)} <= {*stored}:
        raise Refusal(CHANGED)
    _check_lines(phases)
    result = _result(stored, phases, removed)
    _check_stays(cycle, stored, result)
    effects = Effects(None, None)
    if cycle.opened_at is not None:
        effects = _effects(by, at, cycle, stored, phases, removed, result)
        _check_confirmed(effects, confirmed)
        reason = reason_of(reason)
    before = [_phase_data(one) for one in stored.values()]
    after = _store(cycle, stored, phases, removed)
    opened = []
    if confirmed is not None and confirmed.unlocking:
        opened = [submissions.open_locked(by=by, at=at, sheet_id=one.pk, reason=reason) for one in effects.opens]
    audit_log.record(
        "set_timetable", audit_log.target(cycle, unit=cycle.owner_id, cycle=cycle), by=by, at=at, reason=reason,
        before={"phases": before}, after={"phases": [_phase_data(one) for one in after]},
    )  # fmt: skip
    for one in opened:
        submissions.record_opening(one, by=by, at=at)
    return effects


def effects_of(
    *, by: Session, at: datetime, cycle: Cycle, phases: Sequence[NewPhase], removed: Collection[int]
) -> Effects:
    """What a timetable would do, for who is to confirm it. Three queries."""
    stored = {one.pk: one for one in Phase.objects.filter(cycle=cycle).order_by("pk")}
    return _effects(by, at, cycle, stored, phases, removed, _result(stored, phases, removed))


# --- what stays ------------------------------------------------------------------------------------------------------


def _check_lines(phases: Sequence[NewPhase]) -> None:
    for one in phases:
        whole(one.title, PHASE_TITLE_LENGTH)
        if one.starts_at and one.ends_at and one.ends_at < one.starts_at:
            raise Refusal("phase_ends_before_start", phase=one.title)


def _result(
    stored: dict[int, Phase], phases: Sequence[NewPhase], removed: Collection[int]
) -> list[tuple[PhaseKind, Phase | NewPhase]]:
    """The timetable as it will be: what is typed, and what is not spoken of."""
    spoken = {*removed, *(one.id for one in phases)}
    silent = [(PhaseKind(one.kind), one) for pk, one in stored.items() if pk not in spoken]
    return [*silent, *((one.kind, one) for one in phases)]


def _check_stays(cycle: Cycle, stored: dict[int, Phase], result: Sequence[tuple[PhaseKind, Phase | NewPhase]]) -> None:
    """A phase of self-scoring stays once the cycle is open, and each of them as it was while the council appraises.

    A timetable is typed in days, so days are compared; the phases stay to the minute.
    """
    entering = [one for kind, one in result if kind is PhaseKind.SELF_SCORING]
    if cycle.opened_at is not None and not entering:
        raise Refusal("timetable_without_self_scoring")
    kept = [one for one in stored.values() if one.kind == PhaseKind.SELF_SCORING]
    if cycle.state == CycleState.APPRAISAL and sorted(map(_days, kept)) != sorted(map(_days, entering)):
        raise Refusal("self_scoring_over")


def _store(cycle: Cycle, stored: dict[int, Phase], phases: Sequence[NewPhase], removed: Collection[int]) -> list[Phase]:
    Phase.objects.filter(cycle=cycle, pk__in=removed).delete()
    for one in phases:
        row = stored[one.id] if one.id is not None else Phase(cycle=cycle)
        row.kind, row.title = one.kind, one.title
        (_, first, last), (_, new_first, new_last) = _days(row), _days(one)
        if one.id is None or first != new_first:  # a day that stays keeps its minute
            row.starts_at = one.starts_at
        if one.id is None or last != new_last:
            row.ends_at = one.ends_at
        row.save()
    return list(Phase.objects.filter(cycle=cycle).order_by("starts_at", "ends_at", "pk"))


# --- whom it hits ----------------------------------------------------------------------------------------------------


def _effects(
    by: Session, at: datetime, cycle: Cycle, stored: dict[int, Phase], phases: Sequence[NewPhase],
    removed: Collection[int], result: Sequence[tuple[PhaseKind, Phase | NewPhase]],
) -> Effects:  # fmt: skip
    before = _deadline(stored.values())
    after = _deadline(one for kind, one in result if kind is PhaseKind.SELF_SCORING)
    cuts = _cuts(at, stored, phases, removed)
    if cycle.state != CycleState.OPEN or _same_day(before, after):
        return Effects(before, after, cuts)
    waiting = sheets().filter(cycle=cycle, extended_until=None).order_by("position", "pk").prefetch_related("parts")
    entering = list(waiting.filter(state__in=_ENTERING))
    if after is not None and (before is None or after < before):
        past = after <= at
        return Effects(before, after, cuts, entering if past else (), () if past else entering)
    locked = [
        (one, refusal(check_can_change_deadline, by.actor, sheet_facts(one, list(one.parts.all()))))
        for one in waiting.filter(state=SheetState.LOCKED)
        if after is None or after > at
    ]
    opens = [one for one, why in locked if why is None]
    return Effects(before, after, cuts, (), (), opens, [(one, why) for one, why in locked if why is not None])


def _deadline(phases: Iterable[Phase | NewPhase]) -> datetime | None:
    """When self-scoring ends for who has no deadline of their own."""
    return max((one.ends_at for one in phases if one.kind == PhaseKind.SELF_SCORING and one.ends_at), default=None)


def _cuts(at: datetime, stored: dict[int, Phase], phases: Sequence[NewPhase], removed: Collection[int]) -> list[Cut]:
    found = [Cut(Loss.REMOVED, one.title, one.ends_at, None) for pk, one in stored.items() if pk in removed]
    changed = [(stored[new.id], new) for new in phases if new.id is not None]
    return found + [cut for old, new in changed for cut in (_end_cut(old, new), _start_cut(old, new, at)) if cut]


def _end_cut(old: Phase, new: NewPhase) -> Cut | None:
    if old.kind == PhaseKind.SELF_SCORING != new.kind:
        return Cut(Loss.REMOVED, old.title, old.ends_at, None)
    if new.ends_at is None:
        return Cut(Loss.EMPTIED, old.title, old.ends_at, None) if old.ends_at is not None else None
    is_earlier = old.ends_at is None or new.ends_at < old.ends_at
    if is_earlier and not _same_day(old.ends_at, new.ends_at):
        return Cut(Loss.EARLIER, old.title, old.ends_at, new.ends_at)
    return None


def _start_cut(old: Phase, new: NewPhase, at: datetime) -> Cut | None:
    """Only who could write already loses by a later beginning."""
    begun = old.kind == PhaseKind.SELF_SCORING and (old.starts_at is None or old.starts_at <= at)
    if begun and new.starts_at is not None and new.starts_at > at:
        return Cut(Loss.LATER_START, old.title, old.starts_at, new.starts_at)
    return None


def _check_confirmed(effects: Effects, confirmed: Confirmed | None) -> None:
    if not effects.asks:
        return
    if confirmed is None or confirmed.mark != effects.mark:
        raise Refusal("timetable_unconfirmed")
    if effects.locks and not confirmed.locking:
        raise Refusal("timetable_locks", count=len(effects.locks), deadline=effects.after)


def _same_day(one: datetime | None, other: datetime | None) -> bool:
    """Whether two ends are the same as the form has them: it is typed in days."""
    return one == other or (one is not None and other is not None and local_day(one) == local_day(other))


def _days(one: Phase | NewPhase) -> tuple[str, str, str]:
    first, last = (str(local_day(moment)) if moment else "" for moment in (one.starts_at, one.ends_at))
    return one.title, first, last


def _phase_data(one: Phase) -> dict[str, str | None]:
    return {
        "kind": str(one.kind),
        "title": one.title,
        "starts_at": one.starts_at.isoformat() if one.starts_at else None,
        "ends_at": one.ends_at.isoformat() if one.ends_at else None,
    }
