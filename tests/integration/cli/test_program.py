"""The program itself: help, language, wrong calls, being stopped."""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from tests.integration.cli.running import ENGLISH, SET, run

from parindex.cli import COMMANDS


def test_help_is_quick_and_names_every_command() -> None:
    command = [sys.executable, "-X", "importtime", "-m", "parindex", "--help"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    # The aim is 0,3 s on the reference machine; a slow one may take twice as long.
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 0.6
    for name in COMMANDS:
        assert re.search(rf"\n    {name}\s", done.stdout)
    for heavy in ("numpy", "polars", "yaml", "jinja2", "docx"):
        assert f" {heavy}\n" not in done.stderr


def test_the_language_is_vietnamese_unless_the_locale_is_english() -> None:
    assert "cách dùng: parindex" in run("--help").out
    assert "đọc từ văn bản: bảng tiêu chí" in run("--help").out
    english = run("--help", environment=ENGLISH).out
    assert "usage: parindex" in english
    assert "read from a paper: a criteria table" in english


def test_the_version_is_printed() -> None:
    assert run("--version").out.startswith("parindex 0.")


def test_no_command_prints_help_and_a_wrong_one_says_which_there_are() -> None:
    assert run().code == 2
    wrong = run("scores")
    assert (wrong.code, wrong.out) == (2, "")
    assert "không có 'scores'; dùng một trong: 'read', 'check'" in wrong.err
    assert "parindex --help" in wrong.err


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_its_arguments(command: str) -> None:
    done = run(command, "--help")
    assert done.code == 0
    assert "--help" in done.out


def test_abbreviated_options_are_not_guessed(tables: list[str]) -> None:
    done = run("score", *tables, "--form", "json")
    assert done.code == 2
    assert "không có tham số: --form" in done.err


def test_a_stop_leaves_nothing_half_written(tables: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("parindex.documents.results.result_files.write_csv", stopped)
    before = sorted(tmp_path.iterdir())
    done = run("score", *tables, "--out", str(tmp_path / "r.csv"))
    assert done.code == 130
    assert "Đã dừng" in done.err
    assert sorted(tmp_path.iterdir()) == before


def test_what_a_file_holds_cannot_steer_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "figures.csv").write_text(f"unit,measure,value\na,\x1b[31m{'x' * 500},1\n", "utf-8")
    done = run("score", "--set", SET, "--figures", str(tmp_path / "figures.csv"))
    assert done.code == 2
    assert "\x1b" not in done.err
    assert max(len(line) for line in done.err.splitlines()) < 250


def test_json_is_json_and_nothing_else(tables: list[str]) -> None:
    for arguments in (["check", SET], ["score", *tables], ["diff", SET, SET]):
        assert json.loads(run(*arguments, "--format", "json").out) is not None


def test_a_stop_while_the_command_is_being_loaded_is_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(_: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("parindex.cli.importlib.import_module", stopped)
    done = run("score", "--set", SET)
    assert (done.code, "Đã dừng" in done.err) == (130, True)
