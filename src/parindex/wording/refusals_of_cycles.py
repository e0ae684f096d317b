"""Refusals of what concerns a cycle as a whole: its timetable, sheets that go back, forms that came too late."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

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

WORDED: dict[str, Callable[[dict[str, Any]], str]] = {
    "timetable_locks": lambda facts: text(
        "Hạn {when} đã qua nên {count} phiếu bị khóa ngay. Gõ nhầm thì bấm Sửa lại; đúng vậy thì đánh dấu ô xác nhận.",
        when=moment(facts["deadline"]),
        count=facts["count"],
    ),
    "return_needs_extension": lambda facts: text(
        "Chưa trả lại được: đơn vị đã hết hạn lúc {when} nên không sửa được phiếu. Gia hạn cho đơn vị rồi trả lại.",
        when=moment(facts["deadline"]),
    ),
}
