"""Options in rows of their own: their points stand in the column of the maximum, under a code merged or left out."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from parindex.documents.criteria_tables.stream import TableStream
from parindex.documents.papers import Cell, Grid, PaperTable
from parindex.domain.errors import Place

HEAD = ("STT", "Tiêu chí", "Điểm tối đa")
SCALE = ("STT", "Tiêu chí", "Thang điểm chi tiết", "Điểm tối đa")
OPTIONS = (("Ban hành đúng hạn", "2"), ("Ban hành chậm", "1"), ("Không ban hành", "0"))
READ = ("Ban hành đúng hạn: 2", "Ban hành chậm: 1", "Không ban hành: 0")


def _read(*rows: Sequence[str | None]) -> PaperTable:
    """None is a cell that the one above covers."""
    stream = TableStream()
    cells = (tuple(Cell(text or "", Place(), covered=text is None) for text in row) for row in rows)
    stream.take(Grid(tuple(cells), Place()))
    return stream.tables[0].closed(1)


def _kinds(table: PaperTable) -> list[str]:
    return [doubt.kind for doubt in table.doubts]


@pytest.mark.parametrize("code", [None, ""], ids=["merged", "empty"])
@pytest.mark.parametrize("own", ["2", ""], ids=["own maximum", "no maximum"])
@pytest.mark.parametrize("backwards", [False, True])
def test_options_below_the_item(code: str | None, own: str, backwards: bool) -> None:
    options = OPTIONS[::-1] if backwards else OPTIONS
    below = [(code, text, points) for text, points in options]
    table = _read(HEAD, ("1", "CHỈ ĐẠO", "5"), ("1.1", "Kế hoạch", own), *below, ("1.2", "Báo cáo", "3"))
    assert [(row.code, row.title, row.max_points) for row in table.rows] == [
        ("1", "CHỈ ĐẠO", 5),
        ("1.1", "Kế hoạch", 2),
        ("1.2", "Báo cáo", 3),
    ]
    assert table.rows[1].options == (READ[::-1] if backwards else READ)
    assert _kinds(table) == ([] if own else ["points_by_options"]) + ["rule_proposed"]


@pytest.mark.parametrize("backwards", [False, True])
def test_the_first_option_stands_in_the_row_of_the_item(backwards: bool) -> None:
    (first, worth), *others = OPTIONS[::-1] if backwards else OPTIONS
    below = [(None, None, text, points) for text, points in others]
    table = _read(
        SCALE, ("1", "CHỈ ĐẠO", "", "5"), ("1.1", "Kế hoạch", first, worth), *below, ("1.2", "Báo cáo", "", "3")
    )
    assert [row.max_points for row in table.rows] == [5, 2, 3]
    assert table.rows[1].options == (READ[::-1] if backwards else READ)
    assert _kinds(table) == ["points_by_options", "rule_proposed"]


def test_options_with_a_column_of_points_of_their_own() -> None:
    (first, worth), *others = OPTIONS
    table = _read(
        ("STT", "Tiêu chí", "Điểm tối đa", "Thang điểm chi tiết", "Điểm"),
        *(("1", "CHỈ ĐẠO", "5", "", ""), ("1.1", "Kế hoạch", "2", first, worth)),
        *((None, None, None, text, points) for text, points in others),
        ("1.2", "Báo cáo", "3", "", ""),
    )
    assert [row.max_points for row in table.rows] == [5, 2, 3]
    assert table.rows[1].options == READ
    assert _kinds(table) == ["rule_proposed"]


def test_one_option_under_a_merged_code_is_no_item() -> None:
    table = _read(HEAD, ("1", "CHỈ ĐẠO", "5"), ("1.1", "Kế hoạch", "5"), (None, "Đủ", "5"), ("2", "THỂ CHẾ", "3"))
    assert [row.code for row in table.rows] == ["1", "1.1", "2"]
    assert _kinds(table) == ["options_not_understood"]
