"""Per cents of pairs, as reports of the enforcement of judgments tell them: ``có điều kiện thi hành 1.210 việc/148,2 tỷ
đồng; đã thi hành xong 944 việc/61,3 tỷ đồng (đạt 78,02% về việc và 41,36% về tiền)``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from parindex.documents.arithmetic.figures import in_distinct_form
from parindex.documents.arithmetic.findings import StatementKind, Sure
from parindex.documents.arithmetic.prose.counted_things import alike
from parindex.documents.arithmetic.prose.fitting import Fit
from parindex.documents.arithmetic.prose.marked_text import COUNT, MARKS, PER_CENT, MarkedText
from parindex.documents.arithmetic.prose.share_misprints import Whole, is_right_of, misprint
from parindex.documents.arithmetic.prose.statements import Checked, finding
from parindex.documents.arithmetic.prose.told_shares import ToldShare

_UNIT = r"\s[^\W\d_]{2,10}(?:\s[^\W\d_]{2,10})?"
_PAIR = re.compile(rf"(?P<a>{COUNT}){_UNIT}\s?/\s?(?P<b>{COUNT})")
#: Both per cents in one bracket, or behind a comma.
_RATES = re.compile(
    rf"[^.;(){MARKS}]{{0,40}}[,(][^.;(){MARKS}]{{0,30}}?(?P<p>{PER_CENT})[^.;(){MARKS}]{{0,40}}?(?:và|,|/)"
    rf"[^.;(){MARKS}]{{0,20}}?(?P<q>{PER_CENT})"
)
#: How many of the figures that are tried may fit by accident: the pairs before are its wholes, and few.
_ACCIDENTS = Fraction(80, 1000)
_MOST_PAIRS = 6


def paired_shares(text: MarkedText) -> Iterator[Checked]:
    """Every per cent of a pair beside the pairs before it."""
    if "/" not in text.text or PER_CENT not in text.text:
        return
    pairs = list(_PAIR.finditer(text.text))
    for number, pair in enumerate(pairs):
        rates = _RATES.match(text.text, pair.end())
        before = pairs[max(0, number - _MOST_PAIRS) : number]
        if rates is None:
            continue
        for name, rate in (("a", "p"), ("b", "q")):
            at, per_cent_at = pair.start(name), rates.start(rate)
            wholes = [one.start(name) for one in before if alike(text, one.start(name), at)]
            yield from _checked(text, at, per_cent_at, wholes)


def _checked(text: MarkedText, at: int, per_cent_at: int, places: Sequence[int]) -> Iterator[Checked]:
    part, per_cent = text.figure(at), text.figure(per_cent_at)
    share = ToldShare(text, at, per_cent_at, part, per_cent, False, "", "", ())
    wholes = [Whole(text.figure(place), place) for place in places if text.figure(place).value >= part.value]
    if any(is_right_of(share, whole) for whole in wholes):
        yield Checked("ratios", Fit.RIGHT, at, per_cent_at + 1)
        return
    for whole in reversed(wholes):
        meant = misprint(share, whole)
        if meant is None or meant.of_part or meant.chance > _ACCIDENTS or whole.figure is None:
            continue
        told = finding(
            text, at, per_cent_at + 1, StatementKind.RATIO, "ratio_apart", at=per_cent_at, stated=per_cent.digits,
            found=in_distinct_form(per_cent, 100 * part.value / whole.value), sure=Sure.LIKELY,
            facts={"part": part.digits, "whole": whole.figure.digits},
        )  # fmt: skip
        yield Checked("ratios", Fit.WRONG, at, per_cent_at + 1, told)
        return
