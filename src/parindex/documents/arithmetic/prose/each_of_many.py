"""So much for each of so many against what it comes to: ``3 cá nhân, mỗi người 1.000.000 đồng, tổng tiền thưởng
3.000.000 đồng``, ``8 tổ với 56 thành viên (mỗi tổ 7 người)``, ``126 nhà (44 triệu đồng/nhà), kinh phí 5.544 triệu
đồng``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations

from parindex.documents.arithmetic.figures import TextFigure, in_form_of
from parindex.documents.arithmetic.findings import StatementKind, Sure
from parindex.documents.arithmetic.prose.counted_things import count_alike
from parindex.documents.arithmetic.prose.fitting import Fit, is_about
from parindex.documents.arithmetic.prose.marked_text import COUNT, MARKS, QUOTIENT, MarkedText
from parindex.documents.arithmetic.prose.statements import Checked, finding
from parindex.documents.arithmetic.prose.values import is_change, unit_behind

#: "mỗi người 1.000.000 đồng", "mỗi lớp có 35 học viên"; a mean is no such thing.
_EACH = re.compile(
    r"(?<!\w)(?<!bình quân )(?<!trung bình )mỗi (?P<one>[^\W\d_]{1,10}(?: [^\W\d_]{1,10})?)(?: vi tính| tính| sở)?"
    r"(?: (?:được|có|là|thưởng|nhận|hỗ trợ|trị giá|gồm|tặng|với|mức|cử|giao|chi|phát|cấp"
    rf"|bố trí|kiểm tra|tổ chức|đào tạo|trang bị|khảo sát|phát hành)){{0,3}} (?P<each>{COUNT})"
)
#: "44 triệu đồng/nhà", "500.000 đồng/người".
_FOR_ONE = re.compile(rf"(?P<each>{COUNT})\s?(?P<unit>đồng|[^\W\d_]{{1,10}})\s?/\s?(?P<one>[^\W\d_]{{1,10}})(?!\w|/)")
#: "từ 2 đến 3 máy", "2 đến 3 máy": no figure to be multiplied.
_RANGE = re.compile(r"(?<!\w)(?:từ|đến|tới|ít nhất|tối thiểu|tối đa|không quá)\s?$")
_UP_TO = re.compile(rf"[^.;:,]{{0,12}}?(?:đến|tới|[-–])\s?{COUNT}")
_RANGED = 12
_RANGED_EACH = re.compile(rf"{COUNT}\s?(?:đến|tới|[-–])\s?{COUNT}|(?:ít nhất|tối thiểu|tối đa|không quá) {COUNT}")
#: What the third figure may be beside a product.
_NO_TOTAL = re.compile(
    r"(?<!\w)(?:bình quân|trung bình|ít nhất|tối thiểu|tối đa|trong (?:số )?đó|còn|thêm|riêng|tăng|giảm|so với|trở lên"
    r"|ngoài ra|kế hoạch|chỉ tiêu|khoảng|đến nay|đã|mới|hằng|hàng|một số|trước|sau)(?!\w)"
)
_MEAN = re.compile(r"(?<!\w)(?:bình quân|trung bình|khoảng|ước)(?!\w)")
_TOTAL = re.compile(rf"(?<!\w)tổng(?! hợp)(?: [^\W\d_]+){{0,6}}?(?: là| lên đến|:)? (?P<total>{COUNT})")
_RIGHT_BEFORE = re.compile(rf"(?P<total>{COUNT})\s[^\W\d_][^.;:(){MARKS}]{{0,30}}\((?:trong đó )?$")
#: "126 nhà (44 triệu đồng/nhà), kinh phí 5.544 triệu đồng".
_RIGHT_BEHIND = re.compile(
    r"\s?\),?\s(?:với )?(?:tổng )?(?:kinh phí|số tiền|trị giá|giá trị|thành tiền|là|=|tổng|cộng|hết)(?: là)? "
    rf"(?P<total>{COUNT})"
)
#: A clause of what is told for each, and one of so many behind it.
_CLAUSE = re.compile(
    rf"(?<!\w)mỗi (?P<one>[^\W\d_]{{2,10}}) (?:có|được|là|gồm) (?P<each>[^.;]{{1,80}})[.;,] (?:như vậy,? )?(?:trong )?"
    rf"(?P<count>{COUNT}) (?P=one) (?:có|được|là|gồm) (?P<all>[^.;]{{1,80}})"
)
_REACH, _MOST_TERMS, _MOST_OTHERS = 160, 6, 4
_POWERS = tuple(Fraction(10) ** power for power in (-6, -3, -2, -1, 1, 2, 3, 6))


@dataclass(frozen=True, slots=True)
class _Product:
    """So many times so much, told from ``start`` to ``end``; ``unit``: of what it comes to; ``is_only``: no more of
    them are counted beside it ("25 hộ nghèo, mỗi hộ 5 triệu đồng và 10 hộ cận nghèo").
    """

    start: int
    end: int
    count: TextFigure
    count_at: int
    each: TextFigure
    unit: str
    is_only: bool = True

    @property
    def value(self) -> Fraction:
        return self.count.readings[0] * self.each.value


def each_of_many(text: MarkedText) -> Iterator[Checked]:
    """Every total of a sentence that tells so much for each."""
    products = [product for found in _EACH.finditer(text.text) if (product := _product(text, found)) is not None]
    products += [product for found in _FOR_ONE.finditer(text.text) if (product := _for_one(text, found)) is not None]
    for product in products:
        behind = _RIGHT_BEHIND.match(text.text, product.end)
        if behind is not None and unit_behind(text, behind.start("total")).split()[:1] == product.unit.split()[:1]:
            yield _checked(text, behind.start("total"), [product], {product.value}, product.value)
        before = _RIGHT_BEFORE.search(text.text, max(0, product.start - _REACH), product.start)
        if before is not None and count_alike(unit_behind(text, before.start("total")), product.unit):
            at = before.start("total")
            if at != product.count_at and not is_about(text.text, at):
                yield _checked(text, at, [product], {product.value}, product.value)
    yield from _later_totals(text)
    for first, last in text.periods() if products else ():
        own = [product for product in products if first <= product.start < last]
        if len(own) == 1 and (alone := _alone(text, own[0], first, last)) is not None:
            yield alone
        for found in _TOTAL.finditer(text.text, first, last) if own else ():
            yield from _of_total(text, found.start("total"), (first, last), own)


def _alone(text: MarkedText, product: _Product, first: int, last: int) -> Checked | None:
    """What the third figure of a sentence of three says, where it counts what is told for each: "5 đợt kiểm tra tại 20
    đơn vị, mỗi đợt 4 đơn vị".
    """
    places = [at for at, _ in text.figures(first, last, COUNT + QUOTIENT)]
    own = {product.count_at, product.start, product.end - 1}
    at = next((place for place in places if place not in own), None)
    if len(places) != 3 or at is None or text.figure(at).over is not None or _NO_TOTAL.search(text.text, first, last):
        return None
    unit = unit_behind(text, at)
    if is_about(text.text, at) or is_change(text, at) or unit.split()[:1] != product.unit.split()[:1]:
        return None
    return _checked(text, at, [product], {product.value}, product.value)


def _product(text: MarkedText, found: re.Match[str]) -> _Product | None:
    """The product of what is told for each and the nearest count of such things before it in the sentence."""
    each_at = found.start("each")
    each, unit, one = text.figure(each_at), unit_behind(text, each_at), found["one"]
    if not unit or each.over is not None or is_about(text.text, each_at) or is_change(text, each_at):
        return None
    if _RANGE.search(text.text, max(0, each_at - _RANGED), each_at) or _UP_TO.match(text.text, each_at + 1):
        return None
    first, last = text.period(found.start())
    first = max(first, found.start() - _REACH)
    before = text.figures(first, found.start(), COUNT)[::-1]
    behind = text.figures(each_at + 1, min(last, each_at + _REACH), COUNT)
    counts = [
        (at, count) for at, count in (*before, *behind)
        if _is_of(unit_behind(text, at), one) and not count.places[0] and count.scale == 1 and count.value > 1
    ]  # fmt: skip
    if not counts or is_about(text.text, counts[0][0]) or (len(counts) > 1 and counts[0][0] > each_at):
        return None
    at, count = counts[0]
    return _Product(found.start(), each_at + 1, count, at, each, unit, is_only=len(counts) == 1)


def _is_of(counted: str, one: str) -> bool:
    """Whether a count is of what is told for one: "18 xã" of "mỗi xã"."""
    return counted.split()[:1] == one.split()[:1] or (one.split()[0] == "người" and _are_people(counted))


def _later_totals(text: MarkedText) -> Iterator[Checked]:
    """What a clause tells for each, and the next one for so many: "mỗi tuần có 10 giải với 6.700.000 đồng; 6 tuần có 60
    giải với 40.200.000 đồng".
    """
    for found in _CLAUSE.finditer(text.text):
        at = found.start("count")
        count = text.figure(at)
        if count.places[0] or count.scale > 1 or _MEAN.search(found["each"]) or _RANGED_EACH.search(found["each"]):
            continue
        each = text.figures(found.start("each"), found.end("each"), COUNT)
        for place, _ in text.figures(found.start("all"), found.end("all"), COUNT):
            unit = unit_behind(text, place)
            same = [one for one, _ in each if unit and unit_behind(text, one).split()[:1] == unit.split()[:1]]
            if len(same) == 1 and not is_about(text.text, place):
                product = _Product(same[0], same[0] + 1, count, at, text.figure(same[0]), unit)
                yield _checked(text, place, [product], {product.value}, product.value)


def _for_one(text: MarkedText, found: re.Match[str]) -> _Product | None:
    """The product of what is told for one ("44 triệu đồng/nhà") and the count right before it."""
    at = found.start("each")
    each, first = text.figure(at), max(text.sentence(at)[0], at - _REACH)
    before = text.figures(first, at, COUNT + QUOTIENT)
    behind = text.figures(found.end(), min(text.period(at)[1], at + _REACH), COUNT)
    if _MEAN.search(text.text, first, at) or each.over is not None:
        return None
    for place, count in (*reversed(before), *(behind if len(behind) == 2 and not before else ())):
        if unit_behind(text, place).split()[:1] == [found["one"]]:
            told = count if count.over is None else replace(count, over=None)
            return _Product(at, found.end(), told, place, each, found["unit"])
    return None


def _are_people(counted: str) -> bool:
    return counted.startswith("cá nhân") or count_alike(counted, "người")


def _of_total(text: MarkedText, at: int, span: tuple[int, int], products: Sequence[_Product]) -> Iterator[Checked]:
    """A total of products and of other amounts beside them, if any of these are meant."""
    total, unit = text.figure(at), unit_behind(text, at)
    own = [product for product in products if product.unit.split()[0] == unit.partition(" ")[0]]
    if not own or at in {product.count_at for product in own} or is_about(text.text, at):
        return
    taken = {product.end - 1 for product in own} | {at}
    others = [
        figure.value for place, figure in text.figures(*span, COUNT)
        if place not in taken and unit_behind(text, place).partition(" ")[0] == unit.partition(" ")[0]
    ]  # fmt: skip
    if len(others) > _MOST_OTHERS or len(own) + len(others) > _MOST_TERMS:
        return
    terms = [*(product.value for product in own), *others]
    allowed = {sum(chosen, Fraction(0)) for size in range(1, len(terms) + 1) for chosen in combinations(terms, size)}
    every = sum(terms, Fraction(0))
    sure = all(product.is_only for product in own)
    sure = sure and (not others or total.value < max(product.value for product in own))
    moved = any(total.value * power in allowed for power in _POWERS)
    if total.value in allowed or sure or moved:
        yield _checked(text, at, own, allowed, every)


def _checked(
    text: MarkedText, at: int, products: Sequence[_Product], allowed: set[Fraction], every: Fraction
) -> Checked:
    total, first = text.figure(at), products[0]
    start, end = min(at, first.count_at), max(at, products[-1].end) + 1
    told = None
    if not any(reading * total.scale in allowed for reading in total.readings):
        told = finding(
            text, start, end, StatementKind.PART_OF_WHOLE, "each_apart", at=at, stated=total.digits,
            found=in_form_of(total, every / total.scale), sure=Sure.LIKELY,
            facts={"count": first.count.digits, "each": first.each.text},
        )  # fmt: skip
    return Checked("sums", Fit.WRONG if told else Fit.RIGHT, start, end, told)
