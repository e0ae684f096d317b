"""Whether somebody may change a unit from a day on: as things stand today, and as they stood or will stand that day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from django.utils.timezone import localdate

from parindex.database.models import UnitVersion
from parindex.database.queries.accounts import offices_on
from parindex.domain.review.account_permissions import check_can_manage_units, check_can_put_units_below
from parindex.domain.review.roles import Actor, Role
from parindex.usecases.actors import Session, session_of


class UnitRights:
    """The rights of one person over all units, each fact read once.

    What has been another owner's is not rewritten by who has it now, nor the reverse: so every check holds both today
    and on the day from which something changes, with the places that everybody has on that day.
    """

    def __init__(self, by: Session, at: datetime) -> None:
        self._by, self._today = by, localdate(at)
        self._days: dict[date, tuple[Actor, frozenset[str]]] = {}
        self._paths: dict[str, list[tuple[date, str]]] = {}
        rows = UnitVersion.objects.order_by("unit", "valid_from").values_list("unit__code", "valid_from", "path")
        for code, first, path in rows:
            self._paths.setdefault(code, []).append((first, path))

    def knows(self, code: str | None) -> bool:
        """Whether there is such a unit already."""
        return code in self._paths

    def check_unit(self, code: str, first: date) -> None:
        """Raises the reason why a unit is not this person's to change from ``first`` on."""
        for day in {self._today, first}:
            actor, offices = self._on(day)
            check_can_manage_units(actor, self._path(code, day), offices=offices)

    def check_parent(self, code: str | None, first: date) -> None:
        """Raises the reason why nothing may be put below a unit; None is above every unit."""
        for day in {self._today, first}:
            actor, offices = self._on(day)
            check_can_put_units_below(actor, self._path(code or "", day), offices=offices)

    def is_other_owner(self, code: str) -> bool:
        """Whether a unit has a standing office, and it is not an administrator who changes it."""
        return not self._keeps_all and self._path(code, self._today) in self._on(self._today)[1]

    @property
    def _keeps_all(self) -> bool:
        return Role.ADMINISTRATOR in self._by.actor.roles

    def _path(self, code: str, day: date) -> str:
        """The path of a unit on ``day``; of one that is closed the last, of a later one the first; "" for none."""
        known = self._paths.get(code, [(day, "")])
        begun = [path for first, path in known if first <= day]
        return begun[-1] if begun else known[0][1]

    def _on(self, day: date) -> tuple[Actor, frozenset[str]]:
        """Who acts, with the places of that day, and the units that have a standing office, with theirs."""
        if day not in self._days:
            as_now = self._keeps_all or day == self._today
            actor = self._by.actor if as_now else session_of(self._by.user, datetime.combine(day, time(12), UTC)).actor
            self._days[day] = actor, offices_on(day)
        return self._days[day]
