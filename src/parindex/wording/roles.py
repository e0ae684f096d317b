"""Roles and states by their official names."""

from __future__ import annotations

from parindex.domain.review.entry_marks import EntryMark
from parindex.domain.review.roles import Role
from parindex.domain.review.stages import CycleState, SheetState
from parindex.wording.language import mark, text

_ROLES = {
    Role.ADMINISTRATOR: mark("quản trị hệ thống"),
    Role.STANDING_OFFICE: mark("cơ quan thường trực"),
    Role.UNIT_OFFICER: mark("cán bộ đơn vị"),
    Role.UNIT_LEADER: mark("lãnh đạo đơn vị"),
    Role.APPRAISER: mark("thành viên hội đồng"),
    Role.CHAIR: mark("chủ tịch hội đồng"),
    Role.SECRETARY: mark("thư ký hội đồng"),
    Role.SURVEY_STAFF: mark("phụ trách khảo sát"),
    Role.AUDITOR: mark("kiểm toán, thanh tra"),
}
_TASKS = {
    Role.ADMINISTRATOR: mark("đơn vị, tài khoản, lời mời; không thấy điểm"),
    Role.STANDING_OFFICE: mark("đọc quyết định thành bộ tiêu chí, mở kỳ, theo dõi tiến độ, nhắc, gia hạn"),
    Role.UNIT_OFFICER: mark("nhập số liệu, giải trình, tài liệu kiểm chứng; trình ký"),
    Role.UNIT_LEADER: mark("xem những gì còn thiếu, ký nộp, rút lại"),
    Role.APPRAISER: mark("thẩm định các mục được phân công: đồng ý, điều chỉnh, yêu cầu giải trình"),
    Role.CHAIR: mark("quyết định khi ý kiến khác nhau, chốt và công bố kết quả"),
    Role.SECRETARY: mark("lập hội đồng, phân công thẩm định, gửi câu hỏi, ghi biên bản"),
    Role.SURVEY_STAFF: mark("xem các mục chấm từ điều tra và nhập điểm điều tra"),
    Role.AUDITOR: mark("đọc mọi phiếu và nhật ký, không sửa được gì"),
}
_CYCLES = {
    CycleState.DRAFT: mark("Chuẩn bị"),
    CycleState.OPEN: mark("Tự chấm điểm"),
    CycleState.APPRAISAL: mark("Thẩm định"),
    CycleState.FINALISED: mark("Đã chốt"),
    CycleState.PUBLISHED: mark("Đã công bố"),
    CycleState.CORRECTED: mark("Đã đính chính"),
}
_SHEETS = {
    SheetState.OPEN: mark("Đang nhập"),
    SheetState.AWAITING_SIGNATURE: mark("Chờ lãnh đạo ký"),
    SheetState.SUBMITTED: mark("Đã nộp"),
    SheetState.IN_APPRAISAL: mark("Đang thẩm định"),
    SheetState.RETURNED: mark("Yêu cầu giải trình"),
    SheetState.RESUBMITTED: mark("Đã giải trình"),
    SheetState.APPRAISED: mark("Đã thẩm định"),
    SheetState.FINAL: mark("Đã chốt"),
    SheetState.LOCKED: mark("Đã khóa"),
}
_MARKS = {
    EntryMark.UNANSWERED: mark("Chưa nhập"),
    EntryMark.STARTED: mark("Đang nhập"),
    EntryMark.LACKS_EVIDENCE: mark("Thiếu tài liệu"),
    EntryMark.DONE: mark("Xong"),
    EntryMark.NOT_ASSESSED_REQUESTED: mark("Đề nghị không đánh giá"),
    EntryMark.NOT_ASSESSED: mark("Không đánh giá"),
    EntryMark.PENDING: mark("Chờ kết quả"),
    EntryMark.ASKED: mark("Cần giải trình"),
}


def role(value: str) -> str:
    """``cán bộ đơn vị``."""
    return text(_ROLES[Role(value)])


def role_task(value: str) -> str:
    """What a role does here: ``nhập số liệu, giải trình, tài liệu kiểm chứng; trình ký``."""
    return text(_TASKS[Role(value)])


def cycle_state(value: str) -> str:
    """``Tự chấm điểm``."""
    return text(_CYCLES[CycleState(value)])


def sheet_state(value: str) -> str:
    """``Chờ lãnh đạo ký``."""
    return text(_SHEETS[SheetState(value)])


def entry_mark(value: str) -> str:
    """``Thiếu tài liệu``."""
    return text(_MARKS[EntryMark(value)])
