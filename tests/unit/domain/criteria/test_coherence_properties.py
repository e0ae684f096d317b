"""The promise of the check: a sound set has no finding, a planted fault gives just its own, where it was planted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.domain.criteria.planting import FAULTS, Draw, Planted, changed, shapes, sound_set

from parindex.domain.criteria.coherence import structure
from parindex.domain.criteria.coherence.kinds import KINDS
from parindex.domain.criteria.criteria_set import CriteriaSet, RuleData
from parindex.domain.scoring.check import check


@given(shapes)
@settings(max_examples=60, deadline=None)
def test_a_sound_set_has_no_finding(shape: list[object]) -> None:
    made = sound_set(shape)  # type: ignore[arg-type]
    assert check(made) == ()
    counted = structure(made)
    assert (counted.areas, counted.criteria, counted.subcriteria, counted.items) == (
        made.declared.areas,
        made.declared.criteria,
        made.declared.subcriteria,
        made.declared.items,
    )
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


_texts = st.sampled_from(["ratio", "bands", "option", "sum", "best", "0", "1,5", "50%", "-1", "x", ""])
_data = st.recursive(
    st.one_of(_texts, st.booleans(), st.none()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                [
                    "kind",
                    "of",
                    "to",
                    "bands",
                    "options",
                    "parts",
                    "alternatives",
                    "from",
                    "above",
                    "below",
                    "up_to",
                    "points",
                    "share",
                    "rule",
                    "max_points",
                    "target",
                    "weight",
                    "measure",
                    "quantity",
                    "2024",
                    "over",
                ]
            ),
            inner,
            max_size=5,
        ),
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(["bands", "options", "parts", "of", "to", "target"]), _data), _texts)
@settings(max_examples=200, deadline=None)
def test_no_rule_stops_the_check(data: dict[str, object], kind: str) -> None:
    """A file may say anything: what is not understood is a finding or nothing, never a crash."""
    made = sound_set([[(4, False), (4, True)]])
    broken = changed(made, "1.1", lambda one: replace(one, rule=RuleData({**data, "kind": kind})))
    assert {one.code for one in check(broken) if one.kind != "unknown_measure"} <= {"1.1"}
