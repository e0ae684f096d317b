"""Tables of other bodies: marks below a head, columns by level, codes in titles, lost codes, points outside."""

from __future__ import annotations

from fractions import Fraction

import pytest

from parindex.documents.criteria_tables import codes_in_titles, dotless_codes, level_words, lost_codes
from parindex.documents.criteria_tables.stream import TableStream
from parindex.documents.papers import Cell, Grid, PaperTable
from parindex.domain.criteria.criteria_set import Outside, Source
from parindex.domain.errors import Place

HEAD = ("STT", "Tiêu chí", "Điểm tối đa")


def _read(*rows: tuple[str, ...]) -> PaperTable:
    stream = TableStream()
    cells = tuple(
        tuple(Cell(text, Place(cell=f"{'ABCDEFG'[column]}{line}")) for column, text in enumerate(row))
        for line, row in enumerate(rows, start=1)
    )
    stream.take(Grid(cells, Place()))
    return stream.tables[0].closed(1)


def _codes(table: PaperTable) -> list[str]:
    return [row.code for row in table.rows]


def _doubts(table: PaperTable, kind: str) -> list[dict[str, object]]:
    return [dict(doubt.facts) for doubt in table.doubts if doubt.kind == kind]


@pytest.mark.parametrize(
    ("head", "mark", "source"),
    [
        ("ĐTXHH", "x", Source.OPINION_SURVEY),
        ("Điều tra XHH", "X", Source.OPINION_SURVEY),
        ("SIPAS", "x", Source.SATISFACTION_INDEX),
        ("Cách thức đánh giá", "Khảo sát", Source.OPINION_SURVEY),
        ("Hình thức đánh giá", "SIPAS", Source.SATISFACTION_INDEX),
        ("Phương thức đánh giá", "ĐTXHH", Source.OPINION_SURVEY),
    ],
)
def test_a_mark_below_a_head_names_the_source(head: str, mark: str, source: Source) -> None:
    table = _read(
        (*HEAD, head), ("1", "CHỈ ĐẠO", "10", ""), ("1.1", "Kế hoạch", "4", ""), ("1.2", "Nhận xét", "6", mark)
    )
    assert [row.source for row in table.rows] == [None, None, source]
    assert _doubts(table, "column_unread") == []


def test_a_filled_column_that_nothing_is_read_from_is_a_doubt() -> None:
    table = _read(
        (*HEAD, "Màu sắc"), ("1", "CHỈ ĐẠO", "10", ""), ("1.1", "Kế hoạch", "4", "xanh"), ("1.2", "Báo cáo", "6", "đỏ")
    )
    assert _doubts(table, "column_unread") == [{"column": "Màu sắc"}]


def test_the_only_column_of_text_is_the_title_whatever_its_head() -> None:
    table = _read(
        ("STT", "Danh mục", "Điểm"), ("1", "CHỈ ĐẠO", "10"), ("1.1", "Kế hoạch", "4"), ("1.2", "Báo cáo", "6")
    )
    assert [row.title for row in table.rows] == ["CHỈ ĐẠO", "Kế hoạch", "Báo cáo"]
    assert _doubts(table, "column_guessed") == [{"column": "title"}]


def test_points_by_level_in_three_columns() -> None:
    table = _read(
        ("STT", "Tiêu chí", "Điểm lĩnh vực", "Điểm tiêu chí", "Điểm TCTP"),
        ("1", "CHỈ ĐẠO", "10", "", ""),
        ("1.1", "Kế hoạch", "", "6", ""),
        ("1.1.1", "Ban hành", "", "", "6"),
        ("1.2", "Báo cáo", "", "4", ""),
    )
    assert [row.max_points for row in table.rows] == [10, 6, 6, 4]


