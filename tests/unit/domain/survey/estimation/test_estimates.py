"""What estimates say where there is little or nothing to say; the figures themselves are the referee's."""

from __future__ import annotations

import numpy as np
import pytest

from parindex.domain.errors import InvalidValue
from parindex.domain.survey.estimation.estimates import Domains, means, means_in, ratios, shares, t_quantile, totals
from parindex.domain.survey.sample.calibration import Calibration
from parindex.domain.survey.sample.design import Lonely, Sample, lay_out

NAN = np.nan


def sample_of(strata: list[int], clusters: list[int], weight: list[float], lonely: Lonely = Lonely.FAIL) -> Sample:
    return lay_out(np.array(strata), [np.array(clusters)], [None], np.array(weight), lonely)


SAMPLE = sample_of([0, 0, 0, 0, 1, 1, 1, 1], [0, 0, 1, 1, 0, 0, 1, 1], [1, 2, 1, 2, 1, 1, 3, 1])
EVERYONE = Domains.everyone(8)


def test_a_mean_by_hand() -> None:
    """Cluster totals of w·(y − 3)/12: −1/12 and 1/12 in the first stratum, 0 and 0 in the second."""
    values = np.array([[2.0], [3], [4], [3], [3], [3], [3], [3]])
    one = means(SAMPLE, values, EVERYONE)
    assert one.estimate[0, 0] == 3
    assert one.se[0, 0] == pytest.approx(np.sqrt(2 / 1 * 2 * (1 / 12) ** 2))
    assert one.df.tolist() == [2]
    assert one.high[0, 0] - 3 == pytest.approx(4.302652729911275 * one.se[0, 0])
    assert one.low[0, 0] + one.high[0, 0] == pytest.approx(6)
    simple = 2 / 12 * 8 / 7 / 8  # Σ w·(y − 3)² / Σ w · n/(n − 1) / n
    assert one.deff[0, 0] == pytest.approx(one.se[0, 0] ** 2 / simple)
    assert one.effective_n[0, 0] == pytest.approx(8 / one.deff[0, 0])


def test_nobody_in_a_domain_and_nobody_with_an_answer_say_nothing() -> None:
    values = np.array([[1.0, NAN], [2, NAN], [3, NAN], [4, NAN], [1, 1], [2, 2], [3, 3], [4, 5]])
    one = means(SAMPLE, values, Domains(np.array([0, 0, 0, 0, 2, 2, 2, 2]), 3), mix=np.array([[0.5], [0.5]]))
    assert one.n.tolist() == [[4, 0, 4], [0, 0, 0], [4, 4, 4]]
    assert one.asked.tolist() == [4, 0, 4]
    assert np.isnan(one.estimate).tolist() == [[False, True, True], [True, True, True], [False, False, False]]
    for figure in (one.se, one.low, one.high, one.deff, one.effective_n):
        assert (np.isnan(figure) >= np.isnan(one.estimate)).all()
    ratio = ratios(SAMPLE, values, np.zeros_like(values), Domains.everyone(8))
    assert np.isnan(ratio.estimate).all()
    assert np.isnan(totals(SAMPLE, values[:, 1:], Domains(np.zeros(8, np.intp), 2)).estimate[1]).all()


def test_answers_that_are_all_alike_have_an_error_of_0_and_no_interval() -> None:
    values = np.full((8, 1), 5.0)
    for one in (means(SAMPLE, values, EVERYONE), shares(SAMPLE, values / 5, EVERYONE)):
        assert (one.se[0, 0], one.without_variation[0, 0]) == (0, True)
        assert np.isnan([one.low[0, 0], one.high[0, 0]]).all()
    even = sample_of([0, 0, 0, 0], [0, 0, 1, 1], [1, 1, 1, 1])
    total = totals(even, values[:4], Domains.everyone(4))
    assert (total.estimate[0, 0], total.se[0, 0]) == (20, 0)
    assert np.isnan([total.low[0, 0], total.high[0, 0]]).all()


def test_where_nobody_was_left_out_an_error_of_0_is_an_interval() -> None:
    every = lay_out(np.zeros(4, np.intp), [np.arange(4)], [np.full(4, 4.0)], np.ones(4), Lonely.FAIL)
    one = means(every, np.array([[1.0], [2], [3], [4]]), Domains.everyone(4))
    assert (one.se[0, 0], one.low[0, 0], one.high[0, 0]) == (0, 2.5, 2.5)
    assert not one.without_variation[0, 0]


def test_nobody_at_all() -> None:
    empty = lay_out(np.zeros(0, np.intp), [], [], np.zeros(0), Lonely.FAIL)
    one = means(empty, np.zeros((0, 2)), Domains(np.zeros(0, np.intp), 1))
    assert one.n.tolist() == [[0, 0]]
    assert np.isnan(one.estimate).all()


def test_respondents_of_weight_zero_do_not_count() -> None:
    without = sample_of([0, 0, 0, 0, 1, 1, 1, 1], [0, 0, 1, 1, 0, 0, 1, 1], [1, 2, 1, 2, 1, 1, 0, 0])
    one = means(without, np.arange(8.0)[:, None], EVERYONE)
    assert one.n.tolist() == [[6]]
    assert one.asked.tolist() == [6]
    assert one.df.tolist() == [1]


