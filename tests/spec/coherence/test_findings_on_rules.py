"""What the check says of rules, measures, evidence and grades."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from tests.builders import criteria_set, node, rule
from tests.spec.coherence.checked import found_in, only

from parindex.domain.criteria.criteria_set import (
    CriteriaSet,
    Grade,
    Identity,
    IndexDeclaration,
    Measure,
    MeasureKind,
    RoundingSteps,
    RuleData,
    Source,
)
from parindex.domain.criteria.findings import Finding, Severity
from parindex.domain.errors import Place
from parindex.domain.scoring.check import check
from parindex.domain.values import Rounding

RATIO: dict[str, Any] = {"kind": "ratio", "of": "x", "to": "y"}


def of_rule(
    points: str = "2", *, year: int = 2024, measures: dict[str, Measure] | None = None, **data: Any
) -> CriteriaSet:
    """A set of one item with a rule."""
    more = {"measures": measures} if measures else {}
    return criteria_set(node("1", points, rule=rule(**data), evidence=("Báo cáo",)), year=year, **more)


def of_bands(*bands: dict[str, Any], **more: Any) -> tuple[Finding, ...]:
    """The findings on a rule with bands of a share."""
    return found_in(of_rule(kind="bands", **{"of": "x", "to": "y", **more}, bands=list(bands)))


def kinds(findings: tuple[Finding, ...]) -> list[tuple[str, str | None, str | None]]:
    return [(one.kind, one.stated, one.found) for one in findings]


# --- the best that a rule can give ---------------------------------------------------------------------------------


def test_best_option_above_max() -> None:
    """The best option is worth more than the item: scoring would cut it. So would it what 0/0 or a zero base gives."""
    finding = only(of_rule("1", kind="option", of="m", options={"yes": {"points": "1.5"}, "no": {"points": "0"}}))
    assert (finding.kind, finding.severity, finding.code) == ("best_option_above_max", Severity.ERROR, "1")
    assert (finding.stated, finding.found) == ("1", "1.5")
    inner = {"kind": "bands", "of": "n", "max_points": "1", "bands": [{"points": "1.25"}]}
    finding = only(of_rule("2", kind="sum", parts=[inner, {"kind": "given", "max_points": "1"}]))
    assert (finding.kind, finding.stated, finding.found) == ("best_option_above_max", "1", "1.25")
    assert only(of_rule("1", **RATIO, nothing_arose={"points": "2"})).kind == "best_option_above_max"
    assert only(of_rule("1", **RATIO, over="cap", zero_base={"points": "2"})).kind == "best_option_above_max"


def test_best_option_below_max() -> None:
    """No option reaches the maximum."""
    finding = only(of_rule("2", kind="option", of="m", options={"yes": {"share": "75%"}, "no": {"share": "0"}}))
    assert (finding.kind, finding.stated, finding.found) == ("best_option_below_max", "2", "1.5")


@pytest.mark.parametrize(
    ("data", "best"),
    [
        (RATIO, None),
        ({**RATIO, "target": "80%"}, None),
        ({**RATIO, "target": "125%"}, "1.6"),
        ({**RATIO, "target": "125%", "over": "allow"}, None),
        ({"kind": "ratio", "of": [{"quantity": {"of": "x", "to": "y"}}], "target": "2"}, "1"),
        ({"kind": "ratio", "of": "x", "target": "5"}, None),
        ({"kind": "ratio", "of": "r", "target": "5"}, "0.8"),
        ({"kind": "ratio", "of": "r", "target": "2"}, None),
        ({"kind": "ratio", "of": {"measure": "r", "weight": "-1"}}, "0"),
        ({"kind": "ratio", "of": [{"measure": "r", "weight": "-1"}, {"number": "5"}], "target": "10"}, "1"),
        ({"kind": "ratio", "of": "r", "to": {"number": "5"}, "over": "allow"}, "0.8"),
        ({"kind": "ratio", "of": "r", "to": "y", "over": "allow"}, None),
        ({"kind": "ratio", "of": {"number": "-1"}, "to": "y", "over": "allow"}, "0"),
        ({"kind": "ratio", "of": "x", "to": "y", "over": "cap", "zero_base": "full", "target": "2"}, None),
        ({"kind": "ratio", "of": {"measure": "x", "within_group": "rank"}}, None),
        ({"kind": "ratio", "of": ["x", {"number": "1"}], "to": "y", "target": "5"}, "0.4"),
        ({"kind": "ratio", "of": [{"quantity": {"of": "x", "to": "y", "round": {"places": 0}}}], "target": "2"}, "1"),
        ({"kind": "ratio", "of": ["x", {"measure": "s", "weight": "2"}], "to": "y", "target": "5"}, None),
        ({"kind": "ratio", "of": {"measure": "x", "weight": "2"}, "to": ["y", "s"], "target": "5"}, None),
        ({"kind": "ratio", "of": {"measure": "x", "weight": "2"}, "to": {"measure": "y", "weight": "-1"}}, None),
        ({"kind": "ratio", "of": "x", "to": {"measure": "y", "weight": "0.2"}, "target": "5"}, None),
        ({"kind": "ratio", "of": [{"measure": "x", "weight": "1.5"}, "z"], "to": "y", "target": "1.5"}, None),
        ({"kind": "ratio", "of": [{"measure": "x", "weight": "0.5"}], "to": "y"}, "1"),
        ({**RATIO, "max_points": "1"}, "1"),
        ({"kind": "count", "of": "n", "each": "0.5"}, None),
        ({"kind": "count", "of": "x", "to": "y", "each": "0.5"}, "0.5"),
        ({"kind": "count", "of": "n", "each": "0.5", "max_points": "1"}, "1"),
        ({"kind": "deduction", "classes": [{"of": "n", "points": "1"}]}, None),
        ({"kind": "given"}, None),
        ({"kind": "sum", "parts": [{**RATIO, "max_points": "1"}, {**RATIO, "max_points": "0.5"}]}, "1.5"),
        ({"kind": "sum", "parts": [{**RATIO, "max_points": "2"}, {**RATIO, "max_points": "0.5"}]}, None),
        ({"kind": "best", "alternatives": [{**RATIO, "max_points": "1"}, {**RATIO, "max_points": "1.5"}]}, "1.5"),
        ({"kind": "bands", "of": "n", "bands": [{"from": "0", "rule": {**RATIO, "max_points": "1"}}]}, "1"),
        (
            {
                "kind": "bands",
                "of": "x",
                "to": "y",
                "over": "cap",
                "zero_base": {"points": "1"},
                "bands": [{"points": "0.5"}],
            },
            "1",
        ),
        ({"kind": "option", "of": "m", "options": {"a": {"points": {2020: "1", 2024: "2"}}}}, None),
        ({"kind": "option", "of": "m", "options": {"a": {"points": {2020: "1", 2025: "2"}}}}, "1"),
    ],
)
def test_the_best_of_every_kind(data: dict[str, Any], best: str | None) -> None:
    """What a quantity can be bounds the points: a share is at most 100 % times its largest weight. A sum is capped.

    ``r`` is a rank of at most 2, ``s`` may be negative, of the other measures nothing is declared.
    """
    measures = {"r": Measure("r", "r", maximum=Fraction(2)), "s": Measure("s", "s", minimum=Fraction(-1))}
    made = criteria_set(node("1", "2", rule=RuleData(data)), measures=measures)
    found = [one.found for one in check(made, measures_known=False) if one.kind.startswith("best_option")]
    assert found == ([] if best is None else [best])


def test_items_without_a_maximum_are_not_compared() -> None:
    """Zero or missing points are findings of their own."""
    assert [one.kind for one in found_in(of_rule("0", **RATIO))] == ["points_zero"]


@pytest.mark.parametrize(
    ("data", "problem", "path"),
    [
        (
            {"kind": "option", "of": "m", "options": {"yes": {"points": "hai"}}},
            "value_not_understood",
            "options/yes/points",
        ),
        ({"kind": "option", "of": "m", "options": {"yes": {"points": {}}}}, "not_dated_yet", "options/yes/points"),
        ({"kind": "ratoi", "of": "x"}, "unknown_rule_kind", "kind"),
        ({**RATIO, "tagret": "2"}, "key_unknown", "tagret"),
        ({**RATIO, "target": {2025: "80%"}}, "not_dated_yet", "target"),
        ({**RATIO, "zero_base": "full"}, "zero_base_refused", "zero_base"),
        ({"kind": "ratio", "to": "y"}, "key_missing", None),
        ({"kind": "sum", "parts": [RATIO]}, "key_missing", "parts/0"),
    ],
)
def test_rule_unreadable(data: dict[str, Any], problem: str, path: str | None) -> None:
    """What scoring refuses is an error of the check: one finding a problem, with its place inside the rule."""
    finding = only(of_rule(**data))
    assert (finding.kind, finding.severity, finding.code) == ("rule_unreadable", Severity.ERROR, "1")
    assert (finding.facts["problem"], finding.facts["path"]) == (problem, path)


def test_rule_unreadable_in_a_file() -> None:
    """In a set from a file the place leads into the rule. Two problems are two findings; measures are not judged."""
    broken = rule(**RATIO, target="0", tagret="2")
    made = criteria_set(node("1", "2", rule=broken, evidence=("Báo cáo",), place=Place(path="areas/1")))
    assert [one.place.path for one in found_in(made)] == ["areas/1/rule/target", "areas/1/rule/tagret"]
    without_points = replace(made, areas=(node("1", None, rule=broken, evidence=("Báo cáo",)),))
    assert [one.kind for one in found_in(without_points)] == ["points_missing", "rule_unreadable", "rule_unreadable"]


# --- bands ---------------------------------------------------------------------------------------------------------

FULL = {"from": "100%", "share": "100%"}
MIDDLE = {"from": "50%", "below": "100%", "share": "50%"}
NONE = {"below": "50%", "share": "0"}


def test_bands_without_a_fault() -> None:
    """Every value in just one band: lower edges closed, upper edges open, no end at the top; in any order."""
    assert of_bands(FULL, MIDDLE, NONE) == ()
    assert of_bands(NONE, FULL, MIDDLE) == ()
    assert of_bands({**FULL, "up_to": "100%"}, MIDDLE, {**NONE, "from": "0"}) == ()


def test_bands_overlap() -> None:
    """From 40 % to 50 % is in two bands."""
    findings = of_bands(FULL, {**MIDDLE, "from": "40%"}, NONE)
    assert kinds(findings) == [("bands_overlap", "0.4", "0.5")]
    assert findings[0].severity is Severity.ERROR
    assert kinds(of_bands(FULL, {"below": "1", "share": "0"}, NONE)) == [("bands_overlap", None, "0.5")]
    assert kinds(of_bands({"from": "0", "share": "1"}, {"from": "0.5", "share": "0"})) == [
        ("bands_overlap", "0.5", None)
    ]


def test_bands_gap() -> None:
    """From 50 % to 60 % is in no band. A gap below the lowest or above the highest band is to be confirmed."""
    assert kinds(of_bands(FULL, {**MIDDLE, "from": "60%"}, NONE)) == [("bands_gap", "0.5", "0.6")]
    below = of_bands(FULL, MIDDLE)
    assert kinds(below) == [("bands_gap", "0", "0.5")]
    assert below[0].severity is Severity.WARNING
    assert kinds(of_bands(NONE, {"from": "50%", "up_to": "90%", "share": "1"})) == [("bands_gap", "0.9", "1")]


def test_band_edge() -> None:
    """ "trên 50 %" beside "dưới 50 %": exactly 50 % falls through. "từ 50 %" beside "đến 50 %": it is in two bands."""
    through = of_bands(FULL, {"above": "50%", "below": "100%", "share": "50%"}, NONE)
    assert kinds(through) == [("band_edge", "0.5", "0.5")]
    assert (through[0].severity, through[0].facts["twice"]) == (Severity.ERROR, False)
    twice = of_bands(FULL, MIDDLE, {"up_to": "50%", "share": "0"})
    assert (twice[0].kind, twice[0].facts["twice"]) == ("band_edge", True)
    assert kinds(of_bands({"above": "0", "share": "1"})) == [("band_edge", "0", "0")]
    assert kinds(of_bands({"from": "0", "below": "100%", "share": "1"})) == [("band_edge", "1", "1")]


def test_bands_of_whole_numbers() -> None:
    """Forms of propaganda: 0, 1–2, from 3. Nothing lies between 2 and 3, but it does between 2 and 4."""
    low, middle = {"up_to": "0", "share": "0"}, {"from": "1", "up_to": "2", "share": "50%"}
    top = {"from": "3", "share": "100%"}
    counted = {"n": Measure("n", "Hình thức", integer=True)}
    assert found_in(of_rule(kind="bands", of="n", bands=[low, middle, top], measures=counted)) == ()
    both = {**counted, "k": Measure("k", "Sáng kiến", MeasureKind.LIST)}
    assert found_in(of_rule(kind="bands", of=["n", "k"], bands=[low, middle, top], measures=both)) == ()
    paper = of_rule(kind="bands", of="n", bands=[low, middle, top])
    assert found_in(replace(paper, measures={}), measures_known=False) == ()
    lists = {"k": both["k"]}
    rank = {"measure": "k", "within_group": "rank"}
    assert found_in(of_rule(kind="bands", of=[rank, {"number": "1"}], bands=[low, middle, top], measures=lists)) == ()
    halves = of_rule(kind="bands", of={"measure": "n", "weight": "0.5"}, bands=[low, middle, top], measures=counted)
    assert kinds(found_in(halves)) == [("bands_gap", "0", "1"), ("bands_gap", "2", "3")]
    nested = {"quantity": {"of": "n"}, "weight": "2"}
    assert found_in(of_rule(kind="bands", of=nested, bands=[low, middle, top], measures=counted)) == ()
    wide = of_rule(kind="bands", of="n", bands=[low, middle, {"from": "4", "share": "1"}], measures=counted)
    assert kinds(found_in(wide)) == [("bands_gap", "2", "4")]
    days = {"n": Measure("n", "Ngày")}
    whole = of_rule(kind="bands", of={"measure": "n", "year": -1}, bands=[low, middle, top], measures=days)
    assert kinds(found_in(whole)) == [("bands_gap", "0", "1"), ("bands_gap", "2", "3")]
    shut = of_rule(
        kind="bands", of="n", bands=[low, {"above": "0.5", "below": "2.5", "share": "1"}, top], measures=counted
    )
    assert found_in(shut) == ()


def test_bands_of_a_difference_go_below_zero() -> None:
    """Growth against last year can be negative: the lowest band must have no end."""
    growth = [{"measure": "x"}, {"measure": "x", "year": -1, "weight": "-1"}]
    bands = [{"from": "0", "up_to": "0", "share": "50%"}, {"above": "0", "share": "100%"}]
    assert kinds(found_in(of_rule(kind="bands", of=growth, bands=bands))) == [("bands_gap", None, "0")]


def test_bands_up_to_the_largest_figure() -> None:
    """A rank from 1 to 63 needs no band above 63; without such a limit the top must be open."""
    bands = [{"up_to": "10", "share": "1"}, {"from": "11", "up_to": "63", "share": "0"}]
    limited = {"n": Measure("n", "Hạng", integer=True, maximum=Fraction(63))}
    assert found_in(of_rule(kind="bands", of="n", bands=bands, measures=limited)) == ()
    free = {"n": Measure("n", "Hạng", integer=True)}
    assert kinds(found_in(of_rule(kind="bands", of="n", bands=bands, measures=free))) == [("bands_gap", "63", None)]


def test_band_unreachable() -> None:
    """More than 100 % of a whole is refused: what such a band gives nobody gets. With ``over: allow`` it can occur."""
    above, rest = {"above": "100%", "share": "100%"}, {"up_to": "100%", "share": "50%"}
    found = of_bands(above, rest)
    assert kinds(found) == [("band_unreachable", "1", "1")]
    assert found[0].severity is Severity.ERROR
    assert of_bands(above, rest, over="allow") == ()
    ranks = {"n": Measure("n", "Hạng", integer=True, maximum=Fraction(63))}
    bands = [{"up_to": "63", "share": "1"}, {"from": "64", "share": "0"}]
    assert kinds(found_in(of_rule(kind="bands", of="n", bands=bands, measures=ranks))) == [
        ("band_unreachable", "64", "63")
    ]


def test_bands_inside_other_rules() -> None:
    """Bands inside a sum, and a rule inside a band, are checked as well."""
    inner = {"kind": "bands", "of": "x", "to": "y", "max_points": "2", "bands": [{"above": "0", "share": "1"}]}
    assert kinds(found_in(of_rule(kind="sum", parts=[inner]))) == [("band_edge", "0", "0")]
    outer = {"from": "0", "rule": {"kind": "bands", "of": "x", "to": "y", "bands": [{"from": "0", "share": "1"}]}}
    assert of_bands(outer) == ()
    narrow = {
        "kind": "bands",
        "bands": [{"from": "80%", "share": "1"}, {"below": "80%", "above": "50%", "share": "50%"}],
    }
    assert of_bands({"above": "50%", "rule": narrow}, {"up_to": "50%", "share": "0"}) == ()
    through = of_bands({"from": "50%", "rule": narrow}, {"below": "50%", "share": "0"})
    assert kinds(through) == [("band_edge", "0.5", "0.5")]
    quotient = {"quantity": {"of": "x", "to": "y"}}
    assert found_in(of_rule(kind="bands", of=quotient, bands=[{"from": "0", "up_to": "1", "share": "1"}])) == ()
    steep = {
        "kind": "bands",
        "bands": [{"from": "80%", "share": "1"}, {"below": "80%", "above": "60%", "share": "50%"}],
    }
    found = of_bands({"from": "50%", "rule": steep}, {"below": "50%", "share": "0"})
    assert kinds(found) == [("bands_gap", "0.5", "0.6")]


# --- what is missing -----------------------------------------------------------------------------------------------


def test_rule_missing() -> None:
    """All items without a rule are one finding: one thing to do. Decision 2270 has none for 113 and 123 items."""
    made = criteria_set(node("1", "2", node("1.1"), node("1.2", rule=rule(**RATIO))))
    finding = next(one for one in check(made) if one.kind == "rule_missing")
    assert (finding.severity, finding.code, finding.found) == (Severity.WARNING, "1.1", "1")
    assert finding.facts == {"count": 1, "of": 2, "codes": ("1.1",), "all": False}
    everything = check(criteria_set(node("1", "2", node("1.1"), node("1.2"))))[0]
    assert (everything.kind, everything.code, everything.found, everything.facts["all"]) == (
        "rule_missing",
        "",
        "2",
        True,
    )


def test_rule_proposed() -> None:
    """Rules that a reader made out of option lines are to be confirmed."""
    finding = only(criteria_set(node("1", "1", rule=RuleData(RATIO, proposed=True))))
    assert (finding.kind, finding.severity, finding.code) == ("rule_proposed", Severity.WARNING, "1")


def test_rule_assumed() -> None:
    """What no source gives says so wherever it shows."""
    finding = only(criteria_set(node("1", "1", rule=RuleData(RATIO, assumed=True))))
    assert (finding.kind, finding.severity, finding.code) == ("rule_assumed", Severity.NOTE, "1")


def test_evidence_missing() -> None:
    """Items that are reported should say which evidence is demanded; surveyed items need none."""
    made = criteria_set(node("1", "2", node("1.1"), node("1.2", source=Source.OPINION_SURVEY)))
    finding = next(one for one in check(made) if one.kind == "evidence_missing")
    assert (finding.severity, finding.code) == (Severity.NOTE, "1.1")
    assert (finding.facts["count"], finding.facts["of"]) == (1, 1)


def test_unknown_measure() -> None:
    """A rule names a measure that the set does not declare. A paper declares none, and is not asked."""
    measures = {"dossiers_received": Measure("dossiers_received", "Hồ sơ tiếp nhận")}
    made = of_rule(kind="ratio", of="dossiers_on_time", to="dossiers_received", measures=measures)
    finding = only(made)
    assert (finding.kind, finding.severity, finding.stated) == ("unknown_measure", Severity.ERROR, "dossiers_on_time")
    assert finding.facts["near"] == ("dossiers_received",)
    assert found_in(made, measures_known=False) == ()


def test_unused_measure() -> None:
    """Measures that no rule uses are noted, all at once."""
    made = of_rule(**RATIO)
    more = replace(made, measures={**made.measures, "z": Measure("z", "z")})
    finding = only(more)
    assert (finding.kind, finding.severity, finding.facts["measures"]) == ("unused_measure", Severity.NOTE, ("z",))
    checked = replace(more, identities=(Identity(("x",), ("z",)),))
    assert found_in(checked) == ()


def test_unused_measure_of_a_rule_that_cannot_be_read() -> None:
    """While a rule cannot be read nobody knows what it uses; one that names an unknown measure is read as far."""
    measures = {"x": Measure("x", "x"), "z": Measure("z", "z")}
    assert only(of_rule(**{**RATIO, "kind": "ratoi"}, measures=measures)).kind == "rule_unreadable"
    found = found_in(of_rule(**RATIO, measures=measures))
    assert [(one.kind, one.stated or one.found) for one in found] == [("unknown_measure", "y"), ("unused_measure", "1")]


def test_nothing_arose_undeclared() -> None:
    """Ratios that do not say what 0/0 gives are one note: each is left to a decision whenever nothing arose."""
    silent, said = rule(**RATIO), rule(**RATIO, nothing_arose="full")
    made = criteria_set(node("1", "3", node("1.1", rule=silent), node("1.2", rule=said), node("1.3", rule=silent)))
    finding = next(one for one in check(made) if one.kind == "nothing_arose_undeclared")
    assert (finding.severity, finding.code, finding.facts["codes"]) == (Severity.NOTE, "", ("1.1", "1.3"))
    inside = of_rule("1", kind="sum", parts=[{**RATIO, "max_points": "1"}])
    assert [one.code for one in check(inside) if one.kind == "nothing_arose_undeclared"] == ["1"]
    outside = of_rule("1", kind="sum", parts=[{**RATIO, "max_points": "1"}], nothing_when="y", nothing_arose="zero")
    assert [one for one in check(outside) if one.kind == "nothing_arose_undeclared"] == []


# --- what the parameters of a kind allow ---------------------------------------------------------------------------


def test_floor_above_target() -> None:
    """Nothing below 50 %, all from 40 %: then nothing is in proportion, and one of the two is wrong."""
    finding = only(of_rule(**RATIO, floor="50%", target="40%"))
    assert (finding.kind, finding.severity, finding.stated, finding.found) == (
        "floor_above_target",
        Severity.ERROR,
        "0.5",
        "0.4",
    )
    assert found_in(of_rule(**RATIO, floor="50%", target="50%")) == ()


def test_sum_above_max() -> None:
    """Parts of 2 and 0,5 in a sum of 2: what exceeds it is cut off, which is to be confirmed."""
    parts = [{**RATIO, "max_points": "2"}, {**RATIO, "max_points": "0.5"}]
    finding = only(of_rule("2", kind="sum", parts=parts))
    assert (finding.kind, finding.severity, finding.stated, finding.found) == (
        "sum_above_max",
        Severity.WARNING,
        "2",
        "2.5",
    )
    assert found_in(of_rule("2.5", kind="sum", parts=parts)) == ()


def test_deduction_zero() -> None:
    """A case for which nothing is taken away."""
    finding = only(of_rule(kind="deduction", classes=[{"of": "n", "points": "0"}, {"of": "k", "share": "50%"}]))
    assert (finding.kind, finding.severity) == ("deduction_zero", Severity.WARNING)


def test_deduction_above_max() -> None:
    """One case takes away more than there is: to be confirmed."""
    finding = only(of_rule("2", kind="deduction", classes=[{"of": "n", "points": "5"}, {"of": "k", "points": "2"}]))
    assert (finding.kind, finding.severity, finding.stated, finding.found) == (
        "deduction_above_max",
        Severity.WARNING,
        "2",
        "5",
    )
    part = {"kind": "deduction", "max_points": "0", "classes": [{"of": "n", "points": "0"}]}
    assert found_in(of_rule("1", kind="sum", parts=[part, {"kind": "given", "max_points": "1"}])) == ()


def test_maximum_off_step() -> None:
    """0,125 at two places is 0,13: more than the maximum, and so it is limited again. A rule's own step counts."""
    item = RoundingSteps(item=Rounding(2))
    finding = only(replace(of_rule("0.125", **RATIO), rounding=item))
    assert (finding.kind, finding.severity, finding.stated, finding.found) == (
        "maximum_off_step",
        Severity.WARNING,
        "0.125",
        "0.13",
    )
    own = of_rule("0.125", **RATIO, round={"places": "3"})
    assert found_in(replace(own, rounding=item)) == ()
    cut = only(of_rule("0.6", **RATIO, round={"places": "0", "mode": "truncated"}))
    assert (cut.kind, cut.found) == ("maximum_off_step", "0")


