"""What somebody may read of the log, as conditions for its records."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import CharField, Model, Q, QuerySet
from django.db.models.functions import Cast

from parindex.database.models import AuditRecord, Cycle, Entry, SheetPart, UnitVersion
from parindex.database.queries.accounts import cycles_of, kept_below, offices_on
from parindex.database.queries.units import latest_on
from parindex.domain.review.audit_chain import INSTALLATION
from parindex.domain.review.log_permissions import COUNCIL_KINDS, OWNERS_KINDS, LogScope, Opens
from parindex.domain.review.roles import Actor, Grant

_ACCOUNT = Q(object_kind="user")


def readable_records(actor: Actor, scopes: Iterable[LogScope], day: date) -> Q:
    """The records that ``scopes`` open to ``actor``, and those of the own account."""
    found = Q(object_kind="user", object_id=str(actor.id))
    offices = offices_on(day)
    for one in scopes:
        found |= _opened(one, day, offices)
    return found


def readable_cycles(scopes: Iterable[LogScope]) -> list[tuple[str, str]]:
    """Chain and title of every cycle of which all is open, newest first."""
    wanted = Q(pk__in=[])
    for one in scopes:
        if one.opens is Opens.CYCLES:
            wanted |= _cycles(one.grant)
    rows = Cycle.objects.filter(wanted).order_by("-year", "title", "pk").values_list("pk", "title")
    return [(f"cycle-{key}", title) for key, title in rows]


def chain_titles(found: Iterable[AuditRecord]) -> dict[str, str]:
    """The titles of the cycles in whose chains these records stand; one query."""
    keys = {one.chain.key.removeprefix("cycle-") for one in found} - {INSTALLATION}
    rows = Cycle.objects.filter(pk__in=[int(key) for key in keys]).order_by("pk").values_list("pk", "title")
    return {f"cycle-{key}": title for key, title in rows}


def _opened(scope: LogScope, day: date, offices: Collection[str]) -> Q:
    grant = scope.grant
    units = latest_on(day).filter(_reached("path", grant)).values("unit")
    outside = Q(chain__key=INSTALLATION)
    if scope.opens is Opens.CYCLES:
        return Q(chain__key__in=[key for key, _ in readable_cycles([scope])])
    if scope.opens is Opens.NO_CYCLE:
        return outside & (Q(unit__in=units) | Q(unit=None) if _is_whole(grant) else Q(unit__in=units))
    if scope.opens is Opens.OWN:
        return Q(unit__in=units)
    if scope.opens is Opens.WORK:
        concerned = Q(unit__in=units) & ~Q(object_kind__in=OWNERS_KINDS | COUNCIL_KINDS | {"user"})
        return concerned | _on_sheets(units)
    if scope.opens is Opens.ACCOUNTS:
        return _ACCOUNT & Q(unit__in=units)
    kept = latest_on(day).filter(kept_below(grant, offices)).values("unit")
    return outside & Q(object_kind__in=("user", "unit")) & Q(unit__in=kept)


def _reached(field: str, grant: Grant) -> Q:
    """The condition that a path is one where the role holds."""
    here = Q(**{field: grant.path})
    return here | Q(**{f"{field}__startswith": grant.path + "/"}) if grant.subtree else here


def _is_whole(grant: Grant) -> bool:
    """Whether a role holds for a top unit and all below it: so also for what belongs to no unit at all."""
    return grant.subtree and "/" not in grant.path


def _cycles(grant: Grant) -> Q:
    return _reached("owner_path", grant) & cycles_of(grant, "pk")


def _on_sheets(units: QuerySet[UnitVersion, Any]) -> Q:
    """The items that these units lead on the sheets of others, and the parts of their own sheets that others lead."""
    entries = Entry.objects.filter(part__lead_unit__in=units).exclude(sheet__unit__in=units)
    parts = SheetPart.objects.filter(sheet__unit__in=units)
    return Q(object_kind="entry", object_id__in=_keys(entries)) | Q(
        object_kind="sheet_part", object_id__in=_keys(parts)
    )


def _keys(rows: QuerySet[Entry] | QuerySet[SheetPart]) -> QuerySet[Model, str]:
    """The keys of rows as the log writes them."""
    return rows.annotate(key=Cast("pk", CharField())).values_list("key", flat=True)
