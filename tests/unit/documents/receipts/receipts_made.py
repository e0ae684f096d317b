"""Receipts as a standing office would give them."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from parindex.documents.receipts.receipt import AreaLine, Receipt

AREAS = (
    AreaLine("Cải cách thủ tục hành chính", 12, Fraction(17, 2), Fraction(15, 2), 1, 0, Fraction(1, 2)),
    AreaLine("Cải cách tài chính công", 8, Fraction(10), Fraction(61, 8), 0, 2),
)
TOTAL = AreaLine("Tổng cộng", 20, Fraction(37, 2), Fraction(121, 8), 1, 2, Fraction(1, 2))


def receipt(**changes: Any) -> Receipt:
    """A receipt with ``changes``."""
    made = Receipt(
        issuer="Sở Nội vụ",
        superior="Ủy ban nhân dân tỉnh Điện Biên",
        place="Điện Biên",
        issued_on=date(2026, 2, 5),
        unit="Sở Tài chính",
        cycle="Chỉ số cải cách hành chính năm 2025",
        criteria_set="Bộ tiêu chí của các sở",
        areas=AREAS,
        total=TOTAL,
        index=Fraction(121 * 100, 8 * 18),
        signer="Họ Và Tên",
        office="Giám đốc",
        submitted_at=datetime(2026, 2, 5, 16, 20),
        fingerprint=hashlib.sha256(b"phieu").hexdigest(),
    )
    return replace(made, **changes)


def many_areas(count: int) -> tuple[AreaLine, ...]:
    return tuple(AreaLine(f"Lĩnh vực {n}", 5, Fraction(5), Fraction(4)) for n in range(1, count + 1))
