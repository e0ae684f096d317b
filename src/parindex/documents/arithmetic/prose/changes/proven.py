"""Changes that their two values prove, their direction, and the per cent beside them: ``trước khi đơn giản hóa là
4.826.400.000 đồng; sau đơn giản hóa là 3.571.536.000 đồng; tiết kiệm được 1.254.864.000 đồng, tỷ lệ cắt giảm 26,00%``.

That two printed values differ by exactly a third is no accident where each has three digits or more; so the per cent
beside the change can only be told of one of the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import permutations

from parindex.documents.arithmetic.figures import TextFigure, in_distinct_form
from parindex.documents.arithmetic.findings import StatementKind, Sure
from parindex.documents.arithmetic.misprints import digits_of
from parindex.documents.arithmetic.prose.changes.wrong_changes import change_turned, printed
from parindex.documents.arithmetic.prose.counted_things import count_alike
from parindex.documents.arithmetic.prose.fitting import Fit, exactly, is_about, prints_as
from parindex.documents.arithmetic.prose.marked_text import COUNT, MARKS, PER_CENT, MarkedText
from parindex.documents.arithmetic.prose.statements import Checked, finding
from parindex.documents.arithmetic.prose.values import is_change, unit_behind

_SAVED = re.compile(
    rf"(?<!\w)(?P<dir>tiết kiệm|cắt giảm|giảm|tăng|chênh lệch|rút ngắn|dôi dư|thiếu)(?!\w)[^.;:,(){MARKS}]{{0,25}}"
    rf"(?P<c>{COUNT})"
)
#: "…, tỷ lệ cắt giảm 26,00%", "… (tương ứng 26%)", "… đạt tỷ lệ tiết kiệm 26%".
_RATE = re.compile(
    rf"[^.;:,(){MARKS}]{{0,30}}[,(]?\s(?:(?:tương ứng|tương đương|với|đạt|bằng|tức|hay|ứng với)\s){{0,2}}"
    rf"(?:tỷ lệ\s)?(?:cắt giảm|giảm|tiết kiệm|tăng)?\s?(?:là |đạt |: ?)?(?P<p>{PER_CENT})(?!\s?so với)"
)
_UP, _DOWN = ("tăng",), ("giảm",)
#: Between a value and its change, that it is another one that changed.
_DENIED = re.compile(r"[.;()]|so với|(?<!\w)không(?!\w)|trong đó")
#: The nearer value is that of another time: "87,84 điểm, quý III là 85,10 điểm, tăng 2,74 điểm".
_OTHER_TIME = re.compile(r"(?<!\w)(?:năm|quý|tháng|kỳ|khóa|trước|kế hoạch|chỉ tiêu|tối đa)(?!\w)")
#: "91,36 điểm; so với 89,05 điểm của năm 2023, tăng 2,31 điểm": the nearer value is what the other is held against.
_HELD_AGAINST = re.compile(rf"(?<!\w)so với\s[^.;:,(){MARKS}]{{0,40}}$")
_BESIDE = 40
_ALL = 100
_FEWEST_DIGITS = 3
_MOST = 6
_Told = tuple[int, TextFigure]
_REACH = 420


def proven_changes(text: MarkedText) -> Iterator[Checked]:
    """Every saving, or other change, with the two values of its sentence that prove it."""
    for found in _SAVED.finditer(text.text):
        at = found.start("c")
        by = text.figure(at)
        if is_about(text.text, at) or not _has_digits(by):
            continue
        values = _values(text, found.start(), at)
        proof = next(((a, b) for a, b in permutations(values, 2) if a[1].value - b[1].value == by.value), None)
        if proof is not None:
            yield from _rate(text, at, by, proof)
            turned = _turned(text, found, at, values)
            if turned is not None:
                yield turned


def _turned(
    text: MarkedText, found: re.Match[str], at: int, values: Sequence[tuple[int, TextFigure]]
) -> Checked | None:
    """A change whose value, the nearest before it, went the other way from one told before: "tự chấm 88,46; thẩm định
    84,91, tăng 3,55 điểm".
    """
    by, up = text.figure(at), found["dir"] in _UP
    if found["dir"] not in (*_UP, *_DOWN) or len(values) < 2:
        return None
    new_at, new = values[-1]
    old_at, old = next(
        (each for each in reversed(values[:-1]) if abs(each[1].value - new.value) == by.value), (new_at, None)
    )
    near, apart = text.text[new_at + 1 : found.start()], text.text[old_at + 1 : new_at] if old is not None else ""
    before = text.text[text.period(new_at)[0] : new_at]
    if (
        old is None
        or _OTHER_TIME.search(apart)
        or _HELD_AGAINST.search(apart)
        or len(near) > _BESIDE
        or _DENIED.search(near)
        or before.count("(") > before.count(")")
    ):
        return None
    if (new.value > old.value) == up:
        return None
    told = change_turned(text, (new_at, at + 1), at, printed(old, new), up=up)
    return Checked("differences", Fit.WRONG, new_at, at + 1, told)


def _has_digits(figure: TextFigure) -> bool:
    return len(digits_of(figure.digits).strip("0")) >= _FEWEST_DIGITS


def _values(text: MarkedText, start: int, at: int) -> Sequence[_Told]:
    """The counts before a change, in its sentence, that count what it does, each with three digits or more."""
    first = max(text.period(start)[0], start - _REACH)
    unit = unit_behind(text, at)
    return [
        (place, figure) for place, figure in text.figures(first, start, COUNT)[-_MOST:]
        if figure.scale == text.figure(at).scale and _has_digits(figure) and not _is_change(text, place)
        and _counts(unit_behind(text, place), unit, figure) and not is_about(text.text, place)
    ]  # fmt: skip


def _is_change(text: MarkedText, at: int) -> bool:
    """Whether the figure at ``at`` is a change itself; "trước khi cắt giảm là 3.640" is none."""
    return is_change(text, at) and not text.text[max(0, at - 4) : at].endswith(("là ", ": "))


def _counts(own: str, unit: str, figure: TextFigure) -> bool:
    """Whether a value counts what the change does; points go without their unit."""
    return count_alike(own, unit) or (not own and unit.startswith("điểm") and bool(figure.places[0]))


def _rate(text: MarkedText, at: int, by: TextFigure, proof: tuple[_Told, _Told]) -> Iterator[Checked]:
    """The per cent right behind a proven change: of either value, or what is left."""
    found = _RATE.match(text.text, at + 1)
    if found is None:
        return
    rate_at = found.start("p")
    rate, (_, more), (_, less) = text.figure(rate_at), *proof
    ways = [Fraction(_ALL * by.value / more.value), Fraction(_ALL * by.value / less.value)]
    ways += [_ALL - ways[0], _ALL + ways[1]]
    begin, end = min(proof[0][0], proof[1][0]), rate_at + 1
    loose = is_about(text.text, rate_at)
    if any(
        prints_as(exactly(way), rate, reading, loose=loose) for way in ways for reading in range(len(rate.readings))
    ):
        yield Checked("differences", Fit.RIGHT, begin, end)
        return
    grown = proof[0][0] > proof[1][0]
    old, new = (less, more) if grown else (more, less)
    told = finding(
        text, begin, end, StatementKind.DIFFERENCE, "growth_apart", at=rate_at, sure=Sure.LIKELY,
        stated=rate.digits, found=in_distinct_form(rate, ways[1] if grown else ways[0]),
        facts={"new": new.digits, "by": by.digits, "old": old.digits},
    )  # fmt: skip
    yield Checked("differences", Fit.WRONG, begin, end, told)
