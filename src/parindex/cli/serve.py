"""``parindex serve``: the web application on this machine."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from parindex.wording.language import text

FINE = 0
HOST, PORT = "127.0.0.1", 8000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``serve``."""
    parser.add_argument("--host", default=HOST, help=text("địa chỉ mạng (mặc định: {host}, chỉ máy này)", host=HOST))
    parser.add_argument("--port", type=int, default=PORT, help=text("cổng (mặc định: {port})", port=PORT))
    parser.add_argument(
        "--home", type=Path, default=Path("var"), metavar=text("THƯ MỤC"), help=text("nơi giữ dữ liệu (mặc định: var)")
    )
    parser.add_argument("--demo", action="store_true", help=text("nạp số liệu mẫu và cho vào bằng tài khoản mẫu"))


def run(options: argparse.Namespace) -> int:
    """Migrate, load what is wanted, and serve until stopped."""
    os.environ["PARINDEX_HOME"] = str(options.home.resolve())
    if options.demo:
        os.environ["PARINDEX_DEMO"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parindex.config.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    if options.demo:
        from parindex.usecases.demonstration import load_demonstration

        load_demonstration(at=timezone.now())
    print(text("Mở trình duyệt: {address}", address=f"http://{options.host}:{options.port}/"), flush=True)
    _serve(options.host, options.port)
    return FINE


def _serve(host: str, port: int) -> None:
    from granian import Granian
    from granian.constants import Interfaces

    Granian("parindex.config.wsgi:application", address=host, port=port, interface=Interfaces.WSGI, workers=1).serve()
