"""One misprinted code of a row that explains why several groups of a table do not add up.

``2.2.3`` printed for ``2.3.2`` puts the row under another group, so that this group has too much in every column and
its own too little. With the code that the run of the rows asks for, all of them add up: the code is the fault, and the
sums are but what follows from it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from parindex.documents.arithmetic.findings import Severity, StatementKind, Sure
from parindex.documents.arithmetic.tables.column_sums import check_sums
from parindex.documents.arithmetic.tables.labels import Code, CodeStyle, RowRole, code_of
from parindex.documents.arithmetic.tables.printed_tables import PrintedTable
from parindex.documents.arithmetic.tables.slips import CellAt, Slip, TableChecks
from parindex.documents.arithmetic.tables.table_rows import nested

#: Codes that name the groups that they stand under, and those of such groups.
_TREE = (CodeStyle.DOTTED, CodeStyle.LETTERED, CodeStyle.NUMBER)
#: So many sums that do not hold are no accident; a table in which more rows break the run was misread.
_FEWEST_SUMS, _MOST_BREAKS = 2, 6
#: So many codes show a run.
_FEWEST_CODES = 4


@dataclass(frozen=True, slots=True)
class Recoded:
    """A table with the code that one row should have, and the slip of that code."""

    table: PrintedTable
    slip: Slip


def recoded(table: PrintedTable) -> Recoded | None:
    """The table with its one misprinted code mended; None where no code explains its sums."""
    breaks = [at for at in _coded(table) if _breaks_run(table, at)]
    if not 0 < len(breaks) <= _MOST_BREAKS:
        return None
    if (deep := _too_deep(table)) is not None:
        return Recoded(_with_code(table, deep, code_of(_above(table, deep))), _slip(table, deep, _above(table, deep)))
    printed = table.by_marks()[0]
    before = _broken_sums(printed)
    if len(before) < _FEWEST_SUMS:
        return None
    best: Recoded | None = None
    least = len(before) - _FEWEST_SUMS
    for at in sorted({row for one in breaks for row in (one, _neighbour(printed, one, -1)) if row is not None}):
        for text in dict.fromkeys(_asked(printed, at)):
            mended = _with_code(printed, at, code_of(text))
            after = _broken_sums(mended)
            if len(after) <= least and after <= before:
                best, least = Recoded(_with_code(table, at, code_of(text)), _slip(table, at, text)), len(after) - 1
    return best


def _too_deep(table: PrintedTable) -> int | None:
    """The one row whose code has a part too many, where the run is whole without that part: 1.3, 2.1.1, 2.2."""
    coded = _coded(table)
    depths = Counter(table.rows[at].code.text.count(".") for at in coded)
    deepest = [at for at in coded if table.rows[at].code.text.count(".") == max(depths)]
    if len(deepest) != 1 or len(coded) < _FEWEST_CODES or deepest[0] not in coded[1:-1]:
        return None
    at, due = deepest[0], _above(table, deepest[0])
    behind = _neighbour(table, at, 1)
    codes = [due if one == at else table.rows[one].code.text for one in coded]
    if behind is None or len(set(codes)) != len(codes) or "." not in due:
        return None
    if table.rows[behind].code.text != _next(due, 1):
        return None
    fits = all(_goes_on(before, code) for before, code in zip(codes, codes[1:], strict=False))
    return at if fits else None


def _above(table: PrintedTable, at: int) -> str:
    """The code of a row without its last part."""
    return table.rows[at].code.text.rpartition(".")[0]


def _goes_on(before: str, code: str) -> bool:
    """Whether a code follows on another, or is the first of the next group, whose own row the table has not."""
    groups = [one.partition(".") for one in (before, code)]
    begins = groups[0][0].isdigit() and groups[1][0] == _next(groups[0][0], 1) and groups[1][2] == "1"
    return code in _following(before) or begins


def _coded(table: PrintedTable) -> list[int]:
    """The rows whose codes are of the tree of dotted codes; none where no code is dotted."""
    rows = [
        at
        for at, row in enumerate(table.rows)
        if row.code.style in _TREE and row.role in (RowRole.DATA, RowRole.HEADING)
    ]
    dotted = [at for at in rows if table.rows[at].code.above]
    return rows if dotted else []


def _neighbour(table: PrintedTable, at: int, step: int) -> int | None:
    """The next row with a code of the tree before or behind a row."""
    coded = _coded(table)
    place = coded.index(at) + step
    return coded[place] if 0 <= place < len(coded) else None


def _breaks_run(table: PrintedTable, at: int) -> bool:
    """Whether the code of a row cannot follow on that of the row before."""
    before = _neighbour(table, at, -1)
    if before is None:
        return False
    code, last = table.rows[at].code.text, table.rows[before].code.text
    return code not in _following(last)


def _following(code: str) -> list[str]:
    """What may stand below a code: its first part, or what comes next of it and of each group above it."""
    out = [f"{code}.1"]
    while code:
        out.append(_next(code, 1))
        code = code.rpartition(".")[0]
    return out


def _next(code: str, step: int) -> str:
    """The code so many places on; an empty one where there is none."""
    head, dot, last = code.rpartition(".")
    letters = last.rstrip("0123456789")
    digits = last[len(letters) :]
    number = int(digits) + step if digits else 0
    return f"{head}{dot}{letters}{number}" if number > 0 else ""


def _asked(table: PrintedTable, at: int) -> Iterator[str]:
    """The codes that the rows beside a row ask of it, none of which another row has."""
    known = {row.code.text for row in table.rows}
    before, behind = _neighbour(table, at, -1), _neighbour(table, at, 1)
    asked = _following(table.rows[before].code.text) if before is not None else []
    if behind is not None:
        follows = table.rows[behind].code.text
        asked += [_next(follows, -1), follows.rpartition(".")[0]]
    yield from (one for one in asked if one and one not in known and code_of(one).style in _TREE)


def _with_code(table: PrintedTable, at: int, code: Code) -> PrintedTable:
    """The table with another code in a row, and with the groups that follow from it."""
    rows = [replace(row, parent=None) for row in table.rows]
    rows[at] = replace(rows[at], code=code)
    return replace(table, rows=tuple(nested(rows)))


def _broken_sums(table: PrintedTable) -> set[CellAt]:
    """The figures of groups that are not what the rows under them add up to."""
    checks = TableChecks(table)
    check_sums(checks)
    return {(one.row, one.column) for one in checks.slips if table.rows[one.row].role is not RowRole.TOTAL}


def _slip(table: PrintedTable, at: int, found: str) -> Slip:
    code = table.rows[at].code.text
    return Slip(at, 0, StatementKind.CODE, Sure.CERTAIN, code, found, "code_misprinted", {}, Severity.SLIP)
