"""What the demonstration proves: the published figures as a document, so that none is invented."""

from __future__ import annotations

import hashlib
from datetime import datetime

from parindex.database.models import Entry, RoleGrant, ScoreSheet
from parindex.domain.review.roles import Role
from parindex.usecases.actors import session_of
from parindex.usecases.demonstration_cycles import DATA
from parindex.usecases.evidence import upload_evidence
from parindex.usecases.evidence_files import Arrived, check_file
from parindex.wording.language import text

_FIGURES = DATA / "examples" / "dien-bien-2024-province" / "figures.csv"
#: The item of the provincial sheet that the table of figures proves.
_ITEM = "7.1.4"


def prove_by_figures(*, sheet: ScoreSheet, at: datetime) -> None:
    """Attach the table of figures as an officer of the lead unit would."""
    data = _FIGURES.read_bytes()
    name = text("Số liệu công bố năm {year}", year=sheet.cycle.year) + ".csv"
    checked = check_file(Arrived(_FIGURES, name, hashlib.sha256(data).hexdigest(), len(data)))
    entry = Entry.objects.select_related("part").get(sheet=sheet, item_code=_ITEM)
    grants = RoleGrant.objects.filter(role=Role.UNIT_OFFICER, unit=entry.part.lead_unit_id, ended_at=None)
    officer = grants.select_related("user").earliest("pk").user
    upload_evidence(by=session_of(officer, at), at=at, sheet_id=sheet.pk, item_code=_ITEM, checked=checked)
