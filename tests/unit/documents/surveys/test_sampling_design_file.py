"""Sampling designs as YAML: what is read, what is refused, and the shipped ones."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from parindex.documents.criteria_sets.yaml_text import parse_yaml
from parindex.documents.surveys.sampling_design_file import (
    load_sampling_design,
    named_sampling_design,
    sampling_design,
    sampling_design_data,
    shipped_design_ids,
)
from parindex.domain.errors import InvalidInput
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

FULL = """
id: day-du
title: Đầy đủ
source: Quyết định
ours: [đoán]
seed: 2024
strata: [province]
stages:
  - {id: district, title: Huyện, method: systematic_pps, size: households, take: 3, population: huyen}
  - id: commune
    take: {by: kind, quotas: {town: 2, rural: 3}}
    if_fewer: all
  - id: household
    method: systematic
    order: [street]
    unique: false
    reserve: 4
    take: {precision: {margin: 5%, confidence: 90%, share: 0.3, design_effect: 1.5, response: 80%, population: 900}}
  - {id: adult, take: 1, numbered: adults}
"""


def refused(text: str) -> list[tuple[str, int | None, str | None]]:
    """Kind, line and path of every problem."""
    with pytest.raises(InvalidInput) as caught:
        sampling_design(parse_yaml(text), "d.yaml")
    return [(one.kind, one.place.line, one.place.path) for one in caught.value.problems]


def test_everything_that_a_design_can_say_is_read() -> None:
    wanted = Precision(
        Fraction(5, 100), Fraction(9, 10), Fraction(3, 10), Fraction(3, 2), Fraction(4, 5), SizeFormula.NORMAL, 900
    )
    assert sampling_design(parse_yaml(FULL), None) == SamplingDesign(
        "day-du",
        "Đầy đủ",
        (
            SamplingStage("district", "Huyện", Method.SYSTEMATIC_PPS, Take(3), "households", population="huyen"),
            SamplingStage("commune", take=Take(by="kind", quotas={"town": 2, "rural": 3}), if_fewer=IfFewer.ALL),
            SamplingStage(
                "household", "", Method.SYSTEMATIC, Take(precision=wanted), order=("street",), reserve=4, unique=False
            ),
            SamplingStage("adult", take=Take(1), numbered="adults"),
        ),
        ("province",),
        "2024",
        "Quyết định",
        ("đoán",),
    )


@pytest.mark.parametrize(
    ("take", "expected"),
    [
        ("{total: 90, division: power, power: 1/3}", Take(total=90, division=Division.POWER, power=Fraction(1, 3))),
        (
            "{total: {margin: 3%, formula: ministry}, division: neyman, deviation: sd, size: people, minimum: 2}",
            Take(
                total=Precision(Fraction(3, 100), formula=SizeFormula.MINISTRY),
                division=Division.NEYMAN,
                deviation="sd",
                size="people",
                minimum=2,
            ),
        ),
        ("{number: 7}", Take(7)),
    ],
)
def test_every_way_to_say_how_many_is_read_and_written(take: str, expected: Take) -> None:
    design = sampling_design(parse_yaml(f"id: d\ntitle: D\nstages:\n  - {{id: person, take: {take}}}\n"), None)
    assert design.stages[0].take == expected
    assert sampling_design(parse_yaml(json.dumps(sampling_design_data(design))), None) == design


def test_the_data_of_a_design_reads_back_as_the_same_design() -> None:
    design = sampling_design(parse_yaml(FULL), None)
    text = json.dumps(sampling_design_data(design), ensure_ascii=False)
    assert sampling_design(parse_yaml(text), None) == design
    everyone = SamplingDesign("d", "D", (SamplingStage("person", method=Method.ALL),))
    assert sampling_design(parse_yaml(json.dumps(sampling_design_data(everyone))), None) == everyone


def test_a_design_may_stand_inside_another_file() -> None:
    text = json.dumps({"seed": "1", "design": sampling_design_data(sampling_design(parse_yaml(FULL), None))})
    assert sampling_design(parse_yaml(text), None, ("design",)).id == "day-du"


def test_every_problem_of_form_is_told_with_its_line() -> None:
    text = "id: 1\ntitle: x\nstages:\n  - {id: Person, take: many}\n  - {take: 1, methd: simple}\n"
    assert refused(text) == [
        ("value_not_understood", 1, "id"),
        ("value_not_understood", 4, "stages/0/id"),
        ("value_not_understood", 4, "stages/0/take"),
        ("key_missing", 5, "stages/1"),
        ("key_unknown", 5, "stages/1/methd"),
    ]


def test_contradictions_are_told_with_their_line() -> None:
    text = """
id: d
title: D
stages:
  - {id: person, method: systematic_pps, take: 1}
  - id: person
    take: {precision: {margin: 0, response: 1.5}}
  - id: last
    take:
      total: {margin: 120%}
"""
    assert refused(text) == [
        ("stage_needs", 5, "stages/0"),
        ("column_named_twice", 6, "stages/1/id"),
        ("column_named_twice", 6, "stages/1/id"),
        ("precision_out_of_range", 7, "stages/1/take/precision/margin"),
        ("precision_out_of_range", 10, "stages/2/take/total/margin"),
    ]


@pytest.mark.parametrize("name", shipped_design_ids())
def test_shipped_designs_are_whole_and_say_what_is_ours(name: str) -> None:
    design = named_sampling_design(name)
    assert design.id == name
    assert design.source
    assert design.ours
    assert sampling_design(parse_yaml(json.dumps(sampling_design_data(design), ensure_ascii=False)), None) == design


def test_the_shipped_designs_are_those_of_the_documents() -> None:
    three, two = (named_sampling_design(f"household-{name}-tier") for name in ("three", "two"))
    assert [(stage.id, stage.take.number) for stage in three.stages] == [
        ("district", 3), ("commune", 3), ("village", 2), ("household", 27), ("adult", 1),
    ]  # fmt: skip
    assert [stage.id for stage in two.stages] == ["commune", "village", "household", "adult"]
    assert named_sampling_design("district-quotas").stages[0].take.quotas == {"district": 500, "town": 600}


def test_a_design_is_named_by_file_or_id(tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    path.write_text(FULL, "utf-8")
    assert named_sampling_design(str(path)) == load_sampling_design(path)
    for name, kind in (("household-three-teir", "unknown_sampling_design"), ("khong-co.yaml", "no_such_file")):
        with pytest.raises(InvalidInput) as caught:
            named_sampling_design(name)
        assert [one.kind for one in caught.value.problems] == [kind]
