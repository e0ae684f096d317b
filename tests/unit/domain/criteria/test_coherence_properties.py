"""The promise of the check: a sound set has no finding, a planted fault gives just its own, where it was planted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.domain.criteria.planting import FAULTS, Draw, Planted, shapes, sound_set

from parindex.domain.criteria.coherence import check, structure
from parindex.domain.criteria.coherence.kinds import KINDS
from parindex.domain.criteria.criteria_set import CriteriaSet


@given(shapes)
@settings(max_examples=60, deadline=None)
def test_a_sound_set_has_no_finding(shape: list[object]) -> None:
    made = sound_set(shape)  # type: ignore[arg-type]
    assert check(made) == ()
    counted = structure(made)
    assert (counted.areas, counted.criteria, counted.subcriteria, counted.items) == (
        made.declared.areas, made.declared.criteria, made.declared.subcriteria, made.declared.items
    )  # fmt: skip
    assert counted.groups == counted.parents
    assert counted.max_points == made.printed_total


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
@given(shape=shapes, data=st.data())
@settings(max_examples=25, deadline=None)
def test_a_planted_fault_gives_just_its_own_finding(
    fault: Callable[[CriteriaSet, Draw], Planted], shape: list[object], data: st.DataObject
) -> None:
    planted = fault(sound_set(shape), data.draw)  # type: ignore[arg-type]
    found = check(planted.made, measures_known=False)
    assert [(finding.kind, finding.code) for finding in found] == [(planted.kind, planted.code)]
    assert planted.kind in KINDS
