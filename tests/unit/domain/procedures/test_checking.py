"""Checked scores beside self scores, and how many dossiers are checked."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from parindex.domain.criteria.form_declarations import FormColumn
from parindex.domain.errors import InvalidValue
from parindex.domain.procedures.checking import Compared, compared, dossiers_to_check, in_force

COLUMN = FormColumn("i1", {Fraction(2): "two", Fraction(1): "one", Fraction(0): "none"})
SUBJECTS = np.array([0, 0, 0, 1, 1, 2])
OWN = np.array([0, 0, 1, 2, 0, 0], dtype=np.int8)
CHECKED = np.array([0, 2, 0, 2, -1, -1], dtype=np.int8)


def test_a_checked_score_stands_for_the_self_score_of_its_form() -> None:
    assert in_force(OWN, CHECKED).tolist() == [0, 2, 0, 2, 0, 0]
    assert OWN.tolist() == [0, 0, 1, 2, 0, 0]


def test_both_scores_are_kept_and_compared_over_the_checked_forms_only() -> None:
    assert compared(COLUMN, SUBJECTS, OWN, CHECKED) == (
        Compared(0, "i1", 3, Fraction(5), Fraction(4), higher=1, lower=1),
        Compared(1, "i1", 1, Fraction(0), Fraction(0), higher=0, lower=0),
    )
    assert [one.differing for one in compared(COLUMN, SUBJECTS, OWN, CHECKED)] == [2, 0]


def test_nothing_checked() -> None:
    assert compared(COLUMN, SUBJECTS, OWN, np.full(6, -1, dtype=np.int8)) == ()


@pytest.mark.parametrize(("share", "expected"), [("0.05", [0, 1, 1, 2, 50]), ("1", [0, 1, 20, 21, 1000])])
def test_the_share_is_rounded_up(share: str, expected: list[int]) -> None:
    counts = np.array([0, 1, 20, 21, 1000])
    assert dossiers_to_check(counts, Fraction(share)).tolist() == expected


@pytest.mark.parametrize("share", ["0", "-0.1", "1.01"])
def test_a_share_is_above_none_and_at_most_all(share: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        dossiers_to_check(np.array([1]), Fraction(share))
    assert refused.value.kind == "not_a_share"
