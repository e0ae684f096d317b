"""A sampling design says nothing twice and nothing that its methods do not use."""

from __future__ import annotations

from dataclasses import replace

import pytest

from parindex.domain.survey.sampling.sampling_design import (
    Division,
    Method,
    SamplingDesign,
    SamplingStage,
    Take,
    contradictions,
)

DISTRICT = SamplingStage("district", method=Method.SYSTEMATIC_PPS, size="households", take=Take(number=3))
HOUSEHOLD = SamplingStage("household", take=Take(number=5), reserve=2)
ADULT = SamplingStage("adult", take=Take(number=1), numbered="adults")
DESIGN = SamplingDesign("d", "D", (DISTRICT, HOUSEHOLD, ADULT), ("province",))


def found(*stages: SamplingStage, strata: tuple[str, ...] = ("province",)) -> list[tuple[str, str]]:
    """Paths and kinds of what is wrong."""
    return [
        ("/".join(map(str, path)), kind) for path, kind, _ in contradictions(SamplingDesign("d", "D", stages, strata))
    ]


def test_a_good_design_has_no_contradiction() -> None:
    assert list(contradictions(DESIGN)) == []
    assert found(SamplingStage("person", method=Method.ALL)) == []
    assert found(SamplingStage("person", method=Method.SYSTEMATIC, order=("day",), take=Take(number=2))) == []


def test_the_columns_of_a_frame_are_those_that_the_design_names() -> None:
    quotas = SamplingStage("person", take=Take(by="kind", quotas={"a": 1}), method=Method.SYSTEMATIC, order=("day",))
    assert DESIGN.columns == ("province", "district", "household", "households", "adults")
    assert SamplingDesign("d", "D", (quotas,), ("office",)).columns == ("office", "person", "day", "kind")


def test_populations_are_named_after_the_stage() -> None:
    assert DISTRICT.population_column == "n_districts"
    assert replace(DISTRICT, population="huyen").population_column == "huyen"


@pytest.mark.parametrize(
    ("stages", "expected"),
    [
        ([replace(DISTRICT, size="")], [("stages/0", "stage_needs")]),
        ([replace(HOUSEHOLD, size="households")], [("stages/0/size", "stage_without")]),
        ([replace(HOUSEHOLD, order=("day",))], [("stages/0/order", "stage_without")]),
        ([replace(DISTRICT, reserve=1)], [("stages/0/reserve", "stage_without")]),
        ([SamplingStage("a", method=Method.ALL, reserve=1)], [("stages/0/reserve", "stage_without")]),
        ([ADULT], [("stages/0/numbered", "stage_numbered_above")]),
        ([DISTRICT, replace(ADULT, method=Method.ALL, take=Take())], [("stages/1/numbered", "stage_numbered_above")]),
        ([DISTRICT, ADULT, SamplingStage("x", take=Take(number=1))], [("stages/1/numbered", "stage_numbered_above")]),
        ([SamplingStage("a")], [("stages/0/take", "take_not_one_way")]),
        ([SamplingStage("a", method=Method.ALL, take=Take(number=1))], [("stages/0/take", "take_not_one_way")]),
        ([SamplingStage("a", take=Take(number=1, total=5))], [("stages/0/take", "take_not_one_way")]),
        ([SamplingStage("a", take=Take(total=5, division=Division.NEYMAN))], [("stages/0/take", "stage_needs")]),
        ([SamplingStage("a", take=Take(total=5, deviation="sd"))], [("stages/0/take", "stage_without")]),
        ([DISTRICT, replace(ADULT, take=Take(number=1, size="x"))], [("stages/1/take/size", "stage_without")]),
        ([HOUSEHOLD, SamplingStage("a", take=Take(total=9))], [("stages/1/take", "reserve_below_total")]),
        ([HOUSEHOLD, SamplingStage("a", take=Take(number=9), reserve=1)], [("stages/1/reserve", "reserves_twice")]),
        (
            [HOUSEHOLD, HOUSEHOLD],
            [*[("stages/1/id", "column_named_twice")] * 2, ("stages/1/reserve", "reserves_twice")],
        ),
        ([replace(HOUSEHOLD, population="province")], [("stages/0/population", "column_named_twice")]),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_named_with_its_place(
    stages: list[SamplingStage], expected: list[tuple[str, str]]
) -> None:
    assert found(*stages) == expected
