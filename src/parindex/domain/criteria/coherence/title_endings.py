"""Endings that a Vietnamese title cannot have: what tells that a sentence was cut.

Two lists, each entry with the words before it that make it a whole word after all. ``FUNCTION_WORDS`` join something
to what follows, so nothing can end with them (but "cấp trên", "tồn tại" can). ``BOUND_SYLLABLES`` are halves of
compounds that do not stand alone in administrative titles ("tập trung" but not "mã độc trung"). ``CUT_PHRASES`` are
cut fixed phrases whose last syllable may end other titles. All hold only what is certain: a title
that is not flagged costs a look, a title that is flagged wrongly costs trust.
"""

from __future__ import annotations

import re

FUNCTION_WORDS: dict[str, frozenset[str]] = {
    word: frozenset(before.split())
    for word, before in {
        "và": "",
        "hoặc": "",
        "của": "",
        "các": "",
        "những": "",
        "mỗi": "",
        "từng": "",
        "với": "",
        "để": "",
        "bởi": "",
        "nhằm": "",
        "cho": "",
        "nếu": "",
        "thuộc": "trực phụ lệ",
        "do": "tự lý",
        "tại": "tồn hiện",
        "về": "trở quay",
        "trên": "cấp bên phía",
        "trong": "bên phía",
        "theo": "kèm tiếp",
        "từ": "danh động tính",
        "đối": "phản tương tuyệt cân",
        "là": "",
        "khi": "đôi",
        "gồm": "",
        "được": "đạt làm có thu nhận hiện giữ tìm biết mua xong",
        "qua": "thông vượt bỏ trải vừa gian năm quý tháng tuần ngày",
        "bằng": "công cân văn thăng đồng mặt",
        "giữa": "ở chính",
        "sự": "hình dân nhân quân lịch thế thời tâm",
        "việc": "công sự vụ nghỉ thôi làm ngày giờ xin tìm mất giao đầu",
    }.items()
}

BOUND_SYLLABLES: dict[str, frozenset[str]] = {
    word: frozenset(before.split())
    for word, before in {
        "trung": "tập miền không",
        "thủ": "tuân nguyên",
        "quy": "chính nội",
        "kiểm": "thanh",
        "triển": "phát",
        "thẩm": "phúc sơ",
        "phục": "khắc khôi trang",
        "nghiêm": "trang uy",
        "cải": "",
        "tỷ": "",
        "tỉ": "",
        "khuyến": "",
        "nhiệm": "trách bổ tín kiêm phân",
        "hài": "khôi",
        "khắc": "nghiêm thời điêu chạm xung tương sâu",
        "tuyên": "",
        "kịp": "theo bắt đuổi không",
        "bồi": "",
        "cơ": "động nguy thời hữu vô",
        "thanh": "âm truyền phát",
        "quốc": "tổ toàn trung ái cứu vương đế hợp phú hàn đất",
    }.items()
}

CUT_PHRASES = frozenset(
    {
        ("cách", "hành"),  # cải cách hành (chính)
        ("tục", "hành"),  # thủ tục hành (chính)
        ("nghệ", "thông"),  # công nghệ thông (tin)
        ("chế", "một"),  # cơ chế một (cửa)
        ("chức", "viên"),  # công chức, viên (chức)
        ("trên", "tổng", "số"),  # trên tổng số (hồ sơ)
        ("trong", "tổng", "số"),
    }
)

_OPEN_END = re.compile(r"[,;:(\[“‘/&+–-]$")
_WORD = re.compile(r"\w+")
_PAIRS = (("(", ")"), ("[", "]"), ("“", "”"))


def cut_ending(title: str) -> str | None:
    """What at the end of ``title`` shows that more follows: a mark, a word, an open bracket; None for a whole title."""
    text = title.strip()
    if _OPEN_END.search(text):
        return str(text[-1])
    for opening, closing in _PAIRS:
        if text.count(opening) > text.count(closing):
            return opening
    words: list[str] = _WORD.findall(text.casefold())
    if len(words) < 2 or not text[-1].isalpha():
        return None
    last, before = words[-1], words[-2]
    if any(tuple(words[-len(phrase) :]) == phrase for phrase in CUT_PHRASES):
        return last
    for endings in (FUNCTION_WORDS, BOUND_SYLLABLES):
        if last in endings and before not in endings[last]:
            return last
    return None
