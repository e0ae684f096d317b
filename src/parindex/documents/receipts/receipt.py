"""What a receipt confirms, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from parindex.domain.scoring.score_sheet import Origin


@dataclass(frozen=True, slots=True)
class AreaLine:
    """One area of the sheet, or all of it: how many items, what they can earn, and what the unit claims.

    ``not_assessed`` and ``unanswered`` count items; unanswered items stay in the maximum. ``not_assessed_points`` is
    what approved items that are not assessed take out of it.
    """

    title: str
    items: int
    max_points: Fraction
    self_points: Fraction | None
    not_assessed: int = 0
    unanswered: int = 0
    not_assessed_points: Fraction = Fraction(0)
    code: str = ""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Who took a submission back or returned it, when (as the clock of the office shows it) and why."""

    at: datetime
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """The submission of one score sheet.

    ``superior`` and ``issuer`` are the bodies above the paper, ``number`` its number and symbol where it has one.
    ``index`` is the claimed index in per cent, exact, made of points of ``origin``. ``submitted_at`` is the time as
    the clock of the office shows it. ``fingerprint`` is the SHA-256 of the sheet, ``verify_at`` the address of the
    page that compares it. ``pending`` counts items that are left out of a provisional index. ``log_chain``,
    ``log_number`` and ``log_hash`` are the place of the submission in the log: the chain, the number, the hash of the
    chain up to there. ``withdrawn`` and ``replaced_by`` (the number of the later submission) say why it no longer
    holds.
    """

    issuer: str
    place: str
    issued_on: date
    unit: str
    cycle: str
    criteria_set: str
    areas: tuple[AreaLine, ...]
    total: AreaLine
    index: Fraction | None
    signer: str
    office: str
    submitted_at: datetime
    fingerprint: str
    origin: Origin = Origin.SELF
    superior: str = ""
    number: str = ""
    legal_basis: str = ""
    pending: int = 0
    submission: int = 1
    verify_at: str = ""
    recipients: tuple[str, ...] = ()
    log_chain: str = ""
    log_number: int = 0
    log_hash: str = ""
    withdrawn: Withdrawal | None = None
    replaced_by: int = 0
