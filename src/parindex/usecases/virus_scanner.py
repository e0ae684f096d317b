"""Asking a virus scanner (clamd) about a file: the bytes are sent over its socket, nothing is installed here.

Nobody waits for a scanner that does not answer: a request asks for two seconds at most (:func:`scanned_at_once`), one
request at a time; what has then not been answered waits in quarantine for the clock (``evidence_scans.py``).
"""

from __future__ import annotations

import re
import socket
import struct
import threading
import time
from enum import StrEnum
from pathlib import Path

from django.conf import settings

_PIECE = 2**16
#: What a request may wait, for its turn and for the answer; and for how long nobody asks after one has not come.
_TURN, _AT_ONCE, _REST = 0.5, 2.0, 30.0
#: What the clock gives a file: clamd itself gives up after two minutes.
PATIENT = 150.0
_FOUND = re.compile(r"^stream: (?P<name>.{1,200}) FOUND$")
_TOO_LARGE = "INSTREAM size limit exceeded"


class Verdict(StrEnum):
    """What is known of a file: ``unknown`` where the scanner gave no verdict, ``unreachable`` where nobody was there,
    ``not_asked`` where none is set up.
    """

    CLEAN = "clean"
    INFECTED = "infected"
    TOO_LARGE = "too_large"
    UNKNOWN = "unknown"
    UNREACHABLE = "unreachable"
    NOT_ASKED = "not_asked"


class _Turns:
    """One request asks at a time; after one that waited in vain, none does for a while."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rests_until = 0.0

    def ask(self, path: Path) -> tuple[Verdict, str]:
        if not settings.CLAMD:
            return Verdict.NOT_ASKED, ""
        if time.monotonic() < self._rests_until or not self._lock.acquire(timeout=_TURN):
            return Verdict.UNKNOWN, ""
        try:
            begun = time.monotonic()
            found = scanned(path, seconds=_AT_ONCE)
            if found[0] in (Verdict.UNKNOWN, Verdict.UNREACHABLE) and time.monotonic() - begun > _AT_ONCE / 2:
                self._rests_until = time.monotonic() + _REST
            return found
        finally:
            self._lock.release()


_TURNS: dict[str, _Turns] = {}


def scanned_at_once(path: Path) -> tuple[Verdict, str]:
    """What the scanner says within a request: soon, or nothing."""
    return _TURNS.setdefault(settings.CLAMD, _Turns()).ask(path)


def scanned(path: Path, *, seconds: float = PATIENT) -> tuple[Verdict, str]:
    """The verdict on the file at ``path``, and the name of what was found in it, after ``seconds`` at most."""
    if not settings.CLAMD:
        return Verdict.NOT_ASKED, ""
    ends = time.monotonic() + seconds
    try:
        scanner = _connected(settings.CLAMD, seconds)
    except OSError:
        return Verdict.UNREACHABLE, ""
    try:
        answer = _answer(scanner, path, ends)
    except OSError:
        return Verdict.UNKNOWN, ""
    found = _FOUND.match(answer)
    if found is not None:
        return Verdict.INFECTED, found["name"]
    if answer.startswith(_TOO_LARGE):
        return Verdict.TOO_LARGE, ""
    return (Verdict.CLEAN, "") if answer == "stream: OK" else (Verdict.UNKNOWN, "")


def _answer(scanner: socket.socket, path: Path, ends: float) -> str:
    """What clamd says to INSTREAM; one that has heard enough says so before all has been sent."""
    with scanner, path.open("rb") as file:
        try:
            _within(scanner, ends).sendall(b"zINSTREAM\0")
            while piece := file.read(_PIECE):
                _within(scanner, ends).sendall(struct.pack(">I", len(piece)) + piece)
            _within(scanner, ends).sendall(struct.pack(">I", 0))
        except (BrokenPipeError, ConnectionResetError):
            pass  # its answer is there to be read
        answer = b""
        while len(answer) < 1_000 and (piece := _within(scanner, ends).recv(1_000)):
            answer += piece
            if b"\0" in piece:
                break
    return answer.rstrip(b"\0\n").decode("utf-8", errors="replace")


def _within(scanner: socket.socket, ends: float) -> socket.socket:
    """The same socket, whose next step may take what is left of the time."""
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError
    scanner.settimeout(left)
    return scanner


def _connected(address: str, seconds: float) -> socket.socket:
    if address.startswith(("/", "unix:")):
        scanner = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        scanner.settimeout(seconds)
        try:
            scanner.connect(address.removeprefix("unix:"))
        except OSError:
            scanner.close()
            raise
        return scanner
    host, _, port = address.rpartition(":")
    return socket.create_connection((host or "127.0.0.1", int(port)), timeout=seconds)
