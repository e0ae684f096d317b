"""``parindex audit-log``: prove that the log of the application still holds."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from parindex.cli.homes import add_home_argument, database_text, set_up
from parindex.domain.errors import InvalidInput, Place, Problem
from parindex.wording.language import text

if TYPE_CHECKING:
    from parindex.usecases.audit_log import Proof

FINE, FINDINGS = 0, 1
STEPS = ("verify",)
FORMATS = ("text", "json")
#: What comes with a copy from a paper: blanks, marks at which a line may break, a minus of any kind.
UNPRINTED = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]+")
_HEAD = re.compile(r"(cycle-[0-9]{1,18}|installation):([0-9]{1,18}):([0-9a-f]{64})")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``audit-log``."""
    parser.add_argument("step", choices=STEPS, help=text("verify: chứng minh nhật ký không bị sửa, xóa, đổi chỗ"))
    add_home_argument(parser)
    parser.add_argument(
        "--head", action="append", default=[], metavar=text("CHUỖI:SỐ:MÃ"),
        help=text("đầu chuỗi đã ghi ở nơi khác (trên phiếu xác nhận): bản ghi đó phải còn nguyên"),
    )  # fmt: skip
    parser.add_argument("--format", choices=FORMATS, default="text", help=text("dạng in ra màn hình (mặc định: text)"))


def run(options: argparse.Namespace) -> int:
    """Read every chain from its first record to its head; exit code 1 where one does not hold."""
    heads = heads_of(options.head)
    set_up(options)
    from parindex.database.guards import missing_guards
    from parindex.usecases.audit_log import verify

    proofs, missing = verify(heads=heads), missing_guards()
    if options.format == "json":
        data = {"database": database_text(), "chains": [_data(one) for one in proofs], "missing_triggers": missing}
        print(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        print(text("Cơ sở dữ liệu: {database}", database=database_text()))
        print("\n".join(_words(proof) for proof in proofs) or text("Nhật ký chưa có bản ghi nào."))
        print(_guard_words(missing))
        if not heads and proofs:
            print(_without_heads())
    return FINDINGS if missing or any(proof.broken for proof in proofs) else FINE


def heads_of(given: Sequence[str]) -> list[tuple[str, str, str]]:
    """The heads as they are typed or copied. Raises :class:`InvalidInput` (``not_a_chain_head``) for each other one."""
    found = {one: _HEAD.fullmatch(UNPRINTED.sub("", one).replace("\u2011", "-").lower()) for one in given}
    wrong = [Problem("not_a_chain_head", Place(), {"found": one}) for one, head in found.items() if head is None]
    if wrong:
        raise InvalidInput(wrong)
    return [(head[1], head[2], head[3]) for head in found.values() if head is not None]


def _data(proof: Proof) -> dict[str, object]:
    return {
        "chain": proof.chain,
        "records": proof.records,
        "head": proof.head,
        "broken": [{"kind": one.kind.value, "sequence": one.sequence, "name": one.name} for one in proof.broken],
    }


def _words(proof: Proof) -> str:
    from parindex.wording.log_breaks import break_text

    if not proof.broken:
        return text(
            "{chain}: {count} bản ghi, liền mạch; đầu chuỗi {head}",
            chain=proof.chain, count=proof.records, head=f"{proof.chain}:{proof.records}:{proof.head}",
        )  # fmt: skip
    lines = [text("{chain}: KHÔNG khớp ở {count} chỗ", chain=proof.chain, count=len(proof.broken))]
    lines += [f"  • {break_text(one)}" for one in proof.broken]
    return "\n".join(lines)


def _without_heads() -> str:
    """What a proof from the database alone leaves open, so that nobody takes it for more than it is."""
    return text(
        "Chưa so với đầu chuỗi nào ghi ở nơi khác: ai cắt phần cuối của mọi chuỗi và sửa cả đầu chuỗi thì chỉ cách so "
        "này cho thấy. Thêm --head với đầu chuỗi in trên phiếu xác nhận hoặc đã chép từ lần kiểm tra trước."
    )


def _guard_words(missing: Sequence[str]) -> str:
    if not missing:
        return text("Khóa chống sửa, xóa của cơ sở dữ liệu: còn đủ.")
    return text(
        "Khóa chống sửa, xóa của cơ sở dữ liệu: THIẾU hoặc bị tắt {names}. Ai đó đã có thể sửa nhật ký hoặc bộ tiêu "
        "chí đã khóa.",
        names=", ".join(missing),
    )
