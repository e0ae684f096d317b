"""Whatever the frame and the seed: probabilities add up, order means nothing, frequencies agree with probabilities."""

from __future__ import annotations

import random
from collections import Counter
from fractions import Fraction
from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.domain.survey.frames import HOUSEHOLDS, household_frame, household_rows, one_stage, table_of

from parindex.domain.survey.sampling.allocation import allocate
from parindex.domain.survey.sampling.frame import Frame, frame_of
from parindex.domain.survey.sampling.sampling_design import Method, SamplingDesign, Take
from parindex.domain.survey.sampling.selection import certainties, draw, pps_systematic
from parindex.domain.survey.weights.raking import KnownTotals, disagreements, problems_of, raked, worst
from parindex.domain.survey.weights.trimming import LimitOf, trimmed

SIZES = st.lists(
    st.fractions(min_value=Fraction(1, 100), max_value=1_000, max_denominator=100), min_size=1, max_size=30
)
STARTS = st.integers(min_value=0, max_value=2**256 - 1)


@given(SIZES, STARTS, st.data())
def test_a_draw_with_sizes_takes_as_many_as_wanted_each_once(
    sizes: list[Fraction], start: int, data: st.DataObject
) -> None:
    take = data.draw(st.integers(1, len(sizes)))
    found = pps_systematic(sizes, take, start)
    places = [place for place, _ in found]
    assert len(places) == len(set(places)) == take
    assert all(0 < chance <= 1 for _, chance in found)


@given(SIZES, st.data())
def test_inclusion_probabilities_sum_to_the_number_taken(sizes: list[Fraction], data: st.DataObject) -> None:
    """Of all units: certain ones have 1, the others left · size / rest, and none of these is above 1."""
    take = data.draw(st.integers(1, len(sizes)))
    whole = [int(size * 100_000_000) for size in sizes]
    certain = certainties(whole, take)
    rest = [size for place, size in enumerate(whole) if place not in certain]
    left = take - len(certain)
    chances = [Fraction(left * size, sum(rest)) for size in rest]
    assert len(certain) + sum(chances) == take
    assert all(chance < 1 for chance in chances)


