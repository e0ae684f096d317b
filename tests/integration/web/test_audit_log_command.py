"""``parindex audit-log verify`` as its own process: which database it proves, what it says of what it cannot read."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from parindex.cli.audit_log import heads_of
from parindex.domain.errors import InvalidInput

RECORD = """
import django; django.setup()
from django.utils import timezone
from django.db import transaction
from parindex.usecases import audit_log
with transaction.atomic():
    audit_log.record("edit_unit", audit_log.Target("unit", "1"), by=None, at=timezone.now(), reason="{reason}")
"""


def python(home: Path | None, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A process of its own; ``home`` is PARINDEX_HOME."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PARINDEX_", "DJANGO_"))}
    kept.pop("DATABASE_URL", None)
    if home is not None:
        kept["PARINDEX_HOME"] = str(home)
    kept |= {"LC_ALL": "vi_VN.UTF-8", "DJANGO_SETTINGS_MODULE": "parindex.config.settings"}
    done = subprocess.run([sys.executable, *arguments], env=kept, capture_output=True, text=True, timeout=120)
    assert "Traceback" not in done.stderr, done.stderr
    return done


def run(home: Path, script: str) -> None:
    """A script of its own, which must succeed."""
    done = python(home, "-c", script)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> tuple[Path, Path]:
    """Two applications with one record each."""
    folder = tmp_path_factory.mktemp("homes")
    for name in ("one", "two"):
        (folder / name).mkdir()
        shutil.copy(empty_database, folder / name / "parindex.sqlite3")
        run(folder / name, RECORD.format(reason=name))
    return folder / "one", folder / "two"


def verify(home: Path | None, *arguments: str) -> subprocess.CompletedProcess[str]:
    return python(home, "-m", "parindex", "audit-log", "verify", *arguments)


def test_what_is_named_comes_before_the_environment(homes: tuple[Path, Path]) -> None:
    one, two = homes
    head = {home: verify(None, "--home", str(home)).stdout.split("đầu chuỗi ")[1][:64] for home in homes}
    assert head[one] != head[two]
    assert head[one] in verify(one).stdout
    done = verify(one, "--home", str(two))
    assert (done.returncode, head[two] in done.stdout) == (0, True)
    assert f"Cơ sở dữ liệu: {two / 'parindex.sqlite3'}" in done.stdout


@pytest.mark.parametrize("command", ["audit-log verify", "keep-time", "scan-evidence"])
def test_a_home_without_data_is_refused_and_left_alone(tmp_path: Path, command: str) -> None:
    home = tmp_path / "nothing"
    done = python(None, "-m", "parindex", *command.split(), "--home", str(home))
    assert done.returncode == 2
    assert f"Thư mục {home} không có cơ sở dữ liệu" in done.stderr
    assert not home.exists()


def test_a_database_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "parindex.sqlite3").write_bytes(b"not a database, only text that is long enough for a header" * 20)
    done = verify(None, "--home", str(tmp_path))
    assert (done.returncode, "Không đọc được cơ sở dữ liệu" in done.stderr) == (2, True)
    (tmp_path / "parindex.sqlite3").unlink()
    sqlite3.connect(tmp_path / "parindex.sqlite3").close()
    (tmp_path / "parindex.sqlite3").touch()
    done = verify(None, "--home", str(tmp_path))
    assert (done.returncode, "phiên bản khác" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    "head", ["nonsense", "cycle-4:abc:x", "cycle-4:4:db74", "cycle-4:4", ":::", "cycle-x:1:" + "0" * 64]
)
def test_a_head_that_is_none_is_refused(head: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        heads_of([head])
    assert [(one.kind, one.facts["found"]) for one in refused.value.problems] == [("not_a_chain_head", head)]


def test_a_head_is_read_as_it_is_copied() -> None:
    code = "0123456789abcdef" * 4
    broken = "\u200b".join((code[:16], code[16:32], code[32:]))
    assert heads_of([f"cycle-4:96:{broken}", f" CYCLE\u20114 : 7 : {code.upper()}\n"]) == [
        ("cycle-4", "96", code),
        ("cycle-4", "7", code),
    ]


def test_a_missing_trigger_is_a_finding(homes: tuple[Path, Path]) -> None:
    one, _ = homes
    with sqlite3.connect(one / "parindex.sqlite3") as database:
        database.execute("DROP TRIGGER audit_no_delete")
        database.execute("DROP TRIGGER frozen_no_update")
        database.execute(
            "CREATE TRIGGER frozen_no_update BEFORE UPDATE ON parindex_criteriasetversion BEGIN SELECT 1; END"
        )
    done = verify(None, "--home", str(one))
    assert done.returncode == 1
    assert "THIẾU hoặc bị tắt audit_no_delete, frozen_no_update." in done.stdout


def test_a_noted_head_whose_chain_is_gone_is_a_finding(homes: tuple[Path, Path]) -> None:
    _, two = homes
    done = verify(None, "--home", str(two), "--head", "cycle-4:4:" + "d" * 64)
    assert done.returncode == 1
    assert "cycle-4: KHÔNG khớp ở 2 chỗ" in done.stdout
    assert "bản ghi số 4 không còn mã đã ghi ở nơi khác" in done.stdout


def test_a_proof_from_the_database_alone_says_what_it_leaves_open(homes: tuple[Path, Path]) -> None:
    _, two = homes
    alone = verify(None, "--home", str(two))
    assert "Chưa so với đầu chuỗi nào ghi ở nơi khác" in alone.stdout
    head = re.search(r"đầu chuỗi (\S+:\d+:[0-9a-f]{64})", alone.stdout)
    assert head
    compared = verify(None, "--home", str(two), "--head", head[1])
    assert "Chưa so với đầu chuỗi" not in compared.stdout
    assert compared.returncode == 0
