"""An estimate explained: what its parts add up to."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.unit.domain.survey.small_survey import DRAWN, FORM, SIZE, answers, sample

from parindex.domain.survey.estimation.explanation import explained, first_stage, known_figures
from parindex.domain.survey.estimation.tabulation import Figure
from parindex.domain.survey.questionnaire.variables import DontKnow, Rollup, Variables
from parindex.domain.survey.sample.calibration import Calibration
from parindex.domain.survey.sample.design import Lonely
from parindex.domain.survey.sample.design_check import sample_of

EVERYBODY = np.ones(SIZE, bool)
BOTH = (FORM, replace(FORM, rollup=Rollup.ITEMS, dont_know=DontKnow.CATEGORY))


@pytest.mark.parametrize("form", BOTH)
def test_the_parts_of_every_figure_add_up(form: Variables) -> None:
    inside = np.arange(SIZE) % 4 != 0
    for figure, code in known_figures(form, answers()):
        found = explained(sample(), form, answers(), figure, code, inside, 0.95)
        assert sum(part.variance for part in found.parts) == pytest.approx(found.se**2, rel=1e-9)
        assert sum(part.respondents for part in found.parts) == found.n
        assert found.asked == 18
        assert bool(found.mean_of) is (form.rollup is Rollup.ITEMS and code in ("g1", "g2", "all"))
        if found.mean_of:
            assert np.mean([value for _, value in found.mean_of]) == pytest.approx(found.estimate, rel=1e-12)
            assert np.isnan([found.weighted_sum, found.base, *(part.weighted_sum for part in found.parts)]).all()
        else:
            assert sum(part.weighted_sum for part in found.parts) == pytest.approx(found.weighted_sum, rel=1e-12)
            assert found.weighted_sum / found.base == pytest.approx(found.estimate, rel=1e-12)


def test_of_calibrated_weights_the_parts_are_those_of_what_the_margins_leave() -> None:
    whole = sample()
    codes = [np.arange(SIZE) % 2, np.arange(SIZE) // 3 % 2]
    fitted = replace(whole, calibration=Calibration.raked(codes, whole.weight))
    inside = np.arange(SIZE) < SIZE // 2
    found = explained(fitted, FORM, answers(), Figure.MEAN, "q01", inside, 0.95)
    plain = explained(whole, FORM, answers(), Figure.MEAN, "q01", inside, 0.95)
    assert sum(part.variance for part in found.parts) == pytest.approx(found.se**2, rel=1e-9)
    assert (found.estimate, found.strata, found.clusters) == (plain.estimate, plain.strata, plain.clusters)
    assert found.se != pytest.approx(plain.se, rel=1e-3)
    assert len(found.parts) == 2


def test_a_roll_up_over_items_names_what_it_is_the_mean_of() -> None:
    found = explained(sample(), BOTH[1], answers(), Figure.MEAN, "g1", EVERYBODY, 0.95)
    items = [explained(sample(), BOTH[1], answers(), Figure.MEAN, code, EVERYBODY, 0.95) for code in ("q01", "q02")]
    assert found.mean_of == tuple((one.variable, one.estimate) for one in items)
    assert all(one.mean_of == () for one in items)


def test_a_lonely_stratum_adds_what_the_others_do_on_average() -> None:
    """Three strata of 3, 4 and 1 clusters: the variance is 3/2 of what the two add, and the third has a third of it."""
    lonely = replace(
        DRAWN,
        strata=np.repeat([0, 1, 2], [9, 12, 3]),
        populations=[None],
        lonely=Lonely.AVERAGE,
    )
    found = explained(sample_of(lonely), FORM, answers(), Figure.MEAN, "q01", EVERYBODY, 0.95)
    first, second, third = (part.variance for part in found.parts)
    assert third == pytest.approx((first + second) / 2, rel=1e-12)
    assert first + second + third == pytest.approx(found.se**2, rel=1e-12)
    some = explained(sample_of(lonely), FORM, answers(), Figure.MEAN, "q01", lonely.strata < 2, 0.95)
    assert [part.stratum for part in some.parts] == [0, 1]
    assert sum(part.variance for part in some.parts) == pytest.approx(some.se**2, rel=1e-12)


def test_counts_weights_clusters_and_strata() -> None:
    found = explained(sample(), FORM, answers(), Figure.MEAN, "q01", EVERYBODY, 0.95)
    assert (found.n, found.asked, found.clusters, found.strata, found.df) == (23, 24, 8, 2, 6)
    assert found.weights[0] == 1
    assert found.weights[1] == 3
    assert [(part.drawn, part.population, part.clusters, part.respondents) for part in found.parts] == [
        (4, 9.0, 4, 11),
        (4, 12.0, 4, 12),
    ]


def test_with_replacement_there_is_no_population() -> None:
    drawn = replace(DRAWN, populations=[None])
    found = explained(sample_of(drawn), FORM, answers(), Figure.TOTAL, "age", EVERYBODY, 0.95)
    assert [part.population for part in found.parts] == [None, None]
    assert found.base == 1


def test_where_nobody_answered_there_are_no_parts() -> None:
    found = explained(sample(), FORM, answers(), Figure.MEAN, "q01", np.zeros(SIZE, bool), 0.95)
    assert (found.n, found.parts) == (0, ())
    assert np.isnan(found.estimate)
    assert np.isnan(found.weights).all()


def test_the_first_stage_of_two() -> None:
    two = replace(
        DRAWN,
        clusters=[*DRAWN.clusters, np.arange(SIZE)],
        populations=[*DRAWN.populations, np.full(SIZE, 9.0)],
        fractions=[None, None],
    )
    stratum, cluster = first_stage(sample_of(two))
    assert stratum.tolist() == DRAWN.strata.tolist()
    assert cluster.tolist() == DRAWN.clusters[0].tolist()


def test_a_survey_of_numbers_only() -> None:
    assert known_figures(Variables((), numbers=("age",)), answers()) == [
        (Figure.TOTAL, "age"),
        (Figure.MEAN, "age"),
    ]
