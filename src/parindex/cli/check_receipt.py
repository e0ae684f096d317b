"""``parindex check-receipt``: recompute what a leader signed, without the application that keeps it."""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from parindex.cli.fingerprints import typed_fingerprint
from parindex.cli.sets import criteria_set
from parindex.documents.receipts.claim import Claim, ClaimedArea, parse_claim, sums_of
from parindex.documents.receipts.recomputed import ItemDifference, Recomputed, recomputed
from parindex.domain.criteria.criteria_set import Outside
from parindex.domain.index.item_states import ItemState
from parindex.wording.language import text
from parindex.wording.numbers import equals, exact_text, index_text, points_text
from parindex.wording.terms import item_state, outside

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
    expected = typed_fingerprint(options.fingerprint) if options.fingerprint is not None else None
    data = options.claim.read_bytes()
    claim = parse_claim(data.decode("utf-8", "replace"), str(options.claim))
    made = hashlib.sha256(data).hexdigest()
    anew = recomputed(claim, criteria_set(options.set), options.set, str(options.claim)) if options.set else None
    lines = [*_sum_lines(claim, anew), *(_anew_lines(claim, anew) if anew is not None else _area_sums(claim))]
    if expected is not None:
        lines.insert(0, Line("fingerprint", text("Mã kiểm chứng"), expected, made, expected))
    if options.format == "json":
        checks = [{"what": one.what, "claimed": one.claimed, "computed": one.computed} for one in lines]
        print(json.dumps({"fingerprint": made, "checks": checks}, ensure_ascii=False, indent=2))
    else:
        print(_words(claim, made, lines, anew))
    return FINE if all(one.agrees for one in lines) else FINDINGS


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


def _area_sums(claim: Claim) -> Iterator[Line]:
    """Without the set nobody knows which item belongs to which area: their lines together are all items."""
    if not claim.has_outside:
        sums = sums_of(claim)
        points = sum((one.points for one in claim.areas), Fraction(0))
        most = sum((one.assessed for one in claim.areas), Fraction(0))
        yield _line("areas", text("Điểm của các lĩnh vực cộng lại"), points, sums.points)
        yield _line("areas max_points", text("Điểm tối đa của các lĩnh vực cộng lại"), most, sums.max_points)


def _anew_lines(claim: Claim, anew: Recomputed) -> Iterator[Line]:
    """The lines of the areas, the grade, and every item that comes out otherwise."""
    claimed, computed = ({one.code: one for one in areas} for areas in (claim.areas, anew.areas))
    for code in dict.fromkeys([*computed, *claimed]):
        said, now = claimed.get(code), computed.get(code)
        title = text("Lĩnh vực {code}", code=code)
        yield Line(f"area {code}", title, _area(said, exact_text), _area(now, exact_text), _area(said, points_text))
    grade = None if claim.is_part else anew.unit.grade
    if claim.grade is not None or grade is not None:
        yield Line("grade", text("Xếp loại"), claim.grade or "–", grade or "–", claim.grade or "–")
    for one in anew.different:
        what = f"item {one.code}" + ("" if one.what == "points" else f" {one.what}")
        yield Line(what, _difference_title(one), _value(one.claimed), _value(one.computed), "")


def _difference_title(one: ItemDifference) -> str:
    titles = {
        "points": text("Mục {code}", code=one.code),
        "max_points": text("Mục {code}, điểm tối đa", code=one.code),
        "counted": text("Mục {code}, tính là", code=one.code),
        "outside": text("Mục {code}, ngoài thang điểm", code=one.code),
        "listed": text("Mục {code}, có trong danh sách mục", code=one.code),
    }
    return titles[one.what]


def _area(area: ClaimedArea | None, number: Callable[[Fraction], str | None]) -> str:
    """``2.5 / 7``; with what is not assessed where something is."""
    if area is None:
        return "–"
    line = f"{number(area.points)} / {number(area.assessed)}"
    return f"{line} (–{number(area.left_out)})" if area.left_out else line


def _value(value: Fraction | str | None) -> str:
    return value if isinstance(value, str) else exact_text(value) or "–"


def _line(what: str, title: str, claimed: Fraction | None, computed: Fraction | None) -> Line:
    printed = index_text(claimed) if what == "index" else points_text(claimed)
    return Line(what, title, exact_text(claimed) or "–", exact_text(computed) or "–", printed)


def _said(line: Line, value: str) -> str:
    """A value as people read it: a grade has the words of the set, a number a comma, all else words of ours."""
    if line.what == "grade":
        return value
    if value in ("yes", "no"):
        return text("có") if value == "yes" else text("không")
    if line.what.endswith(" counted"):
        return item_state(ItemState[value.upper()])
    if line.what.endswith(" outside") and value != "–":
        return outside(Outside(value))
    return value.replace(".", ",")


def _words(claim: Claim, made: str, lines: list[Line], anew: Recomputed | None) -> str:
    said = [claim.unit, text("Mã kiểm chứng của tệp này: {code}", code=made)]
    for one in lines:
        if one.agrees:
            said.append(text("  ✓ {what}: {value}, khớp", what=one.title, value=one.printed))
        else:
            said.append(
                text(
                    "  ✗ {what}: phiếu ghi {claimed}, tính lại {computed}",
                    what=one.title, claimed=_said(one, one.claimed), computed=_said(one, one.computed),
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
            text("Chưa tính lại từng mục và xếp loại từ số liệu: thêm --set với bộ tiêu chí có mã {code}….",
                 code=claim.set_fingerprint[:16])
        )  # fmt: skip
    elif not anew.different:
        said.append(text("Cả {count} mục tính lại từ số liệu đều khớp.", count=len(claim.items)))
    return "\n".join(said)
