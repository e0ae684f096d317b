"""How many each parent gives, and what a frame is too small for."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from tests.unit.domain.survey.frames import HOUSEHOLDS, household_frame, household_rows, one_stage, table_of

from parindex.domain.errors import InvalidInput
from parindex.domain.survey.sampling.frame import Frame, frame_of
from parindex.domain.survey.sampling.sampling_design import (
    Division,
    IfFewer,
    Method,
    Precision,
    SamplingDesign,
    SamplingStage,
    SizeFormula,
    Take,
)
from parindex.domain.survey.sampling.selection import draw
from parindex.domain.survey.sampling.stage_sizes import parent_at, path_of, shortages, takes

#: Three units with 10, 20 and 30 persons.
PERSONS = [[unit, f"{unit}{k:02d}", kind, sd, size] for unit, count, kind, sd, size in (
    ("a", 10, "x", "3", "1"), ("b", 20, "y", "1", "1"), ("c", 30, "y", "0", "4")) for k in range(count)]  # fmt: skip
HEADS = ("unit", "person", "kind", "sd", "size")


def frame(design: SamplingDesign) -> Frame:
    """The three units."""
    return frame_of(design, [table_of(PERSONS, HEADS)])


def sizes(take: Take, **settings: Any) -> list[int]:
    """How many each unit gives."""
    design = one_stage(take, **settings)
    parents = [parent_at(design.stages[0], 0, frame(design), place) for place in range(3)]
    return takes(design.stages[0], parents)


@pytest.mark.parametrize(
    ("take", "expected"),
    [
        (Take(number=7), [7, 7, 7]),
        (Take(by="kind", quotas={"x": 3, "y": 4}), [3, 4, 4]),
        (Take(total=12), [2, 4, 6]),
        (Take(total=17, size="size"), [1, 2, 14]),
        (Take(total=12, division=Division.EQUAL), [4, 4, 4]),
        (Take(total=12, division=Division.NEYMAN, deviation="sd"), [7, 4, 1]),
        (Take(total=12, division=Division.POWER), [3, 4, 5]),
        (Take(total=12, division=Division.POWER, power=Fraction(2)), [1, 3, 8]),
        (Take(total=12, minimum=3), [3, 4, 5]),
        (Take(precision=Precision(Fraction(1, 5), formula=SizeFormula.MINISTRY)), [8, 12, 14]),
        (Take(total=Precision(Fraction(1, 5), formula=SizeFormula.MINISTRY)), [3, 6, 9]),
    ],
)
def test_the_number_follows_from_the_design(take: Take, expected: list[int]) -> None:
    assert sizes(take) == expected


def test_all_are_taken_where_the_design_says_so() -> None:
    assert sizes(Take(), method=Method.ALL) == [10, 20, 30]
    assert sizes(Take(number=15), if_fewer=IfFewer.ALL) == [10, 15, 15]


@pytest.mark.parametrize(
    ("design", "expected"),
    [
        (one_stage(Take(number=15)), [("too_few_units", {"stage": "person", "unit": "a", "units": 10, "take": 15})]),
        (one_stage(Take(number=15), if_fewer=IfFewer.ALL), []),
        (one_stage(Take(), method=Method.ALL), []),
        (
            one_stage(Take(by="kind", quotas={"x": 11})),
            [
                ("too_few_units", {"stage": "person", "unit": "a", "units": 10, "take": 11}),
                *(("quota_unknown", {"stage": "person", "unit": unit, "found": "y", "known": ["x"]}) for unit in "bc"),
            ],
        ),
        (one_stage(Take(precision=Precision(Fraction(1, 100)))), []),
        (one_stage(Take(total=12)), []),
        (one_stage(Take(total=61)), [("total_above_units", {"stage": "person", "total": 61, "units": 60})]),
        (
            one_stage(Take(total=8, minimum=3)),
            [("total_below_minimum", {"stage": "person", "total": 8, "least": 9, "minimum": 3})],
        ),
    ],
)
def test_what_a_frame_is_too_small_for_is_told_before_the_draw(
    design: SamplingDesign, expected: list[tuple[str, dict[str, object]]]
) -> None:
    assert [(problem.kind, problem.facts) for problem in shortages(design, frame(design))] == expected
    if expected:
        with pytest.raises(InvalidInput) as caught:
            draw(design, frame(design), "1")
        assert [problem.kind for problem in caught.value.problems] == [kind for kind, _ in expected]


def test_shortages_are_found_at_every_stage_that_is_listed_or_numbered() -> None:
    small = household_frame(household_rows("A", 1, 2, 1))
    assert [(one.kind, one.facts["stage"], one.facts["unit"]) for one in shortages(HOUSEHOLDS, small)] == [
        ("too_few_units", "district", "A"),
        ("too_few_units", "household", "A|A0|A00"),
        ("too_few_units", "household", "A|A0|A01"),
    ]
    two_adults = SamplingDesign(
        "d",
        "D",
        (*HOUSEHOLDS.stages[:3], SamplingStage("adult", take=Take(number=3), numbered="adults")),
        ("province",),
    )
    found = shortages(two_adults, household_frame(household_rows("A", 2, 2, 3), two_adults))
    assert [one.facts["unit"] for one in found] == [
        f"A|A{d}|A{d}{c}|{h}" for d in range(2) for c in range(2) for h in range(2)
    ]


def test_a_total_below_the_first_stage_is_divided_over_what_was_drawn() -> None:
    stages = (SamplingStage("unit", take=Take(number=2)), SamplingStage("person", take=Take(total=9)))
    design = SamplingDesign("d", "D", stages)
    made = frame(design)
    assert shortages(design, made) == []
    drawn = draw(design, made, "1")
    units = [unit.id for unit in drawn.stages[0]]
    taken = [sum(1 for person in drawn.stages[1] if drawn.stages[0][person.parent].id == unit) for unit in units]
    assert (units, taken) == (["a", "b"], [3, 6])


def test_lists_that_are_still_to_be_made_are_no_shortage() -> None:
    upper = table_of(
        [[*row[:3], row[4]] for row in household_rows(households=1)], ("province", "district", "commune", "size")
    )
    assert shortages(HOUSEHOLDS, frame_of(HOUSEHOLDS, [upper])) == []
    lower = table_of([["A", "A0", "A00", "1", "1"]], ("province", "district", "commune", "household", "adults"))
    found = shortages(HOUSEHOLDS, frame_of(HOUSEHOLDS, [upper, lower]))
    assert [one.facts for one in found] == [{"stage": "household", "unit": "A|A0|A00", "units": 1, "take": 2}]


def test_a_path_leads_from_the_stratum_to_the_unit() -> None:
    made = household_frame()
    assert path_of(made, 0, 1) == "B"
    assert path_of(made, 1, 4) == "B|B0"
    assert path_of(made, 3, 64) == "B|B0|B00|4"
