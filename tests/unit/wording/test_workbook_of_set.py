"""From a criteria set to the workbook of one sheet: whose points are typed, which figures each item counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from pathlib import Path

from parindex.documents.criteria_sets.criteria_set_file import load_criteria_set
from parindex.documents.criteria_sets.shipped import shipped_set_path
from parindex.documents.sheet_workbooks.reader import read_workbook
from parindex.documents.sheet_workbooks.sheet_workbook import WorkbookItem, WorkbookMeasure
from parindex.documents.sheet_workbooks.writer import workbook_bytes
from parindex.domain.criteria.criteria_set import CriteriaSet, Measure, MeasureKind, Node, RuleData, Source
from parindex.domain.scoring.score_sheet import EntryState
from parindex.domain.scoring.usable import require_usable
from parindex.wording.workbook_of_set import EnteredItem, EnteredSheet, workbook_of_set
from parindex.wording.workbook_words import workbook_words

RATIO = RuleData({"kind": "ratio", "of": "done", "to": "planned"}, clause="Mục 1.1")
GROWTH = [{"measure": "done"}, {"measure": "before", "year": -1, "weight": -1}]
BANDS = {"kind": "bands", "of": GROWTH, "bands": [{"below": "1", "points": 0}, {"from": "1", "points": 1}]}
MEASURES = {
    "before": Measure("before", "Năm trước"),
    "done": Measure("done", "Đã làm", unit="nhiệm vụ", integer=True, maximum=Fraction(99)),
    "planned": Measure("planned", "Kế hoạch", sum_of_children=True),
    "unused": Measure("unused", "Không dùng", MeasureKind.LIST),
}
TREE = Node(
    *("1", "Lĩnh vực", Fraction(5)),
    children=(
        Node("1.1", "Tỷ lệ", Fraction(2), source=Source.REPORT, rule=RATIO),
        Node("1.2", "Tăng", Fraction(1), rule=RuleData(BANDS)),
        Node("1.3", "Tự chấm", Fraction(1), options=("Có: 1", "Không: 0")),
        Node("1.4", "Chờ", Fraction(1, 2), rule=RuleData({"kind": "given"}), source=Source.REPORT),
        Node("1.5", "Điều tra", Fraction(1, 2), source=Source.OPINION_SURVEY),
    ),
)
SET = CriteriaSet("bo-mau", "Bộ mẫu", 2024, "department", (TREE,), measures=MEASURES)
ENTERED = EnteredSheet(
    *("Năm 2024", "Sở Mẫu", "ab" * 32, "s-1", "v1"),
    datetime(2025, 1, 2),
    items={"1.1": EnteredItem(Fraction(3, 2), "Giải trình", EntryState.ANSWERED)},
    sums={"1": Fraction(3, 2)},
    figures={"done": Fraction(3)},
    last_year={"done": Fraction(2)},
    locked={"1.2": "Do đơn vị khác nhập.", "1.5": "Điểm lấy từ điều tra."},
    explanation_length=20_000,
)


def test_the_items_with_their_rules_in_words() -> None:
    book = workbook_of_set(SET, require_usable(SET), ENTERED)
    assert book.items[:2] == (
        WorkbookItem("1", "Lĩnh vực", 1, False, Fraction(5), self_points=Fraction(3, 2)),
        WorkbookItem(
            *("1.1", "Tỷ lệ", 2, True, Fraction(2), Source.REPORT),
            rule_words="điểm theo tỷ lệ: “Đã làm” ÷ “Kế hoạch”",
            clause="Mục 1.1",
            measures=("done", "planned"),
            self_points=Fraction(3, 2),
            explanation="Giải trình",
            state=EntryState.ANSWERED,
        ),
    )
    assert (book.set_title, book.explanation_length) == ("Bộ mẫu", 20_000)
    assert [(one.code, one.points_by_hand, one.rule_words) for one in book.items[3:]] == [
        ("1.3", True, "Có: 1\nKhông: 0"),
        ("1.4", True, ""),
        ("1.5", False, ""),
    ]
    assert [(one.code, one.reason_locked) for one in book.items if not one.editable] == [
        ("1.2", "Do đơn vị khác nhập."),
        ("1.5", "Điểm lấy từ điều tra."),
    ]


def test_the_figures_of_this_year_each_once() -> None:
    assert workbook_of_set(SET, require_usable(SET), ENTERED).measures == (
        WorkbookMeasure(
            *("done", "Đã làm", MeasureKind.NUMBER, "nhiệm vụ"),
            integer=True,
            maximum=Fraction(99),
            last_year=Fraction(2),
            value=Fraction(3),
            used_by=("1.1", "1.2"),
        ),
        WorkbookMeasure(
            *("planned", "Kế hoạch"),
            used_by=("1.1",),
            editable=False,
            reason_locked="Cộng từ các đơn vị trực thuộc.",
        ),
    )


def test_a_figure_is_locked_where_all_items_that_use_it_are() -> None:
    locked = replace(ENTERED, locked={"1.1": "Đã ký.", "1.2": "Do đơn vị khác nhập."})
    done = workbook_of_set(SET, require_usable(SET), locked).measures[0]
    assert (done.editable, done.reason_locked) == (False, "Đã ký.")


def test_lists_of_which_only_the_number_is_kept() -> None:
    ideas = replace(SET, measures={**MEASURES, "done": replace(MEASURES["done"], kind=MeasureKind.LIST, integer=False)})
    plan = require_usable(ideas)
    kept, counted = (
        workbook_of_set(ideas, plan, replace(ENTERED, lists_as_counts=as_counts)).measures[0]
        for as_counts in (False, True)
    )
    assert (kept.kind, kept.integer) == (MeasureKind.LIST, False)
    assert (counted.kind, counted.integer) == (MeasureKind.NUMBER, True)


def test_a_national_set_becomes_a_workbook_that_reads_back() -> None:
    path = shipped_set_path("dien-bien-2020-province")
    assert path is not None
    made = load_criteria_set(path)
    empty = replace(ENTERED, items={}, sums={}, figures={}, last_year={}, locked={})
    book = workbook_of_set(made, require_usable(made), empty)
    found = read_workbook(
        Path("phieu.xlsx"), workbook_bytes(book, workbook_words(), seal_key=b"k"), book, seal_key=b"k"
    )
    assert (len(book.items), sum(item.is_item for item in book.items)) == (153, 114)
    used = {one for item in book.items for one in item.measures}
    assert {measure.id for measure in book.measures} == used
    by_hand = sum(item.points_by_hand for item in book.items)
    assert len(found.entries) == 114 + by_hand + len(book.measures)
