"""Why somebody may not do something, in words: what is so, and what to do instead."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from parindex.domain.review.entry_marks import EntryMark
from parindex.domain.review.refusal import Refusal
from parindex.domain.review.stages import Act
from parindex.wording import roles
from parindex.wording.language import mark, text
from parindex.wording.moments import moment

#: Reasons without figures.
_PLAIN = {
    "only_standing_office": mark("Chỉ cơ quan thường trực của kỳ đánh giá này làm được việc này."),
    "only_standing_office_units": mark("Chỉ cơ quan thường trực và quản trị hệ thống sửa được danh mục đơn vị."),
    "only_standing_office_sets": mark("Chỉ cơ quan thường trực sửa được bộ tiêu chí."),
    "set_of_other_owner": mark("Bộ tiêu chí này của cơ quan khác. Chọn bộ tiêu chí của cơ quan bạn."),
    "only_those_who_run_cycle": mark(
        "Bảng này dành cho cơ quan thường trực, hội đồng thẩm định và kiểm toán. Mở phiếu của đơn vị bạn."
    ),
    "accounts_of_other_unit": mark("Bạn chỉ quản lý được tài khoản của đơn vị mình và đơn vị trực thuộc."),
    "sheet_of_other_unit": mark("Phiếu này của đơn vị khác. Mở phiếu của đơn vị bạn trong Việc của tôi."),
    "sheet_not_submitted": mark("Đơn vị chưa nộp phiếu. Hội đồng xem được sau khi đơn vị nộp."),
    "inside_unit_only": mark("Trao đổi nội bộ chỉ người của đơn vị đọc được."),
    "part_of_other_unit": mark("Mục này do đơn vị khác chủ trì. Bạn xem được, không sửa được."),
    "cycle_not_open": mark("Kỳ đánh giá chưa mở. Cơ quan thường trực mở kỳ thì đơn vị nhập được."),
    "cycle_already_open": mark("Kỳ đánh giá đã mở, không sửa phần này được nữa."),
    "cycle_without_units": mark("Kỳ chưa có đơn vị nào. Thêm nhóm đơn vị rồi mở kỳ."),
    "own_unit_by_chair": mark("Việc của chính đơn vị bạn do Chủ tịch hội đồng quyết định."),
    "only_auditor": mark("Nhật ký toàn kỳ dành cho kiểm toán, thanh tra và cơ quan thường trực."),
    "reason_needed": mark("Chưa nêu lý do. Ghi lý do rồi gửi lại."),
}


def refusal_text(refusal: Refusal) -> str:
    """The sentence for a refusal."""
    if refusal.code in _PLAIN:
        return text(_PLAIN[refusal.code])
    return _WORDED[refusal.code](refusal.facts)


def _wrong_stage(facts: dict[str, Any]) -> str:
    return text(
        "Phiếu đang ở trạng thái “{state}” nên không làm được việc này.", state=roles.sheet_state(facts["state"])
    )


_ROLE_ONLY = {
    Act.SUBMIT: mark("Chỉ lãnh đạo đơn vị ký nộp được. Trình ký với lãnh đạo đơn vị."),
    Act.WITHDRAW: mark("Chỉ lãnh đạo đơn vị rút được phiếu đã nộp."),
    Act.PRESENT: mark("Chỉ cán bộ và lãnh đạo của đơn vị trình ký được."),
    Act.SEND_BACK: mark("Chỉ cán bộ và lãnh đạo của đơn vị trả lại được phần chờ ký."),
    Act.RETURN: mark("Chỉ cơ quan thường trực trả lại được phần đã ký."),
    Act.UNLOCK: mark("Chỉ cơ quan thường trực mở khóa được phiếu."),
    Act.LOCK: mark("Phiếu tự khóa khi hết hạn."),
}


def _wrong_role(facts: dict[str, Any]) -> str:
    return text(_ROLE_ONLY[Act(facts["act"])])


def _signed(facts: dict[str, Any]) -> str:
    return text(
        "Phiếu đang ở trạng thái “{state}” nên chỉ xem được. Muốn sửa, lãnh đạo đơn vị rút hoặc trả lại phiếu.",
        state=roles.sheet_state(facts["state"]),
    )


def _closed(facts: dict[str, Any]) -> str:
    return text("Kỳ đánh giá đã chuyển sang “{state}” nên phiếu chỉ để xem.", state=roles.cycle_state(facts["state"]))


def _past(facts: dict[str, Any]) -> str:
    deadline = facts.get("deadline")
    if not isinstance(deadline, datetime):
        return text("Phiếu đã khóa. Xin cơ quan thường trực gia hạn.")
    return text("Đã hết hạn lúc {when}. Phiếu chỉ để xem; xin cơ quan thường trực gia hạn.", when=moment(deadline))


def _incomplete(facts: dict[str, Any]) -> str:
    parts = [
        text("{count} mục {state}", count=count, state=roles.entry_mark(EntryMark(name)).lower())
        for name, count in facts["counts"].items()
    ]
    return text("Chưa trình được: còn {what}.", what=", ".join(parts))


_WORDED: dict[str, Callable[[dict[str, Any]], str]] = {
    "wrong_stage": _wrong_stage,
    "wrong_role": _wrong_role,
    "sheet_signed": _signed,
    "sheet_locked": _past,
    "deadline_passed": _past,
    "cycle_closed": _closed,
    "incomplete": _incomplete,
    "role_above_own": lambda facts: text(
        "Bạn không giao được vai trò “{role}” ở đơn vị này. Đề nghị cơ quan thường trực giao.",
        role=roles.role(facts["role"]),
    ),
    "measure_of_other_item": lambda facts: text("Số liệu “{measure}” không thuộc mục này.", measure=facts["measure"]),
    "figure_signed": lambda facts: text(
        "Số liệu này dùng chung với mục {item} mà {unit} đã ký. Rút phần đã ký rồi sửa.",
        item=facts["item"],
        unit=facts["unit"],
    ),
    "parts_not_signed": lambda facts: text(
        "Chưa nộp được: còn phần của {units} chưa ký.", units=", ".join(facts["units"])
    ),
    "unlock_needs_extension": lambda _: text("Hạn của phiếu đã qua. Gia hạn cho đơn vị rồi mở khóa."),
    "set_not_frozen": lambda facts: text(
        "Bộ tiêu chí của nhóm {groups} chưa khóa. Khóa bộ tiêu chí rồi mở kỳ.", groups=", ".join(facts["groups"])
    ),
    "units_not_valid_today": lambda facts: text(
        "Đơn vị không còn hiệu lực hôm nay: {units}.", units=", ".join(facts["units"])
    ),
}
