"""What the check says of the prose against the table."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from tests.builders import criteria_set, node
from tests.spec.coherence.checked import found_in, only

from parindex.domain.criteria.coherence import structure
from parindex.domain.criteria.criteria_set import AreaDeclaration, CriteriaSet, Declared, Node, Outside, Part, Source
from parindex.domain.criteria.findings import Severity
from parindex.domain.errors import Place

PARTS = (
    Part("report", "Kết quả thực hiện", (Source.REPORT,)),
    Part("opinion_survey", "Điều tra xã hội học", (Source.OPINION_SURVEY,)),
)
WITH_SIPAS = (*PARTS, Part("satisfaction_index", "SIPAS", (Source.SATISFACTION_INDEX,)))


def surveyed(code: str, points: str, note: str = "ĐTXHH", **more: Any) -> Node:
    """An item whose note names the opinion survey."""
    return node(code, points, note=note, source=more.pop("source", Source.OPINION_SURVEY), **more)


def two_areas() -> tuple[Node, ...]:
    return (
        node("1", "3", node("1.1", "2", source=Source.REPORT), surveyed("1.2", "1")),
        node("2", "1", node("2.1", "1", node("2.1.1", "0.5"), surveyed("2.1.2", "0.5"))),
    )


def test_parts_points() -> None:
    """What the prose gives to report and surveys against what the items add up to: one finding for all parts.

    Decision 2270, Bảng 1: survey 20 declared, 19 found (28 items), so 81 by report and not 80.
    """
    declared = Declared(
        parts={"report": Fraction(2), "opinion_survey": Fraction(2)}, places={"parts/opinion_survey": Place(line=9)}
    )
    finding = only(criteria_set(*two_areas(), parts=PARTS, declared=declared))
    assert (finding.kind, finding.severity, finding.place.line) == ("parts_points", Severity.ERROR, 9)
    assert (finding.stated, finding.found) == ("2", "1.5")
    assert finding.facts["by_area"] == [
        {"code": "1", "items": 1, "points": Fraction(1)},
        {"code": "2", "items": 1, "points": Fraction(1, 2)},
    ]
    assert [(part["part"], part["stated"], part["found"]) for part in finding.facts["parts"]] == [
        ("report", 2, Fraction(5, 2)),
        ("opinion_survey", 2, Fraction(3, 2)),
    ]


def test_parts_points_of_the_report_alone() -> None:
    """Only the declared report part is wrong: the finding is about it."""
    declared = Declared(parts={"report": Fraction(2)}, places={"report": Place(line=3)})
    finding = only(criteria_set(*two_areas(), parts=PARTS, declared=declared))
    assert (finding.facts["part"], finding.stated, finding.found, finding.place.line) == ("report", "2", "2.5", 3)
    assert finding.facts["undeclared"] == {"opinion_survey": Fraction(3, 2)}


def test_parts_points_of_a_table_that_marks_no_survey() -> None:
    """A table without a note column is silent about the parts; that is to be confirmed, not an error."""
    declared = Declared(parts={"report": Fraction(2), "opinion_survey": Fraction(2)})
    finding = only(criteria_set(node("1", "4", node("1.1", "4")), parts=PARTS, declared=declared))
    assert (finding.kind, finding.severity, finding.facts["marked"]) == ("parts_points", Severity.WARNING, False)


def test_a_survey_by_its_heading_alone_marks_no_other_item() -> None:
    """A survey that is known by its heading, without a note, says nothing of the other items; a note does."""
    declared = Declared(parts={"report": Fraction(1), "opinion_survey": Fraction(3)})
    satisfaction = node("1.2", "2", title="Đo lường sự hài lòng", source=Source.SATISFACTION_INDEX)
    area = node("1", "4", node("1.1", "2"), satisfaction)
    finding = only(criteria_set(area, parts=PARTS, declared=declared))
    assert (finding.severity, finding.facts["marked"]) == (Severity.WARNING, False)
    noted = replace(area, children=(area.children[0], replace(satisfaction, note="SIPAS")))
    assert only(criteria_set(noted, parts=PARTS, declared=declared)).severity is Severity.ERROR
    named = replace(area, children=(area.children[0], replace(satisfaction, title="Mức độ phù hợp")))
    assert only(criteria_set(named, parts=PARTS, declared=declared)).severity is Severity.ERROR


def test_a_wrong_item_is_not_reported_again_as_a_wrong_part() -> None:
    """1.1 prints half a point more than its group leaves: the part is off by just that."""
    declared = Declared(parts={"report": Fraction(5, 2), "opinion_survey": Fraction(3, 2)})
    areas = (
        node("1", "3", node("1.1", "2.5", source=Source.REPORT), surveyed("1.2", "1")),
        two_areas()[1],
    )
    assert only(criteria_set(*areas, parts=PARTS, declared=declared)).kind == "children_sum"


def test_items_of_a_named_part() -> None:
    """An item may name its part itself, whatever its source; a set without parts counts by source."""
    areas = (node("1", "3", node("1.1", "2", part="opinion_survey"), node("1.2", "1")),)
    assert structure(criteria_set(*areas, parts=PARTS)).parts == {"opinion_survey": 2, "report": 1}
    assert structure(criteria_set(*two_areas())).parts == {
        "report": 2,
        "opinion_survey": Fraction(3, 2),
        "unknown": Fraction(1, 2),
    }


# --- counts --------------------------------------------------------------------------------------------------------


def of_counts(**declared: object) -> CriteriaSet:
    return criteria_set(*two_areas(), declared=Declared(**declared))  # type: ignore[arg-type]


def test_count_areas() -> None:
    """The prose counts three areas, the table has two."""
    finding = only(of_counts(areas=3))
    assert (finding.kind, finding.severity, finding.stated, finding.found) == ("count_areas", Severity.ERROR, "3", "2")
    assert finding.facts["by_area"] == [{"code": "1", "count": 1}, {"code": "2", "count": 1}]


def test_count_criteria() -> None:
    """Criteria are the rows of the second level."""
    finding = only(of_counts(areas=2, criteria=4))
    assert (finding.kind, finding.stated, finding.found) == ("count_criteria", "4", "3")


def test_count_subcriteria() -> None:
    """Subcriteria are the rows of the third level."""
    finding = only(of_counts(subcriteria=5))
    assert (finding.kind, finding.stated, finding.found) == ("count_subcriteria", "5", "2")


def test_count_items() -> None:
    """Items are the rows that are scored, at any level."""
    finding = only(of_counts(items=5))
    assert (finding.kind, finding.stated, finding.found) == ("count_items", "5", "4")
    assert sum(area["count"] for area in finding.facts["by_area"]) == 4


def test_bonus_and_penalty_outside_the_hundred_are_not_counted() -> None:
    """What stands outside the hundred is counted only where that gives the declared number."""
    outside = (
        node("3", "2", node("3.1"), node("3.2"), outside=Outside.BONUS, title="Điểm thưởng"),
        node("4", "1", outside=Outside.PENALTY, title="Điểm trừ"),
    )
    by_area = (AreaDeclaration("Một", 2, 0), AreaDeclaration("Hai", 1, 2))
    declared = Declared(areas=2, criteria=3, subcriteria=2, items=4, by_area=by_area)
    made = criteria_set(*two_areas(), *outside, declared=declared)
    assert found_in(made) == ()
    counted = structure(made)
    assert (counted.areas, counted.criteria, counted.items) == (2, 3, 4)
    assert [area.declared_criteria for area in counted.by_area] == [2, 1, None, None]
    assert found_in(replace(made, declared=Declared(areas=4, criteria=5, items=7))) == ()
    wrong = only(replace(made, declared=Declared(areas=3)))
    assert (wrong.stated, wrong.found) == ("3", "2")
    assert wrong.facts["by_area"] == [{"code": "1", "count": 1}, {"code": "2", "count": 1}]


def test_count_in_area() -> None:
    """An area has another number than its line of the prose says.

    Decision 2270, Bảng 2: area 1 declares 9 criteria and has 10. Where the prose's own total fits the table, only
    that line is wrong, and it is to be confirmed; where there is no such total, it is an error.
    """
    by_area = (AreaDeclaration("MỤC 1", 1, 0, place=Place(line=4)), AreaDeclaration("Khác", 1, 2))
    confirmed = only(of_counts(criteria=3, by_area=by_area))
    assert (confirmed.kind, confirmed.severity, confirmed.code) == ("count_in_area", Severity.WARNING, "1")
    assert (confirmed.stated, confirmed.found, confirmed.place.line) == ("1", "2", 4)
    assert (confirmed.facts["declared_sum"], confirmed.facts["found_by_area"]) == (2, [2, 1])
    assert only(of_counts(by_area=by_area)).severity is Severity.ERROR


def test_count_in_area_is_matched_by_title_before_position() -> None:
    """Lines of the prose belong to the area that they name; in a list of another length, other lines to none."""
    swapped = (AreaDeclaration("Mục 2", 1, 2), AreaDeclaration("Mục 1", 2, 0))
    assert found_in(of_counts(by_area=swapped)) == ()
    assert found_in(of_counts(by_area=(AreaDeclaration("Khác", 9, 9),))) == ()


def test_points_in_area() -> None:
    """The prose may state the points of an area too."""
    finding = only(of_counts(by_area=(AreaDeclaration("Mục 1", max_points=Fraction(4)),)))
    assert (finding.kind, finding.code, finding.stated, finding.found) == ("points_in_area", "1", "4", "3")


# --- sources -------------------------------------------------------------------------------------------------------


def of_sipas(parts: dict[str, Fraction], source: Source = Source.OPINION_SURVEY) -> CriteriaSet:
    """Two items under a heading on satisfaction, noted ĐTXHH, beside a reported one."""
    heading = node(
        "1.1", "15", surveyed("1.1.1", "10", source=source), surveyed("1.1.2", "5", source=source),
        title="Kết quả khảo sát sự hài lòng của người dân",
    )  # fmt: skip
    return criteria_set(node("1", "90", heading, node("1.2", "75")), parts=WITH_SIPAS, declared=Declared(parts=parts))


def test_source_heading() -> None:
    """The note says ĐTXHH, the heading satisfaction survey: two surveys that papers mix up.

    Decision 2270, Bảng 2, 8.3.1–8.3.9: noted ĐTXHH, but the heading and the 15 points of II.2.2 say SIPAS. Points by
    part are counted with the heading's survey, so that the parts come out.
    """
    made = of_sipas({"report": Fraction(75), "satisfaction_index": Fraction(15)})
    finding = only(made)
    assert (finding.kind, finding.severity, finding.code) == ("source_heading", Severity.WARNING, "1.1")
    assert (finding.facts["codes"], finding.facts["points"]) == (("1.1.1", "1.1.2"), Fraction(15))
    assert (finding.facts["parts_fit_heading"], finding.facts["parts_fit_note"]) == (True, False)
    assert structure(made).parts == {"report": 75, "satisfaction_index": 15}
    assert structure(made).parts_as_printed == {"report": 75, "opinion_survey": 15}


def test_source_heading_where_only_the_notes_fit() -> None:
    """The prose declares no satisfaction survey: the note is followed, and the doubt is still said."""
    made = of_sipas({"report": Fraction(75), "opinion_survey": Fraction(15)})
    finding = only(made)
    assert (finding.kind, finding.facts["parts_fit_note"]) == ("source_heading", True)
    assert structure(made).parts == {"report": 75, "opinion_survey": 15}


def test_source_heading_of_items_that_were_settled() -> None:
    """A reader or a person has set the source against the note: the same finding, with or without such a heading."""
    assert only(of_sipas({}, Source.SATISFACTION_INDEX)).code == "1.1"
    settled = surveyed("1.1", "1", source=Source.SATISFACTION_INDEX)
    assert only(criteria_set(node("1", "1", settled))).code == "1"
    assert only(criteria_set(replace(settled, code="1"))).code == "1"


def test_a_note_and_a_heading_that_agree_or_say_nothing() -> None:
    """An item with the survey's name in note and heading, and a reported item about a survey, are no contradiction."""
    sipas = node("1.1", "1", note="SIPAS", source=Source.SATISFACTION_INDEX)
    assert found_in(criteria_set(node("1", "1", sipas, title="Chỉ số hài lòng"))) == ()
    reported = node("1.1", "1", source=Source.REPORT)
    assert found_in(criteria_set(node("1", "1", reported, title="Tổ chức khảo sát sự hài lòng"))) == ()
    assert found_in(criteria_set(node("1", "1", surveyed("1.1", "1"), title="Điều tra xã hội học"))) == ()


def test_an_excerpt_may_leave_codes_out_but_its_sums_must_hold() -> None:
    """The table of items that lost points in 2024: gaps and groups without points mean nothing, a wrong sum does."""
    areas = (
        node("1", None, node("1.3", None, node("1.3.2", "1"))),
        node("7", "3", node("7.3", "2", node("7.3.4", "2"))),
    )
    declared = Declared(areas=8, criteria=37, by_area=(AreaDeclaration("Mục 1", 9),))
    whole = criteria_set(*areas, declared=declared)
    found = found_in(replace(whole, excerpt=True))
    assert [(finding.kind, finding.code) for finding in found] == [("children_sum", "7")]
    assert {"numbering_gap", "count_areas", "points_missing"} <= {finding.kind for finding in found_in(whole)}
