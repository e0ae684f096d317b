"""Tables in English form, columns of groups side by side, shares of the total of a column."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.papers.drawn_tables import cells

from parindex.documents.arithmetic.tables.statements import find

GROUPS = """
TT | Trình độ | Tổng số: Số người | Tổng số: Tỷ lệ | Nam: Số người | Nam: Tỷ lệ | Nữ: Số người | Nữ: Tỷ lệ
 | Tổng số cán bộ, công chức | 12,480 | 100.0 | 7,160 | 100.0 | 5,320 | 100.0
1 | Tiến sĩ | 312 | 2.5 | 204 | {doctors} | 108 | 2.0
2 | Thạc sĩ | 3,918 | 31.4 | {masters} | 33.2 | 1,540 | 28.9
3 | Đại học | 7,350 | 58.9 | 4,020 | 56.1 | 3,330 | 62.6
4 | Cao đẳng | {others} | 4.8 | 360 | 5.0 | 240 | 4.5
5 | Trung cấp | 300 | 2.4 | 198 | 2.8 | 102 | 1.9
"""


@pytest.mark.parametrize(
    ("doctors", "masters", "others", "expected"),
    [
        ("2.8", "2,378", "600", []),
        ("8.2", "2,378", "600", [(4, "8.2", "2.8")]),
        ("2.8", "2,738", "600", [(5, "2,738", "2,378")]),
        ("2.8", "2,378", "660", [(7, "660", "600")]),
        ("8.2", "2,738", "600", [(4, "8.2", "2.8"), (5, "2,738", "2,378")]),
    ],
)
def test_groups_side_by_side(doctors: str, masters: str, others: str, expected: list[tuple[int, str, str]]) -> None:
    """Rows, columns and shares break together: the cell that explains all is named once, in its own form."""
    found, _ = find(cells(GROUPS.format(doctors=doctors, masters=masters, others=others)))
    assert [(one.place.line, one.stated, one.found) for one in found] == expected


OF_PARTS = """
STT | Nội dung | Số lượng | Tỷ lệ (%)
 | Tổng số hồ sơ | 1.200 | 100,0
1 | Trực tuyến | 900 | 75,0
2 | Trực tiếp | 240 | 20,0
3 | Bưu chính | 60 | 5,0
4 | Trong đó trực tuyến toàn trình | 450 | {share}
"""


def test_a_share_of_a_part() -> None:
    """A row of a part may have its share in that part, as well as in all."""
    assert find(cells(OF_PARTS.format(share="50,0")))[0] == []
    assert find(cells(OF_PARTS.format(share="37,5")))[0] == []


@settings(max_examples=15, deadline=None)
@given(st.integers(min_value=0, max_value=10**9))
def test_drawn_shares(seed: int) -> None:
    """Rounded or cut shares of a total are right; one with turned digits is found."""
    draw = Random(seed)
    counts = [draw.randint(20, 9_000) for _ in range(draw.randint(6, 12))]
    whole, cut = sum(counts), draw.random() < 0.4
    shares = [(1_000 * one + (0 if cut else whole // 2)) // whole for one in counts]
    rows = [
        [str(at), f"Xã {at}B", str(n), f"{s // 10},{s % 10}"]
        for at, (n, s) in enumerate(zip(counts, shares, strict=True), 1)
    ]
    table = [["STT", "Đơn vị", "Số hồ sơ", "Tỷ trọng (%)"], *rows, ["", "Tổng cộng", str(whole), "100,0"]]
    assert find(cells("\n".join(" | ".join(row) for row in table)))[0] == []
    at = draw.randrange(len(rows))
    units = shares[at] // 10
    if units % 11 == 0 or units < 10:
        return
    rows[at][3] = f"{units % 10}{units // 10},{shares[at] % 10}"
    found = find(cells("\n".join(" | ".join(row) for row in table)))[0]
    assert rows[at][3] in [one.stated for one in found]
