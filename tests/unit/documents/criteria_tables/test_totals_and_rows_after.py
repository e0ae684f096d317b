"""Total rows in uncommon words or without any, and the rows of bonus and penalty that come after them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from parindex.documents.criteria_tables.criteria_table import to_criteria_set
from parindex.documents.criteria_tables.stream import TableStream
from parindex.documents.papers import Cell, Grid, PaperTable
from parindex.documents.score_sheets.sums import sum_doubts
from parindex.domain.criteria.criteria_set import Outside
from parindex.domain.errors import Place
from parindex.domain.scoring.check import check
from parindex.wording import problems

HEAD = ("STT", "Tiêu chí", "Điểm tối đa")
AREAS = (
    ("1", "CHỈ ĐẠO", "4"), ("1.1", "Kế hoạch", "1"), ("1.2", "Báo cáo", "3"),
    ("2", "THỂ CHẾ", "6"), ("2.1", "Rà soát", "6"),
)  # fmt: skip
TOTAL = ("", "TỔNG ĐIỂM", "10")
Rows = tuple[tuple[str, ...], ...]


def _read(*rows: tuple[str, ...], head: tuple[str, ...] = HEAD) -> PaperTable:
    stream = TableStream()
    cells = tuple(
        tuple(Cell(text, Place(line=line)) for text in row) for line, row in enumerate((head, *rows), start=1)
    )
    stream.take(Grid(cells, Place()))
    return stream.tables[0].closed(1)


def _doubts(table: PaperTable, kind: str) -> list[dict[str, object]]:
    return [dict(doubt.facts) for doubt in table.doubts if doubt.kind == kind]


def _found(table: PaperTable) -> list[tuple[str, str]]:
    left = ("rule_missing", "evidence_missing", "set_without_year")
    return [(one.kind, one.code) for one in check(to_criteria_set(table, id="doc")) if one.kind not in left]


def _outside(table: PaperTable) -> dict[str, Outside | None]:
    return {row.code: row.outside for row in table.rows[5:]}


# --- total rows ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "ĐIỂM TỔNG CỘNG", "Tổng (không kể điểm thưởng)", "Cộng điểm các lĩnh vực", "TC", "Tổng cộng", "Cộng các mục",
        "Số điểm tổng cộng", "Cộng điểm của 2 lĩnh vực",
    ],
)  # fmt: skip
@pytest.mark.parametrize("points", ["10", "11"])
def test_total_rows_by_their_words(words: str, points: str) -> None:
    """Whether the figure is right or not: a wrong total is a finding, not a row."""
    table = _read(*AREAS, ("", words, points))
    assert table.printed_total == int(points)
    assert [row.code for row in table.rows] == ["1", "1.1", "1.2", "2", "2.1"]
    assert _found(table) == ([] if points == "10" else [("total_printed", "")])
    assert _doubts(table, "total_by_figure") == []


@pytest.mark.parametrize("words", ["Toàn bảng", "ĐIỂM CỦA CẢ BẢNG", "", "Tối đa"])
def test_total_rows_by_their_figure(words: str) -> None:
    table = _read(*AREAS, ("", words, "10"))
    assert table.printed_total == 10
    assert _found(table) == []
    assert _doubts(table, "total_by_figure") == [{"text": words, "points": 10}]
    (doubt,) = (one for one in table.doubts if one.kind == "total_by_figure")
    assert "10" in problems.message(doubt)


def test_a_total_by_its_figure_may_leave_out_the_bonus() -> None:
    table = _read(*AREAS, ("3", "ĐIỂM THƯỞNG", "2"), ("", "Toàn bảng", "10"))
    assert table.printed_total == 10
    assert _outside(table) == {"3": Outside.BONUS}
    assert _read(*AREAS, ("3", "ĐIỂM THƯỞNG", "2"), ("", "Toàn bảng", "12")).printed_total == 12


@pytest.mark.parametrize(
    "rows",
    [
        (*AREAS[:4], ("2.1", "Rà soát", "5"), ("", "Kiểm tra văn bản", "1")),  # an item whose code is lost
        (*AREAS, ("", "TUYÊN TRUYỀN RỘNG RÃI", "10"), ("3.1", "Báo chí", "10")),  # rows with codes come after
        (("1", "CHỈ ĐẠO", "4"), ("", "Một nửa", "4")),  # an option: only one area
        (("1", "CHỈ ĐẠO", "x"), ("2", "THỂ CHẾ", "6"), ("", "Một nửa", "6")),  # an area without points
    ],
)
def test_rows_that_are_no_total(rows: Rows) -> None:
    table = _read(*rows)
    assert table.printed_total is None
    assert _doubts(table, "total_by_figure") == []


# --- rows after the total ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("codes", [("A", "B"), ("I", "II"), ("3", "4")])
def test_bonus_and_penalty_after_the_total(codes: tuple[str, str]) -> None:
    table = _read(*AREAS, TOTAL, (codes[0], "Điểm thưởng", "2"), (codes[1], "Điểm trừ", "-1"))
    assert _outside(table) == {codes[0]: Outside.BONUS, codes[1]: Outside.PENALTY}
    assert [row.max_points for row in table.rows[5:]] == [2, 1]
    assert table.printed_total == 10
    assert _found(table) == []


def test_bonus_and_penalty_without_codes() -> None:
    table = _read(*AREAS, TOTAL, ("", "Điểm thưởng", "2"), ("", "Điểm trừ", "-1"))
    assert _outside(table) == {"3": Outside.BONUS, "4": Outside.PENALTY}
    assert len(_doubts(table, "area_code_supplied")) == 2
    assert _found(table) == []


def test_a_heading_without_points_over_rows_of_bonus() -> None:
    table = _read(*AREAS, TOTAL, ("", "ĐIỂM THƯỞNG", ""), ("3.1", "Sáng kiến", "1"), ("3.2", "Khen thưởng", "1"))
    assert _outside(table) == {"3": Outside.BONUS, "3.1": None, "3.2": None}
    assert _found(table) == [("points_missing", "3")]


def test_prose_about_bonus_after_the_total_is_prose() -> None:
    table = _read(*AREAS, TOTAL, ("", "Điểm thưởng do Hội đồng thẩm định quyết định.", ""))
    assert len(table.rows) == 5
    assert table.printed_total == 10


def test_codes_that_begin_anew_after_the_total_go_on() -> None:
    rows = (("1", "Điểm thưởng", "2"), ("1.1", "Khen", "1"), ("1.2", "Sáng kiến", "1"), ("2", "Điểm trừ", "-1"))
    table = _read(*AREAS, TOTAL, *rows)
    assert _outside(table) == {"3": Outside.BONUS, "3.1": None, "3.2": None, "4": Outside.PENALTY}
    assert [row.printed_code for row in table.rows[5:]] == ["1", "1.1", "1.2", "2"]
    assert {kind for kind, _ in _found(table)} == {"printed_code"}


def test_lettered_bonus_above_the_total() -> None:
    """Its rows number from 1; the total counts the areas."""
    bonus = (("A", "ĐIỂM THƯỞNG", "2"), ("1", "Khen", "1"), ("2", "Sáng kiến", "1"), ("B", "ĐIỂM TRỪ", "-1"))
    table = _read(*AREAS, *bonus, TOTAL)
    assert _outside(table) == {"A": Outside.BONUS, "A.1": None, "A.2": None, "B": Outside.PENALTY}
    assert _found(table) == []


def test_a_bonus_below_an_item_stays_there() -> None:
    """Letters that go on with other rows are parts of the item above."""
    table = _read(*AREAS[:4], ("2.1", "Rà soát", "6"), ("A", "Điểm thưởng", "2"), ("B", "Rà soát lại", "4"))
    assert [row.code for row in table.rows[4:]] == ["2.1", "2.1.A", "2.1.B"]


def test_rows_after_the_total_inherit_no_source() -> None:
    head = (*HEAD, "Ghi chú")
    areas = tuple((*row, "ĐTXHH" if row[0] == "2.1" else "") for row in AREAS)
    rows = ((*TOTAL, ""), ("A", "Điểm thưởng", "2", ""), ("B", "Điểm trừ", "-1", ""))
    table = _read(*areas, *rows, head=head)
    assert [row.source for row in table.rows[5:]] == [None, None]


def test_a_bonus_within_the_total_stays_within() -> None:
    """The total row above it says what the hundred is, else the bonus that fills it up is within."""
    assert _outside(_read(*AREAS, ("3", "ĐIỂM THƯỞNG", "2"), ("", "TỔNG ĐIỂM", "12"))) == {"3": None}
    hundred = (("1", "CHỈ ĐẠO", "98"), ("1.1", "Kế hoạch", "98"))
    bonus = ("2", "ĐIỂM THƯỞNG", "2")
    assert [row.outside for row in _read(*hundred, ("", "TỔNG ĐIỂM", "98"), bonus).rows] == [None, None, Outside.BONUS]
    assert [row.outside for row in _read(*hundred, bonus).rows] == [None, None, None]


@pytest.mark.parametrize("total", ["8", "10", "9", "7"])
def test_the_points_of_a_unit_may_count_bonus_and_penalty_or_not(total: str) -> None:
    head = (*HEAD, "Điểm tự chấm")
    areas = tuple((*row, given) for row, given in zip(AREAS, ("3", "1", "2", "5", "5"), strict=True))
    rows = (("", "TỔNG ĐIỂM", "10", total), ("A", "Điểm thưởng", "2", "2"), ("B", "Điểm trừ", "-1", "-1"))
    table = _read(*areas, *rows, head=head)
    assert sum_doubts(table.rows, table.printed_self_total, None, Place()) == []
    (wrong,) = sum_doubts(table.rows, Fraction(11), None, Place())
    assert (wrong.kind, wrong.facts["found"]) == ("total_points_differ", 8)
