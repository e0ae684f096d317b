"""Forms, feeds and grades by points in the file of a set: read strictly, written back, part of the fingerprint."""

from __future__ import annotations

from fractions import Fraction

import pytest

from parindex.documents.criteria_sets.criteria_set_file import (
    dump_criteria_set,
    fingerprint,
    parse_criteria_set,
)
from parindex.domain.criteria.criteria_set import GradedBy
from parindex.domain.criteria.form_declarations import Feed, FormColumn, FormsDeclaration, Per, PeriodLength, Scored
from parindex.domain.errors import InvalidInput

HEAD = "format: parindex/criteria-set/1\nid: thu\nyear: 2025\n"
SCORES = "scores: {1: a, '0,50': b}"
COLUMN = f"{{column: wait, head: Thời gian, per: period, {SCORES}}}"
FORMS = f"forms: {{scored: official, periods: half_year, columns: [{COLUMN}]}}\n"
TAIL = "measures: {a: {}, b: {}}\nareas: [{code: '1', title: Một, max_points: 1}]\n"


def test_what_is_declared() -> None:
    feeds = "feeds: [{measure: x, unit_group: communes, grade: Tốt}, {measure: y, unit_group: communes}]\n"
    made = parse_criteria_set(HEAD + FORMS + feeds + "index: {graded_by: points}\n" + TAIL)
    column = FormColumn("wait", {Fraction(1): "a", Fraction(1, 2): "b"}, Per.PERIOD, "Thời gian")
    assert made.forms == FormsDeclaration((column,), Scored.OFFICIAL, PeriodLength.HALF_YEAR)
    assert made.feeds == (Feed("x", "communes", "Tốt"), Feed("y", "communes"))
    assert made.index.graded_by is GradedBy.POINTS
    assert parse_criteria_set(dump_criteria_set(made)) == made


def test_the_defaults_are_not_written() -> None:
    said = "forms: {scored: unit, columns: [{column: wait, per: dossier, scores: {1: a}}]}\n"
    said += "index: {graded_by: per_cent}\n"
    short = "forms: {columns: [{column: wait, scores: {1: a}}]}\n"
    made, same = parse_criteria_set(HEAD + said + TAIL), parse_criteria_set(HEAD + short + TAIL)
    assert made == same
    assert "graded_by" not in dump_criteria_set(made)
    assert "dossier" not in dump_criteria_set(made)
    assert "periods" not in dump_criteria_set(made)


@pytest.mark.parametrize(("length", "months"), [("month", 1), ("quarter", 3), ("half_year", 6), ("year", 12)])
def test_how_long_periods_are(length: str, months: int) -> None:
    made = parse_criteria_set(HEAD + FORMS.replace("half_year", length) + TAIL)
    assert made.forms is not None
    assert made.forms.periods is not None
    assert made.forms.periods.months == months


def test_they_are_part_of_the_fingerprint() -> None:
    plain = parse_criteria_set(HEAD + TAIL)
    with_forms, by_points = (parse_criteria_set(HEAD + one + TAIL) for one in (FORMS, "index: {graded_by: points}\n"))
    spelt = parse_criteria_set(HEAD + FORMS.replace("'0,50'", "1/2") + TAIL)
    assert len({fingerprint(one) for one in (plain, with_forms, by_points)}) == 3
    assert fingerprint(spelt) == fingerprint(with_forms)


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        ("forms: {}\n", "forms"),
        ("forms: {columns: []}\n", "forms/columns"),
        ("forms: {columns: [{column: wait}]}\n", "forms/columns/0"),
        ("forms: {columns: [{column: wait, scores: {}}]}\n", "forms/columns/0/scores"),
        ("forms: {columns: [{column: wait, scores: {tốt: a}}]}\n", "forms/columns/0/scores"),
        ("forms: {columns: [{column: wait, per: year, scores: {1: a}}]}\n", "forms/columns/0/per"),
        ("forms: {scored: office, columns: [{column: wait, scores: {1: a}}]}\n", "forms/scored"),
        ("forms: {periods: week, columns: [{column: wait, scores: {1: a}}]}\n", "forms/periods"),
        ("feeds: [{measure: x}]\n", "feeds/0"),
        ("index: {graded_by: rank}\n", "index/graded_by"),
    ],
)
def test_what_is_refused(wrong: str, path: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        parse_criteria_set(HEAD + wrong + TAIL)
    assert [(problem.place.path or "").startswith(path) for problem in refused.value.problems] == [True]
