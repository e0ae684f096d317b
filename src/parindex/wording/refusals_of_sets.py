"""Why something is refused about criteria sets, their guidance, and the change of a set."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from parindex.wording.language import mark, text

#: Reasons without figures.
PLAIN = {
    "only_standing_office_sets": mark("Chỉ cơ quan thường trực sửa được bộ tiêu chí."),
    "set_of_other_owner": mark("Bộ tiêu chí này của cơ quan khác. Chọn bộ tiêu chí của cơ quan bạn."),
    "set_is_draft": mark("Bộ tiêu chí chưa khóa. Chỉ cơ quan thường trực và kiểm toán xem được bản nháp."),
    "set_frozen": mark("Bộ tiêu chí đã khóa, không sửa được nữa. Cần đính chính thì lập phiên bản mới."),
    "set_discarded": mark("Bản nháp này đã bỏ. Mở phiên bản khác của bộ tiêu chí."),
    "set_still_draft": mark("Phiên bản này chưa khóa. Khóa bộ tiêu chí rồi làm việc này."),
    "guidance_empty": mark("Hướng dẫn chưa nói về mục nào. Ghi hướng dẫn của ít nhất một mục rồi công bố."),
    "draft_in_work": mark("Bộ tiêu chí này đang có bản nháp. Sửa tiếp bản nháp đó, hoặc bỏ nó trước."),
    "finding_not_open": mark("Điều này đã có người xử lý, hoặc không còn trong lần đối chiếu mới nhất. Xem lại trang."),
    "guidance_published": mark("Hướng dẫn đã công bố, không sửa được nữa. Lập phiên bản mới."),
    "same_version": mark("Nhóm đang dùng chính phiên bản này. Chọn phiên bản khác."),
    "version_alike": mark(
        "Phiên bản này không khác gì bộ nhóm đang dùng nên không có gì để thay. Chọn phiên bản khác."
    ),
    "group_without_set": mark("Chưa chọn bộ tiêu chí. Chọn một bộ đã khóa."),
    "set_not_of_owner": mark("Bộ tiêu chí này của cơ quan khác. Chọn bộ tiêu chí của cơ quan tổ chức kỳ."),
}


def _signed_sheets(facts: dict[str, Any]) -> str:
    said = []
    if facts["units"]:
        units = ", ".join(facts["units"])
        said.append(text("Có phiếu đã ký: {units}. Trả lại hoặc đề nghị rút phiếu, rồi thay bộ tiêu chí.", units=units))
    if facts["parts"]:
        parts = "; ".join(text("{lead} (phiếu của {unit})", lead=lead, unit=unit) for unit, lead in facts["parts"])
        said.append(text("Có phần đã ký: {parts}. Trả lại các phần này, rồi thay bộ tiêu chí.", parts=parts))
    return " ".join(said)


#: Reasons with figures.
WORDED: dict[str, Callable[[dict[str, Any]], str]] = {
    "set_code_taken": lambda facts: text(
        "Mã {code} đã dùng cho một bộ tiêu chí khác. Đặt mã khác, ví dụ thêm năm vào cuối.", code=facts["taken"]
    ),
    "year_not_later": lambda facts: text(
        "Năm của bộ mới phải sau năm {year} của bộ này. Muốn sửa chính bộ này thì lập bản đính chính.",
        year=facts["year"],
    ),
    "set_of_other_year": lambda facts: text(
        "Kỳ năm {year} nhưng bộ tiêu chí của năm {years}. Đánh dấu xác nhận rồi mở, hoặc chọn bộ tiêu chí cùng năm.",
        year=facts["year"],
        years=", ".join(str(one) for one in facts["years"]),
    ),
    "set_not_frozen": lambda facts: text(
        "Bộ tiêu chí của nhóm {groups} chưa khóa. Khóa bộ tiêu chí rồi mở kỳ.", groups=", ".join(facts["groups"])
    ),
    "set_not_ready": lambda facts: text("Chưa khóa được: còn {what}.", what=facts["what"]),
    "item_not_in_set": lambda facts: text("Bộ tiêu chí không có mục {item}.", item=facts["item"]),
    "sheets_signed": _signed_sheets,
    "tables_changed": lambda facts: text(
        "Chưa khóa bảng nào: từ lúc bạn xem, các bảng khóa được đã đổi, nay có {count}. Xem lại rồi khóa.",
        count=facts["count"],
    ),
}
