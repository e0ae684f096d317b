"""Which values a rule asks for: ``trễ hạn dưới 2%: 1 điểm`` asks for no share of what was in time; and what was excused
from a rule is not held against it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from parindex.documents.arithmetic.prose.marked_text import COUNT
from parindex.documents.arithmetic.prose.rules.stretches import Stretch, Told
from parindex.documents.arithmetic.prose.rules.wording import ToldRule

#: What is left out of what the rule counts, or was given for another reason.
_EXCUSED = re.compile(
    r"(?<!\w)(?:khách quan|bất khả kháng|loại trừ|miễn trừ|loại (?:ra )?khỏi|không tính(?! điểm)|(?:chưa đến|còn trong)"
    r"(?: thời)? hạn|đặc thù|gia hạn|(?:quy định|bộ tiêu chí|hướng dẫn|thang điểm) (?:trước|cũ))(?!\w)"
)
#: "đến cuối năm đã xong toàn bộ": a value in words; "thêm một sáng kiến": a number in words.
_IN_WORDS = re.compile(
    rf"(?<!\w)(?:cả {COUNT}|(?:xong|hết|đạt|được|xử lý|hoàn thành) (?:toàn bộ|tất cả)"
    r"|(?:thêm|một|hai|ba|bốn) (?:sáng kiến|mô hình|cuộc|lớp|hình thức|giải pháp|buổi|đợt|lần))(?!\w)"
)
_LATE = re.compile(
    r"(?<!\w)(?:trễ|quá hạn|chậm|muộn|sai|vi phạm|chưa|không (?:đạt|đúng|hài lòng|hoàn thành)|tồn đọng|bị trả)(?!\w)"
)
_IN_TIME = re.compile(
    r"(?<!\w)(?:đúng(?: và trước| hoặc trước|, trước)? hạn|trước hạn|sớm|hoàn thành|hài lòng|đúng)(?!\w)"
)
#: A mark that was set, not what was reached.
_AIM = re.compile(
    r"(?<!\w)(?:chỉ tiêu|mục tiêu|phấn đấu|kế hoạch (?:đề ra|giao|là))(?!\w)[^.;,]{0,30}$|(?<!\w)giao(?: là)? $"
)
_OF_EACH = re.compile(r"(?<!\w)(?:mỗi|từng|các)(?!\w)")
_CLAUSE = re.compile(r"[,;:(.]\s")
_BEFORE, _BEHIND = 90, 40


def is_excused(block: Sequence[Stretch]) -> bool:
    """Whether the text below a rule says that something was left out, or tells what was reached in words."""
    return any(
        pattern.search(each.text.text, each.start, each.end) is not None
        for each in block for pattern in (_EXCUSED, _IN_WORDS)
    )  # fmt: skip


def is_meant(value: Told, rule: ToldRule) -> bool:
    """Whether a rule that gives less for more asks for a value by its words, and one that gives more for more."""
    worths = sorted((band.range.low or 0, band.points) for band in rule.bands if band.points is not None)
    falls = len(worths) > 1 and worths[0][1] > worths[-1][1]
    rises = len(worths) > 1 and not falls
    text = value.text.text
    before = _CLAUSE.split(text[max(0, value.at - _BEFORE) : value.at])[-1]
    behind = _CLAUSE.split(text[value.at + 1 : value.at + _BEHIND])[0]
    words = before + behind
    if _AIM.search(before):
        return False
    is_number = not rule.bands[0].range.is_share
    # "02 hình thức truyền thống và mạng xã hội"; "mỗi xã mở 01 lớp"; less for more days only of what was late
    if is_number and (" và " in behind or _OF_EACH.search(before) or (falls and not _LATE.search(words))):
        return False
    return not ((falls and _IN_TIME.search(words)) or (rises and _LATE.search(words)))
