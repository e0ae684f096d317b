"""What a figure is bound to: its time, plan or result, a change or what it led to, bodies, levels, names.

Two figures under the same words are two quantities where their scopes contradict each other; what only one of them says
may be left unsaid by the other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

YEARS = re.compile(r"(?<![\d/.-])(?:19|20)\d\d(?!\d)")
#: A part of a year, with its number or without.
_TIME = re.compile(
    r"(?<!\w)(?:(?:quý|tháng|tuần|ngày|đợt)(?: thứ)?\s(?:\d{1,2}|[ivx]+|một|hai|ba|tư|nhất)(?:/\d{1,2})?(?!\w)"
    r"|(?:\d{1,2}|một|hai|ba|sáu|chín) (?:tháng|tuần|ngày|quý)(?!\w)|(?:đầu|cuối) (?:năm|kỳ|tháng)"
    r"|trong (?:tuần|tháng|ngày)|(?:tháng|quý|tuần) (?:trước|này|sau|qua)"
    r"|năm (?:trước|ngoái|sau)|kỳ trước|trước (?:đây|đó))"
)
#: A comparison, and the day until which something is counted, are no part of a year that is told of.
_NO_TIME = re.compile(
    r"so (?:với )?(?:cùng kỳ|kỳ trước|(?:năm|tháng|quý) trước|(?:đầu|cuối) năm)[^,;]{0,60}"
    r"|(?:tính )?(?:đến|từ) (?:hết )?(?:ngày|tháng) [\d/.-]{1,10}|từ đầu (?:năm|nhiệm kỳ)(?: đến nay)?"
)
#: A year that something is compared with; what begins so tells no more of the figure before it.
_COMPARED = re.compile(
    r"(?:tăng|giảm)(?:[^,;]|,\d){0,40} so với[^,;]{0,40}|so với (?:cùng kỳ )?(?:năm )?(?:19|20)\d\d"
    r"|(?:cao|thấp|nhiều|ít) hơn (?:so với )?(?:cùng kỳ )?năm (?:19|20)\d\d"
)
_BRACKETS = re.compile(r"\([^()]{0,160}\)")
#: What one figure may be of and another not; each row speaks of one such thing.
_SIDES = (
    "kế hoạch|mục tiêu|chỉ tiêu|dự kiến|phấn đấu|dự toán|được giao|giao|ước",
    "(?:trước|sớm) hạn|trước thời hạn", "đúng (?:thời )?hạn", "quá hạn|trễ hạn|trễ hẹn|trễ|chậm",
    "mới|cũ|tồn|kỳ trước chuyển|cận|tái", "chưa|không|còn lại|còn", "đang|chờ",
    "trực tuyến|qua mạng", "trực tiếp|bưu chính", "toàn trình", "một phần",
    "cấp tỉnh|cấp sở|(?<!cơ )sở|khối tỉnh", "cấp huyện|huyện|quận|thị xã",
    "cấp xã|(?<!hợp tác )xã|phường|thị trấn", "cả nước|toàn quốc|trung ương|bộ",
    "bình quân|trung bình", "cao nhất", "thấp nhất|thấp", "tối đa|điểm chuẩn", "tự chấm", "thẩm định",
    "(?<!việt )(?<!miền )nam", "nữ", "khiếu nại",
    "tố cáo", "thu(?! về| hút| hồi| thập)", "chi(?! cục| bộ| nhánh| tiết| trả| phí)", "xuất khẩu", "nhập khẩu",
    "chết", "bị thương",
    "nông thôn", "thành thị|đô thị", "pci", "papi", "sipas", "par ?-?index",
    "sau (?:khi|sắp xếp|sáp nhập|thẩm định|điều chỉnh)|xuống còn",
)  # fmt: skip
_SIDE = re.compile(rf"(?<!\w)(?:{'|'.join(f'({row})' for row in _SIDES)})(?!\w)")
#: The last row is said of a whole sentence, a mean of all that stands behind it.
_OF_ALL = frozenset({len(_SIDES)})
_OF_MEANS = frozenset({_SIDES.index("bình quân|trung bình") + 1})
#: A figure is held against the mark that stands behind these, and is not it: "86,34% đã vượt mục tiêu".
_MARKED = re.compile(r"(?<!\w)(?:vượt|so với|cao hơn|thấp hơn|cho thấy|đạt (?:kế hoạch|mục tiêu|chỉ tiêu))(?!\w)")
#: "quá hạn 375 hồ sơ", "còn 357 hồ sơ quá hạn": there still are so many of what another word names.
_STILL = re.compile(r"(?<!\w)còn \Z")
_CHANGE = re.compile(
    r"(?<!\w)(?:(?P<up>tăng|vượt|cao hơn|nhiều hơn)|(?P<down>giảm|thấp hơn|ít hơn)|chênh lệch|so với)(?!\w)"
)
#: Letters before a figure in which a word makes it a change.
_CHANGED = 40
#: So few bits of the values bear no time that only one of two figures has: in a title, and elsewhere.
_FREE_TITLE, _FREE = 3.0, 9.0


@dataclass(frozen=True, slots=True)
class Scope:
    """``sides``: the rows of :data:`_SIDES` that the clause of a figure has; ``wide``: those of its whole sentence;
    ``change``: "" where it is none; ``names``: words with a capital before it.
    """

    year: str
    times: frozenset[str]
    sides: frozenset[int]
    wide: frozenset[int]
    change: str
    names: frozenset[str]

    @classmethod
    def of(cls, before: str, clause: str, behind: str, beyond: str) -> Scope:
        """The scope of a figure with the sentence ``before`` it as printed, its ``clause`` before and ``behind`` it,
        and the rest of the sentence ``beyond``, these three in small letters.
        """
        whole = before.lower()
        years = YEARS.findall(_COMPARED.sub(" ", whole)) or YEARS.findall(_COMPARED.split(beyond)[0])
        wide = _sides(f"{whole} | {beyond}")
        found = list(_CHANGE.finditer(clause[-_CHANGED:]))
        return cls(
            years[-1] if years else "",
            frozenset(_TIME.findall(_NO_TIME.sub(" ", _BRACKETS.sub(" ", whole)))),
            _of_clause(clause, behind) | (wide & _OF_ALL) | (_sides(whole) & _OF_MEANS),
            wide,
            (found[-1].lastgroup or "other") if found else "",
            _names(_BRACKETS.sub(" ", before)),
        )

    def contradicts(self, other: Scope, *, free: bool, bits: float, alone: bool = False) -> bool:
        """Whether no quantity has both scopes; one of them may leave sides unsaid where it is ``free``, and also the
        time where it is told ``alone``, nowhere else. ``bits``: how little the values are alike by accident.
        """
        if self.year and other.year and self.year != other.year:
            return True
        if self.times != other.times and (
            bits < (_FREE_TITLE if free and alone else _FREE) or bool(self.times and other.times)
        ):
            return True
        own, others = self.sides - other.wide, other.sides - self.wide
        if self.change != other.change or (own and others) or (not free and (own or others)):
            return True
        return bool(self.names and other.names and not self.names & other.names)

    def unsaid(self, other: Scope) -> int:
        """How many sides only one of two scopes has."""
        return len(self.sides - other.wide) + len(other.sides - self.wide)


def _of_clause(clause: str, behind: str) -> frozenset[int]:
    """The rows that a clause has; "còn" at once before the figure leaves nothing over where the words behind it say
    what there still is.
    """
    if _sides(behind) and _STILL.search(f"{clause.rstrip()} "):
        clause = clause.rstrip().removesuffix("còn")
    return _sides(f"{clause} | {_MARKED.split(behind)[0]}")


def _sides(words: str) -> frozenset[int]:
    return frozenset(found.lastindex or 0 for found in _SIDE.finditer(words))


def _names(text: str) -> frozenset[str]:
    """The words with a capital behind another word."""
    words = text.split()
    return frozenset(
        word.lower()
        for one, word in zip(words, words[1:], strict=False)
        if word[0].isupper() and one[-1] not in ".:–-" and word.isalpha()
    )