def test_a_share_of_all_or_none_has_no_interval_and_others_stay_between_0_and_1() -> None:
    chosen = np.array([[1.0, 0, 1], [1, 0, 0], [1, 0, 0], [1, 0, 0], [1, 0, 0], [1, 0, 0], [1, 0, 0], [1, 0, 0]])
    one = shares(SAMPLE, chosen, EVERYONE)
    assert one.estimate[0].tolist() == [1, 0, pytest.approx(1 / 12)]
    assert np.isnan(one.low[0]).tolist() == [True, True, False]
    assert 0 < one.low[0, 2] < 1 / 12 < one.high[0, 2] < 1
    assert one.se[0, :2].tolist() == [0, 0]
    assert np.isnan(one.deff[0, :2]).all()


def test_a_share_of_all_is_1_whatever_the_weights() -> None:
    """.5 + .4 + … summed in two ways differ in the last digit; with item gaps too, and in a roll-up over 49 items."""
    sample = sample_of([0] * 6, list(range(6)), [0.5, 0.4, 0.9, 1.6, 3.2, 1.2])
    chosen = np.ones((6, 49))
    chosen[1, 1], chosen[3:, 2], chosen[1:, 3], chosen[:, 4] = NAN, NAN, NAN, [0, 0, 0, 0, NAN, 0]
    mix = np.full((49, 2), 1 / 49)
    mix[:, 1] = np.arange(49) != 4
    mix[:, 1] /= 48
    one = shares(sample, chosen, Domains.everyone(6), mix=mix)
    assert one.estimate[0, :4].tolist() == [1, 1, 1, 1]
    assert (one.estimate[0, 4], one.estimate[0, 50]) == (0, 1)
    assert one.estimate[0, 49] == pytest.approx(48 / 49)
    assert np.isnan(one.low[0, [0, 1, 2, 3, 4, 50]]).all()
    assert np.isnan(one.high[0, [0, 1, 2, 3, 4, 50]]).all()
    assert means(sample, np.full((6, 1), 0.3), Domains.everyone(6)).estimate[0, 0] == pytest.approx(0.3)


def test_totals_of_domains_add_up_and_over_all_is_as_given() -> None:
    values = np.array([[1.0], [2], [NAN], [4], [5], [6], [7], [8]])
    parts = totals(SAMPLE, values, Domains(np.arange(8) % 2, 2))
    assert parts.estimate.sum() == totals(SAMPLE, values, EVERYONE).estimate[0, 0] == 1 + 4 + 8 + 5 + 6 + 21 + 8


def test_lonely_clusters_are_refused_with_their_place() -> None:
    with pytest.raises(InvalidValue, match="lonely_clusters") as found:
        means(sample_of([0, 0, 1], [0, 1, 0], [1, 1, 1]), np.ones((3, 1)), Domains.everyone(3))
    assert found.value.facts == {"stage": 1, "parents": [1]}


def test_an_average_over_no_other_stratum_says_nothing() -> None:
    alone = sample_of([0, 0, 1], [0, 1, 0], [1, 1, 1], Lonely.AVERAGE)
    values = np.array([[1.0, NAN], [2, NAN], [3, 3]])
    one = means(alone, values, Domains(np.array([0, 0, 1]), 2), mix=np.array([[1.0], [0]]))
    assert np.isnan(one.se).tolist() == [[False, True, False], [True, True, True]]


def test_the_quantile_is_student_s() -> None:
    found = t_quantile(np.array([-1.0, 0, 1, 30]), 0.95)
    np.testing.assert_allclose(found, [NAN, NAN, 12.706204736, 2.042272456], rtol=1e-9)


def test_a_wider_confidence_gives_a_wider_interval() -> None:
    values = np.arange(8.0)[:, None]
    one, other = (means(SAMPLE, values, EVERYONE, confidence=c) for c in (0.9, 0.99))
    assert other.low[0, 0] < one.low[0, 0] < one.high[0, 0] < other.high[0, 0]


def test_margins_that_explain_everything_leave_no_error() -> None:
    """The answer is the class: known margins make the mean known. A respondent of weight 0 is out of it."""
    code = np.array([0, 1, 0, 1, 1, 0, 1, 0])
    before = SAMPLE.weight
    known = np.array([30.0, 20])
    after = before * (known / np.bincount(code, before))[code]
    fitted = lay_out(np.array([0, 0, 0, 0, 1, 1, 1, 1]), [np.array([0, 0, 1, 1] * 2)], [None], after, Lonely.FAIL)
    for calibration in (Calibration.post_stratified(code, before, after), Calibration.raked([code], after)):
        one = means_in(fitted, code[:, None].astype(float), [EVERYONE], calibration=calibration)[0]
        assert one.estimate[0, 0] == pytest.approx(0.4)
        assert one.se[0, 0] == pytest.approx(0, abs=1e-15)
    weightless = np.where(np.arange(8) == 7, 0, after)
    left = Calibration.post_stratified(code, before, weightless).residuals(np.ones((8, 1)))
    assert np.isfinite(left).all()
