"""Who looks at an appraisal: what is theirs to do, and what they may see of what others have said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from time import monotonic

from django.db import connection
from django.db.models import Q

from parindex.database.models import ScoreSheet
from parindex.database.queries.appraisal_loads import LOOKS_AGAIN, seen_at
from parindex.database.queries.appraisal_pages import QueueRow
from parindex.database.queries.councils import CouncilTable, council_table
from parindex.domain.review.appraisal_permissions import is_chair, sees_every_opinion
from parindex.domain.review.assignment_plans import Plan
from parindex.domain.review.item_standings import CouncilLevel, Said, shown_to_blind
from parindex.domain.review.opinions import SETTLED, TO_APPRAISE, AppraisalState, OpinionKind, sees_words
from parindex.domain.review.permissions import CycleFacts
from parindex.domain.review.roles import Role
from parindex.usecases.actors import Session
from parindex.usecases.item_standing import blind_mark

#: States that give nothing away of what members have said: nothing, or what the unit has been told.
_KNOWN_TO_ALL = frozenset(
    {AppraisalState.WAITING, AppraisalState.EXPLAINED, AppraisalState.SURVEYED, AppraisalState.NOT_ASSESSED}
)
#: In these nothing has come of what members have said.
IN_WORK = frozenset({AppraisalState.WAITING, AppraisalState.EXPLAINED, AppraisalState.ASKED})
#: So long a page may be made with a council as it was: who may say what is asked anew with every act.
_KEPT_SECONDS = 20
_known: dict[tuple[object, ...], tuple[float, CouncilTable]] = {}
_writing = Lock()  # requests are answered by several threads


def kept_council(sheet: ScoreSheet) -> CouncilTable:
    """The council that appraises ``sheet`` (of ``appraised_sheet``): no query where this process has just met it.

    Any change of the composition makes another version. What is read inside a transaction may be taken back and is
    not kept.
    """
    made: datetime | None = getattr(sheet, "council_since", None)
    if made is None or connection.in_atomic_block:
        return council_table(sheet.cycle_id)
    key = (connection.settings_dict["NAME"], sheet.cycle_id, getattr(sheet, "council_version", 0), made)
    at = monotonic()
    found = _known.get(key)
    if found is None or at - found[0] > _KEPT_SECONDS:
        found = (at, council_table(sheet.cycle_id))
        with _writing:
            for old in [one for one, (since, _) in _known.items() if at - since > _KEPT_SECONDS]:
                del _known[old]
            _known[key] = found
    return found[1]


@dataclass(frozen=True, slots=True)
class Reader:
    """A person before the appraisal of a cycle. ``sees_all``: blindness does not concern them."""

    user: int
    is_chair: bool
    sees_all: bool
    table: CouncilTable

    @classmethod
    def of(cls, session: Session, cycle: CycleFacts, table: CouncilTable) -> Reader:
        """The reader that ``session`` is for the council of a cycle."""
        actor = session.actor
        sees = sees_every_opinion(actor, cycle)
        return cls(session.user.pk, is_chair(actor, cycle), sees or actor.has(Role.AUDITOR, cycle.owner), table)

    def appraises(self, row: QueueRow, plan: Plan) -> bool:
        """Whether the item is assigned to them at the level that has it."""
        return self.user in plan.get(row.level, {}).get(row.item_code, ())

    def known(self, row: QueueRow, plan: Plan) -> QueueRow:
        """An item as this person may know it: where they may not know what the others said, an item of which nothing
        has come yet stands as if these had said nothing; a question that was not sent is nobody's business either.
        """
        own = row.mine == OpinionKind.ASK and row.state == AppraisalState.ASKED
        if row.state not in IN_WORK or row.is_sent or own or not self.is_blind(row, plan):
            return row
        is_new = row.is_answered and row.mine is None
        return row._replace(state=str(AppraisalState.EXPLAINED if is_new else AppraisalState.WAITING))

    def waits(self, row: QueueRow, plan: Plan) -> bool:
        """Whether an item (as it is :meth:`known`) waits for this person: for their opinion, or for the decision of the
        chair. What others accepted provisionally, unknown to this person, waits for those.
        """
        if row.state in TO_APPRAISE and self.appraises(row, plan):
            if row.state == AppraisalState.PROVISIONAL and row.mine is None and not self.sees(row, plan):
                return False
            return row.mine is None or row.mine in LOOKS_AGAIN
        return self.is_chair and is_for_chair(row, plan)

    def sees(self, row: QueueRow, plan: Plan) -> bool:
        """Whether where an item stands, and the points, may be shown: they give away what others said."""
        return self.sees_standing(
            row.state, row.level, row.points, plan, row.item_code, has_spoken=row.mine is not None
        )

    def sees_standing(self, state: str, level: int, points: str, plan: Plan, code: str, *, has_spoken: bool) -> bool:
        """The same of an item that stands so, ``has_spoken`` at the level that has it. The points of one that waits are
        those of the level below.
        """
        if state == AppraisalState.WAITING and points:
            return self.sees_level(level - 1, plan, code, has_spoken=False)
        return self.sees_level(level, plan, code, has_spoken=has_spoken)

    def is_blind(self, row: QueueRow, plan: Plan) -> bool:
        """Whether this person may not know what others said at the level that has an item."""
        return not self.sees_level(row.level, plan, row.item_code, has_spoken=row.mine is not None)

    def levels_of(self, row: QueueRow, plan: Plan) -> list[CouncilLevel]:
        """Every level for an item, with who appraises it there."""
        return [
            CouncilLevel(one, rules, plan.get(one, {}).get(row.item_code, ()))
            for one, rules in sorted(self.table.levels.items())
        ]

    def mark_of(self, row: QueueRow, plan: Plan, said: Sequence[Said], set_version: int) -> str:
        """The mark of what is shown of an item to this person, who may not know what others said."""
        return blind_mark(row.claim, set_version, shown_to_blind(said, self.levels_of(row, plan), row.level, self.user))

    def sees_level(self, level: int, plan: Plan, code: str, *, has_spoken: bool) -> bool:
        """Whether what others said at a level may be shown; who has the item above builds on what was said below."""
        if self.sees_all or sees_words(self.table.blindness_of(level), has_spoken=has_spoken):
            return True
        mine = _levels_of(plan, code, self.user)
        return bool(mine) and min(mine) > level


def seen_items(reader: Reader) -> Q:
    """The items of which a person may know what others said, at the level where they have them."""
    if reader.sees_all:
        return ~Q(pk=None)
    when = {level: reader.table.blindness_of(level) for level in reader.table.levels}
    return seen_at(
        [level for level, blindness in when.items() if sees_words(blindness, has_spoken=False)],
        [level for level, blindness in when.items() if sees_words(blindness, has_spoken=True)],
        reader.user,
    )


def _levels_of(plan: Plan, code: str, user: int) -> list[int]:
    levels: Mapping[int, Mapping[str, tuple[int, ...]]] = plan
    return [level for level, items in levels.items() if user in items.get(code, ())]


def shown_state(state: str, *, sees: bool, is_sent: bool) -> str:
    """Where an item stands as far as somebody may know it: "" where all that may be told is that something was said.

    ``sees``: whether they may know what others said. A question that was sent (``is_sent``) is known to everybody.
    """
    known = sees or state in _KNOWN_TO_ALL or (state == AppraisalState.ASKED and is_sent)
    return state if known else ""


def is_for_chair(row: QueueRow, plan: Plan) -> bool:
    """Whether nobody but the chair can go on with an item: opinions differ, or nobody is assigned to it."""
    if row.state == AppraisalState.DISPUTED:
        return True
    return row.state in TO_APPRAISE and not plan.get(row.level, {}).get(row.item_code)


def is_settled(row: QueueRow) -> bool:
    """Whether the council has nothing left to do with an item."""
    return row.state in SETTLED


def is_given(row: QueueRow) -> bool:
    """Whether the council has nothing to say of an item: a survey gives its points, or it is not assessed."""
    return row.state in (AppraisalState.SURVEYED, AppraisalState.NOT_ASSESSED)
