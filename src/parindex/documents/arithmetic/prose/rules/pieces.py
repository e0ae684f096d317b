"""The pieces of a sentence that tells a rule of scoring: ``từ 80% trở lên được 1 điểm`` | ``dưới 80%: 0 điểm``; ``1
điểm nếu có từ 02 sáng kiến trở lên`` | ``0,5 điểm nếu có 01 sáng kiến``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

FIGURE = r"\d{1,3}(?:[.,]\d{1,4})?"
_BEGINS = (
    r"(?:(?:trong đó|cụ thể|theo đó|còn|nếu|và|khi|trường hợp|đơn vị) ){0,3}(?:tỷ lệ |đạt |có |hoàn thành |kết quả )?"
    r"(?:từ|trên|dưới|đạt|mỗi|cứ|thiếu|chậm|các trường hợp còn lại|còn lại|ngược lại|[ab]\s?/\s?[ab]\s|[≥≤<>]|100\s?%)"
)
#: "…, nếu không đạt 100% thì không có điểm".
_OTHERWISE = r"(?:còn |nếu |trường hợp )?(?:không|chưa)(?: (?:đạt|đủ|hoàn thành))?"
#: "… 0,5 điểm nếu có 01 sáng kiến": the worth before what it is for.
_WORTH_FIRST = rf"{FIGURE}\s?điểm\s(?:nếu|khi|cho|đối với|với (?=tỷ lệ|mức|điều kiện))\s?"
#: "02 lớp được 0,5 điểm", "90% trở xuống không tính điểm".
_FIGURE_FIRST = (
    r"(?:(?:chỉ|mới|có|tổ chức|thực hiện|mở|ban hành) ){0,2}"
    r"(?:\d{1,3}(?:[.,]\d{1,2})?\s?%?\s(?:[^\W\d_]{1,8}\s){1,4}?(?:thì |được |đạt |tính |chấm |không ){1,2}"
    r"(?:có |được |tính |chấm )?(?:\d{1,2}(?:,\d{1,3})?\s)?điểm"
    r"|\d{1,3}(?:,\d{1,2})?\s?%?\s?(?:đến|-|–)\s?(?:dưới )?\d)"
)
#: Where one piece of a rule ends and the next begins.
_CUT = re.compile(
    rf";|[.](?=\s|$)|[()]|[\"”](?=[,.;]?\s)|(?<!công thức):\s(?={_BEGINS}|{_WORTH_FIRST})|\s-\s(?!\s?(?:dưới|đến|<|\d))"
    rf"|,\s(?=(?:{_BEGINS}|{_OTHERWISE})\s?[^,;]{{2,60}}(?:\d|không (?:có |được |tính |chấm )?)\s?(?:điểm)?)"
    rf"|,\s(?={_WORTH_FIRST}|{_FIGURE_FIRST})"
    rf"|\svà\s(?={_WORTH_FIRST}|(?:từ|trên|dưới|[≥≤<>])\s?\d[^,;.()]{{2,40}}(?:được|thì|:)[^,;.()]{{1,12}}điểm)"
    r"|,\s(?=(?:[^\W\d_]{1,8}\s){1,6}(?:từ|trên|dưới)\s\d[^,;.]{2,50}\s(?:được|đạt|cho|thì|là|tính)\s\d)"
    r"|,\s(?=(?:sở|huyện|xã|phường|đơn vị|tỉnh|cơ quan|thành phố)\s"
    r"(?:[^\W\d_]+\s){0,4}?(?:có|chậm|thiếu|bị|gửi|tự|được)\s)"
    r"|,\s(?=(?:như vậy|do đó|do vậy|vì vậy|vì thế|nên)\s)"
    r"|,\s(?=(?:theo|căn cứ) (?:thang điểm|quy định|hướng dẫn))",
    re.IGNORECASE,
)
#: Brackets that are a formula or one side of it: they hold nothing of their own.
#: "mức 1 (từ 90% trở lên) 1,5 điểm": a band in brackets before its worth.
_BAND_BRACKETS = re.compile(
    r"\((?=(?:đạt |tỷ lệ )?(?:từ|trên|dưới|đạt|[≥≤<>])\s?\d[^()]{2,40}\):?\s\d{1,2}(?:,\d{1,3})?\sđiểm)"
    r"(?P<band>[^()]{2,48})\)",
    re.IGNORECASE,
)
_FORMULA_BRACKETS = re.compile(
    r"\([^();]{0,80}\s?[x×*]\s?[^();]{0,40}\)|\((?:[ab]\s?/\s?[ab]|(?:tổng )?số [^();/]{3,60}/[^();/]{3,60})\)"
)
_FEWEST_LETTERS = 6


def pieces(text: str) -> Iterator[tuple[int, int]]:
    """Where each piece stands; the brackets of a formula hold nothing of their own."""
    plain = _FORMULA_BRACKETS.sub(lambda found: f" {found[0][1:-1]} ", text)
    plain = _BAND_BRACKETS.sub(lambda found: f" {found['band']} ", plain)
    start = 0
    for cut in _CUT.finditer(plain):
        if cut.start() - start >= _FEWEST_LETTERS:
            yield start, cut.start()
        start = cut.end()
    if len(text) - start >= _FEWEST_LETTERS:
        yield start, len(text)
