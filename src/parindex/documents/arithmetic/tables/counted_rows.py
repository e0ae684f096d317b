"""Numbers of rows that the title or the sentence before a table states, and running numbers that stand twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from parindex.documents.arithmetic.findings import Severity, StatementFinding, StatementKind, Sure
from parindex.documents.arithmetic.tables.heads import ColumnKind
from parindex.documents.arithmetic.tables.labels import CodeStyle, RowRole
from parindex.documents.arithmetic.tables.printed_tables import PrintedTable
from parindex.documents.arithmetic.tables.slips import Slip, TableChecks
from parindex.documents.arithmetic.tables.table_rows import TableRow
from parindex.documents.printed_text import folded, joined

#: Words for bodies of any sort, any of which a head may have for another.
_ANY_BODY = ("don vi", "co quan", "dia phuong", "co so", "to chuc")
_UNITS = (
    r"don vi|co quan|co so|to chuc|so, ban, nganh|so|huyen|xa|phuong|tinh|dia phuong|truong|benh vien|trung tam"
    r"|phong|chi cuc|doanh nghiep|hop tac xa"
)
_ITEMS = (
    r"tieu chi thanh phan|tieu chi|chi so thanh phan|chi so|chi tieu|noi dung|nhiem vu|thu tuc hanh chinh|thu tuc|tthc"
    r"|linh vuc|van ban|du an|tctp|tc"
)
NOUNS, ITEMS = rf"(?:{_UNITS}|{_ITEMS})", rf"(?:{_ITEMS})"
_COUNT = re.compile(rf"(?<![\d/.,])(?<!so )(?<!nam )(?P<count>0?[1-9]\d{{0,2}})\s(?P<noun>{NOUNS})\b(?!\s?/)")
#: Words that bind a sentence to the table after it.
_BOUND = re.compile(r"\b(?:sau|duoi day|bang|danh sach|phu luc|cu the|bieu)\b|:$")
_OTHER_FIGURES = re.compile(r"\b(?:trong do|con lai|ngoai ra)\b")
#: What only some rows may be, unless the line is the title of the list.
_SOME_ROWS = re.compile(r"\b(?:chua|khong)\b")
_TITLE = re.compile(r"^(?:bang|bieu|danh (?:sach|muc)|thong ke|tong hop)\b")
#: What the title right above a table begins with, and no sentence does.
_HEADLINE = re.compile(
    r"^(?:bang|bieu|danh (?:sach|muc)|thong ke|tong hop|tinh hinh|ket qua|so lieu|so luong|diem|chi so|muc do|tien do"
    r"|co cau|xep (?:hang|loai)|thu hang)\b"
)
#: Nouns that a table's head may write in full.
_SHORT = {"tc": "tieu chi", "tctp": "tieu chi thanh phan", "tthc": "thu tuc"}
_LINES, _TWICE = 3, 2
_LONGEST = 300


def count_findings(table: PrintedTable) -> Iterator[StatementFinding]:
    """Counts before a table that none of its counts of rows is, though one comes near."""
    possible = counts_of_rows(table)
    rows = [row for row in table.rows if row.role is RowRole.DATA]
    for line in table.before[-_LINES:]:
        text = folded(line.text)
        stated = [found for found in _COUNT.finditer(text) if names_rows(table, found["noun"])]
        if len(line.text) > _LONGEST or len(stated) != 1 or not _is_of_table(line.text, text):
            continue
        if _SOME_ROWS.search(text) and not _TITLE.match(text):
            continue
        count, noun = int(stated[0]["count"]), stated[0]["noun"]
        if count in possible or count < 3:
            continue
        near = min(possible, key=lambda one: abs(one - count))
        if abs(near - count) <= max(2, count // 8) and near == len(rows):
            facts = {"noun": noun, "row": "", "column": ""}
            kind, severity, printed = StatementKind.COUNT, Severity.WRONG_FIGURE, stated[0]["count"]
            words = joined(line.text)
            yield StatementFinding(
                kind, severity, Sure.LIKELY, line.place, words, printed, str(near), "count_differs", facts
            )


def _is_of_table(line: str, text: str) -> bool:
    """Whether a line above a table (``text``: folded) tells how many rows it has."""
    headline = _HEADLINE.search(text) is not None and not line.rstrip().endswith((".", ";"))
    return (headline or _BOUND.search(text) is not None) and not _OTHER_FIGURES.search(text)


def counts_of_rows(table: PrintedTable) -> set[int]:
    """Every number of rows that a text may count: all, those under nothing, of each depth and group."""
    children = table.children()
    data = [at for at, row in enumerate(table.rows) if row.role is RowRole.DATA]
    out = {len(data), len([at for at in data if at not in children])}
    out |= {len(below) for below in children.values()}
    out |= set(Counter(len(table.rows[at].code.numbers) for at in data).values())
    out |= set(Counter(table.rows[at].code.style for at in data).values())
    out.add(sum(row.role is RowRole.HEADING for row in table.rows))
    return out


def names_rows(table: PrintedTable, noun: str) -> bool:
    """Whether the counted things are the rows: their head has the word, or half of them begin with it."""
    label = " ".join(table.heads[:2])
    titles = [folded(row.title) for row in table.rows if row.role is RowRole.DATA]
    starting = sum(title.startswith(noun) for title in titles)
    nouns = "|".join(_ANY_BODY) if noun in _ANY_BODY else f"{noun}|{_SHORT[noun]}" if noun in _SHORT else noun
    return bool(re.search(rf"\b(?:{nouns})\b", label)) or 2 * starting > len(titles)


def check_numbers(checks: TableChecks) -> None:
    """Finds codes and running numbers that stand twice where the next one goes on as if the second were the next."""
    table = checks.table
    if table.kind(0) is ColumnKind.RANK:
        return
    siblings = [[at for at in below if table.rows[at].code.numbers] for below in table.children().values()]
    for below in siblings:
        numbers = [table.rows[at].code.numbers for at in below]
        checks.checked["codes"] += len(below)
        for place in range(1, len(below)):
            _say_misplaced(checks, below, place)
            one, before = table.rows[below[place]], table.rows[below[place - 1]]
            same = one.code.numbers == before.code.numbers and not _is_note(one, before)
            after = _beside(numbers, place, place + 1)
            earlier = _beside(numbers, place, place - 2)
            begins = earlier is None or numbers[place - 1][-1] == earlier + 1
            last = numbers[place][-1]
            dotted = table.rows[below[place]].code.style in (CodeStyle.DOTTED, CodeStyle.LETTERED)
            closes = after is None and earlier is not None and _are_rows(table, before, one)
            if same and begins and (after == last + 2 or (after is None and (dotted or closes))):
                code = table.rows[below[place]].code.text
                found = f"{code.removesuffix(str(last))}{last + 1}"
                why = "code_twice" if dotted else "number_twice"
                checks.slips.append(
                    Slip(below[place], 0, StatementKind.CODE, Sure.CERTAIN, code, found, why, {}, Severity.SLIP)
                )


def _say_misplaced(checks: TableChecks, below: Sequence[int], place: int) -> None:
    """A code between two others that leave room for one, which no row has: 2.1, 2.2, 2.3, 2.2, 2.5."""
    rows, numbers = checks.table.rows, [checks.table.rows[at].code.numbers for at in below]
    before, after, own = _beside(numbers, place, place - 1), _beside(numbers, place, place + 1), numbers[place]
    dotted = rows[below[place]].code.style in (CodeStyle.DOTTED, CodeStyle.LETTERED)
    if before is None or (after is not None and after != before + 2) or before - own[-1] < 0 or own[-1] == 1:
        return
    due = (*own[:-1], before + 1)
    if due in numbers or numbers.count(own) < _TWICE or own[-1] == before or (after is None and not dotted):
        return
    if _is_note(rows[below[place]], rows[below[numbers.index(own)]]):
        return
    code = rows[below[place]].code.text
    found = f"{code.removesuffix(str(own[-1]))}{due[-1]}"
    why = "code_twice" if dotted else "number_twice"
    slip = Slip(below[place], 0, StatementKind.CODE, Sure.CERTAIN, code, found, why, {}, Severity.SLIP)
    checks.slips.append(slip)


def _is_note(one: TableRow, first: TableRow) -> bool:
    """Whether what has the code of a row is a note on it: "Tiêu chí 5.6: cơ quan có 83 công chức" below the rows."""
    return _has_figures(first) and not _has_figures(one)


def _are_rows(table: PrintedTable, before: TableRow, one: TableRow) -> bool:
    """Whether two rows under a head of running numbers are rows of their own, and none the rest of the other."""
    titles = {folded(before.title), folded(one.title)}
    own = all(row.role is RowRole.DATA and _has_figures(row) for row in (before, one))
    return table.kind(0) is ColumnKind.NUMBER and own and "" not in titles and len(titles) > 1


def _has_figures(row: TableRow) -> bool:
    """Whether something stands in a row besides its code and title."""
    return sum(bool(cell.text.strip()) for cell in row.cells) > len(("code", "title"))


def _beside(numbers: Sequence[tuple[int, ...]], place: int, other: int) -> int | None:
    """The last part of another code of the same parent; None where there is none there."""
    if not 0 <= other < len(numbers) or numbers[other][:-1] != numbers[place][:-1]:
        return None
    return numbers[other][-1]
