"""Per cents that stand beside their fraction: ``249/832, đạt 30%``, ``71,71% (32/45)``, ``125 trên tổng số 129 xã, đạt
96,90%``, ``đạt 13,44/13,50 điểm, đạt chỉ số 99,50%``, ``đạt 1.280 tỷ đồng, bằng 105,6% dự toán (1.212 tỷ đồng)``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from parindex.documents.arithmetic.figures import TextFigure, in_distinct_form, in_form_of
from parindex.documents.arithmetic.findings import Severity, StatementFinding, StatementKind, Sure
from parindex.documents.arithmetic.prose.counted_things import alike
from parindex.documents.arithmetic.prose.fitting import (
    Fit,
    Span,
    best_fit,
    exactly,
    is_about,
    is_exact_decimal,
    prints_as,
    span_of,
)
from parindex.documents.arithmetic.prose.marked_text import COUNT, MARKS, PAPER, PER_CENT, QUOTIENT, YEAR, MarkedText
from parindex.documents.arithmetic.prose.shares.inverted import inverted
from parindex.documents.arithmetic.prose.shares.named_wholes import is_of_others
from parindex.documents.arithmetic.prose.statements import Checked, finding
from parindex.documents.arithmetic.prose.values import is_change
from parindex.domain.values import Rounding, RoundingMode

#: Parts of one whole with the same decimals, before one without them is odd.
_FEWEST_ALIKE = 2
#: A part stands no farther from its plan in a bracket.
_FAR = 160
_N, _P, _Q = COUNT, PER_CENT, QUOTIENT
#: Words; the number of something ("mức độ 3") may stand among them.
_W = f"[^.;{COUNT}{PER_CENT}{QUOTIENT}{YEAR}{PAPER}]"
_ALSO = r"(?: (?:với|được|khoảng|gần|hơn|trên|xấp xỉ|tỷ lệ|mức|ở mức|chỉ số|kết quả|là|đạt|%|phần trăm|thành phần))*"
#: What joins a fraction and the per cent behind it.
_JOINED = re.compile(
    rf"(?:(?:^|[\s,(–-])(?:đạt|chiếm|bằng|là|tương ứng|tương đương|ứng với|hoàn thành|tỷ lệ|chỉ số|với|được){_ALSO}"
    r"\s?:?\s?|[=≈~]|[-=]+>|\()\s?$"
)
#: Words that make the per cent another one than that of the fraction.
_ANOTHER = re.compile(
    r"tăng|giảm|vượt|cao hơn|thấp hơn|so với (?:năm|cùng kỳ|quý|tháng)|mục tiêu|chỉ tiêu|yêu cầu|ít nhất|tối thiểu"
    r"|tối đa|còn lại|trong đó|trở lên|quy định|chưa đạt|không đạt|dưới|bình quân|trung bình|xếp|thứ hạng|từ $|và|năm"
)
_RANK = re.compile(r"(?:thứ|hạng|vị trí|vị thứ|top|xếp)\s{0,2}$")
_BRACKET = re.compile(
    r"\(\s?(?:(?:tương ứng|tương đương|tức|đạt|có|với|là|bằng|gồm|cụ thể|đã|số|tiếp nhận|giải quyết|xử lý|hoàn thành)"
    r"\s?:?\s?){0,3}$"
)
_BESIDE = re.compile(r"^\s?(?:=|tương ứng(?: với)?|tương đương(?: với)?|ứng với|tức(?: là)?|,? ?với)\s?$")
_PLAN = re.compile(r"kế hoạch|tổng số|dự toán|tổng (?:số )?vốn|số vốn|so với|nhiệm vụ thu|chỉ tiêu")

_QP = re.compile(rf"{_Q}(?P<gap>{_W}{{0,90}}){_P}")
_PQ = re.compile(rf"{_P}(?P<gap>[^.;:,{MARKS}]{{0,70}}){_Q}")
_OF = rf"(?:(?:trên|trong|/) ?tổng(?: số)?{_W}{{0,70}}?|trên {_W}{{0,12}}?|/ ?(?:kh|kế hoạch|dự toán|tổng)? ?)"
_NN_P = re.compile(rf"{_N}(?P<unit>{_W}{{0,60}}?)(?P<of>{_OF}){_N}(?P<gap>{_W}{{0,90}}){_P}")
_P_NN = re.compile(rf"{_P}(?P<gap>[^.;:,{MARKS}]{{0,70}}){_N}(?P<unit>{_W}{{0,60}}?)(?P<of>{_OF}){_N}")
_OF_N_N_P = re.compile(
    rf"(?:trong|trên) (?:tổng )?số{_W}{{0,60}}?{_N}[^.;{MARKS},]{{0,60}},\s?(?:có|đã|thì có|số)?{_W}{{0,60}}?{_N}"
    rf"(?P<gap>{_W}{{0,90}}){_P}"
)
#: "88 xã, chiếm 63,3% tổng số 139 xã", "12 người (chiếm 8,3% trong tổng số 145 đại biểu)".
_N_P_OF_N = re.compile(
    rf"{_N}(?P<gap>{_W}{{0,60}}){_P}(?P<of>\s(?:so với |trên |trong |của )?tổng(?: số)?{_W}{{0,40}}?[ (:]){_N}"
)
_PLANNED = re.compile(
    rf"{_N}(?P<gap>{_W}{{0,60}}){_P}(?P<plan>[^.;{_N}{_P}{_Q}]{{0,90}}?"
    rf"(?:\(|là |giao |: ?|với |toán |hoạch |đạt |kỳ )\s?){_N}"
)
_ALSO_PLANNED = re.compile(
    rf"[^.;():{MARKS}]{{0,30}}\)\s?(?:,|và|,\svà)\s?(?:bằng|đạt)\s(?P<p>{_P})(?P<plan>[^.;:(){MARKS}]{{0,60}}\()\s?{_N}"
)
#: "74 phiên tòa (chỉ tiêu 60 phiên), đạt 123,3%", "vượt 14 phiên so với chỉ tiêu (60 phiên), đạt 123,3%".
_PLAN_IN_BRACKET = re.compile(
    rf"(?<!\w)(?:kế hoạch|chỉ tiêu|dự toán|nghị quyết)(?!\w)[^.;:)%{MARKS}]{{0,30}}"
    rf"(?P<w>{_N})[^.;()%{MARKS}]{{0,30}}\),\s?(?:đạt|bằng|hoàn thành)(?: tỷ lệ)?\s(?P<p>{_P})"
    r"(?=\s?(?:[.,;)]|$|kế hoạch|chỉ tiêu))"
)
_PLAN_END = re.compile(r"(?:\((?:[^()]{0,40}[: ])?|là |giao |: ?|so với |toán |hoạch )\s?$")


@dataclass(frozen=True, slots=True)
class Share:
    """A part (at ``at_part``) and a whole beside a per cent; letters from ``start`` to ``end``, the per cent at
    ``at``.
    """

    part: TextFigure
    whole: TextFigure
    per_cent: TextFigure
    start: int
    end: int
    at: int
    at_part: int


def ratios(text: MarkedText) -> Iterator[Checked]:
    """Every per cent that stands beside its fraction; one that belongs to two fractions is right if it fits one."""
    by_place: dict[int, list[Share]] = {}
    for share in _shares(text):
        by_place.setdefault(share.at, []).append(share)
    right: list[Share] = []
    for at, shares in by_place.items():
        loose = is_about(text.text, at)
        fits = [fit_of(share, loose=loose) for share in shares]
        best = max(range(len(fits)), key=fits.__getitem__)
        if _is_what_is_missing(text, shares[best]):
            continue
        if _PASSED.search(text.text[max(0, at - 6) : at]) and not shares[best].per_cent.value % 10:
            continue
        share, fit = shares[best], fits[best]
        cut = _is_cut(share) if fit is Fit.RIGHT and not loose else None
        told = None if fit is Fit.RIGHT and not cut else _told(text, share, fit, loose=loose, cut=bool(cut))
        if fit is Fit.RIGHT and not loose:
            right.append(share)
        yield Checked("ratios", fit, share.start, share.end, told, any(share.part.places), cut)

    yield from _less_exact(text, right)
    yield from inverted(text, {share.at_part for shares in by_place.values() for share in shares})


def _is_what_is_missing(text: MarkedText, share: Share) -> bool:
    """Whether a per cent tells by how much the part is less: "ít hơn 03 vụ, bằng 1,6% (180/183 vụ)"."""
    if not 0 < share.part.value < share.whole.value:
        return False
    missing = exactly(Fraction(100 - 100 * share.part.value / share.whole.value))
    first, _ = text.sentence(share.at)
    return prints_as(missing, share.per_cent) and bool(_LESS.search(text.text, first, share.end))


def _is_cut(share: Share) -> bool | None:
    """Whether a per cent that is right is so only cut off, or only rounded half up; None: both print the same."""
    if not share.whole.value:
        return None
    value, places = 100 * share.part.value / share.whole.value, share.per_cent.places[0]
    rounded, cut = Rounding(places).apply(value), Rounding(places, RoundingMode.TRUNCATED).apply(value)
    stated = share.per_cent.readings[0]
    return None if rounded == cut or stated not in (rounded, cut) else stated == cut


def _less_exact(text: MarkedText, shares: Sequence[Share]) -> Iterator[Checked]:
    """Of several parts of one whole in a paragraph that all have the same decimals but one, that one where it is right
    only as a figure without them: "38/1339, chiếm 2,83% … 1231/1339, chiếm 92%". Zeros at the end may be left out.
    """
    by_whole: dict[Fraction, list[Share]] = {}
    for share in shares:
        by_whole.setdefault(share.whole.value, []).append(share)
    for several in by_whole.values():
        places = max(share.per_cent.places[0] for share in several)
        odd = [share for share in several if places and _places_needed(share, places) > share.per_cent.places[0]]
        exact = sum(share.per_cent.places[0] == places for share in several)
        if len(odd) == 1 and exact >= _FEWEST_ALIKE and 2 * exact >= len(several):
            share = odd[0]
            value = 100 * share.part.value / share.whole.value
            facts = {"part": share.part.digits, "whole": share.whole.digits, "places": str(places)}
            yield Checked("ratios", Fit.WRONG, share.start, share.end, finding(
                text, share.start, share.end, StatementKind.RATIO, "ratio_less_exact", at=share.at,
                stated=share.per_cent.digits, found=in_form_of(share.per_cent, value, places), sure=Sure.DOUBTFUL,
                severity=Severity.SLIP, facts=facts,
            ))  # fmt: skip


def _places_needed(share: Share, places: int) -> int:
    """The decimals without which a per cent rounded to ``places`` is another figure."""
    value = Rounding(places).apply(100 * share.part.value / share.whole.value)
    return next(fewer for fewer in range(places + 1) if Rounding(fewer).apply(value) == value)


def _shares(text: MarkedText) -> Iterator[Share]:
    if PER_CENT not in text.text:
        return
    for found in _QP.finditer(text.text):
        if _is_fraction(text, found.start()) and _leads_on(text, found):
            yield _of_quotient(text, found.start(), found.end() - 1, found)
    for found in _PQ.finditer(text.text):
        if _is_fraction(text, found.end() - 1) and _stands_behind(found["gap"]):
            yield _of_quotient(text, found.end() - 1, found.start(), found)
    if COUNT in text.text:
        yield from _shares_in_words(text)


def _shares_in_words(text: MarkedText) -> Iterator[Share]:
    for found in _NN_P.finditer(text.text):
        if _leads_on(text, found) and _is_of(text, found):
            first, second = (at for at, _ in text.figures(found.start(), found.end(), COUNT))
            yield _of_counts(text, first, second, found.end() - 1, found)
    for found in _P_NN.finditer(text.text):
        if _stands_behind(found["gap"]) and _is_of(text, found):
            first, second = (at for at, _ in text.figures(found.start(), found.end(), COUNT))
            yield _of_counts(text, first, second, found.start(), found)
    for found in _OF_N_N_P.finditer(text.text):
        first, second = (at for at, _ in text.figures(found.start(), found.end(), COUNT))
        behind = text.text[found.end() : found.end() + 60].strip()
        if _leads_on(text, found) and not is_of_others(behind, text, first):
            yield _of_counts(text, second, first, found.end() - 1, found)
    yield from _shares_of_named(text)
    yield from _shares_of_bracket(text)


def _shares_of_bracket(text: MarkedText) -> Iterator[Share]:
    """The shares whose whole is a plan in a bracket before the per cent."""
    for found in _PLAN_IN_BRACKET.finditer(text.text):
        whole, at = found.start("w"), found.start("p")
        counts = text.figures(text.period(found.start())[0], found.start(), COUNT)
        parts = [place for place, _ in counts if not is_change(text, place) and alike(text, place, whole)]
        if parts and whole - parts[-1] < _FAR and PER_CENT not in text.text[parts[-1] : whole]:
            share = Share(text.figure(parts[-1]), text.figure(whole), text.figure(at), parts[-1], at + 1, at, parts[-1])
            yield share


def _shares_of_named(text: MarkedText) -> Iterator[Share]:
    """The shares whose whole is named behind the per cent: all of them, or what was planned."""
    for found in _N_P_OF_N.finditer(text.text):
        if _leads_on(text, found) and not _ANOTHER_PLAN.search(found["of"]):
            part, whole = (at for at, _ in text.figures(found.start(), found.end(), COUNT))
            (at,) = (each for each, _ in text.figures(found.start(), found.end(), PER_CENT))
            if alike(text, part, whole) and not is_change(text, part):
                yield _of_counts(text, part, whole, at, found)
    for found in _PLANNED.finditer(text.text):
        if _leads_on(text, found) and _PLAN.search(found["plan"]) and not _ANOTHER_PLAN.search(found["plan"]):
            first, second = (at for at, _ in text.figures(found.start(), found.end(), COUNT))
            (at,) = (each for each, _ in text.figures(found.start(), found.end(), PER_CENT))
            if _PLAN_END.search(found["plan"]) and not is_change(text, first):
                yield _of_counts(text, first, second, at, found)
                yield from _of_other_plans(text, first, found)


def _of_other_plans(text: MarkedText, part: int, found: re.Match[str]) -> Iterator[Share]:
    """The further plans of one result: "bằng 105% dự toán Trung ương giao (1.160 tỷ) và bằng 101% dự toán tỉnh giao
    (1.205 tỷ)".
    """
    also = _ALSO_PLANNED.match(text.text, found.end())
    while also is not None and _PLAN.search(also["plan"]) and not _ANOTHER_PLAN.search(also["plan"]):
        yield _of_counts(text, part, also.end() - 1, also.start("p"), found)
        also = _ALSO_PLANNED.match(text.text, also.end())


_LESS = re.compile(r"ít hơn|giảm|thấp hơn|chưa|không|còn thiếu|còn lại|mất")
#: "29/29 người đạt trên 50% số phiếu": a mark that was passed, no share.
_PASSED = re.compile(r"(?:trên|dưới|từ|quá|hơn)\s{0,2}$")
_ANOTHER_PLAN = re.compile(r"tăng|giảm|vượt|trong đó|cao hơn|thấp hơn|,")


def _is_fraction(text: MarkedText, at: int) -> bool:
    return not _RANK.search(text.text[max(0, at - 10) : at])


def _leads_to(gap: str) -> bool:
    """Whether what stands between a fraction and a per cent joins them."""
    words = gap.strip()
    if not words:
        return True
    if not _JOINED.search(gap):
        return False
    # What is counted may have two names; a per cent in brackets behind them is that of the fraction.
    return not _ANOTHER.search(gap.replace(" và ", " ") if "(" in gap else gap)


def _stands_behind(gap: str) -> bool:
    """Whether the fraction behind a per cent is its own."""
    return bool(_BRACKET.search(gap) or _BESIDE.match(gap)) and not _ANOTHER.search(gap)


def _leads_on(text: MarkedText, found: re.Match[str]) -> bool:
    """Whether a fraction leads to the per cent behind it. A per cent behind a closed bracket belongs to what stands
    before the bracket ("200 hồ sơ (đúng hạn 45/50 hồ sơ), đạt 80%"), unless the fraction is all that it holds.
    """
    gap = found["gap"]
    if gap.count(")") > gap.count("(") and not text.text[: found.start()].rstrip().endswith("("):
        return False
    return _leads_to(gap)


def _is_of(text: MarkedText, found: re.Match[str]) -> bool:
    """Whether "trên", "/" between two counts means "of": both stand close, or it says "of all". Counts of different
    things joined by a stroke are a pair ("8 việc/1,78 tỷ đồng", "866 lượt/964 người").
    """
    of = found["of"]
    first, second = (at for at, _ in text.figures(found.start(), found.end(), COUNT))
    if of.startswith("/") and not alike(text, first, second):
        return False
    if of.startswith("trên") and "tổng" not in of and "," in found["unit"]:
        return False  # "thụ lý 1.650 vụ, đã giải quyết trên 1.300 vụ": more than so many
    if found["unit"].count(")") > found["unit"].count("("):
        return False  # "176 đơn (160 khiếu nại, 16 tố cáo)/221 đơn": the last of those in brackets is not the part
    return "tổng" in of or len(found["unit"]) <= (24 if of.startswith("trên") else 16)


def _of_quotient(text: MarkedText, at: int, per_cent: int, found: re.Match[str]) -> Share:
    figure = text.figure(at)
    whole = figure.over or figure
    if figure.scale == 1 < whole.scale:  # "3.210/3.456 tỷ đồng": both are tỷ
        whole = replace(whole, scale=1)
    return Share(figure, whole, text.figure(per_cent), found.start(), found.end(), per_cent, at)


def _of_counts(text: MarkedText, part: int, whole: int, per_cent: int, found: re.Match[str]) -> Share:
    figures = text.figure(part), text.figure(whole), text.figure(per_cent)
    return Share(*figures, found.start(), found.end(), per_cent, part)


def fit_of(share: Share, *, loose: bool = False, swapped: bool = False) -> Fit:
    """Whether the per cent is that of the fraction (``swapped``: of the fraction upside down)."""
    part, whole = (share.whole, share.part) if swapped else (share.part, share.whole)

    def holds(way: tuple[int, ...], slack: bool) -> bool:
        above = span_of(part, way[0], slack)
        below = span_of(whole, way[1], slack and not is_exact_decimal(whole, way[1]))
        if below.low <= 0:
            return False
        return prints_as(_quotient(above, below), share.per_cent, way[2], loose=loose)

    return best_fit((part, whole, share.per_cent), holds)


def _quotient(above: Span, below: Span) -> Span:
    if above.low is above.high and below.low is below.high:
        return exactly(100 * above.low / below.low)
    return Span(100 * above.low / below.high, 100 * above.high / below.low)


def _told(text: MarkedText, share: Share, fit: Fit, *, loose: bool, cut: bool = False) -> StatementFinding | None:
    part, whole = share.part, share.whole
    if whole.value == 0:
        return None
    facts = {"part": part.digits, "whole": whole.digits}
    if part.over is not None:
        facts["part"] = part.text.split("/")[0].strip()
    if fit is Fit.WRONG and part.value > whole.value and fit_of(share, swapped=True) is not Fit.WRONG:
        return finding(
            text, share.start, share.end, StatementKind.SWAPPED_RATIO, "ratio_swapped", at=share.start,
            stated=f"{facts['part']}/{facts['whole']}", found=f"{facts['whole']}/{facts['part']}",
            facts={"per_cent": share.per_cent.digits},
        )  # fmt: skip
    value = 100 * part.value / whole.value
    if part.scale != whole.scale and 1 in (part.scale, whole.scale):
        value = 100 * part.readings[0] / whole.readings[0]
        if prints_as(exactly(Fraction(value)), share.per_cent, loose=loose):
            return None
    if cut:
        return finding(
            text, share.start, share.end, StatementKind.RATIO, "ratio_cut", at=share.at, stated=share.per_cent.digits,
            found=in_form_of(share.per_cent, value), sure=Sure.DOUBTFUL, severity=Severity.SLIP, facts=facts,
        )  # fmt: skip
    sure = Sure.CERTAIN if fit is Fit.WRONG and not loose else Sure.LIKELY
    return finding(
        text, share.start, share.end, StatementKind.RATIO, "ratio_apart", at=share.at,
        stated=share.per_cent.digits, found=in_distinct_form(share.per_cent, value), sure=sure, facts=facts,
    )  # fmt: skip
