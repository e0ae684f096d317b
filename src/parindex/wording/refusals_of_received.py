"""Why something is refused about bundles that came from another level, and about whose signature counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from parindex.wording.language import mark, text
from parindex.wording.moments import moment

#: Reasons without figures.
PLAIN = {
    "bundle_of_other_unit": mark(
        "Gói này của đơn vị khác. Cán bộ, lãnh đạo và cơ quan thường trực của đơn vị ấy nhận."
    ),
    "bundle_not_signed": mark(
        "Gói này chưa ký nên không chứng minh được ai đã lập. Đề nghị đơn vị lập gói tạo khóa rồi gửi gói đã ký."
    ),
    "keys_by_standing_office": mark(
        "Cơ quan thường trực quyết định tin khóa ký nào, sau khi so dấu vân tay với văn bản."
    ),
    "key_unknown": mark(
        "Chưa ai xác nhận khóa đã ký gói này. Cơ quan thường trực so dấu vân tay của khóa với văn bản rồi xác nhận."
    ),
    "key_days_not_of_paper": mark(
        "Hai ngày vừa gõ không phải hạn của khóa ghi trong gói. Gõ lại đúng như in trên văn bản, ví dụ 01/01/2025 – "
        "31/12/2029; vẫn không khớp thì đừng tin khóa này, hỏi đơn vị lập gói: ai giữ khóa cũng tự ghi được hạn khác."
    ),
    "bundle_preview_changed": mark(
        "Phiếu hoặc gói đã thay đổi từ lúc bạn mở trang nên chưa lấy số nào. Xem lại bảng rồi chọn lại."
    ),
    "figures_not_picked": mark("Chưa chọn số liệu nào lấy được. Đánh dấu trong bảng rồi làm lại."),
}

#: Reasons with figures.
WORDED: dict[str, Callable[[dict[str, Any]], str]] = {
    "bundle_of_the_future": lambda facts: text(
        "Gói ghi công bố lúc {when}, sau thời điểm hiện tại. Kiểm tra đồng hồ của máy chủ, hoặc hỏi đơn vị lập gói.",
        when=moment(facts["when"]),
    ),
    "sender_unknown": lambda facts: text(
        "Chưa biết {name} là đơn vị nào ở đây. Đối chiếu đơn vị lập gói trước, rồi mới xác nhận khóa.",
        name=facts["name"],
    ),
    "key_digits_differ": lambda facts: text(
        "Chưa khớp {digits} ký tự cuối của dấu vân tay. Gõ lại đúng như in trên văn bản; vẫn không khớp thì khóa này "
        "không phải khóa trong văn bản, đừng tin.",
        digits=facts["digits"],
    ),
    "key_revoked": lambda facts: text(
        "Khóa đã ký gói này bị thôi tin lúc {when}. Đề nghị đơn vị gửi gói ký bằng khóa mới.",
        when=moment(facts["when"]),
    ),
    "key_of_other_unit": lambda facts: text(
        "Khóa này là khóa của đơn vị {unit}, không phải của đơn vị ghi trong gói. Không lấy số liệu; hỏi đơn vị "
        "lập gói.",
        unit=facts["unit"],
    ),
    "key_out_of_days": lambda facts: text(
        "Khóa này được xác nhận cho gói công bố từ ngày {first} đến ngày {last}; gói này công bố ngoài thời gian ấy. "
        "Đề nghị đơn vị gửi gói ký bằng khóa mới; nếu có văn bản gia hạn khóa, cơ quan thường trực thôi tin khóa này "
        "rồi xác nhận lại.",
        first=facts["first"],
        last=facts["last"],
    ),
    "matched_unit_unknown": lambda facts: text(
        "Không có đơn vị nào thuộc phạm vi của bạn có mã hoặc tên “{typed}”. Gõ đúng mã hoặc tên đầy đủ.",
        typed=facts["typed"],
    ),
    "matched_twice": lambda facts: text(
        "Hai đơn vị trong gói cùng là {unit} ở đây. Mỗi đơn vị chỉ khớp với một đơn vị; sửa lại rồi ghi.",
        unit=facts["unit"],
    ),
    "newer_bundle_taken": lambda facts: text(
        "Đã lấy từ gói mới hơn của {unit} (lần {number}).", unit=facts["unit"], number=facts["number"]
    ),
    "counted_in_other": lambda facts: text(
        "Đã tính trong gói của {unit}: cộng thêm là tính hai lần.", unit=facts["unit"]
    ),
    "part_signed_alone": lambda facts: _part_words(facts),
    "signature_taken_back": lambda facts: text(
        "Chữ ký này đã được rút lại lúc {when} nên không còn gì để lập gói. Lãnh đạo ký nộp lại phiếu rồi tải gói ở "
        "biên nhận mới.",
        when=moment(facts["when"]),
    ),
    "no_key_to_sign": lambda facts: text(
        "Đơn vị chưa có khóa ký dùng được ngày {day}. Người quản trị máy chủ tạo khóa bằng lệnh parindex key new.",
        day=facts["day"],
    ),
}


def _part_words(facts: dict[str, Any]) -> str:
    """Only one part of a sheet is signed: what is missing for a bundle, and who does it."""
    what = text(
        "{part} mới ký phần của mình; gói cho cấp trên chỉ lập từ phiếu mà lãnh đạo đơn vị đã ký toàn bộ.",
        part=facts["part"],
    )
    if facts["whole"]:
        then = text("Phiếu toàn bộ đã ký (lần {number}): tải gói ở biên nhận của lần ký ấy.", number=facts["whole"])
    elif facts["left"]:
        then = text(
            "Phần chưa ký: {left}. Các nơi ấy ký xong thì đơn vị tổng hợp, lãnh đạo ký nộp cả phiếu, rồi tải gói ở "
            "biên nhận của cả phiếu.",
            left="; ".join(facts["left"]),
        )
    else:
        then = text("Mọi phần đã ký: đơn vị tổng hợp, lãnh đạo ký nộp cả phiếu, rồi tải gói ở biên nhận của cả phiếu.")
    return f"{what} {then}"
