"""``parindex check-receipt``: recompute what a leader signed, without the application that keeps it."""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from parindex.cli.audit_log import UNPRINTED
from parindex.cli.sets import criteria_set
from parindex.documents.receipts.claim import Claim, parse_claim, sums_of
from parindex.documents.receipts.recomputed import Recomputed, recomputed
from parindex.domain.errors import InvalidInput, Place, Problem
from parindex.wording.language import text
from parindex.wording.numbers import equals, exact_text, index_text, points_text

FINE, FINDINGS = 0, 1
FORMATS = ("text", "json")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``check-receipt``."""
    parser.add_argument(
        "claim", type=Path, metavar=text("TỆP"), help=text("nội dung đã ký, tải ở trang phiếu xác nhận (JSON)")
    )
    parser.add_argument(
        "--fingerprint", metavar=text("MÃ"), help=text("mã kiểm chứng in trên phiếu xác nhận, để đối chiếu")
    )
    parser.add_argument(
        "--set", metavar=text("BỘ"),
        help=text("bộ tiêu chí của phiếu (tệp YAML hoặc mã bộ có sẵn): tính lại từng mục từ số liệu"),
    )  # fmt: skip
    parser.add_argument("--format", choices=FORMATS, default="text", help=text("dạng in ra màn hình (mặc định: text)"))


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was recomputed: what the claim says, what comes out."""

    what: str
    title: str
    claimed: str
    computed: str
    #: As papers print it; where the two differ, both are printed exactly.
    printed: str

    @property
    def agrees(self) -> bool:
        """Whether both are the same."""
        return self.claimed == self.computed


def run(options: argparse.Namespace) -> int:
    """Recompute fingerprint, points, index; exit code 1 where something comes out otherwise."""
    expected = _fingerprint(options.fingerprint) if options.fingerprint is not None else None
    data = options.claim.read_bytes()
    claim = parse_claim(data.decode("utf-8", "replace"), str(options.claim))
    made = hashlib.sha256(data).hexdigest()
    anew = recomputed(claim, criteria_set(options.set), options.set) if options.set else None
    lines = [*_sum_lines(claim, anew)]
    if expected is not None:
        lines.insert(0, Line("fingerprint", text("Mã kiểm chứng"), expected, made, expected))
    if options.format == "json":
        checks = [{"what": one.what, "claimed": one.claimed, "computed": one.computed} for one in lines]
        print(json.dumps({"fingerprint": made, "checks": checks}, ensure_ascii=False, indent=2))
    else:
        print(_words(claim, made, lines, anew))
    return FINE if all(one.agrees for one in lines) else FINDINGS


def _fingerprint(typed: str) -> str:
    plain = re.sub(r"[:.\-]", "", UNPRINTED.sub("", typed)).lower()
    if not re.fullmatch(r"[0-9a-f]{64}", plain):
        raise InvalidInput([Problem("not_a_fingerprint", Place(), {"found": typed})])
    return plain


def _sum_lines(claim: Claim, anew: Recomputed | None) -> Iterator[Line]:
    """The sums of the items; with the set, what the whole method gives, item by item."""
    if anew is None or claim.is_part:
        sums = sums_of(claim)
        points, most, index = sums.points, sums.max_points, sums.index
    else:
        points, most, index = anew.unit.points, anew.unit.max_points, anew.unit.index
    if anew is not None or not claim.has_outside:
        yield _line("points", text("Điểm"), claim.points, points)
        yield _line("max_points", text("Điểm tối đa"), claim.max_points, most)
        if not claim.is_part:
            yield _line("index", text("Chỉ số"), claim.index, index)
    for one in anew.different if anew is not None else ():
        yield _line(f"item {one.code}", text("Mục {code}", code=one.code), one.claimed, one.computed)


def _line(what: str, title: str, claimed: Fraction | None, computed: Fraction | None) -> Line:
    printed = index_text(claimed) if what == "index" else points_text(claimed)
    return Line(what, title, exact_text(claimed) or "–", exact_text(computed) or "–", printed)


def _words(claim: Claim, made: str, lines: list[Line], anew: Recomputed | None) -> str:
    said = [claim.unit, text("Mã kiểm chứng của tệp này: {code}", code=made)]
    for one in lines:
        if one.agrees:
            said.append(text("  ✓ {what}: {value}, khớp", what=one.title, value=one.printed))
        else:
            said.append(
                text(
                    "  ✗ {what}: phiếu ghi {claimed}, tính lại {computed}",
                    what=one.title, claimed=one.claimed.replace(".", ","), computed=one.computed.replace(".", ","),
                )
            )  # fmt: skip
    if claim.index is not None:
        said.append(
            text(
                "Tự kiểm tra: {points} / {maximum} × 100 {equals} {index}",
                points=points_text(claim.points),
                equals=equals(claim.points, claim.index),
                maximum=points_text(claim.max_points),
                index=index_text(claim.index),
            )
        )  # fmt: skip
    if anew is None:
        said.append(
            text("Chưa tính lại từng mục từ số liệu: thêm --set với bộ tiêu chí có mã {code}….",
                 code=claim.set_fingerprint[:16])
        )  # fmt: skip
    elif not anew.different:
        said.append(text("Cả {count} mục tính lại từ số liệu đều khớp.", count=len(claim.items)))
    return "\n".join(said)
