"""Rankings: the one cell that puts rows out of order is named, and lists of some rows only are right."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.papers.drawn_tables import cells

from parindex.documents.arithmetic.tables.statements import find

SEEDS = st.integers(min_value=0, max_value=10**9)
FEW = settings(max_examples=10, deadline=None)
HEAD = ["Đơn vị", "Điểm", "Xếp hạng"]


def _drawn(draw: Random) -> list[list[str]]:
    """A ranking of ten to forty rows, at times in English form, some rows with equal points one after another."""
    points, mark = draw.randint(9_000, 9_900), draw.choice(",.")
    rows = []
    for rank in range(1, draw.randint(10, 40) + 1):
        points -= draw.choice([0, 7, 30, 90, 120])
        rows.append([f"Xã {rank}A", f"{points // 100}{mark}{points % 100:02d}", str(rank)])
    return rows


def _found(rows: list[list[str]]) -> list[tuple[str, int | None, str, str]]:
    found, _ = find(cells("\n".join(" | ".join(row) for row in [HEAD, *rows])))
    return [(one.why, one.place.line, one.stated, one.found) for one in found]


@FEW
@given(SEEDS)
def test_a_right_ranking_yields_nothing(seed: int) -> None:
    draw = Random(seed)
    rows = _drawn(draw)
    assert _found(rows) == []
    some = sorted(draw.sample(range(len(rows)), 8))
    assert _found([rows[at] for at in some]) == []


@FEW
@given(SEEDS)
def test_points_with_turned_digits_are_named(seed: int) -> None:
    draw = Random(seed)
    rows = _drawn(draw)
    at = draw.randrange(1, len(rows) - 2)
    right = rows[at][1]
    turned = right[1] + right[0] + right[2:]
    if int(right[0]) - int(right[1]) < 1 or turned[0] == "0":
        return
    rows[at][1] = turned
    assert _found(rows) == [("ranked_figure_differs", at + 3, turned, right)]


@FEW
@given(SEEDS)
def test_ranks_with_turned_digits_are_named(seed: int) -> None:
    draw = Random(seed)
    rows = [
        [f"Xã {rank}A", f"{(9_900 - 40 * rank) // 100},{-40 * rank % 100:02d}", str(rank)]
        for rank in range(1, draw.randint(32, 45))
    ]
    rows[22][2] = "32"
    assert _found(rows) == [("rank_differs", 25, "32", "23")]


SORTED = "\n".join(
    ["Đơn vị | Tỷ lệ số hóa", *(f"Xã {name} | {95 - 3 * at},{4 * at + 12}" for at, name in enumerate("ABCDEGHIKLM"))]
)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("80,32", []),
        ("08,32", [("sorted_figure_differs", 8, "08,32", "80,32")]),
        ("80,23", []),
        ("60,32", []),
    ],
)
def test_rows_in_the_order_of_a_column(printed: str, expected: list[tuple[str, int, str, str]]) -> None:
    """Without ranks only turned digits are told: the order may be of something else."""
    found, _ = find(cells(SORTED.replace("80,32", printed)))
    assert [(one.why, one.place.line, one.stated, one.found) for one in found] == expected


RANKS_OF_TWO_YEARS = """
Huyện | Chỉ số | Hạng năm 2023 | Hạng năm 2022
An Bình | 91,3 | {first} | 1
Bình Minh | 90,8 | 2 | 3
Châu Phong | 88,1 | 3 | 2
Đông Hà | 86,4 | 4 | 4
Hòa An | 85,7 | 5 | 5
Kim Sơn | 84,2 | 6 | 6
Lộc Ninh | 83,3 | 7 | 8
Mỹ Lộc | 82,5 | 8 | 7
"""


def test_ranks_of_another_year() -> None:
    """The ranks of the year before go by figures that the table does not have."""
    table = RANKS_OF_TWO_YEARS.replace("Hạng năm", "Xếp hạng năm")
    assert [one.why for one in find(cells(table.format(first="1")))[0]] == []
