"""Shares of a whole that was told before: ``tổng số 53.576 hồ sơ, trong đó 53.539 hồ sơ đúng hạn (99,93%)``; and the
two counts of a per cent under labels that were exchanged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from parindex.documents.arithmetic.figures import TextFigure, in_distinct_form
from parindex.documents.arithmetic.findings import StatementKind, Sure
from parindex.documents.arithmetic.misprints import are_exchanged, digits_of
from parindex.documents.arithmetic.prose.counted_things import count_the_same
from parindex.documents.arithmetic.prose.fitting import Fit, exactly, prints_as
from parindex.documents.arithmetic.prose.marked_text import COUNT, MARKS, PER_CENT, YEAR, MarkedText
from parindex.documents.arithmetic.prose.part_lists import may_overlap_in
from parindex.documents.arithmetic.prose.shares.alone import may_be_rounded, rates_alone, whole_alone
from parindex.documents.arithmetic.prose.shares.around import Surroundings, is_of_plan, is_of_quotient, meet
from parindex.documents.arithmetic.prose.shares.implied import implied_wholes
from parindex.documents.arithmetic.prose.shares.listed import is_evened_out, whole_of_list
from parindex.documents.arithmetic.prose.shares.lone_rates import lone_rates
from parindex.documents.arithmetic.prose.shares.misprints import Whole, misprint
from parindex.documents.arithmetic.prose.shares.pairs import paired_shares
from parindex.documents.arithmetic.prose.shares.told import ToldShare, bases, fits, told_shares
from parindex.documents.arithmetic.prose.statements import Checked, finding
from parindex.documents.arithmetic.prose.values import is_change, unit_behind, unit_of

_N, _P = COUNT, PER_CENT
_OTHER_BASE = re.compile(
    r"^\)?\s?(?:so với|kế hoạch|dự toán|của|trên|số|các|tổng|chỉ tiêu|nhu cầu|vốn|dân số|trở lên|khối lượng|giá trị"
    r"|tiến độ|công suất|biên chế|diện tích)"
)
_HEAD = re.compile(
    r"(?:tổng|kế hoạch|dự toán|được giao|chỉ tiêu|thụ lý|phải giải quyết|phải thi hành)"
    rf"[^.;:(){_N}{_P}]{{0,60}}?(?:là|có|:)?\s?$"
)
#: Per cents told against last year, and what was planned: no shares.
_LAST_YEAR = re.compile(r"cùng kỳ|năm trước|năm ngoái|vụ trước|tháng trước|quý trước|so với")
_PLANNED = re.compile(r"kế hoạch|nghị quyết|dự toán|chỉ tiêu|được giao|tỉnh giao|trung ương giao|hđnd")
#: A figure in brackets behind what another is compared with: "so với nghị quyết (23.600 tỷ đồng)".
_COMPARED = re.compile(rf"so với [^.;:{MARKS}]{{0,50}}$")
_OF_PLAN = re.compile(r"(?:so với )?(?:kế hoạch|chỉ tiêu)(?!\w)(?! (?:năm|quý|tháng|giai đoạn|cả|tỉnh|trung ương))")
_OF_TIME = re.compile(rf"\s(?:so với )?(?:kế hoạch|chỉ tiêu) {COUNT} (?:tháng|quý|năm)")
_PLAN_HEAD = re.compile(
    rf"(?<!\w)(?:kế hoạch|chỉ tiêu|được giao)(?!\w)[^.;:(){MARKS}]{{0,40}}(?:{YEAR}[^.;:(){MARKS}]{{0,40}})?$"
)
_ALL_OF_IT = 100
#: So many shares in the same words have the count before them for their whole.
_PARALLELS = 2
#: The shares of one whole stand within so many letters.
_BESIDE = 300
#: So many digits, two of which changed places, are no accident with the nearest counts.
_TELLING = 3
_NEAREST = 2
_REACH = 400
#: "Số hồ sơ đã tiếp nhận (cả trực tuyến và truyền thống) …: 11778 hồ sơ".
_LABELLED = re.compile(
    rf"(?P<label>[^.;:{_N}{_P}]{{12,220}})(?::|(?<!\w)là)\s?(?P<n>{_N})\s?(?P<unit>[^\W\d_]{{2,12}}(?:\s[^\W\d_]{{2,12}})?)"
)
_JOINED = re.compile(rf"(?::|(?<!\w)là)\s?{_N}")
_ALL = re.compile(r"(?<!\w)(?:tổng số|tổng|cả [^()]{2,40} và |toàn bộ|tất cả)")


def shares(texts: Sequence[MarkedText]) -> Iterator[tuple[MarkedText, Checked]]:
    """Every per cent beside a count whose whole is told somewhere near, and every pair of exchanged labels."""
    for number, text in enumerate(texts):
        if PER_CENT not in text.text:
            continue
        yield from ((text, checked) for checked in lone_rates(texts, number))
        if COUNT not in text.text:
            continue
        yield from ((text, checked) for checked in _of_wholes(texts, number))
        yield from ((text, checked) for checked in paired_shares(text))
        yield from ((text, checked) for checked in _exchanged_labels(text))


def _of_wholes(texts: Sequence[MarkedText], number: int) -> Iterator[Checked]:
    """The shares of wholes that stand beside them or are told by what is; where one misprint explains a share that is
    wrong, that is what is said of it.
    """
    text, left = texts[number], []
    told = told_shares(text)
    for share in told:
        if share.right_of or is_of_plan(share) or is_of_quotient(share) or is_evened_out(share):
            if may_be_rounded(share) and (place := whole_alone(Surroundings(texts, number), share)) is not None:
                yield _apart(text, share, place)
            else:
                yield Checked("ratios", Fit.RIGHT, share.start, share.end)
        else:
            left.append(share)
    said: set[int] = set()
    for checked in implied_wholes(texts, number, left):
        said.add(checked.start)
        yield checked
    around = Surroundings(texts, number) if left else None
    for share in left:
        if around is None or share.start in said:
            continue
        place = _whole_beside(text, share, told)
        if place is None or around.is_of_two(share):
            place = whole_of_list(around, share) if _may_be_wrong(text, share) else None
        if place is None:
            place = whole_alone(around, share)
        if place is not None and not _is_of_the_rest(share, text.figure(place)):
            yield _apart(text, share, place)
    yield from _of_lone_rates(texts, number, told)


def _is_of_the_rest(share: ToldShare, whole: TextFigure) -> bool:
    """Whether a per cent is that of all others: "tổng số 250 hồ sơ, quá hạn 10 hồ sơ, đạt 96%"."""
    rest = Fraction(whole.value) - share.part.value
    return rest > 0 and "chiếm" not in share.lead and prints_as(exactly(100 * rest / whole.value), share.per_cent)


def _of_lone_rates(texts: Sequence[MarkedText], number: int, told: Sequence[ToldShare]) -> Iterator[Checked]:
    """The rates in a clause of their own that are no share of the only two counts of their sentence."""
    taken = {share.per_cent_at for share in told}
    rates = [share for share in rates_alone(texts[number]) if share.per_cent_at not in taken]
    around = Surroundings(texts, number) if rates else None
    for share in rates:
        place = whole_alone(around, share) if around is not None else None
        if place is not None:
            yield _apart(texts[number], share, place)


def _whole_beside(text: MarkedText, share: ToldShare, told: Sequence[ToldShare]) -> int | None:
    """Where the whole stands that a share is surely one of."""
    if (place := _whole_planned(text, share)) is not None:
        return place
    if not _may_be_wrong(text, share):
        return None
    place = _whole(text, share)
    if place is not None and not _has_another_base(text, share, place, told):
        return place
    for way in (_whole_of_siblings, _whole_of_parallels):
        if (place := way(text, share, told)) is not None:
            return place
    return _whole_of_exchanged(text, share)


def _may_be_wrong(text: MarkedText, share: ToldShare) -> bool:
    """Whether a per cent can only be a share of a whole: one of last year's figure or of a plan is none."""
    behind = text.text[share.per_cent_at + 1 : share.per_cent_at + 40]
    if share.loose or share.per_cent.value > _ALL_OF_IT or _OTHER_BASE.match(behind):
        return False
    if may_overlap_in(text, share.at, share.per_cent_at) and "," in text.text[share.at : share.per_cent_at]:
        return False  # "có mặt 54 người, nữ chiếm 45%"
    first, last = text.period(share.at)
    return not ("bằng" in share.lead and _LAST_YEAR.search(text.text[first:last]))


