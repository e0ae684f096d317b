"""``parindex scan-evidence``: ask the virus scanner about the files that wait in quarantine."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict

from parindex.cli.homes import add_home_argument, set_up
from parindex.wording.language import text

FINE, FINDINGS = 0, 1
FORMATS = ("text", "json")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``scan-evidence``."""
    add_home_argument(parser)
    parser.add_argument("--format", choices=FORMATS, default="text", help=text("dạng in ra màn hình (mặc định: text)"))
    parser.add_argument(
        "--too-large",
        action="store_true",
        help=text("quét lại cả tệp từng quá giới hạn của chương trình quét, sau khi đã nâng giới hạn đó"),
    )


def run(options: argparse.Namespace) -> int:
    """Scan what waits; exit code 1 where a virus was found or something still waits."""
    set_up(options)
    from django.utils import timezone

    from parindex.usecases.evidence_scans import scan_waiting

    found = scan_waiting(at=timezone.now(), too_large=options.too_large)
    if options.format == "json":
        print(json.dumps(asdict(found)))
    else:
        print(
            text(
                "Đã quét: {clean} tệp sạch, {infected} tệp có mã độc; {waiting} tệp còn chờ, {too_large} tệp quá giới "
                "hạn của chương trình quét.",
                clean=found.clean, infected=found.infected, waiting=found.waiting, too_large=found.too_large,
            )
        )  # fmt: skip
    return FINDINGS if found.infected or found.waiting or found.too_large else FINE
