"""Bare NumPy, written for this survey and nothing else. The lower bound.

Rows come in the order of the design, provinces are the strata, every village has answers, nothing is checked; one pass
over a province while its rows are in the cache.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr, stdtrit

from bench.survey_data import ITEMS, NODES, POPULATIONS, PROVINCES, YEARS
from bench.survey_data import load as load_year

PACKAGES = ("numpy", "scipy")
Floats = NDArray[np.float64]


@dataclass
class Year:
    """Answers with NaN, weights, where villages start, and the populations of each stage where a cluster starts."""

    answers: Floats
    weight: Floats
    villages: NDArray[np.intp]
    of: list[Floats]


def load(folder: Path) -> list[Year]:
    """Both years."""
    found = []
    for name in YEARS:
        columns = load_year(folder, name)
        answers = columns["answers"].astype(np.float64)
        answers[columns["answers"] == 0] = np.nan
        code = columns["province"] * 18 + columns["district"] * 6 + columns["commune"] * 2 + columns["village"]
        villages = np.searchsorted(code, np.arange(PROVINCES * 18))
        steps = zip(POPULATIONS, (18, 6, 2, 1), strict=True)
        of = [columns[column][villages[::step]].astype(np.float64) for column, step in steps]
        found.append(Year(answers, columns["weight"], villages, of))
    return found


def compute(data: list[Year], design: str) -> dict[str, Floats]:
    """Means of items and nodes by province (the last row: the nation), standard errors, and the rest."""
    years = [_year(one, design == "four") for one in data]
    found = {f"{name}{number}": value for number, one in enumerate(years, start=1) for name, value in one.items()}
    difference = years[1]["estimate"] - years[0]["estimate"]
    se = np.sqrt(years[0]["se"] ** 2 + years[1]["se"] ** 2)
    df = years[0]["df"] + years[1]["df"]
    p = 2 * stdtr(df, -np.abs(difference / se))
    return found | {"difference": difference, "se": se, "p": p}


_MEMBERS = np.zeros((ITEMS, len(NODES)))
for _column, _node in enumerate(NODES):
    _MEMBERS[_node, _column] = 1
_SIZES = _MEMBERS.sum(axis=0)


def _year(one: Year, finite: bool) -> dict[str, Floats]:
    wide = ITEMS + len(NODES)
    ends = np.append(one.villages[18::18], len(one.weight))
    n, mass, mean, spread = (np.empty((PROVINCES + 1, wide)) for _ in range(4))
    above, below = np.empty((PROVINCES * 18, wide)), np.empty((PROVINCES * 18, wide))
    pairs = [np.empty((PROVINCES * 18, wide)) for _ in range(3)]
    for p, (start, end) in enumerate(zip(one.villages[::18], ends, strict=True)):
        weight = one.weight[start:end, None]
        y = np.empty((end - start, wide))
        answered = np.empty_like(y)
        items = one.answers[start:end]
        known = items == items
        answered[:, :ITEMS] = known
        y[:, :ITEMS] = 0
        np.copyto(y[:, :ITEMS], items, where=known)
        count = answered[:, :ITEMS] @ _MEMBERS
        y[:, ITEMS:] = y[:, :ITEMS] @ _MEMBERS / np.maximum(count, 1)
        answered[:, ITEMS:] = count > 0
        n[p] = answered.sum(axis=0)
        w = answered * weight
        here = slice(p * 18, p * 18 + 18)
        starts = one.villages[here] - start
        below[here] = np.add.reduceat(w, starts)
        wy = w * y
        above[here] = np.add.reduceat(wy, starts)
        mass[p] = below[here].sum(axis=0)
        mean[p] = above[here].sum(axis=0) / mass[p]
        y -= mean[p]
        wy = w * y
        spread[p] = np.einsum("ij,ij->j", wy, y)
        if finite:  # what the last stage needs, for any mean that it is measured from
            for into, (left, right) in zip(pairs, ((wy, wy), (wy, w), (w, w)), strict=True):
                into[here] = np.add.reduceat(left * right, starts)
    n[-1], mass[-1] = n[:-1].sum(axis=0), mass[:-1].sum(axis=0)
    mean[-1] = above.sum(axis=0) / mass[-1]
    spread[-1] = (spread[:-1] + mass[:-1] * (mean[:-1] - mean[-1]) ** 2).sum(axis=0)
    size = np.diff(np.append(one.villages, len(one.weight))).astype(np.float64)[:, None]
    variance = np.empty_like(mean)
    own = np.repeat(mean[:-1], 18, axis=0)
    variance[:-1] = _by_province(one, above - own * below, 0 * own, pairs, size, finite) / mass[:-1] ** 2
    shift = own - mean[-1]
    whole = _by_province(one, above - mean[-1] * below, shift, pairs, size, finite)
    variance[-1] = whole.sum(axis=0) / mass[-1] ** 2
    return _said(n, mass, mean, spread, variance)


def _by_province(one: Year, t: Floats, shift: Floats, pairs: list[Floats], size: Floats, finite: bool) -> Floats:
    """The variances of the totals by province: ``t`` are totals by village, with what lies inside villages."""
    districts = t.reshape(PROVINCES, 3, 6, -1).sum(axis=2)
    if not finite:
        return 3 / 2 * _within(districts)
    of = [value[:, None] for value in one.of]
    communes = t.reshape(PROVINCES * 3, 3, 2, -1).sum(axis=2)
    found = (1 - 3 / of[0]) * 3 / 2 * _within(districts)
    reach = 3 / of[0]
    found += reach * ((1 - 3 / of[1]) * 3 / 2 * _within(communes)).reshape(PROVINCES, 3, -1).sum(axis=1)
    reach = np.repeat(reach, 3, axis=0) * 3 / of[1]
    inside = (1 - 2 / of[2]) * 2 * _within(t.reshape(PROVINCES * 9, 2, -1))
    found += (np.repeat(reach, 3, axis=0) * inside).reshape(PROVINCES, 9, -1).sum(axis=1)
    reach = np.repeat(np.repeat(reach, 3, axis=0) * 2 / of[2], 2, axis=0)
    squares = pairs[0] + shift * (2 * pairs[1] + shift * pairs[2])
    inside = (1 - size / of[3]) * size / (size - 1) * (squares - t**2 / size)
    return np.asarray(found + (reach * inside).reshape(PROVINCES, 18, -1).sum(axis=1))


def _within(t: Floats) -> Floats:
    return np.asarray(((t - t.mean(axis=1, keepdims=True)) ** 2).sum(axis=1))


def _said(n: Floats, mass: Floats, mean: Floats, spread: Floats, variance: Floats) -> dict[str, Floats]:
    df = np.append(np.full(PROVINCES, 2.0), PROVINCES * 2.0)[:, None]
    se = np.sqrt(variance)
    reach = stdtrit(df, 0.975) * se
    deff = variance / (spread / mass / (n - 1))
    return {
        "n": n,
        "estimate": mean,
        "se": se,
        "df": df,
        "low": mean - reach,
        "high": mean + reach,
        "deff": deff,
        "effective_n": n / deff,
    }
