"""Why something is refused about the council, its members and assignments."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from parindex.wording.language import mark, text

#: Reasons without figures.
PLAIN = {
    "only_office_and_secretary": mark("Chỉ cơ quan thường trực hoặc thư ký hội đồng lập và sửa hội đồng."),
    "council_already_made": mark("Kỳ này đã có hội đồng. Sửa hội đồng đã lập."),
    "no_council": mark("Kỳ này chưa có hội đồng. Cơ quan thường trực lập hội đồng theo quyết định trước."),
    "council_decision_missing": mark("Quyết định lập hội đồng cần có số. Ghi số quyết định."),
    "council_needs_one_chair": mark("Hội đồng có đúng một chủ tịch. Chọn một người làm chủ tịch."),
    "chair_by_office": mark("Chủ tịch hội đồng do cơ quan thường trực ghi theo quyết định, không phải thư ký."),
    "chair_stays": mark("Hội đồng không thể không có chủ tịch. Ghi người khác làm chủ tịch trước, rồi làm việc này."),
    "own_seat": mark("Không ai tự đưa mình vào hội đồng hoặc đổi chỗ của mình. Nhờ người khác có quyền làm."),
    "council_role_not_picked": mark("Chưa chọn vai trò trong hội đồng. Chọn một vai trò."),
    "already_in_council": mark("Người này đã ở trong hội đồng. Sửa vai trò ở dòng của người đó."),
    "member_has_left": mark("Người này đã thôi tham gia hội đồng. Xem lại trang hội đồng."),
    "member_gives_no_opinion": mark("Tổ giúp việc không thẩm định. Phân công cho chủ tịch, thư ký hoặc thành viên."),
    "not_a_member": mark("Người được chọn không ở trong hội đồng. Thêm vào hội đồng trước."),
    "levels_missing": mark("Hội đồng cần ít nhất một cấp thẩm định, mỗi cấp có tên. Ghi tên cấp."),
    "level_in_use": mark("Đã có mục ở cấp này hoặc đã phân công ở cấp này nên không bỏ cấp được. Giữ lại cấp."),
    "no_such_level": mark("Hội đồng không có cấp thẩm định này. Chọn lại cấp."),
    "nothing_to_assign": mark("Chưa chọn phân công nào. Chọn người, mục hoặc đơn vị."),
    "nobody_to_spread_over": mark("Chưa chọn ai để chia. Chọn ít nhất một thành viên."),
    "not_of_this_cycle": mark("Nhóm hoặc phiếu không thuộc kỳ này. Chọn lại."),
    "conflict_declared": mark("Xung đột với đơn vị này đã khai rồi."),
    "conflict_withdrawn": mark("Khai báo này đã rút. Xem lại trang hội đồng."),
    "own_conflict": mark(
        "Không ai tự rút khai báo xung đột của mình. Nhờ chủ tịch, thư ký hoặc cơ quan thường trực rút."
    ),
    "own_substitute": mark("Không ai thay chính mình. Chọn thành viên khác."),
}

#: Reasons with what they are about.
WORDED: dict[str, Callable[[dict[str, Any]], str]] = {
    "member_recused": lambda facts: text(
        "{member} không thẩm định được {unit}: là đơn vị mình hoặc đã khai xung đột, và chưa có người thay. Giao phiếu "
        "cho người khác, hoặc nhờ chủ tịch chỉ định người thay.",
        member=facts["member"],
        unit=facts["unit"],
    ),
    "members_recused": lambda facts: text(
        "Bảng giao phiếu cho người không thẩm định được đơn vị mình hoặc đơn vị đã khai xung đột, chưa có người thay: "
        "{list}. Giao phiếu cho người khác, hoặc nhờ chủ tịch chỉ định người thay.",
        list="; ".join(f"{member}, {unit}" for member, unit in facts["items"]),
    ),
    "substitute_recused": lambda facts: text(
        "{substitute} cũng không thẩm định được đơn vị mà {member} phải tránh. Chọn người khác.",
        substitute=facts["substitute"],
        member=facts["member"],
    ),
    "person_not_found": lambda facts: text(
        "Không có đúng một tài khoản đang dùng khớp với “{typed}”. Ghi tên đăng nhập hoặc thư điện tử.",
        typed=facts["typed"],
    ),
    "units_not_in_cycle": lambda facts: text(
        "Không tìm thấy đúng một phiếu của kỳ cho: {units}. Ghi đủ tên hoặc mã đơn vị, mỗi dòng một đơn vị.",
        units=", ".join(facts["units"]),
    ),
    "conflict_unit_not_found": lambda facts: text(
        "Không có đúng một đơn vị khớp với “{typed}”. Ghi đủ tên hoặc mã đơn vị.", typed=facts["typed"]
    ),
    "opinions_needed_wrong": lambda facts: text(
        "Số ý kiến cần có là số từ 0 đến {most}; 0 nghĩa là mọi người được phân công.", most=facts["most"]
    ),
}
