"""What figures of running text count, and whether two of them count alike, so that a part is held against a whole of
the same thing: people are people by whatever word (``1.346 công chức … 1.070 người``), a commune is a body as a
department is, and an abbreviation is what it stands for (``HS``: hồ sơ).

A unit is the words behind a figure; "" is one that is not said.
"""

from __future__ import annotations

import re
from functools import lru_cache

from parindex.documents.arithmetic.prose.marked_text import COUNT, MARKS, MarkedText
from parindex.documents.arithmetic.prose.values import unit_behind

#: Words that begin a unit, by what is counted.
_FAMILIES = tuple(
    frozenset(family.split("|"))
    for family in (
        "người|cán bộ|công chức|viên chức|lao động|đảng viên|đại biểu|nhân sự|học viên|biên chế|thành viên|công dân"
        "|trường hợp|ca|bệnh nhân|đồng chí|hội viên|đoàn viên|học sinh|sinh viên|giáo viên|cử tri|cbccvc|cbcc"
        "|cb|nữ|nam|phụ nữ",
        "cơ quan|đơn vị|sở|ban|ngành|ubnd|hđnd|ủy ban|huyện|quận|thị xã|thành phố|xã|phường|thị trấn|tỉnh|bộ"
        "|địa phương|tổ chức|chi cục|phòng chuyên|phòng ban",
        "văn bản|quyết định|nghị quyết|thông tư|nghị định|chỉ thị|công văn|kế hoạch|báo cáo|tờ trình|đề án|chương trình"
        "|hướng dẫn|thông báo|quy chế",
        "vụ|việc|vụ việc",
        "đơn|đơn thư",
        "hồ sơ|hs|tthc|thủ tục",
        "chứng thư|chữ ký",
    )
)
_WORDS = {word: number for number, family in enumerate(_FAMILIES) for word in family}
_BODIES = _WORDS["cơ quan"]
#: Units that are no things to be added up: of time, of change, of rank.
_NO_THINGS = frozenset(
    "tháng|ngày|năm|giờ|phút|tuần|quý|lần|tuổi|bậc|hạng|trang|kỳ|đợt|khóa|mức|nhóm|loại|sao".split("|")  # noqa: SIM905
)
#: "583 văn bản của 21 địa phương", and how far behind it a change is told.
_WHOSE = re.compile(rf"\s[^.;:,(){MARKS}]{{2,40}}?\s(?:của|tại|ở|thuộc|cho|từ)\s(?:tổng số\s)?")
_CHANGE_REACH = 40
#: "662 trong tổng số 686 tổ chức": the first counts what the second does.
_OF_ALL = re.compile(rf"^\s?(?:trong|trên|/)(?: tổng)?(?: số)? ?{COUNT}")


def thing(text: MarkedText, at: int) -> str:
    """The unit of the figure at ``at``: up to three words; of a part of a whole that of the whole."""
    of_all = _OF_ALL.match(text.text[at + 1 : at + 24])
    return unit_behind(text, at + of_all.end() if of_all else at)


def is_thing(unit: str) -> bool:
    """Whether a unit is of things that parts of a whole are."""
    return unit.partition(" ")[0] not in _NO_THINGS


@lru_cache(maxsize=4096)
def count_alike(one: str, other: str) -> bool:
    """Whether two units count the same sort of thing: they begin alike, are of one family, or one abbreviates the
    other. One that is not said counts nothing.
    """
    first, second = one.split(), other.split()
    if not first or not second:
        return False
    if first[0] == second[0] or _is_short(first[0], second) or _is_short(second[0], first):
        return True
    family = _family(one)
    return family is not None and family == _family(other)


def count_the_same(one: str, other: str) -> bool:
    """As :func:`count_alike`, but of bodies those of one sort: four districts are no share of 128 communes."""
    if not count_alike(one, other):
        return False
    return _family(one) != _BODIES or one.split()[0] == other.split()[0]


def may_count_alike(one: str, other: str) -> bool:
    """Whether two units count alike, or one of them is not said."""
    return not one or not other or count_alike(one, other)


def alike(text: MarkedText, one: int, other: int) -> bool:
    """Whether the figures at two places may count the same thing."""
    return may_count_alike(thing(text, one), thing(text, other))


def tells_whose(text: MarkedText, first: int, last: int, change: int) -> bool:
    """Whether the figure at ``last`` says whose those at ``first`` are, and the change told behind is of these: "583
    văn bản của 21 địa phương, tăng 74 văn bản".
    """
    by = text.figures(change, change + _CHANGE_REACH, COUNT)
    if not by or _WHOSE.fullmatch(text.text, first + 1, last) is None:
        return False
    things, bodies, changed = (unit_behind(text, at).split()[:1] for at in (first, last, by[0][0]))
    return bool(changed) and bool(bodies) and things == changed != bodies


def _family(unit: str) -> int | None:
    """The number of the family of a unit by its first one or two words; None: none."""
    words = unit.split()
    for count in (2, 1):
        found = _WORDS.get(" ".join(words[:count]))
        if found is not None:
            return found
    return None


def _is_short(word: str, words: list[str]) -> bool:
    """Whether a word has the first letters of others: "hs" of "hồ sơ"."""
    letters = "".join(each[0] for each in words)
    return len(letters) > 1 and len(word) > 1 and word.startswith(letters)