# --- declarations --------------------------------------------------------------------------------------------------


def test_measure_limits() -> None:
    """No figure is at least 5 and at most 3."""
    x = Measure("x", "x", minimum=Fraction(5), maximum=Fraction(3))
    finding = only(of_rule(kind="ratio", of="x", target="3", measures={"x": x}))
    assert (finding.kind, finding.severity, finding.stated, finding.found) == (
        "measure_limits",
        Severity.ERROR,
        "5",
        "3",
    )
    fits = replace(x, minimum=Fraction(3))
    assert found_in(of_rule(kind="ratio", of="x", target="3", measures={"x": fits})) == ()


def test_choice_summed() -> None:
    """Choices of child units have no sum."""
    m = Measure("m", "m", MeasureKind.CHOICE, choices={"yes": "Có"}, sum_of_children=True)
    finding = only(of_rule(kind="option", of="m", options={"yes": {"points": "2"}}, measures={"m": m}))
    assert (finding.kind, finding.severity, finding.place.path) == ("choice_summed", Severity.ERROR, "measures/m")


def test_cap_negative() -> None:
    """Caps limit sizes: below zero there is nothing that they could let pass."""
    for name in ("bonus_cap", "penalty_cap", "cap"):
        made = criteria_set(node("1", "1"), index=IndexDeclaration(**{name: Fraction(-1)}))
        finding = only(made)
        assert (finding.kind, finding.severity, finding.place.path) == ("cap_negative", Severity.ERROR, f"index/{name}")
    assert found_in(criteria_set(node("1", "1"), index=IndexDeclaration(cap=Fraction(0)))) == ()


# --- grades --------------------------------------------------------------------------------------------------------


def graded(*lower: int) -> CriteriaSet:
    grades = tuple(Grade(f"Mức {number}", Fraction(edge)) for number, edge in enumerate(lower, start=1))
    return criteria_set(node("1", "1"), grades=grades)


def test_grades_gap() -> None:
    """The lowest grade must begin at 0, or an index below it has no grade."""
    finding = only(graded(85, 40))
    assert (finding.kind, finding.severity, finding.stated) == ("grades_gap", Severity.ERROR, "40")
    assert found_in(graded(85, 0)) == ()


def test_grades_same_edge() -> None:
    """Grades are closed at their lower edge: two with the same edge cannot be told apart."""
    finding = only(graded(85, 85, 0))
    assert (finding.kind, finding.facts["other"], finding.facts["grade"]) == ("grades_same_edge", "Mức 1", "Mức 2")


def test_grade_unreachable() -> None:
    """A grade above 100 per cent or below 0."""
    assert only(graded(120, 0)).kind == "grade_unreachable"
