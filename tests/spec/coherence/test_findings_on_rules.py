"""What the check says of rules, measures and evidence."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from tests.builders import criteria_set, node, rule
from tests.spec.coherence.checked import RATIO, found_in, of_rule, only

from parindex.domain.criteria.criteria_set import (
    Identity,
    Measure,
    MeasureKind,
    RuleData,
    Source,
)
from parindex.domain.criteria.findings import Severity
from parindex.domain.errors import Place
from parindex.domain.scoring.check import check
from parindex.wording.findings import message

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


def test_choice_without_points() -> None:
    """A choice that may be entered has no points in the rule: who enters it scores nothing, and nothing is final."""
    measure = Measure("m", "m", MeasureKind.CHOICE, choices={"a": "Đúng hạn", "b": "Quá hạn", "c": ""})
    options = {"a": {"points": "1"}}
    finding = only(of_rule("1", kind="option", of="m", options=options, measures={"m": measure}))
    assert (finding.kind, finding.severity, finding.code) == ("choice_without_points", Severity.WARNING, "1")
    assert (finding.stated, finding.found, finding.facts["choices"]) == ("3", "1", ("b", "c"))
    assert finding.facts["labels"] == ("Quá hạn", "c")


def test_an_option_that_is_no_choice() -> None:
    """Where the measure declares its choices, an option with another key is refused, as in scoring."""
    measure = Measure("m", "m", MeasureKind.CHOICE, choices={"a": "A"})
    options = {"a": {"points": "1"}, "b": {"points": "0"}}
    finding = only(of_rule("1", kind="option", of="m", options=options, measures={"m": measure}))
    assert (finding.kind, finding.facts["problem"]) == ("rule_unreadable", "unknown_choice")


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
    assert (finding.facts["count"], finding.facts["of"], finding.facts["unsourced"]) == (1, 1, True)


def test_evidence_missing_of_items_that_say_no_source() -> None:
    """Items without a source are not called reported; one that is reported speaks for the set."""
    unsourced, reported = (node("1", "2", node("1.1", source=source), node("1.2")) for source in (None, Source.REPORT))
    sentences = [
        message(one)
        for area in (unsourced, reported)
        for one in check(criteria_set(area))
        if one.kind == "evidence_missing"
    ]
    assert sentences == [
        "Văn bản không nêu tài liệu kiểm chứng cho 2 mục.",
        "Văn bản không nêu tài liệu kiểm chứng cho 2 mục tự chấm.",
    ]
    given = replace(unsourced, children=(replace(unsourced.children[0], evidence=("Báo cáo",)), unsourced.children[1]))
    some = next(one for one in check(criteria_set(given)) if one.kind == "evidence_missing")
    assert message(some) == "1 trên 2 mục không nêu tài liệu kiểm chứng: 1.2."


def test_unknown_measure() -> None:
    """A rule names a measure that the set does not declare. A paper declares none, and is not asked."""
    measures = {"dossiers_received": Measure("dossiers_received", "Hồ sơ tiếp nhận")}
    made = of_rule(kind="ratio", of="dossiers_on_time", to="dossiers_received", measures=measures)
    finding = only(made)
    assert (finding.kind, finding.severity, finding.stated) == ("unknown_measure", Severity.ERROR, "dossiers_on_time")
    assert finding.facts["near"] == ("dossiers_received",)
    assert found_in(made, measures_known=False) == ()
    twice = of_rule(kind="ratio", of=["received_late", "received_late"], to="dossiers_received", measures=measures)
    assert only(twice).stated == "received_late"


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
