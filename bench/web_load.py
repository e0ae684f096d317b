"""A small load generator: some connections that each ask, wait for the answer and ask again.

It is used where neither ``wrk`` nor ``oha`` could be: an autosave sends what it has just read. Times are those that a
client sees; the client's own time (about 0.2 ms a request) is part of each.
"""

from __future__ import annotations

import hashlib
import http.client
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from statistics import median
from urllib.parse import urlencode

TOKEN = "a" * 32
Ask = Callable[[http.client.HTTPConnection], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Load:
    """What one address took: requests a second, milliseconds in the middle and for the slowest twentieth, bytes."""

    requests: int
    rate: float
    middle: float
    slow: float
    size: int


def measure(port: int, asks: Sequence[Ask], seconds: float) -> Load:
    """Run one connection for each of ``asks`` for some seconds; an answer that is not 200 ends the bench."""
    answers: list[_Answer] = []
    end = time.perf_counter() + seconds

    def run(ask: Ask) -> None:
        with closing(_connection(port)) as connection:
            while time.perf_counter() < end and all(one.status == http.client.OK for one in answers[-1:]):
                answers.append(_answer(ask, connection))

    started = time.perf_counter()
    threads = [threading.Thread(target=run, args=(ask,)) for ask in asks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return _load(answers, time.perf_counter() - started)


def measure_in_turn(port: int, asks: Sequence[Ask], seconds: float) -> list[Load]:
    """Ask several things in turn over one connection: what the machine does meanwhile meets all of them alike."""
    answers: list[list[_Answer]] = [[] for _ in asks]
    end = time.perf_counter() + seconds
    with closing(_connection(port)) as connection:
        while time.perf_counter() < end:
            for ask, kept in zip(asks, answers, strict=True):
                kept.append(_answer(ask, connection))
    return [_load(kept, sum(one.seconds for one in kept)) for kept in answers]


@dataclass(frozen=True, slots=True)
class _Answer:
    seconds: float
    status: int
    size: int


def _connection(port: int) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("127.0.0.1", port, timeout=60)


def _answer(ask: Ask, connection: http.client.HTTPConnection) -> _Answer:
    started = time.perf_counter()
    status, size = ask(connection)
    return _Answer(time.perf_counter() - started, status, size)


def _load(answers: Sequence[_Answer], elapsed: float) -> Load:
    wrong = next((one.status for one in answers if one.status != http.client.OK), None)
    if wrong is not None:
        raise RuntimeError(f"answered {wrong}")
    ordered = sorted(one.seconds for one in answers)
    slow = ordered[int(len(ordered) * 0.95)]
    size = max(one.size for one in answers)
    return Load(len(answers), len(answers) / elapsed, median(ordered) * 1000, slow * 1000, size)


def get(path: str, cookie: str) -> Ask:
    """Ask for a page."""
    headers = {"Cookie": f"sessionid={cookie}", "Accept-Encoding": "gzip"}

    def ask(connection: http.client.HTTPConnection) -> tuple[int, int]:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, len(answer.read())

    return ask


def post(path: str, cookie: str, form: Callable[[int], dict[str, str]]) -> Ask:
    """Send a form; ``form`` makes what the n-th request says."""
    headers = {
        "Cookie": f"sessionid={cookie}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN, "HX-Request": "true",
        "Content-Type": "application/x-www-form-urlencoded", "Accept-Encoding": "gzip",
    }  # fmt: skip
    sent = 0

    def ask(connection: http.client.HTTPConnection) -> tuple[int, int]:
        nonlocal sent
        sent += 1
        connection.request("POST", path, urlencode(form(sent)), headers)
        answer = connection.getresponse()
        return answer.status, len(answer.read())

    return ask


def figures(measure: str, first: str) -> Callable[[int], dict[str, str]]:
    """The form of an autosave: another figure each time, and the digest of the one before."""
    last = first

    def form(number: int) -> dict[str, str]:
        nonlocal last
        before, last = last, str(100 + number)
        digest = hashlib.sha256(before.encode()).hexdigest()[:16]
        return {f"figure.{measure}": last, f"read.figure.{measure}": digest}

    return form
