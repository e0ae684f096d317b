"""``parindex recompute``: compute a finalised cycle anew from its snapshot, without the application that keeps it."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from parindex.cli.fingerprints import typed_fingerprint
from parindex.documents.results.snapshots import FORMAT, StoredSnapshot, parse_snapshot
from parindex.domain.errors import InvalidInput, InvalidValue, Place, Problem
from parindex.domain.publication.difference import ItemDifference, UnitDifference, difference
from parindex.domain.publication.recomputation import GroupOutcome, UnitOutcome, outcome_of, recomputed
from parindex.wording.language import text
from parindex.wording.results import outcome_field, outcome_item, outcome_value

FINE, FINDINGS = 0, 1
FORMATS = ("text", "json")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``recompute``."""
    parser.add_argument(
        "snapshot", type=Path, metavar=text("TỆP"),
        help=text("dữ liệu đóng băng của một lần chốt kết quả, tải ở trang công bố (JSON)"),
    )  # fmt: skip
    parser.add_argument("--fingerprint", metavar=text("MÃ"), help=text("mã đã công bố cùng kết quả, để đối chiếu"))
    parser.add_argument("--format", choices=FORMATS, default="text", help=text("dạng in ra màn hình (mặc định: text)"))


def run(options: argparse.Namespace) -> int:
    """Recompute every group; exit code 1 where anything comes out otherwise."""
    expected = typed_fingerprint(options.fingerprint) if options.fingerprint is not None else ""
    data = options.snapshot.read_bytes()
    stored = parse_snapshot(data.decode("utf-8", "replace"), str(options.snapshot))
    outcomes = _recomputed(stored, str(options.snapshot))
    differs = difference(stored.outcomes, outcomes)
    same_file = expected in ("", stored.fingerprint)
    if options.format == "json":
        found = {
            "fingerprint": stored.fingerprint,
            "expected": expected or None,
            "units": sum(len(one.units) for one in stored.outcomes),
            "differences": [asdict(one) for one in differs],
        }
        print(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        print("\n".join(_words(stored, differs, expected)))
    return FINE if same_file and not differs else FINDINGS


def _recomputed(stored: StoredSnapshot, file: str) -> tuple[GroupOutcome, ...]:
    """What comes out now; a figure that is no number makes the file one that cannot be used."""
    try:
        return tuple(outcome_of(group.code, recomputed(group)) for group in stored.snapshot.groups)
    except InvalidValue as error:
        facts = {"format": FORMAT, "reason": f": {error}"}
        raise InvalidInput([Problem("not_a_snapshot", Place(file=file), facts)]) from None


def _words(stored: StoredSnapshot, differs: tuple[UnitDifference, ...], expected: str) -> Iterator[str]:
    snapshot = stored.snapshot
    yield text("{title}, năm {year}", title=snapshot.title, year=snapshot.year)
    yield text("Mã của tệp này: {code}", code=stored.fingerprint)
    if stored.withheld:
        yield text(
            "  Tệp này lược {count} lý do không công khai; điểm tính lại được, mã thì khác mã của bản đầy đủ.",
            count=stored.withheld,
        )
    if expected and expected != stored.fingerprint:
        yield text("  ✗ khác mã đã công bố {code}", code=expected)
        if expected == stored.whole:
            yield text("  Tệp tự ghi bản đầy đủ có mã đó; muốn đối chiếu, hỏi cơ quan công bố xin bản đầy đủ.")
    elif expected:
        yield text("  ✓ đúng mã đã công bố")
    for group in snapshot.groups:
        yield text(
            "{group}: {units} đơn vị, {items} mục, bộ tiêu chí {code}…",
            group=group.title, units=len(group.units), items=len(group.items), code=group.set_fingerprint[:16],
        )  # fmt: skip
    for unit in differs:
        yield f"  ✗ {unit.name}"
        yield from _unit(unit)
    if not differs:
        yield text("Tính lại từ dữ liệu đóng băng: mọi điểm, chỉ số, xếp loại, thứ hạng đều khớp.")
    else:
        yield text("Tính lại khác ở {count} đơn vị.", count=len(differs))


def _unit(unit: UnitDifference) -> Iterator[str]:
    if unit.before is None or unit.after is None:
        yield "    " + (text("chỉ có trong kết quả tính lại") if unit.before is None else text("tính lại không có"))
        return
    for name in unit.fields:
        yield "    " + _line(outcome_field(name), _value(unit.before, name), _value(unit.after, name))
    for item in unit.items:
        yield "    " + _line(text("mục {code}", code=item.code), *_sides(item))


def _value(outcome: UnitOutcome, name: str) -> str:
    return outcome_value(name, getattr(outcome, name))


def _sides(item: ItemDifference) -> tuple[str, str]:
    return outcome_item(*item.before), outcome_item(*item.after)


def _line(what: str, before: str, after: str) -> str:
    return text("{what}: tệp ghi {before}, tính lại {after}", what=what, before=before, after=after)
