"""Plain text whose columns only spaces part, as ``pdftotext -layout`` writes it, with titles over several lines."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
from tests.papers.sample import Sample, decimal, sample

from parindex.documents.read_paper import read_paper

SETS = ("dien-bien-2024-departments", "dien-bien-2024-districts")


def _laid_out(table: Sample, align: str, width: int, apart: int) -> str:
    lines = ["Bảng 1", table.title, ""]
    lines.append(f"{'STT':<8}{'Lĩnh vực/Tiêu chí/':^{width}}  {'Điểm':^7}  {'Ghi chú':^9}")
    lines.append(f"{'':<8}{'Tiêu chí thành phần':^{width}}  {'tối đa':^7}")
    for row in table.rows:
        pieces = textwrap.wrap(row.title, width)
        beside = {"top": 0, "middle": (len(pieces) - 1) // 2, "bottom": len(pieces) - 1}[align]
        for at, piece in enumerate(pieces):
            code, points, note = (row.code, decimal(row.points), row.note) if at == beside else ("", "", "")
            lines.append(f"{code:<8}{piece:<{width}}  {points:^7}  {note:^9}".rstrip())
        lines += [""] * apart
    lines += [f"{'':<8}{'TỔNG ĐIỂM':<{width}}  {decimal(table.total):^7}", "", "Ghi chú: ĐTXHH là điều tra xã hội học."]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("set_id", SETS)
@pytest.mark.parametrize("width", [30, 45, 60, 75])
@pytest.mark.parametrize("apart", [0, 1])
@pytest.mark.parametrize("align", ["top", "middle", "bottom"])
def test_rows_are_read_or_named(tmp_path: Path, set_id: str, width: int, apart: int, align: str) -> None:
    """Codes, points and notes as written; a title that may have lost a line to its neighbour is named by a doubt."""
    table = sample(set_id, 3)
    path = tmp_path / "paper.txt"
    path.write_text(_laid_out(table, align, width, apart), encoding="utf-8")
    paper = read_paper(path)
    (read,) = paper.tables
    assert [(row.code, row.max_points, row.note) for row in read.rows] == [
        (row.code, row.points, row.note) for row in table.rows
    ]
    assert read.printed_total == table.total
    assert read.doubts == ()
    wrong = {row.code for row, was in zip(read.rows, table.rows, strict=True) if row.title != was.title}
    named = {code for doubt in paper.doubts for code in doubt.facts["codes"]}
    assert wrong <= named
    assert len(named) < len(table.rows) / 5
    if align != "middle" or apart:
        assert paper.doubts == ()


def test_prose_in_two_columns_is_no_table(tmp_path: Path) -> None:
    path = tmp_path / "paper.txt"
    head = "ỦY BAN NHÂN DÂN        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    head += "TỈNH ĐIỆN BIÊN           Độc lập - Tự do - Hạnh phúc\n"
    path.write_text(head + _laid_out(sample(SETS[0], 1), "top", 60, 0), encoding="utf-8")
    (read,) = read_paper(path).tables
    assert len(read.rows) == len(sample(SETS[0], 1).rows)


@pytest.mark.parametrize("align", ["<", "^"])
def test_heads_that_one_space_parts_are_two_where_the_rows_stand_apart(tmp_path: Path, align: str) -> None:
    table = sample(SETS[0], 2)
    assert len({row.note for row in table.rows}) > 1
    width = max(len(row.title) for row in table.rows) + 2
    lines = [f"{'STT':<8}{'Tiêu chí':<{width}}Điểm tối đa Ghi chú"]
    lines += [f"{row.code:<8}{row.title:<{width}}{decimal(row.points):{align}11} {row.note}" for row in table.rows]
    path = tmp_path / "paper.txt"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    (read,) = read_paper(path).tables
    assert [(row.code, row.title, row.max_points, row.note) for row in read.rows] == [
        (row.code, row.title, row.points, row.note) for row in table.rows
    ]


def test_a_head_of_two_words_is_one_where_nothing_stands_apart_below_it(tmp_path: Path) -> None:
    path = tmp_path / "paper.txt"
    path.write_text(
        "STT     Nội dung                 Điểm tối đa Ghi chú\n1       CÔNG KHAI                2\n"
        "1.1     Ban hành kế hoạch        1\n1.2     Công khai văn bản        1\n",
        encoding="utf-8",
    )
    (read,) = read_paper(path).tables
    assert [(row.code, row.max_points, row.note) for row in read.rows] == [("1", 2, ""), ("1.1", 1, ""), ("1.2", 1, "")]
