"""What known margins take out of the sampling error: post-stratification and raking.

Weights that reproduce a population's margins remove from an estimate's error what the margins explain; only the
residual of its scores counts. The residuals are those of R's ``survey`` (``postStratify``, ``rake``), so that errors
agree: after post-stratification a score is taken from the mean of its class, weighted by the weights before; after
raking from the plain mean of its class, margin after margin, ten times.

Source: Särndal, Swensson and Wretman (1992), 7.6; Deville and Särndal, Journal of the American Statistical Association
87 (1992); Lumley, Complex Surveys (2010), 7.2.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from parindex.domain.survey.arrays import Codes, Floats

#: How often R goes through the margins.
RAKING_ROUNDS = 10


@dataclass(frozen=True, slots=True, eq=False)
class FittedMargin:
    """The classes of one margin: the class of each respondent, and the weights after and before it was fitted."""

    code: Codes
    after: Floats
    before: Floats

    @property
    def classes(self) -> int:
        """How many classes."""
        return int(self.code.max(initial=-1)) + 1


@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    """How the weights of a sample were fitted to margins: one after the other, or raked."""

    margins: tuple[FittedMargin, ...]
    raking: bool = False

    @classmethod
    def post_stratified(cls, code: Codes, before: Floats, after: Floats) -> Calibration:
        """Weights ``after`` post-stratification of ``before`` by the classes ``code``."""
        return cls((FittedMargin(code, after, before),))

    @classmethod
    def raked(cls, codes: list[Codes], weight: Floats) -> Calibration:
        """Weights raked to the margins ``codes`` until they changed no more."""
        return cls(tuple(FittedMargin(code, weight, weight) for code in codes), raking=True)

    def residuals(self, scores: Floats) -> Floats:
        """What the margins leave of weighted ``scores`` (respondents × variables).

        A margin takes a multiple of the weight off the scores, one multiple a class; only these are found by going
        round, from the sums of the classes.
        """
        off = [np.zeros((margin.classes, scores.shape[1])) for margin in self.margins]
        counted = [self._counted(margin) for margin in self.margins]
        sums = [_class_sums(one, counts[:, None] * scores) for one, counts in zip(self.margins, counted, strict=True)]
        crossed = [
            [_crossed(one, counts, other) for other in self.margins]
            for one, counts in zip(self.margins, counted, strict=True)
        ]
        for _ in range(RAKING_ROUNDS if self.raking else 1):
            for place, table in enumerate(crossed):
                left = sums[place] - sum(part @ taken for part, taken in zip(table, off, strict=True))
                size = np.diag(table[place])[:, None]
                off[place] += np.divide(left, size, out=np.zeros_like(left), where=size > 0)
        for margin, taken in zip(self.margins, off, strict=True):
            scores = scores - margin.after[:, None] * taken[margin.code]
        return scores

    def _counted(self, margin: FittedMargin) -> Floats:
        """What a weighted score counts for in the mean of its class: the unweighted score of a raked sample, otherwise
        the one by the weight before.
        """
        before = np.ones(len(margin.code)) if self.raking else margin.before
        return np.divide(before, margin.after, out=np.zeros(len(before)), where=margin.after != 0)


def _class_sums(margin: FittedMargin, values: Floats) -> Floats:
    return np.stack([np.bincount(margin.code, column, margin.classes) for column in values.T], axis=1)


def _crossed(one: FittedMargin, counted: Floats, other: FittedMargin) -> Floats:
    """What a unit taken off each class of the other margin (columns) takes off the class sums of one (rows)."""
    pairs = one.code * other.classes + other.code
    found = np.bincount(pairs, counted * other.after, one.classes * other.classes)
    return found.reshape(one.classes, other.classes).astype(np.float64, copy=False)
