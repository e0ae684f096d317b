"""Verdicts of rows against what was reached of the plan: ``Tỷ lệ TH/KH 77,8 | Đạt`` among rows that are ``Đạt`` from
100 on and ``Chưa đạt`` below.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

from parindex.documents.arithmetic.findings import Severity, StatementKind, Sure
from parindex.documents.arithmetic.tables.slips import Slip, TableChecks
from parindex.documents.printed_text import joined

_REACHED = re.compile(r"(?:đạt|hoàn thành|vượt|đạt và vượt|đạt kế hoạch|vượt kế hoạch|đã hoàn thành)", re.IGNORECASE)
_MISSED = re.compile(r"(?:chưa|không) (?:đạt|hoàn thành)(?: kế hoạch| chỉ tiêu)?", re.IGNORECASE)
#: Heads of what was reached, in per cent of the plan.
_SHARE = re.compile(
    r"(?:ty le|ti le|muc do).{0,24}(?:th|thuc hien|hoan thanh|dat|kh|ke hoach)|(?:th|thuc hien) ?/ ?(?:kh|ke hoach)"
)
#: Of these less is better.
_LESS_IS_BETTER = re.compile(
    r"(?<!cắt )giảm|nghèo|trễ|quá hạn|chậm|vi phạm|tai nạn|tồn đọng|không quá|dưới|thất nghiệp", re.IGNORECASE
)
_WHOLE = Fraction(100)
#: So many other rows must have the verdict that their share gives them.
_FEWEST = 4


def check_verdicts(checks: TableChecks) -> None:
    """Finds the one row whose verdict is not that of its share of the plan, where those of all others are."""
    table = checks.table
    for column in range(table.width):
        verdicts = {
            at: verdict for at, row in enumerate(table.rows)
            if column < len(row.cells) and (verdict := _verdict(joined(row.cells[column].text))) is not None
        }  # fmt: skip
        if len(verdicts) <= _FEWEST:
            continue
        for by in range(table.width):
            if by != column and _SHARE.search(table.heads[by]):
                _check(checks, column, by, verdicts)


def _verdict(text: str) -> bool | None:
    """Whether a cell says that a plan was reached; None where it says nothing of that."""
    if _REACHED.fullmatch(text):
        return True
    return False if _MISSED.fullmatch(text) else None


def _check(checks: TableChecks, column: int, by: int, verdicts: Mapping[int, bool]) -> None:
    table = checks.table
    shares = {at: one for at in verdicts if (one := table.amount(at, by)) is not None}
    apart = [at for at, share in shares.items() if verdicts[at] is not (share.value >= _WHOLE)]
    checks.checked["points"] += len(shares)
    if len(apart) != 1 or len(shares) <= _FEWEST or _LESS_IS_BETTER.search(table.rows[apart[0]].title):
        return
    row = apart[0]
    stated = joined(table.rows[row].cells[column].text)
    checks.slips.append(
        Slip(
            row, column, StatementKind.RULE_POINTS, Sure.LIKELY, stated, "", "verdict_apart",
            {"share": shares[row].text}, Severity.WRONG_FIGURE,
        )
    )  # fmt: skip
