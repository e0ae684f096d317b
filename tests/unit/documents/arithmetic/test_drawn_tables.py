"""Tables drawn at random: correct ones yield nothing however they were rounded, one wrong cell is found."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.papers.drawn_tables import TABLES, Drawn, with_a_slip

from parindex.documents.arithmetic.tables.statements import find

SEEDS = st.integers(min_value=0, max_value=10**9)
FEW = settings(max_examples=8, deadline=None)


@pytest.mark.parametrize("table", TABLES, ids=lambda one: one.__name__)
def test_a_correct_table_yields_nothing(table: Callable[[Random], Drawn]) -> None:
    @FEW
    @given(SEEDS)
    def yields_nothing(seed: int) -> None:
        found, _ = find(table(Random(seed)).blocks())
        assert found == []

    yields_nothing()


@pytest.mark.parametrize("table", TABLES, ids=lambda one: one.__name__)
def test_one_wrong_cell_is_found(table: Callable[[Random], Drawn]) -> None:
    """In its row, or in the group or total that it belongs to; what follows from it is not said again and again."""

    @FEW
    @given(SEEDS)
    def is_found(seed: int) -> None:
        draw = Random(seed)
        drawn = table(draw)
        if len(drawn.rows) < 7:
            return
        with_a_slip(drawn, draw)
        found, _ = find(drawn.blocks())
        assert 1 <= len(found) <= 3

    is_found()
