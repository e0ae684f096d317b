"""Findings of the checker of papers in words: what does not add up, and how to mend it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from parindex.documents.arithmetic.findings import Severity, StatementFinding, StatementKind, Sure
from parindex.domain.errors import Place
from parindex.wording.language import mark, text
from parindex.wording.numbers import number
from parindex.wording.places import place_text
from parindex.wording.statements_of_prose import SENTENCES as OF_PROSE
from parindex.wording.statements_of_quantities import SENTENCES as OF_QUANTITIES
from parindex.wording.statements_of_references import SENTENCES as OF_REFERENCES
from parindex.wording.statements_of_tables import SENTENCES as OF_TABLES

#: Message and remedy of every finding, by the name of its sentence.
SENTENCES: dict[str, tuple[str, str]] = {**OF_PROSE, **OF_REFERENCES, **OF_QUANTITIES, **OF_TABLES}

_SEVERITIES = {
    Severity.CHANGES_SCORE: mark("Làm đổi điểm hoặc tổng"),
    Severity.WRONG_FIGURE: mark("Sai số liệu"),
    Severity.SLIP: mark("Lỗi nhỏ khi viết"),
}
_SURE = {
    Sure.CERTAIN: mark("chắc chắn"),
    Sure.LIKELY: mark("nhiều khả năng"),
    Sure.DOUBTFUL: mark("cần xem lại"),
}
_KINDS = {
    StatementKind.TABLE_SUM: mark("cộng hàng hoặc cột"),
    StatementKind.PARENT_SUM: mark("cộng mục con"),
    StatementKind.TOTAL: mark("tổng cộng"),
    StatementKind.PARTIAL_TOTAL: mark("tổng chỉ gồm một phần"),
    StatementKind.COUNT: mark("số đếm"),
    StatementKind.RATIO: mark("tỷ lệ"),
    StatementKind.SWAPPED_RATIO: mark("tỷ lệ đảo tử, mẫu"),
    StatementKind.FORMULA: mark("công thức"),
    StatementKind.PART_OF_WHOLE: mark("phần so với toàn bộ"),
    StatementKind.DIFFERENCE: mark("mức tăng, giảm"),
    StatementKind.RANK_CHANGE: mark("thay đổi thứ hạng"),
    StatementKind.SAME_QUANTITY: mark("một đại lượng hai số"),
    StatementKind.RULE_POINTS: mark("điểm trái quy tắc"),
    StatementKind.WRONG_UNIT: mark("sai đơn vị tính"),
    StatementKind.TWO_DATES: mark("văn bản hai ngày hoặc hai số"),
    StatementKind.IMPOSSIBLE_DATE: mark("ngày không hợp lý"),
    StatementKind.CODE: mark("mã mục"),
    StatementKind.DOCUMENT_NUMBER: mark("số, ký hiệu văn bản"),
    StatementKind.LOST_COLUMN: mark("mất cột"),
    StatementKind.DOUBLED_COLUMN: mark("lặp cột"),
}
_COUNTED = {
    "sums": mark("{count} phép cộng"),
    "ratios": mark("{count} tỷ lệ"),
    "formulas": mark("{count} công thức"),
    "differences": mark("{count} mức tăng, giảm"),
    "counts": mark("{count} số đếm"),
    "citations": mark("{count} văn bản được dẫn"),
    "quantities": mark("{count} số liệu"),
    "points": mark("{count} điểm số"),
    "codes": mark("{count} mã mục"),
    "dates": mark("{count} ngày tháng"),
}
_RECOMPUTED, _ELSEWHERE = mark("tính lại"), mark("đối chiếu")
#: Statements whose other figure is none that was worked out.
_NOT_COMPUTED = frozenset(
    {
        *(StatementKind.TWO_DATES, StatementKind.IMPOSSIBLE_DATE, StatementKind.DOCUMENT_NUMBER, StatementKind.CODE),
        *(StatementKind.SAME_QUANTITY, StatementKind.WRONG_UNIT),
    }
)
#: Letters that are shown on either side of the figure that is marked.
_BESIDE = 160
#: So many names of a list are told before "…".
_LISTED = 12


def message(finding: StatementFinding) -> str:
    """What does not add up, with the figures."""
    return _worded(finding, 0)


def remedy(finding: StatementFinding) -> str:
    """How to mend it."""
    return _worded(finding, 1)


def severity(value: Severity) -> str:
    """What a finding spoils."""
    return text(_SEVERITIES[value])


def sure(value: Sure) -> str:
    """How sure a finding is."""
    return text(_SURE[value])


def kind(value: StatementKind) -> str:
    """What sort of statement does not add up."""
    return text(_KINDS[value])


def checked_words(checked: Mapping[str, int]) -> str:
    """How many statements of each sort were looked at: "Đã kiểm tra 12 phép cộng, 30 tỷ lệ."."""
    counted = [text(words, count=number(checked[name])) for name, words in _COUNTED.items() if checked.get(name)]
    return text("Đã kiểm tra {counts}.", counts=", ".join(counted)) if counted else text("Không có gì để kiểm tra.")


def both_figures(finding: StatementFinding) -> str:
    """The figure as printed beside the one worked out or found elsewhere; "" where one is missing."""
    if not (finding.stated and finding.found):
        return ""
    return f"{text('Văn bản ghi')} {finding.stated} → {found_by(finding.kind)} {finding.found}"


def found_by(value: StatementKind) -> str:
    """How the other figure of a finding was come by: worked out, or found elsewhere."""
    return text(_ELSEWHERE if value in _NOT_COMPUTED else _RECOMPUTED)


def marked(sentence: str, stated: str) -> str:
    """The statement with its figure between ⟦ ⟧, cut where it is long."""
    # "20" is not the "20" of "2020".
    found = re.search(rf"(?<![\w.,/]){re.escape(stated)}(?![\w/]|[.,]\d)", sentence) if stated else None
    at = found.start() if found is not None else sentence.find(stated) if stated else -1
    if at < 0:
        return sentence if len(sentence) <= 2 * _BESIDE else sentence[: 2 * _BESIDE].rstrip() + " …"
    end = at + len(stated)
    before, after = sentence[:at], sentence[end:]
    if len(before) > _BESIDE:
        before = "… " + before[-_BESIDE:].partition(" ")[2]
    if len(after) > _BESIDE:
        after = after[:_BESIDE].rpartition(" ")[0] + " …"
    return f"{before}⟦{stated}⟧{after}"


def _worded(finding: StatementFinding, which: int) -> str:
    words = {name: _word(value) for name, value in finding.facts.items()}
    words |= {"stated": finding.stated, "found": finding.found, "text": finding.text}
    words["code"] = finding.place.code or ""
    return text(SENTENCES[finding.why][which], **(words | _own(finding.facts)))


def _own(facts: Mapping[str, Any]) -> dict[str, str]:
    """A room may word ``code`` itself: that of another item than the one that the statement stands in."""
    return {"code": str(facts["code"])} if "code" in facts else {}


def _word(value: Any) -> str:
    if isinstance(value, Fraction):
        return number(value)
    if isinstance(value, Place):
        return place_text(value, file=False)
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, list | tuple):
        names = [_word(one) for one in value]
        return ", ".join(names[:_LISTED]) + (" …" if len(names) > _LISTED else "")
    return "" if value is None else str(value)
