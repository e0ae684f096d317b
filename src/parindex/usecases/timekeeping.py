"""What the clock does by itself: lets rights follow units that have moved, locks what is overdue, ends rounds of
explanations, reminds who owes, clears away what has expired."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone

from parindex.usecases.bundles import Tried as TriedBundles
from parindex.usecases.bundles import make_due_bundles
from parindex.usecases.evidence_scans import Tried, scan_waiting
from parindex.usecases.expired_rows import clear_expired
from parindex.usecases.explanation_rounds import close_rounds
from parindex.usecases.publishing import announce_due
from parindex.usecases.reminders import remind_by_timetable
from parindex.usecases.submissions import lock_overdue
from parindex.usecases.text_checks import clear_old_checks
from parindex.usecases.text_readings import read_ahead
from parindex.usecases.unit_rows import bring_paths_up_to_date

EVERY_SECONDS = 60
SCAN_SECONDS = 10
BUNDLE_SECONDS = 20
READ_SECONDS = 24 * 3600
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kept:
    """What was done: how many sheets were locked, how many units reminded."""

    locked: int
    reminded: int


def keep_time(*, at: datetime) -> Kept:
    """Do what is due at ``at``; safe to call as often as one likes, and from several places at once.

    What fails keeps nothing else from being done; it is raised at the end.
    """
    done: dict[str, int] = {}
    failed: list[Exception] = []
    for name, act in _ACTS.items():
        try:
            done[name] = act(at)
        except Exception as error:
            failed.append(error)
    if failed:
        raise ExceptionGroup("timekeeping", failed)
    return Kept(done["lock"], done["remind"])


def _follow(at: datetime) -> int:
    bring_paths_up_to_date(by=None, at=at)
    return 0


_ACTS: dict[str, Callable[[datetime], int]] = {
    "paths": _follow,
    "lock": lambda at: lock_overdue(at=at),
    "close_rounds": lambda at: close_rounds(at=at),
    "remind": lambda at: remind_by_timetable(at=at),
    "announce": lambda at: announce_due(at=at),
    "clear": lambda at: clear_expired(at=at) + clear_old_checks(at=at),
}


def keep_time_in_background() -> list[threading.Thread]:
    """Keep time beside the server, for installations without a timer of their own; and make bundles, scan, and read
    explanations that an earlier version left, each in a thread of its own: no deadline waits for the bundle of a
    nation or for a virus scanner.
    """
    tried: Tried = {}
    in_vain: TriedBundles = {}
    threads = [
        _repeating("timekeeping", EVERY_SECONDS, lambda: keep_time(at=timezone.now())),
        _repeating("bundles", BUNDLE_SECONDS, lambda: make_due_bundles(at=timezone.now(), tried=in_vain)),
        _repeating("readings", READ_SECONDS, read_ahead),
    ]
    if settings.CLAMD:
        threads.append(_repeating("scanning", SCAN_SECONDS, lambda: scan_waiting(at=timezone.now(), tried=tried)))
    for thread in threads:
        thread.start()
    return threads


def _repeating(name: str, seconds: float, act: Callable[[], object]) -> threading.Thread:
    def run() -> None:
        pause = threading.Event()
        while True:
            try:
                act()
            except Exception:  # the next time may go better: a mail server that is down must not end timekeeping
                logger.exception(name)
            finally:
                close_old_connections()
            pause.wait(seconds)

    return threading.Thread(target=run, name=name, daemon=True)
