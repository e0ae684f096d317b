"""``parindex keep-time``: what is due now; for a timer of the system (``serve`` does the same once a minute)."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from parindex.wording.language import text

FINE = 0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``keep-time``."""
    parser.add_argument(
        "--home", type=Path, default=Path("var"), metavar=text("THƯ MỤC"), help=text("nơi giữ dữ liệu (mặc định: var)")
    )


def run(options: argparse.Namespace) -> int:
    """Lock what is overdue, remind who owes something, say what was done."""
    os.environ.setdefault("PARINDEX_HOME", str(options.home.resolve()))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parindex.config.settings")
    import django

    django.setup()
    from django.utils import timezone

    from parindex.usecases.timekeeping import keep_time

    kept = keep_time(at=timezone.now())
    print(text("Đã khóa {locked} phiếu quá hạn, nhắc {reminded} đơn vị.", locked=kept.locked, reminded=kept.reminded))
    return FINE
