"""Pages of the audit log; nothing can be changed here."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from parindex.database.models import AuditRecord
from parindex.database.queries.audit_log import object_names, records
from parindex.database.queries.readable_log import chain_titles, readable_cycles, readable_records
from parindex.domain.review.audit_chain import INSTALLATION
from parindex.domain.review.log_permissions import log_scopes
from parindex.usecases.actors import Session
from parindex.web.audit_log.measures import measure_of, measures_of
from parindex.web.requests import PageRequest
from parindex.web.typed_numbers import asked_page
from parindex.web.units.unit_names import UnitNames
from parindex.wording.audit_log import ACTIONS, action_text, object_text
from parindex.wording.language import text
from parindex.wording.log_fields import field_text
from parindex.wording.moments import local_day
from parindex.wording.yaml_paths import value_words

PAGE = 100
#: Fields that hold codes of units, by the kind of object.
_OF_UNITS = {
    "unit": frozenset({"parent", "predecessors", "replaced", "parted"}),
    "unit_table": frozenset({"added", "changed"}),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of a record: what stood there before and after; None where there was nothing."""

    field: str
    before: str | None
    after: str | None


@require_safe
def log(request: PageRequest) -> HttpResponse:
    """Records, newest first, as far as this person may read them; eleven queries, and one for each kind of object."""
    asked = request.GET
    found = _readable(
        request.acting,
        chain=asked.get("chain", ""),
        action=asked.get("action", ""),
        actor=asked.get("actor", "").strip()[:100],
        since=_day(asked.get("since", "")),
        until=_day(asked.get("until", "")),
        object_kind=asked.get("kind", ""),
        object_id=asked.get("object", ""),
    )
    page = asked_page(asked.get("page"))
    shown = list(found[(page - 1) * PAGE : page * PAGE + 1])
    chains = _chains(request.acting)
    context = {
        "records": shown[:PAGE], "objects": _objects(shown[:PAGE]), "page": page,
        "more": len(shown) > PAGE, "asked": asked, "chains": chains, "titles": _titles(shown),
        "actions": sorted((action_text(name), name) for name in ACTIONS),
        "action_text": action_text, "room": "audit_log", "query": _query(request),
    }  # fmt: skip
    return render(request, "audit_log/templates/log.html", context)


@require_safe
def one(request: PageRequest, record: int) -> HttpResponse:
    """One record with all that it keeps."""
    found = get_object_or_404(_readable(request.acting), pk=record)
    context = {
        "record": found, "object": _objects([found])[found.pk], "differences": differences(found),
        "action_text": action_text, "room": "audit_log",
        "chain_titles": _titles([found]),
    }  # fmt: skip
    return render(request, "audit_log/templates/record.html", context)


def differences(record: AuditRecord) -> list[Difference]:
    """Before and after, field by field."""
    before, after = (json.loads(one) if one else {} for one in (record.before, record.after))
    changed = [name for name in dict.fromkeys([*before, *after]) if before.get(name) != after.get(name)]
    measures = measures_of(record, changed)
    of_units = _OF_UNITS.get(record.object_kind, frozenset()).intersection(changed)
    names = UnitNames(local_day(record.at)) if of_units else None
    found = []
    for name in changed:
        measure = measures.get(measure_of(name))
        values = (side.get(name) for side in (before, after))
        if names is not None and name in of_units:
            values = (_named(value, names) for value in values)
        sides = (_shown(value, name, measure.choices if measure else {}) for value in values)
        found.append(Difference(field_text(name, measure.title if measure else ""), *sides))
    return found


def _objects(found: Sequence[AuditRecord]) -> dict[int, str]:
    """What each record was about, in words."""
    names = object_names(found)
    return {
        one.pk: object_text(one.object_kind, names.get((one.object_kind, one.object_id), one.object_id))
        for one in found
    }


def _named(value: object, names: UnitNames) -> str | None:
    """Units by what they were called on the day of the act, beside the codes that the log keeps."""
    codes = value if isinstance(value, list) else [] if value is None else [value]
    return None if value is None else "; ".join(names.with_code(str(code)) for code in codes)


def _shown(value: object, name: str, choices: Mapping[str, str]) -> str | None:
    if isinstance(value, str):
        return choices[value] if value in choices else value_words(name, value) if "/" in name else value
    return None if value is None else json.dumps(value, ensure_ascii=False)


def _readable(session: Session, **filters: object) -> QuerySet[AuditRecord]:
    """What this person may read: never more than the pages of the objects show."""
    readable = readable_records(session.actor, log_scopes(session.actor), local_day(timezone.now()))
    return records(readable=readable, **filters)  # type: ignore[arg-type]


def _chains(session: Session) -> list[tuple[str, str]]:
    """The chains to choose from: cycles that this person reads as a whole, and what belongs to none."""
    cycles = readable_cycles(log_scopes(session.actor))
    return [*cycles, (INSTALLATION, text("Ngoài các kỳ đánh giá"))] if cycles else []


def _titles(shown: Sequence[AuditRecord]) -> dict[str, str]:
    """What the chains of these records are called."""
    return {INSTALLATION: text("Ngoài các kỳ đánh giá"), **chain_titles(shown)}


def _query(request: PageRequest) -> str:
    kept = {name: value for name, value in request.GET.items() if name != "page" and value}
    return urlencode(kept)


def _day(typed: str) -> date | None:
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(typed.strip(), form).date()
        except ValueError:
            continue
    return None
