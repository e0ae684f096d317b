"""The index of decision 766/QĐ-TTg as the national portal computes it, with the figures that are known."""

from __future__ import annotations

from fractions import Fraction

import pytest
from tests.builders import criteria_set, figures, node, sheets, units

from parindex.documents.criteria_sets.criteria_set_file import load_criteria_set
from parindex.documents.criteria_sets.shipped import shipped_set_path
from parindex.domain.criteria.criteria_set import CriteriaSet
from parindex.domain.index.compute import compute
from parindex.domain.index.item_states import ItemState
from parindex.domain.index.result import ItemResult, Result
from parindex.domain.scoring.score_sheet import Origin
from parindex.domain.values import Rounding


def shipped() -> CriteriaSet:
    path = shipped_set_path("service-index-2022")
    assert path is not None
    return load_criteria_set(path)


SET = shipped()


def item(code: str, **numbers: int) -> ItemResult:
    """One item of a unit with these figures and no others."""
    one = units("a", group="provinces")
    given = figures(one, {name: [value] for name, value in numbers.items()}, year=2022)
    return compute(SET, given, sheets(SET, one)).unit(0).items[code]


def test_the_groups_and_their_maxima() -> None:
    """18 + 20 + 22 (12 + 10) + 22 + 18 = 100."""
    maxima = {area.code: area.max_points for area in SET.areas}
    assert maxima == {"1": 18, "2": 20, "3": 22, "4": 22, "5": 18}
    points = [one.max_points for one in SET.node("4").children]
    assert points == [6, 4, 2, 4, 2, 2, 2]


def test_everything_reached_is_a_hundred_and_xuat_sac() -> None:
    none = {"dossiers_overdue", "dossiers_rated_negative"}
    known = units("a", group="provinces")
    given = figures(known, {name: [int(name not in none)] for name in SET.measures}, year=2022)
    view = compute(SET, given, sheets(SET, known), final=True).unit(0)
    assert (view.points, view.max_points, view.grade) == (100, 100, "Xuất sắc")
    assert {code: one.points for code, one in view.nodes.items() if "." not in code} == {
        "1": 18, "2": 20, "3": 22, "4": 22, "5": 18,
    }  # fmt: skip


def test_progress_in_proportion() -> None:
    """393.087 of 443.565 dossiers on time: 17,72 of 20."""
    points = item("2.1", dossiers_on_time=393087, dossiers_received=443565).points
    assert points == Fraction(20 * 393087, 443565)
    assert Rounding(2).apply(points) == Fraction("17.72")


@pytest.mark.parametrize(
    ("online", "offered", "expected"), [(80, 100, "2"), (100, 100, "2"), (40, 100, "1"), (79, 100, "1.975")]
)
def test_a_target_gives_the_maximum_and_less_gives_its_share(online: int, offered: int, expected: str) -> None:
    """min(2; 2A/0,8)."""
    assert item("3.1", procedures_online=online, procedures_offered=offered).points == Fraction(expected)


@pytest.mark.parametrize(
    ("a", "b", "c", "expected"),
    [
        ((1, 2), (1, 2), (1, 2), "5.5"),  # 3 + 1,25 + 1,25
        ((1, 2), (9, 10), (1, 2), "6.25"),  # 2,5B is capped at 2
        ((1, 1), (1, 1), (1, 1), "10"),  # never more than 10
        ((0, 1), (0, 1), (0, 1), "0"),
    ],
)
def test_payment_is_a_sum_of_capped_ratios(
    a: tuple[int, int], b: tuple[int, int], c: tuple[int, int], expected: str
) -> None:
    """6A + min(2; 2,5B) + 2,5C."""
    found = item(
        "3.4",
        dossiers_paid_online=a[0], dossiers_with_fees=a[1], procedures_paid_online=b[0],
        procedures_payable_online=b[1], fee_procedures_covered=c[0], fee_procedures_with_dossiers=c[1],
    )  # fmt: skip
    assert found.points == Fraction(expected)


