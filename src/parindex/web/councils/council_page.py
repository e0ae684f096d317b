"""What the page of a council shows: the decision, who sits on it, who appraises what, what nobody appraises and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from parindex.database.models import ScoreSheet
from parindex.database.models.councils import AppraisalAssignment, AppraisalLevel, Conflict, Council, CouncilMember
from parindex.database.queries.councils import CouncilTable
from parindex.database.queries.units import names_and_paths
from parindex.web.councils.access import Opened
from parindex.web.councils.coverage import Coverage, Cycleful, coverage
from parindex.wording.language import text


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One seat as a line; ``load`` counts items of all sheets, ``serves`` is False where the role has ended."""

    seat: CouncilMember
    employer: str
    serves: bool
    substitute: str
    conflicts: Sequence[Conflict]
    load: int
    sheets: int
    is_me: bool


@dataclass(frozen=True, slots=True)
class AssignedLine:
    """One line of the table of assignments, as it is read."""

    pk: int
    level: int
    user: int
    member: str
    node: str
    title: str
    group: str
    unit: str


@dataclass(frozen=True, slots=True)
class CouncilPage:
    """The page of a council that there is."""

    council: Council
    rows: Sequence[MemberRow]
    former: Sequence[CouncilMember]
    levels: Sequence[AppraisalLevel]
    lines: Sequence[AssignedLine]
    covers: Coverage

    @property
    def my_seat(self) -> CouncilMember | None:
        """The seat of who looks at the page."""
        return next((row.seat for row in self.rows if row.is_me), None)


def council_page(found: Opened, user: int, day: date) -> CouncilPage:
    """The page; a number of queries that does not depend on how many members, units or items there are."""
    council, table = found.council, found.table
    seats = list(
        CouncilMember.objects.select_related("user", "substitute__user")
        .filter(council=council)
        .order_by("position", "pk")
    )
    units = names_and_paths({one.user.unit_id for one in seats if one.user.unit_id is not None}, day)
    conflicts: dict[int, list[Conflict]] = {}
    declared = Conflict.objects.select_related("member").filter(member__council=council, withdrawn_at=None)
    for one in declared.order_by("unit_name", "pk"):
        conflicts.setdefault(one.member.user_id, []).append(one)
    over = Cycleful.of(found.cycle.pk)
    covers = coverage(table, over)
    rows = [
        _row(one, table, covers, units, conflicts.get(one.user_id, ()), is_me=one.user_id == user)
        for one in seats
        if one.left_at is None
    ]
    levels = list(AppraisalLevel.objects.filter(council=council).order_by("number"))
    former = [one for one in seats if one.left_at is not None]
    return CouncilPage(council, rows, former, levels, assigned_lines(council, over), covers)


def _row(
    seat: CouncilMember,
    table: CouncilTable,
    covers: Coverage,
    units: Mapping[int, tuple[str, str]],
    conflicts: Sequence[Conflict],
    *,
    is_me: bool,
) -> MemberRow:
    employer = units[seat.user.unit_id][0] if seat.user.unit_id is not None else ""
    member = table.members.get(seat.user_id)
    substitute = seat.substitute.user.full_name if seat.substitute is not None else ""
    return MemberRow(
        seat, employer, member is not None and member.serves, substitute, conflicts,
        covers.loads.get(seat.user_id, 0), covers.sheets.get(seat.user_id, 0), is_me,
    )  # fmt: skip


def assigned_lines(council: Council, over: Cycleful) -> list[AssignedLine]:
    """Every line of the table, in the order of levels and members; two queries."""
    rows = AppraisalAssignment.objects.filter(level__council=council, member__left_at=None)
    found = list(
        rows.select_related("level", "member__user").order_by("level__number", "member__position", "node_code", "pk")
    )
    sheets = {one.sheet_id for one in found if one.sheet_id is not None}
    names = dict(ScoreSheet.objects.filter(pk__in=sheets).values_list("pk", "unit_name")) if sheets else {}
    titles = node_titles(over)
    return [
        AssignedLine(
            one.pk, one.level.number, one.member.user_id, one.member.user.full_name, one.node_code,
            titles.get(one.node_code, ""),
            over.groups.get(one.group_id, "") if one.group_id is not None else "",
            names.get(one.sheet_id, "") if one.sheet_id is not None else "",
        )
        for one in found
    ]  # fmt: skip


def node_titles(over: Cycleful) -> dict[str, str]:
    """What areas, criteria and items are called, by code; where groups differ, by the first."""
    found: dict[str, str] = {}
    for frozen in over.sets.values():
        for node in frozen.criteria_set.walk():
            found.setdefault(node.code, node.display_title or node.title)
    return found


def line_words(line: AssignedLine) -> str:
    """``1.2 Cải cách thể chế, nhóm Sở, ngành``: what a line assigns."""
    what = f"{line.node} {line.title}".strip() if line.node else text("mọi mục")
    where = line.unit or (text("nhóm {group}", group=line.group) if line.group else text("mọi đơn vị"))
    return f"{what}, {where}"
