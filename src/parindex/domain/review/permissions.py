"""Who may do what: ``check_can_x`` raises the reason; ``refusal(check_can_x, …)`` asks for it without raising.

Every function sees facts alone (:class:`CycleFacts`, :class:`SheetFacts`, :class:`PartFacts`), so that the whole table
of rights can be tested without a database.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from parindex.domain.review.refusal import Refusal, refusal
from parindex.domain.review.roles import UNIT_ROLES, Actor, Role
from parindex.domain.review.stages import EDITABLE, UNSIGNED, Act, CycleState, SheetState, transition
from parindex.domain.units.paths import is_within


@dataclass(frozen=True, slots=True)
class CycleFacts:
    """A cycle as rights see it: ``owner`` is the path of the unit that runs it."""

    id: int
    owner: str
    state: CycleState


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """A score sheet as rights see it: ``unit`` is the path of the body, ``parts`` the paths of its lead units.

    ``deadline`` is the last moment of writing for this unit, an extension included; None: no deadline. ``starts_at``:
    when self-scoring begins, None: with the cycle. ``returned``: a part of it has been returned. ``asked``: the council
    has sent questions about it. ``extended``: it has an extension of its own.
    """

    id: int
    cycle: CycleFacts
    unit: str
    state: SheetState
    deadline: datetime | None
    leads: tuple[str, ...] = ()
    returned: bool = False
    starts_at: datetime | None = None
    asked: bool = False
    extended: bool = False

    @property
    def is_answer(self) -> bool:
        """Whether what is signed next is an answer; answers are given while the council appraises, too."""
        return self.returned or self.state is SheetState.RETURNED

    @property
    def is_late(self) -> bool:
        """Whether it is still entered while the council appraises the others, with an extension of its own."""
        appraised = self.cycle.state is CycleState.APPRAISAL
        return appraised and self.extended and self.state in UNSIGNED and not self.asked

    @property
    def is_missing(self) -> bool:
        """Whether it was not submitted in time: late, or locked and still to be opened again."""
        locked = self.state is SheetState.LOCKED and self.cycle.state is CycleState.APPRAISAL
        return self.is_late or (locked and not self.asked)

    @property
    def is_being_answered(self) -> bool:
        """Whether the unit is answering what was returned of a submitted sheet, and has not signed the answer yet."""
        waits = self.state in (SheetState.AWAITING_SIGNATURE, SheetState.LOCKED)
        returned = self.asked or (self.returned and not self.is_in_parts)
        return self.state is SheetState.RETURNED or (waits and returned)

    @property
    def is_in_parts(self) -> bool:
        """Whether other units lead some of the items; a sheet that its unit alone fills is signed as a whole."""
        return self.leads not in ((), (self.unit,))


@dataclass(frozen=True, slots=True)
class PartFacts:
    """One part of a sheet: the items that the unit at ``lead`` answers for; ``returned``: it has been returned."""

    id: int
    sheet: SheetFacts
    lead: str
    state: SheetState
    returned: bool = False

    @property
    def is_answer(self) -> bool:
        """Whether what is written and signed next is an answer."""
        return self.returned or self.state is SheetState.RETURNED


# --- criteria sets and cycles ------------------------------------------------------------------------------------


def check_can_manage_sets(actor: Actor, owner: str) -> None:
    """The criteria sets of an owner are kept by its standing office."""
    if not actor.has(Role.STANDING_OFFICE, owner):
        raise Refusal("only_standing_office_sets")


def check_can_read_sets(actor: Actor, owner: str) -> None:
    """Whoever works for the owner, or reads everything there, may read its sets."""
    if not any(is_within(grant.path, owner) or is_within(owner, grant.path) for grant in actor.grants):
        raise Refusal("set_of_other_owner")


def check_can_read_drafts(actor: Actor, owner: str) -> None:
    """A draft is seen by those who write it and by auditors; everybody else waits until it is frozen."""
    check_can_read_sets(actor, owner)
    if not (actor.has(Role.STANDING_OFFICE, owner) or audits(actor, owner)):
        raise Refusal("set_is_draft")


def check_can_run_cycle(actor: Actor, cycle: CycleFacts) -> None:
    """A cycle is run by the standing office of its owner, and by no other; rights never cross owners."""
    if not actor.has(Role.STANDING_OFFICE, cycle.owner, cycle=cycle.id):
        raise Refusal("only_standing_office")


def check_can_oversee_cycle(actor: Actor, cycle: CycleFacts) -> None:
    """The overview of all units is for those who run, appraise or audit the cycle."""
    roles = (Role.STANDING_OFFICE, Role.CHAIR, Role.SECRETARY, Role.APPRAISER)
    if actor.role_at(cycle.owner, *roles, cycle=cycle.id) is None and not audits(actor, cycle.owner):
        raise Refusal("only_those_who_run_cycle")


def check_can_see_cycle(actor: Actor, cycle: CycleFacts, *, takes_part: bool) -> None:
    """Title, notice and timetable of a cycle are for those who oversee it, and once it is open for its units.

    ``takes_part``: whether a unit of this person has something to enter there.
    """
    if refusal(check_can_oversee_cycle, actor, cycle) is None:
        return
    if not takes_part:
        raise Refusal("cycle_of_others")
    if cycle.state is CycleState.DRAFT:
        raise Refusal("cycle_not_open")


def audits(actor: Actor, path: str) -> bool:
    """Whether somebody audits what is owned at ``path``: they read everything and change nothing."""
    return actor.has(Role.AUDITOR, path)


# --- score sheets ------------------------------------------------------------------------------------------------


def works_for(actor: Actor, path: str) -> bool:
    """Whether this person enters or signs for the unit at ``path``."""
    return actor.role_at(path, *UNIT_ROLES) is not None


def check_can_read_sheet(actor: Actor, sheet: SheetFacts) -> None:
    """A sheet is read by its unit, its lead units, who runs or audits the cycle, and the council once submitted.

    While the unit writes an answer, the council reads what was last submitted (:func:`check_can_read_submissions`),
    not what nobody has signed.
    """
    if works_for(actor, sheet.unit) or any(works_for(actor, lead) for lead in sheet.leads):
        return
    offices = (sheet.cycle.owner, sheet.unit)
    if any(actor.has(Role.STANDING_OFFICE, office, cycle=sheet.cycle.id) for office in offices):
        return
    if audits(actor, sheet.cycle.owner):
        return
    council = (Role.CHAIR, Role.SECRETARY, Role.APPRAISER)
    if actor.role_at(sheet.cycle.owner, *council, cycle=sheet.cycle.id) is None:
        raise Refusal("sheet_of_other_unit")
    if sheet.is_being_answered:
        raise Refusal("sheet_being_answered", sheet=sheet.id)
    if sheet.state in UNSIGNED:
        raise Refusal("sheet_not_submitted")


def check_can_read_submissions(actor: Actor, sheet: SheetFacts, *, of_part: bool = False) -> None:
    """What was signed is read by who reads the sheet; the whole by the council, too, while the unit answers.

    ``of_part``: what is read is the signature of one part, which the council sees with the whole that it belongs to.
    """
    reason = refusal(check_can_read_sheet, actor, sheet)
    if reason is not None and (of_part or reason.code != "sheet_being_answered"):
        raise reason


def check_can_talk_inside(actor: Actor, part: PartFacts) -> None:
    """Comments inside the unit are for those who work for it; the council and the standing office never see them."""
    if not works_for(actor, part.lead):
        raise Refusal("inside_unit_only")


def check_can_talk_with_office(actor: Actor, part: PartFacts) -> None:
    """The unit and the standing office ask and answer each other beside an item."""
    places = (part.sheet.cycle.owner, part.sheet.unit)  # who runs the cycle, and who compiles the body's own sheet
    office = any(actor.has(Role.STANDING_OFFICE, place, cycle=part.sheet.cycle.id) for place in places)
    if not (office or works_for(actor, part.lead) or works_for(actor, part.sheet.unit)):
        raise Refusal("only_unit_and_office")


def check_can_read_talk_with_office(actor: Actor, part: PartFacts) -> None:
    """What unit and standing office wrote to each other is read by them and by auditors, not by the council."""
    if not audits(actor, part.sheet.cycle.owner):
        check_can_talk_with_office(actor, part)


def check_can_edit_part(actor: Actor, part: PartFacts, now: datetime) -> None:
    """A part is written by officers and leaders of its lead unit, while the phase runs and nobody has signed."""
    if not works_for(actor, part.lead):
        takes_part = any(works_for(actor, place) for place in (part.sheet.unit, *part.sheet.leads))
        raise Refusal("part_of_other_unit" if takes_part else "entered_by_unit")
    check_part_is_open(part, now)


def check_part_is_open(part: PartFacts, now: datetime) -> None:
    """Whether anything of the part may be written at ``now``, by whomever."""
    _check_stage(part.sheet, answering=part.is_answer)
    if SheetState.LOCKED in (part.state, part.sheet.state):
        extended = part.sheet.deadline is not None and now <= part.sheet.deadline
        raise Refusal("sheet_still_locked" if extended else "sheet_locked", deadline=part.sheet.deadline)
    if part.state not in EDITABLE:
        raise Refusal("sheet_signed", state=part.state)
    if part.sheet.state not in EDITABLE:
        raise Refusal("sheet_signed", state=part.sheet.state)
    _check_time(part.sheet, now)


def check_can_move_part(actor: Actor, part: PartFacts, act: Act, now: datetime) -> None:
    """Presenting, sending back, signing, withdrawing and returning a part: by the table of transitions.

    Nothing of a part moves once the whole sheet is compiled or submitted: that is taken back first.
    """
    move = transition(act, part.state)
    if act is Act.RETURN and not part.sheet.is_in_parts:
        raise Refusal("sheet_without_parts")
    place = part.sheet.unit if act is Act.RETURN else part.lead
    if actor.role_at(place, *move.roles, cycle=part.sheet.cycle.id) is None:
        raise Refusal("wrong_role", act=act, roles=move.roles)
    if part.sheet.is_in_parts:
        _check_not_compiled(part.sheet)
    answering = part.sheet.state is SheetState.RETURNED if act is Act.RETURN else part.is_answer
    _check_phase(part.sheet, now, answering=answering and act is not Act.WITHDRAW)


def _check_not_compiled(sheet: SheetFacts) -> None:
    if sheet.state is SheetState.LOCKED:
        raise Refusal("sheet_locked", deadline=None)
    if sheet.state not in EDITABLE:
        raise Refusal("sheet_compiled", state=sheet.state)


def check_can_submit_sheet(actor: Actor, sheet: SheetFacts, now: datetime) -> None:
    """The whole sheet is submitted by the body's head, once every part is signed and the office has compiled it."""
    transition(Act.SUBMIT, sheet.state)
    if not actor.has(Role.UNIT_LEADER, sheet.unit):
        raise Refusal("wrong_role", act=Act.SUBMIT, roles=(Role.UNIT_LEADER,))
    if sheet.is_in_parts and sheet.state is not SheetState.AWAITING_SIGNATURE:
        raise Refusal("sheet_not_compiled")
    _check_phase(sheet, now, answering=sheet.is_answer)


