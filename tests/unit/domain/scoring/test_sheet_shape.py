"""Score sheets check their own shape and find their units."""

from __future__ import annotations

import numpy as np
import pytest
from tests.builders import units

from parindex.domain.errors import InvalidValue
from parindex.domain.scoring.score_sheet import ScoreSheets


def test_a_sheet_has_one_state_for_each_item_of_each_unit() -> None:
    with pytest.raises(InvalidValue) as refused:
        ScoreSheets(units("a", "b"), ("1.1",), np.zeros((2, 1), dtype=np.int8))
    assert (refused.value.kind, refused.value.facts["shape"]) == ("sheet_shape", (2, 1))


def test_a_unit_is_found_by_its_id() -> None:
    sheets = ScoreSheets.empty(units("a", "b"), ("1.1",))
    assert (sheets.row_of("a"), sheets.row_of("b")) == (0, 1)
