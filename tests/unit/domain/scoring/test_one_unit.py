"""One unit's texts as columns of length one."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from parindex.documents.criteria_sets.criteria_set_file import load_criteria_set
from parindex.domain.errors import InvalidValue
from parindex.domain.scoring.one_unit import figures_of, sheet_of
from parindex.domain.scoring.score_sheet import EntryState, Origin
from parindex.domain.units import Unit

SET = load_criteria_set(Path(__file__).parents[3] / "factories" / "small_set.yaml")
UNIT = Unit("1", "Sở Y tế")


def test_numbers_and_choices_stand_in_their_columns_and_unknown_measures_nowhere() -> None:
    found = figures_of({("plan", 2025): "late", ("received", 2025): "2/3", ("gone", 2025): "1"}, SET, 2025, UNIT)
    assert found.numbers["received", 2025].numbers.row(0) == Fraction(2, 3)
    assert found.choices["plan", 2025].keys == ("late",)
    assert set(found.numbers) | set(found.choices) == {("received", 2025), ("plan", 2025)}


def test_a_text_that_is_no_number_is_refused() -> None:
    with pytest.raises(InvalidValue) as refused:
        figures_of({("received", 2025): "1e9"}, SET, 2025, UNIT)
    assert refused.value.kind == "not_a_number"


def test_items_without_a_line_and_typed_points_with_their_places() -> None:
    found = sheet_of(["1.1", "1.2"], {"1.2": EntryState.NOT_ASSESSED}, {"1.1": "0.50"}, UNIT)
    assert found.state.tolist() == [[EntryState.NO_ENTRY], [EntryState.NOT_ASSESSED]]
    typed = found.points(Origin.SELF, "1.1")
    assert typed is not None
    assert (typed.numbers.row(0), typed.places.tolist()) == (Fraction(1, 2), [1])
