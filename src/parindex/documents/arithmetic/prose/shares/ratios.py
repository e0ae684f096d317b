"""Per cents that stand beside their fraction: ``249/832, đạt 30%``, ``71,71% (32/45)``, ``125 trên tổng số 129 xã, đạt
96,90%``, ``đạt 13,44/13,50 điểm, đạt chỉ số 99,50%``, ``đạt 1.280 tỷ đồng, bằng 105,6% dự toán (1.212 tỷ đồng)``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from parindex.documents.arithmetic.figures import TextFigure, in_distinct_form, in_form_of
from parindex.documents.arithmetic.findings import Severity, StatementFinding, StatementKind, Sure
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
from parindex.documents.arithmetic.prose.marked_text import MarkedText
from parindex.documents.arithmetic.prose.shares.fractions import Share, shares_by_place
from parindex.documents.arithmetic.prose.shares.inverted import inverted
from parindex.documents.arithmetic.prose.shares.sides import is_below_mark, is_on_other_side
from parindex.documents.arithmetic.prose.statements import Checked, finding
from parindex.domain.values import Rounding, RoundingMode

#: Parts of one whole with the same decimals, before one without them is odd.
_FEWEST_ALIKE = 2
_LESS = re.compile(r"ít hơn|giảm|thấp hơn|chưa|không|còn thiếu|còn lại|mất")
#: "29/29 người đạt trên 50% số phiếu": a mark that was passed, no share.
_PASSED = re.compile(r"(?:trên|dưới|từ|quá|hơn)\s{0,2}$")


def ratios(text: MarkedText) -> Iterator[Checked]:
    """Every per cent that stands beside its fraction; one that belongs to two fractions is right if it fits one."""
    by_place = shares_by_place(text)
    right: list[Share] = []
    for at, shares in by_place.items():
        loose = is_about(text.text, at)
        below = is_below_mark(text, at)
        if below is not None and (checked := _on_other_side(text, shares)) is not None:
            yield checked
            continue
        fits = [fit_of(share, loose=loose) for share in shares]
        best = max(range(len(fits)), key=fits.__getitem__)
        if _is_what_is_missing(text, shares[best]):
            continue
        if (below is not None and not loose) or _is_mark(text, shares[best]):
            continue
        share, fit = shares[best], fits[best]
        cut = _is_cut(share) if fit is Fit.RIGHT and not loose else None
        told = None if fit is Fit.RIGHT and not cut else _told(text, share, fit, loose=loose, cut=bool(cut))
        if fit is Fit.RIGHT and not loose:
            right.append(share)
        yield Checked("ratios", fit, share.start, share.end, told, any(share.part.places), cut)

    yield from _less_exact(text, right)
    yield from inverted(text, {share.at_part for shares in by_place.values() for share in shares})


def _is_mark(text: MarkedText, share: Share) -> bool:
    """Whether a per cent is a mark that was passed."""
    return not share.per_cent.value % 10 and _PASSED.search(text.text[max(0, share.at - 6) : share.at]) is not None


def _on_other_side(text: MarkedText, shares: Sequence[Share]) -> Checked | None:
    """The finding that no fraction of a per cent is more, or less, than that as its words say."""
    told = [share for share in shares if share.whole.value]
    values = [100 * share.part.value / share.whole.value for share in told]
    if not told or not all(
        is_on_other_side(text, share.at, share.per_cent, Fraction(value), share.at_part)
        for share, value in zip(told, values, strict=True)
    ):
        return None
    share, value = told[0], values[0]
    facts = {"part": _above(share), "whole": share.whole.digits}
    return Checked("ratios", Fit.WRONG, share.start, share.end, finding(
        text, share.start, share.end, StatementKind.RATIO, "ratio_on_other_side", at=share.at, sure=Sure.LIKELY,
        stated=share.per_cent.digits, found=in_distinct_form(share.per_cent, value), facts=facts,
    ))  # fmt: skip


def _above(share: Share) -> str:
    """What stands above the stroke."""
    return share.part.text.split("/")[0].strip() if share.part.over is not None else share.part.digits


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


def fit_of(share: Share, *, loose: bool = False, swapped: bool = False) -> Fit:
    """Whether the per cent is that of the fraction (``swapped``: of the fraction upside down)."""
    part, whole = (share.whole, share.part) if swapped else (share.part, share.whole)

    def holds(way: tuple[int, ...], slack: bool) -> bool:
        # Decimals of another reading ("1.920" for 1,92) were not rounded before.
        above = _rounded(part, whole, way[0], slack and not way[0])
        below = _rounded(whole, part, way[1], slack and not way[1] and not is_exact_decimal(whole, way[1]))
        if below.low <= 0:
            return False
        return prints_as(_quotient(above, below), share.per_cent, way[2], loose=loose)

    return best_fit((part, whole, share.per_cent), holds)


def _rounded(figure: TextFigure, other: TextFigure, reading: int, slack: bool) -> Span:
    """The figure as printed, or what is rounded half up to it: papers rarely cut off what they reckon with, and of two
    amounts side by side both have the decimals of the ``other`` ("3,6 tỷ đồng/4 tỷ đồng").
    """
    span = span_of(figure, reading, slack)
    if not slack or span.low is span.high:
        return span
    value, off = Fraction(figure.readings[reading] * figure.scale), figure.step(reading) / 2
    if figure.scale == other.scale > 1:
        off = min(off, other.step() / 2)
    return Span(value - off, value + off)


def _quotient(above: Span, below: Span) -> Span:
    if above.low is above.high and below.low is below.high:
        return exactly(100 * above.low / below.low)
    return Span(100 * above.low / below.high, 100 * above.high / below.low)


def _told(text: MarkedText, share: Share, fit: Fit, *, loose: bool, cut: bool = False) -> StatementFinding | None:
    part, whole = share.part, share.whole
    if whole.value == 0:
        return None
    facts = {"part": _above(share), "whole": whole.digits}
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
