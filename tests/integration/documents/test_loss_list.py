"""A list of items that lost points is named for what it is; a paper without any table is not called one."""

from __future__ import annotations

from pathlib import Path

import pytest

from parindex.documents.read_paper import read_paper
from parindex.domain.errors import InvalidInput

HEAD = ("Điểm ", "chuẩn", "Điểm tự", "đánh", "giá", "Điểm", "bị trừ", "Nguyên nhân chưa đạt điểm tối đa")


def _refused(tmp_path: Path, *lines: str) -> list[tuple[str, int | None, object]]:
    path = tmp_path / "paper.txt"
    path.write_text("\n\n".join(lines), encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        read_paper(path)
    return [(problem.kind, problem.place.line, problem.facts.get("count")) for problem in caught.value.problems]


@pytest.mark.parametrize("count", [3, 12])
def test_a_list_of_lost_points(tmp_path: Path, count: int) -> None:
    rows = [
        line for at in range(1, count + 1) for line in (f"{at}.2", "Xử lý vấn đề", "qua kiểm tra", "1 0.96 0.9 0,06")
    ]
    assert _refused(tmp_path, *HEAD, *rows) == [("losses_only", 15, count)]


def test_other_lists_of_codes_and_numbers(tmp_path: Path) -> None:
    rows = [f"{at}.2 Xử lý 1 0.96 0.9 0,06" for at in range(1, 9)]
    assert _refused(tmp_path, "Kết quả năm", *rows) == [("no_table", None, None)]
