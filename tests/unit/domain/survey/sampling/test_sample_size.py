"""How many are needed for a margin: published figures, and what no formula can be asked."""

from __future__ import annotations

from fractions import Fraction

import pytest

from parindex.domain.errors import InvalidValue
from parindex.domain.survey.sampling.sample_size import normal_quantile, sample_size
from parindex.domain.survey.sampling.sampling_design import Precision, SizeFormula

FIVE = Fraction(5, 100)


@pytest.mark.parametrize(
    ("confidence", "expected"), [("0.95", "1.9599639845"), ("0.9", "1.644853627"), ("0.99", "2.5758293035")]
)
def test_quantiles_are_those_of_the_tables_with_ten_decimals(confidence: str, expected: str) -> None:
    assert normal_quantile(Fraction(confidence)) == Fraction(expected)


@pytest.mark.parametrize(
    ("wanted", "population", "expected"),
    [
        # Cochran: 385 without a limit to the population, 278 of 1000.
        (Precision(FIVE), 10**9, 385),
        (Precision(FIVE), 1_000, 278),
        (Precision(FIVE, design_effect=Fraction(3, 2)), 10**9, 577),
        (Precision(FIVE, response=Fraction(4, 5)), 10**9, 481),
        (Precision(FIVE, confidence=Fraction(99, 100)), 10**9, 664),
        (Precision(FIVE, share=Fraction(1, 10)), 10**9, 139),
        (Precision(FIVE), 1, 1),
        # no more than there are, whatever the expected response
        (Precision(FIVE, response=Fraction(1, 2)), 20, 20),
        (Precision(FIVE, population=1_000), 10**9, 278),
        # the ministry's: 400 at most with 5 %
        (Precision(FIVE, formula=SizeFormula.MINISTRY), 10_000, 385),
        (Precision(FIVE, formula=SizeFormula.MINISTRY), 400, 200),
        (Precision(FIVE, formula=SizeFormula.MINISTRY), 10**9, 400),
    ],
)
def test_the_size_follows_from_margin_effect_population_and_response(
    wanted: Precision, population: int, expected: int
) -> None:
    assert sample_size(wanted, population) == expected


@pytest.mark.parametrize(
    ("wanted", "key"),
    [
        (Precision(Fraction(0)), "margin"),
        (Precision(FIVE, confidence=Fraction(1)), "confidence"),
        (Precision(FIVE, share=Fraction(-1)), "share"),
        (Precision(FIVE, response=Fraction(0)), "response"),
        (Precision(FIVE, design_effect=Fraction(0)), "design_effect"),
    ],
)
def test_what_no_formula_can_be_asked_is_refused(wanted: Precision, key: str) -> None:
    with pytest.raises(InvalidValue, match="precision_out_of_range") as caught:
        sample_size(wanted, 100)
    assert caught.value.facts == {"key": key, "found": getattr(wanted, key)}
