"""A world in which the council appraises: both sheets are filled and submitted, everything is assigned.

``appraiser`` works at Sở Tư pháp, so not on the sheet of that department; ``second_appraiser`` is employed by the
province itself. Both are assigned to everything, at one level.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from parindex.database.models import (
    AppraisalAssignment,
    AppraisalLevel,
    Attachment,
    Council,
    CouncilMember,
    Cycle,
    Document,
    Entry,
    ItemAppraisal,
    ScoreSheet,
    SheetPart,
    User,
)
from parindex.database.models.councils import CouncilRole
from parindex.domain.review.opinions import AppraisalState, Blindness, Combination, OpinionKind
from parindex.domain.review.roles import Role
from parindex.usecases.actors import Session
from parindex.usecases.appraisals import begin_appraisal
from parindex.usecases.opinions import Said, give_opinion
from parindex.usecases.submissions import submit_part
from tests.factories.filled import enter_everything
from tests.factories.kept import kept
from tests.factories.world import World, now, person, world


@dataclass
class AppraisalWorld:
    """The world of the other tests with its council; the appraisal has begun."""

    made: World
    council: Council
    level: AppraisalLevel
    members: dict[str, CouncilMember]

    @property
    def people(self) -> dict[str, User]:
        """Everybody by name."""
        return self.made.people

    @property
    def cycle(self) -> Cycle:
        """The cycle, as it is stored now."""
        return Cycle.objects.get(pk=self.made.cycle.pk)

    @property
    def sheet(self) -> ScoreSheet:
        """The sheet of Sở Y tế, as it is stored now."""
        return ScoreSheet.objects.get(pk=self.made.sheet.pk)

    @property
    def other_sheet(self) -> ScoreSheet:
        """The sheet of Sở Tư pháp, where ``appraiser`` works."""
        return ScoreSheet.objects.get(pk=self.made.other_sheet.pk)

    def session(self, name: str) -> Session:
        """The rights of a person as they are now."""
        return self.made.session(name)

    def entry(self, code: str, sheet: ScoreSheet | None = None) -> Entry:
        """An entry of the sheet of Sở Y tế, or of another."""
        return Entry.objects.get(sheet=sheet or self.made.sheet, item_code=code)

    def appraisal(self, code: str, sheet: ScoreSheet | None = None) -> ItemAppraisal:
        """Where an item stands now."""
        return ItemAppraisal.objects.get(entry=self.entry(code, sheet))

    def say(self, name: str, code: str, said: Said | OpinionKind, sheet: ScoreSheet | None = None) -> ItemAppraisal:
        """Somebody gives an opinion on what stands there now; of a kind alone with all that it needs."""
        stands = self.appraisal(code, sheet)
        words = said if isinstance(said, Said) else _SAYING[said]
        return give_opinion(by=self.session(name), at=now(), entry_id=stands.pk, said=words, seen=stands.version)

    def accept_all(self, *, but: tuple[str, ...] = ()) -> None:
        """Everything that waits on both sheets is accepted by ``second_appraiser``, but for some items."""
        said = Said(OpinionKind.ACCEPT, reason="Đã đối chiếu")
        for sheet in (self.made.sheet, self.made.other_sheet):
            for stands in ItemAppraisal.objects.filter(sheet=sheet, state=AppraisalState.WAITING).order_by("position"):
                if stands.item_code not in but:
                    self.say("second_appraiser", stands.item_code, said, sheet)


_SAYING = {
    OpinionKind.ACCEPT: Said(OpinionKind.ACCEPT),
    OpinionKind.ACCEPT_PROVISIONALLY: Said(OpinionKind.ACCEPT_PROVISIONALLY, reason="Chờ văn bản gốc"),
    OpinionKind.ADJUST: Said(OpinionKind.ADJUST, points="0,5", reason="Số liệu chưa khớp báo cáo"),
    OpinionKind.ASK: Said(OpinionKind.ASK, question="Đề nghị nêu rõ cách tính"),
}


@kept
def appraisal_world(*, begun: bool = True, needed: int = 1, days_left: int = 10) -> AppraisalWorld:
    """Both sheets submitted by their leaders, and a council; ``begun``: its appraisal has begun. ``needed``: how many
    opinions an item needs (0: of everybody assigned).
    """
    made = submitted_world(days_left=days_left)
    made.people["second_appraiser"] = person("second_appraiser", made.province, Role.APPRAISER)
    found = _council(made, needed)
    if begun:
        begin_appraisal(by=made.session("standing_office"), at=now(), cycle_id=made.cycle.pk)
    return found


def submitted_world(*, days_left: int = 10) -> World:
    """Both sheets filled, with their evidence, and submitted by their leaders; no council yet."""
    made = world(days_left=days_left)
    for sheet, leader in ((made.sheet, "leader"), (made.other_sheet, "other_leader")):
        enter_everything(sheet)
        _prove(sheet, made.people[leader])
        part = SheetPart.objects.get(sheet=sheet)
        submit_part(by=made.session(leader), at=now(), part_id=part.pk)
    return made


def _prove(sheet: ScoreSheet, by: User) -> None:
    """A document on every item that wants one."""
    paper = Document.objects.create(unit=sheet.unit, title="Kế hoạch", created_by=by, created_at=now())
    entry = Entry.objects.get(sheet=sheet, item_code="1.1")
    Attachment.objects.create(entry=entry, document=paper, added_by=by, added_at=now())


def _council(made: World, needed: int) -> AppraisalWorld:
    council = Council.objects.create(
        cycle=made.cycle, decision_number="12/QĐ-UBND", decision_date=date(2025, 11, 3), title="Hội đồng thẩm định",
        created_by=made.people["standing_office"], created_at=now(),
    )  # fmt: skip
    level = AppraisalLevel.objects.create(
        council=council, number=1, title="Cấp 1", blindness=Blindness.AFTER_OWN, combination=Combination.AGREEMENT,
        opinions_needed=needed,
    )  # fmt: skip
    roles = {
        "chair": CouncilRole.CHAIR, "secretary": CouncilRole.SECRETARY, "appraiser": CouncilRole.APPRAISER,
        "second_appraiser": CouncilRole.APPRAISER,
    }  # fmt: skip
    members = {
        name: CouncilMember.objects.create(
            council=council, user=made.people[name], role=role, position=position, joined_at=now(),
            grant=made.people[name].grants.get(),
        )
        for position, (name, role) in enumerate(roles.items())
    }  # fmt: skip
    for name in ("appraiser", "second_appraiser"):
        AppraisalAssignment.objects.create(level=level, member=members[name], assigned_at=now())
    return AppraisalWorld(made, council, level, members)
