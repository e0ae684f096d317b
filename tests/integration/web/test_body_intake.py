"""What is sent waits outside the threads: slow lines, lines that fall silent, too many at once, bodies nobody wants."""

from __future__ import annotations

import asyncio
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIRequest
from tests.factories.world import World

from parindex.web.body_intake import BUSY, LATE, SMALL, UNTAKEN, BodyIntake, Limits, environ_of

SLOW = 12
TWO_GIGABYTES = 2 * 2**30


def finished(work: Coroutine[Any, Any, Any]) -> Any:
    """What a coroutine gives, in a thread of its own: a browser of another test keeps its loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def scope(method: str, path: str, *headers: tuple[bytes, bytes]) -> dict[str, Any]:
    return {
        "type": "http", "method": method, "path": path, "query_string": b"", "http_version": "1.1", "scheme": "http",
        "headers": list(headers), "client": ("10.0.0.7", 5000), "server": ("127.0.0.1", 8000),
    }  # fmt: skip


def length(size: int) -> tuple[bytes, bytes]:
    return (b"content-length", str(size).encode())


def echo(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Says why a body was not taken in, else how long it is; ``/refused/`` never reads it."""
    status, said = "200 OK", environ.get(UNTAKEN)
    if environ["PATH_INFO"] == "/refused/":
        status, said = "413 Too Large", "refused"
    elif said is None:
        said = str(len(environ["wsgi.input"].read()))
    start_response(status, [("Content-Type", "text/plain")])
    return [said.encode()]


async def never() -> dict[str, Any]:
    await asyncio.Event().wait()
    raise AssertionError


def pieces(*found: bytes) -> Callable[[], Awaitable[dict[str, Any]]]:
    """A body that comes in these pieces."""
    left = list(found)

    async def receive() -> dict[str, Any]:
        piece = left.pop(0)
        return {"type": "http.request", "body": piece, "more_body": bool(left)}

    return receive


async def asked(
    application: BodyIntake, asking: dict[str, Any], receive: Callable[[], Awaitable[dict[str, Any]]] = never
) -> tuple[int, bytes]:
    """Status and body of an answer; (0, nothing) where none was given."""
    status, body = 0, b""

    async def send(message: dict[str, Any]) -> None:
        nonlocal status, body
        status = message.get("status", status)
        body += message.get("body", b"")

    await application(asking, receive, send)
    return status, body


@pytest.mark.parametrize("size", [SMALL, 10 * SMALL])
def test_a_page_is_answered_while_many_slow_bodies_are_still_coming(size: int) -> None:
    async def run() -> None:
        application = BodyIntake(echo, threads=2)
        slow = [asyncio.create_task(asked(application, scope("POST", "/", length(size)))) for _ in range(SLOW)]
        assert await asked(application, scope("GET", "/help/")) == (200, b"0")
        assert not any(one.done() for one in slow)
        for one in slow:
            one.cancel()
        await asyncio.gather(*slow, return_exceptions=True)
        assert (await asked(application, scope("POST", "/", length(size)), pieces(bytes(size))))[0] == 200

    finished(run())


@pytest.mark.parametrize("size", [1, SMALL, SMALL + 1, 5_000_000])
def test_a_body_arrives_whole(size: int) -> None:
    receive = pieces(*[bytes(min(60_000, size - start)) for start in range(0, size, 60_000)])
    found = finished(asked(BodyIntake(echo, threads=1), scope("POST", "/", length(size)), receive))
    assert found == (200, str(size).encode())


def test_what_a_page_does_not_want_is_never_received() -> None:
    application = BodyIntake(echo, threads=1)
    found = finished(asked(application, scope("POST", "/refused/", length(TWO_GIGABYTES))))
    assert found == (413, b"refused")


def test_a_stream_without_a_length_has_no_form() -> None:
    asking = scope("POST", "/", (b"transfer-encoding", b"chunked"))
    assert finished(asked(BodyIntake(echo, threads=1), asking)) == (200, b"0")


@pytest.mark.parametrize("size", [SMALL, SMALL + 1])
def test_a_line_that_falls_silent_is_told_and_makes_room(size: int) -> None:
    application = BodyIntake(echo, threads=1, limits=Limits(bodies=1, silence=0.01))

    async def run() -> None:
        for _ in range(2):
            assert await asked(application, scope("POST", "/", length(size))) == (200, LATE.encode())

    finished(run())


@pytest.mark.parametrize("limits", [Limits(bodies=2), Limits(together=4 * SMALL)])
def test_more_bodies_than_there_is_room_for(limits: Limits) -> None:
    async def run() -> None:
        application = BodyIntake(echo, threads=1, limits=limits)
        slow = [asyncio.create_task(asked(application, scope("POST", "/", length(2 * SMALL)))) for _ in range(2)]
        await asked(application, scope("GET", "/"))  # behind both in the only thread
        await asyncio.sleep(0)
        assert await asked(application, scope("POST", "/", length(2 * SMALL))) == (200, BUSY.encode())
        assert await asked(application, scope("POST", "/", length(1)), pieces(b"x")) == (200, b"1")
        for one in slow:
            one.cancel()
        await asyncio.gather(*slow, return_exceptions=True)

    finished(run())


