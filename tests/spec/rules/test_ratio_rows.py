"""Rule kind ``ratio``: rows 4, 5, 6, 12, 23, 24, 26, 29, 35 and 37 of the catalogue, with their own figures."""

from __future__ import annotations

from fractions import Fraction

from tests.builders import answers

from parindex.domain.values import Rounding


def printed(value: Fraction | str, places: int) -> str:
    """The points as a paper prints them."""
    assert isinstance(value, Fraction)
    return f"{float(Rounding(places).apply(value)):.{places}f}"


def test_row_4_linear_ratio() -> None:
    """Sheet of 2020, 3.4.1: 53.539 of 53.576 dossiers on time, 1,5 points. analysis of 2024, 7.3.6: 44.399 of
    50.328.
    """
    rule = {"kind": "ratio", "of": "on_time", "to": "received"}
    found = answers(rule, "1,5", {"on_time": [53539, 44399], "received": [53576, 50328]})
    assert found == [Fraction(53539, 53576) * Fraction(3, 2), Fraction(44399, 50328) * Fraction(3, 2)]
    assert [printed(value, 3) for value in found] == ["1.499", "1.323"]


def test_row_5_linear_with_floor() -> None:
    """Sheet of 2020, 7.3.1: 249 of 832 is below 50 % and gives 0 of 2. analysis of 2024, 6.1.1: 3.910.020 of
    4.070.513 gives 0,961 of 1.
    """
    rule = {"kind": "ratio", "of": "used", "to": "all", "floor": "50%"}
    assert answers(rule, 2, {"used": [249, 416, 415], "all": [832, 832, 832]}) == [0, 1, 0]
    paid = answers(rule, 1, {"used": [3910020], "all": [4070513]})
    assert printed(paid[0], 3) == "0.961"


def test_row_6_linear_to_a_target() -> None:
    """Sheet of 2020, 7.2.1: 178 of 572, target 50 %, 0,5 points: 0,3112 from the unrounded ratio (31,1 % would
    give 0,3110).

    Decision 766: 3 of 4 dossiers against targets of 80, 90 and 50 %.
    """
    rule = {"kind": "ratio", "of": "with_dossiers", "to": "offered", "target": "50%"}
    (found,) = answers(rule, "0,5", {"with_dossiers": [178], "offered": [572]})
    assert found == Fraction(178, 572)
    assert printed(found, 4) == "0.3112"
    by_target = [
        answers({**rule, "target": target}, 2, {"with_dossiers": [3], "offered": [4]})[0]
        for target in ("80%", "90%", "50%")
    ]
    assert by_target == [Fraction(15, 8), Fraction(5, 3), 2]


def test_row_12_weighted_classes() -> None:
    """Sheet of 2020, 7.1.3 and 7.1.9; analysis of 2024, 1.3.2 (weights above 1: the target is the largest weight)
    and 8.5.
    """
    half = {"kind": "ratio", "of": ["whole", {"measure": "part", "weight": "0,5"}], "to": "all"}
    found = answers(half, 1, {"whole": [117604, 23, 225], "part": [20425, 2, 347], "all": [138029, 25, 572]})
    assert [printed(value, 3) for value in found] == ["0.926", "0.960", "0.697"]
    assert found[0] == (117604 + Fraction(20425, 2)) / 138029

    above_one = {
        "kind": "ratio", "of": [{"measure": "early", "weight": "1,5"}, "on_time"], "to": "all", "target": "1,5",
    }  # fmt: skip
    (found_132,) = answers(above_one, "1,5", {"early": [16], "on_time": [12], "all": [39]})
    assert found_132 == Fraction(36, 39)
    assert printed(found_132, 3) == "0.923"


def test_row_12_more_than_the_whole_is_found_on_the_counts() -> None:
    """16 early and 12 on time of 39 are not more than the whole, although 16 · 1,5 + 12 · 1,5 would be 42."""
    rule = {
        "kind": "ratio", "target": "1,5", "to": "all",
        "of": [{"measure": "early", "weight": "1,5"}, {"measure": "on_time", "weight": "1,5"}],
    }  # fmt: skip
    found = answers(rule, 1, {"early": [16, 28], "on_time": [12, 12], "all": [39, 39]})
    assert found == [Fraction(28, 39), "over"]


