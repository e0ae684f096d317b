"""The command line: ``parindex COMMAND``. One module a command, imported only when it is called.

Exit codes: 0 fine, 1 findings of severity ``error``, 2 input that cannot be used, 130 stopped with Ctrl-C.
"""

from __future__ import annotations

import argparse
import gettext
import importlib
import io
import os
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from parindex.wording import language
from parindex.wording.language import mark, text

FINE, UNUSABLE, STOPPED = 0, 2, 130

COMMANDS = {
    "read": mark("đọc từ văn bản: bảng tiêu chí, phiếu chấm điểm, bảng đánh giá TTHC, bảng chỉ số hài lòng"),
    "check": mark("tìm mọi mâu thuẫn của một bộ tiêu chí hoặc văn bản, kể cả bảng đánh giá TTHC, bảng chỉ số hài lòng"),
    "check-text": mark("tìm số liệu không khớp trong báo cáo, giải trình: tổng, tỷ lệ, công thức, văn bản được dẫn"),
    "diff": mark("so sánh hai bộ tiêu chí"),
    "score": mark("tính điểm, chỉ số, xếp loại, xếp hạng"),
    "explain": mark("diễn giải một con số đến tận số liệu đầu vào"),
    "compare": mark("so sánh hai kết quả"),
    "survey": mark("khảo sát: chọn mẫu, quyền số, ước lượng có sai số, quy ra điểm"),
    "dossiers": mark("hồ sơ, phiếu đánh giá giải quyết thủ tục: chọn mẫu kiểm tra, đối chiếu, số liệu cho bộ khác"),
    "serve": mark("chạy ứng dụng web trên máy này"),
    "check-receipt": mark("tính lại nội dung mà lãnh đạo đã ký: mã kiểm chứng, điểm, chỉ số"),
    "verify": mark("kiểm chứng gói kết quả: chữ ký, khóa, từng tệp, tính lại mọi điểm"),
    "key": mark("khóa ký gói kết quả: lập khóa mới, xem khóa"),
    "audit-log": mark("chứng minh nhật ký của ứng dụng web còn nguyên vẹn"),
    "keep-time": mark("khóa phiếu quá hạn, nhắc đơn vị còn nợ việc; gọi theo lịch"),
    "scan-evidence": mark("quét vi-rút các tài liệu đang chờ; gọi theo lịch"),
    "demo": mark("chạy toàn bộ trên số liệu thật và trình bày kết quả"),
}


class Parser(argparse.ArgumentParser):
    """A parser whose headings are ours and that never guesses abbreviated options."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(add_help=False, allow_abbrev=False, **settings)
        self.add_argument("-h", "--help", action="help", help=text("in hướng dẫn này rồi thoát"))

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the call, and where help is."""
        self.print_usage(sys.stderr)
        hint = text("Xem hướng dẫn: {command} --help", command=self.prog)
        self.exit(UNUSABLE, f"{self.prog}: {message}\n{hint}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    _speak(language.choose(os.environ))
    _write_utf8()
    try:
        return _run(options_of(given))
    except KeyboardInterrupt:
        print("\n" + text("Đã dừng theo yêu cầu. Không có tệp nào được ghi dở."), file=sys.stderr)
        return STOPPED
    except BrokenPipeError:  # the reader of our output went away (`parindex … | head`)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE


def options_of(given: list[str]) -> argparse.Namespace:
    """The arguments as the command understands them; its module is loaded here, which takes the most time at first."""
    parser, commands = _parser()
    name = next((word for word in given if not word.startswith("-")), None)
    if name in COMMANDS:
        _module(name).add_arguments(commands[name])
    return parser.parse_args(given)


def _module(command: str) -> Any:
    """The module of a command: ``audit-log`` is ``audit_log``."""
    return importlib.import_module(f"parindex.cli.{command.replace('-', '_')}")


def _parser() -> tuple[Parser, dict[str, Parser]]:
    parser = Parser(
        prog="parindex",
        description=text(
            "Chỉ số cải cách hành chính, khảo sát, đánh giá giải quyết thủ tục hành chính: từ quyết định đến con số mà "
            "ai cũng tính lại được."
        ),
        epilog=text("Mã thoát: 0 ổn; 1 có phát hiện mức lỗi; 2 đầu vào không dùng được."),
    )
    parser.add_argument("--version", action="store_true", help=text("in phiên bản rồi thoát"))
    subparsers = parser.add_subparsers(dest="command", metavar=text("LỆNH"), title=text("các lệnh"))
    commands = {}
    for name, help_text in COMMANDS.items():
        commands[name] = subparsers.add_parser(name, help=text(help_text), description=_sentence(text(help_text)))
    return parser, commands


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:] + "."


def _run(options: argparse.Namespace) -> int:
    if options.version:
        from importlib.metadata import version

        print("parindex", version("parindex"))
        return FINE
    if options.command is None:
        _parser()[0].print_help()
        return UNUSABLE
    from parindex.cli.failures import reported

    command = _module(options.command)
    return reported(command.run, options)


def _speak(wanted: language.Language) -> None:
    """Word our sentences in ``wanted``; argparse words its own through the global gettext domain, which asks
    LANGUAGE."""
    language.use(wanted)
    os.environ["LANGUAGE"] = wanted.value
    gettext.bindtextdomain("argparse", str(language.LOCALE_DIR))
    gettext.textdomain("argparse")


def _write_utf8() -> None:
    """Vietnamese can be printed whatever the console's locale is."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and (stream.encoding or "").lower().replace("-", "") != "utf8":
            stream.reconfigure(encoding="utf-8")
