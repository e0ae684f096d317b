"""A province whose own sheet is led by its departments: the world of the other tests and one more cycle."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from parindex.database.models import Attachment, Cycle, Document, Entry, Phase, ScoreSheet, SheetPart, User
from parindex.database.models.cycles import PhaseKind
from parindex.domain.review.roles import Role
from parindex.usecases.actors import Session
from parindex.usecases.cycles import NewGroup, add_group, open_cycle
from parindex.usecases.entries import Change, save_entry
from parindex.usecases.sheet_parts import assign_items
from parindex.usecases.typed_values import Typed, digest
from tests.factories.kept import kept
from tests.factories.world import World, now, person, world

#: Everything that the two departments enter on the sheet of the province.
FIGURES = {
    "1.1": {"plan": "timely"},
    "2.1": {"received": "1.200", "on_time": "900"},
    "2.2": {"online": "300"},
}


@dataclass
class PartsWorld:
    """The sheet of the province: area 1 is led by Sở Y tế, area 2 by Sở Tư pháp, the survey stays with the province."""

    made: World
    sheet: ScoreSheet

    @property
    def people(self) -> dict[str, User]:
        """Everybody by name; ``head`` signs for the province, ``clerk`` enters for it."""
        return self.made.people

    def session(self, name: str) -> Session:
        """The rights of a person as they are now."""
        return self.made.session(name)

    def part(self, code: str) -> SheetPart:
        """The part of a lead unit, as it is stored now."""
        return SheetPart.objects.get(sheet=self.sheet, lead_unit__code=code)

    def now(self) -> ScoreSheet:
        """The sheet as it is stored now."""
        return ScoreSheet.objects.get(pk=self.sheet.pk)

    def fill(self, *codes: str) -> None:
        """Enter figures, points and evidence of items, each by an officer of its lead unit."""
        for code in codes:
            entry = Entry.objects.select_related("part__lead_unit").get(sheet=self.sheet, item_code=code)
            lead = {"so-y-te": "owner", "so-tu-phap": "stranger", "tinh": "clerk"}[entry.part.lead_unit.code]
            figures = {name: Typed(text, digest("")) for name, text in FIGURES.get(code, {}).items()}
            points = None if figures else Typed("1,5", digest(""))
            change = Change(figures, points)
            save_entry(by=self.session(lead), at=now(), sheet_id=self.sheet.pk, item_code=code, change=change)
        self.prove()

    def prove(self) -> None:
        """A document on every item that lacks one."""
        for entry in Entry.objects.filter(sheet=self.sheet, lacks_evidence=True):
            paper = Document.objects.create(
                unit=self.made.department, title="Kế hoạch", created_by=self.people["owner"], created_at=now()
            )
            Attachment.objects.create(entry=entry, document=paper, added_by=self.people["owner"], added_at=now())
            entry.lacks_evidence = False
            entry.save(update_fields=["lacks_evidence"])


@kept
def parts_world(*, assigned: bool = True, days_left: int = 10) -> PartsWorld:
    """An open cycle with the sheet of the province; ``assigned``: divided between two departments."""
    made = world()
    made.people["head"] = person("head", made.province, Role.UNIT_LEADER)
    made.people["clerk"] = person("clerk", made.province, Role.UNIT_OFFICER)
    cycle = Cycle.objects.create(
        owner=made.province, owner_path="tinh", title="Phiếu cấp tỉnh năm 2025", year=2025,
        created_by=made.people["standing_office"], created_at=now(),
    )  # fmt: skip
    Phase.objects.create(
        cycle=cycle, kind=PhaseKind.SELF_SCORING, title="Tự đánh giá", starts_at=now() - timedelta(days=20),
        ends_at=now() + timedelta(days=days_left),
    )  # fmt: skip
    office = made.session("standing_office")
    group = NewGroup("province", "Cấp tỉnh", made.version.pk, (made.province.pk,))
    add_group(by=office, at=now(), cycle_id=cycle.pk, group=group)
    open_cycle(by=office, at=now(), cycle_id=cycle.pk)
    sheet = ScoreSheet.objects.get(cycle=cycle)
    if assigned:
        leads = dict.fromkeys(("1.1", "1.2"), made.department.pk)
        leads |= dict.fromkeys(("2.1", "2.2"), made.other_department.pk)
        assign_items(by=office, at=now(), sheet_id=sheet.pk, leads=leads, reason="Phân công của UBND tỉnh")
    return PartsWorld(made, sheet)