def check_can_send_back_sheet(actor: Actor, sheet: SheetFacts, now: datetime) -> None:
    """A compiled sheet is opened again by the body's head, who wants something changed, or by who compiled it."""
    transition(Act.SEND_BACK, sheet.state)
    roles = (Role.UNIT_LEADER, Role.STANDING_OFFICE)
    if actor.role_at(sheet.unit, *roles, cycle=sheet.cycle.id) is None:
        raise Refusal("wrong_role", act=Act.SEND_BACK, roles=roles)
    _check_phase(sheet, now, answering=sheet.is_answer)


def check_can_withdraw_sheet(actor: Actor, sheet: SheetFacts, now: datetime) -> None:
    """A submission can be taken back until the appraisal begins and while the phase runs."""
    transition(Act.WITHDRAW, sheet.state)
    if not actor.has(Role.UNIT_LEADER, sheet.unit):
        raise Refusal("wrong_role", act=Act.WITHDRAW, roles=(Role.UNIT_LEADER,))
    _check_phase(sheet, now)


def check_can_return_sheet(actor: Actor, sheet: SheetFacts, now: datetime) -> None:
    """A submitted sheet is returned to its unit by who runs the cycle, until the appraisal begins."""
    transition(Act.RETURN, sheet.state)
    check_can_run_cycle(actor, sheet.cycle)
    _check_stage(sheet, answering=False)
    if sheet.deadline is not None and now > sheet.deadline:
        raise Refusal("return_needs_extension", deadline=sheet.deadline)


