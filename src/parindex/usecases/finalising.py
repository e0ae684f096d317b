"""Finalising a cycle: what keeps it from being final, the act itself with its frozen snapshot, and taking it back.

Rows are held in one order: the cycle, its sheets by key; records come last.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from parindex.database.models import Cycle, Finalisation, ScoreSheet, SheetPart
from parindex.database.queries.open_matters import NAMED, Matter, MatterKind, OpenMatters, open_rows
from parindex.database.queries.publications import details_digest, last_finalisation
from parindex.database.queries.score_sheets import cycle_facts
from parindex.domain.errors import InvalidInput, Problem
from parindex.domain.review.appraisal_permissions import check_can_finalise, check_can_resume
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.roles import Role
from parindex.domain.review.stages import Act, CycleAct, CycleState, befores, transition
from parindex.usecases import audit_log
from parindex.usecases.actors import Session
from parindex.usecases.audit_log import Told
from parindex.usecases.computed_cycles import ComputedCycle, compute_cycle, store
from parindex.usecases.written_texts import reason_of, whole
from parindex.wording.moments import local_day
from parindex.wording.problems import message

NUMBER_LENGTH = 120
MINUTES_LENGTH = 20_000


def open_matters(cycle: Cycle, computed: ComputedCycle | None = None) -> list[OpenMatters]:
    """What keeps a cycle from being final, by kind; nothing where it can be finalised.

    ``computed``: the provisional result, where the caller has it; what figures and points contradict is said with it,
    else only once no row is open, because only then it is computed here.
    """
    found = open_rows(cycle)
    if computed is None and not found:
        computed = compute_cycle(cycle, final=False)
    return [*found, *_problems(computed.problems if computed else ())]


def _problems(problems: Collection[Problem]) -> list[OpenMatters]:
    """The problems of the result that no row says already."""
    listed = [one for one in problems if one.kind not in ("request_open", "pending")]
    if not listed:
        return []
    first = tuple(Matter(None, str(one.facts.get("unit", "")), words=message(one)) for one in listed[:NAMED])
    return [OpenMatters(MatterKind.RESULT_PROBLEM, len(listed), first)]


@transaction.atomic
def finalise(
    *, by: Session, at: datetime, cycle_id: int, minutes_number: str, minutes_date: date, minutes: str,
    unranked: Iterable[int] = (), seen: str = "",
) -> Finalisation:  # fmt: skip
    """Finalise the appraisal: freeze every input, compute from that, and keep what it gives each unit.

    ``unranked``: the sheets that the council has put outside the ranking. ``seen``: the fingerprint of what the chair
    was shown; refused (``result_changed``) where another result would be frozen, and what the same click has done is
    not done again. Refused (``matters_open``) while anything is open or pending.
    """
    cycle, sheets = _held(cycle_id)
    done = finalised_before(cycle, by, seen, (minutes_number, minutes_date, minutes))
    if done is not None:
        return done
    check_can_finalise(by.actor, cycle_facts(cycle, cycle.owner_path))
    facts = minutes_of(minutes_number, minutes_date, minutes, at)
    outside = frozenset(unranked)
    if not outside <= sheets:
        raise Refusal("sheets_of_other_cycle")
    if rows := open_rows(cycle):
        raise Refusal("matters_open", count=sum(one.count for one in rows))
    computed = computed_finally(cycle, outside)
    if seen and seen != computed.fingerprint:
        raise Refusal("result_changed")
    made = store(computed, number=next_number(cycle), at=at, finalised_by=by.user, **facts)
    _move(cycle, CycleState.FINALISED)
    moved = _move_sheets(cycle, Act.FINALISE, by, at)
    after = {
        "state": str(CycleState.FINALISED), "fingerprint": computed.fingerprint, "finalisation": made.number,
        "minutes": f"{made.minutes_number}, {made.minutes_date:%d/%m/%Y}", "units": len(sheets), "sheets": moved,
        "details": details_digest(made),
    }  # fmt: skip
    _record(cycle, CycleAct.FINALISE, by, at, CycleState.APPRAISAL, after)
    return made


def finalised_before(cycle: Cycle, by: Session, seen: str, words: tuple[str, date, str]) -> Finalisation | None:
    """What this very click has done already: the finalisation that holds, where the same person made it from what was
    shown (``seen``), with the same number, date and text of the minutes. No query without ``seen``.
    """
    last = last_finalisation(cycle) if seen else None
    if last is None or (last.finalised_by_id, last.snapshot.fingerprint) != (by.user.pk, seen):
        return None
    number, day, text = words
    same = (whole(number, NUMBER_LENGTH), day, whole(text, MINUTES_LENGTH))
    return last if same == (last.minutes_number, last.minutes_date, last.minutes) else None


def computed_finally(
    cycle: Cycle, unranked: Collection[int], overrides: dict[tuple[int, str], str] | None = None
) -> ComputedCycle:
    """The final result; refused (``result_problems``) with the first of what the method cannot accept."""
    try:
        return compute_cycle(cycle, final=True, unranked=unranked, overrides=overrides)
    except InvalidInput as error:
        first = [message(one) for one in error.problems[:NAMED]]
        raise Refusal("result_problems", count=len(error.problems), first=first) from None


@transaction.atomic
def resume(*, by: Session, at: datetime, cycle_id: int, reason: str) -> Cycle:
    """Take the appraisal up again, with the reason, until the result is published; the finalisation stays as it was."""
    cycle, _ = _held(cycle_id)
    check_can_resume(by.actor, cycle_facts(cycle, cycle.owner_path))
    why = reason_of(reason)
    Finalisation.objects.filter(cycle=cycle, reopened_at=None).update(
        reopened_by=by.user, reopened_at=at, reopened_reason=why
    )
    _move(cycle, CycleState.APPRAISAL)
    _move_sheets(cycle, Act.RESUME, by, at, why)
    _record(cycle, CycleAct.RESUME, by, at, CycleState.FINALISED, {"state": str(CycleState.APPRAISAL)}, why)
    return cycle


# --- what finalising, publishing and correcting share --------------------------------------------------------------


def minutes_of(number: str, day: date, words: str, at: datetime) -> dict[str, object]:
    """The minutes as they are stored; refused where one of number, date and text is missing or of a day to come."""
    plain = {"minutes_number": whole(number, NUMBER_LENGTH), "minutes": whole(words, MINUTES_LENGTH)}
    for name, value in plain.items():
        if not value:
            raise Refusal(f"{name}_needed")
    if day > local_day(at):
        raise Refusal("minutes_in_the_future")
    return {**plain, "minutes_date": day}


def next_number(cycle: Cycle) -> int:
    """The number of the next finalisation of a cycle that is held."""
    last = Finalisation.objects.filter(cycle=cycle).aggregate(Max("number"))["number__max"]
    return (last or 0) + 1


def _held(cycle_id: int) -> tuple[Cycle, frozenset[int]]:
    """The cycle and all its sheets, held: nothing that is appraised changes meanwhile."""
    cycle = Cycle.objects.select_for_update(no_key=True).get(pk=cycle_id)
    rows = ScoreSheet.objects.select_for_update(no_key=True).filter(cycle=cycle).order_by("pk")
    return cycle, frozenset(rows.values_list("pk", flat=True))


def _move(cycle: Cycle, state: CycleState) -> None:
    cycle.state = state
    cycle.save(update_fields=["state"])


def _move_sheets(cycle: Cycle, act: Act, by: Session, at: datetime, reason: str = "") -> int:
    """Every sheet that stands where ``act`` begins, with its parts, and a record for each; how many.

    A locked sheet stays locked: nobody has submitted it.
    """
    (before,) = befores(act)
    move = transition(act, before)
    rows = ScoreSheet.objects.filter(cycle=cycle, state=move.before).order_by("pk")
    moved = list(rows.only("pk", "unit_id"))
    SheetPart.objects.filter(sheet__cycle=cycle, sheet__state=move.before, state=move.before).update(state=move.after)
    rows.update(state=move.after, last_act=act, last_act_at=at, last_act_by=by.user)
    told = Told({"state": str(move.before)}, {"state": str(move.after)}, reason)
    lines = ((audit_log.target(one, unit=one.unit_id, cycle=cycle), told) for one in moved)
    audit_log.record_all(act, lines, cycle=cycle.pk, by=by, at=at, role=Role.CHAIR)
    return len(moved)


def _record(
    cycle: Cycle, act: CycleAct, by: Session, at: datetime, before: CycleState, after: dict[str, object],
    reason: str = "",
) -> None:  # fmt: skip
    audit_log.record(
        act, audit_log.target(cycle, unit=cycle.owner_id, cycle=cycle), by=by, at=at, role=Role.CHAIR,
        before={"state": str(before)}, after=after, reason=reason,
    )  # fmt: skip
