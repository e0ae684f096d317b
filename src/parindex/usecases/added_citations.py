"""Citations that somebody adds by hand, beside those that the explanation names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from parindex.database.models import Citation, Entry
from parindex.database.queries.score_sheets import part_facts
from parindex.documents.citations.citation import kind_of_number, number_key
from parindex.domain.review.permissions import check_can_edit_part
from parindex.domain.review.refusal import Refusal
from parindex.usecases import audit_log
from parindex.usecases.actors import Session
from parindex.usecases.asked_items import require_asked
from parindex.usecases.citations import cited_day, compared, set_documents
from parindex.usecases.entries import locked_entry
from parindex.usecases.written_texts import whole

#: A number with its symbol has a slash or a dash between letters and digits: "401/BC-UBND", "12-NQ/TU".
_NUMBER = re.compile(r"\d[\w.]*\s*[/-]\s*\S", re.UNICODE)
#: A day is no number of a document, not even one that no calendar has.
_DAY = re.compile(r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}|\d{4}-\d{1,2}-\d{1,2}")


@dataclass(frozen=True, slots=True)
class GivenCitation:
    """What somebody typed about a document that an item rests on."""

    number: str
    day: str = ""
    kind: str = ""
    issuer: str = ""
    page: str = ""
    section: str = ""


@transaction.atomic
def add_citation(*, by: Session, at: datetime, sheet_id: int, item_code: str, given: GivenCitation) -> Citation:
    """Name a document that the explanation does not name. The same one is not added twice."""
    entry = _editable(by, at, sheet_id, item_code)
    number = _line(given.number, 120)
    if not _NUMBER.match(number) or _DAY.fullmatch(number):
        raise Refusal("citation_without_number", typed=number)
    day = cited_day(given.day)
    if given.day.strip() and day is None:
        raise Refusal("citation_day_unreadable", typed=given.day.strip()[:40])
    kind = _line(given.kind, 80) or kind_of_number(number)
    made = Citation(
        entry=entry, number=number, number_key=number_key(number)[:120], kind=kind,
        date=day.day if day else None, date_text=day.text[:40] if day else "",
        issuer=_line(given.issuer, 300), page=_line(given.page, 60), section=_line(given.section, 120),
        by_hand=True, position=0, text=f"{kind} {number}".strip()[:500],
    )  # fmt: skip
    for twin in Citation.objects.filter(entry=entry, by_hand=True, number_key=made.number_key).order_by("pk"):
        if compared(twin) == compared(made):
            return twin
    set_documents([made], entry.part.lead_unit_id)
    made.save()
    _log("add_citation", entry, by, at, after=_facts(made))
    return made


def _line(typed: str, longest: int) -> str:
    """What was typed as one line; refused where it does not fit its column."""
    return whole(" ".join(typed.split()), longest)


@transaction.atomic
def remove_citation(*, by: Session, at: datetime, sheet_id: int, item_code: str, citation_id: int) -> None:
    """Take back a citation that was added by hand; one that the explanation names goes with its words."""
    entry = _editable(by, at, sheet_id, item_code)
    found = Citation.objects.filter(pk=citation_id, entry=entry, by_hand=True).first()
    if found is None:
        raise Refusal("citation_of_explanation")
    before = _facts(found)
    found.delete()
    _log("remove_citation", entry, by, at, before=before)


def _facts(row: Citation) -> dict[str, object]:
    """A citation added by hand as the log keeps it, with the document that it means."""
    said = {"date": row.date_text, "issuer": row.issuer, "page": row.page, "section": row.section}
    meant = {"document_id": row.document_id} if row.document_id else {}
    return {"citation": row.text, **{name: value for name, value in said.items() if value}, **meant}


def _editable(by: Session, at: datetime, sheet_id: int, item_code: str) -> Entry:
    sheet, entry, part = locked_entry(sheet_id, item_code)
    check_can_edit_part(by.actor, part_facts(part, sheet), at)
    require_asked(sheet, item_code)
    entry.sheet = sheet
    return entry


def _log(
    act: str, entry: Entry, by: Session, at: datetime, *, before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
) -> None:  # fmt: skip
    what = audit_log.target(entry, unit=entry.sheet.unit_id, cycle=entry.sheet.cycle_id)
    audit_log.record(act, what, by=by, at=at, before=before, after=after)
