"""Shares of a whole that was told before: ``tổng số 53.576 hồ sơ, trong đó 53.539 hồ sơ đúng hạn (99,93%)``; and the
two counts of a per cent under labels that were exchanged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from parindex.documents.arithmetic.figures import TextFigure, in_distinct_form
from parindex.documents.arithmetic.findings import StatementKind, Sure
from parindex.documents.arithmetic.prose.fitting import Fit, Span, best_fit, exchanged, is_about, prints_as, span_of
from parindex.documents.arithmetic.prose.marked_text import COUNT, MARKS, PER_CENT, QUOTIENT, MarkedText
from parindex.documents.arithmetic.prose.statements import Checked, finding
from parindex.documents.arithmetic.prose.values import is_change, unit_behind

_N, _P = COUNT, PER_CENT
#: "53.539 hồ sơ đúng hạn (99,93%)", "180 hồ sơ, đạt tỷ lệ 90%".
_SHARE = re.compile(
    rf"(?P<n>{_N})(?P<gap>[^.;:({MARKS}]{{0,70}}?)(?:\((?:chiếm|đạt|bằng|tương ứng|tỷ lệ|tương đương|là|=|\s){{0,5}}"
    rf"|,\s?(?:chiếm|đạt|bằng|tương ứng|tương đương)(?: với)?(?: tỷ lệ)?(?: là)?:?\s|\s(?:chiếm|đạt)(?: tỷ lệ)?\s)"
    rf"(?P<p>{_P})"
)
_OTHER_BASE = re.compile(r"^\)?\s?(?:so với|kế hoạch|dự toán|của|trên|số|các|tổng|chỉ tiêu|nhu cầu|vốn|dân số|trở lên)")
_HEAD = re.compile(rf"(?:tổng|kế hoạch|dự toán|được giao|chỉ tiêu)[^.;:(){_N}{_P}]{{0,60}}?(?:là|có|:)?\s?$")
#: Per cents told against last year, and what was planned: no shares.
_LAST_YEAR = re.compile(r"cùng kỳ|năm trước|năm ngoái|vụ trước|tháng trước|quý trước|so với")
_PLANNED = re.compile(r"kế hoạch|nghị quyết|dự toán|chỉ tiêu|được giao|tỉnh giao|trung ương giao|hđnd")
#: A figure in brackets behind what another is compared with: "so với nghị quyết (23.600 tỷ đồng)".
_COMPARED = re.compile(rf"so với [^.;:{MARKS}]{{0,50}}$")
_ALL_OF_IT = 100
#: The shares of one whole stand within so many letters.
_BESIDE = 300
#: So many digits, two of which changed places, are no accident with the nearest counts.
_TELLING = 3
_NEAREST = 2
_REACH = 400
_MOST_BASES = 10
#: "Số hồ sơ đã tiếp nhận (cả trực tuyến và truyền thống) …: 11778 hồ sơ".
_LABELLED = re.compile(
    rf"(?P<label>[^.;:{_N}{_P}]{{12,220}})(?::|(?<!\w)là)\s?(?P<n>{_N})\s?(?P<unit>[^\W\d_]{{2,12}}(?:\s[^\W\d_]{{2,12}})?)"
)
_ALL = re.compile(r"(?<!\w)(?:tổng số|tổng|cả [^()]{2,40} và |toàn bộ|tất cả)")


@dataclass(frozen=True, slots=True)
class _Share:
    """A count at ``at`` beside a per cent, the words ``lead`` between them, and where the figures stand that the per
    cent is right of.
    """

    at: int
    per_cent_at: int
    part: TextFigure
    per_cent: TextFigure
    loose: bool
    lead: str
    right_of: tuple[int, ...]


def shares(text: MarkedText) -> Iterator[Checked]:
    """Every per cent beside a count whose whole was told before, and every pair of exchanged labels."""
    if PER_CENT not in text.text or COUNT not in text.text:
        return
    yield from _of_whole(text)
    yield from _exchanged(text)


def _of_whole(text: MarkedText) -> Iterator[Checked]:
    told = [share for found in _SHARE.finditer(text.text) if (share := _share(text, found)) is not None]
    for share in told:
        if share.right_of:
            yield Checked("ratios", Fit.RIGHT, share.at, share.per_cent_at + 1)
            continue
        place = _whole(text, share) if _may_be_wrong(text, share) else None
        if place is not None and not _has_another_base(text, share, place, told):
            yield _apart(text, share, place)
            continue
        place = None
        if _may_be_wrong(text, share):
            place = _whole_of_siblings(text, share, told)
            place = _whole_of_exchanged(text, share) if place is None else place
        if place is not None:
            yield _apart(text, share, place)


def _share(text: MarkedText, found: re.Match[str]) -> _Share | None:
    at, per_cent_at = found.start("n"), found.start("p")
    if is_change(text, at) or is_change(text, per_cent_at) or re.search(r"tăng|giảm|vượt|so với", found["gap"]):
        return None
    part, per_cent = text.figure(at), text.figure(per_cent_at)
    loose = is_about(text.text[max(0, per_cent_at - 16) : per_cent_at])
    fits = tuple(place for place, base in _bases(text, at) if _fits(part, base, per_cent, loose=loose))
    lead = text.text[found.end("gap") : per_cent_at]
    return _Share(at, per_cent_at, part, per_cent, loose, lead, fits)


def _may_be_wrong(text: MarkedText, share: _Share) -> bool:
    """Whether a per cent can only be a share of a whole: one of last year's figure or of a plan is none."""
    behind = text.text[share.per_cent_at + 1 :]
    if share.loose or share.per_cent.value > _ALL_OF_IT or _OTHER_BASE.match(behind):
        return False
    first, last = text.period(share.at)
    return not ("bằng" in share.lead and _LAST_YEAR.search(text.text[first:last]))


