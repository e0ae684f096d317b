"""Citations in explanations: recognised as they are written, linked to the unit's documents, checked."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from django.db.models import Q

from parindex.database.models import Citation, Document, Entry
from parindex.documents.citations import citation as written
from parindex.documents.citations.findings import Placed, citation_findings
from parindex.documents.citations.matching import Numbered, matched
from parindex.documents.citations.recognise import citations_in
from parindex.domain.errors import Place, Problem
from parindex.domain.review.stages import EDITABLE, CycleState, SheetState

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
    & (Q(entry__part__state=SheetState.RETURNED) | ~Q(entry__part__returned_reason=""))
)

# --- which document ---------------------------------------------------------------------------------------------------


def link_citations(unit_id: int, keys: Collection[str]) -> None:
    """Link the citations of these numbers anew, after a document of the unit has come or changed its number.

    What is signed keeps the documents that it was signed with; opened again, it is linked by :func:`link_opened`.
    """
    wanted = {key for key in keys if key}
    if wanted:
        rows = Citation.objects.filter(_WRITABLE, entry__part__lead_unit=unit_id, number_key__in=wanted)
        _link(list(rows.order_by("pk")), unit_id)


def link_opened(sheet_id: int) -> None:
    """Link the citations of what is written again on a sheet with the documents that have come since.

    One query, one more for each lead unit that cites something.
    """
    rows = Citation.objects.filter(_WRITABLE, entry__sheet=sheet_id).select_related("entry__part").order_by("pk")
    by_unit: dict[int, list[Citation]] = {}
    for row in rows:
        by_unit.setdefault(row.entry.part.lead_unit_id, []).append(row)
    for unit_id, found in by_unit.items():
        _link(found, unit_id)


def _link(rows: Sequence[Citation], unit_id: int) -> None:
    before = [row.document_id for row in rows]
    set_documents(rows, unit_id)
    changed = [row for row, was in zip(rows, before, strict=True) if row.document_id != was]
    Citation.objects.bulk_update(changed, ["document"], batch_size=200)


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
