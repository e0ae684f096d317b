"""Who may do what of a council: as in :mod:`parindex.domain.review.permissions`, over plain facts.

The server decides: nobody appraises the own unit or one declared in conflict, whatever assignment says.
"""

from __future__ import annotations

from dataclasses import dataclass

from parindex.domain.review.permissions import CycleFacts, SheetFacts, audits, check_can_oversee_cycle, works_for
from parindex.domain.review.refusal import Refusal, refusal
from parindex.domain.review.roles import COUNCIL, Actor, Role
from parindex.domain.review.stages import APPRAISABLE, CycleAct, CycleState, SheetState, cycle_transition


@dataclass(frozen=True, slots=True)
class Seat:
    """A person on the council of a cycle: ``conflicts`` are the paths of the units declared in conflict."""

    conflicts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """An item of a sheet as the council sees it.

    ``assigned``: the accounts that appraise it at the level that has it; ``asked``: a question has been sent and is
    not answered yet; ``decided``: chair or council have decided on the claim as it now is, which nobody on the council
    is kept from seeing.
    """

    sheet: SheetFacts
    assigned: tuple[int, ...] = ()
    asked: bool = False
    decided: bool = False


def in_council(actor: Actor, cycle: CycleFacts) -> bool:
    """Whether somebody sits on the council of a cycle."""
    return actor.role_at(cycle.owner, *COUNCIL, cycle=cycle.id) is not None


def is_chair(actor: Actor, cycle: CycleFacts) -> bool:
    """Whether somebody chairs the council of a cycle."""
    return actor.has(Role.CHAIR, cycle.owner, cycle=cycle.id)


def sees_every_opinion(actor: Actor, cycle: CycleFacts) -> bool:
    """Whether somebody reads what everybody says, whatever the levels say of blindness; auditors read it in the log."""
    return actor.role_at(cycle.owner, Role.CHAIR, Role.SECRETARY, Role.STANDING_OFFICE, cycle=cycle.id) is not None


def check_can_see_appraisal(actor: Actor, cycle: CycleFacts) -> None:
    """Queue, matrix and list of what is open are for council, standing office and auditors."""
    check_can_oversee_cycle(actor, cycle)


def check_can_compose_council(actor: Actor, cycle: CycleFacts) -> None:
    """The council is entered by the standing office or the secretary of the cycle, until it is finalised."""
    if actor.role_at(cycle.owner, Role.STANDING_OFFICE, Role.SECRETARY, cycle=cycle.id) is None:
        raise Refusal("only_office_and_secretary")
    if cycle.state not in (CycleState.DRAFT, CycleState.OPEN, CycleState.APPRAISAL):
        raise Refusal("cycle_over", state=cycle.state)


def check_can_name_substitute(actor: Actor, cycle: CycleFacts) -> None:
    """Who stands in for a member is named by the chair."""
    if not is_chair(actor, cycle):
        raise Refusal("only_chair")
    if cycle.state not in (CycleState.DRAFT, CycleState.OPEN, CycleState.APPRAISAL):
        raise Refusal("cycle_over", state=cycle.state)


def check_can_begin_appraisal(actor: Actor, cycle: CycleFacts) -> None:
    """The appraisal is begun by the standing office."""
    _check_move(actor, cycle, CycleAct.BEGIN_APPRAISAL, "only_standing_office")


def check_can_enter_appraisal(actor: Actor, sheet: SheetFacts) -> None:
    """A late sheet is taken up by the standing office, or by secretary and chair, while the council appraises."""
    roles = (Role.STANDING_OFFICE, Role.SECRETARY, Role.CHAIR)
    if actor.role_at(sheet.cycle.owner, *roles, cycle=sheet.cycle.id) is None:
        raise Refusal("only_standing_office")
    if sheet.cycle.state is not CycleState.APPRAISAL:
        raise Refusal("cycle_not_in_appraisal", state=sheet.cycle.state)
    if sheet.state not in (SheetState.SUBMITTED, SheetState.RESUBMITTED, SheetState.RETURNED):
        raise Refusal("sheet_not_submitted_yet", state=sheet.state)


def check_can_finalise(actor: Actor, cycle: CycleFacts) -> None:
    """The chair finalises."""
    _check_move(actor, cycle, CycleAct.FINALISE, "only_chair")


def check_can_resume(actor: Actor, cycle: CycleFacts) -> None:
    """What is finalised and not published is taken up again by the chair, with a reason."""
    _check_move(actor, cycle, CycleAct.RESUME, "only_chair")


def check_can_publish(actor: Actor, cycle: CycleFacts) -> None:
    """The chair publishes."""
    _check_move(actor, cycle, CycleAct.PUBLISH, "only_chair")


