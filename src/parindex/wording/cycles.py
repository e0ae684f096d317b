"""Cycles in words: kinds of phases, where a unit stands."""

from __future__ import annotations

from parindex.database.models.cycles import PhaseKind
from parindex.database.queries.cycle_progress import Standing
from parindex.wording.language import mark, text

_PHASES = {
    PhaseKind.SURVEY: mark("Điều tra xã hội học"),
    PhaseKind.SELF_SCORING: mark("Tự đánh giá, nộp phiếu"),
    PhaseKind.APPRAISAL: mark("Thẩm định"),
    PhaseKind.FURTHER_EXPLANATION: mark("Giải trình bổ sung"),
    PhaseKind.PUBLICATION: mark("Công bố"),
}
_STANDINGS = {
    Standing.SUBMITTED: mark("Đã nộp"),
    Standing.AWAITING_SIGNATURE: mark("Chờ lãnh đạo ký"),
    Standing.RETURNED: mark("Trả lại bổ sung"),
    Standing.ENTERING: mark("Đang nhập"),
    Standing.NOT_STARTED: mark("Chưa bắt đầu"),
    Standing.LOCKED: mark("Đã khóa"),
}


def phase_kind(value: str) -> str:
    """``Tự đánh giá, nộp phiếu``."""
    return text(_PHASES[PhaseKind(value)])


def standing(value: str) -> str:
    """``Chưa bắt đầu``."""
    return text(_STANDINGS[Standing(value)])
