"""``parindex diff``: two criteria sets side by side: added, gone, moved, renamed, points or rule changed.

Either may be a paper with one table, which is read as ``parindex read`` does.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any

from parindex.cli import output, terminal
from parindex.cli.pairs import both
from parindex.cli.read import paper_of, set_id
from parindex.cli.sets import criteria_set, is_paper, set_path
from parindex.documents.criteria_sets.criteria_set_file import fingerprint
from parindex.documents.criteria_tables.criteria_table import to_criteria_set
from parindex.documents.papers import TableKind
from parindex.documents.results.result_files import ResultTable, table
from parindex.domain.criteria.comparison import Aspect, Difference, Pair, SetComparison, Side, compare_sets
from parindex.domain.criteria.criteria_set import CriteriaSet, Source
from parindex.domain.errors import InvalidInput, Place, Problem
from parindex.domain.values import number_text
from parindex.wording import numbers, places, terms
from parindex.wording.language import mark, text

FINE = 0
_ASPECTS = {
    Aspect.CODE: mark("mã"),
    Aspect.TITLE: mark("tên"),
    Aspect.POINTS: mark("điểm tối đa"),
    Aspect.RULE: mark("quy tắc"),
    Aspect.SURVEY: mark("cách lấy điểm từ khảo sát"),
    Aspect.SOURCE: mark("nguồn điểm"),
    Aspect.PART: mark("phần điểm"),
    Aspect.EVIDENCE: mark("tài liệu kiểm chứng"),
    Aspect.BONUS: mark("điểm thưởng"),
    Aspect.OUTSIDE: mark("ngoài thang điểm"),
}
_PROPERTIES = {
    "title": mark("tên bộ"),
    "year": mark("năm"),
    "level": mark("cấp"),
    "declared": mark("cơ cấu văn bản nêu"),
    "parts": mark("các phần điểm"),
    "rounding": mark("bước làm tròn"),
    "grades": mark("xếp loại"),
    "unit_groups": mark("nhóm đối tượng"),
    "measures": mark("chỉ tiêu số liệu"),
    "identities": mark("đẳng thức số liệu"),
    "totals": mark("tổng riêng"),
    "forms": mark("cột của phiếu"),
    "feeds": mark("số liệu cho bộ khác"),
    "index": mark("cách lập chỉ số"),
    "printed_total": mark("tổng điểm in"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``diff``."""
    parser.add_argument("old", metavar="A", help=text("bộ tiêu chí cũ: tệp YAML, mã bộ có sẵn, hoặc văn bản"))
    parser.add_argument("new", metavar="B", help=text("bộ tiêu chí mới: tệp YAML, mã bộ có sẵn, hoặc văn bản"))
    output.add_output_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Compare and write."""
    output.prepare(options, [options.old, options.new])
    old, new = both(lambda name: side(name, options.progress), options.old, options.new)
    compared = compare_sets(old.criteria_set, new.criteria_set)
    output.deliver(
        options,
        words=lambda: diff_words(old, new, compared),
        data=lambda: diff_data(old, new, compared),
        tables=lambda: [_table(compared)],
    )
    return FINE


@dataclass(frozen=True, slots=True)
class Compared:
    """One of the two sets; ``paper`` and ``doubts`` are those that it was read with, where it is no YAML."""

    criteria_set: CriteriaSet
    paper: Place | None = None
    doubts: int = 0


def side(name: str, progress_wanted: bool = False) -> Compared:
    """The set that ``name`` stands for: a YAML file, a shipped id, or a paper with one table of criteria.

    Raises :class:`InvalidInput` (``several_tables_in_paper``) where it is not clear which table is meant.
    """
    path = set_path(name)
    if not is_paper(path):
        return Compared(criteria_set(name))
    paper = paper_of(path, "auto", progress_wanted)
    tables = [one for one in paper.tables if one.kind is TableKind.CRITERIA_SET] or list(paper.tables)
    if len(tables) > 1:
        raise InvalidInput([Problem("several_tables_in_paper", Place(file=name), {"count": len(tables)})])
    read = tables[0]
    made = to_criteria_set(read, id=set_id(path, None))
    return Compared(made, replace(read.place, file=name), len(paper.doubts) + len(read.doubts))


# --- data ----------------------------------------------------------------------------------------------------------


def diff_data(old: Compared, new: Compared, compared: SetComparison) -> dict[str, Any]:
    """The comparison for machines."""
    return {
        "old": _set_data(old),
        "new": _set_data(new),
        "added": [_side(side) for side in compared.added],
        "gone": [_side(side) for side in compared.gone],
        "changed": [_pair(pair) for pair in compared.changed],
        "set": [{"what": one.name, "old": plain(one.old), "new": plain(one.new)} for one in compared.set_differences],
    }


def _set_data(one: Compared) -> dict[str, Any]:
    data: dict[str, Any] = {"id": one.criteria_set.id, "fingerprint": fingerprint(one.criteria_set)}
    return data if one.paper is None else data | {"paper": one.paper.as_data(), "doubts": one.doubts}


def _side(side: Side) -> dict[str, Any]:
    return {
        "code": side.node.code,
        "title": side.node.title,
        "level": side.level,
        "max_points": plain(side.node.max_points),
    }


def _pair(pair: Pair) -> dict[str, Any]:
    return {
        "code": {"old": pair.old.node.code, "new": pair.new.node.code},
        "title": {"old": pair.old.node.title, "new": pair.new.node.title},
        "moved": pair.moved,
        "renamed": pair.renamed,
        "differences": [
            {"what": one.aspect.value, "old": plain(one.old), "new": plain(one.new)} for one in pair.differences
        ],
    }


def plain(value: Any) -> Any:
    """Any value of a set as JSON data; numbers as decimals with a point; places in papers are left out."""
    if isinstance(value, Fraction):
        return number_text(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        named = {field.name: getattr(value, field.name) for field in fields(value) if field.compare}
        return {name: plain(one) for name, one in named.items() if not isinstance(one, Place)}
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value


def _table(compared: SetComparison) -> ResultTable:
    rows: list[list[Any]] = [["added", None, side.node.code, side.node.title, None, None] for side in compared.added]
    rows.extend(["gone", side.node.code, None, side.node.title, None, None] for side in compared.gone)
    for pair in compared.changed:
        for one in pair.differences:
            values = (json.dumps(plain(side), ensure_ascii=False) for side in (one.old, one.new))
            rows.append([one.aspect.value, pair.old.node.code, pair.new.node.code, pair.new.node.title, *values])
    return table("diff", ["what", "old_code", "new_code", "title", "old", "new"], rows)


# --- words ---------------------------------------------------------------------------------------------------------


def diff_words(old: Compared, new: Compared, compared: SetComparison) -> str:
    """The comparison for a reader."""
    width = terminal.width()
    blocks = ["\n".join([*_set_words("A", old, width), *_set_words("B", new, width)])]
    if compared.is_empty:
        return "\n\n".join([*blocks, text("Hai bộ tiêu chí như nhau.")])
    blocks.append(
        text(
            "{added} mục thêm, {gone} bỏ, {moved} đổi mã, {renamed} đổi tên, {points} đổi điểm, {rules} đổi quy tắc.",
            added=len(compared.added),
            gone=len(compared.gone),
            moved=len(compared.moved),
            renamed=len(compared.renamed),
            points=len(compared.changed_in(Aspect.POINTS)),
            rules=len(compared.changed_in(Aspect.RULE)),
        )
    )
    for title, sides, sign in ((text("Thêm"), compared.added, "+"), (text("Bỏ"), compared.gone, "−")):
        if sides:
            blocks.append("\n".join([title, *(_side_words(side, sign, width) for side in sides)]))
    if compared.changed:
        blocks.append(
            "\n".join([text("Thay đổi"), *(line for pair in compared.changed for line in _pair_words(pair, width))])
        )
    names = ", ".join(text(_PROPERTIES.get(one.name, one.name)) for one in compared.set_differences)
    if names:
        blocks.append(terminal.wrapped(text("Khác ở cấp bộ: {names}.", names=names), width))
    return "\n\n".join(blocks)


def _set_words(name: str, one: Compared, width: int) -> Iterator[str]:
    """The title of a set; of a paper also what was read, with how many doubts."""
    yield terminal.wrapped(f"{name}: {one.criteria_set.title}", width)
    if one.paper is not None:
        rows = sum(1 for _ in one.criteria_set.walk())
        where = places.place_text(one.paper)
        read = text("Đã đọc {where}: {rows} dòng, {doubts} chỗ chưa chắc.", where=where, rows=rows, doubts=one.doubts)
        yield terminal.wrapped(read, width, "   ", "   ")


def _code(code: str) -> str:
    """A code in its column; a longer one with a space after it."""
    return terminal.padded(code, 8) if len(code) < 8 else f"{code} "


def _side_words(side: Side, sign: str, width: int) -> str:
    node = side.node
    words = f"{node.title} ({terms.level(side.level)}, {numbers.points_text(node.max_points)})"
    return terminal.wrapped(words, width, " " * 12, f"  {sign} {_code(node.code)}")


def _pair_words(pair: Pair, width: int) -> Iterator[str]:
    code = pair.new.node.code if not pair.moved else f"{pair.old.node.code} → {pair.new.node.code}"
    yield terminal.wrapped(pair.new.node.title, width, " " * 12, f"  ~ {_code(code)}")
    for one in pair.differences:
        if one.aspect is not Aspect.CODE:
            yield terminal.wrapped(_difference_words(one), width, " " * 16, " " * 12)


def _difference_words(one: Difference) -> str:
    return f"{text(_ASPECTS[one.aspect])}: {_value(one.old)} → {_value(one.new)}"


def _value(value: Any) -> str:
    if value is None or value == "" or value == ():
        return "–"
    if isinstance(value, Fraction):
        return numbers.points_text(value)
    if isinstance(value, Source):
        return terms.source(value)
    if isinstance(value, bool):
        return text("có") if value else text("không")
    return f"“{value}”" if isinstance(value, str) else json.dumps(plain(value), ensure_ascii=False)
