"""Citations in explanations: recognised as they are written, linked to the unit's documents, checked."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, Q

from parindex.database.models import Citation, Document, Entry
from parindex.database.queries.further_explanations import open_question
from parindex.documents.citations import citation as written
from parindex.documents.citations.findings import Placed, citation_findings
from parindex.documents.citations.matching import Numbered, matched
from parindex.documents.citations.recognise import citations_in
from parindex.domain.errors import Place, Problem
from parindex.domain.review.stages import EDITABLE, CycleState, SheetState
from parindex.usecases.asked_items import UNLIMITED

_DAY = re.compile(r"\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{2,5})\s*\Z")
_COMPARED = (
    "kind", "number", "number_key", "date", "date_text", "issuer", "page", "section", "stated_kind", "position", "text"
)  # fmt: skip


def recognise_citations(entry: Entry, unit_id: int) -> None:
    """Write the citations of an explanation anew where they have changed; those added by hand stay.

    ``unit_id`` is the lead unit, whose documents they may mean. One query where nothing has changed.
    """
    found = [_row(entry, at, one) for at, one in enumerate(citations_in(entry.explanation))]
    stored = list(Citation.objects.filter(entry=entry, by_hand=False).order_by("position", "pk"))
    if [compared(one) for one in found] == [compared(one) for one in stored]:
        return
    Citation.objects.filter(pk__in=[one.pk for one in stored]).delete()
    set_documents(found, unit_id)
    Citation.objects.bulk_create(found)


def _row(entry: Entry, at: int, found: written.Citation) -> Citation:
    day = found.date
    return Citation(
        entry=entry,
        text=found.text[:500],
        kind=found.kind[:80],
        number=found.number[:120],
        number_key=found.key[:120],
        date=day.day if day else None,
        date_text=day.text[:40] if day else "",
        issuer=found.issuer[:300],
        page=", ".join(map(str, found.pages))[:60],
        section=", ".join(found.sections)[:120],
        stated_kind=found.stated_kind[:80],
        position=at,
    )


def compared(row: Citation) -> tuple[object, ...]:
    """What makes two citations the same."""
    return tuple(getattr(row, name) for name in _COMPARED)


def as_written(row: Citation) -> written.Citation:
    """A stored citation as the checks see it."""
    day = None
    if row.date_text or row.date:
        text = row.date_text or f"{row.date:%d/%m/%Y}"
        day = written.CitedDate(text, row.date, two_digit_year=re.search(r"\D\d{2}\Z", text) is not None)
    return written.Citation(row.kind, row.number, 0, 0, row.text, day, row.issuer, (), (), row.stated_kind)


#: The entries that their units may write: neither they nor their sheets are signed or locked, and the cycle is running.
_WRITABLE = Q(entry__part__state__in=sorted(EDITABLE), entry__sheet__state__in=sorted(EDITABLE)) & (
    Q(entry__sheet__cycle__state__in=[CycleState.DRAFT, CycleState.OPEN])
    | Q(entry__sheet__cycle__state=CycleState.APPRAISAL)
    & (
        UNLIMITED
        & (
            Q(entry__part__state=SheetState.RETURNED)
            | ~Q(entry__part__returned_reason="")
            | Q(entry__sheet__extended_until__isnull=False)
        )
        | Exists(open_question())
    )
)

# --- which document ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Linked:
    """Citations that mean another document now, for the record of the act that this follows from: what each meant
    before and means after, empty where nothing changed.
    """

    before: Mapping[str, object] = field(default_factory=dict)
    after: Mapping[str, object] = field(default_factory=dict)


def link_citations(unit_id: int, keys: Collection[str]) -> Linked:
    """Link the citations of these numbers anew, after a document of the unit has come or changed its number.

    What is signed keeps the documents that it was signed with; opened again, it is linked by :func:`link_opened`.
    """
    wanted = {key for key in keys if key}
    if not wanted:
        return Linked()
    return _linked(Q(_WRITABLE, entry__part__lead_unit=unit_id, number_key__in=wanted))


def link_opened(sheet_id: int) -> Linked:
    """Link the citations of what is written again on a sheet with the documents that have come since.

    One query, one more for each lead unit that cites something.
    """
    return _linked(Q(_WRITABLE, entry__sheet=sheet_id))


def hold_citations(where: Q) -> None:
    """Hold citations until the end of the transaction, before the head of the log: who links them anew waits for it."""
    list(
        Citation.objects.select_for_update(of=("self",), no_key=True)
        .filter(where)
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def _linked(where: Q) -> Linked:
    rows = Citation.objects.select_for_update(of=("self",), no_key=True).filter(where)
    by_unit: dict[int, list[Citation]] = {}
    for row in rows.select_related("entry__part", "document").order_by("pk"):
        by_unit.setdefault(row.entry.part.lead_unit_id, []).append(row)
    changed: list[tuple[Citation, Document | None]] = []
    for unit_id, found in by_unit.items():
        before = [row.document for row in found]
        set_documents(found, unit_id)
        changed += [(row, was) for row, was in zip(found, before, strict=True) if row.document != was]
    if not changed:
        return Linked()
    Citation.objects.bulk_update([row for row, _ in changed], ["document"], batch_size=200)
    return Linked(
        {"citations": [_told(row, was) for row, was in changed]},
        {"citations": [_told(row, row.document) for row, _ in changed]},
    )


def _told(row: Citation, meant: Document | None) -> dict[str, object]:
    """A citation as the log names it, by its item on its sheet, and the document that it means."""
    return {
        "sheet": row.entry.sheet_id, "item": row.entry.item_code, "citation": row.text,
        "document_id": meant.pk if meant else None,
    }  # fmt: skip


def set_documents(rows: Sequence[Citation], unit_id: int) -> None:
    """The document that each citation means; None where the unit has none, or several that it may mean."""
    keys = {row.number_key for row in rows}
    known = Document.objects.filter(unit=unit_id, number_key__in=keys).order_by("pk") if keys else ()
    numbered = [Numbered(one, one.number, one.date) for one in known]
    for row, match in zip(rows, matched([as_written(row) for row in rows], numbered), strict=True):
        meant = match.documents[0] if len(match.documents) == 1 else None
        row.document = meant if meant is not None and (match.sure or _same_year(row, meant)) else None


def _same_year(row: Citation, document: Document) -> bool:
    return row.date is None or document.date is None or row.date.year == document.date.year


def cited_day(typed: str) -> written.CitedDate | None:
    """The day that somebody typed, which may be one that does not exist; None for what is no day at all."""
    found = _DAY.match(typed)
    if found is None:
        return None
    day, month, year = found.groups()
    short = len(year) == 2
    try:
        value = date(int(year) + (2000 if short else 0), int(month), int(day)) if len(year) in (2, 4) else None
    except ValueError:
        value = None
    return written.CitedDate(f"{day}/{month}/{year}", value, two_digit_year=short)


# --- the check -------------------------------------------------------------------------------------------------------


def citations_of(sheet_id: int, parts: Collection[int] | None = None) -> list[Citation]:
    """The citations of a sheet (or of some of its parts) in reading order: one query."""
    where = Q(entry__sheet=sheet_id)
    if parts is not None:
        where &= Q(entry__part__in=parts)
    rows = Citation.objects.filter(where).select_related("entry", "document")
    return list(rows.order_by("entry__position", "by_hand", "position", "pk"))


def findings_of(citations: Iterable[Citation], *, assessed_year: int, today: date | None = None) -> list[Problem]:
    """What is wrong or doubtful in citations in reading order; the place of each is the code of its item."""
    placed = [Placed(as_written(row), Place(code=row.entry.item_code)) for row in citations]
    return citation_findings(placed, today=today, assessed_year=assessed_year)
