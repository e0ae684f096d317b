"""Why something is refused about monitoring notes and precedents."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from parindex.wording.language import mark, text

#: Reasons without figures.
PLAIN = {
    "no_precedents": mark("Kỳ này chưa có quyết định nào có lý do ở mục của bộ tiêu chí đã chọn. Chọn kỳ, bộ khác."),
    "precedents_not_public": mark(
        "Kết quả của kỳ này chưa công khai nên quyết định chưa dùng làm hướng dẫn được. Lập dự thảo từ lúc kết "
        "quả được xem."
    ),
    "note_outside_owner": mark("Đơn vị này không thuộc cơ quan chủ trì đã chọn. Chọn đơn vị khác."),
    "note_on_own_unit": mark("Không tự ghi theo dõi về đơn vị mình. Đơn vị khác hoặc cơ quan thường trực ghi."),
    "note_of_others": mark("Ghi theo dõi này của đơn vị khác."),
    "note_finding_needed": mark("Chưa ghi nội dung theo dõi, kiểm tra. Ghi điều đã thấy."),
    "note_in_the_future": mark("Ngày theo dõi, kiểm tra ở tương lai. Ghi ngày đã thấy."),
    "note_remedied_too_early": mark("Ngày khắc phục sớm hơn ngày phát hiện, hoặc ở tương lai. Kiểm tra lại ngày."),
    "note_due_too_early": mark("Hạn khắc phục sớm hơn ngày phát hiện. Kiểm tra lại hạn."),
    "note_year_wrong": mark("Năm không hợp lệ. Ghi năm bốn chữ số, ví dụ 2025."),
    "note_unknown_unit": mark("Không tìm thấy đơn vị. Ghi mã hoặc tên đầy đủ của một đơn vị."),
    "note_withdrawn": mark("Ghi theo dõi này đã rút."),
    "notes_by_lead_units": mark(
        "Ghi theo dõi, kiểm tra do cơ quan thường trực, đơn vị chủ trì mục đó trong năm, hoặc thành viên hội đồng được "
        "giao mục đó ghi."
    ),
}

#: Reasons with figures.
WORDED: dict[str, Callable[[dict[str, Any]], str]] = {
    "set_contradictory": lambda facts: text(
        "{title}, phiên bản {number}, còn lỗi nên chưa đối chiếu được từng mục. Xử lý hết lỗi ở trang kiểm tra của bộ "
        "tiêu chí rồi lập dự thảo.",
        title=facts["title"],
        number=facts["number"],
    ),
    "note_item_unknown": lambda facts: text(
        "Không bộ tiêu chí nào của năm {year} có mục {item}. Ghi đúng mã mục, hoặc để trống nếu nói về cả đơn vị.",
        item=facts["item"],
        year=facts["year"],
    ),
}
