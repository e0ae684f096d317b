"""How many respondents left an item without an answer, did not know, or refused.

Those to whom the item was not put, by a skip condition or their group, are no missing answers; nor is "don't know"
where it is declared an answer.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from parindex.domain.survey.arrays import Floats
from parindex.domain.survey.questionnaire.asked_questions import GivenAnswers, asked_of
from parindex.domain.survey.questionnaire.variables import DontKnow


@dataclass(frozen=True, slots=True)
class ItemNonResponse:
    """What one item got of those who were ``asked``: answers on its scale, "don't know", refusals, blanks; ``share`` is
    the weighted share of them without an answer (None: nobody was asked), which the counts do not make.
    """

    variable: str
    asked: int
    answered: int
    unknown: int
    refused: int
    blank: int
    share: float | None

    def as_data(self) -> dict[str, Any]:
        """For machines."""
        return asdict(self)


def item_non_response(given: GivenAnswers, weight: Floats) -> list[ItemNonResponse]:
    """Every item's, in order; ``weight`` by respondent."""
    found = []
    for position, item in enumerate(given.variables.items):
        answer = given.answers.given[:, position]
        asked = asked_of(given, item.code)
        unknown, refused = np.isin(answer, item.unknown), np.isin(answer, item.refused)
        blank = asked & np.isnan(answer)
        missing = blank | refused | (unknown & (given.variables.dont_know is DontKnow.MISSING))
        whole = float(weight[asked].sum())
        found.append(
            ItemNonResponse(
                variable=item.code,
                asked=int(np.count_nonzero(asked)),
                answered=int(np.count_nonzero(asked & ~(blank | unknown | refused))),
                unknown=int(np.count_nonzero(unknown)),
                refused=int(np.count_nonzero(refused)),
                blank=int(np.count_nonzero(blank)),
                share=float(weight[missing].sum()) / whole if whole else None,
            )
        )
    return found
