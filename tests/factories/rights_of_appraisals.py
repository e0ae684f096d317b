"""What must have happened before rows of the appraisers' pages: the council appraises, and what it appraises."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from parindex.database.models import Attachment, Document, Entry, Flag, ItemAppraisal, Opinion, Vote
from parindex.domain.review.flags import FlagKind, Severity
from parindex.domain.review.opinions import OpinionKind
from parindex.domain.review.roles import Role
from parindex.domain.review.votes import VoteMode
from parindex.usecases.appraisal_assignments import AssignmentLine, assign
from parindex.usecases.appraisals import begin_appraisal
from parindex.usecases.opinions import Said, give_opinion
from parindex.usecases.votes import Proposal, open_vote
from tests.factories.rights_of_councils import GIVEN as OF_COUNCILS
from tests.factories.rights_world import RightsWorld
from tests.factories.world import now


def _appraising(rights: RightsWorld) -> None:
    """The council appraises; the appraiser of the rows has everything. The item has a flag and a document."""
    OF_COUNCILS["both_submitted"](rights)
    OF_COUNCILS["council"](rights)
    cycle, office = rights.made.cycle.pk, rights.made.session("standing_office")
    mine = rights.people[Role.APPRAISER, "own"].pk
    assign(by=office, at=now(), cycle_id=cycle, lines=[AssignmentLine(1, mine)])
    begin_appraisal(by=office, at=now(), cycle_id=cycle)
    entry = Entry.objects.get(pk=rights.places["entry"])
    flag = Flag.objects.create(
        entry=entry, kind=FlagKind.NO_EVIDENCE, key="x", severity=Severity.WARN, facts='{"is_demanded": true}',
        raised_at=now(),
    )  # fmt: skip
    by = rights.people[Role.UNIT_OFFICER, "own"]
    paper = Document.objects.create(unit=rights.made.department, title="Báo cáo", created_by=by, created_at=now())
    Attachment.objects.create(entry=entry, document=paper, added_by=by, added_at=now())
    rights.places |= {"flag": flag.pk, "document": paper.pk, "stands": _version(rights)}
    other = ItemAppraisal.objects.get(sheet=rights.made.sheet, item_code="1.1")
    rights.places |= {"other_entry": other.pk, "other_stands": other.version, "other_code": "1.1"}


def _version(rights: RightsWorld) -> int:
    return ItemAppraisal.objects.get(pk=rights.places["entry"]).version


def _opined(rights: RightsWorld) -> None:
    """The appraiser of the rows has accepted the item."""
    _appraising(rights)
    said = Said(OpinionKind.ACCEPT, reason="Đã đối chiếu")
    give_opinion(
        by=rights.session(Role.APPRAISER), at=now(), entry_id=rights.places["entry"], said=said, seen=_version(rights)
    )
    rights.places["opinion"] = Opinion.objects.get(entry=rights.places["entry"]).pk


def _voting(rights: RightsWorld, mode: VoteMode) -> None:
    _appraising(rights)
    proposal = Proposal("1", "Theo số liệu của trung tâm", mode, now().replace(year=now().year + 1))
    with transaction.atomic():
        open_vote(by=rights.session(Role.SECRETARY), at=now(), entry_id=rights.places["entry"], proposal=proposal)
    rights.places["vote"] = Vote.objects.get().pk


def _voting_in_session(rights: RightsWorld) -> None:
    """The points of the item are put to the vote, in session."""
    _voting(rights, VoteMode.SESSION)
    rights.places["member"] = rights.people[Role.APPRAISER, "own"].pk


def _voting_in_writing(rights: RightsWorld) -> None:
    """The points of the item are put to the vote, in writing."""
    _voting(rights, VoteMode.WRITING)


GIVEN: dict[str, Callable[[RightsWorld], None]] = {
    "appraising": _appraising,
    "opined": _opined,
    "voting_in_session": _voting_in_session,
    "voting_in_writing": _voting_in_writing,
}
