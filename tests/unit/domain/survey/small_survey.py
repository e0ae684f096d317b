"""A small survey of two provinces: four districts each, three respondents in a district."""

from __future__ import annotations

import numpy as np

from parindex.domain.survey.estimation.tabulation import Grouping
from parindex.domain.survey.questionnaire.answers import Answers
from parindex.domain.survey.questionnaire.variables import Choice, Item, Ratio, Variables
from parindex.domain.survey.sample.design import Sample
from parindex.domain.survey.sample.design_check import DesignColumns, sample_of

SIZE = 24
PROVINCE = Grouping("province", np.repeat([0, 1], 12), ("01", "02"))
SEX = Grouping("sex", np.arange(SIZE) % 2, ("f", "m"))
DRAWN = DesignColumns(
    strata=PROVINCE.code,
    clusters=[np.repeat(np.arange(8), 3)],
    populations=[np.repeat([9.0, 12.0], 12)],
    fractions=[None],
    weight=np.linspace(1, 3, SIZE),
)
FORM = Variables(
    items=(Item("q01"), Item("q02", unknown=(9,)), Item("q03", reversed=True)),
    groups={"g1": ("q01", "q02"), "g2": ("q03",)},
    choices=(Choice("w", {"1": "Nhanh", "2": "Rẻ"}),),
    numbers=("age",),
    ratios=(Ratio("r", "age", "q01"),),
)


def sample() -> Sample:
    return sample_of(DRAWN)


def answers(shift: int = 0) -> Answers:
    """Answers that differ from respondent to respondent; ``shift`` gives those of another year."""
    rows = np.arange(SIZE)
    given = np.column_stack([1 + (rows + shift) % 5, 1 + (2 * rows + shift) % 5, 1 + (3 * rows) % 5]).astype(float)
    given[4, 1] = 9
    given[7, 0] = np.nan
    chosen = np.column_stack([rows % 2, rows % 3 == 0]).astype(float)
    chosen[5] = np.nan
    return Answers(given, {"w": chosen}, {"age": 20.0 + rows})