def _has_another_base(text: MarkedText, share: _Share, place: int, told: list[_Share]) -> bool:
    """Whether the shares beside one show that its base is another one than the whole at ``place``: none fits it where
    several are told, or they reach what was planned for each ("12.221 tỷ, đạt 51,8% so với nghị quyết; trong đó thu
    nội địa 10.152 tỷ, đạt 50,51%").
    """
    first, last = text.period(share.at)
    if re.search(r"đạt|bằng", share.lead) and _PLANNED.search(text.text[place + 1 : share.at]):
        return True
    beside = [one for one in told if one is not share and first <= one.at < last and one.at > place]
    return bool(beside) and not any(place in one.right_of for one in beside)


def _whole_of_siblings(text: MarkedText, share: _Share, told: list[_Share]) -> int | None:
    """The whole that the shares beside one are shares of, where the two parts make it up: "giải quyết 51.780 hồ sơ,
    đúng hạn 51.072, đạt 98,63%; quá hạn 708, chiếm 1,73%".
    """
    unit = unit_behind(text, share.at).split()[:1]
    if not unit:
        return None
    for one in told:
        if not one.right_of or abs(one.at - share.at) > _BESIDE or unit_behind(text, one.at).split()[:1] != unit:
            continue
        place = one.right_of[0]
        base = text.figure(place)
        if place > min(one.at, share.at) or base.over is not None or unit_behind(text, place).split()[:1] != unit:
            continue
        if share.part.value + one.part.value == base.value and share.part.value and one.part.value:
            return place
    return None


def _whole_of_exchanged(text: MarkedText, share: _Share) -> int | None:
    """The whole of which a count is the stated share, but for two digits that changed places: with four digits any
    count of the same thing before it, with three the nearest two.
    """
    unit = unit_behind(text, share.at).split()[:1]
    near = [(place, base) for place, base in _bases(text, share.at) if place < share.at and text.figure(place) is base]
    of_unit = [(place, base) for place, base in near if _may_count(text, place, base, unit)]
    for number, (place, base) in enumerate(of_unit):
        if not 0 < share.part.value < base.value or base.scale != share.part.scale:
            continue
        right = in_distinct_form(share.per_cent, 100 * share.part.value / base.value)
        if exchanged(share.per_cent.digits, right, _TELLING if number < _NEAREST else _TELLING + 1):
            return place
    return None


def _may_count(text: MarkedText, place: int, base: TextFigure, unit: list[str]) -> bool:
    own = unit_behind(text, place).split()[:1]
    return bool(unit) and (own == unit or (not own and base.over is not None))


