"""Pages of the audit log; nothing can be changed here."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from parindex.database.models import AuditChain, AuditRecord, Cycle
from parindex.database.queries.audit_log import records
from parindex.domain.review.permissions import check_can_read_log
from parindex.domain.review.refusal import Refusal, refusal
from parindex.domain.review.roles import Grant, Role
from parindex.usecases.actors import Session
from parindex.usecases.audit_log import INSTALLATION
from parindex.web.requests import PageRequest
from parindex.wording.audit_log import ACTIONS, action_text, field_text
from parindex.wording.language import text

PAGE = 100


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of a record: what stood there before and after; None where there was nothing."""

    field: str
    before: str | None
    after: str | None


@require_safe
def log(request: PageRequest) -> HttpResponse:
    """Records, newest first, as far as this person may read them; three queries whatever their number."""
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
    number = asked.get("page", "1")
    page = int(number) if number.isascii() and number.isdigit() and int(number[:9]) > 0 else 1
    shown = list(found[(page - 1) * PAGE : page * PAGE + 1])
    chains = AuditChain.objects.order_by("key") if _reads_everything(request.acting) else ()
    context = {
        "records": shown[:PAGE], "page": page, "more": len(shown) > PAGE, "asked": asked, "chains": chains,
        "chain_titles": _titles(), "actions": sorted((action_text(name), name) for name in ACTIONS),
        "action_text": action_text, "room": "audit_log", "query": _query(request),
    }  # fmt: skip
    return render(request, "audit_log/templates/log.html", context)


@require_safe
def one(request: PageRequest, record: int) -> HttpResponse:
    """One record with all that it keeps."""
    found = get_object_or_404(_readable(request.acting), pk=record)
    context = {
        "record": found, "differences": differences(found), "action_text": action_text, "room": "audit_log",
        "chain_titles": _titles(),
    }  # fmt: skip
    return render(request, "audit_log/templates/record.html", context)


def differences(record: AuditRecord) -> list[Difference]:
    """Before and after, field by field."""
    before, after = (json.loads(one) if one else {} for one in (record.before, record.after))
    return [
        Difference(field_text(name), _shown(before.get(name)), _shown(after.get(name)))
        for name in dict.fromkeys([*before, *after])
        if before.get(name) != after.get(name)
    ]


def _shown(value: object) -> str | None:
    return None if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _readable(session: Session, **filters: object) -> QuerySet[AuditRecord]:
    """What this person may read: everything of the owners that they audit or run, else what concerns their own unit."""
    paths = [grant.path for grant in session.actor.grants if _opens_log(session, grant)]
    if not paths:
        raise Refusal("only_auditor")
    return records(unit_paths=paths, **filters)  # type: ignore[arg-type]


def _opens_log(session: Session, grant: Grant) -> bool:
    if grant.role in (Role.AUDITOR, Role.STANDING_OFFICE):
        return refusal(check_can_read_log, session.actor, grant.path) is None
    return grant.role in (Role.UNIT_OFFICER, Role.UNIT_LEADER)


def _reads_everything(session: Session) -> bool:
    return bool({Role.AUDITOR, Role.STANDING_OFFICE} & session.actor.roles)


def _titles() -> dict[str, str]:
    """What each chain is called."""
    titles = {f"cycle-{pk}": title for pk, title in Cycle.objects.values_list("pk", "title")}
    return {**titles, INSTALLATION: text("Ngoài các kỳ đánh giá")}


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
