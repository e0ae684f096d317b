"""Grades: bands of the index, closed at their lower edge (decision 2270: "từ 85 % trở lên": 85 itself is Tốt)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from parindex.domain.criteria.criteria_set import Grade
from parindex.domain.values import Mask, Numbers


def grade_positions(graded: Numbers, has_index: Mask, grades: Sequence[Grade]) -> NDArray[np.int8]:
    """Per unit the position in ``grades`` of the highest grade whose lower edge ``graded`` (the index, or the points
    where the set grades by points) reaches; −1 where none or no index.
    """
    found = np.full(len(graded), -1, dtype=np.int8)
    for position in sorted(range(len(grades)), key=lambda one: grades[one].lower):
        found[graded.at_least(grades[position].lower) & has_index] = position
    return found
