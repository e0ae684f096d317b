"""Reading documents: what proves an item, what a unit has, who may read what; each function says its queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery

from parindex.database.models import Attachment, Document, DocumentVersion, ScoreSheet, SheetPart, UnitVersion
from parindex.database.models.evidence import ScanState
from parindex.database.queries.accounts import cycles_of
from parindex.database.queries.prepared import prepared
from parindex.database.queries.score_sheets import sheet_facts, sheets
from parindex.database.queries.units import versions_on
from parindex.domain.review.evidence_permissions import EvidenceFacts
from parindex.domain.review.permissions import SheetFacts
from parindex.domain.review.roles import COUNCIL, Actor, Grant, Role
from parindex.domain.review.stages import UNSIGNED, SheetState

_VERSIONS = Prefetch(
    "versions", queryset=DocumentVersion.objects.select_related("file", "uploaded_by").order_by("number")
)
#: What the council does not read: what has not been submitted, and answers that nobody has signed.
_UNREAD = sorted(UNSIGNED | {SheetState.RETURNED})
_UNIT_ROLES = (Role.UNIT_OFFICER, Role.UNIT_LEADER)


def documents() -> QuerySet[Document]:
    """Documents with all their versions: two queries."""
    return Document.objects.select_related("created_by", "confirmed_by").prefetch_related(_VERSIONS)


@prepared
def attachments_of(entry: int) -> QuerySet[Attachment]:
    """What proves an entry and what was taken off it, with how many items each document proves. One query."""
    uses = (
        Attachment.objects.filter(document=OuterRef("document"), removed_at=None)
        .order_by()
        .values("document")
        .annotate(number=Count("pk"))
        .values("number")
    )
    rows = Attachment.objects.filter(entry=entry).select_related("document", "added_by", "removed_by")
    return rows.annotate(uses=Subquery(uses)).order_by("added_at", "pk")


def versions_of(document_ids: Collection[int]) -> dict[int, list[DocumentVersion]]:
    """The versions of documents, the last one first; one query, none without documents."""
    found: dict[int, list[DocumentVersion]] = defaultdict(list)
    for version in _versions_of(documents=sorted(document_ids)) if document_ids else ():
        found[version.document_id].append(version)
    return found


@prepared
def _versions_of(documents: list[int]) -> QuerySet[DocumentVersion]:
    rows = DocumentVersion.objects.filter(document__pk__in=documents).select_related("file", "uploaded_by")
    return rows.order_by("document", "-number")


def of_last_version(field: str, document: str = "document") -> Subquery:
    """``field`` of the version of a document that counts: the last one without a virus."""
    rows = DocumentVersion.objects.filter(document=OuterRef(document)).exclude(file__scan=ScanState.INFECTED)
    return Subquery(rows.order_by("-number").values(field)[:1])


def uses_of(document_ids: Collection[int]) -> dict[int, list[Attachment]]:
    """Where documents prove something now: one query."""
    found: dict[int, list[Attachment]] = defaultdict(list)
    rows = (
        Attachment.objects.filter(document__in=document_ids, removed_at=None)
        .select_related("entry", "entry__sheet", "entry__sheet__cycle")
        .order_by("-entry__sheet__cycle__year", "entry__sheet", "entry__position", "pk")
    )
    for row in rows:
        found[row.document_id].append(row)
    return found


def path_of(unit_id: int, day: date) -> str:
    """Where a unit stands in the tree on ``day``; a unit that is no longer there, where it stood last. One query."""
    rows = UnitVersion.objects.filter(unit=unit_id, valid_from__lte=day).order_by("-valid_from")
    return rows.values_list("path", flat=True).first() or ""


def evidence_facts(document: Document, day: date) -> EvidenceFacts:
    """A document as rights see it: four queries at most."""
    rows = list(Attachment.objects.filter(document=document).values_list("entry__sheet", "removed_at"))
    facts = facts_of_sheets({sheet for sheet, _ in rows})
    return EvidenceFacts(
        path_of(document.unit_id, day),
        tuple(facts[sheet] for sheet in sorted({sheet for sheet, gone in rows if gone is None})),
        tuple(facts[sheet] for sheet in sorted({sheet for sheet, gone in rows if gone is not None})),
    )


def facts_of_sheets(ids: Collection[int]) -> dict[int, SheetFacts]:
    """Sheets as rights see them, by id: two queries."""
    if not ids:
        return {}
    parts: dict[int, list[SheetPart]] = defaultdict(list)
    for part in SheetPart.objects.filter(sheet__in=ids).order_by("pk"):
        parts[part.sheet_id].append(part)
    found: Iterable[ScoreSheet] = sheets().filter(pk__in=ids)
    return {sheet.pk: sheet_facts(sheet, parts[sheet.pk]) for sheet in found}


def readable_documents(actor: Actor, day: date) -> QuerySet[Document]:
    """The documents that this person may read, the same as ``check_can_read_evidence`` says one by one."""
    proves = Attachment.objects.filter(removed_at=None)
    ever = Attachment.objects.all()
    sheet_ids = Q(pk__in=[])
    cycle_ids = Q(pk__in=[])
    for grant in actor.grants:
        of_cycle = cycles_of(grant, "entry__sheet__cycle")
        run = _at("entry__sheet__cycle__owner_path", grant) & of_cycle
        if grant.role in _UNIT_ROLES and grant.cycle is None:
            sheet_ids |= _at("entry__sheet__unit_path", grant) | _at("entry__sheet__parts__lead_path", grant)
        elif grant.role is Role.STANDING_OFFICE:
            cycle_ids |= run
            sheet_ids |= _at("entry__sheet__unit_path", grant) & of_cycle
        elif grant.role is Role.AUDITOR and grant.cycle is None:
            cycle_ids |= run
        elif grant.role in COUNCIL:
            sheet_ids |= run & ~Q(entry__sheet__state__in=_UNREAD)
    allowed = (
        Q(unit__in=_own_units(actor, day))
        | Q(pk__in=proves.filter(sheet_ids | cycle_ids).order_by().values("document"))
        | Q(pk__in=ever.filter(cycle_ids).order_by().values("document"))
    )
    return Document.objects.filter(allowed)


def _at(column: str, grant: Grant) -> Q:
    """Where a role holds, as ``Grant.reaches`` says of one path."""
    below = Q(**{f"{column}__startswith": grant.path + "/"}) if grant.subtree else Q()
    return Q(**{column: grant.path}) | below


def _own_units(actor: Actor, day: date) -> list[int]:
    """The units whose documents this person keeps or audits, by where they stood last. Two queries."""
    mine = [grant for grant in actor.grants if grant.role in (*_UNIT_ROLES, Role.AUDITOR) and grant.cycle is None]
    if not mine:
        return []
    where = Q(pk__in=[])
    for grant in mine:
        where |= _at("path", grant)
    rows = UnitVersion.objects.filter(where, valid_from__lte=day, unit__documents__isnull=False)
    candidates = set(rows.values_list("unit", flat=True))
    last = {
        one.unit_id: one.path
        for one in UnitVersion.objects.filter(unit__in=candidates, valid_from__lte=day).order_by("valid_from")
    }
    return [unit for unit, path in last.items() if any(grant.reaches(path) for grant in mine)]


def unit_names(unit_ids: Collection[int], day: date) -> dict[int, str]:
    """The names of units as of ``day``: one query."""
    rows = versions_on(day).filter(unit__in=unit_ids)
    return {one.unit_id: one.short_name or one.name for one in rows}


def attachable(part: SheetPart, sheet: ScoreSheet) -> QuerySet[Document]:
    """The documents that can prove an item of a part: those of its lead unit, and those that the sheet has already."""
    on_sheet = Attachment.objects.filter(entry__sheet=sheet, removed_at=None).order_by().values("document")
    return Document.objects.filter(Q(unit=part.lead_unit_id) | Q(pk__in=on_sheet))


def searched(found: QuerySet[Document], words: str) -> QuerySet[Document]:
    """Those of ``found`` in whose title, number, issuer, abstract or file name every word stands."""
    for word in words.split()[:8]:
        found = found.filter(
            Q(title__icontains=word)
            | Q(number__icontains=word)
            | Q(issuer__icontains=word)
            | Q(abstract__icontains=word)
            | Q(pk__in=DocumentVersion.objects.filter(name__icontains=word).values("document"))
        )
    return found
