"""Sentences of the public pages: what a ranking comes to, where a printed value tells another story, who granted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from parindex.domain.index.rank_intervals import RankInterval
from parindex.domain.review.opinions import Capacity, OpinionKind
from parindex.domain.values import Rounding, exact_number
from parindex.wording.language import mark, text
from parindex.wording.moments import moment
from parindex.wording.numbers import fixed, index_text, percent, points_text

_KINDS = {
    OpinionKind.ACCEPT: mark("Đồng ý"),
    OpinionKind.ACCEPT_PROVISIONALLY: mark("Tạm thời đồng ý"),
    OpinionKind.ADJUST: mark("Điều chỉnh"),
    OpinionKind.ASK: mark("Yêu cầu giải trình"),
}
_CAPACITIES = {
    Capacity.CHAIR.value: mark("chủ tịch quyết định"),
    Capacity.COUNCIL.value: mark("biểu quyết"),
}
_TABLES = {
    "units": mark("Kết quả của từng đơn vị"),
    "nodes": mark("Điểm theo lĩnh vực, tiêu chí"),
    "parts": mark("Điểm theo nguồn"),
    "items": mark("Điểm từng mục"),
    "figures": mark("Số liệu"),
    "opinions": mark("Ý kiến thẩm định của hội đồng"),
    "criteria": mark("Bộ tiêu chí"),
}
_ORIGINS = {
    "none": mark("chưa có điểm"),
    "rule": mark("tính theo quy tắc"),
    "self": mark("tự chấm"),
    "survey": mark("điều tra"),
    "external": mark("cơ quan quản lý số liệu"),
    "appraised": mark("thẩm định"),
}


def grades_finding(counts: Sequence[tuple[str, int]], total: int) -> str:
    """``13 trên 19 đơn vị xếp loại Tốt, 6 xếp loại Khá.``; "" where nobody has a grade."""
    if not counts:
        return ""
    (grade, count), *others = counts
    words = text("{count} trên {total} đơn vị xếp loại {grade}", count=count, total=total, grade=grade)
    for other, number in others:
        words += text(", {count} xếp loại {grade}", count=number, grade=other)
    return words + "."


def leaders_finding(names: Sequence[str], index: Fraction, doubtful: int) -> str:
    """Who is first: one unit, several that share the rank, or several whose order the survey leaves open."""
    if doubtful > 1:
        return text(
            "{count} đơn vị đứng đầu sát nhau: với sai số của điều tra, thứ tự giữa họ chưa chắc chắn.", count=doubtful
        )
    if len(names) > 1:
        return text("{count} đơn vị cùng đứng đầu với {index}.", count=len(names), index=percent(index))
    return text("Đứng đầu: {name}, {index}.", name=names[0], index=percent(index)) if names else ""


def seeming_grade(index: Fraction, edge: Fraction, grade: str) -> str:
    """The printed index reaches a grade that the index itself does not."""
    return text(
        "In tròn {printed} nhưng giá trị đúng là {exact}, dưới ngưỡng {grade} {edge}",
        printed=percent(index), exact=index_text(index, edge), grade=grade, edge=points_text(edge) + "%",
    )  # fmt: skip


def seeming_tie(index: Fraction) -> str:
    """The printed index is that of a unit with another rank."""
    return text(
        "In tròn {printed} như đơn vị khác hạng; giá trị đúng là {exact}",
        printed=percent(index), exact=index_text(index),
    )  # fmt: skip


def interval_words(interval: RankInterval) -> str:
    """``1–3``; one number where the rank is certain."""
    return str(interval.best) if interval.best == interval.worst else f"{interval.best}–{interval.worst}"


def giver_words(given: Mapping[str, Any]) -> str:
    """Who granted points: the council, its level, the body for which it was said, in what capacity; never a person."""
    level = given.get("title") or (text("Cấp {level}", level=given["level"]) if given["level"] else "")
    said = _CAPACITIES.get(given.get("capacity", ""), "")
    return ", ".join(filter(None, (text("Hội đồng thẩm định"), level, given.get("body"), text(said) if said else "")))


def opinion_words(kind: str) -> str:
    """What an opinion says of the claim."""
    return text(_KINDS[OpinionKind(kind)])


def origin_words(origin: str) -> str:
    """Whose points count."""
    return text(_ORIGINS[origin])


def table_title(name: str) -> str:
    """What stands in a table of the open data."""
    return text(_TABLES[name])


def when_words(given: Mapping[str, Any]) -> str:
    """When an opinion was given: the time where a paper prints it, else the day."""
    return moment(datetime.fromisoformat(given["given"])) if given.get("given") else day_words(given["on"])


def day_words(written: str) -> str:
    """A day of a detail (2025-02-24, or a moment of that day) as papers print it; "" stays empty."""
    return f"{date.fromisoformat(written[:10]):%d/%m/%Y}" if written else ""


def years_finding(years: Sequence[tuple[int, Fraction]]) -> str:
    """What a line over years shows, for who does not see it: from where to where, and when it fell."""
    (first, low), (last, high) = years[0], years[-1]
    facts = {"first": first, "low": percent(low), "last": last, "high": percent(high)}
    moved = {1: mark("Tăng từ {low} năm {first} lên {high} năm {last}"),
             0: mark("{high} năm {last}, bằng năm {first}"),
             -1: mark("Giảm từ {low} năm {first} xuống {high} năm {last}")}  # fmt: skip
    words = text(moved[(high > low) - (high < low)], **facts)
    fell = [year for (_, before), (year, value) in zip(years, years[1:], strict=False) if value < before]
    if fell and high >= low:
        words += "; " + text("giảm so với lần trước ở các năm {years}", years=", ".join(map(str, fell)))
    return words + "."


def index_of(written: str) -> str:
    """An index of a result as it is printed; "–" for none."""
    return percent(exact_number(written)) if written else "–"


def short_index(value: Fraction) -> str:
    """An index as the label of a point, without its sign of per cent."""
    return fixed(value, 2)


def printed_change(change: Fraction | None) -> Fraction | None:
    """A difference of points as it is printed: with two decimals."""
    return None if change is None else Rounding(2).apply(change)


def fingerprint_words(fingerprint: str) -> str:
    """The first sixteen digits of a fingerprint, in fours."""
    return " ".join(fingerprint[at : at + 4] for at in range(0, 16, 4))


def grouped(fingerprint: str, letters: int = 8) -> str:
    """A whole fingerprint in groups, as it is read aloud and compared."""
    return " ".join(fingerprint[at : at + letters] for at in range(0, len(fingerprint), letters))
