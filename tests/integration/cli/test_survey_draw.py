"""``parindex survey draw`` from files to files: sample, record, redraw, refusals."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.integration.cli.running import Done, run

DESIGN = """id: thu
title: Thử
strata: [province]
stages:
  - {id: district, title: Huyện, method: systematic_pps, size: households, take: 2}
  - {id: village, take: 2}
  - {id: household, take: 3, reserve: 1, unique: false}
  - {id: adult, take: 1, numbered: adults}
"""
VILLAGES = [
    (province, f"{province}{district}", f"{province}{district}{village}", str(100 + 50 * district))
    for province in ("01", "02")
    for district in range(4)
    for village in range(3)
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a design and a frame of households."""
    (tmp_path / "design.yaml").write_text(DESIGN, "utf-8")
    heads = "province,district,village,households,household,adults"
    rows = [",".join((*village, str(home), str(1 + home % 3))) for village in VILLAGES for home in range(8)]
    (tmp_path / "frame.csv").write_text("\n".join([heads, *rows]) + "\n", "utf-8")
    return tmp_path


def draw(folder: Path, *more: str, frame: str = "frame.csv", design: str | None = "design.yaml") -> Done:
    """``survey draw`` in a folder."""
    named = [] if design is None else ["--design", str(folder / design)]
    return run("survey", "draw", *named, "--frame", str(folder / frame), *more)


def test_the_sample_and_its_record_are_written_side_by_side(folder: Path) -> None:
    done = draw(folder, "--seed", "2024", "--out", str(folder / "mau.csv"))
    assert (done.code, done.err) == (0, "")
    assert "Hạt giống: 2024 (theo lệnh)." in done.out
    assert "Mẫu: 24 đơn vị; dự phòng: 8." in done.out
    rows = (folder / "mau.csv").read_text("utf-8").splitlines()
    assert len(rows) == 33
    record = json.loads((folder / "mau-record.json").read_text("utf-8"))
    assert (record["seed"], record["seed_from"]) == ("2024", "option")


