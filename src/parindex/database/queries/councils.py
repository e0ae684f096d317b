"""Reading the council of a cycle: who appraises what, who may not; each function says how many queries it makes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from parindex.database.mapping.frozen_sets import FrozenSet
from parindex.database.models import Cycle, Entry, RoleGrant, ScoreSheet, SheetPart, UnitSuccession
from parindex.database.models.councils import (
    AppraisalAssignment,
    AppraisalLevel,
    Conflict,
    Council,
    CouncilMember,
    CouncilRole,
)
from parindex.database.queries.ended_units import taken_over
from parindex.database.queries.prepared import prepared
from parindex.database.queries.units import names_and_paths
from parindex.domain.review.appraisal_permissions import Seat
from parindex.domain.review.assignment_plans import AssignmentPlans, Plan
from parindex.domain.review.assignments import Assignment, Recusals, SheetPlace, assigned_to
from parindex.domain.review.opinions import Blindness, Combination, LevelRules
from parindex.domain.review.roles import UNIT_ROLES, Grant, Role


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who sits on a council now: ``seat`` is the key of the seat, ``user`` of the account.

    ``serves``: whether the account is in use and holds the role of the seat; what is assigned to who does not serve is
    assigned to nobody. ``substitute`` is the account that the chair has named.
    """

    seat: int
    user: int
    name: str
    role: CouncilRole
    lead_areas: str
    serves: bool
    substitute: int | None = None

    @property
    def appraises(self) -> bool:
        """Whether opinions of this member count; staff prepares papers alone."""
        return self.serves and self.role is not CouncilRole.STAFF


@dataclass(frozen=True)
class CouncilTable:
    """A council as the appraisal sees it; without one everything is empty. Levels go by their numbers.

    ``assignments`` and ``recusals`` speak of accounts. Who has left, or no longer holds the role, is in neither.
    """

    council: Council | None = None
    owner: str = ""
    members: Mapping[int, Member] = field(default_factory=dict)
    levels: Mapping[int, LevelRules] = field(default_factory=dict)
    titles: Mapping[int, str] = field(default_factory=dict)
    blindness: Mapping[int, Blindness] = field(default_factory=dict)
    assignments: tuple[Assignment, ...] = ()
    recusals: Recusals = field(default_factory=lambda: Recusals(""))
    plans: AssignmentPlans = field(default_factory=lambda: AssignmentPlans((), Recusals("")))

    def blindness_of(self, level: int) -> Blindness:
        """When members of a level see what the others said."""
        return self.blindness.get(level, Blindness.AFTER_OWN)

    def seat_of(self, user: int) -> Seat:
        """What rights ask of somebody's seat: the units declared in conflict."""
        return Seat(tuple(self.recusals.conflicts.get(user, ())))


def council_table(cycle_id: int, *, sheet: int | None = None, day: date | None = None) -> CouncilTable:
    """The council of a cycle; ``sheet``: only the assignments that touch this sheet, all that an opinion needs.

    Seven queries, one where there is no council; some more where units have ended.
    """
    found = _council(cycle=cycle_id)
    if not found:
        return CouncilTable()
    (council,) = found
    seats = _seats(council=council.pk)
    names = {seat: user for seat, user, *_ in seats}
    members = {row[1]: _member(row, names) for row in seats}
    levels = _levels(council=council.pk)
    lines = _lines(council=council.pk) if sheet is None else _lines_of_sheet(council=council.pk, sheet=sheet)
    serving = {user for user, member in members.items() if member.appraises}
    assignments = tuple(
        Assignment(user, level, node, group, of_sheet)
        for user, level, node, group, of_sheet in lines
        if user in serving
    )
    recusals = _recusals(council, members, day or localdate())
    return CouncilTable(
        council,
        council.cycle.owner_path,
        members,
        {one.number: LevelRules(Combination(one.combination), one.opinions_needed) for one in levels},
        {one.number: one.title for one in levels},
        {one.number: Blindness(one.blindness) for one in levels},
        assignments,
        recusals,
        AssignmentPlans(assignments, recusals),
    )


def _member(row: tuple[int, int, str, str, str, int | None, bool, bool], seats: Mapping[int, int]) -> Member:
    seat, user, name, role, areas, substitute, is_active, holds = row
    serves = is_active and (holds or role == CouncilRole.STAFF)
    stand_in = seats.get(substitute) if substitute is not None else None
    return Member(seat, user, name, CouncilRole(role), areas, serves, stand_in)


