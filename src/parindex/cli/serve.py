"""``parindex serve``: the web application on this machine."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import socket
from datetime import date
from ipaddress import ip_address
from typing import TYPE_CHECKING

from parindex.cli.homes import add_home_argument, set_up
from parindex.domain.errors import InvalidInput, Place, Problem
from parindex.wording.language import text
from parindex.wording.moments import day
from parindex.wording.public_results import grouped

if TYPE_CHECKING:
    from parindex.usecases.demonstration_keys import DistrictBundle

FINE = 0
HOST, PORT = "127.0.0.1", 8000
#: The body whose papers the demonstration has, and whom to ask there.
DEMO_BODY = "Ủy ban nhân dân tỉnh Điện Biên"
DEMO_CONTACT = "Sở Nội vụ, cơ quan thường trực"
#: Connections that are open at the same time, most of them waiting; others wait in the queue of the system.
CONNECTIONS = 512


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``serve``."""
    parser.add_argument("--host", default=HOST, help=text("địa chỉ mạng (mặc định: {host}, chỉ máy này)", host=HOST))
    parser.add_argument("--port", type=int, default=PORT, help=text("cổng (mặc định: {port})", port=PORT))
    add_home_argument(parser)
    parser.add_argument("--demo", action="store_true", help=text("nạp số liệu mẫu và cho vào bằng tài khoản mẫu"))
    parser.add_argument(
        "--demo-on-network",
        action="store_true",
        help=text("cho cả máy khác trong mạng vào bằng tài khoản mẫu, kể cả quản trị; chỉ khi không có dữ liệu thật"),
    )


def run(options: argparse.Namespace) -> int:
    """Migrate, load what is wanted, and serve until stopped."""
    _require_private_demo(options)
    if options.demo:
        os.environ["PARINDEX_DEMO"] = "1"
        os.environ.setdefault("PARINDEX_BODY", DEMO_BODY)
        os.environ.setdefault("PARINDEX_CONTACT", DEMO_CONTACT)
    set_up(options, make=True)
    from django.core.management import call_command
    from django.utils import timezone

    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    if options.demo:
        from parindex.usecases.demonstration import load_demonstration
        from parindex.usecases.demonstration_keys import make_demonstration_key, make_district_bundle

        load_demonstration(at=timezone.now())
        make_demonstration_key(at=timezone.now())
        ready = make_district_bundle(at=timezone.now())
    _require_free(options.host, options.port)
    print(text("Mở trình duyệt: {address}", address=f"http://{options.host}:{options.port}/"))
    if options.demo:
        print(_accounts())
        print(_received(ready))
    else:
        _say_how_to_begin(options.host, options.port)
    print(text("Dừng: Ctrl-C."), flush=True)
    from parindex.usecases.timekeeping import keep_time_in_background

    keep_time_in_background()
    _serve(options.host, options.port)
    return FINE


def _require_private_demo(options: argparse.Namespace) -> None:
    """Whoever reaches a demonstration is its administrator with one click: it stays on this machine unless told so."""
    is_demo = options.demo or os.environ.get("PARINDEX_DEMO") == "1"
    if is_demo and not options.demo_on_network and not _is_loopback(options.host):
        raise InvalidInput([Problem("demo_on_network", Place(), {"host": options.host})])


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _require_free(host: str, port: int) -> None:
    """Say which port is taken before anything is started."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            facts = {"host": host, "port": port, "reason": str(error)}
            raise InvalidInput([Problem("port_taken", Place(), facts)]) from None


def _say_how_to_begin(host: str, port: int) -> None:
    """Where nobody has an account yet: the address at which the first one is made."""
    from parindex.usecases.installation import first_token, is_new

    if is_new():
        address = f"http://{host}:{port}/first/{first_token()}/"
        print(text("Chưa có tài khoản nào. Lập đơn vị đầu tiên và người quản trị ở: {address}", address=address))


def _accounts() -> str:
    """One demo account per role; on the first page each is entered with one click."""
    from parindex.database.models import User

    rows = User.objects.filter(is_demo=True, is_active=True).order_by("pk").values_list("full_name", "position")
    lines = [f"  {name} – {position}" for name, position in rows]
    return "\n".join([text("Tài khoản dùng thử, vào bằng một lần bấm ở trang đầu:"), *lines])


def _received(ready: DistrictBundle) -> str:
    """The bundle of a district that can be received at once, and what a paper would print of its key."""
    days = [day(date.fromisoformat(one)) for one in (ready.signer.valid_from, ready.signer.valid_until)]
    lines = [
        text("Gói đã ký của cấp dưới để thử nhận (số liệu mô phỏng): {path}", path=ready.path),
        "  " + text("Vào vai cơ quan thường trực, Phiếu chấm điểm → Gói đã ký nhận về, chọn tệp ấy."),
        "  " + text("Dấu vân tay của khóa: {code}", code=grouped(ready.signer.fingerprint)),
        "  " + text("Hạn của khóa: {first} – {last}", first=days[0], last=days[1]),
    ]
    return "\n".join(lines)


def _serve(host: str, port: int) -> None:
    """The worker begins as a new process, not as a copy of this one: a copy would take over the locks that the clock's
    thread holds on SQLite at that moment, and nobody would ever give them back to it (sqlite.org/howtocorrupt, 2.6).
    """
    from granian import Granian
    from granian.constants import Interfaces

    multiprocessing.set_start_method("spawn")
    Granian(
        "parindex.config.asgi:application",
        address=host,
        port=port,
        interface=Interfaces.ASGINL,
        workers=1,
        backpressure=CONNECTIONS,
        log_enabled=False,
    ).serve()
