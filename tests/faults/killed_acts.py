"""Acts of publishing that are killed (SIGKILL) at random points, in a process of their own:
``python -m tests.faults.killed_acts FOLDER TRIALS SEED``.

The world is made once, in a database file; each trial forks a child that acts on a copy of it. Half of the children are
killed before a statement drawn at random, half from outside after a time drawn at random: so a commit is hit as well,
and some have come to the end of the act.
Every trial prints a line of JSON: where the cycle stood afterwards, and whatever was not whole.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(sys.argv[1])
os.environ["DATABASE_URL"] = f"sqlite:///{FOLDER / 'acted.sqlite3'}"
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django  # noqa: E402

django.setup()

from django.core import mail  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from parindex.database.models import Cycle, Entry  # noqa: E402
from parindex.usecases.corrections import Basis, Corrected, correct  # noqa: E402
from parindex.usecases.publishing import DecidedBy  # noqa: E402
from tests.factories.published_world import appraised_world, finalised, published  # noqa: E402
from tests.factories.world import World, now  # noqa: E402
from tests.faults.whole_results import faults_of, standing  # noqa: E402

ACTED, MADE = FOLDER / "acted.sqlite3", FOLDER / "made.sqlite3"


def publish_all(made: World) -> None:
    """Finalise and publish: two acts, each whole or not at all; goes on from where it was stopped."""
    state = Cycle.objects.get(pk=made.cycle.pk).state
    if state == "appraisal":
        finalised(made)
    if state != "published":
        published(made)


def correct_one(made: World) -> None:
    """Correct one item of what is published."""
    if Cycle.objects.get(pk=made.cycle.pk).state == "corrected":
        return
    entry = Entry.objects.get(sheet=made.other_sheet, item_code="2.2")
    day = now().date()
    basis = Basis("15/BB-HĐTĐ", day, "Xem lại mục 2.2.", DecidedBy("400/QĐ-UBND", day))
    correct(
        by=made.session("chair"), at=now(), cycle_id=made.cycle.pk, reason="Cộng sai", basis=basis,
        changes=[Corrected(entry.pk, "1", "Nhập lại nhầm")],
    )  # fmt: skip


ACTS: dict[str, Callable[[World], None]] = {"publish": publish_all, "correct": correct_one}


def main() -> None:
    """Make the world, then one trial after the other; what is corrected was published before."""
    trials, draw = int(sys.argv[2]), random.Random(sys.argv[3])
    call_command("migrate", verbosity=0)
    mail.outbox = []
    made = appraised_world().made
    for name, act in ACTS.items():
        _try(name, act, made, trials, draw)
        act(made)


def _try(name: str, act: Callable[[World], None], made: World, trials: int, draw: random.Random) -> None:
    """The trials of one act, from what stands there now."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    shutil.copy(ACTED, MADE)
    statements, seconds = _measured(act, made)
    acted_from: set[str] = set()
    for trial in range(trials):
        _fresh()
        if trial % 2:
            _killed(act, made, after=draw.uniform(0, 2 * seconds))
        else:
            _killed(act, made, before=draw.randint(1, statements))
        said = {"act": name, "stands": standing(), "faults": [*faults_of(), *_again(act, made, acted_from)]}
        print(json.dumps(said), flush=True)
        connection.close()
    _fresh()


def _measured(act: Callable[[World], None], made: World) -> tuple[int, float]:
    """How many statements the whole act has, and how long it takes: told by a child that is not killed."""
    _fresh()
    reads, writes = os.pipe()
    if not os.fork():
        began, counted = time.monotonic(), [0]

        def count(execute: Any, *asked: Any) -> Any:
            counted[0] += 1
            return execute(*asked)

        with connection.execute_wrapper(count):
            act(made)
        os.write(writes, json.dumps([counted[0], time.monotonic() - began]).encode())
        os._exit(0)
    os.wait()
    statements, seconds = json.loads(os.read(reads, 1000))
    return statements, seconds


def _killed(act: Callable[[World], None], made: World, *, before: int = 0, after: float = 0.0) -> None:
    """Act in a child that is killed: by itself before a statement, or by us after some seconds."""
    child = os.fork()
    if not child:
        left = [before]

        def count(execute: Any, *asked: Any) -> Any:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return execute(*asked)

        with connection.execute_wrapper(count):
            act(made)
        os._exit(0)
    if not before:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def _again(act: Callable[[World], None], made: World, acted_from: set[str]) -> Iterator[str]:
    """What keeps the act from being done after all; once from the same rows, which most of those killed leave."""
    rows = _rows()
    if rows in acted_from:
        return
    acted_from.add(rows)
    act(made)
    yield from (f"done again: {one}" for one in faults_of())
    if standing() not in ("published", "corrected"):
        yield f"done again: {standing()}"


def _rows() -> str:
    """The fingerprint of all tables, rows and triggers that stand there."""
    connection.ensure_connection()
    return hashlib.sha256("\n".join(connection.connection.iterdump()).encode()).hexdigest()


def _fresh() -> None:
    """The database as it was made."""
    connection.close()
    for name in ("-wal", "-shm"):
        Path(f"{ACTED}{name}").unlink(missing_ok=True)
    shutil.copy(MADE, ACTED)


if __name__ == "__main__":
    main()
