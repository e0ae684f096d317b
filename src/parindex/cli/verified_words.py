"""What ``parindex verify`` says: what was looked at, what is wrong with place and remedy, what comes out otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from parindex.cli.terminal import clean
from parindex.documents.bundles.opened import Opened
from parindex.documents.bundles.verification import Verification
from parindex.documents.results.snapshots import StoredSnapshot
from parindex.domain.errors import InvalidValue, Problem
from parindex.domain.publication.bundle import BundleKind, Manifest
from parindex.domain.publication.difference import ItemDifference, UnitDifference
from parindex.domain.publication.recomputation import UnitOutcome
from parindex.wording import problems as wording
from parindex.wording.compared_parts import compared_words, not_compared_words
from parindex.wording.language import mark, text
from parindex.wording.moments import day
from parindex.wording.places import place_text
from parindex.wording.public_results import grouped
from parindex.wording.results import outcome_field, outcome_item, outcome_value

#: So many findings and units are printed; the JSON output has all of them.
PRINTED = 200
_HEADS = {
    BundleKind.RESULT: mark("{title}, năm {year} (công bố lần {number})"),
    BundleKind.SHEET: mark("Phiếu của {owner}: {title}, năm {year} (ký lần {number})"),
}

_HOLDS = mark(
    "Đã kiểm tra {files} tệp, tính lại {cells} ô điểm của {units} đơn vị: mọi điểm, chỉ số, xếp loại, "
    "thứ hạng trong snapshot.json đều khớp."
)


def bundle_words(found: Verification, expected: str) -> Iterator[str]:
    """A bundle, line by line."""
    bundle = found.bundle
    if bundle.manifest is not None:
        yield from _head(bundle.manifest)
    yield text("Dấu vân tay của gói: {code}", code=grouped(bundle.fingerprint) or "–")
    yield from _expected(expected if expected in published(bundle) else bundle.fingerprint, expected)
    if bundle.stored is not None:
        yield from _groups(bundle.stored)
    yield from _problems(found.findings, "✗")
    yield from _units(found.differences)
    yield from _problems(found.notes, "!")
    counts = found.counts
    if found.holds:
        yield text(_HOLDS, files=counts["files"], cells=counts["cells"], units=counts["units"])
        if counts["surveyed"] and counts["surveyed_followed"] == counts["surveyed"]:
            yield text("Tính lại cả {count} điểm khảo sát từ ước lượng: đều khớp.", count=counts["surveyed"])
        yield compared_words(found.parts.compared)
        if found.parts.not_compared:
            yield not_compared_words([part for part, _ in found.parts.not_compared])
    else:
        wrong, units = len(found.findings), len(found.differences)
        yield text("Không dùng gói này: {wrong} chỗ sai, tính lại khác ở {units} đơn vị.", wrong=wrong, units=units)


def published(bundle: Opened) -> tuple[str, ...]:
    """What may have been published as the fingerprint: that of the bundle, and that of the snapshot in it."""
    return (bundle.fingerprint, *(() if bundle.stored is None else (bundle.stored.fingerprint,)))


def _head(manifest: Manifest) -> Iterator[str]:
    of = manifest.publication
    owner = clean(of.owner.name)
    yield text(_HEADS[manifest.kind], title=clean(of.title), year=of.year, number=of.number, owner=owner)
    if of.decision_number:
        yield text(
            "{owner}, {number} ngày {day}",
            owner=owner, number=clean(of.decision_number), day=_day(of.decision_date),
        )  # fmt: skip
    else:
        yield owner
    if manifest.signer is not None:
        signer = manifest.signer
        yield text("Người ký: {name}, khóa {code}", name=clean(signer.name), code=grouped(signer.fingerprint))
    for one in manifest.origins:
        yield text(
            "Lấy số liệu từ gói của {owner}, năm {year}: {code}",
            owner=clean(one.owner.name), year=one.year, code=grouped(one.fingerprint),
        )  # fmt: skip


def snapshot_words(
    stored: StoredSnapshot, problems: Sequence[Problem], differs: Sequence[UnitDifference], expected: str
) -> Iterator[str]:
    """A snapshot alone, line by line."""
    yield text("{title}, năm {year}", title=clean(stored.snapshot.title), year=stored.snapshot.year)
    yield text("Mã của tệp này: {code}", code=stored.fingerprint)
    if stored.withheld:
        yield text(
            "  Tệp này lược {count} lý do không công khai; điểm tính lại được, mã thì khác mã của bản đầy đủ.",
            count=stored.withheld,
        )
    yield from _expected(stored.fingerprint, expected)
    if expected not in ("", stored.fingerprint) and expected == stored.whole:
        yield text("  Tệp tự ghi bản đầy đủ có mã đó; muốn đối chiếu, hỏi cơ quan công bố xin bản đầy đủ.")
    yield text("  Không có chữ ký: đây chỉ là dữ liệu đóng băng. Gói kết quả (*.parindex.zip) mới có chữ ký.")
    yield from _groups(stored)
    yield from _problems(problems, "✗")
    yield from _units(differs)
    if differs:
        yield text("Tính lại khác ở {count} đơn vị.", count=len(differs))
    elif not problems:
        yield text("Tính lại từ dữ liệu đóng băng: mọi điểm, chỉ số, xếp loại, thứ hạng đều khớp.")


def _expected(found: str, expected: str) -> Iterator[str]:
    if expected and expected != found:
        yield text("  ✗ khác mã đã công bố {code}", code=expected)
    elif expected:
        yield text("  ✓ đúng mã đã công bố")


def _groups(stored: StoredSnapshot) -> Iterator[str]:
    for group in stored.snapshot.groups:
        yield text(
            "{group}: {units} đơn vị, {items} mục, bộ tiêu chí {code}…",
            group=clean(group.title), units=len(group.units), items=len(group.items), code=group.set_fingerprint[:16],
        )  # fmt: skip


def _problems(found: Sequence[Problem], sign: str) -> Iterator[str]:
    """Each with its place and what to do."""
    for problem in found[:PRINTED]:
        where, what = place_text(problem.place), wording.message(problem)
        yield clean(f"  {sign} {where}: {what}" if where else f"  {sign} {what}")
        yield clean("    → " + wording.remedy(problem))
    if len(found) > PRINTED:
        rest = text("… và {count} vấn đề khác (xem đủ bằng --format json).", count=len(found) - PRINTED)
        yield "  " + rest


def _units(differs: Sequence[UnitDifference]) -> Iterator[str]:
    for unit in differs[:PRINTED]:
        yield f"  ✗ {clean(unit.name)}"
        yield from map(clean, _unit(unit))
    if len(differs) > PRINTED:
        yield "  " + text("… và {count} đơn vị khác (xem đủ bằng --format json).", count=len(differs) - PRINTED)


def _unit(unit: UnitDifference) -> Iterator[str]:
    if unit.before is None or unit.after is None:
        yield "    " + (text("chỉ có trong kết quả tính lại") if unit.before is None else text("tính lại không có"))
        return
    for name in unit.fields:
        yield "    " + _line(outcome_field(name), _value(unit.before, name), _value(unit.after, name))
    for item in unit.items:
        yield "    " + _line(text("mục {code}", code=item.code), *_sides(item))


def _value(outcome: UnitOutcome, name: str) -> str:
    value = getattr(outcome, name)
    try:
        return outcome_value(name, value)
    except InvalidValue:  # what a file states need not be a number
        return f"“{value}”"


def _sides(item: ItemDifference) -> tuple[str, str]:
    return _side(*item.before), _side(*item.after)


def _side(state: str, points: str) -> str:
    try:
        return outcome_item(state, points)
    except (InvalidValue, KeyError):  # nor a state that there is
        return f"“{state}” “{points}”"


def _day(written: str) -> str:
    try:
        return day(date.fromisoformat(written))
    except ValueError:
        return clean(written)


def _line(what: str, before: str, after: str) -> str:
    return text("{what}: tệp ghi {before}, tính lại {after}", what=what, before=before, after=after)
