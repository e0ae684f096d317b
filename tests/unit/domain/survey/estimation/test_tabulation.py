"""Every figure of every variable in every cell and margin, and what is withheld of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.unit.domain.survey.small_survey import FORM, PROVINCE, SEX, SIZE, answers, sample

from parindex.domain.survey.estimation.estimates import Domains, means, ratios, shares, totals
from parindex.domain.survey.estimation.tabulation import (
    UNSTATED,
    CellNote,
    EstimateTable,
    Figure,
    Grouping,
    cell_notes,
    margins,
    number_of,
    options,
    rolled_codes,
    tabulate,
)
from parindex.domain.survey.questionnaire.answers import Answers
from parindex.domain.survey.questionnaire.variables import (
    Choice,
    DontKnow,
    Ratio,
    Rollup,
    Variables,
    indexed,
    satisfied,
    values_of,
)

CODES = ("q01", "q02", "q03", "g1", "g2", "all")


def tables(
    form: Variables = FORM, minimum: int = 1, by: tuple[Grouping, ...] = (PROVINCE,)
) -> dict[tuple[Figure, str], EstimateTable]:
    found = tabulate(sample(), form, answers(), margins(by, SIZE), confidence=0.95, minimum=minimum)
    return {(table.figure, table.variables[0]): table for table in found}


def test_margins_go_from_the_crossing_to_the_whole() -> None:
    found = margins([PROVINCE, SEX], SIZE)
    assert [len(margin.by) for margin in found] == [4, 2, 2, 1]
    assert found[0].by[1] == {"province": "01", "sex": "m"}
    assert found[1].by == ({"province": "01", "sex": "all"}, {"province": "02", "sex": "all"})
    assert found[2].by[0] == {"province": "all", "sex": "f"}
    assert found[3].by == ({"province": "all", "sex": "all"},)
    assert found[0].domains.code.tolist() == (PROVINCE.code * 2 + SEX.code).tolist()


def test_without_a_column_there_is_the_whole_only() -> None:
    (whole,) = margins([], 3)
    assert (whole.by, whole.domains.code.tolist()) == (({},), [0, 0, 0])


def test_who_has_no_category_is_a_cell_of_its_own_and_a_declared_category_may_be_empty() -> None:
    one = Grouping("sex", np.array([0, -1, 0]), ("f", "m"))
    cells, whole = margins([one], 3)
    assert [by["sex"] for by in cells.by] == ["f", "m", UNSTATED]
    assert (cells.domains.code.tolist(), cells.domains.count) == ([0, 2, 0], 3)
    assert whole.domains.code.tolist() == [0, 0, 0]


def test_of_a_crossing_only_the_cells_that_occur() -> None:
    two = Grouping("area", np.array([0, 0, 1]), ("x", "y"))
    one = Grouping("sex", np.array([1, -1, 0]), ("f", "m"))
    cells = margins([two, one], 3)[0]
    assert cells.by == ({"area": "x", "sex": "m"}, {"area": "x", "sex": UNSTATED}, {"area": "y", "sex": "f"})
    assert cells.domains.code.tolist() == [0, 1, 2]


def test_every_figure_is_that_of_the_estimates() -> None:
    found = tables()
    given, domains = answers().given, Domains(PROVINCE.code, 2)
    values = values_of(FORM, given)
    for figure, made in (
        (Figure.MEAN, means(sample(), values, domains)),
        (Figure.SHARE, shares(sample(), satisfied(FORM, given), domains)),
        (Figure.INDEX, means(sample(), indexed(FORM, given), domains)),
    ):
        table = found[figure, "q01"]
        assert table.variables == CODES
        np.testing.assert_allclose(table.estimates[0].estimate[:, :3], made.estimate, rtol=1e-12)
        np.testing.assert_allclose(table.estimates[0].se[:, :3], made.se, rtol=1e-9)
        np.testing.assert_allclose(table.estimates[0].low[:, :3], made.low, rtol=1e-9)
    of_totals = totals(sample(), np.column_stack([values, answers().numbers["age"]]), domains)
    assert found[Figure.TOTAL, "q01"].variables == ("q01", "q02", "q03", "age")
    np.testing.assert_allclose(found[Figure.TOTAL, "q01"].estimates[0].estimate, of_totals.estimate, rtol=1e-12)
    of_age = means(sample(), answers().numbers["age"][:, None], domains)
    np.testing.assert_allclose(found[Figure.MEAN, "age"].estimates[0].estimate, of_age.estimate, rtol=1e-12)
    of_ratio = ratios(sample(), answers().numbers["age"][:, None], values[:, :1], domains)
    np.testing.assert_allclose(found[Figure.RATIO, "r"].estimates[0].se, of_ratio.se, rtol=1e-12)
    assert found[Figure.SHARE, "w/1"].variables == ("w/1", "w/2")
    of_wishes = shares(sample(), answers().chosen["w"], domains)
    np.testing.assert_allclose(found[Figure.SHARE, "w/1"].estimates[0].high, of_wishes.high, rtol=1e-12)
    assert all(bool(shown.all()) for table in found.values() for shown in table.shown)


def test_a_group_over_respondents_is_the_mean_of_their_answered_items_and_over_items_that_of_the_items() -> None:
    values = values_of(FORM, answers().given)
    own = np.nanmean(values[:, :2], axis=1)
    expected = means(sample(), own[:, None], Domains.everyone(SIZE)).estimate[0, 0]
    assert tables()[Figure.MEAN, "q01"].estimates[1].estimate[0, 3] == pytest.approx(expected, rel=1e-12)
    over_items = tables(replace(FORM, rollup=Rollup.ITEMS))[Figure.MEAN, "q01"].estimates[1].estimate[0]
    assert over_items[3] == pytest.approx(over_items[:2].mean(), rel=1e-12)
    assert over_items[5] == pytest.approx(over_items[:3].mean(), rel=1e-12)


def test_dont_know_as_a_category_has_a_share_of_its_own() -> None:
    form = replace(FORM, dont_know=DontKnow.CATEGORY, choices=())
    named, chosen = options(form, answers())
    assert named == ("q02/9",)
    assert (np.flatnonzero(chosen[:, 0] == 1).tolist(), np.isnan(chosen).sum()) == ([4], 0)
    assert tables(form)[Figure.SHARE, "q02/9"].estimates[1].n.tolist() == [[24.0]]


def test_a_question_that_nobody_was_asked_makes_no_table() -> None:
    bare = Answers(np.empty((SIZE, 0)), {}, {})
    form = Variables((), choices=(Choice("w", {"1": ""}),))
    assert tabulate(sample(), form, bare, margins([], SIZE), confidence=0.95, minimum=1) == []


def test_numbers_alone() -> None:
    form = Variables((), numbers=("age",))
    bare = Answers(np.empty((SIZE, 0)), {}, {"age": np.arange(24.0)})
    found = tabulate(sample(), form, bare, margins([], SIZE), confidence=0.95, minimum=5)
    assert [(table.figure, table.variables) for table in found] == [(Figure.MEAN, ("age",)), (Figure.TOTAL, ("age",))]


def test_only_the_figures_that_are_asked_for() -> None:
    for figure in (Figure.MEAN, Figure.TOTAL, Figure.SHARE, Figure.INDEX, Figure.RATIO):
        found = tabulate(sample(), FORM, answers(), margins([], SIZE), confidence=0.95, minimum=1, figures=(figure,))
        assert {table.figure for table in found} == {figure}


def test_a_small_cell_is_withheld_with_another_one_in_every_figure() -> None:
    few = Grouping("area", np.where(np.arange(SIZE) < 3, 0, np.where(np.arange(SIZE) < 10, 1, 2)), ("a", "b", "c"))
    found = tables(minimum=5, by=(few,))
    for table in found.values():
        assert table.shown[0].all(axis=1).tolist() == [False, False, True]
        assert not table.shown[0][0].any()
        assert table.shown[1].all()


def test_what_is_told_by_a_group_is_withheld_too() -> None:
    """Two respondents answered q01 of a group of two: the group would tell it beside the other item."""
    given = answers().given
    given[2:, 0] = np.nan
    found = tabulate(
        sample(),
        FORM,
        Answers(given, {}, answers().numbers),
        margins([], SIZE),
        confidence=0.95,
        minimum=5,
        figures=(Figure.MEAN,),
    )
    hidden = dict(zip(CODES, (~found[0].shown[0][0]).tolist(), strict=True))
    assert hidden["q01"]
    assert hidden["q02"] or hidden["g1"]
    assert sum((hidden["q01"], hidden["q02"], hidden["q03"], hidden["all"])) > 1


@pytest.mark.parametrize("rollup", list(Rollup))
def test_a_roll_up_does_not_tell_an_item_that_is_withheld(rollup: Rollup) -> None:
    """In c three answered q01, so that it is withheld in a too. Over items the roll-ups of both go with it: they would
    be as many equations as totals that are not known. Over respondents another item goes instead.
    """
    area = Grouping("area", np.repeat([0, 1, 2], 8), ("a", "b", "c"))
    given = np.column_stack([1 + (np.arange(SIZE) * factor) % 5 for factor in (1, 2, 3)]).astype(float)
    given[19:, 0] = np.nan
    form = replace(FORM, choices=(), numbers=(), ratios=(), rollup=rollup)
    found = tabulate(
        sample(),
        form,
        Answers(given, {}, {}),
        margins([area], SIZE),
        confidence=0.95,
        minimum=5,
        figures=(Figure.MEAN,),
    )
    (table,) = found
    hidden = [{code for code, seen in zip(CODES, row, strict=True) if not seen} for row in table.shown[0].tolist()]
    if rollup is Rollup.ITEMS:
        assert hidden == [{"q01", "g1", "all"}, set(), {"q01", "g1", "all"}]
        assert table.shown[1].all()
    else:
        assert hidden == [{"q01", "q02"}, set(), {"q01", "q02"}]


def test_three_who_do_not_know_are_few_also_where_nobody_is_in_the_mean() -> None:
    """Of the eight in area a three said "don't know" and five nothing: a share of three, and a mean of nobody."""
    area = Grouping("area", np.repeat([0, 1, 2], 8), ("a", "b", "c"))
    given = answers().given
    given[:3, 1], given[3:8, 1] = 9, np.nan
    found = tabulate(
        sample(),
        replace(FORM, dont_know=DontKnow.CATEGORY, choices=()),
        Answers(given, {}, answers().numbers),
        margins([area], SIZE),
        confidence=0.95,
        minimum=5,
    )
    assert {table.figure for table in found if "q02" in table.variables} == {
        *(Figure.MEAN, Figure.SHARE, Figure.INDEX, Figure.TOTAL)
    }
    for table in found:
        if "q02" in table.variables:
            assert table.shown[0][:, table.variables.index("q02")].tolist() == [False, False, True]


def test_two_people_of_no_category_are_not_told_by_the_margin() -> None:
    """All − a − b would be the two who did not say where they live."""
    area = Grouping("area", np.where(np.arange(SIZE) < 2, -1, np.arange(SIZE) % 2), ("a", "b"))
    for table in tables(minimum=5, by=(area,)).values():
        assert table.shown[0].all(axis=1).tolist() == [False, True, False]


def test_the_hidden_cells_of_a_margin_hold_the_minimum_together() -> None:
    code = np.where(np.arange(SIZE) < 1, 0, np.where(np.arange(SIZE) < 3, 1, np.where(np.arange(SIZE) < 13, 2, 3)))
    found = tables(minimum=5, by=(Grouping("area", code, ("a", "b", "c", "d")),))
    for figure in (Figure.MEAN, Figure.TOTAL):
        assert found[figure, "q01"].shown[0][:, 0].tolist() == [False, False, False, True]


def test_a_ratio_is_withheld_where_either_total_is() -> None:
    """visits: a has 3 and takes b with it; years: a has 3 and takes c: b's ratio × its years would tell its visits."""
    area = np.repeat([0, 1, 2, 3], 6)
    here = np.arange(SIZE) % 6
    visits = np.where((area == 0) & (here >= 3), np.nan, 1.0 + here)
    years = np.where(((area == 0) & (here >= 3)) | ((area == 2) & (here >= 5)), np.nan, 2.0)
    found = tabulate(
        sample(),
        Variables((), numbers=("visits", "years"), ratios=(Ratio("r", "visits", "years"), Ratio("s", "visits", "age"))),
        Answers(np.empty((SIZE, 0)), {}, {"visits": visits, "years": years, "age": years}),
        margins([Grouping("area", area, ("a", "b", "c", "d"))], SIZE),
        confidence=0.95,
        minimum=5,
    )
    of_ratio = next(table for table in found if table.figure is Figure.RATIO).shown[0]
    of_total = next(table for table in found if table.figure is Figure.TOTAL).shown[0]
    assert of_total[:, 0].tolist() == [False, False, True, True]
    assert of_total[:, 1].tolist() == [False, True, False, True]
    assert of_ratio[:, 0].tolist() == [False, False, False, True]
    assert not of_ratio[:2, 1].any()  # "age" is in no other table: the ratio keeps its own mask and that of visits


