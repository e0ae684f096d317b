"""Web pages as papers: what is shown is read, tables as grids, and nothing that a page refers to."""

from __future__ import annotations

from pathlib import Path

from parindex.documents.formats import read_blocks
from parindex.documents.papers import Block, Grid

PAGE = """<!DOCTYPE html><html><head><title>1 + 1</title><style>p{}</style></head><body>
<p>B&aacute;o c&aacute;o qu&#253;<sup>1</sup>, di&#7879;n t&iacute;ch 5 m<sup>2</sup> &lt; 6
<p>đoạn hai<br>dòng mới</p><script>var a = "<p>no</p>";</script><!-- 3 + 3 = 7 <p> -->
<table><tr><td><table>
<tr><th rowspan=2>TT<th colspan="2">Điểm
<tr><td>A<td>B
<tr><td>1<td>2<td>3
</table></td></tr></table>
<p hidden>ẩn</p><div style="display: none">kín <div>sâu</div></div><del>bỏ</del> cuối &#99999999999;
<img src="file:///etc/passwd" alt="x"><iframe src="http://example.org">trong khung</iframe>
</body>"""


def read(folder: Path, page: str, name: str = "trang.html") -> tuple[list[Block], list[str]]:
    path = folder / name
    path.write_text(page, "utf-8")
    blocks, doubts = read_blocks(path)
    return blocks, [doubt.kind for doubt in doubts]


def shown(blocks: list[Block]) -> list[object]:
    return [
        [[("·" if cell.covered else cell.text) for cell in row] for row in block.rows]
        if isinstance(block, Grid)
        else block.text
        for block in blocks
    ]


def test_what_is_shown_is_read_and_what_is_not_is_named(tmp_path: Path) -> None:
    blocks, doubts = read(tmp_path, PAGE)
    assert shown(blocks) == [
        "Báo cáo quý, diện tích 5 m2 < 6",
        "đoạn hai\ndòng mới",
        [["TT", "Điểm", "·"], ["·", "A", "B"], ["1", "2", "3"]],
        "cuối &#99999999999;",
    ]
    assert [block.place.line for block in blocks] == [2, 3, 4, 9]
    assert doubts == ["note_mark_left_out", "hidden_text_left_out", "struck_text_left_out"]


def test_a_small_table_in_a_cell_is_text_of_it_and_open_ends_are_closed(tmp_path: Path) -> None:
    inner = "<table><tr><td>x<td>y</table>"
    rows = f"<tr><td>1<td>a {inner}<td>c<tr><td>2<td>d<td>e<tr><td>3<td>f"
    assert shown(read(tmp_path, f"<table>{rows}", "trang.htm")[0]) == [
        [["1", "a\nx\ny", "c"], ["2", "d", "e"], ["3", "f", "·"]]
    ]


def test_old_encodings_and_texts_without_marks_are_read(tmp_path: Path) -> None:
    path = tmp_path / "trang.html"
    path.write_bytes("<p>Tỷ lệ đạt 45%</p>".encode("utf-16"))
    assert shown(read_blocks(path)[0]) == ["Tỷ lệ đạt 45%"]
    assert shown(read(tmp_path, "5 < 6 và 7 > 3")[0]) == ["5 < 6 và 7 > 3"]