def test_two_columns_of_points_filled_in_one_row_are_a_doubt() -> None:
    table = _read(
        ("STT", "Tiêu chí", "Điểm tối đa", "Điểm tối đa thành phần"),
        *(("1", "CHỈ ĐẠO", "10", ""), ("1.1", "Kế hoạch", "6", ""), ("1.1.1", "Ban hành", "", "2")),
        *(("1.1.2", "Thực hiện", "", "4"), ("1.2", "Báo cáo", "4", "3")),
    )
    assert [row.max_points for row in table.rows] == [10, 6, 2, 4, None]
    assert _doubts(table, "several_numbers") == [{"code": "1.2", "text": "4 3"}]


def test_codes_by_level_in_three_columns() -> None:
    table = _read(
        ("Lĩnh vực", "Tiêu chí", "TCTP", "Nội dung", "Điểm tối đa"),
        *(("1", "", "", "CHỈ ĐẠO", "10"), ("", "1.1", "", "Kế hoạch", "6"), ("", "", "1.1.1", "Ban hành", "6")),
        ("", "1.2", "", "Báo cáo", "4"),
    )
    assert _codes(table) == ["1", "1.1", "1.1.1", "1.2"]
    assert [row.title for row in table.rows] == ["CHỈ ĐẠO", "Kế hoạch", "Ban hành", "Báo cáo"]


def test_codes_before_the_titles_in_one_cell() -> None:
    table = _read(
        ("Nội dung đánh giá", "Điểm tối đa"),
        *(("I. CÔNG TÁC CHỈ ĐẠO", "10"), ("1. Kế hoạch", "6"), ("a) Ban hành", "4"), ("b) Thực hiện", "2")),
        *(("2. Báo cáo", "4"), ("II. THỂ CHẾ", "5"), ("1. Rà soát", "5")),
    )
    assert _codes(table) == ["I", "I.1", "I.1.a", "I.1.b", "I.2", "II", "II.1"]
    assert table.rows[3].title == "Thực hiện"


def test_numbers_that_do_not_count_are_no_codes() -> None:
    assert not codes_in_titles.borne_out(["100. Hồ sơ", "15. Văn bản", "7. Thủ tục"])


def test_codes_without_dots() -> None:
    table = _read(
        HEAD,
        *(("1", "CHỈ ĐẠO", "10"), ("11", "Kế hoạch", "6"), ("111", "Ban hành", "6"), ("12", "Báo cáo", "4")),
        *(("2", "THỂ CHẾ", "5"), ("21", "Rà soát", "5")),
    )
    assert _codes(table) == ["1", "1.1", "1.1.1", "1.2", "2", "2.1"]
    assert [row.printed_code for row in table.rows] == ["", "11", "111", "12", "", "21"]
    assert len(_doubts(table, "code_dots_restored")) == 1


def test_codes_without_dots_are_left_where_no_sum_bears_them_out() -> None:
    assert dotless_codes.restored(["1", "11", "12"], [Fraction(1), Fraction(2), Fraction(3)]) is None
    assert dotless_codes.restored(["1", "2", "3"], [Fraction(1), Fraction(2), Fraction(3)]) is None


def test_level_words_count() -> None:
    words = ["linh vuc", "tieu chi", "tieu chi", "linh vuc", "tieu chi"]
    assert level_words.outlined(words, ["1", "1", "2", "2", "1"]) == ["1", "1.1", "1.2", "2", "2.1"]
    table = _read(HEAD, ("Lĩnh vực 1", "CHỈ ĐẠO", "4"), ("Tiêu chí 1", "Kế hoạch", "4"), ("Lĩnh vực 2", "THỂ CHẾ", "5"))
    assert _codes(table) == ["1", "1.1", "2"]