def _whole_planned(text: MarkedText, share: ToldShare) -> int | None:
    """The only count of the same thing before a share in its sentence, where it is what was planned and the share is
    told of the plan: "Kế hoạch kiểm tra 24 đơn vị; đã kiểm tra 18 đơn vị, đạt 75% kế hoạch".
    """
    if share.loose or share.is_rounded or not _OF_PLAN.match(share.behind):
        return None
    if _OF_TIME.match(text.text, share.per_cent_at + 1):
        return None
    unit, (first, _) = unit_behind(text, share.at), text.period(share.at)
    before = [at for at, _ in text.figures(first, share.at, COUNT) if count_the_same(unit_behind(text, at), unit)]
    if len(before) != 1 or is_change(text, before[0]) or not share.part.value or not text.figure(before[0]).value:
        return None
    return before[0] if _PLAN_HEAD.search(text.text, max(first, before[0] - 80), before[0]) else None


def _has_another_base(text: MarkedText, share: ToldShare, place: int, told: Sequence[ToldShare]) -> bool:
    """Whether the shares beside one show that its base is another one than the whole at ``place``: none fits it where
    several are told, or they reach what was planned for each ("12.221 tỷ, đạt 51,8% so với nghị quyết; trong đó thu
    nội địa 10.152 tỷ, đạt 50,51%").
    """
    first, last = text.period(share.at)
    if re.search(r"đạt|bằng", share.lead) and _PLANNED.search(text.text[place + 1 : share.at]):
        return True
    whole = next((one for one in told if one.at == place), None)
    if whole is not None and meet(whole, share) is not None:
        return True  # "206.810 người, chiếm 35,1% lực lượng lao động; … 191.379 người, chiếm 32,48%"
    beside = [one for one in told if one is not share and first <= one.at < last and one.at > place]
    return bool(beside) and not any(place in one.right_of for one in beside)


