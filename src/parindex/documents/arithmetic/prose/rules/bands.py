"""Points against the band of a rule that the values beside them lie in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from parindex.documents.arithmetic.figures import TextFigure
from parindex.documents.arithmetic.findings import Severity, StatementKind, Sure
from parindex.documents.arithmetic.prose.fitting import Fit, exactly, prints_as
from parindex.documents.arithmetic.prose.marked_text import COUNT, PER_CENT, QUOTIENT, YEAR, MarkedText
from parindex.documents.arithmetic.prose.rules.meant_values import is_excused, is_meant
from parindex.documents.arithmetic.prose.rules.stretches import SHOWN, Stretch, Told, Worth, in_form, points_in
from parindex.documents.arithmetic.prose.rules.wording import Band, ToldRule
from parindex.documents.arithmetic.prose.statements import Checked, finding
from parindex.documents.arithmetic.prose.values import is_change, value_at
from parindex.documents.criteria_tables.option_ranges import Range

#: What leads to the values behind points.
_FOR = re.compile(r"(?:\s?điểm)?,?\s?(?:với|do|vì|\(|trên cơ sở|căn cứ|tương ứng)")
#: What begins a sentence of another year, or of a part.
_ASIDE = re.compile(r"\s?(?:riêng|chia theo|phân theo|ngoài ra|trong khi|so với|cùng kỳ|năm trước)(?!\w)")
_ASIDE_YEAR = re.compile(rf"\s?năm {YEAR}|{_ASIDE.pattern}")
_AIM = re.compile(r"(?<!\w)(?:phấn đấu|mục tiêu|chỉ tiêu|kế hoạch đề ra|năm sau)(?!\w)")
_RATE_OF_CHANGE = re.compile(
    rf"(?<!\w)(?:tỷ lệ (?:cắt |tinh )?|cắt |tinh )(?:giảm|giản)[^.;,{COUNT}{PER_CENT}]{{0,24}}$"
)
_TO_A_DAY = re.compile(r"(?<!\w)(?:đến|trước|sau|từ) $")
_HUNDRED, _NEAR = 100, 12
_EDGE = re.compile(r"(?:(?<!\w)(?:từ|dưới|trên|tối thiểu|ít nhất|hơn|gần|khoảng)|[≥≤<>])\s?$")
#: Letters behind a figure in which its unit stands.
_LEAD = 32


def by_bands(
    block: Sequence[Stretch], rule: ToldRule, above: Sequence[Stretch] = ()
) -> Iterator[tuple[MarkedText, Checked]]:
    """Points against the values of their own sentence, else against all before them that no points were told for. Of
    points with the same values one is right: a claim, and what it was corrected to. ``above``: what stands before the
    rule, whose values are asked for where none are told behind it.
    """
    if is_excused(block):
        return
    events: list[Told] = []
    if not any(True for each in block for _ in _values_in(each, rule)):
        events += _before_rule(block[0], rule) or _of_one_band(above, rule)
    for each in block:
        told = [*points_in(each, rule), *_values_in(each, rule)]
        events += sorted(told, key=lambda one: one.at)
    groups: list[tuple[list[Told], list[Told]]] = []
    free: list[Told] = []
    for number, one in enumerate(events):
        if one.worth is not None:
            free.append(one)
            continue
        own = [value for value in free if value.sentence == one.sentence] or _behind(events, number)
        values = own or _of_the_item(free)
        if values or not groups:
            groups.append((list(values), []))
            free = [value for value in free if value not in values] if own else []
        groups[-1][1].append(one)
    for values, points in groups:
        if values:
            yield from _compared(values, points, rule)


def _of_the_item(values: Sequence[Told]) -> list[Told]:
    """The values without those of sentences that tell of another year or of a part, where others are told before."""
    years = [value_at(value.text, value.at).year for value in values]
    told = {year for year in years if year is not None}
    several = len(told) > 1
    current = [one for one, year in zip(values, years, strict=True) if not several or year in (None, max(told))]
    aside = _ASIDE if several else _ASIDE_YEAR
    plain = [value for value in current if not aside.match(value.text.text, value.sentence[1])]
    return plain or current


def _before_rule(own: Stretch, rule: ToldRule) -> list[Told]:
    """The values of the sentence that tells a rule, where none is told behind it: "đạt 92,4% (từ 90%: 1,5 điểm)"; else
    those of its paragraph before it.
    """
    first = own.text.letter(rule.start)
    sentence = own.text.period(first)[0]
    beside = list(_values_in(Stretch(own.text, sentence, first), rule))
    return beside or _of_one_band([Stretch(own.text, 0, sentence)], rule)


def _of_one_band(stretches: Sequence[Stretch], rule: ToldRule) -> list[Told]:
    """The values of text before a rule: only where they all are worth the same, so that it is known which is asked."""
    values = [one for each in stretches for one in _values_in(each, rule)]
    worths = {(one.worth.points, one.worth.inside) for one in values if one.worth is not None}
    return values if len(worths) == 1 or any(band.factor for band in rule.bands) else []


def _behind(events: Sequence[Told], number: int) -> list[Told]:
    """The values that points are given for behind them: "chấm 2 điểm với 1.245/1.262 hồ sơ"."""
    points = events[number]
    out: list[Told] = []
    for one in events[number + 1 :]:
        between = points.text.text[points.at + 1 : one.at]
        if one.worth is None or one.sentence != points.sentence or not (out or _FOR.match(between)):
            break
        out.append(one)
    return out


def _values_in(each: Stretch, rule: ToldRule) -> Iterator[Told]:
    unit = rule.bands[0].range
    for at, figure in each.text.figures(each.start, each.end, COUNT + PER_CENT + QUOTIENT):
        value = None if _is_no_value(each.text, at) else _value(each.text, at, figure, unit)
        if value is not None:
            basis = figure.text if unit.is_share else f"{figure.text} {unit.unit_text}"
            yield Told(each.text, at, figure, _worth(basis, value, rule.bands))


def _is_no_value(text: MarkedText, at: int) -> bool:
    """Whether a figure is a change ("tỷ lệ giảm" is none), an edge of a band, or about so much: "từ 85% trở lên",
    "đạt trên 95%".
    """
    if is_change(text, at) and not _RATE_OF_CHANGE.search(text.text, max(0, at - _LEAD), at):
        return True
    if text.text[max(0, at - 2) : at].rstrip().endswith(("/", "*", "×")):
        return True
    before = _EDGE.search(text.text, max(0, at - _NEAR), at)
    return before is not None or text.text.startswith((" trở lên", " trở xuống"), at + 1)


def _value(text: MarkedText, at: int, figure: TextFigure, unit: Range) -> Fraction | None:
    """The share or the number that a rule is asked about; None for any other figure."""
    behind = text.text[at + 1 : at + _LEAD].lstrip()
    if not unit.is_share:
        counts = text.text[at] == COUNT and figure.scale == 1 and bool(unit.unit_text)
        return figure.value if counts and behind.startswith(unit.unit_text.lower().split()[0]) else None
    if text.text[at] == PER_CENT and figure.over is None:
        return figure.readings[0] / _HUNDRED
    if figure.over is None or not figure.over.value or behind.startswith("điểm"):
        return None
    if not behind[:1].isalpha() and (
        figure.value > figure.over.value or _TO_A_DAY.search(text.text, max(0, at - _NEAR), at)
    ):
        return None  # "tính đến 15/12"
    return figure.value / figure.over.value


def _worth(basis: str, value: Fraction, bands: Sequence[Band]) -> Worth:
    band = next((band for band in bands if band.range.holds(value)), None)
    if band is None:
        return Worth(basis, None, inside=False)
    if band.factor is not None:
        return Worth(basis, band.factor * value, inside=True, rounded=True)
    return Worth(basis, band.points, inside=True)


def _compared(values: Sequence[Told], points: Sequence[Told], rule: ToldRule) -> Iterator[tuple[MarkedText, Checked]]:
    worths = [value.worth for value in values if value.worth is not None]
    inside = [worth for worth in worths if worth.inside]
    if not inside or any(worth.points is None for worth in inside):
        return
    inside += _together(values, rule)
    right = [one for one in points if any(_is_worth(one.figure, worth) for worth in inside)]
    for one in right:
        yield one.text, Checked("points", Fit.RIGHT, one.at, one.at + 1)
    if right:
        return
    meant = [one for one in values if one.worth is not None and one.worth.inside and is_meant(one, rule)]
    if not meant:
        return
    best = [one.worth for one in meant if one.sentence == meant[0].sentence and one.worth is not None][-1]
    one = points[-1]
    expected = in_form(one.figure, best.points or Fraction(0))
    told = finding(
        one.text, max(one.sentence[1], one.at - SHOWN), one.at + 1, StatementKind.RULE_POINTS, "rule_apart",
        at=one.at, stated=one.figure.digits, found=expected, severity=Severity.CHANGES_SCORE, sure=Sure.LIKELY,
        facts={"basis": best.basis},
    )  # fmt: skip
    yield one.text, Checked("points", Fit.WRONG, one.at, one.at + 1, told)


def _together(values: Sequence[Told], rule: ToldRule) -> list[Worth]:
    """What numbers of one sentence are worth together: "01 sáng kiến cấp tỉnh và 01 sáng kiến cấp cơ sở"; parts of
    wholes as one part of one whole.
    """
    if rule.bands[0].range.is_share:
        quotients = [(one.figure.value, one.figure.over.value) for one in values if one.figure.over is not None]
        part, whole = (sum(side, Fraction(0)) for side in zip(*quotients, strict=True)) if quotients else (0, 0)
        return [_worth("", Fraction(part) / whole, rule.bands)] if whole and len(quotients) > 1 else []
    sums: dict[tuple[int, int], list[Told]] = {}
    for one in values:
        sums.setdefault(one.sentence, []).append(one)
    totals = [(told[-1], sum((one.figure.value for one in told), Fraction(0))) for told in (*sums.values(), values)]
    return [_worth(one.figure.text, total, rule.bands) for one, total in totals]


def _is_worth(figure: TextFigure, worth: Worth) -> bool:
    """Whether points are those of a value: as they are, or rounded where they are a part of the maximum."""
    if worth.points is None:
        return False
    return any(
        reading == worth.points or (worth.rounded and prints_as(exactly(worth.points), figure, number))
        for number, reading in enumerate(figure.readings)
    )


def reached_band(text: MarkedText, rule: ToldRule) -> Iterator[tuple[MarkedText, Checked]]:
    """One band of a rule behind the value that reached it: "17/18 nhiệm vụ (94,4%); từ 90% đến dưới 100%: 3 điểm"."""
    band, start, end = rule.bands[0], text.letter(rule.start), text.letter(rule.end)
    before = text.text[text.period(start)[0] : start]
    given = text.figures(start, end, COUNT)
    if not band.points or not given or _AIM.search(before) or not band.range.is_share:
        return
    values = list(_values_in(Stretch(text, text.period(start)[0], start), rule))
    if not values or values[-1].worth is None or start - values[-1].at > _NEAR:
        return
    right = any(value.worth is not None and value.worth.inside for value in values)
    told = None
    at, figure = given[-1]
    if not right:
        told = finding(
            text, values[0].at, end, StatementKind.RULE_POINTS, "rule_not_met", at=at, stated=figure.digits,
            found="", severity=Severity.CHANGES_SCORE, sure=Sure.LIKELY, facts={"basis": values[-1].worth.basis},
        )  # fmt: skip
    yield text, Checked("points", Fit.WRONG if told else Fit.RIGHT, at, at + 1, told)
