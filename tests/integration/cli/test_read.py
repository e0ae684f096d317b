"""``parindex read``."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.integration.cli.running import PAPER, run


def test_read_gives_every_row_of_every_table() -> None:
    tables = run("read", PAPER, "--format", "json").data["tables"]
    assert [(one["kind"], len(one["rows"]), one["year"]) for one in tables] == [
        ("criteria-set", 153, 2024), ("criteria-set", 165, 2024),
    ]  # fmt: skip
    first = tables[0]["rows"][1]
    shown = ("item", "title", "max_points", "source", "self_points", "explanations", "opinions")
    assert {key: first[key] for key in shown} == {
        "item": "1.1", "title": "Kế hoạch CCHC năm", "max_points": "1.5", "source": None, "self_points": None,
        "explanations": [], "opinions": [],
    }  # fmt: skip
    assert first["place"]["line"] == 353


def test_read_one_table_or_a_kind_that_is_not_there() -> None:
    assert len(run("read", PAPER, "--table", "2", "--format", "json").data["tables"]) == 1
    none = run("read", PAPER, "--table", "3")
    assert (none.code, "Không có bảng số 3; tệp có 2 bảng." in none.err) == (2, True)
    sheet = run("read", PAPER, "--kind", "score-sheet")
    assert (sheet.code, "không có phiếu chấm điểm, chỉ có bảng tiêu chí" in sheet.err) == (2, True)


def test_read_writes_one_set_a_table_that_check_reads_again(tmp_path: Path) -> None:
    out = tmp_path / "de-an.yaml"
    done = run("read", PAPER, "--out", str(out))
    assert (done.code, done.out) == (0, "")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["de-an-1.yaml", "de-an-2.yaml"]
    checked = run("check", str(tmp_path / "de-an-1.yaml"), "--format", "json")
    assert checked.code == 1
    assert checked.data["structure"]["tables"][0]["items"] == 113


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_read_writes_tables_in_other_formats(form: str, tmp_path: Path) -> None:
    done = run("read", PAPER, "--out", str(tmp_path / f"t.{form}"))
    assert done.code == 0
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == (["t-1.csv", "t-2.csv"] if form == "csv" else [f"t.{form}"])


def test_read_for_a_reader_shows_the_table() -> None:
    done = run("read", PAPER, "--table", "1")
    assert "1.1     Kế hoạch CCHC năm" in done.out
    assert max(len(line) for line in done.out.splitlines()) <= 100


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.bin", b"x", "Không đọc được đuôi tệp “.bin”."),
        ("a.txt", b"", "trống"),
        ("a.xlsx", b"PK\x03\x04", "hỏng"),
        ("a.txt", "Chỉ có lời văn.\n".encode(), "Không tìm thấy bảng"),
    ],
)
def test_files_that_cannot_be_read_say_why(name: str, content: bytes, words: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    done = run("read", str(tmp_path / name))
    assert (done.code, words in done.err) == (2, True)


def test_a_score_sheet_goes_from_the_paper_to_the_index(tmp_path: Path) -> None:
    sheet = Path(__file__).parents[2] / "golden" / "score_sheets" / "dien-bien-2020.txt"
    done = run("read", str(sheet), "--year", "2020", "--unit", "dien-bien", "--out", str(tmp_path / "set.yaml"))
    assert (done.code, sorted(path.name for path in tmp_path.iterdir())) == (0, ["set-entries.csv", "set.yaml"])
    small = tmp_path / "small.csv"
    small.write_text("TT,Tiêu chí,Điểm tối đa,Điểm tự chấm\n1,CHỈ ĐẠO,2,2\n1.1,Kế hoạch,2,2\n", encoding="utf-8")
    again = run("read", str(small), "--out", str(tmp_path / "set.yaml"))
    assert (again.code, again.err.count("Đã có tệp")) == (2, 2)  # neither file is overwritten unasked
    entries = ("--entries", str(tmp_path / "set-entries.csv"))
    scored = run("score", "--set", str(tmp_path / "set.yaml"), *entries, "--format", "json")
    (unit,) = scored.data["units"]
    assert (unit["unit"], unit["points"], unit["max_points"]) == ("dien-bien", "84.68919", "100")
    assert len(unit["items"]) == 114


def test_opinions_in_a_table_say_who_gave_them_and_when(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(
        "TT,Tiêu chí,Điểm tối đa,Điểm tự chấm,Giải trình,Điểm thẩm định,Ý kiến thẩm định\n"
        "1,CHỈ ĐẠO,2,2,,1,\n"
        "1.1,Kế hoạch,2,2,Đã ban hành,1,Cấp 2: Sở Nội vụ (12/02/2021): Chưa đủ\n",
        encoding="utf-8",
    )
    run("read", str(sheet), "--format", "csv", "--out", str(tmp_path / "t.csv"))
    last = (tmp_path / "t.csv").read_text(encoding="utf-8").splitlines()[-1]
    assert "Cấp 2, Sở Nội vụ, 2021-02-12: Chưa đủ" in last
