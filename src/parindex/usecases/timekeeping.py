"""What the clock does by itself: lets rights follow units that have moved, locks what is overdue, reminds who owes."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from datetime import datetime

from django.db import close_old_connections
from django.utils import timezone

from parindex.usecases.evidence_scans import scan_waiting
from parindex.usecases.reminders import remind_by_timetable
from parindex.usecases.submissions import lock_overdue
from parindex.usecases.unit_rows import bring_paths_up_to_date

EVERY_SECONDS = 60
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kept:
    """What was done: how many sheets were locked, how many units reminded."""

    locked: int
    reminded: int


def keep_time(*, at: datetime) -> Kept:
    """Do what is due at ``at``; safe to call as often as one likes, and from several places at once."""
    bring_paths_up_to_date(by=None, at=at)
    return Kept(lock_overdue(at=at), remind_by_timetable(at=at))


def keep_time_in_background() -> threading.Thread:
    """Keep time once a minute beside the server, for installations without a timer of their own."""
    thread = threading.Thread(target=_forever, name="timekeeping", daemon=True)
    thread.start()
    return thread


def _forever() -> None:
    pause = threading.Event()
    while True:
        try:
            keep_time(at=timezone.now())
            scan_waiting(at=timezone.now())
        except Exception:  # the next minute may go better: a mail server that is down must not end timekeeping
            logger.exception("timekeeping")
        finally:
            close_old_connections()
        pause.wait(EVERY_SECONDS)