def test_who_leaves_in_the_middle_gets_no_answer() -> None:
    async def gone() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    assert finished(asked(BodyIntake(echo, threads=1), scope("POST", "/", length(10)), gone)) == (0, b"")


def test_a_long_answer_goes_out_piece_by_piece_and_is_closed() -> None:
    given, closed = [bytes(70_000)] * 20, []

    class Pieces:
        def __iter__(self) -> Any:
            return iter(given)

        def close(self) -> None:
            closed.append(True)

    def respond(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        start_response("200 OK", [])
        return Pieces()

    found = finished(asked(BodyIntake(respond, threads=1), scope("GET", "/")))
    assert found == (200, b"".join(given))
    assert closed == [True]


def test_who_reads_a_long_answer_slowly_holds_no_thread() -> None:
    def respond(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        start_response("200 OK", [])
        return [bytes(70_000)] * (20 if environ["PATH_INFO"] == "/long/" else 1)

    async def slow(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.body":
            await asyncio.Event().wait()

    async def run() -> None:
        application = BodyIntake(respond, threads=1)
        reading = asyncio.create_task(application(scope("GET", "/long/"), never, slow))
        assert (await asked(application, scope("GET", "/")))[0] == 200
        assert (await asked(application, scope("GET", "/")))[0] == 200
        assert not reading.done()
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)

    finished(run())


def test_the_request_as_the_application_knows_it() -> None:
    asking = scope(
        "POST", "/đơn vị/", (b"host", b"parindex.vn"), (b"content-type", b"text/plain"), (b"cookie", b"a=1"),
        (b"cookie", b"b=2"), (b"x_forwarded_for", b"1.2.3.4"), (b"x-forwarded-for", b"10.1.1.1"),
    )  # fmt: skip
    environ = environ_of(asking)
    assert WSGIRequest(environ).path == "/đơn vị/"
    found = {name: environ.get(name) for name in ("HTTP_HOST", "CONTENT_TYPE", "HTTP_COOKIE", "REMOTE_ADDR")}
    assert found == {
        "HTTP_HOST": "parindex.vn", "CONTENT_TYPE": "text/plain", "HTTP_COOKIE": "a=1; b=2", "REMOTE_ADDR": "10.0.0.7",
    }  # fmt: skip
    assert environ["HTTP_X_FORWARDED_FOR"] == "10.1.1.1"


@pytest.mark.parametrize(
    ("why", "status", "words"),
    [(LATE, 408, "phần còn lại không đến"), (BUSY, 503, "Nhiều người đang tải tệp lớn cùng lúc")],
)
def test_what_was_not_taken_in_is_told_by_a_page(
    made: World, as_person: Any, why: str, status: int, words: str
) -> None:
    address = f"/sheets/{made.sheet.pk}/items/1.1/evidence/"
    answer = as_person("owner").post(address, {}, **{UNTAKEN: why})
    assert (answer.status_code, words in answer.text, "Chưa lưu gì" in answer.text) == (status, True, True)


# --- the server itself ----------------------------------------------------------------------------------------------


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


def beginning(port: int, size: int) -> socket.socket:
    """A form of which only the first bytes come."""
    line = socket.create_connection(("127.0.0.1", port), timeout=60)
    line.sendall(
        f"POST /login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {size}\r\n\r\nlogin=".encode()
    )
    return line


def status_of(port: int, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path)
    status = connection.getresponse().status
    connection.close()
    return status


def test_the_server_answers_beside_slow_uploads(tmp_path: Path, empty_database: Path) -> None:
    """As many lines as would fill all threads and more, half of them with small forms, none of them whole."""
    port = free_port()
    without = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "PARINDEX_HOME")}
    environment = without | {"DJANGO_SETTINGS_MODULE": "parindex.config.settings"}
    (tmp_path / "home").mkdir()
    shutil.copy(empty_database, tmp_path / "home" / "parindex.sqlite3")
    command = [sys.executable, "-m", "parindex", "serve", "--home", str(tmp_path / "home"), "--port", str(port)]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    lines: list[socket.socket] = []
    try:
        for _ in range(300):
            assert server.poll() is None
            try:
                status_of(port, "/login/")
                break
            except OSError:
                time.sleep(0.2)
        else:
            pytest.fail("the server does not answer")
        lines = [beginning(port, size) for size in (1_000, 1_000_000) for _ in range(SLOW)]
        assert [status_of(port, "/login/") for _ in range(3)] == [200, 200, 200]
        for line in lines[SLOW:]:  # what nobody in particular begins to send is refused by its size, unread
            assert line.recv(12) == b"HTTP/1.1 413"
        for line in lines[:SLOW]:  # nothing has been said to any of these
            line.setblocking(False)
            with pytest.raises(BlockingIOError):
                line.recv(1)
    finally:
        for line in lines:
            line.close()
        server.send_signal(signal.SIGINT)
        try:
            server.wait(20)
        finally:
            server.kill()
