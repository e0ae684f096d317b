"""Output files are whole or not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from parindex.documents.results.atomic_files import text_writer, write_all


def stopped(path: Path) -> None:
    path.write_text("half")
    raise KeyboardInterrupt


def test_files_appear_together(tmp_path: Path) -> None:
    write_all({tmp_path / "a.txt": text_writer("một\n"), tmp_path / "b.txt": text_writer("hai\n")})
    assert {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()} == {"a.txt": "một\n", "b.txt": "hai\n"}


def test_an_interruption_leaves_what_was_there_and_nothing_new(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("before")
    with pytest.raises(KeyboardInterrupt):
        write_all({tmp_path / "a.txt": text_writer("after"), tmp_path / "b.txt": stopped})
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"a.txt": "before"}


def test_the_mode_of_a_replaced_file_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("before")
    path.chmod(0o640)
    write_all({path: text_writer("after")})
    assert (path.read_text(), path.stat().st_mode & 0o777) == ("after", 0o640)


def test_what_the_folder_refuses_is_told_of_the_file_that_was_wanted(tmp_path: Path) -> None:
    target = tmp_path / "gone" / "a.txt"
    with pytest.raises(FileNotFoundError) as refused:
        write_all({target: text_writer("x")})
    assert refused.value.filename == str(target)
