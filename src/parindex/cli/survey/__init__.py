"""``parindex survey STEP``: an opinion survey from the frame to the points. One module a step."""

from __future__ import annotations

import argparse
import importlib

from parindex.wording.language import mark, text

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
    steps = parser.add_subparsers(dest="step", metavar=text("BƯỚC"), title=text("các bước"), required=True)
    for name, help_text in STEPS.items():
        words = text(help_text)
        step = steps.add_parser(name, help=words, description=words[0].upper() + words[1:] + ".")
        importlib.import_module(f"parindex.cli.survey.{name}").add_arguments(step)


def run(options: argparse.Namespace) -> int:
    """Run one step."""
    return int(importlib.import_module(f"parindex.cli.survey.{options.step}").run(options))