@given(SIZES, st.data())
def test_every_point_of_the_start_covers_a_unit_for_the_share_of_its_probability(
    sizes: list[Fraction], data: st.DataObject
) -> None:
    """Over a grid of starts a unit is drawn as often as its probability says, to within one step of the grid."""
    take = data.draw(st.integers(1, len(sizes)))
    steps = 64
    counts: Counter[int] = Counter()
    chances: dict[int, Fraction] = {}
    for step in range(steps):
        for place, chance in pps_systematic(sizes, take, step * 2**256 // steps):
            counts[place] += 1
            chances[place] = chance
    assert all(abs(Fraction(count, steps) - chances[place]) <= Fraction(2, steps) for place, count in counts.items())


@given(st.randoms(use_true_random=False), st.integers())
def test_the_order_of_rows_does_not_change_the_draw(shuffle: random.Random, seed: int) -> None:
    rows = household_rows()
    shuffled = rows[:]
    shuffle.shuffle(shuffled)
    assert (
        draw(HOUSEHOLDS, household_frame(shuffled), str(seed)).stages
        == draw(HOUSEHOLDS, household_frame(rows), str(seed)).stages
    )


def persons(design: SamplingDesign, sizes: list[int]) -> Frame:
    """One unit with persons of these sizes."""
    rows = [["u", f"{k:02d}", str(size)] for k, size in enumerate(sizes)]
    return frame_of(design, [table_of(rows, ("unit", "person", "size"))])


@pytest.mark.parametrize(
    ("method", "settings"),
    [(Method.SIMPLE, {"reserve": 2}), (Method.SYSTEMATIC, {}), (Method.SYSTEMATIC_PPS, {"size": "size"})],
)
def test_over_many_seeds_units_are_drawn_as_often_as_their_probability_says(
    method: Method, settings: dict[str, object]
) -> None:
    design = one_stage(Take(number=4), method=method, **settings)
    frame = persons(design, [1, 2, 3, 4, 5, 6, 7, 8, 9, 40])
    draws = 4_000
    counts: Counter[str] = Counter()
    chances: dict[str, Fraction] = {}
    for seed in range(draws):
        for unit in draw(design, frame, str(seed)).stages[0]:
            if not unit.reserve:
                counts[unit.id] += 1
                chances[unit.id] = unit.probability
    assert sum(counts.values()) == 4 * draws
    for name, chance in chances.items():
        error = sqrt(float(chance) * (1 - float(chance)) / draws)
        assert abs(counts[name] / draws - float(chance)) <= 4 * error


def test_pairs_are_drawn_together_as_often_as_in_simple_random_samples() -> None:
    design = one_stage(Take(number=3))
    frame = persons(design, [1] * 6)
    draws = 4_000
    pairs: Counter[tuple[str, str]] = Counter()
    for seed in range(draws):
        ids = sorted(unit.id for unit in draw(design, frame, f"s{seed}").stages[0])
        pairs.update((one, other) for k, one in enumerate(ids) for other in ids[k + 1 :])
    chance = 3 * 2 / (6 * 5)
    assert len(pairs) == 15
    assert max(abs(count / draws - chance) for count in pairs.values()) <= 4 * sqrt(chance * (1 - chance) / draws)


@given(
    st.lists(
        st.tuples(st.fractions(min_value=0, max_value=1_000, max_denominator=50), st.integers(1, 60)),
        min_size=1,
        max_size=15,
    ),
    st.integers(0, 4),
    st.data(),
)
def test_an_allocation_adds_up_and_keeps_its_bounds(
    strata: list[tuple[Fraction, int]], minimum: int, data: st.DataObject
) -> None:
    available = [units for _, units in strata]
    least = [min(minimum, units) for units in available]
    total = data.draw(st.integers(sum(least), sum(available)))
    found = allocate(total, [measure for measure, _ in strata], available, minimum)
    assert sum(found) == total
    assert all(low <= one <= high for low, one, high in zip(least, found, available, strict=True))


@given(st.data())
def test_raking_meets_margins_that_some_weights_meet(data: st.DataObject) -> None:
    """Margins are taken from weights of which all classes together are there, so they can be met."""
    codes = [(a, b) for a in range(3) for b in range(2)] + data.draw(
        st.lists(st.tuples(st.integers(0, 2), st.integers(0, 1)), max_size=30)
    )
    wanted = data.draw(st.lists(st.integers(1, 50), min_size=len(codes), max_size=len(codes)))
    start = np.array(data.draw(st.lists(st.integers(1, 50), min_size=len(codes), max_size=len(codes))), dtype=float)
    margins = []
    for which, classes in ((0, 3), (1, 2)):
        totals = [sum(w for code, w in zip(codes, wanted, strict=True) if code[which] == c) for c in range(classes)]
        code = np.array([code[which] for code in codes], dtype=np.intp)
        margins.append(KnownTotals((f"m{which}",), tuple("abc"[:classes]), tuple(map(Fraction, totals)), code))
    assert [problem for margin in margins for problem in problems_of(margin)] == []
    assert list(disagreements(margins)) == []
    weight, _ = raked(start, margins)
    assert worst(weight, margins).share <= 1e-12
    assert (weight > 0).all()


@given(st.lists(st.integers(1, 10_000), min_size=1, max_size=40), st.fractions(min_value=1, max_value=5))
def test_trimming_keeps_the_total_and_the_limit(values: list[int], times: Fraction) -> None:
    weight = np.array(values, dtype=float)
    code = np.zeros(len(values), dtype=np.intp)
    made = trimmed(weight, code, ["all"], float(times), LimitOf.MEAN)
    assert made.sum() == pytest.approx(weight.sum(), rel=1e-9)
    assert made.max() <= float(times) * weight.mean() * (1 + 1e-9)
    assert (made[np.argsort(weight)][:-1] <= made[np.argsort(weight)][1:] * (1 + 1e-9)).all()
