"""Grades in words that a text tells with their bands: ``Tốt (từ 85% trở lên)``, ``từ 70 đến dưới 85: loại Khá``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from parindex.documents.criteria_tables.option_ranges import Range, read_range

#: Common grades, best first.
GRADES = ("xuất sắc", "rất tốt", "tốt", "khá", "trung bình khá", "trung bình", "trung bình yếu", "yếu", "kém")
#: A grade in words; "hoàn thành tốt nhiệm vụ" and "khá cao" are none.
GRADE = (
    r"(?<!\w)(?<!hoàn thành )(?<!thực hiện )(?<!làm )[\"“'‘]?"
    r"(?P<grade>xuất sắc|rất tốt|tốt|trung bình khá|trung bình yếu|trung bình|khá|yếu|kém)[\"”'’]?"
    r"(?!\w|\s(?:nhiệm vụ|hơn|chung|cao|nhiều|là|nghiệp|của|trong|năm|các)(?!\w))"
)
_N = r"\d{1,4}(?:[.,]\d{1,4})?"
_UNIT = r"(?:\s?%|\sđiểm|/100(?: điểm)?)?"
_BAND = (
    r"(?P<band>(?:(?:(?:đạt |có |tổng )?(?:số )?(?:điểm |chỉ số |tỷ lệ )?(?:số )?(?:đạt )?(?:từ|trên|dưới|[≥≤<>]))"
    rf"\s?{_N}{_UNIT}|(?<![\d,.]){_N}{_UNIT}(?= trở |\s?(?:đến|-|–)\s?(?:dưới|cận|<)))"
    rf"(?:\s?(?:đến|-|–)\s?(?:dưới |cận |<)?\s?{_N}{_UNIT})?(?: trở (?:lên|xuống))?)"
)
_FIRST = re.compile(
    rf"{GRADE}\s?(?:[:(=–-]\s?|\s)"
    rf"(?:(?:là|nếu|khi|mức|khung|tức(?: là)?|quy định|ứng với|tương ứng)(?: điểm)? )?{_BAND}",
    re.IGNORECASE,
)
_LAST = re.compile(
    rf"{_BAND}\s?(?:[:=–-]|,|(?:thì )?(?:được )?(?:xếp|đạt|là|đánh giá))?"
    rf"\s?(?:được )?(?:xếp )?(?:loại|mức|hạng)?\s?{GRADE}",
    re.IGNORECASE,
)
#: Text without such words tells no band.
_SPEAKS = re.compile(r"trở (?:lên|xuống)|dưới|trên|[≥≤<>]", re.IGNORECASE)
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class GradeBand:
    """The shares or the points that have one grade (in small letters)."""

    grade: str
    range: Range

    @property
    def percent(self) -> bool:
        """Whether the grade goes by per cents instead of points."""
        return self.range.is_share

    def holds(self, value: Fraction) -> bool:
        """Whether a value has this grade: points, or a per cent as printed (of 100)."""
        return self.range.holds(value / _HUNDRED if self.percent else value)

    def excludes(self, grade: str, value: Fraction) -> bool:
        """Whether a value cannot have another grade: its band ends on both sides, or the other one lies beyond."""
        if grade == self.grade:
            return not self.holds(value)
        if not self.holds(value):
            return False
        better = GRADES.index(grade) < GRADES.index(self.grade)
        return self.range.high is not None if better else self.range.low is not None


def told_bands(texts: Iterable[str]) -> list[GradeBand]:
    """The bands of grades that the paragraphs of a paper tell; none of a grade that is told two bands."""
    bands: dict[tuple[str, bool], set[GradeBand]] = {}
    for text in texts:
        for band in _bands(text) if _SPEAKS.search(text) else ():
            bands.setdefault((band.grade, band.percent), set()).add(band)
    alone = [next(iter(told)) for told in bands.values() if len(told) == 1]
    return [band for band in alone if not any(_meet(band, other) for other in alone)]


def grade_of(value: Fraction, bands: Iterable[GradeBand]) -> str:
    """The grade of a value with a capital, "" where no band holds it."""
    return next((band.grade.capitalize() for band in bands if band.holds(value)), "")


def _bands(text: str) -> Iterator[GradeBand]:
    taken: list[tuple[int, int]] = []
    for pattern in (_FIRST, _LAST):
        for found in pattern.finditer(text):
            if any(found.start() < end and start < found.end() for start, end in taken):
                continue
            band = read_range(found["band"].replace("cận", "dưới").replace("/100", ""))
            if band is None or band.low == band.high or (band.unit not in ("%", "", "diem")):
                continue
            taken.append(found.span())
            unit = band.unit if band.is_share else ""
            edges = Range(band.low, band.low_closed, band.high, band.high_closed, unit)
            yield GradeBand(found["grade"].lower(), edges)


def _meet(one: GradeBand, other: GradeBand) -> bool:
    """Whether two grades of one unit share values: they are of two scales."""
    if one.grade == other.grade or one.percent is not other.percent:
        return False
    return one.range.overlaps(other.range) and not (_begins_below(one, other) or _begins_below(other, one))


def _begins_below(one: GradeBand, other: GradeBand) -> bool:
    """Of two that are open to one side the better one begins above: "Tốt (từ 85)" and "Khá (từ 70)"."""
    low, other_low = one.range.low, other.range.low
    if one.range.high is not None or other.range.high is not None or low is None or other_low is None:
        return False
    return low < other_low and GRADES.index(one.grade) > GRADES.index(other.grade)
