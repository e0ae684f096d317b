"""What may be done about a finding: each way, taken, settles the finding that it was offered for."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from parindex.domain.criteria.criteria_set import (
    AreaDeclaration,
    CriteriaSet,
    Declared,
    Measure,
    Node,
    Part,
    RuleData,
    Source,
)
from parindex.domain.criteria.findings import Finding, Severity
from parindex.domain.criteria.mends import mended
from parindex.domain.criteria.proposals import Ask, Proposal, proposals
from parindex.domain.errors import InvalidValue, Place
from parindex.domain.scoring.check import check


def node(code: str, points: int | None = 1, *children: Node, title: str = "", **more: Any) -> Node:
    maximum = None if points is None else Fraction(points)
    return Node(code, title or f"Nội dung của mục {code}", maximum, children=children, **more)


def tree(*areas: Node, **more: Any) -> CriteriaSet:
    placed, row = [], 0

    def visit(one: Node) -> Node:
        nonlocal row
        row += 1
        here = Place(table="Bảng 1", row=row, code=one.code)
        return replace(one, place=here, children=tuple(visit(child) for child in one.children))

    placed = [visit(area) for area in areas]
    return CriteriaSet("s", "Bộ tiêu chí", more.pop("year", 2025), "department", tuple(placed), **more)


def found(made: CriteriaSet, kind: str) -> Finding:
    return next(one for one in check(made) if one.kind == kind)


def ways(made: CriteriaSet, kind: str) -> dict[str, Proposal]:
    return {one.id: one for one in proposals(found(made, kind), made)}


def settled(made: CriteriaSet, kind: str, way: str, **typed: Any) -> CriteriaSet:
    """The set after a way was taken; the finding must be gone."""
    proposal = ways(made, kind)[way]
    new = mended(made, proposal.mends({Ask(name): value for name, value in typed.items()}))
    assert kind not in {one.kind for one in check(new)}
    return new


TWICE = tree(node("1", 2, node("1.1"), node("1.1")))


def test_a_code_that_stands_twice() -> None:
    offered = ways(TWICE, "duplicate_code")
    assert list(offered) == ["rename", "other_code"]
    assert offered["rename"].facts == {"row": 2, "code": "1.2"}
    assert [one.code for one in settled(TWICE, "duplicate_code", "rename").walk()] == ["1", "1.1", "1.2"]
    settled(TWICE, "duplicate_code", "other_code", code="1.7")
    with pytest.raises(InvalidValue) as error:
        offered["other_code"].mends({})
    assert error.value.kind == "answer_needed"


def test_a_row_that_is_gone_offers_nothing() -> None:
    finding = replace(found(TWICE, "duplicate_code"), facts={"wrong": Place(code="9")}, place=Place(code="9"))
    assert proposals(finding, TWICE) == ()
    for kind in ("options_as_subcriteria", "points_missing", "title_missing", "parent_missing"):
        assert proposals(Finding(kind, Severity.ERROR, Place(code="9"), "9"), TWICE) == ()
    area = Finding("count_in_area", Severity.ERROR, Place(), "9", "1", "2", {"what": "criteria", "title": "Khác"})
    assert proposals(area, TWICE) == ()


def test_a_code_without_a_proposal_is_asked_for() -> None:
    finding = replace(found(TWICE, "duplicate_code"), facts={"wrong": Place(table="Bảng 1", row=3)})
    assert [one.id for one in proposals(finding, TWICE)] == ["other_code"]


def test_a_group_that_no_row_has() -> None:
    made = tree(
        node("1", 4, node("1.1", 2, node("1.1.1"), node("1.1.2")), node("1.2.1"), node("1.2.2"), node("1.3")),
    )
    finding = found(made, "parent_missing")
    proposal = proposals(finding, made)[0]
    assert (proposal.facts["code"], proposal.facts["count"]) == ("1.2", 2)
    assert dict(proposal.asks)[Ask.POINTS] == 2
    new = mended(made, proposal.mends({Ask.TITLE: "Nhóm", Ask.POINTS: Fraction(2)}))
    assert [one.code for one in new.walk()][4:7] == ["1.2", "1.2.1", "1.2.2"]
    open_points = tree(node("1", 2, node("1.1", 1), node("1.2.1", None)))
    group = Finding("parent_missing", Severity.ERROR, Place(table="Bảng 1", row=3), "1.2.1", facts={"missing": "1.2"})
    assert dict(proposals(group, open_points)[0].asks)[Ask.POINTS] == ""
    assert proposals(replace(group, facts={}), open_points) == ()
    there = replace(group, facts={"missing": "1.1"})  # the reader has put it there already
    assert proposals(there, open_points) == ()
    lone = tree(node("A.1", 1))
    of_area = Finding("parent_missing", Severity.ERROR, Place(table="Bảng 1", row=1), "A.1", facts={"missing": ("A",)})
    assert proposals(of_area, lone)[0].facts["count"] == 1


def test_options_that_were_coded_as_items() -> None:
    made = tree(node("1", 1, node("1.1", 1, node("1.1.1", 1, title="Đạt 100%"), node("1.1.2", 0, title="Dưới 50%"))))
    finding = Finding("options_as_subcriteria", Severity.ERROR, Place(table="Bảng 1", row=2), "1.1")
    new = mended(made, proposals(finding, made)[0].mends({}))
    assert new.node("1.1").is_item
    assert new.node("1.1").options == ("Đạt 100%: 1", "Dưới 50%: 0")


def test_points_that_are_missing_or_do_not_add_up() -> None:
    missing = tree(node("1", 3, node("1.1", 1), node("1.2", None)))
    assert settled(missing, "points_missing", "points").node("1.2").max_points == 2
    settled(missing, "points_missing", "other_points", points=Fraction(2))
    wrong = tree(node("1", 3, node("1.1", 1), node("1.2", 1)))
    assert settled(wrong, "children_sum", "points").node("1").max_points == 2
    lone = Finding("points_missing", Severity.ERROR, Place(table="Bảng 1", row=2), "1.1")
    assert [one.id for one in proposals(lone, wrong)] == ["other_points"]


def test_totals_and_counts_go_by_the_table() -> None:
    made = tree(node("1", 2, node("1.1"), node("1.2")), declared=Declared(areas=2, max_points=Fraction(5)))
    assert settled(made, "count_areas", "as_table").declared.areas == 1
    assert settled(made, "total_declared", "as_table").declared.max_points == 2
    printed = tree(node("1", 2, node("1.1"), node("1.2")), printed_total=Fraction(7))
    assert settled(printed, "total_printed", "as_table").printed_total == 2


def test_what_the_text_says_of_one_area() -> None:
    by_area = (
        AreaDeclaration("Nội dung của mục 1", 3, None, None, Place(line=5)),
        AreaDeclaration("Nội dung của mục 2", None, None, Fraction(9), Place(line=6)),
    )
    areas = (node("1", 2, node("1.1"), node("1.2")), node("2", 1, node("2.1")))
    made = tree(*areas, declared=Declared(by_area=by_area))
    assert settled(made, "count_in_area", "as_table").declared.by_area[0].criteria == 2
    assert settled(made, "points_in_area", "as_table").declared.by_area[1].max_points == 1
    moved = replace(found(made, "count_in_area"), place=Place(line=99))  # known by its title then
    assert mended(made, proposals(moved, made)[0].mends({})).declared.by_area[0].criteria == 2


def parted(**more: Any) -> CriteriaSet:
    return tree(
        node("1", 4, node("1.1", 3, source=Source.REPORT),
             node("1.2", 1, source=Source.OPINION_SURVEY, note="ĐTXHH"), node("1.3", 0, source=Source.REPORT)),
        parts=(Part("report", "Báo cáo", (Source.REPORT,)), Part("survey", "Điều tra", (Source.OPINION_SURVEY,))),
        **more,
    )  # fmt: skip


def test_points_of_parts_go_by_the_table_or_an_item_changes_its_part() -> None:
    made = parted(declared=Declared(parts={"report": Fraction(2), "survey": Fraction(2)}))
    assert dict(settled(made, "parts_points", "parts_as_table").declared.parts) == {"report": 3, "survey": 1}
    way = ways(made, "parts_points")["move_item"]
    new = mended(made, way.mends({Ask.ITEM: "1.1"}))
    assert new.node("1.1").source is Source.OPINION_SURVEY
    with pytest.raises(InvalidValue) as error:
        way.mends({Ask.ITEM: "7"})
    assert error.value.kind == "unknown_code"
    finding = found(made, "parts_points")
    of_report = replace(finding, facts={**finding.facts, "part": "report"})
    assert [one.id for one in proposals(of_report, made)] == ["parts_as_table"]
    of_none = replace(finding, facts={**finding.facts, "part": "khác"})
    assert [one.id for one in proposals(of_none, made)] == ["parts_as_table"]


def test_the_source_that_a_heading_names() -> None:
    made = tree(
        node("1", 2, node("1.1", 1, title="Kết quả chỉ số hài lòng", note=""), node("1.2", 1)),
        node("2", 1, node("2.1", 1, node("2.1.1", 1, source=Source.OPINION_SURVEY, note="ĐTXHH"),
                          title="Chỉ số hài lòng của người dân (SIPAS)")),
    )  # fmt: skip
    finding = found(made, "source_heading")
    offered = proposals(finding, made)
    assert [one.id for one in offered] == ["source", "keep"]
    new = mended(made, offered[0].mends({}))
    assert new.node("2.1.1").source is Source.SATISFACTION_INDEX
    gone = replace(finding, facts={**finding.facts, "places": (Place(code="9.9"),)})
    assert proposals(gone, made)[0].mends({}) == ()


def test_titles() -> None:
    cut = tree(node("1", 1, node("1.1", 1, title="Tỷ lệ máy trạm cài phần mềm phòng, chống mã độc trung")))
    assert list(ways(cut, "sentence_cut")) == ["display_title", "keep"]
    settled(cut, "sentence_cut", "display_title", title="Tỷ lệ máy trạm cài phần mềm phòng, chống mã độc tập trung")
    empty = tree(node("1", 1, replace(node("1.1"), title="")))
    assert settled(empty, "title_missing", "title", title="Tên").node("1.1").title == "Tên"
    repeated = tree(node("1", 2, node("1.1", title="Một tên"), node("1.2", title="Một tên")))
    assert list(ways(repeated, "title_repeated")) == ["keep", "display_title"]
    assert ways(repeated, "title_repeated")["keep"].mends({}) == ()


def test_rules_measures_and_the_year() -> None:
    rule = RuleData({"kind": "given"}, proposed=True)
    made = tree(node("1", 2, node("1.1", rule=rule), node("1.2")), year=None, measures={"a": Measure("a", "A")})
    confirmed = settled(made, "rule_proposed", "confirm_rules").node("1.1").rule
    assert confirmed is not None
    assert not confirmed.proposed
    assert settled(made, "set_without_year", "year", year=2025).year == 2025
    assert settled(made, "unused_measure", "drop_measures").measures == {}
    assert list(ways(made, "rule_missing")) == ["keep"]


def test_a_kind_without_a_way_offers_to_keep_what_is_no_error() -> None:
    note = Finding("grades_gap", Severity.NOTE, Place())
    assert [one.id for one in proposals(note, TWICE)] == ["keep"]
    error = replace(note, severity=Severity.ERROR)
    assert proposals(error, TWICE) == ()
    assert [one.id for one in proposals(error, TWICE, of_paper=True)] == ["accept"]
