"""All citations of a sheet, gathered for its page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from parindex.database.models import Citation, ScoreSheet
from parindex.database.queries.score_sheets import year_of
from parindex.usecases.citations import citations_of, findings_of
from parindex.web.evidence.item_evidence import Finding, in_words
from parindex.web.evidence.pages import Pages
from parindex.wording.moments import local_day


@dataclass(frozen=True, slots=True)
class SheetCitations:
    """Citations by what is asked for, with the findings."""

    sheet: ScoreSheet
    only: str
    rows: Sequence[Citation]
    pages: Pages
    findings: Sequence[Finding]
    counted: int
    missing: int


def sheet_citations(sheet: ScoreSheet, only: str, page: int, at: datetime) -> SheetCitations:
    """The citations of a sheet that are asked for: one query."""
    rows = citations_of(sheet.pk)
    findings = _findings(rows, sheet, at)
    missing = [row for row in rows if row.document_id is None]
    shown = rows if only == "all" else missing
    pages = Pages.of(len(shown), page)
    return SheetCitations(sheet, only, shown[pages.start : pages.end], pages, findings, len(rows), len(missing))


def _findings(rows: Sequence[Citation], sheet: ScoreSheet, at: datetime) -> list[Finding]:
    today = local_day(at)
    return [in_words(one) for one in findings_of(rows, today=today, assessed_year=year_of(sheet))]
