"""From items to groups, parts and the whole: over respondents or over items, as the questionnaire declares.

Over *respondents* a respondent's value of a group, part or of the whole is the mean of the answered items in it, and
is then estimated like an item's. Over *items* (the ministry's way) the estimate of a group, a part or the whole is the
plain mean of its items' estimates. The two agree where everybody answers everything.

Source: Decision 1001/QĐ-BNV (2023) as its published tables show it: parts and the whole are means of their items.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from parindex.domain.survey.arrays import Codes, Floats

#: Multiplications in one product of matrices.
PRODUCT = 200_000


def members(nodes: Sequence[Codes], items: int) -> Floats:
    """Which items (rows) each node (columns) holds, as 1 and 0; ``nodes`` are positions of items."""
    found = np.zeros((items, len(nodes)))
    for column, node in enumerate(nodes):
        found[node, column] = 1
    return found


def respondent_values(values: Floats, nodes: Sequence[Codes]) -> Floats:
    """The mean of the answered items by respondent and node (NaN: none answered) out of ``values`` (respondents ×
    items, NaN: no answer).
    """
    found = np.empty((len(values), len(nodes)))
    _fill(found, values, nodes)
    return found


def with_nodes(values: Floats, nodes: Sequence[Codes]) -> Floats:
    """``values`` (respondents × items) with :func:`respondent_values` beside them."""
    items = values.shape[1]
    found = np.empty((len(values), items + len(nodes)))
    _fill(found[:, items:], values, nodes)
    found[:, :items] = values
    return found


def _fill(into: Floats, values: Floats, nodes: Sequence[Codes]) -> None:
    """The mean of the answered items by respondent and node, by blocks of rows: a block stays in the cache, and its
    product is too small for several threads to be worth starting.
    """
    held = members(nodes, values.shape[1])
    sizes = held.sum(axis=0)
    step = max(PRODUCT // max(held.size, 1), 1)
    for start in range(0, len(values), step):
        part = values[start : start + step]
        unknown = np.isnan(part)
        if unknown.any():
            part = part.copy()
            np.copyto(part, 0, where=unknown)
            answered = sizes - unknown.astype(np.float64) @ held
        else:
            answered = np.broadcast_to(sizes, (len(part), len(sizes)))
        with np.errstate(invalid="ignore"):
            np.divide(part @ held, answered, out=into[start : start + step])


def item_mix(nodes: Sequence[Codes], items: int) -> Floats:
    """The ``mix`` (items × nodes) that makes each node's estimate the plain mean of its items' estimates."""
    held = members(nodes, items)
    return np.asarray(held / held.sum(axis=0))