def check_can_correct(actor: Actor, cycle: CycleFacts) -> None:
    """The chair corrects what is published, by another publication."""
    _check_move(actor, cycle, CycleAct.CORRECT, "only_chair")


def _check_move(actor: Actor, cycle: CycleFacts, act: CycleAct, code: str) -> None:
    move = cycle_transition(act, cycle.state)
    if actor.role_at(cycle.owner, *move.roles, cycle=cycle.id) is None:
        raise Refusal(code)


def is_barred(actor: Actor, sheet: SheetFacts, conflicts: tuple[str, ...] = ()) -> bool:
    """Whether a sheet is of the own unit, or of one declared in conflict; the owner employs everybody."""
    owner = sheet.cycle.owner
    for place in (sheet.unit, *sheet.leads):
        if works_for(actor, place) or (place != owner and actor.belongs_to(place)):
            return True
        if any(place == one or place.startswith(one + "/") for one in conflicts):
            return True
    return False


def check_can_appraise(actor: Actor, item: ItemFacts, seat: Seat) -> None:
    """An opinion is given by who is assigned to the item, or by the chair; never on the own unit. What is decided keeps
    the level that it was decided at: whoever else comes to it is told that it is decided (``item_decided``).
    """
    sheet = item.sheet
    if not in_council(actor, sheet.cycle):
        raise Refusal("only_council")
    check_is_appraised(sheet)
    if is_barred(actor, sheet, seat.conflicts):
        raise Refusal("own_unit_not_appraised", unit=sheet.unit)
    if actor.id not in item.assigned and not is_chair(actor, sheet.cycle):
        raise Refusal(not_theirs(item))
    if item.asked:
        raise Refusal("item_being_explained")


def check_can_weigh(actor: Actor, item: ItemFacts, seat: Seat) -> None:
    """Figures from elsewhere, and whether documents and lines are good, are kept by who appraises the item, and by
    chair and secretary; never on the own unit.
    """
    keeps = actor.role_at(item.sheet.cycle.owner, Role.SECRETARY, Role.CHAIR, cycle=item.sheet.cycle.id) is not None
    mine = (actor.id,) if keeps else item.assigned
    check_can_appraise(actor, ItemFacts(item.sheet, mine, decided=item.decided), seat)


def not_theirs(item: ItemFacts) -> str:
    """Why an item is not for somebody on the council who is not assigned to it."""
    return "item_decided" if item.decided else "not_assigned"


def check_is_appraised(sheet: SheetFacts) -> None:
    """Whether the council may say something of the sheet now."""
    if sheet.cycle.state is not CycleState.APPRAISAL:
        raise Refusal("cycle_not_in_appraisal", state=sheet.cycle.state)
    waits = sheet.state is SheetState.AWAITING_SIGNATURE and sheet.returned
    if sheet.state not in APPRAISABLE and not waits:
        raise Refusal("sheet_not_in_appraisal", state=sheet.state)


def check_can_dismiss_flag(actor: Actor, item: ItemFacts, seat: Seat) -> None:
    """A flag is dismissed by who appraises the item, by chair or secretary; never on the own unit."""
    check_can_weigh(actor, item, seat)


def check_can_decide(actor: Actor, sheet: SheetFacts, seat: Seat) -> None:
    """Where opinions differ, or nobody may appraise, the chair decides; never on the own unit."""
    if not is_chair(actor, sheet.cycle):
        raise Refusal("only_chair")
    check_is_appraised(sheet)
    if is_barred(actor, sheet, seat.conflicts):
        raise Refusal("own_unit_by_other_chair")


def check_can_take_back(actor: Actor, sheet: SheetFacts, seat: Seat) -> None:
    """What somebody on the council has said is taken back by themselves, whatever level has the item now; never on the
    own unit: what was said before a conflict was declared stays.
    """
    if not in_council(actor, sheet.cycle):
        raise Refusal("only_council")
    check_is_appraised(sheet)
    if is_barred(actor, sheet, seat.conflicts):
        raise Refusal("own_unit_not_appraised", unit=sheet.unit)


def check_can_ask_units(actor: Actor, sheet: SheetFacts, seat: Seat) -> None:
    """Questions are sent to the unit by secretary or chair, whoever wrote them; never to the own unit. ``sheet``: as
    led by the units that lead what is asked about.
    """
    if actor.role_at(sheet.cycle.owner, Role.SECRETARY, Role.CHAIR, cycle=sheet.cycle.id) is None:
        raise Refusal("only_secretary_and_chair")
    check_is_appraised(sheet)
    if is_barred(actor, sheet, seat.conflicts):
        raise Refusal("own_unit_kept_by_others", unit=sheet.unit)


