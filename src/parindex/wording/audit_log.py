"""The audit log in words: acts, objects, and where a chain does not hold."""

from __future__ import annotations

from parindex.domain.review.audit_chain import Break, Broken
from parindex.wording.language import mark, text

_BREAKS = {
    Break.CHANGED: mark("bản ghi số {number} đã bị sửa: nội dung không cho ra mã của nó"),
    Break.MISSING: mark("bản ghi số {number} đã bị xóa"),
    Break.UNLINKED: mark("bản ghi số {number} không nối với bản ghi trước: bị đổi chỗ, chèn hoặc thay"),
    Break.TRUNCATED: mark("bản ghi số {number} ở cuối chuỗi đã bị cắt"),
    Break.NOT_AS_NOTED: mark("bản ghi số {number} không còn mã đã ghi ở nơi khác"),
}

#: What each action of the log is called; an action is named here before a use case may write it.
ACTIONS = {
    "edit_entry": mark("sửa mục"),
    "open_cycle": mark("mở kỳ đánh giá"),
    "add_group": mark("thêm nhóm đơn vị"),
    "create_cycle": mark("lập kỳ đánh giá"),
    "set_timetable": mark("đặt mốc thời gian"),
    "extend": mark("gia hạn"),
    "ask_for_extension": mark("xin gia hạn"),
    "decide_extension": mark("trả lời xin gia hạn"),
    "remind": mark("nhắc việc"),
    "export_progress": mark("xuất bảng tiến độ"),
    "present": mark("trình lãnh đạo ký"),
    "send_back": mark("trả lại để sửa"),
    "submit": mark("nộp"),
    "sign": mark("ký"),
    "withdraw": mark("rút"),
    "return": mark("yêu cầu giải trình"),
    "lock": mark("khóa vì hết hạn"),
    "unlock": mark("mở khóa"),
}


def break_text(broken: Broken) -> str:
    """One place where a chain does not hold."""
    return text(_BREAKS[broken.kind], number=broken.sequence)


def action_text(action: str) -> str:
    """``trình lãnh đạo ký``."""
    return text(ACTIONS[action])