def test_a_ratio_is_withheld_over_a_cell_where_few_have_both_of_its_numbers() -> None:
    """In a all six have visits and years, but only three of them both: all less b, c and d would tell of the three."""
    area = np.repeat([0, 1, 2], 8)
    here = np.arange(SIZE) % 8
    visits = np.where((area == 0) & (here < 2), np.nan, 1.0 + here)
    years = np.where((area == 0) & (here > 4), np.nan, 2.0)
    found = tabulate(
        sample(),
        Variables((), numbers=("visits", "years"), ratios=(Ratio("r", "visits", "years"),)),
        Answers(np.empty((SIZE, 0)), {}, {"visits": visits, "years": years}),
        margins([Grouping("area", area, ("a", "b", "c"))], SIZE),
        confidence=0.95,
        minimum=5,
    )
    shown = {table.figure: table.shown for table in found}
    assert all(mask.all() for mask in shown[Figure.TOTAL])
    assert [mask[:, 0].tolist() for mask in shown[Figure.RATIO]] == [[False, False, True], [False]]


def test_notes_name_empty_and_withheld_cells() -> None:
    few = Grouping("area", np.where(np.arange(SIZE) < 3, 0, 2), ("a", "b", "c"))
    by = margins([few], SIZE)
    found = tabulate(sample(), FORM, answers(), by, confidence=0.95, minimum=5, figures=(Figure.MEAN,))
    assert list(cell_notes(found, by)) == [
        CellNote({"area": "a"}, "withheld", (*CODES, "age")),
        CellNote({"area": "b"}, "empty", ()),
        CellNote({"area": "c"}, "withheld", (*CODES, "age")),
    ]


def test_a_number_is_a_column_or_the_values_of_an_item() -> None:
    assert number_of(FORM, answers(), "age")[0] == 20
    assert number_of(FORM, answers(), "q03").tolist() == values_of(FORM, answers().given)[:, 2].tolist()
    assert rolled_codes(FORM) == CODES
