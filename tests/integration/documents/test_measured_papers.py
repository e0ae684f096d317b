"""Papers with tables of other measurements: headings on lines of their own, rows of means, cells, what read writes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from openpyxl import Workbook

from parindex.cli.check import checked_tables
from parindex.cli.diff import side
from parindex.cli.measured_tables import measured_data, measured_rows
from parindex.documents.read_paper import read_paper
from parindex.documents.results.result_files import csv_text
from parindex.domain.errors import InvalidInput
from parindex.wording.findings import message, remedy

HEAD = "STT\tĐơn vị\tChỉ số 1\tChỉ số 2\tChỉ số 3\tTổng điểm\tXếp loại"
FIRST = ("1\tSở A\t2\t2\t2\t6\tXuất sắc", "2\tSở B\t2\t2\t1\t5\tTốt", "3\tSở C\t2\t1\t1\t4\tTốt")
SECOND = ("1\tXã A\t2\t2\t2\t6\tXuất sắc", "2\tXã B\t1\t2\t2\t5\tTốt", "3\tXã C\t1\t1\t1\t3\tKhá")
SATISFACTION = (
    "CHỈ SỐ HÀI LÒNG", "", "TT\tTiêu chí\tNăm 2025\tNăm 2024\tTăng/giảm", "I. Phần thứ nhất",
    "A\tNhóm A\t81,00%\t80,00%\t1,00%", "1\tNội dung một\t80,00%\t79,00%\t1,00%",
    "2\tNội dung hai\t82,00%\t81,00%\t1,00%", "II. Phần thứ hai", "B\tNhóm B\t71,00%\t70,00%\t1,00%",
    "3\tNội dung ba\t70,00%\t69,00%\t1,00%", "4\tNội dung bốn\t72,00%\t71,00%\t1,00%",
    "\tChỉ số chung\t76,00%\t75,00%\t1,00%",
)  # fmt: skip


def written(tmp_path: Path, *lines: str, name: str = "paper.txt") -> Path:
    path = tmp_path / name
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def findings(path: Path) -> list[tuple[str, str, str | None]]:
    return [(one.kind, one.code, one.found) for part in checked_tables(str(path)) for one in part.findings]


@pytest.mark.parametrize("headings", [("I. Các sở", "II. Các xã"), ("I\tCác sở", "II\tCác xã"), ("CÁC SỞ", "CÁC XÃ")])
def test_a_heading_without_tabs_begins_a_group(tmp_path: Path, headings: tuple[str, str]) -> None:
    path = written(tmp_path, "Trong đó: 01/03 sở đạt loại Xuất sắc.", HEAD, headings[0], *FIRST, headings[1], *SECOND)
    (read,) = read_paper(path).measured
    assert [(group["title"].casefold(), group["units"]) for group in measured_data(read)["groups"]] == [
        ("các sở", 3),
        ("các xã", 3),
    ]
    assert findings(path) == []


def test_a_part_without_figures_may_stand_on_a_line_without_tabs(tmp_path: Path) -> None:
    path = written(tmp_path, *SATISFACTION)
    (read,) = read_paper(path).measured
    rows = [(row["code"], row["level"]) for row in measured_data(read)["rows"]]
    assert [code for code, level in rows if level == "part"] == ["I", "II"]
    assert findings(path) == []


@pytest.mark.parametrize("name", ["Trung bình", "Trung bình khối sở"])
def test_a_row_of_means_closes_its_group(tmp_path: Path, name: str) -> None:
    mean = f"\t{name}\t2,00\t1,67\t1,33\t5,00\t"
    path = written(tmp_path, HEAD, "I\tCác sở", *FIRST, mean, "II\tCác xã", *SECOND)
    assert findings(path) == []
    wrong = written(tmp_path, HEAD, "I\tCác sở", *FIRST, mean.replace("5,00", "5,40"), "II\tCác xã", *SECOND)
    assert findings(wrong) == [("evaluation_mean", "I", "5")]


def test_a_finding_names_the_cell_of_its_figure(tmp_path: Path) -> None:
    book = Workbook()
    for line in (HEAD, FIRST[0], FIRST[1].replace("\t5\t", "\t5,5\t"), FIRST[2]):
        book.active.append(line.split("\t"))
    book.save(tmp_path / "evaluation.xlsx")
    (one,) = checked_tables(str(tmp_path / "evaluation.xlsx"))[0].findings
    assert (one.kind, one.place.cell) == ("evaluation_total", "F3")
    book = Workbook()
    for line in (*SATISFACTION[:4], SATISFACTION[4].replace("81,00", "85,00"), *SATISFACTION[5:]):
        book.active.append(line.split("\t"))
    book.save(tmp_path / "satisfaction.xlsx")
    (one,) = checked_tables(str(tmp_path / "satisfaction.xlsx"))[0].findings
    assert (one.kind, one.place.cell) == ("satisfaction_mean", "C5")


def test_what_is_no_figure_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, HEAD, FIRST[0], FIRST[1].replace("\t1\t", "\tNaN\t"), FIRST[2])
    (one,) = checked_tables(str(path))[0].findings
    assert (one.kind, one.facts["unread"], one.found) == ("evaluation_missing", "NaN", "1")


@pytest.mark.parametrize("lines", [(HEAD, "I\tCác sở", *FIRST, "II\tCác xã", *SECOND), SATISFACTION])
def test_what_read_writes_is_read(tmp_path: Path, lines: tuple[str, ...]) -> None:
    (read,) = read_paper(written(tmp_path, *lines)).measured
    own = tmp_path / "own.csv"
    own.write_text(csv_text(measured_rows(read, 1)), encoding="utf-8")
    (again,) = read_paper(own).measured
    assert [without_place(row) for row in measured_data(again)["rows"]] == [
        without_place(row) for row in measured_data(read)["rows"]
    ]
    assert findings(own) == []


def without_place(row: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in row.items() if name != "place"}


def test_no_set_to_compare(tmp_path: Path) -> None:
    path = written(tmp_path, HEAD, *FIRST)
    with pytest.raises(InvalidInput) as refused:
        side(str(path))
    (problem,) = refused.value.problems
    assert (problem.kind, problem.facts) == ("no_set_to_compare", {"found": ["procedure-evaluation"]})


def test_counts_of_items_and_of_the_groups_of_a_part(tmp_path: Path) -> None:
    sound = "Khảo sát gồm 4 tiêu chí thuộc 02 nhóm, 2/4 tiêu chí tăng hoặc giảm."
    assert findings(written(tmp_path, sound, *SATISFACTION)) == []
    wrong = "Khảo sát gồm 5 tiêu chí thuộc 02 nhóm."
    assert findings(written(tmp_path, wrong, *SATISFACTION)) == [("satisfaction_stated", "", "4")]


@pytest.mark.parametrize("last", ["", "K"])
def test_groups_from_a_to_i_are_letters(tmp_path: Path, last: str) -> None:
    """Without parts before it, "I" after "H" is a letter too, unless "II" follows."""
    lines = ["CHỈ SỐ HÀI LÒNG", "TT\tTiêu chí\tNăm 2025"]
    for at, letter in enumerate(f"ABCDEGHI{last}"):
        rows = (
            f"{letter}\tNhóm {letter}\t81,00%",
            f"{at * 2 + 1}\tMột {at}\t80,00%",
            f"{at * 2 + 2}\tHai {at}\t82,00%",
        )
        lines.extend(rows)
    path = written(tmp_path, *lines)
    (read,) = read_paper(path).measured
    assert {row["level"] for row in measured_data(read)["rows"]} == {"group", "item"}
    assert findings(path) == []


PLAIN = (
    "CHỈ SỐ HÀI LÒNG", "TIÊU CHÍ Năm 2025 Năm 2024 Tăng/giảm", "A. Nhóm A", "81,00% 80,00% 1,00%",
    "1. Nội dung một", "80,00% 79,00% 1,00%", "2. Nội dung hai", "82,00% 81,00% 1,00%", "B. Nhóm B",
    "71,00% 70,00% 1,00%", "3. Nội dung ba", "70,00% 69,00% 1,00%", "4. Nội dung bốn", "72,00% 71,00% 1,00%",
)  # fmt: skip


def test_a_figure_that_lost_its_mark_is_out_of_range(tmp_path: Path) -> None:
    assert findings(written(tmp_path, *PLAIN)) == []
    lost = [line.replace("82,00%", "8200%") for line in PLAIN]
    assert findings(written(tmp_path, *lost)) == [("satisfaction_range", "2", "82")]


@pytest.mark.parametrize("mark", ["KĐG", "-", "NaN", "…", "#REF!"])
@pytest.mark.parametrize("at", range(3))
def test_what_stands_in_a_line_in_the_place_of_a_per_cent_is_named(tmp_path: Path, mark: str, at: int) -> None:
    figures = ["82,00%", "81,00%", "1,00%"]
    changed = " ".join([*figures[:at], mark, *figures[at + 1 :]])
    path = written(tmp_path, *(line.replace("82,00% 81,00% 1,00%", changed) for line in PLAIN))
    (one,) = checked_tables(str(path))[0].findings
    told = (one.kind, one.code, one.stated, one.found)
    assert told == ("satisfaction_missing", "2", mark, ("82", "81", "1")[at])


def test_labels_in_a_column_of_their_own_need_no_mark(tmp_path: Path) -> None:
    """The text of a PDF without lines: "1 Nội dung một", where the head has a column of labels."""
    lines = [re.sub(r"^([AB\d]+)\. ", r"\1 ", line) for line in PLAIN]
    lines[1] = f"STT {lines[1]}"
    path = written(tmp_path, *lines)
    (read,) = read_paper(path).measured
    assert [row["code"] for row in measured_data(read)["rows"]] == ["A", "1", "2", "B", "3", "4"]
    assert findings(path) == []


def test_a_line_with_fewer_figures_is_a_doubt(tmp_path: Path) -> None:
    short = [line.replace("82,00% 81,00%", "82,00%") for line in PLAIN]
    (read,) = read_paper(written(tmp_path, *short)).measured
    assert [(one.kind, one.facts["text"]) for one in read.doubts] == [("row_not_understood", "2 Nội dung hai 82 1")]


RANKED = (
    "STT Tên đơn vị Chỉ số 1 Chỉ số 2 Chỉ số 3 Tổng điểm Xếp hạng", "1 Sở A 2 2 2 6 1", "2 Sở B 2 2 1 5 2",
    "3 Sở C 2 1 1 4 3", "4 Sở D 1 1 1 3 4",
)  # fmt: skip


@pytest.mark.parametrize(
    "mean", [("Trung bình {}",), ("Điểm trung {}", "bình"), ("Trung bình", "{}"), ("Bình quân {}",)]
)
def test_a_row_of_means_in_plain_lines_leaves_the_column_of_ranks_empty(tmp_path: Path, mean: tuple[str, ...]) -> None:
    """As text of a PDF without lines has it: what is blank in a table is nothing in a line."""
    prose = "Việc chấm điểm theo các tiêu chí 1, tiêu chí 2, tiêu chí 3."
    sound = written(tmp_path, prose, *RANKED, *(line.format("1,75 1,5 1,25 4,5") for line in mean))
    assert findings(sound) == []
    wrong = written(tmp_path, prose, *RANKED, *(line.format("1,75 1,5 1,25 4,7") for line in mean))
    assert findings(wrong) == [("evaluation_mean", "", "4.5")]
    (read,) = read_paper(wrong).measured
    assert [unit["unit"] for unit in measured_data(read)["rows"]] == ["Sở A", "Sở B", "Sở C", "Sở D"]


def test_a_line_that_fits_no_columns_of_means_is_none(tmp_path: Path) -> None:
    assert findings(written(tmp_path, *RANKED, "Trung bình 1,75 1,5")) == []


@pytest.mark.parametrize("name", ["Trung bình", "Tổng bình quân", "Giá trị trung bình"])
def test_a_row_with_the_mean_of_the_totals_alone(tmp_path: Path, name: str) -> None:
    mean = f"\t{name}\t\t\t\t5,4\t"
    assert findings(written(tmp_path, HEAD, *FIRST, mean)) == [("evaluation_mean", "", "5")]
    pages = written(tmp_path, HEAD, *FIRST, "", "2", "", f"{mean}\n\t(của ba sở)\t\t\t\t\t")
    assert findings(pages) == [("evaluation_mean", "", "5")]


def test_what_follows_a_row_of_means_is_no_rest_of_a_unit(tmp_path: Path) -> None:
    mean = "\tTrung bình các\t2\t1,67\t1,33\t5\t"
    path = written(tmp_path, HEAD, *FIRST, mean, "\tsở\t\t\t\t\t", "\tCấp xã\t\t\t\t\t", *SECOND)
    (read,) = read_paper(path).measured
    assert [(group["title"], group["units"]) for group in measured_data(read)["groups"]] == [("", 3), ("Cấp xã", 3)]
    assert [row["unit"] for row in measured_data(read)["rows"]][:3] == ["Sở A", "Sở B", "Sở C"]
    assert findings(path) == []


def test_a_heading_of_a_group_is_no_rest_of_the_unit_above(tmp_path: Path) -> None:
    path = written(tmp_path, HEAD, "\tKhối sở\t\t\t\t\t", *FIRST, "\tKhối xã\t\t\t\t\t", *SECOND)
    (read,) = read_paper(path).measured
    assert [group["title"] for group in measured_data(read)["groups"]] == ["Khối sở", "Khối xã"]


@pytest.mark.parametrize("total", ["Tổng điểm", "Điểm", "Kết quả đánh giá", "Tổng hợp", "Điểm đạt được"])
@pytest.mark.parametrize("unit", ["Tên đơn vị", "UBND cấp xã", "Tên"])
def test_grades_need_not_be_printed(tmp_path: Path, total: str, unit: str) -> None:
    """The columns show by what stands in them, with or without tabs; nothing is said of grades."""
    rows = ["1\tSở A\t2\t2\t2\t6", "2\tSở B\t2\t2\t1\t5", "3\tSở C\t2\t1\t1\t4", "4\tSở D\t1\t1\t1\t3"]
    head = f"STT\t{unit}\tChỉ số 1\tChỉ số 2\tChỉ số 3\t{total}"
    index = "(1)\t(2)\t(3)\t(4)\t(5)\t(6)"
    assert findings(written(tmp_path, head, *rows)) == []
    rows[1] = rows[1].replace("\t5", "\t5,5")
    assert findings(written(tmp_path, head, index, *rows)) == [("evaluation_total", "2", "5")]
    lines = [line.replace("\t", " ") for line in (head, *rows)]
    assert findings(written(tmp_path, *lines)) == [("evaluation_total", "2", "5")]


def test_indicators_alone_are_an_evaluation_where_they_are_numbered_from_one(tmp_path: Path) -> None:
    names = "\t".join(f"Chỉ số {at}" for at in range(1, 10))
    rows = [f"{at}\tSở {at}" + "\t2" * 9 for at in range(1, 7)]
    rows[2] = rows[2][:-1] + "3"
    assert findings(written(tmp_path, f"STT\tĐơn vị\t{names}", *rows)) == [("evaluation_value_range", "3", "2")]
    with pytest.raises(InvalidInput):
        read_paper(written(tmp_path, "Chỉ số 1\tChỉ số 2\tChỉ số 4", *["1,5\t1\t2"] * 5))


def test_a_plan_is_no_evaluation(tmp_path: Path) -> None:
    """Its heads sound like titles of indicators, but no figures stand below them."""
    head = "TT\tNội dung công khai\tThời gian thực hiện\tThời gian hoàn thành\tCán bộ phụ trách"
    rows = [f"{at}\tNiêm yết {at}\tQuý I\tQuý II\tVăn phòng" for at in range(1, 5)]
    with pytest.raises(InvalidInput) as refused:
        read_paper(written(tmp_path, head, *rows))
    (problem,) = refused.value.problems
    assert (problem.kind, problem.facts["found"]) == ("no_table", [])


def test_counts_of_grades_that_the_table_does_not_print_go_by_the_totals(tmp_path: Path) -> None:
    names = "\t".join(f"Chỉ số {at}" for at in range(1, 10))
    rows = [f"{at}\tSở {at}" + "\t2" * 7 + f"\t{last}\t{last}\t{14 + 2 * last}" for at, last in enumerate((2, 1, 0), 1)]
    head = f"STT\tĐơn vị\t{names}\tTổng điểm"
    said = "Có 02/03 đơn vị đạt loại Xuất sắc, {}/03 đơn vị đạt loại Tốt."
    assert findings(written(tmp_path, said.format("01"), head, *rows)) == []
    assert findings(written(tmp_path, said.format("02"), head, *rows)) == [("evaluation_count", "", "1/3")]


def test_an_order_that_the_paper_states(tmp_path: Path) -> None:
    swapped = (FIRST[0], FIRST[2].replace("3\t", "2\t", 1), FIRST[1].replace("2\t", "3\t", 1))
    assert findings(written(tmp_path, "KẾT QUẢ ĐÁNH GIÁ", HEAD, *swapped)) == []
    stated = written(tmp_path, "(Xếp theo tổng điểm từ cao xuống thấp)", HEAD, *swapped)
    assert findings(stated) == [("evaluation_order", "2", "3")]


@pytest.mark.parametrize("mark", ["NaN", "-", "KĐG", "#REF!"])
def test_what_stands_in_the_place_of_a_per_cent_is_named(tmp_path: Path, mark: str) -> None:
    path = written(tmp_path, *(line.replace("\t82,00%\t", f"\t{mark}\t") for line in SATISFACTION))
    (one,) = checked_tables(str(path))[0].findings
    assert (one.kind, one.code, one.stated, one.found) == ("satisfaction_missing", "2", mark, "82")
    assert message(one) == f"Tiêu chí 2 “Nội dung hai”: tỷ lệ hài lòng của năm 2025 ghi “{mark}”, không phải là số."


def test_a_change_that_is_missing_is_called_so(tmp_path: Path) -> None:
    path = written(tmp_path, *(line.removesuffix("1,00%") if "hai" in line else line for line in SATISFACTION))
    (one,) = checked_tables(str(path))[0].findings
    assert (message(one), remedy(one)) == (
        "Tiêu chí 2 “Nội dung hai”: thiếu mức tăng/giảm.",
        "Ghi 1: giá trị theo các ô còn lại của dòng.",
    )
