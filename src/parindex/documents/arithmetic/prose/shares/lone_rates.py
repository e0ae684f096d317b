"""Per cents in a clause of their own, behind the two counts that they are told of: ``số hồ sơ đã giải quyết là 24.310;
số hồ sơ giải quyết đúng hạn là 23.960; tỷ lệ giải quyết đúng hạn đạt 98,56%``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from parindex.documents.arithmetic.figures import in_distinct_form
from parindex.documents.arithmetic.findings import StatementKind, Sure
from parindex.documents.arithmetic.prose.counted_things import alike
from parindex.documents.arithmetic.prose.fitting import Fit
from parindex.documents.arithmetic.prose.marked_text import COUNT, MARKS, PER_CENT, QUOTIENT, MarkedText
from parindex.documents.arithmetic.prose.shares.around import Surroundings
from parindex.documents.arithmetic.prose.shares.misprints import Whole, is_exchanged, is_right_of, misprint
from parindex.documents.arithmetic.prose.shares.told import ToldShare, told_shares
from parindex.documents.arithmetic.prose.statements import Checked, finding
from parindex.documents.arithmetic.prose.values import is_change, label_before, unit_behind

_ALL = 100
#: How easily a misprint may fit by accident, all pairs that are tried together; of so many counts before.
_ACCIDENTS = Fraction(12, 1000)
_MOST_COUNTS = 3
#: "…; tỷ lệ giải quyết đúng hạn đạt 98,56%", and no bracket with its own count behind it.
_RATE = re.compile(rf"(?<!\w)tỷ lệ(?P<what>[^.;:(){MARKS}]{{0,60}}?)(?:đạt|là|:|chiếm)?\s(?P<p>{PER_CENT})")
#: A rate that has the name of its part may fit so easily.
_NAMED, _FEWEST_WORDS = Fraction(40, 1000), 2
_FILLING = frozenset(("đã", "được", "các", "số", "của", "và"))
_PART_BEHIND = re.compile(rf"[^.;,{MARKS}]{{0,30}}[({COUNT}{QUOTIENT}]")
_FAR_AWAY = 420


def lone_rates(texts: Sequence[MarkedText], number: int) -> Iterator[Checked]:
    """Per cents told behind their two counts in clauses of their own: "đã giải quyết 24.310 hồ sơ; giải quyết đúng hạn
    23.960; tỷ lệ đúng hạn đạt 98,56%".
    """
    text = texts[number]
    rates = list(_RATE.finditer(text.text))
    if not rates:
        return
    around, taken = Surroundings(texts, number), {one.per_cent_at for one in told_shares(text)}
    for found in rates:
        at = found.start("p")
        before = [one for one in around.printed if one.at < at][-_MOST_COUNTS:]
        if at in taken or is_change(text, at) or _PART_BEHIND.match(text.text, at + 1) or len(before) < 2:
            continue
        per_cent, near = text.figure(at), [one for one in around.printed if abs(one.at - at) < _FAR_AWAY]
        pairs = [(part, whole) for part in near for whole in near if 0 < part.value < whole.value]
        shares = {
            part.at: ToldShare(text, part.at, at, part.figure, per_cent, False, "", "", ())
            for part, _ in pairs if part.figure is not None
        }  # fmt: skip
        if per_cent.value >= _ALL or any(is_right_of(shares[part.at], whole) for part, whole in pairs):
            continue
        tried = [(part, whole) for part, whole in pairs if part in before and whole in before]
        for part, whole in tried:
            if PER_CENT in text.text[min(part.at, whole.at) : at] or not alike(text, part.at, whole.at):
                continue  # they have a per cent of their own
            meant = misprint(shares[part.at], whole)
            if meant is None or meant.of_part:
                continue
            named = _names(text, found["what"], part.at) and len(tried) == 1
            likely = is_exchanged(shares[part.at], meant) and meant.chance * len(tried) <= _ACCIDENTS
            if likely or (named and meant.chance <= _NAMED):
                yield _told(shares[part.at], whole)
                break


def _names(text: MarkedText, what: str, at: int) -> bool:
    """Whether a rate is told of what the count at ``at`` is named: "xử lý đúng hạn", all of its words."""
    words = set(what.split()) - _FILLING
    return len(words) >= _FEWEST_WORDS and words <= label_before(text, at) | set(unit_behind(text, at).split())


def _told(share: ToldShare, whole: Whole) -> Checked:
    start, end = min(share.at, whole.at), share.end
    digits = whole.figure.digits if whole.figure is not None else ""
    told = finding(
        share.text, start, end, StatementKind.RATIO, "ratio_apart", at=share.per_cent_at, sure=Sure.LIKELY,
        stated=share.per_cent.digits, found=in_distinct_form(share.per_cent, _ALL * share.part.value / whole.value),
        facts={"part": share.part.digits, "whole": digits},
    )  # fmt: skip
    return Checked("ratios", Fit.WRONG, start, end, told)
