"""Per cents with the fraction beside them, as papers print the two: ``249/832, đạt 30%``, ``71,71% (32/45)``, ``125
trên tổng số 129 xã, đạt 96,90%``, ``9 trong 12 sở (75%)``, ``1.280 tỷ đồng, bằng 105,6% dự toán (1.212 tỷ đồng)``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from parindex.documents.arithmetic.figures import TextFigure
from parindex.documents.arithmetic.prose.counted_things import alike, is_thing, thing
from parindex.documents.arithmetic.prose.marked_text import COUNT, MARKS, PAPER, PER_CENT, QUOTIENT, YEAR, MarkedText
from parindex.documents.arithmetic.prose.shares.in_turn import in_turn
from parindex.documents.arithmetic.prose.shares.named_wholes import is_of_others
from parindex.documents.arithmetic.prose.values import is_change

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
#: ", tỷ lệ hồ sơ trực tuyến đạt", "), đảng viên chiếm": what a per cent is of, told behind a comma.
_SUBJECT = re.compile(
    r",\s(?:với\s)?(?:tỷ lệ(?P<rate>(?: [^\W\d_]+)+?)(?:\s(?:đạt|chiếm|là|ở mức|bằng)[^,]{0,20}|:)"
    r"|(?P<noun>(?:[^\W\d_]+ )+?)chiếm[^,]{0,20})\s?$"
)
#: Words of a subject that name nothing else than the fraction.
_NAMES_NOTHING = frozenset(
    re.findall(
        r"\S+",
        "với được khoảng gần hơn trên xấp xỉ tỷ lệ mức ở chỉ số kết quả là đạt chiếm bằng thành phần tương ứng đương"
        " lần lượt chung này đó đã có qua hoàn thực hiện",
    )
)
#: "42% (147/350 người)": a fraction in brackets behind its own per cent.
_OWN = re.compile(rf"{_P}\s?\(\s?$")
_RANK = re.compile(r"(?:thứ|hạng|vị trí|vị thứ|top|xếp)\s{0,2}$")
#: "đến 30/6", "ngày 15/7": a day and a month.
_DAY, _DAYS, _MONTHS = re.compile(r"(?<!\w)(?:ngày|đến|hết|từ|trước|sau)\s{0,2}$"), 31, 12
_BRACKET = re.compile(
    r"\(\s?(?:(?:tương ứng|tương đương|tức|đạt|có|với|là|bằng|gồm|cụ thể|đã|số|tiếp nhận|giải quyết|xử lý|hoàn thành)"
    r"\s?:?\s?){0,3}$"
)
#: "đạt 75% so với yêu cầu (450/600 người)".
_OF_DUTY = re.compile(r"\s(?:so với )?(?:yêu cầu|chỉ tiêu|mục tiêu|kế hoạch|nhiệm vụ)(?: đề ra| được giao| năm)?\s\(")
_BESIDE = re.compile(r"^,?\s?(?:=|tương ứng(?: với)?|tương đương(?: với)?|ứng với|tức(?: là)?|,? ?với)\s?$")
_PLAN = re.compile(r"kế hoạch|tổng số|dự toán|tổng (?:số )?vốn|số vốn|so với|nhiệm vụ thu|chỉ tiêu")

#: A fraction before a per cent that has none of its own in the bracket behind it.
_QP = re.compile(
    rf"{_Q}(?P<gap>{_W}{{0,90}}(?:;\s?tỷ lệ(?: [^\W\d_]+){{0,4}}:?\s)?){_P}(?!\s\([^(){MARKS}]{{0,20}}{_Q})"
)
_PQ = re.compile(rf"{_P}(?P<gap>,?[^.;:,{MARKS}]{{0,70}}){_Q}")
_ALL = rf"tổng(?: số)?{_W}{{0,70}}?"
_OF = rf"(?:tr(?:ên (?:{_ALL}|{_W}{{0,12}}?)|ong (?:{_ALL}|số |các |))|/ ?(?:{_ALL}|(?:kh|kế hoạch|dự toán|tổng)? ?))"
_NN_P = re.compile(rf"{_N}(?P<unit>{_W}{{0,60}}?)(?P<of>{_OF}){_N}(?P<gap>{_W}{{0,90}}){_P}")
_P_NN = re.compile(rf"{_P}(?P<gap>,?[^.;:,{MARKS}]{{0,70}}){_N}(?P<unit>{_W}{{0,60}}?)(?P<of>{_OF}){_N}")
_OF_N_N_P = re.compile(
    rf"(?:trong|trên) (?:tổng )?số{_W}{{0,60}}?{_N}[^.;{MARKS},]{{0,60}},\s?(?:có|đã|thì có|số)?{_W}{{0,60}}?{_N}"
    rf"(?P<gap>{_W}{{0,90}}){_P}"
)
#: "88 xã, chiếm 63,3% tổng số 139 xã", "12 người (chiếm 8,3% trong tổng số 145 đại biểu)".
_N_P_OF_N = re.compile(
    rf"{_N}(?P<gap>{_W}{{0,60}}){_P}(?P<of>\s(?:so với |trên |trong |của )?tổng(?: số)?{_W}{{0,40}}?[ (:]"
    rf"|\s(?:trên|trong|của) (?:số )?){_N}"
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
_AT_END = re.compile(r",\s?(?:đạt|chiếm|bằng|tương ứng|tương đương)(?: tỷ lệ)?\s?$")
_CUT = re.compile(r"cắt giảm(?: được)?\s$")
_ANOTHER_PLAN = re.compile(r"tăng|giảm|vượt|trong đó|cao hơn|thấp hơn|,")


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


def shares_by_place(text: MarkedText) -> dict[int, list[Share]]:
    """The shares of every per cent that stands beside a fraction, by its place; several where it may belong to more."""
    by_place: dict[int, list[Share]] = {}
    for share in _shares(text):
        by_place.setdefault(share.at, []).append(share)
    return by_place | {share.at: [share] for share in _shares_in_turn(text)}


def _shares_in_turn(text: MarkedText) -> Iterator[Share]:
    """The shares of several wholes that are told in turn."""
    for at_part, part, whole, at in in_turn(text):
        yield Share(part, whole, text.figure(at), min(at_part, at), at + 1, at, at_part)


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
            is_cut = _CUT.search(text.text, max(0, part - 20), part) is not None  # so many of them were cut
            if alike(text, part, whole) and (is_cut or not is_change(text, part)):
                yield _of_counts(text, part, whole, at, found)
    for found in _PLANNED.finditer(text.text):
        if _leads_on(text, found) and _PLAN.search(found["plan"]) and not _ANOTHER_PLAN.search(found["plan"]):
            first, second = (at for at, _ in text.figures(found.start(), found.end(), COUNT))
            (at,) = (each for each, _ in text.figures(found.start(), found.end(), PER_CENT))
            if _PLAN_END.search(found["plan"]) and not is_change(text, first) and is_thing(thing(text, second)):
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


def _is_fraction(text: MarkedText, at: int) -> bool:
    """Whether a quotient is no rank ("hạng 12/63") and no day ("đến 30/6 đã kiểm tra …")."""
    before, figure = text.text[max(0, at - 10) : at], text.figure(at)
    if _RANK.search(before):
        return False
    over = figure.over
    return not (over is not None and over.value <= _MONTHS and figure.readings[0] <= _DAYS and _DAY.search(before))


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
    if _OF_DUTY.fullmatch(gap):
        return True
    in_bracket = not gap.startswith(",") and _BRACKET.search(gap) is not None
    return (in_bracket or _BESIDE.match(gap) is not None) and _ANOTHER.search(gap) is None


def _leads_on(text: MarkedText, found: re.Match[str]) -> bool:
    """Whether a fraction leads to the per cent behind it. A per cent behind a closed bracket belongs to what stands
    before the bracket ("200 hồ sơ (đúng hạn 45/50 hồ sơ), đạt 80%"), unless the fraction is all that it holds.
    """
    gap = found["gap"]
    if gap.count(")") > gap.count("(") and not text.text[: found.start()].rstrip().endswith("("):
        return False
    if ")" in gap and _OWN.search(text.text, max(0, found.start() - 4), found.start()):
        return False
    return (_leads_to(gap) and not _has_another_subject(text, found)) or _is_alone(text, found)


def _has_another_subject(text: MarkedText, found: re.Match[str]) -> bool:
    """Whether a per cent behind a comma is told of something that its sentence has not named before: "336/350 công chức
    đạt chuẩn, tỷ lệ nữ đạt 42%".
    """
    subject = _SUBJECT.search(found["gap"])
    if subject is None:
        return False
    before = text.text[text.period(found.start())[0] : found.start("gap") + subject.start()]
    words = (subject["rate"] or subject["noun"] or "").split()
    return not _NAMES_NOTHING.union(re.findall(r"[^\W\d_]+", before)).issuperset(words)


def _is_alone(text: MarkedText, found: re.Match[str]) -> bool:
    """Whether a fraction and the per cent at the end of its sentence are its only figures: "8 trong số 10 chỉ tiêu đạt
    và vượt kế hoạch, bằng 80%".
    """
    first, last = text.period(found.start())
    figures = text.figures(first, last, COUNT + QUOTIENT + PER_CENT)
    is_last = figures[-1][0] == found.end() - 1 and not text.text[found.end() : last].strip(" .;,)")
    return is_last and figures[0][0] == found.start() and _AT_END.search(found["gap"]) is not None


def _is_of(text: MarkedText, found: re.Match[str]) -> bool:
    """Whether "trên", "/" between two counts means "of": both stand close, or it says "of all". Counts of different
    things joined by a stroke are a pair ("8 việc/1,78 tỷ đồng", "866 lượt/964 người").
    """
    of = found["of"]
    first, second = (at for at, _ in text.figures(found.start(), found.end(), COUNT))
    if not of.startswith(("trên", "trong số")) and "tổng" not in of and not alike(text, first, second):
        return False
    if of.startswith("trong") and not is_thing(thing(text, second)):
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
