"""How many respondents left an item without an answer, did not know, or refused."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from parindex.domain.survey.design import Floats
from parindex.domain.survey.variables import Variables


@dataclass(frozen=True, slots=True)
class ItemNonResponse:
    """What one item got: answers on its scale, "don't know", refusals, blanks; ``share`` is the weighted share of all
    respondents without an answer on the scale.
    """

    variable: str
    answered: int
    unknown: int
    refused: int
    blank: int
    share: float

    def as_data(self) -> dict[str, Any]:
        """For machines."""
        return asdict(self)


def item_non_response(variables: Variables, answers: Floats, weight: Floats) -> list[ItemNonResponse]:
    """Every item's, in order; ``answers`` are codes as given (respondents × items, NaN: blank)."""
    found = []
    for position, item in enumerate(variables.items):
        given = answers[:, position]
        unknown, refused = np.isin(given, item.unknown), np.isin(given, item.refused)
        without = np.isnan(given) | unknown | refused
        found.append(
            ItemNonResponse(
                variable=item.code,
                answered=int(np.count_nonzero(~without)),
                unknown=int(np.count_nonzero(unknown)),
                refused=int(np.count_nonzero(refused)),
                blank=int(np.count_nonzero(np.isnan(given))),
                share=float(weight[without].sum() / weight.sum()),
            )
        )
    return found