def _check_stage(sheet: SheetFacts, *, answering: bool) -> None:
    """Units write and sign while the cycle is open; what was returned, or is late, until the appraisal ends."""
    state = sheet.cycle.state
    if state is CycleState.DRAFT:
        raise Refusal("cycle_not_open")
    if state is not CycleState.OPEN and not (state is CycleState.APPRAISAL and (answering or sheet.is_late)):
        raise Refusal("cycle_closed", state=state)


def _check_phase(sheet: SheetFacts, now: datetime, *, answering: bool = False) -> None:
    _check_stage(sheet, answering=answering)
    _check_time(sheet, now)


def _check_time(sheet: SheetFacts, now: datetime) -> None:
    """Units write and sign from the first day of self-scoring to the deadline."""
    if sheet.starts_at is not None and now < sheet.starts_at:
        raise Refusal("phase_not_begun", starts=sheet.starts_at)
    if sheet.deadline is not None and now > sheet.deadline:
        raise Refusal("deadline_passed", deadline=sheet.deadline)


def check_can_review_parts(actor: Actor, sheet: SheetFacts) -> None:
    """The standing office of the body reviews the parts of its sheet, returns them and compiles."""
    if not actor.has(Role.STANDING_OFFICE, sheet.unit, cycle=sheet.cycle.id):
        raise Refusal("only_office_of_body")


