"""Refusals of what concerns a cycle as a whole: its timetable, sheets that are signed or go back, forms that came too
late.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from parindex.domain.review.stages import CycleState, SheetState
from parindex.wording import roles
from parindex.wording.language import mark, text
from parindex.wording.moments import moment

PLAIN = {
    "changed_since_read": mark("Chưa ghi: người khác đã sửa sau khi bạn mở trang này. Xem bản đang lưu rồi ghi lại."),
    "timetable_unconfirmed": mark(
        "Thay đổi này lấy bớt thời gian của đơn vị, hoặc các phiếu liên quan vừa đổi. Xem lại dưới đây rồi xác nhận."
    ),
    "no_deadline_to_extend": mark(
        "Phiếu không có hạn nộp nên không cần gia hạn. Phiếu còn khóa thì đề nghị cơ quan thường trực mở khóa."
    ),
}

#: What a unit can do about a sheet or a part that was presented or signed.
_TO_CHANGE = {
    SheetState.AWAITING_SIGNATURE: mark("Muốn sửa, trả lại phần chờ ký."),
    SheetState.SUBMITTED: mark("Muốn sửa, lãnh đạo đơn vị rút phiếu trước khi thẩm định bắt đầu."),
    SheetState.RESUBMITTED: mark(
        "Thẩm định chưa bắt đầu thì lãnh đạo đơn vị rút được; đang thẩm định thì chỉ sửa được mục Hội đồng hỏi."
    ),
    SheetState.IN_APPRAISAL: mark("Kỳ đang thẩm định: chỉ sửa được mục Hội đồng hỏi."),
}


def _signed(facts: dict[str, Any]) -> str:
    words = text("Phiếu đang ở trạng thái “{state}” nên chỉ xem được.", state=roles.sheet_state(facts["state"]))
    more = _TO_CHANGE.get(facts["state"])
    return f"{words} {text(more)}" if more else words


#: What is so from the moment a result is finalised. Units read it, too: no word of whether it is published by now.
_FINAL = frozenset({CycleState.FINALISED, CycleState.PUBLISHED, CycleState.CORRECTED})


def _closed(facts: dict[str, Any]) -> str:
    if facts["state"] in _FINAL:
        return text("Kết quả kỳ đánh giá đã chốt nên phiếu chỉ để xem.")
    return text("Kỳ đánh giá đã chuyển sang “{state}” nên phiếu chỉ để xem.", state=roles.cycle_state(facts["state"]))


def _over(facts: dict[str, Any]) -> str:
    if facts["state"] in _FINAL:
        return text("Kết quả kỳ đánh giá đã chốt nên việc này không làm được nữa.")
    return text(
        "Kỳ đánh giá đã chuyển sang “{state}” nên việc này không làm được nữa.", state=roles.cycle_state(facts["state"])
    )


WORDED: dict[str, Callable[[dict[str, Any]], str]] = {
    "timetable_locks": lambda facts: text(
        "Hạn {when} đã qua nên {count} phiếu bị khóa ngay. Gõ nhầm thì bấm Sửa lại; đúng vậy thì đánh dấu ô xác nhận.",
        when=moment(facts["deadline"]),
        count=facts["count"],
    ),
    "sheet_signed": _signed,
    "cycle_closed": _closed,
    "cycle_over": _over,
    "return_needs_extension": lambda facts: text(
        "Chưa trả lại được: đơn vị đã hết hạn lúc {when} nên không sửa được phiếu. Gia hạn cho đơn vị rồi trả lại.",
        when=moment(facts["deadline"]),
    ),
}
