"""``parindex dossiers STEP``: forms and dossiers of the evaluation of procedures, beside their score. One module a
step.
"""

from __future__ import annotations

import argparse
import importlib

from parindex.wording.language import mark, text

STEPS = {
    "sample": mark("chọn ngẫu nhiên các hồ sơ để kiểm tra điểm tự chấm"),
    "compare": mark("đặt điểm kiểm tra cạnh điểm tự chấm, nêu chỗ khác nhau"),
    "feed": mark("số đơn vị được xếp loại, làm số liệu cho bộ tiêu chí khác"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of every step."""
    steps = parser.add_subparsers(dest="step", metavar=text("BƯỚC"), title=text("các bước"), required=True)
    for name, help_text in STEPS.items():
        words = text(help_text)
        step = steps.add_parser(name, help=words, description=words[0].upper() + words[1:] + ".")
        importlib.import_module(f"parindex.cli.dossiers.{name}").add_arguments(step)


def run(options: argparse.Namespace) -> int:
    """Run one step."""
    return int(importlib.import_module(f"parindex.cli.dossiers.{options.step}").run(options))
