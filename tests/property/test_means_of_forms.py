"""Means of indicators from forms against a second implementation on single fractions."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import sheets

from parindex.documents.criteria_sets.criteria_set_file import load_criteria_set
from parindex.documents.criteria_sets.shipped import shipped_set_path
from parindex.domain.criteria.criteria_set import CriteriaSet
from parindex.domain.index.compute import compute
from parindex.domain.procedures.forms import count_scores, with_children
from parindex.domain.scoring.figures import FigureColumn, Figures
from parindex.domain.units import Unit
from parindex.domain.values import Numbers


def shipped(name: str) -> CriteriaSet:
    path = shipped_set_path(name)
    assert path is not None
    return load_criteria_set(path)


SETS = {1: shipped("nine-indicators-2018"), 2: shipped("nine-indicators-2018-two-places")}
UNITS = (
    Unit("huyện", "Huyện", "districts"), Unit("xã 1", "Xã 1", "communes", parent="huyện"),
    Unit("xã 2", "Xã 2", "communes", parent="huyện"), Unit("sở", "Sở", "departments"),
)  # fmt: skip
EDGES = ((15, "Xuất sắc"), (12, "Tốt"), (9, "Khá"), (6, "Trung bình"), (0, "Yếu"))

#: A form: the row of its unit and a score (or none) for each indicator.
FORMS = st.lists(
    st.tuples(st.integers(0, 3), st.lists(st.sampled_from([2, 1, 0, None]), min_size=9, max_size=9)), max_size=25
)


def naive(forms: list[tuple[int, list[int | None]]], row: int, places: int) -> Fraction:
    """Σ over indicators of the mean of the scores of a unit and those below it, half up."""
    mine = (0, 1, 2) if row == 0 else (row,)
    found = Fraction(0)
    for indicator in range(9):
        scores = [form[indicator] for unit, form in forms if unit in mine]
        given = [score for score in scores if score is not None]
        if given:
            step = Decimal(1).scaleb(-places)
            # Twelve digits more than any tie needs: at most 25 forms.
            mean = Decimal(sum(given) * 10**12 // len(given)).scaleb(-12)
            found += Fraction(mean.quantize(step, ROUND_HALF_UP))
    return found


@settings(max_examples=150, deadline=None)
@given(FORMS, st.sampled_from([1, 2]))
def test_totals_and_grades_of_random_forms(forms: list[tuple[int, list[int | None]]], places: int) -> None:
    made = SETS[places]
    assert made.forms is not None
    subjects = np.array([unit for unit, _ in forms], dtype=np.intp)
    scores = {}
    for at, column in enumerate(made.forms.columns):
        position = {score: k for k, score in enumerate(column.scores)}
        cells = [form[at] for _, form in forms]
        listed = [-1 if cell is None else position[Fraction(cell)] for cell in cells]
        scores[column.column] = np.array(listed, dtype=np.int8)
    counted = count_scores(made.forms.columns, subjects, scores, len(UNITS))
    numbers = {}
    for measure, one in counted.items():
        summed = with_children(one, UNITS)
        numbers[measure, made.year or 0] = FigureColumn(Numbers.fixed(summed.counts, 0), summed.present)
    result = compute(made, Figures(made.year or 0, UNITS, numbers), sheets(made, UNITS))
    for row in range(len(UNITS)):
        total = naive(forms, row, places)
        view = result.unit(row)
        assert view.points == total
        reported = any(score is not None for unit, form in forms if unit == row or (row == 0 and unit < 3)
                       for score in form)  # fmt: skip
        assert view.grade == (next(title for edge, title in EDGES if total >= edge) if reported else None)
