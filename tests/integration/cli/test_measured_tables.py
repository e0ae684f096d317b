"""``parindex read`` and ``check`` on tables of other measurements: nine indicators, satisfaction."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from tests.integration.cli.running import ENGLISH, PACKAGE, PAPER, run

EVALUATION = PACKAGE / "data" / "examples" / "dien-bien-2022-procedures" / "evaluation.csv"
SATISFACTION = PACKAGE / "data" / "examples" / "dien-bien-2024-satisfaction" / "satisfaction.csv"
PROSE = """BÁO CÁO
Kết quả chấm điểm đánh giá việc giải quyết thủ tục hành chính năm 2022
+ 100% các cơ quan chuyên môn thuộc UBND tỉnh được đánh giá xếp loại từ Tốt trở lên, trong đó: {excellent}/18 đơn vị \
đạt loại Xuất sắc, 01/18 đơn vị đạt loại Tốt.
+ 100% UBND các huyện, thị xã, thành phố được đánh giá xếp loại từ Tốt trở lên, trong đó: 08/10 đơn vị đạt loại \
Xuất sắc, 02/10 đơn vị đạt loại Tốt.
Phụ lục
KẾT QUẢ ĐÁNH GIÁ, XẾP LOẠI VIỆC GIẢI QUYẾT TTHC NĂM 2022
"""


def rows_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_the_one_error_of_the_evaluation_and_nothing_else() -> None:
    done = run("check", str(EVALUATION), "--format", "json")
    assert done.code == 1
    assert [
        (one["kind"], one["severity"], one["code"], one["stated"], one["found"]) for one in done.data["findings"]
    ] == [("evaluation_total", "error", "I.15", "15.98", "15.97")]
    assert done.data["findings"][0]["place"] == {"file": "evaluation.csv", "row": 15, "line": 17, "code": "I.15"}
    (structure,) = done.data["structure"]["tables"]
    assert (structure["kind"], structure["units"], structure["indicators"]) == ("procedure-evaluation", 28, 9)
    assert [group["grades"] for group in structure["groups"]] == [
        {"Xuất sắc": 17, "Tốt": 1}, {"Xuất sắc": 8, "Tốt": 2},
    ]  # fmt: skip
    words = run("check", str(EVALUATION)).out
    assert "1 lỗi, 0 cần xác nhận, 0 ghi chú." in words
    assert "tổng điểm ghi 15,98, các chỉ số cộng được 15,97" in words
    assert "evaluation_total,I.15" in run("check", str(EVALUATION), "--format", "csv").out


def test_the_satisfaction_table_is_sound() -> None:
    done = run("check", str(SATISFACTION), "--kind", "satisfaction-table", "--format", "json")
    assert (done.code, done.data["findings"]) == (0, [])
    (structure,) = done.data["structure"]["tables"]
    assert {key: structure[key] for key in ("rows", "item", "group", "part", "overall", "years")} == {
        "rows": 51, "item": 39, "group": 9, "part": 2, "overall": 1, "years": [2024, 2023],
    }  # fmt: skip


def test_reading_gives_printed_and_computed_figures() -> None:
    (units,) = run("read", str(EVALUATION), "--format", "json").data["tables"]
    assert (units["kind"], len(units["rows"]), units["rows"][14]["total"], units["rows"][14]["total_found"]) == (
        "procedure-evaluation", 28, "15.98", "15.97",
    )  # fmt: skip
    (items,) = run("read", str(SATISFACTION), "--format", "json").data["tables"]
    assert (items["kind"], len(items["rows"])) == ("satisfaction-table", 51)
    assert all(row["values"] == row["values_found"] for row in items["rows"])
    assert all(row["difference"] == row["difference_found"] for row in items["rows"])
    assert items["rolled_up"] == {"parts": "items", "overall": "items", "round": "half_up"}
    assert "51/51 dòng đúng với số tính lại" in run("read", str(SATISFACTION)).out
    assert "Sở Giao thông vận tải" in run("read", str(EVALUATION)).out
    rows = list(csv.reader(io.StringIO(run("read", str(SATISFACTION), "--format", "csv").out.lstrip("\ufeff"))))
    assert len(rows) == 52


def test_another_kind_is_refused_with_what_there_is(tmp_path: Path) -> None:
    done = run("read", str(EVALUATION), "--kind", "satisfaction-table")
    assert (done.code, "chỉ có bảng đánh giá giải quyết thủ tục hành chính" in done.err) == (2, True)
    done = run("read", str(EVALUATION), "--out", str(tmp_path / "set.yaml"))
    assert (done.code, "không có bảng tiêu chí" in done.err) == (2, True)
    done = run("read", PAPER, "--kind", "procedure-evaluation")
    assert done.code == 2


@pytest.mark.parametrize(("excellent", "found"), [("17", []), ("16", [("evaluation_count", "16/18", "17/18")])])
def test_counts_in_the_prose_are_held_against_the_table(
    tmp_path: Path, excellent: str, found: list[tuple[str, str, str]]
) -> None:
    rows = rows_of(EVALUATION)
    rows[16][11] = "15,97"
    table = "\n".join("\t".join(row) for row in rows)
    path = tmp_path / "report.txt"
    path.write_text(PROSE.format(excellent=excellent) + table + "\n", encoding="utf-8")
    findings = run("check", str(path), "--format", "json").data["findings"]
    assert [(one["kind"], one["stated"], one["found"]) for one in findings] == found


def test_a_table_in_plain_lines(tmp_path: Path) -> None:
    """The text layer of a page: columns are only blanks."""
    rows = rows_of(EVALUATION)
    lines = [" ".join(filter(None, row)) for row in rows]
    lines[14:15] = ["13 Sở Nông nghiệp và", " ".join(["PTNT", *rows[14][2:]])]
    lines[12:13] = [" ".join(["11 Sở", *rows[12][2:]]), "Tài chính"]
    path = tmp_path / "report.txt"
    path.write_text(PROSE.format(excellent="17") + "\n".join(lines) + "\n", encoding="utf-8")
    done = run("check", str(path), "--kind", "procedure-evaluation", "--format", "json")
    assert [(one["kind"], one["code"], one["found"]) for one in done.data["findings"]] == [
        ("evaluation_total", "I.15", "15.97")
    ]
    (read,) = run("read", str(path), "--format", "json").data["tables"]
    assert [(row["number"], row["unit"]) for row in read["rows"]] == [(row[0], row[1]) for row in rows[1:] if row[2]]


def test_satisfaction_in_plain_lines(tmp_path: Path) -> None:
    """As extracted from a PDF: heads and titles broken over lines, figures at the end, blank lines between."""
    lines = [
        "Mức độ hài lòng của người dân nói chung năm 2024 đạt 82,96%,",
        "xếp thứ 40/63; tăng 2,86% so với năm 2023 (80,10%).",
        "Tiêu chí", "Năm", "2024", "Năm", "2023", "Tăng (+)/ giảm", "(-) Năm", "2024 so với", "2023",
    ]  # fmt: skip
    for title, *figures in rows_of(SATISFACTION)[1:]:
        words = title.split()
        half = len(words) // 2
        lines += [" ".join(words[:half]), f"{' '.join(words[half:])} {' '.join(figures)}"]
    lines += ["Như vậy, sự hài lòng đã có sự chuyển biến tích cực.", "1. Công tác triển khai"]
    path = tmp_path / "report.txt"
    path.write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    done = run("check", str(path), "--format", "json")
    assert (done.code, done.data["findings"]) == (0, [])
    (read,) = run("read", str(path), "--format", "json").data["tables"]
    assert [(row["title"] if not row["label"] else f"{row['label']}. {row['title']}") for row in read["rows"]] == [
        row[0] for row in rows_of(SATISFACTION)[1:]
    ]
    wrong = path.read_text(encoding="utf-8").replace("82,96%", "82,69%")
    path.write_text(wrong, encoding="utf-8")
    (finding,) = run("check", str(path), "--format", "json").data["findings"]
    assert (finding["kind"], finding["stated"], finding["found"]) == ("satisfaction_stated", "82.69", "82.96")


def test_findings_are_worded_in_english_too() -> None:
    done = run("check", str(EVALUATION), environment=ENGLISH)
    assert done.code == 1
    assert "15.98" in done.out


def test_a_mean_row_and_a_row_of_maxima(tmp_path: Path) -> None:
    rows = rows_of(EVALUATION)
    rows[16][11] = "15,97"
    rows.insert(1, ["", "Điểm tối đa", *["2"] * 9, "18", "10", ""])
    units = [row for row in rows[2:] if row[2]]
    mean = [f"{sum(float(row[at].replace(',', '.')) for row in units) / 28:.2f}" for at in range(2, 12)]
    rows.append(["", "Trung bình chung toàn tỉnh", *mean, "", ""])
    path = tmp_path / "table.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    assert run("check", str(path), "--format", "json").data["findings"] == []
    rows[-1][11] = "17,50"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    (finding,) = run("check", str(path), "--format", "json").data["findings"]
    assert (finding["kind"], finding["stated"]) == ("evaluation_mean", "17.5")


def test_bands_that_the_paper_states(tmp_path: Path) -> None:
    """A paper with bands of its own: from 17 points "Xuất sắc"."""
    rows = rows_of(EVALUATION)
    rows[16][11] = "15,97"
    for row in rows[1:]:
        if row[2]:
            row[13] = "Xuất sắc" if float(row[11].replace(",", ".")) >= 17 else "Tốt"
    said = "Xuất sắc: từ 17 điểm trở lên; Tốt: từ 13 đến dưới 17 điểm; Khá: từ 10 đến dưới 13 điểm.\n"
    path = tmp_path / "report.txt"
    path.write_text(said + "\n".join("\t".join(row) for row in rows) + "\n", encoding="utf-8")
    assert run("check", str(path), "--format", "json").data["findings"] == []
    path.write_text(path.read_text(encoding="utf-8").replace("17,7\t9,8\tXuất sắc", "17,7\t9,8\tTốt"), encoding="utf-8")
    (finding,) = run("check", str(path), "--format", "json").data["findings"]
    assert (finding["kind"], finding["stated"], finding["found"]) == ("evaluation_grade", "Tốt", "Xuất sắc")
