"""Items without an answer, told apart by why."""

from __future__ import annotations

import numpy as np

from parindex.domain.survey.non_response import item_non_response
from parindex.domain.survey.variables import Item, Variables


def test_blank_unknown_and_refused_are_counted_apart() -> None:
    form = Variables((Item("q01", unknown=(8,), refused=(9,)), Item("q02")))
    answers = np.array([[5, 1], [8, 2], [9, 3], [np.nan, 4]])
    found = item_non_response(form, answers, np.array([1.0, 1.0, 2.0, 4.0]))
    assert [one.as_data() for one in found] == [
        {"variable": "q01", "answered": 1, "unknown": 1, "refused": 1, "blank": 1, "share": 0.875},
        {"variable": "q02", "answered": 4, "unknown": 0, "refused": 0, "blank": 0, "share": 0.0},
    ]
