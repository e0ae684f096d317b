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
from parindex.cli.typed_days import iso_day
from parindex.documents.bundles.keys import (
    is_day,
    load_key,
    new_key,
    public_path,
    read_public_key,
    save_key,
    signer_data,
)
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
#: A private key is a file that is carried about: whoever finds it may try passwords as long as they like.
LEAST_PASSWORD = 12


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
        help=text("ngày bắt đầu, ví dụ 01/01/2026 (mặc định: hôm nay)"),
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
        signer, beside = _shown(options)
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
    start = iso_day(options.valid_from or "") or local_day(datetime.now(UTC)).isoformat()
    key = new_key(options.name, start, iso_day(options.valid_until or "") or _years_later(start))
    password = _password(again=True) if options.password else ""
    if password and len(password) < LEAST_PASSWORD:
        raise InvalidInput([Problem("key_password_short", Place(), {"least": LEAST_PASSWORD})])
    if not options.path.parent.exists():
        options.path.parent.mkdir(mode=0o700, parents=True)
        print(text("Chưa có thư mục {folder}: đã tạo.", folder=options.path.parent), file=sys.stderr)
    beside = save_key(key, options.path, password)
    return key.signer, beside


def _shown(options: argparse.Namespace) -> tuple[Signer, Path]:
    """What the public file says; of a private key only once it is sure that both are of one pair. Raises as
    :func:`~parindex.documents.bundles.keys.load_key`; :class:`InvalidInput` (``key_password_needed``: ``name``).
    """
    if options.path.suffix == ".json":
        return read_public_key(options.path), options.path
    try:
        key = load_key(options.path)
    except InvalidInput as error:
        if error.problems[0].kind != "key_password":
            raise
        password = _password(again=False) if options.password else os.environ.get(PASSWORD, "")
        if not password:
            raise InvalidInput(
                [Problem("key_password_needed", Place(file=options.path.name), {"name": PASSWORD})]
            ) from None
        key = load_key(options.path, password)
    return key.signer, public_path(options.path)


def _years_later(start: str) -> str:
    """The day before the same day of :data:`YEARS` years on. Raises :class:`InvalidInput` (``key_day``: ``day``)."""
    if not is_day(start):
        raise InvalidInput([Problem("key_day", Place(), {"day": start})])
    first = date.fromisoformat(start)
    same = first.replace(year=first.year + YEARS, day=min(first.day, 28) if first.month == 2 else first.day)
    return date.fromordinal(same.toordinal() - 1).isoformat()


def _password(*, again: bool) -> str:
    """The password, asked for at a terminal, twice (``again``) for a new one. Raises :class:`InvalidInput`
    (``key_password_missing``) where there is neither one nor a terminal: no key is ever written without the password
    that was asked for.
    """
    given = os.environ.get(PASSWORD, "")
    while not given and sys.stdin.isatty():
        given = getpass(text("Mật khẩu của khóa: "))
        if again and given != getpass(text("Nhập lại: ")):
            print(text("Hai lần nhập khác nhau, xin nhập lại."), file=sys.stderr)
            given = ""
    if not given:
        raise InvalidInput([Problem("key_password_missing", Place(), {"name": PASSWORD})])
    return given


def _day(written: str) -> str:
    return day(date.fromisoformat(written))
