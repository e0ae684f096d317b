"""``parindex key``: make the key that signs bundles, and show what a key is."""

from __future__ import annotations

import argparse
import json
import os
import sys
from datetime import UTC, date, datetime
from getpass import getpass
from pathlib import Path

from parindex.cli.terminal import clean
from parindex.documents.bundles.keys import new_key, public_path, read_public_key, save_key, signer_data
from parindex.domain.errors import InvalidInput, Place, Problem
from parindex.domain.publication.bundle import Signer
from parindex.wording.language import text
from parindex.wording.moments import day, local_day
from parindex.wording.public_results import grouped

FINE = 0
STEPS = ("new", "show")
FORMATS = ("text", "json")
#: Where the password of a key is read from where nobody sits at the terminal.
PASSWORD = "PARINDEX_KEY_PASSWORD"
YEARS = 5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``key``."""
    parser.add_argument(
        "step", choices=STEPS,
        help=text("new: lập khóa mới; show: xem khóa công khai, dấu vân tay, thời hạn"),
    )  # fmt: skip
    parser.add_argument(
        "path", type=Path, metavar=text("TỆP"),
        help=text("new: nơi ghi khóa riêng (*.pem), khóa công khai ghi bên cạnh; show: khóa riêng hoặc công khai"),
    )  # fmt: skip
    parser.add_argument("--name", default="", metavar=text("TÊN"), help=text("tên cơ quan giữ khóa"))
    parser.add_argument(
        "--from", dest="valid_from", metavar=text("NGÀY"),
        help=text("ngày bắt đầu, ví dụ 2026-01-01 (mặc định: hôm nay)"),
    )  # fmt: skip
    parser.add_argument(
        "--until", dest="valid_until", metavar=text("NGÀY"),
        help=text("ngày hết hạn (mặc định: {years} năm sau ngày bắt đầu)", years=YEARS),
    )  # fmt: skip
    parser.add_argument(
        "--password", action="store_true",
        help=text("khóa riêng có mật khẩu: hỏi trên màn hình, hoặc lấy ở biến môi trường {name}", name=PASSWORD),
    )  # fmt: skip
    parser.add_argument("--format", choices=FORMATS, default="text", help=text("dạng in ra màn hình (mặc định: text)"))


def run(options: argparse.Namespace) -> int:
    """Make or show."""
    if options.step == "new":
        signer, beside = _made(options)
    else:
        beside = options.path if options.path.suffix == ".json" else public_path(options.path)
        signer = read_public_key(beside)
    if options.format == "json":
        print(json.dumps(signer_data(signer), ensure_ascii=False, indent=2))
        return FINE
    if options.step == "new":
        print(text("Khóa riêng: {file} (chỉ chủ tệp đọc được; sao lưu, không đưa cho ai)", file=options.path))
    print(text("Khóa công khai: {file} (đưa cho mọi người)", file=beside))
    print(text("Tên: {name}", name=clean(signer.name)))
    print(text("Dấu vân tay: {code}", code=grouped(signer.fingerprint)))
    print(text("Hiệu lực: {start} đến {end}", start=_day(signer.valid_from), end=_day(signer.valid_until)))
    return FINE


def _made(options: argparse.Namespace) -> tuple[Signer, Path]:
    """A new key, written; its folder is made where there is none, for its owner alone."""
    start = options.valid_from or local_day(datetime.now(UTC)).isoformat()
    key = new_key(options.name, start, options.valid_until or _years_later(start))
    options.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = save_key(key, options.path, _password() if options.password else "")
    return key.signer, beside


def _years_later(start: str) -> str:
    """The day before the same day of :data:`YEARS` years on; "" where ``start`` is no day, which is said elsewhere."""
    try:
        first = date.fromisoformat(start)
    except ValueError:
        return ""
    same = first.replace(year=first.year + YEARS, day=min(first.day, 28) if first.month == 2 else first.day)
    return date.fromordinal(same.toordinal() - 1).isoformat()


def _password() -> str:
    """The password, asked for twice at a terminal. Raises :class:`InvalidInput` (``key_password_missing``) where there
    is neither one nor a terminal: no key is ever written without the password that was asked for.
    """
    given = os.environ.get(PASSWORD, "")
    while not given and sys.stdin.isatty():
        given = getpass(text("Mật khẩu của khóa: "))
        if given != getpass(text("Nhập lại: ")):
            print(text("Hai lần nhập khác nhau, xin nhập lại."), file=sys.stderr)
            given = ""
    if not given:
        raise InvalidInput([Problem("key_password_missing", Place(), {"name": PASSWORD})])
    return given


def _day(written: str) -> str:
    return day(date.fromisoformat(written))
