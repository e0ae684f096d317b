"""The maximum split by source in columns of its own: they say who gives the points and are no points of a unit."""

from __future__ import annotations

from fractions import Fraction

import pytest

from parindex.documents.criteria_tables.stream import TableStream
from parindex.documents.papers import Cell, Grid, PaperTable, TableKind
from parindex.domain.criteria.criteria_set import Source
from parindex.domain.errors import Place
from parindex.wording import problems

HEAD = ("STT", "Tiêu chí", "Điểm tối đa", "Điểm tự chấm, thẩm định", "Điểm ĐTXHH")
ROWS = (
    ("1", "CHỈ ĐẠO", "4", "3", "1"), ("1.1", "Kế hoạch", "3", "3", ""), ("1.2", "Mức độ kịp thời", "1", "", "1"),
    ("2", "THỂ CHẾ", "6", "3,5", "2,5"), ("2.1", "Rà soát", "3,5", "3,5", "0"), ("2.2", "Khả thi", "2,5", "", "2,5"),
)  # fmt: skip


def _read(*pieces: tuple[tuple[str, ...], ...]) -> PaperTable:
    stream = TableStream()
    for rows in pieces:
        cells = tuple(tuple(Cell(text, Place(line=line)) for text in row) for line, row in enumerate(rows, start=1))
        stream.take(Grid(cells, Place()))
    assert len(stream.tables) == 1
    return stream.tables[0].closed(1)


def test_columns_that_split_the_maximum() -> None:
    table = _read((HEAD, *ROWS, ("", "Tổng", "10", "6,5", "3,5")))
    assert table.kind is TableKind.CRITERIA_SET
    assert [(row.max_points, row.source, row.self_points) for row in table.rows] == [
        (4, None, None), (3, Source.REPORT, None), (1, Source.OPINION_SURVEY, None),
        (6, None, None), (Fraction(7, 2), Source.REPORT, None), (Fraction(5, 2), Source.OPINION_SURVEY, None),
    ]  # fmt: skip
    assert (table.printed_total, table.printed_self_total) == (Fraction(10), None)
    assert [doubt.kind for doubt in table.doubts] == ["points_by_source"]
    assert "Điểm tự chấm, thẩm định, Điểm ĐTXHH" in problems.message(table.doubts[0])


def test_a_table_with_a_repeated_head() -> None:
    table = _read((HEAD, *ROWS[:3]), (HEAD, *ROWS[3:]))
    assert [row.source for row in table.rows][-2:] == [Source.REPORT, Source.OPINION_SURVEY]


@pytest.mark.parametrize(
    ("head", "rows"),
    [
        (HEAD, [(*row[:3], row[2], "") for row in ROWS]),  # the survey is still to come
        (HEAD, [(*row[:3], "1", row[4] and "0,5") for row in ROWS]),  # points of a unit
        ((*HEAD[:3], "Điểm tự chấm", "Điểm thẩm định"), [(*row[:3], row[3], row[4]) for row in ROWS]),  # one source
        (HEAD, [(*row[:3], row[2], row[2]) for row in ROWS]),  # two full marks
        ((*HEAD[:2], "Điểm tự chấm tối đa", *HEAD[3:]), ROWS),  # no maximum beside the sources
    ],
)
def test_columns_of_points_that_somebody_gave(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    table = _read((head, *rows))
    assert not [doubt for doubt in table.doubts if doubt.kind == "points_by_source"]
