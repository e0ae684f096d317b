"""What a bundle gives to the measures of a level above, and what it does not, with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tests.factories.communes_bundle import FIGURES, asking_set, bundle_facts, frozen_communes

from parindex.domain.criteria.criteria_set import Measure, MeasureKind, OfResult
from parindex.domain.publication.fed_measures import (
    AskingSheet,
    Given,
    NotOffered,
    Offer,
    OurUnit,
    Unfit,
    Way,
    added_up,
    offers,
)
from parindex.domain.publication.recomputation import outcome_of, recomputed
from parindex.domain.publication.snapshot import FrozenGroup, FrozenUnit, Snapshot
from parindex.domain.scoring.score_sheet import EntryState

PROVINCE, DISTRICT = OurUnit("tinh", "tinh"), OurUnit("huyen", "tinh/huyen")
COMMUNE_A, COMMUNE_B = OurUnit("xa-a", "tinh/huyen/xa-a"), OurUnit("xa-b", "tinh/huyen/xa-b")
BOTH = ("xa-a", "xa-b")


def given(
    group: FrozenGroup | None = None, *, sender: OurUnit | None = DISTRICT,
    matched: Mapping[str, OurUnit] | None = None, is_final: bool = True, year: int = 2025,
) -> Given:  # fmt: skip
    found = group or frozen_communes()
    outcome = outcome_of(found.code, recomputed(found, final=False))
    snapshot = Snapshot(bundle_facts().title, year, "huyen", (found,))
    return Given(snapshot, (outcome,), is_final, sender, {} if matched is None else matched)


def sheet(unit: OurUnit = PROVINCE, year: int = 2025, **measures: Measure) -> AskingSheet:
    asked = asking_set().measures
    return AskingSheet(unit, year, {name: asked[name] for name in ("received", "on_time", "rated")} | measures)


def offered(of: Given, *sheets: AskingSheet) -> tuple[Offer, ...]:
    return offers(of, sheets or (sheet(),)).offered


def test_a_district_gives_sums_and_counts_to_the_unit_above() -> None:
    assert offered(given()) == (
        Offer("tinh", "received", 2025, "1200", Way.SUM, BOTH),
        Offer("tinh", "on_time", 2025, "900", Way.SUM, BOTH),
        Offer("tinh", "rated", 2025, "2", Way.FEED, BOTH),
    )


def test_a_unit_gets_its_own_figures_and_they_come_before_sums() -> None:
    own = sheet(COMMUNE_B)
    found = offered(given(matched={"xa-b": COMMUNE_B}), own)
    assert found == (
        Offer("xa-b", "on_time", 2025, "300", Way.OWN, ("xa-b",)),
        Offer("xa-b", "received", 2025, "500", Way.OWN, ("xa-b",)),
    )


def test_a_sum_says_who_lacks_a_figure_and_is_none_where_nobody_has_one() -> None:
    found = offered(given(frozen_communes({"received": ("700", "")})))
    assert found[:1] == (Offer("tinh", "received", 2025, "700", Way.SUM, ("xa-a",), ("Xã B",)),)
    assert [one.measure for one in found] == ["received", "rated"]


def test_a_unit_inside_another_one_of_the_bundle_is_in_its_figure_already() -> None:
    units = (FrozenUnit("huyen-x", "Huyện X"), FrozenUnit("xa-b", "Xã B"))
    above = {"huyen-x": OurUnit("huyen-x", "tinh/huyen"), "xa-b": COMMUNE_B}
    found = offered(given(frozen_communes(FIGURES, units), sender=PROVINCE, matched=above))
    assert (found[0].value, found[0].of) == ("700", ("huyen-x",))


def test_only_a_sender_at_or_below_the_unit_gives_sums() -> None:
    elsewhere = OurUnit("khac", "khac")
    assert offered(given(sender=elsewhere)) == offered(given(sender=None)) == ()
    assert len(offered(given(sender=PROVINCE))) == 3


def test_a_sheet_that_nobody_has_appraised_gives_figures_but_rates_nobody() -> None:
    asked = sheet(DISTRICT, reached=Measure("reached", "Chỉ số", of_result=OfResult.INDEX))
    unit = (FrozenUnit("huyen", "UBND huyện"),)
    group = frozen_communes({"received": ("1200",), "on_time": ("900",)}, unit)
    claim = given(group, matched={"huyen": DISTRICT}, is_final=False)
    assert [(one.measure, one.way) for one in offered(claim, asked)] == [("on_time", Way.OWN), ("received", Way.OWN)]
    assert [(one.measure, one.value, one.way) for one in offered(claim)] == [
        ("received", "1200", Way.SUM), ("on_time", "900", Way.SUM),
    ]  # fmt: skip
    final = given(group, matched={"huyen": DISTRICT})
    assert offered(final, asked)[2] == Offer("huyen", "reached", 2025, "50", Way.RESULT, ("huyen",))


def test_points_of_another_result_are_a_figure_where_a_measure_asks_for_them() -> None:
    asked = sheet(COMMUNE_A, points=Measure("points", "Điểm", of_result=OfResult.POINTS))
    found = offered(given(matched={"xa-a": COMMUNE_A}), asked)
    assert found[-1] == Offer("xa-a", "points", 2025, "5", Way.RESULT, ("xa-a",))


def test_what_matches_nothing_is_listed_with_its_reason() -> None:
    found = offers(given(matched={"xa-b": COMMUNE_B}), [sheet(COMMUNE_B)]).not_offered
    assert found == (NotOffered(Unfit.UNIT_UNKNOWN, units=("Xã A",)),)
    assert offers(given(), ()).not_offered == (NotOffered(Unfit.NO_SHEET),)
    matched = {"xa-a": COMMUNE_A, "xa-b": COMMUNE_B}
    apart = offers(given(matched=matched), [sheet(COMMUNE_A)]).not_offered
    assert apart == (NotOffered(Unfit.UNIT_WITHOUT_SHEET, units=("Xã B",)),)


def test_other_years_kinds_units_and_options_are_told_apart() -> None:
    matched = {"xa-a": COMMUNE_A, "xa-b": COMMUNE_B}
    figures = {**FIGURES, "plan": ("timely", "late")}
    made = given(frozen_communes(figures), matched=matched)
    asked = sheet(
        COMMUNE_A,
        received=Measure("received", "Hồ sơ", MeasureKind.CHOICE, choices={"a": "A"}),
        on_time=Measure("on_time", "Hồ sơ đúng hạn", unit="nghìn hồ sơ"),
        plan=Measure("plan", "Kế hoạch", MeasureKind.CHOICE, choices={"late": "Chậm"}),
    )
    why = {one.measure: (one.why, one.theirs, one.ours) for one in offers(made, [asked]).not_offered if one.measure}
    assert why == {
        "Hồ sơ đúng hạn": (Unfit.OTHER_UNIT_OF_MEASURE, "hồ sơ", "nghìn hồ sơ"),
        "Ban hành kế hoạch": (Unfit.CHOICE_UNKNOWN, "", ""),
        "Hồ sơ tiếp nhận": (Unfit.OTHER_KIND, "hồ sơ", ""),
    }
    later = replace(sheet(COMMUNE_A), year=2026)
    assert {one.why for one in offers(made, [later]).not_offered if one.measure} == {
        Unfit.OTHER_YEAR, Unfit.MEASURE_NOT_ASKED,
    }  # fmt: skip


def test_what_the_bundle_has_no_measure_or_no_result_for_is_passed_over() -> None:
    more = {"online": Measure("online", "Trực tuyến", unit="hồ sơ", sum_of_children=True)}
    strange = {"sick": Measure("sick", "Khác", sum_of_children=True), "feed": Measure("feed", "Khác")}
    figures = {**FIGURES, "left": ("1", "1"), "online": ("", "")}
    found = offered(given(frozen_communes(figures)), sheet(PROVINCE, 2025, **more, **strange))
    assert [one.measure for one in found] == ["received", "on_time", "rated"]
    group = frozen_communes()
    nothing = {
        code: replace(item, typed={}, states=(EntryState.NOT_ASSESSED,) * 2) for code, item in group.items.items()
    }
    unrated = given(replace(group, items=nothing), matched={"xa-a": COMMUNE_A})
    reached = sheet(COMMUNE_A, reached=Measure("reached", "Chỉ số", of_result=OfResult.INDEX))
    assert {one.way for one in offered(unrated, reached)} == {Way.OWN}
    assert offered(unrated)[-1] == Offer("tinh", "rated", 2025, "0", Way.FEED, BOTH)
    counted = replace(sheet(), measures={"received": asking_set().measures["received"]})
    assert [one.way for one in offered(given(), counted)] == [Way.SUM]


def test_parts_add_up_exactly() -> None:
    assert [added_up([]), added_up(["late"]), added_up(["1/3", "0.5"])] == ["", "late", "5/6"]
