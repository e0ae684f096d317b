"""What the check says of sets that scoring refuses: year, parts, totals, identities."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest
from tests.builders import criteria_set, node, rule
from tests.spec.coherence.checked import RATIO, found_in, only

from parindex.domain.criteria.criteria_set import (
    CriteriaSet,
    Identity,
    IndexDeclaration,
    Measure,
    MeasureKind,
    Outside,
    Part,
    Source,
    Total,
)
from parindex.domain.criteria.findings import Severity
from parindex.domain.errors import InvalidInput
from parindex.domain.scoring.check import check
from parindex.domain.scoring.usable import require_usable

PARTS = (Part("report", "Báo cáo", (Source.REPORT,)),)


def test_set_without_year() -> None:
    """Figures are of a year; a set that was just read from a paper may get its year later."""
    made = replace(criteria_set(node("1", rule=rule(**RATIO, target={2020: "60%"}))), year=None)
    finding = only(made)
    assert (finding.kind, finding.severity, finding.facts["set"]) == ("set_without_year", Severity.ERROR, "thu")
    assert found_in(made, measures_known=False) == ()


def test_set_without_items() -> None:
    """Nothing can be scored."""
    finding = only(criteria_set())
    assert (finding.kind, finding.severity) == ("set_without_items", Severity.ERROR)


def test_unknown_part() -> None:
    """An item counts in a part that is not declared; so may the index leave one out that nobody knows."""
    finding = only(criteria_set(node("1", part="survey"), parts=PARTS))
    assert (finding.kind, finding.severity, finding.code, finding.stated) == (
        "unknown_part",
        Severity.ERROR,
        "1",
        "survey",
    )
    assert finding.facts["known"] == ["report"]
    absent = only(criteria_set(node("1"), parts=PARTS, index=IndexDeclaration(absent_parts=("report", "survey"))))
    assert (absent.kind, absent.stated, absent.place.path) == ("unknown_part", "survey", "index/absent_parts/1")


def test_unknown_item() -> None:
    """A total sums items; a code that is a group or does not exist is none of them. Named twice, it is said once."""
    areas = node("1", "1", node("1.1"))
    finding, group = found_in(criteria_set(areas, totals=(Total("t", "Cá nhân", ("9.9", "9.9", "1", "1.1")),)))
    assert (finding.kind, finding.severity, finding.stated) == ("unknown_item", Severity.ERROR, "9.9")
    assert (finding.facts["total"], finding.place.path) == ("Cá nhân", "totals/0/items")
    assert (group.kind, group.stated) == ("unknown_item", "1")


def test_identity_empty() -> None:
    """What equals nothing says nothing."""
    made = criteria_set(node("1", rule=rule(**RATIO)), identities=(Identity((), ("x",)),))
    finding = only(made)
    assert (finding.kind, finding.severity, finding.place.path) == ("identity_empty", Severity.ERROR, "identities/0")


def test_unknown_measure_of_an_identity() -> None:
    """An identity names measures as rules do; those that are alike are proposed."""
    measures = {name: Measure(name, name) for name in ("x", "y", "plan_done")}
    made = criteria_set(
        node("1", rule=rule(**RATIO)), measures=measures, identities=(Identity(("x", "plan"), ("plan", "plan_done")),)
    )
    finding = only(made)
    assert (finding.kind, finding.severity, finding.stated) == ("unknown_measure", Severity.ERROR, "plan")
    assert (finding.code, finding.facts["identity"], finding.facts["near"]) == ("", True, ("plan_done",))


def test_rule_on_group() -> None:
    """Points of a group are the sum of its items: a rule on it is used by nobody."""
    finding = only(criteria_set(node("1", "1", node("1.1"), rule=rule(kind="given"))))
    assert (finding.kind, finding.severity, finding.code) == ("rule_on_group", Severity.WARNING, "1")


def test_items_that_the_tree_as_understood_hides() -> None:
    """Codes say that 1 is a group, the file has it as an item: scoring needs its maximum, and reads its rule."""
    flat = criteria_set(node("1", None, rule=rule(kind="chance")), node("1.1", "1"))
    errors = [one for one in found_in(flat) if one.severity is Severity.ERROR]
    assert [(one.kind, one.code) for one in errors] == [
        ("points_missing", "1"),
        ("tree_flat", ""),
        ("rule_unreadable", "1"),
    ]


# --- the check refuses just what scoring refuses --------------------------------------------------------------------


def _sound() -> CriteriaSet:
    item = node("1.1", "2", rule=rule(**RATIO), part="report")
    chosen = node("1.2", "1", rule=rule(kind="option", of="m", options={"a": {"points": "1"}, "b": {"points": "0"}}))
    measures = {
        "x": Measure("x", "x"),
        "y": Measure("y", "y"),
        "m": Measure("m", "m", MeasureKind.CHOICE, choices={"a": "A", "b": "B"}),
    }
    return criteria_set(
        node("1", "3", item, chosen), node("2", "2", node("2.1", "2")), parts=PARTS, measures=measures,
        totals=(Total("t", "Tổng", ("1.1",)),), identities=(Identity(("x",), ("y",), at_most=True),),
    )  # fmt: skip


def _items(**more: object) -> Callable[[CriteriaSet], CriteriaSet]:
    """The sound set with another item 2.1."""

    def broken(made: CriteriaSet) -> CriteriaSet:
        area = made.areas[1]
        return replace(made, areas=(made.areas[0], replace(area, children=(replace(area.children[0], **more),))))

    return broken


_OPTIONS = {"a": {"points": "2"}, "c": {"points": "0"}}
#: What is broken, the kinds that scoring refuses it with, and the kinds of the errors that the check finds.
BROKEN: dict[str, tuple[Callable[[CriteriaSet], CriteriaSet], set[str], set[str]]] = {
    "nothing": (lambda made: made, set(), set()),
    "year": (lambda made: replace(made, year=None), {"set_without_year"}, {"set_without_year"}),
    "items": (
        lambda made: replace(made, areas=(), totals=(), identities=()),
        {"set_without_items"},
        {"set_without_items"},
    ),
    "code": (_items(code="1.1"), {"code_twice"}, {"wrong_parent"}),
    "code of an area": (
        lambda made: replace(made, areas=(*made.areas, replace(made.areas[1], children=()))),
        {"code_twice"},
        {"duplicate_code"},
    ),
    "code in another group": (
        lambda made: replace(
            made,
            areas=tuple(node(area, "1", node("a", "1")) for area in ("A", "B")),
            totals=(),
        ),
        {"code_twice"},
        {"duplicate_code"},
    ),
    "no maximum": (_items(max_points=None), {"item_without_maximum"}, {"points_missing"}),
    "negative maximum": (_items(max_points=Fraction(-2)), {"item_without_maximum"}, {"points_negative"}),
    "negative penalty": (
        lambda made: replace(made, areas=(*made.areas, node("3", "-1", outside=Outside.PENALTY))),
        {"item_without_maximum"},
        {"points_negative"},
    ),
    "part": (_items(part="survey"), {"unknown_part"}, {"unknown_part"}),
    "no parts": (lambda made: replace(made, parts=()), {"unknown_part"}, {"unknown_part"}),
    "absent part": (
        lambda made: replace(made, index=IndexDeclaration(absent_parts=("survey",))),
        {"unknown_part"},
        {"unknown_part"},
    ),
    "total": (
        lambda made: replace(made, totals=(Total("t", "", ("1",)),)),
        {"unknown_item"},
        {"unknown_item"},
    ),
    "identity": (
        lambda made: replace(made, identities=(Identity(("x",), ()),)),
        {"identity_empty"},
        {"identity_empty"},
    ),
    "measure of an identity": (
        lambda made: replace(made, identities=(Identity(("x",), ("z",)),)),
        {"unknown_measure"},
        {"unknown_measure"},
    ),
    "measure of a rule": (
        _items(rule=rule(kind="ratio", of="z", to="y")),
        {"unknown_measure"},
        {"unknown_measure"},
    ),
    "kind of rule": (_items(rule=rule(kind="chance")), {"unknown_rule_kind"}, {"rule_unreadable"}),
    "option that is no choice": (
        _items(rule=rule(kind="option", of="m", options=_OPTIONS)),
        {"unknown_choice"},
        {"rule_unreadable"},
    ),
    "rule of an item without a maximum": (
        _items(max_points=None, rule=rule(kind="chance")),
        {"item_without_maximum", "unknown_rule_kind"},
        {"points_missing", "rule_unreadable"},
    ),
    "bands": (
        _items(rule=rule(kind="bands", of="x", bands=[{"from": "1", "points": "2"}, {"from": "0", "points": "1"}])),
        {"bands_overlap"},
        {"bands_overlap"},
    ),
    "date": (
        _items(rule=rule(**RATIO, target={2030: "1"})),
        {"not_dated_yet"},
        {"rule_unreadable"},
    ),
}


def _refused(made: CriteriaSet) -> set[str]:
    try:
        require_usable(made)
    except InvalidInput as error:
        return {problem.kind for problem in error.problems}
    return set()


@pytest.mark.parametrize("broken", sorted(BROKEN))
def test_the_check_has_an_error_just_where_scoring_refuses(broken: str) -> None:
    change, refused, found = BROKEN[broken]
    made = change(_sound())
    assert _refused(made) == refused
    errors = [one for one in check(made) if one.severity is Severity.ERROR and one.kind not in ("children_sum",)]
    assert {one.kind for one in errors} == found
    # One fact is said once.
    assert len({(one.kind, one.code, one.stated) for one in errors}) == len(errors)


@pytest.mark.parametrize("one", sorted(BROKEN))
@pytest.mark.parametrize("two", ["year", "absent part", "total", "measure of an identity", "kind of rule"])
def test_what_is_broken_twice_is_found_twice(one: str, two: str) -> None:
    """Kinds that scoring and check name alike are the same ones, however they meet; and nothing hides all of them."""
    made = BROKEN[one][0](BROKEN[two][0](_sound()))
    alike = {
        "set_without_year",
        "set_without_items",
        "unknown_part",
        "unknown_item",
        "identity_empty",
        "unknown_measure",
    }
    errors = {finding.kind for finding in check(made) if finding.severity is Severity.ERROR}
    assert _refused(made) & alike == errors & alike
    assert errors
