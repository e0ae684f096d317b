"""``parindex check-text``: findings as text, JSON and table; several papers; what cannot be read; exit codes."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

from tests.integration.cli.running import run

RIGHT = "Thực hiện theo danh mục được phê duyệt đạt 80,6% (29/36 TTHC).\n"
WRONG = "Thực hiện theo danh mục được phê duyệt đạt 81,6% (29/36 TTHC).\nThời hạn báo cáo là ngày 31/11/2021.\n"
SLIP = "Thời hạn báo cáo là ngày 31/11/2021.\n"


def paper(folder: Path, words: str, name: str = "bao-cao.txt") -> str:
    path = folder / name
    path.write_text(words, "utf-8")
    return str(path)


def test_findings_are_grouped_by_what_they_spoil_with_the_figure_marked(tmp_path: Path) -> None:
    done = run("check-text", paper(tmp_path, WRONG))
    assert done.code == 1
    lines = [line.strip() for line in done.out.splitlines() if line.strip("═─ ")]
    assert lines[0] == "bao-cao.txt: 2 chỗ không khớp"
    assert lines[1] == "Đã kiểm tra 1 tỷ lệ, 1 ngày tháng."
    assert lines[2] == "Sai số liệu (1)"
    assert lines[3] == "1. dòng văn bản 1 · tỷ lệ · chắc chắn"
    assert "⟦81,6⟧" in lines[4]
    assert "Văn bản ghi 81,6 → tính lại 80,6" in lines[5]
    assert "Lỗi nhỏ khi viết (1)" in lines
    assert "“Thời hạn báo cáo là ngày ⟦31/11/2021⟧.”" in lines
    assert "Lịch không có ngày 31/11/2021." in lines


def test_a_right_paper_and_a_mere_slip_end_well(tmp_path: Path) -> None:
    right = run("check-text", paper(tmp_path, RIGHT))
    assert (right.code, "không thấy chỗ nào sai" in right.out) == (0, True)
    assert run("check-text", paper(tmp_path, SLIP)).code == 0


def test_json_has_every_finding_with_both_figures_and_what_was_checked(tmp_path: Path) -> None:
    done = run("check-text", paper(tmp_path, WRONG), "--format", "json")
    data = json.loads(done.out)
    assert set(data) == {"findings", "checked", "doubts"}
    assert (data["checked"]["ratios"], data["checked"]["sums"], data["checked"]["rows"]) == (1, 0, 0)
    ratio, day = data["findings"]
    assert set(ratio) == {"kind", "severity", "sure", "code", "place", "text", "stated", "found", "message"}
    assert (ratio["kind"], ratio["severity"], ratio["stated"], ratio["found"]) == (
        "ratio",
        "wrong_figure",
        "81,6",
        "80,6",
    )
    assert ratio["place"] == {"file": "bao-cao.txt", "line": 1}
    assert (day["kind"], day["severity"], day["sure"], day["found"]) == ("impossible_date", "slip", "certain", "")


def test_findings_go_into_a_table_that_no_spreadsheet_runs(tmp_path: Path) -> None:
    out = tmp_path / "ket-qua.csv"
    assert run("check-text", paper(tmp_path, WRONG), "--out", str(out)).code == 1
    with out.open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert [(row["file"], row["kind"], row["stated"]) for row in rows] == [
        ("bao-cao.txt", "ratio", "81,6"),
        ("bao-cao.txt", "impossible_date", "31/11/2021"),
    ]


def test_several_papers_are_checked_together_and_all_that_cannot_be_read_is_said_at_once(tmp_path: Path) -> None:
    first, second = paper(tmp_path, RIGHT), paper(tmp_path, WRONG, "giai-trinh.html")
    done = run("check-text", first, second, "--format", "json")
    assert [one["place"]["file"] for one in json.loads(done.out)["findings"]] == ["giai-trinh.html"] * 2
    refused = run("check-text", first, str(tmp_path / "mau.docm"), str(tmp_path / "khong-co.txt"))
    assert refused.code == 2
    assert "mau.docm" in refused.err
    assert "khong-co.txt" in refused.err


def test_without_django(tmp_path: Path) -> None:
    command = [sys.executable, "-X", "importtime", "-m", "parindex", "check-text", paper(tmp_path, RIGHT)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "django" not in done.stderr
