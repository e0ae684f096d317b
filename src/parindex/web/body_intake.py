"""What somebody sends is taken in before it takes a thread: slow lines wait beside the application, not inside it.

An ASGI application around the WSGI one. A small body is awaited in memory. Of a larger one the application is asked
first, with nothing of it: a page that refuses it by its announced size, or whoever sends it, answers at once, and
nothing is read. Only where the page begins to read it (:class:`Wanted`) is it taken in, into a temporary file; then the
page is asked again, with all of it there. Nothing is stored before a form is read, so asking twice does nothing twice.

What is not taken in is told by a page: ``parindex.untaken`` of the request says why (``web/request_size.py``).
"""

from __future__ import annotations

import asyncio
import io
import logging
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import chain
from typing import IO, Any

logger = logging.getLogger(__name__)
Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Environ = dict[str, Any]
Respond = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

#: In the environment of a request whose body was not taken in: why.
UNTAKEN, BUSY, LATE = "parindex.untaken", "busy", "late"
#: Up to here a body is awaited in memory and the application is asked once: forms, autosaves.
SMALL = 2**16
#: A larger one lies in memory up to here, then on disk.
_IN_MEMORY = 2**18
#: Answers go out in pieces of about this size, so that a file needs few changes of thread.
_PIECE = 2**18


class Wanted(BaseException):
    """The page wants to read what has not been taken in: no error, hence nothing that a page may catch."""


class _Gone(Exception):
    """Whoever sent it is not there any more."""


class _Untaken(io.RawIOBase):
    """The place of a body that has not been taken in."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        raise Wanted


@dataclass(frozen=True, slots=True)
class Limits:
    """How many larger bodies lie here at once, their bytes together; the seconds without a byte, the slowest line."""

    bodies: int = 64
    together: int = 4 * 2**30
    silence: float = 30
    bytes_a_second: int = 1_024


@dataclass(slots=True)
class _Answer:
    status: int = 500
    headers: list[tuple[str, str]] = field(default_factory=list)
    first: bytes = b""
    rest: _Rest | None = None

    def start(self, status: str, headers: list[tuple[str, str]], exc_info: object = None) -> None:
        """What WSGI calls ``start_response``."""
        self.status, self.headers = int(status.split(" ", 1)[0]), headers


@dataclass(slots=True)
class _Rest:
    """What is left of an answer that goes out piece by piece."""

    pieces: Iterator[bytes]
    close: Callable[[], None]

    def next(self) -> bytes:
        """About :data:`_PIECE` bytes more; nothing at the end."""
        found, size = [], 0
        for piece in self.pieces:
            found.append(piece)
            size += len(piece)
            if size >= _PIECE:
                break
        return b"".join(found)


class BodyIntake:
    """The application that the server runs; ``threads`` is how many requests are worked on at once."""

    def __init__(self, respond: Respond, *, threads: int, limits: Limits | None = None) -> None:
        self._respond = respond
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="request")
        self._limits = limits or Limits()
        self._bodies = self._bytes = 0

    async def __call__(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            return
        try:
            await self._send(await self._answer(environ_of(scope), receive), send)
        except _Gone:
            return
        except Exception:  # the server says 500 and nothing else
            logger.exception("%s %s", scope["method"], scope["path"])
            raise

    async def _answer(self, environ: Environ, receive: Receive) -> _Answer:
        announced = _announced(environ)
        if announced <= SMALL:
            environ["wsgi.input"] = io.BytesIO()
            if announced and not await self._fill(environ["wsgi.input"], announced, receive):
                environ |= {UNTAKEN: LATE, "wsgi.input": io.BytesIO()}
            return await self._run(environ)
        try:
            return await self._run(dict(environ))
        except Wanted:
            return await self._with_body(environ, announced, receive)

    async def _with_body(self, environ: Environ, announced: int, receive: Receive) -> _Answer:
        limits, empty = self._limits, io.BytesIO()
        if self._bodies >= limits.bodies or self._bytes + announced > limits.together:
            return await self._run(environ | {UNTAKEN: BUSY, "wsgi.input": empty})
        self._bodies += 1
        self._bytes += announced
        try:
            with tempfile.SpooledTemporaryFile(_IN_MEMORY, prefix="parindex-body-") as body:
                if not await self._fill(body, announced, receive):
                    return await self._run(environ | {UNTAKEN: LATE, "wsgi.input": empty})
                return await self._run(environ | {"wsgi.input": body})
        finally:
            self._bodies -= 1
            self._bytes -= announced

    async def _fill(self, body: IO[bytes], announced: int, receive: Receive) -> bool:
        """Take a body in; whether it came in time."""
        try:
            async with asyncio.timeout(2 * self._limits.silence + announced / self._limits.bytes_a_second):
                more = True
                while more:
                    async with asyncio.timeout(self._limits.silence):
                        message = await receive()
                    if message["type"] != "http.request":
                        raise _Gone
                    body.write(message.get("body", b""))
                    more = message.get("more_body", False) and body.tell() <= announced
        except TimeoutError:
            return False
        body.seek(0)
        return True

    async def _run(self, environ: Environ) -> _Answer:
        return await asyncio.get_running_loop().run_in_executor(self._pool, self._begin, environ)

    def _begin(self, environ: Environ) -> _Answer:
        """In a thread: the answer, whole where it is no longer than a piece."""
        answer = _Answer()
        found = self._respond(environ, answer.start)
        rest = _Rest(iter(found), getattr(found, "close", lambda: None))
        try:
            answer.first = rest.next()
            following = rest.next() if len(answer.first) >= _PIECE else b""
        except BaseException:
            rest.close()
            raise
        if following:
            rest.pieces = chain([following], rest.pieces)
            answer.rest = rest
        else:
            rest.close()
        return answer

    async def _send(self, answer: _Answer, send: Send) -> None:
        headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in answer.headers]
        rest, run = answer.rest, asyncio.get_running_loop().run_in_executor
        try:
            await send({"type": "http.response.start", "status": answer.status, "headers": headers})
            await send({"type": "http.response.body", "body": answer.first, "more_body": rest is not None})
            while rest is not None:
                piece = await run(self._pool, rest.next)
                await send({"type": "http.response.body", "body": piece, "more_body": bool(piece)})
                if not piece:
                    break
        finally:
            if rest is not None:
                await run(self._pool, rest.close)


def environ_of(scope: Mapping[str, Any]) -> Environ:
    """The request as WSGI has it. A name with an underscore is dropped: no proxy wrote ``X_Forwarded_For``."""
    host, port = scope.get("server") or ("localhost", 80)
    environ: Environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode("utf-8", "surrogateescape").decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": str(host),
        "SERVER_PORT": str(port),
        "REMOTE_ADDR": str(scope["client"][0]) if scope.get("client") else "",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": _Untaken(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1"), raw_value.decode("latin-1")
        if "_" in name:
            continue
        key = name.upper().replace("-", "_")
        if key not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            key = f"HTTP_{key}"
        if key in environ:
            value = f"{environ[key]}{'; ' if key == 'HTTP_COOKIE' else ','}{value}"
        environ[key] = value
    return environ


def _announced(environ: Environ) -> int:
    """As Django counts it: whoever does not say how much it is has no form."""
    try:
        return max(0, int(environ.get("CONTENT_LENGTH") or 0))
    except ValueError:
        return 0
