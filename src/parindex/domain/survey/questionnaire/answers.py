"""What respondents answered, as the estimates take it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from parindex.domain.survey.arrays import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """What was answered: codes as given (respondents × items), options chosen (by question), numbers (by column)."""

    given: Floats
    chosen: Mapping[str, Floats]
    numbers: Mapping[str, Floats]
