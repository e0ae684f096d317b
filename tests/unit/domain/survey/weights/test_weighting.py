"""Steps from design weights to those of respondents: every step kept, every total checked."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from parindex.domain.errors import InvalidInput
from parindex.domain.survey.weights.raking import KnownTotals
from parindex.domain.survey.weights.trimming import LimitOf
from parindex.domain.survey.weights.weighting import Fitting, NonResponse, Step, Trimming, effect_of_weights, weigh

#: Six sampled units of two villages; one in each did not answer.
DESIGN = np.array([10.0, 10.0, 10.0, 20.0, 20.0, 20.0])
ANSWERED = np.array([True, True, False, True, False, True])
VILLAGES = NonResponse(("village",), ("a", "b"), np.array([0, 0, 0, 1, 1, 1]))


def sex(*totals: int) -> KnownTotals:
    """Men and women among the four respondents."""
    return KnownTotals(("sex",), ("nam", "nữ"), tuple(map(Fraction, totals)), np.array([0, 1, 0, 1]))


def village(*totals: int) -> KnownTotals:
    """The villages of the four respondents."""
    return KnownTotals(("village",), ("a", "b"), tuple(map(Fraction, totals)), np.array([0, 0, 1, 1]))


def test_without_steps_the_weights_are_those_of_the_design() -> None:
    (only,) = weigh(DESIGN, ANSWERED, [])
    assert (only.kind, only.weight.tolist(), only.before, only.total) == ("design", [10, 10, 20, 20], 90, 60)


def test_those_who_answered_take_over_the_weight_of_their_class() -> None:
    design, made = weigh(DESIGN, ANSWERED, [VILLAGES])
    assert design.total == 60
    assert (made.kind, made.by, made.before, made.total) == ("nonresponse", ("village",), 90, 90)
    assert made.weight.tolist() == [15, 15, 30, 30]


def test_one_margin_is_post_stratification_and_several_are_raking() -> None:
    made = weigh(DESIGN, ANSWERED, [Fitting((sex(40, 60),)), Fitting((sex(40, 60), village(50, 50)))])
    assert [(one.kind, one.by, one.before, one.rounds) for one in made] == [
        ("design", (), 90, 0),
        ("poststratification", ("sex",), 100, 0),
        ("raking", ("sex", "village"), 100, made[2].rounds),
    ]
    assert np.allclose(made[2].weight, [20, 30, 20, 30])
    assert made[1].deviation is not None
    assert made[1].deviation.share < 1e-12


def test_what_trimming_does_to_known_totals_is_shown() -> None:
    trim = Trimming((), ("",), np.zeros(4, dtype=np.intp), 1.1, LimitOf.MEAN)
    made = weigh(DESIGN, ANSWERED, [Fitting((sex(40, 60),)), trim])
    assert made[2].kind == "trimming"
    assert made[2].total == pytest.approx(made[2].before)
    assert made[2].cut == 1
    assert made[1].deviation is not None
    assert made[1].deviation.by == "sex"
    assert made[1].deviation.share > 0.1
    assert made[2].deviation is None


def test_the_effect_of_unequal_weights_is_that_of_kish() -> None:
    assert effect_of_weights(np.array([5.0, 5.0])) == 1
    assert effect_of_weights(np.array([1.0, 3.0])) == 1.25


@pytest.mark.parametrize(
    ("answered", "steps", "expected"),
    [
        (np.zeros(6, dtype=bool), [VILLAGES], [("nobody_answered", {"units": 6})]),
        (
            np.array([True, True, True, False, False, False]),
            [VILLAGES],
            [
                (
                    "nonresponse_class_small",
                    {"by": "village", "label": "b", "count": 0, "units": 3, "minimum": 1, "step": 1},
                )
            ],
        ),
        (
            ANSWERED,
            [Fitting((sex(40, 60),)), VILLAGES, Fitting((village(50, 51),))],
            [
                ("nonresponse_not_first", {"step": 2}),
                ("margins_disagree", {"margin": "sex", "total": 100, "other": "village", "value": 101, "step": 3}),
            ],
        ),
        (
            np.array([True, True, True, False, False, False]),
            [NonResponse(("village",), ("a", "b"), VILLAGES.code, 0), NonResponse((), (), np.empty(0, np.intp))],
            [
                (
                    "nonresponse_class_small",
                    {"by": "village", "label": "b", "count": 0, "units": 3, "minimum": 1, "step": 1},
                ),
                ("nonresponse_not_first", {"step": 2}),
            ],
        ),
        (
            ANSWERED,
            [NonResponse(("x", "y"), ("a", "b", "none"), VILLAGES.code, 3), Fitting((sex(1, 2), village(3, 4)))],
            [
                (
                    "nonresponse_class_small",
                    {"by": "x|y", "label": "a", "count": 2, "units": 3, "minimum": 3, "step": 1},
                ),
                (
                    "nonresponse_class_small",
                    {"by": "x|y", "label": "b", "count": 2, "units": 3, "minimum": 3, "step": 1},
                ),
                ("margins_disagree", {"margin": "sex", "total": 3, "other": "village", "value": 7, "step": 2}),
            ],
        ),
    ],
)
def test_what_the_plan_has_with_the_respondents_is_told_at_once(
    answered: np.ndarray, steps: list[Step], expected: list[tuple[str, dict[str, object]]]
) -> None:
    with pytest.raises(InvalidInput) as caught:
        weigh(DESIGN, answered, steps)
    assert [(one.kind, one.facts) for one in caught.value.problems] == expected


def test_every_step_keeps_or_reaches_its_total() -> None:
    trim = Trimming((), ("",), np.zeros(4, dtype=np.intp), 1.2, LimitOf.MEAN)
    steps = [VILLAGES, trim, Fitting((sex(40, 60),)), trim, Fitting((sex(40, 60), village(50, 50)))]
    for one in weigh(DESIGN, ANSWERED, steps)[1:]:
        assert one.total == pytest.approx(one.before, rel=1e-12)


def test_what_only_the_weights_show_says_in_which_step() -> None:
    trim = Trimming((), ("",), np.zeros(4, dtype=np.intp), 0.9, LimitOf.MEAN)
    with pytest.raises(InvalidInput) as caught:
        weigh(DESIGN, ANSWERED, [VILLAGES, trim])
    assert [(one.kind, one.facts["step"]) for one in caught.value.problems] == [("trim_limit_too_low", 2)]


def test_a_class_without_sampled_units_asks_for_nothing() -> None:
    step = NonResponse(("village",), ("a", "b", "none"), VILLAGES.code)
    assert weigh(DESIGN, ANSWERED, [step])[1].total == 90