def test_a_redraw_gives_the_same_bytes_in_another_process_from_a_shuffled_frame(folder: Path) -> None:
    draw(folder, "--seed", "2024", "--out", str(folder / "mau.csv"))
    lines = (folder / "frame.csv").read_text("utf-8").splitlines()
    (folder / "frame2.csv").write_text("\n".join([lines[0], *lines[:0:-1]]) + "\n", "utf-8")
    again = folder / "again.csv"
    command = [sys.executable, "-m", "parindex", "survey", "draw", "--redraw", str(folder / "mau-record.json")]
    command += ["--frame", str(folder / "frame2.csv"), "--out", str(again)]
    environment = {"PYTHONHASHSEED": "77", "LC_ALL": "vi_VN.UTF-8", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "trùng khớp từng byte" in done.stdout
    assert again.read_bytes() == (folder / "mau.csv").read_bytes()
    assert not (folder / "again-record.json").exists()


def test_a_changed_frame_is_found_and_nothing_is_written(folder: Path) -> None:
    draw(folder, "--seed", "2024", "--out", str(folder / "mau.csv"))
    changed = (folder / "frame.csv").read_text("utf-8").replace("01,010,0100,100,0,1", "01,010,0100,100,0,2")
    (folder / "other.csv").write_text(changed, "utf-8")
    done = draw(
        folder,
        "--redraw",
        str(folder / "mau-record.json"),
        "--out",
        str(folder / "x.csv"),
        frame="other.csv",
        design=None,
    )
    assert done.code == 2
    assert "khác với lần chọn trước" in done.err
    assert not (folder / "x.csv").exists()


@pytest.mark.parametrize(
    ("design", "words"),
    [
        (DESIGN, "Hạt giống: 0 (mặc định)."),
        (DESIGN + "seed: 13122024\n", "Hạt giống: 13122024 (công bố trong thiết kế)."),
    ],
)
def test_without_a_seed_it_is_said_which_one_is_used(folder: Path, design: str, words: str) -> None:
    (folder / "design.yaml").write_text(design, "utf-8")
    assert words in draw(folder).out
    data = draw(folder, "--format", "json").data
    assert data["seed_from"] == ("design" if "seed" in design else "default")


def test_a_draw_stops_where_lists_end_and_goes_on_with_them(folder: Path) -> None:
    heads = "province,district,village,households"
    (folder / "villages.csv").write_text("\n".join([heads, *map(",".join, VILLAGES)]) + "\n", "utf-8")
    first = draw(folder, "--seed", "5", "--out", str(folder / "thon.csv"), frame="villages.csv")
    assert "chưa có danh sách của `household`, `adult`" in " ".join(first.out.split())
    chosen = [line.split(",")[3] for line in (folder / "thon.csv").read_text("utf-8").splitlines()[1:]]
    rows = [
        ",".join((*village[:3], str(home), "2")) for village in VILLAGES if village[2] in chosen for home in range(9)
    ]
    (folder / "homes.csv").write_text("province,district,village,household,adults\n" + "\n".join(rows) + "\n", "utf-8")
    second = draw(
        folder,
        "--frame",
        str(folder / "homes.csv"),
        "--seed",
        "5",
        "--out",
        str(folder / "ho.csv"),
        frame="villages.csv",
    )
    assert second.code == 0
    assert {line.split(",")[3] for line in (folder / "ho.csv").read_text("utf-8").splitlines()[1:]} == set(chosen)
    record = str(folder / "ho-record.json")
    frames = ("--frame", str(folder / "homes.csv"))
    assert draw(folder, *frames, "--redraw", record, frame="villages.csv", design=None).code == 0


@pytest.mark.parametrize("suffix", ["xlsx", "parquet", "json", "txt"])
def test_the_sample_goes_to_every_format(folder: Path, suffix: str) -> None:
    target = folder / f"mau.{suffix}"
    assert draw(folder, "--out", str(target)).code == 0
    assert target.stat().st_size > 500
    assert (folder / "mau-record.json").exists()


def test_the_data_hold_the_sample_and_serve_as_a_record(folder: Path) -> None:
    draw(folder, "--seed", "3", "--out", str(folder / "mau.json"))
    draw(folder, "--seed", "3", "--out", str(folder / "mau.csv"))
    data = json.loads((folder / "mau.json").read_text("utf-8"))
    csv = [line.split(",")[0] for line in (folder / "mau.csv").read_text("utf-8").splitlines()[1:]]
    assert [row["respondent"] for row in data["rows"]] == csv
    assert draw(folder, "--redraw", str(folder / "mau.json"), design=None).code == 0


def test_on_the_screen_a_record_is_written_where_it_is_asked_for(folder: Path) -> None:
    done = draw(folder, "--format", "csv", "--record", str(folder / "r.json"))
    assert done.out.startswith("respondent,province,")
    assert json.loads((folder / "r.json").read_text("utf-8"))["format"] == "parindex-sample-record/1"


@pytest.mark.parametrize(
    ("more", "design", "words"),
    [
        ((), None, "Cần đúng một trong hai"),
        (("--redraw", "r.json"), "design.yaml", "Cần đúng một trong hai"),
        (("--redraw", "r.json", "--seed", "1"), None, "--seed không đi cùng --redraw"),
        (("--seed", " "), "design.yaml", "Hạt giống trống."),
        (("--out", "/khong/co/mau.csv"), "design.yaml", "không có thư mục"),
    ],
)
def test_calls_that_cannot_be_meant_are_refused(
    folder: Path, more: tuple[str, ...], design: str | None, words: str
) -> None:
    done = draw(folder, *more, design=design)
    assert done.code == 2
    assert words in done.err


def test_every_fault_of_a_frame_is_told_at_once(folder: Path) -> None:
    frame = (folder / "frame.csv").read_text("utf-8")
    (folder / "frame.csv").write_text(frame + "01,010,0100,100,0,1\n02,010,0100,-5,9,\n,010,0100,100,7,1\n", "utf-8")
    done = draw(folder, "--format", "json")
    assert done.code == 2
    assert [(one["kind"], one["place"]["row"]) for one in done.data["problems"]] == [
        ("frame_unit_twice", 193),
        ("frame_unit_in_two", 194),
        ("frame_unit_in_two", 194),
        ("frame_size_not_positive", 194),
        ("cell_missing", 194),
        ("cell_missing", 195),
    ]


def test_every_stratum_that_is_too_small_is_told(folder: Path) -> None:
    (folder / "design.yaml").write_text(DESIGN.replace("{id: village, take: 2}", "{id: village, take: 4}"), "utf-8")
    done = draw(folder)
    assert done.code == 2
    assert done.err.count("chỉ có 3 đơn vị ở giai đoạn `village`, thiết kế lấy 4") == 8