def _apart(text: MarkedText, share: _Share, place: int) -> Checked:
    base = text.figure(place)
    start = min(place, share.at)
    told = finding(
        text, start, share.per_cent_at + 1, StatementKind.RATIO, "ratio_apart", at=share.per_cent_at,
        sure=Sure.LIKELY, stated=share.per_cent.digits,
        found=in_distinct_form(share.per_cent, 100 * share.part.value / base.value),
        facts={"part": share.part.digits, "whole": base.digits},
    )  # fmt: skip
    return Checked("ratios", Fit.WRONG, start, share.per_cent_at + 1, told)


def _bases(text: MarkedText, at: int) -> list[tuple[int, TextFigure]]:
    """The figures before a count that it may be a share of, the nearest first."""
    near = text.figures(max(0, at - _REACH), at, COUNT + QUOTIENT)[::-1]
    behind = text.figures(at + 1, at + _REACH // 2, COUNT + QUOTIENT)
    every = near[:_MOST_BASES] + behind[:4]
    return every + [(where, figure.over) for where, figure in every if figure.over is not None]


def _whole(text: MarkedText, share: _Share) -> int | None:
    """Where the whole stands that a count is surely a part of: "tổng số …" in its unit, or what "trong đó" follows."""
    at, part = share.at, share.part
    unit = unit_behind(text, at).split()[:1]
    for place, base in _bases(text, at):
        own = unit_behind(text, place).split()[:1]
        if place > at or base.over is not None or not unit or own != unit or base.scale != part.scale:
            continue
        between = text.text[place + 1 : at]
        headed = _HEAD.search(text.text[max(0, place - 80) : place]) is not None
        inside = re.search(r"trong đó|trong số đó|gồm", between) is not None and not _COMPARED.search(
            text.text, max(0, place - 60), place
        )
        if (headed or inside) and part.value <= base.value and base.value > 0 and not re.search(r"\.\s", between):
            return place
    return None


def _fits(part: TextFigure, whole: TextFigure, per_cent: TextFigure, *, loose: bool) -> bool:
    def holds(way: tuple[int, ...], slack: bool) -> bool:
        above, below = span_of(part, way[0], slack), span_of(whole, way[1], slack)
        if below.low <= 0:
            return False
        return prints_as(
            Span(100 * above.low / below.high, 100 * above.high / below.low), per_cent, way[2], loose=loose
        )

    return best_fit((part, whole, per_cent), holds) is not Fit.WRONG


def _exchanged(text: MarkedText) -> Iterator[Checked]:
    """The whole under the label of the part and the other way round: the part is larger than what says "cả … và …"."""
    told = list(_LABELLED.finditer(text.text))
    for first, second in zip(told, told[1:], strict=False):
        whole, part = (first, second) if _ALL.search(first["label"]) else (second, first)
        if not _ALL.search(whole["label"]) or _ALL.search(part["label"]):
            continue
        if first["unit"].split()[0] != second["unit"].split()[0] or not _is_part(part["label"], whole["label"]):
            continue
        above, below = text.figure(part.start("n")), text.figure(whole.start("n"))
        behind = text.figures(second.end(), second.end() + _REACH, PER_CENT)
        if above.value <= below.value or not behind:
            continue
        per_cent = behind[0][1]
        swapped = _fits(below, above, per_cent, loose=False)
        straight = _fits(above, below, per_cent, loose=False)
        if straight or not swapped:
            continue
        exchanged = finding(
            text, first.start("n") - min(60, len(first["label"])), second.end(), StatementKind.SWAPPED_RATIO,
            "labels_exchanged", at=first.start("n"), stated=f"{above.digits} / {below.digits}",
            found=f"{below.digits} / {above.digits}", facts={"per_cent": per_cent.digits},
        )  # fmt: skip
        yield Checked("ratios", Fit.WRONG, first.start(), second.end(), exchanged)


def _is_part(part: str, whole: str) -> bool:
    """Whether two labels speak of the same thing, one of all of it: most words of the shorter stand in the other."""
    one, other = set(part.split()), set(whole.split())
    few = min(len(one), len(other))
    return bool(few) and 2 * len(one & other) >= few
