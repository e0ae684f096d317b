"""What is frozen of figures and sheets gives the same figures and sheets back."""

from __future__ import annotations

import pytest
from tests.factories.random_cycles import random_cycle

from parindex.domain.publication.freezing import GroupTitle, frozen_group
from parindex.domain.publication.recomputation import figures_of, outcome_of, recomputed, sheets_of


@pytest.mark.parametrize("seed", range(12))
def test_freezing_is_the_way_back(seed: int) -> None:
    for group in random_cycle(seed).stored.snapshot.groups:
        title = GroupTitle(group.code, group.title)
        again = frozen_group(title, group.criteria_set, group.set_fingerprint, figures_of(group), sheets_of(group))
        assert (again.units, list(again.items)) == (group.units, list(group.items))
        assert outcome_of("", recomputed(again, final=False)) == outcome_of("", recomputed(group, final=False))
        for code, item in again.items.items():
            before = group.items[code]
            assert (item.states, item.errors, item.reasons) == (before.states, before.errors, before.reasons)
            assert {one: texts for one, texts in item.typed.items() if any(texts)} == {
                one: texts for one, texts in before.typed.items() if any(texts)
            }