@pytest.mark.parametrize(
    ("printed", "kind", "facts"),
    [
        ("1.l", "code_unreadable", {"code": "1.1", "title": "Kế hoạch", "cell": "A3", "printed": "1.l"}),
        ("1..1", "code_unreadable", {"code": "1.1", "title": "Kế hoạch", "cell": "A3", "printed": "1..1"}),
        ("", "code_missing", {"code": "1.1", "title": "Kế hoạch", "cell": "B3"}),
    ],
)
def test_a_row_whose_code_is_lost(printed: str, kind: str, facts: dict[str, str]) -> None:
    table = _read(HEAD, ("1", "CHỈ ĐẠO", "10"), (printed, "Kế hoạch", "4"), ("1.2", "Báo cáo", "6"))
    assert _codes(table) == ["1", "1.1", "1.2"]
    assert table.rows[1].max_points == 4
    assert _doubts(table, kind) == [facts]


def test_the_sum_says_where_a_row_without_code_belongs() -> None:
    before = [("2", Fraction(8)), ("2.1", Fraction(5)), ("2.1.1", Fraction(2)), ("2.1.2", Fraction(3))]
    assert lost_codes.supply("", before, Fraction(3), "3") == "2.2"
    assert lost_codes.supply("", before, Fraction(1), "2.1.4") == "2.1.3"


def test_options_with_points_stay_options() -> None:
    table = _read(
        HEAD,
        *(("1", "CHỈ ĐẠO", "5"), ("1.1", "Kế hoạch", "2"), ("", "Ban hành kịp thời", "2"), ("", "Ban hành chậm", "1")),
        ("1.2", "Báo cáo", "3"),
    )
    assert _codes(table) == ["1", "1.1", "1.2"]
    assert table.rows[1].options == ("Ban hành kịp thời: 2", "Ban hành chậm: 1")


def test_a_total_above_the_rows() -> None:
    table = _read(
        HEAD, ("", "TỔNG ĐIỂM", "10"), ("1", "CHỈ ĐẠO", "10"), ("1.1", "Kế hoạch", "4"), ("1.2", "Báo cáo", "6")
    )
    assert table.printed_total == 10
    assert _codes(table) == ["1", "1.1", "1.2"]
    assert table.doubts == ()


def test_of_two_appraisals_the_councils_stands() -> None:
    table = _read(
        (*HEAD, "Tổ thẩm định", "Hội đồng thẩm định"),
        *(("1", "CHỈ ĐẠO", "10", "9", "8"), ("1.1", "Kế hoạch", "4", "4", "3"), ("1.2", "Báo cáo", "6", "5", "5")),
    )
    assert [row.appraised_points for row in table.rows] == [8, 3, 5]
    assert [(one.level, one.text) for one in table.rows[1].opinions] == [("Tổ thẩm định", "4")]


def test_a_row_that_says_that_the_table_goes_on_is_dropped() -> None:
    table = _read(HEAD, ("1", "CHỈ ĐẠO", "4"), ("", "(tiếp theo)", ""), ("1.1", "Kế hoạch", "4"))
    assert [row.title for row in table.rows] == ["CHỈ ĐẠO", "Kế hoạch"]


def test_bonus_and_penalty_areas_are_outside_with_positive_points() -> None:
    table = _read(
        HEAD,
        *(("1", "CHỈ ĐẠO", "100"), ("1.1", "Kế hoạch", "100"), ("2", "ĐIỂM THƯỞNG", "5"), ("2.1", "Sáng kiến", "5")),
        *(("3", "ĐIỂM TRỪ", "-10"), ("3.1", "Chậm báo cáo", "-10")),
    )
    assert [row.outside for row in table.rows] == [None, None, Outside.BONUS, None, Outside.PENALTY, None]
    assert [row.max_points for row in table.rows] == [100, 100, 5, 5, 10, 10]
    assert [facts["outside"] for facts in _doubts(table, "outside_assumed")] == ["bonus", "penalty"]


def test_a_bonus_area_that_completes_the_hundred_is_inside() -> None:
    table = _read(HEAD, ("1", "CHỈ ĐẠO", "95"), ("1.1", "Kế hoạch", "95"), ("2", "ĐIỂM THƯỞNG", "5"))
    assert [row.outside for row in table.rows] == [None, None, None]
    assert table.doubts == ()
