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
    "upload_paper": mark("tải văn bản lên"),
    "make_set_draft": mark("lập bản nháp bộ tiêu chí"),
    "mend_set": mark("sửa bộ tiêu chí"),
    "confirm_finding": mark("xác nhận điều đối chiếu"),
    "leave_finding": mark("để lại, hỏi cơ quan ban hành"),
    "undo_mend": mark("hoàn tác"),
    "freeze_set": mark("khóa bộ tiêu chí"),
    "discard_set_draft": mark("bỏ bản nháp bộ tiêu chí"),
    "make_guidance": mark("lập hướng dẫn chấm điểm"),
    "edit_guidance": mark("sửa hướng dẫn chấm điểm"),
    "publish_guidance": mark("công bố hướng dẫn chấm điểm"),
    "replace_set": mark("thay bộ tiêu chí trong kỳ"),
    "replace_entry": mark("chuyển mục theo bộ tiêu chí mới"),
    "lock": mark("khóa vì hết hạn"),
    "unlock": mark("mở khóa"),
}


def break_text(broken: Broken) -> str:
    """One place where a chain does not hold."""
    return text(_BREAKS[broken.kind], number=broken.sequence)


def action_text(action: str) -> str:
    """``trình lãnh đạo ký``."""
    return text(ACTIONS[action])