def _whole_of_siblings(text: MarkedText, share: ToldShare, told: Sequence[ToldShare]) -> int | None:
    """The whole that the shares beside one are shares of, where the two parts make it up: "giải quyết 51.780 hồ sơ,
    đúng hạn 51.072, đạt 98,63%; quá hạn 708, chiếm 1,73%".
    """
    unit = unit_behind(text, share.at)
    for one in told:
        if not one.right_of or abs(one.at - share.at) > _BESIDE or not count_the_same(unit_behind(text, one.at), unit):
            continue
        place = one.right_of[0]
        base = text.figure(place)
        if place > min(one.at, share.at) or base.over is not None or not count_the_same(unit_behind(text, place), unit):
            continue
        if share.part.value + one.part.value == base.value and share.part.value and one.part.value:
            return place
    return None


def _whole_of_parallels(text: MarkedText, share: ToldShare, told: Sequence[ToldShare]) -> int | None:
    """The count right before a share, where that is the whole of two shares beside it that are told in the same words:
    "cấp huyện tiếp nhận 6.776 hồ sơ, với 2.521 hồ sơ trực tuyến (đạt 37,20%); cấp xã …".
    """
    place = _counted_before(text, share)
    if place is None or share.part.value >= text.figure(place).value:
        return None
    words = text.text[place + 1 : share.at]
    near = [one for one in told if one is not share and abs(one.at - share.at) <= _REACH and one.lead == share.lead]
    like = [
        one for one in near
        if (before := _counted_before(text, one)) is not None and text.text[before + 1 : one.at] == words
    ]  # fmt: skip
    wrong = [one for one in like if _counted_before(text, one) not in one.right_of]
    if len(like) < _PARALLELS or len(wrong) == len(like):
        return None
    return place if all(_is_misprinted(text, one) for one in wrong) else None


def _is_misprinted(text: MarkedText, share: ToldShare) -> bool:
    """Whether a misprint alone keeps a share from being one of the count right before it."""
    place = _counted_before(text, share)
    return place is not None and misprint(share, Whole(text.figure(place), place)) is not None


