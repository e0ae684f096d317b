"""Per cents of pairs, as reports of the enforcement of judgments tell them: ``có điều kiện thi hành 1.210 việc/148,2 tỷ
đồng; đã thi hành xong 944 việc/61,3 tỷ đồng (đạt 78,02% về việc và 41,36% về tiền)``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from parindex.documents.arithmetic.figures import in_distinct_form
from parindex.documents.arithmetic.findings import StatementKind, Sure
from parindex.documents.arithmetic.prose.counted_things import alike
from parindex.documents.arithmetic.prose.fitting import Fit, is_about
from parindex.documents.arithmetic.prose.marked_text import COUNT, MARKS, PER_CENT, MarkedText
from parindex.documents.arithmetic.prose.shares.misprints import Whole, is_right_of, misprint
from parindex.documents.arithmetic.prose.shares.told import ToldShare
from parindex.documents.arithmetic.prose.statements import Checked, finding

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


@dataclass(frozen=True, slots=True)
class _Rate:
    """One per cent of a pair: its share, and the counts of the pairs before that it may be one of."""

    share: ToldShare
    wholes: tuple[Whole, ...]

    @property
    def right_of(self) -> int | None:
        """The number of the pair before that it is right of."""
        return next((at for at, whole in enumerate(self.wholes) if is_right_of(self.share, whole)), None)


def paired_shares(text: MarkedText) -> Iterator[Checked]:
    """Every per cent of a pair beside the pairs before it. Where one of the two is right of a pair, the other is told
    of the same; else a misprint must explain it.
    """
    if "/" not in text.text or PER_CENT not in text.text:
        return
    pairs = list(_PAIR.finditer(text.text))
    for number, pair in enumerate(pairs):
        rates = _RATES.match(text.text, pair.end())
        before = pairs[max(0, number - _MOST_PAIRS) : number]
        if rates is None or not before:
            continue
        first, second = (
            _rate(text, pair.start(name), rates.start(rate), [one.start(name) for one in before])
            for name, rate in (("a", "p"), ("b", "q"))
        )
        yield from _checked(first, second.right_of)
        yield from _checked(second, first.right_of)


def _rate(text: MarkedText, at: int, per_cent_at: int, places: Sequence[int]) -> _Rate:
    loose = is_about(text.text, per_cent_at)
    share = ToldShare(text, at, per_cent_at, text.figure(at), text.figure(per_cent_at), loose, "", "", ())
    return _Rate(share, tuple(Whole(text.figure(place), place) for place in places))


def _checked(rate: _Rate, of_other: int | None) -> Iterator[Checked]:
    """A per cent of a pair; ``of_other``: the pair that the other one is right of."""
    share = rate.share
    if rate.right_of is not None:
        yield Checked("ratios", Fit.RIGHT, share.start, share.end)
        return
    if of_other is not None and not share.loose and rate.wholes[of_other].value >= share.part.value:
        yield _told(share, rate.wholes[of_other])
        return
    for whole in reversed(rate.wholes):
        if whole.value < share.part.value or not alike(share.text, whole.at, share.at):
            continue
        meant = misprint(share, whole)
        if meant is not None and not meant.of_part and meant.chance <= _ACCIDENTS:
            yield _told(share, whole)
            return


def _told(share: ToldShare, whole: Whole) -> Checked:
    digits = whole.figure.digits if whole.figure is not None else ""
    told = finding(
        share.text, share.start, share.end, StatementKind.RATIO, "ratio_apart", at=share.per_cent_at,
        stated=share.per_cent.digits, sure=Sure.LIKELY, facts={"part": share.part.digits, "whole": digits},
        found=in_distinct_form(share.per_cent, 100 * share.part.value / whole.value),
    )  # fmt: skip
    return Checked("ratios", Fit.WRONG, share.start, share.end, told)
