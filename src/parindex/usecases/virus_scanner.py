"""Asking a virus scanner (clamd) about a file: the bytes are sent over its socket, nothing is installed here."""

from __future__ import annotations

import re
import socket
import struct
from enum import StrEnum
from pathlib import Path

from django.conf import settings

_PIECE = 2**16
_SECONDS = 30
_FOUND = re.compile(r"^stream: (?P<name>.{1,200}) FOUND$")


class Verdict(StrEnum):
    """What is known of a file: ``unknown`` where the scanner did not answer, ``not_asked`` where there is none."""

    CLEAN = "clean"
    INFECTED = "infected"
    UNKNOWN = "unknown"
    NOT_ASKED = "not_asked"


def scanned(path: Path) -> tuple[Verdict, str]:
    """The verdict on the file at ``path``, and the name of what was found in it."""
    if not settings.CLAMD:
        return Verdict.NOT_ASKED, ""
    try:
        answer = _answer(settings.CLAMD, path)
    except OSError:
        return Verdict.UNKNOWN, ""
    found = _FOUND.match(answer)
    if found is not None:
        return Verdict.INFECTED, found["name"]
    return (Verdict.CLEAN, "") if answer == "stream: OK" else (Verdict.UNKNOWN, "")


def _answer(address: str, path: Path) -> str:
    """What clamd says to INSTREAM; a file beyond its limit gives an answer that is neither OK nor FOUND."""
    with _connected(address) as scanner, path.open("rb") as file:
        try:
            scanner.sendall(b"zINSTREAM\0")
            while piece := file.read(_PIECE):
                scanner.sendall(struct.pack(">I", len(piece)) + piece)
            scanner.sendall(struct.pack(">I", 0))
        except BrokenPipeError:
            pass  # it has heard enough; its answer is there to be read
        answer = b""
        while len(answer) < 1_000 and (piece := scanner.recv(1_000)):
            answer += piece
            if b"\0" in piece:
                break
    return answer.rstrip(b"\0\n").decode("utf-8", errors="replace")


def _connected(address: str) -> socket.socket:
    if address.startswith(("/", "unix:")):
        scanner = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        scanner.settimeout(_SECONDS)
        try:
            scanner.connect(address.removeprefix("unix:"))
        except OSError:
            scanner.close()
            raise
        return scanner
    host, _, port = address.rpartition(":")
    return socket.create_connection((host or "127.0.0.1", int(port)), timeout=_SECONDS)
