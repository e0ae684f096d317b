"""The stages of a cycle, of a score sheet and of its parts: the tables of transitions, as data.

The diagrams in the documentation are drawn from these tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from parindex.domain.review.refusal import Refusal
from parindex.domain.review.roles import Role


class CycleState(StrEnum):
    """The stages of a cycle."""

    DRAFT = "draft"
    OPEN = "open"
    APPRAISAL = "appraisal"
    FINALISED = "finalised"
    PUBLISHED = "published"
    CORRECTED = "corrected"


class SheetState(StrEnum):
    """The stages of a score sheet, and of each of its parts."""

    OPEN = "open"
    AWAITING_SIGNATURE = "awaiting_signature"
    SUBMITTED = "submitted"
    IN_APPRAISAL = "in_appraisal"
    RETURNED = "returned"
    RESUBMITTED = "resubmitted"
    APPRAISED = "appraised"
    FINAL = "final"
    LOCKED = "locked"


class Act(StrEnum):
    """What moves a sheet or a part from one stage to another."""

    PRESENT = "present"  # the officer asks the leader to sign
    COMPILE = "compile"  # the standing office of the body puts the signed parts together for the head to sign
    SEND_BACK = "send_back"  # the leader wants something changed before signing
    SUBMIT = "submit"  # the leader signs
    WITHDRAW = "withdraw"  # the leader takes the submission back
    RETURN = "return"  # the standing office returns a part with a reason
    LOCK = "lock"  # the deadline has passed
    UNLOCK = "unlock"  # the standing office opens it again
    TAKE_UP = "take_up"  # the council begins with what was submitted, or goes on with what was answered
    ASK = "ask"  # the council sends its questions to the unit
    CLOSE_ROUND = "close_round"  # the time to answer is over
    APPRAISE = "appraise"  # the last open item is decided
    REOPEN = "reopen"  # an item is opened again
    FINALISE = "finalise"  # the chair finalises the cycle
    RESUME = "resume"  # the chair takes the appraisal of the cycle up again


@dataclass(frozen=True, slots=True)
class Transition:
    """``act`` moves ``before`` to ``after``; ``roles`` may do it (empty: nobody, the clock does); ``reason`` is due.

    ``again``: the way of what had been returned before; it is signed as an answer, not as a first submission.
    """

    act: Act
    before: SheetState
    after: SheetState
    roles: tuple[Role, ...]
    reason: bool = False
    again: bool = False


_COUNCIL = (Role.APPRAISER, Role.CHAIR, Role.SECRETARY)
_ASKS = (Role.SECRETARY, Role.CHAIR)
_CHAIR = (Role.CHAIR,)
_OFFICER = (Role.UNIT_OFFICER, Role.UNIT_LEADER)
_LEADER = (Role.UNIT_LEADER,)
_OFFICE = (Role.STANDING_OFFICE,)

TRANSITIONS: tuple[Transition, ...] = (
    Transition(Act.PRESENT, SheetState.OPEN, SheetState.AWAITING_SIGNATURE, _OFFICER),
    Transition(Act.PRESENT, SheetState.RETURNED, SheetState.AWAITING_SIGNATURE, _OFFICER),
    Transition(Act.COMPILE, SheetState.OPEN, SheetState.AWAITING_SIGNATURE, _OFFICE),
    Transition(Act.COMPILE, SheetState.RETURNED, SheetState.AWAITING_SIGNATURE, _OFFICE),
    Transition(Act.SEND_BACK, SheetState.AWAITING_SIGNATURE, SheetState.OPEN, _OFFICER, reason=True),
    Transition(Act.SEND_BACK, SheetState.AWAITING_SIGNATURE, SheetState.RETURNED, _OFFICER, reason=True, again=True),
    Transition(Act.SUBMIT, SheetState.AWAITING_SIGNATURE, SheetState.SUBMITTED, _LEADER),
    Transition(Act.SUBMIT, SheetState.AWAITING_SIGNATURE, SheetState.RESUBMITTED, _LEADER, again=True),
    Transition(Act.SUBMIT, SheetState.OPEN, SheetState.SUBMITTED, _LEADER),
    Transition(Act.SUBMIT, SheetState.RETURNED, SheetState.RESUBMITTED, _LEADER),
    Transition(Act.WITHDRAW, SheetState.SUBMITTED, SheetState.OPEN, _LEADER, reason=True),
    Transition(Act.WITHDRAW, SheetState.RESUBMITTED, SheetState.RETURNED, _LEADER, reason=True),
    Transition(Act.RETURN, SheetState.SUBMITTED, SheetState.RETURNED, _OFFICE, reason=True),
    Transition(Act.RETURN, SheetState.RESUBMITTED, SheetState.RETURNED, _OFFICE, reason=True),
    Transition(Act.LOCK, SheetState.OPEN, SheetState.LOCKED, ()),
    Transition(Act.LOCK, SheetState.AWAITING_SIGNATURE, SheetState.LOCKED, ()),
    Transition(Act.UNLOCK, SheetState.LOCKED, SheetState.OPEN, _OFFICE, reason=True),
    Transition(Act.TAKE_UP, SheetState.SUBMITTED, SheetState.IN_APPRAISAL, (*_OFFICE, *_COUNCIL)),
    Transition(Act.TAKE_UP, SheetState.RESUBMITTED, SheetState.IN_APPRAISAL, _COUNCIL),
    Transition(Act.ASK, SheetState.IN_APPRAISAL, SheetState.RETURNED, _ASKS),
    Transition(Act.ASK, SheetState.RESUBMITTED, SheetState.RETURNED, _ASKS),
    Transition(Act.CLOSE_ROUND, SheetState.RETURNED, SheetState.IN_APPRAISAL, ()),
    Transition(Act.CLOSE_ROUND, SheetState.AWAITING_SIGNATURE, SheetState.IN_APPRAISAL, ()),
    Transition(Act.APPRAISE, SheetState.IN_APPRAISAL, SheetState.APPRAISED, _COUNCIL),
    Transition(Act.REOPEN, SheetState.APPRAISED, SheetState.IN_APPRAISAL, _COUNCIL),
    Transition(Act.FINALISE, SheetState.APPRAISED, SheetState.FINAL, _CHAIR),
    Transition(Act.RESUME, SheetState.FINAL, SheetState.APPRAISED, _CHAIR, reason=True),
)
#: Stages in which the council may say something of a sheet; of one that is returned, of the items it has not asked.
APPRAISABLE = frozenset({SheetState.IN_APPRAISAL, SheetState.RETURNED, SheetState.RESUBMITTED, SheetState.APPRAISED})

#: Stages in which a unit may still write.
EDITABLE = frozenset({SheetState.OPEN, SheetState.RETURNED})
#: Stages of what has not been submitted yet, or no longer is.
UNSIGNED = frozenset({SheetState.OPEN, SheetState.AWAITING_SIGNATURE, SheetState.LOCKED})
#: Stages of what a leader has signed.
SIGNED = frozenset({SheetState.SUBMITTED, SheetState.RESUBMITTED})


def transition(act: Act, before: SheetState, *, again: bool = False) -> Transition:
    """The transition of ``act`` from ``before``; refused (``wrong_stage``) where the table has none.

    ``again``: whether this had been returned before. Where the table makes no difference, neither does this.
    """
    found = [one for one in TRANSITIONS if one.act is act and one.before is before]
    if not found:
        raise Refusal("wrong_stage", act=act, state=before)
    return next((one for one in found if one.again is again), found[0])


def befores(act: Act) -> frozenset[SheetState]:
    """The stages from which ``act`` moves a sheet or a part."""
    return frozenset(one.before for one in TRANSITIONS if one.act is act)


class CycleAct(StrEnum):
    """What moves a cycle from one stage to another."""

    OPEN = "open_cycle"
    BEGIN_APPRAISAL = "begin_appraisal"
    FINALISE = "finalise_cycle"
    RESUME = "resume_appraisal"
    PUBLISH = "publish"
    CORRECT = "correct_publication"


@dataclass(frozen=True, slots=True)
class CycleTransition:
    """``act`` moves a cycle from ``before`` to ``after``; ``roles`` may do it at its owner; ``reason`` is due."""

    act: CycleAct
    before: CycleState
    after: CycleState
    roles: tuple[Role, ...]
    reason: bool = False


CYCLE_TRANSITIONS: tuple[CycleTransition, ...] = (
    CycleTransition(CycleAct.OPEN, CycleState.DRAFT, CycleState.OPEN, _OFFICE),
    CycleTransition(CycleAct.BEGIN_APPRAISAL, CycleState.OPEN, CycleState.APPRAISAL, _OFFICE),
    CycleTransition(CycleAct.FINALISE, CycleState.APPRAISAL, CycleState.FINALISED, _CHAIR),
    CycleTransition(CycleAct.RESUME, CycleState.FINALISED, CycleState.APPRAISAL, _CHAIR, reason=True),
    CycleTransition(CycleAct.PUBLISH, CycleState.FINALISED, CycleState.PUBLISHED, _CHAIR),
    CycleTransition(CycleAct.CORRECT, CycleState.PUBLISHED, CycleState.CORRECTED, _CHAIR, reason=True),
    CycleTransition(CycleAct.CORRECT, CycleState.CORRECTED, CycleState.CORRECTED, _CHAIR, reason=True),
)


def cycle_transition(act: CycleAct, before: CycleState) -> CycleTransition:
    """The transition of ``act`` from ``before``; refused (``wrong_cycle_stage``) where the table has none."""
    for one in CYCLE_TRANSITIONS:
        if one.act is act and one.before is before:
            return one
    raise Refusal("wrong_cycle_stage", act=act, state=before)
