"""Figures that a paper says it has told before: ``Báo cáo … nêu cùng số liệu, tổng số 321 lớp``; ``đôn đốc 36 nhiệm vụ
của Kế hoạch``; ``331 tổ chức nêu trên``.

Such words demand the figure itself in what was told. Where it stands nowhere else, but one figure with the same unit is
one digit, or two changed round, away from it, it is misprinted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache

from parindex.documents.arithmetic.findings import Severity, StatementFinding, StatementKind, Sure
from parindex.documents.arithmetic.misprints import MisprintKind, digits_of, misprint_between
from parindex.documents.arithmetic.quantities.dated_figures import DatedFigure
from parindex.documents.arithmetic.quantities.retellings import RETOLD
from parindex.documents.arithmetic.references.named_papers import quoted

#: What follows such words in its sentence is told again.
_SAME = re.compile(
    r"(?<!\w)(?:(?:cùng|đúng|khớp(?: với)?|thống nhất(?: với)?|trùng(?: khớp)?(?: với)?|nhắc lại)\s"
    r"(?:các )?(?:số liệu|con số)"
    r"|theo (?:các )?(?:số liệu|con số|kết quả) (?:này|trên|nêu trên|nói trên|đã nêu)"
    r"|(?:số liệu|con số) (?:trên|nêu trên|này) (?:khớp|trùng|thống nhất)"
    r"|như (?:trên|đã nêu|đã báo cáo|đã trình bày|nêu trên)|nêu lại|đã nêu ở trên)(?!\w)",
    re.IGNORECASE,
)
_WORDS_OF_SAME = ("số liệu", "con số", "kết quả", "như ", "nêu")
#: What stands behind the unit of a figure that was told before.
_ABOVE = re.compile(
    r"(?:\s[^\W\d_]+){1,10}?\s(?:nêu trên|nói trên|kể trên|trên đây|ở trên|đã nêu(?: ở trên| trên)?|như trên"
    r"|(?:của|trong|theo|thuộc) (?:bản )?(?P<own>kế hoạch|chương trình|đề án)(?: này| nêu trên)?(?=\s?[,;.)]|$))(?!\w)",
    re.IGNORECASE,
)
_LEADS = re.compile(
    r"(?<!\w)(?:theo dõi|đôn đốc|giám sát|toàn bộ|tất cả|cả)(?:,?\s[^\W\d_]+){0,3}\s\Z",
    re.IGNORECASE,
)
#: Before a figure that is dealt with once more: "rà soát lại 1.178 dịch vụ công trực tuyến toàn trình". It may be of
#: some of them, so that only two digits that changed places, before a long name that is the same, are a misprint.
_ONCE_MORE = re.compile(
    r"(?<!\w)(?:rà soát|kiểm tra|xem xét|đánh giá|thống kê|chuẩn hóa|công khai|phân loại|cấu trúc) lại"
    r"(?: toàn bộ| tất cả| cả)?\s\Z",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?:\s{1,2}[^\W\d_]+){4,8}")
_LONG_NAME, _BEFORE_MORE = 4, 30
_PARTS = re.compile(r"[.;!?](?=\s|$)|\n")
#: The word behind a unit, and those that do not go on with it.
_NEXT = re.compile(r"\s{0,2}[^\W\d_]+\s([^\W\d_]+)")
_OTHER_WORDS = frozenset(
    {
        *("của", "nêu", "nói", "kể", "đã", "trên", "trong", "được", "cho", "tại", "theo", "thuộc", "với", "và", "cụ"),
        *("là", "có", "đạt", "do", "ở", "này", "như", "để", "mà", "bằng", "từ", "phải", "đang", "chưa", "mới", "gồm"),
    }
)
_REACH = 140
_FEWEST_DIGITS, _FEWEST_SHARED = 2, 1
_MOST_TOLD = 5


def told_before(figures: Sequence[DatedFigure]) -> Iterator[StatementFinding]:
    """The figures of a paper that must have been told before and stand there misprinted or are misprinted here."""
    told = [one for one in figures if len(digits_of(one.figure.digits).lstrip("0")) >= _FEWEST_DIGITS]
    count = 0
    for at, one in enumerate(told):
        more = count < _MOST_TOLD and _is_once_more(one)
        if count >= _MOST_TOLD or not (more or _is_again(one)):
            continue
        others = [other for number, other in enumerate(told) if number != at and other.may_be_of(one)]
        if any(other.value == one.value for number, other in enumerate(told) if number != at) or not others:
            continue
        near = _nearest(one, [other for other in others if _is_misprint(one, other, more=more)])
        if len(near) == 1 and _are_of_one_thing(one, other := next(iter(near.values()))):
            count += 1
            yield _finding(one, other)


def _is_again(one: DatedFigure) -> bool:
    """Whether words say that the figure was told before."""
    text, figure = one.passage.text, one.figure
    if not figure.percent and not one.unit:
        return False
    if _says_the_same(text) and _SAME.search(text, _beginning(text, figure.start), figure.start):
        return True
    above = _ABOVE.match(text, figure.end, figure.end + _REACH)
    if above is None:
        return False
    return above["own"] is None or _LEADS.search(text, _beginning(text, figure.start), figure.start) is not None


@lru_cache(maxsize=4)
def _says_the_same(text: str) -> bool:
    """Whether a passage has such words at all: most have none of their nouns, and cost no search."""
    small = text.lower()
    return any(word in small for word in _WORDS_OF_SAME) and _SAME.search(text) is not None


def _nearest(one: DatedFigure, others: Sequence[DatedFigure]) -> dict[Fraction, DatedFigure]:
    """The figures by their values; of several those whose unit goes on with the same word: "600 phiếu hợp lệ"."""
    near = {other.value: other for other in others}
    goes_on = _of_unit(one) if len(near) > 1 else ""
    alike = {other.value: other for other in others if _of_unit(other) == goes_on} if goes_on else {}
    return alike or near


def _beginning(text: str, start: int) -> int:
    """Where the sentence of a figure begins, no farther back than its words are read."""
    first = max(0, start - _REACH)
    return max((found.end() for found in _PARTS.finditer(text, first, start)), default=first)


def _is_once_more(one: DatedFigure) -> bool:
    """Whether words say that what the figure counts is dealt with once more, and name it at length."""
    text, at = one.passage.text, one.figure.start
    lead = text[max(0, at - _BEFORE_MORE) : at]
    return bool(one.unit) and " lại" in lead and _ONCE_MORE.search(lead) is not None and len(_name(one)) >= _LONG_NAME


def _name(one: DatedFigure) -> list[str]:
    """The words at once behind a figure, where these are many."""
    found = _NAME.match(one.passage.text, one.figure.end)
    return found[0].lower().split() if found is not None else []


def _is_misprint(one: DatedFigure, other: DatedFigure, *, more: bool) -> bool:
    first, second = (digits_of(each.figure.digits).lstrip("0") for each in (one, other))
    if more:
        name = _name(one)  # "cấp xã chưa đạt chuẩn" are some of those "cấp xã"
        return (
            name == _name(other)[: len(name)]
            and len(first) > _FEWEST_DIGITS
            and misprint_between(first, second) is MisprintKind.EXCHANGED
        )
    return len(first) == len(second) and misprint_between(first, second) in (MisprintKind.EXCHANGED, MisprintKind.OTHER)


def _are_of_one_thing(one: DatedFigure, other: DatedFigure) -> bool:
    """Whether both have the same unit and, with few digits or none, a telling word besides."""
    if one.passage is other.passage and one.sentence == other.sentence:
        return False
    shared = len((one.words & other.words) - {one.unit})
    if not one.unit or one.unit != other.unit:
        return shared > _FEWEST_SHARED
    first, second = (_of_unit(each) for each in (one, other))
    return not first or not second or first == second


def _of_unit(one: DatedFigure) -> str:
    """The word that goes on with the unit: "lượt bạn đọc" are no "lượt khách"; "" where another thing begins."""
    found = _NEXT.match(one.passage.text, one.figure.end)
    return "" if found is None or found[1].lower() in _OTHER_WORDS else found[1].lower()


def _finding(one: DatedFigure, other: DatedFigure) -> StatementFinding:
    figure, text = one.figure, one.passage.text
    return StatementFinding(
        StatementKind.SAME_QUANTITY, Severity.WRONG_FIGURE, Sure.LIKELY, one.passage.place_at(figure.start),
        quoted(text, figure.start, figure.end), figure.digits, other.figure.digits, RETOLD,
        {"at": other.passage.place_at(other.figure.start)},
    )  # fmt: skip
