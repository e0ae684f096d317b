"""What the demonstration cites and proves: published explanations, and the published figures as a document.

``data/demonstration/explanations.csv`` has the words of the published self-assessment; the file is the table of
published figures that this program brings along, so that no document is invented.
"""

from __future__ import annotations

import csv
import hashlib
from datetime import datetime
from pathlib import Path

from parindex.database.models import Entry, RoleGrant, ScoreSheet
from parindex.domain.review.roles import Role
from parindex.usecases.actors import session_of
from parindex.usecases.entries import Change, save_entry
from parindex.usecases.evidence import upload_evidence
from parindex.usecases.evidence_files import Arrived, check_file
from parindex.usecases.typed_values import Typed, digest
from parindex.wording.language import text

_DATA = Path(__file__).resolve().parent.parent / "data"
_FIGURES = _DATA / "examples" / "dien-bien-2020" / "figures.csv"


def explain_and_prove(*, sheet: ScoreSheet, at: datetime) -> None:
    """Write the explanations as an officer of the lead unit would, and attach the table of figures."""
    data = _FIGURES.read_bytes()
    name = text("Số liệu công bố năm {year}", year=sheet.cycle.year) + ".csv"
    checked = check_file(Arrived(_FIGURES, name, hashlib.sha256(data).hexdigest(), len(data)))
    with (_DATA / "demonstration" / "explanations.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        entry = Entry.objects.select_related("part").get(sheet=sheet, item_code=row["item"])
        grants = RoleGrant.objects.filter(role=Role.UNIT_OFFICER, unit=entry.part.lead_unit_id, ended_at=None)
        officer = grants.select_related("user").order_by("pk").first()
        if officer is None:
            continue
        by = session_of(officer.user, at)
        change = Change(explanation=Typed(row["explanation"], digest(entry.explanation)))
        save_entry(by=by, at=at, sheet_id=sheet.pk, item_code=row["item"], change=change)
        upload_evidence(by=by, at=at, sheet_id=sheet.pk, item_code=row["item"], checked=checked)
