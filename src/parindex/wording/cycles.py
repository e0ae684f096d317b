"""Cycles in words: kinds of phases, where a unit stands."""

from __future__ import annotations

from parindex.database.models.cycles import PhaseKind
from parindex.database.queries.cycle_progress import Standing
from parindex.wording.audit_log import ACTIONS, action_text
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
    Standing.RETURNED: mark("Yêu cầu giải trình"),
    Standing.ENTERING: mark("Đang nhập"),
    Standing.NOT_STARTED: mark("Chưa bắt đầu"),
    Standing.LOCKED: mark("Đã khóa"),
}
#: What somebody did last with a sheet, shorter than the log says it.
_LAST_ACTS = {
    "edited": mark("Sửa"),
    "present": mark("Trình ký"),
    "send_back": mark("Trả lại để sửa"),
    "submit": mark("Ký nộp"),
    "withdraw": mark("Rút"),
    "return": mark("Trả lại"),
    "compile": mark("Tổng hợp"),
    "lock": mark("Khóa"),
    "unlock": mark("Mở khóa"),
    "set_replaced": mark("Đổi bộ tiêu chí"),
}


def phase_kind(value: str) -> str:
    """``Tự đánh giá, nộp phiếu``."""
    return text(_PHASES[PhaseKind(value)])


def standing(value: str) -> str:
    """``Chưa bắt đầu``."""
    return text(_STANDINGS[Standing(value)])


def last_act(value: str) -> str:
    """``Sửa``, ``Ký nộp``; other acts as the log calls them."""
    if value in _LAST_ACTS:
        return text(_LAST_ACTS[value])
    words = action_text(value) if value in ACTIONS else value
    return words[:1].upper() + words[1:]
