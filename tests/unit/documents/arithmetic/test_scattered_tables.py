"""Lists whose layout is lost: correct ones yield nothing, a wrong total, figure or count is found in every layout."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random

import pytest
from tests.papers.drawn_loss_lists import LAYOUTS, LossList, loss_list

from parindex.documents.arithmetic.tables.statements import find
from parindex.documents.papers import Block, Paragraph
from parindex.domain.errors import Place

SEEDS = range(3)
Said = list[tuple[str, str]]


def _drawn(seed: int, layout: str) -> LossList:
    drawn = next(one for number in range(99) if len((one := loss_list(Random(100 * seed + number))).rows) > 5)
    drawn.layout = layout
    return drawn


def _found(drawn: LossList) -> Said:
    found, _ = find(drawn.blocks())
    return [(one.kind.value, one.found) for one in found]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_right_list_is_checked_and_yields_nothing(seed: int, layout: str) -> None:
    found, checked = find(_drawn(seed, layout).blocks())
    assert found == []
    assert checked["sums"] >= 2


def _wrong_total(drawn: LossList) -> None:
    drawn.total[1] += Fraction(drawn.draw.choice([-1, 1, 2]), 5)


def _wrong_points(drawn: LossList) -> None:
    points = next(points for _, _, points in drawn.rows if points[1] > Fraction(1, 2))
    points[1] -= Fraction(3, 10)


def _wrong_count(drawn: LossList) -> None:
    drawn.stated += drawn.draw.choice([-1, 1])


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("slip", [_wrong_total, _wrong_points, _wrong_count])
@pytest.mark.parametrize("seed", SEEDS)
def test_a_slip_is_found(seed: int, slip: Callable[[LossList], None], layout: str) -> None:
    drawn = _drawn(seed, layout)
    slip(drawn)
    told = _found(drawn)
    assert 1 <= len(told) <= 2
    assert (told[0][0] == "count") == (slip is _wrong_count)


def test_a_list_with_a_lost_row_is_left_alone() -> None:
    """Where no column agrees with its total, a row was lost with the layout: nothing is said of sums or counts."""
    drawn = _drawn(1, "words")
    del drawn.rows[2]
    drawn.total = [one + 1 for one in drawn.total]
    assert _found(drawn) == []


NUMBERED = """
Danh sách đơn vị như sau:
STT
Đơn vị
Điểm tối đa
Điểm thẩm định
1
Sở Nội vụ
10
{first}
2
Sở Tài chính
9
8,25
3
Sở Tư pháp
8
7.5
Tổng cộng
27
25,25
"""


@pytest.mark.parametrize(("first", "expected"), [("9,5", []), ("9,75", [("total", "25,50")])])
def test_numbered_rows_a_cell_a_line(first: str, expected: Said) -> None:
    lines = NUMBERED.format(first=first).strip().split("\n")
    found, _ = find([Paragraph(line, Place(line=at)) for at, line in enumerate(lines, start=1)])
    assert [(one.kind.value, one.found) for one in found] == expected


def _satisfaction(difference: str) -> list[Block]:
    """Per cents of two years under titles that go over two lines."""
    lines = [
        "Chỉ số hài lòng của người dân theo từng tiêu chí",
        "Tiêu chí",
        "Năm 2032",
        "Năm 2031",
        "Tăng/giảm so với năm",
    ]
    for number in range(1, 10):
        lines += [f"{number}. Chính quyền cung cấp thông tin đầy đủ về", "chính sách ở địa phương."]
        lines += [f"8{number}.25% 80.15% {difference if number == 6 else f'{number}.10'}%"]
    return [Paragraph(line, Place(line=at)) for at, line in enumerate(lines, start=1)]


@pytest.mark.parametrize(("difference", "times"), [("6.10", 0), ("6.40", 1)])
def test_a_difference_of_years_is_said_once(difference: str, times: int) -> None:
    found, checked = find(_satisfaction(difference))
    assert [one.why for one in found] == ["row_difference_differs"] * times
    assert checked["differences"] >= 9