def test_a_payment_metric_of_nothing_does_not_void_the_others() -> None:
    """Denominators of 0 are settled metric by metric; which points of the metric that gives is our assumption."""
    given = {
        "dossiers_paid_online": 0, "dossiers_with_fees": 0, "procedures_paid_online": 1,
        "procedures_payable_online": 2, "fee_procedures_covered": 1, "fee_procedures_with_dossiers": 2,
    }  # fmt: skip
    found = item("3.4", **given)
    assert (found.points, found.state) == (Fraction("2.5"), ItemState.ANSWERED)  # 0 + 1,25 + 1,25
    assert item("3.4", **{**given, "procedures_payable_online": 0, "procedures_paid_online": 0}).points == Fraction(
        "1.25"
    )
    del given["fee_procedures_covered"]
    assert item("3.4", **given).state is ItemState.UNANSWERED


def test_what_is_our_assumption_is_said_in_the_set() -> None:
    for code in ("1.4", "3.4", "4.1", "4.2", "4.3", "4.4", "4.5", "4.6", "4.7", "5.1"):
        assert "parindex" in SET.node(code).note


def test_a_province_without_figures_is_not_ranked() -> None:
    known = units("a", "b", group="provinces")
    given = figures(known, {name: [1, None] for name in SET.measures}, year=2022)
    view = compute(SET, given, sheets(SET, known)).unit(1)
    assert (view.without_figures, view.index, view.grade, view.rank) == (True, None, None, None)


@pytest.mark.parametrize(
    ("code", "numbers", "expected"),
    [
        ("4.6", {"certified_copies_digital": 0, "certified_copies_asked": 0}, 2),
        ("5.2", {"petitions_on_time": 0, "petitions": 0}, 6),
        ("5.3", {"petitions_satisfied": 0, "petitions_rated": 0}, 6),
        ("5.1", {"dossiers_evaluated": 0, "dossiers_overdue": 0, "dossiers_rated_negative": 0}, 0),
    ],
)
def test_nothing_arose_is_settled_by_metric(code: str, numbers: dict[str, int], expected: int) -> None:
    """Full points for certified copies and complaints, none for receiving."""
    found = item(code, **numbers)
    assert (found.points, found.state) == (expected, ItemState.ANSWERED)


def test_null_is_not_zero() -> None:
    """Complaints of 0 are full points; complaints that nobody has entered are none."""
    assert item("5.2", petitions=0).points == 6
    assert item("5.2", petitions_on_time=0).state is ItemState.UNANSWERED
    assert item("2.1", dossiers_received=10).rule_points is None
    assert item("2.1", dossiers_on_time=0, dossiers_received=10).state is ItemState.ANSWERED


@pytest.mark.parametrize(
    ("overdue", "negative", "expected"), [(5, 5, "6"), (10, 0, "6"), (10, 10, "16/3"), (60, 40, "0"), (80, 40, "0")]
)
def test_satisfaction_is_what_overdue_and_negative_leave(overdue: int, negative: int, expected: str) -> None:
    """r = 100 % − (overdue % + negative %); min(6; 6r/0,9)."""
    found = item("5.1", dossiers_evaluated=100, dossiers_overdue=overdue, dossiers_rated_negative=negative)
    assert found.points == Fraction(expected)


def of_totals(*totals: str) -> Result:
    made = criteria_set(node("1", "100"), grades=SET.grades, rounding=SET.rounding)
    known = units(*(f"u{k}" for k in range(len(totals))))
    return compute(made, figures(known), sheets(made, known, typed={Origin.SELF: {"1": list(totals)}}))


def test_the_classes_are_closed_at_the_lower_edge() -> None:
    result = of_totals("90", "89.99", "80", "83.61", "70", "50", "49.99", "97.63")
    assert [result.unit(row).grade for row in range(8)] == [
        "Xuất sắc", "Tốt", "Tốt", "Tốt", "Khá", "Trung bình", "Yếu", "Xuất sắc",
    ]  # fmt: skip


def test_competition_ranks_by_the_rounded_index() -> None:
    """5, 5, 7: what prints the same has the same rank."""
    result = of_totals("99", "98", "97", "96", "80.001", "80.004", "79.5")
    assert result.rank.tolist() == [1, 2, 3, 4, 5, 5, 7]
