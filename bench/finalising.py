"""The council's work over a nation: 3,321 units × 123 items, ``python -m bench.finalising`` (``bench/web.py`` has the
pages). Prints the seconds of CPU of beginning the appraisal, finalising and publishing beside their aims, and of
reading the explanations before, which each unit has waited for when it was shown the flags of its sheet.

Units, figures, claims, papers and decisions are invented (``web_appraisal_data.py``); opinions are stored in bulk. With
``--keep`` the database stays in a folder, and what is done there is done again in a transaction that is rolled back.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

#: Seconds of CPU: what is measured together, and what that may take.
AIMS = {("begin",): 20, ("finalise", "publish"): 30}


def main() -> int:
    """Load, begin, judge, finalise, publish; 1 where an aim is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.finalising", description=__doc__)
    parser.add_argument("--keep", type=Path, help="keep the database in this folder, and use what is there")
    options = parser.parse_args()
    folder = (options.keep or Path(tempfile.mkdtemp(prefix="parindex-bench-"))).resolve()
    os.environ["PARINDEX_HOME"] = str(folder)
    os.environ["PARINDEX_SECRET_KEY"] = "bench"
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.web_settings"
    try:
        return _report(_measured())
    finally:
        if not options.keep:
            shutil.rmtree(folder)


def _measured() -> dict[str, float]:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import transaction

    from bench.web_appraisal_data import final_acts, judge_all
    from parindex.database.models import Cycle, Entry
    from parindex.usecases.actors import session_of
    from parindex.usecases.appraisals import begin_appraisal
    from parindex.usecases.text_readings import read_ahead

    call_command("migrate", verbosity=0, interactive=False)
    at = datetime.now(tz=UTC)
    if not Cycle.objects.exists():
        _load(at)
    cycle, (office, chair) = Cycle.objects.get(), _people()
    found: dict[str, float] = {}
    _timed("read", lambda: read_ahead(rest=lambda _: None))
    with transaction.atomic():
        by = session_of(office, at)
        found["begin"] = _timed("begin", lambda: begin_appraisal(by=by, at=at, cycle_id=cycle.pk))
        _flags(Entry.objects.filter(sheet__cycle=cycle).count())
        judge_all(cycle, chair, at)
        for name, act in final_acts(cycle, chair, at).items():
            found[name] = _timed(name, act)
        transaction.set_rollback(True)
    return found


def _load(at: datetime) -> None:
    """Every sheet filled and submitted, the council made."""
    from bench.web_appraisal_data import add_claims, make
    from bench.web_data import load
    from parindex.database.models import Cycle

    load(at)
    cycle = Cycle.objects.get()
    add_claims(cycle, at)
    make(cycle, _people()[0], at)


def _people() -> list[Any]:
    """The standing office, and the chair where there is one."""
    from parindex.database.models import User

    return [User.objects.filter(username=name).first() for name in ("co-quan-thuong-truc", "chu-tich")]


def _flags(entries: int) -> None:
    """What was noticed, so that everybody sees whether the claims are plausible."""
    from django.db.models import Count

    from parindex.database.models import Flag

    kinds = Flag.objects.order_by("kind").values_list("kind").annotate(count=Count("pk"))
    counts = ", ".join(f"{kind} {count}" for kind, count in kinds)
    print(f"          {entries} entries; flags: {counts}", flush=True)


def _timed(name: str, act: Callable[[], object]) -> float:
    began, on_the_wall = time.process_time(), time.monotonic()
    act()
    seconds = time.process_time() - began
    print(f"{name:10}{seconds:8.1f} s CPU{time.monotonic() - on_the_wall:8.1f} s", flush=True)
    return seconds


def _report(found: dict[str, float]) -> int:
    missed = 0
    for names, aim in AIMS.items():
        seconds = sum(found[name] for name in names)
        missed += seconds >= aim
        print(f"{'✓' if seconds < aim else '✗'} {' and '.join(names)} under {aim} s of CPU: {seconds:.1f}")
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
