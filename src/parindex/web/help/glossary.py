"""The words of the field as the help explains them: the official word, and what it means.

``c.help`` of the components opens a meaning beside a field, ``c.help_link`` leads to it on the help page.
"""

from __future__ import annotations

from parindex.web.help.glossary_of_sets import WORDS as WORDS_OF_SETS
from parindex.wording.language import mark, text

_WORDS = {
    "index": (
        mark("chỉ số cải cách hành chính"),
        mark("điểm đạt được chia cho điểm tối đa trừ các mục không đánh giá, tính bằng phần trăm"),
    ),
    "grade": (mark("xếp loại"), mark("mức mà chỉ số rơi vào, ví dụ Tốt, Khá; các cận do bộ tiêu chí quy định")),
    "cycle": (
        mark("kỳ đánh giá"),
        mark("một lần chạy hằng năm của một bộ tiêu chí trên một nhóm đơn vị, có mốc thời gian"),
    ),
    "parent_cycle": (
        mark("kỳ của cấp trên"),
        mark("kỳ mà kết quả của kỳ này có thể là một số liệu; quyền ở hai kỳ vẫn tách riêng"),
    ),
    "unit_group": (
        mark("nhóm đối tượng"),
        mark("các đơn vị dùng chung một bộ tiêu chí và được xếp hạng với nhau, ví dụ các sở hoặc các xã"),
    ),
    "phase": (
        mark("giai đoạn"),
        mark("khoảng thời gian của một việc trong kỳ; hết giai đoạn tự đánh giá thì phiếu chưa nộp bị khóa"),
    ),
    "extension": (
        mark("gia hạn"),
        mark("dời hạn nộp của riêng một đơn vị, có lý do; hạn của các đơn vị khác không đổi"),
    ),
    "unlocking": (
        mark("mở khóa phiếu"),
        mark("cho nhập tiếp một phiếu đã bị khóa khi hết hạn, có lý do ghi vào nhật ký"),
    ),
    "proposal": (
        mark("đề xuất không đánh giá"),
        mark("mục mà cơ quan thường trực đã nêu là không áp dụng cho một loại đơn vị; đơn vị nhận bằng một lần bấm"),
    ),
    "score_sheet": (mark("phiếu chấm điểm"), mark("tất cả những gì một đơn vị báo cáo trong một kỳ")),
    "lead_unit": (mark("đơn vị chủ trì"), mark("đơn vị chịu trách nhiệm về một mục trong phiếu của cơ quan cấp trên")),
    "sheet_part": (
        mark("phần việc của đơn vị chủ trì"),
        mark("các mục của một phiếu mà một đơn vị chủ trì nhập và ký"),
    ),
    "measure": (
        mark("số liệu"),
        mark("một con số của đơn vị trong năm, nhập một lần, dùng cho nhiều mục"),
    ),
    "self_points": (mark("điểm tự chấm"), mark("điểm mà đơn vị tự nhận cho một mục")),
    "explanation": (mark("giải trình"), mark("vì sao đơn vị nhận điểm đó")),
    "evidence": (mark("tài liệu kiểm chứng"), mark("văn bản, bảng, ảnh chứng minh cho điểm")),
    "citation": (mark("văn bản viện dẫn"), mark("số, ký hiệu, ngày, trang của văn bản nêu trong giải trình")),
    "not_assessed": (
        mark("không đánh giá"),
        mark("mục không áp dụng cho đơn vị trong năm: rút khỏi điểm tối đa khi lý do được duyệt"),
    ),
    "pending": (mark("chờ kết quả"), mark("điểm do điều tra hoặc hội đồng cho, chưa có")),
    "verification_code": (
        mark("mã kiểm chứng"),
        mark("dãy ký tự tính từ toàn bộ nội dung đã ký; nội dung đổi một chữ thì mã khác đi"),
    ),
    "appraisal": (mark("thẩm định"), mark("hội đồng xem xét phiếu, đồng ý hoặc điều chỉnh từng mục")),
    "council": (
        mark("hội đồng thẩm định"),
        mark("những người thẩm định phiếu của một kỳ, lập theo quyết định; có chủ tịch, thư ký, thành viên"),
    ),
    "appraisal_level": (
        mark("cấp thẩm định"),
        mark("một bước của việc thẩm định; mục qua cấp 1 rồi mới sang cấp 2, nếu cấp đó có người được phân công"),
    ),
    "standing_office": (mark("cơ quan thường trực"), mark("cơ quan tổ chức kỳ đánh giá, thường là Sở Nội vụ")),
    "audit_log": (mark("nhật ký"), mark("bản ghi không sửa được: ai làm gì, lúc nào, vì sao")),
    "second_factor": (
        mark("xác thực hai bước"),
        mark("ngoài mật khẩu, mỗi lần đăng nhập cần thêm một mã trong điện thoại của bạn"),
    ),
} | WORDS_OF_SETS


def glossary() -> list[tuple[str, str, str]]:
    """Anchor, word and meaning, by the alphabet of the language in use."""
    rows = [(key, text(word), text(meaning)) for key, (word, meaning) in _WORDS.items()]
    return sorted(rows, key=lambda row: row[1].lower())


def word(key: str) -> str:
    """The official word."""
    return text(_WORDS[key][0])


def meaning(key: str) -> str:
    """What a word means, for help beside a field."""
    return text(_WORDS[key][1])
