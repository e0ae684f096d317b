"""What must have happened before rows of questions and further explanations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from parindex.database.models import (
    AppraisalAssignment,
    AppraisalLevel,
    Council,
    CouncilMember,
    Cycle,
    Entry,
    ItemAppraisal,
    Question,
    ScoreSheet,
)
from parindex.database.models.councils import CouncilRole
from parindex.domain.review.opinions import OpinionKind
from parindex.domain.review.roles import Role
from parindex.usecases.appraisals import begin_appraisal
from parindex.usecases.further_explanations import questions_mark, send_questions
from parindex.usecases.opinions import Said, give_opinion
from parindex.usecases.submissions import submit_part
from tests.factories.rights_of_councils import seat_everybody
from tests.factories.rights_world import RightsWorld
from tests.factories.world import now


def _question_unsent(rights: RightsWorld) -> None:
    """An appraiser has asked about an item of the department, and nobody has sent the question."""
    submit_part(
        by=rights.session(Role.UNIT_LEADER), at=now(), part_id=rights.places["part"], incomplete_reason="Chưa có"
    )
    ScoreSheet.objects.filter(pk=rights.made.other_sheet.pk).update(state="locked")
    office, member = rights.people[Role.STANDING_OFFICE, "own"], rights.people[Role.APPRAISER, "own"]
    council = Council.objects.create(
        cycle=rights.made.cycle, decision_number="1/QĐ", decision_date=now().date(), created_by=office,
        created_at=now(),
    )  # fmt: skip
    seat = CouncilMember.objects.create(
        council=council, user=member, role=CouncilRole.APPRAISER, grant=member.grants.get(), joined_at=now()
    )
    seat_everybody(rights, council)
    level = AppraisalLevel.objects.create(council=council, number=1, title="Cấp 1")
    AppraisalAssignment.objects.create(level=level, member=seat, assigned_at=now())
    Cycle.objects.filter(pk=rights.made.cycle.pk).update(state="open")
    begin_appraisal(by=rights.session(Role.STANDING_OFFICE), at=now(), cycle_id=rights.made.cycle.pk)
    entry = Entry.objects.get(pk=rights.places["entry"])
    seen = ItemAppraisal.objects.get(entry=entry).version
    said = Said(OpinionKind.ASK, question="Đề nghị nêu rõ cách tính")
    give_opinion(by=rights.session(Role.APPRAISER), at=now(), entry_id=entry.pk, said=said, seen=seen)
    rights.places["question"] = Question.objects.get().pk
    rights.places["looked_at"] = questions_mark(Question.objects.all())


def _question_sent(rights: RightsWorld) -> None:
    """The secretary has sent it, and the department answers."""
    _question_unsent(rights)
    send_questions(
        by=rights.session(Role.SECRETARY), at=now(), sheet_ids=[rights.made.sheet.pk],
        ends_at=now() + timedelta(days=7),
    )  # fmt: skip


GIVEN: dict[str, Callable[[RightsWorld], None]] = {
    "question_unsent": _question_unsent,
    "question_sent": _question_sent,
}
