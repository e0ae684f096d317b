"""``parindex check`` and ``diff`` on papers: score sheets, grades, places, what was counted."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from tests.integration.cli.running import SET, run

SHEET = """STT\tTiêu chí\tĐiểm tối đa\tĐiểm tự chấm\tGiải trình\tĐiểm thẩm định\tÝ kiến thẩm định
1\tCHỈ ĐẠO\t8\t{group}\t\t7\t
1.1\tKế hoạch\t4\t{first}\tĐã ban hành\t4\tPhòng Nội vụ (15/02/2025): Đồng ý
1.2\tBáo cáo\t4\t4\tĐã gửi\t3\tNgười chấm (15/02/2025): Thiếu
\tTổng\t8\t{total}\t\t7
"""
TABLE = """TT\tTiêu chí\tĐiểm tối đa
1\tCHỈ ĐẠO\t60
1.1\tKế hoạch\t20
1.2\tNhân sự\t40
2\tTHỦ TỤC\t40
2.1\tMột cửa\t40
\tTổng\t{total}
"""


def _paper(folder: Path, text: str, name: str = "paper.txt") -> str:
    (folder / name).write_text(text, "utf-8")
    return str(folder / name)


def test_points_and_sums_of_a_score_sheet_are_errors_of_the_check_and_doubts_of_the_reader(tmp_path: Path) -> None:
    sheet = _paper(tmp_path, SHEET.format(group="9", first="5", total="10"))
    done = run("check", sheet, "--format", "json")
    errors = [
        (one["kind"], one["code"], one["stated"], one["found"], one["place"]["line"])
        for one in done.data["findings"]
        if one["severity"] == "error"
    ]
    assert errors == [
        ("points_above_max", "1", "9", "8", 2),
        ("points_above_max", "1.1", "5", "4", 3),
        ("total_points_differ", "", "10", "9", 5),
    ]
    assert done.code == 1
    assert [one["kind"] for one in done.data["doubts"]] == ["opinion_unsure"]
    read = run("read", sheet, "--format", "json")
    assert read.code == 0
    assert [one["kind"] for one in read.data["tables"][0]["doubts"]] == [
        "opinion_unsure", "points_above_max", "points_above_max", "total_points_differ",
    ]  # fmt: skip
    words = run("check", sheet).out
    assert "Mục 1.1: điểm tự đánh giá 5 lớn hơn điểm tối đa 4." in words
    assert "report" not in words


def test_a_sound_score_sheet_has_no_error(tmp_path: Path) -> None:
    assert run("check", _paper(tmp_path, SHEET.format(group="8", first="4", total="8"))).code == 0


def test_grades_that_leave_a_gap_are_an_error_with_their_edges(tmp_path: Path) -> None:
    grades = "Xếp loại: Tốt: từ 80 điểm trở lên; Khá: từ 65 đến dưới 78 điểm; Yếu: dưới 65 điểm.\n"
    done = run("check", _paper(tmp_path, grades + TABLE.format(total=100)), "--format", "json")
    (found,) = [one for one in done.data["findings"] if one["severity"] == "error"]
    assert (found["kind"], found["stated"], found["found"], found["place"]["line"]) == (
        "grade_bands_gap",
        "78",
        "80",
        1,
    )
    assert "giữa 78 và 80" in found["message"]
    assert done.data["doubts"] == []


def test_the_total_row_has_its_place_and_counts_say_what_was_counted(tmp_path: Path) -> None:
    prose = "Bộ tiêu chí gồm 2 lĩnh vực, 4 tiêu chí.\n"
    done = run("check", _paper(tmp_path, prose + TABLE.format(total=90)), "--format", "json")
    errors = {one["kind"]: one for one in done.data["findings"] if one["severity"] == "error"}
    assert set(errors) == {"total_printed", "count_criteria"}
    assert errors["total_printed"]["place"] == {"file": "paper.txt", "table": "Bảng 1", "line": 8}
    assert "1 có 2, 2 có 1" in errors["count_criteria"]["remedy"]


def test_a_file_that_is_not_there_is_no_wrong_id() -> None:
    for name in ("nothing.xlsx", "nothing.pdf"):
        done = run("check", name, "--format", "json")
        assert (done.code, done.data["problems"][0]["kind"]) == (2, "no_such_file")
        assert "YAML" not in done.err
    assert run("check", "nothing.yaml", "--format", "json").data["problems"][0]["kind"] == "unknown_set"


def test_diff_reads_papers_and_says_what_was_read(tmp_path: Path) -> None:
    old = _paper(tmp_path, TABLE.format(total=100), "old.txt")
    changed = TABLE.replace("Nhân sự\t40", "Nhân sự\t30").replace("2.1\tMột cửa", "2.1.1.1.1\tMột cửa")
    new = _paper(tmp_path, changed.format(total=90), "new.txt")
    done = run("diff", old, new)
    assert done.code == 0
    assert f"Đã đọc {old}, Bảng 1, dòng văn bản 1: 5 dòng, 0 chỗ chưa chắc." in " ".join(done.out.split())
    assert "điểm tối đa: 40 → 30" in done.out
    assert "+ 2.1.1.1.1 Một cửa" in done.out
    data = run("diff", old, new, "--format", "json").data
    assert (data["old"]["id"], data["old"]["paper"]["table"], data["old"]["doubts"]) == ("old", "Bảng 1", 0)
    with_yaml = run("diff", SET, new, "--format", "json").data
    assert ("paper" in with_yaml["old"], "paper" in with_yaml["new"]) == (False, True)


def test_diff_asks_which_table_of_several(tmp_path: Path) -> None:
    two = TABLE.format(total=100) + "Phụ lục II\nBỘ TIÊU CHÍ CẤP XÃ\n" + TABLE.format(total=100)
    done = run("diff", SET, _paper(tmp_path, two), "--format", "json")
    (problem,) = done.data["problems"]
    assert (done.code, problem["kind"]) == (2, "several_tables_in_paper")
    assert "--table N" in problem["remedy"]


def test_scoring_with_a_paper_says_to_read_it_first(tmp_path: Path) -> None:
    paper = _paper(tmp_path, TABLE.format(total=100))
    done = run("score", "--set", paper, "--format", "json")
    problem = done.data["problems"][0]
    assert (done.code, problem["kind"]) == (2, "set_is_a_paper")
    assert f"parindex read {paper} --out" in problem["remedy"]


def test_broken_yaml_is_told_by_its_place_not_in_the_words_of_the_parser(tmp_path: Path) -> None:
    broken = _paper(tmp_path, "id: a\ntitle: b: c\n", "broken.yaml")
    (problem,) = run("check", broken, "--format", "json").data["problems"]
    assert (problem["kind"], problem["place"]["line"]) == ("yaml_syntax", 2)
    assert problem["message"] == "Tệp không đúng cú pháp YAML ở ký tự thứ 9 của dòng này."


@pytest.mark.parametrize(("kind", "words"), [("score-sheet", "chỉ có bảng tiêu chí"), ("criteria-set", "")])
def test_a_paper_without_the_wanted_kind_of_table_says_what_it_has(tmp_path: Path, kind: str, words: str) -> None:
    done = run("read", _paper(tmp_path, TABLE.format(total=100)), "--kind", kind)
    assert (done.code, words in done.err) == (2 if words else 0, True)


def test_a_paper_without_a_table_says_which_heads_were_looked_for(tmp_path: Path) -> None:
    done = run("read", _paper(tmp_path, "Thông báo họp.\nNgày mai họp.\n"))
    assert done.code == 2
    assert all(head in done.err for head in ("STT", "Tiêu chí", "Điểm tối đa", "Tự chấm"))


def test_points_in_a_cell_merged_over_two_items_are_asked_about_and_no_error(tmp_path: Path) -> None:
    document = docx.Document()
    rows = [("Mã", "Tiêu chí", "Điểm tối đa"), ("1", "THỂ CHẾ", "5"), ("1.1", "Kế hoạch", "5"), ("1.2", "Báo cáo", "")]
    table = document.add_table(rows=len(rows), cols=3)
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(2, 2).merge(table.cell(3, 2))
    document.save(str(tmp_path / "merged.docx"))
    done = run("check", str(tmp_path / "merged.docx"), "--format", "json")
    data = done.data
    assert done.code == 0
    assert [finding for finding in data["findings"] if finding["severity"] == "error"] == []
    assert "points_merged" in {doubt["kind"] for doubt in data["doubts"]}
