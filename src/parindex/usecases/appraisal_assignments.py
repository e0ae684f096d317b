"""Who appraises what: by item and group, by unit, or evenly by load."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from parindex.database.models import ScoreSheet
from parindex.database.models.councils import AppraisalAssignment, AppraisalLevel, Council, CouncilMember, CouncilRole
from parindex.database.queries.appraisal_queues import sets_of
from parindex.database.queries.councils import CouncilTable, council_table, places_of
from parindex.domain.review.assignments import spread_evenly
from parindex.domain.review.refusal import Refusal
from parindex.usecases import audit_log
from parindex.usecases.actors import Session
from parindex.usecases.council_seats import changed, held_council
from parindex.usecases.read_marks import require_as_read
from parindex.usecases.reassigned import follow, stand, table_before
from parindex.usecases.written_texts import reason_of


@dataclass(frozen=True, slots=True)
class AssignmentLine:
    """Who (an account) appraises at a level: an item or a node above it ("" for all), of a group, of a sheet (None for
    all).
    """

    level: int
    member: int
    node: str = ""
    group: int | None = None
    sheet: int | None = None


@transaction.atomic
def assign(
    *, by: Session, at: datetime, cycle_id: int, lines: Sequence[AssignmentLine], seen: str | None = None
) -> int:
    """Add lines to the table; how many are new. All of them or none.

    Refused for who is not on the council (``not_a_member``), staff (``member_gives_no_opinion``), what the cycle does
    not have, and a single sheet of the own unit or one in conflict without a substitute (``member_recused``).
    """
    council = held_council(by, cycle_id)
    require_as_read(version_texts(council), seen)
    if not lines:
        raise Refusal("nothing_to_assign")
    table = table_before(council)
    new = _write(council, lines, at)
    if new:
        _record(_Act("assign_appraisals", council, table), by, at, after=_facts(new))
    return len(new)


@transaction.atomic
def unassign(
    *, by: Session, at: datetime, cycle_id: int, lines: Collection[int], reason: str, seen: str | None = None
) -> int:
    """Take lines out of the table, with the reason; opinions that were given by them stay."""
    council = held_council(by, cycle_id)
    require_as_read(version_texts(council), seen)
    why = reason_of(reason)
    found = list(_stored(council).filter(pk__in=lines))
    if not found:
        raise Refusal("nothing_to_assign")
    before, table = _facts(found), table_before(council)
    _delete(found)
    _record(_Act("unassign_appraisals", council, table), by, at, before=before, reason=why)
    return len(found)


@transaction.atomic
def spread(
    *,
    by: Session,
    at: datetime,
    cycle_id: int,
    level: int,
    members: Sequence[int],
    group: int | None = None,
    seen: str | None = None,
) -> Mapping[int, int]:
    """Give every sheet (of a group) to one of ``members``, loads as even as they can be; the member by sheet.

    What was given sheet by sheet at this level before is given anew. A sheet that none of them may appraise is left.
    """
    council = held_council(by, cycle_id)
    require_as_read(version_texts(council), seen)
    given = spread_of(council_table(cycle_id), cycle_id, members, group)
    sheets = ScoreSheet.objects.filter(cycle=cycle_id, **({} if group is None else {"group": group}))
    old = list(_stored(council).filter(level__number=level, node_code="", sheet__in=sheets))
    before, table = _facts(old), table_before(council)
    _delete(old)
    new = _write(council, [AssignmentLine(level, who, sheet=sheet) for sheet, who in given.items()], at)
    _record(_Act("spread_appraisals", council, table), by, at, before=before, after=_facts(new))
    return given


def spread_of(
    table: CouncilTable, cycle_id: int, members: Sequence[int], group: int | None = None
) -> Mapping[int, int]:
    """What :func:`spread` would give, without writing it: the load of a sheet is its items."""
    if not members:
        raise Refusal("nobody_to_spread_over")
    for one in members:
        _require_appraises(table, one)
    places = {sheet: one for sheet, one in places_of(cycle_id).items() if group in (None, one.group)}
    sets = sets_of(cycle_id)
    if group is not None and group not in sets:
        raise Refusal("not_of_this_cycle")
    loads = {sheet: len(sets[one.group].items) for sheet, one in places.items()}
    barred = {
        who: {sheet for sheet, one in places.items() if table.recusals.recused(who, one.units)} for who in members
    }
    return spread_evenly(loads, tuple(dict.fromkeys(members)), barred)


def version_texts(council: Council) -> dict[str, str]:
    """What a page of assignments was made of: the whole council as it then was."""
    return {"version": str(council.version)}


def _require_appraises(table: CouncilTable, user: int) -> None:
    member = table.members.get(user)
    if member is None:
        raise Refusal("not_a_member")
    if member.role is CouncilRole.STAFF:
        raise Refusal("member_gives_no_opinion")


def _write(council: Council, lines: Sequence[AssignmentLine], at: datetime) -> list[AppraisalAssignment]:
    """Store those of ``lines`` that are not there yet."""
    table = council_table(council.cycle_id)
    check_lines(table, council.cycle_id, lines)
    levels = {one.number: one for one in AppraisalLevel.objects.filter(council=council)}
    seats = {one.user_id: one for one in _seats(council)}
    known = {_key(one) for one in _stored(council)}
    new: list[AppraisalAssignment] = []
    for line in dict.fromkeys(lines):
        made = AppraisalAssignment(
            level=levels[line.level], member=seats[line.member], node_code=line.node, group_id=line.group,
            sheet_id=line.sheet, assigned_at=at,
        )  # fmt: skip
        if _key(made) not in known:
            new.append(made)
    return AppraisalAssignment.objects.bulk_create(new, batch_size=500)


def check_lines(table: CouncilTable, cycle_id: int, lines: Sequence[AssignmentLine]) -> None:
    """Refuse lines that cannot be stored, as :func:`assign` says. Three queries."""
    sets, places = sets_of(cycle_id), places_of(cycle_id)
    nodes = {
        group: {"", *one.items, *(up for above in one.codes_above.values() for up in above)}
        for group, one in sets.items()
    }
    everywhere = {""}.union(*nodes.values())
    for line in lines:
        _require_appraises(table, line.member)
        if line.level not in table.levels:
            raise Refusal("no_such_level")
        place = places.get(line.sheet) if line.sheet is not None else None
        if (line.sheet is not None and (place is None or line.group not in (None, place.group))) or (
            line.group is not None and line.group not in sets
        ):
            raise Refusal("not_of_this_cycle")
        group = place.group if place is not None else line.group
        if line.node not in (everywhere if group is None else nodes[group]):
            raise Refusal("items_unknown", items=[line.node])
        if place is not None and table.recusals.free_of(line.member, place.units) is None:
            unit = ScoreSheet.objects.values_list("unit_name", flat=True).get(pk=place.sheet)
            raise Refusal("member_recused", member=table.members[line.member].name, unit=unit)


def _seats(council: Council) -> Sequence[CouncilMember]:
    return list(CouncilMember.objects.select_related("user").filter(council=council, left_at=None).order_by("pk"))


def _stored(council: Council) -> QuerySet[AppraisalAssignment]:
    rows = AppraisalAssignment.objects.filter(level__council=council, member__left_at=None)
    return rows.select_related("level", "member", "member__user", "group", "sheet").order_by("pk")


def _delete(lines: Sequence[AppraisalAssignment]) -> None:
    AppraisalAssignment.objects.filter(pk__in=[one.pk for one in lines]).delete()


def _key(one: AppraisalAssignment) -> tuple[int, int, str, int | None, int | None]:
    return (one.level_id, one.member_id, one.node_code, one.group_id, one.sheet_id)


def _facts(lines: Sequence[AppraisalAssignment]) -> dict[str, object]:
    """Lines as the log keeps them, by member; groups and sheets by their keys."""
    found: dict[str, object] = {"lines": len(lines)}
    by_member: dict[str, list[list[object]]] = {}
    for one in lines:
        what: list[object] = [one.level.number, one.node_code, one.group_id, one.sheet_id]
        by_member.setdefault(one.member.user.full_name, []).append(what)
    return {**found, **by_member}


@dataclass(frozen=True, slots=True)
class _Act:
    """What is done to the table of a council, and how the table was before, where items are under appraisal."""

    name: str
    council: Council
    before: CouncilTable | None


def _record(
    act: _Act,
    by: Session,
    at: datetime,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    reason: str = "",
) -> None:
    """Count the change, let the items follow it, and log it."""
    council = act.council
    changed(council)
    entries = follow(act.before, council)
    what = audit_log.target(council, unit=council.cycle.owner_id, cycle=council.cycle)
    audit_log.record(act.name, what, by=by, at=at, before=before, after=after, reason=reason)
    stand(entries, by=by, at=at)


@transaction.atomic
def log_export(*, by: Session, at: datetime, council: Council, rows: int) -> None:
    """Somebody has taken the table out."""
    what = audit_log.target(council, unit=council.cycle.owner_id, cycle=council.cycle)
    audit_log.record("export_appraisal_assignments", what, by=by, at=at, after={"rows": rows})
