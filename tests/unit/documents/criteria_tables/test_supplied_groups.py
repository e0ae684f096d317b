"""Groups that the table does not print: supplied by the codes below them, said once, and never for a wrong code."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import pytest
from tests.papers.sample import shipped

from parindex.documents.criteria_tables.criteria_table import to_criteria_set
from parindex.documents.criteria_tables.stream import TableStream
from parindex.documents.paper_findings import paper_findings
from parindex.documents.papers import Cell, Grid, PaperTable
from parindex.domain.criteria.criteria_set import Node
from parindex.domain.errors import Place
from parindex.domain.scoring.check import check
from parindex.domain.values import number_text
from parindex.wording import findings, problems

HEAD = ("STT", "Tiêu chí", "Điểm tối đa")
LEAVES = ("1.1.1 1", "1.1.2 2", "1.2 2", "1.3.1 2", "1.3.2 2", "2.1 3", "2.2 8")


def _table(*grids: tuple[tuple[str, ...], ...]) -> PaperTable:
    """A table of cells; "^" is a cell that a merged cell above covers."""
    stream = TableStream()
    for number, rows in enumerate(grids):
        cells = tuple(
            tuple(Cell("" if text == "^" else text, Place(line=line), covered=text == "^") for text in row)
            for line, row in enumerate(rows, start=1)
        )
        stream.take(Grid(cells, Place(), continues=number > 0))
    return stream.tables[0].closed(1)


def _read(*rows: str) -> PaperTable:
    """A table of rows as "code points"."""
    return _table((HEAD, *((code, f"Nội dung {code}", points) for code, points in map(str.split, rows))))


def _tree(table: PaperTable) -> list[tuple[int, str, str]]:
    made = to_criteria_set(table, id="doc")
    return [(depth, node.code, str(node.max_points)) for depth, node in made.walk_with_depth()]


def _found(table: PaperTable) -> list[tuple[str, str]]:
    """What the check finds, but for what is missing from every small set."""
    of_paper, _ = paper_findings(table)
    of_set = check(to_criteria_set(table, id="doc"))
    left = ("rule_missing", "evidence_missing", "set_without_year")
    return [(one.kind, one.code) for one in (*of_paper, *of_set) if one.kind not in left]


def _supplied(table: PaperTable) -> list[str]:
    return [code for doubt in table.doubts if doubt.kind == "groups_supplied" for code in doubt.facts["codes"]]


def test_a_table_of_leaves() -> None:
    table = _read(*LEAVES)
    assert _tree(table) == [
        (1, "1", "9"), (2, "1.1", "3"), (3, "1.1.1", "1"), (3, "1.1.2", "2"), (2, "1.2", "2"), (2, "1.3", "4"),
        (3, "1.3.1", "2"), (3, "1.3.2", "2"), (1, "2", "11"), (2, "2.1", "3"), (2, "2.2", "8"),
    ]  # fmt: skip
    assert _found(table) == []
    assert _supplied(table) == ["1", "1.1", "1.3", "2"]
    (doubt,) = (one for one in table.doubts if one.kind == "groups_supplied")
    assert "1, 1.1, 1.3, 2" in problems.message(doubt)
    assert [row.title for row in table.rows][:2] == [
        "Lĩnh vực 1 (bảng không in tên)",
        "Tiêu chí 1.1 (bảng không in tên)",
    ]
    assert [row.place.row for row in table.rows] == [None, None, 1, 2, 3, None, 4, 5, None, 6, 7]


def test_a_table_without_areas() -> None:
    table = _read("1.1 3", "1.1.1 1", "1.1.2 2", "1.2 2", "2.1 3", "3.1 8")
    assert [code for depth, code, _ in _tree(table) if depth == 1] == ["1", "2", "3"]
    assert _found(table) == []


def _printed(nodes: Iterable[Node]) -> PaperTable:
    return _table((HEAD, *((one.code, one.title, number_text(one.max_points or Fraction(0))) for one in nodes)))


@pytest.mark.parametrize(
    "set_id", ["dien-bien-2020-province", "dien-bien-2024-departments", "dien-bien-2024-districts"]
)
def test_shipped_sets_without_some_of_their_groups(set_id: str) -> None:
    """Without its areas, its criteria or both, a set has the same tree, points and findings as with them; without one
    group, just that is found.
    """
    nodes = list(shipped(set_id).walk_with_depth())
    whole = _printed(node for _, node in nodes)
    tree, found = _tree(whole), _found(whole)
    for levels in ({1}, {2}, {1, 2}):
        table = _printed(node for depth, node in nodes if node.is_item or depth not in levels)
        assert _tree(table) == tree
        assert [one for one in _found(table) if one not in found] == []
    groups = [at for at, (_, node) in enumerate(nodes) if not node.is_item]
    for lost in groups[1::7]:
        table = _printed(node for at, (_, node) in enumerate(nodes) if at != lost)
        assert _tree(table) == tree
        assert [kind for kind, code in _found(table) if (kind, code) not in found] == ["parent_missing"]


def test_the_total_of_a_table_of_leaves() -> None:
    table = _table((HEAD, *((one.split()[0], "Nội dung", one.split()[1]) for one in LEAVES), ("", "Cả bảng", "20")))
    assert table.printed_total == 20
    assert _found(table)[-1] == ("title_repeated", "2.2")


def test_a_group_without_points_below_it_has_none() -> None:
    assert ("1.1", "None") in [
        (code, points) for _, code, points in _tree(_table((HEAD, ("1.1.1", "Một", ""), ("1.1.2", "Hai", "2"))))
    ]


@pytest.mark.parametrize(
    ("rows", "lost", "first"),
    [
        (("1 7", "1.1 3", "1.1.1 1", "1.1.2 2", "1.2.1 2", "1.2.2 2", "2 8", "2.1 8"), "1.2", "1.2.1"),
        (("1.1 3", "1.2 2", "2 11", "2.1 3", "2.2 8"), "1", "1.1"),
    ],
)
def test_one_group_among_others_is_lost(rows: tuple[str, ...], lost: str, first: str) -> None:
    table = _read(*rows)
    assert _supplied(table) == [lost]
    assert _found(table) == [("parent_missing", first)]
    (finding,), left = paper_findings(table)
    assert findings.message(finding) == f"Mã {first} thuộc nhóm {lost}, nhưng bảng không có dòng {lost}."
    assert [doubt.kind for doubt in left] == []


def test_a_lost_group_beside_a_level_that_is_never_printed() -> None:
    table = _read("1.1.1 1", "1.1.2 1", "1.2 2", "1.2.1 1", "1.2.2 1")
    assert _supplied(table) == ["1", "1.1"]
    assert _found(table) == [("parent_missing", "1.1.1")]
    assert [doubt.kind for doubt in paper_findings(table)[1]] == ["groups_supplied"]


@pytest.mark.parametrize(
    "rows",
    [
        ("1 4", "1.1 2", "1.1.1 1", "9.9.9 1", "1.2 2", "1.2.1 2"),  # higher than the row after
        ("1 4", "1.1 2", "1.1.1 1", "11.2 1", "1.2 2", "1.2.1 2"),  # a dot is missing
        ("1 3", "1.1 3", "1.1.1 1", "1.1.2 1", "11.3 1"),  # a dot is missing at the end
        ("1 2", "11 1", "11.1 1", "12 1"),  # 1.1 without its dot
        ("1 3", "1.1 3", "1.1.1 1", "1.1.2 1", "5.1.1 1"),  # far from the area before
        ("1 4", "1.1 2", "1.1.1 2", "1.1 2", "1.2.1 1", "1.2.2 1"),  # the row before is the group with a code twice
        ("1 4", "1.1 2", "1.1.1 2", "1.4 2", "1.2.1 1", "1.2.2 1"),  # the row before has a wrong code
        ("1 4", "1.1 2", "1.1.1 2", "1.2 2", "1.3.1 1", "1.3.2 1"),  # the row before has the points of its rows
        ("1 3", "1.1 3", "1.1.1 1", "1.1.2 1", "1.2.1 1"),  # the points are what the group before lacks
        ("1 5", "1.1 3", "1.1.1 3", "1.2.4 1", "1.2.5 1"),  # the group would begin with its fourth row
    ],
)  # fmt: skip
def test_a_wrong_code_supplies_no_group(rows: tuple[str, ...]) -> None:
    table = _read(*rows)
    assert _supplied(table) == []
    assert [row.code for row in table.rows] == [row.split()[0] for row in rows]


def test_a_single_row_whose_group_is_lost() -> None:
    assert _supplied(_read("1 4", "1.1 2", "1.1.1 2", "1.2.1 1", "2 1", "2.1 1")) == ["1.2"]
    assert _supplied(_read("1 4", "1.1 2", "1.1.1 2", "1.2.1 1", "a 1", "2 1", "2.1 1")) == ["1.2"]


# --- groups in columns -----------------------------------------------------------------------------------------------

COLUMNS = ("TT", "Lĩnh vực", "Tiêu chí", "Tiêu chí thành phần", "Điểm tối đa")


def test_groups_in_merged_columns() -> None:
    table = _table(
        (
            COLUMNS,
            ("1.1.1", "I. CHỈ ĐẠO (7 điểm)", "1.1. Kế hoạch", "Ban hành", "1"),
            ("1.1.2", "^", "^", "Hoàn thành", "2"),
            ("1.2", "^", "Báo cáo", "", "2"),
            ("1.3.1", "^", "Kiểm tra", "Tỷ lệ", "2"),
        ),
        (
            ("1.3.2", "", "", "Xử lý", "2"),
            ("2.1", "THỂ CHẾ", "Rà soát", "", "5"),
            ("", "Tổng cộng", "", "", "12"),
        ),
    )
    assert [(row.code, row.title) for row in table.rows] == [
        ("1", "CHỈ ĐẠO"), ("1.1", "Kế hoạch"), ("1.1.1", "Ban hành"), ("1.1.2", "Hoàn thành"), ("1.2", "Báo cáo"),
        ("1.3", "Kiểm tra"), ("1.3.1", "Tỷ lệ"), ("1.3.2", "Xử lý"), ("2", "THỂ CHẾ"), ("2.1", "Rà soát"),
    ]  # fmt: skip
    assert _found(table) == [("children_sum", "1")]  # 9 and not the 7 points that the column states
    assert _supplied(table) == ["1", "1.1", "1.3", "2"]
    assert [row.place.row for row in table.rows] == [None, None, 1, 2, 3, None, 4, 5, None, 6]
    assert not [doubt for doubt in table.doubts if doubt.kind == "column_unread"]


def test_groups_named_in_every_row() -> None:
    table = _table(
        (
            COLUMNS,
            ("1.1.1", "Chỉ đạo", "Kế hoạch", "Ban hành", "1"),
            ("1.1.2", "Chỉ đạo", "Kế hoạch", "Hoàn thành", "2"),
            ("2.1", "Thủ tục", "Công khai", "", "3"),
        )
    )
    assert _tree(table) == [
        (1, "1", "3"), (2, "1.1", "3"), (3, "1.1.1", "1"), (3, "1.1.2", "2"), (1, "2", "3"), (2, "2.1", "3"),
    ]  # fmt: skip
    assert _found(table) == []


@pytest.mark.parametrize("beside", ["", "Kế hoạch năm"])
def test_titles_in_a_column_a_level(beside: str) -> None:
    """Every row has a code and stands in the column of its level: nothing is supplied, no title is lost."""
    table = _table(
        (
            COLUMNS,
            ("1", "Chỉ đạo", "", "", "3"),
            ("1.1", "", "Kế hoạch", "", "3"),
            ("1.1.1", "^", beside, "Ban hành", "1"),
            ("1.1.2", "", "", "Hoàn thành", "2"),
        )
    )
    assert [row.title for row in table.rows] == ["Chỉ đạo", "Kế hoạch", "Ban hành", "Hoàn thành"]
    assert _supplied(table) == []


@pytest.mark.parametrize(
    ("words", "more"),
    [
        ("Nội dung", ("Chung", "Đúng hạn", "Đủ số lượng")),  # what is asked for, in every row
        ("Chỉ tiêu", ("", "95", "4")),  # figures
        ("Nội dung", ("", "", "")),
    ],
)
def test_a_second_column_that_names_no_groups(words: str, more: tuple[str, str, str]) -> None:
    head = ("STT", "Tiêu chí", words, "Điểm tối đa")
    rows = (("1", "Chỉ đạo", more[0], "3"), ("1.1", "Kế hoạch", more[1], "1"), ("1.2", "Báo cáo", more[2], "2"))
    assert [row.title for row in _table((head, *rows)).rows] == ["Chỉ đạo", "Kế hoạch", "Báo cáo"]
