"""Why somebody may not change a unit, an account or a role, in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from parindex.wording import roles
from parindex.wording.language import mark, text
from parindex.wording.moments import day

#: Reasons without figures.
PLAIN = {
    "own_owner_unit": mark(
        "Tên, cấp trên và ngày kết thúc của chính đơn vị bạn do cơ quan thường trực cấp trên hoặc quản trị hệ thống "
        "ghi."
    ),
    "unit_of_other_office": mark(
        "Đơn vị này thuộc cơ quan có cơ quan thường trực riêng. Đề nghị cơ quan thường trực đó hoặc quản trị hệ thống "
        "ghi."
    ),
    "unit_table_outdated": mark(
        "Đơn vị vừa được người khác sửa sau khi đối chiếu bảng. Tải bảng lên lại để đối chiếu."
    ),
    "unit_not_ended": mark("Đơn vị này không có ngày kết thúc. Muốn kết thúc đơn vị thì dùng “Kết thúc đơn vị”."),
    "chair_of_own_unit": mark(
        "Chủ tịch hội đồng quyết định việc của đơn vị bạn nên không thể là người của đơn vị đó. Chọn người của đơn vị "
        "khác, hoặc đề nghị quản trị hệ thống giao."
    ),
    "only_standing_office_units": mark("Chỉ cơ quan thường trực và quản trị hệ thống sửa được danh mục đơn vị."),
    "accounts_of_other_unit": mark("Bạn chỉ quản lý được tài khoản của đơn vị mình và đơn vị trực thuộc."),
    "account_name_missing": mark("Chưa ghi họ tên."),
    "username_malformed": mark("Tên đăng nhập chỉ gồm chữ cái không dấu, chữ số và các dấu . _ - @ +."),
    "username_taken": mark("Tên đăng nhập này đã có người dùng. Chọn tên khác."),
    "email_malformed": mark("Thư điện tử chưa đúng dạng, ví dụ ten@tinh.gov.vn."),
    "email_taken": mark("Thư điện tử này là của tài khoản khác. Tìm tài khoản đó hoặc ghi địa chỉ khác."),
    "account_unit_missing": mark("Chưa chọn đơn vị."),
    "no_such_account": mark("Không có tài khoản này."),
    "own_account": mark(
        "Tài khoản của chính bạn do người khác quản lý. Sửa số điện thoại, mật khẩu ở trang Tài khoản."
    ),
    "account_ended": mark("Chưa lưu gì: tài khoản của bạn vừa bị ngừng. Hỏi người quản lý tài khoản của đơn vị."),
    "role_ended": mark(
        "Chưa lưu gì: một vai trò của bạn vừa kết thúc trong lúc yêu cầu này chờ. Tải lại trang để xem bạn còn làm "
        "được việc gì."
    ),
    "own_roles": mark("Vai trò của chính bạn do người khác giao và kết thúc."),
    "account_not_active": mark("Tài khoản đã ngừng. Mở lại tài khoản trước."),
    "account_is_active": mark("Tài khoản đang dùng được, không cần mở lại."),
    "account_not_locked": mark("Tài khoản không bị khóa đăng nhập."),
    "account_taken_over": mark(
        "Tài khoản này đã có người dùng nên không mời lại. Quên mật khẩu thì người đó tự đặt lại ở trang đăng nhập; "
        "không có thư điện tử thì lãnh đạo đơn vị hoặc quản trị hệ thống cấp lại đăng nhập."
    ),
    "account_not_in_use": mark("Tài khoản chưa ai nhận. Gửi liên kết mời."),
    "login_by_own_unit": mark(
        "Thư điện tử và đường đăng nhập của tài khoản đang dùng chỉ do lãnh đạo đơn vị của người đó hoặc quản trị hệ "
        "thống đổi. Đề nghị một trong hai."
    ),
    "role_already_ended": mark("Vai trò này đã kết thúc. Tải lại trang để xem."),
    "no_open_invitation": mark("Không có liên kết mời nào đang còn hiệu lực."),
    "invitation_not_open": mark(
        "Liên kết mời đã hết hạn, đã dùng hoặc đã thu hồi. Xin người quản lý tài khoản gửi lại."
    ),
    "no_second_factor": mark("Tài khoản này không bật xác thực hai bước."),
    "decision_incomplete": mark("Thiếu số hoặc ngày của quyết định. Ghi cả hai."),
    "predecessors_missing": mark("Chưa ghi đơn vị tiền thân."),
}

WORDED: dict[str, Callable[[dict[str, Any]], str]] = {
    "role_above_own": lambda facts: text(
        "Bạn không giao được vai trò “{role}” ở đơn vị này. Đề nghị cơ quan thường trực giao.",
        role=roles.role(facts["role"]),
    ),
    "subtree_above_own": lambda facts: text(
        "Vai trò của chính bạn không gồm đơn vị trực thuộc nên không giao vai trò “{role}” cho cả đơn vị trực thuộc "
        "được. Bỏ dấu ở “Cả đơn vị trực thuộc”, hoặc nhờ quản trị hệ thống giao.",
        role=roles.role(facts["role"]),
    ),
    "unit_code_taken": lambda facts: text(
        "Mã “{unit}” đã là của một đơn vị. Đổi tên là thay đổi của đơn vị đó; đơn vị mới cần mã khác.",
        unit=facts["unit"],
    ),
    "work_handed_on": lambda facts: text(
        "Đơn vị còn {count} phiếu trong kỳ đang chạy. Đọc rồi đánh dấu xác nhận.", count=len(facts["sheets"])
    ),
    "unit_changes_later": lambda facts: text(
        "Đơn vị “{unit}” đã ghi thay đổi từ ngày {day} ({name}). Chọn ngày kết thúc từ ngày đó trở đi.",
        unit=facts["unit"],
        day=day(facts["day"]),
        name=facts["name"],
    ),
    "unit_not_valid_on": lambda facts: text(
        "Đơn vị “{unit}” không có hiệu lực ngày {day}. Chọn ngày khác hoặc sửa mã.",
        unit=facts["unit"],
        day=day(facts["day"]),
    ),
    "unit_path_too_long": lambda facts: text(
        "Đường dẫn mã của đơn vị “{unit}” quá dài. Dùng mã ngắn hơn.", unit=facts["unit"]
    ),
    "account_above_own": lambda facts: text(
        "Người này có vai trò “{role}” mà bạn không giao được, nên bạn không sửa được tài khoản này.",
        role=roles.role(facts["role"]),
    ),
    "role_already_given": lambda facts: text("Người này đã có vai trò “{role}” ở đó.", role=roles.role(facts["role"])),
    "role_not_for_one_cycle": lambda facts: text(
        "Vai trò “{role}” không giao riêng cho một kỳ ở đơn vị này. Chọn đơn vị tổ chức kỳ, hoặc để trống kỳ.",
        role=roles.role(facts["role"]),
    ),
}
