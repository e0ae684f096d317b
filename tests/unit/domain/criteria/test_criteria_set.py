"""A criteria set as data."""

from __future__ import annotations

import pytest
from tests.builders import criteria_set, node

from parindex.domain.criteria.criteria_set import CriteriaSet, Part, Source
from parindex.domain.errors import InvalidValue


def made() -> CriteriaSet:
    return criteria_set(
        node("1", "3", node("1.1", "2", node("1.1.1"), node("1.1.2")), node("1.2")),
        node("2", "1"),
        parts=(Part("evidence", "Hồ sơ", (Source.REPORT, Source.EXTERNAL)), Part("survey", "Điều tra")),
    )


def test_nodes_come_in_reading_order() -> None:
    assert [one.code for one in made().walk()] == ["1", "1.1", "1.1.1", "1.1.2", "1.2", "2"]
    assert [one.code for one in made().items()] == ["1.1.1", "1.1.2", "1.2", "2"]
    assert [one.code for one in made().areas[0].items()] == ["1.1.1", "1.1.2", "1.2"]
    assert list(made().walk_with_depth())[2:4] == [(3, node("1.1.1")), (3, node("1.1.2"))]


def test_a_node_by_its_code() -> None:
    assert made().node("1.1").max_points == 2
    with pytest.raises(InvalidValue, match="unknown_code") as raised:
        made().node("1.1.7")
    assert raised.value.facts == {"code": "1.1.7", "near": ["1.1.1", "1.1.2"]}


def test_the_part_of_an_item() -> None:
    """Its own, else that of its source; an item without a source counts as reported."""
    assert made().part_of(node("1", part="survey")) == "survey"
    assert made().part_of(node("1")) == "evidence"
    assert made().part_of(node("1", source=Source.OPINION_SURVEY)) == ""


def test_a_set_needs_an_id() -> None:
    with pytest.raises(InvalidValue, match="set_without_id"):
        CriteriaSet("", "Bộ tiêu chí", 2024, "department", ())
