"""The one judge of claims that a list has all parts of its whole.

Where the figures agree, the statement is right. Where they do not, two stories compete: the list was meant to have the
whole and a figure in it is wrong; or the list was never meant to (it names some parts, names one twice, belongs to
another whole). The judge multiplies how many times likelier the first makes what is printed:

    odds = words × list × things × kinds × gap

``words``: "gồm", brackets behind the whole and "tổng cộng" say that all parts are there, "trong đó" leaves it open,
mere nearness speaks against it. ``list``: how many parts there are, and whether a figure is left over. ``things``:
whether whole and parts count one thing. ``kinds``: all kinds of a row ("đúng hạn", "quá hạn"), "còn lại", "khác" close
a list; what nothing can be two of cannot be more than the whole, what may overlap can. ``gap``: one misprint explains
it exactly, W/(V·N) times likelier than by accident (:meth:`Sum.explained`); or the parts are more than the whole by so
little that no accident brings them so near, W/(2g + 1) times (:meth:`Sum.nearness`). A claim is told from odds of 10
to 1 on, unless "gần", "hơn" leave the gap open, or another figure near by makes one of the two sums right.

The factors are estimates from papers whose slips were found by hand; what they do to papers that nobody had seen is
measured (docs/kiem-chung.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction

from parindex.documents.arithmetic.figures import TextFigure, in_form_of, in_full
from parindex.documents.arithmetic.findings import StatementKind, Sure
from parindex.documents.arithmetic.misprints import digits_of
from parindex.documents.arithmetic.prose.counted_things import may_count_alike
from parindex.documents.arithmetic.prose.fitting import Fit, is_about
from parindex.documents.arithmetic.prose.marked_text import MarkedText
from parindex.documents.arithmetic.prose.part_lists import (
    EACH,
    OTHERS,
    Part,
    are_all_changes,
    are_apart,
    are_of_other_ways,
    leave_kinds_out,
    may_overlap,
)
from parindex.documents.arithmetic.prose.parts.claims import Claim, Says, counts_in
from parindex.documents.arithmetic.prose.parts.lone import part_above
from parindex.documents.arithmetic.prose.parts.plain import (
    are_tallied,
    follows_colon,
    is_announced,
    is_mean,
    is_plain,
    leaves_some_uncounted,
    may_be_another,
)
from parindex.documents.arithmetic.prose.parts.sums import Sum
from parindex.documents.arithmetic.prose.statements import Checked, finding

#: From these odds on a claim is told, and told as certain.
_TOLD, _CERTAIN = 10, 100
_WORDS = {Says.ALL: Fraction(8), Says.SOME: Fraction(1), Says.NEAR: Fraction(1, 8)}
_FAR = Fraction(1, 3)
_ONE_THING, _FEW_NAMES = Fraction(3), Fraction(1, 2)
_CLOSED, _ENDS, _APART, _OVERLAPS = Fraction(16), Fraction(4), Fraction(10), Fraction(1, 10)
#: Behind "trong đó" parts that nothing tells apart may overlap.
_MAY_OVERLAP = Fraction(1, 3)
#: Parts that belong to different ways of parting ("trực tuyến …; đúng hạn …").
_OTHER_WAYS = Fraction(1, 100)
_LEFT_OVER = Fraction(1, 2)
#: In a sentence that tells nothing else, parts right behind a colon, and as many of them as were announced.
_COLON, _ANNOUNCED = Fraction(8), Fraction(4)
#: A total behind parts that come near it.
_TOTAL = Fraction(8)
#: So much of small figures is near.
_A_FEW = 2
#: Some of the kinds of a row are named, and others may have a few: "thạc sĩ 85 người, đại học 230 người".
_KINDS_LEFT = Fraction(1, 3)
#: Parts that come near a whole, by so much of it (1/20); from a list that has all, a little is rarely left out.
_NEARLY, _RATHER_NEARLY, _NEAR = 20, 10, Fraction(3)
#: What a misprint is worth at the most, and what a gap below the whole costs that none explains.
_MOST_OF_GAP, _LEFT_OUT = Fraction(100), Fraction(1, 2)
#: A part that the whole leaves out may be an aside after all.
_ASIDE = Fraction(1, 25)
#: A rest of less than this part of a whole (1/200) may be left out of a list that does not say it has all.
_LITTLE = 200
#: Parts that are together less than half of a whole, or more than twice, are hardly meant to be it.
_OTHER_SIZE, _SMALL = Fraction(1, 100), Fraction(1, 8)
_CAME_IN = re.compile(r"tiếp nhận|nhận được|phát sinh|yêu cầu|tổng số|đề nghị|có$")
_DEALT_WITH = re.compile(r"(?<!\w)(?:giải quyết|xử lý|trả|hoàn thành|thực hiện|thẩm định)")
#: Another figure that parts make up stands within so many letters before them.
_REACH = 420
#: "101,5 điểm (thang điểm 100 điểm, cộng 2 điểm thưởng)": a scale is no part.
_SCALE = re.compile(r"(?:thang điểm|điểm tối đa)(?: là)?\s?:?\s$")
_BEFORE_SCALE = 20
_RATE = re.compile(r"\s?(?:triệu |tỷ |nghìn )?đồng\s?/\s?[^\W\d_]")
#: "mỗi tỉnh 1 ca" may follow the last part by so much.
_EACH_BEHIND = 40
#: "thu về 468 phiếu; sau khi làm sạch còn 462 phiếu": steps one after the other, each out of the one before.
_STEP = re.compile(r"(?<!\w)(?:sau|qua)\s[^.;:()]{2,40}?\s(?:chỉ )?còn\s(?:lại\s)?$")
_BEFORE_STEP = 60
_FEWEST_NAMES, _LONG, _LONG_LIST = 3, 4, Fraction(2)
#: No words and kinds make more of a gap than this.
_MOST_OF_REST = _ONE_THING * _CLOSED * _APART


def judged(text: MarkedText, claims: Iterable[Claim]) -> Checked | None:
    """What is said of a place that can be read in several ways: right if one reading is; else the one that is most
    likely wrong, where that is likely enough.
    """
    every = [claim for claim in claims if claim.parts]
    for claim in every:
        if is_right(claim):
            return Checked("sums", Fit.RIGHT, claim.start, claim.end)
    best: tuple[Fraction, Claim] | None = None
    for claim in every:
        found = odds(text, claim)
        if found >= _TOLD and (best is None or found > best[0]) and not _is_read_otherwise(text, claim):
            best = (found, claim)
    if best is not None:
        return told(text, best[1], Sure.CERTAIN if best[0] >= _CERTAIN else Sure.LIKELY)
    lone = (part_above(text, claim) for claim in every if claim.within)
    return next((checked for checked in lone if checked is not None), None)


def is_right(claim: Claim) -> bool:
    """Whether the parts make up the whole, or some of them do that are a list of their own."""
    if claim.sum.holds():
        return True
    if claim.far or claim.says is Says.NEAR:
        return False
    if any(_sum(claim, run).holds() for run in claim.rows):
        return True
    if claim.is_closed or OTHERS.search(claim.parts[-1].words) or (claim.is_total and are_apart(claim.parts)):
        return False
    if forgets_a_part(claim):
        return False
    beginnings = (claim.parts[:count] for count in range(2, len(claim.parts)))
    return any(_sum(claim, run).holds() for run in beginnings) or claim.sum.holds_but_one()


def forgets_a_part(claim: Claim) -> bool:
    """Whether the whole is the sum of all parts but one of a list in which that one is a part like the others: "4.678
    đơn, gồm 641 đơn khiếu nại, 188 đơn tố cáo, 4.037 đơn kiến nghị". The last may be told of something else.
    """
    alike = claim.counts_one_thing and (all(part.unit for part in claim.parts) or claim.says is Says.ALL)
    if not alike or claim.far or claim.says is Says.NEAR or not claim.whole_list or may_overlap(claim.parts):
        return False
    return claim.sum.is_above and claim.sum.holds_but_one() and not _sum(claim, claim.parts[:-1]).holds()


def _is_read_otherwise(text: MarkedText, claim: Claim) -> bool:
    """Whether "gần", "hơn" leave the gap open, the parts make up another figure that stands near, or the whole with one
    that the list passes over, or without an aside in brackets: "525 hồ sơ (tồn kỳ trước 5 hồ sơ), …".
    """
    first, last = claim.start - _REACH, text.period(claim.end - 1)[1]
    at, behind_at = claim.parts[0].at, claim.parts[1].at
    is_aside = "(" in text.text[claim.whole.at : at] and ")" in text.text[at:behind_at]
    if is_aside and _sum(claim, claim.parts[1:]).holds():
        return True
    passed = {part.at for part in claim.parts} | {claim.whole.at}
    figures = tuple(part.figure for part in claim.parts)
    if abs(claim.sum.gap) <= _left_open(text, claim):
        return True
    if _SCALE.search(text.text, max(0, claim.parts[0].at - _BEFORE_SCALE), claim.parts[0].at):
        return True
    near = [one for one in counts_in(text) if first <= one.at < last and one.at not in passed]
    behind = next((one for one in near if one.at > claim.parts[-1].at), None)
    for one in near:
        if one is not behind and not may_count_alike(one.unit, claim.whole.unit):
            continue
        if one.at < claim.parts[0].at and Sum(one.figure, figures).holds():
            return True
        is_like = one.figure.scale == figures[0].scale and one.at > claim.parts[0].at
        if is_like and Sum(claim.whole.figure, (*figures, one.figure)).holds():
            return True
    return False


def _left_open(text: MarkedText, claim: Claim) -> Fraction:
    """What "gần", "hơn" before its figures leave open: a unit of the last digit that is no zero."""
    figures = ((claim.whole.at, claim.whole.figure), *((part.at, part.figure) for part in claim.parts))
    return sum((_coarseness(one) for at, one in figures if is_about(text.text, at)), Fraction(0))


def _coarseness(figure: TextFigure) -> Fraction:
    digits = digits_of(figure.digits)
    return figure.step() * int(10 ** (len(digits) - len(digits.rstrip("0"))))


def odds(text: MarkedText, claim: Claim) -> Fraction:
    """How many times likelier a claim that does not hold is a wrong list than one that never was of this whole."""
    if len(claim.parts) < 2 or claim.sum.is_nested():
        return Fraction(0)
    gap, is_explained = _of_gap(claim)
    found = gap * _WORDS[claim.says] * (_FAR if claim.far and claim.says is not Says.NEAR else 1) * _of_list(claim)
    if found * _MOST_OF_REST < _TOLD:
        return found
    end = claim.end + _EACH_BEHIND if claim.whole_list else text.period(claim.end)[1]
    if EACH.search(text.text, claim.start, end) or _are_rates(text, claim) or is_mean(text, claim):
        return Fraction(0)
    if _are_steps(text, claim):
        return Fraction(0)
    found *= _of_things(claim) * _of_kinds(text, claim)
    if not is_explained and are_of_other_ways(claim.parts):
        found *= _OTHER_WAYS
    plain = claim.says is not Says.NEAR and is_plain(text, claim)
    if plain:
        found *= _of_plain(text, claim, is_explained)
    return found * (
        _of_overlap(claim, is_explained, plain and are_tallied(claim)) if claim.sum.is_above else _of_rest(text, claim)
    )


def _of_plain(text: MarkedText, claim: Claim, is_explained: bool) -> Fraction:
    """What a sentence that tells nothing else says of its claim."""
    found = Fraction(1)
    nearly = claim.sum.is_above or is_explained or claim.sum.is_within(_RATHER_NEARLY) or abs(claim.sum.gap) <= _A_FEW
    if claim.is_total and nearly and not may_be_another(text, claim):
        found *= _TOTAL
    if nearly and follows_colon(text, claim):
        found *= _COLON
    if is_announced(text, claim):
        found *= _ANNOUNCED
    if forgets_a_part(claim) and claim.says is Says.ALL:
        found /= _ASIDE
    if not any(part.unit for part in claim.parts) and len(claim.parts) < _FEWEST_NAMES:
        found /= _FEW_NAMES
    return found


def _of_overlap(claim: Claim, is_explained: bool, is_tally: bool) -> Fraction:
    """What is said by parts that are more than the whole: that they may count the same thing, or cannot."""
    if claim.named or are_apart(claim.parts):
        return _APART
    if is_explained:
        return Fraction(1)
    if may_overlap(claim.parts):
        return _OVERLAPS
    return _MAY_OVERLAP if claim.says is Says.SOME and not is_tally else Fraction(1)


def _of_rest(text: MarkedText, claim: Claim) -> Fraction:
    """What is said by parts that are less than the whole: that some may be left out."""
    if leaves_some_uncounted(text, claim):
        return Fraction(0)
    is_open = claim.says is Says.SOME and not claim.is_total and not claim.is_closed
    return _KINDS_LEFT if is_open and leave_kinds_out(claim.parts) else Fraction(1)


def _are_steps(text: MarkedText, claim: Claim) -> bool:
    """Whether the last part is what is left of the one before it, which a further step went over."""
    before, at = claim.parts[-2].at, claim.parts[-1].at
    return _STEP.search(text.text, max(before, at - _BEFORE_STEP), at) is not None


def _are_rates(text: MarkedText, claim: Claim) -> bool:
    """Whether a part is told for each of several ("3.500.000 đồng/giải"), and the whole is not."""
    rates = [_RATE.match(text.text, at + 1) is not None for at in (claim.whole.at, *(part.at for part in claim.parts))]
    return any(rates[1:]) and not rates[0]


def _of_things(claim: Claim) -> Fraction:
    if claim.counts_one_thing and (any(part.unit for part in claim.parts) or are_apart(claim.parts)):
        return _ONE_THING
    few_names = len(claim.parts) < _FEWEST_NAMES and not any(part.unit for part in claim.parts)
    return _FEW_NAMES if few_names else Fraction(1)


def _of_kinds(text: MarkedText, claim: Claim) -> Fraction:
    """Whether the parts are all kinds of something, or can be no more than the whole."""
    found = Fraction(1)
    if claim.named:
        found *= _CLOSED
    elif claim.is_closed:
        found *= 1 if _may_be_open(text, claim) else _CLOSED
    elif OTHERS.search(claim.parts[-1].words):
        found *= _ENDS
    elif are_all_changes(claim.parts) and claim.sum.is_within(_NEARLY):
        found *= _CLOSED
    return found


def _may_be_open(text: MarkedText, claim: Claim) -> bool:
    """Whether some of what came in may not be done yet, where only what was done in time and too late is told."""
    if claim.says is Says.ALL or claim.parts[-1].rest or not any("hạn" in part.words for part in claim.parts):
        return False
    before = text.text[text.sentence(claim.whole.at)[0] : claim.whole.at]
    return bool(_CAME_IN.search(before)) and not _DEALT_WITH.search(before)


def _of_list(claim: Claim) -> Fraction:
    """Many names with their figures are a list of all; a figure left over says that it was read amiss."""
    found = Fraction(1) if claim.whole_list else _LEFT_OVER
    if len(claim.parts) >= _LONG and claim.whole_list:
        found *= _LONG_LIST
    names = len(claim.parts) >= _FEWEST_NAMES and not any(part.unit for part in claim.parts)
    if names and claim.says is Says.ALL and (claim.sum.is_above or claim.sum.is_within(_NEARLY)):
        found *= _NEAR
    return found


def _of_gap(claim: Claim) -> tuple[Fraction, bool]:
    """What the gap itself says, and whether one misprint explains it; else the parts may be a little more than the
    whole.
    """
    if claim.says is Says.NEAR and not claim.sum.is_above and claim.sum.is_within(_LITTLE):
        return Fraction(0), False
    if forgets_a_part(claim):
        return min(claim.sum.magnitude / len(claim.parts), _MOST_OF_GAP) * _ASIDE, True
    explained = claim.sum.explained(claim.tried)
    near = _of_nearness(claim)
    if explained is not None and explained.accident * near < 1:
        size = 1 if claim.says is not Says.NEAR or claim.sum.is_of_one_size else _SMALL
        return min(1 / explained.accident, _MOST_OF_GAP) * size, True
    return near, False


def _of_nearness(claim: Claim) -> Fraction:
    """Parts that are a little more than the whole come so near by no accident; what is less may be left out."""
    if not claim.sum.is_of_one_size:
        return _OTHER_SIZE
    if claim.says is Says.NEAR and not claim.sum.is_within(_RATHER_NEARLY):
        return _SMALL
    if claim.sum.is_above and (claim.says is not Says.NEAR or are_apart(claim.parts)):
        return min(max(claim.sum.nearness() / claim.tried, Fraction(1)), _MOST_OF_GAP)
    return Fraction(1) if claim.sum.is_above or claim.sum.is_within(_NEARLY) else _LEFT_OUT


def _sum(claim: Claim, parts: Sequence[Part]) -> Sum:
    return Sum(claim.whole.figure, [part.figure for part in parts])


def told(text: MarkedText, claim: Claim, sure: Sure) -> Checked:
    """The finding that a whole is not the sum of its parts."""
    whole, parts = claim.sum.whole, claim.sum.parts
    total = claim.sum.total / whole.scale
    places = whole.places[0]
    if whole.scale == 1 and total.denominator > 1:
        places = max(one.places[0] for one in (whole, *parts))
    why, facts = "parts_apart", {"parts": " + ".join(part.digits for part in parts)}
    if any(part.scale != whole.scale for part in parts):
        why = "parts_apart_in_unit"
        facts = {"parts": " + ".join(in_full(part, part.digits) for part in parts), "unit": in_full(whole, "")}
    found = finding(
        text, claim.start, claim.end, StatementKind.PART_OF_WHOLE, why, at=claim.whole.at, sure=sure,
        stated=whole.digits, found=in_form_of(whole, total, places), facts=facts,
    )  # fmt: skip
    return Checked("sums", Fit.WRONG, claim.start, claim.end, found)
