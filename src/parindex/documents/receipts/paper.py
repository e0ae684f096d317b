"""The receipt as it is printed: every word and number as text, in the places of an official paper."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReceiptPaper:
    """Texts in the order of the page.

    ``statements`` say what was received; ``rows`` are the cells of the table below ``heads``, the last is the
    total. ``verify`` says how to compare ``fingerprint``, which comes in groups. ``standing`` says why the receipt no
    longer holds, "" while it does. ``log_head`` is printed on one line, so that a copy of it is exact.
    """

    language: str
    country: str
    motto: str
    superior: str
    issuer: str
    number: str
    place_and_date: str
    title: str
    subject: str
    standing: str
    statements: tuple[str, ...]
    table_title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...]
    claims: tuple[str, ...]
    fingerprint_title: str
    fingerprint: tuple[str, ...]
    verify: str
    log_title: str
    log_head: str
    recipients_title: str
    recipients: tuple[str, ...]
    signer_title: str
    office: str
    signed: str
    signer: str