def test_row_23_survey_mean() -> None:
    """A mean of 4,302 of 5 is 0,8604 of 1; where the scale starts at 1 the same mean is (4,302 − 1) / 4."""
    by_five = {"kind": "ratio", "of": "mean", "target": 5}
    assert answers(by_five, 1, {"mean": ["4,302"]}) == [Fraction("0.8604")]
    from_one = {"kind": "ratio", "of": ["mean", {"number": 1, "weight": -1}], "target": 4}
    assert answers(from_one, 1, {"mean": ["4,302", 1, 5]}) == [Fraction("0.8255"), 0, 1]


def test_row_24_satisfaction_percentage() -> None:
    """Analysis of 2024, 8.1: 82,96 % of 10 is 8,296; the paper prints 8,30. sheet of 2020, 8.1.1: 89,07 % of 1,5."""
    rule = {"kind": "ratio", "of": "satisfied"}
    assert answers(rule, 10, {"satisfied": ["82,96%"]}) == [Fraction("8.296")]
    assert answers({**rule, "round": {"places": 2}}, 10, {"satisfied": ["82,96%"]}) == [Fraction("8.3")]
    assert printed(answers(rule, "1,5", {"satisfied": ["89,07%"]})[0], 4) == "1.3361"


def test_row_24_a_percentage_rounded_before_it_is_used() -> None:
    """A declared rounding of the quantity itself: 2 of 3 is 66,67 %, so 6,667 of 10."""
    of = {"quantity": {"of": "satisfied", "to": "asked", "round": {"places": 4}}}
    rule = {"kind": "ratio", "of": of, "nothing_arose": "not_assessed"}
    found = answers(rule, 10, {"satisfied": [2, 0], "asked": [3, 0]})
    assert found == [Fraction("6.667"), "not_assessed"]


def test_row_26_average_of_per_case_scores() -> None:
    """Circular 01/2018, article 15: dossiers scored 2, 1 or 0, the mean rounded to 1 decimal: 1,9."""
    rule = {
        "kind": "ratio", "target": 2, "to": "dossiers", "round": {"places": 1},
        "of": [{"measure": "two", "weight": 2}, "one", {"measure": "none", "weight": 0}],
    }  # fmt: skip
    found = answers(rule, 2, {"two": [37, 19], "one": [2, 1], "none": [1, 0], "dossiers": [40, 20]})
    assert found == [Fraction("1.9"), 2]  # 1,90 and 1,95


def test_row_29_normalised_by_the_best_unit() -> None:
    """Annex 1B: bandwidth against the best unit of the group that reported one."""
    rule = {"kind": "ratio", "of": "bandwidth", "to": {"measure": "bandwidth", "within_group": "best"}}
    assert answers(rule, 2, {"bandwidth": [100, 400, 300, None]}) == [Fraction(1, 2), 2, Fraction(3, 2), "missing"]


def test_row_35_cap_of_the_ratio() -> None:
    """Sheet of 2020, 5.6: 28.394 of a plan of 25.800 is 110,05 % and counts as 1; where nothing is declared it is
    a doubt.
    """
    rule = {"kind": "ratio", "of": "done", "to": "planned"}
    figures = {"done": [28394], "planned": [25800]}
    assert answers({**rule, "over": "cap"}, 1, figures) == [1]
    assert answers(rule, 1, figures) == ["over"]


def test_row_37_stepwise_yearly_target() -> None:
    """A target that rises year by year: the latest that is not after the cycle counts."""
    rule = {"kind": "ratio", "of": "online", "to": "all", "target": {2021: "30%", 2023: "60%", 2025: "80%"}}
    found = [answers(rule, 1, {"online": [24], "all": [100]}, year=year)[0] for year in (2021, 2022, 2023, 2026)]
    assert found == [Fraction(4, 5), Fraction(4, 5), Fraction(2, 5), Fraction(3, 10)]