def check_can_assign_parts(actor: Actor, sheet: SheetFacts) -> None:
    """Who leads which item is decided by the standing office of the body, until the sheet is compiled."""
    check_can_review_parts(actor, sheet)
    if sheet.cycle.state not in (CycleState.DRAFT, CycleState.OPEN):
        raise Refusal("cycle_closed", state=sheet.cycle.state)
    _check_not_compiled(sheet)


def check_can_compile(actor: Actor, sheet: SheetFacts, now: datetime) -> None:
    """The signed parts are put together for the head by the standing office of the body."""
    check_can_review_parts(actor, sheet)
    if not sheet.is_in_parts:
        raise Refusal("sheet_without_parts")
    transition(Act.COMPILE, sheet.state)
    _check_phase(sheet, now, answering=sheet.is_answer)


def check_can_decide_not_assessed(actor: Actor, sheet: SheetFacts) -> None:
    """The standing office decides requests; those of the office's own unit are decided by the chair, and nobody
    decides for the own unit, a chair neither.
    """
    is_chair = actor.has(Role.CHAIR, sheet.cycle.owner, cycle=sheet.cycle.id)
    if any(_is_own(actor, place, sheet.cycle.owner) for place in (sheet.unit, *sheet.leads)):
        raise Refusal("own_unit_by_other_chair" if is_chair else "own_unit_by_chair")
    if not is_chair and not actor.has(Role.STANDING_OFFICE, sheet.cycle.owner, cycle=sheet.cycle.id):
        raise Refusal("only_standing_office")


def _is_own(actor: Actor, place: str, owner: str) -> bool:
    """Whether somebody is employed or works at the unit; the owner employs everybody, so there only work counts."""
    return works_for(actor, place) or (place != owner and actor.belongs_to(place))


def check_can_change_deadline(actor: Actor, sheet: SheetFacts) -> None:
    """Extensions and unlocking: as for requests, never for one's own unit; while units write or answer.

    A sheet that nobody has submitted in time can be opened again as long as the council appraises.
    """
    check_can_answer_extension(actor, sheet)
    _check_stage(sheet, answering=sheet.is_answer or sheet.is_missing)


def check_can_answer_extension(actor: Actor, sheet: SheetFacts) -> None:
    """Who answers a unit that asks for more time; it can be refused after units have stopped writing, too."""
    check_can_decide_not_assessed(actor, sheet)


def check_can_ask_for_extension(actor: Actor, sheet: SheetFacts) -> None:
    """More time is asked for by the unit of the sheet, while it writes or answers and has a deadline."""
    if not works_for(actor, sheet.unit):
        raise Refusal("sheet_of_other_unit")
    _check_stage(sheet, answering=sheet.is_answer or sheet.is_missing)
    if sheet.state not in UNSIGNED | {SheetState.RETURNED}:
        raise Refusal("sheet_signed", state=sheet.state)
    if sheet.deadline is None:
        raise Refusal("no_deadline_to_extend")


def check_can_set_timetable(actor: Actor, cycle: CycleFacts) -> None:
    """The timetable is set by who runs the cycle, until it is finalised: from then on its deadlines are history."""
    check_can_run_cycle(actor, cycle)
    if cycle.state not in (CycleState.DRAFT, CycleState.OPEN, CycleState.APPRAISAL):
        raise Refusal("cycle_over", state=cycle.state)
