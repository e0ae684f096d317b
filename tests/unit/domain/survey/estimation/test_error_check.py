"""The linearised errors of tables beside replicated ones."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.unit.domain.survey.small_survey import DRAWN, FORM, PROVINCE, SIZE, answers, sample

from parindex.domain.survey.estimation.error_check import error_check
from parindex.domain.survey.estimation.replicates import bootstrap, jackknife
from parindex.domain.survey.estimation.tabulation import EstimateTable, Figure, Grouping, Margin, margins, tabulate
from parindex.domain.survey.sample.design_check import sample_of


def tables_by(grouping: Grouping, minimum: int = 1) -> tuple[list[EstimateTable], tuple[Margin, ...]]:
    by = margins([grouping], SIZE)
    return tabulate(sample(), FORM, answers(), by, confidence=0.95, minimum=minimum), by


def test_every_error_has_one_beside_it_and_the_farthest_are_named() -> None:
    tables, by = tables_by(PROVINCE)
    found = error_check(jackknife(sample()), tables, by)
    ratios = {}
    for table, errors in zip(tables, found.errors, strict=True):
        for margin, one, again in zip(by, table.estimates, errors, strict=True):
            assert again.shape == one.se.shape
            for cell, names in enumerate(margin.by):
                for at, variable in enumerate(table.variables):
                    if one.se[cell, at] > 0:
                        ratios[table.figure, variable, names["province"]] = again[cell, at] / one.se[cell, at]
                    else:
                        assert again[cell, at] == pytest.approx(0, abs=1e-12)
    assert (found.replicates, found.compared, found.unreplicated) == (8, len(ratios), 0)
    for extreme, farthest in ((found.smallest, min), (found.largest, max)):
        assert extreme is not None
        place = (extreme.figure, extreme.variable, extreme.by["province"])
        assert place == farthest(ratios, key=lambda key: ratios[key])
        assert extreme.ratio == farthest(ratios.values())
    assert max(abs(ratio - 1) for key, ratio in ratios.items() if key[0] is Figure.TOTAL) < 1e-12
    assert 0.9 < min(ratios.values()) < max(ratios.values()) < 1.2


def test_the_number_of_bootstrap_replicates_is_told() -> None:
    tables, by = tables_by(PROVINCE)
    assert error_check(bootstrap(sample(), 30, "a"), tables, by).replicates == 30


def test_what_is_withheld_is_not_compared() -> None:
    halves = Grouping("half", (np.arange(SIZE) >= 4).astype(np.intp), ("few", "many"))
    all_of, by = tables_by(halves)
    some, _ = tables_by(halves, minimum=5)
    every, shown = (error_check(jackknife(sample()), made, by) for made in (all_of, some))
    assert shown.compared < every.compared
    assert shown.largest is not None
    assert shown.largest.by == {"half": "all"}


def test_an_error_that_cannot_be_replicated_is_counted() -> None:
    """Two of four clusters have all of the domain: the bootstrap draws three of four, sometimes neither of the two."""
    again = sample_of(replace(DRAWN, populations=[None]))
    by = margins([Grouping("place", np.where(np.arange(SIZE) < 6, 0, 1), ("here", "there"))], SIZE)
    tables = tabulate(again, FORM, answers(), by, confidence=0.95, minimum=1, figures=(Figure.RATIO,))
    found = error_check(bootstrap(again, 200, "1"), tables, by)
    assert [bool(np.isnan(one[0, 0])) for one in found.errors[0]] == [True, False]
    assert (found.compared, found.unreplicated) == (2, 1)


def test_without_any_error_there_is_no_ratio() -> None:
    found = error_check(jackknife(sample()), [], margins([], SIZE))
    assert (found.errors, found.compared, found.smallest, found.largest) == ((), 0, None, None)
