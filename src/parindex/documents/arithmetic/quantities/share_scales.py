"""Amounts of money whose per cent shows another scale: ``Đã giải ngân 11.856 tỷ đồng, đạt 95% kế hoạch`` below a plan
of ``12.480 triệu đồng``; ``30% là 2.527,8 tỷ đồng, … 70% là 5.898,2 triệu đồng``.

What an amount is a share of, or what another share in the same clause makes it, is a thousand times smaller or larger
than printed, and exactly so: with three digits and more hardly ever an accident.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from parindex.documents.arithmetic.about_words import PASSED_OVER
from parindex.documents.arithmetic.figures import TextFigure
from parindex.documents.arithmetic.findings import Severity, StatementFinding, StatementKind, Sure
from parindex.documents.arithmetic.misprints import digits_of
from parindex.documents.arithmetic.passages import Passage
from parindex.documents.arithmetic.quantities.amount_scales import RESCALED
from parindex.documents.arithmetic.references.named_papers import quoted

_MONEY = re.compile(r"\s{0,2}(?:đồng|VNĐ|VND|đ(?!\w))(?!\s?/)", re.IGNORECASE)
#: An amount and the per cent behind it, and a per cent that is put at an amount.
_SHARE = re.compile(
    r"(?:\s[^\W\d_]+){0,4}?(?:,|\s?\(|\s)\s?(?:(?:tương ứng|và|cũng|đã)\s)?"
    rf"(?:(?:đạt|bằng|chiếm|tương đương|tỷ lệ|tỉ lệ|hoàn thành)\s){{1,3}}{PASSED_OVER}"
    r"|\s?\((?:đạt |bằng |chiếm )?",
    re.IGNORECASE,
)
_PUT_AT = re.compile(r"\s(?:là|:|tương ứng|bằng|được)\s|\s?[:(]\s?", re.IGNORECASE)
_UNITS = {10**3: "nghìn đồng", 10**6: "triệu đồng", 10**9: "tỷ đồng"}
_THOUSAND = 1000
_FEWEST_DIGITS = 3
#: The whole stands in the same paragraph or in one of so many before it.
_LOOK_BACK = 3
_MOST = 400


@dataclass(frozen=True, slots=True)
class _Share:
    """An amount, what ends behind its unit, and its per cent; ``put``: the per cent stands first."""

    figure: TextFigure
    end: int
    percent: TextFigure | None = None
    put: bool = False


def shares_apart(passages: Sequence[Passage]) -> Iterator[StatementFinding]:
    """The amounts that fit their per cent only a thousand times smaller or larger."""
    known: list[tuple[Passage, list[_Share]]] = []
    for passage in passages:
        amounts = list(_amounts(passage)) if "đồng" in passage.text or "VN" in passage.text else []
        yield from _wrong_wholes(passage, amounts, known)
        yield from _wrong_parts(passage, amounts)
        known.append((passage, amounts))


def _amounts(passage: Passage) -> Iterator[_Share]:
    text, figures = passage.text, passage.figures[:_MOST]
    for at, figure in enumerate(figures):
        unit = _MONEY.match(text, figure.end)
        if unit is None or figure.named or figure.percent or figure.over is not None or figure.value <= 0:
            continue
        behind = figures[at + 1] if at + 1 < len(figures) else None
        if behind is not None and behind.percent and _SHARE.fullmatch(text, unit.end(), behind.start):
            yield _Share(figure, unit.end(), behind)
        elif at and figures[at - 1].percent and _PUT_AT.fullmatch(text, figures[at - 1].end, figure.start):
            yield _Share(figure, unit.end(), figures[at - 1], put=True)
        else:
            yield _Share(figure, unit.end())


def _wrong_wholes(
    passage: Passage, amounts: Sequence[_Share], known: Sequence[tuple[Passage, list[_Share]]]
) -> Iterator[StatementFinding]:
    """Amounts that are so many per cent of one told in another scale, and of none as printed."""
    around = [(passage, one) for one in amounts]
    around += [(before, one) for before, ones in known[-_LOOK_BACK:] for one in ones]
    for one in amounts:
        if one.percent is None or one.put or not _is_telling(one):
            continue
        others = [(where, other) for where, other in around if other is not one and _is_exact(other.figure)]
        if any(_is_share(one, other, Fraction(1)) for _, other in others):
            continue
        for where, other in others:
            for times in (Fraction(_THOUSAND), Fraction(1, _THOUSAND)):
                if _is_share(one, other, times) and times * one.figure.scale in _UNITS:
                    yield _finding(passage, one, _UNITS[int(times * one.figure.scale)], where, other)
                    break
            else:
                continue
            break


def _wrong_parts(passage: Passage, amounts: Sequence[_Share]) -> Iterator[StatementFinding]:
    """Of two amounts with the per cents of one whole one that is a thousand times too large or small."""
    for one, other in zip(amounts, amounts[1:], strict=False):
        if one.percent is None or other.percent is None or one.put != other.put:
            continue
        if one.percent.value + other.percent.value != 100 or not (_is_telling(one) and _is_telling(other)):
            continue
        ratio = one.figure.value * other.percent.value / (other.figure.value * one.percent.value)
        exact = min(len(_digits(one.figure)), len(_digits(other.figure)))
        near = Fraction(2, 10**exact) + sum(
            each.step() / each.value for each in (one.percent, other.percent) if each.places[0]
        )
        for wrong, right, times in ((other, one, ratio), (one, other, 1 / ratio)):
            meant = next((each for each in (_THOUSAND, Fraction(1, _THOUSAND)) if abs(times / each - 1) < near), None)
            scale = wrong.figure.scale * meant if meant is not None else 0
            if meant is not None and scale in _UNITS and right.figure.scale == scale and _is_odd(wrong, amounts):
                yield _finding(passage, wrong, _UNITS[int(scale)], passage, right)
                break


def _is_odd(wrong: _Share, amounts: Sequence[_Share]) -> bool:
    """Whether no other amount of the paragraph is in its scale."""
    return sum(each.figure.scale == wrong.figure.scale for each in amounts) == 1


def _digits(figure: TextFigure) -> str:
    """The digits that tell it apart."""
    return digits_of(figure.digits).strip("0")


def _is_exact(figure: TextFigure) -> bool:
    return len(_digits(figure)) > 1


def _is_telling(one: _Share) -> bool:
    return one.percent is not None and one.percent.value > 0 and len(_digits(one.figure)) >= _FEWEST_DIGITS


def _is_share(one: _Share, other: _Share, times: Fraction) -> bool:
    """Whether ``times`` an amount is its per cent of another, as both are rounded."""
    percent = one.percent
    if percent is None:
        return False
    share = one.figure.value * times * 100 / other.figure.value
    rounding = share * (one.figure.step() / one.figure.value + other.figure.step() / other.figure.value) / 2
    return any(abs(share - read) <= percent.step(at) / 2 + rounding for at, read in enumerate(percent.readings))


def _finding(passage: Passage, wrong: _Share, unit: str, where: Passage, other: _Share) -> StatementFinding:
    text, figure = passage.text, wrong.figure
    facts = {
        "other": where.text[other.figure.start : other.end].strip(), "at": where.place_at(other.figure.start),
    }  # fmt: skip
    return StatementFinding(
        StatementKind.WRONG_UNIT, Severity.WRONG_FIGURE, Sure.LIKELY, passage.place_at(figure.start),
        quoted(text, figure.start, figure.end), text[figure.start : wrong.end].strip(), f"{figure.digits} {unit}",
        RESCALED, facts,
    )  # fmt: skip