def _recusals(council: Council, members: Mapping[int, Member], day: date) -> Recusals:
    """Where members work, for whom they enter and sign, and what was declared: also by who does not serve now."""
    employed = _employed(council=council.pk, day=day)
    entering = _entering(council=council.pk, day=day)
    gone = {unit for _, unit, path, _ in employed if path is None and unit is not None}
    gone |= {unit for _, unit, path, _, _ in entering if path is None}
    last = {unit: path for unit, (_, path) in names_and_paths(gone, day).items()} if gone else {}
    followed = {unit for _, unit, _, follows in employed if follows and unit is not None}
    followed |= {unit for _, unit, _, _, follows in entering if follows}
    taken = taken_over(followed, day) if followed else {}
    employers: dict[int, tuple[str, ...]] = {}
    for user, unit, path, _ in employed:
        here = path or last.get(unit or 0, "")
        employers[user] = tuple(one for one in (here, *taken.get(unit or 0, {}).values()) if one)
    entered: dict[int, list[Grant]] = {}
    for user, unit, path, subtree, _ in entering:
        grants = [Grant(Role.UNIT_OFFICER, path or last.get(unit, ""), subtree)]
        grants += [Grant(Role.UNIT_OFFICER, one, stands_in=True) for one in taken.get(unit, {}).values()]
        entered.setdefault(user, []).extend(grants)
    conflicts: dict[int, list[str]] = {}
    for user, path in _conflicts(council=council.pk):
        conflicts.setdefault(user, []).append(path)
    return Recusals(
        council.cycle.owner_path,
        employers,
        {user: tuple(paths) for user, paths in conflicts.items()},
        {user: tuple(grants) for user, grants in entered.items()},
        {one.user: one.substitute for one in members.values() if one.substitute in members
         and one.substitute is not None and members[one.substitute].appraises},
    )  # fmt: skip


@prepared
def _council(cycle: int) -> QuerySet[Council]:
    return Council.objects.filter(cycle=cycle).select_related("cycle").order_by()


@prepared
def _seats(council: int) -> QuerySet[CouncilMember, tuple[int, int, str, str, str, int | None, bool, bool]]:
    grants = RoleGrant.objects.filter(
        Q(cycle=None) | Q(cycle=OuterRef("council__cycle")), user=OuterRef("user"), role=OuterRef("role"),
        unit=OuterRef("council__cycle__owner"), ended_at=None,
    )  # fmt: skip
    rows = CouncilMember.objects.filter(council=council, left_at=None).annotate(holds=Exists(grants))
    return rows.order_by("position", "pk").values_list(
        "pk", "user_id", "user__full_name", "role", "lead_areas", "substitute_id", "user__is_active", "holds"
    )


@prepared
def _levels(council: int) -> QuerySet[AppraisalLevel]:
    return AppraisalLevel.objects.filter(council=council).order_by("number")


def _standing_lines(council: int) -> QuerySet[AppraisalAssignment]:
    return AppraisalAssignment.objects.filter(member__council=council, member__left_at=None).order_by("pk")


_LINE = ("member__user_id", "level__number", "node_code", "group_id", "sheet_id")
_LineRow = tuple[int, int, str, int | None, int | None]


@prepared
def _lines(council: int) -> QuerySet[AppraisalAssignment, _LineRow]:
    return _standing_lines(council).values_list(*_LINE)


@prepared
def _lines_of_sheet(council: int, sheet: int) -> QuerySet[AppraisalAssignment, _LineRow]:
    return _standing_lines(council).filter(Q(sheet=None) | Q(sheet=sheet)).values_list(*_LINE)


def _standing_conflicts() -> QuerySet[Conflict]:
    """A conflict is of the person: who leaves the council and comes back, onto another seat, still has it."""
    return Conflict.objects.filter(withdrawn_at=None).order_by("pk")


@prepared
def _conflicts(council: int) -> QuerySet[Conflict, tuple[int, str]]:
    return _standing_conflicts().filter(member__council=council).values_list("member__user_id", "unit_path")


def seat_in(cycle: int, user: int) -> Seat:
    """What rights ask of somebody's seat on the council of a cycle. One query."""
    return Seat(tuple(path for (path,) in _conflicts_of(cycle=cycle, user=user)))


@prepared
def _conflicts_of(cycle: int, user: int) -> QuerySet[Conflict, tuple[str]]:
    rows = _standing_conflicts().filter(member__council__cycle=cycle, member__user=user)
    return rows.values_list("unit_path")


