"""A receipt as an official paper, made from the claim that was signed, not from what stands there today."""

from __future__ import annotations

import json
from datetime import datetime

from parindex.database.mapping.frozen_sets import frozen_set
from parindex.database.models import CriteriaSetVersion, ScoreSheet, Submission, UnitVersion
from parindex.database.queries.units import versions_on
from parindex.documents.receipts.receipt import AreaLine, Receipt, Withdrawal
from parindex.documents.receipts.receipt_pdf import receipt_pdf
from parindex.domain.values import exact_number
from parindex.usecases.claims import AreaClaim, total_of
from parindex.wording.language import Language, current, text, use
from parindex.wording.moments import VIET_NAM, day, local_day
from parindex.wording.receipt_papers import receipt_paper


def claimed_areas(submission: Submission) -> list[AreaClaim]:
    """The areas as they were claimed."""
    return [
        AreaClaim(
            area["code"],
            area["title"],
            area["items"],
            exact_number(area["points"]),
            exact_number(area["max_points"]),
            area["not_assessed"],
            exact_number(area["not_assessed_points"]),
            area["unanswered"],
        )
        for area in json.loads(submission.claim)["areas"]
    ]


def receipt_bytes(submission: Submission, sheet: ScoreSheet, address: str, later: int = 0) -> bytes:
    """The paper as PDF, in Vietnamese whatever the reader's language; ``later``: the number that took its place."""
    reader = current()
    use(Language.VIETNAMESE)
    try:
        return receipt_pdf(receipt_paper(receipt_of(submission, sheet, address, later)))
    finally:
        use(reader)


def receipt_of(submission: Submission, sheet: ScoreSheet, address: str, later: int = 0) -> Receipt:
    """What the paper says: of the claim as it was signed, and of whether it still holds."""
    claim = json.loads(submission.claim)
    areas = claimed_areas(submission)
    signed_at = submission.submitted_at.astimezone(VIET_NAM)
    owner = _named(sheet.cycle.owner_id, signed_at)
    return Receipt(
        issuer=owner.name if owner else sheet.cycle.title,
        place=(owner.short_name or owner.name) if owner else "",
        issued_on=local_day(signed_at),
        unit=claim["unit"]["name"],
        cycle=claim["cycle"]["title"],
        criteria_set=claim["criteria_set"]["title"],
        areas=tuple(_line(area) for area in areas),
        total=_line(total_of(areas, text("Cộng"))),
        index=exact_number(claim["index"]) if claim["index"] else None,
        signer=submission.submitted_by.full_name,
        office=submission.submitted_by.position,
        submitted_at=signed_at,
        fingerprint=submission.fingerprint,
        legal_basis=_legal_basis(claim["criteria_set"]["fingerprint"]),
        pending=claim["pending"],
        submission=submission.number,
        verify_at=address,
        recipients=tuple(dict.fromkeys(filter(None, (claim["unit"]["name"], owner.name if owner else "")))),
        log_chain=f"cycle-{sheet.cycle_id}",
        log_number=submission.log_sequence,
        log_hash=submission.log_hash,
        withdrawn=_withdrawal(submission),
        replaced_by=later,
    )


def _withdrawal(submission: Submission) -> Withdrawal | None:
    if submission.withdrawn_at is None:
        return None
    by = submission.withdrawn_by.full_name if submission.withdrawn_by else ""
    return Withdrawal(submission.withdrawn_at.astimezone(VIET_NAM), by, submission.withdrawn_reason)


def _line(area: AreaClaim) -> AreaLine:
    return AreaLine(
        area.title, area.items, area.max_points, area.points, area.not_assessed, area.unanswered,
        area.not_assessed_points, area.code,
    )  # fmt: skip


def _named(unit: int, at: datetime) -> UnitVersion | None:
    return versions_on(local_day(at)).filter(unit=unit).first()


def _legal_basis(fingerprint: str) -> str:
    """``số 2270/QĐ-UBND ngày 13/12/2024 của UBND tỉnh``: the first paper that the set of the claim rests on."""
    version = CriteriaSetVersion.objects.filter(fingerprint=fingerprint).order_by("pk").first()
    basis = frozen_set(version).criteria_set.legal_basis if version is not None else ()
    if not basis:
        return ""
    words = [text("số {number}", number=basis[0].number)]
    if basis[0].date:
        words.append(text("ngày {day}", day=day(basis[0].date)))
    if basis[0].issuer:
        words.append(text("của {issuer}", issuer=basis[0].issuer))
    return " ".join(words)
