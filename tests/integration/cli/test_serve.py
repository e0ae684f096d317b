"""``parindex serve`` as it is started: a process of its own on a port of this machine, asked over the network."""

from __future__ import annotations

import argparse
import os
import re
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import pytest

from parindex.cli import main, serve
from parindex.domain.errors import InvalidInput

#: Runs ``serve`` while somebody else in the same process writes, from before the worker begins until it has begun.
WRITING = """
import sqlite3, sys, threading, time
from parindex.cli import main, serve

begin, begun = serve._serve, threading.Event()

def write():
    rows = sqlite3.connect(sys.argv[1] + "/parindex.sqlite3", isolation_level=None)
    rows.execute("BEGIN IMMEDIATE")
    begun.set()
    time.sleep(2)
    rows.execute("COMMIT")

def while_writing(host, port):
    threading.Thread(target=write, daemon=True).start()
    begun.wait()
    begin(host, port)

serve._serve = while_writing
sys.exit(main(["serve", "--home", sys.argv[1], "--port", sys.argv[2]]))
"""
ADMINISTRATOR = {
    "code": "tinh", "name": "UBND tỉnh", "kind": "province", "full_name": "Quản trị", "username": "quan-tri",
    "email": "quan-tri@example.vn", "password": "mat-khau-rieng-2026", "again": "mat-khau-rieng-2026",
}  # fmt: skip


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "parindex.example"])
@pytest.mark.parametrize("by", ["flag", "environment"])
def test_a_demonstration_is_not_opened_to_the_network_unawares(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], host: str, by: str
) -> None:
    """Refused before anything is made; whichever way the demonstration was switched on."""
    monkeypatch.setenv("PARINDEX_DEMO", "1" if by == "environment" else "")
    home = tmp_path / "home"
    assert main(["serve", "--home", str(home), "--host", host, *(["--demo"] if by == "flag" else [])]) == 2
    told = capsys.readouterr()
    assert f"{host} mở trang cho cả mạng" in told.out + told.err
    assert "--demo-on-network" in told.out + told.err
    assert not home.exists()


@pytest.mark.parametrize(
    ("arguments", "goes_on"),
    [
        (["--demo"], True),
        (["--demo", "--host", "localhost"], True),
        (["--demo", "--host", "::1"], True),
        (["--demo", "--host", "127.0.0.2"], True),
        (["--host", "0.0.0.0"], True),
        (["--demo", "--host", "0.0.0.0", "--demo-on-network"], True),
        (["--demo", "--host", "0.0.0.0"], False),
    ],
)
def test_what_may_be_opened(monkeypatch: pytest.MonkeyPatch, arguments: list[str], goes_on: bool) -> None:
    began: list[object] = []
    for name in ("PARINDEX_DEMO", "PARINDEX_BODY", "PARINDEX_CONTACT"):
        monkeypatch.setenv(name, "")

    def begin(options: object, **_: bool) -> None:
        began.append(options)
        raise KeyboardInterrupt

    monkeypatch.setattr(serve, "set_up", begin)
    parser = argparse.ArgumentParser()
    serve.add_arguments(parser)
    with pytest.raises(KeyboardInterrupt if goes_on else InvalidInput):
        serve.run(parser.parse_args(arguments))
    assert bool(began) == goes_on


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Where the first account of a running application is made."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    environment |= {"PYTHONUNBUFFERED": "1", "PARINDEX_LANGUAGE": "vi", "DJANGO_SETTINGS_MODULE": ""}
    del environment["DJANGO_SETTINGS_MODULE"]
    told = (tmp_path / "told.txt").open("w+", encoding="utf-8")
    running = subprocess.Popen(
        [sys.executable, "-c", WRITING, str(tmp_path / "home"), port], stdout=told, stderr=told, env=environment
    )
    try:
        yield _address(running, tmp_path / "told.txt")
    finally:
        running.send_signal(signal.SIGINT)
        running.wait(30)
        told.close()


def _address(running: subprocess.Popen[bytes], told: Path) -> str:
    until = time.monotonic() + 120
    while time.monotonic() < until and running.poll() is None:
        found = re.search(r"http://\S+/first/\S+/", told.read_text(encoding="utf-8"))
        if found:
            return found[0]
        time.sleep(0.1)
    pytest.fail(f"it did not start: {told.read_text(encoding='utf-8')}")


def _page(browser: OpenerDirector, address: str) -> str:
    """The page, as soon as the server answers."""
    for _ in range(300):
        try:
            return str(browser.open(address, timeout=60).read().decode())
        except URLError as error:
            if not isinstance(error.reason, ConnectionRefusedError):
                raise
            time.sleep(0.2)
    pytest.fail("nobody answers")


def test_the_worker_takes_over_no_lock(address: str, tmp_path: Path) -> None:
    """Whoever writes while the worker begins keeps nobody from writing afterwards."""
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', _page(browser, address))
    assert token
    form = urlencode({**ADMINISTRATOR, "csrfmiddlewaretoken": token[1]}).encode()
    answer = browser.open(address, form, timeout=120)
    assert answer.url.endswith("/login/")
    modes = {one.name: stat.S_IMODE(one.stat().st_mode) for one in (tmp_path / "home").glob("parindex.sqlite3*")}
    assert {name: mode & 0o077 for name, mode in modes.items()} == dict.fromkeys(modes, 0)
