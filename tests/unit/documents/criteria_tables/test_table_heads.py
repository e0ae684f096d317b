"""Heads: columns by their words, and by what stands below them."""

from __future__ import annotations

import pytest

from parindex.documents.criteria_tables.head_words import Column
from parindex.documents.criteria_tables.heads import Head, find_head, guessed_head, repeats
from parindex.documents.papers import Cell
from parindex.domain.errors import Place

BODY = (("1", "LĨNH VỰC CHỈ ĐẠO", "3"), ("1.1", "Kế hoạch công tác", "1,5"), ("1.2", "Tuyên truyền sâu rộng", "1.5"))


def _rows(*rows: tuple[str, ...]) -> list[tuple[Cell, ...]]:
    return [tuple(Cell(text, Place()) for text in row) for row in rows]


def _columns(head: Head | None) -> list[str]:
    assert head is not None
    return [str(head.columns.get(at, "")) for at in range(max(head.columns) + 1)]


@pytest.mark.parametrize(
    "words",
    [
        ("STT", "Lĩnh vực/Tiêu chí/Tiêu chí thành phần", "Điểm tối đa"),
        ("TT", "Nội dung", "Điểm chuẩn"),
        ("Mã", "Tiêu chí", "Thang điểm"),
        ("MỤC", "NỘI DUNG ĐÁNH GIÁ", "ĐIỂM"),
        ("Số\nTT", "Tên tiêu\nchí", "Số điểm\ntối đa"),
        ("Mã số", "Các chỉ tiêu", "Khung điểm"),
        ("Ký hiệu", "Nội dung công việc", "Barem"),
        ("No.", "Criteria", "Max points"),
    ],
)
def test_names_of_the_three_columns(words: tuple[str, str, str]) -> None:
    assert _columns(find_head(_rows(words, *BODY))) == ["code", "title", "max_points"]


def test_a_score_sheet() -> None:
    words = (
        "STT",
        "Tiêu chí",
        "Điểm chuẩn",
        "Điểm tự đánh giá",
        "Giải trình",
        "Điểm thẩm định",
        "Ý kiến hội đồng thẩm định",
    )
    head = find_head(_rows(words))
    assert _columns(head) == [
        "code",
        "title",
        "max_points",
        "self_points",
        "explanation",
        "appraised_points",
        "opinion",
    ]
    assert head is not None
    assert head.is_score_sheet


def test_a_head_over_two_rows() -> None:
    rows = _rows(
        ("STT", "Tiêu chí", "Điểm", "", "Ghi chú"), ("", "", "Tối đa", "Tự chấm", ""), ("1", "A", "3", "2", "")
    )
    head = find_head(rows)
    assert _columns(head) == ["code", "title", "max_points", "self_points", "note"]
    assert head is not None
    assert head.rows == 2


def test_a_plan_with_other_columns_of_points() -> None:
    words = ("STT", "Tiêu chí", "Điểm chuẩn", "Điểm 2020 đạt được", "Mục tiêu năm 2021", "Nhiệm vụ", "Đơn vị chủ trì")
    assert _columns(find_head(_rows(words)))[:4] == ["code", "title", "max_points", "other"]


def test_a_scale_in_words_holds_options() -> None:
    body = (("1", "A", "Đạt: 1; không đạt: 0", "1"), ("1.1", "B", "Có: 1", "1"))
    assert _columns(find_head(_rows(("STT", "Tiêu chí", "Thang điểm", "Điểm tối đa"), *body))) == [
        "code",
        "title",
        "options",
        "max_points",
    ]


def test_contents_decide_where_words_are_missing() -> None:
    head = find_head(_rows(("", "Tiêu chí", "Điểm"), *BODY))
    assert _columns(head) == ["code", "title", "max_points"]
    assert head is not None
    assert head.guessed == (Column.CODE,)


def test_a_letterhead_is_no_part_of_the_head() -> None:
    rows = _rows(("UBND TỈNH", "BỘ TIÊU CHÍ CCHC", ""), ("STT", "Tiêu chí", "Điểm"), *BODY)
    head = find_head(rows)
    assert head is not None
    assert (head.first, head.rows) == (1, 1)


def test_no_head() -> None:
    assert find_head(_rows(*BODY)) is None
    assert find_head(_rows(("Họ tên", "Tuổi"), ("An", "30"))) is None
    assert find_head(_rows(("STT", "TÊN CƠ QUAN, ĐƠN VỊ", "XẾP LOẠI"), ("1", "Sở Y tế", "Tốt"))) is None


def test_columns_without_a_head() -> None:
    assert _columns(guessed_head(_rows(*BODY))) == ["code", "title", "max_points"]
    assert guessed_head(_rows(("1", "Sở Y tế tỉnh", "2"), ("2", "Sở Nội vụ tỉnh", "3"))) is None


def test_a_head_printed_again() -> None:
    rows = _rows(("STT", "Tiêu chí", "Điểm"), *BODY)
    head = find_head(rows)
    assert head is not None
    assert repeats(head, rows[0])
    assert not repeats(head, rows[1])


def test_words_that_a_narrow_column_breaks_are_read_whole() -> None:
    words = ("ST\nT", "Lĩnh vực, tiêu chí", "Than\ng\nđiểm", "Ghi c\nhú")
    head = find_head(_rows(words, *((*row, "") for row in BODY)))
    assert head is not None
    assert _columns(head) == ["code", "title", "max_points", "note"]
    assert [head.texts[at] for at in range(4)] == ["STT", "Lĩnh vực, tiêu chí", "Thang điểm", "Ghi chú"]
    (again,) = _rows(("S\nTT", "Lĩnh vực, tiêu chí", "Than\ng\nđiểm", "Ghi chú"))
    assert repeats(head, again)


@pytest.mark.parametrize(
    "words",
    [
        "Nội dung và cách chấm điểm",
        "Tiêu chí/thang điểm",
        "Tiêu chí, thang điểm",
        "Nội dung tiêu chí, cách tính điểm",
        "Nội dung đánh giá và phương pháp chấm điểm",
        "Lĩnh vực, tiêu chí, tài liệu kiểm chứng",
    ],
)
def test_a_head_of_titles_may_name_the_scoring_too(words: str) -> None:
    head = find_head(_rows(("STT", words, "Điểm tối đa"), *BODY))
    assert head is not None
    assert _columns(head) == ["code", "title", "max_points"]
    assert head.guessed == ()


def test_where_another_column_has_the_titles_such_a_head_is_that_of_the_scoring() -> None:
    head = find_head(_rows(("STT", "Tiêu chí", "Nội dung và cách chấm điểm", "Điểm tối đa"), BODY[0], BODY[1]))
    assert _columns(head) == ["code", "title", "options", "max_points"]


@pytest.mark.parametrize("claims", [(), ("Điểm tự chấm",)])
def test_numbers_below_such_a_head_are_points(claims: tuple[str, ...]) -> None:
    rows = [(code, points, title, *("1" for _ in claims)) for code, title, points in BODY]
    head = find_head(_rows(("STT", "Tiêu chí (thang điểm)", "Diễn đạt", *claims), *rows))
    assert _columns(head) == ["code", "max_points", "title", *("self_points" for _ in claims)]
    assert head is not None
    assert head.guessed == (Column.TITLE,)


def test_titles_below_a_head_about_scoring_alone_are_guessed() -> None:
    head = find_head(_rows(("STT", "Cách chấm điểm", "Điểm tối đa"), *BODY))
    assert _columns(head) == ["code", "title", "max_points"]
    assert head is not None
    assert head.guessed == (Column.TITLE,)
