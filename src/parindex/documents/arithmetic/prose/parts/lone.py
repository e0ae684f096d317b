"""One part above its whole: ``50 hồ sơ, trong đó 65 hồ sơ đúng hạn``."""

from __future__ import annotations

import re
from fractions import Fraction

from parindex.documents.arithmetic.findings import StatementKind, Sure
from parindex.documents.arithmetic.prose.counted_things import count_alike
from parindex.documents.arithmetic.prose.fitting import Fit
from parindex.documents.arithmetic.prose.marked_text import COUNT, MarkedText
from parindex.documents.arithmetic.prose.part_lists import Part
from parindex.documents.arithmetic.prose.parts.claims import Claim, Count
from parindex.documents.arithmetic.prose.statements import Checked, finding
from parindex.documents.arithmetic.prose.values import unit_behind

#: A part may be more than what was counted otherwise: times, up to now.
_ANOTHER_WHOLE = re.compile(
    r"(?<!\w)(?:lượt|kế hoạch|chỉ tiêu|lũy kế|cộng dồn|bình quân"
    r"|trung bình (?:đạt|là|mỗi|chung|của|năm)|thặng dư|thâm hụt|xuất siêu|nhập siêu|chênh lệch"
    r"|từ đầu (?:năm|nhiệm kỳ))(?!\w)"
)
#: Behind the whole, a part of a larger one.
_OF_ALL = re.compile(r"(?<!\w)(?:cả nước|toàn quốc|toàn tỉnh|toàn ngành)(?!\w)")
#: "tăng từ 51 lên 55 trường": a state, no part.
_RISEN = re.compile(r"(?<!\w)(?:lên|xuống|còn|đạt tới) $")
_REACH, _BEFORE = 60, 420


def part_above(text: MarkedText, claim: Claim) -> Checked | None:
    """What is said of the largest part of a claim against its whole; None where they cannot be compared."""
    whole, part = claim.whole, max(claim.parts, key=lambda one: one.amount)
    if not count_alike(part.unit, whole.unit) or not _are_printed_alike(whole, part):
        return None
    if _RISEN.search(text.text, max(0, part.at - _REACH), part.at):
        return None
    if part.amount <= _all_before(text, whole) or _may_be_of_another(text, whole.at, part.at):
        return Checked("sums", Fit.RIGHT, whole.at, part.at + 1)
    told = finding(
        text, whole.at, part.at + 1, StatementKind.PART_OF_WHOLE, "part_above_whole", at=part.at, sure=Sure.LIKELY,
        stated=part.figure.digits, found="", facts={"whole": whole.figure.digits},
    )  # fmt: skip
    return Checked("sums", Fit.WRONG, whole.at, part.at + 1, told)


def _are_printed_alike(whole: Count, part: Part) -> bool:
    return whole.figure.scale == part.figure.scale and bool(whole.figure.places[0]) == bool(part.figure.places[0])


def _may_be_of_another(text: MarkedText, at: int, part: int) -> bool:
    first = max(text.period(at)[0], at - _REACH)
    if _ANOTHER_WHOLE.search(text.text, first, part) or _OF_ALL.search(text.text, at, part):
        return True
    return text.period(at) != text.period(part) and _is_less_than_before(text, at, part)


def _is_less_than_before(text: MarkedText, at: int, part: int) -> bool:
    """Whether a part in the next sentence may be of a larger figure that was told before its whole."""
    told = text.figures(max(0, at - _BEFORE), at, COUNT)
    unit, value = unit_behind(text, part), text.figure(part).value
    return any(one.value >= value and count_alike(unit_behind(text, place), unit) for place, one in told)


def _all_before(text: MarkedText, whole: Count) -> Fraction:
    """The whole with what is listed before it: "1.811 thủ tục cấp tỉnh, 134 thủ tục cấp xã; trong đó"."""
    told = text.figures(text.sentence(whole.at)[0], whole.at, COUNT)
    before = (one.value for place, one in told if count_alike(unit_behind(text, place), whole.unit))
    return sum(before, whole.figure.value)
