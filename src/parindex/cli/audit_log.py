"""``parindex audit-log``: prove that the log of the application still holds."""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from parindex.wording.language import text

if TYPE_CHECKING:
    from parindex.usecases.audit_log import Proof

FINE, FINDINGS = 0, 1
STEPS = ("verify",)
FORMATS = ("text", "json")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``audit-log``."""
    parser.add_argument("step", choices=STEPS, help=text("verify: chứng minh nhật ký không bị sửa, xóa, đổi chỗ"))
    parser.add_argument(
        "--home", type=Path, default=Path("var"), metavar=text("THƯ MỤC"), help=text("nơi giữ dữ liệu (mặc định: var)")
    )
    parser.add_argument(
        "--head", action="append", default=[], metavar=text("CHUỖI:SỐ:MÃ"),
        help=text("đầu chuỗi đã ghi ở nơi khác (trên phiếu xác nhận): bản ghi đó phải còn nguyên"),
    )  # fmt: skip
    parser.add_argument("--format", choices=FORMATS, default="text", help=text("dạng in ra màn hình (mặc định: text)"))


def run(options: argparse.Namespace) -> int:
    """Read every chain from its first record to its head; exit code 1 where one does not hold."""
    os.environ.setdefault("PARINDEX_HOME", str(options.home.resolve()))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parindex.config.settings")
    import django

    django.setup()
    from parindex.usecases.audit_log import verify

    proofs = verify(heads=[tuple(head.split(":", 2)) for head in options.head])
    if options.format == "json":
        print(json.dumps([_data(proof) for proof in proofs], ensure_ascii=False, indent=2))
    else:
        print("\n".join(_words(proof) for proof in proofs) or text("Nhật ký chưa có bản ghi nào."))
    return FINDINGS if any(proof.broken for proof in proofs) else FINE


def _data(proof: Proof) -> dict[str, object]:
    return {
        "chain": proof.chain,
        "records": proof.records,
        "head": proof.head,
        "broken": [{"kind": one.kind.value, "sequence": one.sequence} for one in proof.broken],
    }


def _words(proof: Proof) -> str:
    from parindex.wording.audit_log import break_text

    if not proof.broken:
        return text(
            "{chain}: {count} bản ghi, liền mạch; đầu chuỗi {head}",
            chain=proof.chain, count=proof.records, head=proof.head,
        )  # fmt: skip
    lines = [text("{chain}: KHÔNG khớp ở {count} chỗ", chain=proof.chain, count=len(proof.broken))]
    lines += [f"  • {break_text(one)}" for one in proof.broken]
    return "\n".join(lines)
