"""What a command writes, and what it refuses to write over."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.integration.cli.running import PAPER, SET, run


def kinds(*arguments: str) -> list[str]:
    """The problems of a command that must refuse."""
    done = run(*arguments, "--format", "json")
    assert done.code == 2
    return [one["kind"] for one in done.data["problems"]]


@pytest.mark.parametrize("name", ["figures.csv", "entries.csv", "points.csv"])
def test_a_result_never_replaces_an_input(name: str, tables: list[str], tmp_path: Path) -> None:
    before = (tmp_path / name).read_bytes()
    assert kinds("score", *tables, "--out", str(tmp_path / name)) == ["output_is_input"]
    assert (tmp_path / name).read_bytes() == before


def test_a_table_beside_the_result_never_replaces_an_input(tables: list[str], tmp_path: Path) -> None:
    (tmp_path / "r-items.csv").write_bytes((tmp_path / "entries.csv").read_bytes())
    arguments = [str(tmp_path / "r-items.csv") if one.endswith("entries.csv") else one for one in tables]
    assert kinds("score", *arguments, "--out", str(tmp_path / "r.csv")) == ["output_is_input"]


def test_a_set_is_not_replaced_by_its_check_or_by_what_is_read_of_it(tmp_path: Path) -> None:
    made = tmp_path / "set.yaml"
    shutil.copy(SET, made)
    assert kinds("check", str(made), "--out", str(made)) == ["output_is_input"]
    paper = tmp_path / "paper.txt"
    shutil.copy(PAPER, paper)
    assert kinds("read", str(paper), "--out", str(paper)) == ["output_is_input"]


def test_a_missing_folder_is_refused_before_the_work_and_named(tmp_path: Path) -> None:
    out = tmp_path / "none" / "x.json"
    done = run("score", "--set", "not-even-a-set", "--out", str(out))
    assert done.code == 2
    assert f"Không ghi được {out}: không có thư mục {out.parent}." in done.err
    assert kinds("score", "--set", SET, "--out", str(tmp_path)) == ["is_a_folder"]


@pytest.mark.parametrize("name", ["t.json", "t.yaml", "t.csv"])
def test_read_overwrites_only_when_it_is_told_to(name: str, tmp_path: Path) -> None:
    out = tmp_path / name
    assert run("read", PAPER, "--out", str(out)).code == 0
    written = sorted(tmp_path.iterdir())
    for one in written:
        one.write_text("edited by hand", "utf-8")
    refused = run("read", PAPER, "--out", str(out))
    assert (refused.code, refused.err.count("--force")) == (2, len(written))
    assert {one.read_text("utf-8") for one in written} == {"edited by hand"}
    assert run("read", PAPER, "--out", str(out), "--force").code == 0
    assert "edited by hand" not in {one.read_text("utf-8") for one in written}


@pytest.mark.parametrize(("stem", "made"), [("2270", "set-2270-1"), ("đề án", "de-an-1"), ("…", "set-1")])
def test_the_id_of_a_set_that_was_read_is_one_that_its_schema_takes(stem: str, made: str, tmp_path: Path) -> None:
    assert run("read", PAPER, "--out", str(tmp_path / f"{stem}.yaml")).code == 0
    first = tmp_path / f"{stem}-1.yaml"
    assert f"id: {made}\n" in first.read_text("utf-8")
    assert run("check", str(first)).code == 1


def test_the_words_about_a_wrong_id_say_what_an_id_is(tmp_path: Path) -> None:
    wrong = tmp_path / "set.yaml"
    wrong.write_text(Path(SET).read_text("utf-8").replace("id: golden", "id: 2270-1"), "utf-8")
    assert "chữ cái không dấu đứng đầu" in run("check", str(wrong)).err
