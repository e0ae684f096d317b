"""Mending a set as data: each act changes what it says and nothing else."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from parindex.domain.criteria.carried_over import carried_over
from parindex.domain.criteria.criteria_set import (
    CriteriaSet,
    Declared,
    LegalBasis,
    Measure,
    Node,
    Phase,
)
from parindex.domain.criteria.matching import matched_items
from parindex.domain.criteria.mends import (
    AddGroup,
    AddRow,
    EditMeasure,
    EditRow,
    EditSet,
    FoldOptions,
    Mend,
    MoveRow,
    RemoveRow,
    mended,
    position_of,
    row_at,
)
from parindex.domain.errors import InvalidValue, Place

ONE = Fraction(1)


def item(code: str, title: str = "", points: Fraction | None = ONE, row: int | None = None, **more: object) -> Node:
    place = Place(table="Bảng 1", row=row, code=code) if row is not None else Place()
    return Node(code, title or f"Mục {code}", points, place=place, **more)  # type: ignore[arg-type]


@pytest.fixture
def made() -> CriteriaSet:
    """Two areas; the second has the code 2.1 twice."""
    return CriteriaSet(
        "s", "Bộ", 2025, "department",
        (
            replace(item("1", row=1, points=Fraction(2)), children=(item("1.1", row=2), item("1.2", row=3))),
            replace(item("2", row=4, points=Fraction(2)), children=(item("2.1", row=5), item("2.1", row=6))),
        ),
        legal_basis=(LegalBasis("1/QĐ"),), declared=Declared(areas=2), timetable=(Phase("Nộp"),),
        printed_total=Fraction(4), reference="1/QĐ", measures={"a": Measure("a", "A")},
    )  # fmt: skip


def codes(made: CriteriaSet) -> list[str]:
    return [node.code for node in made.walk()]


def test_a_row_is_edited_where_it_stands_though_its_code_stands_twice(made: CriteriaSet) -> None:
    new = mended(made, [EditRow(5, {"code": "2.2", "max_points": Fraction(3)})])
    assert codes(new) == ["1", "1.1", "1.2", "2", "2.1", "2.2"]
    assert row_at(new, 5).max_points == 3
    assert mended(new, [EditRow(5, {"code": "2.1", "max_points": ONE})]) == made
    assert row_at(new, 5).place == row_at(made, 5).place


def test_the_set_and_its_measures_are_edited(made: CriteriaSet) -> None:
    new = mended(made, [EditSet({"title": "Khác", "year": 2026}), EditMeasure("b", Measure("b", "B"))])
    assert (new.title, new.year, list(new.measures)) == ("Khác", 2026, ["a", "b"])
    assert list(mended(new, [EditMeasure("a", None)]).measures) == ["b"]


def test_a_group_that_the_paper_lacks_is_put_above_its_rows(made: CriteriaSet) -> None:
    new = mended(made, [AddGroup(1, 2, "1.0", "Nhóm", Fraction(2))])
    assert codes(new) == ["1", "1.0", "1.1", "1.2", "2", "2.1", "2.1"]
    assert [node.code for node in row_at(new, 1).children] == ["1.1", "1.2"]
    top = mended(made, [AddGroup(3, 1, "B", "Phần", None)])
    assert codes(top) == ["1", "1.1", "1.2", "B", "2", "2.1", "2.1"]


def test_rows_are_added_removed_and_moved(made: CriteriaSet) -> None:
    new = Node("1.3", "Mục mới", ONE)
    assert codes(mended(made, [AddRow(2, new)])) == ["1", "1.1", "1.2", "1.3", "2", "2.1", "2.1"]
    assert codes(mended(made, [AddRow(0, new, inside=True)])) == ["1", "1.1", "1.2", "1.3", "2", "2.1", "2.1"]
    assert codes(mended(made, [AddRow(0, new)])) == ["1", "1.1", "1.2", "1.3", "2", "2.1", "2.1"]
    below = mended(made, [AddRow(2, new, inside=True)])
    assert [node.code for node in row_at(below, 2).children] == ["1.3"]
    assert codes(mended(made, [RemoveRow(0)])) == ["2", "2.1", "2.1"]
    assert codes(mended(made, [MoveRow(2, -1)])) == ["1", "1.2", "1.1", "2", "2.1", "2.1"]
    assert codes(mended(made, [MoveRow(0, 1)])) == ["2", "2.1", "2.1", "1", "1.1", "1.2"]
    for row, by in ((1, -1), (2, 1)):
        with pytest.raises(InvalidValue) as error:
            mended(made, [MoveRow(row, by)])
        assert error.value.kind == "nowhere_to_move"


def test_options_become_lines_of_their_item(made: CriteriaSet) -> None:
    plain = mended(made, [EditRow(2, {"max_points": None, "title": "Không đạt"})])
    new = mended(plain, [FoldOptions(0)])
    assert codes(new) == ["1", "2", "2.1", "2.1"]
    assert row_at(new, 0).options == ("Mục 1.1: 1", "Không đạt")


@pytest.mark.parametrize(
    ("mend", "kind"),
    [
        (EditRow(9, {"code": "x"}), "unknown_row"),
        (FoldOptions(9), "unknown_row"),
        (AddGroup(9, 1, "x", "x"), "unknown_row"),
        (RemoveRow(9), "unknown_row"),
        (EditRow(0, {"children": ()}), "not_editable"),
        (EditSet({"id": "x"}), "not_editable"),
        (EditMeasure("z", None), "unknown_measure"),
    ],
)
def test_what_cannot_be_done_is_refused(made: CriteriaSet, mend: Mend, kind: str) -> None:
    with pytest.raises(InvalidValue) as error:
        mended(made, [mend])
    assert error.value.kind == kind


def test_a_row_is_found_by_its_place_else_by_its_code(made: CriteriaSet) -> None:
    assert position_of(made, Place(table="Bảng 1", row=5, code="9.9")) == 4
    assert position_of(made, Place(table="Bảng 1", row=77, code="2.1")) == 5  # the last that carries the code
    assert position_of(made, Place(code="1.2")) == 2
    assert position_of(made, Place(code="7")) is None


def test_next_year_begins_without_what_this_year_s_paper_alone_says(made: CriteriaSet) -> None:
    printed = mended(made, [EditRow(1, {"printed_code": "1,1"})])
    new = carried_over(printed, id="t", year=2026)
    assert (new.id, new.year, codes(new)) == ("t", 2026, codes(made))
    assert (new.legal_basis, new.timetable, new.declared, new.printed_total, new.reference) == (
        (), (), Declared(), None, "",
    )  # fmt: skip
    assert {node.place for node in new.walk()} == {Place()}
    assert row_at(new, 1).printed_code == ""
    assert new.measures == made.measures


@pytest.mark.parametrize(
    ("year", "title", "dated"),
    [(2024, "Bộ năm 2024", "Bộ năm 2025"), (None, "Năm 2024", "Năm 2024"), (2024, "Số 12024", "Số 12024")],
)
def test_the_year_in_a_title_goes_on(made: CriteriaSet, year: int | None, title: str, dated: str) -> None:
    assert carried_over(replace(made, year=year, title=title), id="t", year=2025).title == dated


def test_items_of_another_paper_are_matched_by_code_and_title_then_by_title() -> None:
    ours = [item("1.1", "Ban hành kế hoạch"), item("1.2", "Sáng kiến"), item("1.3", "Báo cáo định kỳ"),
            item("1.4", "Tuyên truyền"), item("1.5", "Kiểm tra")]  # fmt: skip
    theirs = [item("1.1", "Ban hành kế hoạch năm"), item("1.2", "Chuyện khác hẳn"), item("9", "Báo cáo định kỳ"),
              item("8", "Tuyên truyền"), item("7", "Tuyên truyền")]  # fmt: skip
    found = matched_items(ours, theirs)
    assert {code: node.code for code, node in found.items()} == {"1.1": "1.1", "1.3": "9"}
