"""Why something is refused about questions of the council and further explanations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from parindex.wording.language import mark, text
from parindex.wording.moments import moment

#: Reasons without figures.
PLAIN = {
    "item_not_asked": mark("Hội đồng không hỏi mục này nên mục giữ nguyên như đã nộp. Chỉ sửa mục được hỏi."),
    "no_questions_to_send": mark(
        "Không có câu hỏi nào chờ gửi cho các đơn vị đã chọn: có người đã gửi, hoặc câu hỏi đã rút. "
        "Tải lại trang để xem."
    ),
    "question_not_open": mark(
        "Câu hỏi này không còn chờ trả lời: đã giải trình, hết hạn hoặc hội đồng đã rút. Tải lại trang để xem."
    ),
    "question_already_answered": mark("Đơn vị đã trả lời câu hỏi này nên không rút được nữa."),
    "only_author_and_secretary": mark(
        "Chỉ người đặt câu hỏi, thư ký hoặc chủ tịch hội đồng rút được câu hỏi này. Nhờ một người trong số đó rút."
    ),
}

WORDED: dict[str, Callable[[dict[str, Any]], str]] = {
    "figure_not_asked": lambda facts: text(
        "Số liệu này dùng chung với mục {items} mà hội đồng không hỏi nên giữ nguyên như đã nộp. Nêu số đúng trong lời "
        "giải trình để hội đồng xem.",
        items=", ".join(facts["items"]),
    ),
    "sheet_being_explained": lambda facts: text(
        "Chưa gửi câu hỏi nào: {units} đang giải trình đợt trước hoặc chưa vào thẩm định. Bỏ chọn các đơn vị này; câu "
        "hỏi của họ gửi được sau khi họ nộp giải trình hoặc hết hạn.",
        units=", ".join(facts["units"]),
    ),
    "round_ends_in_the_past": lambda facts: text(
        "Hạn trả lời {when} đã qua. Chọn một thời điểm sau lúc này.", when=moment(facts["until"])
    ),
    "questions_unanswered": lambda facts: text(
        "Chưa ký được: còn câu hỏi của hội đồng chưa trả lời ở mục {items}. Trả lời hết rồi ký.",
        items=", ".join(facts["items"]),
    ),
    "questions_changed": lambda facts: text(
        "Chưa gửi: từ lúc bạn xem, các câu hỏi chờ gửi đã đổi, nay có {count} câu. Xem lại rồi gửi.",
        count=facts["count"],
    ),
    "answer_changed": lambda facts: text(
        "Chưa lưu: {name} đã sửa lời giải trình này sau khi bạn mở trang. Xem bản đang lưu ở dưới, sửa lại rồi lưu.",
        name=facts["by"],
    ),
}
