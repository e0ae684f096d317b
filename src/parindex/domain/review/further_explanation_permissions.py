"""Who may do what with a question of the council: as in :mod:`parindex.domain.review.appraisal_permissions`."""

from __future__ import annotations

from parindex.domain.review.appraisal_permissions import Seat, check_is_appraised, in_council, is_barred
from parindex.domain.review.permissions import CycleFacts, SheetFacts, audits
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.roles import Actor, Role


def sends_questions(actor: Actor, cycle: CycleFacts) -> bool:
    """Whether somebody is secretary or chair of the council of a cycle."""
    return actor.role_at(cycle.owner, Role.SECRETARY, Role.CHAIR, cycle=cycle.id) is not None


def check_can_see_unsent_questions(actor: Actor, cycle: CycleFacts) -> None:
    """What waits to be sent is seen by those who send it, and by auditors."""
    if not audits(actor, cycle.owner):
        check_can_send_questions(actor, cycle)


def check_can_send_questions(actor: Actor, cycle: CycleFacts) -> None:
    """Questions go to the units through secretary and chair."""
    if not sends_questions(actor, cycle):
        raise Refusal("only_secretary_and_chair")


def check_can_withdraw_question(actor: Actor, sheet: SheetFacts, author: int, seat: Seat) -> None:
    """A question is taken back by who asked it, as long as they sit on the council, or by secretary and chair; never
    one to the own unit. ``sheet``: as led by the unit that leads the item.
    """
    asked_it = actor.id == author and in_council(actor, sheet.cycle)
    if not asked_it and not sends_questions(actor, sheet.cycle):
        raise Refusal("only_author_and_secretary")
    check_is_appraised(sheet)
    if is_barred(actor, sheet, seat.conflicts):
        raise Refusal("own_unit_kept_by_others", unit=sheet.unit)
