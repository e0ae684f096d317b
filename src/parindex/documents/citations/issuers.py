"""The body that issued a cited document: read after "của", and compared however it is abbreviated."""

from __future__ import annotations

import re
import unicodedata

#: How a body is introduced and how its name begins.
_BODIES = (
    r"UBND|[UỦ][yỷ] ban|HĐND|Hội đồng|Sở|Bộ|Ban\b|BCĐ|Chính phủ|Thủ tướng|Văn phòng|VP|Tổng cục|Cục|Vụ|Chi cục"
    r"|Kho bạc|Ngân hàng|Bảo hiểm|BHXH|Công an|Thanh tra|Tòa án|Toà án|Viện|Quốc hội|Chủ tịch|Giám đốc|Tỉnh ủy"
    r"|Thành ủy|Huyện ủy|Đảng ủy|Trung ương|Kiểm toán|Trung tâm|Trường|Đài|Đoàn|Liên đoàn|Mặt trận|MTTQ|Hội\b"
    r"|Phòng|Bưu điện|[A-ZĐ]{3,12}\b"
)
_ISSUER = re.compile(rf"\s{{0,3}},?\s{{0,3}}(?:của|do)\s{{1,3}}(?={_BODIES})")
#: A comma goes on inside these names: "Bộ Lao động, Thương binh và Xã hội".
_GOES_ON = "Thương binh|Thể thao|Chủ nhiệm|Phát thanh"
_OTHER_PAPERS = "Công văn|Quyết định|Kế hoạch|Báo cáo|Văn bản|Thông báo|Nghị|Biên bản|Tờ trình|Đường"
_WORDS_AFTER = (
    r"về|v/v|ban\s{1,3}hành|hướng\s{1,3}dẫn|quy\s{1,3}định|phê\s{1,3}duyệt|là|được|đã|trong|tại|theo|cho|với|gửi|báo\s{1,3}cáo|công\s{1,3}bố|ngày|năm"
    r"|trang|mục|và\s{1,3}các|mà|thì|có|để|khi|nên|do|đến|kèm|đăng|nhằm|yêu\s{1,3}cầu|đề\s{1,3}nghị|thông\s{1,3}qua|triển\s{1,3}khai"
    r"|đánh\s{1,3}giá|cùng|thành\s{1,3}lập|giao|sửa\s{1,3}đổi|số|giai\s{1,3}đoạn|đối\s{1,3}với|chưa|không"
)
_STOP = re.compile(
    rf"[;:()\[\]<>\"“”–]|\.(?=\s|$)|,(?!\s(?:{_GOES_ON})\b)|\s-\s|\n\s{0, 9}\n|\d{{2,}}|$"
    rf"|\svà\s(?=(?:{_OTHER_PAPERS})\b)|\s(?:{_WORDS_AFTER})(?!\w)",
    re.IGNORECASE,
)
_LONGEST = 100
_TITLES = re.compile(
    r"^(?:Bộ trưởng|Chủ tịch|Phó Chủ tịch|Giám đốc|Tổng cục trưởng|Cục trưởng|Chủ nhiệm)\s+", re.IGNORECASE
)


def issuer_at(text: str, at: int, limit: int) -> tuple[str, int] | None:
    """The body named right at ``at`` ("của Bộ Nội vụ về việc …") and where its name ends; None where none is."""
    found = _ISSUER.match(text, at, limit)
    if found is None:
        return None
    stop = _STOP.search(text, found.end(), min(limit, found.end() + _LONGEST))
    end = stop.start() if stop is not None else min(limit, found.end() + _LONGEST)
    name = text[found.end() : end].rstrip(" ,.-")
    return (" ".join(name.split()), found.end() + len(name)) if name else None


def same_issuer(one: str, other: str) -> bool:
    """Whether two names may be of one body: by their initials, so that abbreviations and longer forms agree.

    "UBND tỉnh" and "Ủy ban nhân dân tỉnh Điện Biên", "Sở TTTT" and "Sở Thông tin và Truyền thông".
    """
    first, second = _initials(one), _initials(other)
    return first.startswith(second) or second.startswith(first)


def _initials(name: str) -> str:
    letters = []
    for word in re.findall(r"[^\W\d_]+", _TITLES.sub("", unicodedata.normalize("NFC", name).strip())):
        if word.lower() == "và":
            continue
        whole = word if len(word) > 1 and word.isupper() else word[0]
        bare = "".join(c for c in unicodedata.normalize("NFD", whole) if not unicodedata.combining(c))
        letters.append(bare.upper().replace("Đ", "D"))
    return "".join(letters)
