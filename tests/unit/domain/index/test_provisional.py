"""What is provisional: whatever a final result refuses about a unit, and figures that nobody has entered."""

from __future__ import annotations

import pytest
from tests.builders import Written, criteria_set, figures, node, rule, sheets, units

from parindex.domain.criteria.criteria_set import IndexDeclaration, WithoutFigures
from parindex.domain.errors import InvalidInput
from parindex.domain.index.compute import compute
from parindex.domain.index.explain import IndexDerivation, explain
from parindex.domain.index.result import Result
from parindex.domain.scoring.score_sheet import EntryState, Origin

MADE = criteria_set(
    node("1", "9", rule=rule(kind="ratio", of="done", to="due")),
    node("2", "9", rule=rule(kind="ratio", of="paid", to="payable", nothing_arose="full")),
    node("3", "2"),
    index=IndexDeclaration(without_figures=WithoutFigures.NOT_RANKED),
)
MEASURES = ("done", "due", "paid", "payable")
#: The figures in that order, the points of item 3, and what its entry says.
Unit = tuple[tuple[Written, ...], str | None, EntryState | None]
UNITS: dict[str, Unit] = {
    "whole": ((9, 9, 9, 9), "1", None),
    "nothing-arose": ((9, 9, 0, 0), "1", None),
    "undecided": ((0, 0, 9, 9), "1", None),
    "lacks": ((None, 9, 9, 9), "1", None),
    "waits": ((9, 9, 9, 9), None, EntryState.PENDING),
    "asked": ((9, 9, 9, 9), None, EntryState.NOT_ASSESSED_REQUESTED),
    "above": ((9, 9, 9, 9), "3", None),
    "nothing-reported": ((None, None, None, None), None, None),
}
OPEN = ["undecided", "lacks", "waits", "asked", "above"]


def result_of(*ids: str, final: bool = False) -> Result:
    known = units(*ids)
    given: dict[str | tuple[str, int], list[Written]] = {
        name: [UNITS[one][0][at] for one in ids] for at, name in enumerate(MEASURES)
    }
    states = {("3", one): state for one in ids if (state := UNITS[one][2]) is not None}
    typed = {Origin.SELF: {"3": [UNITS[one][1] for one in ids]}}
    return compute(MADE, figures(known, given), sheets(MADE, known, states, typed), final=final)


def test_one_rule_says_what_is_provisional() -> None:
    """Nothing arose and the rule says what that is worth: final. Nothing was reported at all: there is no grade."""
    result = result_of(*UNITS)
    assert [view.unit.id for view in map(result.unit, range(len(UNITS))) if view.provisional] == OPEN
    for mask, wanted in ((result.unsettled, OPEN), (result.pending, ["waits"])):
        assert [one for one, marked in zip(UNITS, mask, strict=True) if marked] == wanted
    derived = {one: explain(result, one) for one in UNITS}
    assert [one for one, of in derived.items() if isinstance(of, IndexDerivation) and of.provisional] == OPEN


@pytest.mark.parametrize("unit", ["undecided", "waits", "asked", "above"])
def test_what_is_provisional_is_refused_as_final(unit: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        result_of("whole", unit, final=True)
    assert {problem.facts["unit"] for problem in refused.value.problems} == {unit}


def test_a_final_result_has_nothing_provisional() -> None:
    """Figures that are missing then stay missing, and are still named."""
    result = result_of("whole", "nothing-arose", "lacks", "nothing-reported", final=True)
    assert not result.provisional.any()
    assert not result.unsettled.any()
    assert dict(result.items_without_figures) == {"lacks": ("1",)}


def test_a_unit_of_which_everything_waits_is_provisional_without_an_index() -> None:
    known = units("a")
    all_wait = {(code, "a"): EntryState.PENDING for code in ("1", "2", "3")}
    result = compute(MADE, figures(known), sheets(MADE, known, all_wait))
    assert (result.provisional.tolist(), result.unsettled.tolist()) == ([True], [False])