def _holds_on(day: date, versions: str) -> FilteredRelation:
    ends = Q(**{f"{versions}__valid_to": None}) | Q(**{f"{versions}__valid_to__gte": day})
    return FilteredRelation(versions, condition=Q(**{f"{versions}__valid_from__lte": day}) & ends)


@prepared
def _employed(council: int, day: date) -> QuerySet[CouncilMember, tuple[int, int | None, str | None, bool]]:
    """Where each member is employed: the unit, its path of ``day`` (None: it has ended), whether it followed any."""
    follows = UnitSuccession.objects.filter(successor=OuterRef("user__unit"), takes_over=True)
    rows = CouncilMember.objects.filter(council=council, left_at=None).annotate(
        current=_holds_on(day, "user__unit__versions"), path=F("current__path"), follows=Exists(follows)
    )
    return rows.order_by("pk").values_list("user_id", "user__unit_id", "path", "follows")


@prepared
def _entering(council: int, day: date) -> QuerySet[RoleGrant, tuple[int, int, str | None, bool, bool]]:
    """For which units members enter or sign: unit, path of ``day``, with those below or not, if it followed any."""
    follows = UnitSuccession.objects.filter(successor=OuterRef("unit"), takes_over=True)
    seats = CouncilMember.objects.filter(council=council, left_at=None).order_by().values("user")
    rows = RoleGrant.objects.filter(user__in=seats, role__in=[str(one) for one in UNIT_ROLES], ended_at=None).annotate(
        current=_holds_on(day, "unit__versions"), path=F("current__path"), follows=Exists(follows)
    )
    return rows.order_by("pk").values_list("user_id", "unit_id", "path", "subtree", "follows")


# --- sheets, and who appraises their items -----------------------------------------------------------------------


def place_of(sheet: ScoreSheet, parts: Iterable[SheetPart] = ()) -> SheetPlace:
    """A sheet as assignments see it; ``parts``: those that an item is of, whose lead units count, too."""
    leads = dict.fromkeys((sheet.unit_path, *(part.lead_path for part in parts)))
    return SheetPlace(sheet.pk, sheet.group_id, tuple(leads))


def places_of(cycle: Cycle | int) -> dict[int, SheetPlace]:
    """Every sheet of a cycle as assignments see it, in its order, with the items that other units lead; two queries,
    one more where there are such.
    """
    of_cycle = cycle.pk if isinstance(cycle, Cycle) else cycle
    led = _led_items(of_cycle)
    rows = ScoreSheet.objects.filter(cycle=of_cycle).order_by("position", "pk")
    return {
        sheet: SheetPlace(sheet, group, (path,), led.get(sheet, {}))
        for sheet, group, path in rows.values_list("pk", "group_id", "unit_path")
    }


def _led_items(cycle: int) -> dict[int, dict[str, str]]:
    """By sheet, the items that other units than its own lead, with their paths."""
    parts = SheetPart.objects.filter(sheet__cycle=cycle).exclude(lead_path=F("sheet__unit_path"))
    leads = dict(parts.order_by("pk").values_list("pk", "lead_path"))
    found: dict[int, dict[str, str]] = {}
    if leads:
        entries = Entry.objects.filter(part__in=leads).order_by("pk").values_list("sheet_id", "item_code", "part_id")
        for sheet, code, part in entries:
            found.setdefault(sheet, {})[code] = leads[part]
    return found


def nodes_of(frozen: FrozenSet, code: str) -> tuple[str, ...]:
    """An item and all nodes above it."""
    return (code, *frozen.codes_above.get(code, ()))


def assigned_to_item(
    table: CouncilTable, place: SheetPlace, frozen: FrozenSet, code: str, level: int
) -> tuple[int, ...]:
    """The accounts that appraise an item of a sheet at a level."""
    return assigned_to(table.assignments, place.of_item(code), nodes_of(frozen, code), level, table.recusals)


def plan_of_sheet(table: CouncilTable, place: SheetPlace, frozen: FrozenSet) -> Plan:
    """Who appraises every item of a sheet, by level; made once for all sheets of a table that are alike."""
    return table.plans.plan_of(place, frozen.codes_above)


def first_level(levels: Collection[int], table: CouncilTable) -> int:
    """The level that an item begins with: the lowest of ``levels``, which have somebody; else the lowest of all."""
    return min(levels or table.levels or (1,))
