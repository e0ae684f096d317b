"""``parindex keep-time``: what is due now; for a timer of the system (``serve`` does the same once a minute)."""

from __future__ import annotations

import argparse

from parindex.cli.homes import add_home_argument, set_up
from parindex.wording.language import text

FINE = 0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``keep-time``."""
    add_home_argument(parser)


def run(options: argparse.Namespace) -> int:
    """Lock what is overdue, remind who owes something, make bundles that are missing, say what was done."""
    set_up(options)
    from django.utils import timezone

    from parindex.usecases.bundles import make_due_bundles
    from parindex.usecases.timekeeping import keep_time

    kept = keep_time(at=timezone.now())
    print(text("Đã khóa {locked} phiếu quá hạn, nhắc {reminded} đơn vị.", locked=kept.locked, reminded=kept.reminded))
    bundles = make_due_bundles(at=timezone.now())
    if bundles:
        print(text("Đã lập {count} gói kết quả.", count=bundles))
    return FINE