def _counted_before(text: MarkedText, share: ToldShare) -> int | None:
    """Where the count stands that is told right before that of a share."""
    before = text.figures(max(0, share.at - _REACH), share.at, COUNT)
    return before[-1][0] if before and before[-1][1].scale == share.part.scale else None


def _whole_of_exchanged(text: MarkedText, share: ToldShare) -> int | None:
    """The whole of which a count is the stated share, but for two digits that changed places: with four digits any
    count of the same thing before it, with three the nearest two.
    """
    unit = unit_behind(text, share.at)
    near = [(place, base) for place, base in bases(text, share.at) if place < share.at and text.figure(place) is base]
    of_unit = [(place, base) for place, base in near if _may_count(text, place, base, unit)]
    printed = digits_of(share.per_cent.digits)
    for number, (place, base) in enumerate(of_unit):
        if not 0 < share.part.value < base.value or base.scale != share.part.scale:
            continue
        right = digits_of(in_distinct_form(share.per_cent, 100 * share.part.value / base.value))
        if are_exchanged(printed, right, _TELLING if number < _NEAREST else _TELLING + 1):
            return place
    return None


def _may_count(text: MarkedText, place: int, base: TextFigure, unit: str) -> bool:
    """Whether a figure counts ``unit``; behind a fraction it may go unsaid."""
    own = unit_behind(text, place)
    return count_the_same(own, unit) or (bool(unit) and not own and base.over is not None)


def _apart(text: MarkedText, share: ToldShare, place: int) -> Checked:
    base = text.figure(place)
    start = min(place, share.start)
    told = finding(
        text, start, share.end, StatementKind.RATIO, "ratio_apart", at=share.per_cent_at,
        sure=Sure.LIKELY, stated=share.per_cent.digits,
        found=in_distinct_form(share.per_cent, 100 * share.part.value / base.value),
        facts={"part": share.part.digits, "whole": base.digits},
    )  # fmt: skip
    return Checked("ratios", Fit.WRONG, start, share.end, told)


def _whole(text: MarkedText, share: ToldShare) -> int | None:
    """Where the whole stands that a count is surely a part of: "tổng số …" in its unit, or what "trong đó" follows."""
    at, part = share.at, share.part
    if _HEAD.search(text.text[max(0, at - 80) : at]):
        return None  # "tổng số 48.638 mũi tiêm (74,0%), tổng số 10.594 mũi tiêm (54,5%)": a whole of its own
    unit = unit_of(text, at)
    for place, base in bases(text, at):
        alike = count_the_same(unit_of(text, place), unit)
        if place > at or base.over is not None or not alike or base.scale != part.scale:
            continue
        between = text.text[place + 1 : at]
        headed = _HEAD.search(text.text[max(0, place - 80) : place]) is not None
        inside = re.search(r"trong đó|trong số đó|gồm", between) is not None and not _COMPARED.search(
            text.text, max(0, place - 60), place
        )
        if (headed or inside) and part.value <= base.value and base.value > 0 and not re.search(r"\.\s", between):
            return place
    return None


def _exchanged_labels(text: MarkedText) -> Iterator[Checked]:
    """The whole under the label of the part and the other way round: the part is larger than what says "cả … và …"."""
    if len(_JOINED.findall(text.text)) < 2:  # two labels; most texts have none, and looking for them is slow
        return
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
        swapped = fits(below, above, per_cent)
        straight = fits(above, below, per_cent)
        if straight or not swapped:
            continue
        wrong = finding(
            text, first.start("n") - min(60, len(first["label"])), second.end(), StatementKind.SWAPPED_RATIO,
            "labels_exchanged", at=first.start("n"), stated=f"{above.digits} / {below.digits}",
            found=f"{below.digits} / {above.digits}", facts={"per_cent": per_cent.digits},
        )  # fmt: skip
        yield Checked("ratios", Fit.WRONG, first.start(), second.end(), wrong)


def _is_part(part: str, whole: str) -> bool:
    """Whether two labels speak of the same thing, one of all of it: most words of the shorter stand in the other."""
    one, other = set(part.split()), set(whole.split())
    few = min(len(one), len(other))
    return bool(few) and 2 * len(one & other) >= few
