"""What the page of one unit shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from parindex.database.models import AuditRecord, ScoreSheet, Unit, UnitSuccession, UnitVersion, User
from parindex.database.queries.accounts import offices_on
from parindex.database.queries.score_sheets import sheet_facts, sheets
from parindex.database.queries.units import names_and_paths, path_of, versions_on
from parindex.domain.review.account_permissions import (
    check_can_manage_accounts,
    check_can_manage_units,
    check_can_put_units_below,
)
from parindex.domain.review.permissions import check_can_read_sheet
from parindex.domain.review.refusal import Refusal, refusal
from parindex.domain.review.roles import Actor
from parindex.web.units.tree_page import PAGE
from parindex.wording.alphabet import alphabet_key


@dataclass(frozen=True, slots=True)
class Above:
    """A unit on the way up."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Succession:
    """Another unit that this one followed, or that followed this one."""

    other: int
    name: str
    stored: UnitSuccession
    ended: bool

    @property
    def takes_place(self) -> bool:
        """Whether the place of the predecessor was taken: while that goes on, only a part of it can have gone."""
        return self.stored.takes_over and self.ended

    @property
    def field(self) -> str:
        """The field of a form that says whether a place was taken, or a part given."""
        return f"takes-over-{self.other}"

    @property
    def word(self) -> str:
        """What that field says as it is stored."""
        return "1" if self.takes_place else "0"


@dataclass(frozen=True, slots=True)
class UnitPage:
    """One unit: the version that holds, or the last or first one; its whole history; who and what belongs to it.

    ``refused`` says why who looks may not change the unit itself, ``below_refused`` why nothing below it.
    """

    unit: Unit
    version: UnitVersion
    holds: bool
    above: Sequence[Above]
    versions: Sequence[UnitVersion]
    parents: dict[int, tuple[str, str]]
    follows: Sequence[Succession]
    followed_by: Sequence[Succession]
    children: Sequence[UnitVersion]
    staff: Sequence[User]
    sheets: Sequence[ScoreSheet]
    records: Sequence[AuditRecord]
    refused: Refusal | None
    below_refused: Refusal | None
    staff_refused: Refusal | None

    @property
    def end(self) -> UnitVersion | None:
        """The version with which the unit ends, today or later; None where no end is known."""
        last = self.versions[0]
        return last if last.valid_to is not None else None


def unit_page(actor: Actor, unit: Unit, today: date) -> UnitPage:
    """A dozen queries, however much belongs to the unit."""
    versions = list(UnitVersion.objects.filter(unit=unit).order_by("valid_from"))
    begun = [one for one in versions if one.valid_from <= today]
    version = begun[-1] if begun else versions[0]
    holds = bool(begun) and (version.valid_to is None or version.valid_to >= today)
    path = path_of(unit.pk, today)
    offices = offices_on(today)
    refused, below_refused, staff_refused = (
        refusal(check, actor, path, offices=offices)
        for check in (check_can_manage_units, check_can_put_units_below, check_can_manage_accounts)
    )
    readable = [
        one for one in sheets().filter(unit=unit).order_by("-cycle__year", "pk")
        if refusal(check_can_read_sheet, actor, sheet_facts(one)) is None
    ]  # fmt: skip
    return UnitPage(
        unit, version, holds, _above(version, today), _joined(versions),
        names_and_paths({one.parent_id for one in versions if one.parent_id}, today),
        _successions(unit, today, follows=True), _successions(unit, today, follows=False),
        sorted(
            versions_on(today).filter(parent=unit).order_by("name", "pk")[:PAGE], key=lambda one: alphabet_key(one.name)
        ),
        [] if staff_refused else sorted(
            User.objects.filter(unit=unit, is_active=True).order_by("full_name", "pk")[:PAGE],
            key=lambda one: alphabet_key(one.full_name),
        ),
        readable,
        [] if refused and below_refused else list(
            AuditRecord.objects.filter(object_kind="unit", object_id=str(unit.pk)).order_by("-sequence")[:20]
        ),
        refused, below_refused, staff_refused,
    )  # fmt: skip


def _joined(versions: Sequence[UnitVersion]) -> list[UnitVersion]:
    """The versions with those joined that differ by their path alone: nothing of the unit itself changed."""
    found: list[UnitVersion] = []
    same = ("name", "short_name", "kind", "parent_id", "decision_number", "decision_date")
    for one in versions:
        if found and all(getattr(found[-1], name) == getattr(one, name) for name in same):
            last = found[-1]
            last.valid_to, last.ended_number, last.ended_date = one.valid_to, one.ended_number, one.ended_date
        else:
            found.append(one)
    return found[::-1]


def _above(version: UnitVersion, today: date) -> list[Above]:
    codes = version.path.split("/")[:-1]
    units = {unit.code: unit.pk for unit in Unit.objects.filter(code__in=codes)}
    names = names_and_paths(units.values(), today)
    return [Above(units[code], names[units[code]][0]) for code in codes if code in units]


def _successions(unit: Unit, today: date, *, follows: bool) -> list[Succession]:
    side, other = ("successor", "predecessor_id") if follows else ("predecessor", "successor_id")
    rows = list(UnitSuccession.objects.filter(**{side: unit}).order_by("decision_date", "pk"))
    names = names_and_paths({getattr(one, other) for one in rows}, today)
    last: dict[int, date | None] = dict(
        UnitVersion.objects.filter(unit__in=[one.predecessor_id for one in rows])
        .order_by("valid_from")
        .values_list("unit", "valid_to")
    )
    return [
        Succession(getattr(one, other), names[getattr(one, other)][0], one, last[one.predecessor_id] is not None)
        for one in rows
    ]
