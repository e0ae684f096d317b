"""Points of a row against the rule in one of its own cells: ``từ 70% trở lên: 2 điểm; dưới 70%: 0 điểm | 2 | 73,1% |
0``.

A row is read as the lines of an item would be: its maximum, its rule, its results, its points; what the rules of
running text say of those is said of the row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from parindex.documents.arithmetic.figures import readings_of
from parindex.documents.arithmetic.findings import StatementFinding
from parindex.documents.arithmetic.passages import Passage
from parindex.documents.arithmetic.prose.fitting import Fit
from parindex.documents.arithmetic.prose.marked_text import marked
from parindex.documents.arithmetic.prose.rules.find import told_rules as rules_of_text
from parindex.documents.arithmetic.prose.rules.wording import may_tell_rule, told_rule
from parindex.documents.arithmetic.prose.statements import Checked
from parindex.documents.arithmetic.tables.heads import ColumnKind
from parindex.documents.arithmetic.tables.labels import RowRole
from parindex.documents.arithmetic.tables.printed_tables import PrintedTable
from parindex.documents.arithmetic.tables.slips import row_text
from parindex.documents.printed_text import folded, joined

_POINTS = re.compile(r"\bdiem\b|\b(?:tu cham|tham dinh|tu danh gia)\b")
#: Heads over points beyond doubt, wherever they stand; a bare "Điểm" before the rule is the maximum.
_GIVEN_POINTS = re.compile(r"\b(?:tu cham|tham dinh|tu danh gia|dat duoc|duoc cham|hoi dong cham|de nghi|danh gia)\b")
_NO_POINTS = re.compile(
    r"\b(?:toi da|chuan|tru|ly do|ghi chu|giai trinh|nam truoc|thang diem|cach tinh|%)|(?:19|20)\d\d"
)
#: Columns that tell neither what was reached nor the points of a row.
_ASIDE = re.compile(r"\b(?:ghi chu|ly do|tai lieu|kiem chung|tieu chi|noi dung|nam truoc|stt|tt|ma)\b")
_RESULT = re.compile(r"\b(?:ket qua|ty le|ti le|thuc hien|dat|so lieu|minh chung)\b")
#: Remarks, and what in a rule of so much for each case tells the case.
_NOTES = re.compile(r"\b(?:ghi chu|ly do|giai trinh)\b")
_CASE = re.compile(r"\bmoi (?P<case>[a-z ]{4,60}?),?(?: thi| se| bi)* tru \d")
_CLAUSE = re.compile(r"[.,;:()](?!\d)")
_EARLIER = re.compile(r"\b(?:truoc|nam ngoai|cung ky|nam \d{4}|so voi)\b")
_NOT = frozenset({"khong", "chua", "het"})
_PLAIN = re.compile(r"\d{1,3}(?:[.,]\d{1,4})?")
_FIGURE = re.compile(r"\d|\bb\s?/\s?a\b")
#: Points that fit their rule, for each that does not, in a table with several rules.
_FOR_EACH_WRONG = 1
_HUNDRED = Fraction(100)


def told_rules(tables: Sequence[PrintedTable]) -> Iterator[StatementFinding]:
    """The points of rows that no result of the row is worth by the rule beside it."""
    for table in tables:
        if not any(_POINTS.search(head) for head in table.heads):
            continue
        wrong: list[StatementFinding] = []
        right = 0
        for row in range(len(table.rows)):
            if table.rows[row].role is not RowRole.DATA:
                continue
            for checked in _of_row(table, row):
                right += checked.fit is Fit.RIGHT
                if checked.finding is not None:
                    wrong.append(replace(checked.finding, text=row_text(table, row)))
        if len(wrong) == 1 or len(wrong) * _FOR_EACH_WRONG <= right:
            yield from wrong


def explains_sum(ruled: StatementFinding, total: StatementFinding) -> bool:
    """Whether a sum of the same table is off by just what points are off by their rule: one fault, said once."""
    same = (ruled.place.page, ruled.place.sheet) == (total.place.page, total.place.sheet)
    off = _value(ruled.stated) - _value(ruled.found)
    return same and bool(ruled.found and off) and _value(total.found) - _value(total.stated) == off


def _of_row(table: PrintedTable, row: int) -> Iterator[Checked]:
    cells = table.rows[row].cells
    given = [at for at in range(len(cells)) if _is_points(table, row, at)]
    if not given:
        return
    read = {at: f"Cách tính: {joined(cell.text)}" for at, cell in enumerate(cells) if _FIGURE.search(cell.text)}
    rules = [at for at, line in read.items() if may_tell_rule(line) and told_rule(line, _HUNDRED) is not None]
    if len(rules) != 1:
        return
    lines = [(f"1. (điểm tối đa {joined(cells[at].text)} điểm)", at) for at in _maxima(table, row)]
    lines += [(read[rules[0]], rules[0])]
    lines += [(result, at) for at in range(len(cells)) if at not in rules and (result := _result(table, row, at))]
    if (noted := _noted_cases(table, row, read[rules[0]])) is not None:
        lines += [noted]
    points = [
        (f"chấm {joined(cells[at].text)} điểm", at) for at in given
        if at > rules[0] or _GIVEN_POINTS.search(table.heads[at])
    ]  # fmt: skip
    if not points:
        return
    told = _checked(table, row, [*lines, *points])
    last_above = _above_rule(_checked(table, row, [*lines, points[-1]])) if len(points) > 1 else []
    yield from last_above if last_above and all(one.finding is None for one in told) else told


def _checked(table: PrintedTable, row: int, lines: Sequence[tuple[str, int]]) -> list[Checked]:
    """What the rules of running text say of a row read as lines, each with the column that it is of."""
    cells = table.rows[row].cells
    passages = [Passage(line, (0,), (cells[at].place,)) for line, at in lines]
    return [checked for _, checked in rules_of_text([marked(one) for one in passages])]


def _above_rule(told: Sequence[Checked]) -> list[Checked]:
    """What gives more than its rule. A claim may be corrected, and less be given where proof lacks; but none who
    appraises a right claim gives more than the rule does.
    """
    return [one for one in told if one.finding is not None and _value(one.finding.stated) > _value(one.finding.found)]


def _value(digits: str) -> Fraction:
    read = readings_of(digits)
    return read[0][0] if read else Fraction(0)


def _maxima(table: PrintedTable, row: int) -> list[int]:
    found = [
        at for at in range(min(table.width, len(table.rows[row].cells)))
        if table.kind(at) is ColumnKind.MAXIMUM and _PLAIN.fullmatch(joined(table.rows[row].cells[at].text))
    ]  # fmt: skip
    return found[:1] if len(found) == 1 else []


def _is_points(table: PrintedTable, row: int, column: int) -> bool:
    head = table.heads[column] if column < table.width else ""
    named = _POINTS.search(head) is not None and _NO_POINTS.search(head) is None
    return named and _PLAIN.fullmatch(joined(table.rows[row].cells[column].text)) is not None


def _noted_cases(table: PrintedTable, row: int, rule: str) -> tuple[str, int] | None:
    """The one remark of a row that counts what its rule takes points off for, in all words of the rule: "mỗi công chức
    bị kỷ luật trừ 0,5 điểm" with "Có 2 công chức bị kỷ luật khiển trách".
    """
    case = _CASE.search(folded(rule))
    if case is None:
        return None
    words, found = set(case["case"].split()), []
    for at, cell in enumerate(table.rows[row].cells[: table.width]):
        if not _NOTES.search(table.heads[at]):
            continue
        note = folded(cell.text)
        clauses = [one for one in _CLAUSE.split(note) if _FIGURE.search(one)] if not _EARLIER.search(note) else []
        if len(clauses) == 1 and words <= (said := set(clauses[0].split())) and not (_NOT & said) - words:
            found.append((f"Kết quả: {joined(cell.text)}", at))
    return found[0] if len(found) == 1 else None


def _result(table: PrintedTable, row: int, column: int) -> str:
    """What a cell tells of what was reached, as a line; empty where it tells nothing of that."""
    printed = joined(table.rows[row].cells[column].text)
    head = table.heads[column] if column < table.width else ""
    if not _FIGURE.search(printed) or _is_points(table, row, column) or table.kind(column) is ColumnKind.MAXIMUM:
        return ""
    if _ASIDE.search(head) or not (_RESULT.search(head) or "%" in printed or "/" in printed):
        return ""
    share = "%" in head or "ty le" in head or "ti le" in head
    return f"Kết quả: {printed}{'%' if share and _PLAIN.fullmatch(printed) else ''}"
