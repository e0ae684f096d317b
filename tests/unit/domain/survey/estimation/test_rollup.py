"""The two ways up from items."""

from __future__ import annotations

import numpy as np

from parindex.domain.survey.estimation import rollup
from parindex.domain.survey.estimation.rollup import item_mix, members, respondent_values, with_nodes

NAN = np.nan
NODES = [np.array([0, 1]), np.array([2]), np.array([0, 1, 2])]


def test_members() -> None:
    assert members(NODES, 4).tolist() == [[1, 0, 1], [1, 0, 1], [0, 1, 1], [0, 0, 0]]


def test_a_respondent_s_value_is_the_mean_of_what_was_answered() -> None:
    values = np.array([[1.0, 2, 5], [NAN, 4, 2], [NAN, NAN, NAN], [3, NAN, NAN]])
    expected = [[1.5, 5, 8 / 3], [4, 2, 3], [NAN, NAN, NAN], [3, NAN, 3]]
    np.testing.assert_allclose(respondent_values(values, NODES), expected)
    np.testing.assert_array_equal(with_nodes(values, NODES)[:, :3], values)
    np.testing.assert_allclose(with_nodes(values, NODES)[:, 3:], expected)
    assert np.isnan(values).sum() == 6  # left as it was


def test_blocks_of_rows_change_nothing() -> None:
    values = np.random.default_rng(1).integers(1, 6, (rollup.PRODUCT // 4, 3)).astype(float)
    expected = np.stack([values[:, node].mean(axis=1) for node in NODES], axis=1)
    np.testing.assert_allclose(respondent_values(values, NODES), expected, rtol=1e-14)


def test_over_items_every_item_weighs_the_same() -> None:
    np.testing.assert_allclose(item_mix(NODES, 3), [[0.5, 0, 1 / 3], [0.5, 0, 1 / 3], [0, 1, 1 / 3]])
