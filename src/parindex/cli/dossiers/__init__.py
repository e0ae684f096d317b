"""``parindex dossiers STEP``: forms and dossiers of the evaluation of procedures, beside their score. One module a
step.
"""

from __future__ import annotations

import argparse

from parindex.cli.steps import add_steps, run_step
from parindex.wording.language import mark

STEPS = {
    "sample": mark("chọn ngẫu nhiên các hồ sơ để kiểm tra điểm tự chấm"),
    "compare": mark("đặt điểm kiểm tra cạnh điểm tự chấm, nêu chỗ khác nhau"),
    "feed": mark("số đơn vị được xếp loại, làm số liệu cho bộ tiêu chí khác"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of every step."""
    add_steps(parser, __name__, STEPS)


def run(options: argparse.Namespace) -> int:
    """Run one step."""
    return run_step(options, __name__)
