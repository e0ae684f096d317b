"""How many rows of a table the text says there are of a grade, above and below a mark, or that rose and fell: counted
again.

A sentence is held against a table only where something else that it says binds it to that table: another count that
holds, the number of all rows below a stroke, the mean that the table ends in.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from parindex.documents.arithmetic.findings import Severity, StatementFinding, StatementKind, Sure
from parindex.documents.arithmetic.passages import Passage
from parindex.documents.arithmetic.tables.heads import ColumnKind
from parindex.documents.arithmetic.tables.labels import RowRole
from parindex.documents.arithmetic.tables.printed_tables import PrintedTable
from parindex.documents.arithmetic.tables.told_tables import YEAR, ToldTable
from parindex.documents.printed_text import joined

_NOUN = (
    r"(?P<noun>bộ|cơ quan|đơn vị|địa phương|tỉnh|thành phố|sở|ban|ngành|huyện|thị xã|quận|xã|phường|thị trấn|tiêu chí"
    r"|chỉ số|lĩnh vực|trường|bệnh viện|dự án|nhiệm vụ|chỉ tiêu|doanh nghiệp|hợp tác xã|thôn)"
)
_GAP = r"(?:[^\d.,;:()]|(?<=năm )(?:19|20)\d\d){0,120}?"
_MARK = r"(?P<mark>\d{1,4}(?:[.,]\d{1,4})?)\s?(?:%|điểm)?"
_LIMIT = (
    rf"(?:(?P<above>trên|hơn|cao hơn|vượt|từ)|(?P<below>dưới|thấp hơn|chưa đạt|không đạt))\s(?:mức\s)?"
    rf"(?:(?P<mean>(?:mức |giá trị |điểm |chỉ số )*(?:trung bình|bình quân))|{_MARK})(?P<on>\s?trở lên)?"
)
_COUNT = r"(?<![\d.,/])(?P<count>\d{1,3})(?:\s?/\s?(?P<whole>\d{1,4}))?\s"
#: "15 đơn vị đạt trên 80%", and "trên 80%, bao gồm 15 đơn vị".
_COUNT_FIRST = re.compile(rf"{_COUNT}{_NOUN}(?!\w){_GAP}(?<!\w){_LIMIT}")
_JOINED = r"\s?(?:[:(]|,?\s?(?:bao gồm|gồm|có|là|với)(?: tổng số)?\s)\s?"
_LIMIT_FIRST = re.compile(rf"(?<!\w){_LIMIT}{_JOINED}{_COUNT}{_NOUN}(?!\w)")
_RANGE = re.compile(r"\s?(?:%|điểm)?\s?(?:đến|tới|-|–)\s")
_UP_TO = re.compile(r"(?:đến|tới|-|–|và)\s?$")
_OF_GRADE = r"(?:xếp|đạt|được|ở|hạng|loại|mức|đánh giá)"
#: "07/08 lĩnh vực tăng điểm", and "tăng điểm ở 07/08 lĩnh vực".
_WAY = r"(?P<way>tăng|giảm)"
_WHAT = r"(?P<what>điểm|hạng|bậc|thứ hạng|thứ bậc)"
_MOVED = re.compile(
    rf"{_COUNT}{_NOUN}(?!\w)(?:\s(?:có|được|đạt|số|điểm|chỉ số|kết quả|thành phần)){{0,3}}\s{_WAY}(?:\s{_WHAT})?"
    r"(?=\s?[,.;:()]|\s(?:so với|và|còn|là|gồm)(?!\w)|$)"
)
_MOVED_FIRST = re.compile(rf"{_WAY}\s{_WHAT}\s(?:ở|là|tại|đối với)?\s?{_COUNT}{_NOUN}(?!\w)")
_OF_RANKS = re.compile(r"(?:hạng|bậc|vị trí)(?!\w)")
_SIGNED = re.compile(r"(?:(?P<up>\+|tăng)|[-–−]|giảm)\s?\d")
_MINUS = tuple("-–−")
_UNMOVED = re.compile(r"(?:[+-]?0+(?:[.,]0+)?|giữ nguyên|không (?:thay )?đổi|không tăng giảm|[-–−=])(?:\sbậc)?")
#: What may follow the noun of a count of all such rows; other words tell which rows are meant.
_BARE = re.compile(r"\s?(?:$|[.,;:)(]|(?:có|đạt|được|xếp|đứng|ở|trên|dưới|từ|cao|thấp|loại|hạng|mức|và)(?!\w))")
#: What speaks of another year, or of what changed.
_OTHER_TIME = re.compile(r"\b(?:so với|tăng|giảm|năm trước|trước đây|kế hoạch|phấn đấu|mục tiêu|lượt)\b")
_LONGEST = 4_000
_FEWEST_ROWS = 5
#: A count that is further off counts something else.
_NEAR = 2
_NEAR_PART = 6
#: Letters from one count to the other.
_SIDE_BY_SIDE = 80
#: What tells that a row has another grade than is printed.
_REGRADED = ("grade_apart", "grade_differs")
_NOT_MARKED = (
    ColumnKind.NUMBER, ColumnKind.RANK, ColumnKind.GRADE, ColumnKind.YEAR, ColumnKind.MAXIMUM, ColumnKind.DIFFERENCE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Told:
    """A count of rows in the text from ``start`` to ``end``, of ``whole`` rows where that is told, and the counts that
    a table allows. ``bare``: no words tell which rows are counted; ``binds``: the mark that they are held against is
    the table's.
    """

    passage: Passage
    start: int
    end: int
    count: int
    whole: int | None
    printed: str
    bare: bool
    possible: frozenset[int] = frozenset()
    binds: bool = False
    table: int = -1


def told_counts(tables: Sequence[ToldTable], text: Sequence[Passage]) -> Iterator[StatementFinding]:
    """Counts in the text that the rows of the table that they are bound to contradict."""
    tables = [one for one in tables if len(one.rows) >= _FEWEST_ROWS]
    if not tables:
        return
    grades = [_grades_of(one) for one in tables]
    for passage in text:
        lowered = passage.text.lower()
        if len(lowered) != len(passage.text) or len(lowered) > _LONGEST or not any(map(str.isdigit, lowered)):
            continue
        yield from _bound(list(_of_marks(tables, passage, lowered)), tables)
        yield from _bound(list(_of_moves(tables, passage, lowered)), tables)
        if any(grades):
            yield from _bound(list(_of_grades(tables, grades, passage, lowered)), tables)


def _bound(told: Sequence[_Told], tables: Sequence[ToldTable]) -> Iterator[StatementFinding]:
    """The counts that do not hold, where a table is known that they are of."""
    by_place: dict[int, list[_Told]] = {}
    for one in told:
        by_place.setdefault(one.start, []).append(one)
    holding = {one.table for one in told if one.count in one.possible}
    for meant in by_place.values():
        if any(one.count in one.possible for one in meant):
            continue
        binding = [one for one in meant if _is_bound(one, holding, tables)]
        if len({one.table for one in binding}) == 1:
            yield _finding(binding[0])


def _is_bound(one: _Told, holding: set[int], tables: Sequence[ToldTable]) -> bool:
    rows = len(tables[one.table].rows)
    if one.whole is not None and one.whole != rows:
        return False
    near = min(abs(one.count - count) for count in one.possible) <= max(_NEAR, rows // _NEAR_PART)
    if one.count < min(one.possible) and not one.bare and one.whole is None:
        return False
    return near and (one.binds or one.whole == rows or one.table in holding)


def _finding(one: _Told) -> StatementFinding:
    nearest = min(one.possible, key=lambda count: (abs(count - one.count), count))
    found = str(nearest).rjust(len(one.printed.split("/")[0]), "0") if one.printed.startswith("0") else str(nearest)
    stated = one.printed
    found = f"{found}/{stated.split('/')[1]}" if one.whole is not None else found
    words = joined(one.passage.text[max(0, one.start - 20) : one.end + 20])
    facts = {"noun": "", "row": "", "column": ""}
    kind, severity = StatementKind.COUNT, Severity.WRONG_FIGURE
    place = one.passage.place_at(one.start)
    return StatementFinding(kind, severity, Sure.LIKELY, place, words, stated, found, "count_differs", facts)


def but_of_regraded(found: Sequence[StatementFinding]) -> list[StatementFinding]:
    """The findings without counts of a grade that are one off only for a row whose own grade is told to be wrong."""
    regraded = {grade for one in found if one.why in _REGRADED for grade in (one.stated.lower(), one.found.lower())}
    return [one for one in found if not (one.why == "count_differs" and _is_one_off(one, regraded - {""}))]


def _is_one_off(one: StatementFinding, grades: set[str]) -> bool:
    stated, found = (text.split("/")[0] for text in (one.stated, one.found))
    named = [grade for grade in grades if re.search(rf"(?<!\w){re.escape(grade)}(?!\w)", one.text.lower())]
    return bool(named) and stated.isdigit() and found.isdigit() and abs(int(stated) - int(found)) == 1


# --- above and below a mark -------------------------------------------------------------------------------------------


def _of_marks(tables: Sequence[ToldTable], passage: Passage, text: str) -> Iterator[_Told]:
    for pattern in (_COUNT_FIRST, _LIMIT_FIRST):
        for found in pattern.finditer(text):
            if _is_of_range(text, found) or _is_of_other_time(text, found):
                continue
            for at, table in _of_year(tables, text, found):
                for possible, binds in _counts_of_mark(table, found):
                    yield _told(passage, found, possible, binds, at)


def _told(passage: Passage, found: re.Match[str], possible: frozenset[int], binds: bool, table: int) -> _Told:
    count, whole = int(found["count"]), found["whole"]
    start, end = found.start("count"), found.end("whole") if whole else found.end("count")
    printed = passage.text[start:end].replace(" ", "")
    bare = _BARE.match(passage.text, found.end("noun")) is not None
    base = int(whole) if whole else None
    return _Told(passage, start, found.end(), count, base, printed, bare, possible, binds, table)


def _is_of_range(text: str, found: re.Match[str]) -> bool:
    """Whether the mark is one end of a range: "từ 80% đến dưới 90%"."""
    limit = min(found.start(name) for name in ("above", "below") if found[name])
    behind = _RANGE.match(text, found.end("mark")) if found["mark"] else None
    return behind is not None or _UP_TO.search(text, max(0, limit - 6), limit) is not None


def _of_year(tables: Sequence[ToldTable], text: str, found: re.Match[str]) -> Iterator[tuple[int, ToldTable]]:
    """The tables that may be of the year that a statement names."""
    words = text[_sentence(text, found) : found.end()]
    yield from ((at, table) for at, table in enumerate(tables) if table.may_be_of(words))


def _sentence(text: str, found: re.Match[str]) -> int:
    return max(text.rfind(mark, 0, found.start()) for mark in ".;:") + 1


def _is_of_other_time(text: str, found: re.Match[str]) -> bool:
    return _OTHER_TIME.search(text, _sentence(text, found), found.end()) is not None


def _counts_of_mark(table: ToldTable, found: re.Match[str]) -> Iterator[tuple[frozenset[int], bool]]:
    """How many rows are above or below the mark by each column that it lies in; whether the mark is the column's
    mean.
    """
    for reading in table.readings:
        for column in range(reading.width):
            if reading.kind(column) in _NOT_MARKED:
                continue
            values = {at: one.value for at in table.rows if (one := reading.amount(at, column)) is not None}
            if len(values) < len(table.rows) or len(set(values.values())) < _FEWEST_ROWS:
                continue
            mark = _mean_of(reading, column) if found["mean"] else Fraction(found["mark"].replace(",", "."))
            if mark is not None and min(values.values()) <= mark <= max(values.values()):
                yield _counted(table, values, mark, above=bool(found["above"])), bool(found["mean"])


def _mean_of(table: PrintedTable, column: int) -> Fraction | None:
    rows = [at for at, row in enumerate(table.rows) if row.role is RowRole.MEAN]
    found = [one.value for at in rows if (one := table.amount(at, column)) is not None]
    return found[0] if len(found) == 1 else None


def _counted(table: ToldTable, values: Mapping[int, Fraction], mark: Fraction, *, above: bool) -> frozenset[int]:
    """The counts that may be meant: the mark itself in or out, rows with a wrong cell on either side."""
    sign = 1 if above else -1
    low = high = reaching = 0
    for at, printed in values.items():
        meant = table.meant(at, printed)
        beyond = [sign * (value - mark) for value in meant] if meant is not None else [Fraction(1), Fraction(-1)]
        low += all(one > 0 for one in beyond)
        reaching += all(one >= 0 for one in beyond)
        high += any(one >= 0 for one in beyond)
    return frozenset(range(low, high + 1)) if high > reaching else frozenset({low, reaching})


# --- that rose or fell ------------------------------------------------------------------------------------------------


def _of_moves(tables: Sequence[ToldTable], passage: Passage, text: str) -> Iterator[_Told]:
    for pattern in (_MOVED, _MOVED_FIRST) if "tăng" in text or "giảm" in text else ():
        ways: dict[int, list[tuple[str, _Told]]] = {}
        for found in pattern.finditer(text):
            ends = re.search(r"[.;](?=\s|$)", text[found.end() :])
            words = text[_sentence(text, found) : found.end() + (ends.start() if ends else len(text))]
            years = set(YEAR.findall(words))
            for at, table in enumerate(tables):
                possible = list(_moves_of(table, found)) if years <= table.years or not table.years else []
                if len(possible) == 1:
                    told = replace(_told(passage, found, possible[0], False, at), bare=True)
                    ways.setdefault(at, []).append((found["way"], told))
        for at, moves in ways.items():
            yield from (replace(one, binds=_are_all(moves, tables[at])) for _, one in moves)


def _are_all(moves: Sequence[tuple[str, _Told]], table: ToldTable) -> bool:
    """Whether what rose and what fell, told side by side, are all rows together: "6 cơ quan tăng điểm, 4 cơ quan giảm
    điểm" of a table of ten.
    """
    if [way for way, _ in moves] not in (["tăng", "giảm"], ["giảm", "tăng"]):
        return False
    (_, first), (_, second) = moves
    near = 0 < second.start - first.start < _SIDE_BY_SIDE
    return near and first.whole is second.whole is None and first.count + second.count == len(_numbered(table))


def _moves_of(table: ToldTable, found: re.Match[str]) -> Iterator[frozenset[int]]:
    """How many rows rose or fell, by each column of changes that may be meant."""
    of_ranks = found["what"] is not None and found["what"] != "điểm"
    columns = [at for at in range(table.printed.width) if table.printed.kind(at) is ColumnKind.DIFFERENCE]
    for column in columns if found["what"] or len(columns) == 1 else ():
        rows = [(at, table.printed.rows[at].cells) for at in _numbered(table)]
        cells = {at: joined(one[column].text).lower() if column < len(one) else "" for at, one in rows}
        falls = any(text[:1] in _MINUS for text in cells.values())
        ways = {at: _way(text, falls=falls) for at, text in cells.items()}
        named = any(_OF_RANKS.search(text) for text in (*cells.values(), table.printed.titles[column].lower()))
        if "" not in ways.values() and set(ways.values()) != {"none"} and of_ranks is named:
            surely = [at for at, way in ways.items() if way == found["way"] and at not in table.doubted]
            yield frozenset(range(len(surely), len(surely) + len(set(cells) & set(table.doubted)) + 1))


def _numbered(table: ToldTable) -> list[int]:
    """The rows that are counted, without one that has no number where others have: that is a mean or a total."""
    numbered = [at for at in table.rows if table.printed.rows[at].code.text]
    return numbered or list(table.rows)


def _way(text: str, *, falls: bool) -> str:
    """Whether a cell tells of a rise ("tăng"), of a fall ("giảm"), of no change ("none"), or of nothing ("");
    ``falls``: the column has figures below nothing, so that those without a sign are rises.
    """
    if _UNMOVED.fullmatch(text):
        return "none"
    if text[:1].isdigit():
        return "tăng" if falls else ""
    signed = _SIGNED.match(text)
    return "" if signed is None else "tăng" if signed["up"] else "giảm"


# --- of a grade -------------------------------------------------------------------------------------------------------


def _grades_of(table: ToldTable) -> dict[str, int]:
    """How many rows have each grade; nothing where no column holds grades."""
    printed = table.printed
    for column in range(printed.width):
        if printed.kind(column) is not ColumnKind.GRADE:
            continue
        rows = [printed.rows[at].cells for at in table.rows]
        cells = [row[column].text if column < len(row) else "" for row in rows]
        names = [re.sub(r"^(?:loại|mức|hạng) ", "", joined(text).lower()) for text in cells]
        if all(names) and 2 <= len(set(names)) <= 6 and not any(map(str.isdigit, "".join(names))):
            return dict(Counter(names))
    return {}


def _of_grades(
    tables: Sequence[ToldTable], grades: Sequence[Mapping[str, int]], passage: Passage, text: str
) -> Iterator[_Told]:
    names = sorted({re.escape(name) for one in grades for name in one}, key=len, reverse=True)
    grade = rf"(?P<grade>{'|'.join(names)})(?!\w)"
    first = rf"{_COUNT}{_NOUN}(?!\w){_GAP}(?<!\w){_OF_GRADE}(?:\s{_OF_GRADE}){{0,3}}\s{grade}"
    last = rf"(?<!\w)(?:loại|mức|hạng)\s{grade}{_JOINED}{_COUNT}{_NOUN}(?!\w)"
    for pattern in (first, last):
        for found in re.finditer(pattern, text):
            if _is_of_other_time(text, found) or text[found.end() :].lstrip()[:3] == "trở":
                continue
            for at, _ in _of_year(tables, text, found):
                if found["grade"] in grades[at]:
                    yield _told(passage, found, _with_others(grades, at, found["grade"]), False, at)


def _with_others(grades: Sequence[Mapping[str, int]], at: int, grade: str) -> frozenset[int]:
    """The rows of a grade in one table, or in all together."""
    return frozenset({grades[at][grade], sum(one.get(grade, 0) for one in grades)})
