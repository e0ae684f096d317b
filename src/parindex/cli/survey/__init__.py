"""``parindex survey STEP``: an opinion survey from the frame to the points. One module a step."""

from __future__ import annotations

import argparse

from parindex.cli.steps import add_steps, run_step
from parindex.wording.language import mark

STEPS = {
    "draw": mark("chọn mẫu theo thiết kế, từ danh sách (khung mẫu)"),
    "weights": mark("tính quyền số: thiết kế, không trả lời, hiệu chỉnh theo tổng đã biết, cắt ngọn"),
    "estimate": mark("ước lượng theo đơn vị, nhóm, phần, kèm sai số và khoảng tin cậy"),
    "points": mark("quy kết quả khảo sát ra điểm của bộ tiêu chí"),
    "xlsform": mark("nhập, xuất phiếu khảo sát dạng XLSForm (ODK, KoBo)"),
    "explain": mark("diễn giải một ước lượng đến tận số phiếu, quyền số, cụm và tầng"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of every step."""
    add_steps(parser, __name__, STEPS)


def run(options: argparse.Namespace) -> int:
    """Run one step."""
    return run_step(options, __name__)
