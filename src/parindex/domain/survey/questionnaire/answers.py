"""What respondents answered, as the estimates take it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from parindex.domain.survey.arrays import Floats
from parindex.domain.survey.questionnaire.variables import Variables, values_of


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """What was answered: codes as given (respondents × items), options chosen (by question), numbers (by column)."""

    given: Floats
    chosen: Mapping[str, Floats]
    numbers: Mapping[str, Floats]


def number_of(variables: Variables, answers: Answers, name: str) -> Floats:
    """A column of numbers: one of the data, or the values of an item."""
    if name in answers.numbers:
        return answers.numbers[name]
    return np.asarray(values_of(variables, answers.given)[:, variables.codes.index(name)])