def check_can_keep_votes(actor: Actor, sheet: SheetFacts, seat: Seat) -> None:
    """A vote is put, recorded and closed by chair or secretary; never on the own unit."""
    check_can_ask_units(actor, sheet, seat)


def check_can_vote(actor: Actor, sheet: SheetFacts, seat: Seat) -> None:
    """Members, chair and secretary vote; never on the own unit."""
    if not in_council(actor, sheet.cycle):
        raise Refusal("only_council")
    check_is_appraised(sheet)
    if is_barred(actor, sheet, seat.conflicts):
        raise Refusal("own_unit_not_appraised", unit=sheet.unit)


def check_can_give_points(actor: Actor, cycle: CycleFacts) -> None:
    """Points of surveys are entered by survey staff or the standing office, until the cycle is finalised."""
    if actor.role_at(cycle.owner, Role.SURVEY_STAFF, Role.STANDING_OFFICE, cycle=cycle.id) is None:
        raise Refusal("only_survey_staff")
    _check_takes_points(cycle)


def _check_takes_points(cycle: CycleFacts) -> None:
    if cycle.state not in (CycleState.OPEN, CycleState.APPRAISAL):
        raise Refusal("cycle_over" if cycle.state is not CycleState.DRAFT else "cycle_not_open", state=cycle.state)


def check_can_see_given_points(actor: Actor, cycle: CycleFacts) -> None:
    """What surveys and agencies gave is seen by who enters it, and by who runs, appraises or audits the cycle."""
    if actor.role_at(cycle.owner, Role.SURVEY_STAFF, cycle=cycle.id) is None:
        check_can_oversee_cycle(actor, cycle)


def check_can_withdraw_points(actor: Actor, sheet: SheetFacts, seat: Seat) -> None:
    """Points that were given by mistake are withdrawn by who enters them, or by secretary and chair, but not those of
    the own unit; until the cycle is finalised.
    """
    cycle = sheet.cycle
    if actor.role_at(cycle.owner, Role.SURVEY_STAFF, Role.STANDING_OFFICE, cycle=cycle.id) is None:
        if actor.role_at(cycle.owner, Role.SECRETARY, Role.CHAIR, cycle=cycle.id) is None:
            raise Refusal("only_survey_staff")
        if is_barred(actor, sheet, seat.conflicts):
            raise Refusal("own_unit_not_appraised", unit=sheet.unit)
    _check_takes_points(cycle)


def check_can_read_results(actor: Actor, cycle: CycleFacts) -> None:
    """Results before their publication are for those who run, appraise or audit the cycle."""
    check_can_oversee_cycle(actor, cycle)


def check_can_read_result_sheet(actor: Actor, sheet: SheetFacts, *, is_public: bool) -> None:
    """The sheet of a unit's result is for those who read results, and for the unit itself once they are public."""
    if works_for(actor, sheet.unit):
        if not is_public and refusal(check_can_read_results, actor, sheet.cycle) is not None:
            raise Refusal("result_not_public_yet")
        return
    if refusal(check_can_read_results, actor, sheet.cycle) is not None:
        raise Refusal("result_of_other_unit")


def check_can_withhold(actor: Actor, cycle: CycleFacts) -> None:
    """Words are withheld from the public by chair or secretary from the appraisal on, after publication too; also of
    their own unit: no points follow from it, and what must not be public cannot wait for somebody else.
    """
    if actor.role_at(cycle.owner, Role.SECRETARY, Role.CHAIR, cycle=cycle.id) is None:
        raise Refusal("only_secretary_and_chair")
    if cycle.state in (CycleState.DRAFT, CycleState.OPEN):
        raise Refusal("nothing_appraised_yet")


def check_can_commend(actor: Actor, cycle: CycleFacts) -> None:
    """Proposals for commendation are made by the standing office, after publication."""
    if not actor.has(Role.STANDING_OFFICE, cycle.owner, cycle=cycle.id):
        raise Refusal("only_standing_office")
    _check_is_published(cycle)


def check_can_see_commendations(actor: Actor, cycle: CycleFacts) -> None:
    """Who is proposed for commendation is seen by the standing office and by auditors."""
    if not audits(actor, cycle.owner):
        check_can_commend(actor, cycle)
    _check_is_published(cycle)


def _check_is_published(cycle: CycleFacts) -> None:
    if cycle.state not in (CycleState.PUBLISHED, CycleState.CORRECTED):
        raise Refusal("not_published_yet")
