"""What the check says of the bands of a rule."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from tests.spec.coherence.checked import found_in, kinds, of_bands, of_rule

from parindex.domain.criteria.criteria_set import (
    Measure,
    MeasureKind,
)
from parindex.domain.criteria.findings import Severity

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


def test_bands_overlap_over_several_bands() -> None:
    """Below 100 % stand two bands and once more a third over both: it is one overlap, from end to end."""
    assert kinds(of_bands(NONE, MIDDLE, {"below": "100%", "share": "1"})) == [("bands_overlap", None, "1")]


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
