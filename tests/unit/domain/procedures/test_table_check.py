"""Evaluation tables: cases beside those of the manual."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from time import process_time

from tests.measured_tables import evaluated, unit, units

from parindex.domain.errors import Place
from parindex.domain.procedures.printed_table import GradeCount, PrintedMean, PrintedUnit
from parindex.domain.procedures.table_habits import (
    competition,
    dense,
    is_ordered,
    ordinal,
    out_of_place,
    totalled,
)


def test_a_missing_total_or_grade_is_named() -> None:
    one = units()
    one[1] = replace(one[1], total=None)
    one[3] = replace(one[3], grade="")
    assert evaluated(one) == [("evaluation_missing", "2", None, None), ("evaluation_missing", "4", None, None)]


def test_nothing_is_proposed_where_two_cells_are_empty_or_the_total_is_too_large() -> None:
    one = units()
    one[1] = unit("2", None, None, "1.5", total="5.5")
    one[0] = unit("1", "2", None, "2", total="6.5")
    assert evaluated(one) == [
        ("evaluation_missing", "1", None, None),
        ("evaluation_missing", "2", None, None),
        ("evaluation_missing", "2", None, None),
    ]


def test_officials_have_a_maximum_of_their_own() -> None:
    one = [replace(each, official=Fraction(9)) for each in units()]
    one[0] = replace(one[0], official=Fraction(11))
    one[1] = replace(one[1], official=Fraction(-1))
    assert evaluated(one) == [
        ("evaluation_value_range", "1", "11", "10"),
        ("evaluation_value_range", "2", "-1", "10"),
    ]
    assert evaluated(one, official_maximum=None) == [("evaluation_value_range", "2", "-1", None)]


def test_a_value_above_an_unknown_maximum_is_no_fault() -> None:
    one = units()
    one[0] = unit("1", "4", "2", "2")
    assert evaluated(one, maxima=(None, Fraction(2), Fraction(2))) == []


def test_totals_rounded_to_one_place_are_no_faults() -> None:
    points = (("1.97", "2", "2", "6.0"), ("1.96", "2", "2", "6.0"), ("1.92", "2", "1.92", "5.8"), ("1", "1", "1", "3"))
    made = [unit(str(at), *three[:3], total=three[3]) for at, three in enumerate(points, start=1)]
    assert evaluated(made) == []
    assert [row.found for row in totalled(made)] == [6, 6, Fraction("5.8"), 3]


def test_grades_that_follow_no_order_at_all_are_left_alone() -> None:
    grades = ("Tốt", "Xuất sắc", "Tốt", "Xuất sắc", "Tốt", "Xuất sắc")
    one = [replace(each, grade=grade) for each, grade in zip(units(), grades, strict=True)]
    assert evaluated(one) == []
    assert evaluated([replace(each, grade="") for each in units()]) == []


def test_ranks_that_follow_no_total_are_left_alone() -> None:
    one = [replace(each, rank=rank) for each, rank in zip(units(), (6, 2, 5, 1, 4, 3), strict=True)]
    assert evaluated(one) == []


def test_a_missing_rank_is_named() -> None:
    one = [replace(each, rank=at) for at, each in enumerate(units(), start=1)]
    one[2] = replace(one[2], rank=None)
    assert evaluated(one) == [("evaluation_missing", "3", None, "3")]


def test_ranks_may_run_over_all_groups() -> None:
    first, second = units()[:3], units()[3:]
    ranked = [
        [replace(one, rank=at) for at, one in enumerate(group, start)] for group, start in ((first, 1), (second, 4))
    ]
    assert evaluated(*ranked) == []


def test_numbers_may_run_on_over_groups_or_be_no_numbers() -> None:
    assert evaluated(units()[:3], units()[3:]) == []
    assert evaluated([replace(one, number="a") for one in units()]) == []
    scattered = [replace(one, number=number) for one, number in zip(units(), "294815", strict=True)]
    assert evaluated(scattered) == []


def test_a_table_in_no_order_is_not_held_to_one() -> None:
    one = units()
    turned = [replace(each, number=str(at), code=str(at)) for at, each in enumerate([*one[3:], *one[:3]], start=1)]
    assert evaluated(turned) == []
    assert not is_ordered([[Fraction(1), Fraction(2), Fraction(3)]])


def test_a_moved_row_is_one_finding() -> None:
    one = units()
    moved = [one[0], one[3], one[1], one[2], one[4], one[5]]
    numbered = [replace(each, number=str(at), code=str(at)) for at, each in enumerate(moved, start=1)]
    assert evaluated(numbered) == [("evaluation_order", "2", "2", "4")]


def falling(*totals: str) -> list[PrintedUnit]:
    """Units numbered from 1, with one indicator that is the total."""
    made = [unit(str(at), total, "0", "0", total=total) for at, total in enumerate(totals, start=1)]
    return [replace(each, grade="") for each in made]


def test_a_row_that_stands_twice_does_not_hide_that_others_changed_places() -> None:
    """Eight rows, the first once more at the end: of the seven others two have changed places."""
    made = falling("2", "1.9", "1.8", "1.7", "1.5", "1.6", "1.4", "2")
    made[7] = replace(made[7], title=made[0].title)
    faults = evaluated(made)
    assert faults == [("evaluation_order", "5", "5", "6"), ("evaluation_unit_repeated", "8", "Sở 1", "1")]


def test_a_row_that_stands_twice_makes_no_rank_wrong() -> None:
    made = [replace(each, rank=at) for at, each in enumerate(falling("2", "1.9", "1.8", "1.7", "1.6", "2"), start=1)]
    made[5] = replace(made[5], title=made[0].title, rank=1)
    made[3] = replace(made[3], rank=5)
    assert evaluated(made) == [("evaluation_rank", "4", "5", "4"), ("evaluation_unit_repeated", "6", "Sở 1", "1")]


def test_another_unit_under_the_same_name_keeps_its_place_in_the_order() -> None:
    made = falling("2", "1.9", "1.8", "1.7", "1.5", "1.6", "1.4")
    made[5] = replace(made[5], title=made[0].title)
    faults = evaluated(made)
    assert faults == [("evaluation_order", "5", "5", "6"), ("evaluation_unit_repeated", "6", "Sở 1", "1")]


def test_means_of_one_group() -> None:
    first, second = units()[:3], units()[3:]
    mean = PrintedMean(Place(), (Fraction(2), None, None), None, Fraction(9), 0)
    assert evaluated(first, [replace(one, number=str(at)) for at, one in enumerate(second, 1)], means=(mean,)) == []
    wrong = replace(mean, indicators=(Fraction("1.9"), None, None))
    renumbered = [replace(one, number=str(at)) for at, one in enumerate(second, 1)]
    assert evaluated(first, renumbered, means=(wrong,)) == [("evaluation_mean", "I", "1.9", "2")]


def test_a_mean_is_rounded_as_those_beside_it() -> None:
    """1,8 beside means with two decimals is 1,80; where all have one, it is 1,83 rounded."""
    one = units()
    one[1], one[5] = unit("2", "2", "1.94", "1.52"), unit("6", "1", "1", "0.04")

    def mean(*values: str) -> PrintedMean:
        return PrintedMean(Place(), tuple(map(Fraction, values)), None, None)

    assert evaluated(one, means=(mean("1.83", "1.49", "1.01"),)) == []
    assert evaluated(one, means=(mean("1.8", "1.5", "1"),)) == []
    assert evaluated(one, means=(mean("1.8", "1.49", "1.01"),)) == [("evaluation_mean", "", "1.8", "1.83")]
    only = PrintedMean(Place(), (Fraction("1.8"), None, None), None, None)
    assert evaluated(one, means=(only,)) == []
    whole = replace(mean("1.83", "1.49", "1.01"), total=Fraction(4))
    assert evaluated(one, means=(whole,)) == [("evaluation_mean", "", "4", "4.33")]


def test_a_lost_row_may_be_the_one_that_the_prose_counts() -> None:
    lost = [each for each in units() if each.number != "2"]
    count = GradeCount("Xuất sắc", 3, 6, Place())
    assert evaluated(lost, counts=(count,)) == [("evaluation_number", "3", "3", "2")]


def test_counts_without_a_number_of_units_or_with_unknown_bands() -> None:
    assert evaluated(units(), counts=(GradeCount("Tốt", 2, None, Place(), 0),)) == []
    assert evaluated(units(), counts=(GradeCount("Tốt", 1, None, Place(), 0),)) == [("evaluation_count", "", "1", "2")]
    other = [replace(one, grade="Đạt") for one in units()]
    assert evaluated(other, counts=(GradeCount("Đạt", 6, 6, Place()),), bands=()) == []
    assert evaluated(other, counts=(GradeCount("Đạt", 6, 6, Place(), or_better=True),), bands=()) == []


def test_counts_of_a_table_without_grades_go_by_the_totals() -> None:
    """Bands that the paper does not state count only where most counts bear them out."""
    plain = [replace(one, grade="") for one in units()]
    sound, wrong = GradeCount("Xuất sắc", 3, 6, Place()), GradeCount("Tốt", 3, 6, Place())
    assert evaluated(plain, counts=(sound,)) == []
    assert evaluated(plain, counts=(sound, wrong)) == [("evaluation_count", "", "3/6", "2/6")]
    assert evaluated(plain, counts=(wrong,)) == []
    assert evaluated(plain, counts=(wrong,), declared_bands=True) == [("evaluation_count", "", "3/6", "2/6")]


def test_ranks_around_lost_rows() -> None:
    """Two lost rows, one above and one amid units of the same total: no rank below them is wrong."""
    points = ("2", "1.9", "1.8", "1.8", "1.7", "1.6", "1.5", "1.4", "1.3")
    made = [unit(str(at), one, "2", "2") for at, one in enumerate(points, start=1)]
    ranked = [replace(one, rank=rank) for one, rank in zip(made, (1, 2, 3, 3, 5, 6, 7, 8, 9), strict=True)]
    left = [one for one in ranked if one.number not in ("2", "6")]
    assert evaluated(left) == [("evaluation_number", "3", "3", "2"), ("evaluation_number", "7", "7", "6")]
    unranked = [replace(one, rank=None) if one.number == "8" else one for one in left]
    assert ("evaluation_missing", "8", None, "8") in evaluated(unranked)


def test_a_large_table_with_a_lost_row_and_wrong_totals_is_checked_in_little_time() -> None:
    """The work grows with the rows, not with their square."""
    count = 2000
    made = [
        unit(str(at), "2", "2", str(Fraction(2 * (count - at), count)), rank=at, title=f"Xã {at}")
        for at in range(1, count + 1)
    ]
    made = [replace(one, total=Fraction(6)) if one.rank in (700, 900) else one for one in made if one.rank != 500]
    started = process_time()
    found = [kind for kind, *_ in evaluated(made)]
    assert process_time() - started < 5
    assert sorted(found) == ["evaluation_number", "evaluation_total", "evaluation_total"]


def test_ways_of_ranking() -> None:
    totals = [Fraction(5), Fraction(4), Fraction(4), Fraction(3)]
    assert (competition(totals), dense(totals), ordinal(totals)) == ([1, 2, 2, 4], [1, 2, 2, 3], [1, 2, 3, 4])
    assert out_of_place(totals) == []
    assert out_of_place([Fraction(3), Fraction(1), Fraction(2)]) in ([1], [2])


def test_a_value_out_of_range_beside_an_empty_cell() -> None:
    one = units()
    one[0] = unit("1", "3", None, "2", total="6")
    assert evaluated(one) == [("evaluation_missing", "1", None, "1"), ("evaluation_value_range", "1", "3", "2")]
