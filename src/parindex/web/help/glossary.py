"""The words of the field as the help explains them: the official word, and what it means."""

from __future__ import annotations

from parindex.wording.language import mark, text

_WORDS = {
    "index": (
        mark("chỉ số cải cách hành chính"),
        mark("điểm đạt được chia cho điểm tối đa trừ các mục không đánh giá, tính bằng phần trăm"),
    ),
    "cycle": (
        mark("kỳ đánh giá"),
        mark("một lần chạy hằng năm của một bộ tiêu chí trên một nhóm đơn vị, có mốc thời gian"),
    ),
    "criteria_set": (
        mark("bộ tiêu chí"),
        mark("thước đo của năm: lĩnh vực, tiêu chí, tiêu chí thành phần với điểm và cách tính"),
    ),
    "item": (mark("mục"), mark("phần được chấm điểm trực tiếp, ở bất kỳ cấp nào của bộ tiêu chí")),
    "max_points": (mark("điểm tối đa"), mark("điểm nhiều nhất mà một mục có thể đạt")),
    "rule": (mark("cách tính điểm"), mark("số liệu báo cáo thành điểm như thế nào")),
    "measure": (mark("số liệu"), mark("một con số của đơn vị trong năm, nhập một lần, dùng cho nhiều mục")),
    "score_sheet": (mark("phiếu chấm điểm"), mark("tất cả những gì một đơn vị báo cáo trong một kỳ")),
    "sheet_part": (
        mark("phần việc của đơn vị chủ trì"),
        mark("các mục của một phiếu mà một đơn vị chủ trì nhập và ký"),
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
    "appraisal": (mark("thẩm định"), mark("hội đồng xem xét phiếu, đồng ý hoặc điều chỉnh từng mục")),
    "standing_office": (mark("cơ quan thường trực"), mark("cơ quan tổ chức kỳ đánh giá, thường là Sở Nội vụ")),
    "audit_log": (mark("nhật ký"), mark("bản ghi không sửa được: ai làm gì, lúc nào, vì sao")),
}


def glossary() -> list[tuple[str, str, str]]:
    """Anchor, word and meaning, by the alphabet of the language in use."""
    rows = [(key, text(word), text(meaning)) for key, (word, meaning) in _WORDS.items()]
    return sorted(rows, key=lambda row: row[1].lower())


def meaning(key: str) -> str:
    """What a word means, for help beside a field."""
    return text(_WORDS[key][1])
